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
# # Pooling
#
# A pooling layer replaces every window of a feature map by a single number. In this notebook you
# write max, mean, L2 and global pooling yourself, forward and backward, and you will know
#
# - how large the result is, and why two libraries can disagree about it by one pixel;
# - where the gradient goes, also where windows overlap and where a maximum occurs twice;
# - how much a pooled feature map really cares about a small shift: you measure it on a photograph;
# - why a fully connected layer on an image of 100 × 100 pixels has $10^7$ edges, and a convolution
#   on the same image hardly any parameters.
#
# It takes about two hours; running all cells takes less than a minute. Only NumPy is needed. The
# calls that would do the work for you (`keras.ops.max_pool` and its relatives, and automatic
# gradients) are blocked in the checks.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, data, gradients

import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

# %% [markdown]
# ## 1. Where the windows stand
#
# A window of $K$ pixels moves by $S$ pixels at a time. Along one side of $W$ pixels it stands at
#
# $$W' = \left\lfloor \frac{W - K}{S} \right\rfloor + 1$$
#
# places (*Lecture 7*, Pooling Summary): a last window that does not fit is left out. That is what
# Keras and this course do. Caffe, in which ZFNet and GoogLeNet were first run, **rounds up**
# instead,
#
# $$W'_\text{ceil} = \left\lceil \frac{W - K}{S} \right\rceil + 1$$
#
# A last window may hang over the border, and then has fewer pixels. Only a window that would *begin*
# outside is left out there too, because it would be empty: if $(W'_\text{ceil} - 1)\, S \ge W$, there is one
# window less.
#
# Common settings are $K = 2, S = 2$, and the overlapping $K = 3, S = 2$ of AlexNet. Kernel and
# stride are two numbers: do not mistake one for the other.


# %% nbgrader={"grade": false, "grade_id": "pooled_size_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pooled_size(width, kernel, stride, ceil=False):
    """Number of places where a pooling window stands, in one direction.

    Args:
        width: number of input pixels, at least `kernel`.
        kernel: width of the window, in pixels.
        stride: step of the window, in pixels.
        ceil: whether to round up. A window that would begin at pixel `width` or later never counts.
    """
    ### BEGIN SOLUTION
    if not ceil:
        return (width - kernel) // stride + 1
    places = -(-(width - kernel) // stride) + 1
    # With a stride larger than the kernel, the extra window may begin outside.
    return places - 1 if (places - 1) * stride >= width else places
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pooled_size", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("pooled_size", pooled_size)

# %% [markdown]
# Does one pixel matter? These are the 3 × 3, stride 2 poolings of three networks of the slides.

# %% tags=["display"]
# Network, pixels before the pooling, pixels after it as the slides print them.
PRINTED_SIZES = [
    ("AlexNet, pool 1", 56, 27),
    ("ZFNet, pool 1", 110, 55),
    ("GoogLeNet, pool 1", 112, 56),
    ("GoogLeNet, pool 2", 56, 28),
    ("GoogLeNet, pool 3", 28, 14),
    ("GoogLeNet, pool 4", 14, 7),
]

print(f"{'3 × 3, stride 2':<20}{'before':>7}{'floor':>7}{'ceil':>6}{'printed':>9}")
for network, before, printed in PRINTED_SIZES:
    floor, ceil = pooled_size(before, 3, 2), pooled_size(before, 3, 2, ceil=True)
    print(f"{network:<20}{before:>7}{floor:>7}{ceil:>6}{printed:>9}")

sizes = [112]
while len(sizes) < 5:
    sizes.append(pooled_size(sizes[-1], 3, 2))
print("\nGoogLeNet, always rounded down:", " → ".join(map(str, sizes)))

# %% [markdown]
# AlexNet rounds down (*Lecture 7*, AlexNet). The 55 × 55 maps of ZFNet (*Evolution of CNN
# Architectures*, ZFNet (2013)) and the table of GoogLeNet (*Convolutional Neural Network*,
# GoogLeNet) need ceil. Rounding down would leave GoogLeNet with 6 × 6 maps, and the 7 × 7 average
# pooling at its end would not fit at all. *Lecture 7* gets the same sizes in another way: it pads
# one pixel on each side and rounds down. The sizes agree; the windows stand one pixel further up
# and to the left.
#
# ### Which pixels does each window see?
#
# Window number $i$ begins at pixel $iS$ and ends before pixel $iS + K$, or at the border if that
# comes first. In Python this is the slice `x[start:stop]`.


# %% nbgrader={"grade": false, "grade_id": "window_spans_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def window_spans(width, kernel, stride, ceil=False):
    """The pixels that each window sees, in one direction.

    Args:
        width, kernel, stride, ceil: as for `pooled_size`.

    Returns:
        A list of pairs `(start, stop)`, one for each window; `stop` is the first pixel that the
        window does not see, and at most `width`.
    """
    ### BEGIN SOLUTION
    starts = [i * stride for i in range(pooled_size(width, kernel, stride, ceil))]
    return [(start, min(start + kernel, width)) for start in starts]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "window_spans", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("window_spans", window_spans)

# %% tags=["display"]
ROWS = [
    ("K = 2, S = 2, floor", 2, 2, False),
    ("K = 3, S = 2, floor", 3, 2, False),
    ("K = 3, S = 2, ceil", 3, 2, True),
    ("K = 2, S = 4, ceil", 2, 4, True),
]

figure, axes = plt.subplots(figsize=(8.5, 5), layout="constrained")
for row, (_, kernel, stride, ceil) in enumerate(ROWS):
    for pixel in range(8):
        axes.add_patch(Rectangle((pixel, row - 0.12), 1, 0.24, facecolor="0.93", edgecolor="0.7"))
    for i, (start, stop) in enumerate(window_spans(8, kernel, stride, ceil)):
        cut = stop - start < kernel
        y = row + (0.28 if i % 2 else -0.28)
        axes.plot(
            [start + 0.06, stop - 0.06],
            [y, y],
            lw=12,
            solid_capstyle="butt",
            color="#D55E00" if cut else "#0072B2",
        )
        axes.text((start + stop) / 2, y, f"{i}", color="w", ha="center", va="center", fontsize=8)
axes.set_xlim(-0.1, 8.1)
axes.set_ylim(len(ROWS) - 0.5, -0.5)
axes.set_xticks(np.arange(8) + 0.5, labels=range(8))
axes.set_yticks(range(len(ROWS)), labels=[name for name, *_ in ROWS])
axes.set_xlabel("pixel")
axes.set_title("The windows on 8 pixels: whole ones are blue, one that is cut off is orange")
plt.show()

# %% [markdown]
# With $K = 3, S = 2$ neighbouring windows share a pixel. Rounded down, pixel 7 is never looked at;
# rounded up, a window of two pixels takes care of it. In the last row half of the pixels lie in no
# window, and a third window would begin at pixel 8, outside: it is left out either way.
#
# Every function below walks over the windows of a batch of images, in the order
# `(batch, height, width, channels)`. Here is that loop, made of your spans. Use it or write your
# own.


# %%
def each_window(x, kernel_size, stride, ceil=False):
    """Go through the windows of a batch of images.

    Yields:
        `(i, j, window)`: row and column in the pooled map, and an index such that `x[window]` are
        the pixels of this window, `(batch, window_height, window_width, channels)`.
    """
    kernel_height, kernel_width = kernel_size
    for i, (top, bottom) in enumerate(window_spans(x.shape[1], kernel_height, stride, ceil)):
        for j, (left, right) in enumerate(window_spans(x.shape[2], kernel_width, stride, ceil)):
            yield i, j, np.s_[:, top:bottom, left:right, :]


# %% [markdown]
# ## 2. Max pooling
#
# Every output is the largest value of its window, separately for each image and each channel
# (*Convolutional Neural Network*, Sub-Sampling (Pooling) Layer):
#
# $$y[b, i, j, c] = \max_{(m, n)\, \in\, \text{window } (i, j)} x[b, m, n, c]$$
#
# There is nothing to learn in it: a pooling layer has no parameters (*Lecture 7*, Max Pooling).
# Pixels outside the image do not exist. They are not zeros: where all values are negative, a zero
# would win.


# %% nbgrader={"grade": false, "grade_id": "max_pool_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool_forward(x, kernel_size, stride, ceil=False):
    """The largest value of every window.

    Args:
        x: `(batch, height, width, channels)`.
        kernel_size: `(kernel_height, kernel_width)`.
        stride: step of the window in both directions, in pixels.
        ceil: whether the number of windows is rounded up.

    Returns:
        `(batch, pooled_height, pooled_width, channels)`.
    """
    ### BEGIN SOLUTION
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = x[window].max(axis=(1, 2))
    return y
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_pool_forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("max_pool_forward", max_pool_forward)

# %% [markdown]
# The two examples of the slides: a map of 4 × 4 values, and the 6 × 6 image whose two feature maps
# (one for each filter) are pooled to a *2 × 2 image* with two channels (CNN – Max Pooling).

# %% tags=["display"]
SLIDE_MAP = [[2, 2, 4, 4], [2, 4, 8, 4], [4, 4, 4, 1], [6, 10, 3, 4]]
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


# %% tags=["display"]
def as_batch(matrix):
    """A matrix as a batch of one image with one channel."""
    return np.array(matrix, dtype="float32")[np.newaxis, :, :, np.newaxis]


def draw_grid(axes, values, title, colours="Blues", low=0, high=10, blocks=None):
    """Draw a matrix as numbered cells; `blocks` is the size of the windows that are framed."""
    axes.imshow(values, cmap=colours, vmin=low, vmax=high)
    for row, column in np.ndindex(values.shape):
        share = (values[row, column] - low) / (high - low)
        dark = share > 0.65 or (colours == "RdBu_r" and share < 0.2)
        label = f"{values[row, column]:.4g}"
        axes.text(column, row, label, ha="center", va="center", color="w" if dark else "k")
    axes.set_xticks(range(values.shape[1]))
    axes.set_yticks(range(values.shape[0]))
    axes.set_xlabel("column")
    axes.set_ylabel("row")
    axes.set_title(title, fontsize=11)
    if blocks:
        for top in range(0, values.shape[0], blocks):
            for left in range(0, values.shape[1], blocks):
                corner = (left - 0.5, top - 0.5)
                axes.add_patch(Rectangle(corner, blocks, blocks, fill=False, ec="k", lw=2.5))


def convolve(images, kernel):
    """Convolution without padding, by Keras."""
    return keras.ops.convert_to_numpy(keras.ops.conv(images, kernel, padding="valid"))


slide_map = as_batch(SLIDE_MAP)
both_filters = np.stack([FILTER_1, FILTER_2], axis=-1)[:, :, np.newaxis, :].astype("float32")
feature_maps = convolve(as_batch(SLIDE_IMAGE), both_filters)

figure, panels = plt.subplots(
    2, 3, figsize=(8.6, 5.8), width_ratios=(4, 4, 4), layout="constrained"
)
draw_grid(panels[0, 0], slide_map[0, :, :, 0], "The 4 × 4 map of the slides", blocks=2)
draw_grid(panels[1, 0], max_pool_forward(slide_map, (2, 2), 2)[0, :, :, 0], "Max, 2 × 2, stride 2")
for channel, name in enumerate(["Filter 1", "Filter 2"]):
    style = {"colours": "RdBu_r", "low": -4, "high": 4}
    pooled = max_pool_forward(feature_maps, (2, 2), 2)[0, :, :, channel]
    draw_grid(
        panels[0, channel + 1],
        feature_maps[0, :, :, channel],
        f"{name} on 6 × 6",
        blocks=2,
        **style,
    )
    draw_grid(panels[1, channel + 1], pooled, f"{name}, max pooled", **style)
figure.suptitle("Max pooling keeps the strongest answer of each window")
plt.show()

# %% [markdown]
# The pooled maps say that filter 1 found its diagonal in three of the four quarters of the image,
# and filter 2 its bar at the lower right; they no longer say exactly where. The −1 of filter 2 is
# the largest value of a quarter where nothing resembles a bar.
#
# ## 3. Where the gradient goes
#
# Let $dy = \partial L / \partial y$ be the upstream gradient, `dout` in code. A little more at the
# maximum of a window makes the output a little more; a little more anywhere else changes nothing.
# So each window hands its gradient to its maximum, and a pixel that is the maximum of several
# windows collects what all of them send:
#
# $$\frac{\partial L}{\partial x[b, m, n, c]} =
#   \sum_{\text{windows } (i, j) \text{ whose maximum is } (m, n)} dy[b, i, j, c]$$
#
# **When the maximum occurs twice** in a window, the derivative does not exist and a rule is needed.
# Ours is that of Keras on the CPU: the *first* maximum takes everything, first in reading order,
# row by row from the top and each row from the left.
#
# ### Predict before you run
#
# Look at the 4 × 4 map above with the upstream gradient $\begin{pmatrix}1&2\\3&4\end{pmatrix}$ and
# write down, before you program it:
#
# - `tie`: with 2 × 2 windows and stride 2, which pixel of the map gets the gradient 4 of the lower
#   right window? Its row and column in the 4 × 4 map, counted from 0.
# - `eight` and `ten`: now with 3 × 3 windows and stride 1, so that all four windows overlap. What
#   gradient does the pixel with the value 8 get, and what does the pixel with the value 10 get?

# %% nbgrader={"grade": false, "grade_id": "first_maximum_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three predictions in this form:
# first_maximum = {"tie": (row, column), "eight": number, "ten": number}
### BEGIN SOLUTION
first_maximum = {"tie": (2, 2), "eight": 1 + 2, "ten": 3 + 4}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "first_maximum", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("first_maximum", first_maximum)

# %% [markdown]
# Now the same in code. Two hints: `np.argmax` also returns the first maximum in reading order, and
# a pixel in several windows needs `+=`. Leave `x` as it is.


# %% nbgrader={"grade": false, "grade_id": "max_pool_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool_backward(dout, x, kernel_size, stride, ceil=False):
    """Gradient of the loss with respect to the input of `max_pool_forward`.

    Args:
        dout: upstream gradient `(batch, pooled_height, pooled_width, channels)`.
        x: the input of the forward pass, `(batch, height, width, channels)`. It must not be changed.
        kernel_size, stride, ceil: those of the forward pass.

    Returns:
        `dx`, of the shape of `x`. Of equal maxima, the first in reading order gets the gradient.
    """
    ### BEGIN SOLUTION
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        batch, height, width, channels = x[window].shape
        pixels = x[window].reshape(batch, height * width, channels)
        places = np.arange(height * width)[np.newaxis, :, np.newaxis]
        is_first = places == pixels.argmax(axis=1)[:, np.newaxis, :]
        dx[window] += (is_first * dout[:, i, j][:, np.newaxis, :]).reshape(x[window].shape)
    return dx
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_pool_backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("max_pool_backward", max_pool_backward)

# %% tags=["display"]
upstream = as_batch([[1, 2], [3, 4]])
figure, panels = plt.subplots(1, 3, figsize=(10, 3.7), layout="constrained")
draw_grid(panels[0], slide_map[0, :, :, 0], "The 4 × 4 map")
for axes, kernel, stride in [(panels[1], 2, 2), (panels[2], 3, 1)]:
    gradient = max_pool_backward(upstream, slide_map, (kernel, kernel), stride)
    title = f"Gradient, {kernel} × {kernel}, stride {stride}"
    draw_grid(axes, gradient[0, :, :, 0], title, colours="Oranges", high=8)
figure.suptitle("Each window sends its gradient (1, 2, 3, 4) to its first maximum")
plt.show()

# %% [markdown]
# ### The winners in a photograph
#
# With an upstream gradient of ones, `dx` counts how many windows a pixel has won. And with the
# pooled map itself as upstream gradient, every maximum returns to where it came from: this is how
# the *deconvnet* of ZFNet undoes a pooling, with the places of the maxima as *switches* (*CNN
# Benchmark Models*, ZFNet: Visualization).

# %% tags=["display"]
photograph = data.photo("china")  # (427, 640, 3), values from 0 to 1
grey = photograph.mean(axis=-1)[np.newaxis, :, :, np.newaxis]
part = grey[:, 24:72, 174:234]

figure, panels = plt.subplots(2, 3, figsize=(11, 6), layout="constrained")
panels[0, 0].imshow(part[0, :, :, 0], cmap="gray", vmin=0, vmax=1)
panels[0, 0].set_title("Part of the photograph")
for column, kernel in enumerate([2, 6], start=1):
    size = (kernel, kernel)
    pooled = max_pool_forward(part, size, kernel)
    panels[0, column].imshow(pooled[0, :, :, 0], cmap="gray", vmin=0, vmax=1)
    panels[0, column].set_title(f"Max, {kernel} × {kernel}, stride {kernel}")
    unpooled = max_pool_backward(pooled, part, size, kernel)
    panels[1, column].imshow(unpooled[0, :, :, 0], cmap="gray", vmin=0, vmax=1)
    panels[1, column].set_title(f"Unpooled: {np.mean(unpooled > 0):.1%} of the values")
wins = max_pool_backward(np.ones((1, 23, 29, 1)), part, (3, 3), 2)
shown = panels[1, 0].imshow(wins[0, :, :, 0], cmap="magma", vmin=0, vmax=4)
panels[1, 0].set_title("Windows won, 3 × 3, stride 2")
figure.colorbar(shown, ax=panels[1, 0], ticks=range(5), label="windows", shrink=0.7)
for axes in panels.flat:
    axes.set_xlabel("column (pixels)")
    axes.set_ylabel("row (pixels)")
plt.show()

won = [f"{np.mean(wins == count):.1%} won {count}" for count in range(5)]
print("Of the pixels, with 3 × 3 windows and stride 2:", ", ".join(won))

# %% [markdown]
# Only the winners learn from this example: all other pixels get the gradient 0. With overlapping
# windows one bright pixel can win up to four times, and then its gradients add up.
#
# ## 4. Mean pooling
#
# The average of the window (*Convolutional Neural Network*, Sub-Sampling (Pooling) Layer; LeNet-5
# pools like this):
#
# $$y[b, i, j, c] = \frac{1}{n_{ij}} \sum_{(m, n)\, \in\, \text{window } (i, j)} x[b, m, n, c]$$
#
# **A rule for the border:** $n_{ij}$ is the number of pixels that window $(i, j)$ really sees. A
# window that hangs over the border has fewer than $K_H K_W$ of them, and is divided by that smaller
# number: so an image that is 1 everywhere stays 1 everywhere.


# %% nbgrader={"grade": false, "grade_id": "mean_pool_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_pool_forward(x, kernel_size, stride, ceil=False):
    """The mean of every window, over the pixels that it really sees.

    Arguments and result as for `max_pool_forward`.
    """
    ### BEGIN SOLUTION
    rows = pooled_size(x.shape[1], kernel_size[0], stride, ceil)
    columns = pooled_size(x.shape[2], kernel_size[1], stride, ceil)
    y = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        y[:, i, j] = x[window].mean(axis=(1, 2))
    return y
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mean_pool_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("mean_pool_forward", mean_pool_forward)

# %% [markdown]
# Backward, every pixel of a window gets the same share of the window's gradient:
#
# $$\frac{\partial L}{\partial x[b, m, n, c]} =
#   \sum_{\text{windows } (i, j) \text{ that see } (m, n)} \frac{dy[b, i, j, c]}{n_{ij}}$$
#
# The values of $x$ do not matter for that, only its shape.


# %% nbgrader={"grade": false, "grade_id": "mean_pool_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    """Gradient of the loss with respect to the input of `mean_pool_forward`.

    Arguments and result as for `max_pool_backward`.
    """
    ### BEGIN SOLUTION
    dx = np.zeros(x.shape)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        dx[window] += dout[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    return dx
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mean_pool_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("mean_pool_backward", mean_pool_backward)

# %% [markdown]
# ## 5. L2 pooling
#
# Between the two: the root of the mean of the squares (*Convolutional Neural Network*, Sub-Sampling
# (Pooling) Layer). Large values count more than small ones, and the sign is lost.
#
# $$y[b, i, j, c] = \sqrt{\frac{1}{n_{ij}} \sum_{(m, n)\, \in\, \text{window } (i, j)}
#   x[b, m, n, c]^2}$$
#
# The factor $1/n$ is on the slide; some libraries leave it out.


# %% nbgrader={"grade": false, "grade_id": "l2_pool_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def l2_pool_forward(x, kernel_size, stride, ceil=False):
    """The root of the mean of the squares of every window, over the pixels that it really sees.

    Arguments and result as for `max_pool_forward`. `x` must not be changed.
    """
    ### BEGIN SOLUTION
    return np.sqrt(mean_pool_forward(x**2, kernel_size, stride, ceil))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l2_pool_forward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("l2_pool_forward", l2_pool_forward)

# %% [markdown]
# By the chain rule, through root, mean and square ($y$ is the output of that window):
#
# $$\frac{\partial y}{\partial x} = \frac{1}{2\,y} \cdot \frac{1}{n} \cdot 2\,x = \frac{x}{n\,y},
#   \qquad \frac{\partial L}{\partial x[b, m, n, c]} =
#   \sum_{\text{windows } (i, j) \text{ that see } (m, n)}
#   dy[b, i, j, c]\; \frac{x[b, m, n, c]}{n_{ij}\; y[b, i, j, c]}$$
#
# Where a window holds nothing but zeros, which is common after a ReLU, this is $0 / 0$. **Our
# rule:** such a window sends the gradient 0.


# %% nbgrader={"grade": false, "grade_id": "l2_pool_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def l2_pool_backward(dout, x, kernel_size, stride, ceil=False):
    """Gradient of the loss with respect to the input of `l2_pool_forward`.

    Arguments and result as for `max_pool_backward`. A window of zeros sends the gradient 0.
    """
    ### BEGIN SOLUTION
    dx = np.zeros(x.shape)
    y = l2_pool_forward(x, kernel_size, stride, ceil)
    factor = np.divide(dout, y, out=np.zeros(y.shape), where=y > 0)
    for i, j, window in each_window(x, kernel_size, stride, ceil):
        _, height, width, _ = x[window].shape
        dx[window] += x[window] * factor[:, i, j][:, np.newaxis, np.newaxis, :] / (height * width)
    return dx
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l2_pool_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("l2_pool_backward", l2_pool_backward)

# %% [markdown]
# ### Check your gradients yourself
#
# You need not believe any formula: move each input by a tiny step to both sides and see how much
# the loss changes. `gradients.numerical_gradient` does that. Random upstream gradients, overlapping windows
# and ceil together are the hardest test.

# %% tags=["display"]
rng = np.random.default_rng(0)
x = rng.normal(size=(2, 6, 8, 3))
settings = {"kernel_size": (4, 3), "stride": 2, "ceil": True}
POOLINGS = {
    "max": (max_pool_forward, max_pool_backward),
    "mean": (mean_pool_forward, mean_pool_backward),
    "L2": (l2_pool_forward, l2_pool_backward),
}

for name, (forward, backward) in POOLINGS.items():
    dout = rng.normal(size=forward(x, **settings).shape)
    # Default arguments, so that each function keeps the pooling of its own turn of the loop.
    numerical = gradients.numerical_gradient(lambda z, f=forward: f(z, **settings), x, dout)
    error = gradients.relative_error(backward(dout, x, **settings), numerical)
    print(f"{name:>4}: the largest relative error is {error:.1e}")

# %% [markdown]
# ### Three poolings of one picture
#
# All three on the slides' map, and on the photograph, as the answers of an edge filter. Look for
# what each of them makes of thin lines and of small textures.

# %% tags=["display"]
LAPLACE = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
edges = np.maximum(convolve(grey, np.array(LAPLACE, "float32")[:, :, np.newaxis, np.newaxis]), 0)

figure, panels = plt.subplots(
    2, 4, figsize=(13, 6.6), height_ratios=(1, 1.25), layout="constrained"
)
draw_grid(panels[0, 0], slide_map[0, :, :, 0], "The 4 × 4 map", blocks=2)
panels[1, 0].imshow(edges[0, :256, 60:316, 0], cmap="gray", vmin=0, vmax=1.2)
panels[1, 0].set_title("Edges of the photograph")
for column, (name, (forward, _)) in enumerate(POOLINGS.items(), start=1):
    draw_grid(panels[0, column], forward(slide_map, (2, 2), 2)[0, :, :, 0], f"{name}, 2 × 2")
    pooled = forward(edges[:, :256, 60:316], (6, 6), 6)
    shown = panels[1, column].imshow(pooled[0, :, :, 0], cmap="gray", vmin=0, vmax=1.2)
    panels[1, column].set_title(f"{name}, 6 × 6, stride 6")
for axes in panels[1]:
    axes.set_xlabel("column (pixels)")
    axes.set_ylabel("row (pixels)")
figure.colorbar(shown, ax=panels[1], label="strength of the edge", shrink=0.8)
plt.show()

# %% [markdown]
# The mean never exceeds L2, and L2 never exceeds the maximum of the absolute values. A thin line
# fills a small part of its window: the mean dilutes it, the maximum keeps it at full strength. That
# is one reason why the networks since AlexNet use max pooling between their convolutions.
#
# ### Why?
#
# Many programs pad the input of a max pooling with zeros, and nobody notices. When does it make no
# difference, and what would it have done to the map of filter 2 above? Write two sentences; they
# are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# After a ReLU no value is negative, so an added zero is never larger than the true maximum. The
# map of filter 2 has whole windows of negative values: there the zeros would have won, and the
# pooled map would say 0, more than any answer of the filter, with a gradient for no pixel.
#
# </details>

# %% [markdown]
# ## 6. Global pooling: from any size to one size
#
# Let the window be as large as the image, and each channel becomes a single number. That is how
# "*a layer which reduces inputs of different size, to a fixed size*" works (*Convolutional Neural
# Network*, Sub-Sampling (Pooling) Layer). Write it for the three kinds:
#
# $$y[b, c] = \max_{m, n}\, x[b, m, n, c], \qquad
#   y[b, c] = \frac{1}{HW} \sum_{m, n} x[b, m, n, c], \qquad
#   y[b, c] = \sqrt{\frac{1}{HW} \sum_{m, n} x[b, m, n, c]^2}$$


# %% nbgrader={"grade": false, "grade_id": "global_pool_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def global_pool(x, kind):
    """Pool each channel of each image to one number.

    Args:
        x: `(batch, height, width, channels)`.
        kind: `"max"`, `"mean"` or `"l2"`.

    Returns:
        `(batch, channels)`.
    """
    ### BEGIN SOLUTION
    if kind == "max":
        return x.max(axis=(1, 2))
    if kind == "mean":
        return x.mean(axis=(1, 2))
    return np.sqrt((x**2).mean(axis=(1, 2)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "global_pool", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("global_pool", global_pool)

# %% [markdown]
# Backward nothing new is needed: there is one window, and its upstream gradient `dout[b, c]` stands
# in a pooled map of 1 × 1. The rules are those from above (first maximum; a window of zeros sends
# 0).


# %% nbgrader={"grade": false, "grade_id": "global_pool_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def global_pool_backward(dout, x, kind):
    """Gradient of the loss with respect to the input of `global_pool`.

    Args:
        dout: upstream gradient `(batch, channels)`.
        x: the input of the forward pass, `(batch, height, width, channels)`.
        kind: `"max"`, `"mean"` or `"l2"`.

    Returns:
        `dx`, of the shape of `x`.
    """
    ### BEGIN SOLUTION
    backward = {"max": max_pool_backward, "mean": mean_pool_backward, "l2": l2_pool_backward}[kind]
    return backward(dout[:, np.newaxis, np.newaxis, :], x, x.shape[1:3], 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "global_pool_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("global_pool_backward", global_pool_backward)

# %% [markdown]
# Two photographs and parts of them, six edge filters, always six numbers: a layer after it need
# not know how large the image was.

# %% tags=["display"]
directions = np.arange(6) * np.pi / 6
gradient_kernels = np.stack(
    [
        np.cos(angle) * np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
        + np.sin(angle) * np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
        for angle in directions
    ],
    axis=-1,
)[:, :, np.newaxis, :].astype("float32")

figure, axes = plt.subplots(figsize=(7.5, 4), layout="constrained")
labels = [f"{np.degrees(angle):.0f}°" for angle in directions]
for name, colour in [("china", "C0"), ("flower", "C1")]:
    for (height, width), style in [((427, 640), "o-"), ((320, 480), "s--"), ((350, 250), "^:")]:
        image = data.photo(name).mean(axis=-1)[np.newaxis, :height, :width, np.newaxis]
        features = global_pool(np.abs(convolve(image, gradient_kernels)), "mean")
        label = f"{name}, {height} × {width} pixels"
        axes.plot(labels, features[0], style, color=colour, label=label)
axes.set_ylim(0, 0.35)
axes.set_xlabel("direction in which the filter looks for a change of brightness")
axes.set_ylabel("mean answer")
axes.set_title("Six features by global mean pooling, whatever the size of the image")
axes.legend(fontsize=8, ncols=2)
plt.show()

# %% [markdown]
# GoogLeNet ends this way: its 7 × 7 × 1024 maps are averaged to 1024 numbers before a single linear
# layer with 1000 outputs (*Lecture 7*, GoogLeNet: Global Average Pooling). Section 8 counts what
# that saves.
#
# ## 7. How much does a small shift matter?
#
# Max pooling "*introduces invariance to small spatial shifts*" (*Lecture 7*, Max Pooling). Measure
# it. The sharpest case first: a row of `width` zeros with one bright pixel. Its row of maxima is
# recorded; then the pixel moves `shift` columns to the right, and the maxima are taken again. A
# pixel that is moved out of the row is gone. For what share of all `width` starting columns are
# the two rows of maxima **exactly equal**?
#
# Use your `max_pool_forward`, rounded down. Hint: `np.eye(width)` holds all the rows with one
# bright pixel, and `np.eye(width, k=shift)` the same rows with the pixel moved.


# %% nbgrader={"grade": false, "grade_id": "unchanged_fraction_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def unchanged_fraction(width, kernel, stride, shift):
    """Share of the places from which a bright pixel can move without changing the maxima.

    Args:
        width: number of pixels of the row.
        kernel: width of the max pooling window, in pixels.
        stride: step of the window, in pixels.
        shift: by how many columns the bright pixel moves to the right.

    Returns:
        A number from 0 to 1.
    """
    ### BEGIN SOLUTION
    rows, moved = np.eye(width), np.eye(width, k=shift)
    before, after = (
        max_pool_forward(each[:, np.newaxis, :, np.newaxis], (1, kernel), stride)
        for each in (rows, moved)
    )
    return np.mean((before == after).all(axis=(1, 2, 3)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "unchanged_fraction", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("unchanged_fraction", unchanged_fraction)

# %% [markdown]
# Where windows lie side by side ($S = K$), the share is $1 - d / K$ for a shift of $d < K$ pixels:
# the pixel must not cross the border of its window. Now a photograph, and small changes instead of
# none. A part of 240 × 240 pixels is cut out, and again $d$ pixels further to the right. Both go
# through an edge filter with ReLU, and then through nothing or through a pooling. We compare the
# two maps $a$ and $b$ place by place; 1 is what two maps give that have nothing to do with each
# other:
#
# $$\text{change} = \frac{\lVert a - b \rVert}
#   {\sqrt{\lVert a - \bar{a} \rVert^2 + \lVert b - \bar{b} \rVert^2}}$$


# %% tags=["display"]
def change(a, b):
    """How different two maps are: 0 if equal, about 1 if unrelated."""
    spread = np.sqrt(np.sum((a - a.mean()) ** 2) + np.sum((b - b.mean()) ** 2))
    return np.linalg.norm(a - b) / spread


LAYERS = {
    "every 8th value, no pooling": lambda z: z[:, ::8, ::8],
    "no pooling": lambda z: z,
    "max, 2 × 2": lambda z: max_pool_forward(z, (2, 2), 2),
    "max, 4 × 4": lambda z: max_pool_forward(z, (4, 4), 4),
    "max, 8 × 8": lambda z: max_pool_forward(z, (8, 8), 8),
    "mean, 8 × 8": lambda z: mean_pool_forward(z, (8, 8), 8),
}
shifts = np.arange(13)
cuts = {shift: edges[:, 10:250, 60 + shift : 300 + shift] for shift in shifts}

figure, (exact, measured) = plt.subplots(1, 2, figsize=(12.5, 4.6), layout="constrained")
for kernel, stride, style in [(2, 2, "o-"), (3, 2, "x--"), (4, 4, "s-"), (8, 8, "^-")]:
    shares = [100 * unchanged_fraction(96, kernel, stride, int(shift)) for shift in shifts[:9]]
    exact.plot(shifts[:9], shares, style, label=f"K = {kernel}, S = {stride}")
exact.set_xlabel("shift (pixels)")
exact.set_ylabel("starting columns with unchanged maxima (%)")
exact.set_title("One bright pixel: exactly invariant")
exact.legend()

for (name, layer), style in zip(LAYERS.items(), ["+:", "D-", "o-", "s-", "^-", "v--"], strict=True):
    original = layer(cuts[0])
    curve = [change(original, layer(cuts[shift])) for shift in shifts]
    measured.plot(shifts, curve, style, label=name)
measured.set_ylim(0, 1.45)
measured.set_xlabel("shift (pixels)")
measured.set_ylabel("change of the map (1: unrelated)")
measured.set_title("Edges of a photograph: how much the map changes")
measured.legend(title="after filter and ReLU", fontsize=8, ncols=2, loc="upper left")
plt.show()

# %% tags=["display"]
figure, panels = plt.subplots(2, 3, figsize=(10.5, 7), layout="constrained")
for row, name in enumerate(["no pooling", "max, 8 × 8"]):
    before, after = (LAYERS[name](cuts[shift])[0, :, :, 0] for shift in (0, 2))
    pictures = {"not shifted": before, "shifted by 2 pixels": after, "difference": after - before}
    for axes, (title, picture) in zip(panels[row], pictures.items(), strict=True):
        difference = title == "difference"
        shown = axes.imshow(
            picture,
            cmap="RdBu_r" if difference else "gray",
            vmin=-1.2 if difference else 0,
            vmax=1.2,
            extent=(0, 240, 240, 0),
        )
        axes.set_title(f"{name}: {title}", fontsize=10)
        axes.set_xlabel("column (pixels)")
        axes.set_ylabel("row (pixels)")
    figure.colorbar(shown, ax=panels[row, 2], label="difference", shrink=0.8)
figure.suptitle("The same two views, without and with pooling")
plt.show()

moved_by_stride = LAYERS["max, 8 × 8"](cuts[8])[:, :, :-1]
same = np.allclose(moved_by_stride, LAYERS["max, 8 × 8"](cuts[0])[:, :, 1:])
print(f"A shift by the stride, 8 pixels, moves the pooled map by exactly one place: {same}")

# %% [markdown]
# Two lessons. First, it is the *pooling* that helps, not the smaller map: keeping every eighth
# value is as sensitive as keeping all. Second, invariance is never free and never complete. It
# reaches about as far as the window, it is bought with resolution, and the overlapping $K = 3,
# S = 2$ is almost never *exactly* invariant: every second pixel lies in two windows and its
# neighbour in one.
#
# ## 8. What the convolution saves
#
# Why not simply connect every pixel with every hidden unit? "*100 × 100 images, 10,000 units in the
# input, $10^7$ edges!*" (*Convolutional Neural Network*, Multiple Layer Neural Network). The slide
# does not print how many hidden units it means; you can work it out.
#
# Count for a convolution without padding and with stride 1 on an image of $H \times W \times C$,
# with $F$ filters of $K_H \times K_W$ pixels:
#
# - **edges**: pairs of an input value and an output value that are connected. Each of the
#   $(H - K_H + 1)(W - K_W + 1)\, F$ outputs sees $K_H K_W C$ inputs. A bias is not an edge.
# - **parameters**: the different weights, and one bias for each filter. All places share them.
#
# A fully connected layer of $U$ units is contained in that: it has $U$ filters as large as the
# image.


# %% nbgrader={"grade": false, "grade_id": "layer_cost_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_cost(image_shape, kernel_size, filters):
    """Edges and parameters of a convolution without padding, with stride 1.

    Args:
        image_shape: `(height, width, channels)`.
        kernel_size: `(kernel_height, kernel_width)`; the whole image for a fully connected layer.
        filters: number of filters, or of units.

    Returns:
        `{"edges": number, "parameters": number}`; the parameters include one bias for each filter.
    """
    ### BEGIN SOLUTION
    height, width, channels = image_shape
    kernel_height, kernel_width = kernel_size
    window = kernel_height * kernel_width * channels
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    return {"edges": places * filters * window, "parameters": (window + 1) * filters}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_cost", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("layer_cost", layer_cost)

# %% tags=["display"]
sides = np.array([10, 20, 50, 100, 200, 500, 1000])
dense = [layer_cost((int(side), int(side), 1), (int(side), int(side)), 1000) for side in sides]
small = [layer_cost((int(side), int(side), 1), (5, 5), 20) for side in sides]

figure, axes = plt.subplots(figsize=(7.5, 4.6), layout="constrained")
axes.loglog(sides, [cost["edges"] for cost in dense], "o-", label="fully connected, 1000: edges")
axes.loglog(
    sides, [cost["parameters"] for cost in dense], "x--", label="fully connected, 1000: parameters"
)
axes.loglog(sides, [cost["edges"] for cost in small], "s-", label="20 filters of 5 × 5: edges")
axes.loglog(
    sides, [cost["parameters"] for cost in small], "^-", label="20 filters of 5 × 5: parameters"
)
axes.annotate(
    "the $10^7$ of the slide", (100, 1e7), (11, 2e8), arrowprops={"arrowstyle": "->"}, va="center"
)
axes.set_xlabel("side of the image (pixels)")
axes.set_ylabel("number")
axes.set_title("The parameters of a convolution do not grow with the image")
axes.legend(fontsize=8)
plt.show()

pool = pooled_size(56, 3, 2)
flat, averaged = (layer_cost((side, side, 1024), (side, side), 1000) for side in (7, 1))
print(
    f"AlexNet's pool 1: 64 × {pool} × {pool} outputs, {64 * pool**2 * 4 / 1024} KB, 0 parameters,"
)
print(f"  and {64 * pool**2 * 9:,} operations, 3 × 3 for each output.")
print(f"GoogLeNet's last layer on all 7 × 7 × 1024 values:  {flat['parameters']:,} parameters;")
print(f"  after the global average pooling:                 {averaged['parameters']:,}.")

# %% [markdown]
# With 1000 hidden units the fully connected layer has the $10^7$ edges of the slide, and each edge
# has a weight of its own. The convolution also has millions of edges, but they share 520
# parameters, and the same 520 fit an image of any size. What is left is a *feature map* of a size
# that depends on the image; global pooling turns it into a fixed number of features. That is the
# answer of the slides to "*variable sized inputs*".
#
# ## 9. Optional: from the mean to the maximum
#
# Not graded. Mean, L2 and maximum are three members of one family. For values that are not
# negative,
#
# $$y = \left( \frac{1}{n} \sum x^p \right)^{1/p}$$
#
# is the mean for $p = 1$ and L2 for $p = 2$, and approaches the maximum as $p$ grows. Large powers
# overflow easily; dividing all values by the largest one first keeps them at most 1.


# %% nbgrader={"grade": false, "grade_id": "power_pool_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def power_pool(x, kernel_size, stride, p):
    """Pooling by the power mean of order `p`; `x` must not be negative."""
    ### BEGIN SOLUTION
    largest = x.max()
    return largest * mean_pool_forward((x / largest) ** p, kernel_size, stride) ** (1 / p)
    ### END SOLUTION


# %% tags=["display"]
try:
    cut = edges[:, 10:250, 60:300].astype("float64")
    maximum = max_pool_forward(cut, (6, 6), 6)
    orders = [1, 2, 4, 8, 16, 32, 64]
    distances = [np.abs(maximum - power_pool(cut, (6, 6), 6, p)).mean() for p in orders]

    figure, axes = plt.subplots(figsize=(6.5, 3.6), layout="constrained")
    axes.semilogx(orders, distances, "o-")
    axes.set_xticks(orders, labels=["1\n(mean)", "2\n(L2)", *map(str, orders[2:])])
    axes.minorticks_off()
    axes.set_xlabel("power $p$")
    axes.set_ylim(bottom=0)
    axes.set_ylabel("mean distance to the maximum")
    axes.set_title("Power means of 6 × 6 windows approach the maximum")
    plt.show()
except NotImplementedError:
    print("power_pool is not written yet: this part is optional.")
