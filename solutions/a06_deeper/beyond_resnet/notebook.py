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

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides, training

import keras
import numpy as np
from keras import layers, ops

# %%
# TEMPORARY, dropped when the parts are joined: stand-ins for what sections 0 to 6 give and build.


def conv(x, filters, kernel_size, strides=1, groups=1, name=None):
    """A stand-in; the notebook has its own."""
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


def join(x, y, strides=1, name="block"):
    """A stand-in; the notebook has its own."""
    if x.shape != y.shape:
        x = conv(x, y.shape[-1], 1, strides, name=f"{name}_shortcut")
        x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return layers.ReLU(name=f"{name}_relu")(layers.Add(name=f"{name}_add")([y, x]))


def residual_network(block, blocks, stem="7x7", width=64, classes=1000, input_shape=(224, 224, 3)):
    """A stand-in; the notebook has its own."""
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


def wide_block(x, filters, strides=1, dropout=0.0, name="block"):
    """A stand-in; the notebook has its own."""
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


def wide_resnet(depth, k, dropout=0.0, classes=10, input_shape=(32, 32, 3), width=16):
    """A stand-in; the notebook has its own."""
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


def resnext_block(x, filters, cardinality=32, strides=1, group_width=4, ratio=None, name="block"):
    """A stand-in; the notebook has its own."""
    middle = cardinality * group_width
    y = conv(x, middle, 1, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, middle, 3, strides, groups=cardinality, name=f"{name}_2")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = conv(y, 4 * filters, 1, name=f"{name}_3")
    y = layers.BatchNormalization(name=f"{name}_3_bn")(y)
    return join(x, y, strides, name)


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
    """A stand-in; the notebook has its own."""

    def block(x, filters, strides, name):
        group_width = base_width * filters // width
        return resnext_block(x, filters, cardinality, strides, group_width, ratio, name)

    return residual_network(block, blocks, stem, width, classes, input_shape)


def dense_layer(x, growth, bottleneck=False, name="layer"):
    """A stand-in; the notebook has its own."""
    y = x
    if bottleneck:
        y = layers.BatchNormalization(name=f"{name}_0_bn")(y)
        y = layers.ReLU(name=f"{name}_0_relu")(y)
        y = conv(y, 4 * growth, 1, name=f"{name}_0")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, growth, 3, name=f"{name}_1")
    return layers.Concatenate(name=f"{name}_concat")([x, y])


def dense_block(x, layers_count, growth, bottleneck=False, name="dense"):
    """A stand-in; the notebook has its own."""
    for number in range(layers_count):
        x = dense_layer(x, growth, bottleneck, name=f"{name}_{number + 1}")
    return x


def transition(x, compression=1.0, name="transition"):
    """A stand-in; the notebook has its own."""
    x = layers.BatchNormalization(name=f"{name}_bn")(x)
    x = layers.ReLU(name=f"{name}_relu")(x)
    x = conv(x, int(compression * x.shape[-1]), 1, name=name)
    return layers.AveragePooling2D(2, name=f"{name}_pool")(x)


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
    """A stand-in; the notebook has its own."""
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


def padding_shortcut(x, filters, strides=1):
    """A stand-in; the notebook has its own."""
    x = x[:, ::strides, ::strides]
    return ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, filters - x.shape[-1]]])


def pyramid_widths(blocks, alpha, start=16, multiplicative=False):
    """A stand-in; the notebook has its own."""
    if multiplicative:
        return [round(start * alpha ** (i / blocks)) for i in range(1, blocks + 1)]
    return [round(start + alpha * i / blocks) for i in range(1, blocks + 1)]


def pyramid_block(x, filters, strides=1, bottleneck=False, name="block"):
    """A stand-in; the notebook has its own."""
    plan = [(filters, 3, strides), (filters, 3, 1)]
    if bottleneck:
        plan = [(filters, 1, 1), (filters, 3, strides), (4 * filters, 1, 1)]
    y = layers.BatchNormalization(name=f"{name}_0_bn")(x)
    for number, (width, kernel_size, stride) in enumerate(plan, start=1):
        if number > 1:
            y = layers.ReLU(name=f"{name}_{number - 1}_relu")(y)
        y = conv(y, width, kernel_size, stride, name=f"{name}_{number}")
        y = layers.BatchNormalization(name=f"{name}_{number}_bn")(y)
    return layers.Add(name=f"{name}_add")([y, padding_shortcut(x, y.shape[-1], strides)])


def pyramidnet(depth, alpha, bottleneck=False, classes=10, input_shape=(32, 32, 3), width=16):
    """A stand-in; the notebook has its own."""
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


# %% [markdown]
# ## 7. Which idea buys most?
#
# You have built five ways to spend parameters: on depth, on width, on paths, on connections, on a slow
# growth of the width. Every paper compares its own with the others, at a size that suits it. Here all
# get the same budget, the same images and the same training, and you compare.
#
# Each contender has a single number left to choose, its width $w$. The depths are fixed so that
# training takes seconds: WRN-16-1 is the plain residual network, WRN-10-2 the wide and shallow one; then
# three blocks of four paths, nine dense layers, and a pyramid of 14 layers that grows from $w$ to $4w$.
# (The paths are written one by one, as in the first of your three ways: on a processor TensorFlow
# is slow at grouped convolutions.)


# %%
def four_paths(x, filters, strides=1, name="block"):
    """A ResNeXt block with four paths, of `filters / 2` channels each."""
    y = conv(x, 2 * filters, 1, name=f"{name}_1")
    y = layers.ReLU(name=f"{name}_1_relu")(layers.BatchNormalization(name=f"{name}_1_bn")(y))
    y = layers.Concatenate(name=f"{name}_paths")(
        [
            conv(path, filters // 2, 3, strides, name=f"{name}_path{number}")
            for number, path in enumerate(ops.split(y, 4, axis=-1))
        ]
    )
    y = layers.ReLU(name=f"{name}_2_relu")(layers.BatchNormalization(name=f"{name}_2_bn")(y))
    y = layers.BatchNormalization(name=f"{name}_3_bn")(conv(y, 4 * filters, 1, name=f"{name}_3"))
    return join(x, y, strides, name)


def contender(name, width):
    """The network of this name and width, for colour images of 16 x 16 pixels."""
    shape = (16, 16, 3)
    if name == "residual":
        return wide_resnet(16, 1, width=width, input_shape=shape)
    if name == "wide":
        return wide_resnet(10, 2, width=width, input_shape=shape)
    if name == "paths":
        return residual_network(four_paths, (1, 1, 1), "3x3", 2 * width, 10, shape)
    if name == "dense":
        return densenet((3, 3, 3), width, width=2 * width, input_shape=shape)
    if name == "pyramid":
        return pyramidnet(14, 3 * width, width=width, input_shape=shape)
    raise ValueError(f"There is no contender {name!r}.")


# %% [markdown]
# How wide may each be? Write the search: the largest width whose network has **at most** so many
# **trainable** parameters. (Running statistics are none.) All these networks grow with $w$. Count on
# the blueprint, `costs.count(lambda: build(width))`, which allocates no weight.


# %% nbgrader={"grade": false, "grade_id": "widest_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def widest(build, budget):
    """The largest width that a budget of parameters allows.

    Args:
        build: a function of the width, a positive integer, that builds a network; the number of its
            trainable parameters grows with the width.
        budget: how many trainable parameters there may be.

    Returns:
        The largest width whose network has at most `budget` trainable parameters.

    Raises:
        ValueError: if the network of width 1 has more already.
    """
    ### BEGIN SOLUTION

    def size(width):
        return costs.count(lambda: build(width)).trainable_parameters

    width = 0
    while size(width + 1) <= budget:
        width += 1
    if width == 0:
        raise ValueError(f"Not even a network of width 1 has at most {budget} parameters.")
    return width
    ### END SOLUTION


# %% [markdown]
# The check asks for contenders by name, and for a small network of its own:


# %%
def small_network(width):
    """One convolution with batch normalization, and a dense layer."""
    image = keras.Input((8, 8, 3))
    x = layers.BatchNormalization()(layers.Conv2D(width, 3, use_bias=False)(image))
    return keras.Model(image, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


def widest_of(name, budget):
    """What `widest` finds for a contender, or for the `"small"` network."""
    if name == "small":
        return widest(small_network, budget)
    return widest(lambda width: contender(name, width), budget)


# %% nbgrader={"grade": true, "grade_id": "widest", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("widest", widest_of)

# %% tags=["display"]
PARAMETERS = 45_000
networks, tables = {}, {}
for name in ("residual", "wide", "paths", "dense", "pyramid"):
    width = widest_of(name, PARAMETERS)
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


training.by_heart(compiled("residual", 0.01), seen[:20], shapes.train.labels[:20])
compete("residual")
compete("wide")

# %% [markdown]
# The other three:

# %% tags=["display"]
compete("paths")
compete("dense")
compete("pyramid")

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
# Be careful with what you read from it. One training from one seed, on 600 images: four percent more
# or less are luck, and after five epochs the networks that learn fast are ahead, not those that end
# best. Change the seed in `compiled` and run the three cells again: which differences stay?
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
# The dense network reads the same maps again and again, most of them at full resolution, and so costs the
# most multiply-adds; the wide one has most of its weights in the last stage, where there are few pixels,
# and costs the fewest. In the papers' table PyramidNet-110 with α = 48 has the parameters of ResNet-110
# and 1.85 points less error, for 1.6 times the multiply-adds. On 45,000 parameters and in five epochs
# what counts is how fast a network learns. In ours the residual, the wide and the pyramid network were
# within four percent of each other, and those with 1 × 1 convolutions or concatenations were behind:
# their gains need width, time and data.
#
# </details>
