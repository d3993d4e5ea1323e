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
# # MobileNet
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
#   (section 4).
#
# What came next (MobileNet v2, ShuffleNet, SqueezeNet) is in the notebook *Efficient networks*.
#
# Allow about two hours. Running everything takes less than a minute. Any style is welcome in your
# answers: layers one by one, `Sequential`, blocks as classes. The checks compare what a network *is*
# and what it *computes*, not how it is written.

# %%
from collections import Counter
from time import perf_counter

# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, gradients, plots, slides
from course_lib.blueprints import blueprint
from course_lib.slides import networks
from course_lib.structure import canonical, draw

import keras
import numpy as np
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


# %% nbgrader={"grade": true, "grade_id": "depthwise_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
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
# already. Here $M$ and $N$ may differ, and maps need not be square.)


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


# %% nbgrader={"grade": true, "grade_id": "pair_as_standard", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
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
# - `keras_layer`: which of them is `layers.SeparableConv2D` with all its defaults, but for the bias?
# - `xception_drawing`: which does the slide draw ("*1x1 convolution + depthwise convolution*", *CNN
#   Benchmark Models*, Xception (Inception v5)), each 3 × 3 filter on one of the maps that the 1 × 1
#   gives?
# - `xception`: which does the network itself repeat in the middle? Its block, which you built in
#   section 10 of the Inception notebook, **begins** with a ReLU, and its two layers stand side by side:
#   nothing is between them.
# - `mobilenet`: which one is MobileNet's? (Its paper draws it in Figure 3; section 3 has it in words.)
# - `weights_a` and `weights_b`: does the order matter to the costs? How many weights have A and B,
#   without biases, from 64 maps to 128?

# %% nbgrader={"grade": false, "grade_id": "pair_orders_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form; sums and products are welcome:
# pair_orders = {
#     "keras_layer": "...", "xception_drawing": "...", "xception": "...", "mobilenet": "...",
#     "weights_a": ..., "weights_b": ...,
# }
### BEGIN SOLUTION
pair_orders = {
    "keras_layer": "A",
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
# has it. (MobileNet v2 has the same thought about its narrow layers: *Efficient networks*, section 1.)
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


# %% nbgrader={"grade": true, "grade_id": "separable_block", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
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
#   become $\lceil 7 / 2 \rceil = 4$). How many multiply-adds *fewer* than it should does the network
#   then have? Exactly: two rows change. The pooling takes whatever size it gets, and costs nothing.

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
ledger = [line for line in networks.get("mobilenet_1_224_1000").rows if line.weighted]
mine = weighted_layers(mobilenet)
print("layer            input size       weights   multiply-adds   as on the slide?")
for line, layer in zip(ledger, mine, strict=True):
    channels, height, width = line.input
    size = f"{height} × {width} × {channels}"
    same = (
        layer["shape"] == (height, width, channels)
        and layer["weights"] == line.parameters(biases=False, norm=False).value
        and layer["macs"] == line.macs().value
    )
    told = "yes" if same else "NO"
    print(f"{line.name:6} {size:>20} {layer['weights']:>13,} {layer['macs']:>15,}   {told}")
total = costs.count(mobilenet)
print(
    f"\nall weights {sum(layer['weights'] for layer in mine):,}; with batch normalization and biases"
)
print(f"{total.trainable_parameters:,} (F1094: {slides.fact('F1094').printed} million);")
print(f"{total.macs:,} multiply-adds (F1093: {slides.fact('F1093').printed} million)")

# %% [markdown]
# And the family, of which the slides print numbers in three tables (Tables 8 and 10 of *MobileNet*,
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
# weights. A smaller image changes the multiply-adds alone, and by $\rho^2$. What do the errors say
# about it (Table 5 of *CNN Benchmark Models*, ShuffleNet Comparison)?

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
# you run. (Keras' own has no layer that flattens: its fully connected layer is a 1 × 1 convolution on
# the one pixel that pooling has left, which is the same thing.)

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
