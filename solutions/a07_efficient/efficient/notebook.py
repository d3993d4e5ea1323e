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

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, costs, data, plots, slides, training

import keras
import numpy as np
from keras import layers, ops

# %%
# TEMPORARY, dropped when the parts are joined: stand-ins for what sections 3, 5 and 6 build.
SHUFFLE_WIDTHS = {1: 144, 2: 200, 3: 240, 4: 272, 8: 384}


def separable_block(x, filters, strides=1, name="block"):
    """A stand-in; the notebook has its own."""
    x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False, name=f"{name}_dw")(x)
    x = layers.BatchNormalization(name=f"{name}_dw_bn")(x)
    x = layers.ReLU(name=f"{name}_dw_relu")(x)
    x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_pw")(x)
    x = layers.BatchNormalization(name=f"{name}_pw_bn")(x)
    return layers.ReLU(name=f"{name}_pw_relu")(x)


def mobilenet(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    """A stand-in; the notebook has its own."""
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


def inverted_residual(x, filters, strides=1, expansion=6, name="block"):
    """A stand-in; the notebook has its own."""
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


def channel_shuffle(x, groups):
    """A stand-in; the notebook has its own."""
    _, height, width, channels = x.shape
    x = ops.reshape(x, (-1, height, width, groups, channels // groups))
    x = ops.transpose(x, (0, 1, 2, 4, 3))
    return ops.reshape(x, (-1, height, width, channels))


def shuffle_unit(x, filters, groups, strides=1, first=False, name="unit"):
    """A stand-in; the notebook has its own."""
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


def shufflenet(groups, scale=1.0, input_shape=(224, 224, 3), classes=1000, stem=24):
    """A stand-in; the notebook has its own."""
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


# %% [markdown]
# ## 8. Accuracy density
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
# Here is every network of the course for which the slides report a top-1 error on ImageNet: the number,
# and the fact of the ledger that has it. (VGG-16 has 28.5 % in the table of MobileNet and 27.0 % in the
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
# MobileNet and ShuffleNet are counted on what you built above. The others you built in earlier
# notebooks; what the cost model said of them there stands in this table: trained parameters,
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
}


def counted(builder):
    """What a network costs, as in the table above."""
    table = costs.count(builder)
    return table.trainable_parameters, table.macs, table.activation_bytes


# %% tags=["display"]
spent = dict(COUNTED)
for alpha in (1.0, 0.75, 0.5, 0.25):
    spent[f"{alpha} MobileNet"] = counted(lambda a=alpha: mobilenet(a))
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
#   how many parameters would it be as dense as 1.0 MobileNet-224, for which the slides print 70.6 % and
#   4.2 million? (Three digits are enough.)
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
# ## 9. Your own network, within a budget
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
# All else is free: your separable blocks of section 3, your inverted residuals of section 5 or blocks of
# your own, any number of layers, any style. The network takes images as the data set has them, in
# [0, 1], and gives the probabilities of ten classes.
#
# Three hints. At 32 × 32 pixels only eight maps fit, so let the first convolution have stride 2. An expansion by 6 is for wide chips: at 16 × 16 it leaves room for
# five maps. And most of the multiply-adds are in 1 × 1 convolutions (section 4), so let the maps shrink
# before they become many.


# %% nbgrader={"grade": false, "grade_id": "budget_network_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def budget_network(input_shape=(32, 32, 3), classes=10):
    """A network for small colour images that keeps to `BUDGET`.

    Args:
        input_shape: `(height, width, channels)`.
        classes: number of outputs.

    Returns:
        A Keras model with class probabilities `(batch, classes)`, untrained.
    """
    ### BEGIN SOLUTION
    image = keras.Input(input_shape, name="image")
    x = layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False, name="conv")(image)
    x = layers.BatchNormalization(name="conv_bn")(x)
    x = layers.ReLU(name="conv_relu")(x)
    for number, (filters, strides) in enumerate([(32, 1), (48, 2), (48, 1), (64, 2), (64, 1)]):
        x = separable_block(x, filters, strides, name=f"block{number}")
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
