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
# # VGG and network in network
#
# In 2014 a network with only one kind of convolution came second in ImageNet's classification and
# first in localization (*Lecture 9*, Case Study: VGGNet). In this notebook you build all six VGG
# networks from one table, and you will know
#
# - what three 3 × 3 convolutions do that one of 7 × 7 does not, and what they save;
# - where the memory, the parameters and the work of VGG-16 are, and why doubling the channels keeps
#   the work of a stage the same;
# - which convolution is missing in two drawings of VGG-16, and which wrong numbers on four other
#   slides come from this one mistake;
# - why the deepest configurations could not be trained from scratch, and what was found later;
# - how a network trained on small images scans a large one, with the same weights;
# - how *network in network* does without fully connected layers.
#
# It takes about two hours; running all cells takes about a minute.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides, training
from course_lib.blueprints import blueprint
from course_lib.inside import Inside
from course_lib.structure import canonical, compare, draw, draw_differences

import keras
import numpy as np
from matplotlib.patches import Rectangle

# %% [markdown]
# ## 1. Why only 3 × 3?
#
# AlexNet has filters of 11 × 11, 5 × 5 and 3 × 3, ZFNet of 7 × 7, 5 × 5 and 3 × 3, VGG of 3 × 3
# only: the smallest that know up, down, left and right of a pixel (*CNN Benchmark Models*, VGG (1/4)
# and VGG (4/4)). What is lost? Put $L$ convolutions of $K \times K$ with stride 1 on top of each
# other. Every layer lets a value see $K - 1$ pixels more, so the receptive field has a side of
#
# $$R = 1 + L\,(K - 1)$$
#
# pixels. With $C$ maps everywhere and `same` padding on $H \times W$ pixels, not counting biases, the
# stack has
#
# $$L\,K^2 C^2 \text{ weights} \qquad\text{and}\qquad L\,K^2 C^2\, H\, W \text{ multiply-adds.}$$
#
# There is a ReLU after every convolution.


# %% nbgrader={"grade": false, "grade_id": "kernel_stack_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def kernel_stack(kernel, depth, channels, height, width):
    """What a stack of equal convolutions with stride 1 and `same` padding costs, and sees.

    Args:
        kernel: side of the filters, in pixels.
        depth: number of convolutions on top of each other.
        channels: number of maps before and after each of them.
        height, width: size of the maps, in pixels.

    Returns:
        `{"receptive_field": side in pixels, "weights": ..., "macs": ..., "relus": ...}`; weights
        without biases, and the number of ReLU layers.
    """
    ### BEGIN SOLUTION
    weights = depth * kernel**2 * channels**2
    return {
        "receptive_field": 1 + depth * (kernel - 1),
        "weights": weights,
        "macs": weights * height * width,
        "relus": depth,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "kernel_stack", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("kernel_stack", kernel_stack)

# %% [markdown]
# The slides' numbers are yours with $C = 1$: 9 · 2 against 25, 9 · 3 against 49 (*CNN Benchmark
# Models*, VGG (4/4); *Evolution of CNN Architectures*, VGG (2014); *Convolutional Neural Network*,
# VGGNet: ILSVRC 2014 2nd place).

# %% tags=["display"]
SEEN = {1: "3 × 3", 2: "5 × 5", 3: "7 × 7"}

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11, 4.4), width_ratios=(1, 1.35))
    left, right = panels[0]
    shades = ("#0072B2", "#56B4E9", "#cfe6f7")
    for layer in (3, 2, 1):
        side = kernel_stack(3, layer, 1, 1, 1)["receptive_field"]
        corner = ((7 - side) / 2, (7 - side) / 2)
        left.add_patch(Rectangle(corner, side, side, facecolor=shades[layer - 1], ec="w", lw=2))
        left.text(
            3.5,
            (7 - side) / 2 + 0.5,
            f"{layer} layer{'s' * (layer > 1)}: {SEEN[layer]}",
            ha="center",
            va="center",
            color="k" if layer > 1 else "w",
            fontsize=9,
        )
    left.plot(3.5, 3.5, "o", color="w", markersize=7)
    left.set_xlim(0, 7)
    left.set_ylim(7, 0)
    left.set_aspect("equal")
    left.set_xticks(np.arange(7) + 0.5, labels=range(7))
    left.set_yticks(np.arange(7) + 0.5, labels=range(7))
    left.set_xlabel("column (pixels)")
    left.set_ylabel("row (pixels)")
    left.grid(False)
    left.set_title("What the dot sees")

    fields = np.arange(3, 16, 2)
    one = [kernel_stack(side, 1, 1, 1, 1)["weights"] for side in fields.tolist()]
    many = [kernel_stack(3, (side - 1) // 2, 1, 1, 1)["weights"] for side in fields.tolist()]
    right.plot(fields, one, "o-", label="one convolution of R × R, one ReLU")
    right.plot(fields, many, "o-", label="(R − 1) / 2 convolutions of 3 × 3, as many ReLUs")
    for side in (5, 7):
        at = (side - 3) // 2
        right.annotate(
            f"{one[at]}", (side, one[at]), (-4, 7), textcoords="offset points", ha="right"
        )
        right.annotate(f"{many[at]}", (side, many[at]), (4, -14), textcoords="offset points")
    right.set_xticks(fields)
    right.set_xlabel("side of the receptive field R (pixels)")
    right.set_ylabel("weights, in units of C²")
    right.set_title("What it costs")
    right.legend()
figure

# %% [markdown]
# Fewer weights, less work, the same view, and more non-linearities: *more nonlinearity for same
# "size" of pattern learning*. The price is not on the slides: a stack stores the maps of every
# layer, not of one.
#
# ## 2. A layer of the past
#
# One of the six configurations still has AlexNet's *local response normalization* (LRN). It divides
# each value by what its neighbours in the channel direction, at the same pixel, add up to:
#
# $$b_c = \frac{a_c}{\Bigl(k + \alpha \sum_{|j - c| \le r} a_j^2 \Bigr)^{\beta}}
#   \qquad k = 2,\quad n = 5,\quad \alpha = 10^{-4},\quad \beta = 0.75$$
#
# with $r = \lfloor n/2 \rfloor$ neighbours on each side. At the ends of the channels the window is
# cut off. There is nothing to learn in it. You know the formula from *Normalization*, so here the layer is
# given.


# %%
class LocalResponseNorm(keras.layers.Layer):
    """Local response normalization across channels: the same shape in and out."""

    def __init__(self, k=2.0, n=5, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.k = k
        self.n = n
        self.alpha = alpha
        self.beta = beta

    def call(self, inputs):
        channels, radius = inputs.shape[-1], self.n // 2
        around = [[0, 0], [0, 0], [0, 0], [radius, radius]]
        squares = keras.ops.pad(keras.ops.square(inputs), around)
        total = sum(squares[..., start : start + channels] for start in range(2 * radius + 1))
        return inputs / (self.k + self.alpha * total) ** self.beta

    def get_config(self):
        made_with = {"k": self.k, "n": self.n, "alpha": self.alpha, "beta": self.beta}
        return super().get_config() | made_with


# %% [markdown]
# ### Predict before you run: what does it do?
#
# Let all channels have the same value $a$ at a pixel, and look at a channel in the middle, whose window
# holds five of them.
#
# - `at_one`: by what factor does LRN multiply it for $a = 1$?
# - `felt`: how large must $a$ be for the neighbours to weigh as much as $k$, that is
#   $\alpha \sum a_j^2 = k$?
# - `edge`: now $a = 200$. How many times as large as a channel in the middle does the very **first** channel
#   come out, which has neighbours on one side only?
# - `megabytes`: LRN stands after the first convolution of A-LRN, on $224 \times 224 \times 64$ values. How
#   many megabytes (10⁶ bytes) does its output need for each image, at 4 bytes a value?
#
# Two significant digits are enough.

# %% nbgrader={"grade": false, "grade_id": "lrn_effects_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four predictions in this form:
# lrn_effects = {"at_one": ..., "felt": ..., "edge": ..., "megabytes": ...}
### BEGIN SOLUTION
lrn_effects = {
    "at_one": 1 / (2 + 1e-4 * 5) ** 0.75,
    "felt": (2 / (5 * 1e-4)) ** 0.5,
    "edge": ((2 + 1e-4 * 5 * 200**2) / (2 + 1e-4 * 3 * 200**2)) ** 0.75,
    "megabytes": 224 * 224 * 64 * 4 / 1e6,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "lrn_effects", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("lrn_effects", lrn_effects)

# %% tags=["display"]
sizes = np.geomspace(0.1, 1000, 60)
alike = np.ones((1, 1, len(sizes), 16), "float32") * sizes[:, np.newaxis].astype("float32")
factors = np.asarray(LocalResponseNorm()(alike))[0, 0] / sizes[:, np.newaxis]

with plots.style():
    figure, panels = plots.new_figure(figsize=(6.8, 3.6))
    axes = panels[0, 0]
    for channel, name in [(8, "a channel in the middle"), (0, "the first channel")]:
        axes.semilogx(sizes, factors[:, channel], label=name)
    axes.axhline(2**-0.75, color="0.5", lw=1, ls=":", label="$2^{-0.75}$")
    axes.axvline(lrn_effects["felt"], color="0.5", lw=1, ls="--", label="your `felt`")
    axes.set_ylim(0, 0.7)
    axes.set_xlabel("activation a, the same in all channels")
    axes.set_ylabel("LRN multiplies by")
    axes.set_title("Local response normalization with AlexNet's constants")
    axes.legend()
figure

# %% [markdown]
# Up to activations of about 10 the layer is a multiplication by 0.59, which the next kernel can undo. AlexNet's pixels went up to 255, and its activations with them; on inputs of size 1 nothing
# is inhibited at all. VGG's authors tried it in one network, found that it "does not improve the
# performance" but costs memory and time, and left it out (Simonyan and Zisserman, 2014).
#
# ## 3. Six networks in one table
#
# *Convolutional Neural Network*, VGGNet: ILSVRC 2014 2nd place, has them all. `conv3-64` is a
# convolution of 3 × 3 with 64 filters, and each column is one network:
#
# | | A | A-LRN | B | C | D | E |
# |---|---|---|---|---|---|---|
# | weight layers | 11 | 11 | 13 | 16 | 16 | 19 |
# | stage 1 | conv3-64 | conv3-64, LRN | conv3-64 ×2 | conv3-64 ×2 | conv3-64 ×2 | conv3-64 ×2 |
# | stage 2 | conv3-128 | conv3-128 | conv3-128 ×2 | conv3-128 ×2 | conv3-128 ×2 | conv3-128 ×2 |
# | stage 3 | conv3-256 ×2 | conv3-256 ×2 | conv3-256 ×2 | conv3-256 ×2, conv1-256 | conv3-256 ×3 | conv3-256 ×4 |
# | stage 4 | conv3-512 ×2 | conv3-512 ×2 | conv3-512 ×2 | conv3-512 ×2, conv1-512 | conv3-512 ×3 | conv3-512 ×4 |
# | stage 5 | conv3-512 ×2 | conv3-512 ×2 | conv3-512 ×2 | conv3-512 ×2, conv1-512 | conv3-512 ×3 | conv3-512 ×4 |
#
# Every stage ends with a max pooling, and every network with FC-4096, FC-4096, FC-1000 and softmax.
#
# Write the table as data. A network is a tuple of five stages, a stage is a tuple of its layers, and
# a layer is `(side of the kernel, filters)` or the text `"LRN"`. A and A-LRN are there already.

# %% nbgrader={"grade": false, "grade_id": "vgg_configurations_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
CONFIGURATIONS = {
    "A": (
        ((3, 64),),
        ((3, 128),),
        ((3, 256), (3, 256)),
        ((3, 512), (3, 512)),
        ((3, 512), (3, 512)),
    ),
    "A-LRN": (
        ((3, 64), "LRN"),
        ((3, 128),),
        ((3, 256), (3, 256)),
        ((3, 512), (3, 512)),
        ((3, 512), (3, 512)),
    ),
}
# Add the networks "B", "C", "D" and "E": CONFIGURATIONS["B"] = ...
### BEGIN SOLUTION
CONFIGURATIONS["B"] = tuple(((3, filters),) * 2 for filters in (64, 128, 256, 512, 512))
CONFIGURATIONS["C"] = (
    ((3, 64), (3, 64)),
    ((3, 128), (3, 128)),
    ((3, 256), (3, 256), (1, 256)),
    ((3, 512), (3, 512), (1, 512)),
    ((3, 512), (3, 512), (1, 512)),
)
CONFIGURATIONS["D"] = (
    ((3, 64), (3, 64)),
    ((3, 128), (3, 128)),
    ((3, 256), (3, 256), (3, 256)),
    ((3, 512), (3, 512), (3, 512)),
    ((3, 512), (3, 512), (3, 512)),
)
CONFIGURATIONS["E"] = (
    ((3, 64), (3, 64)),
    ((3, 128), (3, 128)),
    ((3, 256), (3, 256), (3, 256), (3, 256)),
    ((3, 512), (3, 512), (3, 512), (3, 512)),
    ((3, 512), (3, 512), (3, 512), (3, 512)),
)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "vgg_configurations", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("vgg_configurations", CONFIGURATIONS)

# %% [markdown]
# ### Predict before you run
#
# From B to C, from C to D and from D to E the networks grow by three layers each time, or three
# layers get larger kernels. Work out with pencil and paper how many parameters each step adds,
# biases included: a convolution of $K \times K$ from $C$ to $F$ maps has $(K^2 C + 1)\,F$. Which step
# do you expect to be the largest? Sums of products such as `256 * 256 + 256` are welcome.

# %% nbgrader={"grade": false, "grade_id": "vgg_growth_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three predictions in this form:
# vgg_growth = {"B to C": ..., "C to D": ..., "D to E": ...}
### BEGIN SOLUTION
vgg_growth = {
    "B to C": (256 + 1) * 256 + 2 * (512 + 1) * 512,
    "C to D": 8 * 256 * 256 + 2 * 8 * 512 * 512,
    "D to E": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "vgg_growth", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("vgg_growth", vgg_growth)

# %% [markdown]
# ## 4. One builder for all
#
# The design rules (*Lecture 7*, VGG: Deeper Networks, Regular Design):
#
# - all convolutions have stride 1 and padding that keeps the size (`same`), a bias and a ReLU;
# - every stage ends with a max pooling of 2 × 2 with stride 2;
# - then the maps are flattened, and FC6 and FC7 follow, each with a ReLU and *dropout on first two FC
#   layers* (*CNN Benchmark Models*, VGG (3/4)); FC8 has a softmax.
#
# `"LRN"` in a stage stands for your layer, after the ReLU. With `batch_norm=True` every convolution
# has **no bias**, and batch normalization stands **between it and its ReLU**: VGG is older than that,
# but you will need it in section 7.
#
# Write the stages as a function of their own, because another network will need them, too. Call the
# layers `conv1_1`, `conv1_2`, ..., `pool1`, ..., `FC6`, `FC7`, `FC8`: only people read these names.


# %% nbgrader={"grade": false, "grade_id": "vgg_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def vgg_stages(x, stages, batch_norm=False):
    """The stages of a VGG network, each with its pooling at the end.

    Args:
        x: a Keras tensor `(batch, height, width, channels)`.
        stages: for example `CONFIGURATIONS["D"]`; any number of stages.
        batch_norm: whether every convolution is followed by batch normalization.

    Returns:
        The output of the last pooling, a Keras tensor.
    """
    ### BEGIN SOLUTION
    for stage, entries in enumerate(stages, start=1):
        number = 0
        for entry in entries:
            if entry == "LRN":
                x = LocalResponseNorm(name=f"lrn{stage}")(x)
                continue
            number += 1
            name = f"conv{stage}_{number}"
            kernel, filters = entry
            x = keras.layers.Conv2D(
                filters, kernel, padding="same", use_bias=not batch_norm, name=name
            )(x)
            if batch_norm:
                x = keras.layers.BatchNormalization(name=f"{name}_bn")(x)
            x = keras.layers.ReLU(name=f"{name}_relu")(x)
        x = keras.layers.MaxPooling2D(2, strides=2, name=f"pool{stage}")(x)
    return x
    ### END SOLUTION


def vgg(
    stages, input_shape=(224, 224, 3), hidden=4096, classes=1000, dropout=0.5, batch_norm=False
):
    """A VGG network.

    Args:
        stages: for example `CONFIGURATIONS["D"]`; any number of stages.
        input_shape: `(height, width, channels)` of an image.
        hidden: units of FC6 and of FC7.
        classes: units of FC8.
        dropout: rate of the dropout after FC6 and after FC7.
        batch_norm: whether every convolution is followed by batch normalization.

    Returns:
        A Keras model with outputs `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    inputs = keras.Input(input_shape)
    x = vgg_stages(inputs, stages, batch_norm)
    x = keras.layers.Flatten(name="flatten")(x)
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax", name="FC8")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "vgg", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("vgg", vgg)

# %% [markdown]
# VGG-16, which is configuration D. It has 138 million parameters, but none of them is allocated
# here: to draw and to count a network its plan is enough.

# %% tags=["display"]
plans = {name: blueprint(vgg, stages) for name, stages in CONFIGURATIONS.items()}
draw(canonical(plans["D"]), "VGG-16: configuration D")

# %% [markdown]
# All six, beside the millions that are printed below the table on the slide:

# %% tags=["display"]
PRINTED = {"A": "F0425", "A-LRN": "F0440", "B": "F0428", "C": "F0431", "D": "F0434", "E": "F0437"}

tables = {name: costs.count(plan) for name, plan in plans.items()}
print(f"{'':6}{'weight layers':>14}{'parameters':>15}{'printed':>10}{'multiply-adds':>17}")
for name, table in tables.items():
    with_weights = sum(bool(row.macs and row.parameters) for row in table.rows)
    printed = slides.fact(PRINTED[name]).printed
    print(f"{name:6}{with_weights:>14}{table.parameters:>15,}{printed:>8} M{table.macs:>17,}")

# %% [markdown]
# D and E became known as VGG-16 and VGG-19. C is as deep as D, and needs 4.7 million parameters and
# 3.7 billion multiply-adds fewer: its 1 × 1 convolutions add a non-linearity and see no neighbour.
# LRN has no parameters, and did not help either, so the others have none (*Lecture 9*, Case Study:
# VGGNet). The *drawn ImageNet net* on which *Lecture 9* explains transfer learning is configuration
# B, with its 13 weight layers.
#
# ## 5. Where the work is
#
# With a kernel of 3 × 3, one layer on $2H \times 2W$ pixels with $C$ maps before and after needs
# $9\,C^2 \cdot 4HW$ multiply-adds. After the pooling, with twice as many maps, it needs
# $9\,(2C)^2 \cdot HW$, which is the same (*Lecture 7*, VGG: Deeper Networks, Regular Design). Its
# memory halves, from $4HWC$ to $2HWC$ values, and its weights become four times as many, from $9C^2$
# to $36C^2$.
#
# Count what each stage costs. The first convolution of a stage has a different number of maps before and after it.
# Poolings, biases and LRN cost nothing here. A pooling halves the sides, rounding down.


# %% nbgrader={"grade": false, "grade_id": "vgg_stage_costs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def stage_costs(stages, input_shape=(224, 224, 3)):
    """What the convolutions of each stage cost, for one image.

    Args:
        stages: for example `CONFIGURATIONS["D"]`.
        input_shape: `(height, width, channels)` of the image.

    Returns:
        A list with `{"values": ..., "weights": ..., "macs": ...}` for each stage: values that its
        convolutions put out, weights without biases, and multiply-adds.
    """
    ### BEGIN SOLUTION
    height, width, channels = input_shape
    found = []
    for entries in stages:
        cost = {"values": 0, "weights": 0, "macs": 0}
        for entry in entries:
            if entry == "LRN":
                continue
            kernel, filters = entry
            weights = kernel**2 * channels * filters
            cost["values"] += height * width * filters
            cost["weights"] += weights
            cost["macs"] += height * width * weights
            channels = filters
        found.append(cost)
        height, width = height // 2, width // 2
    return found
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "vgg_stage_costs", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("vgg_stage_costs", stage_costs)

# %% tags=["display"]
NAMES = ("A", "B", "C", "D", "E")
# By their order: what you called your layers does not matter.
convolutions = [
    f"conv{s}_{n}" for s, count in enumerate((2, 2, 3, 3, 3), 1) for n in range(1, count + 1)
]
working = [row for row in tables["D"].rows if row.macs and row.parameters]
rows = dict(zip([*convolutions, "FC6", "FC7", "FC8"], working, strict=True))
middle = [f"conv{stage}_2" for stage in range(1, 6)]
parts = [*stage_costs(CONFIGURATIONS["D"])]
for name in ("FC6", "FC7", "FC8"):
    units = rows[name].output_shape[-1]
    parts.append({"values": units, "weights": rows[name].macs, "macs": rows[name].macs})
part_names = [*(f"stage {number}" for number in range(1, 6)), "FC6", "FC7", "FC8"]

with plots.style():
    figure, panels = plots.new_figure(1, 3, figsize=(14, 4.6), width_ratios=(1.3, 1, 1.2))
    stagewise, equal, shares = panels[0]
    for place, name in enumerate(NAMES):
        macs = [cost["macs"] / 1e9 for cost in stage_costs(CONFIGURATIONS[name])]
        stagewise.bar(np.arange(5) + 0.16 * (place - 2), macs, 0.15, label=name)
    stagewise.set_xticks(range(5), labels=[f"stage {number}" for number in range(1, 6)])
    stagewise.set_ylabel("multiply-adds (billions)")
    stagewise.set_title("Work of each stage")
    stagewise.legend(title="configuration", ncols=2, fontsize=9)

    equal.bar(range(5), [rows[name].macs / 1e9 for name in middle], color=plots.COLOURS[3])
    for place, name in enumerate(middle):
        height, width, filters = rows[name].output_shape[1:]
        outside = place == 4
        equal.text(
            place,
            0.5 if outside else 0.06,
            f"{height} × {width} × {filters}",
            rotation=90,
            ha="center",
            va="bottom",
            color="k" if outside else "w",
            fontsize=9,
        )
    equal.set_xticks(range(5), labels=middle, rotation=30)
    equal.set_ylabel("multiply-adds (billions)")
    equal.set_title("One layer with as many maps\nbefore as after, configuration D")

    shades = [
        "#08306b",
        "#2171b5",
        "#4292c6",
        "#6baed6",
        "#9ecae1",
        "#b45f06",
        "#e08e3c",
        "#f5c48f",
    ]
    quantities = {"values": "memory", "weights": "parameters", "macs": "multiply-adds"}
    for place, quantity in enumerate(quantities):
        start, whole = 0.0, sum(part[quantity] for part in parts)
        for part, name, shade in zip(parts, part_names, shades, strict=True):
            share = 100 * part[quantity] / whole
            shares.bar(place, share, 0.7, bottom=start, color=shade, label=name)
            if share > 5:
                shares.text(
                    place,
                    start + share / 2,
                    f"{name}: {share:.0f} %",
                    ha="center",
                    va="center",
                    color="k" if name in ("stage 4", "stage 5") else "w",
                    fontsize=8,
                )
            start += share
    shares.set_xticks(range(3), labels=list(quantities.values()))
    shares.set_ylabel("share of the network (%)")
    shares.set_title("Where VGG-16 spends what")
    for axes in panels[0]:
        axes.grid(axis="x", visible=False)
figure

# %% [markdown]
# In the middle, four stages cost exactly the same. *Conv layers at each spatial resolution take the
# same amount of computation!*, says the slide; but stage 5 does not double its maps, so its layers
# take a quarter. On the right: *most memory is in early CONV, most params are in late FC*
# (*Lecture 9*, Case Study: VGGNet). FC6 alone has three quarters of all parameters, and hardly any
# work. No other network of its time had more of both: *highest memory, most operations* (*Lecture 9*,
# Comparing complexity). (Memory counts what convolutions and dense layers put out, for a forward pass; training keeps
# about twice as much.)
#
# ## 6. The missing convolution
#
# Two decks draw VGG-16 with these stages, and one of them says in words: *Stage 3: conv-conv-pool*
# (*Lecture 7*, VGG: Deeper Networks, Regular Design; *Evolution of CNN Architectures*, VGG (2014)):

# %%
# What is drawn as "VGG16" in two of the decks.
DRAWN = (
    ((3, 64), (3, 64)),
    ((3, 128), (3, 128)),
    ((3, 256), (3, 256)),
    ((3, 512), (3, 512), (3, 512)),
    ((3, 512), (3, 512), (3, 512)),
)

# %% [markdown]
# Compare it with configuration D. How many weight layers are drawn (convolutions and dense layers)?
# What is the name of the missing one, as in `conv1_2`? How many parameters does it have, with biases,
# and how many multiply-adds does it take?

# %% nbgrader={"grade": false, "grade_id": "missing_convolution_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# missing_convolution = {"drawn": ..., "missing": "...", "parameters": ..., "macs": ...}
### BEGIN SOLUTION
missing_convolution = {
    "drawn": 15,
    "missing": "conv3_3",
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "missing_convolution", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("missing_convolution", missing_convolution)

# %% [markdown]
# The plans side by side, configuration D on the left, the drawing on the right. (When a check finds a
# difference in a network of yours, it draws this picture, too.)

# %% tags=["display"]
right, drawn = canonical(plans["D"]), canonical(blueprint(vgg, DRAWN))
draw_differences(right, drawn, compare(right, drawn, ()), ())

# %% [markdown]
# This is more than a slip of the pen: somebody added up the drawing. Errata E06, E09 and E10 are sums
# over the wrong network, printed on four slides.
#
# - **E06** (*Lecture 7*, GoogLeNet: Aggressive Stem; *Evolution of CNN Architectures*, GoogLeNet
#   (2014)): what VGG-16 needs from 224 pixels down to 28, *42.9 MB, 1.1 M parameters, 7485 MFLOP*.
# - **E09** (*Evolution of CNN Architectures*, VGG (2014)): the memory of VGG-16, *48.6 MB*.
# - **E10** (ibid.): its work, *13.6 GFLOP*. You may have corrected it in *The slide calculator*.
#
# Here one multiply-add is a FLOP, MB are 2²⁰ bytes of 4-byte values, and only the outputs of
# convolutions and only weights count. What are the right values for E06 and E09? Three significant
# digits are enough. (`sum`, your `stage_costs` and slices such as `[:3]` are all you need.)

# %% nbgrader={"grade": false, "grade_id": "errata_of_the_drawing_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# errata_of_the_drawing = {
#     "E06 megabytes": ..., "E06 million weights": ..., "E06 million macs": ..., "E09 megabytes": ...
# }
### BEGIN SOLUTION
errata_of_the_drawing = {
    "E06 megabytes": 45.94,
    "E06 million weights": 1.734,
    "E06 million macs": 9335,
    "E09 megabytes": 51.68,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "errata_of_the_drawing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("errata_of_the_drawing", errata_of_the_drawing)

# %% tags=["display"]
HEAD_MACS = sum(rows[name].macs for name in ("FC6", "FC7", "FC8"))


def in_total(stages, quantity, last=5):
    """A cost of all convolutions down to the end of a stage."""
    return sum(cost[quantity] for cost in stage_costs(stages)[:last])


SUMS = {
    "F0180": ("E06, 224 → 28: MB", lambda s: 4 * in_total(s, "values", 3) / 2**20),
    "F0181": ("E06, 224 → 28: million weights", lambda s: in_total(s, "weights", 3) / 1e6),
    "F0182": ("E06, 224 → 28: million multiply-adds", lambda s: in_total(s, "macs", 3) / 1e6),
    "F0573": ("E09: MB", lambda s: 4 * in_total(s, "values") / 2**20),
    "F0579": ("E10: billion multiply-adds", lambda s: (in_total(s, "macs") + HEAD_MACS) / 1e9),
    "F0606": ("E10, beside ResNet-34", lambda s: (in_total(s, "macs") + HEAD_MACS) / 1e9),
}
print(f"{'':38}{'printed':>9}{'as drawn':>12}{'VGG-16':>12}")
for fact_id, (label, amount) in SUMS.items():
    printed = slides.fact(fact_id).printed
    print(f"{label:38}{printed:>9}{amount(DRAWN):>12,.2f}{amount(CONFIGURATIONS['D']):>12,.2f}")

# %% [markdown]
# The middle column is the printed one, digit by digit. So the true VGG-16 is even larger: 27 times
# AlexNet's memory and 22 times its work, not 25 and 19.4 times. One total has **another** cause:
# erratum E24, *24M · 4 bytes ≈ 96 MB* for the memory of a forward pass (*Lecture 9*, Case Study:
# VGGNet; *CNN Benchmark Models*, VGG (2/4)). Its rows are those of the true VGG-16, and they add up
# to 15.2 million values, 61 MB. Nobody knows where the 24 came from.
#
# ### The summary table
#
# *CNN Benchmark Models*, Summary of Popular CNN Models, has a row for four VGG networks with the
# billions of multiply-adds of their convolutions: VGG-11 6.5, VGG-13 10.2, VGG-16 15.3, VGG-19 16.8.
# Only VGG-16 is right. What are the others (**E32**), to three digits? And the row of VGG-16 lists
# kernels of *1x1 3x3* with *138* million parameters (**E33**). Which configuration with 16 layers has
# 1 × 1 kernels, and how many million parameters does it really have, biases included, again to three
# digits?

# %% nbgrader={"grade": false, "grade_id": "vgg_summary_errata_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# vgg_summary_errata = {
#     "VGG-11": ..., "VGG-13": ..., "VGG-19": ..., "with 1x1": "...", "million parameters": ...
# }
### BEGIN SOLUTION
vgg_summary_errata = {
    "VGG-11": 7.485,
    "VGG-13": 11.185,
    "VGG-19": 19.508,
    "with 1x1": "C",
    "million parameters": 133.64,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "vgg_summary_errata", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("vgg_summary_errata", vgg_summary_errata)

# %% [markdown]
# ## 7. Too deep to train?
#
# The recipe of VGG is AlexNet's with a larger batch: batches of 256 images, SGD with momentum 0.9,
# a learning rate of 0.01 that was divided by 10 when the validation accuracy stopped improving, three
# times in all, weight decay of 5 · 10⁻⁴, and dropout (*CNN Benchmark Models*, VGG (3/4)). It led to a
# top-5 error of 7.3 %, after ZFNet's 11.7 % a year before; VGG-19 was only slightly better than
# VGG-16, and ensembles were best (*Lecture 9*, Case Study: VGGNet).
#
# But it did not work at once for the deep ones: they were a *sequence of deeper networks trained
# progressively* (*Convolutional Neural Network*, VGGNet: ILSVRC 2014 2nd place). See why, on 3,500
# handwritten digits: three stages of 8, 16 and 32 maps, with one convolution in each stage and with
# three. Everything else is the same. Before the long training comes the short test of *Optimization*,
# section 8: does each of them learn twenty images by heart?

# %% tags=["display"]
mnist = data.load("mnist")
trained, histories = {}, {}


def tiny_stages(repeats):
    """Three narrow stages with this many convolutions each."""
    return tuple(((3, filters),) * repeats for filters in (8, 16, 32))


def train_tiny(name, repeats, batch_norm=False):
    """Train a tiny VGG, and keep it and its history under this name."""
    training.set_seed(1)
    model = vgg(tiny_stages(repeats), (28, 28, 1), hidden=64, classes=10, batch_norm=batch_norm)
    model.compile(
        keras.optimizers.SGD(0.01, momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    print(f"{name}: {model.count_params():,} parameters")
    histories[name] = training.fit(model, mnist.train, mnist.validation, epochs=3, batch_size=32)
    trained[name] = model


few = mnist.train.take(20)
for repeats in (1, 3):
    training.set_seed(1)
    trial = vgg(tiny_stages(repeats), (28, 28, 1), hidden=64, classes=10)
    trial.compile(keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy")
    print(f"{3 * repeats + 3} weight layers, ", end="")
    training.by_heart(trial, few.images, few.labels, steps=200)

train_tiny("6 weight layers", 1)
train_tiny("12 weight layers", 3)

# %% [markdown]
# The shallow network learns, the deep one hardly moves. Twenty images had told you so already: after as
# many steps the loss of the deep one was still far above that of the other. Now the deep one again, with
# batch normalization between every convolution and its ReLU:

# %% tags=["display"]
train_tiny("12 weight layers, batch norm", 3, batch_norm=True)

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11, 4))
    loss_axes, accuracy_axes = panels[0]
    for (name, history), marker in zip(histories.items(), "osD", strict=True):
        epochs = range(1, history.epochs + 1)
        loss_axes.plot(epochs, history.loss, marker=marker, label=name)
        accuracy = [100 * value for value in history.validation_accuracy]
        accuracy_axes.plot(epochs, accuracy, marker=marker, label=name)
    loss_axes.axhline(np.log(10), color="grey", linestyle=":", linewidth=1.5)
    loss_axes.text(1.6, np.log(10) + 0.05, "guessing: ln 10", color="grey", fontsize=9)
    loss_axes.set_ylabel("loss on the training images (nats)")
    loss_axes.set_ylim(0, 2.55)
    accuracy_axes.set_ylabel("accuracy on 500 validation images (%)")
    accuracy_axes.set_ylim(0, 100)
    loss_axes.legend(fontsize=9)
    for axes, title in zip(panels[0], ("Training loss", "Validation accuracy"), strict=True):
        axes.set_xticks(epochs)
        axes.set_xlabel("epoch")
        axes.set_title(title)
    figure.suptitle("The same recipe on three tiny VGGs")
figure

# %% [markdown]
# The plain deep network is hardly better than guessing, and not because it overfits: its *training*
# loss hardly moves in these three epochs. Through eleven ReLUs with these starting weights the signal fades away, and so
# does the gradient. VGG's authors trained A first and put its layers into the deeper networks. A year
# later batch normalization made this unnecessary.
#
# ## 8. Any image size: the head as a convolution
#
# A dense layer on flattened maps fixes the size of the image. But FC6 computes, for each unit, a
# weighted sum over *all* of the $7 \times 7 \times 512$ values: that is what a filter of
# $7 \times 7$ without padding does, on the one place where it fits. On larger maps it fits in many
# places, and gives a score for each. FC7 and FC8 become convolutions of 1 × 1.
#
# Keras flattens row by row, and within a row pixel by pixel with all channels of a pixel together:
# unit $f$ has its weight for row $i$, column $j$ and channel $c$ in line $(i\,W + j)\,C + c$ of the
# kernel. Turn the kernel of a dense layer into that of the convolution.


# %% nbgrader={"grade": false, "grade_id": "dense_to_conv_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_to_conv(kernel, map_size):
    """The kernel of the convolution that does what a dense layer does on flattened maps.

    Args:
        kernel: `(height * width * channels, units)`, of the dense layer.
        map_size: `(height, width)` of the maps that were flattened, in pixels.

    Returns:
        `(height, width, channels, units)`.
    """
    ### BEGIN SOLUTION
    height, width = map_size
    return kernel.reshape(height, width, -1, kernel.shape[-1])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense_to_conv", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("dense_to_conv", dense_to_conv)

# %% [markdown]
# Now build the network: the same stages, then three convolutions in place of the dense layers, with
# the same ReLUs and dropouts, and a softmax over the classes at every place. Nothing is flattened,
# and nothing in the head is padded. On an image of the size that it was made for, it *is* VGG: the
# check says so, and counts the same parameters.


# %% nbgrader={"grade": false, "grade_id": "fully_convolutional_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fully_convolutional(
    stages, input_shape=(None, None, 3), map_size=(7, 7), hidden=4096, classes=1000, dropout=0.5
):
    """A VGG network with a convolutional head.

    Args:
        stages: for example `CONFIGURATIONS["D"]`; any number of stages.
        input_shape: `(height, width, channels)` of an image; `None` for any height or width.
        map_size: `(height, width)` of the maps that FC6 sees at once, in pixels.
        hidden: filters of FC6 and of FC7.
        classes: filters of FC8.
        dropout: rate of the dropout after FC6 and after FC7.

    Returns:
        A Keras model with outputs `(batch, rows, columns, classes)`.
    """
    ### BEGIN SOLUTION
    inputs = keras.Input(input_shape)
    x = vgg_stages(inputs, stages)
    for name, kernel in (("FC6", map_size), ("FC7", 1)):
        x = keras.layers.Conv2D(hidden, kernel, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fully_convolutional", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("fully_convolutional", fully_convolutional)

# %% [markdown]
# The network with six weight layers that you trained has seen nothing but single digits in the middle
# of 28 × 28 pixels. Its weights go into a fully convolutional network, layer by layer. A canvas with
# digits in many places is scanned in one pass: each of the scores belongs to a window of 28 × 28
# pixels, and the next window is 8 pixels further on, because three poolings halve three times.

# %% tags=["display"]
small = trained["6 weight layers"]
MAP_SIZE = (3, 3)  # 28 pixels after three poolings
scanner = fully_convolutional(tiny_stages(1), (None, None, 1), MAP_SIZE, 64, 10)
pairs = zip(Inside(scanner, (28, 28, 1)).weights(), Inside(small).weights(), strict=True)
for target, source in pairs:
    weight = keras.ops.convert_to_numpy(source)
    if weight.ndim == 2 and len(target.shape) == 4:
        weight = dense_to_conv(weight, tuple(target.shape[:2]))
    target.assign(weight)

images, labels = mnist.validation.images, mnist.validation.labels
same = np.abs(
    scanner.predict(images[:64], verbose=0)[:, 0, 0] - small.predict(images[:64], verbose=0)
)
print(f"On 28 × 28 pixels the two networks differ by at most {same.max():.6f}.")

canvas = np.zeros((84, 140, 1), dtype="float32")
PLACES = {(0, 8): 7, (8, 56): 3, (0, 104): 0, (48, 16): 2, (56, 64): 6, (40, 104): 8}
for (top, left), digit in PLACES.items():
    stamp = images[labels == digit][1]
    canvas[top : top + 28, left : left + 28] = np.maximum(
        canvas[top : top + 28, left : left + 28], stamp
    )
scores = scanner.predict(canvas[np.newaxis], verbose=0)[0]
print(
    f"On {canvas.shape[0]} × {canvas.shape[1]} pixels it gives {scores.shape[0]} × {scores.shape[1]} places."
)

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(2, 2, figsize=(12, 7.6))
    picture, *maps = panels.ravel()
    picture.imshow(canvas[:, :, 0], cmap="gray_r")
    picture.set_title("The canvas, and windows that are sure (over 90 %)")
    for row, column in np.ndindex(scores.shape[:2]):
        best = scores[row, column]
        if best.max() > 0.9:
            picture.text(
                8 * column + 14,
                8 * row + 14,
                str(best.argmax()),
                ha="center",
                va="center",
                color=plots.COLOURS[1],
                fontsize=11,
                fontweight="bold",
            )
    for axes, digit in zip(maps, (7, 3, 8), strict=True):
        extent = (10, 8 * scores.shape[1] + 10, 8 * scores.shape[0] + 10, 10)
        axes.imshow(1 - 0.35 * canvas[:, :, 0], cmap="gray", vmin=0, vmax=1)
        shown = axes.imshow(
            scores[:, :, digit], cmap="Oranges", vmin=0, vmax=1, extent=extent, alpha=0.75
        )
        axes.set_xlim(-0.5, canvas.shape[1] - 0.5)
        axes.set_ylim(canvas.shape[0] - 0.5, -0.5)
        axes.set_title(f"Score of “{digit}”, by the middle of the window")
        figure.colorbar(shown, ax=axes, shrink=0.8, label="probability")
    for axes in panels.ravel():
        axes.grid(False)
        axes.set_xlabel("column (pixels)")
        axes.set_ylabel("row (pixels)")
    figure.suptitle("One forward pass over a large image: a map of scores for every class")
figure

# %% [markdown]
# Where a digit stands in the middle of a window, its map is bright. Windows on empty paper, or on
# halves of two digits, answer something, too: the network has never learned to say *nothing here*.
# VGG's authors tested in this way, on whole images instead of crops, and averaged the map. Object
# detectors use VGG's maps too, and *FC7 features generalize well to other tasks* (*Lecture 9*,
# Case Study: VGGNet).
#
# ## 9. Network in network
#
# The head of VGG-16 has 124 of 138 million parameters. A paper of the same year had two ideas against
# that (*Lecture 9*, Network in Network (NiN); *Convolutional Neural Network*, Network in network):
#
# - An **mlpconv layer** puts a small multilayer perceptron in the place of each filter: a convolution
#   of $K \times K$, then two of 1 × 1, each with its ReLU. You have built one in *1 × 1 convolutions*; here
#   it is given, and you make a network of three.
# - **Global average pooling** replaces the dense layers: the last mlpconv layer ends with one map for
#   each class, and the mean of a map is the score of its class. It has no parameters at all. GoogLeNet
#   took it over (*Lecture 7*, GoogLeNet: Global Average Pooling); ResNet's bottlenecks have the
#   1 × 1 convolutions from here, too.
#
# The paper's network for images of 32 × 32 pixels and 10 classes has three mlpconv layers, given
# below as `(side of the kernel, filters of its three convolutions)`. All convolutions have `same`
# padding. Between two mlpconv layers stand a max pooling of 3 × 3 with stride 2 and `same` padding,
# and after it dropout. After the last one come global average pooling and softmax.

# %%
NIN_BLOCKS = ((5, (192, 160, 96)), (5, (192, 192, 192)), (3, (192, 192, 10)))


def mlpconv(x, kernel, filters, name="mlpconv"):
    """A convolution and a perceptron of two layers at every pixel, each with its ReLU."""
    parts = zip(("conv", "mlp_1", "mlp_2"), (kernel, 1, 1), filters, strict=True)
    for part, side, count in parts:
        options = {"padding": "same", "activation": "relu", "name": f"{name}_{part}"}
        x = keras.layers.Conv2D(count, side, **options)(x)
    return x


# %% nbgrader={"grade": false, "grade_id": "network_in_network_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_in_network(blocks=NIN_BLOCKS, input_shape=(32, 32, 3), dropout=0.5):
    """A network of mlpconv layers with global average pooling.

    Args:
        blocks: for each mlpconv layer `(side of the kernel, (filters, filters, filters))`. The last
            number of filters is the number of classes.
        input_shape: `(height, width, channels)` of an image.
        dropout: rate of the dropout after each pooling.

    Returns:
        A Keras model with outputs `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    inputs = x = keras.Input(input_shape)
    for block, (kernel, filters) in enumerate(blocks, start=1):
        if block > 1:
            x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)
            x = keras.layers.Dropout(dropout, name=f"dropout{block - 1}")(x)
        x = mlpconv(x, kernel, filters, name=f"mlpconv{block}")
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    return keras.Model(inputs, keras.layers.Softmax(name="softmax")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "network_in_network", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("network_in_network", network_in_network)

# %% tags=["display"]
draw(canonical(blueprint(network_in_network)), "Network in network for 32 × 32 × 3")

# %% [markdown]
# How much of each network is its head? For comparison, dense layers like VGG's after the same last
# pooling of network in network:

# %% tags=["display"]
nin = costs.count(network_in_network)
last = [row for row in nin.rows if row.type.startswith("MaxPool")][-1].output_shape
values = int(np.prod(last[1:]))
dense_head = (values + 1) * 4096 + (4096 + 1) * 4096 + (4096 + 1) * 10
vgg_head = sum(rows[name].parameters for name in ("FC6", "FC7", "FC8"))
print(
    f"VGG-16:             {vgg_head:>11,} of {tables['D'].parameters:>11,} parameters in the head"
)
print(f"Network in network: {0:>11,} of {nin.parameters:>11,}")
print(f"A dense head on its {last[1]} × {last[2]} × {last[3]} values would have {dense_head:,}.")

# %% [markdown]
# ### Why?
#
# Two convolutions of 3 × 3 **without** a ReLU in between see 5 × 5 pixels as well. Is such a pair as
# good as one convolution of 5 × 5, better or worse? And what changes with the ReLU? Write two or
# three sentences; they are not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# Without the ReLU the pair is linear and equals one 5 x 5 convolution, but with one map in
# between only some 5 x 5 kernels can be written in this way: 18 weights instead of 25 are fewer
# degrees of freedom, so it is never better. With the ReLU it computes functions that no single convolution
# can, and that is what the depth is for.
#
# </details>

# %% [markdown]
# ## 10. Optional: the one kernel that does the work of three
#
# Not graded. Without ReLUs, three kernels of 3 × 3 with one channel are one kernel of 7 × 7: the last
# question made concrete. Find it. (Hint: the response of all three to an image with a single 1 is
# the kernel, mirrored.) Then see how the three kernels blur together.


# %% nbgrader={"grade": false, "grade_id": "merged_kernel_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def merged_kernel(kernels):
    """The kernel of the one convolution that equals several in a row without ReLUs between them.

    Args:
        kernels: matrices of odd sides, the first convolution's first.

    Returns:
        A matrix.
    """
    ### BEGIN SOLUTION
    merged = np.ones((1, 1))
    for kernel in kernels:
        rows = len(merged) + len(kernel) - 1
        columns = len(merged[0]) + len(kernel[0]) - 1
        larger = np.zeros((rows, columns))
        for (i, j), weight in np.ndenumerate(kernel):
            larger[i : i + len(merged), j : j + len(merged[0])] += weight * merged
        merged = larger
    return merged
    ### END SOLUTION


# %% tags=["display"]
BLUR = [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
EDGE = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]

try:
    kernels = [np.array(kernel, dtype="float32") for kernel in (BLUR, BLUR, EDGE)]
    photograph = data.photo("china").mean(axis=-1)[np.newaxis, :, :, np.newaxis].astype("float32")
    in_steps = photograph
    for kernel in kernels:
        in_steps = keras.ops.conv(in_steps, kernel[:, :, np.newaxis, np.newaxis])
    merged = merged_kernel(kernels)
    at_once = keras.ops.conv(photograph, merged[:, :, np.newaxis, np.newaxis].astype("float32"))
    difference = np.abs(np.asarray(in_steps) - np.asarray(at_once)).max()
    print(f"Three kernels and the merged one differ by at most {difference:.3f} on the photograph.")

    with plots.style():
        figure, panels = plots.new_figure(1, 4, figsize=(12, 3.1), width_ratios=(1, 1, 1, 2))
        titles = ("first: blur", "second: blur", "third: edges", "merged: 7 × 7")
        for axes, kernel, title in zip(panels[0], [*kernels, merged], titles, strict=True):
            limit = np.abs(kernel).max()
            axes.imshow(kernel, cmap="RdBu_r", vmin=-limit, vmax=limit)
            for (row, column), weight in np.ndenumerate(kernel):
                ink = "w" if abs(weight) > 0.6 * limit else "k"
                axes.text(
                    column, row, f"{weight:.0f}", ha="center", va="center", color=ink, fontsize=8
                )
            axes.set_xticks(range(len(kernel)))
            axes.set_yticks(range(len(kernel)))
            axes.set_xlabel("column (pixels)")
            axes.set_ylabel("row (pixels)")
            axes.set_title(title)
            axes.grid(False)
        figure.suptitle("Without ReLUs, three small kernels are one large kernel")
except NotImplementedError:
    figure = "merged_kernel is not written yet: this part is optional."
figure
