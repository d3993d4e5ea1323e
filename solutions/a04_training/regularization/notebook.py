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
# # Regularization and augmentation
#
# A network can learn its training images by heart. In this notebook you write, in NumPy, everything
# that the lectures put against it: penalties on the weights, dropout, flips and crops, rotation and
# shear, colour jitter, ten-crop testing and ensembles. You see each of them at work on real
# photographs, and at the end you measure on 200 digits what each of them is worth.
#
# Allow about three hours. All cells together run in about a minute.
#
# **Where the randomness is.** Your functions never draw a random number. They are *given* numbers
# from 0 to 1 (0 included, 1 not) as an argument, mostly called `uniform`, and turn them into a
# mask, a place or a flip. That makes chance repeatable: the same numbers give the same picture, and
# `check(...)` can tell exactly what is right.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, data, plots, training
from course_lib.gradients import numerical_gradient, relative_error

import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

# %% [markdown]
# ## 1. Two hundred digits, learned by heart
#
# Here is the patient: a small network and only 200 training images, twenty of each digit or so. It
# is shown every image ten times in an epoch. The *overfitting gap* is
#
# $$\text{gap} = \text{accuracy on the training images} - \text{accuracy on unseen images}$$
#
# and the unseen images are 2,000 other digits. The network looks at 24 × 24 pixels: the middle of
# an image now, other parts of it later.

# %% tags=["display"]
COPIES = 10
EPOCHS = 6
SIZE = 24


def build_network(l2=0.0, dropout=0.0, seed=0, shape=(SIZE, SIZE, 1), classes=10):
    """A small convolutional network, compiled."""
    training.set_seed(seed)
    penalty = keras.regularizers.L2(l2) if l2 else None
    layers = [
        keras.Input(shape),
        keras.layers.Conv2D(16, 3, activation="relu", kernel_regularizer=penalty),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 3, activation="relu", kernel_regularizer=penalty),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(64, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(classes, kernel_regularizer=penalty),
    ]
    network = keras.Sequential(layers)
    network.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        steps_per_execution=16,  # many small steps in one go are faster
    )
    return network


def train(images, labels, seed=0, **options):
    """Train a new network on ten versions of each image; return it."""
    network = build_network(seed=seed, **options)
    training.make_variables(network, images[:32], labels[:32])
    network.fit(images, labels, batch_size=32, epochs=EPOCHS, verbose=0)
    return network


def scores_of(network, images):
    """What the network gives for each class, before the softmax."""
    return keras.ops.convert_to_numpy(network(images, training=False))


def percent_right(scores, labels):
    """The share of rows whose largest score is that of the right class, in percent."""
    return 100 * float(np.mean(scores.argmax(axis=1) == labels))


def middle(images):
    """The 24 x 24 pixels in the middle of images of 28 x 28 pixels."""
    return images[:, 2:26, 2:26, :]


mnist = data.load("mnist")
few, few_labels = mnist.train.images[:200], mnist.train.labels[:200]
all_labels = np.tile(few_labels, COPIES)
unseen, unseen_labels = mnist.train.images[200:2200], mnist.train.labels[200:2200]

patient = build_network()
history = training.fit(
    patient,
    (np.tile(middle(few), (COPIES, 1, 1, 1)), all_labels),
    (middle(unseen), unseen_labels),
    epochs=EPOCHS,
    batch_size=32,
)

# %% [markdown]
# After four epochs it makes no mistake on its 200 images ("training"). On unseen digits
# ("validation") it is wrong about once in seven times, and training on only makes it surer of its
# mistakes: the loss on unseen images rises again. Everything below attacks this gap.

# %% [markdown]
# ## 2. A price for large weights
#
# The first remedy adds a second term to the loss. The slides write it for the multiclass SVM, whose
# *margin loss* wants the right class to lead every other class by 1 (*Convolutional Neural
# Network*, Regularization: Add term to loss):
#
# $$L = \underbrace{\frac{1}{N} \sum_{i=1}^{N} \sum_{j \neq y_i}
#       \max\bigl(0,\; f(x_i; W)_j - f(x_i; W)_{y_i} + 1\bigr)}_{\text{fits the data}}
#       \;+\; \underbrace{\lambda\, R(W)}_{\text{keeps } W \text{ small}}$$
#
# | penalty | $R(W)$ on the slide | in this notebook |
# |---|---|---|
# | L2, *weight decay* | $\sum_k \sum_l W_{k,l}^2$ | `l2` $= \lambda$ |
# | L1 | $\sum_k \sum_l \lvert W_{k,l} \rvert$ | `l1` $= \lambda$ |
# | elastic net | $\sum_k \sum_l \beta\, W_{k,l}^2 + \lvert W_{k,l} \rvert$ | `l1` $= \lambda$, `l2` $= \lambda\beta$ |
#
# With two strengths all three are one formula, summed over all layers:
#
# $$P = \sum_{\text{layers}} \sum_{k,l} \;\; l_1\, \lvert W_{k,l} \rvert + l_2\, W_{k,l}^2$$
#
# Only the weights $W$ pay. A bias moves a whole map up or down and cannot memorize an image, so it
# goes free. (Keras has the same formula in `keras.regularizers.L1L2`; here you write it yourself.)


# %% nbgrader={"grade": false, "grade_id": "elastic_net_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def elastic_net(layers, l1, l2):
    """The penalty of a network.

    Args:
        layers: a list of `(kernel, bias)`, arrays of any shapes, one pair for each layer.
        l1: strength of the sum of absolute values.
        l2: strength of the sum of squares.

    Returns:
        One number.
    """
    ### BEGIN SOLUTION
    return sum(l1 * np.sum(np.abs(kernel)) + l2 * np.sum(kernel**2) for kernel, _ in layers)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "elastic_net", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("elastic_net", elastic_net)

# %% [markdown]
# ### Its gradient
#
# Differentiate the formula above, term by term. Mind the factor that a square brings. $|w|$ has a
# corner at 0, where any slope from $-l_1$ to $l_1$ would do; take 0 there, as everybody does.
#
# Other books write $\frac{a}{2} \sum W^2$, so that the gradient is $aW$ without a factor: the $a$ of
# *Weight decay* on the slides is $2\, l_2$. (That slide adds $-aw$ to the gradient. With its own
# rule $w \leftarrow w - \lambda \cdot \text{gradient}$ it must be $+aw$, or the weights grow.)
#
# Recipes: AlexNet and VGG use a weight decay of 5e-4 (*Lecture 9*, Case Study: AlexNet; *CNN
# Benchmark Models*), ResNet 1e-4 (the 1e-5 of *Lecture 9* is a slip; the paper has 1e-4).


# %% nbgrader={"grade": false, "grade_id": "elastic_net_gradient_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def elastic_net_gradient(kernel, bias, l1, l2):
    """The gradient of the penalty with respect to the parameters of one layer.

    Args:
        kernel, bias: arrays of any shapes. They must not be changed.
        l1, l2: as in `elastic_net`.

    Returns:
        `(d_kernel, d_bias)`, of the shapes of `kernel` and `bias`.
    """
    ### BEGIN SOLUTION
    return l1 * np.sign(kernel) + 2 * l2 * kernel, np.zeros_like(bias)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "elastic_net_gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("elastic_net_gradient", elastic_net_gradient)

# %% [markdown]
# You can test a gradient without any grader. `numerical_gradient` moves each weight a tiny step to
# both sides and measures how the function changes. A relative error of about 1e-7 or less is what
# right looks like.

# %% tags=["display"]
rng = np.random.default_rng(0)
kernel, bias = rng.normal(size=(3, 2, 4)), rng.normal(size=4)
measured = numerical_gradient(lambda k: elastic_net([(k, bias)], 0.3, 0.7), kernel)
d_kernel, _ = elastic_net_gradient(kernel, bias, 0.3, 0.7)
print(f"relative error of d_kernel: {relative_error(d_kernel, measured):.0e}")

# %% [markdown]
# ### What the penalties do to the weights
#
# Now the loss of the slide as a whole: one linear layer on 28 × 28 pixels, the margin loss, and
# your penalty, on the same 200 digits. The weights of a class are a picture: red pixels speak for
# the class and blue ones against it.


# %% tags=["display"]
def margin_loss_gradient(scores, labels):
    """The gradient of the margin loss of the slide with respect to the scores."""
    rows = np.arange(len(scores))
    violated = (scores - scores[rows, labels][:, np.newaxis] + 1 > 0).astype(scores.dtype)
    violated[rows, labels] = 0
    violated[rows, labels] = -violated.sum(axis=1)
    return violated / len(scores)


def train_linear(l1, l2, steps=150, learning_rate=0.04, momentum=0.9):
    """Weights and bias of a linear SVM on the 200 digits, by gradient descent."""
    pixels = few.reshape(len(few), -1)
    first = np.random.default_rng(0).normal(0, 0.02, (pixels.shape[1], 10))
    parameters = [first.astype("float32"), np.zeros(10, "float32")]
    velocities = [np.zeros_like(values) for values in parameters]
    for step in range(steps):
        d_scores = margin_loss_gradient(pixels @ parameters[0] + parameters[1], few_labels)
        gradients = [pixels.T @ d_scores, d_scores.sum(axis=0)]
        for index, extra in enumerate(elastic_net_gradient(*parameters, l1, l2)):
            velocities[index] = momentum * velocities[index] - gradients[index] - extra
            parameters[index] += learning_rate * (1 - step / steps) * velocities[index]
    return parameters


strengths = {
    "no penalty": (0, 0),
    "L2: l2 = 0.03": (0, 0.03),
    "L1: l1 = 0.003": (0.003, 0),
    "elastic net: l1 = 0.0015, l2 = 0.015": (0.0015, 0.015),
}
figure, panels = plt.subplots(4, 6, figsize=(10.5, 7.6), width_ratios=(1,) * 5 + (1.7,))
figure.set_layout_engine("constrained")
for row, (name, (l1, l2)) in enumerate(strengths.items()):
    weights, offsets = train_linear(l1, l2)
    scores = unseen.reshape(len(unseen), -1) @ weights + offsets
    right = np.mean(scores.argmax(axis=1) == unseen_labels)
    for digit, axes in enumerate(panels[row, :5]):
        shown = axes.imshow(weights[:, digit].reshape(28, 28), cmap="RdBu_r", vmin=-0.15, vmax=0.15)
        axes.set_xticks([])
        axes.set_yticks([])
        if row == 0:
            axes.set_title(f"class {digit}")
    panels[row, 0].set_ylabel(name.replace(": ", ":\n").replace(", ", ",\n"))
    panels[row, 5].hist(weights.ravel(), bins=np.linspace(-0.2, 0.2, 81), color="#0072B2")
    panels[row, 5].set_yscale("log")
    panels[row, 5].set_ylim(0.8, 8000)
    small = np.mean(np.abs(weights) < 0.0025)
    panels[row, 5].set_title(f"{right:.0%} of unseen right; {small:.0%} near 0", fontsize=9)
    panels[row, 5].set_ylabel("weights (log)")
panels[3, 5].set_xlabel("value of the weight")
figure.colorbar(shown, ax=panels[:, :5], label="weight", shrink=0.5, location="bottom", aspect=50)
figure.suptitle("The same 200 digits, four penalties: the weights of a linear classifier")
plt.show()

# %% [markdown]
# Without a penalty the weights keep the noise that they started with wherever the 200 images are
# black: nothing tells them to go. L2 shrinks large weights most, and leaves a soft picture. L1
# takes the same step from every weight, whatever its size, so most of them end at 0 and a few
# pixels decide. The elastic net stands in between. All four are right on all training images, and
# on unseen ones they differ by no more than chance: a penalty chooses *which* weights explain the
# 200 images. It does not make up for images that are missing.

# %% [markdown]
# ## 3. Dropout
#
# In each training step every value of a layer is set to zero with probability $p$, the *rate*; 0.5
# is common (*Convolutional Neural Network*, Regularization: Dropout). No unit can rely on another
# one being there, so the network learns redundant features that do not depend on one another.
#
# At test time nothing is dropped. The sums would then be larger than anything seen in training. The
# slide *Dropout: Test time* works it out for one neuron with $p = \frac12$: of the four equally
# likely masks
#
# $$E[a] = \tfrac14 (w_1 x + w_2 y) + \tfrac14 (w_1 x + 0 y) + \tfrac14 (0 x + w_2 y)
#   + \tfrac14 (0 x + 0 y) = \tfrac12 (w_1 x + w_2 y)$$
#
# ### Predict before you run
#
# The same neuron with $w_1 = 2$, $w_2 = -1$, $x = 3$, $y = 1$, and each input dropped with
# probability **0.2**. Write down: the mean of $a$ in training, over all masks; the value of $a$ at
# test time, with both inputs present; and the factor that turns the second into the first.

# %%
# Not graded. Write your predictions in place of None:
dropout_prediction = {"training": None, "test": None, "factor": None}

# %% [markdown]
# ### The neuron at test time
#
# Write the neuron for any number of inputs and any rate: what it should give at test time, so that
# it agrees with its mean over all masks in training. You may go through the $2^n$ masks, each with
# its probability $p^{\text{dropped}}\,(1-p)^{\text{kept}}$, or find the factor. The slide says
# "multiply by dropout probability": decide whether that holds for $p \neq \frac12$ too.


# %% nbgrader={"grade": false, "grade_id": "expected_activation_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def expected_activation(weights, inputs, rate):
    """The mean of `sum(weights * inputs)` when each input is dropped with probability `rate`.

    Args:
        weights, inputs: `(units,)`.
        rate: the probability of dropping an input, from 0 to 1.

    Returns:
        One number. Inputs that are kept are not scaled.
    """
    ### BEGIN SOLUTION
    return (1 - rate) * np.sum(weights * inputs)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "expected_activation", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("expected_activation", expected_activation)

# %% tags=["display"]
slide = expected_activation(np.array([2.0, -1.0]), np.array([3.0, 1.0]), 0.2)
print(f"Your neuron: {slide:g} on average in training, {2 * 3 - 1 * 1} with both inputs present.")
print(f"Your prediction: {dropout_prediction}; right is 4, 5 and 0.8.")

# %% [markdown]
# ### Inverted dropout
#
# So the factor is the probability of *keeping*, $1 - p$; the words of the slide are right only at
# $p = \frac12$, where the two are the same. Instead of multiplying by $1-p$ at test time, libraries
# divide by $1-p$ in training. Then testing needs nothing at all:
#
# $$\text{training: } y = x \cdot m, \quad
#   m = \begin{cases} 0 & \text{if } u < p \\ \dfrac{1}{1-p} & \text{otherwise} \end{cases}
#   \qquad\qquad \text{test: } y = x$$
#
# Here $u$ is one random number from 0 to 1 for each value of $x$, given to you as `uniform`. Since
# $E[m] = 1$, the mean of $y$ is $x$.


# %% nbgrader={"grade": false, "grade_id": "dropout_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout_forward(x, rate, uniform, training=True):
    """Inverted dropout.

    Args:
        x: an array of any shape. It must not be changed.
        rate: the probability of dropping a value, below 1.
        uniform: random numbers in [0, 1), of the shape of `x`; a value is dropped where its number
            is smaller than `rate`.
        training: whether the network is being trained; at test time nothing is dropped.

    Returns:
        `(y, mask)`, both of the shape of `x`, with `y = x * mask`.
    """
    ### BEGIN SOLUTION
    if not training:
        return x, np.ones_like(x)
    mask = (uniform >= rate) / (1 - rate)
    return x * mask, mask
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dropout_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("dropout_forward", dropout_forward)

# %% [markdown]
# Backwards, the mask is a constant factor: $\frac{\partial L}{\partial x} =
# \frac{\partial L}{\partial y} \cdot m$. That is why the forward pass returns it.


# %% nbgrader={"grade": false, "grade_id": "dropout_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout_backward(dy, mask):
    """The gradient with respect to `x`, from `dy` and the `mask` of the forward pass."""
    ### BEGIN SOLUTION
    return dy * mask
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dropout_backward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("dropout_backward", dropout_backward)

# %% [markdown]
# Your dropout on the pixels of a photograph. The mean of a hundred masks is the photograph again,
# as bright as before. Forget the division, and it comes out too dark; the higher the rate, the
# darker.

# %% tags=["display"]
china = data.photo("china")  # (427, 640, 3), values from 0 to 1
flower = data.photo("flower")
patch = china[40:200, 180:400]
rng = np.random.default_rng(1)

figure, panels = plt.subplots(3, 3, figsize=(10, 8.2), layout="constrained")
for column, rate in enumerate((0.2, 0.5, 0.8)):
    masks = rng.random((100, *patch.shape[:2], 1))
    mean = np.zeros_like(patch)
    for uniform in masks:
        mean += dropout_forward(patch, rate, np.broadcast_to(uniform, patch.shape))[0] / len(masks)
    one, _ = dropout_forward(patch, rate, np.broadcast_to(masks[0], patch.shape))
    pictures = {
        f"rate {rate}: one mask": one,
        "mean of 100 masks": mean,
        "... without dividing by 1 − rate": mean * (1 - rate),
    }
    for axes, (title, picture) in zip(panels[:, column], pictures.items(), strict=True):
        axes.imshow(np.clip(picture, 0, 1))
        axes.set_title(f"{title}\nmean brightness {picture.mean():.2f}", fontsize=10)
        axes.set_axis_off()
figure.suptitle(f"Inverted dropout keeps the mean: the photograph has {patch.mean():.2f}")
plt.show()

# %% [markdown]
# ### An ensemble of $2^H$ networks
#
# Each mask is a network of its own, sharing its weights with all the others. A layer of $H$ units
# has $2^H$ masks; for 4,096 units that is about $10^{1233}$, and there are only about $10^{82}$
# atoms in the universe. What we want at test time is their mean (*Dropout: Test time*),
#
# $$y = f(x) = E_z[f(x, z)] = \int p(z)\, f(x, z)\, dz$$
#
# and the single pass without dropout is only an approximation of it: exact for a linear layer, but
# not once a softmax follows. With ten units all 1,024 masks can be tried.


# %% tags=["display"]
def softmax_layer(units, weights):
    """Probabilities from a layer of units, or from many such layers, one a row."""
    powers = np.exp(units @ weights)
    return powers / powers.sum(axis=-1, keepdims=True)


print(f"4,096 units have 10^{4096 * np.log10(2):.0f} masks.")

rng = np.random.default_rng(4)
units = np.abs(rng.normal(size=10))
layer = rng.normal(size=(10, 4))
corners = (np.arange(1024)[:, np.newaxis] >> np.arange(10)) & 1  # every mask once
every = dropout_forward(np.tile(units, (1024, 1)), 0.5, corners.astype(float))[0]
exact = softmax_layer(every, layer).mean(axis=0)
single = softmax_layer(dropout_forward(units, 0.5, np.zeros(10), training=False)[0], layer)

counts = np.array([1, 3, 10, 30, 100, 300, 1000, 3000])
errors = np.zeros((100, len(counts)))
for trial in range(len(errors)):
    draws = dropout_forward(np.tile(units, (counts[-1], 1)), 0.5, rng.random((counts[-1], 10)))[0]
    running = np.cumsum(softmax_layer(draws, layer), axis=0)[counts - 1] / counts[:, np.newaxis]
    errors[trial] = np.abs(running - exact).max(axis=1)

figure, panels = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
panels[0].bar(np.arange(4) - 0.2, exact, 0.4, label="mean of all 1,024 masks")
panels[0].bar(np.arange(4) + 0.2, single, 0.4, label="one pass without dropout")
panels[0].set_xticks(range(4))
panels[0].set_xlabel("class")
panels[0].set_ylabel("probability")
panels[0].set_title("What we want, and what we compute")
panels[0].legend()
panels[1].loglog(counts, errors.mean(axis=0), "o-", label="mean over randomly drawn masks")
panels[1].axhline(
    np.abs(single - exact).max(), color="C1", linestyle="--", label="one pass without dropout"
)
panels[1].set_xlabel("number of masks")
panels[1].set_ylabel("largest error of a probability")
panels[1].set_title("How many masks is one pass worth?")
panels[1].legend()
plt.show()

# %% [markdown]
# One pass costs as much as one mask and is here as good as two or three. It is also more sure of
# itself than the mean is.
#
# Recipes: AlexNet drops with rate 0.5, VGG after its first two fully connected layers, GoogLeNet
# with 0.4 before its last layer, and ResNet not at all: batch normalization already brings enough
# randomness (*Lecture 9*, Case Study: AlexNet, Case Study: ResNet; *CNN Benchmark Models*). It is
# the *common pattern* of the slides: train with randomness, $y = f_W(x, z)$, and average it out
# when testing.

# %% [markdown]
# ## 4. Flips, crops and scales
#
# More images would help more than any penalty. Augmentation makes them from those you have: the
# mirror image of a cat is a cat, and so is a cat further to the left (*Convolutional Neural
# Network*, Data Augmentation: Horizontal Flips; Data Augmentation: Random crops and scales).
# AlexNet does both: flip and crop, 224 × 224 pixels out of 256 × 256.
#
# A crop of `size` pixels can begin at row 0, 1, … up to and including $H - \text{size}$. With
# a random number $0 \le u < 1$ for each choice,
#
# $$\text{top} = \lfloor u_0\,(H - \text{size} + 1) \rfloor, \qquad
#   \text{left} = \lfloor u_1\,(W - \text{size} + 1) \rfloor, \qquad
#   \text{mirror left and right if } u_2 < \tfrac12$$
#
# so that every place is equally likely. Each image of the batch has its own three numbers. (From
# 256 × 256 pixels that makes 33 · 33 · 2 = 2,178 training images. Krizhevsky counts 2,048 = 32 · 32
# · 2: the last place is easily forgotten.)


# %% nbgrader={"grade": false, "grade_id": "flip_and_crop_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flip_and_crop(images, size, uniform):
    """Crop each image of a batch at a place of its own, then mirror some of the crops.

    Args:
        images: `(batch, height, width, channels)`.
        size: height and width of the crops, in pixels.
        uniform: `(batch, 3)`, random numbers in [0, 1) for top, left and flip.

    Returns:
        A new array `(batch, size, size, channels)`.
    """
    ### BEGIN SOLUTION
    batch, height, width, channels = images.shape
    crops = np.empty((batch, size, size, channels), images.dtype)
    for index, (for_top, for_left, for_flip) in enumerate(uniform):
        top = int(for_top * (height - size + 1))
        left = int(for_left * (width - size + 1))
        crop = images[index, top : top + size, left : left + size]
        crops[index] = crop[:, ::-1] if for_flip < 0.5 else crop
    return crops
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "flip_and_crop", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("flip_and_crop", flip_and_crop)

# %% [markdown]
# ### Scales: the recipe of ResNet
#
# The slide (Random crops and scales, *Training*):
#
# 1. pick a random whole number $L$ from 256 to 480, both included;
# 2. resize the image so that its **short** side is $L$; the other side keeps the proportions,
#    rounded to the nearest whole number;
# 3. take a random patch of 224 × 224.
#
# Work out the numbers: $u_0$ is for $L$, $u_1$ for the top and $u_2$ for the left of the patch,
# with the same floor rule as before.


# %% nbgrader={"grade": false, "grade_id": "scale_and_crop_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scale_and_crop(height, width, uniform, low=256, high=480, size=224):
    """Where ResNet takes a training patch of an image.

    Args:
        height, width: of the image, in pixels.
        uniform: three random numbers in [0, 1): for the scale, the top and the left.
        low, high: the least and the greatest length of the short side, both possible.
        size: height and width of the patch.

    Returns:
        `(new_height, new_width, top, left)`, four whole numbers; the patch lies in the resized
        image.
    """
    ### BEGIN SOLUTION
    short = low + int(uniform[0] * (high - low + 1))
    scale = short / min(height, width)
    new_height, new_width = round(height * scale), round(width * scale)
    top = int(uniform[1] * (new_height - size + 1))
    left = int(uniform[2] * (new_width - size + 1))
    return new_height, new_width, top, left
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "scale_and_crop", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("scale_and_crop", scale_and_crop)

# %% [markdown]
# To see the patches you need to resize, and for that, pixels between the pixels. That comes next,
# and serves rotation as well.

# %% [markdown]
# ## 5. Between the pixels
#
# Where a picture is stretched or turned, most pixels of the result come from places *between* four
# pixels of the original. *Bilinear* sampling mixes the four; the nearer a pixel, the more it counts. For
# the place $(r, c)$ in rows and columns, where pixel $(i, j)$ has its centre at $r = i$, $c = j$:
#
# $$y(r, c) = \sum_{i} \sum_{j} \max(0,\, 1 - |r - i|)\; \max(0,\, 1 - |c - j|)\; x[i, j]$$
#
# At most four of the products differ from zero: $i \in \{\lfloor r \rfloor, \lfloor r \rfloor + 1\}$
# and likewise $j$. Pixels outside the image count as 0 (black), so the formula holds everywhere:
# half a pixel above the first row it gives half of the first row.


# %% nbgrader={"grade": false, "grade_id": "bilinear_sample_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bilinear_sample(image, rows, columns):
    """The colours of an image at places between its pixels.

    Args:
        image: `(height, width, channels)`.
        rows, columns: two arrays of one shape, the places in pixels; they may lie outside.

    Returns:
        `(*shape of rows, channels)`.
    """
    ### BEGIN SOLUTION
    height, width, channels = image.shape
    above, before = np.floor(rows).astype(int), np.floor(columns).astype(int)
    colours = np.zeros((*rows.shape, channels))
    for i in (above, above + 1):
        for j in (before, before + 1):
            weight = (1 - np.abs(rows - i)) * (1 - np.abs(columns - j))
            weight = weight * ((i >= 0) & (i < height) & (j >= 0) & (j < width))
            pixels = image[np.clip(i, 0, height - 1), np.clip(j, 0, width - 1)]
            colours += weight[..., np.newaxis] * pixels
    return colours
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bilinear_sample", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("bilinear_sample", bilinear_sample)

# %% [markdown]
# Now the patches of ResNet, cut out by your functions. The frames on the left show where in the
# photograph they come from: a small $L$ makes the patch see much of the scene, a large one little.


# %%
def resize(image, height, width):
    """Resize by bilinear sampling; the corners of the two pictures lie on each other."""
    rows = (np.arange(height) + 0.5) * image.shape[0] / height - 0.5
    columns = (np.arange(width) + 0.5) * image.shape[1] / width - 0.5
    places = np.meshgrid(
        np.clip(rows, 0, image.shape[0] - 1),
        np.clip(columns, 0, image.shape[1] - 1),
        indexing="ij",
    )
    return bilinear_sample(image, *places)


# %% tags=["display"]
rng = np.random.default_rng(8)
figure = plt.figure(figsize=(12.5, 4.4), layout="constrained")
left_side, right_side = figure.subfigures(1, 2, width_ratios=(1.3, 1))
scene = left_side.subplots()
scene.imshow(china)
tiles = right_side.subplots(2, 4)
for index, axes in enumerate(tiles.flat):
    new_height, new_width, top, left = scale_and_crop(*china.shape[:2], rng.random(3))
    resized = resize(china, new_height, new_width)
    axes.imshow(np.clip(resized[top : top + 224, left : left + 224], 0, 1))
    axes.set_axis_off()
    colour = plots.COLOURS[index % 7]
    axes.set_title(f"L = {min(new_height, new_width)}", color=colour, fontsize=10)
    factor = china.shape[0] / new_height
    scene.add_patch(
        Rectangle(
            (left * factor, top * factor),
            224 * factor,
            224 * factor,
            fill=False,
            edgecolor=colour,
            lw=2,
        )
    )
scene.set_title("Eight patches in the photograph, 427 × 640 pixels")
scene.set_xlabel("column (pixels)")
scene.set_ylabel("row (pixels)")
right_side.suptitle("What the network sees: 224 × 224 pixels each")
plt.show()

# %% [markdown]
# ### Rotation, stretch, shear, shift
#
# *Get creative for your problem!*, says the slide: translation, rotation, stretching, shearing, …
# All four are one matrix and one shift. Measured from the middle of the image, a point at
# $(r, c)$ moves to
#
# $$\begin{pmatrix} r' \\ c' \end{pmatrix} = M \begin{pmatrix} r \\ c \end{pmatrix} + s
#   \qquad\Longleftrightarrow\qquad
#   \begin{pmatrix} r \\ c \end{pmatrix} = M^{-1}
#   \left( \begin{pmatrix} r' \\ c' \end{pmatrix} - s \right)$$
#
# You need the second form: for every pixel of the *result* ask where it comes *from*, and sample
# there. Going forward would leave holes. With pixel centres at whole numbers, the middle lies at
# $\bigl(\frac{H-1}{2}, \frac{W-1}{2}\bigr)$.


# %% nbgrader={"grade": false, "grade_id": "source_places_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def source_places(height, width, matrix, shift):
    """Where each pixel of a transformed image comes from.

    Args:
        height, width: of the image and of the result, in pixels.
        matrix: `(2, 2)`, how a point `(row, column)`, seen from the middle, moves.
        shift: `(rows, columns)`, how far it moves after that, in pixels.

    Returns:
        `(rows, columns)`, two arrays `(height, width)`: the place in the original image for each
        pixel of the result.
    """
    ### BEGIN SOLUTION
    middle_row, middle_column = (height - 1) / 2, (width - 1) / 2
    rows, columns = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    down, across = rows - middle_row - shift[0], columns - middle_column - shift[1]
    inverse = np.linalg.inv(matrix)
    return (
        inverse[0, 0] * down + inverse[0, 1] * across + middle_row,
        inverse[1, 0] * down + inverse[1, 1] * across + middle_column,
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "source_places", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("source_places", source_places)

# %% [markdown]
# The four ingredients as matrices, and then all of them mixed at random, as a training set would
# get them.


# %%
def rotation(degrees):
    """Turn to the left (rows count downwards)."""
    angle = np.deg2rad(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def stretching(vertical, horizontal):
    """Make the picture so many times as high and as wide."""
    return np.diag([vertical, horizontal])


def shearing(amount):
    """Slant the picture: each row moves sideways by `amount` times its height in the picture."""
    return np.array([[1.0, 0.0], [-amount, 1.0]])


def transform(image, matrix, shift=(0, 0)):
    """Move every point of an image by `matrix` and `shift`; what comes from outside is black."""
    return bilinear_sample(image, *source_places(*image.shape[:2], np.asarray(matrix), shift))


def random_matrix(uniform, degrees=15, stretch=0.15, shear=0.2):
    """A mixture: rotation, two stretches and a shear from four random numbers in [0, 1)."""
    turn, tall, wide, slant = 2 * np.asarray(uniform) - 1
    return (
        rotation(degrees * turn)
        @ shearing(shear * slant)
        @ stretching(1 + stretch * tall, 1 + stretch * wide)
    )


# %% tags=["display"]
small = resize(flower, 128, 192)
same = np.eye(2)
moves = {
    "the photograph": (same, (0, 0)),
    "rotation by 20°": (rotation(20), (0, 0)),
    "stretch: 1.5 × as wide": (stretching(1, 1.5), (0, 0)),
    "shear by 0.4": (shearing(0.4), (0, 0)),
    "shift: 20 down, 40 right": (same, (20, 40)),
}
pictures = [transform(small, matrix, shift) for matrix, shift in moves.values()]
rng = np.random.default_rng(5)
pictures += [transform(small, random_matrix(rng.random(4), 30, 0.3, 0.3)) for _ in range(5)]
plots.image_grid(
    pictures,
    captions=[*moves, *["a random mixture"] * 5],
    title="One photograph, ten training images",
    columns=5,
    cell_inches=2.2,
)

# %% tags=["display"]
rng = np.random.default_rng(6)
warped = [
    transform(image, random_matrix(rng.random(4))) if version else image
    for image in few[:5]
    for version in range(10)
]
plots.image_grid(
    warped,
    captions=["original", *["random"] * 9] * 5,
    title="Five digits of the training set, nine versions each: still the same digits",
    limits=(0, 1),
)

# %% [markdown]
# ## 6. Colour
#
# ### Contrast and brightness
#
# The simple colour jitter of the slides (*Data Augmentation*, Color Jitter). Contrast $c$ pulls the
# values of an image away from their mean $m$ or towards it, brightness $b$ moves them all:
#
# $$y = \text{clip}\bigl(m + c\,(x - m) + b,\; 0,\; 1\bigr)$$
#
# $m$ is the mean of that one image, over all its pixels and channels: contrast alone leaves an
# image as bright as it was. Values below 0 or above 1 do not exist on a screen, hence the clip, at
# the very end.


# %% nbgrader={"grade": false, "grade_id": "colour_jitter_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def colour_jitter(images, contrast, brightness):
    """Change contrast and brightness, differently for each image of a batch.

    Args:
        images: `(batch, height, width, channels)`, values from 0 to 1. They must not be changed.
        contrast: `(batch,)`, 1 for no change.
        brightness: `(batch,)`, 0 for no change.

    Returns:
        `(batch, height, width, channels)`, values from 0 to 1.
    """
    ### BEGIN SOLUTION
    means = images.mean(axis=(1, 2, 3), keepdims=True)
    contrast, brightness = np.reshape([contrast, brightness], (2, -1, 1, 1, 1))
    return np.clip(means + contrast * (images - means) + brightness, 0, 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "colour_jitter", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("colour_jitter", colour_jitter)

# %% tags=["display"]
contrasts, brightnesses = np.meshgrid([0.4, 0.7, 1.0, 1.5, 2.2], [-0.2, 0.0, 0.2])
settings = list(zip(contrasts.ravel(), brightnesses.ravel(), strict=True))
batch = np.tile(resize(china, 120, 180), (len(settings), 1, 1, 1))
plots.image_grid(
    colour_jitter(batch, contrasts.ravel(), brightnesses.ravel()),
    captions=[f"contrast {c:g}, brightness {b:+g}" for c, b in settings],
    title="Contrast grows to the right, brightness downwards; the photograph is in the middle",
    columns=5,
    cell_inches=2.2,
)

# %% [markdown]
# ### Along the colours of the training set
#
# The *more complex* way of the slide, from AlexNet. Apply PCA to all [R, G, B] pixels of the
# training set: this gives three directions $\mathbf{p}_k$ in the space of colours and the variance
# $\lambda_k$ of the pixels along each. For each **image** draw three numbers $\alpha_k$ and add one
# colour offset to **all** its pixels:
#
# $$\text{offset} = \sum_{k=1}^{3} \alpha_k\, \lambda_k\, \mathbf{p}_k, \qquad
#   y = \text{clip}(x + \text{offset},\; 0,\; 1)$$
#
# Krizhevsky draws $\alpha_k$ from a normal distribution with standard deviation 0.1, so the offset
# along $\mathbf{p}_k$ varies with a standard deviation of $0.1\,\lambda_k$: most in the direction in
# which real colours vary most. `colour_components` is ready; look at what it returns.


# %%
def colour_components(images):
    """PCA of all pixels of some images: variances `(3,)` and directions, the columns of `(3, 3)`.

    The direction of the greatest variance comes first.
    """
    pixels = np.concatenate([np.reshape(image, (-1, 3)) for image in images])
    variances, directions = np.linalg.eigh(np.cov(pixels, rowvar=False))
    return variances[::-1], directions[:, ::-1]


# %% nbgrader={"grade": false, "grade_id": "pca_colour_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pca_colour(images, variances, directions, alphas):
    """Add a colour offset along the principal components to each image of a batch.

    Args:
        images: `(batch, height, width, 3)`, values from 0 to 1. They must not be changed.
        variances: `(3,)`, the variances of the pixels of the training set.
        directions: `(3, 3)`; column k is the direction that belongs to `variances[k]`.
        alphas: `(batch, 3)`, the random numbers of each image.

    Returns:
        `(batch, height, width, 3)`, values from 0 to 1.
    """
    ### BEGIN SOLUTION
    offsets = (alphas * variances) @ directions.T
    return np.clip(images + offsets[:, np.newaxis, np.newaxis, :], 0, 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pca_colour", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("pca_colour", pca_colour)

# %% [markdown]
# Two photographs as a tiny training set. Their colours fill the cube very unevenly: the first
# direction is brightness, the second goes from blue to orange, the third hardly counts. On the
# right, the photograph moves along one direction, by up to one standard deviation $\sigma_k =
# \sqrt{\lambda_k}$ of all pixels. Offsets this large are for the eye; the recipe's are far smaller.

# %% tags=["display"]
photographs = [china, flower]
variances, directions = colour_components(photographs)
pixels = np.concatenate([photograph.reshape(-1, 3)[::400] for photograph in photographs])
mean_colour = np.concatenate([p.reshape(-1, 3) for p in photographs]).mean(axis=0)

figure = plt.figure(figsize=(12.5, 5), layout="constrained")
left_side, right_side = figure.subfigures(1, 2, width_ratios=(1, 1.7))
cloud = left_side.add_subplot(projection="3d")
cloud.scatter(*pixels.T, c=pixels, s=5)
for k, colour in enumerate(("black", "#D55E00", "#CC79A7")):
    end = mean_colour + 2 * np.sqrt(variances[k]) * directions[:, k] * np.sign(directions[0, k])
    cloud.plot(*np.stack([mean_colour, end]).T, color=colour, lw=3, label=f"$p_{k + 1}$")
cloud.set(xlabel="red", ylabel="green", zlabel="blue", title="Pixels of two photographs")
cloud.legend()

SHARES = np.array([-1, -0.5, 0, 0.5, 1])
tiles = right_side.subplots(3, 5)
views = np.tile(resize(china, 100, 150), (5, 1, 1, 1))
for k in range(3):
    deviation = np.sqrt(variances[k])
    steps = SHARES / deviation * np.sign(directions[0, k])
    moved = pca_colour(views, variances, directions, np.eye(3)[k] * steps[:, np.newaxis])
    for axes, picture, share in zip(tiles[k], moved, SHARES, strict=True):
        axes.imshow(picture)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_title(rf"{share:+g} $\sigma_{k + 1}$", fontsize=9)
    tiles[k, 0].set_ylabel(f"$\\sigma_{k + 1}$ = {deviation:.2f}")
right_side.suptitle("The photograph moved along each direction of colour")
plt.show()

# %% [markdown]
# ## 7. What is it worth?
#
# Back to the 200 digits. Six networks, all the same and all trained for as many steps as the first
# one; each image still comes ten times in an epoch, but now in ten versions where the measure
# changes images. Before you run it, put them in your own order: which will help most, which least?


# %% tags=["display"]
def random_crops(images, rng):
    """Each image cropped to 24 x 24 pixels at a random place, never mirrored."""
    uniform = rng.random((len(images), 3))
    uniform[:, 2] = 0.9  # a mirrored digit is no digit
    return flip_and_crop(images, SIZE, uniform)


def random_warps(images, rng):
    """Each image turned, stretched and slanted a little."""
    return np.stack([transform(image, random_matrix(rng.random(4))) for image in images])


rng = np.random.default_rng(0)
repeated = np.tile(few, (COPIES, 1, 1, 1))
warps = random_warps(repeated, rng).astype("float32")
measures = {
    "nothing": (middle(repeated), {}),
    "L2 (0.003)": (middle(repeated), {"l2": 3e-3}),
    "dropout (0.5)": (middle(repeated), {"dropout": 0.5}),
    "crops": (random_crops(repeated, rng), {}),
    "rotation, stretch, shear": (middle(warps), {}),
    "all of them": (random_crops(warps, rng), {"l2": 1e-3, "dropout": 0.3}),
}
results = {}
for name, (images, options) in measures.items():
    # "nothing" is the network of the beginning.
    network = patient if name == "nothing" else train(images, all_labels, **options)
    results[name] = (
        percent_right(scores_of(network, middle(few)), few_labels),
        percent_right(scores_of(network, middle(unseen)), unseen_labels),
    )
cropped = network  # the last one, for section 8

figure, axes = plt.subplots(figsize=(9, 3.6), layout="constrained")
for row, (seen_percent, unseen_percent) in enumerate(results.values()):
    axes.plot([unseen_percent, seen_percent], [row, row], color="#c8ccd1", lw=5, zorder=1)
    axes.text(
        (seen_percent + unseen_percent) / 2,
        row - 0.16,
        f"gap {seen_percent - unseen_percent:.1f}",
        ha="center",
        fontsize=9,
        color="#59636e",
    )
    axes.text(unseen_percent - 0.25, row, f"{unseen_percent:.1f}", ha="right", va="center")
rows = range(len(results))
axes.scatter([r[1] for r in results.values()], rows, s=70, color="#D55E00", label="unseen images")
axes.scatter([r[0] for r in results.values()], rows, s=70, color="#0072B2", label="training images")
axes.set_yticks(list(rows), labels=list(results))
axes.set_ylim(len(results) - 0.5, -0.6)
axes.set_xlim(left=min(r[1] for r in results.values()) - 1.5)
axes.set_xlabel("right (% of the images)")
axes.set_title("The overfitting gap on 200 digits, with each measure")
axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
plt.show()

# %% [markdown]
# Dropout and new views of the images help; together they help most. The penalty alone does nothing
# here: small weights can learn 200 digits by heart as well. With 2,000 unseen images a difference
# of one percent is about the smallest to be taken seriously, and another seed moves each point by
# as much, so look for the large differences only. Note what all measures together do to the
# accuracy on the training images. It *falls*: the network no longer has room to memorize.

# %% [markdown]
# ### The same in colour, where other things do not matter
#
# Which changes leave a label true depends on the images. A mirrored 2 is no digit, but a mirrored ring is a
# ring. `shapes32` are coloured shapes that need no download: place, size, angle and colour tell nothing about
# the class. (On a machine that has CIFAR-10, three of its classes take their place; the loader is the same.)
# So here you may crop and mirror, and change contrast, brightness and colours, all with functions that
# you wrote. Here are 240 images, each in ten versions.


# %% tags=["display"]
def random_views(images, rng):
    """Each image cropped to 28 x 28 pixels at a random place, half of them mirrored."""
    return flip_and_crop(images, 28, rng.random((len(images), 3)))


def random_colours(images, rng):
    """Contrast, brightness and the principal colours of each image changed."""
    count = len(images)
    changed = colour_jitter(images, rng.uniform(0.7, 1.4, count), rng.uniform(-0.1, 0.1, count))
    variances, directions = colour_components(few_coloured)
    changed = pca_colour(changed, variances, directions, rng.normal(0, 2, (count, 3)))
    return changed.astype("float32")


name = "cifar10" if "cifar10" in data.offline_names() else "shapes32"
coloured, chosen = data.load(name), [1, 4, 7]
pool = coloured.train.only(chosen)
few_coloured, few_classes = pool.images[:240], pool.labels[:240]
unseen_coloured, unseen_classes = pool.images[240:1260], pool.labels[240:1260]

rng = np.random.default_rng(0)
ten_times = np.tile(few_coloured, (COPIES, 1, 1, 1))
coloured_versions = {
    "nothing": ten_times[:, 2:30, 2:30],
    "colours": random_colours(ten_times, rng)[:, 2:30, 2:30],
    "colours, crops and flips": random_views(random_colours(ten_times, rng), rng),
}
plots.image_grid(
    np.concatenate([images[:2400:240] for images in coloured_versions.values()]),
    title=f"One image of {name} in ten versions: nothing, colours, and everything",
    columns=10,
)

# %% tags=["display"]
for measure, images in coloured_versions.items():
    labels = np.tile(few_classes, COPIES)
    network = train(images, labels, shape=(28, 28, 3), classes=len(chosen))
    own = percent_right(scores_of(network, few_coloured[:, 2:30, 2:30]), few_classes)
    others = percent_right(scores_of(network, unseen_coloured[:, 2:30, 2:30]), unseen_classes)
    print(f"{measure:25} {own:5.1f} % of its own images, {others:5.1f} % of unseen ones")

# %% [markdown]
# Each gain is small, but they add up: the gap of more than twenty points becomes one of about ten. With
# everything the network has not yet learned its own images after six epochs. Does it do better on unseen ones
# if you let it go on?

# %% [markdown]
# ## 8. Testing: crops, scales and ensembles
#
# *What's missing from the picture?* asks a slide after all the architectures: training tricks,
# augmentation, averaging over crops and flips, ensembles of networks. The last two work at test
# time. A network trained on crops can be asked about several crops of one image, and the answers
# averaged. The slide (Random crops and scales, *Testing*) has it in full for ResNet: resize the
# image at the five scales 224, 256, 384, 480 and 640, and at each of them take ten crops of
# 224 × 224: the four corners and the centre, and the mirror images of these five.
#
# The order of the ten: top left, top right, bottom left, bottom right, centre, then the same five
# mirrored left to right. If the centre does not fall on a whole pixel, round its top and left down:
# $\text{top} = \lfloor (H - \text{size}) / 2 \rfloor$.


# %% nbgrader={"grade": false, "grade_id": "ten_crop_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def ten_crop(image, size):
    """The ten crops that are tested.

    Args:
        image: `(height, width, channels)`.
        size: height and width of the crops, in pixels.

    Returns:
        `(10, size, size, channels)`.
    """
    ### BEGIN SOLUTION
    bottom, right = image.shape[0] - size, image.shape[1] - size
    corners = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    crops = np.stack([image[top : top + size, left : left + size] for top, left in corners])
    return np.concatenate([crops, crops[:, :, ::-1]])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "ten_crop", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("ten_crop", ten_crop)

# %% [markdown]
# ### Predict before you run
#
# How many crops is that in all, with five scales? And the photograph of the palace is wider than it
# is high: at the scale 224 it becomes 224 × 336. How many of its crops are *different* pictures
# then? Decide before the next cell counts them.

# %% tags=["display"]
SCALES = (224, 256, 384, 480, 640)
figure, panels = plt.subplots(1, 5, figsize=(13, 2.9), layout="constrained")
total = different = 0
for axes, short in zip(panels, SCALES, strict=True):
    height, width = short, round(short * china.shape[1] / china.shape[0])
    resized = resize(china, height, width)
    crops = ten_crop(resized, 224)
    total += len(crops)
    distinct = len({crop.tobytes() for crop in crops})
    different += distinct
    axes.imshow(np.clip(resized, 0, 1))
    bottom, right = height - 224, width - 224
    places = [(0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)]
    for (top, left), colour in zip(places, plots.COLOURS[1:], strict=False):
        frame = Rectangle((left, top), 223, 223, fill=False, edgecolor=colour, lw=2)
        axes.add_patch(frame)
    axes.set_title(f"short side {short}\n{distinct} different crops", fontsize=10)
    axes.set_xlabel("column (pixels)")
panels[0].set_ylabel("row (pixels)")
figure.suptitle(f"Ten crops at five scales: {total} crops, {different} of them different")
plt.show()

# %% [markdown]
# ### Averaging answers
#
# An *ensemble* is several networks, trained apart, whose **probabilities** are averaged:
#
# $$p(k \mid x) = \frac{1}{M} \sum_{m=1}^{M} \operatorname{softmax}\bigl(z^{(m)}(x)\bigr)_k,
#   \qquad \operatorname{softmax}(z)_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# The same mean serves for crops. Averaging the scores $z$ instead is another thing: one network
# with large scores would outvote all others. Take care of large scores: $e^{1000}$ is infinite,
# but subtracting the largest score first changes nothing else.


# %% nbgrader={"grade": false, "grade_id": "ensemble_probabilities_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def ensemble_probabilities(scores):
    """The mean of the probabilities that several networks (or crops) give.

    Args:
        scores: `(networks, batch, classes)`, before the softmax.

    Returns:
        `(batch, classes)`; each row adds up to 1.
    """
    ### BEGIN SOLUTION
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.mean(powers / powers.sum(axis=-1, keepdims=True), axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "ensemble_probabilities", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("ensemble_probabilities", ensemble_probabilities)

# %% [markdown]
# Now both on the digits. The network of "all of them", trained on crops, looks at one crop, at five crops (no
# mirror images: a mirrored 2 is not a digit), and at five crops at each of three scales. Then five
# networks that differ only in the seed of their first weights are averaged, one after another.


# %% tags=["display"]
def mean_right(scores):
    """Percent right on the unseen images, when the probabilities of all scores are averaged."""
    return percent_right(ensemble_probabilities(scores), unseen_labels)


by_crops = {"1 crop": np.array([scores_of(cropped, middle(unseen))])}
for name, scales in [("5 crops", (28,)), ("15 crops", (26, 28, 30))]:
    stacked = np.moveaxis(unseen[:, :, :, 0], 0, -1)  # all digits as channels of one image
    views = [view for s in scales for view in ten_crop(resize(stacked, s, s), SIZE)[:5]]
    by_crops[name] = np.stack(
        [scores_of(cropped, np.moveaxis(v, -1, 0)[..., np.newaxis]) for v in views]
    )

member_scores = [scores_of(patient, middle(unseen))]
for seed in range(1, 5):
    member = train(measures["nothing"][0], all_labels, seed)
    member_scores.append(scores_of(member, middle(unseen)))
member_scores = np.stack(member_scores)
alone = [mean_right(member_scores[m : m + 1]) for m in range(5)]
together = [mean_right(member_scores[:count]) for count in range(1, 6)]

# Top-5 errors on ImageNet as the slides have them: one network, then an ensemble.
DECK_ERRORS = {
    "AlexNet": (18.2, 15.4),
    "VGG": (8.43, 7.32),
    "GoogLeNet": (7.89, 6.66),
    "BN-Inception": (5.81, 4.82),
    "PReLU-net": (5.71, 4.94),
    "ResNet": (4.49, 3.57),
}
figure, panels = plt.subplots(1, 3, figsize=(13, 3.8), layout="constrained")
percents = [mean_right(scores) for scores in by_crops.values()]
bars = panels[0].bar(list(by_crops), percents, color="#0072B2", width=0.6)
panels[0].bar_label(bars, fmt="%.1f")
panels[0].set_ylim(min(percents) - 2, max(percents) + 1)
panels[0].set_title("Testing several crops")
panels[0].set_ylabel("unseen digits right (%)")
panels[1].plot(range(1, 6), together, "o-", label="mean of their probabilities")
panels[1].plot(range(1, 6), alone, "x", color="#59636e", label="each network alone")
panels[1].set_xticks(range(1, 6))
panels[1].set_xlabel("number of networks")
panels[1].set_ylabel("unseen digits right (%)")
panels[1].set_title("An ensemble of five networks")
panels[1].legend()
names = list(DECK_ERRORS)
for offset, which, label in [(-0.2, 0, "one network"), (0.2, 1, "ensemble")]:
    errors = [pair[which] for pair in DECK_ERRORS.values()]
    bars = panels[2].bar(np.arange(len(names)) + offset, errors, 0.4, label=label)
    panels[2].bar_label(bars, fmt="%.1f", fontsize=8)
panels[2].set_xticks(range(len(names)), labels=names, rotation=30, ha="right")
panels[2].set_ylabel("top-5 error on ImageNet (%)")
panels[2].set_title("The ensembles of the slides")
panels[2].legend()
plt.show()

for name, (single, several) in DECK_ERRORS.items():
    print(f"{name:13} {single:5.2f} % -> {several:5.2f} %: {1 - several / single:.0%} fewer errors")

# %% [markdown]
# The numbers of the slides: seven AlexNets, 18.2 % → 15.4 % (*Lecture 9*, Case Study: AlexNet); six
# ResNets, two of them with 152 layers, 4.49 % → 3.57 % (*CNN Benchmark Models*, ResNet (3/3), with
# the tables for the others; GoogLeNet's ensemble is 6.66 % there and 6.67 % in *Convolutional
# Neural Network*). The single networks were measured on the validation set and most ensembles on
# the test set, so the comparison is a rough one. The ensembles make 13 to 20 % fewer errors. *Use
# ensembles for best results*, says the slide on VGG; the winners of 2012, 2014, 2015 and 2016 did.
# The price is $M$ times the work.
#
# And yours: does the mean beat *every* one of its members?
#
# The crops tell another story: five or fifteen of them are no better than the one in the middle.
# MNIST has every digit centred, and the corner crops only push it to the side, sometimes out of the
# picture. In a photograph the object may be anywhere, and then it pays to look everywhere.

# %% [markdown]
# ### Why?
#
# Mirrored photographs helped AlexNet, and yet we never mirrored a digit. Which rule decides whether
# a transformation is a good augmentation? Give an example, other than digits, where a mirror image
# would do harm. A few sentences; not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# A transformation is a good augmentation if it leaves the label right and gives an image that
# could occur when the network is used. The mirror image of a cat is a cat that a camera could
# see. The mirror image of a 2 is not a digit at all, and a 6 turned by 180 degrees is a 9: the
# network would learn from wrong labels. Text, road signs with arrows, and left and right hand are
# other examples.
#
# </details>

# %% [markdown]
# ## 9. Optional: lens distortion
#
# Not graded. The last entry in the slide's list, *lens distortions, … (go crazy)*, is no
# matrix any more, but all you need is `bilinear_sample` and a rule that says where each pixel comes from. A
# simple lens moves a point at distance $d$ from the middle (with $d = 1$ in the corners) outwards
# or inwards: it comes from distance $d\,(1 + k\,d^2)$ in the same direction. Positive $k$ gives
# barrel distortion, negative $k$ pincushion distortion.


# %% nbgrader={"grade": false, "grade_id": "lens_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lens(image, k):
    """The image as a lens with distortion `k` shows it, of the same shape."""
    ### BEGIN SOLUTION
    height, width = image.shape[:2]
    rows, columns = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    down, across = rows - (height - 1) / 2, columns - (width - 1) / 2
    squared = (down**2 + across**2) / ((height - 1) ** 2 + (width - 1) ** 2) * 4
    factor = 1 + k * squared
    return bilinear_sample(
        image, (height - 1) / 2 + down * factor, (width - 1) / 2 + across * factor
    )
    ### END SOLUTION


# %% tags=["display"]
try:
    picture = resize(china, 240, 360)
    figure = plots.image_grid(
        [lens(picture, k) for k in (-0.25, 0, 0.4)],
        captions=["k = −0.25 (cushion)", "k = 0", "k = 0.4 (barrel)"],
        title="A photograph through three lenses",
        cell_inches=3.5,
    )
except NotImplementedError:
    figure = None
    print("lens is not written yet: this part is optional.")
figure
