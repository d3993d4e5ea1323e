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
# # Efficient networks
#
# ResNet-152 needs 11 billion multiply-adds to say "cat". A telephone has neither the time nor the
# battery for that. From 2016 on a new kind of network appeared that is *much more efficient, with
# little loss in accuracy* (*Lecture 9*, Efficient networks: MobileNets). In this notebook you
#
# - write the depthwise convolution that nearly all of them rest on, forward and backward, in NumPy
#   (section 1), and find out what it saves (section 2);
# - build MobileNet at any width and for any resolution, check the table of the slides row by row,
#   and find the row that is wrong (section 3);
# - take the time with a stopwatch of your own, and see that operations are not milliseconds
#   (section 4);
# - build what came next: MobileNet v2 with its inverted residuals (section 5), ShuffleNet with its
#   shuffled channels (section 6), and SqueezeNet with its fire modules (section 7);
# - weigh all networks of the course against each other, and train one of your own within a budget
#   (section 8).
#
# Allow about four hours. Running everything takes about two minutes. Any style is welcome in your
# answers: layers one by one, `Sequential`, blocks as classes. The checks compare what a network *is*
# and what it *computes*, not how it is written.

# %%
from collections import Counter
from time import perf_counter

# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, gradients, plots, slides, training
from course_lib.blueprints import blueprint
from course_lib.slides import networks
from course_lib.structure import canonical, draw

import keras
import numpy as np
from IPython.display import display
from keras import layers, ops

# %% [markdown]
# Two helpers. A block is a piece of a network: for checks and drawings, `as_model` makes a whole model
# of it. `drawn` draws what a builder makes, without allocating a single weight.


# %%
def as_model(block):
    """A function that builds a model of this one block; its first argument is the input shape."""

    def build(input_shape, *args, **options):
        image = keras.Input(input_shape, name="x")
        return keras.Model(image, block(image, *args, **options))

    return build


def drawn(builder, *args, title, **options):
    """Draw the network that a builder makes, without allocating its weights."""
    graph = canonical(blueprint(builder, *args, **options))
    return draw(graph, f"{title}: {graph.parameters:,} parameters")


# %% [markdown]
# ## 1. One filter for each map
#
# A standard convolution does two things at once: each filter looks at a neighbourhood of pixels
# **and** sums over all input maps. A *depthwise* convolution does only the first. It has one filter
# of $K \times K$ for each map and gives one map for each, with *no convolution across input channels*
# (*CNN Benchmark Models*, Standard vs. Depthwise convolution):
#
# $$y[b, i, j, c] = \sum_{m, n} \hat x[b,\; i + m,\; j + n,\; c]\; w[m, n, c]$$
#
# where $\hat x$ is $x$ in a frame of zeros, so wide that $y$ gets the height and width of $x$
# (`same` padding, stride 1): $(K_h - 1) / 2$ rows above and below, $(K_w - 1) / 2$ columns on the
# left and on the right. As in every deep learning library, the kernel is not flipped.


# %% nbgrader={"grade": false, "grade_id": "depthwise_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def depthwise_forward(x, w):
    """A depthwise convolution with stride 1 and `same` padding, without biases.

    Args:
        x: `(batch, height, width, channels)`.
        w: one filter for each channel, `(kernel_height, kernel_width, channels)`; both sides are
            odd, and need not be equal.

    Returns:
        `(batch, height, width, channels)`.
    """
    ### BEGIN SOLUTION
    _, height, width, _ = x.shape
    rows, columns = w.shape[0] // 2, w.shape[1] // 2
    padded = np.pad(x, ((0, 0), (rows, rows), (columns, columns), (0, 0)))
    y = np.zeros(x.shape)
    for m, n in np.ndindex(w.shape[:2]):
        y += padded[:, m : m + height, n : n + width] * w[m, n]
    return y
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "depthwise_forward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("depthwise_forward", depthwise_forward)

# %% [markdown]
# Backward, with $g = \partial L / \partial y$. Each product $\hat x \cdot w$ in the sum sends the
# gradient to both of its factors, multiplied by the other one:
#
# $$dw[m, n, c] = \sum_{b, i, j} \hat x[b,\; i + m,\; j + n,\; c]\; g[b, i, j, c]$$
#
# $$d\hat x[b,\; i + m,\; j + n,\; c] \;\mathrel{+}=\; w[m, n, c]\; g[b, i, j, c]
#   \qquad \text{for all } i, j, m, n$$
#
# and at the end the frame is cut off $d\hat x$ again. It is the way back of your backprop notebook
# with one sum less: nothing goes from one map to another.


# %% nbgrader={"grade": false, "grade_id": "depthwise_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def depthwise_backward(dout, x, w):
    """The way back through `depthwise_forward`.

    Args:
        dout: gradient with respect to the output, `(batch, height, width, channels)`.
        x: as given to `depthwise_forward`.
        w: as given to `depthwise_forward`.

    Returns:
        The gradients with respect to x and w, of their shapes.
    """
    ### BEGIN SOLUTION
    _, height, width, _ = x.shape
    rows, columns = w.shape[0] // 2, w.shape[1] // 2
    padded = np.pad(x, ((0, 0), (rows, rows), (columns, columns), (0, 0)))
    dpadded, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for m, n in np.ndindex(w.shape[:2]):
        met = (slice(None), slice(m, m + height), slice(n, n + width))
        dw[m, n] = (padded[met] * dout).sum(axis=(0, 1, 2))
        dpadded[met] += dout * w[m, n]
    return dpadded[:, rows : rows + height, columns : columns + width], dw
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "depthwise_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("depthwise_backward", depthwise_backward)

# %% [markdown]
# A depthwise convolution alone can never compare two maps. So a second layer follows, the *pointwise*
# convolution: 1 × 1, which mixes the maps of every pixel and looks at no neighbour. You know it from
# the notebook on 1 × 1 convolutions: with $w$ of shape (channels, filters) it is nothing but a matrix
# product.


# %%
def pointwise_forward(x, w):
    """A 1 x 1 convolution: x (batch, height, width, channels), w (channels, filters)."""
    return x @ w


# %% [markdown]
# Keras knows your depthwise convolution under two names. `DepthwiseConv2D` has a kernel of shape
# $(K, K, C, 1)$. It is also a *grouped* convolution (*CNN Benchmark Models*, Xception (Inception
# v5)) with as many groups as maps: `Conv2D(C, K, groups=C)`, with a kernel of shape $(K, K, 1, C)$.
# And `SeparableConv2D` is the depthwise and the pointwise layer in one, with nothing between them.

# %% tags=["display"]
rng = np.random.default_rng(0)
x, dout = rng.normal(size=(2, 2, 9, 7, 4)).astype("float32")
w = rng.normal(size=(3, 3, 4)).astype("float32")
mixing = rng.normal(size=(4, 6)).astype("float32")

found = depthwise_forward(x, w)
for name, layer, arrays, ours in [
    (
        "DepthwiseConv2D(3)",
        layers.DepthwiseConv2D(3, **(plain := {"padding": "same", "use_bias": False})),
        [w[..., None]],
        found,
    ),
    ("Conv2D(4, 3, groups=4)", layers.Conv2D(4, 3, groups=4, **plain), [w[:, :, None]], found),
    (
        "SeparableConv2D(6, 3)",
        layers.SeparableConv2D(6, 3, **plain),
        [w[..., None], mixing[None, None]],
        pointwise_forward(found, mixing),
    ),
]:
    layer.build(x.shape)
    layer.set_weights(arrays)
    difference = np.abs(ops.convert_to_numpy(layer(x)) - ours).max()
    print(f"{name:24} kernels {[array.shape for array in arrays]}: differs by {difference:.1e}")
exact = [array.astype("float64") for array in (x, w)]
for name, dx, function in zip(
    ("dx", "dw"),
    depthwise_backward(dout, *exact),
    (lambda z: depthwise_forward(z, exact[1]), lambda z: depthwise_forward(exact[0], z)),
    strict=True,
):
    numerical = gradients.numerical_gradient(function, exact[name == "dw"], dout)
    error = gradients.relative_error(dx, numerical)
    print(f"{name} differs from central differences by {error:.1e} (relative)")

# %% [markdown]
# What does each depthwise filter see of a photograph in colour? Below, red is searched for vertical
# edges, green for horizontal ones, and blue is blurred: three maps in, three maps out. Predict before
# you run: which of the three shows the petals' outlines on the left and on the right? Then the
# pointwise layer mixes them, as it likes.

# %% tags=["display"]
flower = data.photo("flower")[::2, ::2]
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], "float32")
filters = np.stack([SOBEL, SOBEL.T, np.full((3, 3), 1 / 9, "float32")], axis=-1)
alone = depthwise_forward(flower[np.newaxis], filters)[0]
MIXED = {
    "½ (red + green)": [0.5, 0.5, 0.0],
    "red − green": [1.0, -1.0, 0.0],
    "green + 2 blue": [0.0, 1.0, 2.0],
}
mixtures = pointwise_forward(alone, np.array(list(MIXED.values())).T)

with plots.style():
    figure, panels = plots.new_figure(3, 3, figsize=(12, 8.6))
    names = ("red", "green", "blue")
    told = ("vertical edges", "horizontal edges", "blur")
    for column in range(3):
        picture = np.zeros_like(flower)
        picture[..., column] = flower[..., column]
        panels[0, column].imshow(picture)
        panels[0, column].set_title(f"map in: {names[column]}")
        for row, (maps, title) in enumerate(
            [
                (alone, f"depthwise: {told[column]} of {names[column]}"),
                (mixtures, list(MIXED)[column]),
            ],
            start=1,
        ):
            values = maps[..., column]
            if row == 1 and column == 2:
                panels[row, column].imshow(values, cmap="gray", vmin=0, vmax=1)
            else:
                largest = np.abs(values).max()
                panels[row, column].imshow(values, cmap="RdBu_r", vmin=-largest, vmax=largest)
            panels[row, column].set_title(title if row == 1 else f"pointwise: {title}")
        for axes in panels[:, column]:
            axes.grid(False)
        panels[2, column].set_xlabel("column (pixels)")
    for axes in panels[:, 0]:
        axes.set_ylabel("row (pixels)")
    figure.suptitle("Depthwise, then pointwise: neighbours first, colours second (red +, blue −)")
figure

# %% [markdown]
# ## 2. What it saves
#
# *CNN Benchmark Models*, Depthwise Separable Convolution, counts. $M$ maps go in and $N$ come out, the
# kernel is $D_K \times D_K$, and every map has $D_F \times D_F$ pixels. Biases are not counted:
#
# | | weights | multiply-adds |
# |---|---|---|
# | standard | $D_K D_K M N$ | $D_K D_K M N \cdot D_F D_F$ |
# | depthwise | $D_K D_K M$ | $D_K D_K M \cdot D_F D_F$ |
# | pointwise | $M N$ | $M N \cdot D_F D_F$ |
# | *separable*: both | $D_K D_K M + M N$ | $(D_K D_K M + M N) \cdot D_F D_F$ |
#
# Divide the last row by the first. $M$ and $D_F$ cancel, and a sum of two fractions remains that
# depends on $N$ and $D_K$ alone: `ratio`. (The notebook on Inception had the weights for $M = N$
# already; here all five numbers differ, and maps need not be square.)


# %% nbgrader={"grade": false, "grade_id": "separable_costs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def separable_costs(kernel, before, after, height, width):
    """A standard convolution and a separable one, with stride 1 and without biases.

    Args:
        kernel: D_K, one side of the square kernel, in pixels.
        before: M, number of input maps.
        after: N, number of output maps.
        height, width: of all maps, in pixels.

    Returns:
        `{"standard_weights": ..., "standard_macs": ..., "separable_weights": ...,
        "separable_macs": ..., "ratio": ...}`; `ratio` is separable by standard, a number below 1.
    """
    ### BEGIN SOLUTION
    pixels = height * width
    standard = kernel**2 * before * after
    separable = kernel**2 * before + before * after
    return {
        "standard_weights": standard,
        "standard_macs": standard * pixels,
        "separable_weights": separable,
        "separable_macs": separable * pixels,
        "ratio": 1 / after + 1 / kernel**2,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "separable_costs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("separable_costs", separable_costs)

# %% tags=["display"]
example = separable_costs(3, 128, 128, 64, 64)
print("M = N = 128, 3 × 3, maps of 64 × 64   yours          printed")
for fact_id, key in [
    ("F1025", "standard_weights"),
    ("F1026", "standard_macs"),
    ("F1027", "separable_weights"),
    ("F1028", "separable_macs"),
]:
    fact = slides.fact(fact_id)
    print(f"{fact.id} {key:28} {example[key]:13,} {fact.printed:>12} {fact.unit}")
print(f"F1029 ratio: {example['ratio']:.4f}, so {1 / example['ratio']:.2f} times fewer")

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(8.5, 4))
    outputs = np.arange(1, 513)
    for kernel, colour in zip((3, 5, 7), plots.COLOURS, strict=False):
        ratios = [separable_costs(kernel, 64, int(n), 14, 14)["ratio"] for n in outputs]
        panels[0, 0].loglog(outputs, ratios, color=colour, label=f"{kernel} × {kernel}")
        panels[0, 0].axhline(1 / kernel**2, color=colour, linewidth=1, linestyle=":")
    panels[0, 0].axhline(1, color="black", linewidth=1)
    panels[0, 0].set_xlabel("maps that come out, N")
    panels[0, 0].set_ylabel("separable ÷ standard")
    panels[0, 0].set_title("What is left of the cost; dotted: the limit $1 / D_K^2$")
    panels[0, 0].legend(title="kernel")
figure

# %% [markdown]
# With many maps the ratio comes close to $1 / D_K^2$ and no further: all that is left is the 1 × 1.
# With a single map out, a separable convolution costs *more* than a standard one.
#
# ### Is it the same?
#
# "*Standard convolution = depthwise convolution + 1x1 convolution*", says *CNN Benchmark Models*
# (Light CNN Models: MobileNet). One direction is true: a pair with nothing between its layers **is**
# a standard convolution. Multiply the two sums out. Which kernel $v$ of shape $(K, K, M, N)$ computes
# the same as the depthwise kernel $w$ and the pointwise kernel $p$ one after the other?


# %% nbgrader={"grade": false, "grade_id": "pair_as_standard_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pair_as_standard(depthwise, pointwise):
    """The kernel of the standard convolution that equals a separable one.

    Args:
        depthwise: `(kernel_height, kernel_width, before)`.
        pointwise: `(before, after)`.

    Returns:
        `(kernel_height, kernel_width, before, after)`.
    """
    ### BEGIN SOLUTION
    return depthwise[..., np.newaxis] * pointwise
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pair_as_standard", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("pair_as_standard", pair_as_standard)

# %% [markdown]
# The other direction is false. For each input map, write the $K^2 N$ weights of a standard kernel as a
# matrix of $K^2$ rows and $N$ columns. Yours is an outer product: a matrix of **rank one**, for every
# input map. A kernel drawn at random has nine singular values of which none is negligible:


# %% tags=["display"]
def energy(kernel):
    """For each input map, the share of the squared weights in each singular value, largest first."""
    *_, maps, filters = kernel.shape
    matrices = kernel.reshape(-1, maps, filters).transpose(1, 0, 2)
    squares = np.linalg.svd(matrices, compute_uv=False) ** 2
    return (squares / squares.sum(axis=-1, keepdims=True)).mean(axis=0)


rng = np.random.default_rng(4)
pair = pair_as_standard(rng.normal(size=(3, 3, 16)), rng.normal(size=(16, 24)))
KERNELS = {"your pair": pair, "drawn at random": rng.normal(size=(3, 3, 16, 24))}

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(8.5, 3.8))
    for place, (name, kernel) in enumerate(KERNELS.items()):
        shares = 100 * energy(kernel)
        panels[0, 0].bar(
            np.arange(1, 10) + 0.36 * (place - 0.5),
            shares,
            0.34,
            color=plots.COLOURS[place],
            label=name,
        )
    panels[0, 0].set_xticks(range(1, 10))
    panels[0, 0].set_xlabel("singular value of a map's 9 × 24 weights")
    panels[0, 0].set_ylabel("share of the squared weights (%)")
    panels[0, 0].set_title("A separable convolution has rank one in every map")
    panels[0, 0].grid(axis="x", visible=False)
    panels[0, 0].legend()
figure

# %% [markdown]
# So a pair *replaces* a standard convolution and does not equal it: it can express less. MobileNet
# does not even have the pair alone, for there is a batch normalization and a ReLU between its two
# layers.
#
# ### Which is which?
#
# Five ways to put a 3 × 3 depthwise convolution (DW) and a 1 × 1 convolution together, from left to
# right:
#
# | | layers |
# |---|---|
# | A | DW, 1 × 1 |
# | B | 1 × 1, DW |
# | C | DW, BN, ReLU, 1 × 1, BN, ReLU |
# | D | ReLU, DW, 1 × 1, BN |
# | E | ReLU, DW, BN, ReLU, 1 × 1, BN |
#
# - `keras`: which of them is `layers.SeparableConv2D` with all its defaults, but for the bias?
# - `xception_drawing`: which does the slide draw ("*1x1 convolution + depthwise convolution*", *CNN
#   Benchmark Models*, Xception (Inception v5)), each 3 × 3 filter on one of the maps that the 1 × 1
#   gives?
# - `xception`: which does the network itself repeat in the middle, which you built in section 10 of
#   the Inception notebook?
# - `mobilenet`: which one is MobileNet's? (Its paper draws it in Figure 3; section 3 has it in words.)
# - `weights_a` and `weights_b`: does the order matter to the costs? How many weights have A and B,
#   without biases, from 64 maps to 128?

# %% nbgrader={"grade": false, "grade_id": "pair_orders_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form; sums and products are welcome:
# pair_orders = {
#     "keras": "...", "xception_drawing": "...", "xception": "...", "mobilenet": "...",
#     "weights_a": ..., "weights_b": ...,
# }
### BEGIN SOLUTION
pair_orders = {
    "keras": "A",
    "xception_drawing": "B",
    "xception": "D",
    "mobilenet": "C",
    "weights_a": 9 * 64 + 64 * 128,
    "weights_b": 64 * 128 + 9 * 128,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "pair_orders", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("pair_orders", pair_orders)

# %% [markdown]
# ### Why?
#
# Xception found it *better* to have no activation between the depthwise and the pointwise layer;
# MobileNet has one. Inception's 1 × 1 reductions are followed by a ReLU, too, and there it helps. What
# is different about a single map in front of a ReLU? Write two sentences; they are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# A ReLU throws away the negative half of a map. Where many maps were mixed before, others can carry
# what is lost; after a depthwise layer each map is one filter's answer to one map, and nothing else
# has it. (MobileNet v2, in section 5, has the same thought about its narrow layers.)
#
# </details>

# %% [markdown]
# ## 3. MobileNet
#
# The block of MobileNet (A. Howard et al. 2017, Figure 3) is
#
# 1. a 3 × 3 **depthwise** convolution with the stride of the block, BN, ReLU;
# 2. a 1 × 1 convolution with `filters` filters and stride 1, BN, ReLU.
#
# Both convolutions have `padding="same"` and no bias: the normalization would subtract it again. With
# stride 2 an even side is halved, and Keras' `same` then pads one row and column at the *end* alone. A
# name is only for pictures: use it or not.


# %% nbgrader={"grade": false, "grade_id": "separable_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def separable_block(x, filters, strides=1, name="block"):
    """A depthwise and a pointwise convolution, with BN and ReLU after each.

    No convolution has a bias, both have `padding="same"`, and the activation is the plain ReLU.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: number of filters of the 1 x 1 convolution.
        strides: of the depthwise convolution.
        name: of the block; its layers add to it.

    Returns:
        `(batch, ceil(height / strides), ceil(width / strides), filters)`.
    """
    ### BEGIN SOLUTION
    x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False, name=f"{name}_dw")(x)
    x = layers.BatchNormalization(name=f"{name}_dw_bn")(x)
    x = layers.ReLU(name=f"{name}_dw_relu")(x)
    x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_pw")(x)
    x = layers.BatchNormalization(name=f"{name}_pw_bn")(x)
    return layers.ReLU(name=f"{name}_pw_relu")(x)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "separable_block", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("separable_block", as_model(separable_block))

# %% tags=["display"]
drawn(as_model(separable_block), (112, 112, 64), 128, 2, title="Rows 4 and 5 of the table")

# %% [markdown]
# This is the network as *CNN Benchmark Models* (MobileNet) prints it, and the paper in its Table 1. We
# have numbered the rows. `s2` is stride 2; `dw` is depthwise. "5X" means the pair of rows 14 and 15,
# not row 15 alone.
#
# | row | type / stride | filter shape | input size |
# |---|---|---|---|
# | 1 | Conv / s2 | 3 × 3 × 3 × 32 | 224 × 224 × 3 |
# | 2 | Conv dw / s1 | 3 × 3 × 32 dw | 112 × 112 × 32 |
# | 3 | Conv / s1 | 1 × 1 × 32 × 64 | 112 × 112 × 32 |
# | 4 | Conv dw / s2 | 3 × 3 × 64 dw | 112 × 112 × 64 |
# | 5 | Conv / s1 | 1 × 1 × 64 × 128 | 56 × 56 × 64 |
# | 6 | Conv dw / s1 | 3 × 3 × 128 dw | 56 × 56 × 128 |
# | 7 | Conv / s1 | 1 × 1 × 128 × 128 | 56 × 56 × 128 |
# | 8 | Conv dw / s2 | 3 × 3 × 128 dw | 56 × 56 × 128 |
# | 9 | Conv / s1 | 1 × 1 × 128 × 256 | 28 × 28 × 128 |
# | 10 | Conv dw / s1 | 3 × 3 × 256 dw | 28 × 28 × 256 |
# | 11 | Conv / s1 | 1 × 1 × 256 × 256 | 28 × 28 × 256 |
# | 12 | Conv dw / s2 | 3 × 3 × 256 dw | 28 × 28 × 256 |
# | 13 | Conv / s1 | 1 × 1 × 256 × 512 | 14 × 14 × 256 |
# | 14 | Conv dw / s1 | 3 × 3 × 512 dw | 14 × 14 × 512 |
# | 15 | 5X Conv / s1 | 1 × 1 × 512 × 512 | 14 × 14 × 512 |
# | 16 | Conv dw / s2 | 3 × 3 × 512 dw | 14 × 14 × 512 |
# | 17 | Conv / s1 | 1 × 1 × 512 × 1024 | 7 × 7 × 512 |
# | 18 | Conv dw / s2 | 3 × 3 × 1024 dw | 7 × 7 × 1024 |
# | 19 | Conv / s1 | 1 × 1 × 1024 × 1024 | 7 × 7 × 1024 |
# | 20 | Avg Pool / s1 | Pool 7 × 7 | 7 × 7 × 1024 |
# | 21 | FC / s1 | 1024 × 1000 | 1 × 1 × 1024 |
# | 22 | Softmax / s1 | Classifier | 1 × 1 × 1000 |
#
# ### Find the wrong row
#
# One stride in this table contradicts the sizes beside it. Go down the last column:
#
# - `row`: the number of the row whose printed stride cannot be right;
# - `stride`: what must stand there instead;
# - `macs_lost`: suppose that someone builds the row as printed, with `same` padding (7 pixels then
#   become $\lceil 7 / 2 \rceil = 4$). How many multiply-adds does the network have *less* then than
#   it should? Exactly: two rows change. The pooling takes whatever size it gets, and costs nothing.

# %% nbgrader={"grade": false, "grade_id": "wrong_row_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form; sums and products are welcome:
# wrong_row = {"row": ..., "stride": ..., "macs_lost": ...}
### BEGIN SOLUTION
wrong_row = {
    "row": 18,
    "stride": 1,
    "macs_lost": (7 * 7 - 4 * 4) * (9 * 1024 + 1024 * 1024),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "wrong_row", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("wrong_row", wrong_row)

# %% [markdown]
# Now build the network of the table, with the right stride in that row. Row 1 is a standard
# convolution with `padding="same"`, without bias, with BN and ReLU after it; rows 2 to 19 are thirteen
# of your blocks; then come global average pooling, one fully connected layer with biases, and softmax.
# The table has no dropout, so there is none.
#
# Two numbers make a whole family of it (*CNN Benchmark Models*, MobileNet):
#
# - the *width multiplier* $\alpha$ multiplies the filters of **every** convolution, the first one
#   included, but not the number of classes. Depthwise layers follow by themselves. (In all that is
#   asked here, the products are whole numbers.)
# - the *resolution multiplier* $\rho$ makes the input image smaller, and with it all maps. It needs no
#   argument of its own: `input_shape` says it. Height and width may be any numbers.


# %% nbgrader={"grade": false, "grade_id": "mobilenet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mobilenet(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    """MobileNet, version 1.

    Reference: Howard et al. 2017, MobileNets: Efficient Convolutional Neural Networks for Mobile
    Vision Applications, Table 1, with stride 1 in the last depthwise convolution.

    Args:
        alpha: the width multiplier; every convolution has `alpha` times the filters of the table.
        input_shape: `(height, width, channels)`.
        classes: number of outputs.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = layers.Conv2D(int(32 * alpha), 3, strides=2, padding="same", use_bias=False, name="conv")(
        image
    )
    x = layers.BatchNormalization(name="conv_bn")(x)
    x = layers.ReLU(name="conv_relu")(x)
    rows = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)]
    rows += 5 * [(512, 1)] + [(1024, 2), (1024, 1)]
    for number, (filters, strides) in enumerate(rows, start=1):
        x = separable_block(x, int(filters * alpha), strides, name=f"block{number}")
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mobilenet", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("mobilenet", mobilenet)

# %% [markdown]
# Your network and the ledger, row by row: weights without biases and batch normalization, and
# multiply-adds. This finds the layers of your network whatever they are called, and however you wrote
# a depthwise convolution.


# %%
def weighted_layers(builder, *args, **options):
    """The convolutions and fully connected layers of a network.

    Returns:
        A list of dictionaries: `kind` (`"standard"`, `"depthwise"`, `"pointwise"` or `"dense"`),
        `shape` of the input and `out` of the output (one pixel: `(1, 1, channels)`), `kernel`,
        `strides`, `weights` without biases, and `macs`.
    """
    nodes = canonical(blueprint(builder, *args, **options)).nodes
    found = []
    for node in nodes:
        if node.op not in ("conv", "dense"):
            continue
        shape, out = (
            (*(one[1:-1] or (1, 1)), one[-1]) for one in (nodes[node.inputs[0]].shape, node.shape)
        )
        kernel = tuple(node.settings.get("kernel", (1, 1)))
        groups = node.settings.get("groups", 1)
        weights = int(np.prod(kernel)) * shape[-1] // groups * out[-1]
        kind = "dense"
        if node.op == "conv":
            kind = "pointwise" if kernel == (1, 1) else "standard"
            kind = "depthwise" if groups == shape[-1] > 1 else kind
        found.append(
            {
                "kind": kind,
                "shape": shape,
                "out": out,
                "kernel": kernel,
                "strides": tuple(node.settings.get("strides", (1, 1))),
                "weights": weights,
                "macs": weights * out[0] * out[1],
            }
        )
    return found


# %% tags=["display"]
ledger = [row for row in networks.get("mobilenet_1_224_1000").rows if row.weighted]
mine = weighted_layers(mobilenet)
print("layer            input size       weights   multiply-adds   as on the slide?")
for row, layer in zip(ledger, mine, strict=True):
    channels, height, width = row.input
    size = f"{height} × {width} × {channels}"
    same = (
        layer["shape"] == (height, width, channels)
        and layer["weights"] == row.parameters(biases=False, norm=False).value
        and layer["macs"] == row.macs().value
    )
    told = "yes" if same else "NO"
    print(f"{row.name:6} {size:>20} {layer['weights']:>13,} {layer['macs']:>15,}   {told}")
total = costs.count(mobilenet)
print(
    f"\nall weights {sum(layer['weights'] for layer in mine):,}; with batch normalization and biases"
)
print(f"{total.trainable_parameters:,} (F1094: {slides.fact('F1094').printed} million);")
print(f"{total.macs:,} multiply-adds (F1093: {slides.fact('F1093').printed} million)")

# %% [markdown]
# And the family. The slides give ten of its numbers, in three tables (Table 8 and 10 of *MobileNet*,
# Table 5 of *ShuffleNet Comparison*). The last two columns are what they print:

# %% tags=["display"]
FAMILY = [  # alpha, resolution, classes, facts of multiply-adds and parameters in millions
    (1.0, 224, 1000, "F1093", "F1094"),
    (0.75, 224, 1000, "F1111", None),
    (0.5, 224, 1000, "F1112", None),
    (0.25, 224, 1000, "F1113", None),
    (1.0, 224, 120, "F1100", "F1101"),
    (0.75, 224, 120, "F1102", "F1103"),
    (1.0, 192, 120, "F1104", "F1105"),
    (0.75, 192, 120, "F1106", "F1107"),
]
print("   α  image  classes   multiply-adds   parameters   printed (millions)")
for alpha, side, classes, *fact_ids in FAMILY:
    table = costs.count(blueprint(mobilenet, alpha, (side, side, 3), classes))
    said = [slides.fact(fact_id).printed if fact_id else "" for fact_id in fact_ids]
    print(
        f"{alpha:4} {side:6} {classes:8} {table.macs:>15,} {table.trainable_parameters:>12,}"
        f"   {said[0]:>6} {said[1]:>5}"
    )
print(
    "\n" + slides.fact("F1100").convention + ": 569 and 418 of the dogs are those of 1,000 classes."
)

# %% [markdown]
# Twice as narrow is about four times cheaper, for the pointwise layers have $\alpha M \cdot \alpha N$
# weights. A smaller image changes the multiply-adds alone, and by $\rho^2$. What do the errors say to
# it (Table 5 of *CNN Benchmark Models*, ShuffleNet Comparison)?

# %% tags=["display"]
TOP_1_ERRORS = {1.0: 29.4, 0.75: 31.6, 0.5: 36.3, 0.25: 49.4}  # percent

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 4), sharey=True)
    tables = {alpha: costs.count(blueprint(mobilenet, alpha)) for alpha in TOP_1_ERRORS}
    for axes, values, label, title in [
        (panels[0, 0], [t.macs / 1e6 for t in tables.values()], "million multiply-adds", "Work"),
        (
            panels[0, 1],
            [t.trainable_parameters / 1e6 for t in tables.values()],
            "million trainable parameters",
            "Size",
        ),
    ]:
        axes.plot(values, TOP_1_ERRORS.values(), "o-", color=plots.COLOURS[0])
        for alpha, value in zip(tables, values, strict=True):
            place = (value, TOP_1_ERRORS[alpha])
            axes.annotate(f"α = {alpha}", place, (7, 5), textcoords="offset points")
        axes.set_xlim(0, 1.18 * max(values))
        axes.set_xlabel(label)
        axes.set_title(title)
    panels[0, 0].set_ylabel("top-1 error (%)")
    figure.suptitle("MobileNet-224 on ImageNet: each quarter of the width buys less")
figure

# %% [markdown]
# Keras brings a MobileNet with the same parameters. Where does it differ from yours? Predict before
# you run. (It has no layer that flattens, either: in Keras the fully connected layer is a 1 × 1
# convolution on the one pixel that pooling has left, which is the same thing.)

# %% tags=["display"]
theirs = canonical(blueprint(keras.applications.MobileNet, weights=None))
yours = canonical(blueprint(mobilenet))
counts = [Counter(node.op for node in graph.nodes) for graph in (yours, theirs)]
print(f"{theirs.parameters:,} parameters, running statistics included; yours {yours.parameters:,}")
print("What differs in number:")
for op in sorted(set(counts[0]) | set(counts[1])):
    if counts[0][op] != counts[1][op]:
        print(f"{op:10} {counts[0][op]:3} in yours, {counts[1][op]:3} in Keras'")

# %% [markdown]
# ReLU6, $\min(\max(x, 0), 6)$, stands in the authors' program and in the paper on version 2: values that
# never exceed 6 can be stored in few bits. The paper on version 1 writes ReLU, and so do we.
#
# ## 4. Where the time goes
#
# MobileNet spends 95 % of its computation time in 1 × 1 convolutions, says its paper, and they have 75 %
# of its parameters. These are shares of the multiply-adds and of the weights. Count them on
# your network, and look at a thin one, too: what is most of *its* weights?

# %% tags=["display"]
KINDS = ("standard", "depthwise", "pointwise", "dense")


def shares(found, key):
    """What each kind of layer has of the sum, in percent."""
    sums = {kind: sum(one[key] for one in found if one["kind"] == kind) for kind in KINDS}
    return [100 * value / sum(sums.values()) for value in sums.values()]


with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 3.6), sharey=True)
    for axes, key, title in [
        (panels[0, 0], "macs", "Multiply-adds"),
        (panels[0, 1], "weights", "Weights"),
    ]:
        for place, alpha in enumerate((1.0, 0.25)):
            values = shares(weighted_layers(mobilenet, alpha), key)
            where = np.arange(4) + 0.4 * (place - 0.5)
            axes.barh(where, values, 0.38, color=plots.COLOURS[place], label=f"α = {alpha}")
            for y, value in zip(where, values, strict=True):
                axes.text(value + 1, y, f"{value:.2f}", va="center", fontsize=8)
        axes.set_yticks(range(4), labels=KINDS)
        axes.set_xlim(0, 112)
        axes.set_xlabel("share (%)")
        axes.set_title(title)
        axes.grid(axis="y", visible=False)
    panels[0, 0].invert_yaxis()
    panels[0, 1].legend()
    figure.suptitle("MobileNet-224 by kind of layer")
figure

# %% [markdown]
# But is that time? A processor can only multiply what has been brought to it. Suppose that every value
# of a layer's input, of its weights and of its output moves between memory and processor once, as
# `float32` of 4 bytes. How many multiply-adds does the layer have for each byte? That is its
# *arithmetic intensity*, and where it is low, the processor waits for the memory:
#
# $$\text{intensity} = \frac{\text{multiply-adds}}{4 \cdot (\text{inputs} + \text{weights} + \text{outputs})}$$
#
# On one image, for maps of $H \times W$ (stride 1, `same` padding, no biases), work it out for
#
# - `"standard"`: $K \times K$ from `before` to `after` maps;
# - `"depthwise"`: $K \times K$ on `before` maps, which gives as many;
# - `"pointwise"`: 1 × 1 from `before` to `after` maps.


# %% nbgrader={"grade": false, "grade_id": "arithmetic_intensity_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def arithmetic_intensity(kernel, before, after, height, width):
    """Multiply-adds for each byte that is moved, for one image in `float32`.

    Args:
        kernel: one side of the square kernel of the standard and of the depthwise convolution.
        before, after: number of maps before and after the layer.
        height, width: of all maps, in pixels.

    Returns:
        `{"standard": ..., "depthwise": ..., "pointwise": ...}`, in multiply-adds per byte.
    """
    ### BEGIN SOLUTION
    pixels = height * width

    def intensity(weights, outputs):
        return weights * pixels / (4 * (before * pixels + weights + outputs * pixels))

    return {
        "standard": intensity(kernel**2 * before * after, after),
        "depthwise": intensity(kernel**2 * before, before),
        "pointwise": intensity(before * after, after),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "arithmetic_intensity", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("arithmetic_intensity", arithmetic_intensity)

# %% [markdown]
# Now the stopwatch, on *your* processor. Each layer runs several times on one image, and the shortest
# time counts. On paper the pair is eight times cheaper than the standard convolution. What will the
# clock say? The figures differ from machine to machine, and from run to run.


# %%
def milliseconds(layer, shape, runs=7):
    """The shortest of some runs of a layer on one image of noise, in milliseconds."""
    image = ops.convert_to_tensor(np.random.default_rng(0).normal(size=(1, *shape)), "float32")
    times = []
    for _ in range(runs + 1):  # The first builds the layer, and is not counted.
        start = perf_counter()
        ops.convert_to_numpy(layer(image))
        times.append(perf_counter() - start)
    return 1000 * min(times[1:])


# %% tags=["display"]
SIZE = (56, 56, 128)
same = {"padding": "same", "use_bias": False}
clock = {
    "standard 3 × 3": milliseconds(layers.Conv2D(128, 3, **same), SIZE),
    "depthwise 3 × 3": milliseconds(layers.DepthwiseConv2D(3, **same), SIZE),
    "pointwise 1 × 1": milliseconds(layers.Conv2D(128, 1, **same), SIZE),
}
count = separable_costs(3, *SIZE[2:], *SIZE[2:], *SIZE[:2])
work = {
    "standard 3 × 3": count["standard_macs"],
    "depthwise 3 × 3": 9 * 128 * 56 * 56,
    "pointwise 1 × 1": 128 * 128 * 56 * 56,
}
waiting = arithmetic_intensity(3, 128, 128, 56, 56)
print("56 × 56 × 128       million MACs   MACs a byte        ms   billion MACs a second")
for name, kind in zip(clock, waiting, strict=True):
    print(
        f"{name:17} {work[name] / 1e6:>14.1f} {waiting[kind]:>13.1f} {clock[name]:>9.2f}"
        f" {work[name] / clock[name] / 1e6:>23.1f}"
    )
pair_time = clock["depthwise 3 × 3"] + clock["pointwise 1 × 1"]
print(f"\nThe pair has {1 / count['ratio']:.1f} times fewer multiply-adds")
print(f"and takes {clock['standard 3 × 3'] / pair_time:.1f} times less time here.")

# %% [markdown]
# Every convolution of your MobileNet in turn, without normalizations and activations:

# %% tags=["display"]
MARKS = dict(zip(KINDS, "sDoX", strict=True))
timed = weighted_layers(mobilenet)
for one in timed:
    options = {"strides": one["strides"], "padding": "same", "use_bias": False}
    if one["kind"] == "depthwise":
        layer = layers.DepthwiseConv2D(one["kernel"], **options)
    else:
        layer = layers.Conv2D(one["out"][-1], one["kernel"], **options)
    one["ms"] = milliseconds(layer, one["shape"], runs=4)
    one["moved"] = 4 * (np.prod(one["shape"]) + one["weights"] + np.prod(one["out"]))

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(12.5, 4.4), width_ratios=(1, 1.2))
    bars, points = panels[0]
    for place, (key, label) in enumerate(
        [("macs", "multiply-adds"), ("moved", "bytes moved"), ("ms", "time on this machine")]
    ):
        left = 0.0
        for kind, value, colour in zip(KINDS, shares(timed, key), plots.COLOURS, strict=False):
            bars.barh(label, value, left=left, color=colour, label=None if place else kind)
            if value > 5:
                bars.text(
                    left + value / 2, place, f"{value:.0f}", ha="center", va="center", color="white"
                )
            left += value
    bars.set_xlim(0, 100)
    bars.invert_yaxis()
    bars.grid(axis="y", visible=False)
    bars.set_xlabel("share (%)")
    bars.set_title("Operations are not milliseconds")
    bars.legend(ncols=2, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.16))
    for kind, colour in zip(KINDS, plots.COLOURS, strict=False):
        chosen = [one for one in timed if one["kind"] == kind]
        points.loglog(
            [one["macs"] / one["moved"] for one in chosen],
            [one["macs"] / one["ms"] / 1e6 for one in chosen],
            MARKS[kind],
            color=colour,
            label=kind,
        )
    points.set_xlabel("multiply-adds per byte")
    points.set_ylabel("billion multiply-adds per second")
    points.set_title("Each layer of MobileNet-224")
    points.legend(fontsize=9)
figure

# %% [markdown]
# A layer with few multiply-adds for each byte reaches a small part of what the processor can do. So
# depthwise layers take several times the share of the time that they have of the work, and the fully
# connected layer, which uses each of its million weights once, usually does too.
#
# ### Why?
#
# Suppose that you replace all depthwise kernels of 3 × 3 by 5 × 5. The multiply-adds of these layers
# nearly triple. Why may the time grow by much less on a machine with a slow memory, and what does it
# say about counting operations? Write two sentences; they are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# A depthwise layer waits for its maps, and a larger kernel reads the same maps again while they are
# at hand: only a few more weights are moved. So multiply-adds compare layers of one kind well, and
# layers of different kinds badly; where it matters, take the time on the machine that will run it.
#
# </details>

# %% [markdown]
# Last, MobileNet under an object detector, on the data set COCO (*CNN Benchmark Models*, MobileNet
# Result). The costs are those of the whole detector. How much of them is your network?

# %% tags=["display"]
print(
    f"{'framework':16} {'network':14} {'mAP (%)':>8} {'G multiply-adds':>16} {'M parameters':>13}"
)
framework, detectors = "", []
for number in range(1125, 1134):
    cells = [cell.strip() for cell in slides.fact(f"F{number}").printed.split("/")]
    framework = cells.pop(0) if len(cells) == 5 else framework
    name, precision, macs, size = cells
    detectors.append(
        (
            framework,
            name.replace("Mobilenet", "MobileNet"),
            float(precision.strip("%")),
            float(macs),
        )
    )
    print(f"{framework:16} {name:14} {precision.strip('%'):>8} {macs:>16} {size:>13}")
body = costs.count(blueprint(mobilenet, 1.0, (300, 300, 3), 1))
print(f"\nYour MobileNet on 300 × 300 without its classifier: {body.macs / 1e9:.2f} G")

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(8.5, 4))
    axes = panels[0, 0]
    for (name, mark), colour in zip(
        {"SSD 300": "o", "Faster-RCNN 300": "s", "Faster-RCNN 600": "D"}.items(),
        plots.COLOURS,
        strict=False,
    ):
        rows = [row for row in detectors if row[0] == name]
        axes.semilogx(
            [row[3] for row in rows], [row[2] for row in rows], mark, color=colour, label=name
        )
        for _, label, precision, macs in rows:
            axes.annotate(label, (macs, precision), (6, 4), textcoords="offset points", fontsize=8)
    axes.set_xlim(0.8, 500)
    axes.set_ylim(14, 27)
    axes.set_xlabel("billion multiply-adds")
    axes.set_ylabel("mean average precision (%)")
    axes.set_title("Object detection on COCO, as reported")
    axes.legend(loc="upper left")
figure

# %% [markdown]
# ## 5. MobileNet v2: thin outside, wide inside
#
# The *follow-up MobileNetV2 work in 2018* (*Lecture 9*, Efficient networks: MobileNets; Sandler et
# al.) asks where the channels should be. A bottleneck of ResNet is wide, narrow, wide, and its
# shortcut joins the wide ends. Here it is the other way round. The tensors that go from block to
# block are thin; a 1 × 1 convolution *expands* them $t$ times, the cheap depthwise convolution
# works on the many maps, and another 1 × 1 convolution *projects* them back:
#
# | layers | channels |
# |---|---|
# | 1 × 1 convolution, BN, ReLU6 | $t \cdot C$ |
# | 3 × 3 depthwise convolution with the stride of the block, BN, ReLU6 | $t \cdot C$ |
# | 1 × 1 convolution, BN, **nothing else** | `filters` |
#
# The block is called an *inverted residual* with a *linear bottleneck*. Four things to know:
#
# - $C$ is the number of channels that come in, not `filters`.
# - With $t = 1$ there would be nothing to expand: the first row is left out altogether.
# - The input is added to the result only if the stride is 1 **and** `filters` is $C$. Otherwise there
#   is no shortcut at all, not even a projection. Nothing follows the addition.
# - $\text{ReLU6}(x) = \min(\max(x, 0), 6)$. A bounded activation keeps its precision in numbers of
#   8 bits, as telephones have them.
#
# All convolutions of this network have `same` padding and no bias.


# %% nbgrader={"grade": false, "grade_id": "inverted_residual_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inverted_residual(x, filters, strides=1, expansion=6, name="block"):
    """Expand with 1 x 1, filter depthwise with 3 x 3, project with 1 x 1; BN after each.

    Reference: Sandler et al. 2018, MobileNetV2, Table 1.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: channels of the result.
        strides: of the depthwise convolution.
        expansion: how many times `channels` the two inner tensors have; with 1 there is no first
            convolution.
        name: beginning of the layers' names, if you give them names.

    Returns:
        `(batch, ceil(height / strides), ceil(width / strides), filters)`; the sum with x where
        `strides` is 1 and `filters` is `channels`.
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    y = x
    if expansion != 1:
        y = layers.Conv2D(expansion * channels, 1, use_bias=False, name=f"{name}_expand")(y)
        y = layers.BatchNormalization(name=f"{name}_expand_bn")(y)
        y = layers.ReLU(6, name=f"{name}_expand_relu")(y)
    y = layers.DepthwiseConv2D(
        3, strides, padding="same", use_bias=False, name=f"{name}_depthwise"
    )(y)
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    y = layers.ReLU(6, name=f"{name}_depthwise_relu")(y)
    y = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_project")(y)
    y = layers.BatchNormalization(name=f"{name}_project_bn")(y)
    if strides == 1 and filters == channels:
        y = layers.Add(name=f"{name}_add")([x, y])
    return y
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "inverted_residual", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("inverted_residual", as_model(inverted_residual))

# %% [markdown]
# Two blocks of the network, the one that halves 112 × 112 and the one after it. Both ends are thin:

# %% tags=["display"]
display(
    drawn(as_model(inverted_residual), (112, 112, 16), 24, 2, title="112 × 112 × 16, stride 2"),
    drawn(as_model(inverted_residual), (56, 56, 24), 24, title="56 × 56 × 24"),
)

# %% [markdown]
# ### Why no ReLU after the projection?
#
# See for yourself what a ReLU does to a thin tensor. Take points of a plane, put each row through a
# matrix $T$ of $d \times n$ numbers into $n$ dimensions, apply a ReLU, and come back by the
# pseudoinverse $T^+$ (`np.linalg.pinv`):
#
# $$\hat{X} = \text{relu}(X T)\, T^+$$
#
# And which points are *lost*, so that no way back can exist, however clever? A column of $T$ tells us
# something exact about a point only if its ReLU let the value through, $(x T)_j > 0$. From these
# columns the point can be computed, as long as they span all $d$ dimensions: among them there must be
# $d$ that are linearly independent. Where they are fewer, other points have the very same image.


# %% nbgrader={"grade": false, "grade_id": "crushed_by_relu_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def crushed_by_relu(points, matrix):
    """What is left of points after a ReLU in other dimensions.

    Args:
        points: `(number, d)`, a point in each row.
        matrix: `(d, n)`, n at least d.

    Returns:
        Two arrays: the points that come back by the pseudoinverse, `(number, d)`, and a row of
        booleans, `(number,)`, `True` for each point that is lost: where the columns of the matrix
        whose result is above zero have a rank below d.
    """
    ### BEGIN SOLUTION
    outputs = points @ matrix
    back = np.maximum(outputs, 0) @ np.linalg.pinv(matrix)
    ranks = [np.linalg.matrix_rank(matrix[:, row > 0]) if any(row > 0) else 0 for row in outputs]
    return back, np.array(ranks) < len(matrix)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "crushed_by_relu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("crushed_by_relu", crushed_by_relu)

# %% [markdown]
# A spiral, through random matrices of several widths, in the upper row as it comes back. In red what
# is lost. Predict before you run: which share of a plane do two random columns lose, in the mean?

# %% tags=["display"]
turns = np.linspace(0.5, 3.2 * np.pi, 400)
spiral = np.stack([turns * np.cos(turns), turns * np.sin(turns)], axis=1) / turns.max()
WIDTHS = (2, 3, 5, 15, 30)
rng = np.random.default_rng(7)
trials = {n: [rng.normal(size=(2, n)) / np.sqrt(n) for _ in range(100)] for n in WIDTHS}

with plots.style():
    figure, panels = plots.new_figure(1, 7, figsize=(15, 3.1), width_ratios=(1,) * 6 + (1.6,))
    start, *pictures, summary = panels[0]
    start.scatter(*spiral.T, c=turns, s=5)
    start.set_title("the spiral")
    for n, axes in zip(WIDTHS, pictures, strict=True):
        back, lost = (np.asarray(part) for part in crushed_by_relu(spiral, trials[n][0]))
        axes.scatter(*back[~lost].T, c=turns[~lost], s=5, vmin=turns.min(), vmax=turns.max())
        axes.scatter(*back[lost].T, color="#cc2222", s=5)
        axes.set_title(f"n = {n}: {lost.mean():.0%} lost")
    for axes in (start, *pictures):
        axes.set_aspect("equal")
        axes.set_xlabel("first axis")
    start.set_ylabel("second axis")
    lost = [np.mean([crushed_by_relu(spiral, t)[1] for t in trials[n]]) for n in WIDTHS]
    summary.bar([str(n) for n in WIDTHS], [100 * share for share in lost], color="#cc2222")
    summary.set_xlabel("dimensions n")
    summary.set_ylabel("points lost (%)")
    summary.set_title("mean of 100 matrices")
    figure.suptitle("A plane through a ReLU in n dimensions, and back")
figure

# %% [markdown]
# With two columns three quarters of a plane are lost in the mean, for both ReLUs are open in one
# quarter only. With thirty nothing is. So why does MobileNet v2 put its ReLU6 where it does, and none after
# the projection? And why may ResNet have one after each of its sums? Write three sentences; they are
# not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# What the network knows about a pixel lies in few dimensions, and the projection squeezes it into
# about as many channels. There nothing is said twice, so whatever a ReLU cuts off is lost, as with
# n = 2. After the expansion the same information lies in six times as many channels, as with
# n = 15 and more: enough of them stay open, and the ReLU adds the non-linearity without destroying
# anything. A linear bottleneck keeps the thin tensors whole. ResNet adds in its widest tensors, where
# there is room for a ReLU; and its second version takes even that one away.
#
# </details>

# %% [markdown]
# ### The network
#
# Seven rows of inverted residuals (Table 2 of the paper). Each row is repeated; its stride is that of
# its first block, all others have stride 1:

# %%
V2_BLOCKS = [  # expansion, filters, how many blocks, stride of the first
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
]


def to_eights(channels):
    """The nearest multiple of 8, at least 8; the next one if that were more than 10 % too few."""
    nearest = max(8, int(channels + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * channels else nearest


# %% [markdown]
# | layers | filters |
# |---|---|
# | 3 × 3 convolution with stride 2, BN, ReLU6 | `to_eights(32 * alpha)` |
# | the rows of `V2_BLOCKS` | `to_eights(filters * alpha)` |
# | 1 × 1 convolution, BN, ReLU6 | 1,280, and `to_eights(1280 * alpha)` if `alpha` is above 1 |
# | global average pooling, fully connected with `classes` outputs, softmax | |
#
# So narrow networks keep the 1,280 features at the end, and that is why the smallest one is not so
# small: how many weights lie between them and 1,000 classes? The factors of a width are multiples of
# 8 because processors work on so many numbers at once.


# %% nbgrader={"grade": false, "grade_id": "mobilenet_v2_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mobilenet_v2(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    """MobileNet v2.

    Reference: Sandler et al. 2018, MobileNetV2, Table 2.

    Args:
        alpha: the width multiplier.
        input_shape: `(height, width, channels)`.
        classes: number of outputs.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    width = to_eights(32 * alpha)
    x = layers.Conv2D(width, 3, 2, padding="same", use_bias=False, name="conv1")(image)
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(6, name="conv1_relu")(x)
    for row, (expansion, filters, count, first) in enumerate(V2_BLOCKS, 1):
        for block in range(count):
            strides = first if block == 0 else 1
            name = f"row{row}_{block + 1}"
            x = inverted_residual(x, to_eights(filters * alpha), strides, expansion, name=name)
    last = to_eights(1280 * alpha) if alpha > 1 else 1280
    x = layers.Conv2D(last, 1, use_bias=False, name="conv_last")(x)
    x = layers.BatchNormalization(name="conv_last_bn")(x)
    x = layers.ReLU(6, name="conv_last_relu")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mobilenet_v2", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("mobilenet_v2", mobilenet_v2)

# %% [markdown]
# The paper prints 300 million multiply-adds for $\alpha = 1$ and 585 million for $\alpha = 1.4$. Yours,
# over widths and resolutions:

# %% tags=["display"]
alphas, sides = (0.35, 0.5, 0.75, 1.0, 1.3, 1.4), (224, 192, 160, 128, 96)
tables = {alpha: costs.count(lambda a=alpha: mobilenet_v2(a)) for alpha in alphas}
for alpha, table in tables.items():
    print(f"alpha {alpha:4}: {table.trainable_parameters:9,} parameters, {table.macs:11,} MACs")
shrunk = {
    side: costs.count(lambda s=side: mobilenet_v2(input_shape=(s, s, 3))).macs for side in sides
}

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 3.8))
    left, right = panels[0]
    for axes, work in (
        (left, {alpha: table.macs for alpha, table in tables.items()}),
        (right, shrunk),
    ):
        axes.plot(work.keys(), [macs / 1e6 for macs in work.values()], "o-", label="multiply-adds")
        axes.set_ylabel("multiply-adds (millions)")
    weights = [table.trainable_parameters / 1e4 for table in tables.values()]
    left.plot(alphas, weights, "s--", color=plots.COLOURS[1], label="parameters (ten thousands)")
    left.set_ylim(0, 680)
    right.set_ylim(0, 340)
    left.legend(fontsize=9)
    left.set_xlabel("width multiplier α, images of 224 × 224")
    right.set_xlabel("height and width of the image (pixels), α = 1")
    left.set_title("Narrower: fewer parameters, less work")
    right.set_title("Smaller images: the same parameters, less work")
    figure.suptitle("MobileNet v2")
figure

# %% [markdown]
# ## 6. ShuffleNet: groups that talk to each other
#
# In MobileNet nearly all the work is in the 1 × 1 convolutions. ShuffleNet (*Lecture 9*, Efficient
# networks: MobileNets; Zhang et al. 2017) divides these into groups, and $g$ groups need a $g$-th of
# the work. But then a group never hears of another, however many such layers follow each other. The
# remedy costs nothing: between two of them the channels are put in another order.
#
# $C$ channels in $g$ groups of $n = C / g$ stand in a row, group after group. *Channel shuffle* takes
# one channel of each group in turn: it writes the numbers of the channels into a table of $g$ rows
# and $n$ columns and reads it column by column. 12 channels in 4 groups come out as
#
# $$0\;\; 3\;\; 6\;\; 9\;\; 1\;\; 4\;\; 7\;\; 10\;\; 2\;\; 5\;\; 8\;\; 11$$
#
# The name misleads: nothing is random in it. It is one fixed permutation, so there is another one that
# undoes it. Write both; with `keras.ops` they work on arrays as well as on symbolic tensors.


# %% nbgrader={"grade": false, "grade_id": "channel_shuffle_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def channel_shuffle(x, groups):
    """One channel of each group in turn.

    Reference: Zhang et al. 2017, ShuffleNet, section 3.1.

    Args:
        x: `(batch, height, width, channels)`, an array or a symbolic tensor.
        groups: number of groups of neighbouring channels; it divides `channels`.

    Returns:
        The same shape: the first channel of each group, then the second of each, and so on.
    """
    ### BEGIN SOLUTION
    _, height, width, channels = x.shape
    x = ops.reshape(x, (-1, height, width, groups, channels // groups))
    x = ops.transpose(x, (0, 1, 2, 4, 3))
    return ops.reshape(x, (-1, height, width, channels))
    ### END SOLUTION


def channel_unshuffle(x, groups):
    """What undoes `channel_shuffle` with the same arguments.

    Returns:
        The same shape; `channel_unshuffle(channel_shuffle(x, groups), groups)` is `x`.
    """
    ### BEGIN SOLUTION
    return channel_shuffle(x, x.shape[-1] // groups)
    ### END SOLUTION


# %%
def both_ways(x, groups):
    """For the check: x shuffled, and x unshuffled."""
    return {"shuffled": channel_shuffle(x, groups), "unshuffled": channel_unshuffle(x, groups)}


# %% nbgrader={"grade": true, "grade_id": "channel_shuffle", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("channel_shuffle", both_ways)

# %% [markdown]
# Four cut-outs of a photograph with three channels each are 12 channels in 4 groups. After your
# shuffle all red ones stand together, then all green, then all blue; and back:

# %% tags=["display"]
flower = data.photo("flower")
corners = [(60, 120), (60, 300), (220, 140), (220, 320)]
groups_of_three = np.concatenate(
    [flower[row : row + 160 : 2, column : column + 160 : 2] for row, column in corners], axis=-1
)
rows = {"before": groups_of_three[np.newaxis]}
rows["shuffled"] = ops.convert_to_numpy(channel_shuffle(rows["before"], 4))
rows["unshuffled"] = ops.convert_to_numpy(channel_unshuffle(rows["shuffled"], 4))

with plots.style():
    figure, panels = plots.new_figure(3, 12, figsize=(15, 4.4))
    for line, (name, maps) in zip(panels, rows.items(), strict=True):
        for channel, axes in enumerate(line):
            picture = maps[0, :, :, channel]
            came_from = next(
                c for c in range(12) if np.array_equal(picture, groups_of_three[..., c])
            )
            colour = np.zeros((*picture.shape, 3))
            colour[..., came_from % 3] = picture
            axes.imshow(colour)
            axes.grid(False)
            axes.set_xticks([])
            axes.set_yticks([])
            axes.set_title(f"channel {came_from}", fontsize=9)
            if name == "unshuffled":
                axes.set_xlabel(f"place {channel}", fontsize=9)
        line[0].set_ylabel(name)
    figure.suptitle("12 channels in 4 groups: where each of them goes")
figure

# %% [markdown]
# ### What is lost without it
#
# Two 1 × 1 convolutions with $g$ groups each, from `channels` maps to `hidden` and back to
# `channels`. Which input can change which output, if no weight is zero? In a grouped convolution
# group $k$ of the outputs sees group $k$ of the inputs and nothing else. Compute the table, without
# the shuffle between the two and with it.


# %% nbgrader={"grade": false, "grade_id": "reaches_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reaches(channels, hidden, groups, shuffled=True):
    """Which inputs reach which outputs through two grouped 1 x 1 convolutions.

    Args:
        channels: maps that go into the first convolution, and maps that come out of the second.
        hidden: maps between the two.
        groups: of both convolutions; it divides `channels` and `hidden`.
        shuffled: whether the hidden maps are shuffled, with as many groups.

    Returns:
        A table of booleans, `(channels, channels)`: `True` in row i and column j if input i
        reaches output j.
    """
    ### BEGIN SOLUTION
    first = np.kron(np.eye(groups), np.ones((channels // groups, hidden // groups)))
    second = np.kron(np.eye(groups), np.ones((hidden // groups, channels // groups)))
    if shuffled:
        order = np.arange(hidden).reshape(groups, -1).T.ravel()
        first = first[:, order]
    return first @ second > 0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "reaches", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("reaches", reaches)

# %% [markdown]
# Without the shuffle there are $g$ networks side by side, each of which knows a $g$-th of the image's
# features. And look at the last two panels: when does the shuffle connect everything, and when only a
# part?

# %% tags=["display"]
CASES = [(24, 24, 4, False), (24, 24, 4, True), (24, 16, 4, True), (24, 8, 4, True)]
with plots.style():
    figure, panels = plots.new_figure(1, len(CASES), figsize=(15, 3.9))
    for (channels, hidden, groups, shuffled), axes in zip(CASES, panels[0], strict=True):
        table = np.asarray(reaches(channels, hidden, groups, shuffled))
        axes.imshow(table.astype(float), cmap="Blues", vmin=0, vmax=1.4)
        axes.grid(False)
        axes.set_xlabel("output channel")
        axes.set_ylabel("input channel")
        kind = "shuffled" if shuffled else "not shuffled"
        axes.set_title(f"{hidden} hidden, {kind}:\n{table.mean():.0%} of the pairs", fontsize=10)
    figure.suptitle("Which input reaches which output: 24 channels, 4 groups")
figure

# %% [markdown]
# Each group needs at least $g$ hidden channels, one for every group that it is to reach. In the
# network below a group has 12 or more of them.
#
# ### The unit
#
# A bottleneck as in ResNet, with both 1 × 1 convolutions in groups and a depthwise convolution in the
# middle:
#
# | branch | channels |
# |---|---|
# | 1 × 1 convolution in `groups` groups, BN, ReLU | `filters // 4` |
# | channel shuffle with `groups` groups | |
# | 3 × 3 depthwise convolution with the stride of the unit, BN, **no** ReLU | `filters // 4` |
# | 1 × 1 convolution in `groups` groups, BN | see below |
#
# - With stride 1 the branch makes `filters` channels, as many as come in, and is **added** to `x`.
# - With stride 2, `x` goes through a 3 × 3 *average* pooling with stride 2 and `same` padding, and the
#   two are **concatenated**, the pooled input first. So that the result has `filters` channels, the
#   branch makes only what is missing.
# - One ReLU follows the sum or the concatenation.
# - With `first=True` the first 1 × 1 convolution has no groups: it is the first unit after the stem,
#   whose 24 channels are too few to be divided. All else stays, the shuffle too.
#
# No convolution has a bias, and all have `same` padding.


# %% nbgrader={"grade": false, "grade_id": "shuffle_unit_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shuffle_unit(x, filters, groups, strides=1, first=False, name="unit"):
    """A unit of ShuffleNet.

    Reference: Zhang et al. 2017, ShuffleNet, Figure 2 (b) and (c).

    Args:
        x: the symbolic input, `(batch, height, width, channels)`; with `strides=1` it has `filters`
            channels, with `strides=2` fewer.
        filters: channels of the result; the two inner tensors have a quarter of it.
        groups: of the 1 x 1 convolutions and of the shuffle.
        strides: 1 or 2, of the depthwise convolution and of the pooling.
        first: whether the first 1 x 1 convolution is without groups.
        name: beginning of the layers' names, if you give them names.

    Returns:
        `(batch, ceil(height / strides), ceil(width / strides), filters)`.
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    y = layers.Conv2D(
        filters // 4, 1, groups=1 if first else groups, use_bias=False, name=f"{name}_reduce"
    )(x)
    y = layers.BatchNormalization(name=f"{name}_reduce_bn")(y)
    y = layers.ReLU(name=f"{name}_reduce_relu")(y)
    y = channel_shuffle(y, groups)
    y = layers.DepthwiseConv2D(
        3, strides, padding="same", use_bias=False, name=f"{name}_depthwise"
    )(y)
    y = layers.BatchNormalization(name=f"{name}_depthwise_bn")(y)
    made = filters if strides == 1 else filters - channels
    y = layers.Conv2D(made, 1, groups=groups, use_bias=False, name=f"{name}_expand")(y)
    y = layers.BatchNormalization(name=f"{name}_expand_bn")(y)
    if strides == 1:
        y = layers.Add(name=f"{name}_add")([x, y])
    else:
        x = layers.AveragePooling2D(3, strides, padding="same", name=f"{name}_pool")(x)
        y = layers.Concatenate(name=f"{name}_concat")([x, y])
    return layers.ReLU(name=f"{name}_relu")(y)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "shuffle_unit", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("shuffle_unit", as_model(shuffle_unit))

# %% [markdown]
# Both kinds, as they stand at the beginning of stage 3 with three groups:

# %% tags=["display"]
display(
    drawn(as_model(shuffle_unit), (28, 28, 240), 480, 3, 2, title="Stride 2"),
    drawn(as_model(shuffle_unit), (14, 14, 480), 480, 3, title="Stride 1"),
)

# %% [markdown]
# ### The network
#
# | | layers | output for 224 × 224 |
# |---|---|---|
# | stem | 3 × 3 convolution with stride 2, `stem` filters, BN, ReLU | 112 × 112 |
# | | 3 × 3 max pooling with stride 2, `same` padding | 56 × 56 |
# | stage 2 | 4 units, the first one with stride 2 and `first=True` | 28 × 28 |
# | stage 3 | 8 units, the first one with stride 2 | 14 × 14 |
# | stage 4 | 4 units, the first one with stride 2 | 7 × 7 |
# | head | global average pooling, fully connected with `classes` outputs, softmax | |
#
# More groups are cheaper, so the same work buys more channels. Stage 2 has, for each number of groups,

# %%
SHUFFLE_WIDTHS = {1: 144, 2: 200, 3: 240, 4: 272, 8: 384}

# %% [markdown]
# and stages 3 and 4 have twice and four times as many. "0.5×" in a table means that these numbers are
# multiplied by a `scale` of 0.5; the result is a whole number. (The paper's table has a misprint here
# that programs have copied: 567 channels. What must stand there?)


# %% nbgrader={"grade": false, "grade_id": "shufflenet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shufflenet(groups, scale=1.0, input_shape=(224, 224, 3), classes=1000, stem=24):
    """ShuffleNet.

    Reference: Zhang et al. 2017, ShuffleNet, Table 1.

    Args:
        groups: of the 1 x 1 convolutions; a key of `SHUFFLE_WIDTHS`.
        scale: factor on the channels of the three stages, and not on the stem.
        input_shape: `(height, width, channels)`.
        classes: number of outputs.
        stem: filters of the first convolution.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = layers.Conv2D(stem, 3, 2, padding="same", use_bias=False, name="conv1")(image)
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool1")(x)
    filters = round(scale * SHUFFLE_WIDTHS[groups])
    for stage, units in enumerate((4, 8, 4), 2):
        for unit in range(units):
            x = shuffle_unit(
                x,
                filters,
                groups,
                strides=2 if unit == 0 else 1,
                first=stage == 2 and unit == 0,
                name=f"stage{stage}_{unit + 1}",
            )
        filters *= 2
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "shufflenet", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("shufflenet", shufflenet)

# %% [markdown]
# With more groups the network gets wider, at about the same work. *CNN Benchmark Models* (ShuffleNet
# Comparison) prints "140 MFLOPs" for 1× and $g = 3$, with a top-1 error of 34.1 %; a MobileNet with as
# much work (149 million) has 36.3 %. Yours:

# %% tags=["display"]
shuffle_tables = {groups: costs.count(lambda g=groups: shufflenet(g)) for groups in SHUFFLE_WIDTHS}
for groups, table in shuffle_tables.items():
    print(f"g = {groups}: {table.trainable_parameters:9,} parameters, {table.macs:11,} MACs")

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 3.6))
    left, right = panels[0]
    names = [f"g = {groups}" for groups in shuffle_tables]
    left.bar(names, SHUFFLE_WIDTHS.values(), color=plots.COLOURS[0])
    left.set_ylabel("channels of stage 2")
    left.set_title("Channels")
    places = np.arange(len(names))
    work = [table.macs / 1e6 for table in shuffle_tables.values()]
    weights = [table.trainable_parameters / 1e4 for table in shuffle_tables.values()]
    right.bar(places - 0.2, work, 0.4, color=plots.COLOURS[1], label="multiply-adds (millions)")
    right.bar(
        places + 0.2, weights, 0.4, color=plots.COLOURS[2], label="parameters (ten thousands)"
    )
    right.set_xticks(places, names)
    right.set_ylabel("millions, ten thousands")
    right.set_ylim(0, 310)
    right.legend(fontsize=9)
    right.set_title("Costs")
    figure.suptitle("ShuffleNet 1×: groups make room for channels")
figure

# %% [markdown]
# ### Which row cannot be built?
#
# A convolution in $g$ groups needs a number of channels that $g$ divides, on both sides. The tables of
# *CNN Benchmark Models* (ShuffleNet Comparison) have narrow networks, too. Work out with pencil and
# paper, or by calling `shufflenet` and reading the errors:
#
# - `groups_at_half`: for which of the five numbers of groups can the network of scale 0.5 **not** be
#   built? A list.
# - `row`: one row of Table 4 on the slide, "*(scale×, g = ...)*", cannot be built for that reason.
#   Which one? `(scale, groups)`.
# - `channels`: which number of channels is it there that `groups` does not divide?
# - `stem`: the paper gives 38 million multiply-adds for 0.5× with $g = 3$. Yours has 42.7 million with
#   the stem of 24 filters. How many filters must the stem have, so that it is 38?
# - `branch`: so the scale holds for the stem as well. Scale the stem of the row "(0.25×, $g = 8$)" in
#   the same way, to 6 filters. Which number of channels is it now that 8 does not divide?

# %% nbgrader={"grade": false, "grade_id": "shuffle_rows_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form:
# shuffle_rows = {
#     "groups_at_half": [...], "row": (scale, groups), "channels": ..., "stem": ..., "branch": ...,
# }
### BEGIN SOLUTION
shuffle_rows = {
    "groups_at_half": [2, 4],
    "row": (0.5, 4),
    "channels": 34,
    "stem": 12,
    "branch": 90,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "shuffle_rows", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("shuffle_rows", shuffle_rows)

# %% [markdown]
# ## 7. SqueezeNet: "50 times smaller"
#
# The oldest of the small networks (*CNN Benchmark Models*, Accuracy vs. Complexity; Iandola et al.
# 2016) has neither depthwise convolutions nor groups nor normalization. Its *fire* module first
# *squeezes* the channels with a 1 × 1 convolution, so that the 3 × 3 filters that follow see few of
# them; and half of the filters that follow are 1 × 1 as well:
#
# | layers | filters |
# |---|---|
# | 1 × 1 convolution, ReLU | `squeeze` |
# | on it, side by side: 1 × 1 convolution, ReLU, and 3 × 3 convolution with `same` padding, ReLU | `expand` each |
# | concatenation, the maps of the 1 × 1 first | `2 * expand` |
#
# All convolutions have a bias.


# %% nbgrader={"grade": false, "grade_id": "fire_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fire(x, squeeze, expand, name="fire"):
    """A fire module.

    Reference: Iandola et al. 2016, SqueezeNet, section 3.1.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        squeeze: filters of the first 1 x 1 convolution.
        expand: filters of each of the two convolutions that read its maps.
        name: beginning of the layers' names, if you give them names.

    Returns:
        `(batch, height, width, 2 * expand)`.
    """
    ### BEGIN SOLUTION
    x = layers.Conv2D(squeeze, 1, activation="relu", name=f"{name}_squeeze")(x)
    small = layers.Conv2D(expand, 1, activation="relu", name=f"{name}_expand1")(x)
    large = layers.Conv2D(expand, 3, padding="same", activation="relu", name=f"{name}_expand3")(x)
    return layers.Concatenate(name=f"{name}_concat")([small, large])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fire", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("fire", as_model(fire))

# %% [markdown]
# Eight such modules follow a first convolution. There are two versions, which differ in this
# convolution and in the places of three max poolings of 3 × 3 with stride 2: `"pools"` says which
# layers they follow, 1 being the convolution and 2 to 9 the fire modules. Version 1.1 shrinks the maps
# earlier. What does that do to the work, and what to the weights?

# %%
FIRES = [  # squeeze and expand of the modules 2 to 9
    (16, 64),
    (16, 64),
    (32, 128),
    (32, 128),
    (48, 192),
    (48, 192),
    (64, 256),
    (64, 256),
]
SQUEEZENETS = {  # filters and kernel size of the first convolution; where the poolings are
    "1.0": {"conv1": (96, 7), "pools": (1, 4, 8)},
    "1.1": {"conv1": (64, 3), "pools": (1, 3, 5)},
}

# %% [markdown]
# The first convolution has stride 2, no padding, and a ReLU. After the last module come dropout with a
# rate of 0.5, a 1 × 1 convolution with `classes` filters **and** ReLU, global average pooling and
# softmax: there is no fully connected layer. And the sizes? The paper's table begins with 224 × 224
# pixels and goes on with 111, 55, 27 and 13. It is AlexNet's old riddle: these are the sizes for 227
# (or you lose pixels; try 224). Programs for 224 pad when they pool. So `padding`, of all the max
# poolings, is an argument.


# %% nbgrader={"grade": false, "grade_id": "squeezenet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squeezenet(version="1.0", input_shape=(224, 224, 3), classes=1000, padding="same"):
    """SqueezeNet.

    Reference: Iandola et al. 2016, SqueezeNet, Table 1; version 1.1 from the authors' repository.

    Args:
        version: `"1.0"` or `"1.1"`.
        input_shape: `(height, width, channels)`.
        classes: number of outputs.
        padding: of the max poolings, `"same"` or `"valid"`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    filters, kernel_size = SQUEEZENETS[version]["conv1"]
    x = layers.Conv2D(filters, kernel_size, 2, activation="relu", name="conv1")(image)
    for number in range(1, 10):
        if number > 1:
            x = fire(x, *FIRES[number - 2], name=f"fire{number}")
        if number in SQUEEZENETS[version]["pools"]:
            x = layers.MaxPooling2D(3, 2, padding, name=f"pool{number}")(x)
    x = layers.Dropout(0.5, name="dropout")(x)
    x = layers.Conv2D(classes, 1, activation="relu", name="conv10")(x)
    x = layers.GlobalAveragePooling2D(name="pool10")(x)
    return keras.Model(image, layers.Softmax(name="softmax")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "squeezenet", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("squeezenet", squeezenet)

# %% tags=["display"]
for version in SQUEEZENETS:
    for side, padding in ((227, "valid"), (224, "same")):
        shape = (side, side, 3)
        table = costs.count(lambda v=version, s=shape, p=padding: squeezenet(v, s, padding=p))
        print(
            f"SqueezeNet {version}, {side} × {side}, {padding:5}: {table.trainable_parameters:,} "
            f"parameters, {table.macs:,} multiply-adds"
        )

# %% [markdown]
# ### What do the "50 times" count?
#
# "*AlexNet-level accuracy with 50x fewer parameters*" is the title of the paper. Here is AlexNet on
# its two GPUs, in numbers; weights **and** biases count as parameters:

# %%
ALEXNET_CONVOLUTIONS = [  # kernel size, maps that a filter sees, filters, side of the output
    (11, 3, 96, 55),
    (5, 48, 256, 27),
    (3, 256, 384, 13),
    (3, 192, 384, 13),
    (3, 192, 256, 13),
]
ALEXNET_DENSE = [(9216, 4096), (4096, 4096), (4096, 1000)]  # inputs, outputs
SQUEEZENET = {"parameters": 1_248_424, "macs": 832_667_936}  # version 1.0, as counted above

# %% [markdown]
# How many times as much of each has AlexNet as SqueezeNet 1.0, with its images of 227 × 227 and
# `valid` padding?
#
# - `parameters`: of the whole networks;
# - `convolutions`: parameters of AlexNet's five convolutional layers alone, over all of SqueezeNet's
#   (which has nothing but convolutions);
# - `macs`: multiply-adds of the whole networks;
# - `megabytes`: and not a ratio: how large is a file of SqueezeNet's parameters, with 32 bits each, in
#   millions of bytes?
#
# Sums and products of these numbers are welcome. Three digits are enough.

# %% nbgrader={"grade": false, "grade_id": "fifty_times_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form:
# fifty_times = {"parameters": ..., "convolutions": ..., "macs": ..., "megabytes": ...}
### BEGIN SOLUTION
alexnet_convolutions = sum(k * k * c * f + f for k, c, f, _ in ALEXNET_CONVOLUTIONS)
alexnet_dense = sum(n * m + m for n, m in ALEXNET_DENSE)
alexnet_macs = sum(k * k * c * f * side**2 for k, c, f, side in ALEXNET_CONVOLUTIONS)
alexnet_macs += sum(n * m for n, m in ALEXNET_DENSE)
fifty_times = {
    "parameters": (alexnet_convolutions + alexnet_dense) / SQUEEZENET["parameters"],
    "convolutions": alexnet_convolutions / SQUEEZENET["parameters"],
    "macs": alexnet_macs / SQUEEZENET["macs"],
    "megabytes": 4 * SQUEEZENET["parameters"] / 1e6,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "fifty_times", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("fifty_times", fifty_times)

# %% [markdown]
# The weights, then, and nothing but the weights: the file that is sent to a telephone, 5 megabytes in
# place of 244. (The paper's "*less than 0.5 MB*" comes from pruning and short numbers on top of it.)
# Nearly all of what is saved are three fully connected layers. The work has not become less, it has
# become more:

# %% tags=["display"]
small = {
    version: costs.count(lambda v=version: squeezenet(v, (227, 227, 3), padding="valid"))
    for version in SQUEEZENETS
}
unit = small["1.0"]
bars = {
    "AlexNet, convolutions": (fifty_times["convolutions"] * unit.parameters, None),
    "AlexNet": (fifty_times["parameters"] * unit.parameters, fifty_times["macs"] * unit.macs),
    **{f"SqueezeNet {v}": (table.parameters, table.macs) for v, table in small.items()},
}

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 3))
    for axes, column, title in zip(panels[0], (0, 1), ("Parameters", "Multiply-adds"), strict=True):
        shown = {name: values[column] / 1e6 for name, values in bars.items() if values[column]}
        axes.barh(list(shown), shown.values(), color=plots.COLOURS[column])
        for place, value in enumerate(shown.values()):
            axes.text(value, place, f" {value:.3g}", va="center", fontsize=9)
        axes.set_xlim(0, 1.15 * max(shown.values()))
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("millions")
        axes.set_title(title)
    figure.suptitle("What SqueezeNet saves, and what it does not")
figure

# %% [markdown]
# ## 8. Accuracy density
#
# Which network makes the most of its parameters? The slides divide one by the other (*CNN Benchmark
# Models*, Accuracy vs. Complexity): *SqueezeNet, ShuffleNet, MobileNet have better efficiency measured
# by accuracy/#param.*, in percent for each million:
#
# $$\text{density} = \frac{\text{top-1 accuracy in percent}}{\text{parameters} / 10^6}$$
#
# Papers print now the accuracy and now the **error** (MobileNet has 70.6 % in one table of the slides,
# and 29.4 % in the next). Your function takes the error, and parameters as the cost model counts them,
# one by one.


# %% nbgrader={"grade": false, "grade_id": "accuracy_density_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy_density(top1_error, parameters):
    """Top-1 accuracy for each million parameters.

    Args:
        top1_error: in percent of the images, from 0 to 100.
        parameters: how many there are: 4,231,976, not 4.2.

    Returns:
        Percent for each million parameters.
    """
    ### BEGIN SOLUTION
    return (100 - top1_error) / (parameters / 1e6)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "accuracy_density", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("accuracy_density", accuracy_density)

# %% [markdown]
# Here is every network of the course for which the slides report a top-1 error on ImageNet: the number,
# and the fact of the ledger that has it. (VGG-16 has 28.5 % in the table of MobileNet and 27.0 % in the
# summary table: two ways to cut the test images. So do not make much of one percent between two papers.
# What the slides print for ResNeXt contradicts its paper, SqueezeNet and MobileNet v2 are not in any
# table of theirs: these are left out.)

# %%
TOP_1_ERROR = {
    "AlexNet": (37.5, "F1206"),
    "VGG-11": (29.6, "F1207"),
    "VGG-13": (28.7, "F1208"),
    "VGG-16": (27.0, "F1209"),
    "VGG-19": (27.3, "F1210"),
    "GoogLeNet": (30.2, "F1203"),
    "ResNet-34": (21.84, "F0945"),
    "ResNet-50": (20.74, "F0947"),
    "ResNet-101": (19.87, "F0948"),
    "ResNet-152": (19.38, "F0949"),
    "1.0 MobileNet": (29.4, "F1119"),
    "0.75 MobileNet": (31.6, "F1115"),
    "0.5 MobileNet": (36.3, "F1116"),
    "0.25 MobileNet": (49.4, "F1117"),
    "2× ShuffleNet": (29.1, "F1114"),
    "1.5× ShuffleNet": (31.0, "F1115"),
    "1× ShuffleNet": (34.1, "F1116"),
}

# %% [markdown]
# MobileNet and ShuffleNet are counted on what you built above. The others you built in earlier
# notebooks; what the cost model said of them there stands in this table: trained parameters,
# multiply-adds, and the bytes that all layers write for one image (each layer's output counts once,
# 4 bytes for each number).

# %%
COUNTED = {
    "AlexNet": (61_100_840, 716_767_232, 3_617_112),
    "VGG-11": (132_863_336, 7_609_090_048, 66_168_736),
    "VGG-13": (133_047_848, 11_308_466_176, 104_703_904),
    "VGG-16": (138_357_544, 15_470_264_320, 115_140_512),
    "VGG-19": (143_667_240, 19_632_062_464, 125_577_120),
    "GoogLeNet": (6_998_552, 1_582_671_872, 33_252_368),
    "ResNet-34": (21_797_672, 3_663_761_408, 68_736_848),
    "ResNet-50": (25_557_032, 3_857_973_248, 154_978_128),
    "ResNet-101": (44_549_160, 7_570_194_432, 234_497_872),
    "ResNet-152": (60_192_808, 11_282_415_616, 332_474_192),
}


def counted(builder):
    """What a network costs, as in the table above."""
    table = costs.count(builder)
    return table.trainable_parameters, table.macs, table.activation_bytes


# %% tags=["display"]
spent = dict(COUNTED)
for alpha in (1.0, 0.75, 0.5, 0.25):
    spent[f"{alpha} MobileNet"] = counted(lambda a=alpha: mobilenet(a))
for scale in (2.0, 1.5, 1.0):
    spent[f"{scale:g}× ShuffleNet"] = counted(lambda s=scale: shufflenet(3, s))

print("network           top-1 (%)   parameters   % per million   reported in CNN Benchmark Models")
for name, (error, fact_id) in TOP_1_ERROR.items():
    density = accuracy_density(error, spent[name][0])
    print(
        f"{name:16} {100 - error:>10.1f} {spent[name][0]:>12,} {density:>15.2f}"
        f"   {slides.fact(fact_id).place}"
    )

# %% [markdown]
# And all of them at a glance. Up is better, left is cheaper; a line joins the members of a family.

# %% tags=["display"]
FAMILIES = {name: name.partition("-")[0].split(" ")[-1] for name in TOP_1_ERROR}
plots.trade_off(
    {name: 100 - error for name, (error, _) in TOP_1_ERROR.items()},
    {
        "parameters (millions)": {name: found[0] / 1e6 for name, found in spent.items()},
        "multiply-adds (billions)": {name: found[1] / 1e9 for name, found in spent.items()},
        "memory of all activations (MB)": {name: found[2] / 1e6 for name, found in spent.items()},
    },
    value_label="top-1 accuracy on ImageNet (%)",
    groups=FAMILIES,
    title="What the networks of the course cost, and what they are worth",
)

# %% [markdown]
# Three panels, three winners. AlexNet is dear in parameters (its fully connected layers) and cheapest
# of all in memory, VGG dear in everything. The efficient networks are far to the left for parameters
# and multiply-adds, but not for memory: a separable block writes twice as many maps as a plain
# convolution. For a telephone that is what counts last, and for a chip with 256 KB first.
#
# ### Is density a good measure?
#
# Think before you trust a quotient. Answer with pencil and paper, or with your function:
#
# - `guesser`: a network that always says "cat" is right for 0.1 % of the images of 1,000 classes. With
#   how many parameters would it be as dense as 1.0 MobileNet-224, for which the slides print 70.6 % and
#   4.2 million? (Three digits are enough.)
# - `densest`: which of the four MobileNets in the table above is the densest? Give its α.
# - `first`: what does more width buy? From α = 0.25 to 0.5, how many percent of accuracy does **each
#   further** million parameters bring: the difference of the accuracies, divided by the difference of
#   the parameters (in millions, as counted above)?
# - `last`: and from α = 0.75 to 1.0?

# %% nbgrader={"grade": false, "grade_id": "density_questions_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four answers in this form; sums, products and calls are welcome:
# density_questions = {"guesser": ..., "densest": ..., "first": ..., "last": ...}
### BEGIN SOLUTION
density_questions = {
    "guesser": 0.1 / (70.6 / 4.2) * 1e6,
    "densest": 0.25,
    "first": (50.6 - 63.7) / ((470_072 - 1_331_592) / 1e6),
    "last": (70.6 - 68.4) / ((4_231_976 - 2_585_560) / 1e6),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "density_questions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("density_questions", density_questions)

# %% [markdown]
# ### Why is the smallest the densest?
#
# Of the ResNets, the MobileNets and the ShuffleNets the smallest has the highest density. Is it then the
# best of its family? What would you look at instead, if you had to choose one? Write two or three
# sentences; they are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# Accuracy grows about with the logarithm of the size and cannot exceed 100 %, so any quotient falls
# with size: a few thousand parameters that guess are as dense as MobileNet. The quotient compares
# networks of about the same accuracy or of the same size, and nothing else. To choose, fix what you
# must not exceed (parameters, multiply-adds, memory) and take the most accurate network that stays
# within; or look at the front of the chart, at what the *next* million buys.
#
# </details>

# %% [markdown]
# ## 9. Your own network, within a budget
#
# Now it is your turn: the best classifier of coloured shapes that a very small chip can run. Three
# numbers are fixed, for one image of 32 × 32 × 3:

# %%
BUDGET = {
    "parameters": 20_000,
    "macs": 1_000_000,
    "largest_activation_bytes": 32_768,
}

# %% [markdown]
# - `parameters`: all of them, the running statistics of batch normalization too, as Keras' summary
#   counts.
# - `macs`: multiply-adds of convolutions and fully connected layers.
# - `largest_activation_bytes`: what the layer with the largest output writes, 4 bytes for each number.
#   Here that is 16 × 16 × 32 numbers and no more. (A `ZeroPadding2D` writes a padded copy, which counts
#   as well; with `padding="same"` there is none.)
#
# All else is free: your separable blocks of section 3, your inverted residuals of section 5 or blocks of
# your own, any number of layers, any style. The network takes images as the data set has them, in
# [0, 1], and gives the probabilities of ten classes.
#
# Three hints. At 32 × 32 pixels only eight maps fit, so let the first convolution have stride 2. An expansion by 6 is for wide chips: at 16 × 16 it leaves room for
# five maps. And most of the multiply-adds are in 1 × 1 convolutions (section 4), so let the maps shrink
# before they become many.


# %% nbgrader={"grade": false, "grade_id": "budget_network_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def budget_network(input_shape=(32, 32, 3), classes=10):
    """A network for small colour images that keeps to `BUDGET`.

    Args:
        input_shape: `(height, width, channels)`.
        classes: number of outputs.

    Returns:
        A Keras model with class probabilities `(batch, classes)`, untrained.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False, name="conv")(image)
    x = layers.BatchNormalization(name="conv_bn")(x)
    x = layers.ReLU(name="conv_relu")(x)
    for number, (filters, strides) in enumerate([(32, 1), (48, 2), (48, 1), (64, 2), (64, 1)]):
        x = separable_block(x, filters, strides, name=f"block{number}")
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "budget_network", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("budget_network", budget_network)

# %% [markdown]
# How much of the budget is spent, and on which layers?

# %% tags=["display"]
table = costs.count(budget_network, bytes_per_value=4)
for what, most in BUDGET.items():
    print(f"{what:24} {getattr(table, what):>9,} of {most:>9,} ({getattr(table, what) / most:.0%})")
costs.plot({"your network": table})

# %% [markdown]
# ### Train it
#
# A budget is met by a network that has learned nothing, too. So train yours, on the 4,200 training
# images of `shapes32`. The recipe is as free as the network, with one request: `epochs` says how often
# each image may be seen. Two things are worth knowing before you begin. Batch normalization uses running
# averages for new images, and these lag behind while steps are large: let the learning rate fall towards
# zero in the course of training (`keras.optimizers.schedules.CosineDecay`, or what *ResNet*, section 8
# does). And first of all let the network learn a handful of images by heart, as the cell below your
# function does: one that cannot has a mistake in it.
#
# Return the **trained Keras model itself**, not a function around it: it is counted once more. What
# stands around a network could be a second one.
#
# The grader calls your function with `epochs=8`, the training images, their classes numbered anew (so
# that only `labels` helps) and a seed of its own. The model that comes back must be within the same
# budget, and score 1,200 images that nobody has shown it. {calibration budget_trained}


# %% nbgrader={"grade": false, "grade_id": "train_budget_network_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_budget_network(images, labels, seed=0, epochs=8, validation=None):
    """Train a network within `BUDGET` on small colour images.

    Args:
        images: `(examples, 32, 32, 3)` in [0, 1], as the data set has them.
        labels: class numbers `(examples,)`.
        seed: of the first weights (`training.set_seed`) and of the order of the images.
        epochs: how often each image may be seen.
        validation: images and labels that `training.fit` measures after each epoch, or `None`.

    Returns:
        The trained Keras model, from images like these to probabilities `(examples, 10)`.
    """
    ### BEGIN SOLUTION
    training.set_seed(seed)
    model = budget_network()
    steps = epochs * int(np.ceil(len(images) / 64))
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.01, steps)),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    training.fit(model, (images, labels), validation, epochs=epochs, batch_size=64, seed=seed)
    return model
    ### END SOLUTION


# %% [markdown]
# Twenty images by heart, before you spend half a minute on all of them:

# %% tags=["display"]
shapes = data.load("shapes32")
training.set_seed(0)
trial = budget_network()
trial.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", jit_compile=False)
training.by_heart(trial, shapes.train.images[:20], shapes.train.labels[:20], steps=80)

# %% nbgrader={"grade": true, "grade_id": "budget_trained", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("budget_trained", train_budget_network)

# %% [markdown]
# Where is it still wrong? These are the validation images of which your network is most sure, and
# mistaken.

# %% tags=["display"]
own = train_budget_network(
    shapes.train.images,
    shapes.train.labels,
    seed=1,
    validation=(shapes.validation.images, shapes.validation.labels),
)
probabilities = own.predict(shapes.validation.images, verbose=0)
right = np.mean(probabilities.argmax(axis=1) == shapes.validation.labels)
print(f"{right:.1%} of {len(probabilities)} validation images are right.")
plots.worst_mistakes(
    shapes.validation.images, shapes.validation.labels, probabilities, shapes.class_names
)
