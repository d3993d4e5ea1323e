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
# # ResNet
#
# In 2015 the winner of ImageNet went from 22 layers to 152, and the error was *almost halved*, from
# 6.67 to 3.57 % (*Evolution of CNN Architectures*, ResNet (2015)). The trick is one addition. In
# this notebook you
#
# - build both residual blocks of the slides, with both kinds of shortcut, and make a block that
#   starts as the identity;
# - stack them to ResNet-18, 34, 50, 101 and 152, and meet every number that the slides print;
# - find out why Keras' own ResNet-50 has 25,636,712 parameters and yours does not;
# - train a plain network of 56 layers and a residual one, and see only one of them learn;
# - hand in a trained network;
# - correct five places on the slides.
#
# Allow about three hours. Running everything takes about a minute and a half, half of it for the four
# networks of section 8. Any style is welcome in your answers: layers one by one, `Sequential`, blocks as
# classes. The checks compare what a network *is* and what it *computes*, not how it is written.

# %%
from pathlib import Path

# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, gradients, plots, slides, training
from course_lib.blueprints import blueprint
from course_lib.inside import Inside
from course_lib.structure import canonical, compare, draw, draw_differences

import keras
import numpy as np
from IPython.display import display
from keras import layers, ops

# %% [markdown]
# ## 1. Fit the residual
#
# With batch normalization, networks of ten layers and more train well. What happens as we go
# deeper? *Lecture 7* (Residual Networks) shows a plain network of 56 layers that is worse than one
# of 20, **on the training set too**: it is not overfitting, it is *under*fitting. Yet a solution
# exists: copy the 20 layers and let the other 36 do nothing. So this is an optimization problem:
# layers find it hard to learn the identity. The remedy is to make the identity the easy case. Let
# the layers fit the *residual* $F(x) = H(x) - x$ instead of $H(x)$ (*Lecture 9*, Case Study:
# ResNet):
#
# $$H(x) = F(x) + x \qquad \frac{\partial H}{\partial x} = \frac{\partial F}{\partial x} + I$$
#
# The gradient flows through the $I$ unimpeded, whatever the layers do (*Convolutional Neural
# Network*, Residual connections).
#
# First the smallest possible block, in NumPy: two weight matrices, a ReLU between them, and the
# second ReLU **after** the addition, as on the slides:
#
# $$h = \text{relu}(x W_1) \qquad s = h W_2 + x \qquad y = \text{relu}(s)$$


# %%
def residual_forward(x, w1, w2):
    """A residual block of two layers.

    Args:
        x: `(batch, features)`.
        w1: `(features, hidden)`.
        w2: `(hidden, features)`.

    Returns:
        `(batch, features)`.
    """
    hidden = np.maximum(x @ w1, 0)
    return np.maximum(hidden @ w2 + x, 0)


# %% [markdown]
# Backward, with $g = \partial L / \partial y$. A ReLU lets the gradient pass where its input is
# positive, and a sum hands it to both of its terms:
#
# $$g_s = g \cdot [s > 0] \qquad g_h = g_s W_2^T \cdot [x W_1 > 0]$$
#
# $$dx = g_h W_1^T + g_s \qquad dW_1 = x^T g_h \qquad dW_2 = h^T g_s$$
#
# That last $+ g_s$ is the whole idea of the network.


# %% nbgrader={"grade": false, "grade_id": "residual_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def residual_backward(dout, x, w1, w2):
    """The gradients of `residual_forward`.

    Args:
        dout: gradient with respect to the output, `(batch, features)`.
        x, w1, w2: as given to `residual_forward`.

    Returns:
        The gradients with respect to x, w1 and w2.
    """
    ### BEGIN SOLUTION
    before = x @ w1
    hidden = np.maximum(before, 0)
    dsum = dout * (hidden @ w2 + x > 0)
    dbefore = (dsum @ w2.T) * (before > 0)
    return dbefore @ w1.T + dsum, x.T @ dbefore, hidden.T @ dsum
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "residual_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("residual_backward", residual_backward)

# %% [markdown]
# You can run this test yourself for any function: `course_lib.gradients` moves every number a
# little and looks at what happens.

# %% tags=["display"]
rng = np.random.default_rng(1)
x, w1, w2 = rng.normal(size=(3, 5)), rng.normal(size=(5, 4)), rng.normal(size=(4, 5))
dout = rng.normal(size=(3, 5))
numerical = gradients.numerical_gradient(lambda z: residual_forward(z, w1, w2), x, dout)
error = gradients.relative_error(residual_backward(dout, x, w1, w2)[0], numerical)
print(f"dx differs from central differences by {error:.1e} (relative)")

# %% [markdown]
# ## 2. The shortcut, where sizes differ
#
# $F(x) + x$ needs two tensors of one shape. That holds within a *stage*. But the first block of a
# stage halves the resolution and doubles the channels: 56 × 56 × 64 becomes 28 × 28 × 128
# (*Lecture 7*, Residual Networks). Then the shortcut must change, too:
#
# - **option B**, *projection*: $\text{subsample}(W x)$, a 1 × 1 convolution with the stride of the
#   block (*Convolutional Neural Network*, Residual connections), followed by batch normalization
#   like every convolution of this network;
# - **option A**, *padding*: no weights at all. Keep every second row and column, starting with the
#   first, and append channels of zeros **after** the existing ones.
#
# Write option A. `keras.ops` has what you need (`ops.pad`, slices of tensors), and the function then
# works on arrays as well as on the symbolic tensors of a network.


# %% nbgrader={"grade": false, "grade_id": "padding_shortcut_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def padding_shortcut(x, filters, strides=1):
    """The shortcut without parameters: subsample, then append channels of zeros.

    Args:
        x: `(batch, height, width, channels)`.
        filters: number of channels of the result, at least `channels`.
        strides: every `strides`-th row and column is kept, starting with the first.

    Returns:
        `(batch, ceil(height / strides), ceil(width / strides), filters)`.
    """
    ### BEGIN SOLUTION
    x = x[:, ::strides, ::strides]
    return ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, filters - x.shape[-1]]])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "padding_shortcut", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("padding_shortcut", padding_shortcut)

# %% [markdown]
# Your shortcut on the photograph of a flower, from three channels to six and with stride 2:

# %% tags=["display"]
photograph = data.photo("flower")[::4, ::4]
shortened = ops.convert_to_numpy(padding_shortcut(photograph[np.newaxis], 6, 2))[0]

with plots.style():
    figure, panels = plots.new_figure(2, 6, figsize=(13, 4.6))
    for channel in range(6):
        for row, (image, when) in enumerate([(photograph, "in"), (shortened, "out")]):
            axes = panels[row, channel]
            if channel >= image.shape[-1]:
                axes.axis("off")
                continue
            axes.imshow(image[:, :, channel], cmap="gray", vmin=0, vmax=1)
            axes.grid(False)
            axes.set_title(f"{when}: channel {channel}")
            axes.set_xlabel("column (pixels)")
            axes.set_ylabel("row (pixels)" if channel == 0 else "")
    figure.suptitle(f"Option A: {photograph.shape} becomes {shortened.shape}, without a weight")
figure

# %% [markdown]
# ## 3. The basic block
#
# Each block of ResNet-18 and 34 has two convolutions of 3 × 3 (*Lecture 7*, Residual Networks).
# *Batch normalization after every convolution* (*Lecture 9*, Case Study: ResNet):
#
# | branch | shortcut |
# |---|---|
# | 3 × 3 convolution with the stride of the block, BN, ReLU | `x` itself where the shapes agree, |
# | 3 × 3 convolution, BN | else 1 × 1 convolution with the stride, BN |
#
# then the addition, and then one more ReLU.
#
# The convolution of this network is given. It pads $\lfloor K/2 \rfloor$ zeros on **every** side,
# as the slides' stem does (*Stem Conv 7x7/2 p3*). With stride 2 that is not what
# `padding="same"` does: Keras then pads 2 before and 3 after. A bias would be useless before a batch
# normalization, which subtracts it again; so there is none. The weights start as He et al. propose
# (*"Xavier 2/" initialization*).


# %%
def conv(x, filters, kernel_size, strides=1, name=None):
    """A convolution with as many zeros on each side as the slides have, and without bias."""
    if kernel_size > 1:
        pad_name = None if name is None else f"{name}_pad"
        x = layers.ZeroPadding2D(kernel_size // 2, name=pad_name)(x)
    return layers.Conv2D(
        filters,
        kernel_size,
        strides,
        use_bias=False,
        kernel_initializer="he_normal",
        name=name,
    )(x)


# %% [markdown]
# Three arguments let you use your block for everything that follows. `shortcut` is `"projection"`,
# `"padding"`, or `None` for a *plain* block, which has no addition at all. `zero_gamma` is for
# section 4; at first you may ignore it. With `"padding"` your function of section 2 does the work
# where shapes differ. A name is only for pictures: use it or not.


# %% nbgrader={"grade": false, "grade_id": "basic_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def basic_block(x, filters, strides=1, shortcut="projection", zero_gamma=False, name="block"):
    """Two 3 x 3 convolutions and a shortcut.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: number of filters of both convolutions.
        strides: of the first convolution and of the shortcut.
        shortcut: what stands in for x where the shapes differ, `"projection"` or `"padding"`;
            `None` for a plain block, without shortcut.
        zero_gamma: whether the scale of the last batch normalization starts at 0 instead of 1.
        name: of the block; its layers add to it.

    Returns:
        `(batch, height / strides, width / strides, filters)`.
    """
    ### BEGIN SOLUTION
    y = conv(x, filters, 3, strides, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    gamma = "zeros" if zero_gamma else "ones"
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_2_bn")(y)
    if shortcut is not None:
        if x.shape != y.shape and shortcut == "padding":
            x = padding_shortcut(x, filters, strides)
        elif x.shape != y.shape:
            x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
            x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
        y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu")(y)
    ### END SOLUTION


# %% [markdown]
# A block is a piece of a network. For checks and drawings, this makes a whole model of it:


# %%
def as_model(block):
    """A function that builds a model of this one block; its first argument is the input shape."""

    def build(input_shape, *args, **options):
        image = keras.Input(input_shape, name="x")
        return keras.Model(image, block(image, *args, **options))

    return build


# %% nbgrader={"grade": true, "grade_id": "basic_block", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("basic_block", as_model(basic_block))

# %% [markdown]
# This is what you built: the first block of stage 2 of ResNet-34, and the one after it.


# %% tags=["display"]
def drawn(builder, *args, title, **options):
    """Draw the network that a builder makes, without allocating its weights."""
    graph = canonical(blueprint(builder, *args, **options))
    return draw(graph, f"{title}: {graph.parameters:,} parameters")


first = drawn(as_model(basic_block), (56, 56, 64), 128, 2, title="First block of a stage")
second = drawn(as_model(basic_block), (28, 28, 128), 128, title="Any other block")
display(first, second)

# %% [markdown]
# ## 4. A block that starts as the identity
#
# If the identity is the easy case, why not begin there? The last batch normalization of the branch
# multiplies by $\gamma$. With $\gamma = 0$ (and $\beta = 0$, where it always starts) the branch adds
# nothing, and a block with an identity shortcut computes $\text{relu}(0 + x)$: the identity for
# inputs that come out of a ReLU. Make `zero_gamma=True` do that in `basic_block`, for this one batch
# normalization and no other. The check looks at what a fresh block computes, and at how its gammas
# start.


# %%
def at_the_start(block):
    """For the checks: what a fresh block computes, and the gammas it starts with."""

    def run(x, *args, **options):
        training.set_seed(0)
        model = as_model(block)(x.shape[1:], *args, **options)
        gammas = [np.unique(weight) for weight in model.weights if weight.name == "gamma"]
        found = {
            "gammas": sorted(float(value) for gamma in gammas for value in gamma),
            "inference": model(x, training=False),
            "training": model(x, training=True),
        }
        # With gamma 0 a batch normalization gives its beta, whatever comes in.
        for weight in model.weights:
            if weight.name == "beta":
                weight.assign(np.ones(weight.shape))
        return found | {"every beta 1": model(x, training=False)}

    return run


# %% nbgrader={"grade": true, "grade_id": "starts_as_identity", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("starts_as_identity", at_the_start(basic_block))

# %% [markdown]
# Thirty blocks in a row, before any training, on a batch of digits. How much does the size of the
# activations change on the way, and how much of the digit is left at the end?


# %% tags=["display"]
def signals(blocks, **options):
    """Outputs of the blocks of an untrained network of `basic_block`s, one after the other."""
    image = keras.Input((28, 28, 4))
    outputs = [image]
    for number in range(blocks):
        outputs.append(basic_block(outputs[-1], 4, name=f"block{number}", **options))
    return keras.Model(image, outputs)


DEPTH = 30
KINDS = {
    "plain": {"shortcut": None},
    "residual": {},
    "residual, last gamma 0": {"zero_gamma": True},
}
digits = np.repeat(data.load("mnist").train.images[:64], 4, axis=-1)

with plots.style():
    figure, panels = plots.new_figure(1, 4, figsize=(13, 3.6), width_ratios=(2.2, 1, 1, 1))
    curve, *pictures = panels[0]
    for (name, options), colour, axes in zip(
        KINDS.items(), plots.COLOURS[1::-1] + plots.COLOURS[2:3], pictures, strict=True
    ):
        training.set_seed(3)
        found = [np.asarray(y) for y in signals(DEPTH, **options)(digits, training=True)]
        sizes = [np.sqrt(np.mean(y**2)) / np.sqrt(np.mean(digits**2)) for y in found]
        curve.semilogy(range(DEPTH + 1), sizes, color=colour, label=name)
        axes.imshow(found[-1][0].mean(axis=-1), cmap="gray")
        axes.grid(False)
        axes.set_title(name, fontsize=10)
        axes.set_xlabel("column (pixels)")
    pictures[0].set_ylabel("row (pixels)")
    curve.set_xlabel("blocks passed")
    curve.set_ylabel("root mean square ÷ that of the input")
    curve.set_title("Size of the activations")
    curve.legend(fontsize=9)
    figure.suptitle(f"An image after {DEPTH} untrained blocks (mean over the four channels)")
figure

# %% [markdown]
# Through plain layers only a texture is left, and what the first layers learn from it is little. The
# residual network still shows the digit; with $\gamma = 0$ nothing has been touched at all, and
# training can switch on one block after the other.

# %% [markdown]
# ## 5. The bottleneck block
#
# From 50 layers on, a 3 × 3 convolution between two of 1 × 1 takes the place of the two (*Lecture
# 9*, Case Study: ResNet). *More layers, less computational cost!* says *Lecture 7* (Residual
# Networks: Bottleneck Block). Is that so? On $H \times W$ pixels, count the multiply-adds of
#
# - `"basic"`: two convolutions of 3 × 3, from $C$ channels to $C$ each;
# - `"bottleneck"`: 1 × 1 from $4C$ to $C$, then 3 × 3 from $C$ to $C$, then 1 × 1 from $C$ to $4C$.
#
# A convolution from $C$ to $F$ maps needs $H\, W\, K^2\, C\, F$. Work out both on paper, then write
# them down:


# %% nbgrader={"grade": false, "grade_id": "block_macs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def block_macs(height, width, channels):
    """Multiply-adds of the two blocks, with stride 1 and without projections.

    Args:
        height, width: of all maps, in pixels.
        channels: C.

    Returns:
        `{"basic": ..., "bottleneck": ...}`
    """
    ### BEGIN SOLUTION
    square = height * width * channels**2
    return {"basic": 2 * 9 * square, "bottleneck": (4 + 9 + 4) * square}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "block_macs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("block_macs", block_macs)

# %% [markdown]
# And the bottleneck carries four times as many channels from block to block. For 256 of them the
# slides count the weights (*Convolutional Neural Network*, ResNet): 256 · 256 · 3 · 3 ≈ 600K for a
# direct 3 × 3, against 16K + 36K + 16K ≈ 70K.
#
# Write the block. `filters` is the width $C$ of the middle, the output has $4C$ channels. BN and
# ReLU follow each convolution, except that the last ReLU waits for the addition, as before. The
# shortcut is a projection wherever the shapes differ: in the very first block of the network that is
# so, though its stride is 1.
#
# Where does the stride go? In the paper, into the **first** 1 × 1 convolution (`stride_in="1x1"`),
# which then looks at every fourth pixel only. Most programs today put it into the 3 × 3
# (`stride_in="3x3"`); that is known as *v1.5*. The parameters are the same.


# %% nbgrader={"grade": false, "grade_id": "bottleneck_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bottleneck_block(x, filters, strides=1, stride_in="1x1", name="block"):
    """A 3 x 3 convolution between two of 1 x 1, and a shortcut.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: number of filters of the first two convolutions; the third has four times as many.
        strides: of one convolution and of the shortcut.
        stride_in: which convolution has the stride, the first one (`"1x1"`) or the `"3x3"`.
        name: of the block; its layers add to it.

    Returns:
        `(batch, height / strides, width / strides, 4 * filters)`.
    """
    ### BEGIN SOLUTION
    first, second = (strides, 1) if stride_in == "1x1" else (1, strides)
    y = conv(x, filters, 1, first, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, second, name=f"{name}_2")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = conv(y, 4 * filters, 1, name=f"{name}_3")
    y = layers.BatchNormalization(name=f"{name}_3_bn")(y)
    if x.shape != y.shape:
        x = conv(x, 4 * filters, 1, strides, name=f"{name}_shortcut")
        x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu")(y)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bottleneck_block", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("bottleneck_block", as_model(bottleneck_block))

# %% [markdown]
# The slide's bottleneck on 28 × 28 × 256, and the first block of the network, where a projection
# makes 256 channels of 64:

# %% tags=["display"]
display(
    drawn(as_model(bottleneck_block), (28, 28, 256), 64, title="28 × 28 × 256"),
    drawn(as_model(bottleneck_block), (56, 56, 64), 64, title="The very first block"),
)

# %% [markdown]
# ## 6. ResNet-18 to 152
#
# *Lecture 7* (Residual Networks) describes all five networks in one table. Here it is as data: how
# many blocks in each of the four stages, and whether they are bottlenecks.

# %%
NETWORKS = {
    18: ((2, 2, 2, 2), False),
    34: ((3, 4, 6, 3), False),
    50: ((3, 4, 6, 3), True),
    101: ((3, 4, 23, 3), True),
    152: ((3, 8, 36, 3), True),
}

# %% [markdown]
# The name of a network is its number of *weight layers*: the convolution of the stem, those of all
# blocks, and the fully connected layer. Projections do not count.


# %% nbgrader={"grade": false, "grade_id": "weight_layers_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def weight_layers(blocks, bottleneck):
    """The number in the name of a ResNet.

    Args:
        blocks: number of blocks in each stage.
        bottleneck: whether they are bottlenecks.
    """
    ### BEGIN SOLUTION
    return 1 + (3 if bottleneck else 2) * sum(blocks) + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "weight_layers", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("weight_layers", weight_layers)

# %% [markdown]
# Now the network, from the table in *CNN Benchmark Models* (ResNet (3/3)):
#
# | name | output for 224 × 224 | layers |
# |---|---|---|
# | conv1 | 112 × 112 | 7 × 7, `width` filters, stride 2, BN, ReLU |
# | conv2_x | 56 × 56 | 3 × 3 max pool with stride 2, then the blocks of stage 1 with `width` filters |
# | conv3_x | 28 × 28 | blocks of stage 2, twice as many filters, stride 2 in the first block |
# | conv4_x | 14 × 14 | blocks of stage 3, twice as many again, stride 2 in the first block |
# | conv5_x | 7 × 7 | blocks of stage 4, likewise |
# | | 1 × 1 | global average pooling, fully connected with `classes` outputs, softmax |
#
# The stem makes the image four times smaller before any block: the same *aggressive stem* as
# GoogLeNet's. Like the convolution, the max pool has a border of one pixel on every side, so that
# 112 becomes 56. (After a ReLU nothing is below zero: a border of zeros never wins.) There is no
# large fully connected layer at the end, and no dropout.
#
# Use your two blocks; basic blocks have projections.


# %% nbgrader={"grade": false, "grade_id": "resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def resnet(blocks, bottleneck, stride_in="1x1", width=64, classes=1000, input_shape=(224, 224, 3)):
    """A residual network for ImageNet.

    Reference: He et al. 2015, Deep Residual Learning for Image Recognition, Table 1.

    Args:
        blocks: number of blocks in each stage; the filters double from stage to stage.
        bottleneck: whether the blocks are bottlenecks.
        stride_in: of the bottlenecks, see `bottleneck_block`.
        width: filters of the stem and of stage 1.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 7, 2, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    x = layers.ZeroPadding2D(1, name="pool1_pad")(x)
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    for stage, count in enumerate(blocks):
        filters = width * 2**stage
        for block in range(count):
            strides = 2 if stage > 0 and block == 0 else 1
            name = f"conv{stage + 2}_{block + 1}"
            if bottleneck:
                x = bottleneck_block(x, filters, strides, stride_in, name=name)
            else:
                x = basic_block(x, filters, strides, name=name)
    x = layers.GlobalAveragePooling2D(name="pool5")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "resnet", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("resnet", resnet)

# %% [markdown]
# ResNet-18, from the first pixel to the last probability. Follow the lines on the left: each is a
# shortcut.

# %% tags=["display"]
drawn(resnet, *NETWORKS[18], title="ResNet-18")

# %% [markdown]
# All five, counted on your networks without allocating a weight, beside what the slides print. One
# multiply-add counts as one. Trainable parameters include the $\gamma$ and $\beta$ of batch
# normalization; its running means and variances come on top.

# %% tags=["display"]
GFLOPS = {18: "F0224", 34: "F0236", 50: "F0248", 101: "F0260", 152: "F0272"}
tables = {depth: costs.count(lambda n=depth: resnet(*NETWORKS[n])) for depth in NETWORKS}

print("layers   trainable   statistics   G multiply-adds   printed")
for depth, table in tables.items():
    rest = table.parameters - table.trainable_parameters
    print(
        f"{depth:6} {table.trainable_parameters:>11,} {rest:>12,} {table.macs / 1e9:>17.3f}"
        f" {slides.fact(GFLOPS[depth]).printed:>9}"
    )
later = costs.count(lambda: resnet(*NETWORKS[50], stride_in="3x3"))
print(f"\nResNet-50 with the stride in the 3 × 3: {later.macs / 1e9:.3f} G")

# %% [markdown]
# Two printed figures look wrong and can be explained. For 34 layers, 3.66 should print as 3.7;
# without the projections (option A) it is 3.64. And 3.858 was cut off, not rounded, to 3.8. The 4.1
# that many programs quote for ResNet-50 is v1.5. Where do the two versions differ?

# %% tags=["display"]
versions = [
    canonical(blueprint(as_model(bottleneck_block), (56, 56, 256), 128, 2, stride_in=place))
    for place in ("1x1", "3x3")
]
draw_differences(*versions, compare(*versions), ())

# %% [markdown]
# What did depth buy? These are the errors that the slides report for ImageNet (*Lecture 7*; single
# crop, measured with torchvision), with VGG-16 for comparison.

# %% tags=["display"]
TOP_5 = {18: "F0225", 34: "F0237", 50: "F0249", 101: "F0261", 152: "F0273"}
VGG_16 = (15.47, 9.62)  # billion multiply-adds, top-5 error in percent (Lecture 7)

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 4.2))
    left, right = panels[0]
    work = [table.macs / 1e9 for table in tables.values()]
    errors = [float(slides.fact(fact_id).printed) for fact_id in TOP_5.values()]
    left.plot(work, errors, "o-", color=plots.COLOURS[0], label="ResNet")
    for depth, macs, error in zip(tables, work, errors, strict=True):
        left.annotate(f"{depth}", (macs, error), (6, 5), textcoords="offset points")
    left.plot(*VGG_16, "s", color=plots.COLOURS[1], markersize=8, label="VGG-16")
    left.set_xlim(0, 17)
    left.set_ylim(5, 11.6)
    left.set_xlabel("billion multiply-adds")
    left.set_ylabel("top-5 error (%)")
    left.set_title("Deeper is better, and cheaper than VGG-16")
    left.legend()

    names = [f"ResNet-{depth}" for depth in tables]
    sizes = [table.trainable_parameters / 1e6 for table in tables.values()]
    right.barh(names, sizes, color=plots.COLOURS[0], label="yours")
    right.barh("VGG-16", 138.36, color=plots.COLOURS[1])
    for place, size in enumerate([*sizes, 138.36]):
        right.text(size + 1.5, place, f"{size:.1f}", va="center", fontsize=9)
    right.set_xlim(0, 155)
    right.set_xlabel("million trainable parameters")
    right.set_title("Parameters")
    right.grid(axis="y", visible=False)
figure

# %% [markdown]
# As a single model ResNet-152 reaches 4.49 % top-5 error, an ensemble of six 3.57 % (*CNN Benchmark
# Models*, ResNet (3/3)); a human expert has 5.1 %. It won all five main tracks of ILSVRC and COCO
# 2015, detection by 16 % and localization by 27 % ahead of the second (*Lecture 7*, MSRA @ ILSVRC &
# COCO 2015 Competitions). Does the kind of shortcut matter? A little: of two ResNet-34, the one
# with option B has 5.71 % top-5 error, and one whose shortcuts are *all* projections (option C)
# 5.60 %.

# %% [markdown]
# ### Predict before you run: Keras' own ResNet-50
#
# `keras.applications.ResNet50` has the stride in the 1 × 1, like yours. But its summary says
# **25,636,712** parameters, yours 25,610,152 (with 53,120 running statistics in both). The
# difference: each of its 53 convolutions (projections included) has a **bias**. With pencil and
# paper: how many biases are that in
#
# - `stem`, the 7 × 7 convolution;
# - `stage_1`, three blocks of width 64, with one projection to 256;
# - `stage_4`, three blocks of width 512, with one projection to 2,048;
# - `all`, the whole network?

# %% nbgrader={"grade": false, "grade_id": "keras_biases_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four predictions in this form; sums and products are welcome:
# keras_biases = {"stem": ..., "stage_1": ..., "stage_4": ..., "all": ...}
### BEGIN SOLUTION
keras_biases = {
    "stem": 64,
    "stage_1": 3 * (64 + 64 + 256) + 256,
    "stage_4": 3 * (512 + 512 + 2048) + 2048,
    "all": 25_636_712 - 25_610_152,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "keras_biases", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("keras_biases", keras_biases)

# %% [markdown]
# Now compare the two networks, layer by layer. If biases are the only difference, this prints one
# line:

# %% tags=["display"]
theirs = canonical(blueprint(keras.applications.ResNet50, weights=None))
for difference in compare(canonical(blueprint(resnet, *NETWORKS[50])), theirs):
    print(difference.message)
print(f"{theirs.parameters:,} parameters with biases")

# %% [markdown]
# ## 7. Small images: 6n + 2 layers
#
# For the 32 × 32 images of CIFAR-10 He et al. use another design: a 3 × 3 convolution with 16
# filters, then three stages of $n$ basic blocks with 16, 32 and 64 filters on maps of 32, 16 and 8
# pixels, global average pooling, and 10 outputs. That makes $6n + 2$ weight layers: 20, 32, 56, 110,
# even 1,202 (*Lecture 9*, Case Study: ResNet). Stages 2 and 3 begin with stride 2. All shortcuts are
# **option A**, so a residual network has exactly the parameters of the plain one: a fair comparison.
#
# There is no max pool here, and the stem has stride 1, with BN and ReLU after it. Build it for any
# of the three kinds of shortcut that `basic_block` knows.


# %% nbgrader={"grade": false, "grade_id": "cifar_resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cifar_resnet(n, shortcut="padding", width=16, classes=10, input_shape=(32, 32, 3)):
    """A residual or plain network of 6n + 2 layers for small images.

    Reference: He et al. 2015, Deep Residual Learning for Image Recognition, section 4.2.

    Args:
        n: number of blocks in each of the three stages; the filters double from stage to stage.
        shortcut: of the blocks, see `basic_block`; `None` for a plain network.
        width: filters of the stem and of stage 1.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 3, name="conv1")
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    for stage in range(3):
        for block in range(n):
            strides = 2 if stage > 0 and block == 0 else 1
            name = f"stage{stage + 1}_{block + 1}"
            x = basic_block(x, width * 2**stage, strides, shortcut, name=name)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% [markdown]
# Structures are compared for the plain network and for projections. A padding shortcut can be written
# in too many ways, so for option A the check sets all weights and looks at what comes out.

# %% nbgrader={"grade": true, "grade_id": "cifar_resnet", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("cifar_resnet", cifar_resnet)

# %% [markdown]
# How large are they? Now you know every layer, so you can work it out for any $n$, even for 1,202
# layers, which would take a while to build. A batch normalization of $C$ channels has $2C$ trainable
# parameters, a convolution $K^2 C F$ (no bias), the last layer has a bias. Each stage has $2n$
# convolutions, and the first one of stages 2 and 3 has half as many input channels as the others.
# Count the multiply-adds of all convolutions and of the last layer, for images of 32 × 32 × 3.


# %% nbgrader={"grade": false, "grade_id": "cifar_costs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cifar_costs(n):
    """What the network of 6n + 2 layers costs, with option A, for CIFAR-10.

    Returns:
        `{"parameters": trainable parameters, "macs": multiply-adds}`
    """
    ### BEGIN SOLUTION
    parameters, macs = 0, 0

    def add(pixels, kernel, channels, filters):
        nonlocal parameters, macs
        parameters += kernel**2 * channels * filters + 2 * filters
        macs += pixels * kernel**2 * channels * filters

    add(32 * 32, 3, 3, 16)
    channels = 16
    for side, filters in [(32, 16), (16, 32), (8, 64)]:
        for _ in range(2 * n):
            add(side * side, 3, channels, filters)
            channels = filters
    return {"parameters": parameters + 64 * 10 + 10, "macs": macs + 64 * 10}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cifar_costs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("cifar_costs", cifar_costs)

# %% [markdown]
# Your numbers beside the last table of the slides (*CNN Benchmark Models*, Summary of Popular CNN
# Models). Is that the same network?

# %% tags=["display"]
PRINTED = {  # n: facts with the parameters in millions, GOP of the convolutions, error in percent
    3: ("F0988", "F0989", "F0990"),
    5: ("F0992", "F0993", "F0994"),
    9: ("F0996", "F0997", "F0998"),
    18: ("F1000", "F1001", "F1002"),
    200: ("F1004", "F1005", "F1006"),
}
print("layers   parameters   printed    M multiply-adds   printed      error printed")
for n, fact_ids in PRINTED.items():
    found = cifar_costs(n)
    millions, gop, error = (slides.fact(fact_id).printed for fact_id in fact_ids)
    print(
        f"{6 * n + 2:6} {found['parameters']:>12,} {millions:>7} M {found['macs'] / 1e6:>17,.1f}"
        f" {1000 * float(gop):>9,.0f} {error:>16} %"
    )

# %% [markdown]
# The parameters agree, the multiply-adds are off by a factor of 4 to 45. You will find the reason in
# section 10. The errors are those on CIFAR-10: they fall as far as 110 layers, and at 1,202 layers they
# are higher again. That *is* overfitting: the training error is as small as that of 110.

# %% [markdown]
# ## 8. Plain against residual
#
# The experiment of the slides, made small enough for a laptop: 20 and 56 layers, plain and residual,
# on 640 digits of MNIST scaled down to 14 × 14 pixels. All four have eight filters in the first
# stage, and the training of the slides: SGD with momentum 0.9, no dropout (*Lecture 9*, Case Study:
# ResNet). Which of the four do you expect to have the largest **training** loss? (The first line is the
# short test of *Optimization*, section 8: eight layers learn twenty digits by heart.)


# %%
def shrink(images):
    """Half as high and half as wide: the mean of every 2 x 2 pixels."""
    batch, height, width, channels = images.shape
    blocks = images.reshape(batch, height // 2, 2, width // 2, 2, channels)
    return blocks.mean(axis=(2, 4))


# %% tags=["display"]
mnist = data.load("mnist").train.take(640)
images = shrink(mnist.images)
trained, histories = {}, {}


def train(name, n, shortcut):
    """Train a network of 6n + 2 layers, and keep it and what happened."""
    training.set_seed(0)
    network = cifar_resnet(n, shortcut, width=8, input_shape=(14, 14, 1))
    network.compile(
        keras.optimizers.SGD(0.05, momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    trained[name] = network
    histories[name] = training.fit(network, (images, mnist.labels), epochs=5)


training.set_seed(0)
trial = cifar_resnet(1, "padding", width=8, input_shape=(14, 14, 1))
trial.compile(
    keras.optimizers.SGD(0.05, momentum=0.9), "sparse_categorical_crossentropy", jit_compile=False
)
training.by_heart(trial, images[:20], mnist.labels[:20])

train("plain, 20 layers", 3, None)
train("residual, 20 layers", 3, "padding")

# %% [markdown]
# Now 56 layers, first plain:

# %% tags=["display"]
train("plain, 56 layers", 9, None)

# %% [markdown]
# And residual:

# %% tags=["display"]
train("residual, 56 layers", 9, "padding")

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 4.2))
    for (run, history), colour, dashes in zip(
        histories.items(),
        [plots.COLOURS[1], plots.COLOURS[0]] * 2,
        ["--", "--", "-", "-"],
        strict=True,
    ):
        epochs = range(1, history.epochs + 1)
        panels[0, 0].plot(epochs, history.loss, dashes, marker="o", ms=4, color=colour, label=run)
        percent = [100 * (1 - accuracy) for accuracy in history.accuracy]
        panels[0, 1].plot(epochs, percent, dashes, marker="o", ms=4, color=colour, label=run)
    panels[0, 0].axhline(np.log(10), color="grey", linewidth=1)
    panels[0, 0].text(5, np.log(10) + 0.06, "guessing: log 10", ha="right", color="grey")
    panels[0, 0].set_ylim(bottom=0)
    panels[0, 0].set_ylabel("training loss (nats)")
    panels[0, 0].set_title("Loss")
    panels[0, 0].legend(fontsize=9)
    panels[0, 1].set_ylim(0, 100)
    panels[0, 1].set_ylabel("training error (%)")
    panels[0, 1].set_title("Error")
    for axes in panels[0]:
        axes.set_xlabel("epoch")
        axes.set_xticks(range(1, history.epochs + 1))
    figure.suptitle("Degradation: of the networks with 56 layers only the residual one learns")
figure

# %% [markdown]
# The parameters of a plain network and of its residual twin are the same, and so are the images, the
# seed and the optimizer. Depth ruins the plain one, on the very images that it was trained on. The
# deep residual network is a little behind the shallow one after so few epochs, but it learns.
#
# ### Where do the gradients go?
#
# One step of plain gradient descent with learning rate 1 changes the weights by exactly their
# gradient. So the gradient can be read off the weights before and after. Here is its size in each
# convolution of fresh networks of 20 and 56 layers:


# %% tags=["display"]
def gradient_sizes(model):
    """Size of the gradient of every 3 x 3 kernel, from the first layer to the last."""
    kernels = Inside(model, (14, 14, 1)).kernels()  # however the network is written
    before = [ops.convert_to_numpy(kernel).copy() for kernel in kernels]
    # For a single step, tracing the network takes longer than the step.
    model.compile(keras.optimizers.SGD(1.0), "sparse_categorical_crossentropy", run_eagerly=True)
    model.train_on_batch(images[:128], mnist.labels[:128])
    after = [ops.convert_to_numpy(kernel) for kernel in kernels]
    return [np.linalg.norm(a - b) for a, b in zip(after, before, strict=True)]


with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 4), sharey=True)
    for n, axes in zip((3, 9), panels[0], strict=True):
        for name, shortcut, colour in [
            ("plain", None, plots.COLOURS[1]),
            ("residual", "padding", plots.COLOURS[0]),
        ]:
            training.set_seed(1)
            sizes = gradient_sizes(cifar_resnet(n, shortcut, 8, input_shape=(14, 14, 1)))
            axes.semilogy(range(1, len(sizes) + 1), sizes, color=colour, label=name)
        axes.set_xlabel("convolution, from the image to the output")
        axes.set_xticks(range(0, 6 * n + 2, 2 * n))
        axes.set_title(f"{6 * n + 2} layers")
        axes.legend()
    panels[0, 0].set_ylabel("size of the gradient of its kernel")
    figure.suptitle("Gradients of the loss before any training")
figure

# %% [markdown]
# *In general, gradients tend to vanish*, say the slides, and without normalization they do. Batch
# normalization after every layer turns this around: from layer to layer towards the image the
# gradients of the plain network *grow*, and whatever step suits the last layers is far too large for
# the first. The shortcuts keep all layers within reach of one learning rate.
#
# ### A slice of the loss surface
#
# *CNN Benchmark Models* (ResNet (2/3)) shows the loss of a ResNet-56 with and without its shortcuts,
# as a landscape over two random directions. We walk along single directions, from the trained
# weights. To be comparable, each filter of a direction is made as long as the filter it is added to
# (*filter normalization*).


# %% tags=["display"]
class AsInTraining(keras.Model):
    """A network that normalizes by the batch, always: few steps leave no good running means."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.compile(jit_compile=False)

    def call(self, x):
        return self.network(x, training=True)


def loss_along(model, same, seed, steps):
    """Training loss at weights + step · direction, for a random filter-normalized direction."""
    weights = model.get_weights()
    rng = np.random.default_rng(seed)
    direction = []
    for weight in weights:
        moves = rng.normal(size=weight.shape)
        sides = tuple(range(weight.ndim - 1))
        lengths = np.sqrt((moves**2).sum(axis=sides, keepdims=True))
        ours = np.sqrt((weight**2).sum(axis=sides, keepdims=True))
        # Only kernels are moved; scales, shifts and biases stay.
        direction.append(moves / lengths * ours if weight.ndim > 1 else np.zeros_like(weight))
    losses = []
    for step in steps:
        model.set_weights([w + step * d for w, d in zip(weights, direction, strict=True)])
        right = same.predict_on_batch(images[:200])[np.arange(200), mnist.labels[:200]]
        losses.append(-np.log(right + 1e-7).mean())
    model.set_weights(weights)
    return losses


steps = np.linspace(-1, 1, 11)
in_training = {}
with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 4), sharey=True)
    for axes, (name, colour) in zip(
        panels[0], [("plain", plots.COLOURS[1]), ("residual", plots.COLOURS[0])], strict=True
    ):
        model = trained[f"{name}, 56 layers"]
        in_training[name] = AsInTraining(model)
        for seed in range(2):
            losses = loss_along(model, in_training[name], seed, steps)
            axes.plot(steps, losses, color=colour, alpha=1 - 0.4 * seed, label=f"direction {seed}")
        axes.axhline(np.log(10), color="grey", linewidth=1)
        axes.set_xlabel("step along a random direction (1 = as long as the filters)")
        axes.set_title(f"{name}, 56 layers")
        axes.set_ylim(0, 4)
        axes.legend(fontsize=9, loc="lower right")
    panels[0, 0].set_ylabel("training loss (nats)")
    panels[0, 0].text(-1, np.log(10) + 0.15, "guessing: log 10", color="grey")
    figure.suptitle("Slices of the loss surface through the trained weights")
figure

# %% [markdown]
# The residual network lies in a wide bowl, and every direction leads up from it. The plain one stands
# on a plateau at the level of guessing: around it there is hardly any slope to follow.

# %% [markdown]
# ### The whole recipe
#
# So far the learning rate stayed as it was. The slides begin with 0.1 and divide by 10 when the error
# stops falling (*Lecture 9*, Case Study: ResNet). In a training of a known length that is a
# plan made beforehand: with $S$ steps in all, one for each batch in each epoch,
#
# | steps | learning rate |
# |---|---|
# | the first $S / 2$ | 0.1 |
# | up to $3S / 4$ | 0.01 |
# | the rest | 0.001 |
#
# `keras.optimizers.schedules.PiecewiseConstantDecay` takes the place of the number in
# `keras.optimizers.SGD`, and counts steps. Write the training of the smallest network, $n = 1$ with
# eight filters in the first stage and padding shortcuts, on all training digits: shrink, build,
# compile, fit. With `jit_compile=False` Keras spares itself a long compilation. (Eight layers train
# without shortcuts, too. What these are for, you saw at 56.)
#
# The grader trains too. First it watches a few steps on 256 digits: are these the optimizer, the
# momentum, the learning rates and the batches that the task names? That is one of the three points.
# Then it calls your function with the 3,500 training digits, their classes numbered anew (so that
# only `labels` helps), and a seed of its own, and scores 1,000 digits that nobody has shown it. {calibration resnet_trained}


# %% nbgrader={"grade": false, "grade_id": "train_resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_resnet(images, labels, seed=0, epochs=5, validation=None):
    """Train a residual network of eight layers on shrunken digits, with the recipe of the slides.

    SGD with momentum 0.9, batches of 64, and the learning rates of the table above.

    Args:
        images: `(examples, 28, 28, 1)` in [0, 1], as the data set has them.
        labels: class numbers `(examples,)`.
        seed: of the first weights (`training.set_seed`) and of the order of the images.
        epochs: how often each image is seen.
        validation: images and labels that `training.fit` measures after each epoch, or `None`.

    Returns:
        A function from images like these to probabilities `(examples, 10)`. Its attributes `model`
        and `history` are the trained network and what `training.fit` returned.
    """
    ### BEGIN SOLUTION
    training.set_seed(seed)
    model = cifar_resnet(1, width=8, input_shape=(14, 14, 1))
    steps = epochs * int(np.ceil(len(images) / 64))
    rates = keras.optimizers.schedules.PiecewiseConstantDecay(
        [steps // 2, 3 * steps // 4], [0.1, 0.01, 0.001]
    )
    model.compile(
        keras.optimizers.SGD(rates, momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    if validation is not None:
        validation = (shrink(validation[0]), validation[1])
    history = training.fit(
        model, (shrink(images), labels), validation, epochs=epochs, batch_size=64, seed=seed
    )

    def score(images):
        return model.predict(shrink(images), verbose=0)

    score.model, score.history = model, history
    return score
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "resnet_trained", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("resnet_trained", train_resnet)

# %% [markdown]
# Predict before you run: where in these curves does the learning rate fall? Look at the digits that
# were **not** trained on.

# %% tags=["display"]
all_digits = data.load("mnist")
eight_layers = train_resnet(
    all_digits.train.images,
    all_digits.train.labels,
    seed=1,
    validation=(all_digits.validation.images, all_digits.validation.labels),
)
plots.history({"residual, 8 layers": eight_layers.history}, title="With the learning rate decayed")

# %% [markdown]
# The training accuracy hardly tells. On the validation digits the network *stumbles* until the rate
# falls, in the middle of the third epoch, and then gains at once. It is the normalization: for new
# images each layer uses running averages of means and variances, and while steps are large the
# weights run ahead of these averages. With small steps the averages catch up.

# %% [markdown]
# ### Train elsewhere, hand in the weights
#
# Nobody grades a ResNet by training it again for a week. You hand in its weights, and the grader
# scores them in seconds. Train as long as you like, on any machine that has a GPU or time: the whole
# recipe, more epochs, a deeper or wider network, training digits that you shift or turn. Then hand in
# the file `resnet.safetensors` **beside this notebook**.
#
# The grader calls your `digit_resnet`, gives the network the weights of your file, in the order in
# which Keras lists them, and scores 1,000 digits that nobody has shown it. The accuracy that is enough
# was measured with the trainings of `train_resnet`, but here you have only one try. Only the file that you hand
# in counts, not what this notebook writes while it is graded. If it is missing, or was written for
# another network, you lose this point and no other.
#
# Write the builder and the function that writes the file. `digit_resnet` takes digits as the data set
# has them, so it shrinks them itself (`layers.AveragePooling2D` does what `shrink` does; a pooling has
# no weights). `training.save_weights` writes **all** weights of a model; the running statistics of the
# normalization are among them.


# %% nbgrader={"grade": false, "grade_id": "digit_resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def digit_resnet():
    """The network whose weights are handed in, from digits to probabilities.

    Returns:
        A Keras model from `(batch, 28, 28, 1)` in [0, 1] to class probabilities `(batch, 10)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input((28, 28, 1), name="digit")
    small = layers.AveragePooling2D(2, name="shrink")(image)
    return keras.Model(image, cifar_resnet(1, width=8, input_shape=(14, 14, 1))(small))
    ### END SOLUTION


def hand_in(score, path):
    """Write the weights of a trained network to a file that can be handed in.

    Args:
        score: what `train_resnet` returned.
        path: the file.
    """
    ### BEGIN SOLUTION
    training.save_weights(score.model, path)
    ### END SOLUTION


# %% [markdown]
# The network that you have just trained will do for a start. A file that is there already stays as it
# is: copy a better one over it, or delete it. Do the long training in a notebook or a script of its
# own; in a cell here it would run again when you are graded, and count towards the time limit.

# %% tags=["display"]
if not Path("resnet.safetensors").exists():
    hand_in(eight_layers, "resnet.safetensors")
print(f"resnet.safetensors: {Path('resnet.safetensors').stat().st_size / 1024:,.0f} KB to hand in")

# %% nbgrader={"grade": true, "grade_id": "resnet_weights", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("resnet_weights", digit_resnet)

# %% [markdown]
# ## 9. Pre-activation
#
# The last ReLU of a block stands *after* the addition, so even a block without any branch would not
# pass negative values on. He et al. moved it in 2016 (*Lecture 7*, Improving Residual Networks: Block
# Design): **BN, ReLU, convolution**, twice, and nothing after the addition. With
# $h = \text{relu}(\text{BN}(x))$:
#
# $$y = x + \text{conv}(\text{relu}(\text{BN}(\text{conv}(h))))$$
#
# This block computes the identity, for inputs of any sign, as soon as its last convolution is zero.
# On ImageNet the top-1 error of 152 layers goes from 21.3 to 21.1 %, and that of 200 layers from 21.8
# to 20.7 %.
#
# Build the network of $6n + 2$ layers of such blocks:
#
# - The stem is a 3 × 3 convolution **alone**: the first block brings its own BN and ReLU.
# - Where shapes agree, the shortcut is $x$ itself, untouched. Where they differ, it is a 1 × 1
#   convolution of $h$ with the stride of the block, **without** BN after it.
# - After the last block nobody has normalized the sum yet. So one more BN and ReLU come before the
#   global average pooling.
# - Widths, strides and the rest are those of section 7.


# %% nbgrader={"grade": false, "grade_id": "preactivation_resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def preactivation_block(x, filters, strides=1, name="block"):
    """BN, ReLU, convolution, twice, and a shortcut with nothing after the addition.

    Args:
        x: the symbolic input, `(batch, height, width, channels)`.
        filters: number of filters of both convolutions.
        strides: of the first convolution and of the shortcut.
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
    y = conv(y, filters, 3, name=f"{name}_2")
    if x.shape != y.shape:
        x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])
    ### END SOLUTION


def preactivation_resnet(n, width=16, classes=10, input_shape=(32, 32, 3)):
    """A pre-activation network of 6n + 2 layers for small images.

    Reference: He et al. 2016, Identity Mappings in Deep Residual Networks.

    Args:
        n: number of blocks in each of the three stages; the filters double from stage to stage.
        width: filters of the stem and of stage 1.
        classes: number of outputs.
        input_shape: `(height, width, channels)`.

    Returns:
        A Keras model with class probabilities `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = conv(image, width, 3, name="conv1")
    for stage in range(3):
        for block in range(n):
            strides = 2 if stage > 0 and block == 0 else 1
            name = f"stage{stage + 1}_{block + 1}"
            x = preactivation_block(x, width * 2**stage, strides, name=name)
    x = layers.BatchNormalization(name="last_bn")(x)
    x = layers.ReLU(name="last_relu")(x)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "preactivation_resnet", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("preactivation_resnet", preactivation_resnet)

# %% tags=["display"]
drawn(preactivation_resnet, 1, title="Eight layers of pre-activation blocks")

# %% [markdown]
# ### Why two layers?
#
# "*For some reason, need to skip at least two layers*", says a slide (*Convolutional Neural Network*,
# ResNet). What would a shortcut over a single convolution, without an activation inside, be able to
# compute that a convolution alone cannot? Write two sentences; they are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# Nothing: x + Wx = (I + W)x is a convolution again, whose kernel has 1 more in its middle, so the
# shortcut only moves the starting point of the weights. With a ReLU between two layers the branch
# is no longer linear, and its sum with x cannot be folded into one layer.
#
# </details>

# %% [markdown]
# ## 10. Put the slides right
#
# The recipe of the slides (*Lecture 9*, Case Study: ResNet): batch normalization after every
# convolution, He initialization, SGD with momentum 0.9, learning rate 0.1 divided by 10 when the
# validation error plateaus, batches of 256, *weight decay of 1e-5*, no dropout. And some numbers of
# the other decks you have recomputed yourself by now. Five places are wrong:
#
# - `pool`: one printed table of the ImageNet networks (*Convolutional Neural Network*, ResNet) goes
#   from 112 × 112 in conv1 to 56 × 56 in conv2_x by blocks of stride 1 alone. What kind of layer is
#   missing? Give its kernel size and its stride, `(kernel, stride)`.
# - `depth`: "*ResNet layers: 16, 34, 50, 101, 152*" (*CNN Benchmark Models*, ResNet (3/3)). What
#   should stand there instead of the wrong one?
# - `weight_decay`: section 3.4 of the paper says 0.0001. How many times too small is the printed
#   value?
# - `copied_from`: the GOP column of the CIFAR networks in section 7 belongs to other networks. Which
#   depth does each of the five values really belong to? A list, from ResNet-20 down to ResNet-1202.
# - `kernels` and `classes`: the same rows have "*1x1 3x3 7x7*" for their kernels and "*Top-5 val.
#   error*" above their errors, as if they were trained for the 1,000 classes of ImageNet. Which
#   kernel sizes do the convolutions of your `cifar_resnet` have with option A (a list), and how many
#   classes does the data set have on which those errors were measured?

# %% nbgrader={"grade": false, "grade_id": "slide_errata_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form:
# slide_errata = {
#     "pool": (kernel, stride), "depth": ..., "weight_decay": ...,
#     "copied_from": [..., ..., ..., ..., ...],
#     "kernels": [...], "classes": ...,
# }
### BEGIN SOLUTION
slide_errata = {
    "pool": (3, 2),
    "depth": 18,
    "weight_decay": 10,
    "copied_from": [18, 34, 50, 101, 152],
    "kernels": [3],
    "classes": 10,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "slide_errata", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("slide_errata", slide_errata)

# %% tags=["display"]
for erratum_id in ("E22", "E28", "E31", "E35", "E36"):
    erratum = slides.erratum(erratum_id)
    print(f"{erratum.id}, {erratum.title}: {erratum.cause}")

# %% [markdown]
# ## 11. Optional: switch blocks off
#
# Not graded. In a plain network every layer relies on the one before. In a residual network you can
# switch a block off and leave the others as they are: set the $\gamma$ and $\beta$ of its last batch
# normalization to zero, as in section 4. Write this for a model with the layer names of this
# notebook (`stage2_1_2_bn` is the last one of block `stage2_1`), and see how much the trained
# network of 56 layers misses each of its blocks.


# %% nbgrader={"grade": false, "grade_id": "switch_off_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def switch_off(model, block):
    """Make the branch of a block (`"stage2_1"`) add nothing.

    Returns:
        The weights that the block's last batch normalization had, to put them back.
    """
    ### BEGIN SOLUTION
    norm = model.get_layer(f"{block}_2_bn")
    weights = norm.get_weights()
    gamma, beta, *statistics = weights
    norm.set_weights([np.zeros_like(gamma), np.zeros_like(beta), *statistics])
    return weights
    ### END SOLUTION


# %% tags=["display"]
def training_error(same):
    """Error on 200 training images, in percent."""
    chosen = np.argmax(same.predict_on_batch(images[:200]), axis=-1)
    return 100 * np.mean(chosen != mnist.labels[:200])


names = [f"stage{stage}_{block}" for stage in (1, 2, 3) for block in range(1, 10)]
try:
    network, same = trained["residual, 56 layers"], in_training["residual"]
    whole, without = training_error(same), []
    for name in names:
        weights = switch_off(network, name)
        without.append(training_error(same))
        network.get_layer(f"{name}_2_bn").set_weights(weights)
    with plots.style():
        figure, panels = plots.new_figure(1, 1, figsize=(11.5, 3.6))
        for label, colour, places in [
            ("the first block of a stage", plots.COLOURS[1], (0, 9, 18)),
            ("another block", plots.COLOURS[0], [i for i in range(27) if i % 9]),
        ]:
            panels[0, 0].bar(places, [without[i] for i in places], color=colour, label=label)
        panels[0, 0].axhline(whole, color="black", linewidth=1, label="with all blocks")
        panels[0, 0].legend(fontsize=9, loc="upper right")
        panels[0, 0].set_xlabel("block that is switched off")
        panels[0, 0].set_xticks(range(27), labels=names, rotation=90)
        panels[0, 0].set_ylabel("training error (%)")
        panels[0, 0].set_title("The residual network of 56 layers without one of its blocks")
        panels[0, 0].grid(axis="x", visible=False)
    display(figure)
except (NotImplementedError, ValueError) as reason:
    print(f"Not shown: {reason or 'switch_off is not written yet, this part is optional'}")
