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
# # DenseNet and its time
#
# ResNet adds the input of a block to its output. In the two years after it others asked: why add? Why a
# shortcut at all? Why double the channels three times instead of a little at every block? The summary
# table of *CNN Benchmark Models* has what came of it. In this notebook you
#
# - build DenseNet, which adds nothing and keeps everything, and see which layer reads which (section 1);
# - build FractalNet, which goes deep without any shortcut, and drop its paths (section 2);
# - build PyramidNet, which widens at every block, and correct a row of the slides (section 3);
# - train five small networks of these kinds within one budget of parameters, and see which idea buys
#   most (section 4).
#
# Allow about three hours; each section stands for itself. Running everything takes about a minute and a
# half, most of it for the networks of sections 1 and 4. You should have solved *ResNet* before; *Beyond
# ResNet* has the other ideas of those years. Any style is welcome in your answers: layers one by one,
# `Sequential`, blocks as classes. The checks compare what a network *is* and what it *computes*, not how
# it is written.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides, training
from course_lib.blueprints import blueprint
from course_lib.inside import Inside
from course_lib.structure import canonical, draw

import keras
import numpy as np
from IPython.display import display
from keras import layers, ops

# %% [markdown]
# Given, from the ResNet notebook: a block as a model, its drawing, and a convolution that pads
# $\lfloor K/2 \rfloor$ zeros on every side and has no bias.


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


def conv(x, filters, kernel_size, strides=1, groups=1, name=None):
    """A convolution with as many zeros on each side as the slides have, and without bias."""
    if kernel_size > 1:
        pad_name = None if name is None else f"{name}_pad"
        x = layers.ZeroPadding2D(kernel_size // 2, name=pad_name)(x)
    return layers.Conv2D(
        filters,
        kernel_size,
        strides,
        groups=groups,
        use_bias=False,
        kernel_initializer="he_normal",
        name=name,
    )(x)


# %% [markdown]
# ## 1. DenseNet
#
# A residual block adds its result to what it was given, and the two can no longer be told apart.
# DenseNet **concatenates** instead: every layer reads the maps of *all* layers before it, as they
# were made (*Lecture 9*, Other ideas: Densely Connected Networks). "*Assume layer 1 captures edges,
# while layer 5 captures faces; why not have a layer that combines both?*" asks the other deck (*CNN
# Benchmark Models*, DenseNet).
#
# $$x_l = [x_{l-1},\ H_l(x_{l-1})]$$
#
# Each $H_l$ makes only a few maps, $k$ of them: the *growth rate*, often 12 or 32. It is written in
# the order of *pre-activation* (ResNet notebook, section 9), because the same maps are normalized anew
# for each layer that reads them:
#
# | | plain layer | with bottleneck |
# |---|---|---|
# | first | | BN, ReLU, 1 × 1 convolution to $4k$ maps |
# | then | BN, ReLU, 3 × 3 convolution to $k$ maps | BN, ReLU, 3 × 3 convolution to $k$ maps |
# | last | concatenate: the input **first**, the $k$ new maps after it | the same |
#
# Write the layer, and the block that stacks `layers_count` of them. All convolutions have no bias
# and keep the size of the maps (`conv` does both).


# %% nbgrader={"grade": false, "grade_id": "dense_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_layer(x, growth, bottleneck=False, name="layer"):
    """One layer of a dense block: what it was given, and a few maps more.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        growth: number of new maps, k.
        bottleneck: whether a 1 x 1 convolution to 4 k maps, with BN and ReLU before it, comes first.
        name: of the layer, only for pictures.

    Returns:
        `(batch, height, width, channels + growth)`: the input, then the new maps.
    """
    ### BEGIN SOLUTION
    y = x
    if bottleneck:
        y = layers.BatchNormalization(name=f"{name}_0_bn")(y)
        y = layers.ReLU(name=f"{name}_0_relu")(y)
        y = conv(y, 4 * growth, 1, name=f"{name}_0")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, growth, 3, name=f"{name}_1")
    return layers.Concatenate(name=f"{name}_concat")([x, y])
    ### END SOLUTION


def dense_block(x, layers_count, growth, bottleneck=False, name="dense"):
    """Several dense layers, one after the other.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        layers_count: number of layers.
        growth, bottleneck: of each of them, see `dense_layer`.
        name: of the block, only for pictures.

    Returns:
        `(batch, height, width, channels + layers_count * growth)`
    """
    ### BEGIN SOLUTION
    for number in range(layers_count):
        x = dense_layer(x, growth, bottleneck, name=f"{name}_{number + 1}")
    return x
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense_block", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("dense_block", as_model(dense_block))

# %% [markdown]
# Four layers with $k = 12$ on 16 maps. Every line on the left is a tensor that waits to be read again.

# %% tags=["display"]
drawn(as_model(dense_block), (32, 32, 16), 4, 12, title="A dense block of four layers")

# %% [markdown]
# ### Between the blocks
#
# Maps of different sizes cannot be concatenated. So the network is cut into blocks, and between two of
# them a *transition* halves the resolution: **BN, ReLU, 1 × 1 convolution, 2 × 2 average pooling with
# stride 2**. Of $m$ maps its convolution makes $\lfloor \theta m \rfloor$; the *compression* $\theta$
# is 1 or ½. (The paper's sentence leaves the ReLU out; the authors' program and Keras have it, and so
# do we.) An odd last row or column is dropped by the pooling.


# %% nbgrader={"grade": false, "grade_id": "dense_transition_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def transition(x, compression=1.0, name="transition"):
    """From one dense block to the next: fewer maps, half as high and half as wide.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        compression: the number of maps is multiplied by this and rounded down.
        name: of the transition, only for pictures.

    Returns:
        `(batch, height // 2, width // 2, floor(compression * channels))`
    """
    ### BEGIN SOLUTION
    x = layers.BatchNormalization(name=f"{name}_bn")(x)
    x = layers.ReLU(name=f"{name}_relu")(x)
    x = conv(x, int(compression * x.shape[-1]), 1, name=name)
    return layers.AveragePooling2D(2, name=f"{name}_pool")(x)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense_transition", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("dense_transition", as_model(transition))

# %% [markdown]
# ### The networks
#
# With these two you build all DenseNets of the paper, for small images and for ImageNet:
#
# | part | `large_stem=False` | `large_stem=True` |
# |---|---|---|
# | stem | 3 × 3 convolution, `width` filters, **nothing after it** | 7 × 7, `width` filters, stride 2, BN, ReLU, 3 × 3 max pool with stride 2 and a border of one |
# | body | dense blocks with a transition **between** each two: none after the last | the same |
# | end | BN, **ReLU**, global average pooling, fully connected, softmax | the same |
#
# The large stem is that of your ResNet (with its border of one pixel around the pool). For BN and ReLU
# at the end there is the same reason as in pre-activation: nobody has normalized the last maps yet.
# Keras' own DenseNet forgot this last ReLU until 2018; with it, its top-5 accuracy rose by about 0.3 percentage points.
#
# The number $L$ in a name counts weight layers: the stem, one or two for each dense layer, one for
# each transition, and the last. "BC" has bottlenecks and compression, and $2k$ filters in its stem.

# %%
DENSENETS = {
    "L=40, k=12": {"blocks": (12, 12, 12), "growth": 12},
    "L=100, k=12": {"blocks": (32, 32, 32), "growth": 12},
    "BC, L=100, k=12": {
        "blocks": (16, 16, 16),
        "growth": 12,
        "bottleneck": True,
        "compression": 0.5,
        "width": 24,
    },
    "DenseNet-121": {
        "blocks": (6, 12, 24, 16),
        "growth": 32,
        "bottleneck": True,
        "compression": 0.5,
        "large_stem": True,
        "width": 64,
        "classes": 1000,
        "input_shape": (224, 224, 3),
    },
}


# %% nbgrader={"grade": false, "grade_id": "densenet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def densenet(
    blocks,
    growth,
    bottleneck=False,
    compression=1.0,
    large_stem=False,
    width=16,
    classes=10,
    input_shape=(32, 32, 3),
):
    """A densely connected network.

    Reference: Huang et al. 2017, Densely Connected Convolutional Networks.

    Args:
        blocks: number of layers of each dense block, one block or more.
        growth, bottleneck: of all dense layers, see `dense_layer`.
        compression: of all transitions.
        large_stem: whether the stem is that for ImageNet.
        width: filters of the stem.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 7 if large_stem else 3, 2 if large_stem else 1, name="conv1")
    if large_stem:
        x = layers.BatchNormalization(name="conv1_bn")(x)
        x = layers.ReLU(name="conv1_relu")(x)
        x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
        x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    for number, layers_count in enumerate(blocks, start=1):
        x = dense_block(x, layers_count, growth, bottleneck, name=f"dense{number}")
        if number < len(blocks):
            x = transition(x, compression, name=f"transition{number}")
    x = layers.BatchNormalization(name="last_bn")(x)
    x = layers.ReLU(name="last_relu")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "densenet", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("densenet", densenet)

# %% tags=["display"]
print("network            trainable   statistics   M multiply-adds")
for name, options in DENSENETS.items():
    table = costs.count(lambda o=options: densenet(**o))
    rest = table.parameters - table.trainable_parameters
    print(f"{name:16} {table.trainable_parameters:>11,} {rest:>12,} {table.macs / 1e6:>17,.1f}")
theirs = costs.count(lambda: keras.applications.DenseNet121(weights=None))
print(f"{'Keras, 121':16} {theirs.trainable_parameters:>11,}")

# %% [markdown]
# A hundred layers with 769,162 parameters: ResNet-110 has more than twice as many. What makes it so small
# is that no layer has to carry on what earlier ones have found.
#
# ### Who reads how much?
#
# How many channels does each layer read? In the first block a layer gets the stem's maps and $k$ more
# for every layer before it; a transition gives $\lfloor \theta m \rfloor$ of the $m$ maps at the end of
# a block, and the next block starts from there.


# %% nbgrader={"grade": false, "grade_id": "channels_read_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def channels_read(blocks, growth, width=16, compression=1.0):
    """How many channels each layer of a DenseNet reads.

    Args:
        blocks: number of layers of each dense block.
        growth: number of new maps of each layer.
        width: maps that the first block is given.
        compression: of the transitions between blocks.

    Returns:
        A list for each block: channels before its first layer, before its second, and so on.
    """
    ### BEGIN SOLUTION
    found, channels = [], width
    for layers_count in blocks:
        found.append([channels + growth * number for number in range(layers_count)])
        channels = int(compression * (channels + growth * layers_count))
    return found
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "channels_read", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("channels_read", channels_read)

# %% [markdown]
# ### What it costs: memory
#
# A dense block of $L$ layers on $c_0$ maps of $H \times W$ pixels makes only $L k$ new maps. Yet before
# each layer the concatenation is normalized, with a scale of its own, and for the backward pass the
# result of every layer's **first** batch normalization is kept: as many maps as that layer reads. Count
# the numbers that a block keeps, for one image:
#
# - `"features"`: every map **once**, those that the block was given and those that it made;
# - `"normalized"`: what the first batch normalization of each layer gives, all layers together.


# %% nbgrader={"grade": false, "grade_id": "kept_values_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def kept_values(height, width, channels, layers_count, growth):
    """How many numbers a dense block keeps of one image while it is trained.

    Args:
        height, width: of all maps, in pixels.
        channels: maps that the block is given.
        layers_count: number of layers.
        growth: number of new maps of each layer.

    Returns:
        `{"features": ..., "normalized": ...}`, exact whole numbers.
    """
    ### BEGIN SOLUTION
    made = channels + layers_count * growth
    read = layers_count * channels + growth * layers_count * (layers_count - 1) // 2
    return {"features": height * width * made, "normalized": height * width * read}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "kept_values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("kept_values", kept_values)

# %% tags=["display"]
DEPTHS = np.arange(2, 65, 2)
with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(7.5, 4))
    for key, label in [
        ("features", "every map once"),
        ("normalized", "normalized anew for every layer"),
    ]:
        numbers = [kept_values(32, 32, 16, int(depth), 12)[key] for depth in DEPTHS]
        panels[0, 0].plot(DEPTHS, 4 * np.array(numbers) / 2**20, label=label)
    panels[0, 0].set_xlabel("layers in the block, L")
    panels[0, 0].set_ylabel("memory for one image (MiB, float32)")
    panels[0, 0].set_title("A dense block with k = 12 on 16 maps of 32 × 32")
    panels[0, 0].legend()
figure

# %% [markdown]
# One curve grows with $L$, the other with $L^2$. What would you keep, and what would you compute again in
# the backward pass? Write two sentences; they are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# Keep every map once, since convolutions are expensive to repeat, and throw the normalized
# concatenations away: to copy and to scale numbers is cheap. That is what "memory-efficient" DenseNets
# do. They train about a fifth longer, and their memory grows with L alone.
#
# </details>

# %% [markdown]
# ### Who reads from whom?
#
# A layer *may* read from every layer before it. Does it? Its kernel tells. Because the maps stand in the
# order in which they were made, the input channels of a kernel fall into groups: first those that the
# block was given, then $k$ for each earlier layer. The mean of the absolute weights of a group says how
# much the layer listens to it. Write this *reuse map* for the kernels of one block.


# %% nbgrader={"grade": false, "grade_id": "reuse_map_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reuse_map(kernels, channels, growth):
    """How much each layer of a dense block reads from each source.

    Args:
        kernels: the first kernel of each layer, in order: arrays
            `(height, width, channels + number * growth, filters)` with number 0, 1, 2 and so on.
        channels: maps that the block was given, source 0.
        growth: number of new maps of each layer; those of the first layer are source 1, and so on.

    Returns:
        `(layers, layers)`: in row s and column l the mean absolute weight of the kernel with number l
        on all channels of source s, and 0 where the layer cannot read that source.
    """
    ### BEGIN SOLUTION
    result = np.zeros((len(kernels), len(kernels)))
    for layer, kernel in enumerate(kernels):
        sizes = np.abs(kernel).mean(axis=(0, 1, 3))
        result[0, layer] = sizes[:channels].mean()
        for source in range(1, layer + 1):
            start = channels + (source - 1) * growth
            result[source, layer] = sizes[start : start + growth].mean()
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "reuse_map", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("reuse_map", reuse_map)

# %% [markdown]
# Train a small DenseNet on coloured shapes, scaled down to 16 × 16 pixels, and draw the map of its two
# blocks. At the start every weight has the spread that He et al. propose for its layer, so late layers,
# with many inputs, begin with small weights. Each number is therefore divided by its value **before** the
# training: 1 means unchanged.

# %% tags=["display"]
SMALL = {"blocks": (6, 6), "growth": 6}


def reuse_maps(network):
    """The maps of both blocks of `densenet(**SMALL)`, whatever its layers are called."""
    kernels, found = iter(Inside(network, (16, 16, 3)).kernels()[1:]), []
    for channels, *_ in channels_read(**SMALL):
        block = [ops.convert_to_numpy(next(kernels)) for _ in range(6)]
        found.append(reuse_map(block, channels, SMALL["growth"]))
        next(kernels, None)  # of the transition
    return found


shapes = data.load("shapes32").train.take(1280)
small_images = shapes.images.reshape(-1, 16, 2, 16, 2, 3).mean(axis=(2, 4))
training.set_seed(0)
small_densenet = densenet(**SMALL, input_shape=(16, 16, 3))
maps_before = reuse_maps(small_densenet)
small_densenet.compile(
    keras.optimizers.AdamW(5e-3, weight_decay=0.1),
    "sparse_categorical_crossentropy",
    metrics=["accuracy"],
    jit_compile=False,
)
history = training.fit(
    small_densenet, (small_images, shapes.labels), epochs=8, batch_size=64, seed=0
)

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10.5, 4.4))
    for axes, number, before, after in zip(
        panels[0], (1, 2), maps_before, reuse_maps(small_densenet), strict=True
    ):
        ratio = np.divide(after, before, out=np.full_like(after, np.nan), where=before > 0)
        image = axes.imshow(ratio, cmap="viridis")
        axes.set_xticks(range(6), labels=range(1, 7))
        axes.set_yticks(range(6), labels=["input", *range(1, 6)])
        axes.set_xlabel("layer that reads")
        axes.set_ylabel("source: the block's input, or a layer")
        axes.set_title(f"block {number}")
        axes.grid(False)
        figure.colorbar(image, ax=axes, shrink=0.8)
    figure.suptitle("Mean absolute weight after training ÷ before")
figure

# %% [markdown]
# No row is empty: old maps are read to the end of a block. But in this small network the weights on the
# maps made inside the block grow most, and those on the block's input least. That is why DenseNet can
# afford so few new maps a layer.

# %% [markdown]
# ## 2. FractalNet
#
# Are shortcuts the secret of depth? Larsson et al. (2017) say no: what matters is that short *and* long
# paths lead to the output (*Lecture 9*, Other ideas: FractalNet). Their block is a recursion. The
# smallest block $f_1$ is one convolution, and $f_C$ stands beside two copies of $f_{C-1}$ in a row:
#
# $$f_1(x) = \text{conv}(x) \qquad f_C(x) = \text{join}\big(f_{C-1}(f_{C-1}(x)),\ \text{conv}(x)\big)$$
#
# All convolutions have weights of their own. "conv" is a 3 × 3 convolution without bias and with
# stride 1, then BN, then ReLU. The *join* is the **mean** of its two inputs, element by element.
# (Joins that follow one another are often drawn as one with more inputs. Here each has two, as the
# formula has it.)
#
# Seen from above, $C$ *columns* run side by side. Number them by their length: column 1 is the single
# convolution, column $c$ has $2^{c-1}$, and column $C$ is the deepest path. To train with *global*
# drop-path one column is chosen and all others are switched off, everywhere in the block: every join
# hands on its one input that belongs to the column. What is left is a plain chain. So also each column
# learns to be a network of its own.
#
# Write the block. With `column=None` all of it is built, else only that column: no join, no
# convolution of another column.


# %% nbgrader={"grade": false, "grade_id": "fractal_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fractal(x, filters, columns, column=None):
    """A fractal block, or one column of it.

    Reference: Larsson et al. 2017, FractalNet: Ultra-Deep Neural Networks without Residuals.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: number of filters of every convolution.
        columns: C, 1 or more.
        column: the only one that is built, from 1 (one convolution) to `columns` (the deepest path);
            `None` for the whole block.

    Returns:
        `(batch, height, width, filters)`
    """
    ### BEGIN SOLUTION
    if columns > 1 and column != 1:
        below = None if column is None else column - 1
        deep = fractal(fractal(x, filters, columns - 1, below), filters, columns - 1, below)
        if column is not None:
            return deep
    y = conv(x, filters, 3)
    y = layers.BatchNormalization()(y)
    y = layers.ReLU()(y)
    return layers.Average()([deep, y]) if columns > 1 and column is None else y
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fractal", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("fractal", as_model(fractal))

# %% tags=["display"]
display(
    drawn(as_model(fractal), (16, 16, 32), 32, 3, title="Three columns"),
    drawn(as_model(fractal), (16, 16, 32), 32, 3, column=2, title="Column 2 alone"),
)

# %% [markdown]
# How large is such a block, how deep, and on how many different ways can you go through it from the
# input to the output? Find the three numbers for $f_1$, then ask what the recursion does to each of
# them. (The paper's number of parameters for a whole FractalNet is not asked here: we rebuilt its
# network of five blocks with 3 and with 4 columns, and neither has the number that is quoted.)


# %% nbgrader={"grade": false, "grade_id": "fractal_size_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fractal_size(columns):
    """The size of a fractal block with so many columns.

    Args:
        columns: C, 1 or more.

    Returns:
        `{"convolutions": in all, "deepest": on the longest path, "paths": different ways through}`
    """
    ### BEGIN SOLUTION
    paths = 1
    for _ in range(columns - 1):
        paths = paths**2 + 1
    return {"convolutions": 2**columns - 1, "deepest": 2 ** (columns - 1), "paths": paths}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fractal_size", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("fractal_size", fractal_size)

# %% [markdown]
# In other steps of the training drop-path is *local*: each join drops each of its inputs at random, with
# the probability `rate`, but **never all of them**. What is kept is averaged, so the mean is over the
# *kept* inputs alone: no other scaling is needed, neither now nor at test time, when nothing is dropped.
#
# Write the join for given random numbers, one for each input, uniform in [0, 1): an input is dropped
# where its number is smaller than `rate`. If all would be dropped, the one with the **largest** number is
# kept.


# %% nbgrader={"grade": false, "grade_id": "local_join_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def local_join(inputs, draws, rate=0.15):
    """The mean of those inputs that are not dropped.

    Args:
        inputs: a list of arrays of one shape.
        draws: a number in [0, 1) for each input, all different.
        rate: an input is dropped if its number is smaller.

    Returns:
        An array of the shape of the inputs.
    """
    ### BEGIN SOLUTION
    kept = [x for x, number in zip(inputs, draws, strict=True) if number >= rate]
    return np.mean(kept or [inputs[np.argmax(draws)]], axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "local_join", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("local_join", local_join)

# %% [markdown]
# How deep is the network that a step trains? Let every "convolution" add 1 to a number, start from 0 and
# join with your function: what comes out is the mean number of convolutions on the way. Four columns,
# 2,000 steps:


# %% tags=["display"]
def mean_depth(columns, rng, rate):
    """The mean number of convolutions on the ways that a random local drop-path leaves open."""
    if columns == 1:
        return np.array(1.0)
    deep = mean_depth(columns - 1, rng, rate) + mean_depth(columns - 1, rng, rate)
    return local_join([deep, np.array(1.0)], rng.random(2), rate)


rng = np.random.default_rng(0)
with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(8.5, 4))
    axes = panels[0, 0]
    for rate, colour in [(0.15, plots.COLOURS[0]), (0.5, plots.COLOURS[2])]:
        depths = [float(mean_depth(4, rng, rate)) for _ in range(2000)]
        axes.hist(
            depths,
            np.linspace(0.75, 8.25, 31),
            color=colour,
            alpha=0.6,
            label=f"local, rate {rate}",
        )
    for column in range(1, 5):
        axes.axvline(
            2 ** (column - 1),
            color=plots.COLOURS[1],
            linestyle="--",
            label="one column (global)" if column == 1 else None,
        )
    axes.set_xlabel("mean number of convolutions between input and output")
    axes.set_ylabel("steps out of 2,000")
    axes.set_title("What drop-path trains: four columns")
    axes.legend(loc="upper center")
figure

# %% [markdown]
# Local drop-path mixes depths, and of the columns alone it often trains only the shortest. Why does the
# training need global drop-path as well, if one column alone is to be used after it? Write two
# sentences; they are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# With local drop-path a deep column nearly always works beside others, and learns to leave to them what
# they do better. Only where it must do everything by itself, from the first layer to the last, does it learn to
# be a good network alone.
#
# </details>

# %% [markdown]
# ## 3. PyramidNet
#
# In a ResNet the width doubles all at once, in the first block of a stage, and these are the blocks that
# are missed most when they are switched off (ResNet notebook, section 11). PyramidNet (Han et al. 2017)
# spreads the growth over **all** blocks. With $N$ blocks, and $w_0 = 16$ filters in the stem, block number
# $i = 1, \ldots, N$ has $w_i$ filters:
#
# - *additive*: $w_i = w_0 + i\,\alpha / N$, the same step in every block, $w_0 + \alpha$ at the end;
# - *multiplicative*: $w_i = w_0\, \alpha^{i / N}$, the same factor in every block, $w_0\, \alpha$ at the end.
#
# Numbers of filters are whole, so $w_i$ is rounded to the **nearest** integer, but only when it is used:
# the next one grows from the exact value. (The paper writes it with a rounding down in each step; the
# authors' program is as here, and only so are their numbers of parameters reached.)


# %% nbgrader={"grade": false, "grade_id": "pyramid_widths_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pyramid_widths(blocks, alpha, start=16, multiplicative=False):
    """The widths of all blocks of a PyramidNet.

    Args:
        blocks: N, the number of blocks of all stages together.
        alpha: what is added from the stem to the last block, or the factor between them.
        start: filters of the stem.
        multiplicative: whether alpha is a factor.

    Returns:
        N integers, those of the blocks 1 to N. (No width to be rounded ends in exactly .5.)
    """
    ### BEGIN SOLUTION
    if multiplicative:
        return [round(start * alpha ** (i / blocks)) for i in range(1, blocks + 1)]
    return [round(start + alpha * i / blocks) for i in range(1, blocks + 1)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pyramid_widths", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("pyramid_widths", pyramid_widths)

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(8, 4))
    numbers = np.arange(1, 55)
    panels[0, 0].step(
        numbers, np.repeat([16, 32, 64], 18), where="mid", color="grey", label="ResNet-110"
    )
    panels[0, 0].plot(numbers, pyramid_widths(54, 48), label="additive, α = 48")
    panels[0, 0].plot(
        numbers, pyramid_widths(54, 4, multiplicative=True), label="multiplicative, α = 4"
    )
    panels[0, 0].set_xlabel("block")
    panels[0, 0].set_ylabel("filters")
    panels[0, 0].set_ylim(bottom=0)
    panels[0, 0].set_title("Three ways from 16 to 64 filters in 54 blocks")
    panels[0, 0].legend()
figure

# %% [markdown]
# Now nearly every block has more filters than the one before, and a projection in each would be no
# identity any more. So the shortcut is option A everywhere, as in your `padding_shortcut` of the ResNet
# notebook, section 2: of the pixels every row and column whose number is a multiple of the stride,
# beginning with the first, and after the old channels as many of zeros as are missing. (The authors'
# program subsamples by averaging 2 × 2 pixels; the parameters are the same.)
#
# The block of width $w$, with nothing after its addition:
#
# | basic | bottleneck |
# |---|---|
# | BN | BN |
# | 3 × 3 convolution, $w$ filters, with the stride | 1 × 1 convolution, $w$ filters |
# | BN, ReLU | BN, ReLU |
# | 3 × 3 convolution, $w$ filters | 3 × 3 convolution, $w$ filters, with the stride |
# | BN | BN, ReLU |
# | | 1 × 1 convolution, $4w$ filters |
# | | BN |
#
# There is **no ReLU before the first convolution**, and a BN **after the last**: the authors found that
# fewer ReLUs and one BN more help. No convolution has a bias.
#
# | part of the network | |
# |---|---|
# | stem | 3 × 3 convolution with `width` filters, BN, no ReLU |
# | three stages of $n$ blocks | widths from `pyramid_widths` for $N = 3n$; stages 2 and 3 begin with stride 2 |
# | end | BN, ReLU, global average pooling, fully connected, softmax |
#
# A depth is $6n + 2$ for basic blocks, and $9n + 2$ for bottlenecks.


# %% nbgrader={"grade": false, "grade_id": "pyramidnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pyramid_block(x, filters, strides=1, bottleneck=False, name="block"):
    """A block of a PyramidNet.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: the width w; the output has as many channels, or 4 w with a bottleneck.
        strides: of one 3 x 3 convolution and of the shortcut.
        bottleneck: whether the block has three convolutions.
        name: of the block, only for pictures.

    Returns:
        `(batch, height / strides, width / strides, w or 4 w)`
    """
    ### BEGIN SOLUTION
    plan = [(filters, 3, strides), (filters, 3, 1)]
    if bottleneck:
        plan = [(filters, 1, 1), (filters, 3, strides), (4 * filters, 1, 1)]
    y = layers.BatchNormalization(name=f"{name}_0_bn")(x)
    for number, (width, kernel_size, stride) in enumerate(plan, start=1):
        if number > 1:
            y = layers.ReLU(name=f"{name}_{number - 1}_relu")(y)
        y = conv(y, width, kernel_size, stride, name=f"{name}_{number}")
        y = layers.BatchNormalization(name=f"{name}_{number}_bn")(y)
    x = x[:, ::strides, ::strides]
    x = ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, y.shape[-1] - x.shape[-1]]])
    return layers.Add(name=f"{name}_add")([y, x])
    ### END SOLUTION


def pyramidnet(depth, alpha, bottleneck=False, classes=10, input_shape=(32, 32, 3), width=16):
    """An additive PyramidNet for small images.

    Reference: Han et al. 2017, Deep Pyramidal Residual Networks.

    Args:
        depth: 6 n + 2, with bottlenecks 9 n + 2, for n blocks in each of the three stages.
        alpha: what the width grows by, from the stem to the last block.
        bottleneck: of all blocks.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.
        width: filters of the stem.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    blocks = (depth - 2) // (9 if bottleneck else 6)
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 3, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    for number, filters in enumerate(pyramid_widths(3 * blocks, alpha, width)):
        strides = 2 if number in (blocks, 2 * blocks) else 1
        name = f"stage{number // blocks + 1}_{number % blocks + 1}"
        x = pyramid_block(x, filters, strides, bottleneck, name=name)
    x = layers.BatchNormalization(name="last_bn")(x)
    x = layers.ReLU(name="last_relu")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pyramidnet", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("pyramidnet", pyramidnet)

# %% [markdown]
# Your four networks beside what the slides print (*CNN Benchmark Models*, Summary of Popular CNN Models).
# The errors are reported for CIFAR-10.

# %% tags=["display"]
PYRAMIDS = {  # depth, alpha, bottleneck: facts with the parameters in millions, the error in percent
    (110, 48, False): ("F1015", "F1016"),
    (110, 84, False): ("F1017", "F1018"),
    (110, 270, False): ("F1019", "F1020"),
    (164, 270, True): ("F1021", "F1022"),
}
print("layers   alpha   parameters   printed   G multiply-adds   error printed")
for (depth, alpha, bottleneck), fact_ids in PYRAMIDS.items():
    table = costs.count(lambda d=depth, a=alpha, b=bottleneck: pyramidnet(d, a, b))
    millions, error = (slides.fact(fact_id).printed for fact_id in fact_ids)
    print(
        f"{depth:6} {alpha:7} {table.trainable_parameters:>12,} {millions:>7} M"
        f" {table.macs / 1e9:>17.3f} {error:>13} %"
    )

# %% [markdown]
# All are a little larger than printed, by at most 5 %: 3,904,446 should print as 3.9. And two columns of
# these rows are wrong. ("conv" and "FC" are numbers of layers, convolutional and fully connected.)
#
# | model | layers | conv | FC | kernels | M parameters | error (%) |
# |---|---|---|---|---|---|---|
# | PyramidNet (2017) | 110, α = 48 | 109 | 0 | 1x1 3x3 | 1.7 | 4.58 |
#
# - `fully_connected`: what should stand under FC instead of 0?
# - `features`: how many numbers does the last layer read for each image, in each of the four
#   networks of the table above? A list, from the first row to the last.
# - `kernels`: the sides of the kernels that the convolutions of **this** row's network have, a list.

# %% nbgrader={"grade": false, "grade_id": "pyramid_row_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form; sums and products are welcome:
# pyramid_row = {"fully_connected": ..., "features": [..., ..., ..., ...], "kernels": [...]}
### BEGIN SOLUTION
pyramid_row = {
    "fully_connected": 1,
    "features": [16 + 48, 16 + 84, 16 + 270, 4 * (16 + 270)],
    "kernels": [3],
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "pyramid_row", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("pyramid_row", pyramid_row)

# %% tags=["display"]
erratum = slides.erratum("E37")
print(f"{erratum.id}, {erratum.title}: {erratum.cause}")

# %% [markdown]
# ## 4. Which idea buys most?
#
# Every paper compares its own idea with the others, at a size that suits it. Here all get the same
# budget of parameters, the same images and the same training, and you compare. The five contenders are
# made of what you have built in this notebook, and each has a single number left to choose, its width
# $w$:
#
# | contender | what it is | what it spends its parameters on |
# |---|---|---|
# | `plain` | column 3 of three fractal blocks: twelve 3 × 3 convolutions in a row, and no shortcut | depth |
# | `fractal` | the same blocks with all three columns | short and long paths |
# | `dense` | three blocks of three dense layers | connections |
# | `pyramid` | a PyramidNet of 14 layers, which grows from $w$ to $4w$ filters | depth, with shortcuts |
# | `shallow` | a PyramidNet of 8 layers | width, with shortcuts |
#
# Max pooling of 2 × 2 pixels follows the first two fractal blocks, as in the paper, and each block has
# twice the filters of the one before.


# %%
def contender(name, width):
    """The network of this name and width, for colour images of 16 x 16 pixels."""
    shape = (16, 16, 3)
    if name == "dense":
        return densenet((3, 3, 3), width, width=2 * width, input_shape=shape)
    if name == "pyramid":
        return pyramidnet(14, 3 * width, width=width, input_shape=shape)
    if name == "shallow":
        return pyramidnet(8, 3 * width, width=width, input_shape=shape)
    if name not in ("plain", "fractal"):
        raise ValueError(f"There is no contender {name!r}.")
    x = image = keras.Input(shape, name="image")
    for stage in range(3):
        if stage > 0:
            x = layers.MaxPooling2D(2)(x)
        x = fractal(x, width * 2**stage, 3, column=3 if name == "plain" else None)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(10, activation="softmax")(x))


# %% [markdown]
# How wide may each be? The largest width whose network has at most so many trainable parameters is
# found on blueprints, which allocate no weight. (Widths are whole numbers, so some contenders stay a
# little below the budget.)


# %%
def widest(name, budget):
    """The largest width of a contender that a budget of trainable parameters allows."""

    def parameters(width):
        return costs.count(lambda: contender(name, width)).trainable_parameters

    width = 1
    while parameters(width + 1) <= budget:
        width += 1
    return width


# %% tags=["display"]
PARAMETERS = 45_000
networks, tables = {}, {}
for name in ("plain", "fractal", "dense", "pyramid", "shallow"):
    width = widest(name, PARAMETERS)
    networks[name] = lambda name=name, width=width: contender(name, width)
    tables[name] = costs.count(networks[name])
    print(
        f"{name:9} w = {width}: {tables[name].trainable_parameters:,} parameters, "
        f"{tables[name].macs / 1e6:.2f} million multiply-adds"
    )

# %% [markdown]
# About the same number of parameters, but not the same work: which contender pays most multiply-adds
# for each parameter, and why? And which will be the most accurate? Decide before you go on.
#
# The images are those of `shapes32`, half as high and half as wide. First twenty of them by heart, as
# always; then all 4,200, five times each.

# %% tags=["display"]
shapes = data.load("shapes32")


def shrink(images):
    """Half as high and half as wide: the mean of every 2 x 2 pixels."""
    batch, height, width, channels = images.shape
    return images.reshape(batch, height // 2, 2, width // 2, 2, channels).mean(axis=(2, 4))


seen, unseen = shrink(shapes.train.images), shrink(shapes.validation.images)
histories, errors = {}, {}


def compiled(name, rate):
    """A new network of this contender, ready to be trained."""
    training.set_seed(0)
    network = networks[name]()
    network.compile(
        keras.optimizers.Adam(rate),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    return network


def compete(name, epochs=5):
    """Train a contender, and keep what happened and its error on the validation images."""
    steps = epochs * int(np.ceil(len(seen) / 64))
    network = compiled(name, keras.optimizers.schedules.CosineDecay(0.01, steps))
    histories[name] = training.fit(network, (seen, shapes.train.labels), epochs=epochs)
    chosen = network.predict(unseen, verbose=0).argmax(axis=-1)
    errors[name] = 100 * np.mean(chosen != shapes.validation.labels)
    print(f"{name}: {errors[name]:.1f} % of the validation images are wrong")


training.by_heart(compiled("plain", 0.01), seen[:20], shapes.train.labels[:20])
compete("plain")
compete("fractal")

# %% [markdown]
# The other three:

# %% tags=["display"]
compete("dense")
compete("pyramid")
compete("shallow")

# %% [markdown]
# ### Who is beaten by whom?
#
# With two numbers for each network, cost and error, there is no single order any more. One network
# *dominates* another if it costs **no more and errs no more**, and is better in **at least one** of the
# two. The networks that nobody dominates are the *Pareto front*: whoever chooses sensibly chooses one of
# them.


# %% nbgrader={"grade": false, "grade_id": "pareto_front_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pareto_front(points):
    """The networks that no other network dominates.

    Args:
        points: `{name: (cost, error)}`, both better if smaller. Networks with the same cost and the
            same error do not dominate each other.

    Returns:
        A list of the names on the front, in alphabetical order (as `sorted` gives it).
    """

    ### BEGIN SOLUTION
    def dominates(one, other):
        return one[0] <= other[0] and one[1] <= other[1] and one != other

    return sorted(
        name
        for name, point in points.items()
        if not any(dominates(tuple(other), tuple(point)) for other in points.values())
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pareto_front", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("pareto_front", pareto_front)

# %% [markdown]
# Your five runs. Down is better, left is cheaper; the line is the front of the right panel.

# %% tags=["display"]
front = pareto_front({name: (tables[name].macs, errors[name]) for name in errors})
plots.trade_off(
    errors,
    {
        "trainable parameters (thousands)": {
            name: tables[name].trainable_parameters / 1e3 for name in errors
        },
        "multiply-adds (millions)": {name: tables[name].macs / 1e6 for name in errors},
    },
    value_label="error on validation images (%)",
    groups={
        name: "on the front of error and multiply-adds" if name in front else "dominated"
        for name in errors
    },
    joined=["on the front of error and multiply-adds"],
    title="Five ideas, one budget of 45,000 parameters (yours, shapes32 at 16 × 16)",
)

# %% [markdown]
# Be careful with what you read from it. One training from one seed, on 600 images: the same network can
# differ by ten percent from seed to seed, and after five epochs the networks that learn fast are ahead,
# not those that end best. Change the seed in `compiled` and run its cell and the two after it again:
# which differences stay?
#
# And what the papers report, for CIFAR-10 (*CNN Benchmark Models*, Summary of Popular CNN Models):
# networks a thousand times as expensive, trained for hundreds of epochs. Multiply-adds are those of the
# cost model, of your PyramidNets and of what you built in *ResNet*, section 7.

# %% tags=["display"]
REPORTED = {  # name: fact with the error on CIFAR-10, trained parameters, multiply-adds
    "ResNet-20": ("F0990", 269_722, 40_551_040),
    "ResNet-32": ("F0994", 464_154, 68_862_592),
    "ResNet-56": ("F0998", 853_018, 125_485_696),
    "ResNet-110": ("F1002", 1_727_962, 252_887_680),
    "ResNet-1202": ("F1006", 19_421_274, 2_829_238_912),
}
for depth, alpha, bottleneck, fact_id in [
    (110, 48, False, "F1016"),
    (110, 84, False, "F1018"),
    (110, 270, False, "F1020"),
    (164, 270, True, "F1022"),
]:
    table = costs.count(lambda d=depth, a=alpha, b=bottleneck: pyramidnet(d, a, b))
    REPORTED[f"Pyramid-{depth}, α = {alpha}"] = (fact_id, table.trainable_parameters, table.macs)

plots.trade_off(
    {name: float(slides.fact(fact_id).printed) for name, (fact_id, *_) in REPORTED.items()},
    {
        "trainable parameters (millions)": {n: found[1] / 1e6 for n, found in REPORTED.items()},
        "multiply-adds (billions)": {n: found[2] / 1e9 for n, found in REPORTED.items()},
    },
    value_label="error on CIFAR-10 (%)",
    groups={name: name.partition("-")[0] for name in REPORTED},
    title="What the papers report (CIFAR-10)",
)

# %% [markdown]
# ### Which idea would you take?
#
# Look at both figures. Which idea bought most for its parameters, which for its multiply-adds? Why can
# the order on 45,000 parameters be another one than on 1.7 million? Write three sentences; they are not
# graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# Depth: in ours, with three seeds, the three deep networks had 7 to 24 percent of errors and changed
# places, the shallow pyramid had 27 to 33 and the dense network 33 to 38. Twelve layers need no shortcut
# yet, so the plain chain keeps up, and it costs the fewest multiply-adds but for the fractal. The dense
# network costs the most: it reads the same maps again and again, most of them at full resolution. In
# the papers' table PyramidNet-110 with α = 48 has the parameters of ResNet-110 and 1.85 points less
# error, for 1.6 times the multiply-adds; a plain chain of 110 layers has more than 60 % of errors there
# (He et al. 2016, Figure 6). On 45,000 parameters and in five epochs what counts is how fast a network
# learns: what shortcuts and concatenations gain needs more layers, more time and more data.
#
# </details>
