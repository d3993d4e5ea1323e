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
# # First light
#
# In about an hour you build the LeNet of the slides, train it on real handwritten digits in ten
# seconds, find out what it gets wrong, and change one thing about it. You also learn how every
# notebook of this course works:
#
# - Where a cell says `raise NotImplementedError()`, **you write**. Everything else is ready to run.
# - After each task stands a `check(...)` cell. Run it as often as you like; it costs nothing.
# - Run the cells from top to bottom, with Shift + Enter.

# %% [markdown]
# ## 1. Is everything in place?
#
# The doctor looks at Python, the packages, the data and the machine. Each problem comes with the
# command that mends it. A laptop without a graphics card is fine. The first import of TensorFlow
# takes a few seconds.

# %% tags=["display"]
from course_lib.doctor import doctor

doctor()

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, data, plots, training

import keras
import numpy as np

# %% [markdown]
# ## 2. The digits
#
# MNIST is what LeNet was made for: digits that people wrote by hand, 28 × 28 pixels each, values
# from 0 (black) to 1 (white). You have 5,000 of them, in three parts:
#
# | split | images | what it is for |
# |---|---|---|
# | train | 3,500 | the network learns from these |
# | validation | 500 | you compare and choose with these |
# | test | 1,000 | the last word, at the very end; when your work is graded, their labels stay outside |

# %%
mnist = data.load("mnist")
mnist

# %% tags=["display"]
plots.samples(mnist.train, count=20)

# %% [markdown]
# A batch of images is an array `(batch, height, width, channels)`. These images are grey, so there
# is one channel; a colour photograph would have three.

# %% tags=["display"]
print("images", mnist.train.images.shape, mnist.train.images.dtype)
print("labels", mnist.train.labels.shape, mnist.train.labels.dtype, mnist.train.labels[:10])

# %% [markdown]
# ## 3. LeNet, predicted
#
# This is the network of the slides (*Lecture 7*, Example: LeNet-5). The slides write shapes with
# the channels first (20 × 28 × 28); in Keras they come last, and so do they here. $K$ is the size of
# the kernel, $P$ the padding on each side, $S$ the stride.
#
# | layer on the slide | output |
# |---|---|
# | Input | 28 × 28 × 1 |
# | Conv (20 filters, K=5, P=2, S=1), ReLU | 28 × 28 × 20 |
# | MaxPool (K=2, S=2) | 14 × 14 × 20 |
# | Conv (50 filters, K=5, P=2, S=1), ReLU | 14 × 14 × 50 |
# | MaxPool (K=2, S=2) | 7 × 7 × 50 |
# | Flatten | 2450 |
# | Linear (2450 → 500), ReLU | 500 |
# | Linear (500 → 10) | 10 |
#
# A filter of a convolution looks at a $K \times K$ window of all $C_\text{in}$ input channels and
# has one bias; a unit of a linear layer has a weight for each of its $N_\text{in}$ inputs and one
# bias:
#
# $$\text{Conv: } (K \cdot K \cdot C_\text{in} + 1)\, C_\text{out} \qquad\qquad
# \text{Linear: } (N_\text{in} + 1)\, N_\text{out}$$
#
# ### Predict before you run
#
# How many parameters does each layer have, biases included? Use pencil and paper, or let Python
# multiply; but do not build the network yet.

# %% nbgrader={"grade": false, "grade_id": "lenet_parameters_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your six numbers in this form:
# lenet_parameters = {"conv1": ..., "pool1": ..., "conv2": ..., "dense1": ..., "dense2": ..., "total": ...}
### BEGIN SOLUTION
lenet_parameters = {
    "conv1": 520,
    "pool1": 0,
    "conv2": 25_050,
    "dense1": 1_225_500,
    "dense2": 5_010,
    "total": 1_256_080,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "lenet_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("lenet_parameters", lenet_parameters)

# %% [markdown]
# ### Why?
#
# The first linear layer alone has 98 % of all parameters, although it has only 500 units. Why?
#
# - **a** 500 units are more than 20 or 50 filters.
# - **b** A filter uses the same few weights at every position; each unit has its own weight for
#   every one of the 2450 values.
# - **c** ReLU needs parameters of its own, and there are most of them after this layer.
# - **d** Pooling does not remove parameters but hands them on to the next layer.

# %% nbgrader={"grade": false, "grade_id": "why_dense_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write one letter: why_dense = "..."
### BEGIN SOLUTION
why_dense = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "why_dense", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("why_dense", why_dense)

# %% [markdown]
# ## 4. LeNet, built
#
# In Keras a network is built by passing a symbolic input from layer to layer:
#
# ```python
# images = keras.Input((28, 28, 1))
# x = keras.layers.Conv2D(...)(images)
# ...
# return keras.Model(images, x)
# ```
#
# You need `Conv2D`, `MaxPooling2D`, `Flatten` and `Dense` from `keras.layers`. For a 5 × 5 kernel,
# $P = 2$ is what Keras calls `padding="same"`. The slide ends with ten bare numbers, the *scores*;
# finish with a **softmax**, which turns scores $s$ into probabilities that add up to one:
#
# $$p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}$$


# %% nbgrader={"grade": false, "grade_id": "lenet_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_lenet():
    """The LeNet of the slides for 28 x 28 grey images.

    Returns:
        A `keras.Model` from images `(batch, 28, 28, 1)` to probabilities `(batch, 10)`.
    """
    ### BEGIN SOLUTION
    images = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(20, 5, padding="same", activation="relu", name="conv1")(images)
    x = keras.layers.MaxPooling2D(2, name="pool1")(x)
    x = keras.layers.Conv2D(50, 5, padding="same", activation="relu", name="conv2")(x)
    x = keras.layers.MaxPooling2D(2, name="pool2")(x)
    x = keras.layers.Flatten(name="flatten")(x)
    x = keras.layers.Dense(500, activation="relu", name="dense1")(x)
    x = keras.layers.Dense(10, activation="softmax", name="dense2")(x)
    return keras.Model(images, x, name="lenet")
    ### END SOLUTION


# %% [markdown]
# The check builds your network without allocating a single weight, and compares it with the slide
# layer by layer.

# %% nbgrader={"grade": true, "grade_id": "lenet", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("lenet", build_lenet)

# %% [markdown]
# A network can have the right layers and still compute the wrong thing. The next check replaces the
# weights by known ones, the values of a sine wave, and looks at what comes out. Whatever your
# layers do between the weights (ReLU, pooling, softmax) shows here.


# %%
def wave(shape, frequency):
    """Known weights of this shape: a sine wave, smaller where a unit has more inputs."""
    numbers = np.sin(frequency * np.arange(1, np.prod(shape) + 1)).reshape(shape)
    is_bias = len(shape) == 1
    size = 0.1 if is_bias else 4 / np.sqrt(np.prod(shape[:-1]))
    return (size * numbers).astype("float32")


def lenet_outputs(images, frequency):
    """Probabilities `(batch, 10)` from your LeNet with wave-like weights."""
    network = build_lenet()
    network(images)  # Some networks make their weights only now.
    network.set_weights([wave(weight.shape, frequency) for weight in network.get_weights()])
    return np.array(network(images))


# %% nbgrader={"grade": true, "grade_id": "lenet_outputs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("lenet_outputs", lenet_outputs)

# %% [markdown]
# Now compare Keras' own count with your prediction. The batch size in a shape is `None`: it may be
# any number.

# %%
training.set_seed(0)
model = build_lenet()
model.summary()

# %% [markdown]
# ## 5. Before training: what does a network know that knows nothing?
#
# The loss tells you how surprised the network is by the truth. For one image with the label $y$ it is
# $-\log p_y$; for a batch of $N$ images, the mean (*cross-entropy*, natural logarithm):
#
# $$L = -\frac{1}{N} \sum_{i=1}^{N} \log p_{i,\,y_i}$$
#
# Write it. In NumPy, `probabilities[np.arange(n), labels]` picks one value from each row.


# %% nbgrader={"grade": false, "grade_id": "cross_entropy_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(probabilities, labels):
    """Mean cross-entropy in nats.

    Args:
        probabilities: what the network gives to each class, `(examples, classes)`, all positive.
        labels: true class numbers `(examples,)`.
    """
    ### BEGIN SOLUTION
    given_to_truth = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(given_to_truth))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cross_entropy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("cross_entropy", cross_entropy)

# %% [markdown]
# A network that knows nothing should give each of the ten digits about the same probability. Then
# its loss is $-\log \frac{1}{10} = \log 10$. Is that so for your new network? If this number is far
# off for a network of yours one day, something is wrong before training has even begun.

# %% tags=["display"]
before = model.predict(mnist.validation.images, verbose=0)
print(f"loss of the untrained network: {cross_entropy(before, mnist.validation.labels):.3f}")
print(f"log 10:                        {np.log(10):.3f}")

# %% [markdown]
# ## 6. How often is it right?
#
# The loss is what training makes small; what you want to know is the *accuracy*: for what fraction
# of the images does the true class get the highest score?


# %% nbgrader={"grade": false, "grade_id": "accuracy_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy(scores, labels):
    """Fraction of examples whose highest score is that of the true class, between 0 and 1.

    Args:
        scores: scores or probabilities `(examples, classes)`.
        labels: true class numbers `(examples,)`.
    """
    ### BEGIN SOLUTION
    return np.mean(np.argmax(scores, axis=1) == labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "accuracy", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("accuracy", accuracy)

# %% tags=["display"]
print(f"accuracy of the untrained network: {accuracy(before, mnist.validation.labels):.1%}")

# %% [markdown]
# ## 7. Train
#
# `compile` says what to make small (the cross-entropy; *sparse* means that labels are class
# numbers) and how (the Adam optimizer). One *epoch* shows all training images to the network once,
# 64 at a time. Watch both curves: training (dashed) and validation (solid).

# %%
LEARNING_RATE = 0.001
EPOCHS = 5
BATCH_SIZE = 64


def prepare(network):
    """Compile a network for training on the digits."""
    network.compile(
        optimizer=keras.optimizers.Adam(LEARNING_RATE),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )


# %% [markdown]
# Before a long training, a short test: a network that cannot learn twenty images by heart has a mistake
# in it, and no patience will cure it. This one is a separate LeNet, so yours stays untouched.

# %% tags=["display"]
training.set_seed(0)
trial = build_lenet()
prepare(trial)
few = mnist.train.take(20)
training.by_heart(trial, few.images, few.labels)
# %%
prepare(model)
lenet_history = training.fit(
    model, mnist.train, mnist.validation, epochs=EPOCHS, batch_size=BATCH_SIZE, seed=0
)

# %% [markdown]
# The dashed loss of the first epoch is an average over a time in which the network was still bad,
# so the solid curve can start below it. After a few epochs the dashed curve keeps falling and the
# solid one does not: from there on the network learns its training images by heart.
#
# ## 8. What does it get wrong?
#
# One number hides much. A *confusion matrix* counts every pair: row $t$, column $p$ says how many
# images of the class $t$ were taken for $p$. What is right stands on the diagonal.


# %% nbgrader={"grade": false, "grade_id": "confusion_matrix_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(labels, predictions, classes):
    """Count every pair of true and predicted class.

    Args:
        labels: true class numbers `(examples,)`.
        predictions: predicted class numbers `(examples,)`.
        classes: how many classes there are; some may not occur.

    Returns:
        Counts `(classes, classes)`: row the true class, column the predicted one.
    """
    ### BEGIN SOLUTION
    counts = np.zeros((classes, classes), dtype=int)
    for true_class, predicted_class in zip(labels, predictions, strict=True):
        counts[true_class, predicted_class] += 1
    return counts
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "confusion_matrix", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("confusion_matrix", confusion_matrix)

# %% tags=["display"]
probabilities = model.predict(mnist.validation.images, verbose=0)
predictions = np.argmax(probabilities, axis=1)
counts = confusion_matrix(mnist.validation.labels, predictions, classes=10)
print(f"validation accuracy: {accuracy(probabilities, mnist.validation.labels):.1%}")
plots.confusion_matrix(counts, title="LeNet on 500 validation digits")

# %% [markdown]
# Now look at single images: the ones where the truth got the least probability. Would you have read
# them right?

# %% tags=["display"]
plots.worst_mistakes(mnist.validation.images, mnist.validation.labels, probabilities)

# %% [markdown]
# ## 9. The test
#
# The last word: 1,000 digits that you have not touched. When your work is graded, the notebook runs
# from top to bottom, the network that *it* trained is asked for its predictions, and they are
# compared with labels that the machine it runs on has never held. The line below is a rehearsal
# on 100 validation digits. The card says how much accuracy is asked for, here and there: an amount
# that a right LeNet practically always reaches, whatever its random start.

# %% nbgrader={"grade": true, "grade_id": "digits_accuracy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("digits_accuracy", model)

# %% [markdown]
# ## 10. Change one thing
#
# What are the two convolutions good for? Here is a network without them: the same two linear layers,
# straight on the pixels. Before you run it, guess: more or fewer parameters than LeNet? Better or
# worse on the validation digits?


# %%
def build_variation():
    """LeNet without its convolutions and pools."""
    images = keras.Input((28, 28, 1))
    x = keras.layers.Flatten()(images)
    x = keras.layers.Dense(500, activation="relu")(x)
    x = keras.layers.Dense(10, activation="softmax")(x)
    return keras.Model(images, x, name="variation")


training.set_seed(0)
variation = build_variation()
prepare(variation)
variation_history = training.fit(
    variation, mnist.train, mnist.validation, epochs=EPOCHS, batch_size=BATCH_SIZE, seed=0
)

# %% tags=["display"]
for name, network, history in (
    ("LeNet", model, lenet_history),
    ("variation", variation, variation_history),
):
    print(
        f"{name:10} {network.count_params():>10,} parameters   "
        f"validation accuracy {history.validation_accuracy[-1]:.1%}   "
        f"{sum(history.seconds):.0f} s"
    )
plots.history(
    {"LeNet": lenet_history, "without convolutions": variation_history},
    title="With and without convolutions",
)

# %% [markdown]
# Now it is your turn: change **one** thing in `build_variation` and run the two cells again. Put
# one convolution back; make the kernels 3 × 3; leave out the pools; take 50 units instead of 500.
# One thing at a time, or you will not know which it was. And compare on the validation digits: whoever
# chooses by the test has no test left.
#
# **Stretch (no points).** How small can a network be that still reaches 95 % on the validation
# digits? Fewer than 10,000 parameters is possible, with a few more epochs.
#
# ## 11. The same in colour
#
# Nothing in a convolution is made for grey images. With three channels, a filter of 5 × 5 has
# $5 \cdot 5 \cdot 3$ weights and looks at red, green and blue at once.
#
# `data.load` knows eight sets, all called in the same way. `shapes32` needs no download: coloured shapes on
# coloured stripes, anywhere in the picture, at any size and angle. Three of its ten classes are enough here.
# On a machine that has CIFAR-10, small photographs of three classes take their place; to have it, run
# `python -m course_lib.data fetch cifar10` (170 MB).

# %% tags=["display"]
name = "cifar10" if "cifar10" in data.offline_names() else "shapes32"
coloured = data.load(name)
CHOSEN = [1, 4, 7]
chosen_names = [coloured.class_names[number] for number in CHOSEN]
seen = coloured.train.only(CHOSEN).per_class(420)  # ten times as many would take ten times as long
unseen = coloured.validation.only(CHOSEN)
plots.samples(
    seen, class_names=chosen_names, title=f"20 of {len(seen):,} images, 32×32 pixels, {name}"
)

# %% [markdown]
# Three convolutions instead of two. Where does the network differ from LeNet because of the colour?
# In one number.


# %% tags=["display"]
def build_colour_network():
    """Three convolutions, each with a pooling, for images of 32 x 32 pixels in colour."""
    images = x = keras.Input((32, 32, 3))
    for filters, size in ((16, 5), (32, 3), (64, 3)):
        x = keras.layers.Conv2D(filters, size, padding="same", activation="relu")(x)
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(64, activation="relu")(x)
    x = keras.layers.Dense(len(CHOSEN), activation="softmax")(x)
    return keras.Model(images, x, name="colour")


training.set_seed(0)
colour_network = build_colour_network()
prepare(colour_network)
colour_network.optimizer.learning_rate = 2 * LEARNING_RATE
colour_history = training.fit(colour_network, seen, unseen, epochs=6, batch_size=32, seed=0)

# %% tags=["display"]
colour_scores = colour_network.predict(unseen.images, verbose=0)
plots.worst_mistakes(unseen.images, unseen.labels, colour_scores, class_names=chosen_names)

# %% [markdown]
# Of the shapes four in five or more are right after six epochs, learned from 1,260 images. Does the network need
# the colours at all? You cannot tell these shapes by them, since every picture has colours of its own. Find
# out: give all three channels the mean of the three, and train again.
#
# ## 12. Read a report
#
# A check shows a card: one line for each case, green or red. A red case says
#
# - **call**: what your function was given,
# - **expected** and **got**, and **where** they differ first,
# - **likely cause**: your answer is exactly what a known mistake gives; or **look at**: where to
#   search, when no known mistake fits,
# - **slide**: where the course says so.
#
# Try it once: break your `accuracy` (return the number of right answers, not the fraction), run its
# check, read the card, and mend it.
#
# ## 13. Hand in
#
# 1. Restart the kernel and run all cells, so that the notebook works from top to bottom.
# 2. All check cards are green? If one is not: the others keep their points, so hand in anyway.
# 3. Save, and hand in this one file as it is, under its own name.
#
# Your work is graded with the same checks, but on fresh inputs: an answer that
# was copied from a card earns nothing, and a function that is right stays right.
