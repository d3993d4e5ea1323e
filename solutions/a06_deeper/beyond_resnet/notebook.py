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
# # Beyond ResNet
#
# After 2015 depth was no longer the question: a network of 152 layers trains, and one of 1,202 does, too.
# What else can a block be? The last slides of *Lecture 9* show five answers, and the table of *CNN
# Benchmark Models* (Summary of Popular CNN Models) has a sixth. In this notebook you build three that keep ResNet's skeleton and change what hangs on it:
#
# - **SE blocks** let a network turn its own maps up and down, and won ILSVRC 2017 (section 1);
# - **Wide ResNet** spends its weights on width instead of depth (section 2);
# - **ResNeXt** splits a block into many narrow paths, at the same price (section 3).
#
# The other three (DenseNet, FractalNet, PyramidNet) are in the notebook *DenseNet and its time*, where
# small ones of all kinds compete. Every number that the slides print of these networks you will count on
# your own.
#
# Allow about two and a half hours; each section stands for itself. You should have solved *ResNet*
# before: its blocks are given here. Any style is welcome in your answers: layers one by one, `Sequential`, blocks as
# classes. The checks compare what a network *is* and what it *computes*, not how it is written.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides, training
from course_lib.blueprints import blueprint
from course_lib.structure import canonical, draw

import time

import keras
import numpy as np
from IPython.display import display
from keras import layers, ops

# %% [markdown]
# ## What is given
#
# A block is a function from a tensor to a tensor. For checks and drawings, `as_model` makes a whole
# model of it, and `drawn` draws what a builder makes.


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
    """A convolution with K // 2 zeros on every side, without bias; He initialization."""
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
# The bottleneck of *ResNet* comes in two pieces here, because this notebook puts things between them:
# the *branch*, up to and with its last batch normalization, and the *join*, that is the shortcut, the
# addition and the last ReLU. The stride is in the 3 × 3 convolution (*v1.5*), as in most programs today.


# %%
def bottleneck_branch(x, filters, strides=1, middle=None, name="block"):
    """1 x 1, 3 x 3 with the stride, 1 x 1, each with BN; ReLU after the first two.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: a quarter of the channels of the result.
        strides: of the 3 x 3 convolution.
        middle: filters of the first two convolutions; `filters` by default.
        name: of the block; its layers add to it.

    Returns:
        `(batch, height / strides, width / strides, 4 * filters)`.
    """
    middle = filters if middle is None else middle
    y = conv(x, middle, 1, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, middle, 3, strides, name=f"{name}_2")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = conv(y, 4 * filters, 1, name=f"{name}_3")
    return layers.BatchNormalization(name=f"{name}_3_bn")(y)


def join(x, y, strides=1, name="block"):
    """relu(shortcut + branch).

    Args:
        x: the input of the block.
        y: its branch. Where the shapes differ, x goes through a 1 x 1 convolution and BN.
        strides: of the block.
        name: of the block; its layers add to it.
    """
    if x.shape != y.shape:
        x = conv(x, y.shape[-1], 1, strides, name=f"{name}_shortcut")
        x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return layers.ReLU(name=f"{name}_relu")(layers.Add(name=f"{name}_add")([y, x]))


def bottleneck_block(x, filters, strides=1, middle=None, name="block"):
    """The bottleneck block of ResNet v1.5; arguments as in `bottleneck_branch`."""
    return join(x, bottleneck_branch(x, filters, strides, middle, name), strides, name)


# %% [markdown]
# And the network around the blocks. With another block it is another network:


# %%
def residual_network(block, blocks, stem="7x7", width=64, classes=1000, input_shape=(224, 224, 3)):
    """The stem of ResNet, stages of any block, and its head.

    Args:
        block: called as `block(x, filters, strides, name=name)`.
        blocks: number of blocks in each stage. The first stage has `filters=width`, each later one
            twice as many, and stride 2 in its first block.
        stem: `"7x7"` for ImageNet (stride 2, BN, ReLU, 3 x 3 max pool with stride 2) or `"3x3"`
            for small images (stride 1, BN, ReLU, no pool).
        width: filters of the stem and of the first stage.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    image = keras.Input(input_shape, name="image")
    x = (
        conv(image, width, 7, 2, name="stem")
        if stem == "7x7"
        else conv(image, width, 3, name="stem")
    )
    x = layers.BatchNormalization(name="stem_bn")(x)
    x = layers.ReLU(name="stem_relu")(x)
    if stem == "7x7":
        x = layers.ZeroPadding2D(1, name="stem_pool_pad")(x)
        x = layers.MaxPooling2D(3, 2, name="stem_pool")(x)
    for stage, count in enumerate(blocks):
        for number in range(count):
            strides = 2 if stage > 0 and number == 0 else 1
            x = block(x, width * 2**stage, strides, name=f"stage{stage + 1}_{number + 1}")
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))


# %% [markdown]
# With `bottleneck_block` this is ResNet-50, to the last parameter:

# %% tags=["display"]
resnet_50 = costs.count(lambda: residual_network(bottleneck_block, (3, 4, 6, 3)))
print(f"{resnet_50.trainable_parameters:,} trainable parameters (25,557,032 in *ResNet*)")
print(f"{resnet_50.macs:,} multiply-adds")

# %% [markdown]
# ## 1. Squeeze and excitation
#
# Every map of a convolution counts the same, whatever the image shows. Hu et al. (2017,
# *Squeeze-and-Excitation Networks*) "*add a 'feature recalibration' module that learns to adaptively
# reweight feature maps*" (*Lecture 9*, Improving ResNets: SENet): *global information*, from a global
# average pooling, goes through *2 FC layers used to determine feature map weights*. With that they won
# the classification of ILSVRC 2017.
#
# For $C$ maps $x_c$ of $H \times W$ pixels and a *reduction* $r$:
#
# - **squeeze**: each map becomes one number, $z_c = \frac{1}{HW} \sum_{i,j} x_{c,i,j}$;
# - **excite**: $s = \sigma(W_2\, \text{relu}(W_1 z + b_1) + b_2)$, with $W_1$ from $C$ to $C / r$ and $W_2$ back to
#   $C$ numbers; $\sigma$ is the sigmoid, so each *gate* $s_c$ lies between 0 and 1;
# - **scale**: $y_{c,i,j} = s_c\, x_{c,i,j}$, one gate for the whole map.
#
# Both fully connected layers have biases, as in the authors' program.


# %% nbgrader={"grade": false, "grade_id": "squeeze_excite_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squeeze_excite(x, ratio=16, name="se"):
    """Weight the maps of a tensor by gates that are computed from all of them.

    Global average pooling; a fully connected layer of `channels // ratio` units with biases and
    ReLU; another one of `channels` units with biases and sigmoid; the product with x.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        ratio: the reduction r. If it does not divide the channels, round down.
        name: beginning of the layers' names, if you give them names.

    Returns:
        A tensor of the shape of x.
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    gates = layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_squeeze")(x)
    gates = layers.Dense(channels // ratio, activation="relu", name=f"{name}_1")(gates)
    gates = layers.Dense(channels, activation="sigmoid", name=f"{name}_2")(gates)
    return layers.Multiply(name=f"{name}_scale")([x, gates])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "squeeze_excite", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("squeeze_excite", as_model(squeeze_excite))

# %% tags=["display"]
drawn(as_model(squeeze_excite), (56, 56, 256), title="Squeeze and excitation on 56 × 56 × 256")

# %% [markdown]
# What do gates do? A small network of three convolutions with your block after the last one, trained on
# coloured shapes for some seconds. A gate is what comes out of your block divided by what goes in. On
# the left one image of each class; in the middle the mean gates of each class; on the right what the
# network turns up and down in one image.


# %% tags=["display"]
def gated_network(maps=32):
    """Three convolutions and a squeeze-and-excitation block, and what goes in and out of it."""
    image = keras.Input((32, 32, 3))
    x = image
    for filters, strides in [(16, 1), (32, 2), (maps, 2)]:
        x = conv(x, filters, 3, strides)
        x = layers.ReLU()(layers.BatchNormalization()(x))
    gated = squeeze_excite(x, 4)
    y = layers.GlobalMaxPooling2D()(gated)
    model = keras.Model(image, layers.Dense(10, activation="softmax")(y))
    return model, keras.Model(image, [x, gated])


shapes = data.load("shapes32")
training.set_seed(4)
network, around_the_gates = gated_network()
network.compile(
    keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"]
)
training.fit(network, shapes.train.take(3000), epochs=8, batch_size=32, seed=4)

some = shapes.validation.take(500)
incoming, outgoing = (np.asarray(maps) for maps in around_the_gates.predict(some.images, verbose=0))
gates = outgoing.sum(axis=(1, 2)) / np.maximum(incoming.sum(axis=(1, 2)), 1e-9)
alive = incoming.max(axis=(0, 1, 2)) > 0  # a map that is zero everywhere tells no gate
mean_gates = np.array([gates[some.labels == number].mean(axis=0) for number in range(10)])
order = [c for c in np.argsort(mean_gates.mean(axis=0)) if alive[c]]
example = int(np.flatnonzero(some.labels == 6)[0])
loud = incoming[example].max(axis=(0, 1))
by_gate = [c for c in np.argsort(gates[example]) if loud[c] > 0.25 * loud.max()]

with plots.style():
    figure, panels = plots.new_figure(
        10, 6, figsize=(13, 6.2), width_ratios=(1, 5, 0.4, 2.4, 2.4, 2.4)
    )
    grid = panels[0, 0].get_gridspec()
    for number in range(10):
        axes = panels[number, 0]
        axes.imshow(some.images[np.flatnonzero(some.labels == number)[0]])
        axes.set_axis_off()
    for axes in panels[:, 1:].flat:
        axes.remove()
    middle = figure.add_subplot(grid[:, 1])
    drawn_gates = middle.imshow(mean_gates[:, order], vmin=0, vmax=1, aspect="auto", cmap="viridis")
    middle.set_yticks(range(10), labels=shapes.class_names)
    middle.set_xlabel("channel, sorted by its mean gate")
    middle.set_title("Mean gate of each class")
    middle.grid(False)
    figure.colorbar(drawn_gates, cax=figure.add_subplot(grid[1:9, 2]), label="gate")
    for row, (what, maps) in enumerate([("in", incoming), ("out", outgoing)]):
        for column, channel in enumerate([by_gate[0], by_gate[len(by_gate) // 2], by_gate[-1]]):
            axes = figure.add_subplot(grid[5 * row : 5 * row + 5, 3 + column])
            axes.imshow(maps[example, :, :, channel], cmap="magma", vmin=0, vmax=loud[channel])
            gate = gates[example, channel]
            axes.set_title(f"{what}: channel {channel}" if row == 0 else f"{what}: × {gate:.2f}")
            axes.set_xticks([])
            axes.set_yticks([])
            axes.grid(False)
    figure.suptitle("Gates of a trained squeeze-and-excitation block, and three maps of one star")
figure

# %% [markdown]
# Some gates are as good as open for every class, some as good as shut; others tell classes apart. In which
# row do you see that most? (A map and what becomes of it are drawn on one scale.)
#
# What does a block cost? Two matrices of $C \cdot C/r$ weights are $2 C^2 / r$; the biases are $C/r + C$
# more. Where $r$ does not divide $C$, $C/r$ is rounded down. Write it down for any block:


# %% nbgrader={"grade": false, "grade_id": "se_weights_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def se_weights(channels, ratio=16, biases=True):
    """Parameters of one squeeze-and-excitation block.

    Args:
        channels: C.
        ratio: r; the layer between has `channels // ratio` units.
        biases: whether to count the biases of both layers.

    Returns:
        Their number.
    """
    ### BEGIN SOLUTION
    units = channels // ratio
    return 2 * channels * units + (units + channels if biases else 0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "se_weights", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("se_weights", se_weights)

# %% [markdown]
# ### Where does it stand?
#
# In a residual block the gates weight the **branch**: after its last batch normalization, **before** the
# addition. The shortcut stays as it is, and the last ReLU of the block comes after the addition, as ever.
# Write that block, with the given pieces or without.


# %% nbgrader={"grade": false, "grade_id": "se_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def se_block(x, filters, strides=1, ratio=16, name="block"):
    """A bottleneck block whose branch has gates.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: as in `bottleneck_branch`; the gates weight `4 * filters` maps.
        strides: of the 3 x 3 convolution and of the shortcut.
        ratio: of `squeeze_excite`.
        name: of the block; its layers add to it.

    Returns:
        `(batch, height / strides, width / strides, 4 * filters)`.
    """
    ### BEGIN SOLUTION
    y = bottleneck_branch(x, filters, strides, name=name)
    return join(x, squeeze_excite(y, ratio, name=f"{name}_se"), strides, name)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "se_block", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("se_block", as_model(se_block))

# %% [markdown]
# Now SE-ResNet: the given network with your block in every place.


# %% nbgrader={"grade": false, "grade_id": "se_resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def se_resnet(blocks, ratio=16, width=64, classes=1000, input_shape=(224, 224, 3)):
    """A residual network for ImageNet with gates in every block.

    Reference: Hu et al. 2017, Squeeze-and-Excitation Networks, Table 1.

    Args:
        blocks: number of blocks in each stage.
        ratio: of all gates.
        width: filters of the stem and of the first stage, as in `residual_network`.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`; the stem is `"7x7"`.
    """
    ### BEGIN SOLUTION

    def block(x, filters, strides, name):
        return se_block(x, filters, strides, ratio, name)

    return residual_network(block, blocks, "7x7", width, classes, input_shape)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "se_resnet", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("se_resnet", se_resnet)

# %% [markdown]
# ### Predict before you run
#
# SE-ResNet-50 has a tenth more parameters than ResNet-50. Which of its four stages do most of them
# belong to? And by how much do you expect the multiply-adds to grow?

# %% tags=["display"]
BLOCKS = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3)}
print("network          trainable   multiply-adds")
for depth, blocks in BLOCKS.items():
    plain = costs.count(lambda b=blocks: residual_network(bottleneck_block, b))
    gated = costs.count(lambda b=blocks: se_resnet(b))
    for name, table in [(f"ResNet-{depth}", plain), (f"SE-ResNet-{depth}", gated)]:
        print(f"{name:14} {table.trainable_parameters:>11,} {table.macs:>15,}")
    more = gated.trainable_parameters / plain.trainable_parameters - 1
    print(f"{'':14} {more:>+11.1%} {gated.macs / plain.macs - 1:>+15.2%}")

extra = [count * se_weights(256 * 2**stage) for stage, count in enumerate(BLOCKS[50])]
with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(7.5, 3.2))
    axes = panels[0, 0]
    axes.bar(range(1, 5), [number / 1e6 for number in extra], color=plots.COLOURS[0])
    for stage, (count, number) in enumerate(zip(BLOCKS[50], extra, strict=True), start=1):
        text = f"{count} × {se_weights(128 * 2**stage):,}"
        axes.text(stage, number / 1e6 + 0.03, text, ha="center", fontsize=9)
    axes.set_xticks(range(1, 5))
    axes.set_ylim(0, 1.8)
    axes.set_xlabel("stage")
    axes.set_ylabel("million parameters")
    axes.set_title(f"Gates of SE-ResNet-50: {sum(extra):,} parameters")
    axes.grid(axis="x", visible=False)
figure

# %% [markdown]
# Two questions; write two sentences for each (they are not graded). Why do the operations grow by less
# than a thousandth when the parameters grow by a tenth? And what would happen in a network of 16 blocks
# if the gates stood *after* the addition, when they all start near $\sigma(0)$?

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# A weight of a convolution works once for each pixel, a weight of the gates once for each image: there
# are two and a half million of these, so the network needs two and a half million multiply-adds more, of
# four billion.
#
# After the addition the gates would weight the shortcut, too. Near one half each, sixteen in a row let
# $2^{-16}$ of a signal through, and of its gradient as much: the identity, for which the shortcut was
# invented, would be gone.
#
# </details>

# %% [markdown]
# ## 2. Wide instead of deep
#
# Zagoruyko and Komodakis argue in 2016 that *residuals are the important factor, not depth*. Their *Wide
# Residual Networks* have "*F x k filters instead of F filters in each layer*" (*Lecture 9*, Improving
# ResNets: Wide Residual Networks). Their block is the pre-activation block that you have built in
# *ResNet*, with one thing more: **dropout between the two convolutions**, since wide layers have weights
# enough to learn examples by heart.
#
# | branch | shortcut |
# |---|---|
# | $h$ = BN, ReLU | $x$ itself where the shapes agree, |
# | 3 × 3 convolution of $h$ with the stride of the block | else 1 × 1 convolution of $h$ with the stride, |
# | BN, ReLU, dropout | without BN |
# | 3 × 3 convolution | |
#
# then the addition, and nothing after it. All convolutions are as in `conv`: no bias, $\lfloor K/2
# \rfloor$ zeros on every side. The figure of the paper shows only that the dropout stands between the
# convolutions; the authors' program has it where the table has it, after the second ReLU.


# %% nbgrader={"grade": false, "grade_id": "wide_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def wide_block(x, filters, strides=1, dropout=0.0, name="block"):
    """A pre-activation block with dropout between its convolutions.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: number of filters of both convolutions.
        strides: of the first convolution and of the shortcut.
        dropout: the share of values that is dropped. With 0 a dropout layer may be there or not.
        name: of the block; its layers add to it.

    Returns:
        `(batch, height / strides, width / strides, filters)`.
    """
    ### BEGIN SOLUTION
    h = layers.BatchNormalization(name=f"{name}_1_bn")(x)
    h = layers.ReLU(name=f"{name}_1_relu")(h)
    y = conv(h, filters, 3, strides, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    if dropout > 0:
        y = layers.Dropout(dropout, name=f"{name}_dropout")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    if x.shape != y.shape:
        x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "wide_block", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("wide_block", as_model(wide_block))

# %% tags=["display"]
drawn(as_model(wide_block), (32, 32, 16), 160, dropout=0.3, title="The first block of WRN-28-10")

# %% [markdown]
# The networks for CIFAR are called WRN-$d$-$k$: $d$ layers, $k$ times as wide as the narrowest.
#
# | part | output for 32 × 32 | layers |
# |---|---|---|
# | stem | 32 × 32 | 3 × 3 convolution, `width` filters, **alone** and whatever $k$ is |
# | stage 1 | 32 × 32 | $n$ blocks of `k * width` filters |
# | stage 2 | 16 × 16 | $n$ blocks of `2 * k * width` filters, stride 2 in the first |
# | stage 3 | 8 × 8 | $n$ blocks of `4 * k * width` filters, stride 2 in the first |
# | head | 1 × 1 | BN, ReLU, global average pooling, fully connected with `classes` outputs, softmax |
#
# In each stage there are $n$ blocks of two convolutions and one projection. With the stem that makes $d
# = 6n + 4$ layers, so $n = (d - 4) / 6$. (In *ResNet* projections did not count, and there was no
# projection in stage 1: $6n + 2$.)


# %% nbgrader={"grade": false, "grade_id": "wide_resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def wide_resnet(depth, k, dropout=0.0, classes=10, input_shape=(32, 32, 3), width=16):
    """WRN-depth-k for small images.

    Reference: Zagoruyko and Komodakis 2016, Wide Residual Networks, Table 1.

    Args:
        depth: 6n + 4.
        k: the widening factor.
        dropout: of every block.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.
        width: filters of the stem; k times as many in stage 1.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 3, name="stem")
    for stage in range(3):
        for block in range((depth - 4) // 6):
            strides = 2 if stage > 0 and block == 0 else 1
            name = f"stage{stage + 1}_{block + 1}"
            x = wide_block(x, k * width * 2**stage, strides, dropout, name=name)
    x = layers.BatchNormalization(name="last_bn")(x)
    x = layers.ReLU(name="last_relu")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "wide_resnet", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("wide_resnet", wide_resnet)

# %% [markdown]
# ### What grows with k, and what with k²?
#
# Put WRN-28-$k$ beside WRN-28-1. How many times as many are there of
#
# - `stem`: weights of the first convolution of the network;
# - `first`: weights of the first 3 × 3 convolution of the very first block;
# - `second`: weights of the second 3 × 3 convolution of any block;
# - `norm`: parameters of the batch normalization before that convolution;
# - `classifier`: weights (without biases) of the last layer;
# - `macs`: multiply-adds of the convolution `second`;
# - `values`: numbers in the output of the convolution `second`, which must be kept for the backward pass?


# %% nbgrader={"grade": false, "grade_id": "wide_growth_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def wide_growth(k):
    """How many times as much WRN-28-k has, compared with WRN-28-1.

    Args:
        k: the widening factor, a whole number of at least 1.

    Returns:
        `{"stem": ..., "first": ..., "second": ..., "norm": ..., "classifier": ..., "macs": ...,
        "values": ...}`
    """
    ### BEGIN SOLUTION
    linear, square = k, k**2
    return {
        "stem": 1,
        "first": linear,
        "second": square,
        "norm": linear,
        "classifier": linear,
        "macs": square,
        "values": linear,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "wide_growth", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("wide_growth", wide_growth)

# %% [markdown]
# Counted on your networks. Twice as wide costs four times as much; twice as deep, twice as much:

# %% tags=["display"]
NAMES = [
    (16, 4),
    (16, 8),
    (22, 8),
    (28, 1),
    (28, 2),
    (28, 10),
    (28, 12),
    (40, 1),
    (40, 2),
    (40, 4),
    (40, 8),
]
wide = {(depth, k): costs.count(lambda d=depth, k=k: wide_resnet(d, k)) for depth, k in NAMES}
print("network      trainable   multiply-adds")
for (depth, k), table in wide.items():
    print(f"WRN-{depth}-{k:<4} {table.trainable_parameters:>11,} {table.macs:>15,}")

factors = [1, 2, 4, 8, 12]
with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 3.8))
    left, right = panels[0]
    for depth, colour in zip((16, 28, 40), plots.COLOURS, strict=False):
        grown = [costs.count(lambda d=depth, k=k: wide_resnet(d, k)) for k in factors]
        sizes = [table.trainable_parameters / 1e6 for table in grown]
        left.loglog(factors, sizes, "o-", color=colour, label=f"WRN-{depth}-k")
        if depth == 28:
            squares = [sizes[0] * k**2 for k in factors]
            left.loglog(factors, squares, "--", color="0.4", label="k² · WRN-28-1")
            memory = [table.activation_bytes for table in grown]
            right.plot(
                factors, [t.macs / grown[0].macs for t in grown], "o-", label="multiply-adds"
            )
            right.plot(
                factors, [b / memory[0] for b in memory], "s-", label="memory of all outputs"
            )
    left.set_xticks(factors, labels=factors)
    left.minorticks_off()
    left.set_xlabel("k")
    left.set_ylabel("million parameters")
    left.set_title("Parameters grow with k²")
    left.legend(fontsize=9)
    right.set_xlabel("k")
    right.set_ylabel("times WRN-28-1")
    right.set_title("WRN-28-k: work grows with k², memory with k")
    right.legend(fontsize=9)
figure

# %% [markdown]
# ### 50 wide layers against 152
#
# "*50-layer wide ResNet outperforms 152-layer original ResNet*" and "*increasing width instead of depth
# more computationally efficient (parallelizable)*" (*Lecture 9*, Improving ResNets: Wide Residual
# Networks). For ImageNet the wide network, Wide-ResNet-50-2, is ResNet-50 with twice as many filters in
# the middle of every bottleneck. What does that cost, and what does it save?


# %% tags=["display"]
def twice_as_wide(x, filters, strides, name):
    """A bottleneck with a middle of twice the width."""
    return bottleneck_block(x, filters, strides, 2 * filters, name)


print("network             parameters   multiply-adds   convolutions in a row")
for name, block, blocks in [
    ("ResNet-50", bottleneck_block, (3, 4, 6, 3)),
    ("ResNet-152", bottleneck_block, (3, 8, 36, 3)),
    ("Wide-ResNet-50-2", twice_as_wide, (3, 4, 6, 3)),
]:
    table = costs.count(lambda b=block, n=blocks: residual_network(b, n))
    row = 1 + 3 * sum(blocks)
    print(f"{name:18} {table.trainable_parameters:>11,} {table.macs:>15,} {row:>13}")

# %% [markdown]
# It costs 14 % more parameters than 152 layers, for about as many multiply-adds. It saves two thirds of
# the steps that must wait for one another: a convolution can be spread over thousands of arithmetic
# units, a row of convolutions cannot. Your own machine has fewer of them. Here the same work is done by
# a deep narrow network and by a shallow wide one of yours:


# %% tags=["display"]
def seconds_per_pass(network, images, tries=5):
    """The shortest of some forward passes."""
    network.predict_on_batch(images)
    times = []
    for _ in range(tries):
        started = time.perf_counter()
        network.predict_on_batch(images)
        times.append(time.perf_counter() - started)
    return min(times)


pictures = data.load("shapes32").train.images[:16]
print("network     layers   M multiply-adds   ms an image   G multiply-adds a second")
for depth, k in [(76, 1), (28, 2), (10, 4)]:
    macs = costs.count(lambda d=depth, k=k: wide_resnet(d, k)).macs
    seconds = seconds_per_pass(wide_resnet(depth, k), pictures) / len(pictures)
    name = f"WRN-{depth}-{k}"
    print(
        f"{name:11} {depth:>6} {macs / 1e6:>17.0f} {1000 * seconds:>13.2f} {macs / seconds / 1e9:>26.1f}"
    )

# %% [markdown]
# ## 3. ResNeXt: many paths
#
# Xie et al. (2016) are "*also from creators of ResNet*". Their block "*increases width of residual block
# through multiple parallel pathways ('cardinality')*", which are "*similar in spirit to Inception
# module*" (*Lecture 9*, Improving ResNets: ResNeXt). But all $C$ pathways have the same shape, so that
# there is nothing to design: 1 × 1 from all channels to $d$, 3 × 3 from $d$ to $d$, 1 × 1 back to all
# channels. Their outputs are added up:
#
# $$y = x + \sum_{i=1}^{C} T_i(x)$$
#
# *32×4d* means $C = 32$ paths of width $d = 4$. Nobody computes 32 paths one by one: they are **one**
# bottleneck whose 3 × 3 convolution has $C$ groups. (You wrote a grouped convolution in *AlexNet*: group
# $i$ sees the $i$-th part of the channels and makes the $i$-th part of the filters.) That this is the
# same function you now prove, with kernels as Keras has them, `(height, width, channels seen, filters)`:


# %%
def three_layers(x, first, middle, last):
    """1 x 1, ReLU, 3 x 3, ReLU, 1 x 1; the shape of the middle kernel tells its groups."""
    y = ops.relu(ops.conv(x, first))
    y = ops.relu(ops.conv(y, middle, padding="same"))
    return ops.conv(y, last)


# %% [markdown]
# The first way to write a grouped convolution: as an ordinary one, whose kernel is zero wherever two
# groups would see each other.


# %% nbgrader={"grade": false, "grade_id": "full_kernel_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def full_kernel(kernel, groups):
    """The kernel of an ordinary convolution that computes what a grouped one does.

    Args:
        kernel: of the grouped convolution, an array
            `(kernel_height, kernel_width, channels / groups, filters)`.
        groups: their number.

    Returns:
        An array `(kernel_height, kernel_width, channels, filters)`.
    """
    ### BEGIN SOLUTION
    height, width, seen, filters = kernel.shape
    made = filters // groups
    full = np.zeros((height, width, seen * groups, filters), kernel.dtype)
    for group in range(groups):
        own = slice(group * made, (group + 1) * made)
        full[:, :, group * seen : (group + 1) * seen, own] = kernel[..., own]
    return full
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "full_kernel", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("full_kernel", full_kernel)

# %% [markdown]
# The second way: as paths. Path $i$ has the part of each of the three kernels that belongs to it, so
# that the sum over all paths is what the three layers compute.


# %% nbgrader={"grade": false, "grade_id": "path_kernels_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def path_kernels(first, middle, last, cardinality):
    """The kernels of the paths that together compute three layers with a grouped middle.

    Args:
        first: array `(1, 1, channels, cardinality * d)`.
        middle: array `(3, 3, d, cardinality * d)`, of a convolution in `cardinality` groups.
        last: array `(1, 1, cardinality * d, outputs)`.
        cardinality: number of paths C.

    Returns:
        A list of C triples of arrays, path by path, of the shapes
        `(1, 1, channels, d)`, `(3, 3, d, d)` and `(1, 1, d, outputs)`.
    """
    ### BEGIN SOLUTION
    d = middle.shape[2]
    parts = [slice(path * d, (path + 1) * d) for path in range(cardinality)]
    return [(first[..., part], middle[..., part], last[:, :, part]) for part in parts]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "path_kernels", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("path_kernels", path_kernels)

# %% [markdown]
# All three on a photograph, with random kernels of 8 paths of width 4. They differ by rounding at most.
# On the left the kernel of the ordinary convolution, seven eighths of it zeros; on the right the sum,
# path by path.

# %% tags=["display"]
PATHS, WIDTH = 8, 4
rng = np.random.default_rng(2)
photograph = data.photo("flower")[np.newaxis, ::3, ::3].astype("float32")
kernels = [
    rng.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape).astype("float32")
    for shape in [(1, 1, 3, PATHS * WIDTH), (3, 3, WIDTH, PATHS * WIDTH), (1, 1, PATHS * WIDTH, 3)]
]
first, grouped, last = kernels
as_groups = np.asarray(three_layers(photograph, first, grouped, last))
as_one = np.asarray(three_layers(photograph, first, full_kernel(grouped, PATHS), last))
terms = [np.asarray(three_layers(photograph, *path)) for path in path_kernels(*kernels, PATHS)]
print(f"ordinary convolution: differs by at most {np.abs(as_one - as_groups).max():.1e}")
print(f"sum of {PATHS} paths: differs by at most {np.abs(sum(terms) - as_groups).max():.1e}")


def as_picture(maps):
    """Three maps as colours, on the scale of the whole sum."""
    low, high = np.percentile(as_groups, (1, 99))
    return np.clip((maps[0] - low) / (high - low), 0, 1)


with plots.style():
    figure, panels = plots.new_figure(1, 5, figsize=(13, 3.1), width_ratios=(1.15, 1, 1, 1, 1))
    sizes = np.abs(full_kernel(grouped, PATHS)).sum(axis=(0, 1))
    panels[0, 0].imshow(sizes, cmap="Blues")
    panels[0, 0].set_xlabel("filter")
    panels[0, 0].set_ylabel("channel seen")
    panels[0, 0].set_title("Σ |weight| of 3 × 3")
    for axes, count in zip(panels[0, 1:], (1, 2, 4, PATHS), strict=True):
        axes.imshow(as_picture(sum(terms[:count])))
        axes.set_title(f"paths 1 to {count}" if count > 1 else "path 1")
        axes.set_xlabel("column (pixels)")
    panels[0, 1].set_ylabel("row (pixels)")
    for axes in panels[0]:
        axes.grid(False)
    figure.suptitle("A grouped convolution is an ordinary one with zeros, and a sum of paths")
figure

# %% [markdown]
# ### The same budget
#
# A group saves weights, and they are spent on width. The bottleneck of ResNet-50 on 256 channels has a
# middle of 64; for the same number of weights ResNeXt has a middle of $32 \cdot 4 = 128$. Count it for
# any block. On $c$ channels, a path of width $d$ has $c\,d + 9\,d^2 + d\,c$ weights; a bottleneck is one
# path. Batch normalization is not counted here.
#
# Which width $d$ comes nearest to the budget, for a given cardinality?


# %% nbgrader={"grade": false, "grade_id": "same_budget_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def same_budget(cardinality, channels=256, middle=64):
    """A ResNeXt block with about as many weights as a bottleneck.

    Args:
        cardinality: number of paths C.
        channels: of the input and of the output of both blocks.
        middle: filters of the first two convolutions of the bottleneck.

    Returns:
        `{"bottleneck": ..., "group_width": ..., "resnext": ...}`: weights of the three convolutions
        of the bottleneck; the whole number d of at least 1 for which C paths come nearest to that,
        the smaller one if two are equally near; and how many weights these paths have.
    """
    ### BEGIN SOLUTION

    def weights(paths, width):
        return paths * (2 * channels * width + 9 * width**2)

    budget = weights(1, middle)
    d = min(range(1, middle + 1), key=lambda width: abs(weights(cardinality, width) - budget))
    return {"bottleneck": budget, "group_width": d, "resnext": weights(cardinality, d)}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "same_budget", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("same_budget", same_budget)

# %% [markdown]
# The table of the paper, from your function:

# %% tags=["display"]
CARDINALITIES = (1, 2, 4, 8, 32)
found = [same_budget(cardinality) for cardinality in CARDINALITIES]
with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11, 3.4))
    left, right = panels[0]
    places, labels = (
        range(len(found)),
        [f"{c} × {f['group_width']}d" for c, f in zip(CARDINALITIES, found, strict=True)],
    )
    left.bar(places, [f["resnext"] / 1000 for f in found], color=plots.COLOURS[0])
    left.axhline(
        found[0]["bottleneck"] / 1000, color=plots.COLOURS[1], linestyle="--", label="bottleneck"
    )
    left.set_ylim(0, 90)
    left.set_ylabel("thousand weights")
    left.set_title("About the same weights")
    left.legend(fontsize=9)
    right.bar(
        places,
        [c * f["group_width"] for c, f in zip(CARDINALITIES, found, strict=True)],
        color=plots.COLOURS[2],
    )
    right.set_ylabel("filters of the 3 × 3 convolution")
    right.set_title("A middle twice as wide")
    for axes in panels[0]:
        axes.set_xticks(places, labels=labels)
        axes.set_xlabel("cardinality × width of a path")
        axes.grid(axis="x", visible=False)
    for place, f in enumerate(found):
        left.text(place, f["resnext"] / 1000 + 2, f"{f['resnext']:,}", ha="center", fontsize=9)
    figure.suptitle("One block on 256 channels")
figure

# %% [markdown]
# 70,144 weights against 69,632 is 0.7 % more: that is what *the same budget* means.
#
# ### The block and the network
#
# | branch | shortcut |
# |---|---|
# | 1 × 1 convolution to `cardinality * group_width` filters, BN, ReLU | `x` itself where the shapes agree, |
# | 3 × 3 convolution with the stride, `cardinality` groups, as many filters, BN, ReLU | else 1 × 1 convolution with the stride, BN |
# | 1 × 1 convolution to `4 * filters`, BN | |
# | with a `ratio`: your `squeeze_excite` | |
#
# then the addition, and the ReLU. The winner of ILSVRC 2017 had both ideas: it was an SENet "*using
# ResNeXt-152 as a base architecture*". Write the groups by `conv(..., groups=...)`, or split the maps
# and concatenate what one convolution for each part makes. The two 1 × 1 convolutions are one
# convolution each, for all paths together.


# %% nbgrader={"grade": false, "grade_id": "resnext_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def resnext_block(x, filters, cardinality=32, strides=1, group_width=4, ratio=None, name="block"):
    """A bottleneck with a grouped convolution.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: a quarter of the channels of the result.
        cardinality: number of paths C, the groups of the 3 x 3 convolution.
        strides: of the 3 x 3 convolution and of the shortcut; in the other blocks it is the third
            argument, here the fourth.
        group_width: width d of one path.
        ratio: of `squeeze_excite` on the branch, before the addition; `None` for no gates.
        name: of the block; its layers add to it.

    Returns:
        `(batch, height / strides, width / strides, 4 * filters)`.
    """
    ### BEGIN SOLUTION
    middle = cardinality * group_width
    y = conv(x, middle, 1, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, middle, 3, strides, groups=cardinality, name=f"{name}_2")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = conv(y, 4 * filters, 1, name=f"{name}_3")
    y = layers.BatchNormalization(name=f"{name}_3_bn")(y)
    if ratio is not None:
        y = squeeze_excite(y, ratio, name=f"{name}_se")
    return join(x, y, strides, name)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "resnext_block", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("resnext_block", as_model(resnext_block))

# %% tags=["display"]
display(
    drawn(as_model(resnext_block), (56, 56, 256), 64, title="32×4d on 56 × 56 × 256"),
    drawn(as_model(bottleneck_block), (56, 56, 256), 64, title="The bottleneck of ResNet"),
)

# %% [markdown]
# Now the network. A path of the first stage has the width `base_width`; from stage to stage it doubles,
# together with `filters`, while the cardinality stays. Everything around the blocks is that of
# `residual_network`, both stems. ResNeXt-29 8×64d for CIFAR is `resnext((3, 3, 3), 8, 64, stem="3x3",
# classes=10, input_shape=(32, 32, 3))`.


# %% nbgrader={"grade": false, "grade_id": "resnext_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def resnext(
    blocks,
    cardinality=32,
    base_width=4,
    ratio=None,
    stem="7x7",
    width=64,
    classes=1000,
    input_shape=(224, 224, 3),
):
    """A ResNeXt for ImageNet, or for small images.

    Reference: Xie et al. 2016, Aggregated Residual Transformations for Deep Neural Networks.

    Args:
        blocks: number of blocks in each stage.
        cardinality: number of paths in every block.
        base_width: width of a path in the first stage; twice as wide in each later one.
        ratio: of `squeeze_excite` in every block, or `None`.
        stem, width, classes, input_shape: as in `residual_network`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION

    def block(x, filters, strides, name):
        group_width = base_width * filters // width
        return resnext_block(x, filters, cardinality, strides, group_width, ratio, name)

    return residual_network(block, blocks, stem, width, classes, input_shape)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "resnext", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("resnext", resnext)

# %% [markdown]
# Your networks beside what *CNN Benchmark Models* prints (Summary of Popular CNN Models). One function
# holds a whole family: with one path of 64 it is ResNet-50, with one of 128 it is Wide-ResNet-50-2.

# %% tags=["display"]
SMALL = {"stem": "3x3", "classes": 10, "input_shape": (32, 32, 3)}
FAMILY = {
    "ResNet-50 = 1×64d": (((3, 4, 6, 3), 1, 64), {}, None),
    "Wide-ResNet-50-2 = 1×128d": (((3, 4, 6, 3), 1, 128), {}, None),
    "ResNeXt-50 32×4d": (((3, 4, 6, 3),), {}, ("F1009", "F1010")),
    "ResNeXt-101 32×4d": (((3, 4, 23, 3),), {}, ("F1012", "F1013")),
    "SE-ResNeXt-50 32×4d": (((3, 4, 6, 3),), {"ratio": 16}, None),
    "ResNeXt-29 8×64d": (((3, 3, 3), 8, 64), SMALL, None),
    "ResNeXt-29 16×64d": (((3, 3, 3), 16, 64), SMALL, None),
}
print("network                     trainable           all   printed   G multiply-adds   printed")
for name, (arguments, options, facts) in FAMILY.items():
    table = costs.count(lambda a=arguments, o=options: resnext(*a, **o))
    size, work = [slides.fact(fact).printed for fact in facts] if facts else ("", "")
    print(
        f"{name:26} {table.trainable_parameters:>10,} {table.parameters:>13,} {size:>9}"
        f" {table.macs / 1e9:>17.3f} {work:>9}"
    )

# %% [markdown]
# Twice the slide prints millions of *parameters*: 25, and 44.3. Which of your columns is each of them?
# (25.03 and 25.10 both print as 25; only the running statistics make 44.3 of 44.18.) The errors in the
# same rows, 24.4 and 22.2 % top-1, cannot be recomputed: they were measured. The paper has 22.2 % for 50
# layers and 21.2 % for 101.

# %% [markdown]
# ### Why not go all the way?
#
# With $d = 1$ every channel of the middle is a path of its own. What is this 3 × 3 convolution called,
# and which network of this course is made of it? Write a sentence; it is not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# A depthwise convolution. Xception, at the end of *Inception*, and *MobileNet* are made of it: first as many groups as there are channels, and then a 1 × 1 convolution that mixes what
# the groups have kept apart.
#
# </details>
