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
# # 1 × 1 convolutions
#
# A filter that looks at a single pixel sounds useless. It is the most common layer of GoogLeNet,
# ResNet and MobileNet, because it changes the number of feature maps at little cost. In this
# notebook you write one as a matrix product, find out that you have known it all along under the
# name `Dense`, and work out how much a *bottleneck* of 1 × 1 convolutions saves. At the end you
# ask of a wrong total on the slides what it would take to make it right.
#
# The numbers that the slides print are taken from the course's ledger: `slides.fact("F0371")` has
# the printed value, the slide, and a computation of its own.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides

import keras
import numpy as np

# %% [markdown]
# ## 1. One weight for each channel
#
# On an image with one channel, a 1 × 1 filter multiplies every pixel by the same number
# (*Convolutional Neural Network*, 1x1 convolutions). With $C$ channels it has $C$ weights, and adds
# up the channels **of one pixel**. $F$ filters give $F$ maps:
#
# $$y[b, i, j, f] = \text{bias}[f] + \sum_{c} x[b, i, j, c]\; k[0, 0, c, f]$$
#
# No pixel meets its neighbour, so all pixels can be handled at once, as the rows of one matrix:
#
# $$\underbrace{\text{pixels}}_{(B\,H\,W)\, \times\, C} \;\cdot\;
#   \underbrace{\text{weights}}_{C\, \times\, F} \;+\; \text{bias}$$
#
# Write it as one matrix product, without any loop. Keras' convolutions are blocked in this check.


# %% nbgrader={"grade": false, "grade_id": "conv1x1_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv1x1(x, kernel, bias):
    """A convolution with 1 x 1 filters, as one matrix product.

    Args:
        x: `(batch, height, width, channels)`.
        kernel: `(1, 1, channels, filters)`.
        bias: `(filters,)`.

    Returns:
        `(batch, height, width, filters)`.
    """
    ### BEGIN SOLUTION
    batch, height, width, channels = x.shape
    pixels = x.reshape(-1, channels)
    return (pixels @ kernel[0, 0] + bias).reshape(batch, height, width, -1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv1x1", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("conv1x1", conv1x1)

# %% [markdown]
# Your layer at work on a photograph: three channels in, six maps out. Each of the first three filters
# gives a map to look at. The last three belong together: their maps are shown as the red, green and
# blue of a new picture, so a 1 × 1 convolution can also tint a photograph. Edges and textures stay
# exactly where they were.

# %% tags=["display"]
# For each filter the weights of red, green and blue.
MIXES = {
    "brightness": [0.30, 0.59, 0.11],
    "red against green": [1.0, -1.0, 0.0],
    "yellow against blue": [0.5, 0.5, -1.0],
    "sepia, red": [0.39, 0.77, 0.19],
    "sepia, green": [0.35, 0.69, 0.17],
    "sepia, blue": [0.27, 0.53, 0.13],
}
photograph = data.photo("flower")  # (427, 640, 3), values from 0 to 1
mixing = np.array(list(MIXES.values()), dtype="float32").T[np.newaxis, np.newaxis]
mixed = conv1x1(photograph[np.newaxis], mixing, np.zeros(len(MIXES), dtype="float32"))[0]

with plots.style():
    figure, panels = plots.new_figure(2, 3, figsize=(12, 6.2))
    panels = panels.ravel()
    panels[0].imshow(photograph)
    panels[0].set_title("the photograph: three channels")
    for index, name in enumerate(list(MIXES)[:3]):
        low, colours = (0, "gray") if index == 0 else (-1, "RdBu_r")
        axes = panels[1 + index]
        shown = axes.imshow(mixed[:, :, index], cmap=colours, vmin=low, vmax=1)
        axes.set_title(f"one filter: {name}")
        figure.colorbar(shown, ax=axes, shrink=0.7, label="response")
    panels[4].imshow(mixed[:, :, 3:].clip(0, 1))
    panels[4].set_title("three filters: sepia")
    panels[5].imshow(mixing[0, 0], cmap="RdBu_r", vmin=-1, vmax=1)
    for channel, index in np.ndindex(3, len(MIXES)):
        weight = mixing[0, 0, channel, index]
        ink = "white" if abs(weight) > 0.6 else "black"
        panels[5].text(index, channel, f"{weight:.2f}", ha="center", va="center", color=ink)
    panels[5].set_yticks(range(3), labels=["red", "green", "blue"])
    panels[5].set_xticks(range(len(MIXES)), labels=list(MIXES), rotation=30, ha="right")
    panels[5].set_ylabel("input channel")
    panels[5].set_title("the whole layer: 3 × 6 weights")
    for axes in panels:
        axes.grid(False)
    for axes in panels[:5]:
        axes.set_xlabel("column (pixels)")
        axes.set_ylabel("row (pixels)")
    figure.suptitle("A 1 × 1 convolution mixes channels, pixel by pixel")
figure

# %% [markdown]
# ## 2. You know this layer already
#
# Take one pixel: its $C$ values go in, $F$ weighted sums with biases come out. That is a *fully
# connected* layer, applied at every pixel with the same weights. The slides say: *like a single
# neuron with an input from the same position across each of the feature maps* (*Convolutional
# Neural Network*, Down sample Feature Maps With 1x1 convolutions).
#
# Keras stores the weights of a `Dense` layer as `(channels, units)`, those of a `Conv2D` as
# `(1, 1, channels, filters)`. Write the conversion in both directions.


# %% nbgrader={"grade": false, "grade_id": "convert_kernel_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def convert_kernel(kernel):
    """Turn the kernel of a dense layer into that of a 1 x 1 convolution, or the other way round.

    Args:
        kernel: `(channels, units)` or `(1, 1, channels, filters)`.

    Returns:
        The same weights in the other of the two shapes.

    Raises:
        ValueError: if the kernel of a convolution is larger than 1 x 1.
    """
    ### BEGIN SOLUTION
    if kernel.ndim == 2:
        return kernel[np.newaxis, np.newaxis]
    if kernel.shape[:2] != (1, 1):
        raise ValueError(f"`kernel` must be 1 x 1. Received: kernel.shape={kernel.shape}")
    return kernel[0, 0]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "convert_kernel", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("convert_kernel", convert_kernel)

# %% [markdown]
# The proof, with Keras' own layers and random numbers. The convolution gets the weights of the
# dense layer, and your function gets them too:

# %% tags=["display"]
keras.utils.set_random_seed(7)
x = np.random.default_rng(7).normal(size=(2, 5, 4, 6)).astype("float32")

dense = keras.layers.Dense(3, bias_initializer="random_normal")
from_dense = keras.ops.convert_to_numpy(dense(x))
kernel, bias = dense.get_weights()

convolution = keras.layers.Conv2D(3, 1)
convolution.build(x.shape)
convolution.set_weights([convert_kernel(kernel), bias])
from_convolution = keras.ops.convert_to_numpy(convolution(x))

for name, output in [
    ("Conv2D(3, 1)", from_convolution),
    ("conv1x1     ", conv1x1(x, convert_kernel(kernel), bias)),
]:
    print(f"{name} differs from Dense(3) by at most {np.abs(output - from_dense).max():.1e}")

# %% [markdown]
# ## 3. The four models of the slides
#
# The slides use one example throughout (*Convolutional Neural Network*, Examples of How to Use 1x1
# Convolutions, and the three slides that follow). A colour image of 256 × 256 pixels meets 512
# filters of 3 × 3, with `same` padding and ReLU. A second layer of 1 × 1 filters, with ReLU as
# well, then *projects* to as many maps, *decreases* them to 64, or *increases* them to 1,024. A
# layer of $F$ filters of $K \times K$ on $C$ channels has
#
# $$(K^2\, C + 1)\, F \text{ parameters, the 1 for the bias.}$$
#
# Build all four with one function. The names `conv2d_1` and `conv2d_2` are those of the printed
# summaries; the second check loads weights by these names.


# %% nbgrader={"grade": false, "grade_id": "slide_model_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    """The example of the slides: 3 x 3 filters, then perhaps 1 x 1 filters.

    Args:
        maps: number of 1 x 1 filters of `conv2d_2`; `None` for the model without this layer.
        first: number of 3 x 3 filters of `conv2d_1`.
        input_shape: `(height, width, channels)` of an image.

    Returns:
        A Keras model.
    """
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(keras.layers.Conv2D(first, 3, padding="same", activation="relu", name="conv2d_1"))
    if maps is not None:
        model.add(keras.layers.Conv2D(maps, 1, activation="relu", name="conv2d_2"))
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "slide_model", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("slide_model", slide_model)

# %% [markdown]
# The same layers can still compute something else. So this check puts weights into a small version
# of your model and looks at what comes out.


# %%
def layers_of(model):
    """The layers of a model and of the models inside it."""
    for layer in model.layers:
        yield layer
        yield from layers_of(layer) if isinstance(layer, keras.Model) else ()


def outputs_of(build):
    """For the checks: build a network, load weights by the layers' names, run it."""

    def run(x, weights, *args, **options):
        model = build(*args, **options)
        model(x)  # Some models make their weights only now.
        layers = {layer.name: layer for layer in layers_of(model) if layer.weights}
        for name, (kernel, bias) in weights.items():
            if name not in layers:
                raise ValueError(f"There must be a layer {name!r}. Received: {sorted(layers)}")
            shapes = [tuple(weight.shape) for weight in layers[name].weights]
            # A dense layer has the kernel of a 1 x 1 convolution without the two ones.
            same = np.prod(shapes[0]) == kernel.size and shapes[0][-1:] == bias.shape
            if not same or shapes[1:] != [bias.shape]:
                raise ValueError(
                    f"{name!r} must have a kernel {kernel.shape} and biases {bias.shape}. "
                    f"Received: weights of the shapes {shapes}"
                )
            layers[name].set_weights([kernel.reshape(shapes[0]), bias])
        return {"parameters": model.count_params(), "outputs": model(x)}

    return run


# %% nbgrader={"grade": true, "grade_id": "slide_model_outputs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("slide_model_outputs", outputs_of(slide_model))

# %% [markdown]
# Your four models beside the printed summaries. They are counted without allocating a weight, and
# nothing is run: look at the multiply-adds to see why. Few parameters do not mean little work.

# %% tags=["display"]
SUMMARIES = {"F0366": None, "F0371": 512, "F0374": 64, "F0377": 1024}

for fact_id, maps in SUMMARIES.items():
    table = costs.count(lambda maps=maps: slide_model(maps))
    fact = slides.fact(fact_id)
    shape = table.rows[-1].output_shape
    print(f"{fact_id} {fact.statement:17} printed {int(fact.printed):>9,}", end="   ")
    print(
        f"yours {table.parameters:>9,}   output {shape}   {table.macs / 1e9:6.1f} G multiply-adds"
    )

# %% [markdown]
# ## 4. Predict before you run: a large kernel after a small one
#
# Suppose that 64 filters of 7 × 7 come next. On the 512 maps of the first layer they are expensive.
# So decrease to 64 maps first (*Convolutional Neural Network*, Example of Decreasing Feature Maps).
# With pencil and paper, biases included, how many parameters do these have?
#
# - `direct`: 64 filters of 7 × 7 on 512 maps;
# - `after_reduction`: 64 filters of 7 × 7 on 64 maps;
# - `reduction`: the 64 filters of 1 × 1 that make 64 maps of 512.
#
# Products such as `7 * 7 * 64` are welcome; models are not.

# %% nbgrader={"grade": false, "grade_id": "seven_by_seven_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three predictions in this form:
# seven_by_seven = {"direct": ..., "after_reduction": ..., "reduction": ...}
### BEGIN SOLUTION
seven_by_seven = {
    "direct": (7 * 7 * 512 + 1) * 64,
    "after_reduction": (7 * 7 * 64 + 1) * 64,
    "reduction": (512 + 1) * 64,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "seven_by_seven", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("seven_by_seven", seven_by_seven)

# %% [markdown]
# Now run it. The slide calls the first of the three *approximately one million*:

# %% tags=["display"]
large = costs.count(lambda: keras.layers.Conv2D(64, 7, padding="same"), (256, 256, 512))
small = costs.count(lambda: keras.layers.Conv2D(64, 7, padding="same"), (256, 256, 64))
for fact_id, table in [("F0379", large), ("F0380", small)]:
    fact = slides.fact(fact_id)
    print(f"{fact_id}: printed {fact.printed}, Keras {table.parameters:,}, {fact.status}")
print(f"{slides.erratum('E18').id}: {slides.erratum('E18').cause}")

both = small.parameters + slides.fact("F0372").computed()
print(f"Reduction and 7 × 7 together: {both:,}, {large.parameters / both:.1f} times fewer.")

# %% [markdown]
# ## 5. A small network in every pixel
#
# An ordinary convolution computes, at every place, a linear function of its window. *Network in
# network* puts a small multilayer perceptron there instead (*Lecture 9*, Network in Network (NiN)):
# after the $K \times K$ convolution come two fully connected layers, applied at every pixel, each
# with its ReLU. You know how to write a fully connected layer that is applied at every pixel.
#
# Build this *mlpconv* block with `same` padding and three layers called `conv`, `mlp_1` and
# `mlp_2`, in this order, with ReLU after each.


# %% nbgrader={"grade": false, "grade_id": "mlpconv_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mlpconv(input_shape, filters, kernel_size=3):
    """The block of network in network, as a model of its own.

    Args:
        input_shape: `(height, width, channels)`.
        filters: numbers of filters of `conv`, `mlp_1` and `mlp_2`.
        kernel_size: side of the filters of `conv`, in pixels.

    Returns:
        A Keras model with outputs `(batch, height, width, filters[2])`.
    """
    ### BEGIN SOLUTION
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(wide, kernel_size, padding="same", activation="relu", name="conv"),
            keras.layers.Conv2D(hidden, 1, activation="relu", name="mlp_1"),
            keras.layers.Conv2D(last, 1, activation="relu", name="mlp_2"),
        ]
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mlpconv", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("mlpconv", outputs_of(mlpconv))

# %% [markdown]
# ## 6. The bottleneck
#
# A $K \times K$ convolution from $C$ to $F$ maps, on $H \times W$ pixels with stride 1 and `same`
# padding, needs
#
# $$H\, W\, K^2\, C\, F \text{ multiply-adds and } (K^2\, C + 1)\, F \text{ parameters.}$$
#
# One multiply-add counts as one, and adding a bias is not counted. A bottleneck does the same job
# in three steps: 1 × 1 filters *reduce* $C$ maps to $n$, the $K \times K$ filters turn $n$ maps
# into $n$, and 1 × 1 filters *expand* to $F$. Every layer has biases. Write a function that counts
# both designs for any sizes. (*Convolutional Neural Network*, Bottleneck blocks; *Lecture 9*, Case
# Study: ResNet.)


# %% nbgrader={"grade": false, "grade_id": "bottleneck_costs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    """Parameters and multiply-adds of one convolution and of the bottleneck in its place.

    Args:
        height, width: size of the input and of all outputs, in pixels.
        channels: number of input maps.
        filters: number of output maps.
        kernel: side of the large filters, in pixels.
        narrow: number of maps between reduction and expansion.

    Returns:
        `{"direct": {"parameters": ..., "macs": ...}, "bottleneck": {"parameters": ..., "macs": ...}}`
    """

    ### BEGIN SOLUTION
    def cost(layers):
        return {
            "parameters": sum((side**2 * before + 1) * after for side, before, after in layers),
            "macs": height
            * width
            * sum(side**2 * before * after for side, before, after in layers),
        }

    return {
        "direct": cost([(kernel, channels, filters)]),
        "bottleneck": cost([(1, channels, narrow), (kernel, narrow, narrow), (1, narrow, filters)]),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bottleneck_costs", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("bottleneck_costs", bottleneck_costs)

# %% [markdown]
# The wider the middle, the less is saved, until the two extra layers eat up everything. What is the
# **largest** $n$ for which the bottleneck needs **fewer** multiply-adds than the direct
# convolution? $H$ and $W$ appear in every term and cancel. You can solve the quadratic inequality
# for $n$, or let Python count.


# %% nbgrader={"grade": false, "grade_id": "break_even_width_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def break_even_width(channels, filters, kernel):
    """The largest number of maps in the middle for which a bottleneck still saves multiply-adds.

    Args:
        channels: number of input maps.
        filters: number of output maps.
        kernel: side of the large filters, in pixels.

    Returns:
        A whole number, 0 if even one map in the middle saves nothing.
    """
    ### BEGIN SOLUTION
    direct = kernel**2 * channels * filters
    narrow = 0
    while True:
        wider = narrow + 1
        if channels * wider + kernel**2 * wider**2 + wider * filters >= direct:
            return narrow
        narrow = wider
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "break_even_width", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("break_even_width", break_even_width)

# %% [markdown]
# Here is your arithmetic as a picture, for 256 maps in and out. The dot is the bottleneck of
# ResNet, whose middle is a quarter as wide.

# %% tags=["display"]
MAPS = 256
PIXELS = 28
widths = np.unique(np.geomspace(4, 2 * MAPS, 60).astype(int))

resnet = bottleneck_costs(PIXELS, PIXELS, MAPS, MAPS, 3, MAPS // 4)
saving = resnet["direct"]["macs"] / resnet["bottleneck"]["macs"]

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11.5, 4.4))
    for side, colour in zip((1, 3, 7), plots.COLOURS, strict=False):
        limit = break_even_width(MAPS, MAPS, side)
        for axes, what in zip(panels[0], ("macs", "parameters"), strict=True):
            ratios = []
            for narrow in widths.tolist():
                both = bottleneck_costs(PIXELS, PIXELS, MAPS, MAPS, side, narrow)
                ratios.append(both["bottleneck"][what] / both["direct"][what])
            label = f"{side} × {side}"
            if what == "macs":
                axes.plot([limit, limit], [0.12, 12], color=colour, linewidth=1, linestyle=":")
                label += f", saves up to n = {limit}"
            axes.loglog(widths, ratios, color=colour, label=label)
    panels[0, 0].plot(MAPS // 4, 1 / saving, "o", color=plots.COLOURS[1], markersize=9)
    note = f"ResNet, n = {MAPS // 4}:\n{saving:.1f} times fewer"
    panels[0, 0].annotate(note, (MAPS // 4, 1 / saving), (80, 0.045), fontsize=9)
    for axes, title in zip(panels[0], ("Multiply-adds", "Parameters"), strict=True):
        axes.axhline(1, color="black", linewidth=1)
        axes.text(4.2, 1.1, "above this line the bottleneck costs more", fontsize=9)
        axes.set_ylim(0.004, 12)
        axes.set_xticks([4, 16, 64, 256], labels=["4", "16", "64", "256"])
        axes.minorticks_off()
        axes.set_xlabel("maps in the middle, n")
        axes.set_ylabel("bottleneck ÷ direct")
        axes.set_title(f"{title}, {MAPS} maps in and out")
        axes.legend(loc="lower right", title="large filters", fontsize=9)

fact = slides.fact("F0752")
print(f"{fact.id}: {fact.statement}: {fact.computed():,}. Yours: {resnet['bottleneck']['macs']:,}")
figure

# %% [markdown]
# The dotted lines are your break-even widths. The larger the filter, the more there is to save. In
# place of a 1 × 1 convolution a bottleneck only pays when it is narrow.

# %% [markdown]
# ## 7. Inception, naive and with bottlenecks
#
# An inception module applies several filter sizes side by side and concatenates the maps
# (*Lecture 9*, Case Study: GoogLeNet). The example of the slides has 28 × 28 × 256 values as input
# and four branches: 128 filters of 1 × 1, 192 of 3 × 3, 96 of 5 × 5, and a 3 × 3 max pool. With
# *reductions*, 64 filters of 1 × 1 each stand **before** the 3 × 3, **before** the 5 × 5, and
# **after** the pool:
#
# | branch | naive | with reductions to $n$ maps |
# |---|---|---|
# | `1x1` | 1 × 1 | 1 × 1 |
# | `3x3` | 3 × 3 | 1 × 1 to $n$, 3 × 3 |
# | `5x5` | 5 × 5 | 1 × 1 to $n$, 5 × 5 |
# | `pool` | max pool | max pool, 1 × 1 to $n$ |
#
# Count the multiply-adds of each branch and of the module. As on the slide, pooling counts nothing.


# %% nbgrader={"grade": false, "grade_id": "inception_macs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inception_macs(height, width, channels, filters, reduction=None):
    """Multiply-adds of an inception module, for each branch and in all.

    Args:
        height, width: size of the input and of all outputs, in pixels.
        channels: number of input maps.
        filters: numbers of filters of 1 x 1, 3 x 3 and 5 x 5.
        reduction: number of maps after each reduction; `None` for the naive module.

    Returns:
        `{"1x1": ..., "3x3": ..., "5x5": ..., "pool": ..., "total": ...}`
    """
    ### BEGIN SOLUTION
    ones, threes, fives = filters
    pixels = height * width
    reduce = 0 if reduction is None else pixels * channels * reduction
    depth = channels if reduction is None else reduction
    branches = {
        "1x1": pixels * channels * ones,
        "3x3": reduce + pixels * 9 * depth * threes,
        "5x5": reduce + pixels * 25 * depth * fives,
        "pool": reduce,
    }
    return {**branches, "total": sum(branches.values())}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "inception_macs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("inception_macs", inception_macs)

# %% [markdown]
# Now build both. Every convolution has `same` padding, biases and a ReLU; the max pool is 3 × 3
# with stride 1 and `same` padding, so that all branches keep their size. The branches are
# concatenated in the order of the table. Name the layers `conv_1x1`, `reduce_3x3`, `conv_3x3`,
# `reduce_5x5`, `conv_5x5` and `project_pool`; the naive module has three of them.


# %% nbgrader={"grade": false, "grade_id": "inception_module_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    """An inception module, naive or with reductions, as a model of its own.

    Args:
        input_shape: `(height, width, channels)`.
        filters: numbers of filters of `conv_1x1`, `conv_3x3` and `conv_5x5`.
        reduction: number of filters of `reduce_3x3`, `reduce_5x5` and `project_pool`; `None` for
            the naive module, which has none of the three.

    Returns:
        A Keras model whose outputs are the maps of the 1 x 1, 3 x 3, 5 x 5 and pool branches, in
        this order.
    """

    ### BEGIN SOLUTION
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same", name="pool")(inputs)
    if reduction is not None:
        before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    branches = [
        conv(ones, 1, "conv_1x1")(inputs),
        conv(threes, 3, "conv_3x3")(before_3x3),
        conv(fives, 5, "conv_5x5")(before_5x5),
        pooled,
    ]
    return keras.Model(inputs, keras.layers.Concatenate(name="concatenate")(branches))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "inception_module", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("inception_module", inception_module)

# %% [markdown]
# And what your modules compute, with weights loaded by name:

# %% nbgrader={"grade": true, "grade_id": "inception_outputs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("inception_outputs", outputs_of(inception_module))

# %% [markdown]
# Where do the multiply-adds go? Here they are counted layer by layer on the models that you built.
# On the right, each step takes away what the reductions save in one branch.

# %% tags=["display"]
BRANCHES = {
    "1 × 1": ("conv_1x1",),
    "3 × 3": ("reduce_3x3", "conv_3x3"),
    "5 × 5": ("reduce_5x5", "conv_5x5"),
    "pool": ("project_pool",),
}
tables = {
    "naive": costs.count(inception_module),
    "with reductions": costs.count(lambda: inception_module(reduction=64)),
}


def branch_macs(table, names):
    """Multiply-adds of the 1 x 1 reduction or projection, and of the rest of a branch."""
    macs = {row.layer: row.macs for row in table.rows}
    extra = sum(macs.get(name, 0) for name in names if not name.startswith("conv"))
    return extra, sum(macs.get(name, 0) for name in names if name.startswith("conv"))


with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(12, 4.8), width_ratios=(1, 1.15))
    left, right = panels[0]
    blue, red, green, _, orange, *_ = plots.COLOURS

    for offset, (design, table) in zip((-0.2, 0.2), tables.items(), strict=True):
        for place, names in enumerate(BRANCHES.values()):
            extra, main = branch_macs(table, names)
            left.bar(place + offset, extra / 1e6, 0.38, color=orange)
            colour = blue if design == "naive" else green
            left.bar(place + offset, main / 1e6, 0.38, bottom=extra / 1e6, color=colour)
            whole = (extra + main) / 1e6
            left.text(place + offset, whole + 6, f"{whole:.0f}", ha="center", fontsize=9)
    for label, colour in [
        ("naive", blue),
        ("with reductions", green),
        ("of this, the 1 × 1 reduction or projection", orange),
    ]:
        left.bar(0, 0, color=colour, label=label)
    left.set_xticks(range(4), labels=list(BRANCHES))
    left.set_ylim(0, 700)
    left.set_xlabel("branch")
    left.set_title("What each branch costs")
    left.legend(fontsize=9, loc="upper left")

    level = tables["naive"].macs / 1e6
    right.bar(0, level, color=blue)
    right.text(0, level + 10, f"{level:.1f}", ha="center", fontsize=9)
    for place, names in enumerate(BRANCHES.values(), start=1):
        change = sum(branch_macs(tables["with reductions"], names)) / 1e6
        change -= sum(branch_macs(tables["naive"], names)) / 1e6
        right.bar(place, change, bottom=level, color=green if change < 0 else red)
        right.plot([place - 1.4, place + 0.4], [level, level], color="grey", linewidth=0.8)
        text = f"{change:+.1f}" if change else "no change"
        right.text(place, max(level, level + change) + 10, text, ha="center", fontsize=9)
        level += change
    right.bar(5, level, color=green)
    right.text(5, level + 10, f"{level:.1f}", ha="center", fontsize=9)
    printed = float(slides.fact("F0740").printed)
    right.axhline(printed, color="black", linestyle="--", linewidth=1)
    right.text(5.4, printed + 12, f"printed on the slide: {printed:g}", ha="right", fontsize=9)
    right.set_xticks(range(6), labels=["naive", *BRANCHES, "with\nreductions"])
    right.set_ylim(0, 960)
    right.set_xlabel("change in each branch")
    right.set_title("From the naive module to the one with reductions")
    for axes in panels[0]:
        axes.grid(axis="x", visible=False)
        axes.set_ylabel("million multiply-adds")
    figure.suptitle("An inception module on 28 × 28 × 256 (facts F0733 and F0740)")
figure

# %% [markdown]
# ## 8. How wide may the reductions be?
#
# The naive total on the slide is right, the other one is not: look at the dashed line. In *The slide
# calculator* you found out why:

# %% tags=["display"]
total = slides.fact("F0740")
print(f"{total.erratum}: {total.derivation}")
print(f"As printed:   {total.reproduced()}")
print(f"Real saving:  {slides.fact('F0741').derivation}")

# %% [markdown]
# Let us believe the slide for a moment. The module is the same, 28 × 28 × 256 values as input and 128, 192
# and 96 filters, and all three reductions have $n$ maps. Use your `inception_macs`, or a straight line on
# paper: every multiply-add of the module either has a factor $n$ or has none.
#
# - `at_most_358`: what is the largest $n$ for which the module needs no more than the 358 million
#   multiply-adds of the slide?
# - `still_saves`: what is the largest $n$ for which it needs fewer than the naive module?

# %% nbgrader={"grade": false, "grade_id": "reduction_widths_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your two whole numbers in this form:
# reduction_widths = {"at_most_358": ..., "still_saves": ...}
### BEGIN SOLUTION
reduction_widths = {"at_most_358": 86, "still_saves": 215}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "reduction_widths", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("reduction_widths", reduction_widths)

# %% [markdown]
# The mistake makes the bottleneck look worse than it is. There is one more gain that the totals do
# not show: the naive module cannot have fewer output maps than input maps, since the pool passes
# all of them on. The projection after the pool ends this growth.

# %% [markdown]
# ## 9. Optional: two layers that are one
#
# Not graded. Without the ReLU in between, two 1 × 1 convolutions compute a linear function of a
# linear function, and one layer can do it all. Find its kernel and bias. (Hint: write both layers
# as matrix products and multiply out.) Then put the ReLU back, and see that no single layer will
# do: this is what makes mlpconv more than a convolution.


# %% nbgrader={"grade": false, "grade_id": "fold_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fold(kernel_1, bias_1, kernel_2, bias_2):
    """Kernel and bias of the one 1 x 1 convolution that equals two without ReLU in between."""
    ### BEGIN SOLUTION
    return kernel_1 @ kernel_2, bias_1 @ kernel_2[0, 0] + bias_2
    ### END SOLUTION


# %% tags=["display"]
rng = np.random.default_rng(3)
x = rng.normal(size=(1, 8, 7, 5))
kernel_1, bias_1 = rng.normal(size=(1, 1, 5, 6)), rng.normal(size=6)
kernel_2, bias_2 = rng.normal(size=(1, 1, 6, 3)), rng.normal(size=3)

try:
    folded = conv1x1(x, *fold(kernel_1, bias_1, kernel_2, bias_2))
    hidden = conv1x1(x, kernel_1, bias_1)
    for name, between in [("without ReLU", hidden), ("with ReLU", np.maximum(hidden, 0))]:
        difference = np.abs(conv1x1(between, kernel_2, bias_2) - folded).max()
        print(f"Two layers {name} differ from the folded layer by at most {difference:.1e}")
except NotImplementedError:
    print("fold is not written yet: this part is optional.")
