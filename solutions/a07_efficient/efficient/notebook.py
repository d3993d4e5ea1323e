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
# *SqueezeNet, ShuffleNet, MobileNet have better efficiency measured by accuracy/#param.* (*CNN Benchmark
# Models*, Accuracy vs. Complexity). You know MobileNet. Here are the others, and the question what
# "efficient" means. In this notebook you
#
# - turn the bottleneck inside out: MobileNet v2 with its inverted residuals (section 1);
# - let groups of channels talk to each other: ShuffleNet (section 2);
# - squeeze and expand: SqueezeNet, and what its "50 times smaller" counts (section 3);
# - weigh all networks of the course against each other (section 4);
# - train a network of your own within a budget of parameters, operations and memory (section 5).
#
# Allow about three hours; each section stands for itself. Running everything takes about a minute and a
# half, most of it for your own network. You should have solved *MobileNet* before. Any style is welcome
# in your answers: layers one by one, `Sequential`, blocks as classes. The checks compare what a network
# *is* and what it *computes*, not how it is written.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides, training
from course_lib.blueprints import blueprint
from course_lib.structure import canonical, draw

import keras
import numpy as np
from IPython.display import display
from keras import layers, ops

# %% [markdown]
# Given, as in *MobileNet*. A block is a piece of a network: for checks and drawings, `as_model` makes a whole model
# of it. `drawn` draws what a builder makes, without allocating a single weight. And there is
# MobileNet's block, which you will want in section 5.


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
# ## 1. MobileNet v2: thin outside, wide inside
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
    shares = [np.mean([crushed_by_relu(spiral, t)[1] for t in trials[n]]) for n in WIDTHS]
    summary.bar([str(n) for n in WIDTHS], [100 * share for share in shares], color="#cc2222")
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
# ## 2. ShuffleNet: groups that talk to each other
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
# - `groups_at_half`: for which of the five numbers of groups can the network of scale 0.5, with its stem
#   of 24 filters, **not** be built? A list.
# - `row`: Table 4 on the slide has the rows (1×, $g = 3$), (0.5×, $g = 4$), (0.25×, $g = 8$) and, in
#   another form, (0.5×, $g = 8$) and (0.25×, $g = 8$) once more. One of them cannot be built for that
#   reason. Which one? `(scale, groups)`.
# - `channels`: and which number of channels in it does `groups` not divide?
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
# ## 3. SqueezeNet: "50 times smaller"
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
# Nearly all of what is saved is the three fully connected layers. The work has not become less: it has
# become more.

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
# ## 4. Accuracy density
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
# Here is every network of the course for which the slides report a top-1 error on ImageNet: the error,
# and a fact of the ledger from the row of the table that prints it. (VGG-16 has 28.5 % in the table of MobileNet and 27.0 % in the
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
# ShuffleNet is counted on what you built above. The others you built in earlier notebooks; what the
# cost model said of them there stands in this table: trained parameters,
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
    "1.0 MobileNet": (4_231_976, 568_740_352, 61_122_464),
    "0.75 MobileNet": (2_585_560, 325_400_448, 45_993_376),
    "0.5 MobileNet": (1_331_592, 149_497_088, 30_864_288),
    "0.25 MobileNet": (470_072, 41_030_272, 15_735_200),
}


def counted(builder):
    """What a network costs, as in the table above."""
    table = costs.count(builder)
    return table.trainable_parameters, table.macs, table.activation_bytes


# %% tags=["display"]
spent = dict(COUNTED)
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
#   how many parameters (counted one by one, not in millions) would it be as dense as 1.0 MobileNet-224,
#   for which the slides print 70.6 % and 4.2 million? (Three digits are enough.)
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
# ## 5. Your own network, within a budget
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
# All else is free: separable blocks as you wrote them in *MobileNet*, section 3, the inverted residuals of
# section 1 or blocks of your own, any number of layers, any style. The network takes images as the data set has them, in
# [0, 1], and gives the probabilities of ten classes.
#
# Three hints. At 32 × 32 pixels only eight maps fit, so let the first convolution have stride 2. An
# expansion by 6 is for larger chips: at 16 × 16 it leaves room for five maps. And most of the
# multiply-adds are in 1 × 1 convolutions (*MobileNet*, section 4), so let the maps shrink before they
# become many.


# %% nbgrader={"grade": false, "grade_id": "budget_network_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def budget_network(input_shape=(32, 32, 3), classes=10):
    """A network for small colour images that keeps to `BUDGET`.

    Args:
        input_shape: `(height, width, channels)`.
        classes: number of outputs.

    Returns:
        A Keras model with a score for each class `(batch, classes)`, untrained: probabilities, or
        logits if your loss takes them.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False, name="conv")(image)
    x = layers.BatchNormalization(name="conv_bn")(x)
    x = layers.ReLU(name="conv_relu")(x)
    for number, (filters, strides) in enumerate([(32, 1), (48, 2), (48, 1), (64, 2), (64, 1)]):
        x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.Conv2D(filters, 1, use_bias=False, name=f"block{number}")(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
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
