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
# # Inception: networks in a network
#
# In 2014 GoogLeNet won ILSVRC with 6.7 % top-5 error and a twentieth of VGG's parameters
# (*Lecture 9*, Case Study: GoogLeNet; C. Szegedy et al., *Going deeper with convolutions*, CVPR
# 2015). Its idea is to design a good small network once, the *inception module*, and to stack it.
# In this notebook you build the module and its descendants, and you will know
#
# - why the naive module is too expensive, and what three 1 × 1 convolutions do about it;
# - how to build GoogLeNet from its printed table, and which numbers of that table are wrong;
# - what auxiliary heads do to the gradients of a deep network: you measure it on real digits;
# - what versions 2 to 5 changed: batch normalization, factorized filters, residual connections and
#   separable convolutions.
#
# It takes about three hours; running all cells takes about a minute. Networks are compared by what
# they are, not by how they are written: functional, `Sequential` or subclassed, with branches in
# any order and layers of any names.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides, training
from course_lib.blueprints import blueprint
from course_lib.structure import canonical, draw

import keras
import numpy as np
from matplotlib.patches import Patch

# %%
# GoogLeNet as the slides print it: for each module #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5 and
# pool proj. You will need it from section 3 on.
TABLE = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}

# %% [markdown]
# ## 1. The naive module
#
# A cat may fill the image or a corner of it. So "*receptive field should vary in size
# accordingly*" (*CNN Benchmark Models*, GoogLeNet): filters of several sizes look at the **same**
# input side by side, and a pooling too. All outputs are concatenated depth-wise (*Lecture 9*, Case
# Study: GoogLeNet):
#
# | branch | layers |
# |---|---|
# | 1 × 1 | convolution 1 × 1 |
# | 3 × 3 | convolution 3 × 3 |
# | 5 × 5 | convolution 5 × 5 |
# | pool | max pooling 3 × 3, stride 1 |
#
# Every convolution has biases and is followed by a ReLU. Everything has `same` padding, so that all
# branches keep height and width.
#
# You have built this module in *1 × 1 convolutions* as a model of its own. Here it is given, as a function, so
# that modules can be stacked.
#
# All blocks of this notebook are functions that take a tensor and return a tensor, so that you can
# stack them. For the checks, `as_model` makes a network of one. After a module it may put a 1 × 1
# convolution that mixes all maps, so that your branches may come in any order.


# %%
def as_model(block):
    """A function that builds a network, from one that adds a block to a tensor."""

    def build(input_shape, *args, mixed=None, **options):
        inputs = keras.Input(input_shape)
        outputs = block(inputs, *args, **options)
        if mixed is not None:
            outputs = keras.layers.Conv2D(mixed, 1)(outputs)
        return keras.Model(inputs, outputs)

    return build


# %%
def naive_inception(x, filters, name="naive"):
    """The inception module without reductions.

    Args:
        x: the input, `(batch, height, width, channels)`.
        filters: numbers of filters of 1 x 1, 3 x 3 and 5 x 5.
        name: beginning of the layers' names.

    Returns:
        `(batch, height, width, sum(filters) + channels)`.
    """
    ones, threes, fives = filters
    options = {"padding": "same", "activation": "relu"}
    one = keras.layers.Conv2D(ones, 1, name=f"{name}_1x1", **options)(x)
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(x)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(x)
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])


# %% [markdown]
# ### Predict before you run
#
# The example of the slides has 28 × 28 × 256 values as input and 128, 192 and 96 filters. With
# pencil and paper:
#
# - `depth`: how many maps come out?
# - `values`: how many numbers is that, 28 × 28 times `depth`? The slide says *529k*.
# - `depth_after_two`: a second module with the same numbers of filters takes these maps as its
#   input. How many maps come out of **it**?

# %% nbgrader={"grade": false, "grade_id": "naive_growth_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three predictions in this form:
# naive_growth = {"depth": ..., "values": ..., "depth_after_two": ...}
### BEGIN SOLUTION
naive_growth = {
    "depth": 128 + 192 + 96 + 256,
    "values": 28 * 28 * 672,
    "depth_after_two": 128 + 192 + 96 + 672,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "naive_growth", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("naive_growth", naive_growth)

# %% tags=["display"]
SLIDE_INPUT = (28, 28, 256)
NAIVE_FILTERS = (128, 192, 96)

naive_graph = canonical(blueprint(as_model(naive_inception), SLIDE_INPUT, NAIVE_FILTERS))
draw(naive_graph, "Naive inception module on 28 × 28 × 256")

# %% [markdown]
# "*Pooling layer also preserves feature depth, which means total depth after concatenation can only
# grow at every layer!*" (*Lecture 9*, Case Study: GoogLeNet). And 3 × 3 and 5 × 5 filters on ever
# more maps are expensive: by how much, if modules of the same filters are stacked? A convolution of
# $K \times K$ from $C$ to $F$ maps on $H \times W$ pixels needs $H\, W\, K^2\, C\, F$ multiply-adds. Pooling
# and concatenation count nothing.


# %% nbgrader={"grade": false, "grade_id": "naive_stack_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def naive_stack(height, width, channels, filters, modules):
    """What naive modules on top of one another cost.

    Args:
        height, width: size of the maps, in pixels; it stays the same.
        channels: number of input maps of the first module.
        filters: numbers of filters of 1 x 1, 3 x 3 and 5 x 5, the same in every module.
        modules: how many there are.

    Returns:
        A list with `(depth, macs)` for each module: its output maps and its own multiply-adds.
    """
    ### BEGIN SOLUTION
    ones, threes, fives = filters
    rows = []
    for _ in range(modules):
        macs = height * width * channels * (ones + 9 * threes + 25 * fives)
        channels += ones + threes + fives
        rows.append((channels, macs))
    return rows
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "naive_stack", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("naive_stack", naive_stack)

# %% tags=["display"]
stack = naive_stack(*SLIDE_INPUT, NAIVE_FILTERS, modules=9)

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10, 3.4))
    numbers = range(1, len(stack) + 1)
    panels[0, 0].bar(numbers, [depth for depth, _ in stack], color=plots.COLOURS[0])
    panels[0, 0].set_ylabel("output maps")
    panels[0, 0].set_title("Depth grows by the same number every time")
    panels[0, 1].bar(numbers, [macs / 1e9 for _, macs in stack], color=plots.COLOURS[1])
    panels[0, 1].set_ylabel("billion multiply-adds")
    panels[0, 1].set_title(f"In all {sum(macs for _, macs in stack) / 1e9:.1f} billion")
    for axes in panels[0]:
        axes.set_xticks(numbers)
        axes.set_xlabel("module")
        axes.grid(axis="x", visible=False)
    figure.suptitle("Nine naive modules on 28 × 28 × 256, each with 128, 192 and 96 filters")
figure

# %% [markdown]
# The depth grows in a straight line, and so does the cost of a module; the cost of the whole stack grows
# with the *square* of its height. GoogLeNet has nine modules, and 1.6 billion multiply-adds in all.
#
# ## 2. The module with reductions
#
# A 1 × 1 convolution is a weighted sum of the maps at each pixel: 32 of them on 56 × 56 × 64 are
# 32 dot products of 64 numbers at every pixel, and give 56 × 56 × 32 (*Lecture 9*, Reminder: 1x1
# convolutions). So let one *reduce* the depth **before** each expensive filter, and one *project*
# the maps **after** the pooling:
#
# | branch | layers | column of the table |
# |---|---|---|
# | 1 × 1 | 1 × 1 | `#1×1` |
# | 3 × 3 | 1 × 1, then 3 × 3 | `#3×3 reduce`, `#3×3` |
# | 5 × 5 | 1 × 1, then 5 × 5 | `#5×5 reduce`, `#5×5` |
# | pool | max pooling 3 × 3, stride 1, then 1 × 1 | `pool proj` |
#
# Again every convolution, reductions included, has biases and a ReLU. The extra ReLUs are a gain of
# their own: "*extra non-linearity*" (*CNN Benchmark Models*, 1x1 Convolution).


# %% nbgrader={"grade": false, "grade_id": "inception_v1_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inception(x, filters, name="module"):
    """The inception module of GoogLeNet.

    Args:
        x: the input, `(batch, height, width, channels)`.
        filters: six numbers, in the order of the printed table: 1 x 1, 3 x 3 reduce, 3 x 3,
            5 x 5 reduce, 5 x 5, pool proj.
        name: beginning of the layers' names, if you give them names.

    Returns:
        `(batch, height, width, #1x1 + #3x3 + #5x5 + pool proj)`.
    """
    ### BEGIN SOLUTION
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    options = {"padding": "same", "activation": "relu"}
    one = keras.layers.Conv2D(ones, 1, name=f"{name}_1x1", **options)(x)
    three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce", **options)(x)
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(three)
    five = keras.layers.Conv2D(reduce_fives, 1, name=f"{name}_5x5_reduce", **options)(x)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(five)
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = keras.layers.Conv2D(projection, 1, name=f"{name}_pool_proj", **options)(pool)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "inception_v1", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("inception_v1", as_model(inception))

# %% tags=["display"]
REDUCED_FILTERS = (128, 64, 192, 64, 96, 64)

reduced_graph = canonical(blueprint(as_model(inception), SLIDE_INPUT, REDUCED_FILTERS))
draw(reduced_graph, "Inception module with reductions on 28 × 28 × 256")

# %% [markdown]
# The multiply-adds of your two modules, one convolution on top of the other. The slide adds up the
# six lines on the right to *358M*. Which of them is as large as the hatched gap?

# %% tags=["display"]


def convolutions_by_cost(graph):
    """Kernel and multiply-adds of each convolution of a network, whatever the layers' names."""
    found = []
    for node in graph.nodes:
        if node.op == "conv":
            height, width, maps = node.shape[1:]
            (kernel, _), channels = node.settings["kernel"], graph.nodes[node.inputs[0]].shape[-1]
            label = f"{kernel} × {kernel}, {channels} → {maps}"
            found.append((label, height * width * maps * kernel**2 * channels))
    return sorted(found, key=lambda item: item[1])


with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(12, 5), width_ratios=(1, 1.7), sharey=True)
    blue, red, green, *_ = plots.COLOURS
    designs = [("naive", naive_graph, blue), ("with reductions", reduced_graph, green)]
    for axes, (design, graph, colour) in zip(panels[0], designs, strict=True):
        steps, level = convolutions_by_cost(graph), 0.0
        for place, (_, macs) in enumerate(steps):
            axes.bar(place, macs / 1e6, bottom=level, color=colour)
            axes.text(place, level + macs / 1e6 + 9, f"+{macs / 1e6:.1f}", ha="center", fontsize=9)
            level += macs / 1e6
            axes.plot([place - 0.4, place + 1.4], [level, level], color="grey", linewidth=0.8)
        axes.bar(len(steps), level, color="0.45")
        inside = {"ha": "center", "va": "top", "color": "white", "fontweight": "bold"}
        axes.text(len(steps), level - 9, f"{level:.1f}", **inside)
        labels = [label.replace(", ", "\n") for label, _ in steps]
        axes.set_xticks(range(len(steps) + 1), labels=[*labels, "total"], fontsize=8)
        axes.set_xlabel("convolution: kernel, maps in → maps out")
        axes.set_title(f"{design}: {level * 1e6:,.0f}")
        axes.grid(axis="x", visible=False)
    panels[0, 0].set_ylabel("million multiply-adds")
    panels[0, 0].set_ylim(0, 930)
    printed = float(slides.fact("F0740").printed)
    gap = printed - level
    right = panels[0, 1]
    right.bar(len(steps), gap, bottom=level, color="none", edgecolor=red, hatch="///")
    right.axhline(printed, color=red, linestyle="--", linewidth=1.2)
    right.text(-0.4, printed + 12, f"printed: {printed:g} (a gap of {gap:.1f})", color=red)
    figure.suptitle("One inception module on 28 × 28 × 256 (facts F0733 and F0740)")

print(f"{slides.erratum('E27').id}: {slides.erratum('E27').cause}")
print(f"Real saving: {slides.fact('F0741').computed():.2f} times, not 854 ÷ 358 = 2.4 times.")
figure

# %% [markdown]
# ## 3. A row of the printed table
#
# The dictionary `TABLE` at the top of this notebook holds GoogLeNet's table (*Convolutional Neural
# Network*, GoogLeNet): the six numbers of each of its nine modules. Between `3b` and `4a`, and
# between `4e` and `5a`, a pooling halves the maps.
#
# A convolution of $K \times K$ from $C$ to $F$ maps on $H \times W$ pixels has
#
# $$K^2\, C\, F \text{ weights, and needs } H\, W\, K^2\, C\, F \text{ multiply-adds.}$$
#
# Each module has six convolutions. Add them up: weights **without** biases, and one multiply-add
# counted as one, which is what the table calls `ops`. Pooling and concatenation count nothing.


# %% nbgrader={"grade": false, "grade_id": "row_costs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def row_costs(height, width, channels, filters):
    """What a row of the table costs.

    Args:
        height, width: size of the maps, in pixels.
        channels: number of input maps of the module.
        filters: the six numbers of the row.

    Returns:
        `{"depth": output maps, "weights": without biases, "macs": multiply-adds}`
    """
    ### BEGIN SOLUTION
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    weights = channels * (ones + reduce_threes + reduce_fives + projection)
    weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives
    return {
        "depth": ones + threes + fives + projection,
        "weights": weights,
        "macs": height * width * weights,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "row_costs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("row_costs", row_costs)

# %% [markdown]
# Your function on the whole table, beside what the slide prints. (K is 1,024 in its column of
# parameters.)

# %% tags=["display"]
# For each module the facts with the printed depth, parameters (K) and operations (M).
PRINTED = {
    "3a": ("F0450", "F0452", "F0453"),
    "3b": ("F0454", "F0456", "F0457"),
    "4a": ("F0458", "F0460", "F0461"),
    "4b": ("F0462", "F0464", "F0465"),
    "4c": ("F0466", "F0468", "F0469"),
    "4d": ("F0470", "F0472", "F0473"),
    "4e": ("F0474", "F0476", "F0477"),
    "5a": ("F0478", "F0480", "F0481"),
    "5b": ("F0482", "F0484", "F0485"),
}
SIZES = {"3": 28, "4": 14, "5": 7}

rows = {}
channels = 192
for module, filters in TABLE.items():
    side = SIZES[module[0]]
    rows[module] = row_costs(side, side, channels, filters)
    channels = rows[module]["depth"]

print(f"{'':4}{'depth':>13}{'parameters (K)':>24}{'operations (M)':>22}")
print(f"{'':4}{'slide':>7}{'you':>6}" + f"{'slide':>12}{'you':>10}" * 2)
for module, row in rows.items():
    depth, weights, macs = (slides.fact(fact_id).printed for fact_id in PRINTED[module])
    print(f"{module:4}{depth:>7}{row['depth']:>6}", end="")
    print(f"{weights:>12}{row['weights'] / 1024:>10.1f}{macs:>12}{row['macs'] / 1e6:>10.1f}")

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(12, 4))
    places = np.arange(len(rows))
    for axes, what, one, column, title in [
        (panels[0, 0], "weights", 1024, 1, "Parameters"),
        (panels[0, 1], "macs", 1e6, 2, "Operations"),
    ]:
        mine = np.array([row[what] / one for row in rows.values()])
        printed = np.array([float(slides.fact(PRINTED[m][column]).printed) for m in rows])
        # One unit either way is rounding.
        wrong = np.abs(mine - printed) > 1
        axes.bar(places - 0.2, printed, 0.38, color=np.where(wrong, plots.COLOURS[1], "0.75"))
        axes.bar(places + 0.2, mine, 0.38, color=plots.COLOURS[0])
        for place in places[wrong]:
            top = max(mine[place], printed[place])
            gap = f"{printed[place] - mine[place]:+.0f}"
            axes.text(place, top + 0.02 * mine.max(), gap, ha="center", fontsize=9)
        axes.set_xticks(places, labels=list(rows))
        axes.set_xlabel("inception module")
        axes.grid(axis="x", visible=False)
        axes.set_title(f"{title}: printed minus counted, where they differ")
    panels[0, 0].set_ylabel("weights (K = 1,024)")
    panels[0, 1].set_ylabel("multiply-adds (millions)")
    panels[0, 0].legend(
        handles=[
            Patch(color=plots.COLOURS[0], label="counted by you"),
            Patch(color="0.75", label="printed, right"),
            Patch(color=plots.COLOURS[1], label="printed, not reproducible"),
        ],
        fontsize=9,
    )
    figure.suptitle("The printed table of GoogLeNet, recomputed from its own numbers of filters")
figure

# %% [markdown]
# ## 4. An auxiliary head
#
# The gradient of a weight in layer $l$ is a product over all layers above it (*CNN Benchmark
# Models*, GoogLeNet Auxiliary Classification Outputs):
#
# $$\frac{\partial L}{\partial w^l} = \frac{\partial L}{\partial a^L} \cdot
#   \frac{\partial a^L}{\partial a^{L-1}} \cdot \frac{\partial a^{L-1}}{\partial a^{L-2}} \cdots
#   \frac{\partial a^l}{\partial w^l}$$
#
# With many factors it can vanish: "*network is too deep, gradients don't propagate cleanly*"
# (*Lecture 7*, GoogLeNet: Auxiliary Classifiers). As a hack, GoogLeNet has classifiers on the way
# that "*inject additional gradient at lower layers (AvgPool-1x1Conv-FC-FC-Softmax)*" (*Lecture 9*,
# Case Study: GoogLeNet). In numbers (from the paper):
#
# | layer | |
# |---|---|
# | average pooling | 5 × 5, stride 3, no padding: 14 × 14 becomes 4 × 4 |
# | convolution | 128 filters of 1 × 1, biases, ReLU |
# | fully connected | 1,024 units, biases, ReLU |
# | dropout | 70 % |
# | fully connected | one unit a class, biases, softmax |


# %% nbgrader={"grade": false, "grade_id": "auxiliary_head_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def auxiliary_head(x, classes, name="auxiliary", conv_filters=128, units=1024):
    """An auxiliary classifier.

    Args:
        x: feature maps in the middle of a network, `(batch, height, width, channels)`.
        classes: number of classes.
        name: beginning of the layers' names, if you give them names.
        conv_filters: number of 1 x 1 filters.
        units: size of the hidden fully connected layer.

    Returns:
        Probabilities, `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_pool")(x)
    x = keras.layers.Conv2D(conv_filters, 1, activation="relu", name=f"{name}_conv")(x)
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    x = keras.layers.Dense(units, activation="relu", name=f"{name}_fc")(x)
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    return keras.layers.Dense(classes, activation="softmax", name=f"{name}_linear")(x)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "auxiliary_head", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("auxiliary_head", as_model(auxiliary_head))

# %% [markdown]
# ## 5. GoogLeNet
#
# An *aggressive stem* brings 224 × 224 pixels down to 28 × 28 before the first module (*Lecture 7*,
# GoogLeNet: Aggressive Stem; *Conv-Pool-2xConv-Pool* in *Lecture 9*). Nine modules follow, and
# instead of large fully connected layers a *global* average pooling, which "*collapses the spatial
# dimensions*" (*Evolution of CNN Architectures*, GoogLeNet (2014)), so that one linear layer is
# enough. The 7 × 7 average of the table is the whole map; use a pooling that is global for images
# of any size.
#
# | | |
# |---|---|
# | `conv1` | 7 × 7, stride 2, 64 filters, 3 pixels of padding on each side |
# | `pool1` | max 3 × 3, stride 2, 1 pixel of padding on each side |
# | `conv2_reduce` | 1 × 1, 64 filters |
# | `conv2` | 3 × 3, 192 filters, 1 pixel of padding on each side |
# | `pool2` | as `pool1` |
# | 3a, 3b, `pool3` | modules, then a pooling as `pool1` |
# | 4a to 4e, `pool4` | modules, then a pooling as `pool1` |
# | 5a, 5b | modules |
# | head | global average pooling, dropout 40 %, linear layer, softmax |
#
# ReLU after every convolution. (The paper also has local response normalization in the stem, which
# the slides leave out. So do we.) Careful with `padding="same"`: with stride 2 Keras pads more at
# the bottom and at the right. `ZeroPadding2D` pads both sides; after a ReLU, zeros do not win a
# maximum.
#
# For training, the auxiliary heads are attached to `4a` and `4d`. Then the model has three outputs, in the
# order main, 4a, 4d.


# %% nbgrader={"grade": false, "grade_id": "googlenet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def googlenet(
    table=TABLE,
    stem=(64, 64, 192),
    classes=1000,
    input_shape=(224, 224, 3),
    auxiliary=False,
    head=(128, 1024),
):
    """GoogLeNet, as the slides print it.

    Args:
        table: for each module, by name (`"3a"` to `"5b"`), its six numbers of filters.
        stem: numbers of filters of `conv1`, `conv2_reduce` and `conv2`.
        classes: number of classes.
        input_shape: `(height, width, channels)`.
        auxiliary: whether there are auxiliary heads on 4a and 4d.
        head: numbers of filters and of hidden units of an auxiliary head.

    Returns:
        A Keras model with one output, or with three: main, 4a, 4d.
    """
    ### BEGIN SOLUTION
    conv1, conv2_reduce, conv2 = stem

    def halve(x, name):
        x = keras.layers.ZeroPadding2D(1, name=f"{name}_pad")(x)
        return keras.layers.MaxPooling2D(3, strides=2, name=name)(x)

    image = keras.Input(input_shape, name="image")
    x = keras.layers.ZeroPadding2D(3, name="conv1_pad")(image)
    x = keras.layers.Conv2D(conv1, 7, strides=2, activation="relu", name="conv1")(x)
    x = halve(x, "pool1")
    x = keras.layers.Conv2D(conv2_reduce, 1, activation="relu", name="conv2_reduce")(x)
    x = keras.layers.Conv2D(conv2, 3, padding="same", activation="relu", name="conv2")(x)
    x = halve(x, "pool2")
    heads = []
    for module, filters in table.items():
        if module == "4a":
            x = halve(x, "pool3")
        if module == "5a":
            x = halve(x, "pool4")
        x = inception(x, filters, module)
        if auxiliary and module in ("4a", "4d"):
            heads.append(auxiliary_head(x, classes, f"auxiliary_{module}", *head))
    x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)
    x = keras.layers.Dropout(0.4, name="dropout")(x)
    main = keras.layers.Dense(classes, activation="softmax", name="linear")(x)
    return keras.Model(image, [main, *heads] if auxiliary else main)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "googlenet", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("googlenet", googlenet)

# %% tags=["display"]
googlenet_graph = canonical(blueprint(googlenet, auxiliary=True))
draw(googlenet_graph, "GoogLeNet with its two auxiliary heads")

# %% [markdown]
# Without its heads, which are removed after training, the network is small. Where does its work go?

# %% tags=["display"]
deployed, training_model = costs.count(googlenet), costs.count(lambda: googlenet(auxiliary=True))
print(f"GoogLeNet:            {deployed.parameters:>11,} parameters, {deployed.macs:,} MACs")
print(f"  with both heads:    {training_model.parameters:>11,} parameters while it is trained")
classifier = 1024 * 1000 + 1000
print(f"  without classifier: {deployed.parameters - classifier:>11,} parameters")
for fact_id in ("F0722", "F0887", "F0983", "F1097"):
    fact = slides.fact(fact_id)
    print(f"{fact_id}: printed {fact.printed} M ({fact.citation})")

stages = {"stem": 0, "3a, 3b": 0, "4a to 4e": 0, "5a, 5b": 0, "head": 0}
graph = canonical(blueprint(googlenet))
for node in graph.nodes:
    if node.op in ("conv", "dense"):
        side = graph.nodes[node.inputs[0]].shape[1] if node.op == "conv" else 0
        before = graph.nodes[node.inputs[0]].shape[-1]
        stage = (
            "head"
            if node.op == "dense"
            else {28: "3a, 3b", 14: "4a to 4e", 7: "5a, 5b"}.get(side, "stem")
        )
        kernel = np.prod(node.settings.get("kernel", (1, 1)))
        pixels = np.prod(node.shape[1:-1]) if node.op == "conv" else 1
        stages[stage] += int(kernel * pixels * before * node.shape[-1])

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(9, 4.2))
    axes, level = panels[0, 0], 0.0
    for place, macs in enumerate(stages.values()):
        axes.bar(place, macs / 1e6, bottom=level, color=plots.COLOURS[0])
        level += macs / 1e6
        below = 100 < macs / 1e6 < level - 1  # The dashed line would cross a label above.
        height = level - macs / 1e6 - 70 if below else level + 20
        axes.text(place, height, f"+{macs / 1e6:,.0f}", ha="center")
        axes.plot([place - 0.4, place + 1.4], [level, level], color="grey", linewidth=0.8)
    axes.bar(len(stages), level, color="0.45")
    axes.text(len(stages), level + 20, f"{level:,.0f}", ha="center", fontweight="bold")
    printed = float(slides.fact("F0495").computed())
    axes.axhline(printed, color=plots.COLOURS[1], linestyle="--", linewidth=1.2)
    note = f"sum of the printed column: {printed:,.0f}"
    axes.text(-0.4, printed + 18, note, color=plots.COLOURS[1])
    axes.set_xticks(range(len(stages) + 1), labels=[*stages, "total"])
    axes.set_ylim(0, 1780)
    axes.set_ylabel("million multiply-adds")
    axes.set_xlabel("part of the network")
    axes.set_title("Where GoogLeNet computes (one image of 224 × 224)")
    axes.grid(axis="x", visible=False)
figure

# %% [markdown]
# ### Correct the slides
#
# You now have all it takes to correct them. Use your functions, the pictures above and
# `costs.count`.
#
# - `layers`: the summary of *Convolutional Neural Network* says *GoogLeNet (19 layers)*. Count
#   those with weights, "*parallel layers count as 1 layer*", without auxiliary heads (*Lecture 9*).
# - `conv1_weights`: the table gives the first convolution *2.7K* parameters and *34M* operations.
#   How many weights does it have (without biases)?
# - `params_rows`: the modules whose printed parameters differ by more than 1 K from what their own
#   filters give, in the order of the table: `["3a", ...]`.
# - `ops_row`: the one module whose printed operations differ by more than 1 M.
# - `reduce_5x5`: which number in its column `#5×5 reduce` would give the printed operations? (All
#   numbers of the column are multiples of 8.)
# - `stem_mflops`: *Lecture 7* prints for the rows of the stem 118, 2, 13, 347 and 1 million, and as
#   their total *MFLOP: 418*. What is their sum?
# - `fc_memory_kb`: *Lecture 7* prints 0 KB for the 1,000 outputs of the last layer. How many KB of
#   1,024 bytes are they, with 4 bytes a number (to one decimal)?
# - `conv_parameters`: *CNN Benchmark Models*, Summary of Popular CNN Models, gives the convolutions
#   *5.8* million parameters. How many do they have, in millions to two decimals, biases included?

# %% nbgrader={"grade": false, "grade_id": "googlenet_errata_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form:
# googlenet_errata = {"layers": ..., "conv1_weights": ..., "params_rows": [...], "ops_row": "...",
#                     "reduce_5x5": ..., "stem_mflops": ..., "fc_memory_kb": ...,
#                     "conv_parameters": ...}
### BEGIN SOLUTION
googlenet_errata = {
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    "params_rows": ["4a", "4c", "4d", "4e", "5a", "5b"],
    "ops_row": "5a",
    "reduce_5x5": 48,
    "stem_mflops": 118 + 2 + 13 + 347 + 1,
    "fc_memory_kb": 3.9,
    "conv_parameters": 5.97,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "googlenet_errata", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("googlenet_errata", googlenet_errata)

# %% tags=["display"]
for erratum_id in ("E05", "E08", "E19", "E20", "E21", "E23", "E25", "E26", "E34"):
    found = slides.erratum(erratum_id)
    print(f"{found.id}  {found.title}: {found.cause}")

# %% [markdown]
# The sums of the two columns, 6,797.7 K and 1,502 M, live on in other decks as *6.8 million
# parameters* and *1.5* billion operations. "*22 layers (+ 5 pooling layers)*" (*CNN Benchmark
# Models*, GoogLeNet) is right.
#
# ## 6. Training with three losses
#
# Each output has its own cross-entropy, and the auxiliary ones count 0.3 (Szegedy et al., 2015):
#
# $$L = L_\text{main} + 0.3\, (L_\text{4a} + L_\text{4d})$$
#
# Before any training every class has about the same probability, so each loss is about $\log 10$
# for ten classes, and the sum about $1.6 \cdot 2.3 = 3.7$.
#
# Compile a model with any number of outputs: the first is the main one, all others are auxiliary
# heads. Labels are class numbers, outputs are probabilities. Keras adds the losses up for you.


# %% nbgrader={"grade": false, "grade_id": "auxiliary_losses_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compile_with_heads(model, optimizer, weight=0.3, **options):
    """Compile a model for training with auxiliary heads.

    Args:
        model: a Keras model; its first output is the main one, all others are auxiliary heads.
        optimizer: of Keras, or its name.
        weight: how much the loss of each auxiliary head counts.
        **options: passed on to `model.compile`.
    """
    ### BEGIN SOLUTION
    heads = len(model.outputs) - 1
    model.compile(
        optimizer,
        loss=["sparse_categorical_crossentropy"] * (1 + heads),
        loss_weights=[1.0] + [weight] * heads,
        **options,
    )
    ### END SOLUTION


# %% [markdown]
# The check compiles a small model with known weights and looks at its loss.


# %%
def loss_of(compile_model):
    """For the checks: the loss of a small model with several outputs, compiled by a function."""

    def run(features, labels, weights, *args):
        inputs = keras.Input(features.shape[1:])
        layers = [keras.layers.Dense(w.shape[-1], activation="softmax") for w in weights]
        model = keras.Model(inputs, [layer(inputs) for layer in layers])
        for layer, w in zip(layers, weights, strict=True):
            layer.set_weights([w, np.zeros(w.shape[-1], "float32")])
        compile_model(model, "sgd", *args)
        outputs = model(features)
        targets = [labels for _ in outputs]
        return float(model.compute_loss(x=features, y=targets, y_pred=outputs))

    return run


# %% nbgrader={"grade": true, "grade_id": "auxiliary_losses", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("auxiliary_losses", loss_of(compile_with_heads))

# %% [markdown]
# Does it help? Here is a GoogLeNet for digits: your nine modules with a few maps each, 20 layers
# deep, and no batch normalization. Both networks start from the same weights. First, how large are
# the gradients **before** training, on 256 digits?

# %% tags=["display"]
SMALL_ROW = (6, 4, 8, 2, 4, 4)


def small_googlenet(auxiliary):
    """Nine inception modules with 22 maps each, for digits of 28 x 28 pixels.

    Returns:
        The model, and for each of its parts (`"conv1"`, `"3a"` ...) the kernels in it.
    """
    training.set_seed(1)
    image = keras.Input((28, 28, 1))
    first = keras.layers.Conv2D(16, 5, strides=2, padding="same", activation="relu")
    x, heads, parts = first(image), [], {"conv1": [first.kernel]}
    for module in TABLE:
        if module in ("4a", "5a"):
            x = keras.layers.MaxPooling2D(3, strides=2, padding="same")(x)
        block = as_model(inception)(x.shape[1:], SMALL_ROW, module)
        parts[module] = [w for w in block.trainable_weights if len(w.shape) == 4]
        x = block(x)
        if module in ("4a", "4d"):
            heads.append(auxiliary_head(x, 10, f"auxiliary_{module}", 16, 32))
    x = keras.layers.GlobalAveragePooling2D()(x)
    main = keras.layers.Dense(10, activation="softmax", name="linear")(x)
    return keras.Model(image, [main, *heads] if auxiliary else [main]), parts


class GradientRecorder(keras.optimizers.SGD):
    """Changes nothing, and keeps the gradients."""

    def apply(self, grads, trainable_variables=None):
        self.found = {
            id(variable): keras.ops.convert_to_numpy(gradient)
            for gradient, variable in zip(grads, trainable_variables, strict=True)
        }


def gradient_norms(model, parts, examples):
    """Euclidean norm of the gradient with respect to all kernels of each part."""
    twin = keras.Model(model.input, model.outputs)  # the same layers, compiled otherwise
    recorder = GradientRecorder()
    compile_with_heads(twin, recorder, run_eagerly=True)
    twin.train_on_batch(examples.images, [examples.labels] * len(model.outputs))
    return {
        part: float(np.sqrt(sum(np.sum(recorder.found[id(k)] ** 2) for k in kernels)))
        for part, kernels in parts.items()
    }


digits = data.load("mnist")
some = digits.train.take(256)
NETWORKS = {"main loss alone": False, "with auxiliary heads": True}
networks = {name: small_googlenet(heads) for name, heads in NETWORKS.items()}
at_start = {name: gradient_norms(*both, some) for name, both in networks.items()}

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(9, 4))
    axes = panels[0, 0]
    for name, norms in at_start.items():
        axes.semilogy(list(norms), list(norms.values()), "o-", label=name)
    for module in ("4a", "4d"):
        axes.axvline(module, color="grey", linewidth=1, linestyle=":")
    axes.set_xlabel("part of the network, from the image to the classifier (dotted: heads)")
    axes.set_ylabel("norm of the gradient of its kernels")
    axes.set_title("Before training: how much of the loss reaches each part")
    axes.legend()
figure

# %% [markdown]
# Up to the second head, each part of the network gets a gradient from a head directly, and its own is
# larger, most of all near the image. Above the second head nothing changes: the curves meet. Now train both
# for three epochs on real digits (half a minute). Before that comes the short test of *Optimization*,
# section 8: does the network learn one batch of 64 digits by heart? What remains of its loss comes from the
# dropout in front of every output; without dropout it should name nearly all of them.

# %% tags=["display"]
EPOCHS = 3

# The first step takes longer than an epoch. So one network is compiled once, with a weight that can
# be changed, all batches have one size, and it is trained twice from the same start.
model, _ = networks["with auxiliary heads"]
weight = keras.Variable(0.0, trainable=False)
optimizer = keras.optimizers.Adam(2e-3)
compile_with_heads(model, optimizer, weight, jit_compile=False)
few = digits.train.take(64)
training.make_variables(model, few.images, [few.labels] * 3)
variables = [*model.variables, *optimizer.variables]
start = [keras.ops.convert_to_numpy(variable) for variable in variables]

weight.assign(0.3)
training.by_heart(model, few.images, [few.labels] * 3, steps=150)
named = keras.ops.convert_to_numpy(model(few.images)[0]).argmax(-1) == few.labels
print(f"Without dropout it names {named.sum()} of them.")


def accuracy_by_epoch(auxiliary_weight):
    """Train from the start; accuracy of the main output on validation digits after each epoch."""
    weight.assign(auxiliary_weight)
    for variable, value in zip(variables, start, strict=True):
        variable.assign(value)
    learn, found = digits.train.take(2560), []
    for epoch in range(EPOCHS):
        training.set_seed(epoch)
        model.fit(learn.images, [learn.labels] * 3, batch_size=64, verbose=0)
        main = keras.ops.convert_to_numpy(model(digits.validation.images)[0])
        found.append(float(np.mean(main.argmax(-1) == digits.validation.labels)))
    return found


accuracies = {
    "main loss alone": accuracy_by_epoch(0.0),
    "with auxiliary heads": accuracy_by_epoch(0.3),
}

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(7, 3.6))
    axes = panels[0, 0]
    for name, values in accuracies.items():
        axes.plot(range(1, EPOCHS + 1), np.array(values) * 100, "o-", label=name)
    axes.axhline(10, color="grey", linewidth=1, linestyle=":")
    axes.text(EPOCHS, 12, "guessing", ha="right", color="grey")
    axes.set_xticks(range(1, EPOCHS + 1))
    axes.set_ylim(0, 100)
    axes.set_xlabel("epoch")
    axes.set_ylabel("validation accuracy (%)")
    axes.set_title("A small GoogLeNet on 2,560 digits, main output")
    axes.legend(loc="upper left")
figure

# %% [markdown]
# One run from one seed proves little: with other seeds or more epochs the other one may lead. Adam
# divides each gradient by its usual size, so that small ones are no obstacle to it. What holds is
# the picture of the gradients themselves. After training only the main output is kept:
# `keras.Model(model.input, model.outputs[0])`. The heads are "*removed after training*" (*CNN
# Benchmark Models*, GoogLeNet Auxiliary Classification Outputs), and with them almost half of the
# parameters that GoogLeNet was trained with.
#
# ## 7. Version 2: batch normalization
#
# Inception v2 (S. Ioffe and C. Szegedy, ICML 2015) normalizes the output of every convolution
# (*CNN Benchmark Models*, Inception v2 (Batch Normalization)): for each map, over the batch
# $\mathcal{B}$ and all pixels,
#
# $$\hat{x}_i = \frac{x_i - \mu_\mathcal{B}}{\sqrt{\sigma^2_\mathcal{B} + \epsilon}},
#   \qquad y_i = \gamma\, \hat{x}_i + \beta.$$
#
# It regularizes training, "*reducing importance of auxiliary classifiers*" (*Convolutional Neural
# Network*, Inception v2, v3): with it the hack is not needed any more (*Lecture 7*, GoogLeNet:
# Auxiliary Classifiers). The order is convolution, normalization, ReLU. Subtracting the mean
# removes any constant, so the convolution has **no bias**: $\beta$ takes its place.
#
# Write this unit as `conv_bn`, with $\gamma$ and $\beta$, and use it six times in `inception_v2`,
# which otherwise is the module of section 2. (The network of the paper has other filters, too; here
# you change this one thing.)


# %% nbgrader={"grade": false, "grade_id": "inception_v2_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_bn(x, filters, kernel_size, name="conv"):
    """Convolution with `same` padding and stride 1, batch normalization, ReLU.

    Args:
        x: the input, `(batch, height, width, channels)`.
        filters: number of filters.
        kernel_size: a number, or `(kernel_height, kernel_width)`.
        name: beginning of the layers' names, if you give them names.
    """
    ### BEGIN SOLUTION
    conv = keras.layers.Conv2D(filters, kernel_size, padding="same", use_bias=False, name=name)
    norm = keras.layers.BatchNormalization(name=f"{name}_bn")
    return keras.layers.ReLU(name=f"{name}_relu")(norm(conv(x)))
    ### END SOLUTION


def inception_v2(x, filters, name="module"):
    """The inception module with batch normalization; arguments as for `inception`."""
    ### BEGIN SOLUTION
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    one = conv_bn(x, ones, 1, f"{name}_1x1")
    three = conv_bn(x, reduce_threes, 1, f"{name}_3x3_reduce")
    three = conv_bn(three, threes, 3, f"{name}_3x3")
    five = conv_bn(x, reduce_fives, 1, f"{name}_5x5_reduce")
    five = conv_bn(five, fives, 5, f"{name}_5x5")
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = conv_bn(pool, projection, 1, f"{name}_pool_proj")
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "inception_v2", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("inception_v2", as_model(inception_v2))

# %% [markdown]
# ## 8. Version 3: factorized filters
#
# "*Factorize a large filter (e.g., 5x5) into several smaller filters (e.g., two 3x3); factorize a
# 3x3 filter into 3x1 and then 1x3*" (*CNN Benchmark Models*, Inception v3 (factorization); C.
# Szegedy et al., CVPR 2016). Both see the same pixels with fewer weights, and with one more ReLU.
# On $C$ maps, from $C$ to $C$ in every layer and without biases, an $n \times n$ filter ($n$ odd)
# can be replaced by
#
# | name | layers |
# |---|---|
# | `square` | itself |
# | `stacked` | as many 3 × 3 in a row as see $n \times n$ pixels: each after the first adds two |
# | `asymmetric` | $n \times 1$, then $1 \times n$ |
# | `separable` | one $n \times n$ filter for each map by itself, then 1 × 1 (section 10) |
#
# The last has $n^2 C + C^2$ weights: that is $D_K D_K M + M N$ of *CNN Benchmark Models*, Depthwise
# Separable Convolution, for $M = N = C$. Find the others.


# %% nbgrader={"grade": false, "grade_id": "factorized_weights_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def factorized_weights(n, channels):
    """Weights of four ways to look at n x n pixels, without biases.

    Args:
        n: side of the filter, an odd number of at least 3.
        channels: number of maps before and after each layer.

    Returns:
        `{"square": ..., "stacked": ..., "asymmetric": ..., "separable": ...}`
    """
    ### BEGIN SOLUTION
    squared = channels**2
    return {
        "square": n * n * squared,
        "stacked": (n - 1) // 2 * 9 * squared,
        "asymmetric": 2 * n * squared,
        "separable": n * n * channels + squared,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "factorized_weights", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("factorized_weights", factorized_weights)

# %% tags=["display"]
SIDES = (3, 5, 7, 9, 11)
MAPS = 128
WAYS = {"square": "0.45", "stacked": "C0", "asymmetric": "C1", "separable": "C2"}

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(9.5, 4))
    axes = panels[0, 0]
    for index, (way, colour) in enumerate(WAYS.items()):
        counts = [factorized_weights(n, MAPS) for n in SIDES]
        heights = [count[way] / 1e3 for count in counts]
        places = np.arange(len(SIDES)) + 0.2 * (index - 1.5)
        axes.bar(places, heights, 0.19, color=colour, label=way)
        for place, height, count in zip(places, heights, counts, strict=True):
            if way != "square":
                share = f"{count[way] / count['square']:.2f}"
                axes.text(place, height + 15, share, ha="center", fontsize=8)
    axes.set_xticks(range(len(SIDES)), labels=[f"{n} × {n}" for n in SIDES])
    axes.set_xlabel("pixels that the filter sees")
    axes.set_ylabel("weights (thousands)")
    axes.set_title(f"Factorized filters on {MAPS} maps; above the bars: share of the square filter")
    axes.grid(axis="x", visible=False)
    axes.legend(loc="upper left")

for fact_id, n, way in [("F0904", 5, "stacked"), ("F0905", 3, "asymmetric")]:
    counts = factorized_weights(n, MAPS)
    share = counts[way] / counts["square"]
    print(f"{fact_id}: {slides.fact(fact_id).statement}: {share:.3f}, {1 - share:.0%} saved")
for fact_id, way in [("F1025", "square"), ("F1027", "separable")]:
    fact = slides.fact(fact_id)
    print(f"{fact_id}: printed {fact.printed}, yours {factorized_weights(3, MAPS)[way]}")
figure

# %% [markdown]
# This also explains the first row of GoogLeNet's table: $2 \cdot 7 \cdot 3 \cdot 64 = 2{,}688$
# weights are a 7 × 1 and a 1 × 7 filter, both on the three colours, and 2,688 · 112 · 112 is 34
# million (E19). The network that the table describes has a full 7 × 7.
#
# Now the modules of version 3, "*more variants of inception modules with aggressive factorization
# of filters*" (*Convolutional Neural Network*, Inception v2, v3). Without `n`, the 5 × 5 becomes
# two 3 × 3. With `n` (7, on maps of 17 × 17), every large filter is cut into $1 \times n$ and
# $n \times 1$. In Keras, a `kernel_size` of `(1, n)` is one pixel high and $n$ wide.
#
# | branch | without `n` | with `n` |
# |---|---|---|
# | one | 1 × 1 | 1 × 1 |
# | single | 1 × 1, 3 × 3 | 1 × 1, $1 \times n$, $n \times 1$ |
# | double | 1 × 1, 3 × 3, 3 × 3 | 1 × 1, $n \times 1$, $1 \times n$, $n \times 1$, $1 \times n$ |
# | pool | **average** 3 × 3 (stride 1, `same`), 1 × 1 | the same |
#
# Every convolution is a `conv_bn`. The last one of a branch has as many filters as the branch gives
# maps; all before it have as many as its reduction.


# %% nbgrader={"grade": false, "grade_id": "inception_v3_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inception_v3(x, filters, name="mixed", n=None):
    """An inception module of version 3.

    Args:
        x: the input, `(batch, height, width, channels)`.
        filters: six numbers: one; single reduce, single; double reduce, double; pool.
        name: beginning of the layers' names, if you give them names.
        n: side of the filters that are cut into 1 x n and n x 1; `None` for whole 3 x 3 filters.
    """
    ### BEGIN SOLUTION
    ones, reduce_single, single, reduce_double, double, projection = filters
    singles = [3] if n is None else [(1, n), (n, 1)]
    doubles = [3, 3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]

    def branch(reduction, maps, kernels, label):
        y = conv_bn(x, reduction, 1, f"{name}_{label}_reduce")
        for number, kernel in enumerate(kernels, 1):
            width = maps if number == len(kernels) else reduction
            y = conv_bn(y, width, kernel, f"{name}_{label}_{number}")
        return y

    pool = keras.layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    branches = [
        conv_bn(x, ones, 1, f"{name}_one"),
        branch(reduce_single, single, singles, "single"),
        branch(reduce_double, double, doubles, "double"),
        conv_bn(pool, projection, 1, f"{name}_pool_proj"),
    ]
    return keras.layers.Concatenate(name=f"{name}_concat")(branches)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "inception_v3", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("inception_v3", as_model(inception_v3))

# %% tags=["display"]
MIXED = (192, 128, 192, 128, 192, 192)

mixed_graph = canonical(blueprint(as_model(inception_v3), (17, 17, 768), MIXED, n=7))
draw(mixed_graph, "Inception v3 on 17 × 17 × 768, filters cut into 1 × 7 and 7 × 1")

# %% [markdown]
# This is block `mixed4` of `keras.applications.InceptionV3`, except that Keras leaves out $\gamma$.
#
# ## 9. Version 4: Inception + ResNet
#
# Inception v4 (2017) is "*ResNet + Inception*" (*CNN Benchmark Models*, Inception v2~v5; C. Szegedy
# et al., *Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning*). The
# block computes a small correction $F(x)$ and adds it to its input:
#
# $$y = \operatorname{ReLU}\big(x + s\, F(x)\big)$$
#
# The factor $s$ keeps the training of very wide networks stable; the paper takes 0.1 to 0.3. $F$ is
# three branches of `conv_bn`, concatenated,
#
# | branch | layers |
# |---|---|
# | one | 1 × 1 |
# | single | 1 × 1, 3 × 3 |
# | double | 1 × 1, 3 × 3, 3 × 3 |
#
# and then 1 × 1 filters, as many as $x$ has maps, with biases and **without** normalization or
# ReLU: a correction must be able to be negative.


# %% nbgrader={"grade": false, "grade_id": "inception_resnet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inception_resnet_block(x, filters, scale=0.17, name="block"):
    """An Inception-ResNet block.

    Args:
        x: the input, `(batch, height, width, channels)`.
        filters: six numbers: one; single reduce, single; double reduce, first and second 3 x 3.
        scale: the factor of the correction.
        name: beginning of the layers' names, if you give them names.

    Returns:
        A tensor of the shape of `x`.
    """
    ### BEGIN SOLUTION
    ones, reduce_single, single, reduce_double, first, second = filters
    one = conv_bn(x, ones, 1, f"{name}_one")
    three = conv_bn(x, reduce_single, 1, f"{name}_single_reduce")
    three = conv_bn(three, single, 3, f"{name}_single")
    five = conv_bn(x, reduce_double, 1, f"{name}_double_reduce")
    five = conv_bn(five, first, 3, f"{name}_double_1")
    five = conv_bn(five, second, 3, f"{name}_double_2")
    maps = keras.layers.Concatenate(name=f"{name}_concat")([one, three, five])
    correction = keras.layers.Conv2D(x.shape[-1], 1, name=f"{name}_up")(maps)
    return keras.layers.ReLU(name=f"{name}_relu")(x + scale * correction)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "inception_resnet", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("inception_resnet", as_model(inception_resnet_block))

# %% tags=["display"]
BLOCK35 = (32, 32, 32, 32, 48, 64)

residual_graph = canonical(blueprint(as_model(inception_resnet_block), (35, 35, 320), BLOCK35))
draw(residual_graph, "Inception-ResNet block on 35 × 35 × 320")

# %% [markdown]
# What is $s$ good for? Here 18 blocks, each with fresh random weights, follow each other. The
# picture shows how large the values become.

# %% tags=["display"]
BLOCKS = 18
SCALES = (0.1, 0.3, 1.0)

with plots.style():
    figure, panels = plots.new_figure(1, 1, figsize=(7.5, 3.8))
    axes = panels[0, 0]
    for scale in SCALES:
        training.set_seed(5)  # The same weights for every scale.
        features = keras.random.uniform((4, 9, 9, 24))
        sizes = []
        for _ in range(BLOCKS):
            features = inception_resnet_block(features, (8, 8, 8, 8, 8, 8), scale)
            sizes.append(float(keras.ops.sqrt(keras.ops.mean(features**2))))
        axes.semilogy(range(1, BLOCKS + 1), sizes, label=f"s = {scale:g}")
    axes.set_xticks(range(0, BLOCKS + 1, 3))
    axes.set_xlabel("blocks, one after the other")
    axes.set_ylabel("size of the values (root of mean square)")
    axes.set_title("Scaled corrections keep a deep sum from growing")
    axes.legend(title="factor")
figure

# %% [markdown]
# ## 10. Xception: separable convolutions
#
# "*v5: Xception (2017), depthwise separable convolution*" (*CNN Benchmark Models*, Inception v2~v5;
# F. Chollet, CVPR 2017). Take inception to its end: one branch for **each** map. A *depthwise*
# convolution filters each map by itself, with a filter of $K \times K$ for each and no sum over
# maps; a 1 × 1 convolution (*pointwise*) then mixes the maps. (The slide's drawing, like the first
# figure of the paper, has the 1 × 1 first. The network itself, and Keras' `SeparableConv2D`, has it
# last; in a long stack it makes no difference.)
#
# Such a pair takes the place of a $K \times K$ convolution; it is not *equal* to one, as *CNN
# Benchmark Models*, Light CNN Models: MobileNet, seems to say. Every pair has no biases, `same`
# padding and $K = 3$, **nothing** between its two parts, and batch normalization after it. The two
# blocks of the network put the ReLU **before** the pair:
#
# | | layers | shortcut |
# |---|---|---|
# | `shrink=False` | three times ReLU, pair, normalization | the input |
# | `shrink=True` | twice ReLU, pair, normalization; then max pooling 3 × 3, stride 2, `same` | the input through 1 × 1 filters with stride 2, without biases, and a normalization |
#
# The block ends with the sum. There is no ReLU after it.


# %% nbgrader={"grade": false, "grade_id": "xception_block_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xception_block(x, filters, shrink=False, name="block"):
    """A block of Xception.

    Args:
        x: the input, `(batch, height, width, channels)`; `filters` channels unless it shrinks.
        filters: number of filters of every 1 x 1 convolution.
        shrink: whether height and width are halved.
        name: beginning of the layers' names, if you give them names.
    """
    ### BEGIN SOLUTION
    y = x
    for number in range(1, 3 if shrink else 4):
        y = keras.layers.ReLU(name=f"{name}_relu{number}")(y)
        y = keras.layers.SeparableConv2D(
            filters, 3, padding="same", use_bias=False, name=f"{name}_sepconv{number}"
        )(y)
        y = keras.layers.BatchNormalization(name=f"{name}_bn{number}")(y)
    if shrink:
        y = keras.layers.MaxPooling2D(3, strides=2, padding="same", name=f"{name}_pool")(y)
        x = keras.layers.Conv2D(filters, 1, strides=2, use_bias=False, name=f"{name}_shortcut")(x)
        x = keras.layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return keras.layers.Add(name=f"{name}_add")([x, y])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "xception_block", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("xception_block", as_model(xception_block))

# %% tags=["display"]
middle_graph = canonical(blueprint(as_model(xception_block), (19, 19, 728), 728))
draw(middle_graph, "Block of Xception's middle flow on 19 × 19 × 728")

# %% tags=["display"]
BLOCK_INPUT = (28, 28, 256)
COMPARED = {
    "naive": lambda x: naive_inception(x, NAIVE_FILTERS),
    "v1: reductions": lambda x: inception(x, REDUCED_FILTERS),
    "v2: normalized": lambda x: inception_v2(x, REDUCED_FILTERS),
    "v3: two 3 × 3": lambda x: inception_v3(x, REDUCED_FILTERS),
    "v3: 1 × 7, 7 × 1": lambda x: inception_v3(x, REDUCED_FILTERS, n=7),
    "Inception-ResNet": lambda x: inception_resnet_block(x, (128, 64, 192, 64, 96, 96)),
    "Xception": lambda x: xception_block(x, 256),
}

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(12, 4.2), sharey=True)
    tables = [costs.count(as_model(block), BLOCK_INPUT) for block in COMPARED.values()]
    for axes, values, title, of in [
        (panels[0, 0], [table.parameters / 1e3 for table in tables], "Parameters", "thousands"),
        (panels[0, 1], [table.macs / 1e6 for table in tables], "Multiply-adds", "millions"),
    ]:
        axes.barh(list(COMPARED), values, color=plots.COLOURS[0])
        for place, value in enumerate(values):
            axes.text(value + 0.01 * max(values), place, f"{value:,.0f}", va="center", fontsize=9)
        axes.set_xlim(0, 1.12 * max(values))
        axes.set_xlabel(of)
        axes.set_title(title)
        axes.grid(axis="y", visible=False)
    panels[0, 0].invert_yaxis()
    figure.suptitle("Seven blocks on 28 × 28 × 256")
figure

# %% [markdown]
# ### Why?
#
# The naive module and the one with reductions give the same three kinds of filters to the next
# layer, yet one needs three times the multiply-adds of the other. What does the module with
# reductions give up for it, and why does that seem to do no harm? Write two sentences; they are not
# graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# Its 3 x 3 and 5 x 5 filters no longer see all 256 maps but 64 mixtures of them, so each is a
# filter of low rank over the channels. Neighbouring maps are strongly correlated, and the
# mixtures are learned: little that is useful gets lost, and the extra ReLU is even a gain.
#
# </details>

# %% [markdown]
# ## 11. Optional: how deep is it?
#
# Not graded. You counted 22 layers by hand. Let the computer do it: walk through the nodes of
# `canonical(blueprint(googlenet))`, which come after their inputs, and find the longest chain of
# nodes with weights (`node.op` is `"conv"` or `"dense"`; `node.inputs` are positions in
# `graph.nodes`).


# %% nbgrader={"grade": false, "grade_id": "longest_chain_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def longest_chain(graph):
    """The largest number of convolutions and fully connected layers on one way through a graph."""
    ### BEGIN SOLUTION
    depths = []
    for node in graph.nodes:
        before = max((depths[index] for index in node.inputs), default=0)
        depths.append(before + (node.op in ("conv", "dense")))
    return max(depths)
    ### END SOLUTION


# %% tags=["display"]
try:
    print(f"GoogLeNet: {longest_chain(canonical(blueprint(googlenet)))} layers with weights")
    print(f"Inception v3's block with n = 7: {longest_chain(mixed_graph)}")
except NotImplementedError:
    print("longest_chain is not written yet: this part is optional.")
