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
# # Normalization
#
# You write batch normalization from the formula to a Keras layer that trains: forward, backward in
# two ways, running statistics, inference. Then its relatives (layer, instance, group, local
# response and decorrelated normalization), and you fold a trained layer away into the convolution
# before it. Pictures show what each of them does to real digits. Allow about three hours; running
# everything takes less than a minute.
#
# After each function stands a `check(...)` cell. Run it as often as you like: it tells you what is
# right, what is wrong, and usually why. Ready-made normalizations (`keras.layers.BatchNormalization`
# and its relatives) are blocked in the checks, and so are automatic and numerical gradients where
# you write a backward pass.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, data, gradients, plots, training

import keras
import numpy as np
from IPython.display import display

# %% [markdown]
# ## 1. Just make them so
#
# A layer $y = Wx$ is hard to train when its inputs are far from zero, or when one input is a
# hundred times larger than another: then one learning rate cannot suit all weights (*Lecture 7*,
# Batch Normalization). The idea of Ioffe and Szegedy: "you want zero-mean unit-variance activations?
# just make them so" (*Convolutional Neural Network*, Batch Normalization). For every feature $j$,
# over the $N$ examples of the batch:
#
# $$\mu_j = \frac{1}{N} \sum_{i=1}^{N} x_{i,j} \qquad
#   \sigma_j^2 = \frac{1}{N} \sum_{i=1}^{N} (x_{i,j} - \mu_j)^2 \qquad
#   \hat{x}_{i,j} = \frac{x_{i,j} - \mu_j}{\sqrt{\sigma_j^2 + \varepsilon}} \qquad
#   y_{i,j} = \gamma_j\, \hat{x}_{i,j} + \beta_j$$
#
# Three things to notice. The variance divides by $N$, not by $N - 1$. The small $\varepsilon$ stands
# *under* the root (a feature that is constant in the batch would divide by zero without it). And
# $\gamma, \beta$ are learned: with $\gamma_j = \sqrt{\sigma_j^2 + \varepsilon}$ and $\beta_j = \mu_j$
# the layer gives its input back, so the network can undo the normalization where it does not help.
#
# In a convolutional network a feature is a **channel**: every pixel of every image counts as one
# more example, and $\mu, \sigma, \gamma, \beta$ have one value per channel (*Lecture 7*, Batch
# Normalization for ConvNets; $1 \times C \times 1 \times 1$ there, because the slides put the
# channels second). Your function takes both kinds of input: it averages over every axis but the
# last.


# %% nbgrader={"grade": false, "grade_id": "batchnorm_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    """Batch normalization in training.

    Args:
        x: `(batch, features)` or `(batch, height, width, channels)`.
        gamma, beta: scale and shift, `(features,)` or `(channels,)`.
        epsilon: added to the variance.

    Returns:
        `(y, mean, variance)`: the output, of the shape of `x`, and the batch's statistics, of the
        shape of `gamma`.
    """
    ### BEGIN SOLUTION
    axes = tuple(range(x.ndim - 1))
    mean = x.mean(axis=axes)
    variance = np.mean((x - mean) ** 2, axis=axes)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat + beta, mean, variance
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batchnorm_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("batchnorm_forward", batchnorm_forward)

# %% [markdown]
# Real digits go through one random layer with four features. Nothing is centred (the pixels are
# never negative, and there are biases), and the weights of feature c are ten times those of b.

# %% tags=["display"]
mnist = data.load("mnist")
pixels = mnist.train.images.reshape(len(mnist.train), -1)
W = np.random.default_rng(3).normal(size=(784, 4)) / 28 * [2, 1, 10, 4]
features = pixels @ W + [4.0, 0.0, 0.0, -6.0]  # and four biases
normalized, feature_means, feature_variances = batchnorm_forward(features, np.ones(4), np.zeros(4))

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10.5, 3.4))
    for axes, values, edges in [
        (panels[0, 0], features, np.linspace(-14, 18, 129)),
        (panels[0, 1], normalized, np.linspace(-4.5, 4.5, 73)),
    ]:
        for index, name in enumerate("abcd"):
            axes.hist(values[:, index], edges, histtype="step", lw=2, label=f"feature {name}")
        axes.set_xlabel("value of the feature")
        axes.set_ylabel("digits per bin")
    panels[0, 0].set_title("Before: four scales, four centres")
    panels[0, 1].set_title("After: mean 0, variance 1")
    panels[0, 0].legend(handlelength=1.5)
    figure.suptitle("Four features of 3,500 digits through batchnorm_forward (γ = 1, β = 0)")
figure

# %% [markdown]
# The histograms keep their shapes: each feature is only shifted and stretched. The variance comes
# out a little below 1, as $\sigma^2 / (\sigma^2 + \varepsilon)$: where does that show most?

# %% tags=["display"]
print("mean before:    ", feature_means.round(2))
print("variance before:", feature_variances.round(2))
print("mean after:     ", np.abs(normalized.mean(axis=0)).round(6))
print("variance after: ", normalized.var(axis=0).round(3))

# %% [markdown]
# ## 2. What remains for the test
#
# "Problem: estimates depend on the minibatch; can't run the layer at test time!" (*Lecture 7*, Batch
# Normalization: Test-Time). A digit must not be read differently because of the digits that happen
# to be tested with it. So training keeps a running average, with momentum $m = 0.99$, and
# inference uses that:
#
# $$\mu^\text{moving} \leftarrow m\,\mu^\text{moving} + (1 - m)\,\mu^\text{batch} \qquad
#   v^\text{moving} \leftarrow m\,v^\text{moving} + (1 - m)\,\sigma^{2\,\text{batch}}$$
#
# The mean starts at 0 and the variance at 1. The momentum is the share that is *kept*, and the
# weights 0.99 and 0.01 add up to 1. PyTorch calls the other share, 0.01, the momentum. What is
# averaged is the variance, never the standard deviation.
#
# ### Predict before you run
#
# Pencil and paper, for a batch normalization layer after a convolution with output
# $(32, 14, 10, 64)$, that is (batch, height, width, channels):
#
# - `means`: how many means does it compute for one batch?
# - `values_in_a_mean`: of how many values is each of them the average?
# - `trainable`: how many trainable parameters does the layer have?
# - `moving_mean`: the moving mean starts at 0, and 100 batches follow whose mean is exactly 1. What
#   is it then? The formula above, unrolled, becomes a power. Two significant digits are enough.

# %% nbgrader={"grade": false, "grade_id": "predictions_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four predictions in this form:
# predictions = {"means": ..., "values_in_a_mean": ..., "trainable": ..., "moving_mean": ...}
### BEGIN SOLUTION
predictions = {
    "means": 64,
    "values_in_a_mean": 32 * 14 * 10,
    "trainable": 2 * 64,
    "moving_mean": 1 - 0.99**100,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "predictions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predictions", predictions)

# %% [markdown]
# Now the update in code. It gets a batch, takes its statistics as `batchnorm_forward` does, and
# returns new arrays.


# %% nbgrader={"grade": false, "grade_id": "update_moving_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    """One training step's update of the running statistics.

    Args:
        moving_mean, moving_variance: so far, one value for each feature or channel. They must not
            be changed.
        x: the batch, `(batch, features)` or `(batch, height, width, channels)`.
        momentum: the share that is kept.

    Returns:
        `(moving_mean, moving_variance)` after the step.
    """
    ### BEGIN SOLUTION
    axes = tuple(range(x.ndim - 1))
    new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)
    new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)
    return new_mean, new_variance
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "update_moving", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("update_moving", update_moving)

# %% [markdown]
# Batches of 32 digits, one update each. After $t$ updates a moving mean that began at 0 has reached
# the share $1 - 0.99^t$ of its goal: after 100 steps 63 %, and it needs 459 steps to come within
# 1 %. Does the picture agree with your prediction?

# %% tags=["display"]
STEPS = 600
rng = np.random.default_rng(0)
batch_means, moving = [], [(np.zeros(4), np.ones(4))]
for _ in range(STEPS):
    batch = features[rng.integers(0, len(features), 32)]
    batch_means.append(batch.mean(axis=0))
    moving.append(update_moving(*moving[-1], batch))
batch_means = np.array(batch_means)
moving_means = np.array([mean for mean, _ in moving])
moving_variances = np.array([variance for _, variance in moving])
steps = np.arange(STEPS + 1)
reached = 1 - 0.99**steps

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(11, 3.8))
    mean_axes, variance_axes = panels[0]
    mean_axes.plot(steps[1:], batch_means[:, 0], ".", ms=3, color="0.7", label="mean of one batch")
    mean_axes.plot(steps, moving_means[:, 0], label="moving mean")
    mean_axes.plot(steps, reached * feature_means[0], "--", label=r"$(1 - 0.99^t)\,\mu$")
    mean_axes.axhline(feature_means[0], color="k", lw=1, label=r"$\mu$, the mean of all digits")
    mean_axes.axvline(100, color="0.5", lw=1, ls=":")
    mean_axes.set_title("Feature a: the moving mean starts at 0")
    mean_axes.set_ylabel("mean of the feature")
    mean_axes.set_ylim(bottom=0)
    variance_axes.plot(steps, moving_variances[:, 0], label="moving variance")
    expected = feature_variances[0] + (1 - feature_variances[0]) * 0.99**steps
    variance_axes.plot(steps, expected, "--", label=r"$\sigma^2 + (1 - \sigma^2)\,0.99^t$")
    variance_axes.axhline(feature_variances[0], color="k", lw=1, label=r"$\sigma^2$ of all digits")
    variance_axes.axvline(100, color="0.5", lw=1, ls=":")
    variance_axes.set_title("Feature a: the moving variance starts at 1")
    variance_axes.set_ylabel("variance of the feature")
    variance_axes.set_ylim(bottom=0)
    for axes in (mean_axes, variance_axes):
        axes.set_xlabel("training steps t (batches of 32 digits)")
    mean_axes.legend(loc="lower right")
    variance_axes.legend(loc="upper right")
figure

# %% [markdown]
# So a network that was trained for a few steps only is tested with statistics that are wrong by
# the missing $0.99^t$: its training loss is fine and its test is not. Raise the number of steps, or
# lower the momentum (0.9 is used below, where a training has 55 steps).
#
# ### Inference
#
# With fixed statistics the layer is no more than
#
# $$y = \gamma\, \frac{x - \mu^\text{moving}}{\sqrt{v^\text{moving} + \varepsilon}} + \beta$$
#
# for each example on its own.


# %% nbgrader={"grade": false, "grade_id": "batchnorm_inference_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    """Batch normalization at test time.

    Args:
        x: `(batch, features)` or `(batch, height, width, channels)`.
        gamma, beta, moving_mean, moving_variance: one value for each feature or channel.
        epsilon: added to the variance.

    Returns:
        The output, of the shape of `x`.
    """
    ### BEGIN SOLUTION
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batchnorm_inference", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("batchnorm_inference", batchnorm_inference)

# %% [markdown]
# ## 3. Backward
#
# "This is a differentiable function, so we can use it as an operator in our networks and backprop
# through it" (*Lecture 7*, Batch Normalization). The mean and the variance are functions of $x$ too,
# so the gradient reaches $x$ in three ways.
#
# ### Step by step through the graph
#
# Let $m$ be the number of values in one mean ($N$, or $N H W$ for images), $s = 1/\sqrt{\sigma^2 +
# \varepsilon}$, and let every sum run over these $m$ values. `dout` is $\partial L / \partial y$.
# From the output back to the input:
#
# $$\frac{\partial L}{\partial \gamma} = \sum \frac{\partial L}{\partial y}\,\hat{x} \qquad
#   \frac{\partial L}{\partial \beta} = \sum \frac{\partial L}{\partial y} \qquad
#   \frac{\partial L}{\partial \hat{x}} = \frac{\partial L}{\partial y}\,\gamma$$
#
# $$\frac{\partial L}{\partial \sigma^2} =
#   -\tfrac{1}{2}\, s^3 \sum \frac{\partial L}{\partial \hat{x}}\,(x - \mu) \qquad
#   \frac{\partial L}{\partial \mu} = -s \sum \frac{\partial L}{\partial \hat{x}}
#   - \frac{2}{m} \frac{\partial L}{\partial \sigma^2} \sum (x - \mu)$$
#
# $$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial \hat{x}}\, s
#   + \frac{\partial L}{\partial \sigma^2}\, \frac{2\,(x - \mu)}{m}
#   + \frac{\partial L}{\partial \mu}\, \frac{1}{m}$$
#
# The check looks at each of the six, so you see at which step you went wrong.


# %% nbgrader={"grade": false, "grade_id": "batchnorm_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    """Backward pass of `batchnorm_forward`, step by step.

    Args:
        dout: gradient with respect to the output, of the shape of `x`.
        x: the input of the forward pass, `(batch, features)` or `(batch, height, width, channels)`.
        gamma: scale, one value for each feature or channel.
        epsilon: added to the variance.

    Returns:
        `(dx_hat, dvariance, dmean, dx, dgamma, dbeta)`: gradients with respect to the normalized
        values, the batch's variance and mean, the input, the scale and the shift.
    """
    ### BEGIN SOLUTION
    axes = tuple(range(x.ndim - 1))
    count = x.size // x.shape[-1]
    centred = x - x.mean(axis=axes)
    inverse_deviation = 1 / np.sqrt(np.mean(centred**2, axis=axes) + epsilon)

    dgamma = np.sum(dout * centred * inverse_deviation, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * inverse_deviation**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -inverse_deviation * np.sum(dx_hat, axis=axes)
    dmean -= 2 / count * dvariance * np.sum(centred, axis=axes)
    dx = dx_hat * inverse_deviation + dvariance * 2 * centred / count + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batchnorm_backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("batchnorm_backward", batchnorm_backward)

# %% [markdown]
# You can convince yourself without any check: move each input a little to both sides and watch the
# output. `numerical_gradient` does that. A relative error of 1e-6 or less is a right
# gradient, above 1e-3 it is wrong.

# %% tags=["display"]
rng = np.random.default_rng(0)
x = rng.normal(2, 3, size=(5, 2, 3, 4))
gamma, beta, dout = rng.normal(size=4), rng.normal(size=4), rng.normal(size=x.shape)
*_, dx, dgamma, dbeta = batchnorm_backward(dout, x, gamma)

forwards = {
    "dx": (dx, x, lambda x: batchnorm_forward(x, gamma, beta)[0]),
    "dgamma": (dgamma, gamma, lambda gamma: batchnorm_forward(x, gamma, beta)[0]),
    "dbeta": (dbeta, beta, lambda beta: batchnorm_forward(x, gamma, beta)[0]),
}
for name, (ours, at, forward) in forwards.items():
    numerical = gradients.numerical_gradient(forward, at, upstream=dout)
    print(f"{name:6}  relative error {gradients.relative_error(ours, numerical):.0e}")

# %% [markdown]
# ### The same in one line
#
# Substitute the steps into each other. $\sum (x - \mu)$ is zero, $s\,(x - \mu)$ is $\hat{x}$, and what
# remains is
#
# $$\frac{\partial L}{\partial x} = \gamma\, s \left( \frac{\partial L}{\partial y}
#   - \operatorname{mean}\!\left(\frac{\partial L}{\partial y}\right)
#   - \hat{x}\; \operatorname{mean}\!\left(\frac{\partial L}{\partial y}\,\hat{x}\right) \right)$$
#
# where the means are over the same $m$ values. Nothing of $x$ is needed any more: the forward pass
# keeps $\hat{x}$ and one number $s$ for each feature. Work it out on paper once before you type it.


# %% nbgrader={"grade": false, "grade_id": "batchnorm_backward_simplified_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batchnorm_backward_simplified(dout, x_hat, gamma, inverse_deviation):
    """Backward pass of batch normalization, in closed form.

    Args:
        dout: gradient with respect to the output, of the shape of `x_hat`.
        x_hat: the normalized values, `(batch, features)` or `(batch, height, width, channels)`.
        gamma: scale, one value for each feature or channel.
        inverse_deviation: `1 / sqrt(variance + epsilon)`, likewise.

    Returns:
        `(dx, dgamma, dbeta)`.
    """
    ### BEGIN SOLUTION
    axes = tuple(range(x_hat.ndim - 1))
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batchnorm_backward_simplified", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("batchnorm_backward_simplified", batchnorm_backward_simplified)

# %% [markdown]
# The bracket is the residual of a straight line fitted to `dout` against $\hat{x}$: the layer lets
# no gradient through that would only shift the feature (its output would not change) or only
# stretch it (again no change). Here is one feature of 200 digits, with an upstream gradient that is
# mostly a line.

# %% tags=["display"]
some = features[:200, :1]
y, mean, variance = batchnorm_forward(some, np.ones(1), np.zeros(1))
inverse_deviation = 1 / np.sqrt(variance + 1e-3)
upstream = 1.0 + 1.5 * y + 0.5 * np.random.default_rng(1).normal(size=y.shape)
dx, _, _ = batchnorm_backward_simplified(upstream, y, np.ones(1), inverse_deviation)

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10, 3.6), sharey=True)
    ends = np.array([y.min(), y.max()])
    line = upstream.mean() + np.mean(upstream * y) * ends
    panels[0, 0].plot(y, upstream, ".", color=plots.COLOURS[0], label="dout, one dot a digit")
    label = r"mean(dout) + $\hat{x}$ mean(dout $\hat{x}$)"
    panels[0, 0].plot(ends, line, color=plots.COLOURS[1], label=label)
    panels[0, 0].set_title("What arrives")
    panels[0, 0].set_ylabel("gradient (loss per unit)")
    panels[0, 1].plot(y, dx / inverse_deviation, ".", color=plots.COLOURS[2], label="dx / s")
    panels[0, 1].plot(ends, [0, 0], color=plots.COLOURS[1], label="the line is gone")
    panels[0, 1].set_title("What goes on to the layer below")
    for axes in panels[0]:
        axes.set_xlabel(r"normalized value $\hat{x}$ (standard deviations)")
        axes.legend(loc="upper left")
    figure.suptitle("Batch normalization takes mean and slope out of the gradient")
figure

# %% [markdown]
# ## 4. A layer for Keras
#
# Now all of it as a layer that can stand in any model. Keras calls three methods:
#
# - `build` once, when the shape of the input is known. Make four weights with `self.add_weight`,
#   each of shape `(channels,)`, and keep them as `self.gamma` (ones), `self.beta` (zeros),
#   `self.moving_mean` (zeros) and `self.moving_variance` (ones). The optimizer must not touch the
#   last two: `trainable=False`.
# - `call` for every batch. With `training=True` it normalizes with the batch's statistics and
#   updates the moving ones (`self.moving_mean.assign(...)`); with `training=False` it uses the
#   moving ones and changes nothing. "Behaves differently during training and testing: very common
#   source of bugs!" (*Lecture 7*, Batch Normalization).
# - `get_config` when the layer is saved or copied. It must return the arguments of `__init__`,
#   along with those of the parent class.
#
# Use `keras.ops` (`mean`, `var`, `sqrt`), not NumPy: a compiled model hands the layer symbols,
# and automatic differentiation writes the backward pass for you. Use `self.momentum` and
# `self.epsilon`.


# %% nbgrader={"grade": false, "grade_id": "BatchNorm_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
class BatchNorm(keras.layers.Layer):
    """Batch normalization over every axis but the last.

    Args:
        momentum: the share of the moving statistics that a training step keeps.
        epsilon: added to the variance.
    """

    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        ### BEGIN SOLUTION
        shape = (input_shape[-1],)
        self.gamma = self.add_weight(shape=shape, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=shape, initializer="zeros", name="beta")
        self.moving_mean = self.add_weight(
            shape=shape, initializer="zeros", trainable=False, name="moving_mean"
        )
        self.moving_variance = self.add_weight(
            shape=shape, initializer="ones", trainable=False, name="moving_variance"
        )
        ### END SOLUTION

    def call(self, inputs, training=False):
        ### BEGIN SOLUTION
        if training:
            axes = tuple(range(len(inputs.shape) - 1))
            mean = keras.ops.mean(inputs, axis=axes)
            variance = keras.ops.var(inputs, axis=axes)
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
            self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
        else:
            mean, variance = self.moving_mean, self.moving_variance
        scale = self.gamma / keras.ops.sqrt(variance + self.epsilon)
        return scale * (inputs - mean) + self.beta
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "BatchNorm", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("BatchNorm", BatchNorm)

# %% [markdown]
# ### What the initial scale does
#
# The slides promise that networks become "more robust to initialization" (*Lecture 7*, Batch
# Normalization). Put it to the test with the slides' own pattern, FC → BN → tanh, six times in a
# row: BN stands after the linear layer and before the nonlinearity. The weights start at
# $\text{scale} / \sqrt{\text{inputs}}$, and the scale goes from 0.1 to 10.
#
# First without any training: how large are the activations at each depth?

# %% tags=["display"]
SCALES = [0.1, 0.3, 1.0, 3.0, 10.0]
DEPTH = 6
rng = np.random.default_rng(0)
weights = [rng.normal(size=(784 if i == 0 else 64, 64)) for i in range(DEPTH)]
weights = [w / np.sqrt(len(w)) for w in weights]
images = pixels[:500]

spreads = {}
for normalize in (False, True):
    for scale in SCALES:
        x = images
        spreads[normalize, scale] = []
        for w in weights:
            x = x @ (scale * w)
            if normalize:
                x, _, _ = batchnorm_forward(x, np.ones(64), np.zeros(64))
            x = np.tanh(x)
            spreads[normalize, scale].append(x.std())

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10.5, 3.6), sharey=True)
    for normalize, axes in zip((False, True), panels[0], strict=True):
        for scale, marker in zip(SCALES, "osv^D", strict=True):
            values = spreads[normalize, scale]
            axes.semilogy(range(1, DEPTH + 1), values, marker=marker, label=f"scale {scale:g}")
        axes.set_title("FC → BN → tanh" if normalize else "FC → tanh")
        axes.set_xlabel("depth (layers)")
    panels[0, 0].set_ylabel("standard deviation of the activations")
    panels[0, 0].legend(loc="lower left")
    figure.suptitle("Before any training: without BN the signal dies or saturates")
figure

# %% [markdown]
# On the right the curves lie on top of each other. A normalized layer does not see the scale of the
# weights before it at all: twice the weights give twice the $x$, twice the $\sigma$, and the same
# $\hat{x}$ (only where $\varepsilon$ is no longer small against $\sigma^2$, at scale 0.1, a little
# remains). The gradient does see it: it is divided by $\sigma$, so large weights learn slowly. Now
# train both for two epochs of 2,000 digits, with your own layer. Before any long training comes a short
# test: a network that cannot learn twenty images by heart has a mistake in it, and no patience will cure
# it.


# %% tags=["display"]
def tanh_network(normalize):
    """Six layers of 64 units with tanh, with or without your BatchNorm before it."""
    x = images = keras.Input((28, 28, 1))
    x = keras.layers.Flatten()(x)
    for _ in range(DEPTH):
        x = keras.layers.Dense(64)(x)
        if normalize:
            x = BatchNorm(momentum=0.9)(x)
        x = keras.layers.Activation("tanh")(x)
    return compiled(keras.Model(images, keras.layers.Dense(10)(x)))


def compiled(model):
    """The model, ready for plain gradient descent on class scores."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    model.compile(optimizer, loss, metrics=["accuracy"], jit_compile=False)
    return model


def accuracy_after(model, epochs, batch_size, count=3500):
    """Train from the weights it has, and measure on the validation digits, in percent."""
    training.set_seed(0)
    train = mnist.train.take(count)
    training.make_variables(model, train.images[:batch_size], train.labels[:batch_size])
    model.fit(train.images, train.labels, epochs=epochs, batch_size=batch_size, verbose=0)
    images, labels = mnist.validation.images, mnist.validation.labels
    return 100 * model.evaluate(images, labels, batch_size=500, verbose=0)[1]


# %% tags=["display"]
few = mnist.train.take(20)
training.set_seed(0)
training.by_heart(tanh_network(normalize=True), few.images, few.labels)

# %% tags=["display"]
scale_results = {}
for normalize in (False, True):
    training.set_seed(0)
    model = tanh_network(normalize)
    start = model.get_weights()
    hidden = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)][:-1]
    for scale in SCALES:
        model.set_weights(start)
        for layer, w in zip(hidden, weights, strict=True):
            layer.kernel.assign(scale * w)
        scale_results[normalize, scale] = accuracy_after(model, 2, batch_size=64, count=2000)

with plots.style():
    figure, panels = plots.new_figure(figsize=(6.2, 3.8))
    axes = panels[0, 0]
    for normalize, marker in ((False, "o"), (True, "s")):
        label = "FC → BN → tanh" if normalize else "FC → tanh"
        values = [scale_results[normalize, scale] for scale in SCALES]
        axes.semilogx(SCALES, values, marker=marker, label=label)
    axes.axhline(10, color="0.5", lw=1, ls=":", label="guessing")
    axes.set_xticks(SCALES, labels=[f"{scale:g}" for scale in SCALES])
    axes.minorticks_off()
    axes.set_ylim(0, 100)
    axes.set_xlabel("initial scale of the weights (1 = the usual)")
    axes.set_ylabel("correct on 500 validation digits (%)")
    axes.set_title("Six hidden layers, two epochs of 2,000 digits")
    axes.legend(loc="lower left", bbox_to_anchor=(0.38, 0.12))
figure

# %% [markdown]
# Without BN only a narrow range of scales trains at all; with BN every one of them learns. "Once we
# have Batch Normalization, we can train networks with 10+ layers" (*Lecture 7*, Residual Networks).
#
# ### What the batch size does
#
# The statistics are estimates from one batch, and a small batch gives poor ones. That noise is why
# the slides say that BN "acts as regularization", and it is also its weakness. With a batch of two
# a normalized feature is $\pm 1$, whatever it was before. Three hidden layers, one epoch of 1,000
# digits, learning rate in proportion to the batch size; layer normalization, which you will write
# next, does not look at the batch at all.


# %% tags=["display"]
def relu_network(make_normalization):
    """Three layers of 64 units with ReLU."""
    x = images = keras.Input((28, 28, 1))
    x = keras.layers.Flatten()(x)
    for _ in range(3):
        x = keras.layers.Dense(64)(x)
        x = make_normalization()(x)
        x = keras.layers.ReLU()(x)
    return compiled(keras.Model(images, keras.layers.Dense(10)(x)))


BATCH_SIZES = [2, 4, 8, 16]
KINDS = {
    "batch normalization (your layer)": lambda: BatchNorm(momentum=0.9),
    "layer normalization": keras.layers.LayerNormalization,
}
size_results = {}
for kind, make_normalization in KINDS.items():
    training.set_seed(0)
    model = relu_network(make_normalization)
    start = model.get_weights()
    for batch_size in BATCH_SIZES:
        model.set_weights(start)
        model.optimizer.learning_rate = 0.1 * batch_size / 32
        size_results[kind, batch_size] = accuracy_after(model, 1, batch_size, count=1000)

rng = np.random.default_rng(0)
noise = [
    np.std([rng.choice(normalized[:, 0], size).mean() for _ in range(2000)]) for size in BATCH_SIZES
]

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10.5, 3.8))
    axes = panels[0, 0]
    axes.loglog(BATCH_SIZES, noise, "o", label="2,000 random batches of digits")
    axes.loglog(BATCH_SIZES, 1 / np.sqrt(BATCH_SIZES), "--", label=r"$1 / \sqrt{N}$")
    axes.set_ylabel("spread of the batch mean\n(standard deviations of the feature)")
    axes.set_yticks([0.125, 0.25, 0.5, 1], labels=["0.125", "0.25", "0.5", "1"])
    axes.set_ylim(0.125, 1)
    axes.set_title("How wrong the mean of a batch is")
    for kind, marker in zip(KINDS, "so", strict=True):
        values = [size_results[kind, size] for size in BATCH_SIZES]
        panels[0, 1].semilogx(BATCH_SIZES, values, marker=marker, label=kind)
    panels[0, 1].set_ylabel("correct on 500 validation digits (%)")
    panels[0, 1].set_title("Accuracy after one epoch")
    for axes in panels[0]:
        axes.set_xticks(BATCH_SIZES, labels=BATCH_SIZES)
        axes.minorticks_off()
        axes.set_xlabel("batch size (digits)")
        axes.legend()
figure

# %% [markdown]
# The best batch size for BN here is the largest; layer normalization has its troubles there only
# because 16 digits a step leave it no more than 63 steps. Batches of two or four are no mere theory: a
# detector with large images has room for no more, which is why group normalization was invented.

# %% [markdown]
# ## 5. Other sets of values
#
# Nothing in the formula says *which* values share a mean. Four choices, for images in the order
# $(N, H, W, C)$:
#
# | | mean over | shape of $\mu$, $\sigma$ | for $(N, D)$ | depends on the batch |
# |---|---|---|---|---|
# | batch (*Ioffe and Szegedy*) | $N, H, W$ | $1 \times 1 \times 1 \times C$ | $1 \times D$ | yes |
# | layer (*Ba, Kiros and Hinton*) | $H, W, C$ | $N \times 1 \times 1 \times 1$ | $N \times 1$ | no |
# | instance | $H, W$ | $N \times 1 \times 1 \times C$ | – | no |
# | group (*Wu and He*) | $H, W$ and the $C/G$ channels of a group | $N \times 1 \times 1 \times G$ | – | no |
#
# (*Convolutional Neural Network*, Layer Normalization, Instance Normalization, Comparison of
# Normalization Layers, Group Normalization; the slides write $N \times C \times H \times W$.) The
# last three have the same behaviour in training and at test time: no moving averages. $\gamma$ and
# $\beta$ have one value for each channel (or feature) in all four.
#
# **Ready-made layers may mean something else by the same name.** On images, `keras.layers.LayerNormalization()`
# averages over the last axis alone: every *pixel* has its own mean and variance, over its channels.
# `LayerNormalization(axis=(1, 2, 3))` takes the values that you take, but then $\gamma$ and $\beta$ have one
# value for every position and channel. So does PyTorch's `LayerNorm([C, H, W])`. On a batch `(N, D)`
# all of them agree with yours, if $\varepsilon$ does: it is 0.001 in Keras, as here, and 0.00001 in PyTorch.


# %% nbgrader={"grade": false, "grade_id": "layer_norm_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_norm(x, gamma, beta, epsilon=1e-3):
    """Normalize each example by its own mean and variance, over everything in it.

    Args:
        x: `(batch, features)` or `(batch, height, width, channels)`; of an image, all of height,
            width and channels share one mean.
        gamma, beta: `(features,)` or `(channels,)`.
        epsilon: added to the variance.
    """
    ### BEGIN SOLUTION
    axes = tuple(range(1, x.ndim))
    mean = x.mean(axis=axes, keepdims=True)
    variance = x.var(axis=axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_norm", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("layer_norm", layer_norm)

# %% [markdown]
# ### Backward, and what $\gamma$ has to do with it
#
# Layer normalization is batch normalization turned by 90 degrees: the values that share a mean lie in one
# example instead of one feature. So the closed form of section 3 should hold with the axes swapped. It
# nearly does. There, $\gamma$ stood in front of the bracket, since all values that share a mean
# share a $\gamma$. Here every channel has its own, and $\gamma$ must stay with each value, *inside* the
# means. With $g = \gamma\, \partial L / \partial y$ and $s = 1/\sqrt{\sigma^2 + \varepsilon}$, one $s$
# for each example:
#
# $$\frac{\partial L}{\partial x} = s \left( g - \operatorname{mean}(g)
#   - \hat{x}\; \operatorname{mean}(g\,\hat{x}) \right) \qquad
#   \frac{\partial L}{\partial \gamma} = \sum \frac{\partial L}{\partial y}\,\hat{x} \qquad
#   \frac{\partial L}{\partial \beta} = \sum \frac{\partial L}{\partial y}$$
#
# The means are over the values of one example, as in the forward pass. The sums are over all values that
# one $\gamma$ acts on. Those are not the same axes: which are they?


# %% nbgrader={"grade": false, "grade_id": "layer_norm_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_norm_backward(dout, x, gamma, epsilon=1e-3):
    """Backward pass of `layer_norm`.

    Args:
        dout: gradient with respect to the output, of the shape of `x`.
        x: the input of the forward pass, `(batch, features)` or `(batch, height, width, channels)`.
        gamma: scale, `(features,)` or `(channels,)`.
        epsilon: added to the variance.

    Returns:
        `(dx, dgamma, dbeta)`: gradients with respect to the input, the scale and the shift.
    """
    ### BEGIN SOLUTION
    within = tuple(range(1, x.ndim))
    shared = tuple(range(x.ndim - 1))
    inverse_deviation = 1 / np.sqrt(x.var(axis=within, keepdims=True) + epsilon)
    x_hat = (x - x.mean(axis=within, keepdims=True)) * inverse_deviation

    g = gamma * dout
    mean_slope = np.mean(g * x_hat, axis=within, keepdims=True)
    dx = inverse_deviation * (g - g.mean(axis=within, keepdims=True) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=shared), np.sum(dout, axis=shared)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_norm_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("layer_norm_backward", layer_norm_backward)

# %% [markdown]
# The same test as for batch normalization: move the inputs a little, and watch.

# %% tags=["display"]
rng = np.random.default_rng(0)
x = rng.normal(2, 3, size=(5, 2, 3, 4))
gamma, beta, dout = rng.normal(size=4), rng.normal(size=4), rng.normal(size=x.shape)
dx, dgamma, dbeta = layer_norm_backward(dout, x, gamma)

forwards = {
    "dx": (dx, x, lambda x: layer_norm(x, gamma, beta)),
    "dgamma": (dgamma, gamma, lambda gamma: layer_norm(x, gamma, beta)),
    "dbeta": (dbeta, beta, lambda beta: layer_norm(x, gamma, beta)),
}
for name, (ours, at, forward) in forwards.items():
    numerical = gradients.numerical_gradient(forward, at, upstream=dout)
    print(f"{name:6}  relative error {gradients.relative_error(ours, numerical):.0e}")

# %% [markdown]
# ### Groups of channels
#
# Group normalization lies between layer and instance normalization: with $G = 1$ it is the one, with $G = C$
# the other. A group is a run of **neighbouring** channels: with $C = 6$ and $G = 2$ the
# groups are 0, 1, 2 and 3, 4, 5. `reshape` can split the channel axis in two; think about which of
# the two new axes changes faster.


# %% nbgrader={"grade": false, "grade_id": "group_norm_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def group_norm(x, groups, gamma, beta, epsilon=1e-3):
    """Normalize each group of channels of each image by its own mean and variance.

    Args:
        x: `(batch, height, width, channels)`.
        groups: number of groups; it divides the number of channels.
        gamma, beta: `(channels,)`.
        epsilon: added to the variance.
    """
    ### BEGIN SOLUTION
    batch, height, width, channels = x.shape
    grouped = x.reshape(batch, height, width, groups, channels // groups)
    mean = grouped.mean(axis=(1, 2, 4), keepdims=True)
    variance = grouped.var(axis=(1, 2, 4), keepdims=True)
    x_hat = (grouped - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat.reshape(x.shape) + beta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "group_norm", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("group_norm", group_norm)


# %%
def instance_norm(x, gamma, beta, epsilon=1e-3):
    """Normalize each channel of each image by its own mean and variance: a group for each."""
    return group_norm(x, x.shape[-1], gamma, beta, epsilon)


# %% [markdown]
# Which values share a mean can be seen from outside. Take one value of the output (the white
# cross: image 2, channel 3), change one plane of the input after another, and see whether it
# moves. Each cell stands for a whole plane of $H \times W$ pixels.

# %% tags=["display"]
ONES, ZEROS = np.ones(6), np.zeros(6)
METHODS = {
    "Batch": lambda x: batchnorm_forward(x, ONES, ZEROS)[0],
    "Layer": lambda x: layer_norm(x, ONES, ZEROS),
    "Instance": lambda x: instance_norm(x, ONES, ZEROS),
    "Group (G = 3)": lambda x: group_norm(x, 3, ONES, ZEROS),
}
x = np.random.default_rng(0).normal(size=(5, 4, 4, 6))

with plots.style():
    figure, panels = plots.new_figure(1, 4, figsize=(11, 3))
    for axes, (name, method) in zip(panels[0], METHODS.items(), strict=True):
        reached = np.zeros((5, 6))
        for image, channel in np.ndindex(5, 6):
            moved = x.copy()
            moved[image, 0, 0, channel] += 1.0
            reached[image, channel] = method(moved)[2, 3, 3, 3] != method(x)[2, 3, 3, 3]
        axes.imshow(reached, cmap="Blues", vmin=0, vmax=1.3)
        axes.plot(3, 2, "x", color="white", ms=10, mew=3)
        axes.set_xticks(np.arange(7) - 0.5, minor=True)
        axes.set_yticks(np.arange(6) - 0.5, minor=True)
        axes.grid(False)
        axes.grid(True, which="minor", color="0.8")
        axes.tick_params(which="minor", length=0)
        axes.set_xticks(range(6))
        axes.set_yticks(range(5))
        axes.set_title(name)
        axes.set_xlabel("channel")
        axes.set_ylabel("image of the batch")
    figure.suptitle("Blue: the planes that share a mean and variance with the crossed one")
figure

# %% [markdown]
# ## 6. Local response normalization
#
# AlexNet was older than all of these and used Norm layers: "Local response normalization; not used
# anymore" (*Lecture 7*, AlexNet). It has no mean and no parameters. Each value is divided by what
# its neighbours in the **channel** direction, at the same pixel, add up to:
#
# $$b_c = \frac{a_c}{\Bigl(k + \alpha \sum_{j = \max(0,\, c - n/2)}^{\min(C - 1,\, c + n/2)} a_j^2
#   \Bigr)^{\beta}}
#   \qquad k = 2,\; n = 5,\; \alpha = 10^{-4},\; \beta = 0.75$$
#
# (the constants of Krizhevsky, Sutskever and Hinton, 2012). $n/2$ is rounded down, so that $n = 5$
# means two neighbours on each side; at the ends the window is cut off. Some libraries divide
# $\alpha$ by $n$ first, Caffe and PyTorch among them. The paper does not, and neither do you.


# %% nbgrader={"grade": false, "grade_id": "local_response_norm_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def local_response_norm(x, k=2.0, n=5, alpha=1e-4, beta=0.75):
    """Local response normalization across channels.

    Args:
        x: `(batch, height, width, channels)`.
        k: added to the weighted sum of squares.
        n: channels in a window, an odd number.
        alpha: weight of the sum.
        beta: exponent.
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    result = np.empty_like(x)
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "local_response_norm", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("local_response_norm", local_response_norm)

# %% [markdown]
# A loud channel makes its neighbours quiet, while others of the same strength further away keep
# theirs. That is called lateral inhibition.

# %% tags=["display"]
responses = np.full((1, 1, 1, 16), 40.0)
responses[..., 5] = 300.0
quieter = local_response_norm(responses)

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10, 3.2))
    for axes, values, title in [
        (panels[0, 0], responses, "Before: one loud channel"),
        (panels[0, 1], quieter, "After: its neighbours are quiet (k = 2, n = 5)"),
    ]:
        colours = [plots.COLOURS[1 if c == 5 else 5 if abs(c - 5) <= 2 else 0] for c in range(16)]
        axes.bar(range(16), values.ravel(), color=colours)
        axes.set_title(title)
        axes.set_xlabel("channel")
        axes.set_ylabel("activation at one pixel")
        axes.grid(axis="x", visible=False)
figure

# %% [markdown]
# VGG tried it once (configuration A-LRN), found that it did not help, and has "no Local Response
# Normalisation" in the others. A-LRN has the same number of parameters as A: there is nothing to
# learn in it.

# %% [markdown]
# ## 7. Decorrelated batch normalization
#
# Batch normalization cannot correct for correlations among the features. Decorrelated batch
# normalization **whitens** with the whole covariance matrix (*Convolutional Neural Network*,
# Decorrelated Batch Normalization; Huang et al., 2018):
#
# $$\hat{x}_i = \Sigma^{-\frac{1}{2}} (x_i - \mu) \qquad
#   \Sigma = \frac{1}{N} \sum_i (x_i - \mu)(x_i - \mu)^\top + \varepsilon I$$
#
# $\Sigma$ is symmetric, $\Sigma = V \Lambda V^\top$ (`np.linalg.eigh`), and its inverse root is
# $\Sigma^{-1/2} = V \Lambda^{-1/2} V^\top$: turn to the principal axes, stretch, **turn back**.
# Without the last step one gets whitened data too (that is PCA whitening), but its features are no
# longer those that went in, and the axes may swap from batch to batch. With it (*ZCA* whitening)
# each feature stays as close to itself as whitening allows.


# %% nbgrader={"grade": false, "grade_id": "whiten_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def whiten(x, epsilon=1e-5):
    """Decorrelated batch normalization, without scale and shift.

    Args:
        x: `(batch, features)`.
        epsilon: added to the diagonal of the covariance matrix.

    Returns:
        The whitened batch, of the shape of `x`: mean zero, covariance the identity.
    """
    ### BEGIN SOLUTION
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "whiten", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("whiten", whiten)

# %% [markdown]
# Two features of the digits: how much ink there is in the top half of the image, and how much in
# the left half. They share a quarter of the image, so they rise and fall together. Batch
# normalization stretches each axis and leaves the cloud as slanted as it was.

# %% tags=["display"]
digits = mnist.train.images[..., 0].astype("float64")
halves = np.stack([digits[:, :14].mean(axis=(1, 2)), digits[:, :, :14].mean(axis=(1, 2))], axis=1)
stages = {
    "As they are (ink, centred)": halves - halves.mean(axis=0),
    "Batch normalized": batchnorm_forward(halves, np.ones(2), np.zeros(2), epsilon=1e-6)[0],
    "Whitened": whiten(halves, epsilon=1e-6),
}

with plots.style():
    figure, panels = plots.new_figure(1, 3, figsize=(11, 4))
    for axes, (name, values) in zip(panels[0], stages.items(), strict=True):
        axes.plot(values[:, 0], values[:, 1], ".", ms=3, alpha=0.4)
        axes.set_aspect("equal")
        limit = 0.2 if "ink" in name else 5
        axes.set_xlim(-limit, limit)
        axes.set_ylim(-limit, limit)
        covariance = values.T @ values / len(values)
        digits_shown = 4 if "ink" in name else 2
        rows = "\n".join(
            "  ".join(f"{abs(value):.{digits_shown}f}" for value in row) for row in covariance
        )
        axes.text(
            0.04,
            0.96,
            rows,
            transform=axes.transAxes,
            va="top",
            family="monospace",
            bbox={"facecolor": "white", "edgecolor": "0.7"},
        )
        axes.set_title(name)
        axes.set_xlabel("top half")
        axes.set_ylabel("left half")
    figure.suptitle("3,500 digits; in the corner the covariance matrix")
figure

# %% [markdown]
# Now the inner 20 × 20 pixels, all 400 at once. What neighbours have in common is predictable, and whitening takes it
# out: strokes become their edges. You still recognize the digits. After PCA whitening, without the
# turn back, nobody does.

# %% tags=["display"]
flat = digits[:, 4:24, 4:24].reshape(len(digits), 400)  # Outside there is next to no ink.
centred = flat - flat.mean(axis=0)
values, vectors = np.linalg.eigh(centred.T @ centred / len(flat) + 0.1 * np.eye(400))
kinds = {
    "as they are": centred,
    "ZCA (yours)": whiten(flat, epsilon=0.1),
    "PCA": centred @ (vectors / np.sqrt(values))[:, ::-1],
}
pictures = [kind[:8] / np.abs(kind[:8]).max() for kind in kinds.values()]
plots.image_grid(
    np.concatenate(pictures).reshape(-1, 20, 20),
    [name if index == 0 else "" for name in kinds for index in range(8)],
    "Eight digits whitened over 400 pixels (each row on its own scale)",
    columns=8,
    limits=(-1, 1),
)

# %% [markdown]
# ## 8. Zero overhead: folding
#
# "During testing batchnorm becomes a linear operator! Can be fused with the previous
# fully-connected or conv layer" (*Lecture 7*, Batch Normalization: Test-Time). After a layer with
# output $W x + b$ stands $\gamma\,(\cdot - \mu)/\sqrt{v + \varepsilon} + \beta$. Multiply out:
#
# $$W' = \frac{\gamma}{\sqrt{v + \varepsilon}}\; W \qquad
#   b' = \frac{\gamma}{\sqrt{v + \varepsilon}}\; (b - \mu) + \beta$$
#
# There is one $\gamma$ for each **output** channel. In Keras the kernel of a convolution is
# `(height, width, channels, filters)` and that of a dense layer `(inputs, units)`: which axis is it?


# %% nbgrader={"grade": false, "grade_id": "fold_batchnorm_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    """Fold a batch normalization in inference into the layer before it.

    Args:
        kernel: of a convolution, `(height, width, channels, filters)`, or of a dense layer,
            `(inputs, units)`.
        bias: `(filters,)` or `(units,)`.
        gamma, beta, moving_mean, moving_variance: of the normalization, likewise.
        epsilon: of the normalization.

    Returns:
        `(kernel, bias)` of the one layer that does the work of both.
    """
    ### BEGIN SOLUTION
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return kernel * scale, (bias - moving_mean) * scale + beta
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fold_batchnorm", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("fold_batchnorm", fold_batchnorm)

# %% [markdown]
# A small convolutional network with your layer learns the digits for one epoch; then the same
# network without BN gets the folded weights.


# %% tags=["display"]
def conv_network(normalize):
    """Two convolutions, each with your BatchNorm after it, or without."""
    x = images = keras.Input((28, 28, 1))
    for filters, size in ((8, 5), (16, 3)):
        x = keras.layers.Conv2D(filters, size, strides=2)(x)
        if normalize:
            x = BatchNorm(momentum=0.9)(x)
        x = keras.layers.ReLU()(x)
    x = keras.layers.Flatten()(x)
    return compiled(keras.Model(images, keras.layers.Dense(10)(x)))


training.set_seed(0)
original = conv_network(normalize=True)
correct = accuracy_after(original, epochs=1, batch_size=64)

folded = conv_network(normalize=False)
convolutions = [layer for layer in original.layers if isinstance(layer, keras.layers.Conv2D)]
norms = [layer for layer in original.layers if isinstance(layer, BatchNorm)]
folded_weights = []
for convolution, norm in zip(convolutions, norms, strict=True):
    statistics = [np.asarray(w) for w in (norm.gamma, norm.beta)]
    statistics += [np.asarray(w) for w in (norm.moving_mean, norm.moving_variance)]
    folded_weights += fold_batchnorm(*convolution.get_weights(), *statistics, norm.epsilon)
folded.set_weights(folded_weights + original.layers[-1].get_weights())

scores = original.predict(mnist.validation.images, batch_size=500, verbose=0)
folded_scores = folded.predict(mnist.validation.images, batch_size=500, verbose=0)
print(f"with BN: {original.count_params():,} weights, {correct:.1f} % correct")
print(f"folded:  {folded.count_params():,} weights, ", end="")
agree = np.mean(folded_scores.argmax(axis=1) == mnist.validation.labels)
print(f"{100 * agree:.1f} % correct")
print(f"scores up to {np.abs(scores).max():.0f} agree within 1e-4: ", end="")
print(np.allclose(scores, folded_scores, atol=1e-4))

# %% tags=["display"]
before, after = convolutions[0].get_weights()[0], folded_weights[0]
limit = max(np.abs(before).max(), np.abs(after).max())
filters = np.concatenate([before[:, :, 0].transpose(2, 0, 1), after[:, :, 0].transpose(2, 0, 1)])
captions = [f"filter {i}" for i in range(8)] + [
    f"folded (× {np.abs(after[..., i]).sum() / np.abs(before[..., i]).sum():.1f})" for i in range(8)
]
plots.image_grid(
    filters,
    captions,
    "The first convolution before and after folding: same filters, other sizes",
    columns=8,
    colour_map="RdBu_r",
    limits=(-limit, limit),
    colour_bar="weight",
)

# %% [markdown]
# ### Why?
#
# Not graded; two or three sentences. Somebody forgets `training=False`, and tests the network one
# class after the other: first all sevens, then all eights. What goes wrong, and why do the moving
# statistics not have this problem?

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# With the statistics of a batch of sevens, what all sevens have in common is in the mean and is
# subtracted: the network sees only how each seven differs from the others, and reads them as all
# sorts of digits. The moving statistics were averaged over mixed batches of training and stay
# fixed, so a digit's scores do not depend on which digits are tested with it.
#
# </details>

# %% [markdown]
# ## 9. Optional: a moving mean without the bias
#
# Not graded. After $t$ steps the moving mean holds the share $1 - m^t$ of what it saw and the share
# $m^t$ of its starting value. Both are known, so the bias can be taken out (Adam does exactly this):
#
# $$\tilde{\mu}_t = \frac{\mu^\text{moving}_t - m^t \mu^\text{moving}_0}{1 - m^t}$$


# %% nbgrader={"grade": false, "grade_id": "without_bias_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def without_bias(moving, start, step, momentum=0.99):
    """A moving average after `step` updates (one or more), with its starting value taken out."""
    ### BEGIN SOLUTION
    forgotten = momentum**step
    return (moving - forgotten * start) / (1 - forgotten)
    ### END SOLUTION


# %% tags=["display"]
try:
    shown = steps[1:200]
    corrected = [without_bias(moving_means[t, 0], 0.0, t) for t in shown]
    with plots.style():
        figure, panels = plots.new_figure(figsize=(6.5, 3.4))
        axes = panels[0, 0]
        axes.plot(shown, batch_means[: len(shown), 0], ".", color="0.7", label="mean of one batch")
        axes.plot(shown, moving_means[shown, 0], label="moving mean")
        axes.plot(shown, corrected, label="without the bias")
        axes.axhline(feature_means[0], color="k", lw=1, label="mean of all digits")
        axes.set_ylim(bottom=0)
        axes.set_xlabel("training steps t (batches of 32 digits)")
        axes.set_ylabel("mean of feature a")
        axes.set_title("Right from the first step on")
        axes.legend(loc="lower right")
    display(figure)
except NotImplementedError:
    print("without_bias is not written yet: this part is optional.")
