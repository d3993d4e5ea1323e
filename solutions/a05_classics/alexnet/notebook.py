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
# # AlexNet and ZFNet
#
# In 2012 one network won the ImageNet challenge with a top-5 error of 15.3 %; the second place had
# 26.2 % (*CNN Benchmark Models*, AlexNet (3/3); A. Krizhevsky, I. Sutskever and G. Hinton,
# *ImageNet Classification with Deep Convolutional Neural Networks*, NIPS 2012). Here you build it
# in the three forms in which the slides show it, and its successor. You will know
#
# - where a network of 61 million parameters keeps them, and where it spends its time;
# - how two small graphics cards became one large network: grouped convolution, in your own code;
# - which layers matter most: not those with the most parameters;
# - why one pixel of padding decides whether ZFNet's figure is right;
# - how it was trained, and you train a small one in the same way.
#
# It takes about two and a half hours; running all cells takes less than a minute and a half.
#
# | network | parameters | layers with weights |
# |---|---|---|
# | with 64 filters first | 61,100,840 | 5 convolutions, 3 fully connected |
# | with 96 filters first, simplified | 62,378,344 | 5 and 3 |
# | with 96 filters first, on two GPUs | 60,965,224 | 5 and 3 |

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, structure, training
from course_lib.inside import Inside

import keras
import numpy as np

# %% [markdown]
# ## 1. The table, row by row
#
# This is the network of *Lecture 7*, AlexNet. "*How to choose this? Trial and error*", says the
# slide. Every convolution and both `fc6` and `fc7` end in a ReLU; `fc8` gives class scores, without
# activation.
#
# | layer | filters | kernel | stride | pad | output |
# |---|---|---|---|---|---|
# | input | | | | | 227 × 227 × 3 |
# | `conv1` | 64 | 11 | 4 | 2 | 56 × 56 × 64 |
# | `pool1` (max) | | 3 | 2 | 0 | 27 × 27 × 64 |
# | `conv2` | 192 | 5 | 1 | 2 | 27 × 27 × 192 |
# | `pool2` (max) | | 3 | 2 | 0 | 13 × 13 × 192 |
# | `conv3` | 384 | 3 | 1 | 1 | 13 × 13 × 384 |
# | `conv4` | 256 | 3 | 1 | 1 | 13 × 13 × 256 |
# | `conv5` | 256 | 3 | 1 | 1 | 13 × 13 × 256 |
# | `pool5` (max) | | 3 | 2 | 0 | 6 × 6 × 256 |
# | `flatten` | | | | | 9216 |
# | `fc6`, `fc7` | 4096 each | | | | 4096 |
# | `fc8` | 1000 | | | | 1000 |
#
# The sizes follow from $W' = \lfloor (W - K + 2P)/S \rfloor + 1$: for `conv1`
# $(227 - 11 + 4)/4 + 1 = 56$, for `pool1` $\lfloor 53/2 \rfloor + 1 = 27$.
#
# **Mind the pad of `conv1`.** `padding="same"` looks right, and gives the right number of
# parameters too; but with stride 4 it pads 3 and 4 + 1 rows in all so that the output has
# $\lceil 227/4 \rceil = 57$ pixels. Two pixels on each side are `keras.layers.ZeroPadding2D(2)`.
#
# The builder takes the numbers of filters and the size of the image as arguments, so that the
# checks can also run a narrow copy with weights of theirs.


# %% nbgrader={"grade": false, "grade_id": "alexnet_64_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    """AlexNet as in the table of Lecture 7.

    Args:
        input_shape: `(height, width, channels)`.
        filters: of `conv1` to `conv5`.
        units: of `fc6` and of `fc7`.
        classes: number of class scores.

    Returns:
        A Keras model that gives `classes` scores.
    """
    ### BEGIN SOLUTION
    layers = keras.layers
    image = keras.Input(input_shape, name="image")
    x = layers.ZeroPadding2D(2, name="pad1")(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    scores = layers.Dense(classes, name="fc8")(x)
    return keras.Model(image, scores, name="AlexNet-64")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "alexnet_64", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("alexnet_64", build_alexnet_64)

# %% tags=["display"]
structure.draw(build_alexnet_64, "AlexNet with 64 filters first")

# %% [markdown]
# ### Predict before you run
#
# For each layer of the table count three things (*Lecture 7*, AlexNet): the **memory** of its
# output, its **parameters**, and its multiply-adds (**macs**, the slide's "flop"). For `conv1`:
#
# $$64 \cdot 56 \cdot 56 \cdot 4 / 1024 = 784\ \text{KB}, \qquad
#   64 \cdot 3 \cdot 11 \cdot 11 + 64 = 23{,}296, \qquad
#   (64 \cdot 56 \cdot 56) \cdot (3 \cdot 11 \cdot 11) = 72{,}855{,}552$$
#
# Which layer has the most of each? Write down the three names before you run on.

# %% nbgrader={"grade": false, "grade_id": "alexnet_largest_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three predictions in this form, with names of the table:
# largest = {"memory": "layer", "parameters": "layer", "macs": "layer"}
### BEGIN SOLUTION
largest = {"memory": "conv1", "parameters": "fc6", "macs": "conv2"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "alexnet_largest", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("alexnet_largest", largest)

# %% tags=["display"]
table_64 = costs.count(build_alexnet_64, input_memory=False, view_memory=True)
costs.plot(table_64)

# %% [markdown]
# "*Interesting trends here!*" says the slide. Its three sentences, measured on your network:


# %% tags=["display"]
def in_order(table):
    """Rows of the convolutions with their poolings, and of the fully connected layers."""
    rows = [row for row in table.rows if row.parameters or "Pool" in row.type]
    # A convolution has a map to slide over, whatever it is called; a fully connected layer has none.
    convolved = [row for row in rows if len(row.output_shape) == 4 and row.output_shape[1] > 1]
    return convolved, [row for row in rows if row not in convolved]


def share_of(table, what, part):
    """The share of a total that these rows have; the slide also counts the flattened values."""
    counted = [row for rows in in_order(table) for row in rows]
    counted += [row for row in table.rows if row.type == "Flatten"]
    return sum(getattr(row, what) or 0 for row in part) / sum(
        getattr(row, what) or 0 for row in counted
    )


convolved, connected = in_order(table_64)
for part, what, sentence in [
    (convolved[:3], "activation_bytes", "memory is in conv1, pool1 and conv2"),
    (connected, "parameters", "parameters are in the fully connected layers"),
    (convolved, "macs", "multiply-adds are in the convolutions"),
]:
    print(f"{share_of(table_64, what, part):6.1%} of the {sentence}")
print(f"\n{table_64.parameters:,} parameters, {table_64.macs:,} multiply-adds")

# %% [markdown]
# Both totals come back when AlexNet is compared with VGG: 61 M parameters and 0.7 G multiply-adds
# (*Evolution of CNN Architectures*, VGG (2014)). Its 1.9 MB of memory are the outputs of the
# convolutions and fully connected layers alone; with pools it is 2.28 MB.
#
# ## 2. Local response normalization
#
# The 2012 network has another layer in two places. It divides each value by what its neighbours
# **in depth** say at the same pixel, so that a loud map makes those beside it quiet:
#
# $$b[i, j, c] = \frac{a[i, j, c]}
#   {\left( k + \alpha \sum_{c' = \max(0,\; c - n/2)}^{\min(C - 1,\; c + n/2)} a[i, j, c']^2
#   \right)^{\beta}}
#   \qquad k = 2,\; n = 5,\; \alpha = 10^{-4},\; \beta = 0.75$$
#
# with $n/2$ rounded down: two maps on each side, fewer at both ends. "*Not used anymore*"
# (*Lecture 7*, AlexNet); "*not common anymore*" (*Lecture 9*, Case Study: AlexNet). It has no
# parameters. Caffe and PyTorch divide $\alpha$ by $n$; the paper does not, and neither do you.
#
# You know the formula from *Normalization*. Here it is given with `keras.ops`, so that it can be trained
# through, and as a layer for the networks below.


# %%
def across_maps(x, size, k, alpha, beta):
    """Local response normalization of `(batch, height, width, channels)`, `size` maps a window."""
    channels, half = x.shape[-1], size // 2
    squares = keras.ops.pad(keras.ops.square(x), [[0, 0], [0, 0], [0, 0], [half, half]])
    energy = sum(squares[..., shift : shift + channels] for shift in range(size))
    return x / keras.ops.power(k + alpha * energy, beta)


class LocalResponseNormalization(keras.layers.Layer):
    """Local response normalization across the maps, by `across_maps`."""

    def __init__(self, size=5, k=2.0, alpha=1e-4, beta=0.75, **options):
        super().__init__(**options)
        self.size, self.k, self.alpha, self.beta = size, k, alpha, beta

    def call(self, x):
        if isinstance(x, keras.KerasTensor):
            # Drawings and comparisons of networks show the layer as one step, not your arithmetic.
            raise TypeError("LocalResponseNormalization computes on numbers only.")
        return across_maps(x, self.size, self.k, self.alpha, self.beta)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        own = {"size": self.size, "k": self.k, "alpha": self.alpha, "beta": self.beta}
        return super().get_config() | own


# %% [markdown]
# ### Predict before you run: before or after the pooling?
#
# The paper normalizes the outputs of the first two convolutions, and pools them after that (section 3.5). The
# slides pool first. The pooling turns $55 \times 55 \times 96$ values into $27 \times 27 \times 96$ in the
# first place, and $27 \times 27 \times 256$ into $13 \times 13 \times 256$ in the second.
#
# - `paper`: how many values of an image are normalized in both places together, in the order of the paper?
# - `slides`: and how many in the order of the slides?
# - `same`: do both orders compute the same, `True` or `False`? Think of a window in which two neighbouring
#   maps have their largest values at different pixels.

# %% nbgrader={"grade": false, "grade_id": "norm_order_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three answers in this form:
# norm_order = {"paper": ..., "slides": ..., "same": ...}
### BEGIN SOLUTION
norm_order = {
    "paper": 55 * 55 * 96 + 27 * 27 * 256,
    "slides": 27 * 27 * 96 + 13 * 13 * 256,
    "same": False,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "norm_order", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("norm_order", norm_order)

# %% tags=["display"]
maps = np.array([[[[9.0, 1.0], [1.0, 9.0]]]])  # one row of two pixels, two maps
constants = {"size": 5, "k": 2.0, "alpha": 0.01, "beta": 0.75}
paper = np.asarray(across_maps(maps, **constants)).max(axis=2)
slides_order = np.asarray(across_maps(maps.max(axis=2, keepdims=True), **constants))[:, :, 0]
print("two maps at two pixels:       ", maps[0, 0].T.tolist())
print("normalized, then pooled:      ", paper[0, 0].round(2))
print("pooled, then normalized:      ", slides_order[0, 0].round(2))

# %% [markdown]
# Pooling first is four times cheaper, and it is not the same: side by side in the pooled maps, two loud
# values quieten each other though they never met at one pixel.
#
# ## 3. The 2012 network, simplified
#
# Here is the list of *Lecture 9*, Case Study: AlexNet, also in *CNN Benchmark Models*, AlexNet
# (2/3). It is *simplified*: as if there were only one GPU.
#
# | layer | what | output |
# |---|---|---|
# | input | | 227 × 227 × 3 |
# | `conv1` | 96 filters of 11 × 11, stride 4, pad 0 | 55 × 55 × 96 |
# | `pool1` | max, 3 × 3, stride 2 | 27 × 27 × 96 |
# | `norm1` | local response normalization | 27 × 27 × 96 |
# | `conv2` | 256 filters of 5 × 5, stride 1, pad 2 | 27 × 27 × 256 |
# | `pool2` | max, 3 × 3, stride 2 | 13 × 13 × 256 |
# | `norm2` | local response normalization | 13 × 13 × 256 |
# | `conv3` | 384 filters of 3 × 3, stride 1, pad 1 | 13 × 13 × 384 |
# | `conv4` | 384 filters of 3 × 3, stride 1, pad 1 | 13 × 13 × 384 |
# | `conv5` | 256 filters of 3 × 3, stride 1, pad 1 | 13 × 13 × 256 |
# | `pool3` | max, 3 × 3, stride 2 | 6 × 6 × 256 |
# | `fc6`, `fc7` | 4096 neurons each | 4096 |
# | `fc8` | 1000 neurons (class scores) | 1000 |
#
# The paper normalizes first and then pools (section 3.5); the slide differs, and here its list is
# what you build.
#
# ReLUs stand as before: this was the "*first use of ReLU*" in such a network. New is **dropout
# 0.5**, after the ReLU of `fc6` and after that of `fc7`.
#
# The 227 is no slip. The paper says 224 × 224 (the "150,528-dimensional" input of its figure 2),
# but $(224 - 11)/4 + 1$ is no whole number, and $(227 - 11)/4 + 1 = 55$.
#
# Two arguments prepare what follows; write them now or come back when you need them:
#
# - `groups` (section 4): 2 splits `conv2`, `conv4` and `conv5` over two GPUs. Pass it on to these
#   three layers: `keras.layers.Conv2D(..., groups=groups)`. `conv1` sees the image as a whole on
#   both GPUs, and `conv3` all maps.
# - `without` (section 5): names out of `"conv3"`, `"conv4"`, `"fc6"`, `"fc7"` that are left out,
#   each with its ReLU, and the fully connected ones with their dropout.


# %% nbgrader={"grade": false, "grade_id": "alexnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    """The AlexNet of 2012.

    Args:
        input_shape: `(height, width, channels)`.
        filters: of `conv1` to `conv5`.
        units: of `fc6` and of `fc7`.
        classes: number of class scores.
        groups: number of GPUs over which `conv2`, `conv4` and `conv5` are split.
        without: names of layers that are left out: `conv3`, `conv4`, `fc6`, `fc7`.

    Returns:
        A Keras model that gives `classes` scores.
    """
    ### BEGIN SOLUTION
    layers = keras.layers
    image = keras.Input(input_shape, name="image")
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = layers.Conv2D(
        filters[1], 5, padding="same", groups=groups, activation="relu", name="conv2"
    )(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    if "conv3" not in without:
        x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    if "conv4" not in without:
        x = layers.Conv2D(
            filters[3], 3, padding="same", groups=groups, activation="relu", name="conv4"
        )(x)
    x = layers.Conv2D(
        filters[4], 3, padding="same", groups=groups, activation="relu", name="conv5"
    )(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten(name="flatten")(x)
    if "fc6" not in without:
        x = layers.Dense(units, activation="relu", name="fc6")(x)
        x = layers.Dropout(0.5, name="drop6")(x)
    if "fc7" not in without:
        x = layers.Dense(units, activation="relu", name="fc7")(x)
        x = layers.Dropout(0.5, name="drop7")(x)
    scores = layers.Dense(classes, name="fc8")(x)
    return keras.Model(image, scores, name="AlexNet")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "alexnet_simplified", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("alexnet_simplified", build_alexnet)

# %% tags=["display"]
structure.draw(build_alexnet, "AlexNet with 96 filters first, simplified")

# %% [markdown]
# ## 4. Two GPUs: grouped convolution
#
# A GTX 580 had 3 GB of memory, too little for the network. So half of the maps lived on one GPU and
# half on the other, "[55x55x48] x 2" after `conv1` (*Lecture 9*, Case Study: AlexNet): "*CONV1,
# CONV2, CONV4, CONV5: Connections only with feature maps on same GPU*", and "*CONV3, FC6, FC7, FC8:
# Connections with all feature maps in preceding layer*". Training took a week on both, "50x" faster
# than on a CPU (*Convolutional Neural Network*, AlexNet: ILSVRC 2012 winner).
#
# Today this is called a **grouped convolution**. With $g$ groups, group $i$ convolves the $i$-th
# part of the maps with the $i$-th part of the filters, and the results are put side by side:
#
# $$y = \big[\; x_1 * w_1 \;\big|\; x_2 * w_2 \;\big|\; \dots \;\big|\; x_g * w_g \;\big] + b$$
#
# Each filter sees $C/g$ maps only, so the kernel has the shape
# `(kernel_height, kernel_width, channels / groups, filters)`.
#
# Write it as a layer: **split, convolve, concatenate**, with `keras.ops.conv(part, kernel_part,
# strides=..., padding=...)` for each part on its own. Keras' own layers are blocked in the check,
# and so is handing `keras.ops.conv` all maps at once: it would do the grouping for you. The
# weights must be called `kernel` and `bias`, so that the check can fill them.


# %% nbgrader={"grade": false, "grade_id": "GroupedConv2D_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
class GroupedConv2D(keras.layers.Layer):
    """A convolution in groups that do not see each other's maps.

    Args:
        filters: number of output maps, divisible by `groups`.
        kernel_size: `(kernel_height, kernel_width)`.
        strides: step in both directions, in pixels.
        padding: `"valid"` or `"same"`.
        groups: number of groups; it divides the number of input maps.
    """

    def __init__(self, filters, kernel_size, strides=1, padding="valid", groups=1, **options):
        super().__init__(**options)
        self.filters, self.kernel_size = filters, kernel_size
        self.strides, self.padding, self.groups = strides, padding, groups

    def build(self, input_shape):
        """Make the trainable weights `kernel` and `bias` with `self.add_weight`."""
        ### BEGIN SOLUTION
        shape = (*self.kernel_size, input_shape[-1] // self.groups, self.filters)
        self.kernel = self.add_weight(shape=shape, initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")
        ### END SOLUTION

    def call(self, x):
        """Split, convolve, concatenate, add the bias."""
        ### BEGIN SOLUTION
        maps = keras.ops.split(x, self.groups, axis=-1)
        kernels = keras.ops.split(self.kernel, self.groups, axis=-1)
        parts = [
            keras.ops.conv(part, kernel, strides=self.strides, padding=self.padding)
            for part, kernel in zip(maps, kernels, strict=True)
        ]
        return keras.ops.concatenate(parts, axis=-1) + self.bias
        ### END SOLUTION

    def get_config(self):
        """Everything that `__init__` takes, so that the layer can be saved and made again."""
        ### BEGIN SOLUTION
        return super().get_config() | {
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "groups": self.groups,
        }
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "GroupedConv2D", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("GroupedConv2D", GroupedConv2D)

# %% [markdown]
# Who sees whom? Put a 1 into one map after the other and look which outputs of your layer answer.

# %% tags=["display"]
MAPS = 12


def who_answers(groups):
    """For each input map (row) the size of each output map's answer (column) to a 1 in it."""
    keras.utils.set_random_seed(4)
    layer = GroupedConv2D(MAPS, (1, 1), groups=groups)
    impulses = np.eye(MAPS, dtype="float32")[:, np.newaxis, np.newaxis, :]
    return np.abs(keras.ops.convert_to_numpy(layer(impulses)))[:, 0, 0, :]


with plots.style():
    figure, panels = plots.new_figure(1, 3, figsize=(12.5, 4.2))
    for axes, groups, title in zip(
        panels[0],
        (1, 2, MAPS),
        ("1 group", "2 groups (GPUs)", f"{MAPS} groups (depthwise)"),
        strict=True,
    ):
        answers = who_answers(groups)
        picture = axes.imshow(answers / answers.max(), cmap="Blues", vmin=0, vmax=1)
        axes.grid(visible=False)
        axes.set_xticks(range(0, MAPS, 3))
        axes.set_yticks(range(0, MAPS, 3))
        axes.set_xlabel("output map")
        axes.set_ylabel("input map")
        seen = np.count_nonzero(answers) / MAPS**2
        axes.set_title(f"{title}: {seen:.0%} of the weights")
    figure.colorbar(picture, ax=list(panels[0]), label="answer, largest = 1", shrink=0.8)
figure

# %% [markdown]
# A group has $C/g$ input maps and $F/g$ filters, and there are $g$ groups. What does a grouped
# convolution with bias cost? As on the slides, adding a bias counts no multiply-add.


# %% nbgrader={"grade": false, "grade_id": "grouped_cost_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grouped_cost(side, channels, filters, groups, pixels):
    """What a grouped convolution costs.

    Args:
        side: side of the square filters, in pixels.
        channels: number of input maps.
        filters: number of output maps.
        groups: number of groups.
        pixels: number of pixels of an output map.

    Returns:
        `{"parameters": ..., "macs": ...}`
    """
    ### BEGIN SOLUTION
    weights = side * side * (channels // groups) * filters
    return {"parameters": weights + filters, "macs": pixels * weights}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "grouped_cost", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("grouped_cost", grouped_cost)

# %% [markdown]
# Now the network as it ran on two GPUs: `build_alexnet(groups=2)`. In it, Keras' own
# `Conv2D(..., groups=groups)` does the work that you now know.

# %% nbgrader={"grade": true, "grade_id": "alexnet_two_gpus", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("alexnet_two_gpus", build_alexnet)


# %% tags=["display"]
def normalization_is_free(call):
    """Local response normalization counts no multiply-adds, as other normalizations."""
    return 0


COUNTED = {"LocalResponseNormalization": normalization_is_free}
tables = {
    "64 filters first": table_64,
    "96, simplified": costs.count(build_alexnet, handlers=COUNTED, input_memory=False),
    "96, two GPUs": costs.count(
        lambda: build_alexnet(groups=2), handlers=COUNTED, input_memory=False
    ),
}

print(f"{'':<18}{'parameters':>14}{'convolutions':>16}{'fully connected':>18}   [multiply-adds]")
for title, table in tables.items():
    convolved, connected = (sum(row.macs or 0 for row in part) for part in in_order(table))
    print(f"{title:<18}{table.parameters:>14,}{convolved:>16,}{connected:>18,}")

# %% [markdown]
# These are the "60M params" of the slides (60.97 M, cut off) and the 0.67 and 0.05 billion
# operations of *CNN Benchmark Models*, Summary of Popular CNN Models (0.0586, cut off). Two GPUs
# save 1.4 M parameters, no more than 2 %, but 38 % of the convolutions' multiply-adds.
#
# *Convolutional Neural Network*, AlexNet: ILSVRC 2012 winner, also counts "7 hidden layers" (the
# class scores are the eighth layer with weights) and "650K units": the outputs of all eight layers
# are 659,272 numbers.

# %% tags=["display"]
costs.plot({name: tables[name] for name in ("96, simplified", "96, two GPUs")})

# %% [markdown]
# ## 5. Which layers matter?
#
# *CNN Benchmark Models*, AlexNet variants, shows what happens when layers are removed from the
# network on two GPUs: its error rate goes from 18.2 % to
#
# | removed | error rate | the slide says |
# |---|---|---|
# | `fc7` | 19.3 % | "16M less parameters" |
# | `fc6`, `fc7` | 23.9 % | "50M less parameters" |
# | `conv3`, `conv4` | 21.2 % | "1M less parameters" |
# | all four | 51.7 % "!" | |
#
# Let `build_alexnet` leave them out. What follows sees what came before: without `conv3` and
# `conv4`, `conv5` reads the 256 maps of `norm2`.

# %% nbgrader={"grade": true, "grade_id": "alexnet_ablations", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("alexnet_ablations", build_alexnet)

# %% [markdown]
# And how many parameters does that save? Let `costs.count` count: it takes a function that builds a
# network, such as `lambda: build_alexnet(groups=2)`, and its result has `.parameters`. No weight is
# allocated.


# %% nbgrader={"grade": false, "grade_id": "alexnet_saved_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def parameters_saved(without, groups=2):
    """How many parameters fewer AlexNet has without these layers.

    Args:
        without: names of the layers that are left out.
        groups: as for `build_alexnet`.
    """
    ### BEGIN SOLUTION
    whole = costs.count(lambda: build_alexnet(groups=groups)).parameters
    return whole - costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "alexnet_saved", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("alexnet_saved", parameters_saved)

# %% tags=["display"]
# Layers, error rate in percent as on the slide.
ABLATIONS = [
    ((), 18.2),
    (("fc7",), 19.3),
    (("conv3", "conv4"), 21.2),
    (("fc6", "fc7"), 23.9),
    (("conv3", "conv4", "fc6", "fc7"), 51.7),
]

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 4.2), width_ratios=(1, 1))
    names = ["nothing" if not gone else " + ".join(gone) for gone, _ in ABLATIONS]
    rows = range(len(ABLATIONS))
    savings = [parameters_saved(gone) / 1e6 for gone, _ in ABLATIONS]
    errors = [error for _, error in ABLATIONS]
    for axes, values, form, colour, limit, label, title in [
        (
            panels[0, 0],
            savings,
            "{:.1f}",
            plots.COLOURS[0],
            62,
            "million parameters",
            "Parameters saved, of 61.0 million",
        ),
        (
            panels[0, 1],
            errors,
            "{:.1f} %",
            plots.COLOURS[1],
            64,
            "error rate [%]",
            "Error rate on the slide",
        ),
    ]:
        axes.barh(rows, values, color=colour)
        for row, value in zip(rows, values, strict=True):
            axes.text(value + 1, row, form.format(value), va="center", fontsize=10)
        axes.set_yticks(rows, labels=names)
        axes.set_xlim(0, limit)
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.set_xlabel(label)
        axes.set_ylabel("removed layers")
        axes.set_title(title)
    panels[0, 1].axvline(errors[0], color="black", linestyle="--", linewidth=1)
figure

# %% [markdown]
# ### Why?
#
# `fc7` has ten times as many parameters as `conv3` and `conv4` together, yet it is missed less; and
# losing both kinds is far worse than the two losses added together. Why? Write two or three sentences; they
# are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# The number of parameters of a fully connected layer comes from its number of inputs, not from
# what it adds: fc7 mixes again what fc6 has already mixed. conv3 and conv4 share
# their few weights over all 13 x 13 places and make the features themselves more complex. What
# counts is depth: without one kind the other can still build on several layers, but without both
# only three convolutions and one linear layer are left.
#
# </details>

# %% [markdown]
# ## 6. ZFNet: a bigger AlexNet
#
# A year later M. Zeiler and R. Fergus looked at what the layers had learned (*Visualizing and
# Understanding Convolutional Networks*, ECCV 2014) and changed the first one: 7 × 7 with stride 2
# in place of 11 × 11 with stride 4. "*More trial and error*": the top-5 error fell from 16.4 % to
# 11.7 % (*Lecture 7*, ZFNet: A Bigger AlexNet). Zeiler's company Clarifai won in 2013.
#
# The paper's figure (*Convolutional Neural Network*, Clarifai: ILSVRC 2013 winner) starts with an
# image of 224 × 224 and has 55 × 55 maps after the first pooling. Try it: $(224 - 7)/2 + 1$ rounded
# down is 109, and after a 3 × 3 pooling with stride 2 that is 54. To get 55, `conv1` needs a pad of
# 1 (110 pixels), and the pooling must **round up**:
#
# $$W' = \left\lceil \frac{W - K}{S} \right\rceil + 1 = \left\lceil \frac{110 - 3}{2} \right\rceil
#   + 1 = 55$$
#
# The last window then hangs over the border by a pixel. Keras does that with
# `MaxPooling2D(3, strides=2, padding="same")` where the number of pixels is **even**; where it is
# odd, nothing is left over, rounding changes nothing, and `"same"` would pad both sides: leave it
# out there.
#
# | layer | what | output |
# |---|---|---|
# | `conv1` | 96 filters of 7 × 7, stride 2, pad 1 | 110 × 110 × 96 |
# | `pool1` | max, 3 × 3, stride 2, rounding up | 55 × 55 × 96 |
# | `norm1` | "*contrast normalized across feature maps*": local response normalization | 55 × 55 × 96 |
# | `conv2` | 256 filters of 5 × 5, stride 2, pad 0 | 26 × 26 × 256 |
# | `pool2` | max, 3 × 3, stride 2, rounding up | 13 × 13 × 256 |
# | `norm2` | local response normalization | 13 × 13 × 256 |
# | `conv3`, `conv4` | 384 filters of 3 × 3 each, pad 1 | 13 × 13 × 384 |
# | `conv5` | 256 filters of 3 × 3, pad 1 | 13 × 13 × 256 |
# | `pool5` | max, 3 × 3, stride 2, rounding up | 6 × 6 × 256 |
# | `fc6`, `fc7`, `fc8` | as in AlexNet, with ReLU and dropout 0.5 | 4096, 4096, 1000 |
#
# The slides' list says "*CONV3,4,5: instead of 384, 384, 256 filters use 512, 1024, 512*"
# (*Lecture 9*, Case Study: AlexNet). That is the wider network of the same paper:
# `filters=(96, 256, 512, 1024, 512)`.


# %% nbgrader={"grade": false, "grade_id": "zfnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_zfnet(
    input_shape=(224, 224, 3), filters=(96, 256, 384, 384, 256), units=4096, classes=1000
):
    """ZFNet, as in the paper's figure of the 8-layer network.

    Args:
        input_shape: `(height, width, channels)`. The maps before `pool1` and `pool2` must have even
            sides, and those before `pool5` odd ones.
        filters: of `conv1` to `conv5`.
        units: of `fc6` and of `fc7`.
        classes: number of class scores.

    Returns:
        A Keras model that gives `classes` scores.
    """
    ### BEGIN SOLUTION
    layers = keras.layers
    image = keras.Input(input_shape, name="image")
    x = layers.ZeroPadding2D(1, name="pad1")(image)
    x = layers.Conv2D(filters[0], 7, strides=2, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = layers.Conv2D(filters[1], 5, strides=2, activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dropout(0.5, name="drop6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    x = layers.Dropout(0.5, name="drop7")(x)
    scores = layers.Dense(classes, name="fc8")(x)
    return keras.Model(image, scores, name="ZFNet")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "zfnet", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("zfnet", build_zfnet)

# %% tags=["display"]
structure.draw(build_zfnet, "ZFNet")

# %% tags=["display"]
WIDE = (96, 256, 512, 1024, 512)
zfnet_tables = {
    "AlexNet, simplified": tables["96, simplified"],
    "ZFNet": costs.count(build_zfnet, handlers=COUNTED, input_memory=False),
    "ZFNet, 512/1024/512": costs.count(
        lambda: build_zfnet(filters=WIDE), handlers=COUNTED, input_memory=False
    ),
}
for name, table in zfnet_tables.items():
    print(f"{name:<20}{table.parameters:>13,} parameters {table.macs:>15,} multiply-adds")

# %% [markdown]
# The wider one has 18,432 inputs to `fc6` instead of 9,216, and 46 million parameters more. In the
# first layers ZFNet's smaller strides leave larger maps, which cost memory and multiply-adds, but
# no parameters: compare the two at `conv1`.

# %% tags=["display"]
costs.plot({name: zfnet_tables[name] for name in ("AlexNet, simplified", "ZFNet")})

# %% [markdown]
# ## 7. What the slides got wrong
#
# Four numbers on the slides about these networks are wrong. Correct them with what you built:
#
# - `fc6_parameters` (*Lecture 7*, AlexNet): "FC params = 9216 · 4096 + 4096 = 37.725.832".
# - `first_neurons` (*Lecture 7*, AlexNet): in the paper's caption, "*the number of neurons in the
#   network's remaining layers is given by 253,440–186,624–64,896–64,896–43,264–4096–4096–1000*".
#   How many neurons does the first layer of the two-GPU network have?
# - `zfnet_maps` (*Evolution of CNN Architectures*, ZFNet (2013)): "6 · 6 · 56 = 9216 dimensions".
#   Which number should replace the 56?
# - `removed_parameters` (*CNN Benchmark Models*, AlexNet variants): the "1M less parameters"
#   without `conv3` and `conv4`, on two GPUs, exactly.

# %% nbgrader={"grade": false, "grade_id": "alexnet_errata_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four corrections in this form:
# corrections = {
#     "fc6_parameters": number, "first_neurons": number,
#     "zfnet_maps": number, "removed_parameters": number,
# }
### BEGIN SOLUTION
corrections = {
    "fc6_parameters": 9216 * 4096 + 4096,
    "first_neurons": 55 * 55 * 96,
    "zfnet_maps": 9216 // 36,
    "removed_parameters": 1_696_512,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "alexnet_errata", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("alexnet_errata", corrections)

# %% tags=["display"]
from course_lib import slides as ledger

for name in ("E01", "E03", "E11", "E30"):
    erratum = ledger.erratum(name)
    print(f"{erratum.id}, {erratum.title}: printed {erratum.facts[0].printed}")
    print(f"     {erratum.facts[0].derivation}")

# %% [markdown]
# ## 8. The recipe
#
# *Lecture 9*, Case Study: AlexNet, and *CNN Benchmark Models*, AlexNet (2/3):
#
# - heavy data augmentation: flips and crops (256 → 224 pixels), and the colours shifted along their
#   principal components (*Convolutional Neural Network*, Data Augmentation: Color Jitter);
# - dropout 0.5, mini-batches of 128;
# - SGD with momentum 0.9 and L2 weight decay $5 \cdot 10^{-4}$;
# - learning rate $10^{-2}$, "*reduced by 10 manually when val accuracy plateaus*";
# - seven such networks averaged: 18.2 % → 15.4 %.
#
# The update of momentum is $v \leftarrow \alpha v - \epsilon g$, $\theta \leftarrow \theta + v$.
# L2 decay $\lambda$ adds $\frac{\lambda}{2} \lVert \theta \rVert^2$ to the loss and so
# $\lambda \theta$ to the gradient. In the paper both stand in one line:
#
# $$v \leftarrow 0.9\, v \;-\; 0.0005\, \epsilon\, \theta \;-\; \epsilon\, g, \qquad
#   \theta \leftarrow \theta + v$$
#
# That is your `momentum_step` of *Optimization* in the names of the paper, so here it is given. Note that
# the decay goes **through the velocity**.


# %%
def alexnet_step(theta, v, gradient, learning_rate=1e-2, momentum=0.9, decay=5e-4):
    """One step of AlexNet's training: `(theta, v)` after it; `gradient` is without the decay."""
    v = momentum * v - learning_rate * (gradient + decay * theta)
    return theta + v, v


# %% [markdown]
# ### Predict before you run: how strong is 0.0005?
#
# It looks like next to nothing. Follow one weight that has become useless: its gradient is 0 from now on,
# and the decay alone moves it. ImageNet has 1.2 million images, a mini-batch 128, and $\epsilon = 0.01$.
#
# - `steps`: how many steps are there in an epoch?
# - `pull`: what fraction of itself does the weight lose in one step, once the velocity has settled? Over a few
#   dozen steps $\theta$ hardly changes, so $v$ goes to the value that the formula turns into itself.
# - `half_life`: after how many **epochs** is the weight half as large? What it loses in a step shrinks as
#   it does, as in radioactive decay.
# - `half_life_direct`: `keras.optimizers.SGD(weight_decay=0.0005)` bypasses the velocity and pulls at the
#   weight itself, $\theta \leftarrow \theta - \epsilon\, \lambda\, \theta$. After how many epochs is the
#   weight half as large then?
#
# Two significant digits are enough.

# %% nbgrader={"grade": false, "grade_id": "weight_decay_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four predictions in this form:
# weight_decay = {"steps": ..., "pull": ..., "half_life": ..., "half_life_direct": ...}
### BEGIN SOLUTION
weight_decay = {
    "steps": 1_200_000 / 128,
    "pull": 0.01 * 0.0005 / (1 - 0.9),
    "half_life": np.log(2) / 5e-5 / 9375,
    "half_life_direct": np.log(2) / 5e-6 / 9375,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "weight_decay", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("weight_decay", weight_decay)

# %% [markdown]
# Now the same step by step, with the given function:


# %% tags=["display"]
def what_is_left(epochs, directly):
    """A weight without a gradient after each epoch, as a share of what it was."""
    theta, v, shares = 1.0, 0.0, [1.0]
    for step in range(1, epochs * 9375 + 1):
        if directly:
            theta -= 1e-2 * 5e-4 * theta
        else:
            theta, v = alexnet_step(theta, v, gradient=0.0)
        if step % 9375 == 0:
            shares.append(theta)
    return shares


with plots.style():
    figure, panels = plots.new_figure(figsize=(6.8, 3.6))
    axes = panels[0, 0]
    for name, directly, marker in [
        ("through the velocity, as in 2012", False, "o"),
        ("at the weight, as in Keras' SGD", True, "s"),
    ]:
        axes.plot(what_is_left(15, directly), marker=marker, label=name)
    axes.axhline(0.5, color="0.5", lw=1, ls=":", label="half")
    axes.set_ylim(0, 1.05)
    axes.set_xlabel("epochs of 9,375 steps")
    axes.set_ylabel("share of the weight that is left")
    axes.set_title("A weight that nobody uses, ε = 0.01 and λ = 0.0005")
    axes.legend(loc="upper right")
figure

# %% [markdown]
# A useless weight is halved in an epoch and a half, and AlexNet was trained for about 90. Each pull lives on
# in the velocity, $1 + 0.9 + 0.81 + \dots = 10$ times in all: the same name and the same number in another
# library can be a tenth of the strength. When the learning rate falls by 10, so does the decay.
#
# ## 9. A small one, trained
#
# Now your builder again, narrow and for small images: digits enlarged to 67 × 67 pixels, so
# that 11 × 11 filters with stride 4 still fit. The crops are random shifts of up to 4 pixels, and
# with 3,500 images instead of 1.2 million there are mini-batches of 32.
#
# AlexNet took pixels from 0 to 255 and small initial weights; large values give the first filters
# large gradients, and what they have learned soon drowns the noise that they began with. Here
# pixels are ten times as large as usual and the initial `conv1` ten times as small. The other
# weights begin as K. He proposed in 2015: so that signals do not fade, which two normalizations
# that divide by at least $2^{0.75}$ make worse. Everything else follows the recipe.
#
# **Predict before you run:** flips helped on ImageNet. Would they help with digits? Which digits
# will suffer most, which least?

# %% tags=["display"]
SIDE, NARROW, LARGER = 67, (16, 32, 48, 48, 32), 10
mnist = data.load("mnist")


def enlarged(split):
    """Images of 67 x 67 pixels, their mean taken away, with values up to ten, and the labels."""
    images = keras.ops.image.resize(split.images - mnist.train.images.mean(), (SIDE, SIDE))
    return LARGER * keras.ops.convert_to_numpy(images), split.labels


def small_alexnet(flips):
    """A narrow AlexNet, ready for the recipe; its first kernel as it began, and the variable."""
    training.set_seed(2)
    network = build_alexnet((SIDE, SIDE, 1), NARROW, units=128, classes=10)
    first, *_ = Inside(network, (SIDE, SIDE, 1)).kernels()  # whatever names you gave your layers
    for number, weight in enumerate(network.trainable_weights):
        if len(weight.shape) > 1:
            initial = keras.initializers.HeNormal(seed=number)
            scale = 1 / LARGER if weight is first else 1
            weight.assign(scale * initial(weight.shape))
            # decay / 2 times the square in the loss is decay times the weight in the gradient.
            weight.regularizer = keras.regularizers.L2(5e-4 / 2)
    before = keras.ops.convert_to_numpy(first)
    augment = [keras.layers.RandomTranslation(4 / SIDE, 4 / SIDE, fill_mode="nearest")]
    augment += [keras.layers.RandomFlip("horizontal")] if flips else []
    model = keras.Sequential([keras.Input((SIDE, SIDE, 1)), *augment, network])
    model.compile(
        optimizer=keras.optimizers.SGD(1e-2, momentum=0.9),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model, before, first


def trained_small(flips, epochs):
    """A narrow AlexNet, trained by the recipe, and its first filters before the training."""
    model, before, first = small_alexnet(flips)
    images = enlarged(mnist.train), enlarged(mnist.validation)
    training.fit(model, *images, epochs=epochs, batch_size=32)
    model.optimizer.learning_rate = 1e-3  # "Reduced by 10 manually."
    training.fit(model, *images, epochs=2, batch_size=32)
    return model, before, first


# %% [markdown]
# Before the long training comes the short test of *Optimization*, section 8: does the network learn twenty
# images by heart? Here it sees them without shifts, and Adam gets there in fewer steps than the recipe.

# %% tags=["display"]
trial = small_alexnet(flips=False)[0].layers[-1]  # what stands after the random shifts
trial.compile(
    keras.optimizers.Adam(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
)
twenty, twenty_labels = enlarged(mnist.train.take(20))
training.by_heart(trial, twenty, twenty_labels, steps=120)
right = trial.predict(twenty, verbose=0).argmax(axis=1) == twenty_labels
print(f"Without dropout it names {right.sum()} of them.")

# %% [markdown]
# It does. Dropout and weight decay keep the loss from going to zero. Now the training by the recipe.

# %% tags=["display"]
small, filters_before, first_kernel = trained_small(flips=False, epochs=4)

# %% [markdown]
# The first curve is at $10^{-2}$, the second one goes on at $10^{-3}$. And now with flips:

# %% tags=["display"]
small_with_flips, *_ = trained_small(flips=True, epochs=4)

# %% tags=["display"]
unseen, unseen_labels = enlarged(mnist.validation)


def errors_of(model):
    """For each digit the part of the validation images that is taken for another one."""
    scores = model.predict(unseen, batch_size=250, verbose=0)
    wrong = scores.argmax(axis=1) != unseen_labels
    return np.array([wrong[unseen_labels == digit].mean() for digit in range(10)])


with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(9.5, 3.8))
    axes = panels[0, 0]
    for offset, (name, model) in zip(
        (-0.2, 0.2), [("crops", small), ("crops and flips", small_with_flips)], strict=True
    ):
        errors = 100 * errors_of(model)
        colour = plots.COLOURS[0 if offset < 0 else 1]
        label = f"{name}: {errors.mean():.1f} % in all"
        axes.bar(np.arange(10) + offset, errors, 0.38, color=colour, label=label)
    axes.set_xticks(range(10))
    axes.grid(axis="x", visible=False)
    axes.set_xlabel("digit")
    axes.set_ylabel("not recognized [%]")
    axes.set_title("A narrow AlexNet on 500 validation digits, 50 of each")
    axes.legend()
figure

# %% [markdown]
# An augmentation must leave the label true. A mirrored cat is a cat; a mirrored 5 looks much like a
# 2, and the network has to give away part of what it could know. A 0 and a 1, which look the same
# in a mirror, hardly suffer. A recipe belongs to its data.
#
# ### What the first layer has learned
#
# AlexNet's 96 first filters "*learned a variety of frequency- and orientation-selective kernels,
# and colored blobs*", in the words of the paper (*CNN Benchmark Models*, AlexNet (3/3)). Yours have
# seen strokes of digits, without colour:

# %% tags=["display"]
filters_after = keras.ops.convert_to_numpy(first_kernel)
both = np.concatenate([filters_before, filters_after], axis=-1)[:, :, 0, :].transpose(2, 0, 1)
both = both / np.abs(both).max(axis=(1, 2), keepdims=True)

plots.image_grid(
    both,
    title="16 first filters of 11 × 11 pixels, before (upper rows) and after training (lower)",
    columns=8,
    colour_map="RdBu_r",
    limits=(-1, 1),
    colour_bar="weight, largest of each filter = 1",
)

# %% [markdown]
# ## 10. Optional: two networks that never talk
#
# Not graded. What if `conv3` had groups, too? Then the two GPUs would not exchange anything before
# `fc6`, as if two networks of half the width looked at the same image. How many parameters would
# that save? (`grouped_cost` knows.) Then try it: change a copy of your builder and train it in
# section 9 against the one with `groups=2`.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# 442,368 parameters: the kernel of `conv3` shrinks from 3 · 3 · 256 · 384 to 3 · 3 · 128 · 384 weights,
# its half. The biases stay.
#
# </details>
