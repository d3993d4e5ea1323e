# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Convolution
#
# In this notebook you write convolution yourself, first with two small loops on the 6 × 6 image of
# the slides, at the end with channels, stride, padding and dilation and as one matrix product.
# You will then use your own function to find edges in a photograph.
#
# After each function stands a `check(...)` cell. Run it as often as you like: it tells you what is
# right, what is wrong, and usually why. Only NumPy is needed. The calls that would do the work for
# you (`keras.ops.conv`, `scipy.signal`, `np.convolve` and their relatives) are blocked in the
# checks.

# %%
from time import perf_counter

# First, so that TensorFlow starts without its messages:
from course_lib import check, data

import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

# %% [markdown]
# ## 1. A window that slides
#
# The slides (*Convolutional Neural Network*, CNN – Convolution) work with one image of 6 × 6 pixels
# and two filters of 3 × 3 weights. In a network the weights are learned; here they are given.

# %%
SLIDE_IMAGE = [
    [1, 0, 0, 0, 0, 1],
    [0, 1, 0, 0, 1, 0],
    [0, 0, 1, 1, 0, 0],
    [1, 0, 0, 0, 1, 0],
    [0, 1, 0, 0, 1, 0],
    [0, 0, 1, 0, 1, 0],
]
FILTER_1 = [[1, -1, -1], [-1, 1, -1], [-1, -1, 1]]
FILTER_2 = [[-1, 1, -1], [-1, 1, -1], [-1, 1, -1]]

image = np.array(SLIDE_IMAGE, dtype="float32")
filter_1 = np.array(FILTER_1, dtype="float32")
filter_2 = np.array(FILTER_2, dtype="float32")


# %% tags=["display"]
def draw_grid(axes, values, title, limit=3, window=None):
    """Draw a matrix as numbered cells; `window` is a frame: (row, column, height, width)."""
    axes.imshow(values, cmap="RdBu_r", vmin=-limit, vmax=limit)
    for row, column in np.ndindex(values.shape):
        value = values[row, column]
        dark = abs(value) > 0.7 * limit
        axes.text(column, row, f"{value:g}", ha="center", va="center", color="w" if dark else "k")
    axes.set_xticks(range(values.shape[1]))
    axes.set_yticks(range(values.shape[0]))
    axes.set_xlabel("column")
    axes.set_ylabel("row")
    axes.set_title(title)
    if window is not None:
        row, column, height, width = window
        corner = (column - 0.5, row - 0.5)
        axes.add_patch(Rectangle(corner, width, height, fill=False, edgecolor="black", lw=3))


figure, panels = plt.subplots(1, 3, figsize=(8, 3.6), width_ratios=(6, 3, 3), layout="constrained")
draw_grid(panels[0], image, "The 6 × 6 image of the slides")
draw_grid(panels[1], filter_1, "Filter 1")
draw_grid(panels[2], filter_2, "Filter 2")
plt.show()

# %% [markdown]
# Lay the filter on the top left corner of the image, multiply the nine pairs of numbers, add them
# up: that is one value of the *feature map*. Then move the window by `stride` pixels and repeat.
#
# ### How many values is that?
#
# In one direction the window can stand at
#
# $$\text{output size} = \left\lfloor \frac{W + 2P - D\,(K - 1) - 1}{S} \right\rfloor + 1$$
#
# places, where $W$ is the width of the input, $K$ of the kernel, $S$ the stride and $P$ the padding
# on each side. $D$ is the dilation: the taps of the kernel lie $D$ pixels apart, so that the kernel
# covers $D\,(K-1)+1$ pixels. Without dilation ($D = 1$) this is the $\frac{W - K + 2P}{S} + 1$ that
# you know (*Lecture 7*, Recap: Convolution Layer Dimensions). A last window that does not fit is
# left out: that is what rounding down means.


# %% nbgrader={"grade": false, "grade_id": "output_size_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_size(width, kernel, stride=1, padding=0, dilation=1):
    """Number of places where a kernel can stand, in one direction.

    Args:
        width: number of input pixels.
        kernel: number of taps of the kernel.
        stride: step of the window, in pixels.
        padding: zeros added on each of the two sides.
        dilation: distance between neighbouring taps, in pixels.
    """
    ### BEGIN SOLUTION
    covered = dilation * (kernel - 1) + 1
    return (width + 2 * padding - covered) // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "output_size", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("output_size", output_size)

# %% [markdown]
# ### Predict before you run
#
# Filter 1 slides over the 6 × 6 image with **stride 2**. Work out with pencil and paper what comes
# out: the shape of the feature map, its top left value and its bottom right value. The picture
# above has all the numbers you need. Do not compute it in code yet: being wrong here costs nothing
# and teaches most.

# %% nbgrader={"grade": false, "grade_id": "stride_two_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three predictions in this form:
# stride_two = {"shape": (rows, columns), "top_left": number, "bottom_right": number}
### BEGIN SOLUTION
stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": 0}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "stride_two", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("stride_two", stride_two)

# %% [markdown]
# ### The sliding window in code
#
# For an image $x$, a kernel $k$ of $K_H \times K_W$ weights and stride $S$:
#
# $$y[i, j] = \sum_{m=0}^{K_H-1} \sum_{n=0}^{K_W-1} x[iS + m,\; jS + n]\; k[m, n]$$
#
# Two loops over $i$ and $j$ are fine; the double sum is one line of NumPy. Image and kernel need
# not be square, so take height and width from the right axis.


# %% nbgrader={"grade": false, "grade_id": "correlate2d_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def correlate2d(image, kernel, stride=1):
    """Slide a kernel over an image, without padding.

    Args:
        image: `(height, width)`.
        kernel: `(kernel_height, kernel_width)`.
        stride: step of the window in both directions, in pixels.

    Returns:
        The feature map, a new array `(rows, columns)`.
    """
    ### BEGIN SOLUTION
    kernel_height, kernel_width = kernel.shape
    tops = range(0, image.shape[0] - kernel_height + 1, stride)
    lefts = range(0, image.shape[1] - kernel_width + 1, stride)
    feature_map = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.sum(window * kernel)
    return feature_map
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "correlate2d", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("correlate2d", correlate2d)

# %% [markdown]
# Now look at what you have built. In each row the black frame shows where the filter responds most
# strongly, and the value that this window gives.

# %% tags=["display"]
figure, panels = plt.subplots(
    2, 4, figsize=(10.4, 6.8), width_ratios=(6, 3, 4, 2), layout="constrained"
)
for row, (name, weights) in enumerate([("Filter 1", filter_1), ("Filter 2", filter_2)]):
    feature_map = correlate2d(image, weights)
    best = np.unravel_index(np.argmax(feature_map), feature_map.shape)
    draw_grid(panels[row, 0], image, f"Best window of {name}", window=(*best, 3, 3))
    draw_grid(panels[row, 1], weights, name)
    draw_grid(panels[row, 2], feature_map, "Stride 1", window=(*best, 1, 1))
    draw_grid(panels[row, 3], correlate2d(image, weights, stride=2), "Stride 2")
figure.suptitle("Each filter answers with 3 exactly where its own pattern stands in the image")
plt.show()

# %% [markdown]
# Filter 1 is a falling diagonal and finds the falling diagonals; Filter 2 is a vertical bar and
# finds the bar at the lower right. The largest answer that three ones can give is 3, and it appears
# only where the image is the pattern and nothing else. Compare the stride 2 map with your
# prediction: it keeps every second value of the stride 1 map, and the last row and column of the
# image are never looked at.

# %% [markdown]
# ## 2. Why so few weights are enough
#
# The slides put the same example next to a fully connected layer (*Convolutional Neural Network*,
# Convolution v.s. Fully Connected, *Less parameters!* and *Even less parameters!*). The 6 × 6 image
# has 36 inputs and one stride 1 map has 16 outputs. Count the weights, without biases, when
#
# - `fully_connected`: every output is connected to every input;
# - `local`: every output sees only its own 3 × 3 window, with nine weights of its own;
# - `shared`: every output sees only its own window, and all of them use the same weights.
#
# And why may one and the same filter be used everywhere? `reason` is
#
# 1. because neighbouring windows overlap, so that most products would be computed twice otherwise;
# 2. because the same small pattern can appear anywhere in the image, and means the same there;
# 3. because the pixels outside the window are zero and do not contribute.

# %% nbgrader={"grade": false, "grade_id": "less_parameters_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four answers, all of them whole numbers, in this form:
# less_parameters = {"fully_connected": ..., "local": ..., "shared": ..., "reason": ...}
### BEGIN SOLUTION
less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 9, "reason": 2}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "less_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("less_parameters", less_parameters)

# %% [markdown]
# ## 3. Convolution is correlation with a flipped kernel
#
# What you wrote is, strictly speaking, *cross-correlation*. In a convolution one of the two
# functions is flipped (*Convolutional Neural Network*, Convolution Operator):
#
# $$(x * h)[n] = \sum_m x[m]\, h[n - m]$$
#
# The index of $h$ runs backwards. Where $x$ or $h$ has no value it counts as zero, so the sum is
# not empty for $n = 0, \dots, N_x + N_h - 2$. For $x = [1, 2, 3]$ and $h = [1, 1]$ the result is
# $[1, 3, 5, 3]$: four values, more than either input has.


# %% nbgrader={"grade": false, "grade_id": "conv1d_full_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv1d_full(x, h):
    """Convolve two sequences of any lengths, with all places where they overlap.

    Args:
        x: `(length_x,)`.
        h: `(length_h,)`.

    Returns:
        `(length_x + length_h - 1,)`.
    """
    ### BEGIN SOLUTION
    y = np.zeros(len(x) + len(h) - 1)
    for m in range(len(x)):
        # x[m] starts a copy of h at place m, because h[n - m] begins at n = m.
        y[m : m + len(h)] += x[m] * h
    return y
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv1d_full", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("conv1d_full", conv1d_full)

# %% [markdown]
# In two dimensions both axes are flipped: the kernel is turned by 180°. Keep only the places where
# the kernel lies wholly inside the image, as `correlate2d` does:
#
# $$y[i, j] = \sum_{m} \sum_{n} x[i + K_H - 1 - m,\; j + K_W - 1 - n]\; k[m, n]$$


# %% nbgrader={"grade": false, "grade_id": "convolve2d_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def convolve2d(image, kernel):
    """Convolve an image with a kernel, without padding and with stride 1.

    Args:
        image: `(height, width)`.
        kernel: `(kernel_height, kernel_width)`. It must not be changed.

    Returns:
        `(height - kernel_height + 1, width - kernel_width + 1)`.
    """
    ### BEGIN SOLUTION
    height, width = image.shape
    kernel_height, kernel_width = kernel.shape
    result = np.zeros((height - kernel_height + 1, width - kernel_width + 1))
    for m in range(kernel_height):
        for n in range(kernel_width):
            # One tap at a time: its weight meets this shifted part of the image.
            rows = slice(kernel_height - 1 - m, height - m)
            columns = slice(kernel_width - 1 - n, width - n)
            result += kernel[m, n] * image[rows, columns]
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "convolve2d", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("convolve2d", convolve2d)

# %% [markdown]
# A single bright pixel and a kernel without any symmetry make the difference visible. Convolution
# stamps the kernel into the image as it is; correlation stamps it upside down and back to front.

# %% tags=["display"]
pixel = np.pad(np.ones((1, 1)), ((3, 3), (2, 3)))
stamp = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])

figure, panels = plt.subplots(
    1, 4, figsize=(10.8, 3.9), width_ratios=(6, 2, 5, 5), layout="constrained"
)
draw_grid(panels[0], pixel, "One bright pixel", limit=6)
draw_grid(panels[1], stamp, "A kernel", limit=6)
draw_grid(panels[2], convolve2d(pixel, stamp), "Convolution", limit=6)
draw_grid(panels[3], correlate2d(pixel, stamp), "Correlation", limit=6)
plt.show()

same = np.allclose(convolve2d(pixel, stamp), correlate2d(pixel, stamp[::-1, ::-1]))
print(f"convolve2d(x, k) equals correlate2d(x, k[::-1, ::-1]): {same}")

# %% [markdown]
# Filter 1 and Filter 2 look the same when turned by 180°, so the example of the slides cannot tell
# the two operations apart. The layers of Keras, PyTorch and the rest compute the correlation and
# call it convolution. Learned weights do not mind: they come out flipped. From here on we do the
# same.

# %% [markdown]
# ## 4. What happens at the border
#
# Without padding every layer makes the image smaller. *Zero padding* puts a frame of zeros around
# it (*Lecture 7*, Recap: Convolution). Images come in batches from here on, in the order
# `(batch, height, width, channels)`; only height and width are padded.


# %% nbgrader={"grade": false, "grade_id": "pad2d_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pad2d(x, padding):
    """Put zeros around each image of a batch.

    Args:
        x: `(batch, height, width, channels)`.
        padding: `((top, bottom), (left, right))`, numbers of rows and columns of zeros.

    Returns:
        A new array `(batch, top + height + bottom, left + width + right, channels)`.
    """
    ### BEGIN SOLUTION
    rows, columns = padding
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pad2d", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("pad2d", pad2d)

# %% [markdown]
# `padding="same"` leaves it to the library how much to pad. The rule of TensorFlow starts from the
# output, which has $\lceil W / S \rceil$ values, and pads what these windows need:
#
# $$P = \max\bigl((\lceil W / S \rceil - 1)\, S + K - W,\; 0\bigr)$$
#
# zeros **in all**, of which $\lfloor P / 2 \rfloor$ go before the first pixel and the rest after
# the last. If $P$ is odd, the extra zero goes *after*: at the bottom and on the right.


# %% nbgrader={"grade": false, "grade_id": "same_padding_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def same_padding(width, kernel, stride=1):
    """Zeros that TensorFlow's `padding="same"` puts before and after, in one direction.

    Args:
        width: number of input pixels.
        kernel: number of taps of the kernel.
        stride: step of the window, in pixels.

    Returns:
        A pair of whole numbers `(before, after)`.
    """
    ### BEGIN SOLUTION
    places = -(-width // stride)  # rounded up
    total = max((places - 1) * stride + kernel - width, 0)
    return total // 2, total - total // 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "same_padding", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("same_padding", same_padding)

# %% [markdown]
# The first layer of many networks is 7 × 7 with stride 2 on 224 × 224 pixels. The papers pad 3
# pixels on each side. What does Keras do? A kernel whose weights count the pixels it meets tells:

# %% tags=["display"]
ones = np.ones((1, 224, 224, 1), dtype="float32")
counter = np.ones((7, 7, 1, 1), dtype="float32")
counts = keras.ops.convert_to_numpy(keras.ops.conv(ones, counter, strides=2, padding="same"))

before, after = 7 - counts[0, 0, 56, 0] / 7, 7 - counts[0, -1, 56, 0] / 7
print(f"Keras: the first window covers {before:g} rows of zeros, the last window {after:g}.")
print(f"same_padding(224, 7, 2) = {same_padding(224, 7, 2)}")

# %% [markdown]
# Both ways give 112 × 112 values, but every window stands one pixel further down and to the right.
# Weights that were trained with the one and run with the other give wrong answers without any error
# message. Remember this when you load pretrained weights.

# %% [markdown]
# ## 5. The convolution layer
#
# A colour image has three channels, a hidden layer has hundreds. One filter has weights for **all**
# input channels and sums over them; a layer has $F$ filters and so $F$ output channels, each with
# its own bias (*Convolutional Neural Network*, CNN – Colorful image; *Lecture 7*, Recap:
# Convolution). With stride $S$, dilation $D$ and $\tilde{x}$ for the input padded by $P$ on all
# four sides:
#
# $$y[b, i, j, f] = \text{bias}[f] + \sum_{m} \sum_{n} \sum_{c}
#   \tilde{x}[b,\; iS + mD,\; jS + nD,\; c]\; k[m, n, c, f]$$
#
# Loops over $i$ and $j$, or over $m$ and $n$, are fast enough; a loop over every index is not: the
# photograph below has 273,280 pixels. Hint: for fixed $m$ and $n$ the values $\tilde{x}[b, iS + mD,
# jS + nD, c]$ of all $b, i, j, c$ are one slice with a step, and the sum over $c$ is the matrix
# product `@`. You may use your `pad2d` and `output_size`; a mistake in them would carry over, so
# make their checks pass first.


# %% nbgrader={"grade": false, "grade_id": "conv2d_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d_forward(x, kernel, bias, stride=1, padding=0, dilation=1):
    """What a convolution layer computes.

    Args:
        x: `(batch, height, width, channels)`.
        kernel: `(kernel_height, kernel_width, channels, filters)`.
        bias: `(filters,)`.
        stride: step of the window in both directions, in pixels.
        padding: rows and columns of zeros on each of the four sides.
        dilation: distance between neighbouring taps in both directions, in pixels.

    Returns:
        `(batch, output_height, output_width, filters)`.
    """
    ### BEGIN SOLUTION
    padded = pad2d(x, ((padding, padding), (padding, padding)))
    height, width = padded.shape[1:3]
    kernel_height, kernel_width = kernel.shape[:2]
    result = bias
    for m in range(kernel_height):
        # The pixels that tap m meets: what the taps above and below it need is left out.
        rows = slice(m * dilation, height - (kernel_height - 1 - m) * dilation, stride)
        for n in range(kernel_width):
            columns = slice(n * dilation, width - (kernel_width - 1 - n) * dilation, stride)
            result = result + padded[:, rows, columns, :] @ kernel[m, n]
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv2d_forward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("conv2d_forward", conv2d_forward)

# %% [markdown]
# Keras agrees, for every combination that it allows:

# %% tags=["display"]
rng = np.random.default_rng(0)
x = rng.normal(size=(2, 13, 11, 3)).astype("float32")
kernel = rng.normal(size=(3, 4, 3, 5)).astype("float32")
bias = rng.normal(size=5).astype("float32")

for stride, padding, dilation in [(1, 0, 1), (2, 0, 1), (1, 2, 1), (1, 0, 3), (2, 1, 1)]:
    ours = conv2d_forward(x, kernel, bias, stride, padding, dilation)
    frame = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    keras_output = keras.ops.conv(
        keras.ops.pad(x, frame), kernel, strides=stride, padding="valid", dilation_rate=dilation
    )
    difference = np.abs(ours - (keras.ops.convert_to_numpy(keras_output) + bias)).max()
    agree = "agree" if difference < 1e-4 else "DIFFER"
    print(f"stride {stride}, padding {padding}, dilation {dilation}: {ours.shape}, {agree}")

# %% [markdown]
# ### What filters find in a photograph
#
# Six filters of image processing (*Convolutional Neural Network*, Convolutional kernels; Edge
# Detector), together one layer with a kernel of shape (3, 3, 1, 6). The weights of the first two
# add up to 1 and keep the brightness: they give a picture again. Those of the other four add up to
# 0, so a smooth area gives 0, however bright it is; red and blue are positive and negative answers.
# The third of these is Filter 1 of the slides with its mean taken out. Before you look: which of
# the four will show the pillars, and which the edges of the roofs?

# %% tags=["display"]
photograph = data.photo("china")  # (427, 640, 3), values from 0 to 1
grey = photograph.mean(axis=-1)

FILTERS = {
    "average (blur)": np.full((3, 3), 1 / 9),
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "horizontal edges (Sobel)": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "vertical edges (Sobel)": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "falling lines (Filter 1)": filter_1 - filter_1.mean(),
    "any change (Laplace)": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
}
kernels = np.stack([np.array(weights, dtype="float32") for weights in FILTERS.values()], axis=-1)
kernels = kernels[:, :, np.newaxis, :]
no_bias = np.zeros(len(FILTERS), dtype="float32")
responses = conv2d_forward(grey[np.newaxis, :, :, np.newaxis], kernels, no_bias, padding=1)[0]

# The layer runs on the whole photograph; a part of it is shown, so that single pixels can be seen.
top, bottom, left, right = 10, 250, 80, 320
pictures = {"the photograph": photograph, "in grey: the input": grey}
pictures |= {name: responses[:, :, index] for index, name in enumerate(FILTERS)}

figure, panels = plt.subplots(2, 4, figsize=(13, 7), layout="constrained")
for index, (axes, (name, picture)) in enumerate(zip(panels.flat, pictures.items(), strict=True)):
    edges = index >= 4
    shown = axes.imshow(
        np.clip(picture[top:bottom, left:right], -1 if edges else 0, 1),
        cmap="RdBu_r" if edges else "gray",
        vmin=-1 if edges else 0,
        vmax=1,
        extent=(left, right, bottom, top),
    )
    axes.set_title(name)
    axes.set_xlabel("column (pixels)")
    if index % 4 == 0:
        axes.set_ylabel("row (pixels)")
    if index % 4 == 3:
        label = "sum of products" if edges else "brightness, 0 to 1"
        figure.colorbar(shown, ax=panels[index // 4, :], label=label, shrink=0.8)
figure.suptitle("Six filters on one photograph: what each of them finds")
plt.show()

# %% [markdown]
# Those filters saw the photograph in grey. In colour a filter has a weight for each of the three channels
# as well, and can ask for colours: here are three weights for red, green and blue, times a window of
# 5 × 5 pixels. Which of the four sees a wall that is red and a sky that is blue, but both equally
# bright?

# %% tags=["display"]
BLUR, EDGE = np.full((5, 5), 1 / 25), np.tile([-1, -2, 0, 2, 1], (5, 1)) / 10
COLOUR_FILTERS = {
    "blur of red − blue": (BLUR, [1, 0, -1]),
    "blur of green − the rest": (BLUR, [-0.5, 1, -0.5]),
    "vertical edges of the brightness": (EDGE, [1 / 3, 1 / 3, 1 / 3]),
    "vertical edges of red − blue": (EDGE, [1, 0, -1]),
}
kernels = np.stack(
    [window[:, :, np.newaxis] * colours for window, colours in COLOUR_FILTERS.values()], axis=-1
)  # (5, 5, 3, 4)
responses = conv2d_forward(photograph[np.newaxis], kernels, np.zeros(4), padding=2)[0]

figure, panels = plt.subplots(1, 5, figsize=(15, 3.6), layout="constrained")
panels[0].imshow(photograph[top:bottom, left:right], extent=(left, right, bottom, top))
panels[0].set_title("the photograph: the input")
panels[0].set_ylabel("row (pixels)")
for index, (axes, name) in enumerate(zip(panels[1:], COLOUR_FILTERS, strict=True)):
    shown = axes.imshow(
        responses[top:bottom, left:right, index],
        cmap="RdBu_r",
        vmin=-0.4,
        vmax=0.4,
        extent=(left, right, bottom, top),
    )
    axes.set_title(name, fontsize=10)
for axes in panels:
    axes.set_xlabel("column (pixels)")
figure.colorbar(shown, ax=panels, label="sum of products", shrink=0.8)
figure.suptitle("Four filters over three channels")
plt.show()

# %% [markdown]
# The first gives the sky and the roof opposite signs; the last answers only where the one becomes the other. The third,
# whose weights for the three colours are alike, cannot tell them apart. What a trained network looks for in
# its first layer is found in the same way: by its weights for each colour.
#
# ## 6. How far a value sees
#
# The *receptive field* of a value is the part of the input image that can change it. Each 3 × 3
# layer with stride 1 adds 2 pixels: $1 + L\,(K-1)$ after $L$ layers (*Lecture 7*, Recap: Receptive
# Fields). For other layers two numbers are carried along. $r$ is the receptive field; $j$, the
# *jump*, is the distance in the input image between two neighbouring values of the current layer.
# Both start at 1, and layer $l$ with kernel $K_l$, stride $S_l$ and dilation $D_l$ makes of them
#
# $$r_l = r_{l-1} + D_l\,(K_l - 1)\; j_{l-1}, \qquad j_l = j_{l-1}\, S_l$$


# %% nbgrader={"grade": false, "grade_id": "receptive_field_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def receptive_field(layers):
    """Width in input pixels of what one output value of a stack of layers sees.

    Args:
        layers: a list of `(kernel, stride, dilation)`, from the first layer to the last. It may be
            empty: then a value is a pixel and sees itself.
    """
    ### BEGIN SOLUTION
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "receptive_field", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("receptive_field", receptive_field)

# %% [markdown]
# Two ways to see far with few layers: downsample, as the slide recommends, or dilate. On the right
# your layer confirms the formula. A single bright pixel goes through three 3 × 3 layers of ones,
# and colours everything it reaches; the numbers of paths show that the middle of a receptive field
# counts far more than its rim.

# %% tags=["display"]
depths = range(9)
designs = {
    "3 × 3, stride 1": [(3, 1, 1)] * 8,
    "5 × 5, stride 1": [(5, 1, 1)] * 8,
    "3 × 3, stride 2 in every second layer": [(3, 1, 1), (3, 2, 1)] * 4,
    "3 × 3, dilation 1, 2, 4, 8, …": [(3, 1, 2**depth) for depth in range(8)],
}

figure, panels = plt.subplots(
    1, 4, figsize=(14, 4), width_ratios=(1.5, 1, 1, 1), layout="constrained"
)
for (name, layers), marker in zip(designs.items(), "osv^", strict=True):
    fields = [receptive_field(layers[:depth]) for depth in depths]
    panels[0].semilogy(depths, fields, marker=marker, label=name, base=2)
panels[0].axhline(224, color="grey", linestyle="--", label="a whole image of 224 pixels")
panels[0].set_yticks([1, 4, 16, 64, 224], labels=["1", "4", "16", "64", "224"])
panels[0].minorticks_off()
panels[0].set_xlabel("number of layers")
panels[0].set_ylabel("receptive field (pixels)")
panels[0].set_title("How the receptive field grows")
panels[0].legend(fontsize=8)

spread = pad2d(np.ones((1, 1, 1, 1)), ((4, 4), (4, 4)))
for depth in (1, 2, 3):
    spread = conv2d_forward(spread, np.ones((3, 3, 1, 1)), np.zeros(1), padding=1)
    paths = spread[0, :, :, 0]
    panels[depth].imshow(np.where(paths > 0, paths, np.nan), cmap="viridis", vmin=0)
    for row, column in np.argwhere(paths > 0):
        light = paths[row, column] < 0.6 * paths.max()
        panels[depth].text(
            column,
            row,
            f"{paths[row, column]:g}",
            ha="center",
            va="center",
            fontsize=7,
            color="w" if light else "k",
        )
    width = receptive_field([(3, 1, 1)] * depth)
    panels[depth].set_title(f"Paths through {depth} layer{'s'[: depth - 1]}: {width} × {width}")
    panels[depth].set_xlabel("column (pixels)")
    panels[depth].set_ylabel("row (pixels)")
plt.show()

# %% [markdown]
# ## 7. Convolution as one matrix product
#
# Computers are very good at multiplying matrices. So write every window as one **row** of a matrix
# (`im2col`), write every filter as one **column** of a second matrix, and multiply:
#
# $$\underbrace{\text{columns}}_{(B\,H'\,W')\, \times\, (K_H K_W C)} \;\cdot\;
#   \underbrace{\text{weights}}_{(K_H K_W C)\, \times\, F} \;=\;
#   \underbrace{\text{output}}_{(B\,H'\,W')\, \times\, F}$$
#
# $H' \times W'$ is the output size. The order matters. The rows run through the output positions as
# NumPy would: batch slowest, then row, then column of the output. Within a row stand the values of
# one window in the order of the kernel's own axes: kernel row slowest, then kernel column, then
# channel. Then `kernel.reshape(-1, filters)` is the second matrix, without any transposing.


# %% nbgrader={"grade": false, "grade_id": "im2col_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    """Write every window of a batch of images as one row of a matrix.

    Args:
        x: `(batch, height, width, channels)`.
        kernel_size: `(kernel_height, kernel_width)`.
        stride, padding, dilation: as in `conv2d_forward`.

    Returns:
        `(batch * output_height * output_width, kernel_height * kernel_width * channels)`.
    """
    ### BEGIN SOLUTION
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    height, width = padded.shape[1:3]
    kernel_height, kernel_width = kernel_size
    taps = []
    for m in range(kernel_height):
        rows = slice(m * dilation, height - (kernel_height - 1 - m) * dilation, stride)
        for n in range(kernel_width):
            columns = slice(n * dilation, width - (kernel_width - 1 - n) * dilation, stride)
            taps.append(padded[:, rows, columns, :])
    windows = np.stack(taps, axis=3)  # (batch, output_height, output_width, taps, channels)
    return windows.reshape(-1, kernel_height * kernel_width * x.shape[3])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "im2col", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("im2col", im2col)


# %% nbgrader={"grade": false, "grade_id": "conv2d_im2col_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    """The same as `conv2d_forward`, by `im2col` and one matrix product."""
    ### BEGIN SOLUTION
    kernel_height, kernel_width, _, filters = kernel.shape
    columns = im2col(x, (kernel_height, kernel_width), stride, padding, dilation)
    output = columns @ kernel.reshape(-1, filters) + bias
    batch, height, width, _ = x.shape
    tops = range(0, height + 2 * padding - dilation * (kernel_height - 1), stride)
    lefts = range(0, width + 2 * padding - dilation * (kernel_width - 1), stride)
    return output.reshape(batch, len(tops), len(lefts), filters)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv2d_im2col", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("conv2d_im2col", conv2d_im2col)

# %% [markdown]
# Here is the whole example of the slides once more, now as a single product. Find the window of the
# image that became row 0, and the two feature maps in the columns of the result.

# %% tags=["display"]
batch = image[np.newaxis, :, :, np.newaxis]
both_filters = np.stack([filter_1, filter_2], axis=-1)[:, :, np.newaxis, :]
columns = im2col(batch, (3, 3))
weights = both_filters.reshape(-1, 2)

figure, panels = plt.subplots(1, 3, figsize=(8, 7), width_ratios=(9, 2, 2), layout="constrained")
draw_grid(panels[0], columns, "im2col")
panels[0].set_xlabel("pixel within the window")
panels[0].set_ylabel("window (position in the feature map)")
draw_grid(panels[1], weights, "Filters")
panels[1].set_xlabel("filter")
panels[1].set_ylabel("weight")
draw_grid(panels[2], columns @ weights, "Maps")
panels[2].set_xlabel("feature map")
panels[2].set_ylabel("position in the feature map")
figure.suptitle("(16 windows × 9 pixels) · (9 weights × 2 filters) = (16 values × 2 maps)")
plt.show()

print(f"The image holds {image.size} numbers, the matrix {columns.size}: ", end="")
print(f"{columns.size / image.size:g} times as many.")

# %% [markdown]
# That is the price of `im2col`: a pixel is copied into every window that it lies in, in a large
# image almost always nine times. Libraries pay the price, or make the matrix piece by piece,
# because a matrix product is so much faster than a loop over windows. How much, you can measure:


# %% tags=["display"]
def window_by_window(x, kernel):
    """A loop over all places, one small product for each."""
    height, width = x.shape[1] - kernel.shape[0] + 1, x.shape[2] - kernel.shape[1] + 1
    y = np.zeros((len(x), height, width, kernel.shape[-1]), dtype=x.dtype)
    for b, i, j in np.ndindex(len(x), height, width):
        window = x[b, i : i + kernel.shape[0], j : j + kernel.shape[1]]
        y[b, i, j] = np.tensordot(window, kernel, axes=3)
    return y


def milliseconds(function, *arguments):
    """The shortest of three runs."""
    times = []
    for _ in range(3):
        start = perf_counter()
        function(*arguments)
        times.append(perf_counter() - start)
    return 1000 * min(times)


layer_input = np.random.default_rng(0).normal(size=(4, 34, 34, 16)).astype("float32")
layer_kernel = np.random.default_rng(1).normal(size=(3, 3, 16, 32)).astype("float32")
layer_bias = np.zeros(32, dtype="float32")
print("4 images of 34 × 34 × 16, 32 filters of 3 × 3, on this machine:")
for name, milliseconds_taken in {
    "one window after the other": milliseconds(window_by_window, layer_input, layer_kernel),
    "your conv2d_forward": milliseconds(conv2d_forward, layer_input, layer_kernel, layer_bias),
    "your im2col and one product": milliseconds(
        conv2d_im2col, layer_input, layer_kernel, layer_bias
    ),
}.items():
    print(f"{name:28} {milliseconds_taken:8.1f} ms")

# %% [markdown]
# ## 8. Optional: convolution by Fourier transform
#
# Not graded. The slides give $MN \log(MN)$ for an image of $M \times N$ pixels, whatever the size
# of the kernel (*Convolutional Neural Network*, Complexity of Convolution). The reason is the
# convolution theorem: a convolution becomes a product of Fourier transforms,
#
# $$x * k = \mathcal{F}^{-1}\bigl(\mathcal{F}(x) \cdot \mathcal{F}(k)\bigr)$$
#
# `np.fft.rfft2(a, shape)` pads `a` with zeros to `shape`, and `np.fft.irfft2(spectrum, shape)` goes
# back. With the image's own shape the result wraps around at the border; the part without wrapping
# is exactly what `convolve2d` keeps.


# %% nbgrader={"grade": false, "grade_id": "convolve2d_fft_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def convolve2d_fft(image, kernel):
    """The same as `convolve2d`, by Fourier transforms."""
    ### BEGIN SOLUTION
    shape = image.shape
    spectrum = np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape)
    return np.fft.irfft2(spectrum, shape)[kernel.shape[0] - 1 :, kernel.shape[1] - 1 :]
    ### END SOLUTION


# %% tags=["display"]
sides = np.array([3, 5, 7, 11, 15, 21, 31, 41, 51])
pixels = grey.size
direct = pixels * sides**2
fourier = np.full(len(sides), 3 * pixels * np.log2(pixels) + pixels)

try:
    wide = np.random.default_rng(0).normal(size=(21, 15))
    agree = np.allclose(convolve2d_fft(grey, wide), convolve2d(grey, wide), atol=1e-3)
    print(f"The Fourier transform gives the same as convolve2d: {agree}")
except NotImplementedError:
    print("convolve2d_fft is not written yet: this part is optional.")

figure, axes = plt.subplots(figsize=(6.5, 3.8), layout="constrained")
axes.loglog(sides, direct, "o-", label="direct: $MN K^2$")
axes.loglog(sides, fourier, "s-", label=r"Fourier: $3\,MN\log_2(MN) + MN$")
axes.set_xticks([3, 5, 7, 11, 21, 51], labels=["3", "5", "7", "11", "21", "51"])
axes.minorticks_off()
axes.set_xlabel("side of the kernel (pixels)")
axes.set_ylabel("multiplications (order of magnitude)")
axes.set_title("Cost of one filter on the photograph")
axes.legend()
plt.show()

# %% [markdown]
# Up to about 7 × 7 the direct way needs fewer multiplications. That is where the filters of almost
# all networks are, and why you will rarely meet a Fourier transform in one.
