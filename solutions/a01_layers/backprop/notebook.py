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
# # Backpropagation
#
# A network is a chain of functions. In this notebook you write the way back through each of them:
# linear layer, ReLU, convolution, pooling, and two losses. Then you put them into one chain and
# train it on handwritten digits, with NumPy alone and about a hundred lines that are all yours. At
# the end you look at how gradients die or explode on their way through many layers, and at what a
# residual connection does about it.
#
# Allow about three hours. After each function stands a `check(...)` cell, which you may run as often
# as you like. Gradients that are computed for you (`GradientTape`, numerical gradients) are blocked
# in the checks; at your desk, numerical gradients are your best friend, and section 2 shows how to
# use them. The forward functions are given wherever you only need them. (The very first check takes
# some seconds: it loads the libraries in order to block them.)

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from numpy.lib.stride_tricks import sliding_window_view

from course_lib import check, data, plots
from course_lib.gradients import numerical_gradient, relative_error

# %% [markdown]
# ## 1. Forward through the chain, and back
#
# The slides write a network as a sequence of functions, each with its own weights (*Convolutional
# Neural Network*, Backpropagation for a sequence of functions):
#
# $$z_i = f_i(z_{i-1}, w_i), \qquad z_0 = x, \qquad z = z_n$$
#
# $z$ is the loss, one number. How it changes with an inner value follows from the next one, by the
# chain rule:
#
# $$\frac{\partial z}{\partial z_i} =
#   \frac{\partial z}{\partial z_{i+1}}\, \frac{\partial z_{i+1}}{\partial z_i}, \qquad
#   \frac{\partial z}{\partial w_i} =
#   \frac{\partial z}{\partial z_i}\, \frac{\partial z_i}{\partial w_i}$$
#
# So every function needs two *modules*. Write $g(\cdot)$ for the gradient of $z$ with respect to
# something; it has the shape of that something.
#
# | module | takes | produces |
# |---|---|---|
# | forward | $z_{i-1}$ and $w_i$ | $z_i = f_i(z_{i-1}, w_i)$ |
# | backward | $g(z_i)$ | $g(z_{i-1}) = g(z_i)\, \frac{\partial z_i}{\partial z_{i-1}}$ and $g(w_i) = g(z_i)\, \frac{\partial z_i}{\partial w_i}$ |
#
# The way back starts with $g(z_n) = 1$ and goes through the modules from the last to the first.

# %% tags=["display"]
FORWARD, BACKWARD = plots.COLOURS[0], plots.COLOURS[1]


def draw_chain(names):
    """Draw modules in a row: values go right above them, gradients go left below."""
    figure, axes = plt.subplots(figsize=(11, 3.2), layout="constrained")

    def arrow(start, end, colour):
        style = {"arrowstyle": "-|>", "mutation_scale": 16, "lw": 2, "color": colour}
        axes.add_patch(FancyArrowPatch(start, end, shrinkA=0, shrinkB=0, **style))

    for i, name in enumerate(names):
        left = 2.2 * i
        box = FancyBboxPatch((left, 0), 1.2, 1, boxstyle="round,pad=0.05", fc="#eef1f4", ec="grey")
        axes.add_patch(box)
        axes.text(left + 0.6, 0.5, name, ha="center", va="center", fontsize=12)
        arrow((left - 0.9, 0.8), (left - 0.08, 0.8), FORWARD)
        arrow((left - 0.08, 0.2), (left - 0.9, 0.2), BACKWARD)
        axes.text(left - 0.5, 0.92, f"$z_{i}$", ha="center", color=FORWARD, fontsize=13)
        axes.text(left - 0.5, -0.14, f"$g(z_{i})$", ha="center", color=BACKWARD, fontsize=13)
        arrow((left + 0.35, 1.75), (left + 0.35, 1.08), FORWARD)
        arrow((left + 0.85, 1.08), (left + 0.85, 1.75), BACKWARD)
        axes.text(left + 0.35, 1.85, f"$w_{i + 1}$", ha="center", color=FORWARD, fontsize=13)
        axes.text(left + 0.9, 1.85, f"$g(w_{i + 1})$", ha="center", color=BACKWARD, fontsize=13)
    end, last = 2.2 * len(names), len(names)
    arrow((end - 0.9, 0.8), (end - 0.08, 0.8), FORWARD)
    arrow((end - 0.08, 0.2), (end - 0.9, 0.2), BACKWARD)
    axes.text(end, 0.75, f"$z_{last} = z$, the loss", color=FORWARD, fontsize=13)
    axes.text(end, 0.12, f"$g(z_{last}) = 1$", color=BACKWARD, fontsize=13)
    axes.set_xlim(-1.1, end + 1.9)
    axes.set_ylim(-0.35, 2.3)
    axes.set_axis_off()
    axes.set_title(
        "Forward (blue) every module keeps what it will need; backward (orange) it is used"
    )
    return figure


draw_chain(["$f_1$", "$f_2$", "$f_3$", "$f_4$"])
plt.show()

# %% [markdown]
# In code, what comes *into* a backward module is called `dout` and what comes out `dx`, `dw`, `db`:
#
# | slides | $g(z_i)$ | $g(z_{i-1})$ | $g(w_i)$ |
# |---|---|---|---|
# | code | `dout` | `dx` | `dw`, `db` |
#
# Here are two complete pairs. `Scale` has weights, one factor for each column of a batch; `Sigmoid`
# has none. Read how the forward module keeps what the backward module needs. And see the sum in
# `Scale`: all examples of the batch use the same weight, so all of them add to its gradient.


# %%
class Scale:
    """Multiply each column of a batch `(batch, features)` by a weight of its own."""

    def __init__(self, w):
        self.weights = {"w": w}

    def forward(self, z):
        self.z = z
        return z * self.weights["w"]

    def backward(self, g):
        """From g(z_i) to g(z_{i-1}) and the gradients of the weights, by name."""
        return g * self.weights["w"], {"w": np.sum(g * self.z, axis=0)}


class Sigmoid:
    """1 / (1 + exp(-z)), whose derivative is y (1 - y) for the output y."""

    def __init__(self):
        self.weights = {}

    def forward(self, z):
        self.y = 1 / (1 + np.exp(-z))
        return self.y

    def backward(self, g):
        return g * self.y * (1 - self.y), {}


# %% [markdown]
# ### Your task: the whole chain
#
# Write the two passes for any list of such modules. `forward_pass` returns all values,
# $[z_0, z_1, \dots, z_n]$. `backward_pass` is given $g(z_n)$ and returns two lists, both in the
# order of the modules: $[g(z_0), g(z_1), \dots, g(z_n)]$, one longer than the list of modules, and
# $[g(w_1), \dots, g(w_n)]$, the dictionaries that the modules' `backward` gave. It is called only
# after a `forward_pass` through the same modules.


# %% nbgrader={"grade": false, "grade_id": "sequence_gradients_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward_pass(modules, x):
    """All values on the way through a sequence of modules.

    Args:
        modules: objects with a method `forward(z)`, first to last.
        x: what goes into the first one.

    Returns:
        The list of z_0 (which is `x`), z_1, ..., z_n.
    """
    ### BEGIN SOLUTION
    values = [x]
    for module in modules:
        values.append(module.forward(values[-1]))
    return values
    ### END SOLUTION


def backward_pass(modules, dout):
    """All gradients on the way back through a sequence of modules.

    Args:
        modules: objects with a method `backward(g)` that returns the gradient with respect to the
            module's input, and a dictionary of the gradients of its weights.
        dout: g(z_n), the gradient with respect to what the last module returned.

    Returns:
        The list of g(z_0), ..., g(z_n), and the list of the dictionaries, first module first.
    """
    ### BEGIN SOLUTION
    gradients, weight_gradients = [dout], []
    for module in reversed(modules):
        dz, dweights = module.backward(gradients[-1])
        gradients.append(dz)
        weight_gradients.append(dweights)
    return gradients[::-1], weight_gradients[::-1]
    ### END SOLUTION


# %% [markdown]
# The check sends values through a chain of `Scale` and `Sigmoid` modules:


# %%
def sequence_gradients(x, scales, dout):
    """What your passes give for the chain Scale, Sigmoid, Scale, Sigmoid, ...

    Returns:
        Your three lists: z_0, ..., z_n; g(z_0), ..., g(z_n); the dictionaries of the modules.
    """
    modules = [module for w in scales for module in (Scale(w), Sigmoid())]
    values = forward_pass(modules, x)
    return values, *backward_pass(modules, dout)


# %% nbgrader={"grade": true, "grade_id": "sequence_gradients", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("sequence_gradients", sequence_gradients)

# %% [markdown]
# ## 2. How you know that a gradient is right
#
# The slopes of a function can be measured: move one number a little to both sides and see how the
# result moves.
#
# $$\frac{\partial z}{\partial x_k} \approx \frac{z(x_k + h) - z(x_k - h)}{2h}$$
#
# `numerical_gradient(function, x, upstream)` does that for every entry of `x`. It needs two calls
# for each number, far too slow for training, but it does not know what you were thinking, and that
# makes it a good judge. `upstream` is the `dout` of the code under test. Make it random: with ones
# everywhere, many mistakes cancel.

# %% tags=["display"]
rng = np.random.default_rng(0)
chain = [Scale(rng.normal(size=3)), Sigmoid(), Scale(rng.normal(size=3)), Sigmoid()]
x, dout = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))

forward_pass(chain, x)
backward = backward_pass(chain, dout)[0][0]
measured = numerical_gradient(lambda x: forward_pass(chain, x)[-1], x, dout)
print("backward pass:", np.round(backward[0], 6))
print("measured:     ", np.round(measured[0], 6))
print(f"largest relative error |a - b| / (|a| + |b|): {relative_error(backward, measured):.1e}")

# %% [markdown]
# How small should $h$ be? The formula is off by something like $h^2$, which speaks for a small step.
# But $z(x + h) - z(x - h)$ is the small difference of two large numbers, and of those only sixteen
# digits are kept: an error of about $10^{-16} / h$. The best step lies in between.

# %% tags=["display"]
steps = 10.0 ** np.arange(-12, 0, 0.25)
errors = [
    relative_error(
        backward, numerical_gradient(lambda x: forward_pass(chain, x)[-1], x, dout, step)
    )
    for step in steps
]

with plots.style():
    figure, panels = plots.new_figure(figsize=(6.5, 3.6))
    axes = panels[0, 0]
    axes.loglog(steps, errors, "o-", ms=4)
    axes.axvline(1e-5, color="grey", linestyle="--", lw=1.2)
    axes.text(1.3e-5, 1e-4, "used here", color="grey")
    axes.text(3e-12, 3e-9, "rounding\n$\\sim 10^{-16}/h$", color=plots.COLOURS[1])
    axes.text(6e-3, 3e-9, "curvature\n$\\sim h^2$", color=plots.COLOURS[1])
    axes.set_xlabel("step $h$")
    axes.set_ylabel("largest relative error")
    axes.set_title("A gradient check has a best step")
figure

# %% [markdown]
# With $h = 10^{-5}$, a right gradient agrees to about $10^{-7}$ or better. An error of $10^{-2}$ is
# never rounding: it is a mistake.
#
# ## 3. Linear layer and ReLU
#
# A fully connected layer multiplies each row $x$ of a batch by a matrix and adds a bias. Written
# for single numbers, with $b$ for the example in the batch:
#
# $$z[b, k] = \sum_j x[b, j]\, w[j, k] + \beta[k]$$
#
# Collect for every number all the ways in which it reaches the result:
#
# $$g(x)[b, j] = \sum_k g(z)[b, k]\, w[j, k], \qquad
#   g(w)[j, k] = \sum_b x[b, j]\, g(z)[b, k], \qquad
#   g(\beta)[k] = \sum_b g(z)[b, k]$$
#
# Three lines of NumPy. The shapes tell you where to transpose: each gradient has the shape of what
# it is the gradient of.


# %%
def linear_forward(x, w, b):
    """A fully connected layer: (batch, inputs) times (inputs, outputs), plus (outputs,)."""
    return x @ w + b


# %% nbgrader={"grade": false, "grade_id": "linear_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_backward(dout, x, w):
    """The way back through `linear_forward`.

    Args:
        dout: gradient with respect to the output, `(batch, outputs)`.
        x: the layer's input, `(batch, inputs)`.
        w: its weights, `(inputs, outputs)`.

    Returns:
        `dx` of the shape of `x`, `dw` of the shape of `w`, and `db` of shape `(outputs,)`.
    """
    ### BEGIN SOLUTION
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "linear_backward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("linear_backward", linear_backward)

# %% [markdown]
# ReLU is $\max(x, 0)$, value by value (*Convolutional Neural Network*, Rectified Linear Unit
# (ReLU)). Where the input was positive the slope is 1 and the gradient passes; where it was
# negative the slope is 0 and nothing passes. At exactly 0 there is no slope; take 0, as everyone
# does.


# %%
def relu_forward(x):
    """max(x, 0), value by value."""
    return np.maximum(x, 0)


# %% nbgrader={"grade": false, "grade_id": "relu_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_backward(dout, x):
    """The way back through `relu_forward`; both arguments have the same shape, any shape.

    Args:
        dout: gradient with respect to the output. It must not be changed.
        x: the layer's input.
    """
    ### BEGIN SOLUTION
    return dout * (x > 0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "relu_backward", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("relu_backward", relu_backward)

# %% [markdown]
# ## 4. Convolution
#
# ### Predict before you run
#
# A 3 × 3 filter whose nine weights are all 1 slides over a 6 × 6 image with **stride 2**, without
# padding. Suppose that the gradient coming back is 1 at each of the 2 × 2 outputs. Then `dx` counts,
# for every pixel, in how many windows it lies. With pencil and paper: what is `dx` at row 0, column
# 0 (`top_left`), at row 2, column 2 (`middle`), and at row 5, column 5 (`last`)? And what is `db`,
# the gradient of the filter's bias?

# %% nbgrader={"grade": false, "grade_id": "overlap_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four numbers in this form:
# overlap = {"top_left": ..., "middle": ..., "last": ..., "db": ...}
### BEGIN SOLUTION
overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 4}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "overlap", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("overlap", overlap)

# %% [markdown]
# ### The way back through a convolution
#
# Let $\hat x$ be the input with its frame of $P$ zeros. The forward pass of your convolution
# notebook, here without dilation:
#
# $$z[b, i, j, f] = \beta[f] + \sum_{m, n, c} \hat x[b,\; iS + m,\; jS + n,\; c]\; w[m, n, c, f]$$
#
# Each product $\hat x \cdot w$ in this sum sends the gradient to both of its factors, multiplied by
# the other one:
#
# $$g(\beta)[f] = \sum_{b, i, j} g(z)[b, i, j, f], \qquad
#   g(w)[m, n, c, f] = \sum_{b, i, j} \hat x[b,\; iS + m,\; jS + n,\; c]\; g(z)[b, i, j, f]$$
#
# $$g(\hat x)[b,\; iS + m,\; jS + n,\; c] \;\mathrel{+}=\; \sum_f w[m, n, c, f]\; g(z)[b, i, j, f]
#   \qquad \text{for all } i, j, m, n$$
#
# The last line is written as code on purpose. A pixel lies in several windows, and each of them
# *adds* its share. At the end the frame is cut off again: $\hat x$ was larger than $x$.
#
# Two loops are enough, either over the taps $(m, n)$ of the kernel, or over the output positions
# $(i, j)$. You will train with this function, so leave batch and channels to NumPy.


# %%
def windows(x, size, stride):
    """All windows of a batch of images, as a view: (batch, rows, columns, channels, *size)."""
    return sliding_window_view(x, size, axis=(1, 2))[:, ::stride, ::stride]


def conv_forward(x, w, b, stride=1, padding=0):
    """A convolution layer: x (batch, height, width, channels), w (*size, channels, filters)."""
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    return np.tensordot(windows(padded, w.shape[:2], stride), w, axes=((4, 5, 3), (0, 1, 2))) + b


# %% nbgrader={"grade": false, "grade_id": "conv_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_backward(dout, x, w, stride=1, padding=0):
    """The way back through `conv_forward`.

    Args:
        dout: gradient with respect to the output, `(batch, rows, columns, filters)`.
        x: the layer's input, `(batch, height, width, channels)`, without its frame of zeros.
        w: its kernel, `(kernel_height, kernel_width, channels, filters)`.
        stride: step of the window in both directions, in pixels.
        padding: rows and columns of zeros on each of the four sides.

    Returns:
        `dx` of the shape of `x`, `dw` of the shape of `w`, and `db` of shape `(filters,)`.
    """
    ### BEGIN SOLUTION
    _, height, width, _ = x.shape
    _, rows, columns, _ = dout.shape
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
    for m, n in np.ndindex(w.shape[:2]):
        # The pixels that tap (m, n) met, one in each window.
        met = (
            slice(None),
            slice(m, m + stride * (rows - 1) + 1, stride),
            slice(n, n + stride * (columns - 1) + 1, stride),
        )
        dw[m, n] = np.tensordot(padded[met], dout, axes=((0, 1, 2), (0, 1, 2)))
        dpadded[met] += dout @ w[m, n].T
    dx = dpadded[:, padding : padding + height, padding : padding + width]
    return dx, dw, dout.sum(axis=(0, 1, 2))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv_backward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("conv_backward", conv_backward)

# %% [markdown]
# Look at what you have built. On the left the answer to the prediction. In the other panels one
# single value of `dout` is 1: it stamps the kernel, as it is and not flipped, into the place where
# its window stood.


# %% tags=["display"]
def draw_grid(axes, values, title, limit=4, frames=()):
    """Draw a matrix as numbered cells; frames are (row, column, height, width, colour)."""
    axes.imshow(values, cmap="RdBu_r", vmin=-limit, vmax=limit)
    for row, column in np.ndindex(values.shape):
        value = values[row, column]
        dark = abs(value) > 0.7 * limit
        axes.text(column, row, f"{value:.3g}", ha="center", va="center", color="w" if dark else "k")
    for row, column, height, width, colour in frames:
        corner = (column - 0.5, row - 0.5)
        axes.add_patch(Rectangle(corner, width, height, fill=False, edgecolor=colour, lw=3))
    axes.set_xticks(range(values.shape[1]))
    axes.set_yticks(range(values.shape[0]))
    axes.set_xlabel("column")
    axes.set_ylabel("row")
    axes.set_title(title, fontsize=11)


blank = np.zeros((1, 6, 6, 1))
ones = conv_backward(np.ones((1, 2, 2, 1)), blank, np.ones((3, 3, 1, 1)), stride=2)[0]
kernel = np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 0.0], [-3.0, -2.0, 1.0]])
stamps = []
for i, j in [(0, 0), (1, 1)]:
    single = np.zeros((1, 2, 2, 1))
    single[0, i, j, 0] = 1
    stamps.append(conv_backward(single, blank, kernel[:, :, None, None], stride=2)[0])

figure, panels = plt.subplots(
    1, 4, figsize=(12.5, 3.9), width_ratios=(6, 3, 6, 6), layout="constrained"
)
frame = plots.COLOURS[4]
draw_grid(panels[0], ones[0, :, :, 0], "dx: windows per pixel, stride 2")
draw_grid(panels[1], kernel, "A kernel")
draw_grid(panels[2], stamps[0][0, :, :, 0], "dx of dout[0, 0] = 1", frames=[(0, 0, 3, 3, frame)])
draw_grid(panels[3], stamps[1][0, :, :, 0], "dx of dout[1, 1] = 1", frames=[(2, 2, 3, 3, frame)])
figure.suptitle("The way back through a convolution stamps the kernel into the image and adds up")
plt.show()

# %% [markdown]
# ## 5. Pooling
#
# Max pooling passes on the largest value of each window, average pooling the mean (*Convolutional
# Neural Network*, Sub-Sampling (Pooling) Layer). In *Pooling* you write the way back through both: the
# whole gradient of a window goes to the pixel that won, or every pixel gets the same share of it. Here you
# write what lies between them.
#
# ### Between the maximum and the mean
#
# Max pooling listens to one pixel, average pooling to all alike. Must one choose? For a window with the
# $K = K_H K_W$ values $x_1, \dots, x_K$ take
#
# $$z = \frac{1}{\beta} \log \Bigl( \frac{1}{K} \sum_{k=1}^{K} e^{\beta x_k} \Bigr)$$
#
# with a *sharpness* $\beta > 0$ (Boureau, Ponce and LeCun, 2010). For large $\beta$ the largest value
# outweighs the rest of the sum, and $z$ comes close to the maximum; for small $\beta$ it comes close to the
# mean. And in between there is no switch: $z$ is smooth, and its derivative is
#
# $$p_k = \frac{\partial z}{\partial x_k} = \frac{e^{\beta x_k}}{\sum_{j=1}^{K} e^{\beta x_j}}$$
#
# Derive it on paper: $\beta$ comes down from the exponent and meets the $1/\beta$ in front, and the two
# $1/K$ cancel. These shares are positive and add up to 1: softmax, in a window.
#
# ### Predict before you run
#
# A window has the four values 1, 3, 3 and 2.
#
# - `smallest`: what share of the gradient does the 1 get if $\beta$ is nearly 0?
# - `tie`: what share does the *first* 3 get if $\beta$ is very large? (Max pooling gives it all.)
# - `ratio`: for $\beta = 2$, how many times as much as the 2 does a 3 get? Two decimals are enough.

# %% nbgrader={"grade": false, "grade_id": "pool_shares_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three predictions in this form:
# pool_shares = {"smallest": ..., "tie": ..., "ratio": ...}
### BEGIN SOLUTION
pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "pool_shares", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("pool_shares", pool_shares)

# %% [markdown]
# Now in code. As everywhere, a pixel in several windows adds up what they send, each channel is pooled on
# its own, and windows need not be square:
#
# $$g(x)[b,\; iS + m,\; jS + n,\; c] \;\mathrel{+}=\; p_{mn}\; g(z)[b, i, j, c]
#   \qquad \text{for all } i, j, m, n$$
#
# One trap: $e^{1000}$ is infinite in floating point. The shares do not change when the same number is
# subtracted from all values of a window. Subtract its largest, as the forward function does.


# %%
def soft_pool_forward(x, size, stride, sharpness):
    """Between mean and maximum of each window, for every channel; `size` is (height, width)."""
    scaled = sharpness * windows(x, size, stride)
    largest = scaled.max(axis=(4, 5))
    powers = np.exp(scaled - largest[..., np.newaxis, np.newaxis])
    return (largest + np.log(powers.mean(axis=(4, 5)))) / sharpness


# %% nbgrader={"grade": false, "grade_id": "soft_pool_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def soft_pool_backward(dout, x, size, stride, sharpness):
    """The way back through `soft_pool_forward`.

    Args:
        dout: gradient with respect to the output, `(batch, rows, columns, channels)`.
        x: the layer's input, `(batch, height, width, channels)`.
        size: `(height, width)` of a window.
        stride: step of the window in both directions, in pixels.
        sharpness: β, greater than 0.

    Returns:
        `dx` of the shape of `x`.
    """
    ### BEGIN SOLUTION
    scaled = sharpness * windows(x, size, stride)
    powers = np.exp(scaled - scaled.max(axis=(4, 5), keepdims=True))
    shares = powers / powers.sum(axis=(4, 5), keepdims=True)
    _, rows, columns, _ = dout.shape
    dx = np.zeros(x.shape)
    for m, n in np.ndindex(*size):
        bottom, right = m + stride * (rows - 1) + 1, n + stride * (columns - 1) + 1
        dx[:, m:bottom:stride, n:right:stride] += dout * shares[..., m, n]
    return dx
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "soft_pool_backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("soft_pool_backward", soft_pool_backward)

# %% [markdown]
# The picture shows where four gradients go: each colour is one window. A large β is a switch, as in max
# pooling (but for the two 3s in the green window, which share), and a small one a spray, as in average
# pooling.

# %% tags=["display"]
x = np.array([[1, 0, 2, 3], [4, 6, 6, 8], [3, 1, 1, 0], [3, 2, 2, 4]], dtype=float)
dout = np.array([[1.0, 2.0], [-3.0, 4.0]])
batch, upstream = x[None, :, :, None], dout[None, :, :, None]
ways_back = {
    f"β = {sharpness:g}": soft_pool_backward(upstream, batch, (2, 2), 2, sharpness)
    for sharpness in (20, 0.5, 0.001)
}

figure, panels = plt.subplots(
    1, 5, figsize=(14, 3.6), width_ratios=(4, 2, 4, 4, 4), layout="constrained"
)
tiles = [(i, j, plots.COLOURS[2 * i + j]) for i, j in np.ndindex(2, 2)]
frames = [(2 * i + 0.06, 2 * j + 0.06, 1.88, 1.88, colour) for i, j, colour in tiles]
draw_grid(panels[0], x, "x, stored by the forward pass", limit=12, frames=frames)
draw_grid(panels[1], dout, "dout", frames=[(i + 0.05, j + 0.05, 0.9, 0.9, c) for i, j, c in tiles])
for axes, (name, dx) in zip(panels[2:], ways_back.items(), strict=True):
    draw_grid(axes, dx[0, :, :, 0].round(2) + 0.0, f"dx for {name}", frames=frames)
figure.suptitle("2 × 2 pooling with stride 2: who gets the gradient of a window?")
plt.show()

# %% [markdown]
# ## 6. The loss is a function too
#
# The last module turns scores into one number. From there the way back starts, with $g(z_n) = 1$.
#
# ### Softmax with negative log-likelihood
#
# For one example with the scores $s$ and the label $y$, softmax makes probabilities, and the loss is
# how surprised they are by the label. For a batch of $N$ take the mean (*Convolutional Neural
# Network*, Loss function; Minibatch stochastic gradient descent):
#
# $$p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}, \qquad
#   L = -\frac{1}{N} \sum_{b=1}^{N} \log p^{(b)}_{y^{(b)}}, \qquad
#   \frac{\partial L}{\partial s^{(b)}_k} = \frac{1}{N} \bigl(p^{(b)}_k - [k = y^{(b)}]\bigr)$$
#
# $[k = y]$ is 1 for the label and 0 for the others. So the gradient is simply what the network said
# minus what it should have said. In each row it adds up to zero.
#
# Written like this it breaks: $e^{1000}$ is infinite, and so is $\log 0$. As in a window, probabilities do not
# change when a number is subtracted from all scores of an example. Subtract the largest, and never
# take the logarithm of a probability:
#
# $$\log p_k = (s_k - \max s) - \log \sum_j e^{s_j - \max s}$$


# %% nbgrader={"grade": false, "grade_id": "softmax_nll_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_nll(scores, labels):
    """Softmax and negative log-likelihood, forward and backward at once.

    Args:
        scores: `(batch, classes)`, of any size.
        labels: true class numbers, `(batch,)`.

    Returns:
        The mean loss in nats, a number, and its gradient `dscores` of the shape of `scores`.
    """
    ### BEGIN SOLUTION
    examples = np.arange(len(labels))
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probabilities[examples, labels].mean()
    dscores = np.exp(log_probabilities)
    dscores[examples, labels] -= 1
    return loss, dscores / len(labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax_nll", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("softmax_nll", softmax_nll)

# %% [markdown]
# ### How many examples are there?
#
# The slide (*Convolutional Neural Network*, Loss function) prints the log-likelihood of a data set
# $\mathcal D$ like this:
#
# $$\mathcal{L}(\theta, \mathcal{D}) =
#   \sum_{i=0}^{|\mathcal{D}|} \log P(Y = y^{(i)} \mid x^{(i)}, W, b)$$
#
# Something is wrong with it. Take the 3,500 training digits, $|\mathcal D| = 3500$:
#
# - `printed`: how many terms does the sum have as it is printed?
# - `right`: how many should it have?
# - `last_index`: if the first example has the number 0, as on the slide and in Python, what must
#   stand above the $\sum$?

# %% nbgrader={"grade": false, "grade_id": "likelihood_terms_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your three whole numbers in this form:
# likelihood_terms = {"printed": ..., "right": ..., "last_index": ...}
### BEGIN SOLUTION
likelihood_terms = {"printed": 3501, "right": 3500, "last_index": 3499}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "likelihood_terms", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("likelihood_terms", likelihood_terms)

# %% [markdown]
# ### The SVM loss
#
# The other loss of the slides (*Convolutional Neural Network*, Regularization: Add term to loss)
# wants the score of the right class to lead every other score by a margin of 1. Each class $j$ that
# comes closer costs what is missing:
#
# $$L = \frac{1}{N} \sum_{b=1}^{N} \sum_{j \neq y^{(b)}}
#   \max\bigl(0,\; s^{(b)}_j - s^{(b)}_{y^{(b)}} + 1\bigr)$$
#
# Each term that is greater than 0 has slope $+1$ in $s_j$ and $-1$ in $s_y$, so the right class
# collects as many $-1$ as there are such terms. A term of exactly 0 has slope 0. (The slide adds
# $\lambda R(W)$ to the loss. That is a term of the weights alone, and adds to $g(w)$ directly; here
# it is left out.)


# %% nbgrader={"grade": false, "grade_id": "svm_loss_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def svm_loss(scores, labels):
    """Multiclass SVM loss with margin 1, forward and backward at once.

    Args:
        scores: `(batch, classes)`.
        labels: true class numbers, `(batch,)`.

    Returns:
        The mean loss, a number, and its gradient `dscores` of the shape of `scores`.
    """
    ### BEGIN SOLUTION
    examples = np.arange(len(labels))
    missing = np.maximum(0, scores - scores[examples, labels][:, np.newaxis] + 1)
    missing[examples, labels] = 0
    loss = missing.sum() / len(labels)
    dscores = (missing > 0).astype(float)
    dscores[examples, labels] = -dscores.sum(axis=1)
    return loss, dscores / len(labels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "backprop_svm_loss", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("backprop_svm_loss", svm_loss)

# %% [markdown]
# Both losses with two classes, against the lead of the right class. The SVM loss is content with a
# lead of 1 and stops pulling; the likelihood never is, but pulls less and less.

# %% tags=["display"]
leads = np.linspace(-3, 4, 281)
pair = np.stack([leads, np.zeros_like(leads)], axis=1)

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10, 3.4))
    for name, loss_function in [("softmax and NLL", softmax_nll), ("SVM", svm_loss)]:
        results = [loss_function(scores[None, :], np.array([0])) for scores in pair]
        panels[0, 0].plot(leads, [loss for loss, _ in results], label=name)
        panels[0, 1].plot(leads, [gradient[0, 0] for _, gradient in results], label=name)
    for axes, title, label in [
        (panels[0, 0], "Loss", "loss of one example"),
        (panels[0, 1], "Gradient", "slope in the score of the right class"),
    ]:
        axes.axvline(1, color="grey", linestyle="--", lw=1.2, label="margin")
        axes.set_title(title)
        axes.set_xlabel("lead of the right class, $s_y - s_j$")
        axes.set_ylabel(label)
        axes.legend()
figure

# %% [markdown]
# ### Everything you wrote, measured
#
# Before you train, one look at all backward functions at once: the largest relative error of every
# gradient against its numerical twin. (The inputs are drawn so that no value lies within a step of a
# kink, where ReLU and the SVM loss have no slope.)


# %% tags=["display"]
def distinct(*shape):
    """Numbers in random order, no two of them close to each other, to zero, or 1 apart."""
    size = np.prod(shape)
    return (rng.permutation(size) - size // 2 + 0.5).reshape(shape) * 3.7 / size


def check_all_gradients():
    """Largest relative error of every gradient, by name."""
    errors = {}

    def compare(name, backward, forward, dout, **tensors):
        """`backward` gives a gradient for each tensor; `forward` takes the tensors by name."""
        for (tensor, value), gradient in zip(tensors.items(), backward, strict=True):
            measured = numerical_gradient(
                lambda t, name=tensor: forward(**{**tensors, name: t}), value, dout
            )
            errors[f"{name} d{tensor}"] = relative_error(gradient, measured)

    x, w, b = distinct(4, 5), distinct(5, 3), distinct(3)
    dout = rng.normal(size=(4, 3))
    compare("linear", linear_backward(dout, x, w), linear_forward, dout, x=x, w=w, b=b)
    dout = rng.normal(size=x.shape)
    compare("ReLU", [relu_backward(dout, x)], relu_forward, dout, x=x)

    x, w, b = distinct(2, 7, 6, 3), distinct(3, 2, 3, 4), distinct(4)
    settings = {"stride": 2, "padding": 1}
    dout = rng.normal(size=conv_forward(x, w, b, **settings).shape)
    compare(
        "convolution",
        conv_backward(dout, x, w, **settings),
        lambda x, w, b: conv_forward(x, w, b, **settings),
        dout,
        x=x,
        w=w,
        b=b,
    )
    dout = rng.normal(size=soft_pool_forward(x, (3, 2), 2, 2.0).shape)
    compare(
        "soft pooling",
        [soft_pool_backward(dout, x, (3, 2), 2, 2.0)],
        lambda x: soft_pool_forward(x, (3, 2), 2, 2.0),
        dout,
        x=x,
    )

    scores, labels = distinct(5, 4), rng.integers(4, size=5)
    for name, loss in [("softmax and NLL", softmax_nll), ("SVM", svm_loss)]:
        gradient = loss(scores, labels)[1]
        compare(name, [gradient], lambda scores, f=loss: f(scores, labels)[0], 1.0, scores=scores)
    return errors


errors = check_all_gradients()

with plots.style():
    figure, panels = plots.new_figure(figsize=(9, 4))
    axes = panels[0, 0]
    names = list(errors)[::-1]
    values = [max(errors[name], 1e-16) for name in names]
    colours = [plots.COLOURS[2] if value < 1e-6 else plots.COLOURS[1] for value in values]
    axes.barh(names, values, left=1e-16, color=colours, height=0.7)
    axes.axvspan(1e-3, 10, color=plots.COLOURS[1], alpha=0.15)
    axes.text(5.5e-2, len(names) / 2 - 0.5, "a mistake", ha="center", color=plots.COLOURS[1])
    axes.set_xscale("log")
    axes.set_xlim(1e-16, 10)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("largest relative error against the numerical gradient")
    axes.set_title("Gradient check of every backward function")
figure

# %% [markdown]
# ## 7. A network that learns to read
#
# Now the pairs become modules, like `Scale` and `Sigmoid` above. Each keeps in `forward` what its
# `backward` needs, and hands the work to your functions.


# %%
class Linear:
    """A fully connected layer as a module."""

    def __init__(self, w, b):
        self.weights = {"w": w, "b": b}

    def forward(self, z):
        self.z = z
        return linear_forward(z, **self.weights)

    def backward(self, g):
        dz, dw, db = linear_backward(g, self.z, self.weights["w"])
        return dz, {"w": dw, "b": db}


class Convolution:
    """A convolution layer as a module."""

    def __init__(self, w, b, stride=1, padding=0):
        self.weights = {"w": w, "b": b}
        self.settings = {"stride": stride, "padding": padding}

    def forward(self, z):
        self.z = z
        return conv_forward(z, **self.weights, **self.settings)

    def backward(self, g):
        dz, dw, db = conv_backward(g, self.z, self.weights["w"], **self.settings)
        return dz, {"w": dw, "b": db}


class ReLU:
    """max(z, 0) as a module."""

    def __init__(self):
        self.weights = {}

    def forward(self, z):
        self.z = z
        return relu_forward(z)

    def backward(self, g):
        return relu_backward(g, self.z), {}


class SoftPool:
    """Pooling between mean and maximum, as a module."""

    def __init__(self, size, stride, sharpness):
        self.weights = {}
        self.settings = {"size": size, "stride": stride, "sharpness": sharpness}

    def forward(self, z):
        self.z = z
        return soft_pool_forward(z, **self.settings)

    def backward(self, g):
        return soft_pool_backward(g, self.z, **self.settings), {}


class Flatten:
    """(batch, height, width, channels) to (batch, features); on the way back the other way round."""

    def __init__(self):
        self.weights = {}

    def forward(self, z):
        self.shape = z.shape
        return z.reshape(len(z), -1)

    def backward(self, g):
        return g.reshape(self.shape), {}


# %% [markdown]
# The network: two convolutions, two ReLUs, one soft pooling, one linear layer. For the 28 × 28 digits
# the shapes are 28 × 28 × 1, 14 × 14 × 8, 7 × 7 × 8, 7 × 7 × 16, and 10 scores.


# %%
def digit_network(weights):
    """The network as a list of modules.

    Args:
        weights: kernel and bias of the first convolution, of the second one, matrix and bias of the
            linear layer.
    """
    kernel_1, bias_1, kernel_2, bias_2, w, b = weights
    return [
        Convolution(kernel_1, bias_1, stride=2, padding=2),
        ReLU(),
        SoftPool(size=(2, 2), stride=2, sharpness=5),
        Convolution(kernel_2, bias_2, padding=1),
        ReLU(),
        Flatten(),
        Linear(w, b),
    ]


# %% [markdown]
# ### Your task: one step of training
#
# The recipe of the slides (*Convolutional Neural Network*, Convolutional network training) is: sample
# a minibatch $B$, forward pass to compute the loss, backpropagate to compute the gradient, take a
# step. The step of minibatch stochastic gradient descent, with learning rate $\lambda$:
#
# $$w \leftarrow w - \lambda\, \frac{1}{|B|} \sum_{(x, y) \in B} \nabla_w L(h_w(x), y)$$
#
# The mean over the batch is in your loss functions already; do not divide twice. (The slides combine
# the gradient with momentum and weight decay. That is the subject of the notebook on optimization.)
# Every module has its weights in the dictionary `module.weights`, and `backward_pass` gives a
# dictionary with the same names for each module.


# %% nbgrader={"grade": false, "grade_id": "training_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def training_step(modules, loss_function, images, labels, learning_rate):
    """One step of stochastic gradient descent; changes the weights of the modules.

    Args:
        modules: the network, first to last; the last one returns scores.
        loss_function: takes scores and labels, returns the loss and `dscores`.
        images: a minibatch.
        labels: its class numbers.
        learning_rate: how far to go against the gradient.

    Returns:
        The loss before the step.
    """
    ### BEGIN SOLUTION
    scores = forward_pass(modules, images)[-1]
    loss, dscores = loss_function(scores, labels)
    _, weight_gradients = backward_pass(modules, dscores)
    for module, gradients in zip(modules, weight_gradients, strict=True):
        for name, gradient in gradients.items():
            module.weights[name] -= learning_rate * gradient
    return loss
    ### END SOLUTION


# %% [markdown]
# The check runs one step of this very network, on small images with random weights, and compares the
# loss and every weight after the step with what automatic differentiation gives. It needs everything
# that you have written so far, the SVM loss aside.


# %%
def one_step(images, labels, weights, learning_rate):
    """The loss before one training step of `digit_network`, and all weights after it."""
    modules = digit_network([np.array(weight) for weight in weights])
    loss = training_step(modules, softmax_nll, images, labels, learning_rate)
    return loss, *[weight for module in modules for weight in module.weights.values()]


# %% nbgrader={"grade": true, "grade_id": "one_step", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("one_step", one_step)


# %% [markdown]
# ### Train it
#
# The first weights of each layer are drawn with variance 2 / (number of inputs), and the last layer
# starts at zero: then all ten scores are equal, and the first loss must be $\log 10 = 2.303$. Always
# look at the first loss. And before a long training let the network learn twenty digits by heart: if it
# cannot, there is a mistake. The curve is drawn while the network learns.


# %% tags=["display"]
def random_weights(*shape):
    """Gaussian, with variance 2 / (number of inputs of one unit)."""
    return rng.normal(size=shape) * np.sqrt(2 / np.prod(shape[:-1]))


def fresh_weights():
    """First weights of `digit_network` for 28 x 28 grey images and ten classes."""
    return [
        random_weights(5, 5, 1, 8),
        np.zeros(8),
        random_weights(3, 3, 8, 16),
        np.zeros(16),
        np.zeros((7 * 7 * 16, 10)),
        np.zeros(10),
    ]


def draw_losses(losses, steps, validation):
    """The loss of every minibatch, its running mean, and the accuracy after every epoch."""
    with plots.style():
        figure, panels = plots.new_figure(1, 2, figsize=(10, 3.3))
        left, right = panels[0]
        left.plot(losses, color=plots.COLOURS[5], lw=0.8, label="each minibatch")
        if len(losses) >= 20:
            smooth = np.convolve(losses, np.full(20, 1 / 20), mode="valid")
            left.plot(np.arange(19, len(losses)), smooth, label="mean of the last 20")
        left.axhline(np.log(10), color="grey", linestyle="--", lw=1.2, label="log 10")
        left.set_ylim(0, 2.6)
        left.set_ylabel("loss (nats)")
        left.set_title("Training loss")
        left.legend(loc="upper right")
        right.plot(*zip(*validation, strict=True), "o-", color=plots.COLOURS[2])
        right.set_ylim(0, 100)
        right.set_ylabel("correct (%)")
        right.set_title("Accuracy on 500 validation digits")
        for axes in (left, right):
            axes.set_xlim(-0.02 * steps, 1.02 * steps)
            axes.set_xlabel("step")
    return figure


def train(modules, loss_function, train_split, validation_split, epochs, learning_rate):
    """Minibatches of 50 in a fresh random order each epoch; returns the losses."""

    def accuracy():
        scores = forward_pass(modules, validation_split.images.astype(float))[-1]
        return 100 * np.mean(scores.argmax(axis=1) == validation_split.labels)

    steps_per_epoch = len(train_split) // 50
    losses, validation = [], [(0, accuracy())]
    live = display(draw_losses(losses, epochs * steps_per_epoch, validation), display_id=True)
    for _ in range(epochs):
        order = rng.permutation(len(train_split))
        for batch in order.reshape(steps_per_epoch, 50):
            images = train_split.images[batch].astype(float)
            labels = train_split.labels[batch]
            losses.append(training_step(modules, loss_function, images, labels, learning_rate))
            if len(losses) % steps_per_epoch == 0:
                validation.append((len(losses), accuracy()))
            if live is not None and len(losses) % (steps_per_epoch // 2) == 0:
                live.update(draw_losses(losses, epochs * steps_per_epoch, validation))
    return losses, validation


# %% tags=["display"]
mnist = data.load("mnist")
rng = np.random.default_rng(1)
twenty = mnist.train.take(20)
trial = digit_network(fresh_weights())
by_heart = [
    training_step(trial, softmax_nll, twenty.images.astype(float), twenty.labels, 0.2)
    for _ in range(60)
]
print(
    f"Twenty digits by heart: loss {by_heart[0]:.2f} at first, {by_heart[-1]:.4f} after 60 steps."
)

rng = np.random.default_rng(1)
modules = digit_network(fresh_weights())
filters_before = modules[0].weights["w"].copy()
losses, validation = train(modules, softmax_nll, mnist.train, mnist.validation, 3, 0.2)
print(f"first loss {losses[0]:.4f}, log 10 = {np.log(10):.4f}")
print(f"validation accuracy {validation[-1][1]:.1f} %")

# %% [markdown]
# That is a convolutional network that learned to read, and there is no line in it that you could not
# explain. What does it still get wrong, and what have its first filters become?

# %% tags=["display"]
scores = forward_pass(modules, mnist.validation.images.astype(float))[-1]
counts = np.zeros((10, 10), dtype=int)
np.add.at(counts, (mnist.validation.labels, scores.argmax(axis=1)), 1)
plots.confusion_matrix(counts, title="Your network on 500 validation digits")

# %% tags=["display"]
filters_after = modules[0].weights["w"]
limit = np.abs(filters_after).max()
maps = forward_pass(modules, mnist.validation.images[:1].astype(float))[2][0]

figure, panels = plt.subplots(3, 9, figsize=(12, 4.4), layout="constrained")
for axes in panels.flat:
    axes.set_xticks([])
    axes.set_yticks([])
for k in range(8):
    for row, weights in enumerate([filters_before, filters_after]):
        shown = panels[row, k + 1].imshow(
            weights[:, :, 0, k], cmap="RdBu_r", vmin=-limit, vmax=limit
        )
    response = panels[2, k + 1].imshow(maps[:, :, k], cmap="viridis", vmin=0, vmax=maps.max())
    panels[0, k + 1].set_title(f"filter {k}", fontsize=10)
for axes in panels[:2, 0]:
    axes.set_axis_off()
panels[2, 0].imshow(mnist.validation.images[0, :, :, 0], cmap="gray")
panels[2, 0].set_title("a digit", fontsize=10)
for row, label in enumerate(["before training", "after training", "feature map"]):
    panels[row, 1].set_ylabel(label)
figure.colorbar(shown, ax=panels[:2, :], label="weight", shrink=0.8)
figure.colorbar(response, ax=panels[2, :], label="after ReLU", shrink=0.9)
figure.suptitle("The first filters before and after training, and what they find in a digit")
plt.show()

# %% [markdown]
# ## 8. Many layers: products of Jacobians
#
# $\frac{\partial z_{i+1}}{\partial z_i}$ is a matrix, the *Jacobian* of a module: row $k$, column $j$
# says how output $k$ changes with input $j$. Your backward modules never form it, they multiply with
# it. But it tells what becomes of a gradient over a long way (*Convolutional Neural Network*, Vagaries
# of optimization):
#
# $$\frac{\partial z_n}{\partial z_0} = J_n\, J_{n-1} \cdots J_2\, J_1, \qquad
#   J_i = \frac{\partial z_i}{\partial z_{i-1}}$$
#
# If each factor is (much) greater than 1, the gradient *explodes*; if each is (much) less than 1, it
# *vanishes*. With fifty factors there is little in between: $0.9^{50} = 0.005$ and
# $1.1^{50} = 117$. The slope of a sigmoid, $y(1 - y)$, is at most $\frac14$ (*Convolutional Neural
# Network*, Sigmoids cause vanishing gradients): ten of them leave a millionth.
#
# A *residual connection* adds the input to what the function makes of it (*Convolutional Neural
# Network*, Residual connections):
#
# $$z_i = F_i(z_{i-1}, w_i) + z_{i-1}, \qquad
#   \frac{\partial z_i}{\partial z_{i-1}} = J_i + I$$
#
# where $J_i$ now is the Jacobian of $F_i$ alone, and $I$ is the identity matrix. That takes values
# $z_i$ of one size. (Between stages of different sizes the slides put
# $\operatorname{subsample}(W z_{i-1})$ in place of $z_{i-1}$.) Write the product for both cases.


# %% nbgrader={"grade": false, "grade_id": "jacobian_product_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def jacobian_product(jacobians, residual=False):
    """The Jacobian of a whole chain of functions.

    Args:
        jacobians: J_1, ..., J_n, first function first; each is `(outputs, inputs)`.
        residual: whether every function has a residual connection around it. Then all matrices are
            square and of one size.

    Returns:
        The matrix of the derivatives of z_n with respect to z_0.
    """
    ### BEGIN SOLUTION
    product = np.eye(jacobians[0].shape[1])
    for jacobian in jacobians:
        if residual:
            jacobian = jacobian + np.eye(len(jacobian))
        product = jacobian @ product
    return product
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "jacobian_product", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("jacobian_product", jacobian_product)

# %% [markdown]
# Now backward, as a module. The gradient reaches $z_{i-1}$ by two ways, through $F$ and around it,
# and what comes by both is added:
#
# $$g(z_{i-1}) = g(z_i)\,(J_i + I) = g(z_i)\, J_i + g(z_i)$$


# %% nbgrader={"grade": false, "grade_id": "residual_gradients_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def residual_backward(dout, branch):
    """The way back through z + F(z).

    Args:
        dout: gradient with respect to the sum. It must not be changed.
        branch: the module F, whose `forward` has been called already.

    Returns:
        The gradient with respect to z, and the dictionary of the gradients of the branch's weights.
    """
    ### BEGIN SOLUTION
    dbranch, weight_gradients = branch.backward(dout)
    return dout + dbranch, weight_gradients
    ### END SOLUTION


# %%
class Residual:
    """A module with a residual connection around it."""

    def __init__(self, branch):
        self.branch, self.weights = branch, branch.weights

    def forward(self, z):
        return z + self.branch.forward(z)

    def backward(self, g):
        return residual_backward(g, self.branch)


class LinearTanh(Linear):
    """A linear layer and tanh in one module; the slope of tanh is 1 - y² for the output y."""

    def forward(self, z):
        self.y = np.tanh(super().forward(z))
        return self.y

    def backward(self, g):
        return super().backward(g * (1 - self.y**2))


class ScaleTanh(Scale):
    """`Scale` and tanh in one module, for the check."""

    def forward(self, z):
        self.y = np.tanh(super().forward(z))
        return self.y

    def backward(self, g):
        return super().backward(g * (1 - self.y**2))


def residual_gradients(dout, z, w):
    """What `residual_backward` gives around a `ScaleTanh`: the gradients of z and of w."""
    branch = ScaleTanh(w)
    branch.forward(z)
    dz, weight_gradients = residual_backward(dout, branch)
    return dz, weight_gradients["w"]


# %% nbgrader={"grade": true, "grade_id": "residual_gradients", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("residual_gradients", residual_gradients)

# %% [markdown]
# ### Fifty layers, before any training
#
# Each layer is $\tanh(zW + b)$ with 32 units and random weights of standard deviation
# $\text{scale} / \sqrt{32}$. First the product of Jacobians itself, for the scale 0.8: its largest
# and its smallest singular value say how much a gradient is stretched in the best and in the worst
# direction. Then, for many scales, the size of the gradient $g(z_i)$ in every layer, from your
# `backward_pass`. Before you look: where do you expect vanishing, and where explosion?


# %% tags=["display"]
WIDTH, DEPTH = 32, 50


def deep_chain(scale, residual):
    """A list of `DEPTH` modules tanh(z W + b), with or without residual connections."""
    rng = np.random.default_rng(2)
    chain = []
    for _ in range(DEPTH):
        w = rng.normal(size=(WIDTH, WIDTH)) * scale / np.sqrt(WIDTH)
        module = LinearTanh(w, np.zeros(WIDTH))
        chain.append(Residual(module) if residual else module)
    return chain


def branch_jacobians(chain, z):
    """The Jacobian of tanh(z W + b) in each module, for one example z of shape (1, WIDTH)."""
    forward_pass(chain, z)
    branches = [getattr(module, "branch", module) for module in chain]
    return [(1 - branch.y[0, :, None] ** 2) * branch.weights["w"].T for branch in branches]


def gradient_sizes(scale, residual):
    """The size of g(z_i), i = 0 ... n, relative to g(z_n), for a batch of random inputs."""
    rng = np.random.default_rng(3)
    chain = deep_chain(scale, residual)
    forward_pass(chain, rng.normal(size=(32, WIDTH)))
    gradients, _ = backward_pass(chain, rng.normal(size=(32, WIDTH)))
    sizes = np.array([np.linalg.norm(gradient) for gradient in gradients])
    return sizes / sizes[-1]


scales = np.linspace(0.2, 3, 29)

with plots.style():
    figure, panels = plots.new_figure(1, 3, figsize=(14, 4.2), width_ratios=(1.1, 1, 1.25))
    axes = panels[0, 0]
    for residual, name, colour in [
        (False, "plain", plots.COLOURS[1]),
        (True, "residual", plots.COLOURS[0]),
    ]:
        z = np.random.default_rng(4).normal(size=(1, WIDTH))
        jacobians = branch_jacobians(deep_chain(0.8, residual), z)
        stretches = [
            np.linalg.svd(jacobian_product(jacobians[:n], residual), compute_uv=False)
            for n in range(1, DEPTH + 1)
        ]
        # Below 1e-14 of the largest one, a singular value is nothing but rounding.
        shown = [(s[0], s[-1] if s[-1] > 1e-14 * s[0] else np.nan) for s in stretches]
        largest, smallest = zip(*shown, strict=True)
        axes.semilogy(range(1, DEPTH + 1), largest, color=colour, label=f"{name}: largest")
        axes.semilogy(range(1, DEPTH + 1), smallest, "--", color=colour, label=f"{name}: smallest")
    axes.axhline(1, color="grey", lw=1)
    axes.set_ylim(1e-14, 1e6)
    axes.set_xlabel("number of layers multiplied")
    axes.set_ylabel("singular value of the product")
    axes.set_title("Products of Jacobians, scale 0.8")
    axes.legend(fontsize=9, loc="lower right")
    for axes, residual, name in [(panels[0, 1], False, "Plain"), (panels[0, 2], True, "Residual")]:
        sizes = np.log10([gradient_sizes(scale, residual) for scale in scales])
        image = axes.imshow(
            sizes,
            aspect="auto",
            origin="lower",
            cmap="RdBu_r",
            vmin=-8,
            vmax=8,
            extent=(-0.5, DEPTH + 0.5, scales[0] - 0.05, scales[-1] + 0.05),
        )
        axes.grid(False)
        axes.set_xlabel("layer $i$ (the gradient starts on the right)")
        axes.set_ylabel("scale of the first weights")
        axes.set_title(f"{name}: size of $g(z_i)$")
    figure.colorbar(image, ax=panels[0, 2], label="log10 of the size, relative to $g(z_n)$")
figure

# %% [markdown]
# In the plain chain a scale a little below 1 loses the gradient long before the first layer (blue),
# and a larger one makes it grow (red). Only a narrow ridge in between keeps it, which is why *careful
# initialization* is one of the remedies of the slides (Solutions to gradients vanishing). With
# residual connections the gradient survives, however small the weights are: where $J_i$ is close to
# zero, $J_i + I$ is close to $I$. But look at the other end: adding $I$ does not prevent an explosion.
#
# ### The same in training
#
# Two networks of 30 such layers for the small 8 × 8 digits, with the very same first weights (scale
# 0.7) and the same minibatches. Only one of them has residual connections. The maps show the size of
# $g(z_i)$ after every layer, at every step.


# %% tags=["display"]
def deep_network(residual):
    """30 layers tanh(z W + b) of 64 units, and a linear layer to ten scores."""
    rng = np.random.default_rng(5)
    layers = []
    for _ in range(30):
        module = LinearTanh(rng.normal(size=(64, 64)) * 0.7 / np.sqrt(64), np.zeros(64))
        layers.append(Residual(module) if residual else module)
    return [Flatten(), *layers, Linear(rng.normal(size=(64, 10)) * 0.01, np.zeros(10))]


def train_deep(residual, steps=200, learning_rate=0.01):
    """Losses; the size of g(z_i) after every layer at every step; the first sizes of g(w_i)."""
    rng = np.random.default_rng(6)
    network = deep_network(residual)
    losses, flow, first = [], [], None
    for _ in range(steps):
        batch = rng.choice(len(digits.train), 50, replace=False)
        images, labels = digits.train.images[batch].astype(float), digits.train.labels[batch]
        _, dscores = softmax_nll(forward_pass(network, images)[-1], labels)
        gradients, weight_gradients = backward_pass(network, dscores)
        flow.append([np.linalg.norm(gradient) for gradient in gradients[2:-1]])
        if first is None:
            first = [np.linalg.norm(gradient["w"]) for gradient in weight_gradients[1:-1]]
        losses.append(training_step(network, softmax_nll, images, labels, learning_rate))
    return losses, np.array(flow).T, first


digits = data.load("digits")
runs = {"plain": train_deep(False), "residual": train_deep(True)}

with plots.style():
    figure, panels = plots.new_figure(1, 3, figsize=(14, 4), width_ratios=(1, 1, 1.2))
    for (name, (losses, flow, _)), colour, axes in zip(
        runs.items(), (plots.COLOURS[1], plots.COLOURS[0]), panels[0, 1:], strict=True
    ):
        panels[0, 0].plot(losses, color=colour, label=name)
        image = axes.imshow(
            np.log10(np.maximum(flow, 1e-12)),
            aspect="auto",
            origin="lower",
            cmap="magma",
            vmin=-9,
            vmax=0,
            extent=(0, len(losses), 0.5, len(flow) + 0.5),
        )
        axes.grid(False)
        axes.set_xlabel("step")
        axes.set_ylabel("layer $i$ (1 is the first)")
        axes.set_title(f"{name.capitalize()}: size of $g(z_i)$")
    panels[0, 0].axhline(np.log(10), color="grey", linestyle="--", lw=1.2, label="log 10")
    panels[0, 0].set_ylim(0, 2.6)
    panels[0, 0].set_xlabel("step")
    panels[0, 0].set_ylabel("loss (nats)")
    panels[0, 0].set_title("Training loss, 30 layers")
    panels[0, 0].legend()
    figure.colorbar(image, ax=panels[0, 2], label="log10 of the norm")
display(figure)

for name, (_, _, first) in runs.items():
    sizes = ", ".join(f"{first[layer - 1]:.0e} in layer {layer}" for layer in (1, 10, 20, 30))
    print(f"{name}: first size of the weights' gradient {sizes}")

# %% [markdown]
# ### Why?
#
# In the plain network $g(z_i)$ is largest in the last layer and fades towards the first. But the
# gradient of the *weights*, printed above, is tiny in every layer, in the last one too. Why? (Look
# again at what $g(w)$ is made of, in section 3.) And how do residual connections help there? Answer
# in two or three sentences. This is not graded.

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# g(w_i) is the product of what comes forward, z_{i-1}, and of what comes back, g(z_i). Backward
# the gradient shrinks with each layer; but forward the digits are multiplied by the same small
# factors, so hardly anything of them reaches the last layers, and everywhere the product of the
# two is tiny. With residual connections both ways lead through factors J + I, close to the
# identity: the image arrives at the last layer, and the gradient at the first.
#
# </details>

# %% [markdown]
# ## 9. Optional: fool your network
#
# Not graded. Backpropagation goes all the way to the pixels: `backward_pass` gives $g(z_0)$, the
# gradient of the loss with respect to the *image*. Training goes against the gradient of the weights;
# go instead *along* the gradient of the image, and the loss grows. A step of the size
# $\varepsilon$ in every pixel, in the direction that the sign says, is often enough to make the
# network read something else:
#
# $$x' = \min\bigl(1, \max\bigl(0,\; x + \varepsilon \cdot \operatorname{sign} g(x)\bigr)\bigr)$$


# %% nbgrader={"grade": false, "grade_id": "fool_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fool(modules, images, labels, step):
    """Images close to `images` that the network likes to misread, with values from 0 to 1."""
    ### BEGIN SOLUTION
    scores = forward_pass(modules, images)[-1]
    _, dscores = softmax_nll(scores, labels)
    dimages = backward_pass(modules, dscores)[0][0]
    return np.clip(images + step * np.sign(dimages), 0, 1)
    ### END SOLUTION


# %% tags=["display"]
try:
    originals = mnist.validation.images[:8].astype(float)
    labels = mnist.validation.labels[:8]
    changed = fool(modules, originals, labels, 0.1)
    pictures = [*originals, *changed]
    read = [forward_pass(modules, images)[-1].argmax(axis=1) for images in (originals, changed)]
    captions = [f"read as {digit}" for row in read for digit in row]
    display(
        plots.image_grid(
            pictures,
            captions,
            "Above: digits. Below: the same, a step of 0.1 along the gradient",
            8,
        )
    )
except NotImplementedError:
    print("fool is not written yet: this part is optional.")
