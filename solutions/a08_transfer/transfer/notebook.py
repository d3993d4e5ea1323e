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
# # Transfer learning
#
# *You need a lot of data if you want to train CNNs*, people say. Not if somebody else had it: take
# their network and teach it your classes. In this notebook you
#
# - ask a network that has seen 1.3 million photographs what is on two of yours;
# - freeze layers, give a network a new head, and prove that training left the rest alone;
# - find out which layers know things that are worth keeping, and which know too much;
# - measure the four corners of the lecture's table: similar or different data, little or much.
#
# Allow about two and a half hours. All cells together run in about a minute. Nothing is downloaded.

# %%
import functools
import itertools

# First, so that TensorFlow starts without its messages:
from course_lib import check, data, plots, pretrained, training

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

# %% [markdown]
# ## 1. A network that somebody else has trained
#
# The lecture draws a network of VGG's kind: ten 3 × 3 convolutions in five stages of 64, 128, 256,
# 512 and 512 filters, two layers FC-4096 and one FC-1000 (*Lecture 9*, Transfer Learning with CNNs).
# It is trained on ImageNet, and then
#
# 1. with a **small data set** of $C$ classes, everything is frozen but the last layer, which is
#    replaced by a new FC-$C$ and trained;
# 2. with a **bigger data set**, more layers are trained, with a *lower learning rate*: 1/10 of the
#    original is a good starting point.
#
# ### Predict before you run
#
# The images are 224 × 224 pixels with three channels, and a max pooling halves the maps at the end of
# each stage. All layers have biases. Your data set has $C = 10$ classes, and you train only the new
# last layer. Write down:
#
# - `weight_layers`: how many layers with weights the network has;
# - `frozen`: how many parameters are frozen;
# - `trained`: how many are trained.

# %% nbgrader={"grade": false, "grade_id": "head_share_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three numbers in this form:
# head_share = {"weight_layers": ..., "frozen": ..., "trained": ...}
### BEGIN SOLUTION
head_share = {"weight_layers": 13, "frozen": 128_950_848, "trained": 40_970}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "head_share", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("head_share", head_share)

# %% [markdown]
# 129 million numbers that need no training images of yours, and 41 thousand that do: a reason why a
# few hundred images can be enough.
#
# Now a real one. EfficientNet-Lite0 has 4.7 million parameters instead of 133 million, was trained on
# the photographs of ImageNet, and runs anywhere. Here are two photographs that it has never seen: a
# palace in Beijing, and a flower, a dahlia.

# %% tags=["display"]
backbone = pretrained.efficientnet_lite0()
photographs = {name: data.photo(name) for name in ("china", "flower")}
prepared = pretrained.preprocess(list(photographs.values()))
probabilities = keras.ops.convert_to_numpy(backbone(prepared))

figure, panels = plt.subplots(2, 2, figsize=(10.5, 5.6), width_ratios=(1, 1.5))
figure.set_layout_engine("constrained")
for row, best in enumerate(pretrained.likeliest(probabilities)):
    panels[row, 0].imshow(np.clip((prepared[row] * 128 + 127) / 255, 0, 1))
    panels[row, 0].set_title("The middle of the photograph", fontsize=10)
    panels[row, 0].set_xlabel("column (pixels)")
    panels[row, 0].set_ylabel("row (pixels)")
    names, shares = zip(*best, strict=True)
    bars = panels[row, 1].barh(names, [100 * share for share in shares], color="#0072B2")
    panels[row, 1].bar_label(bars, fmt="%.0f", padding=3)
    panels[row, 1].invert_yaxis()
    panels[row, 1].set_xlim(0, 40)
    panels[row, 1].set_xlabel("probability (%)")
    panels[row, 1].set_title("The five likeliest of 1,000 classes", fontsize=10)
figure.suptitle("What EfficientNet-Lite0 sees on two photographs")
plt.show()

# %% [markdown]
# The palace is first. *Dahlia* is no class of ImageNet, and the network does what it must: it gives
# every photograph to some of its 1,000 classes, here to the flower that it knows best. Your classes
# will hardly be among them either. What you want is not its answers but what it computes on the way to them.
#
# ## 2. Features
#
# The output of any layer is a description of the image: its *features*. In Keras a model is a path
# through a graph of layers, and a second model can end earlier on the same path and share all weights:
# `keras.Model(model.input, model.get_layer("stage3").output)`.
#
# The output of a convolutional layer has one map per channel. Either all its values are taken in a
# row, so that it matters *where* something was found, or each map is averaged over its positions, so
# that it matters only *how much* of it was found.


# %% nbgrader={"grade": false, "grade_id": "features_at_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def features_at(model, layer, images, average=False):
    """What a layer in the middle of a model says about images.

    Args:
        model: a Keras model with one input, made of layers with names.
        layer: the name of one of its layers.
        images: `(batch, height, width, channels)`.
        average: whether maps are averaged over their positions.

    Returns:
        A NumPy array: for maps `(batch, height * width * channels)`, or `(batch, channels)` if they
        are averaged; for an output `(batch, units)` this output. In inference mode: nothing in the
        model may change.
    """
    ### BEGIN SOLUTION
    part = keras.Model(model.input, model.get_layer(layer).output)
    outputs = keras.ops.convert_to_numpy(part(images, training=False))
    if outputs.ndim == 4 and average:
        return outputs.mean(axis=(1, 2))
    return outputs.reshape(len(outputs), -1)
    ### END SOLUTION


# %% [markdown]
# The checks use a small network and fill it with known numbers. This is the network of the whole
# notebook: three blocks of a convolution, batch normalization, ReLU and pooling, whose result is laid
# out in a row by the layer `features`. What comes after it, the *head*, depends on the classes.


# %%
def build_base(filters=(8, 16, 32), size=28):
    """The convolutional part of a small network for grey images.

    Args:
        filters: of the three convolutions.
        size: height and width of the images, in pixels.

    Returns:
        A model from `(batch, size, size, 1)` to features `(batch, units)`.
    """
    x = images = keras.Input((size, size, 1))
    for number, count in enumerate(filters, 1):
        x = layers.Conv2D(
            count,
            3,
            padding="same",
            use_bias=False,
            kernel_initializer="he_normal",
            name=f"conv{number}",
        )(x)
        x = layers.BatchNormalization(momentum=0.9, name=f"bn{number}")(x)
        x = layers.ReLU(name=f"relu{number}")(x)
        x = layers.MaxPooling2D(name=f"pool{number}")(x)
    x = layers.Flatten(name="features")(x)
    return keras.Model(images, x, name="base")


def build_network(filters=(8, 16, 32), classes=5, size=28):
    """The same with a head, layer by layer: a model from images to scores `(batch, classes)`."""
    base = build_base(filters, size)
    scores = layers.Dense(classes, name="head")(base.output)
    return keras.Model(base.input, scores, name="network")


def fill(model):
    """Give every weight of a model known numbers: a wave, around 1 where it must be positive."""
    for index, weight in enumerate(model.weights):
        numbers = np.sin(1.7 * np.arange(1, np.prod(weight.shape) + 1) + index)
        middle = 1.0 if weight.name in ("gamma", "moving_variance") else 0.0
        weight.assign((middle + 0.4 * numbers).reshape(weight.shape))
    return model


def features_of_filled(filters, images, layer, average):
    """Your features of a small network with known weights."""
    network = fill(build_network(filters, 3, images.shape[1]))
    return features_at(network, layer, images, average)


# %% nbgrader={"grade": true, "grade_id": "features_at", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("features_at", features_of_filled)

# %% [markdown]
# ### From generic to specific
#
# The lecture draws an arrow beside the network: *more generic* layers near the image, *more
# specific* ones near the classes. You can see it on the two photographs. Eight square pieces are cut
# out of each, and two pieces are compared by the cosine of the angle between their features, after
# the mean of all pieces has been taken away: 1 means alike, −1 opposite.

# %% tags=["display"]
SIDE = 160
pieces = [
    photo[top : top + SIDE, left : left + SIDE]
    for photo in photographs.values()
    for top in (60, 220)
    for left in (20, 160, 300, 440)
]
piece_images = pretrained.preprocess(pieces)
SHOWN_STAGES = ("stem", "stage2", "stage3", "stage5", "stage7", "head")


def cosines(features):
    """The cosine between all pairs of rows, after the mean row is taken away."""
    centred = features - features.mean(axis=0)
    unit = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return unit @ unit.T


same_photo = np.kron(np.eye(2), np.ones((8, 8))).astype(bool) & ~np.eye(16, dtype=bool)
figure, panels = plt.subplots(1, 7, figsize=(14, 3.2), width_ratios=(1,) * 6 + (1.5,))
figure.set_layout_engine("constrained")
gaps = []
for axes, stage in zip(panels, SHOWN_STAGES, strict=False):
    alike = cosines(features_at(backbone, stage, piece_images, average=True))
    gaps.append(alike[same_photo].mean() - alike[:8, 8:].mean())
    shown = axes.imshow(alike, cmap="RdBu_r", vmin=-1, vmax=1)
    axes.set_title(stage)
    axes.set_xticks([3.5, 11.5], labels=["china", "flower"])
    axes.set_yticks([3.5, 11.5], labels=["china", "flower"], rotation=90, va="center")
figure.colorbar(shown, ax=panels[:6], label="cosine", shrink=0.7)
panels[6].plot(SHOWN_STAGES, gaps, "o-")
panels[6].tick_params(axis="x", rotation=60)
panels[6].set_ylabel("difference of cosines")
panels[6].set_title("Same minus other photograph", fontsize=10)
figure.suptitle("How alike are 16 pieces of two photographs, layer by layer?")
plt.show()

# %% [markdown]
# After the stem, what counts is whether a piece is bright or dark, smooth or rough: pieces of the two
# photographs are mixed. From `stage2` on they form two blocks. After `stage5` hardly any piece of
# one photograph is like a piece of the other, but the pieces of the palace also become less alike
# among themselves: late layers tell a roof from a lake. Which layer is best depends on what you want
# to know, and section 7 measures it.
#
# ## 3. Freeze
#
# To *freeze* a layer is to take its weights away from the optimizer: `layer.trainable = False`. Write
# it for all layers of a model up to and including one that is named. Those after it must be
# trainable afterwards, also if they were frozen before.


# %% nbgrader={"grade": false, "grade_id": "freeze_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def freeze(model, until):
    """Freeze the layers of a model up to and including `until`; make all others trainable.

    Args:
        model: a Keras model whose `layers` stand in the order of the computation.
        until: the name of a layer, or `None` to freeze nothing.

    Raises:
        ValueError: if the model has no layer of this name.
    """
    ### BEGIN SOLUTION
    names = [layer.name for layer in model.layers]
    if until is not None and until not in names:
        raise ValueError(f"`until` must be one of {names}. Received: until={until!r}")
    last = -1 if until is None else names.index(until)
    for index, layer in enumerate(model.layers):
        layer.trainable = index > last
    ### END SOLUTION


# %%
def trainable_after(filters, *untils):
    """The weights that can be trained, after your function was called with each of the names."""
    network = build_network(filters, 3, 8)
    for until in untils:
        freeze(network, until)
    return ", ".join(
        f"{layer.name}/{weight.name}"
        for layer in network.layers
        for weight in layer.trainable_weights
    )


# %% nbgrader={"grade": true, "grade_id": "freeze", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("freeze", trainable_after)

# %% [markdown]
# ### How many are left?
#
# Always look at two numbers before you train: how many parameters will be trained, and how many will
# not. Batch normalization keeps two numbers per channel that are *never* trained, the moving mean
# and the moving variance; they count among those that are not. A layer may be a whole model with
# layers of its own.


# %% nbgrader={"grade": false, "grade_id": "trainable_counts_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def trainable_counts(model):
    """How many numbers of a model are trained, and how many are not.

    Args:
        model: a Keras model; some of its layers may be frozen, some may be models.

    Returns:
        `(trained, not_trained)`.
    """
    ### BEGIN SOLUTION
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    return trained, model.count_params() - trained
    ### END SOLUTION


# %%
def counts_of(filters, classes, frozen, nested=False):
    """Your counts for a network in which some layers are frozen.

    With `nested` the convolutional part is one layer of the model.
    """
    base = build_base(filters, 8)
    head = layers.Dense(classes, name="head")
    network = keras.Sequential([base, head]) if nested else build_network(filters, classes, 8)
    for layer in [*base.layers, head] if nested else network.layers:
        if layer.name in frozen:
            layer.trainable = False
    return trainable_counts(network)


# %% nbgrader={"grade": true, "grade_id": "trainable_counts", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("trainable_counts", counts_of)

# %% [markdown]
# ### Start again
#
# *Reinitialize this and train* stands beside the last layer on the slide. A layer knows how its
# weights began: `layer.kernel_initializer`, `layer.bias_initializer`, and batch normalization has
# four of them. Or let Keras do it all: `type(layer).from_config(layer.get_config())` makes a new
# layer with the same settings, `build(layer.input.shape)` gives it weights, and you copy them.


# %% nbgrader={"grade": false, "grade_id": "reinitialise_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reinitialise(model, names):
    """Give some layers of a model new weights, each as its own initializers draw them.

    Args:
        model: a Keras model.
        names: of the layers; some may have no weights. All others stay as they are.
    """
    ### BEGIN SOLUTION
    for name in names:
        layer = model.get_layer(name)
        if layer.weights:
            fresh = type(layer).from_config(layer.get_config())
            fresh.build(layer.input.shape)
            layer.set_weights(fresh.get_weights())
    ### END SOLUTION


# %%
def state_after_reinitialising(filters, names):
    """What each weight looks like after your function, if it was 7 everywhere before."""
    network = build_network(filters, 3, 24)
    for weight in network.weights:
        weight.assign(np.full(weight.shape, 7.0))
    reinitialise(network, names)
    return {
        f"{layer.name}/{weight.name}": looks(keras.ops.convert_to_numpy(weight), layer)
        for layer in network.layers
        for weight in layer.weights
    }


def looks(values, layer):
    """A weight in words."""
    for number, words in ((7, "as before"), (0, "zeros"), (1, "ones")):
        if (values == number).all():
            return words
    if len(np.unique(values)) < 0.9 * values.size:
        return "few different values"
    if not hasattr(layer, "kernel_initializer"):
        return "random"
    drawn = [layer.kernel_initializer.clone()(values.shape) for _ in range(20)]
    expected = np.std([keras.ops.convert_to_numpy(one) for one in drawn])
    near = abs(values.std() / expected - 1) < 6 / np.sqrt(2 * values.size)  # standard errors
    return "random, as its initializer draws" if near else "random, of another size"


# %% nbgrader={"grade": true, "grade_id": "reinitialise", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("reinitialise", state_after_reinitialising)

# %% [markdown]
# ## 4. A new head
#
# Now put them together: a base that is kept, and a new layer of $C$ scores.
#
# There is a trap. Batch normalization has two modes. In *training* mode it normalizes with the mean
# and variance of the batch, and moves its stored statistics towards them. In *inference* mode it uses
# the stored ones. A base that is kept should stay in **inference mode, always**: its
# statistics were measured on a large data set, yours may have a few images a batch.
#
# Many tutorials write `features = base(images, training=False)` while they build the new model. Do not
# rely on it: in the Keras of this course (3.15), the mode in which the whole model is run replaces the
# one that was written down there. What holds is a `call` of your own. It is run every time, and what
# it says about the mode inside is final.
#
# Complete the layer below, and with it the new model: images in, the base in inference mode, one dense
# layer with biases and without a softmax, named `"head"`.


# %% nbgrader={"grade": false, "grade_id": "new_head_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
class InInference(layers.Layer):
    """Runs a model in inference mode, whatever mode it is run in itself."""

    def __init__(self, inside, **options):
        super().__init__(**options)
        self.inside = inside

    def call(self, x):
        ### BEGIN SOLUTION
        return self.inside(x, training=False)
        ### END SOLUTION


def new_head(base, classes):
    """A model that computes scores for new classes from the features of a base.

    Args:
        base: a model from images to features `(batch, units)`. The new model shares its weights;
            batch normalization in it always runs in inference mode.
        classes: number of scores.

    Returns:
        A model from images to scores `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    images = keras.Input(base.input_shape[1:])
    features = InInference(base)(images)
    return keras.Model(images, layers.Dense(classes, name="head")(features))
    ### END SOLUTION


# %%
def base_with_new_head(filters, classes, size):
    """Your new head on a small base that it shares; its last layer is found by its name."""
    base = build_base(filters, size)
    model = new_head(base, classes)
    model.get_layer("head")
    mine = {id(weight) for weight in model.weights}
    if any(id(weight) not in mine for weight in base.weights):
        raise ValueError("The new model does not use the weights of `base`.")
    return model


# %% nbgrader={"grade": true, "grade_id": "new_head", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("new_head", base_with_new_head)

# %% [markdown]
# ### A proof
#
# "Only the head has been trained" is a sentence that can be proved: take a picture of all weights
# before, another one after, and name those that differ. The pictures are dictionaries of arrays.
# Compare number by number: the sum of a weight can stay the same while the weight does not.


# %% nbgrader={"grade": false, "grade_id": "changed_weights_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def changed_weights(before, after):
    """The names of the weights that are not what they were, in alphabetical order.

    Args:
        before, after: dictionaries with the same names; arrays of any shapes.

    Returns:
        A list of names. The smallest change of a single number counts.
    """
    ### BEGIN SOLUTION
    return sorted(name for name in before if not np.array_equal(before[name], after[name]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "changed_weights", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("changed_weights", changed_weights)

# %% [markdown]
# ### Predict before you run
#
# In the next cell one step is made in four versions: with *your* head, and with
# `keras.Sequential([base, Dense])`, which hands the mode of the model on to the base; each with a base
# that is frozen, and with one whose last convolution is not. Which weights change in each? Write
# down your guess: only the head; also the convolution; also the moving statistics. (Not graded.)


# %%
def compile_network(model, learning_rate):
    """Compile a classifier that gives scores, with Adam."""
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile=False,
        steps_per_execution=10,
    )


def picture(*models):
    """All weights of some layers or models, copied, by name."""
    found = {}
    for model in models:
        for layer in getattr(model, "layers", [model]):
            found |= {
                f"{layer.name}/{w.name}": keras.ops.convert_to_numpy(w).copy()
                for w in layer.weights
            }
    return found


# %% tags=["display"]
rng = np.random.default_rng(0)
few_images, few_labels = rng.random((8, 28, 28, 1)), rng.integers(0, 3, 8)

versions = {
    "your head, base frozen": (True, new_head),
    "Sequential, base frozen": (
        True,
        lambda base, n: keras.Sequential([base, layers.Dense(n, name="head")]),
    ),
}
versions |= {
    name.replace("base frozen", "conv3 not frozen"): (False, make)
    for name, (_, make) in versions.items()
}
for title, (all_frozen, make) in versions.items():
    training.set_seed(0)
    base = build_base()
    for layer in base.layers:
        layer.trainable = not all_frozen and layer.name in ("conv3", "bn3")
    model = make(base, 3)
    compile_network(model, 0.01)
    head = model.get_layer("head")
    before = picture(base, head)
    model.train_on_batch(few_images, few_labels)
    names = changed_weights(before, picture(base, head))
    print(f"{title}: {len(names)} of {len(before)} arrays changed\n    {', '.join(names)}")

# %% [markdown]
# With a frozen base both are safe: in Keras a *frozen* batch normalization runs in inference mode
# even when the model is trained. The difference comes back as soon as something is unfrozen together
# with its batch normalization: then the `Sequential` moves the statistics, after a single step on
# eight images, and your head does not.
#
# ## 5. Unfreeze the last layers
#
# With more data more layers are trained, the last ones first: they are the most specific. Three
# things matter.
#
# - The learning rate is **a tenth** of what the network was trained with (*Lecture 9*, Transfer
#   Learning with CNNs): the weights are good already, and large steps would destroy them.
# - Batch normalization stays frozen.
# - A model must be **compiled again**: `compile` decides which weights the optimizer gets, and what
#   you change afterwards has no effect on a model that has been trained already.
#
# Write `fine_tune`. It leaves the head trainable, unfreezes the last convolutions of the base and
# freezes everything else in it. `compile_network(model, learning_rate)` above compiles.


# %% nbgrader={"grade": false, "grade_id": "fine_tune_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fine_tune(model, base, last, learning_rate):
    """Make the last convolutions of a base trainable, and compile the model for small steps.

    Args:
        model: the whole model: the base, and a head that is trainable.
        base: the part that was kept; a model without models inside.
        last: how many of its convolutions are to be trained, counted from its end; 0 for none.
            Everything else in the base is frozen, batch normalization in any case.
        learning_rate: the one that the network was trained with originally; a tenth of it is used.
    """
    ### BEGIN SOLUTION
    base.trainable = True
    convolutions = [layer for layer in base.layers if isinstance(layer, layers.Conv2D)]
    trained = convolutions[len(convolutions) - last :]
    for layer in base.layers:
        layer.trainable = layer in trained
    compile_network(model, learning_rate / 10)
    ### END SOLUTION


# %%
def state_after_fine_tuning(filters, last, learning_rate):
    """A head is trained for a step, your function is called, and one more step is made."""
    base = build_base(filters, 8)
    base.trainable = False
    model = keras.Sequential([base, layers.Dense(3, name="head")])
    fill(model)
    compile_network(model, learning_rate)
    images = np.cos(np.arange(4 * 8 * 8)).reshape(4, 8, 8, 1)
    model.train_on_batch(images, np.array([0, 1, 2, 1]))
    fine_tune(model, base, last, learning_rate)
    head = model.get_layer("head")
    before = picture(base, head)
    model.train_on_batch(images, np.array([0, 1, 2, 1]))
    after = picture(base, head)
    changed = [name for name in before if np.any(before[name] != after[name])]
    learning = {id(weight) for weight in model.trainable_weights}
    trainable = [
        f"{layer.name}/{weight.name}"
        for layer in [*base.layers, head]
        for weight in layer.weights
        if id(weight) in learning
    ]
    return {
        "learning rate": float(model.optimizer.learning_rate),
        "trainable": ", ".join(sorted(trainable)),
        "changed by the next step": ", ".join(sorted(changed)),
    }


# %% nbgrader={"grade": true, "grade_id": "fine_tune", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("fine_tune", state_after_fine_tuning)

# %% [markdown]
# ## 6. The laboratory: half of the digits
#
# ImageNet and a network of 4.7 million parameters are too large for a laboratory on a laptop. The
# same questions can be asked of a small world in which everything takes a second. There a network
# learns to tell the digits 0 to 4 of MNIST apart, from 1,750 images. Then it meets
#
# - **similar data**: the digits 5 to 9, other classes of the same kind;
# - **different data**: five shapes on rough ground (`shapes32`, rendered for this course), of any
#   size, at any place, turned at random, made grey here.
#
# The next cells train the base, and keep what it has learned in `base_weights`. After them comes the
# short test of *Optimization*, section 8: the network learns twenty images by heart.


# %%
BASE_LEARNING_RATE = 0.002
BASE_CLASSES = (0, 1, 2, 3, 4)


def only(split, classes):
    """The images of some classes, and their labels counted from 0."""
    wanted = np.isin(split.labels, classes)
    return split.images[wanted], np.searchsorted(classes, split.labels[wanted])


def train(model, images, labels, steps, seed=0, batch_size=32):
    """Train a compiled model for a number of steps, in an order that the seed decides."""
    rng = np.random.default_rng(seed)
    rounds = -(-steps * batch_size // len(images))
    rows = np.concatenate([rng.permutation(len(images)) for _ in range(rounds)])
    rows = rows[: steps * batch_size]
    training.make_variables(model, images[:batch_size], labels[:batch_size])
    model.fit(images[rows], labels[rows], batch_size=batch_size, shuffle=False, verbose=0)


@functools.cache
def base_weights():
    """The weights of `build_base()` after training on the digits 0 to 4 (a few seconds, once)."""
    training.set_seed(0)
    network = build_network(classes=len(BASE_CLASSES))
    compile_network(network, BASE_LEARNING_RATE)
    train(network, *only(data.load("mnist").train, BASE_CLASSES), steps=400)
    return network.get_weights()[:-2]  # without kernel and bias of the head


def pretrained_base():
    """A new copy of the trained base."""
    base = build_base()
    base.set_weights(base_weights())
    return base


# %% tags=["display"]
training.set_seed(0)
trial = build_network(classes=10)
compile_network(trial, BASE_LEARNING_RATE)
few = data.load("mnist").train.take(20)
training.by_heart(trial, few.images, few.labels)

SHAPES = ("disk", "square", "triangle", "star", "cross")
POOL = 1300  # the small sets are drawn from these; all later images stay unseen
mnist, shapes = data.load("mnist"), data.load("shapes32")


def task_of(dataset, classes):
    """Images and labels to learn from, and 700 unseen ones: grey, 28 x 28 pixels."""
    parts = [only(split, classes) for split in (dataset.train, dataset.validation)]
    images, labels = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    border = (images.shape[1] - 28) // 2
    images = images[:, border : border + 28, border : border + 28].mean(axis=-1, keepdims=True)
    return (images[:POOL], labels[:POOL]), (images[POOL:2000], labels[POOL:2000])


tasks = {
    "similar": task_of(mnist, (5, 6, 7, 8, 9)),
    "different": task_of(shapes, [shapes.class_names.index(name) for name in SHAPES]),
}
TITLES = {"similar": "Similar: the digits 5 to 9", "different": "Different: five shapes"}

examples = [
    images[labels == label][:2] for (images, labels), _ in tasks.values() for label in range(5)
]
plots.image_grid(
    np.concatenate(examples),
    captions=[name for name in ("5", "6", "7", "8", "9", *SHAPES) for _ in range(2)],
    title="Two images of each class: similar data above, different data below",
    columns=10,
    limits=(0.0, 1.0),
)

# %% [markdown]
# ### The same number of each class
#
# To measure what an image is worth, you need small sets with exactly $n$ examples of each class. So
# that chance can be repeated, you are given a random number for every example: of each class, take
# the $n$ examples with the smallest numbers.


# %% nbgrader={"grade": false, "grade_id": "few_per_class_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def few_per_class(labels, count, uniform):
    """The rows of a small set with the same number of examples of each class.

    Args:
        labels: class numbers `(examples,)`.
        count: examples of each class.
        uniform: a random number for each example, `(examples,)`, all different. Of each class the
            `count` examples with the smallest numbers are taken.

    Returns:
        Row numbers in increasing order, `(classes * count,)`.

    Raises:
        ValueError: if a class that occurs has fewer examples.
    """
    ### BEGIN SOLUTION
    chosen = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        if len(rows) < count:
            raise ValueError(f"Class {label} has {len(rows)} examples. Received: count={count}")
        chosen.append(rows[np.argsort(uniform[rows])[:count]])
    return np.sort(np.concatenate(chosen))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "few_per_class", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("few_per_class", few_per_class)

# %% [markdown]
# ## 7. A linear probe
#
# The cheapest transfer of all: compute the features once, and train a linear classifier on them. It
# is called a *probe*, because it also tells what a layer knows: whatever a linear classifier can read
# from its features. With features $F$ of $N$ images, scores $S = F W + b$ and probabilities
# $P = \operatorname{softmax}(S)$, each row for itself, the loss is the mean cross-entropy and
#
# $$\frac{\partial L}{\partial W} = \frac{1}{N} F^T (P - Y) \qquad
# \frac{\partial L}{\partial b} = \frac{1}{N} \sum_{i=1}^{N} (P - Y)_i$$
#
# where $Y$ has a 1 at the class of each image, and 0 elsewhere. Start with zeros and take `steps`
# steps of plain gradient descent on **all** images at once, $W \leftarrow W - \lambda\,
# \partial L / \partial W$ and the same for $b$.


# %% nbgrader={"grade": false, "grade_id": "linear_probe_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_probe(features, labels, classes, steps=300, learning_rate=1.0):
    """A linear classifier on features, trained by gradient descent from zeros.

    Args:
        features: `(examples, units)`.
        labels: class numbers `(examples,)`.
        classes: how many classes there are.
        steps: number of steps, each on all examples.
        learning_rate: of all steps.

    Returns:
        `(kernel, bias)`, `(units, classes)` and `(classes,)`.
    """
    ### BEGIN SOLUTION
    features = np.asarray(features, float)
    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    targets = np.eye(classes)[labels]
    for _ in range(steps):
        scores = features @ kernel + bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = (powers / powers.sum(axis=1, keepdims=True) - targets) / len(features)
        kernel -= learning_rate * features.T @ error
        bias -= learning_rate * error.sum(axis=0)
    return kernel, bias
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "linear_probe", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("linear_probe", linear_probe)

# %% [markdown]
# Features have very different sizes from layer to layer. To compare them fairly they are standardized
# first, with means and deviations **of the training images**, so that each row has a length of
# about 1.


# %%
def trained_head(features, labels):
    """Kernel and bias of a linear probe, for features as they are, before standardizing."""
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-3
    size = deviation * np.sqrt(features.shape[1])
    kernel, bias = linear_probe((features - mean) / size, labels, labels.max() + 1)
    kernel = kernel / size[:, np.newaxis]
    return kernel, bias - mean @ kernel


def percent_right(scores, labels):
    """The share of rows whose largest score is that of the right class, in percent."""
    return 100 * float(np.mean(np.asarray(scores).argmax(axis=1) == labels))


def small_set(labels, count, seed):
    """The rows of a small set: the same for all ways of training."""
    return few_per_class(labels, count, np.random.default_rng(seed).random(len(labels)))


# %% [markdown]
# ### Predict before you run
#
# For the similar and the different data: is the best layer for a probe near the image, in the
# middle, or at the end? And is a network with *random* weights good for anything?


# %% tags=["display"]
def features_by_depth(base, images):
    """The pixels themselves, and the features of all stages."""
    stages = {name: features_at(base, name, images) for name in DEPTHS[1:]}
    return {"pixels": images.reshape(len(images), -1), **stages}


DEPTHS = ("pixels", "pool1", "pool2", "pool3")
SEEDS = range(3)
PROBED = 10  # images of each class
training.set_seed(1)
random_base, trained_base = build_base(), pretrained_base()
own = task_of(mnist, BASE_CLASSES)
probed = {"its own digits, 0 to 4": (own, trained_base)}
for name, task in tasks.items():
    probed[f"{name} data"] = (task, trained_base)
    probed[f"{name} data, random weights"] = (task, random_base)
by_depth = {}
for name, (((images, labels), (test_images, test_labels)), base) in probed.items():
    unseen = features_by_depth(base, test_images)
    by_depth[name] = np.zeros((len(SEEDS), len(DEPTHS)))
    for seed in SEEDS:
        rows = small_set(labels, PROBED, seed)
        seen = features_by_depth(base, images[rows])
        for column, depth in enumerate(DEPTHS):
            kernel, bias = trained_head(seen[depth], labels[rows])
            right = percent_right(unseen[depth] @ kernel + bias, test_labels)
            by_depth[name][seed, column] = right

figure, axes = plt.subplots(figsize=(8.6, 4.2), layout="constrained")
LOOKS = {"its": "#009E73", "sim": "#0072B2", "dif": "#D55E00"}
for name, percents in by_depth.items():
    random = "random" in name
    axes.plot(
        DEPTHS,
        percents.mean(axis=0),
        "o--" if random else "o-",
        color=LOOKS[name[:3]],
        alpha=0.6 if random else 1,
        label=name,
    )
    if not random:
        axes.fill_between(
            DEPTHS, percents.min(axis=0), percents.max(axis=0), color=LOOKS[name[:3]], alpha=0.15
        )
axes.set_xlabel("features after this layer")
axes.set_ylabel("unseen images right (%)")
axes.axhline(20, color="#59636e", lw=1, ls=":", label="guessing")
axes.set_title(
    f"What a linear probe reads from each depth ({PROBED} images a class;\n"
    f"mean and range of {len(SEEDS)} draws; dashed: the same network with random weights)"
)
axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
plt.show()

# %% [markdown]
# For its own digits the last stage is by far the best: this is what it was trained for. The similar
# data follow, less steeply: the deeper, the better, and from `pool3` a probe reads clearly more than
# from the same network with random weights. The different data gain nothing from any stage: trained
# features are no better than random ones, and neither is much better than pixels.
#
# And random weights *are* good for something. On the digits, one or two stages of them beat the
# pixels: a convolution, a ReLU and a pooling help before anything has been learned.
#
# ## 8. From scratch, or not?
#
# Now the real comparison, with 5 to 100 images a class. Three ways:
#
# - **from scratch**: the whole network from random weights, with the learning rate of the base;
# - **new head**: a linear probe on frozen features, as the lecture has it for a small data set;
# - **fine-tuned**: the same head, and then the last convolution too, or all three, at a tenth of the
#   learning rate.
#
# First write a function that does it all, for the next time you need it: a copy of the trained base, a
# new head with the weights of `trained_head`, then `fine_tune` for the last convolution, and some
# training.
#
# The grader calls it five times, each time with five images of each of the digits 5 to 9, numbered in
# an order that is not disclosed, so that only what stands in `train_labels` helps. Then it scores the
# same five digits among the test images, five times, and takes the accuracy of all together.
# {calibration transfer_gain} The same network from scratch, with the same 25 images and as many steps,
# stays far below: the difference is what the base has learned.


# %% nbgrader={"grade": false, "grade_id": "transfer_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def transfer(train_images, train_labels, seed=0, epochs=20):
    """Teach the trained base new classes.

    Args:
        train_images: `(examples, 28, 28, 1)`, values from 0 to 1.
        train_labels: class numbers `(examples,)`, from 0 on.
        seed: of the order of the images.
        epochs: how often all images are seen while the last convolution is trained.

    Returns:
        A compiled and trained Keras model that gives scores `(batch, classes)`.
    """
    ### BEGIN SOLUTION
    base = pretrained_base()
    head = trained_head(features_at(base, "features", train_images), train_labels)
    model = new_head(base, int(train_labels.max()) + 1)
    model.get_layer("head").set_weights(head)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    steps = -(-epochs * len(train_images) // 16)
    train(model, train_images, train_labels, steps, seed, batch_size=16)
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "transfer_gain", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("transfer_gain", transfer)

# %% [markdown]
# Before you run the next cell, decide: at how many images a class does training from scratch catch
# up, for similar and for different data?


# %% tags=["display"]
COUNTS = (5, 20, 100)
STEPS = 100  # of 32 images each, for every way of training
WAYS = ("from scratch", "new head", "fine-tuned, last layer", "fine-tuned, all layers")


def begin_again(model, base, base_weights, head):
    """Put weights into a base and a head, and let the optimizer forget what it remembers."""
    base.set_weights(base_weights)
    model.get_layer("head").set_weights(head)
    for variable in model.optimizer.variables:
        if variable.name != "learning_rate":
            variable.assign(np.zeros(variable.shape))


def ways_to_train():
    """One compiled model for each way, and its base; they are used again and again."""
    fresh = build_base()
    scratch = keras.Sequential([fresh, layers.Dense(5, name="head")])
    compile_network(scratch, BASE_LEARNING_RATE)
    found = {"from scratch": (scratch, fresh)}
    for way, last in zip(WAYS[2:], (1, 3), strict=True):
        base = pretrained_base()
        model = new_head(base, 5)
        fine_tune(model, base, last, BASE_LEARNING_RATE)
        found[way] = (model, base)
    return found


def start(way, model, base, seed, head):
    """Random weights for training from scratch, else the trained base with its new head."""
    if way == "from scratch":
        training.set_seed(seed)
        fresh = build_network()
        weights = fresh.get_weights()
        begin_again(model, base, weights[:-2], weights[-2:])
    else:
        begin_again(model, base, base_weights(), head)


def scores_of(model, images):
    """The scores of a model as a NumPy array."""
    return keras.ops.convert_to_numpy(model(images, training=False))


def measure(task):
    """Fill in `measured[task, way]`: percent right, a row for each count, a column for each draw."""
    (images, labels), (test_images, test_labels) = tasks[task]
    seen, unseen = (features_at(trained_base, "features", x) for x in (images, test_images))
    for row, count in enumerate(COUNTS):
        for seed in SEEDS:
            rows = small_set(labels, count, seed)
            head = trained_head(seen[rows], labels[rows])
            scores = {"new head": unseen @ head[0] + head[1]}
            for way, (model, base) in models.items():
                start(way, model, base, seed, head)
                train(model, images[rows], labels[rows], STEPS, seed)
                scores[way] = scores_of(model, test_images)
            for way in WAYS:
                measured[task, way][row, seed] = percent_right(scores[way], test_labels)


models = ways_to_train()
measured = {(task, way): np.zeros((len(COUNTS), len(SEEDS))) for task in tasks for way in WAYS}

# %% [markdown]
# Two short waits, one for each task.

# %% tags=["display"]
measure("similar")

# %% tags=["display"]
measure("different")

# %% tags=["display"]
figure, panels = plt.subplots(1, 2, figsize=(12, 4.2), layout="constrained")
COLOURS = dict(zip(WAYS, ("#59636e", "#0072B2", "#E69F00", "#D55E00"), strict=True))
for axes, task in zip(panels, tasks, strict=True):
    for way in WAYS:
        table = measured[task, way]
        axes.plot(COUNTS, table.mean(axis=1), "o-", color=COLOURS[way], label=way)
        axes.fill_between(
            COUNTS, table.min(axis=1), table.max(axis=1), color=COLOURS[way], alpha=0.12
        )
    axes.set_xscale("log")
    axes.set_xticks(COUNTS, labels=[str(count) for count in COUNTS])
    axes.minorticks_off()
    axes.set_xlabel("training images of each class (log scale)")
    axes.set_ylabel("unseen images right (%)")
    axes.set_title(TITLES[task])
panels[0].legend(loc="lower right")
figure.suptitle(f"What images are worth: mean and range of {len(SEEDS)} draws")
plt.show()

# %% [markdown]
# **Similar data.** With five images a class, features from the trained base are worth five points or
# more. With twenty the lead is two or three points, with a hundred one or two. Fine-tuning adds next to
# nothing: the features fit as they are.
#
# **Different data.** Training from scratch wins everywhere. What was learned on digits is in the way
# here: training with small steps does not get far from a bad place, and batch normalization keeps the
# statistics of other images. With a hundred images a class the order of the three transfers is the
# lecture's: it is best to let all layers change.

# %% [markdown]
# ### Which way?
#
# The lecture's table (*Lecture 9*, Transfer Learning with CNNs) has one recommendation in each corner:
#
# | | very similar data | very different data |
# |---|---|---|
# | **very little data** | **a**: a linear classifier on the top layer | **b**: you're in trouble ... try linear classifiers from different stages |
# | **quite a lot of data** | **c**: finetune a few layers | **d**: finetune a larger number of layers |
#
# Put it into a function, for the next time you need it.


# %% nbgrader={"grade": false, "grade_id": "decide_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def decide(similar, little):
    """What the lecture recommends.

    Args:
        similar: whether the data are very similar to those of the trained network.
        little: whether there are very few of them.

    Returns:
        `"a"`, `"b"`, `"c"` or `"d"`, as in the table above.
    """
    ### BEGIN SOLUTION
    if little:
        return "a" if similar else "b"
    return "c" if similar else "d"
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "decide", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("decide", decide)

# %% [markdown]
# And now *your* table: all five ways in all four corners of the small world.

# %% tags=["display"]
EARLIER = "linear, after pool2"
RECOMMENDED = {
    ("similar", 0): "new head",
    ("different", 0): EARLIER,
    ("similar", -1): "fine-tuned, last layer",
    ("different", -1): "fine-tuned, all layers",
}
for task, ((images, labels), (test_images, test_labels)) in tasks.items():
    seen, unseen = (features_at(trained_base, "pool2", x) for x in (images, test_images))
    table = measured[task, EARLIER] = np.zeros((len(COUNTS), len(SEEDS)))
    for row, count in ((0, COUNTS[0]), (-1, COUNTS[-1])):
        for seed in SEEDS:
            rows = small_set(labels, count, seed)
            kernel, bias = trained_head(seen[rows], labels[rows])
            table[row, seed] = percent_right(unseen @ kernel + bias, test_labels)

figure, panels = plt.subplots(2, 2, figsize=(12, 5.4), layout="constrained", sharex="col")
shown_ways = (EARLIER, *WAYS[1:], WAYS[0])
for row, (index, amount) in enumerate(((0, "little"), (-1, "much"))):
    for axes, task in zip(panels[row], tasks, strict=True):
        values = np.array([measured[task, way][index] for way in shown_ways])
        mean = values.mean(axis=1)
        reach = np.abs(np.stack([values.min(axis=1), values.max(axis=1)]) - mean)
        advised = RECOMMENDED[task, index]
        colours = ["#D55E00" if way == advised else "#9bb8cd" for way in shown_ways]
        bars = axes.barh(shown_ways, mean, xerr=reach, color=colours, ecolor="#59636e")
        axes.bar_label(bars, fmt="%.1f", padding=4)
        axes.invert_yaxis()
        axes.set_title(f"{task} data, {amount} ({COUNTS[index]} a class)")
        axes.set_xlim(*((60, 100) if task == "similar" else (20, 80)))
for axes in panels[1]:
    axes.set_xlabel("unseen images right (%)")
figure.suptitle("The lecture's table, measured (orange: what the lecture recommends)")
plt.show()

# %% [markdown]
# With similar data the lecture's choice is as good as the best of the five, in both rows. Different
# data and little of it: trouble indeed. All five ways name about three images in ten, where guessing
# names two, and they differ by less than the draws do. Different data and much of it: among the ways
# that keep something, the recommended one wins; but training from scratch, which is not in the table, is
# better.
#
# The table speaks of a base that has seen a million photographs of a thousand kinds, and whose first
# layers suit nearly any photograph. Ours has seen 1,750 digits, white strokes on black. *How much* the
# base has seen is the third axis of the table, and the reason why ImageNet serves so many.
#
# ## 9. Does it start better, or end better?
#
# Accuracy after training hides how one got there. Here are ten images a class of the similar data,
# from scratch and from the trained base with everything but batch normalization unfrozen, measured
# as they go.

# %% tags=["display"]
STOPS = (0, 10, 20, 40, 70, STEPS)
(images, labels), (test_images, test_labels) = tasks["similar"]
seen = features_at(trained_base, "features", images)
figure, axes = plt.subplots(figsize=(8.4, 4), layout="constrained")
for way in ("from scratch", "fine-tuned, all layers"):
    model, base = models[way]
    curves = []
    for seed in SEEDS:
        rows = small_set(labels, 10, seed)
        start(way, model, base, seed, trained_head(seen[rows], labels[rows]))
        curve = [percent_right(scores_of(model, test_images), test_labels)]
        for step, following in itertools.pairwise(STOPS):
            train(model, images[rows], labels[rows], following - step, seed=step)
            curve.append(percent_right(scores_of(model, test_images), test_labels))
        curves.append(curve)
    curves = np.array(curves)
    axes.plot(STOPS, curves.mean(axis=0), "o-", color=COLOURS[way], label=way)
    axes.fill_between(STOPS, curves.min(axis=0), curves.max(axis=0), color=COLOURS[way], alpha=0.15)
axes.set_xlabel("steps of training")
axes.set_ylabel("unseen images right (%)")
axes.set_title(f"Ten images of each digit: mean and range of {len(SEEDS)} draws")
axes.legend(loc="lower right")
plt.show()

# %% [markdown]
# A linear head on the features of the trained base begins where training from scratch does not get in
# 100 steps with the same images. Training on does no harm, and little good. So the answer is *both*:
# it starts better and, with so few images, it ends better.
#
# Last, what does `transfer` get wrong with twenty images of each digit?

# %% tags=["display"]
(images, labels), (test_images, test_labels) = tasks["similar"]
rows = few_per_class(labels, 20, np.random.default_rng(0).random(len(labels)))
moved = transfer(images[rows], labels[rows])
predicted = keras.ops.convert_to_numpy(moved(test_images)).argmax(axis=1)
counts = np.zeros((5, 5), int)
np.add.at(counts, (test_labels, predicted), 1)
plots.confusion_matrix(
    counts,
    class_names=["5", "6", "7", "8", "9"],
    title=f"20 images a digit: {np.trace(counts) / counts.sum():.1%} of {counts.sum()} right",
)

# %% [markdown]
# ## 10. The norm, and its limits
#
# Transfer is *the norm, not an exception* (*Lecture 9*): object detectors and captioning networks
# start from a network trained on ImageNet, and captions from word vectors trained elsewhere. The rule
# of thumb of the lecture: if you have **fewer than about a million images**, find a large data set
# that is similar, train a big network there (or take one from a *model zoo*), and transfer to yours.
# Donahue et al. (*DeCAF*) and Razavian et al. (*CNN Features Off-the-Shelf*) showed in 2014 how far
# features of the last layers alone go. And then He et al. (*Rethinking ImageNet Pre-training*, 2018)
# trained detectors from random weights, for longer, and got just as good: with enough data and
# patience it *might not always be necessary*. Where did you see the same above?
#
# ### Why?
#
# Why is a tenth of the learning rate a good start for layers that are trained already, but not for
# the new head? A few sentences; not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# The layers that were kept are close to a good solution, and their weights are worth more
# than what a few images can tell. Large steps would follow the noise of these few images and
# throw away what thousands of others have taught; in the first steps it is even worse, since the
# gradients come through a head that knows nothing yet. The head starts from random weights or
# zeros: there is nothing to lose, and a long way to go.
#
# </details>

# %% [markdown]
# ## 11. Optional: the features of a large network
#
# Not graded. Which piece comes from where? Cut 40 × 40 pieces out of the upper and the lower half of
# the palace (32 of each, at random places), train a linear probe on half of them with the features of
# `backbone` after `stage2`, `stage5` and `head`, and test it on the other half. Does the deepest layer
# win again? What would have to be different for it to win?


# %% nbgrader={"grade": false, "grade_id": "halves_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def halves(stage, seed=0):
    """Percent right on unseen pieces of the palace: upper or lower half?"""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    china, side = data.photo("china"), 40
    pieces, labels = [], np.arange(64) % 2
    for label in labels:
        top = int(rng.integers(0, 213 - side)) + 213 * int(label)
        left = int(rng.integers(0, 640 - side))
        pieces.append(china[top : top + side, left : left + side])
    network = pretrained.efficientnet_lite0(include_top=False, input_shape=(64, 64, 3))
    found = features_at(network, stage, pretrained.preprocess(pieces, size=64), average=True)
    mean, deviation = found[:32].mean(axis=0), found[:32].std(axis=0) + 1e-3
    found = (found - mean) / deviation / np.sqrt(found.shape[1])
    kernel, bias = linear_probe(found[:32], labels[:32], 2)
    return 100 * float(np.mean((found[32:] @ kernel + bias).argmax(axis=1) == labels[32:]))
    ### END SOLUTION


# %% tags=["display"]
try:
    for stage in ("stage2", "stage5", "head"):
        print(f"{stage:<7} {halves(stage):.0f} % of 32 unseen pieces right")
except NotImplementedError:
    print("halves is not written yet: this part is optional.")
