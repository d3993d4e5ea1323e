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
# # LSTM
#
# You write a long short-term memory from the slide's three lines: one step and whole sequences, forward
# and backward, in NumPy. You see what its cell does for the gradient, and what it does not do. Then it
# becomes a layer for Keras, learns a word by heart and writes tunes. Allow about three hours; running
# everything takes less than a minute.
#
# After each task stands a `check(...)` cell. Run it as often as you like: it says what is right, what
# is wrong, and usually why.

# %%
# First, so that TensorFlow starts without its messages:
from course_lib import check, gradients, plots, training

import importlib.util
from pathlib import Path

import keras
import numpy as np

# %% [markdown]
# ## 1. One step
#
# A vanilla RNN writes its whole state anew in every step. An LSTM keeps a second state beside $h$, the
# **cell** $c$, and four gates decide what happens to it (*CNN Benchmark Models*, LSTM (Long Short Term
# Memory)):
#
# $$\begin{pmatrix} i \\ f \\ o \\ g \end{pmatrix} =
#   \begin{pmatrix} \sigma \\ \sigma \\ \sigma \\ \tanh \end{pmatrix}
#   W \begin{pmatrix} h_{t-1} \\ x_t \end{pmatrix} \qquad
#   c_t = f \odot c_{t-1} + i \odot g \qquad h_t = o \odot \tanh(c_t)$$
#
# $i$ says whether to write, $f$ whether to keep, $o$ how much to show, and $g$ is what is written. (The
# slide calls $g$ "gate gate"; most people call it the candidate.) $\sigma(a) = 1 / (1 + e^{-a})$.
#
# Here a batch has one example in each row, so you compute $(h_{t-1}, x_t)\, W + b$ with $W$ transposed:
# its first rows belong to $h$, the others to $x$, and its columns are four blocks in the slide's order
# $i, f, o, g$. The bias $b$, which the slide leaves out, is added before the nonlinearities.


# %% nbgrader={"grade": false, "grade_id": "lstm_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lstm_step(x, h, c, W, b):
    """One step of an LSTM.

    Args:
        x: input of this step, `(batch, inputs)`.
        h, c: state and cell after the step before, each `(batch, hidden)`.
        W: weights, `(hidden + inputs, 4 * hidden)`.
        b: biases, `(4 * hidden,)`.

    Returns:
        `(h_next, c_next, gates)`: state and cell after this step, each `(batch, hidden)`, and the
        four gates after their nonlinearities, side by side in the order i, f, o, g,
        `(batch, 4 * hidden)`.
    """
    ### BEGIN SOLUTION
    joined = np.concatenate([h, x], axis=1)
    i, f, o, g = np.split(joined @ W + b, 4, axis=1)
    i, f, o = (1 / (1 + np.exp(-a)) for a in (i, f, o))
    g = np.tanh(g)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next, np.concatenate([i, f, o, g], axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lstm_step", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("lstm_step", lstm_step)

# %% [markdown]
# ## 2. A whole sequence
#
# The same $W$ and $b$ serve every step: each step takes over the state and the cell of the one before.


# %% nbgrader={"grade": false, "grade_id": "lstm_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lstm_forward(x, h0, c0, W, b):
    """An LSTM over a whole sequence.

    Args:
        x: inputs, `(batch, time, inputs)`.
        h0, c0: state and cell before the first step, each `(batch, hidden)`.
        W, b: as in `lstm_step`.

    Returns:
        `(h, c)`: states and cells after each step, each `(batch, time, hidden)`; the first entry
        belongs to the first input.
    """
    ### BEGIN SOLUTION
    h, c = h0, c0
    states, cells = [], []
    for t in range(x.shape[1]):
        h, c, _ = lstm_step(x[:, t], h, c, W, b)
        states.append(h)
        cells.append(c)
    return np.stack(states, axis=1), np.stack(cells, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lstm_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("lstm_forward", lstm_forward)

# %% [markdown]
# What can one cell do that a vanilla RNN cannot? Here are weights set by hand. The first input is a
# number, the second says "write" (1) or "keep" (0). With "write" the input gate opens and the forget gate
# closes; with "keep" it is the other way round. So the cell holds the number until the next "write",
# however long that takes.

# %% tags=["display"]
rng = np.random.default_rng(4)
STEPS = 48
numbers = rng.uniform(-0.9, 0.9, STEPS)
write = np.isin(np.arange(STEPS), [3, 12, 33]).astype(float)
latch = np.zeros((3, 4))  # Rows h, number, write; columns i, f, o, g.
latch[1, 3] = 1.0
latch[2, :2] = [24.0, -24.0]
latch_bias = np.array([-12.0, 12.0, 12.0, 0.0])
sequence = np.stack([numbers, write], axis=1)[np.newaxis]
_, held = lstm_forward(sequence, np.zeros((1, 1)), np.zeros((1, 1)), latch, latch_bias)

with plots.style():
    figure, panels = plots.new_figure(figsize=(9, 3.4))
    axes = panels[0, 0]
    axes.plot(numbers, ".", color="0.6", label="input: the number")
    chosen = np.flatnonzero(write)
    axes.plot(chosen, numbers[chosen], "o", ms=9, mfc="none", mec=plots.COLOURS[1], label="write")
    axes.step(range(STEPS), held[0, :, 0], where="post", label=r"cell $c_t$")
    axes.set_ylim(-1, 1)
    axes.set_xlabel("time t (steps)")
    axes.set_ylabel("value (no unit)")
    axes.set_title("One cell as a memory: written three times, kept in between")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
figure

# %% [markdown]
# The cell keeps $\tanh$ of the number, because the candidate is a $\tanh$.
#
# ## 3. One step back
#
# Two gradients arrive at a step: `dh_next` with respect to $h_t$, and `dc_next`, what the *next* step
# says about $c_t$. But $c_t$ also acts through $h_t$, so first add both ways up:
#
# $$\delta_c = \frac{\partial L}{\partial c_t} + \frac{\partial L}{\partial h_t} \odot o \odot
#   (1 - \tanh^2 c_t)$$
#
# Then each gate gets its share, through the slope of its own nonlinearity ($\sigma' = \sigma (1 - \sigma)$,
# $\tanh' = 1 - \tanh^2$), where $a$ stands for what goes into it:
#
# $$\delta a_i = \delta_c\, g\, i (1 - i) \qquad \delta a_f = \delta_c\, c_{t-1}\, f (1 - f) \qquad
#   \delta a_o = \frac{\partial L}{\partial h_t} \tanh(c_t)\, o (1 - o) \qquad
#   \delta a_g = \delta_c\, i\, (1 - g^2)$$
#
# and the cell before it gets $\delta_c \odot f$: "only elementwise multiplication by f, no matrix multiply
# by W" (*CNN Benchmark Models*, LSTM (Long Short Term Memory)). With $\delta a$ as one wide array, the rest is the
# backward pass of a linear layer: one product with $W^\top$, one for $W$, one sum for $b$.


# %% nbgrader={"grade": false, "grade_id": "lstm_step_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lstm_step_backward(dh_next, dc_next, x, h, c, W, b):
    """Backward pass of `lstm_step`.

    Args:
        dh_next: gradient with respect to `h_next`, `(batch, hidden)`.
        dc_next: gradient with respect to `c_next`, without what goes through `h_next`,
            `(batch, hidden)`.
        x, h, c, W, b: the arguments of `lstm_step`.

    Returns:
        `(dx, dh, dc, dW, db)`: gradients with respect to each of these, of their shapes; those of
        `W` and `b` are sums over the batch.
    """
    ### BEGIN SOLUTION
    _, c_next, gates = lstm_step(x, h, c, W, b)
    i, f, o, g = np.split(gates, 4, axis=1)
    shown = np.tanh(c_next)
    dcell = dc_next + dh_next * o * (1 - shown**2)
    di = dcell * g * i * (1 - i)
    df = dcell * c * f * (1 - f)
    do = dh_next * shown * o * (1 - o)
    dg = dcell * i * (1 - g**2)
    da = np.concatenate([di, df, do, dg], axis=1)
    joined = np.concatenate([h, x], axis=1)
    djoined = da @ W.T
    hidden = h.shape[1]
    return djoined[:, hidden:], djoined[:, :hidden], dcell * f, joined.T @ da, da.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lstm_step_backward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("lstm_step_backward", lstm_step_backward)

# %% [markdown]
# ## 4. Through time
#
# Now from the last step to the first. The loss may look at every $h_t$, so at each step two gradients
# with respect to $h_t$ meet: the loss's own and that of the next step. After the last step comes nothing:
# there both gradients from the future are zero. $W$ and $b$ serve every step, so theirs add up.


# %% nbgrader={"grade": false, "grade_id": "lstm_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lstm_backward(dh, x, h0, c0, W, b):
    """Backward pass of `lstm_forward`.

    Args:
        dh: gradient of the loss with respect to each state, as it reaches the loss directly and not
            through later steps, `(batch, time, hidden)`. The loss does not look at the cells.
        x, h0, c0, W, b: the arguments of `lstm_forward`.

    Returns:
        `(dx, dh0, dc0, dW, db)`: gradients with respect to each of these, of their shapes.
    """
    ### BEGIN SOLUTION
    h, c = lstm_forward(x, h0, c0, W, b)
    dx, dW, db = np.zeros_like(x), np.zeros_like(W), np.zeros_like(b)
    dh_later, dc_later = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(x.shape[1])):
        h_before, c_before = (h[:, t - 1], c[:, t - 1]) if t else (h0, c0)
        dx[:, t], dh_later, dc_later, dW_t, db_t = lstm_step_backward(
            dh[:, t] + dh_later, dc_later, x[:, t], h_before, c_before, W, b
        )
        dW += dW_t
        db += db_t
    return dx, dh_later, dc_later, dW, db
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lstm_backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("lstm_backward", lstm_backward)

# %% [markdown]
# Convince yourself without any check: move each number a little to both sides and watch the output. A
# relative error of 1e-6 or less is a right gradient, above 1e-3 it is wrong.

# %% tags=["display"]
rng = np.random.default_rng(0)
arguments = {
    "x": rng.normal(size=(2, 5, 3)),
    "h0": rng.normal(size=(2, 4)),
    "c0": rng.normal(size=(2, 4)),
    "W": rng.normal(size=(7, 16)),
    "b": rng.normal(size=16),
}
upstream = rng.normal(size=(2, 5, 4))
ours = lstm_backward(upstream, **arguments)
for (name, value), gradient in zip(arguments.items(), ours, strict=True):

    def states(moved, name=name):
        return lstm_forward(**(arguments | {name: moved}))[0]

    numerical = gradients.numerical_gradient(states, value, upstream=upstream)
    print(f"d{name:3} relative error {gradients.relative_error(gradient, numerical):.0e}")

# %% [markdown]
# ## 5. The path of the cell
#
# Follow the cell alone, from $c_T$ back to $c_t$. Each step multiplies by its forget gate:
#
# $$\frac{\partial c_T}{\partial c_t}\Big|_\text{cell path} = f_{t+1} \odot f_{t+2} \odot \dots \odot f_T$$
#
# This is exact only while the gates are held fixed. In truth $c_t$ also changes $h_t$, and $h_t$ the gates
# of the next step, through $W$: the whole derivative has these ways too.


# %% nbgrader={"grade": false, "grade_id": "cell_path_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cell_path(f):
    """The derivative of the last cell with respect to each cell, along the cell path alone.

    Args:
        f: forget gates of the steps 1 to T, `(batch, time, hidden)`. They may be 0.

    Returns:
        An array of the same shape. Its entry for step t is the product of the forget gates *after*
        step t; for the last step it is 1.
    """
    ### BEGIN SOLUTION
    path = np.ones_like(f)
    for t in reversed(range(f.shape[1] - 1)):
        path[:, t] = path[:, t + 1] * f[:, t + 1]
    return path
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cell_path", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("cell_path", cell_path)

# %% [markdown]
# Sixty steps of noise through small random weights; the loss is the sum of the last $h$. How much of its
# gradient is left further and further back? Three forget biases: 0 keeps about half of the cell in each
# step, 1 about 73 %, 4 about 98 %.

# %% tags=["display"]
rng = np.random.default_rng(1)
STEPS, HIDDEN, INPUTS = 60, 16, 3
x = rng.normal(size=(1, STEPS, INPUTS))
W = rng.normal(0, 0.15, size=(HIDDEN + INPUTS, 4 * HIDDEN))

with plots.style():
    figure, panels = plots.new_figure(figsize=(8, 4))
    axes = panels[0, 0]
    for forget_bias, colour in zip((0.0, 1.0, 4.0), plots.COLOURS, strict=False):
        b = np.zeros(4 * HIDDEN)
        b[HIDDEN : 2 * HIDDEN] = forget_bias
        h, c, forget, before = np.zeros((1, HIDDEN)), np.zeros((1, HIDDEN)), [], []
        for t in range(STEPS):
            before.append((h, c))
            h, c, gates = lstm_step(x[:, t], h, c, W, b)
            forget.append(gates[:, HIDDEN : 2 * HIDDEN])
        dh, dc = np.ones((1, HIDDEN)), np.zeros((1, HIDDEN))
        whole = []
        for t in reversed(range(STEPS)):
            _, dh, dc, _, _ = lstm_step_backward(dh, dc, x[:, t], *before[t], W, b)
            whole.append(dc[0])
        path = cell_path(np.stack(forget, axis=1))[0]
        at_the_end = whole[0] / forget[-1][0]
        alone = [at_the_end * path[-1 - back] for back in range(1, STEPS)]
        for gradient, line, label in (
            (whole, "-", f"whole, forget bias {forget_bias:g}"),
            (alone, "--", "cell path alone"),
        ):
            sizes = np.linalg.norm(gradient, axis=1)
            axes.semilogy(range(1, len(sizes) + 1), sizes, line, color=colour, label=label)
    axes.set_xlabel("steps back from the end")
    axes.set_ylabel("norm of the gradient (loss per unit of c)")
    axes.set_title("The forget gate decides how far back an error is heard")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
figure

# %% [markdown]
# ### Why?
#
# Not graded; two or three sentences. The slide says that the LSTM solves the vanishing gradient. Where
# does your picture say so, and where does it say the opposite?

# %% [markdown]
# **Your answer** (double-click here and write; then open ours):

# %% [markdown]
# <details>
# <summary>One good answer</summary>
#
# With the forget gate near 1 the gradient along the cell hardly shrinks: no weight matrix and no slope of
# a tanh stands in its way. With a forget gate of one half it halves in every step and vanishes after all.
# And the whole gradient also goes through h and W, where it may grow, as the topmost curve does. The LSTM makes a long memory possible; whether it has one is learned, and a forget bias of 1 or more is a
# good start.
#
# </details>

# %% [markdown]
# ## 6. How many parameters?
#
# Four gates, each with a weight for every state and every input: the slide's $W$ has $4h(h + x)$ numbers
# for $h$ hidden units and $x$ inputs. Keras adds one bias for each gate and unit. A GRU has three such
# blocks instead of four, but Keras (with its default `reset_after=True`) gives each unit of each block
# *two* biases, one for the part of the input and one for that of the state.


# %% nbgrader={"grade": false, "grade_id": "recurrent_parameters_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def recurrent_parameters(hidden, inputs):
    """Numbers to learn in three recurrent layers of `hidden` units over `inputs` inputs.

    Returns:
        `(slide, lstm, gru)`: three integers, for the slide's LSTM without biases, for Keras' LSTM,
        and for Keras' GRU with its default settings.
    """
    ### BEGIN SOLUTION
    slide = 4 * hidden * (hidden + inputs)
    return slide, slide + 4 * hidden, 3 * hidden * (hidden + inputs + 2)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "recurrent_parameters", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("recurrent_parameters", recurrent_parameters)

# %% [markdown]
# ## 7. A layer for Keras
#
# Now as a layer that stands in any model. Keras keeps what belongs to $x$ apart from what belongs to $h$,
# and has the blocks of columns in the order $i, f, g, o$ (it writes $c$ for $g$):
#
# - `build` makes three weights with `self.add_weight`: `self.kernel` of shape `(inputs, 4 * units)`,
#   `self.recurrent_kernel` of shape `(units, 4 * units)` and `self.bias` of shape `(4 * units,)`. The
#   first two start at random, as you like. The bias starts with 1 for the forget gate and 0 for the
#   others, so that the cell remembers before it has learned anything (Jozefowicz et al., 2015).
# - `call` gets `(batch, time, inputs)`, starts with a state and a cell of zeros, and returns the last
#   state, `(batch, units)`; with `return_sequences=True` all of them, `(batch, time, units)`.
# - `get_config` returns the arguments of `__init__`, along with those of the parent class.
#
# Use `keras.ops`, not NumPy, and a loop over the time steps. `keras.layers.LSTM` and its relatives are
# blocked in the check; the check compares your layer with them.


# %% nbgrader={"grade": false, "grade_id": "LSTM_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
class LSTM(keras.layers.Layer):
    """A long short-term memory.

    Args:
        units: size of state and cell.
        return_sequences: whether `call` returns the states of all steps, or the last one.
    """

    def __init__(self, units, return_sequences=False, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.return_sequences = return_sequences

    def build(self, input_shape):
        ### BEGIN SOLUTION
        width = 4 * self.units
        self.kernel = self.add_weight(shape=(input_shape[-1], width), name="kernel")
        self.recurrent_kernel = self.add_weight(shape=(self.units, width), name="recurrent")
        self.bias = self.add_weight(shape=(width,), initializer="zeros", name="bias")
        start = np.zeros(width)
        start[self.units : 2 * self.units] = 1
        self.bias.assign(start)
        ### END SOLUTION

    def call(self, inputs):
        ### BEGIN SOLUTION
        h = c = keras.ops.zeros((keras.ops.shape(inputs)[0], self.units))
        states = []
        for t in range(inputs.shape[1]):
            a = inputs[:, t] @ self.kernel + h @ self.recurrent_kernel + self.bias
            i, f, g, o = keras.ops.split(a, 4, axis=-1)
            written = keras.ops.sigmoid(i) * keras.ops.tanh(g)
            c = keras.ops.sigmoid(f) * c + written
            h = keras.ops.sigmoid(o) * keras.ops.tanh(c)
            states.append(h)
        return keras.ops.stack(states, axis=1) if self.return_sequences else h
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        config = {"units": self.units, "return_sequences": self.return_sequences}
        return super().get_config() | config
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "LSTM", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("LSTM", LSTM)

# %% [markdown]
# Weights that somebody trained in Keras are of use in NumPy, too, once each block is where it belongs.


# %% nbgrader={"grade": false, "grade_id": "from_keras_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def from_keras(kernel, recurrent_kernel, bias):
    """The weights of a Keras LSTM in the form that `lstm_step` takes.

    Args:
        kernel: `(inputs, 4 * hidden)`, blocks of columns in the order i, f, g, o.
        recurrent_kernel: `(hidden, 4 * hidden)`, likewise.
        bias: `(4 * hidden,)`, likewise.

    Returns:
        `(W, b)`: `(hidden + inputs, 4 * hidden)` and `(4 * hidden,)`, blocks in the order i, f, o, g.
    """
    ### BEGIN SOLUTION
    everything = np.concatenate([recurrent_kernel, kernel, bias[np.newaxis]])
    i, f, g, o = np.split(everything, 4, axis=1)
    ordered = np.concatenate([i, f, o, g], axis=1)
    return ordered[:-1], ordered[-1]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "from_keras", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("from_keras", from_keras)

# %% [markdown]
# ## 8. In pieces
#
# A long text does not fit into one training step, so it is cut into pieces. A **stateful** LSTM begins
# each piece with the state and the cell that the piece before ended with; a **stateless** one begins
# each with zeros, and has forgotten what was before.


# %% nbgrader={"grade": false, "grade_id": "in_pieces_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def in_pieces(x, length, W, b, stateful):
    """Run an LSTM over a long sequence, piece by piece.

    Args:
        x: inputs, `(batch, time, inputs)`.
        length: steps in a piece; the last piece may be shorter.
        W, b: as in `lstm_step`.
        stateful: whether state and cell are carried over from piece to piece. The first piece
            begins with zeros in either case.

    Returns:
        The states of all steps, `(batch, time, hidden)`.
    """
    ### BEGIN SOLUTION
    start = np.zeros((x.shape[0], len(b) // 4))
    h_last, c_last = start, start
    pieces = []
    for begin in range(0, x.shape[1], length):
        if not stateful:
            h_last, c_last = start, start
        h, c = lstm_forward(x[:, begin : begin + length], h_last, c_last, W, b)
        h_last, c_last = h[:, -1], c[:, -1]
        pieces.append(h)
    return np.concatenate(pieces, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "in_pieces", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("in_pieces", in_pieces)

# %% [markdown]
# The memory of section 2, in pieces of eight steps: whoever forgets at the seams gives the right answer
# only until the piece is over. No training can mend that.

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(figsize=(9, 3.4))
    axes = panels[0, 0]
    for seam in range(8, 48, 8):
        axes.axvline(seam, color="0.8", lw=1)
    right = np.tanh(np.tanh(numbers[chosen]))
    axes.plot(chosen, right, "o", ms=9, mfc="none", color="k", label="write")
    for stateful, line in ((True, "-"), (False, "--")):
        shown = in_pieces(sequence, 8, latch, latch_bias, stateful)[0, :, 0]
        label = "stateful" if stateful else "stateless"
        axes.step(range(48), shown, line, where="post", lw=2, label=label)
    axes.set_ylim(-1, 1)
    axes.set_xlabel("time t (steps; a line is a seam)")
    axes.set_ylabel(r"state $h_t$ (no unit)")
    axes.set_title("Pieces of eight steps: only the stateful memory crosses the seams")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
figure

# %% [markdown]
# ## 9. Hello
#
# A character model reads one letter after the other and says which comes next (*CNN Benchmark Models*, Example:
# Character-Level Language Model). The scores are $y_t = h_t V$, and the loss is the mean over the steps of
# $-\ln \operatorname{softmax}(y_t)_\text{target}$. Its gradient with respect to the scores is the
# softmax, minus 1 at the target, divided by the number of steps.
#
# Before any long training, let it learn one word by heart. Plain gradient descent, all letters in each
# step:


# %% nbgrader={"grade": false, "grade_id": "learn_by_heart_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def learn_by_heart(letters, W, b, V, rate, steps):
    """Train a character model on one text by gradient descent.

    Args:
        letters: numbers of the letters, `(length,)`. All but the last are the inputs (as one-hot
            rows), all but the first are the targets.
        W, b: as in `lstm_step`, with as many inputs as there are different letters. State and cell
            begin with zeros.
        V: weights from state to scores, `(hidden, vocabulary)`.
        rate: learning rate. All of `W`, `b` and `V` are trained; the arrays themselves must not be
            changed.
        steps: how many updates.

    Returns:
        `(losses, W, b, V)`: the loss in nats before each update, `(steps,)`, and the trained weights.
    """
    ### BEGIN SOLUTION
    x = np.eye(V.shape[1])[letters[:-1]][np.newaxis]
    targets = np.eye(V.shape[1])[letters[1:]]
    start = np.zeros((1, V.shape[0]))
    losses = []
    for _ in range(steps):
        h, _ = lstm_forward(x, start, start, W, b)
        scores = h[0] @ V
        exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        losses.append(-np.mean(np.log(np.sum(probabilities * targets, axis=1))))
        dscores = (probabilities - targets) / len(targets)
        dh = (dscores @ V.T)[np.newaxis]
        _, _, _, dW, db = lstm_backward(dh, x, start, start, W, b)
        W, b, V = W - rate * dW, b - rate * db, V - rate * h[0].T @ dscores
    return np.array(losses), W, b, V
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "learn_by_heart", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("learn_by_heart", learn_by_heart)

# %% [markdown]
# Four letters, eight hidden units. With small weights all letters are about equally likely, so the loss
# begins near $\ln 4 = 1.386$. The input "l" must give "l" the first time and "o" the second: only the
# state can tell.

# %% tags=["display"]
rng = np.random.default_rng(0)
hello = np.array(["helo".index(letter) for letter in "hello"])
W = rng.normal(0, 0.1, size=(8 + 4, 4 * 8))
V = rng.normal(0, 0.1, size=(8, 4))
losses, W_hello, b_hello, V_hello = learn_by_heart(hello, W, np.zeros(32), V, 3.0, 400)
states, _ = lstm_forward(
    np.eye(4)[hello[:-1]][np.newaxis], np.zeros((1, 8)), np.zeros((1, 8)), W_hello, b_hello
)
answers = "".join("helo"[k] for k in (states[0] @ V_hello).argmax(axis=1))
print(f"'hell' -> '{answers}', loss at last {losses[-1]:.4f} nats")

with plots.style():
    figure, panels = plots.new_figure(figsize=(6.5, 3.6))
    axes = panels[0, 0]
    axes.semilogy(losses, label="your LSTM")
    axes.axhline(np.log(4), color="0.5", ls=":", label="guessing: ln 4")
    axes.set_xlabel("updates")
    axes.set_ylabel("loss (nats per letter)")
    axes.set_title('"hello" by heart')
    axes.legend()
figure

# %% [markdown]
# ## 10. Temperature
#
# To write, the model draws a letter from its own probabilities and reads it as the next input. A
# **temperature** $T$ makes it more careful or bolder:
#
# $$p_k = \frac{e^{y_k / T}}{\sum_j e^{y_j / T}}$$
#
# $T = 1$ is what was learned; towards 0 only the best letter is left, and a large $T$ makes all equal.
# A small $T$ makes large numbers, so subtract the largest first.


# %% nbgrader={"grade": false, "grade_id": "softmax_at_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_at(scores, temperature):
    """Probabilities at a temperature.

    Args:
        scores: `(..., vocabulary)`.
        temperature: a positive number. No score divided by it may overflow.

    Returns:
        Probabilities of the shape of `scores`; over the last axis they add up to 1.
    """
    ### BEGIN SOLUTION
    scaled = (scores - scores.max(axis=-1, keepdims=True)) / temperature
    exponentials = np.exp(scaled)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax_at", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("softmax_at", softmax_at)

# %% [markdown]
# The slide's first step has the scores 1.0, 2.2, −3.0 and 4.1 for h, e, l and o.

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(figsize=(7, 3.4))
    axes = panels[0, 0]
    for index, temperature in enumerate((0.5, 1.0, 3.0)):
        bars = 100 * softmax_at(np.array([1.0, 2.2, -3.0, 4.1]), temperature)
        axes.bar(np.arange(4) + 0.27 * (index - 1), bars, 0.25, label=f"T = {temperature:g}")
    axes.set_xticks(range(4), labels=list("helo"))
    axes.set_xlabel("next letter")
    axes.set_ylabel("probability (%)")
    axes.set_title("The slide's scores at three temperatures")
    axes.legend()
figure

# %% [markdown]
# ### Tunes
#
# Irish tunes are written down as plain text, in ABC notation: a letter is a note, a number behind it its
# length, a bar line a bar line. If the package `music21` is installed, the text comes from its copy of
# O'Neill's collection, else from a few lines of old jigs here. Your layer learns it in Keras for a few
# seconds; your `from_keras`, `lstm_step` and `softmax_at` then write on in NumPy. The eight
# lines here are soon known by heart: at a low temperature you get them back, and only a higher one invents.

# %% tags=["display"]
JIGS = """
|:GAG GAB|ABA ABd|edd gdd|edB dBA|GAG GAB|ABA ABd|edd gdB|AGF G3:|
|:BAB dBd|ege dBA|BAB dBG|ABA AGA|BAB dBd|ege dBd|gfg aga|bgg g3:|
|:gdc BGG|BGG DGG|BGB dcB|cAA EAA|cBc edc|BAB GBd|cBc Adc|BGG G3:|
|:gdg gdg|bag agf|gdg bag|fdd ddd|ece ece|dBd dBd|cBc Adc|BGG G3:|
|:AFA AFA|AFA def|gfg efg|fed BdB|AFA AFA|AFA def|gfg efd|edd d3:|
|:fef def|gfg efg|faf def|gfe dBA|fef def|gfg efg|fed BdB|AFD D3:|
|:EBB EBB|EBB Bcd|edB dBA|GED DEF|EBB EBB|EBB Bcd|edB dBA|GEE E3:|
|:gef gef|gfe dBA|BAB dBA|GED DEF|gef gef|gfe dBd|edB dBA|GEE E3:|
"""
package = importlib.util.find_spec("music21")
files = sorted(Path(package.origin).parent.glob("corpus/oneills1850/*.abc")) if package else []
written = "\n".join(file.read_text(errors="replace") for file in files) or JIGS
lines = [line.strip() for line in written.splitlines() if line[1:2] != ":" or line[0] == "|"]
text = "\n".join(line for line in lines if line)[:20_000]
alphabet = sorted(set(text))
numbered = np.array([alphabet.index(letter) for letter in text])

TIME, BATCH, UPDATES = 24, 32, 250
training.set_seed(0)
inputs = keras.Input((TIME, len(alphabet)))
layer = LSTM(64, return_sequences=True)
readout = keras.layers.Dense(len(alphabet))
model = keras.Model(inputs, readout(layer(inputs)))
model.compile(
    keras.optimizers.Adam(0.01, clipnorm=1.0),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    jit_compile=False,
)
rng = np.random.default_rng(0)
tune_losses = []
for _ in range(UPDATES):
    begins = rng.integers(0, len(text) - TIME - 1, BATCH)
    windows = numbered[begins[:, np.newaxis] + np.arange(TIME + 1)]
    loss = model.train_on_batch(np.eye(len(alphabet))[windows[:, :-1]], windows[:, 1:])
    model.reset_metrics()
    tune_losses.append(float(loss))

with plots.style():
    figure, panels = plots.new_figure(figsize=(6.5, 3.4))
    axes = panels[0, 0]
    axes.plot(tune_losses, label="your layer")
    axes.axhline(np.log(len(alphabet)), color="0.5", ls=":", label=f"guessing: ln {len(alphabet)}")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("updates")
    axes.set_ylabel("loss (nats per letter)")
    axes.set_title(f"Learning tunes: {len(text):,} letters, {len(alphabet)} different ones")
    axes.legend()
figure

# %% tags=["display"]
W_tunes, b_tunes = from_keras(*(np.asarray(w) for w in layer.get_weights()))
V_tunes, scores_bias = readout.get_weights()
for temperature in (0.3, 1.0, 2.0):
    rng = np.random.default_rng(2)
    h, c, letter, tune = np.zeros((1, 64)), np.zeros((1, 64)), alphabet.index("|"), "|"
    for _ in range(100):
        h, c, _ = lstm_step(np.eye(len(alphabet))[[letter]], h, c, W_tunes, b_tunes)
        probabilities = softmax_at(h[0] @ V_tunes + scores_bias, temperature)
        letter = rng.choice(len(alphabet), p=probabilities / np.sum(probabilities, dtype=float))
        tune += alphabet[letter]
    print(f"T = {temperature:g}\n{tune}\n")

# %% [markdown]
# Note that the state is carried from letter to letter. Begin every letter with zeros instead, and the
# model sees one letter and no tune: a mistake that has been made in many programs, and that no error
# message tells.
