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
# # Optimization
#
# A network knows nothing until something changes its weights. In this notebook you write what
# changes them: plain gradient descent, momentum, weight decay, step decay, AdaGrad, RMSProp and
# Adam, first as small functions on arrays and at the end as an optimizer that Keras trains with.
# On the way you repair three slips of the slides, each of which would ruin a training, and you
# learn the three tests that experienced people run before they train anything for long.
#
# It takes about three hours. After each task stands a `check(...)` cell; run it as often as you
# like. The finished optimizers of Keras are blocked in the checks: they are what you write.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, data, plots, training
from course_lib.gradients import numerical_gradient, relative_error

import keras
import numpy as np
from IPython.display import display

# %% [markdown]
# ## 1. The loss, and a gradient that is only nearly right
#
# The network of this part is the smallest there is: one linear layer. For an image $x$ with the
# class $y$ it computes one score for each class and from them probabilities,
#
# $$s = x W + b, \qquad p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}, \qquad
#   L = -\log p_y$$
#
# The gradient of $L$ with respect to the scores is short: $\partial L / \partial s = p - e_y$,
# where $e_y$ is 1 at the true class and 0 elsewhere.
#
# The slides add this loss up over all examples (*Convolutional Neural Network*, Loss function; the
# sum there starts at $i = 0$ and ends at $|\mathcal{D}|$, one term more than there are examples).
# That takes too long for a single step. So one draws a *minibatch* $B$ and takes the **mean** over
# it (*Convolutional Neural Network*, Minibatch stochastic gradient descent):
#
# $$L_B = \frac{1}{|B|} \sum_{(x, y) \in B} L(x, y)$$
#
# Scores of a few hundred are not rare when a training goes wrong, and $e^{800}$ is infinite for a
# computer. Subtract the largest score of each image first: the probabilities stay the same.


# %% nbgrader={"grade": false, "grade_id": "minibatch_loss_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatch_loss(weights, bias, images, labels):
    """Mean loss of a linear layer with softmax on a minibatch, and its gradients.

    Args:
        weights: `(features, classes)`.
        bias: `(classes,)`.
        images: `(batch, features)`, every image as one row.
        labels: class numbers `(batch,)`.

    Returns:
        `(loss, d_weights, d_bias)`: a number, and two arrays like `weights` and `bias`.
    """
    ### BEGIN SOLUTION
    scores = images @ weights + bias
    scores = scores - scores.max(axis=1, keepdims=True)
    log_probabilities = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    loss = -np.mean(log_probabilities[rows, labels])
    d_scores = np.exp(log_probabilities)
    d_scores[rows, labels] -= 1
    d_scores /= len(labels)
    return loss, images.T @ d_scores, d_scores.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "minibatch_loss", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("minibatch_loss", minibatch_loss)

# %% [markdown]
# A gradient can always be checked without any theory: move one weight a little to both sides and
# see what the loss does. Do this whenever you write a backward pass.

# %% tags=["display"]
mnist = data.load("mnist")
digits = mnist.train.images.reshape(len(mnist.train), -1).astype("float64")  # (3500, 784)
classes = mnist.train.labels

rng = np.random.default_rng(0)
weights, bias = rng.normal(size=(6, 4)), rng.normal(size=4)
images, labels = rng.normal(size=(5, 6)), rng.integers(0, 4, size=5)
_, d_weights, d_bias = minibatch_loss(weights, bias, images, labels)

numerical_d_weights = numerical_gradient(
    lambda w: minibatch_loss(w, bias, images, labels)[0], weights
)
numerical_d_bias = numerical_gradient(lambda b: minibatch_loss(weights, b, images, labels)[0], bias)
print(f"d_weights: relative error {relative_error(d_weights, numerical_d_weights):.1e}")
print(f"d_bias:    relative error {relative_error(d_bias, numerical_d_bias):.1e}")

# %% [markdown]
# ### What must the first loss be?
#
# Before the first step a network knows nothing. All classes are then equally likely, and the loss
# is $-\log \frac{1}{C} = \log C$ for $C$ classes. Work it out for the ten digits and for the 1000
# classes of ImageNet, before you run the cell below. It is the cheapest test of all: if the first
# loss that your program prints is far from this number, stop it and look for the mistake.

# %%
# Not graded. Write your two predictions in place of None:
start_loss = {"digits": None, "imagenet": None}

# %% tags=["display"]
scales = np.array([0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1])
direction = np.random.default_rng(0).normal(size=(784, 10))
start_losses = [minibatch_loss(s * direction, np.zeros(10), digits, classes)[0] for s in scales]
print(f"the digits: your prediction {start_loss['digits']}, measured {start_losses[0]:.3f}")

batch_sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256]
_, whole_gradient, _ = minibatch_loss(np.zeros((784, 10)), np.zeros(10), digits, classes)
variances = []
for batch_size in batch_sizes:
    errors = []
    for _ in range(60):
        rows = rng.choice(len(digits), size=batch_size)
        gradient = minibatch_loss(np.zeros((784, 10)), np.zeros(10), digits[rows], classes[rows])[1]
        errors.append(np.sum((gradient - whole_gradient) ** 2))
    variances.append(np.mean(errors))

with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(10, 3.8))
    left, right = axes[0]
    left.plot(scales, start_losses, "o-")
    left.axhline(np.log(10), color=plots.COLOURS[1], linestyle="--", label="log 10 = 2.303")
    left.set_xlabel("standard deviation of the first weights")
    left.set_ylabel("loss (nats)")
    left.set_title("Sure and wrong: the loss before the first step")
    left.legend()
    right.loglog(batch_sizes, variances, "o", label="measured, 60 minibatches each")
    right.loglog(
        batch_sizes, variances[0] / np.array(batch_sizes), "--", label="first value / $|B|$"
    )
    right.axhline(
        np.sum(whole_gradient**2), color="grey", linestyle=":", label="squared length of the truth"
    )
    right.set_xticks([1, 4, 16, 64, 256], labels=["1", "4", "16", "64", "256"])
    right.minorticks_off()
    right.set_xlabel("minibatch size $|B|$ (images)")
    right.set_ylabel("variance of the gradient (summed)")
    right.set_title("Four times the images, a quarter of the variance")
    right.legend()
figure

# %% [markdown]
# It is $\log 10 = 2.303$ for the digits, and $\log 1000 = 6.908$ for ImageNet.
#
# On the left, weights that are too large make a network that is *sure* of nonsense, and its first
# steps only serve to make it humble again. On the right is the claim of the slide: a minibatch has
# the right gradient on average, with a variance inversely proportional to its size. Below about
# sixty images the noise is larger than the gradient itself, and the training works all the same:
# errors of many steps cancel.

# %% [markdown]
# ## 2. One step, with weight decay
#
# Stochastic gradient descent takes a step against the gradient, $w \leftarrow w - \lambda g$, with
# the learning rate $\lambda$ (*Convolutional Neural Network*, Stochastic gradient descent).
#
# Weight decay pulls every weight towards zero in addition, so that none grows without need. The
# slide (*Convolutional Neural Network*, Weight decay) says to add $-a\,w$ to the gradient, and that
# this is L2 regularization. But the gradient is *subtracted*: adding $-a\,w$ to it would let the
# weights grow. The L2 term $\frac{a}{2} \lVert w \rVert^2$ has the gradient $+a\,w$, and so the step is
#
# $$w \leftarrow w - \lambda\,(g + a\,w)$$


# %% nbgrader={"grade": false, "grade_id": "sgd_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    """One step of gradient descent.

    Args:
        w: weights, an array of any shape. It must not be changed.
        gradient: of the loss, in the same shape.
        learning_rate: λ.
        weight_decay: a.

    Returns:
        The new weights, a new array.
    """
    ### BEGIN SOLUTION
    return w - learning_rate * (gradient + weight_decay * w)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sgd_step", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("sgd_step", sgd_step)

# %% [markdown]
# Without any gradient a weight shrinks by the factor $1 - \lambda a$ at each step. For AlexNet
# ($\lambda = 10^{-2}$, $a = 5 \cdot 10^{-4}$) this is 0.999995, which looks like nothing.

# %% tags=["display"]
w, steps = np.array([1.0]), 0
while w[0] > 0.5:
    w, steps = sgd_step(w, np.zeros(1), learning_rate=1e-2, weight_decay=5e-4), steps + 1
steps_in_an_epoch = np.ceil(1.2e6 / 128)  # 1.2 million images in minibatches of 128
print(f"A weight with no other gradient is halved after {steps:,} steps,")
print(f"that is, after {steps / steps_in_an_epoch:.1f} epochs of AlexNet's training.")

# %% [markdown]
# ## 3. Momentum
#
# Gradients of minibatches are noisy, so average them (*Convolutional Neural Network*, Momentum).
# With a number $\mu$ between 0 and 1 the slide prints
#
# $$p \leftarrow (1 - \mu)\, p - \mu\, g \qquad\qquad w \leftarrow w - \lambda\, p$$
#
# ### Predict before you run
#
# Take the simplest loss, $L = w^2/2$, whose gradient is $g = w$. Start at $w = 1$ with $p = 0$,
# $\mu = 0.1$ and $\lambda = 0.1$, and do the first two steps **exactly as printed**, with pencil
# and paper. The lowest point is at $w = 0$. Which way do you go? Then decide which of these changes
# would, each on its own, turn the recipe into one that goes down:
#
# 1. the second line becomes $w \leftarrow w + \lambda\, p$;
# 2. the first line becomes $p \leftarrow (1 - \mu)\, p + \mu\, g$;
# 3. $\mu$ and $1 - \mu$ change places in the first line;
# 4. both 1 and 2.

# %% nbgrader={"grade": false, "grade_id": "printed_momentum_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write w after the first and after the second step, with four decimals, and the numbers of all the
# changes that repair the recipe, in increasing order:
# printed_momentum = {"w_1": ..., "w_2": ..., "repairs": [...]}
### BEGIN SOLUTION
printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2]}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "printed_momentum", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("printed_momentum", printed_momentum)

# %% [markdown]
# ### The average, repaired
#
# Now write the recipe so that $p$ is what the slide calls it, an *exponential average* of the
# gradients: with the sign of a gradient, $\mu$ as the weight of the newest one, and the new $p$
# used in the step.


# %% nbgrader={"grade": false, "grade_id": "averaged_momentum_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    """One step along the exponential average of all gradients so far.

    Args:
        w: weights. They must not be changed; neither must `p`.
        p: the average before this step, zeros at the start.
        gradient: of the loss.
        learning_rate: λ.
        mu: weight of this gradient in the average, from 0 to 1.

    Returns:
        `(w, p)`, the new weights and the new average.
    """
    ### BEGIN SOLUTION
    p = (1 - mu) * p + mu * gradient
    return w - learning_rate * p, p
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "averaged_momentum_step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("averaged_momentum_step", averaged_momentum_step)


# %% tags=["display"]
def printed_momentum_step(w, p, gradient, learning_rate, mu):
    """The recipe exactly as the slide prints it."""
    p = (1 - mu) * p - mu * gradient
    return w - learning_rate * p, p


paths = {}
for name, step in [
    ("as printed", printed_momentum_step),
    ("repaired", averaged_momentum_step),
]:
    w, p = 1.0, 0.0
    paths[name] = [w]
    for _ in range(50):
        w, p = step(w, p, w, learning_rate=0.1, mu=0.1)  # the gradient of w²/2 is w
        paths[name].append(w)
    print(f"{name}: w = {w:.2f} after 50 steps")

with plots.style():
    figure, axes = plots.new_figure(figsize=(7, 3.6))
    for name, path in paths.items():
        axes[0, 0].plot(path, "o-", markersize=3, label=name)
    axes[0, 0].axhline(0, color="grey", linestyle="--", label="the lowest point")
    axes[0, 0].set_yscale("symlog", linthresh=1)
    axes[0, 0].set_yticks([0, 0.5, 1, 2, 5, 10, 20], labels=["0", "0.5", "1", "2", "5", "10", "20"])
    axes[0, 0].minorticks_off()
    axes[0, 0].set_xlabel("step")
    axes[0, 0].set_ylabel("$w$ (logarithmic above 1)")
    axes[0, 0].set_title("Two minus signs make a plus: the printed recipe climbs")
    axes[0, 0].legend()
figure

# %% [markdown]
# ### The usual form
#
# The slide on AlexNet has the signs right (*CNN Benchmark Models*, AlexNet (2/3)): with a *velocity* $v$,
#
# $$v \leftarrow m\, v - \lambda\, (g + a\,w) \qquad\qquad w \leftarrow w + v$$
#
# This is what Keras and nearly every paper use, with $m = 0.9$. Weight decay joins the gradient
# here, as the slide says: *combine gradient with momentum and weight decay* (*Convolutional Neural
# Network*, Convolutional network training). Note the difference from the average: the gradient
# is no longer multiplied by $1 - m$. While the gradient stays the same, the velocity grows until
# $v = m v - \lambda g$, that is to
#
# $$v = -\frac{\lambda}{1 - m}\, g$$
#
# so that $m = 0.9$ makes steps **ten times** as long as $\lambda$ says. (The `weight_decay` argument
# of the Keras optimizers means something else: there the decay does not pass through the velocity.)


# %% nbgrader={"grade": false, "grade_id": "momentum_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum_step(w, velocity, gradient, learning_rate, momentum=0.9, weight_decay=0.0):
    """One step of gradient descent with momentum; the decay is added to the gradient.

    Args:
        w: weights. They must not be changed; neither must `velocity`.
        velocity: v before this step, zeros at the start.
        gradient: of the loss.
        learning_rate: λ.
        momentum: m.
        weight_decay: a.

    Returns:
        `(w, velocity)`, both new.
    """
    ### BEGIN SOLUTION
    velocity = momentum * velocity - learning_rate * (gradient + weight_decay * w)
    return w + velocity, velocity
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "momentum_step", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("momentum_step", momentum_step)

# %% [markdown]
# ### A ravine
#
# Here is where momentum shines: a valley that is steep across and nearly flat along its floor,
# $f(x, y) = \frac{1}{2}(x^2 + 40\,y^2)$. A learning rate that is safe for the steep direction
# (below $2/40$) creeps along the flat one. Which of the three paths will reach the lowest point
# first?


# %% tags=["display"]
def ravine(w):
    """Height of the valley at the points `(..., 2)`."""
    return 0.5 * (w[..., 0] ** 2 + 40 * w[..., 1] ** 2)


def ravine_gradient(w):
    """Its gradient at one point."""
    return w * np.array([1.0, 40.0])


def descend(rule, memories, start, gradient_of, steps, measure=np.copy, every=1):
    """Follow a rule from `start`.

    Args:
        rule: called as `rule(w, *memory, gradient, t)`, returns the new `(w, *memory)`.
        memories: how many arrays it keeps from step to step; they start as zeros.
        start: the first weights.
        gradient_of: the gradient at given weights.
        steps: how many.
        measure: what to write down of the weights; by default the weights themselves.
        every: steps from one measurement to the next.

    Returns:
        The measurements, the first of them at the start.
    """
    w, memory = start, [np.zeros_like(start) for _ in range(memories)]
    path = [measure(w)]
    for t in range(1, steps + 1):
        w, *memory = rule(w, *memory, gradient_of(w), t)
        if t % every == 0:
            path.append(measure(w))
    return np.array(path)


def draw_ravine(axes, paths, height, limits, title):
    """Contours of `height` with the given paths on them."""
    xs, ys = np.meshgrid(np.linspace(*limits[0], 200), np.linspace(*limits[1], 200))
    values = height(np.stack([xs, ys], axis=-1))
    axes.contourf(xs, ys, np.sqrt(values), levels=14, cmap="Greys", alpha=0.5)
    for name, path in paths.items():
        axes.plot(*path.T, ".-", markersize=4, linewidth=1.2, label=name)
    axes.plot(0, 0, "*", color="black", markersize=12, label="lowest point")
    axes.set_xlim(limits[0])
    axes.set_ylim(limits[1])
    axes.grid(False)
    axes.set_xlabel("$x$ (flat direction)")
    axes.set_ylabel("$y$ (steep direction)")
    axes.set_title(title)


START = np.array([-9.0, 1.0])
two_rules = {
    "SGD, λ = 0.02": (0, lambda w, g, t: (sgd_step(w, g, 0.02),)),
    "SGD, λ = 0.048": (0, lambda w, g, t: (sgd_step(w, g, 0.048),)),
    "momentum 0.8, λ = 0.02": (1, lambda w, v, g, t: momentum_step(w, v, g, 0.02, 0.8)),
}
paths = {
    name: descend(rule, memories, START, ravine_gradient, 60)
    for name, (memories, rule) in two_rules.items()
}

with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(11.5, 4), width_ratios=(1.5, 1))
    draw_ravine(
        axes[0, 0], paths, ravine, ((-9.5, 3.5), (-1.3, 1.3)), "Sixty steps through a ravine"
    )
    axes[0, 0].legend(loc="upper right", fontsize=8, frameon=True)
    for name, path in paths.items():
        axes[0, 1].semilogy(ravine(path), label=name)
    axes[0, 1].set_xlabel("step")
    axes[0, 1].set_ylabel("height above the lowest point")
    axes[0, 1].set_title("How fast they get down")
figure

# %% [markdown]
# The large learning rate of plain descent is wasted on jumping from wall to wall. In momentum's
# velocity the jumps cancel, because their signs alternate, and the small but steady push along the
# floor adds up: up to five times the push, for $m = 0.8$.

# %% [markdown]
# ## 4. The learning rate goes down
#
# A large rate is faster at first and bounces around at the end, because the gradients are noisy.
# So it must decrease over time, usually in steps (*Convolutional Neural Network*, Learning rate
# decay). Every network of the slides that you will build has such a recipe:
#
# | network | minibatch | momentum | first rate | weight decay | the rate falls |
# |---|---|---|---|---|---|
# | AlexNet (*Lecture 9*, Case Study: AlexNet) | 128 | 0.9 | 0.01 | 5e-4 | ÷ 10 when the validation accuracy stops improving |
# | VGG (*CNN Benchmark Models*, VGG (3/4)) | 256 | 0.9 | 0.01 | 5e-4 | the same, three times |
# | GoogLeNet (Szegedy et al., 2015; not on the slides) | | 0.9 | | | by 4 % every 8 epochs |
# | ResNet (*Lecture 9*, Case Study: ResNet) | 256 | 0.9 | 0.1 | 1e-4 | ÷ 10 when the validation error stops improving |
#
# (For ResNet the slide prints a weight decay of 1e-5; the paper, He et al., 2015, has 1e-4.) When a
# trained network is only adapted to a new task, a tenth of the original rate is a good start
# (*Lecture 9*, Transfer Learning with CNNs).
#
# ### By the calendar
#
# GoogLeNet's recipe is a staircase. Epochs are counted from 0; every $E$ epochs the rate is
# multiplied by a factor $f$ ($f = 0.96$ takes away 4 %):
#
# $$\lambda(e) = \lambda_0\, f^{\lfloor e / E \rfloor}$$


# %% nbgrader={"grade": false, "grade_id": "step_decay_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_decay(epoch, initial_rate, factor, every):
    """The learning rate of an epoch that falls in steps.

    Args:
        epoch: number of the epoch, the first one is 0.
        initial_rate: λ₀, the rate of the epochs from 0 to `every - 1`.
        factor: what remains of the rate at each step down, e.g. 0.96.
        every: epochs from one step down to the next.
    """
    ### BEGIN SOLUTION
    return initial_rate * factor ** (epoch // every)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "step_decay", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("step_decay", step_decay)

# %% [markdown]
# ### When it stops improving
#
# The other three recipes watch the error on the validation images. Make it exact:
#
# - An error is *better* if it is lower than every error before it. An equal one is not better.
# - When `patience` epochs in a row have brought nothing better, the rate is divided by 10, from the
#   **next** epoch on, and the count of these epochs starts again at zero.
# - The best error so far is kept when the rate falls.


# %% nbgrader={"grade": false, "grade_id": "plateau_rates_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def plateau_rates(errors, initial_rate, patience, divide_by=10.0):
    """The learning rates of a training whose rate falls when the error stops falling.

    Args:
        errors: validation error after each epoch.
        initial_rate: rate of the first epoch.
        patience: epochs without a better error after which the rate falls.
        divide_by: how far it falls.

    Returns:
        The rate that each epoch is trained with, as many as there are errors. It can only depend
        on the errors of earlier epochs.
    """
    ### BEGIN SOLUTION
    rates = []
    rate, best, waited = initial_rate, np.inf, 0
    for error in errors:
        rates.append(rate)
        if error < best:
            best, waited = error, 0
        else:
            waited += 1
        if waited == patience:
            rate, waited = rate / divide_by, 0
    return rates
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "plateau_rates", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("plateau_rates", plateau_rates)

# %% [markdown]
# Look at both kinds of recipe, and at why the rate must fall at all: your `momentum_step` learns
# the digits with a large rate, with a small one, and with the large one that becomes the small one
# after eight epochs.

# %% tags=["display"]
EPOCHS, BATCH = 14, 50
STEPS_PER_EPOCH = len(digits) // BATCH


def batches_of_digits(seed=0):
    """The gradient at given weights, on the next minibatch; weights and bias in one array."""
    order = np.random.default_rng(seed)
    queue = []

    def gradient_of(w):
        if not queue:
            queue.extend(order.permutation(len(digits)).reshape(-1, BATCH))
        rows = queue.pop()
        _, d_weights, d_bias = minibatch_loss(w[:-1], w[-1], digits[rows], classes[rows])
        return np.vstack([d_weights, d_bias])

    return gradient_of


def loss_of(w):
    """Loss on the first thousand training digits."""
    return minibatch_loss(w[:-1], w[-1], digits[:1000], classes[:1000])[0]


ZERO_WEIGHTS = np.zeros((785, 10))
schedules = {
    "λ = 0.4": lambda epoch: 0.4,
    "λ = 0.04": lambda epoch: 0.04,
    "0.4, after 8 epochs 0.04": lambda epoch: step_decay(epoch, 0.4, 0.1, 8),
}
curves = {
    name: descend(
        lambda w, v, g, t, rate_of=rate_of: momentum_step(
            w, v, g, rate_of((t - 1) // STEPS_PER_EPOCH)
        ),
        1,
        ZERO_WEIGHTS,
        batches_of_digits(),
        EPOCHS * STEPS_PER_EPOCH,
        measure=loss_of,
        every=STEPS_PER_EPOCH // 5,
    )
    for name, rate_of in schedules.items()
}

# An error as it might be: each time the rate falls, so does the error, and then it stays.
epochs = np.arange(58)
falls = [(0, 0.40), (21, 0.14), (39, 0.05)]
error = 0.2 + sum(
    depth * np.where(epochs < first, 1, np.exp(-np.maximum(epochs - first, 0) / 3))
    for first, depth in falls
)
recipes = {
    "÷ 10 after 6 epochs without a better error": plateau_rates(np.round(error, 2), 0.01, 6),
    "÷ 10 every 25 epochs": [step_decay(epoch, 0.01, 0.1, 25) for epoch in epochs],
    "4 % less every 8 epochs": [step_decay(epoch, 0.01, 0.96, 8) for epoch in epochs],
}
with plots.style():
    figure, axes = plots.new_figure(1, 3, figsize=(14, 3.9))
    left, middle, right = axes[0]
    left.plot(epochs, error, color="black")
    left.set_ylim(0, None)
    left.set_xlabel("epoch")
    left.set_ylabel("validation error")
    left.set_title("An error that stops falling (invented)")
    for (name, rates), dashes in zip(recipes.items(), ("-", "--", ":"), strict=True):
        middle.step(epochs, rates, dashes, where="post", label=name)
    middle.set_yscale("log")
    middle.set_ylim(3e-6, 0.3)
    middle.set_xlabel("epoch")
    middle.set_ylabel("learning rate")
    middle.set_title("Three recipes that start at 0.01")
    middle.legend(fontsize=8, loc="upper right")
    for name, curve in curves.items():
        right.semilogy(np.arange(len(curve)) / 5, curve, label=name, linewidth=1.4)
    right.set_yticks([0.05, 0.1, 0.2, 0.5, 1, 2], labels=["0.05", "0.1", "0.2", "0.5", "1", "2"])
    right.minorticks_off()
    right.set_xlabel("epoch")
    right.set_ylabel("loss on 1,000 training digits (nats)")
    right.set_title("Digits: fast at first, calm at the end")
    right.legend(fontsize=8)
figure

# %% [markdown]
# The large rate is fast and then bounces. The small one is calm and slow. With the step down you get the best of both.

# %% [markdown]
# ## 5. A rate for each weight
#
# In the ravine one rate had to serve a steep and a flat direction. AdaGrad and RMSProp (the slide
# on Adam names them) keep, for every single weight, a memory $s$ of its squared gradients, and
# divide by its root, so that each weight gets a rate of its own. AdaGrad **adds up**:
#
# $$s \leftarrow s + g^2 \qquad\qquad w \leftarrow w - \lambda\, \frac{g}{\sqrt{s} + \epsilon}$$
#
# All operations are element by element. The small $\epsilon$ keeps the division away from 0/0. As
# on the slide it stands **outside** the root; the AdaGrad and RMSprop of Keras put it inside.


# %% nbgrader={"grade": false, "grade_id": "adagrad_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    """One step of AdaGrad.

    Args:
        w: weights. They must not be changed; neither must `squares`.
        squares: s before this step, zeros at the start.
        gradient: of the loss.
        learning_rate: λ.
        epsilon: ε, outside the root.

    Returns:
        `(w, squares)`, both new.
    """
    ### BEGIN SOLUTION
    squares = squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adagrad_step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("adagrad_step", adagrad_step)

# %% [markdown]
# A sum of squares only grows, so AdaGrad slows down for ever. RMSProp takes an exponential
# **average** instead and forgets what is long past:
#
# $$s \leftarrow \rho\, s + (1 - \rho)\, g^2 \qquad\qquad
#   w \leftarrow w - \lambda\, \frac{g}{\sqrt{s} + \epsilon}$$


# %% nbgrader={"grade": false, "grade_id": "rmsprop_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    """One step of RMSProp.

    Args:
        w: weights. They must not be changed; neither must `squares`.
        squares: s before this step, zeros at the start.
        gradient: of the loss.
        learning_rate: λ.
        rho: ρ, the part of the average that is kept.
        epsilon: ε, outside the root.

    Returns:
        `(w, squares)`, both new.
    """
    ### BEGIN SOLUTION
    squares = rho * squares + (1 - rho) * gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rmsprop_step", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("rmsprop_step", rmsprop_step)

# %% [markdown]
# ## 6. Adam
#
# Adam is both at once: the direction is an average of gradients (momentum), the length is divided
# by the root of an average of squares (RMSProp). This is the listing of the slide (*Convolutional
# Neural Network*, Optimization: Adam), exactly as printed:
#
# ```
# first_moment = 0
# second_moment = 0
# for t in range(1, num_iterations):
#     dx = compute_gradient(x)
#     first_moment = beta1 * first_moment + (1 - beta1) * dx
#     second_moment = beta2 * second_moment + (1 - beta2) * dx * dx
#     first_unbias = first_moment / (1 - beta1 ** t)
#     second_unbias = second_moment / (1 - beta2 ** t)
#     x -= learning_rate * first_unbias / (np.sqrt(second_unbias) + 1e-7))
# ```
#
# Python refuses the last line: one parenthesis has no partner. Take the right one away, or the
# $\epsilon$ of $10^{-7}$ ends up where it does not belong. And note that $t$ starts at **1**: at the
# first step $1 - \beta_1^t$ turns $(1 - \beta_1)\, g$ back into $g$, and $1 - \beta_2^t$ turns
# $(1 - \beta_2)\, g^2$ into $g^2$. So the first step is $\lambda$ times the *sign* of the gradient,
# however large that is.


# %% nbgrader={"grade": false, "grade_id": "adam_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def adam_step(
    w,
    first_moment,
    second_moment,
    gradient,
    t,
    learning_rate=1e-3,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-7,
):
    """One step of Adam with bias correction.

    Args:
        w: weights. They must not be changed; neither must the moments.
        first_moment, second_moment: averages before this step, zeros at the start.
        gradient: of the loss.
        t: number of this step, the first one is 1.
        learning_rate, beta1, beta2, epsilon: as on the slide.

    Returns:
        `(w, first_moment, second_moment)`, all new; the moments as they are before the correction,
        because the next step goes on from them.
    """
    ### BEGIN SOLUTION
    first_moment = beta1 * first_moment + (1 - beta1) * gradient
    second_moment = beta2 * second_moment + (1 - beta2) * gradient**2
    first_unbias = first_moment / (1 - beta1**t)
    second_unbias = second_moment / (1 - beta2**t)
    w = w - learning_rate * first_unbias / (np.sqrt(second_unbias) + epsilon)
    return w, first_moment, second_moment
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adam_step", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("adam_step", adam_step)

# %% [markdown]
# What would happen without the correction? Let the gradient be 1 at every step. Both averages start
# at zero and creep towards 1, but the second one creeps a hundred times more slowly, and we divide
# by its root.

# %% tags=["display"]
times = np.arange(1, 5001)
first, second = 1 - 0.9**times, 1 - 0.999**times

w = first_moment = second_moment = np.zeros(1)
corrected = []
for t in times:
    before = w
    w, first_moment, second_moment = adam_step(
        w, first_moment, second_moment, np.ones(1), t, learning_rate=1.0
    )
    corrected.append(before[0] - w[0])

with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(11, 3.8))
    left, right = axes[0]
    left.semilogx(times, first, label=r"first moment, $\beta_1 = 0.9$")
    left.semilogx(times, second, label=r"second moment, $\beta_2 = 0.999$")
    left.axhline(1, color="grey", linestyle="--", label="what they estimate")
    left.set_xlabel("step $t$")
    left.set_ylabel("estimate, not corrected")
    left.set_title("Averages that start at zero are too small")
    left.legend(fontsize=8)
    right.semilogx(times, first / np.sqrt(second), label="without correction")
    right.semilogx(times, corrected, label="with correction (yours)")
    right.set_ylim(0, None)
    right.set_xlabel("step $t$")
    right.set_ylabel("length of the step / learning rate")
    right.set_title("Without correction the first steps are far too long")
    right.legend(fontsize=8)
figure

# %% [markdown]
# Now all five, in the ravine and on the digits, each with a rate that suits it.

# %% tags=["display"]
RULES = {
    "SGD": (0, lambda w, g, t, rate: (sgd_step(w, g, rate),)),
    "momentum": (1, lambda w, v, g, t, rate: momentum_step(w, v, g, rate)),
    "AdaGrad": (1, lambda w, s, g, t, rate: adagrad_step(w, s, g, rate)),
    "RMSProp": (1, lambda w, s, g, t, rate: rmsprop_step(w, s, g, rate)),
    "Adam": (2, lambda w, m, s, g, t, rate: adam_step(w, m, s, g, t, rate)),
}
RAVINE_RATES = {"SGD": 0.045, "momentum": 0.01, "AdaGrad": 2.0, "RMSProp": 0.3, "Adam": 0.5}
DIGIT_RATES = {"SGD": 0.5, "momentum": 0.05, "AdaGrad": 0.1, "RMSProp": 0.01, "Adam": 0.01}


def follow(name, rate, start, gradient_of, steps, **options):
    """What `descend` finds with one of the five rules."""
    memories, rule = RULES[name]
    return descend(
        lambda w, *rest: rule(w, *rest, rate), memories, start, gradient_of, steps, **options
    )


paths = {
    f"{name}, λ = {rate:g}": follow(name, rate, START, ravine_gradient, 60)
    for name, rate in RAVINE_RATES.items()
}
digit_curves = {
    f"{name}, λ = {rate:g}": follow(
        name,
        rate,
        ZERO_WEIGHTS,
        batches_of_digits(),
        4 * STEPS_PER_EPOCH,
        measure=loss_of,
        every=STEPS_PER_EPOCH // 10,
    )
    for name, rate in DIGIT_RATES.items()
}

with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(12, 4.4), width_ratios=(1.5, 1))
    draw_ravine(
        axes[0, 0], paths, ravine, ((-9.5, 4.5), (-1.5, 1.5)), "Five optimizers in the ravine"
    )
    axes[0, 0].legend(fontsize=8, loc="upper right", frameon=True)
    for name, curve in digit_curves.items():
        axes[0, 1].semilogy(np.arange(len(curve)) / 10, curve, label=name)
    axes[0, 1].set_yticks([0.2, 0.5, 1, 2], labels=["0.2", "0.5", "1", "2"])
    axes[0, 1].minorticks_off()
    axes[0, 1].set_xlabel("epoch")
    axes[0, 1].set_ylabel("loss on 1,000 training digits (nats)")
    axes[0, 1].set_title("The same five on the digits")
    axes[0, 1].legend(fontsize=8)
figure

# %% [markdown]
# The three that rescale make a first step of the same size in $x$ and in $y$, however different the
# slopes are. On a problem as tame as the linear layer all five are good. Adam with
# $\beta_1 = 0.9$, $\beta_2 = 0.999$ and a rate of 1e-3 or 5e-4 "is a great starting point for many
# models" (same slide), while most of the recipes in the table above still use momentum.
#
# ### Why?
#
# Multiply the loss by 100, say because you forgot to divide by the batch size. Which of the five
# optimizers would hardly notice, which would fail with the same learning rate, and why? Answer in
# two or three sentences; nobody grades them.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# AdaGrad, RMSProp and Adam divide by the root of the squared gradients, which grows by the same
# factor of 100, so their steps stay the same (epsilon matters even less). The steps of SGD and
# momentum are proportional to the gradient: they become 100 times as long, and the training
# diverges unless the learning rate is divided by 100.
#
# </details>

# %% [markdown]
# ## 7. Your optimizer, in Keras
#
# To train a network with your own rule, write it as a class. Here is momentum as an example. Read
# its four methods:
#
# - `__init__` hands the learning rate to Keras and keeps the other settings;
# - `build` is called once, with all variables of the network; it makes the memory, **one array for
#   each variable** (as a variable of Keras, so that it survives compilation and saving);
# - `update_step` changes one variable, by `self.assign` and its relatives. The step runs compiled,
#   so use `keras.ops`. `self.iterations` counts the finished steps: it is 0 during the first one;
# - `get_config` lists the settings, so that Keras can make the optimizer again.


# %%
class SlideMomentum(keras.optimizers.Optimizer):
    """`momentum_step` without weight decay, for Keras."""

    def __init__(self, learning_rate=0.01, momentum=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.velocities = [self.add_variable_from_reference(v, "velocity") for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        rate = keras.ops.cast(learning_rate, variable.dtype)
        velocity = self.velocities[self._get_variable_index(variable)]
        self.assign(velocity, self.momentum * velocity - rate * gradient)
        self.assign_add(variable, velocity)

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum}


# %% [markdown]
# Now write Adam in the same way, with the formulas of the slide: `adam_step`, spread over the
# four methods.


# %% nbgrader={"grade": false, "grade_id": "SlideAdam_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
class SlideAdam(keras.optimizers.Optimizer):
    """Adam as on the slide, for Keras.

    Args:
        learning_rate: λ.
        beta_1: kept part of the average of gradients.
        beta_2: kept part of the average of squared gradients.
        epsilon: added to the root of the corrected second moment.
    """

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **kwargs):
        ### BEGIN SOLUTION
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        ### END SOLUTION

    def build(self, variables):
        """Make two arrays of zeros for each variable."""
        ### BEGIN SOLUTION
        if self.built:
            return
        super().build(variables)
        self.first_moments = [self.add_variable_from_reference(v, "first") for v in variables]
        self.second_moments = [self.add_variable_from_reference(v, "second") for v in variables]
        ### END SOLUTION

    def update_step(self, gradient, variable, learning_rate):
        """Change one variable and its two moments."""
        ### BEGIN SOLUTION
        rate = keras.ops.cast(learning_rate, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, variable.dtype)
        index = self._get_variable_index(variable)
        first, second = self.first_moments[index], self.second_moments[index]
        self.assign(first, self.beta_1 * first + (1 - self.beta_1) * gradient)
        self.assign(second, self.beta_2 * second + (1 - self.beta_2) * gradient**2)
        first_unbias = first / (1 - self.beta_1**t)
        second_unbias = second / (1 - self.beta_2**t)
        self.assign_sub(
            variable, rate * first_unbias / (keras.ops.sqrt(second_unbias) + self.epsilon)
        )
        ### END SOLUTION

    def get_config(self):
        """The settings, for Keras to make this optimizer again."""
        ### BEGIN SOLUTION
        return super().get_config() | {
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
        }
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "SlideAdam", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("SlideAdam", SlideAdam)

# %% [markdown]
# ## 8. Before you train for long
#
# ### Overfit twenty images first
#
# A network that cannot learn twenty images by heart has a mistake in it, and no patience will cure
# it. The test takes seconds: the loss must start near $\log 10$ and fall to nearly zero. Below, your
# optimizer does it with a small convolutional network, once with the true labels and once with
# labels drawn at random. Which of the two will succeed?


# %% tags=["display"]
def build_network():
    """A small network for digits, compiled with your optimizer."""
    training.set_seed(0)
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 5, strides=2, activation="relu", name="conv1"),
            keras.layers.Conv2D(16, 3, strides=2, activation="relu", name="conv2"),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu", name="dense1"),
            keras.layers.Dense(10, activation="softmax", name="dense2"),
        ]
    )
    model.compile(SlideAdam(), "sparse_categorical_crossentropy")
    return model


def restart(model, weights, rate):
    """First weights, an empty memory and a learning rate."""
    model.set_weights(weights)
    for variable in model.optimizer.variables:
        variable.assign(keras.ops.zeros_like(variable))
    model.optimizer.learning_rate = rate


def train_step(model, images, labels):
    """One step; the loss before it."""
    model.reset_metrics()  # or Keras returns the mean over all steps so far
    return float(model.train_on_batch(images, labels))


network = build_network()
first_weights = network.get_weights()
twenty = mnist.train.take(20)
shuffled = np.random.default_rng(1).permutation(twenty.labels)

overfit_curves = {}
for name, targets in [("true labels", twenty.labels), ("labels drawn at random", shuffled)]:
    restart(network, first_weights, 5e-3)
    overfit_curves[name] = [train_step(network, twenty.images, targets) for _ in range(80)]
    learned = network.predict(twenty.images, batch_size=20, verbose=0).argmax(axis=1)
    print(f"{name}: {np.sum(learned == targets)} of 20 learned, ", end="")
    print(f"loss from {overfit_curves[name][0]:.2f} to {overfit_curves[name][-1]:.4f}")

with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(11, 3.8))
    left, right = axes[0]
    for name, curve in overfit_curves.items():
        left.semilogy(curve, label=name)
    left.axhline(np.log(10), color="grey", linestyle="--", label="log 10")
    left.set_xlabel("step")
    left.set_ylabel("loss on the twenty images (nats)")
    left.set_title("Twenty images by heart")
    left.legend(fontsize=8)
    sheet = np.full((4 * 30, 5 * 38), 1.0)
    for index, image in enumerate(twenty.images[:, :, :, 0]):
        top, start = 30 * (index // 5), 38 * (index % 5)
        sheet[top : top + 28, start : start + 28] = 1 - image
        right.text(start + 30, top + 9, str(learned[index]), color=plots.COLOURS[1], weight="bold")
    right.imshow(sheet, cmap="gray")
    right.set_axis_off()
    right.set_title("What it says after the second training")
figure

# %% [markdown]
# Both succeed: the network has far more weights than there are images, and memorizes nonsense
# nearly as fast as truth. So the test says that gradients and optimizer work. It does not say that
# the labels belong to the images: look at some of them, too.

# %% [markdown]
# ### Find the learning rate
#
# The *range test* takes one step with each of many rates, from one that is certainly too small to
# one that is certainly too large, and writes down the loss. Rates are compared by their *ratio*, so
# neighbouring rates should all have the same ratio, from exactly `low` to exactly `high`:
#
# $$\lambda_i = \text{low} \cdot \left(\frac{\text{high}}{\text{low}}\right)^{i / (n - 1)},
#   \qquad i = 0, \dots, n - 1$$


# %% nbgrader={"grade": false, "grade_id": "range_test_rates_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def range_test_rates(low, high, steps):
    """Learning rates for a range test.

    Args:
        low: the first rate.
        high: the last rate.
        steps: how many rates, both ends included.

    Returns:
        `(steps,)`, each rate the same multiple of the one before.
    """
    ### BEGIN SOLUTION
    return low * (high / low) ** (np.arange(steps) / (steps - 1))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "range_test_rates", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("range_test_rates", range_test_rates)

# %% [markdown]
# Which rate is best? Not the one at the lowest loss: there the training is just about to diverge.
# Take this rule:
#
# - The test ends at the first loss that is not below four times the *first* loss (NaN is not below
#   anything). It and all after it do not count, even if one of them is small by accident.
# - Of the losses before that, find the lowest.
# - Take **a tenth** of its rate, to be safe.


# %% nbgrader={"grade": false, "grade_id": "pick_rate_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pick_rate(rates, losses):
    """The learning rate that a range test recommends.

    Args:
        rates: the rates that were tried, increasing.
        losses: the loss at each of them; some may be NaN or infinite.

    Returns:
        A number: a tenth of the rate with the lowest loss before the training diverged.
    """
    ### BEGIN SOLUTION
    losses = np.asarray(losses)
    diverged = ~(losses < 4 * losses[0])
    end = np.argmax(diverged) if diverged.any() else len(losses)
    return rates[np.argmin(losses[:end])] / 10
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pick_rate", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("pick_rate", pick_rate)

# %% tags=["display"]
rates = range_test_rates(1e-5, 1.0, 100)
restart(network, first_weights, rates[0])
range_losses = []
for index, rate in enumerate(rates):
    network.optimizer.learning_rate = rate
    rows = slice(index * 32 % 3488, index * 32 % 3488 + 32)
    range_losses.append(train_step(network, mnist.train.images[rows], classes[rows]))
# Single minibatches are noisy: average each loss with its neighbours.
smooth = np.convolve(np.pad(range_losses, 3, mode="edge"), np.full(7, 1 / 7), mode="valid")
best_rate = pick_rate(rates, smooth)
print(f"picked learning rate: {best_rate:.1e}")

with plots.style():
    figure, axes = plots.new_figure(figsize=(7.5, 3.8))
    axes[0, 0].semilogx(rates, range_losses, ".", color="lightgrey", label="loss of one minibatch")
    axes[0, 0].semilogx(rates, smooth, label="average of seven")
    axes[0, 0].axvline(
        10 * best_rate, color="grey", linestyle=":", label=f"lowest average: {10 * best_rate:.1e}"
    )
    axes[0, 0].axvline(
        best_rate, color=plots.COLOURS[1], linestyle="--", label=f"picked: {best_rate:.1e}"
    )
    axes[0, 0].set_ylim(0, 6)
    axes[0, 0].set_xlabel("learning rate")
    axes[0, 0].set_ylabel("loss (nats)")
    axes[0, 0].set_title("Range test of Adam on the digits")
    axes[0, 0].legend(fontsize=8, loc="upper left")
figure

# %% [markdown]
# ### Is the rate right? Updates against weights
#
# During training, one number per layer tells you whether the rate fits: how large a step is,
# compared with the weights that it changes,
#
# $$\text{update-to-data ratio} = \frac{\operatorname{std}(w_\text{new} - w_\text{old})}{\operatorname{std}(w_\text{old})}$$
#
# In a long training about 1/1000 is a good sign, and the first steps of Adam may be ten times as
# large. Far above, the weights are thrown about; far below, nothing is learned. The cell measures
# the ratio with a rate that is too small, with the one that you picked, and with one that is too
# large.

# %% tags=["display"]
trials = {"a hundredth": best_rate / 100, "picked": best_rate, "fifty times": best_rate * 50}
kernels = [(layer.name, layer.kernel) for layer in network.layers if layer.weights]

with plots.style():
    figure, axes = plots.new_figure(1, 3, figsize=(12, 3.8), sharey=True)
    for panel, (trial, rate) in zip(axes[0], trials.items(), strict=True):
        restart(network, first_weights, rate)
        ratios = {layer: [] for layer, _ in kernels}
        losses = []
        for index in range(60):
            before = {name: keras.ops.convert_to_numpy(kernel).copy() for name, kernel in kernels}
            rows = slice(index * 32, index * 32 + 32)
            losses.append(train_step(network, mnist.train.images[rows], classes[rows]))
            for layer, kernel in kernels:
                update = keras.ops.convert_to_numpy(kernel) - before[layer]
                ratios[layer].append(np.std(update) / np.std(before[layer]))
        for layer, values in ratios.items():
            panel.semilogy(values, label=layer, linewidth=1.3)
        panel.axhline(1e-3, color="black", linestyle="--", linewidth=1)
        panel.set_xlabel("step")
        panel.set_title(f"{trial}: λ = {rate:.1e}\nlast ten losses {np.mean(losses[-10:]):.2f}")
    axes[0, 0].set_ylabel("update-to-data ratio")
    axes[0, 0].legend(fontsize=8, ncols=2, loc="upper right")
figure

# %% [markdown]
# On the right the first steps are larger than the weights themselves: the network is destroyed
# before it has learned anything, and its loss is back at $\log 10$. The falling ratio is no comfort;
# it falls because there is nothing left to learn from. A look at these curves in the first minute
# saves a night of training.

# %% [markdown]
# ## 9. Optional: turn the ravine
#
# Not graded. RMSProp and Adam know only the single weights, not the directions between them. Turn
# the ravine by 45°, so that it lies across both axes, and see which optimizers care.
# `turned_gradient` is the gradient of $f(R\,w)$, where $R$ is `ROTATION`; with the chain rule it is
# $R^\top \nabla f(R\,w)$.


# %% nbgrader={"grade": false, "grade_id": "turned_gradient_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
ROTATION = np.array([[1.0, 1.0], [-1.0, 1.0]]) / np.sqrt(2)


def turned_gradient(w):
    """Gradient of the turned ravine at the point `w`, `(2,)`."""
    ### BEGIN SOLUTION
    return ROTATION.T @ (np.array([1.0, 40.0]) * (ROTATION @ w))
    ### END SOLUTION


# %% tags=["display"]
try:
    turned_start = ROTATION.T @ START
    straight = {
        name: follow(name, rate, START, ravine_gradient, 100) for name, rate in RAVINE_RATES.items()
    }
    turned = {
        name: follow(name, rate, turned_start, turned_gradient, 100)
        for name, rate in RAVINE_RATES.items()
    }
    with plots.style():
        figure, axes = plots.new_figure(1, 2, figsize=(11, 4), sharey=True)
        for panel, runs, turn, title in [
            (axes[0, 0], straight, np.eye(2), "Ravine along an axis"),
            (axes[0, 1], turned, ROTATION, "The same ravine, turned by 45°"),
        ]:
            for name, path in runs.items():
                panel.semilogy(ravine(path @ turn.T), label=name)
            panel.set_ylim(1e-6, 1e3)
            panel.set_xlabel("step")
            panel.set_title(title)
        axes[0, 0].set_ylabel("height above the lowest point")
        axes[0, 1].legend(fontsize=8)
    display(figure)
except NotImplementedError:
    print("turned_gradient is not written yet: this part is optional.")

# %% [markdown]
# SGD and momentum do not see the turn at all: their curves are the same. AdaGrad loses its whole
# advantage: in the turned ravine both weights are steep, so there is nothing left to balance.
# (RMSProp never comes to rest in either: with a constant rate its steps do not get shorter.)
