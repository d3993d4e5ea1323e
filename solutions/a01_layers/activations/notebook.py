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
# # Activations and initialization
#
# In this notebook you write eleven activation functions together with their derivatives, in a form
# that no input can make overflow. One derivative on the slides is wrong: you find the slip with a
# numerical gradient and put it right. Then you choose the first weights of deep networks, watch
# real digits live or die on their way through them, and count the units that died.
#
# Allow about two and a half hours; all cells together run in less than half a minute. Only NumPy is
# needed. Ready-made activations (`keras.activations`, `keras.ops.sigmoid`, `scipy.special.expit`
# and their relatives) are blocked in the checks.

# %%
from itertools import pairwise

# First, so that TensorFlow starts without its messages:
from course_lib import check, data, gradients, plots

import keras
import numpy as np
from IPython.display import display

# %% [markdown]
# Every activation comes as a pair. The forward function computes $y = \varphi(x)$ for each value.
# The backward function gets `dout`, the gradient of the loss with respect to $y$, and returns the
# gradient with respect to $x$ (the chain rule of *Convolutional Neural Network*,
# Backpropagation for a sequence of functions):
#
# $$\texttt{dx} = \texttt{dout} \cdot \varphi'(x)$$
#
# Arrays have any shape, and none of your functions may write to its inputs. Most check cells hand
# over several functions at once with this helper. It also tells NumPy to stop at an overflow, where
# it would otherwise only warn and carry on.


# %%
def family(**functions):
    """Hand several functions to one check; an overflow, or a NaN made on the way, stops them."""

    def run(name, **arguments):
        with np.errstate(over="raise", divide="raise", invalid="raise"):
            return functions[name](**arguments)

    return run


# %% [markdown]
# ## 1. The soft steps: sigmoid and tanh
#
# LeNet used these two (*Convolutional Neural Network*, LeNet-5). They look harmless,
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}} = \frac{e^x}{1 + e^x}, \qquad
#   \sigma'(x) = \sigma(x)\,\bigl(1 - \sigma(x)\bigr),$$
#
# and both forms of $\sigma$ are right. But a computer cannot hold $e^{1000}$:

# %% tags=["display"]
with np.errstate(over="ignore", invalid="ignore"):
    for x in (np.float64(-1000.0), np.float64(1000.0)):
        with_minus, with_plus = np.exp(-x), np.exp(x)
        print(f"x = {x:5.0f}:  exp(-x) = {with_minus:3.0f}, exp(x) = {with_plus:3.0f}, ", end="")
        print(f"exp(x) / (1 + exp(x)) = {with_plus / (1 + with_plus):.0f}")

# %% [markdown]
# Infinity divided by infinity is not a number. The cure: take the exponential only of numbers that
# are **not positive**, for instance of $-|x|$, and use for each sign of $x$ the form that has this
# exponential. (`np.where(x > 0, a, b)` picks from two arrays, but computes both of them first.)
#
# The hyperbolic tangent is a sigmoid, stretched to the range from -1 to 1. Your sigmoid is all you
# need:
#
# $$\tanh(x) = 2\,\sigma(2x) - 1, \qquad \tanh'(x) = 1 - \tanh^2(x)$$


# %% nbgrader={"grade": false, "grade_id": "sigmoid_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(x):
    """1 / (1 + exp(-x)) for each value, without overflow for any x."""
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1 + small)
    ### END SOLUTION


def sigmoid_backward(dout, x):
    """The gradient with respect to x.

    Args:
        dout: the gradient with respect to `sigmoid(x)`, of the shape of `x`.
        x: the input of the forward function.
    """
    ### BEGIN SOLUTION
    y = sigmoid(x)
    return dout * y * (1 - y)
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "tanh_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tanh(x):
    """The hyperbolic tangent of each value."""
    ### BEGIN SOLUTION
    return 2 * sigmoid(2 * x) - 1
    ### END SOLUTION


def tanh_backward(dout, x):
    """The gradient with respect to x."""
    ### BEGIN SOLUTION
    return dout * (1 - tanh(x) ** 2)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sigmoid_and_tanh", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(
    "sigmoid_and_tanh",
    family(
        sigmoid=sigmoid,
        sigmoid_backward=sigmoid_backward,
        tanh=tanh,
        tanh_backward=tanh_backward,
    ),
)

# %% [markdown]
# Your second stable function will be needed for Mish below. *Softplus* is a rounded ReLU whose
# derivative you have already written:
#
# $$\text{softplus}(x) = \ln(1 + e^x) = \max(x, 0) + \ln\bigl(1 + e^{-|x|}\bigr), \qquad
#   \text{softplus}'(x) = \sigma(x)$$
#
# `np.log1p(z)` is $\ln(1 + z)$, exact for tiny $z$ too.


# %% nbgrader={"grade": false, "grade_id": "softplus_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softplus(x):
    """ln(1 + exp(x)) for each value, without overflow: softplus(1000) is 1000."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    ### END SOLUTION


def softplus_backward(dout, x):
    """The gradient with respect to x."""
    ### BEGIN SOLUTION
    return dout * sigmoid(x)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softplus", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("softplus", family(softplus=softplus, softplus_backward=softplus_backward))


# %% tags=["display"]
def draw_pairs(pairs, title, limits=(-5, 5), **panel):
    """Curves of activations on the left, of their derivatives on the right.

    `pairs` is a dictionary: name to (forward, backward).
    """
    grid = np.linspace(*limits, 601)
    with plots.style():
        figure, axes = plots.new_figure(1, 2, figsize=(11, 3.9))
        for name, (forward, backward) in pairs.items():
            axes[0, 0].plot(grid, forward(grid), label=name)
            axes[0, 1].plot(grid, backward(np.ones_like(grid), grid), label=name)
        axes[0, 0].set(title="Activation", xlabel="input x", ylabel="output φ(x)", **panel)
        axes[0, 1].set(title="Derivative", xlabel="input x", ylabel="slope φ′(x)")
        axes[0, 0].legend()
        figure.suptitle(title)
    return figure


draw_pairs(
    {
        "sigmoid": (sigmoid, sigmoid_backward),
        "tanh": (tanh, tanh_backward),
        "softplus": (softplus, softplus_backward),
    },
    "Soft steps are flat almost everywhere; softplus stays steep on the right",
    ylim=(-1.2, 3),
)

# %% [markdown]
# Look at the scale of the right picture. The gradient at layer $i$ is a product with one factor for
# each layer above it (*Convolutional Neural Network*, Vagaries of optimization),
#
# $$\frac{\partial z}{\partial z_i} = \frac{\partial z}{\partial z_{n-1}}
#   \frac{\partial z_{n-1}}{\partial z_{n-2}} \cdots \frac{\partial z_{i+1}}{\partial z_i}$$
#
# and it *explodes* if the factors are much greater than 1, *vanishes* if they are much less. The
# slope of a sigmoid is at most ¼, so that ten of them leave at most $0.25^{10}$, one millionth
# (*Sigmoids cause vanishing gradients*). The weights between the layers are factors too: that is
# what the second half of this notebook is about.

# %% [markdown]
# ## 2. Rectifiers
#
# AlexNet was the first large network with **ReLU** (*Lecture 9*, Case Study: AlexNet). It is
# $\max(x, 0)$, the half-wave rectification of signal processing; its slope is 1 where it is active,
# and 0 elsewhere (*Convolutional Neural Network*, Rectified Linear Unit (ReLU)). **Leaky ReLU**
# keeps a small slope on the negative side, 0.1 on the slide (*Lecture 7*, Activation Functions):
#
# $$\text{ReLU}(x) = \max(x, 0), \qquad \text{leaky}(x) = \max(0.1\,x,\; x)$$
#
# At $x = 0$ there is a corner and no derivative. By convention we take the one from the left, as
# Keras does: 0 for ReLU. The layer `keras.layers.LeakyReLU` has another slope by default, 0.3.


# %% nbgrader={"grade": false, "grade_id": "relu_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu(x):
    """max(x, 0) for each value, as a new array."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


def relu_backward(dout, x):
    """The gradient with respect to x, with slope 0 where x is 0."""
    ### BEGIN SOLUTION
    return dout * (x > 0)
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "leaky_relu_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leaky_relu(x, slope=0.1):
    """x where it is positive, slope * x elsewhere.

    Args:
        x: an array of any shape.
        slope: of the negative side, at least 0 and less than 1.
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, x, slope * x)
    ### END SOLUTION


def leaky_relu_backward(dout, x, slope=0.1):
    """The gradient with respect to x, with the slope of the negative side where x is 0."""
    ### BEGIN SOLUTION
    return dout * np.where(x > 0, 1.0, slope)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rectifiers", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    "rectifiers",
    family(
        relu=relu,
        relu_backward=relu_backward,
        leaky_relu=leaky_relu,
        leaky_relu_backward=leaky_relu_backward,
    ),
)

# %% [markdown]
# **ELU** bends smoothly towards $-\alpha$ instead (*Convolutional Neural Network*, Exponential
# Linear Unit (ELU)). The slide names its price, an exponential for each value, and its gain: no dying
# ReLU. **SELU** is a scaled ELU (slide *SELU*) with two constants that the slide does not print.
# They are chosen so that values with mean 0 and variance 1 keep both:
#
# $$\text{ELU}(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^x - 1) & x \le 0 \end{cases}
#   \qquad \text{SELU}(x) = \lambda\; \text{ELU}(x) \text{ with } \alpha = 1.67326,\;
#   \lambda = 1.05070$$
#
# Work out the derivatives on paper. What is the exponential of a large positive $x$, and do you
# need it?

# %%
SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805


# %% nbgrader={"grade": false, "grade_id": "elu_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def elu(x, alpha=1.0):
    """x where it is positive, alpha * (exp(x) - 1) elsewhere, without overflow."""
    ### BEGIN SOLUTION
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    ### END SOLUTION


def elu_backward(dout, x, alpha=1.0):
    """The gradient with respect to x."""
    ### BEGIN SOLUTION
    return dout * np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "selu_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def selu(x):
    """SELU_SCALE times the ELU with SELU_ALPHA."""
    ### BEGIN SOLUTION
    return SELU_SCALE * elu(x, SELU_ALPHA)
    ### END SOLUTION


def selu_backward(dout, x):
    """The gradient with respect to x."""
    ### BEGIN SOLUTION
    return SELU_SCALE * elu_backward(dout, x, SELU_ALPHA)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "elu_and_selu", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    "elu_and_selu",
    family(
        elu=elu,
        elu_backward=elu_backward,
        selu=selu,
        selu_backward=selu_backward,
    ),
)

# %% tags=["display"]
draw_pairs(
    {
        "ReLU": (relu, relu_backward),
        "leaky ReLU, slope 0.1": (leaky_relu, leaky_relu_backward),
        "ELU, α = 1": (elu, elu_backward),
        "SELU": (selu, selu_backward),
    },
    "Rectifiers: slope 1 on the right, and four opinions about the left",
    limits=(-4, 2.5),
)

# %% [markdown]
# ## 3. GELU, and a slip on the slide
#
# **GELU** multiplies $x$ by the probability $\Phi(x)$ that a standard normal number lies below it. The
# slide gives the usual approximation (*Convolutional Neural Network*, Gaussian Error Linear Unit
# (Gelu)):
#
# $$\text{GELU}(x) = 0.5\,x\,\bigl(1 + \tanh(u)\bigr), \qquad
#   u = \sqrt{2/\pi}\,\bigl(x + 0.044715\,x^3\bigr)$$
#
# It is never further than 0.0005 from $x\,\Phi(x)$. Write the approximation. `np.tanh` is fine here.


# %% nbgrader={"grade": false, "grade_id": "gelu_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gelu(x):
    """The tanh form of GELU for each value, as on the slide."""
    ### BEGIN SOLUTION
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    return 0.5 * x * (1 + np.tanh(u))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gelu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("gelu", gelu)

# %% [markdown]
# The slide also prints the derivative, with $u$ as above:
#
# $$\text{GELU}'(x) \stackrel{?}{=} 0.5 + 0.5 \tanh(u)
#   + 0.5\,x\,\bigl(1 - \tanh^2(u)\bigr)\bigl(1 + 3 \cdot 0.044715\,x^2\bigr)$$
#
# Never trust a derivative that you have not checked. A *numerical gradient* needs nothing but the
# forward function: it moves each value a little to both sides,
#
# $$\varphi'(x) \approx \frac{\varphi(x + h) - \varphi(x - h)}{2h}$$
#
# `gradients.numerical_gradient(gelu, x)` does it. Here is the printed formula in code, and both in
# one picture:


# %%
def printed_gelu_derivative(x):
    """The derivative of GELU exactly as the slide prints it."""
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    return 0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * (1 + 3 * 0.044715 * x**2)


# %% tags=["display"]
grid = np.linspace(-4, 4, 161)
numerical = gradients.numerical_gradient(gelu, grid)
with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(11, 3.9))
    axes[0, 0].plot(grid, numerical, label="numerical gradient of your GELU")
    axes[0, 0].plot(grid, printed_gelu_derivative(grid), "--", label="formula on the slide")
    axes[0, 0].set(title="The derivative of GELU", xlabel="input x", ylabel="slope")
    axes[0, 0].legend(loc="upper left", fontsize=8)
    axes[0, 1].plot(grid, printed_gelu_derivative(grid) - numerical, color=plots.COLOURS[2])
    axes[0, 1].set(title="Slide minus numerical", xlabel="input x", ylabel="difference of slopes")
    figure.suptitle("The two agree at 0 and far outside, and nowhere else")
figure

# %% [markdown]
# Which term is wrong? The formula has three. The difference vanishes where the third one does, at
# $x = 0$ and where the tanh is saturated. So suppose that the third term lacks a constant factor.
# At $x = 1$ compute
#
# - `numerical`: the numerical gradient of your `gelu`;
# - `printed`: what the slide's formula gives;
# - `factor`: the number by which the third term must be multiplied, so that the two agree.
#
# Then look at $u$ again, and you will know the factor's exact value.

# %% nbgrader={"grade": false, "grade_id": "gelu_slip_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Three numbers, with at least four digits, in this form:
# gelu_slip = {"numerical": ..., "printed": ..., "factor": ...}
### BEGIN SOLUTION
at_one = np.array([1.0])
by_moving = float(gradients.numerical_gradient(gelu, at_one)[0])
on_slide = float(printed_gelu_derivative(at_one)[0])
first_two_terms = 0.5 + 0.5 * float(np.tanh(np.sqrt(2 / np.pi) * 1.044715))
gelu_slip = {
    "numerical": by_moving,
    "printed": on_slide,
    "factor": (by_moving - first_two_terms) / (on_slide - first_two_terms),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "gelu_slip", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("gelu_slip", gelu_slip)


# %% [markdown]
# Now write the right one.


# %% nbgrader={"grade": false, "grade_id": "gelu_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gelu_backward(dout, x):
    """The gradient of GELU's tanh form with respect to x."""
    ### BEGIN SOLUTION
    root = np.sqrt(2 / np.pi)
    t = np.tanh(root * (x + 0.044715 * x**3))
    inner_slope = root * (1 + 3 * 0.044715 * x**2)
    return dout * (0.5 + 0.5 * t + 0.5 * x * (1 - t**2) * inner_slope)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gelu_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("gelu_backward", gelu_backward)

# %% [markdown]
# ## 4. Swish and Mish
#
# Two more smooth rectifiers that dip below zero (*Convolutional Neural Network*, Swish by Google
# 2017; Mish). Both are products, so their derivatives have two terms:
#
# $$\text{swish}(x) = x\,\sigma(\beta x), \qquad
#   \text{mish}(x) = x \tanh\bigl(\ln(1 + e^x)\bigr)$$
#
# Use your own stable functions, and $(f g)' = f' g + f g'$. For Swish the chain rule gives one more
# factor $\beta$; for Mish it needs the derivative of softplus.


# %% nbgrader={"grade": false, "grade_id": "swish_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def swish(x, beta=1.0):
    """x * sigmoid(beta * x) for each value."""
    ### BEGIN SOLUTION
    return x * sigmoid(beta * x)
    ### END SOLUTION


def swish_backward(dout, x, beta=1.0):
    """The gradient with respect to x."""
    ### BEGIN SOLUTION
    gate = sigmoid(beta * x)
    return dout * (gate + beta * x * gate * (1 - gate))
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "mish_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mish(x):
    """x * tanh(softplus(x)) for each value, without overflow."""
    ### BEGIN SOLUTION
    return x * np.tanh(softplus(x))
    ### END SOLUTION


def mish_backward(dout, x):
    """The gradient with respect to x."""
    ### BEGIN SOLUTION
    t = np.tanh(softplus(x))
    return dout * (t + x * (1 - t**2) * sigmoid(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "swish_and_mish", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(
    "swish_and_mish",
    family(
        swish=swish,
        swish_backward=swish_backward,
        mish=mish,
        mish_backward=mish_backward,
    ),
)

# %% [markdown]
# The slide says that Swish with $\beta = 1.702$ "becomes Gelu". Does it?

# %% tags=["display"]
grid = np.linspace(-6, 6, 601)
with plots.style():
    figure, axes = plots.new_figure(1, 3, figsize=(14, 4))
    for name, forward in [("GELU", gelu), ("Swish, β = 1", swish), ("Mish", mish), ("ReLU", relu)]:
        style = {"ls": ":", "color": "black"} if name == "ReLU" else {}
        axes[0, 0].plot(grid, forward(grid), label=name, **style)
    axes[0, 0].set(title="Smooth rectifiers", xlim=(-4, 2), ylim=(-0.5, 2))
    for beta in (0.1, 1, 10):
        axes[0, 1].plot(grid, swish(grid, beta), label=f"Swish, β = {beta:g}")
    axes[0, 1].plot(grid, relu(grid), ":", color="black", label="ReLU")
    axes[0, 1].set(title="Swish: from x/2 to ReLU", xlim=(-4, 2), ylim=(-2, 2))
    gap = swish(grid, 1.702) - gelu(grid)
    axes[0, 2].plot(grid, gap, color=plots.COLOURS[3], label="Swish, β = 1.702, minus GELU")
    axes[0, 2].set(title=f"Close, not equal: up to {np.abs(gap).max():.4f}", ylim=(-0.03, 0.04))
    for panel in axes.flat:
        panel.set_xlabel("input x")
        panel.set_ylabel("difference of outputs" if panel is axes[0, 2] else "output φ(x)")
        panel.legend()
figure

# %% [markdown]
# Before you go on, compare everything you have with two witnesses: your forward functions against
# Keras, and your backward functions against numerical gradients, with a random `dout`. (With a
# `dout` of ones many mistakes would stay hidden.) The points keep away from 0, where rectifiers
# have their corner. In double precision a right derivative shows a relative error of about
# $10^{-6}$ or less, a wrong one usually $10^{-3}$ or more.

# %% tags=["display"]
PAIRS = {
    "sigmoid": (sigmoid, sigmoid_backward),
    "tanh": (tanh, tanh_backward),
    "softplus": (softplus, softplus_backward),
    "relu": (relu, relu_backward),
    "leaky_relu": (leaky_relu, leaky_relu_backward),
    "elu": (elu, elu_backward),
    "selu": (selu, selu_backward),
    "gelu": (gelu, gelu_backward),
    "silu": (swish, swish_backward),
    "mish": (mish, mish_backward),
}
OPTIONS = {"leaky_relu": {"negative_slope": 0.1}, "gelu": {"approximate": True}}

rng = np.random.default_rng(0)
points = rng.choice([-1, 1], size=(3, 4, 5)) * rng.uniform(0.1, 4, size=(3, 4, 5))
upstream = rng.normal(size=points.shape)
for name, (forward, backward) in PAIRS.items():
    ready_made = getattr(keras.activations, name)(points, **OPTIONS.get(name, {}))
    difference = np.abs(forward(points) - keras.ops.convert_to_numpy(ready_made)).max()
    wanted = gradients.numerical_gradient(forward, points, upstream)
    error = gradients.relative_error(backward(upstream, points), wanted)
    print(f"{name:10}  as Keras: {'yes' if difference < 1e-6 else 'NO '}  ", end="")
    print(f"relative error of the gradient {error:.0e}, {'right' if error < 1e-5 else 'WRONG'}")
wanted = gradients.numerical_gradient(gelu, points, upstream)
error = gradients.relative_error(upstream * printed_gelu_derivative(points), wanted)
print(f"For comparison, the slide's derivative of GELU: relative error {error:.0e}")

# %% [markdown]
# ## 5. Activations with a mind of their own: Maxout and Dice
#
# **Maxout** (*Lecture 7*, Activation Functions) has no fixed shape. A unit computes several linear
# functions and passes on the largest. The slide has two, here there are $K$:
#
# $$y = \max\bigl(w_1^T x + b_1,\; w_2^T x + b_2\bigr), \qquad
#   y_{nu} = \max_k \Bigl(\sum_i x_{ni}\, w_{kiu} + b_{ku}\Bigr)$$
#
# Backwards, only the winner of each unit and example has moved the output, so only its weights, its
# bias and its path to $x$ get a gradient. `np.einsum("ni,kiu->nku", x, w)` gives all the linear
# functions at once, if you like such things; a loop over $k$ is fine.


# %% nbgrader={"grade": false, "grade_id": "maxout_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def maxout(x, w, b):
    """The largest of several linear functions, for each unit.

    Args:
        x: `(batch, inputs)`.
        w: `(pieces, inputs, units)`.
        b: `(pieces, units)`.

    Returns:
        `(batch, units)`.
    """
    ### BEGIN SOLUTION
    return np.max(np.einsum("ni,kiu->nku", x, w) + b, axis=1)
    ### END SOLUTION


def maxout_backward(dout, x, w, b):
    """The gradients `(dx, dw, db)`, of the shapes of x, w and b."""
    ### BEGIN SOLUTION
    pieces = np.einsum("ni,kiu->nku", x, w) + b
    winner = np.argmax(pieces, axis=1)
    won = np.arange(len(w))[:, np.newaxis] == winner[:, np.newaxis, :]  # (batch, pieces, units)
    dpieces = won * dout[:, np.newaxis, :]
    dx = np.einsum("nku,kiu->ni", dpieces, w)
    dw = np.einsum("nku,ni->kiu", dpieces, x)
    return dx, dw, dpieces.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "maxout", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("maxout", family(maxout=maxout, maxout_backward=maxout_backward))

# %% [markdown]
# **Dice** moves its corner to where the data are (*Convolutional Neural Network*, Data Adaptive
# Activation Function (Dice)). It mixes the two branches of a leaky ReLU by a soft switch $p$:
#
# $$f(s) = p(s)\, s + \bigl(1 - p(s)\bigr)\,\alpha s, \qquad p(s) = \sigma(\hat s), \qquad
#   \hat s = \frac{s - E[s]}{\sqrt{Var[s] + \epsilon}}$$
#
# The slide leaves three things open. $\alpha$ is learned, one for each **channel** (the last axis).
# $E[s]$ and $Var[s]$ are taken for each channel too, over all other axes, and $Var$ divides by the
# number of values. And they have two meanings, as in batch normalization: in **training** they are
# those of the batch at hand, in **inference** fixed numbers kept from training, so that the output
# for an example does not depend on the others beside it.
#
# With $g = \texttt{dout} \cdot (1 - \alpha)\, s\, p\, (1 - p)$, the gradient with respect to
# $\hat s$, the derivatives are
#
# $$\frac{\partial L}{\partial \alpha} = \sum \texttt{dout}\,(1 - p)\, s, \qquad
#   \frac{\partial L}{\partial s} = \texttt{dout}\,\bigl(p + (1 - p)\,\alpha\bigr) +
#   \frac{1}{\sqrt{Var[s] + \epsilon}} \cdot \begin{cases} g & \text{inference} \\
#   g - \overline{g} - \hat s\; \overline{g\, \hat s} & \text{training} \end{cases}$$
#
# The sum and the means (bars) run over all axes but the last. The two additional terms appear in
# training because each value of the batch has a share in $E[s]$ and $Var[s]$.


# %% nbgrader={"grade": false, "grade_id": "dice_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    """The data adaptive activation function.

    Args:
        s: `(batch, ..., channels)`.
        alpha: `(channels,)`, the slopes of the negative side.
        mean, variance: `(channels,)`, kept from training, for inference. If both are None, those of
            the batch are taken, as in training.
        epsilon: added to the variance.

    Returns:
        An array of the shape of `s`.
    """
    ### BEGIN SOLUTION
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    p = sigmoid((s - mean) / np.sqrt(variance + epsilon))
    return p * s + (1 - p) * alpha * s
    ### END SOLUTION


def dice_backward(dout, s, alpha, mean=None, variance=None, epsilon=1e-8):
    """The gradients `(ds, dalpha)`, of the shapes of s and alpha."""
    ### BEGIN SOLUTION
    others = tuple(range(s.ndim - 1))
    training = mean is None
    if training:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    root = np.sqrt(variance + epsilon)
    normalised = (s - mean) / root
    p = sigmoid(normalised)
    dnormalised = dout * (1 - alpha) * s * p * (1 - p)
    if training:
        shared = (dnormalised * normalised).mean(axis=others)
        dnormalised = dnormalised - dnormalised.mean(axis=others) - normalised * shared
    ds = dout * (p + (1 - p) * alpha) + dnormalised / root
    return ds, (dout * (1 - p) * s).sum(axis=others)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dice", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("dice", family(dice=dice, dice_backward=dice_backward))

# %% [markdown]
# On the left, one Maxout unit with one input and the four lines it is made of: whatever their
# number, the result is convex. On the right, one Dice unit that met two batches. The corner sits
# where the switch $p$ is ½: at the mean of the batch.

# %% tags=["display"]
grid = np.linspace(-4, 6, 501)
slopes, offsets = np.array([-1.0, -0.2, 0.4, 1.5]), np.array([-1.6, 0.4, 0.1, -3.0])
batches = np.random.default_rng(1).normal([0.0, 3.0], [1.0, 0.3], size=(400, 2))

with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(11.5, 4.2))
    for slope, offset in zip(slopes, offsets, strict=True):
        axes[0, 0].plot(grid, slope * grid + offset, ":", color="grey", lw=1.5)
    unit = maxout(grid[:, np.newaxis], slopes[:, np.newaxis, np.newaxis], offsets[:, np.newaxis])
    axes[0, 0].plot(grid, unit[:, 0], lw=3, label="Maxout of the four dotted lines")
    axes[0, 0].set(title="One Maxout unit, 4 pieces", xlabel="input x", ylabel="output y")
    axes[0, 0].set_ylim(-2, 5)
    for index, colour in enumerate(plots.COLOURS[:2]):
        batch = batches[:, index]
        moments = {"mean": batch.mean(keepdims=True), "variance": batch.var(keepdims=True)}
        curve = dice(grid[:, np.newaxis], np.array([0.1]), **moments)
        label = f"batch with mean {batch.mean():.1f} and variance {batch.var():.2f}"
        axes[0, 1].plot(grid, curve[:, 0], color=colour, label=label)
        axes[0, 1].plot(batch[:60], np.full(60, -1.2 - 0.3 * index), "|", color=colour, ms=9)
    axes[0, 1].set(title="One Dice unit, α = 0.1", xlabel="input s", ylabel="output f(s)")
    axes[0, 1].set_ylim(-2, 6)
    for panel in axes.flat:
        panel.legend(loc="upper left")
figure

# %% [markdown]
# In training the same value can give different outputs, as the same $s = 1$ does here. Now you
# know why a network with Dice has to be told whether it is training.

# %% [markdown]
# ## 6. The first weights
#
# All weights zero would make all units equal for ever, so weights start at random. The question is
# how large. The slides give three rules:
#
# - *Edge Detector*: uniform in $[-1/n_\text{in},\; 1/n_\text{in}]$, where the **fan-in**
#   $n_\text{in}$ is the number of inputs to a hidden unit;
# - *Careful initialization*: **MSRA**, normal with mean 0 and **variance** $2/(k \cdot k \cdot d)$;
#   $k \cdot k \cdot d$ is the fan-in of a $k \times k$ convolution on $d$ channels. The
#   "Xavier 2/ initialization from He et al." of ResNet (*Lecture 9*, Case Study: ResNet)
#   is the same;
# - **Xavier** itself, here in its uniform form, looks at both directions: uniform in $[-l, l]$ with
#
# $$l = \sqrt{\frac{6}{n_\text{in} + n_\text{out}}}, \qquad \text{whose variance is }
#   \frac{l^2}{3} = \frac{2}{n_\text{in} + n_\text{out}}$$
#
# The **fan-out** $n_\text{out}$ counts, in the same way, the outputs that an input takes part in: in
# a convolution every tap and every filter.


# %% nbgrader={"grade": false, "grade_id": "initial_weights_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fans(shape):
    """The fan-in and the fan-out of a layer.

    Args:
        shape: of its weights: `(inputs, units)` of a fully connected layer, or
            `(kernel_height, kernel_width, channels, filters)` of a convolution.

    Returns:
        `(fan_in, fan_out)`, two whole numbers.
    """
    ### BEGIN SOLUTION
    *taps, inputs, outputs = shape
    positions = int(np.prod(taps))
    return positions * inputs, positions * outputs
    ### END SOLUTION


def msra_std(shape):
    """The standard deviation of MSRA's normal distribution for weights of this shape."""
    ### BEGIN SOLUTION
    return np.sqrt(2 / fans(shape)[0])
    ### END SOLUTION


def xavier_limit(shape):
    """The limit l of Xavier's uniform distribution for weights of this shape."""
    ### BEGIN SOLUTION
    return np.sqrt(6 / sum(fans(shape)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "initial_weights", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("initial_weights", family(fans=fans, msra_std=msra_std, xavier_limit=xavier_limit))

# %% [markdown]
# ### What a layer does to the size of the signal
#
# "Key idea: want variance to remain approx. constant" (*Careful initialization*). A unit adds up
# $n$ products, $z = \sum_i w_i\, a_i$, with independent weights of mean 0 and standard deviation
# $\tau$. Therefore $E[z^2] = n\, \tau^2\, E[a^2]$. The inputs $a$ are themselves the outputs of
# (leaky) ReLUs with slope $s$. If the $z$ of the layer below is symmetric around 0, half of
# its square passes unchanged and half is multiplied by $s^2$:
#
# $$E[z_{l+1}^2] = \underbrace{n\,\tau^2\; \frac{1 + s^2}{2}}_{\text{factor per layer}}\; E[z_l^2]$$
#
# ReLU is $s = 0$; $s = 1$ means no activation at all. Write the factor.


# %% nbgrader={"grade": false, "grade_id": "variance_factor_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def variance_factor(fan_in, weight_std, slope=0.0):
    """By how much one layer multiplies the mean square of the signal.

    Args:
        fan_in: number of inputs to a unit.
        weight_std: standard deviation of the weights.
        slope: of the negative side of the activation before the layer.
    """
    ### BEGIN SOLUTION
    return fan_in * weight_std**2 * (1 + slope**2) / 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "variance_factor", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("variance_factor", variance_factor)

# %% [markdown]
# ### Predict before you run
#
# A network has 20 further ReLU layers of 300 units on top of its first. With **Xavier** and with
# **MSRA** weights: by what factor is the mean square of the signal in the last layer greater or
# smaller than in the first? One line of mental arithmetic each; write powers of ten if you like.
# Your two numbers will be stars in the picture below.

# %%
# Not graded. Write your two predictions in place of None:
prediction = {"Xavier": None, "MSRA": None}

# %% [markdown]
# ## 7. Digits on their way through a deep network
#
# The input is real: 500 handwritten digits of MNIST, shrunk to 14 × 14 pixels and brought to mean
# 0 and variance 1. They go through 21 layers of 300 units. First with tanh, and three sizes of
# weights. In the upper row, the outputs of four layers; in the lower row, the gradients that arrive
# at the same layers if a random `dout` comes from above.

# %% tags=["display"]
WIDTH = 300
LAYERS = 21
SHOWN_LAYERS = (1, 6, 11, 21)

sample = data.load("mnist").train.take(500)
images = sample.images.reshape(500, 14, 2, 14, 2).mean(axis=(2, 4), dtype="float64")
digits = ((images - images.mean()) / images.std()).reshape(500, -1)


def draw_weights(rule, width=WIDTH, layers=LAYERS):
    """Weights of all layers; `rule(shape, rng)` draws those of one."""
    rng = np.random.default_rng(0)
    sizes = [digits.shape[1]] + [width] * layers
    return [rule(shape, rng) for shape in pairwise(sizes)]


def through(weights, forward, backward):
    """Send the digits up and a random gradient down.

    Returns:
        Two lists with one entry for each layer: its values before the activation, and the gradients
        with respect to them.
    """
    values, a = [], digits
    for w in weights:
        values.append(a @ w)
        a = forward(values[-1])
    down = [backward(np.random.default_rng(1).normal(size=a.shape), values[-1])]
    for w, z in zip(weights[:0:-1], values[-2::-1], strict=True):
        down.append(backward(down[-1] @ w.T, z))
    return values, down[::-1]


def xavier(shape, rng):
    limit = xavier_limit(shape)
    return rng.uniform(-limit, limit, size=shape)


def msra(shape, rng):
    return rng.normal(scale=msra_std(shape), size=shape)


def edge_detector(shape, rng):
    limit = 1 / fans(shape)[0]
    return rng.uniform(-limit, limit, size=shape)


TANH_RULES = {
    "half of Xavier": lambda shape, rng: 0.5 * xavier(shape, rng),
    "Xavier": xavier,
    "three times Xavier": lambda shape, rng: 3 * xavier(shape, rng),
}

with plots.style():
    figure, axes = plots.new_figure(2, 3, figsize=(13, 6.4), sharey="row")
    shades = [(0.75, 0.83, 0.92), (0.45, 0.65, 0.85), (0.1, 0.4, 0.7), (0.0, 0.1, 0.3)]
    for column, (name, rule) in enumerate(TANH_RULES.items()):
        values, passed_down = through(draw_weights(rule), tanh, tanh_backward)
        upper, lower = axes[:, column]
        for layer, shade in zip(SHOWN_LAYERS, shades, strict=True):
            outputs = tanh(values[layer - 1]).ravel()
            counts, edges = np.histogram(outputs, np.linspace(-1, 1, 41))
            share = 100 * counts / counts.sum()
            label = f"layer {layer}: {np.mean(np.abs(outputs) > 0.97):.0%} saturated"
            upper.stairs(share, edges, color=shade, lw=2, label=label)
            sizes = np.log10(np.abs(passed_down[layer - 1]).clip(1e-12))
            counts, edges = np.histogram(sizes, np.linspace(-9, 3, 49))
            share = 100 * counts / counts.sum()
            lower.stairs(share, edges, color=shade, lw=2, label=f"layer {layer}")
        upper.set(title=name, xlabel="output of the layer", ylim=(0, 40))
        lower.set(xlabel="size of the gradient (log₁₀ of its absolute value)")
        upper.legend(fontsize=8)
        lower.legend(fontsize=8)
    axes[0, 0].set_ylabel("share of the outputs (%)")
    axes[1, 0].set_ylabel("share of the gradients (%)")
    figure.suptitle("tanh, 21 layers: too small fades, too large saturates and explodes")
figure

# %% [markdown]
# Weights that are too small let the signal fade to 0, and the gradient with it. Weights that are
# too large drive most units into saturation; there the slope is nearly 0, yet the large weights
# outweigh it, and the gradient grows on its way down. Xavier was made for tanh and keeps both in
# shape.
#
# Now with **ReLU**, and with the theory: the dashed lines are your `variance_factor` to the power
# of the depth. For the gradients the same factor acts from top to bottom.

# %% tags=["display"]
RULES = {
    "uniform ±1/fan-in": (edge_detector, lambda n: 1 / n / np.sqrt(3)),
    "Xavier": (xavier, lambda n: xavier_limit((n, n)) / np.sqrt(3)),
    "MSRA": (msra, lambda n: msra_std((n, n))),
    "twice MSRA": (
        lambda shape, rng: 2 * msra(shape, rng),
        lambda n: 2 * msra_std((n, n)),
    ),
}

depth = np.arange(1, LAYERS + 1)
with plots.style():
    figure, axes = plots.new_figure(1, 2, figsize=(13, 4.8))
    for colour, (name, (rule, std)) in zip(plots.COLOURS, RULES.items(), strict=False):
        values, passed_down = through(draw_weights(rule), relu, relu_backward)
        factor = variance_factor(WIDTH, std(WIDTH))
        up = np.array([np.mean(z**2) for z in values])
        down = np.array([np.mean(g**2) for g in passed_down])
        for panel, measured, steps in [
            (axes[0, 0], up / up[0], depth - 1),
            (axes[0, 1], down / down[-1], LAYERS - depth),
        ]:
            panel.semilogy(depth, measured, "o", ms=5, color=colour, label=f"{name}: {factor:.2g}")
            panel.semilogy(depth, factor**steps, "--", lw=1.2, color=colour)
        if prediction.get(name) is not None:
            axes[0, 0].plot(LAYERS, prediction[name], "*", ms=17, color=colour, mec="black")
    axes[0, 0].set(
        title="Signal, upwards",
        ylabel="mean square, relative to layer 1",
        ylim=(1e-30, 1e16),
    )
    axes[0, 1].set(
        title="Gradient, downwards",
        ylabel=f"mean square, relative to layer {LAYERS}",
        ylim=(1e-30, 1e16),
    )
    for panel in axes.flat:
        panel.set_xlabel("layer")
        panel.set_xticks([1, 6, 11, 16, 21])
        panel.set_yticks(10.0 ** np.arange(-30, 17, 10))
        panel.minorticks_off()
    axes[0, 0].legend(title="rule: factor per layer", loc="lower right")
    figure.suptitle("ReLU: measured on digits (dots), predicted (dashed), your prediction (stars)")
figure

# %% [markdown]
# One factor per layer explains thirty orders of magnitude. Uniform in ±1/fan-in has variance
# $1/(3 n^2)$, and so the factor is $1/(6n)$: fine for the single layer of the *Edge Detector*
# slide, hopeless for a stack of them. The factor 2 in MSRA makes up for the half that ReLU cuts
# off; Xavier lacks it, and loses half of the signal in every layer.

# %% [markdown]
# ## 8. Dying ReLU
#
# "Some part of neural network will never be updated", warns the slide (*Rectified Linear Unit*). A
# unit is **dead** if it is 0 for **every** example: then no example sends a gradient through it, and
# its weights stay as they are. A unit that is 0 for some examples is just doing its work.
#
# Count them. In a convolution a *unit* is a channel, and it lives if it is active at any position of
# any image.


# %% nbgrader={"grade": false, "grade_id": "dead_units_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dead_units(activations):
    """The share of units that are zero for every example.

    Args:
        activations: outputs of ReLU, `(batch, units)` or `(batch, height, width, channels)`.

    Returns:
        A number from 0 (all units live) to 1 (all are dead).
    """
    ### BEGIN SOLUTION
    dead = np.all(activations == 0, axis=tuple(range(activations.ndim - 1)))
    return float(dead.mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dead_units", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("dead_units", dead_units)

# %% [markdown]
# Two ways to kill a unit. A negative **initial bias** keeps it below 0 from the start. And a large
# **learning rate** can throw it there: one step too far. Below, a network 196–100–10 learns the 500
# digits by plain gradient descent, and its hidden units are counted on all of them. In the lower
# row every unit starts dead, with a bias of -8. For leaky ReLU we count the units that are negative
# for every digit: they are just as far off, but they still have a slope.


# %% tags=["display"]
def train(forward, backward, learning_rate, steps, bias=0.0, batch=50):
    """Train 196-100-10 on the digits, with this initial bias of the hidden units.

    Returns:
        Two arrays, with an entry after the first step and then after every tenth: the share of
        hidden units that are off for every digit, and the share of digits classified correctly.
    """
    rng = np.random.default_rng(0)
    w1, w2 = msra((digits.shape[1], 100), rng), msra((100, 10), rng)
    b1, b2 = np.full(100, bias), np.zeros(10)
    history = []
    for step in range(steps):
        chosen = np.arange(step * batch, (step + 1) * batch) % len(digits)
        x = digits[chosen]
        z = x @ w1 + b1
        a = forward(z)
        scores = a @ w2 + b2
        dscores = np.exp(scores - scores.max(axis=1, keepdims=True))
        dscores /= dscores.sum(axis=1, keepdims=True)
        dscores[np.arange(batch), labels[chosen]] -= 1
        dscores /= batch
        dz = backward(dscores @ w2.T, z)
        w2, b2 = w2 - learning_rate * a.T @ dscores, b2 - learning_rate * dscores.sum(axis=0)
        w1, b1 = w1 - learning_rate * x.T @ dz, b1 - learning_rate * dz.sum(axis=0)
        if step % 10 == 0:
            z = digits @ w1 + b1
            answers = (forward(z) @ w2 + b2).argmax(axis=1)
            history.append((dead_units(relu(z)), np.mean(answers == labels)))
    return np.array(history).T


labels = sample.labels
biases = np.linspace(-8, 2, 41)
first_layer = digits @ msra((digits.shape[1], 100), np.random.default_rng(0))
dead_at_start = [dead_units(relu(first_layer + bias)) for bias in biases]
rates = np.array([0.03, 0.1, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0])
dead_at_end = [train(relu, relu_backward, rate, steps=61)[0][-1] for rate in rates]

with plots.style():
    figure, axes = plots.new_figure(2, 2, figsize=(11.5, 7.4), sharey=True)
    axes[0, 0].plot(biases, 100 * np.array(dead_at_start))
    axes[0, 0].set(title="ReLU before training", xlabel="initial bias")
    axes[0, 0].set_ylabel("dead units (%)")
    axes[0, 1].semilogx(rates, 100 * np.array(dead_at_end), marker="o")
    axes[0, 1].set(title="ReLU after 61 steps, initial bias 0", xlabel="learning rate")
    axes[0, 1].set_xticks([0.03, 0.1, 0.3, 1, 3], labels=["0.03", "0.1", "0.3", "1", "3"])
    axes[0, 1].minorticks_off()
    axes[0, 1].set_ylabel("dead units (%)")
    steps = range(1, 202, 10)
    for name, pair in [("ReLU", PAIRS["relu"]), ("leaky ReLU", PAIRS["leaky_relu"])]:
        off, correct = train(*pair, learning_rate=0.3, steps=201, bias=-8.0)
        axes[1, 0].plot(steps, 100 * off, label=name)
        axes[1, 1].plot(steps, 100 * correct, label=name)
    axes[1, 0].set(title="All units off at first: do they recover?")
    axes[1, 0].set_ylabel("units off for every digit (%)")
    axes[1, 1].set(title="All units off at first: accuracy")
    axes[1, 1].set_ylabel("training digits right (%)")
    for panel in axes[1]:
        panel.set_xlabel("training step, learning rate 0.3")
        panel.legend(loc="center right")
    axes[0, 0].set_ylim(-3, 103)
figure

# %% [markdown]
# With a learning rate of 0.3 nobody dies; ten times as large, everybody does. The dead ReLU network
# stays at the accuracy of guessing for ever: only the biases of its last layer can learn.
# The leaky one starts late, and arrives.

# %% [markdown]
# ### Why?
#
# Why can a dead ReLU unit not recover by gradient descent, however long you train, while a leaky
# ReLU or ELU unit in the same position can? Answer in two or three sentences; use the words
# *upstream gradient* and *weights of the unit*. Not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# The gradient for the weights of the unit is a sum over the examples: upstream gradient times
# slope times input. For a dead unit the slope is 0 at every example, so the sum is exactly 0 and
# the weights of the unit stay as they are, whatever the upstream gradient says. Leaky ReLU and
# ELU have a positive slope on the negative side: part of the upstream gradient comes through, the
# weights of the unit move, and it can become positive again.
#
# </details>

# %% [markdown]
# ## 9. Optional: the right first weights for any activation
#
# Not graded. ReLU needs weights of variance $2/n$ because it keeps half of the mean square. An
# activation $\varphi$ that keeps the share $E[\varphi(z)^2]$ of a standard normal $z$ needs
# $\text{gain}/n$ with
#
# $$\text{gain} = \frac{1}{E[\varphi(z)^2]}, \qquad
#   E[\varphi(z)^2] = \int \varphi(z)^2\, \frac{e^{-z^2/2}}{\sqrt{2\pi}}\, dz$$
#
# Compute the integral as a sum over a fine grid from -8 to 8. For SELU the gain is 1: that is what
# its constants were chosen for.


# %% nbgrader={"grade": false, "grade_id": "gain_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gain(activation):
    """The variance of the weights, times the fan-in, that keeps a signal of mean square 1."""
    ### BEGIN SOLUTION
    z, step = np.linspace(-8, 8, 16001, retstep=True)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return 1 / float(np.sum(activation(z) ** 2 * density) * step)
    ### END SOLUTION


# %% tags=["display"]
try:
    with plots.style():
        figure, axes = plots.new_figure(1, 1, figsize=(8, 4.2))
        for name in ("relu", "gelu", "mish", "selu", "tanh"):
            forward, backward = PAIRS[name]
            value = gain(forward)
            weights = draw_weights(
                # The digits have mean square 1 already: no gain for the first layer.
                lambda shape, rng, value=value: (
                    rng.normal(size=shape) * np.sqrt((value if shape[0] == WIDTH else 1) / shape[0])
                )
            )
            squares = [np.mean(z**2) for z in through(weights, forward, backward)[0]]
            axes[0, 0].plot(depth, squares, "o-", ms=4, label=f"{name}: gain {value:.3f}")
        axes[0, 0].set(
            title="Weights of variance gain / fan-in",
            xlabel="layer",
            ylabel="mean square before the activation",
            yscale="log",
            ylim=(1e-2, 1e2),
        )
        axes[0, 0].set_xticks([1, 6, 11, 16, 21])
        axes[0, 0].legend(ncols=2)
    display(figure)
except NotImplementedError:
    print("gain is not written yet: this part is optional.")

# %% [markdown]
# After 21 layers the signal has nearly its first size, where MSRA's gain of 2 would have let that of
# GELU fade. tanh and SELU even pull it back to 1 when chance has moved it. ReLU does not care, and
# GELU pushes it further away: small signals shrink and large ones grow. That is one good reason for
# normalization layers.
