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
# # Recurrent networks
#
# A convolution sees its whole input at once. A *recurrent* network reads a sequence piece by piece
# and keeps a state: what it remembers of all that came before. In this notebook you write one such
# cell, forward and backward through time, in NumPy. You take the slides' "hello" apart to its last
# digit, wire one cell into four kinds of network, and find out why a gradient seldom survives a long
# way back in time.
#
# Allow about three hours. After each task stands a `check(...)` cell, which you may run as often as
# you like. Gradients that are computed for you are blocked in the checks; at your desk, numerical
# gradients are the best judge you have.

# %%
import numpy as np

from course_lib import check, plots
from course_lib.gradients import numerical_gradient

# %% [markdown]
# ## 1. From a text to numbers
#
# The slides' example is a network that reads "hello" and is to say, after each letter, which one
# comes next (*CNN Benchmark Models*, Example: Character-Level Language Model). The letters get
# numbers by their place in the alphabet h, e, l, o. What goes in is *one-hot*: a row as long as the
# alphabet, with a 1 at the letter's number and 0 elsewhere. What is to come out, the *target*, is
# the number of the next letter. Five letters make four pairs: the last one has no next letter, and
# the first one is nobody's target.


# %% nbgrader={"grade": false, "grade_id": "rnn_pairs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def training_pairs(text, alphabet):
    """What a character model reads, and what it should say after each letter.

    Args:
        text: a string of at least two letters, all of them in the alphabet.
        alphabet: a string of different letters; the first one has the number 0.

    Returns:
        `x`, an array of shape `(len(text) - 1, len(alphabet))` with the one-hot rows of all letters
        but the last, and `targets`, an array of shape `(len(text) - 1,)` with the numbers of all
        letters but the first.
    """
    ### BEGIN SOLUTION
    numbers = np.array([alphabet.index(letter) for letter in text])
    return np.eye(len(alphabet))[numbers[:-1]], numbers[1:]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_pairs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("rnn_pairs", training_pairs)

# %% [markdown]
# ### The slide, digit by digit
#
# These are the scores that the slide prints at the output layer, a row for each of the four steps,
# and the function that makes probabilities of them. (With these scores the network is not trained
# yet.)


# %%
ALPHABET = "helo"
HELLO_SCORES = [
    [1.0, 2.2, -3.0, 4.1],
    [0.5, 0.3, -1.0, 1.2],
    [0.1, 0.5, 1.9, -1.1],
    [0.2, -1.5, -0.1, 2.2],
]


def softmax(scores):
    """Probabilities along the last axis, which add up to 1."""
    powers = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


# %% [markdown]
# Check the slide with a few lines of NumPy, or with a pencil:
#
# - `p_h`: at the first step the slide prints .03 for the letter h. What is the probability, to at
#   least four decimals?
# - `fourth_input`: the slide prints 0, 0, 0, 1 below the fourth input letter, which is a misprint.
#   What should stand there, as a list of four numbers?
# - `weights`: how many weights have $W_{xh}$, $W_{hh}$ and $W_{hy}$ together? The slide draws three
#   hidden units, and there are no biases.
# - `loss`: the mean over the four steps of $-\ln p(\text{target})$, to at least four decimals.
# - `untrained`: the same mean for a network that gives each of the four letters the same
#   probability, to at least four decimals.

# %% nbgrader={"grade": false, "grade_id": "rnn_hello_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your answers in this form:
# hello = {"p_h": ..., "fourth_input": ..., "weights": ..., "loss": ..., "untrained": ...}
### BEGIN SOLUTION
hello_probabilities = softmax(HELLO_SCORES)
hello = {
    "p_h": hello_probabilities[0, 0],
    "fourth_input": [0, 0, 1, 0],
    "weights": 3 * 4 + 3 * 3 + 4 * 3,
    "loss": -np.log(hello_probabilities[range(4), [1, 2, 2, 3]]).mean(),
    "untrained": np.log(4),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "rnn_hello", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("rnn_hello", hello)

# %% tags=["display"]
x, targets = training_pairs("hello", ALPHABET)
probabilities = softmax(HELLO_SCORES)
losses = -np.log(probabilities[np.arange(len(targets)), targets])

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(9, 3.6))
    for axes, table, title in [
        (panels[0, 0], x, "What goes in: one-hot"),
        (panels[0, 1], probabilities, "What comes out: probabilities"),
    ]:
        axes.imshow(table, cmap="Blues", vmin=0, vmax=1)
        for (step, letter), value in np.ndenumerate(table):
            colour = "white" if value > 0.5 else plots.COLOURS[6]
            text = f"{value:g}" if table is x else f"{value:.4f}"
            axes.text(letter, step, text, ha="center", va="center", color=colour)
        axes.set_xticks(range(4), list(ALPHABET))
        axes.set_xlabel("letter")
        axes.set_title(title)
        axes.grid(visible=False)
    panels[0, 0].set_yticks(
        range(4), [f"{step + 1}: {letter}" for step, letter in enumerate("hell")]
    )
    panels[0, 0].set_ylabel("step and letter read")
    panels[0, 1].set_yticks(range(4), [f"loss {loss:.4f}" for loss in losses])
    panels[0, 1].set_ylabel("loss of the step (nats)")
    panels[0, 1].plot(targets, range(4), "s", ms=34, mfc="none", mec=plots.COLOURS[1])
    figure.suptitle(f'"hello" on the slide: mean loss {losses.mean():.4f}; framed: the next letter')
figure

# %% [markdown]
# ### Drawing a letter
#
# To write, the network draws a letter from its probabilities and reads it as its next input. It does
# not take the most probable one: at the first step the slide draws an "e", though an "o" is more
# than six times as probable.
#
# Lay the probabilities side by side, in their order, and they fill the line from 0 to 1. A number
# $u$, drawn evenly from $[0, 1)$, falls on one of them: on letter $k$ if
#
# $$p_0 + \dots + p_{k-1} \;\le\; u \;<\; p_0 + \dots + p_k$$
#
# With the slide's first row, every $u$ from 0.0377 to 0.1627 draws the "e".


# %% nbgrader={"grade": false, "grade_id": "rnn_draw_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def draw_letter(probabilities, u):
    """The letter on which `u` falls.

    Args:
        probabilities: of each letter, `(letters,)`; they add up to 1, and some may be 0.
        u: a number from 0 up to, but not including, 1.

    Returns:
        The number of the letter, an integer.
    """
    ### BEGIN SOLUTION
    return int(np.sum(np.cumsum(probabilities)[:-1] <= u))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_draw", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("rnn_draw", draw_letter)

# %% [markdown]
# ## 2. One step
#
# At every time step the same function with the same weights makes a new state from the old one and
# the input (*CNN Benchmark Models*, Recurrent Neural Network (RNN)):
#
# $$h_t = \tanh(W_{hh}\, h_{t-1} + W_{xh}\, x_t), \qquad y_t = W_{hy}\, h_t$$
#
# As on the slide, a matrix has a row for each number that comes out: `w_xh` is
# `(hidden, inputs)`, `w_hh` is `(hidden, hidden)`, and `w_hy` is `(outputs, hidden)`. A batch has an
# example in each *row*, so in code the product $W x$ becomes `x @ w.T`.


# %% nbgrader={"grade": false, "grade_id": "rnn_step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_forward(x, h, w_xh, w_hh):
    """The new state after one step.

    Args:
        x: the input of this step, `(batch, inputs)`.
        h: the state before it, `(batch, hidden)`. It must not be changed.
        w_xh: weights from input to state, `(hidden, inputs)`.
        w_hh: weights from state to state, `(hidden, hidden)`.

    Returns:
        The new state, `(batch, hidden)`.
    """
    ### BEGIN SOLUTION
    return np.tanh(h @ w_hh.T + x @ w_xh.T)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("rnn_step", step_forward)

# %% [markdown]
# And back. Let $a$ be what stands inside the tanh, so that $h_t = \tanh a$. The slope of tanh is
# $1 - h_t^2$, and the rest is a linear layer with two inputs. Written for one example, with $g(\cdot)$
# for the gradient of the loss with respect to something:
#
# $$g(a) = g(h_t) \odot (1 - h_t^2), \qquad
#   g(x_t) = W_{xh}^\top g(a), \qquad g(h_{t-1}) = W_{hh}^\top g(a)$$
#
# $$g(W_{xh}) = g(a)\, x_t^\top, \qquad g(W_{hh}) = g(a)\, h_{t-1}^\top$$
#
# The examples of a batch share the weights: their gradients of the weights are added.


# %% nbgrader={"grade": false, "grade_id": "rnn_step_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_backward(dnext, x, h, new, w_xh, w_hh):
    """The way back through `step_forward`.

    Args:
        dnext: gradient with respect to the new state, `(batch, hidden)`. It must not be changed.
        x: the input of the step, `(batch, inputs)`.
        h: the state before it, `(batch, hidden)`.
        new: the state after it, which `step_forward` returned, `(batch, hidden)`.
        w_xh: weights from input to state, `(hidden, inputs)`.
        w_hh: weights from state to state, `(hidden, hidden)`.

    Returns:
        `(dx, dh, dw_xh, dw_hh)`, each of the shape of what it is the gradient of.
    """
    ### BEGIN SOLUTION
    da = dnext * (1 - new**2)
    return da @ w_xh, da @ w_hh, da.T @ x, da.T @ h
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_step_backward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("rnn_step_backward", step_backward)

# %% [markdown]
# ## 3. A whole sequence
#
# Unrolled in time the network is a chain with one step after another, all with the same weights.
# Sequences have the shape `(batch, time, features)`, as in Keras.


# %% nbgrader={"grade": false, "grade_id": "rnn_forward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rnn_forward(x, h0, w_xh, w_hh, w_hy):
    """Read whole sequences, and give an output after each step.

    Args:
        x: inputs, `(batch, time, inputs)`, with at least one step.
        h0: the state before the first step, `(batch, hidden)`. It must not be changed.
        w_xh: weights from input to state, `(hidden, inputs)`.
        w_hh: weights from state to state, `(hidden, hidden)`.
        w_hy: weights from state to output, `(outputs, hidden)`.

    Returns:
        The states h_1, ..., h_time in one array `(batch, time, hidden)`, without `h0`, and the
        outputs, `(batch, time, outputs)`.
    """
    ### BEGIN SOLUTION
    states, h = [], h0
    for t in range(x.shape[1]):
        h = step_forward(x[:, t], h, w_xh, w_hh)
        states.append(h)
    states = np.stack(states, axis=1)
    return states, states @ w_hy.T
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("rnn_forward", rnn_forward)

# %% [markdown]
# ### Back through time
#
# Start at the last step and go back. The state $h_t$ reaches the loss on two ways: through the output
# of its own step, and through the next state. What comes back on both ways is added:
#
# $$g(h_t) = W_{hy}^\top g(y_t) + W_{hh}^\top g(a_{t+1})$$
#
# After the last step there is no next state. The weights are used at every step, so the gradients of
# all steps are added.


# %% nbgrader={"grade": false, "grade_id": "rnn_backward_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rnn_backward(dy, x, h0, states, w_xh, w_hh, w_hy):
    """The way back through `rnn_forward`: backpropagation through time.

    Args:
        dy: gradient with respect to the outputs, `(batch, time, outputs)`.
        x: inputs, `(batch, time, inputs)`.
        h0: the state before the first step, `(batch, hidden)`.
        states: what `rnn_forward` returned, `(batch, time, hidden)`.
        w_xh: weights from input to state, `(hidden, inputs)`.
        w_hh: weights from state to state, `(hidden, hidden)`.
        w_hy: weights from state to output, `(outputs, hidden)`.

    Returns:
        `(dx, dh0, dw_xh, dw_hh, dw_hy)`, each of the shape of what it is the gradient of.
    """
    ### BEGIN SOLUTION
    dx, dh = np.zeros(x.shape), np.zeros(h0.shape)
    dw_xh, dw_hh = np.zeros(w_xh.shape), np.zeros(w_hh.shape)
    for t in reversed(range(x.shape[1])):
        before = states[:, t - 1] if t > 0 else h0
        dnext = dh + dy[:, t] @ w_hy
        dx[:, t], dh, step_xh, step_hh = step_backward(
            dnext, x[:, t], before, states[:, t], w_xh, w_hh
        )
        dw_xh += step_xh
        dw_hh += step_hh
    return dx, dh, dw_xh, dw_hh, np.einsum("bto,bth->oh", dy, states)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_backward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("rnn_backward", rnn_backward)

# %% [markdown]
# Every one of the five gradients against its numerical twin, for sequences of different lengths. A
# right gradient stays below $10^{-6}$, however far it has come.

# %% tags=["display"]
rng = np.random.default_rng(0)
lengths = [1, 2, 4, 8, 12]


def gradient_errors(length):
    """The largest error of each gradient for sequences of one length, by its largest value."""
    shapes = {"x": (2, length, 4), "h0": (2, 3), "w_xh": (3, 4), "w_hh": (3, 3), "w_hy": (4, 3)}
    tensors = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    dy = rng.normal(size=(2, length, 4))
    states, _ = rnn_forward(**tensors)
    backward = rnn_backward(dy, states=states, **tensors)
    errors = {}
    for name, gradient in zip(tensors, backward, strict=True):
        measured = numerical_gradient(
            lambda moved, name=name: rnn_forward(**{**tensors, name: moved})[1], tensors[name], dy
        )
        errors[name] = np.abs(gradient - measured).max() / np.abs(measured).max()
    return errors


errors = [gradient_errors(length) for length in lengths]

with plots.style():
    figure, panels = plots.new_figure(figsize=(7, 3.4))
    axes = panels[0, 0]
    for name in errors[0]:
        values = [max(found[name], 1e-16) for found in errors]
        axes.semilogy(lengths, values, "o-", ms=4, label=f"d{name}")
    axes.axhspan(1e-3, 10, color=plots.COLOURS[1], alpha=0.15)
    axes.text(6, 0.06, "a mistake", color=plots.COLOURS[1])
    axes.set(ylim=(1e-14, 10), xlabel="length of the sequence (steps)")
    axes.set_ylabel("largest error / largest gradient")
    axes.set_title("Gradient check, back through time")
    axes.legend(ncols=5, loc="upper center", bbox_to_anchor=(0.5, 0.55), fontsize=8)
figure

# %% [markdown]
# ### "hello" learned
#
# Now your functions train on the slide's word: one sequence, 33 weights. The loss begins near
# $\ln 4 = 1.3863$, that of a network that knows nothing, and goes to 0. Note the two l: after the
# first an l is to follow, after the second an o. Only the state can tell them apart.


# %% tags=["display"]
def train_on_word(word, alphabet, hidden=3, steps=400, rate=0.3, seed=1):
    """Gradient descent on the mean loss of one word; returns the losses and the weights."""
    rng = np.random.default_rng(seed)
    x, targets = training_pairs(word, alphabet)
    letters, rows = len(alphabet), np.arange(len(targets))
    shapes = [(hidden, letters), (hidden, hidden), (letters, hidden)]
    weights = [rng.normal(0, 0.5, size=shape) for shape in shapes]
    h0, losses = np.zeros((1, hidden)), []
    for _ in range(steps):
        states, y = rnn_forward(x[None], h0, *weights)
        p = softmax(y[0])
        losses.append(-np.log(p[rows, targets]).mean())
        p[rows, targets] -= 1
        _, _, *dweights = rnn_backward(p[None] / len(rows), x[None], h0, states, *weights)
        weights = [w - rate * dw for w, dw in zip(weights, dweights, strict=True)]
    return losses, weights


losses, hello_weights = train_on_word("hello", ALPHABET)
x, targets = training_pairs("hello", ALPHABET)
states, y = rnn_forward(x[None], np.zeros((1, 3)), *hello_weights)
learned = softmax(y[0])

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10, 3.4))
    panels[0, 0].semilogy(losses)
    panels[0, 0].axhline(np.log(4), color="grey", linestyle="--", lw=1.2)
    panels[0, 0].text(180, 1.5, r"$\ln 4$: knows nothing", color="grey")
    panels[0, 0].set(title="33 weights learn one word", xlabel="steps of gradient descent")
    panels[0, 0].set_ylabel("mean loss (nats)")
    image = panels[0, 1].imshow(states[0].T, cmap="RdBu_r", vmin=-1, vmax=1, aspect="auto")
    labels = [f"{a} → {ALPHABET[p.argmax()]}" for a, p in zip("hell", learned, strict=True)]
    panels[0, 1].set_xticks(range(4), labels)
    panels[0, 1].set_yticks(range(3), [1, 2, 3])
    panels[0, 1].grid(visible=False)
    panels[0, 1].set(title="The state after each letter", xlabel="letter read → most probable next")
    panels[0, 1].set_ylabel("hidden unit")
    figure.colorbar(image, ax=panels[0, 1], label="state (tanh, from −1 to 1)")
figure

# %% [markdown]
# With `draw_letter` the trained network writes. It is given an "h", and reads whatever it drew:

# %% tags=["display"]
rng = np.random.default_rng(0)
for _ in range(3):
    written, h = "h", np.zeros((1, 3))
    for _ in range(4):
        one_hot = np.eye(4)[[ALPHABET.index(written[-1])]]
        h = step_forward(one_hot, h, *hello_weights[:2])
        written += ALPHABET[draw_letter(softmax(h[0] @ hello_weights[2].T), rng.random())]
    print(written)

# %% [markdown]
# ## 4. One cell, four networks
#
# The same cell can be wired in four ways (*CNN Benchmark Models*, RNN unrolled in time):
#
# | form | reads | says | for example |
# |---|---|---|---|
# | many to many | at each step | at each step | the next letter |
# | many to one | at each step | after the last step | who is speaking? |
# | one to many | at the first step | at each step | a caption for a picture |
# | many to one + one to many | first all of it | then all of it | an autoencoder, translation |
#
# Where a network has nothing to read, it gets zeros. Here is a cell as an object. With `linear=True`
# it leaves out the tanh, so that whole numbers stay whole and small tasks have exact answers.


# %%
class Cell:
    """One recurrent cell with its weights.

    Calling it, `cell(x, h)`, gives the new state: `x` is `(batch, inputs)`, `h` `(batch, hidden)`.
    """

    def __init__(self, w_xh, w_hh, w_hy, linear=False):
        self.w_xh, self.w_hh, self.w_hy, self.linear = w_xh, w_hh, w_hy, linear

    def __call__(self, x, h):
        a = x @ self.w_xh.T + h @ self.w_hh.T
        return a if self.linear else np.tanh(a)

    def output(self, h):
        """y = W_hy h for each row of the batch: `(batch, outputs)`."""
        return h @ self.w_hy.T

    def first_state(self, batch):
        """The state before anything was read: zeros, `(batch, hidden)`."""
        return np.zeros((batch, self.w_hh.shape[0]))

    def no_input(self, batch):
        """What the cell gets where there is nothing to read: zeros, `(batch, inputs)`."""
        return np.zeros((batch, self.w_xh.shape[1]))


# %% [markdown]
# Write the four forms with such cells. All begin with `first_state`, but for the decoder of the last
# form: it begins with the last state of the encoder, and reads nothing.


# %% nbgrader={"grade": false, "grade_id": "rnn_forms_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def many_to_many(cell, x):
    """Read `(batch, time, inputs)`; return the output after each step, `(batch, time, outputs)`."""
    ### BEGIN SOLUTION
    h, outputs = cell.first_state(len(x)), []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        outputs.append(cell.output(h))
    return np.stack(outputs, axis=1)
    ### END SOLUTION


def many_to_one(cell, x):
    """Read `(batch, time, inputs)`; return the output after the last step, `(batch, outputs)`."""
    ### BEGIN SOLUTION
    h = cell.first_state(len(x))
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
    return cell.output(h)
    ### END SOLUTION


def one_to_many(cell, x, steps):
    """Read `x`, `(batch, inputs)`, at the first step, and nothing at the others.

    Returns:
        The output after each of the `steps` steps, the first one included,
        `(batch, steps, outputs)`.
    """
    ### BEGIN SOLUTION
    h, outputs = cell.first_state(len(x)), []
    for t in range(steps):
        h = cell(x if t == 0 else cell.no_input(len(x)), h)
        outputs.append(cell.output(h))
    return np.stack(outputs, axis=1)
    ### END SOLUTION


def encoder_decoder(encoder, decoder, x, steps):
    """Read all of `x`, `(batch, time, inputs)`, with one cell; then speak with another one.

    Both cells have the same number of hidden units. The decoder begins with the encoder's last
    state, and takes `steps` steps without an input.

    Returns:
        The decoder's output after each of its steps, `(batch, steps, outputs)`.
    """
    ### BEGIN SOLUTION
    h, outputs = encoder.first_state(len(x)), []
    for t in range(x.shape[1]):
        h = encoder(x[:, t], h)
    for _ in range(steps):
        h = decoder(decoder.no_input(len(x)), h)
        outputs.append(decoder.output(h))
    return np.stack(outputs, axis=1)
    ### END SOLUTION


# %% [markdown]
# The check chooses a form by its name:


# %%
def run_form(form, x, weights, linear=False, steps=None, decoder_weights=None):
    """What one of your four forms gives for cells with these weights."""
    cell = Cell(*weights, linear=linear)
    if form == "many to many":
        return many_to_many(cell, x)
    if form == "many to one":
        return many_to_one(cell, x)
    if form == "one to many":
        return one_to_many(cell, x, steps)
    return encoder_decoder(cell, Cell(*decoder_weights, linear=linear), x, steps)


# %% nbgrader={"grade": true, "grade_id": "rnn_forms", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("rnn_forms", run_form)

# %% [markdown]
# Four tasks with exact answers, each done by a linear cell whose weights one can find by thinking: an
# account (sum so far), a number read digit by digit, powers of two from one seed, and a *stack* that
# gives back what it was given in reverse order. In the last one every hidden unit is a place on the
# stack: the encoder's $W_{hh}$ moves all things one place down, the decoder's moves them up.

# %% tags=["display"]
one, digits = np.ones((1, 1)), np.array([3.0, 1.0, 4.0, 1.0])
series = digits[None, :, None]
# Five places: the newest thing comes in at the second one, and is said from the first.
enter, say = np.eye(5)[:, 1:2], np.eye(5)[:1]
encoder = Cell(enter, np.eye(5, k=-1), say, linear=True)
decoder = Cell(np.zeros((5, 1)), np.eye(5, k=1), say, linear=True)
tasks = [
    ("many to many: sum so far", digits, many_to_many(Cell(one, one, one, True), series)),
    (
        "many to one: a number of digits",
        digits,
        many_to_one(Cell(one, 10 * one, one, True), series),
    ),
    ("one to many: doubling", [3.0], one_to_many(Cell(one, 2 * one, one, True), one * 3, 4)),
    ("encoder and decoder: a stack", digits, encoder_decoder(encoder, decoder, series, 4)),
]
with plots.style():
    figure, panels = plots.new_figure(2, 2, figsize=(10, 5.6))
    for axes, (title, read, said) in zip(panels.flat, tasks, strict=True):
        said = np.ravel(said)
        late = len(read) - 1 if "one:" in title else len(read) if "stack" in title else 0
        axes.bar(np.arange(len(read)) + 0.8, read, 0.36, label="read")
        bars = axes.bar(np.arange(len(said)) + 1.2 + late, said, 0.36, label="said")
        axes.bar_label(bars, fmt="%g")
        axes.set_xticks(range(1, max(len(read), len(said) + late) + 1))
        axes.set(title=title, xlabel="step", ylabel="value")
        axes.margins(y=0.15)
        axes.legend(loc="upper left", fontsize=8)
figure

# %% [markdown]
# ### Why does the account need no forgetting, and a text does?
#
# The account's $W_{hh}$ is 1: all that ever came in stays in, with the same weight. What would happen
# to the numbers with $W_{hh} = 0.9$, and with $1.1$?
#
# <details>
# <summary>One good answer</summary>
#
# With 0.9 a number that came in $k$ steps ago still counts with $0.9^k$: after 50 steps half a per
# cent is left. With 1.1 it counts $1.1^k$ times, and after 50 steps a number has grown 117-fold: the
# oldest drowns all others. Only 1 keeps. That is what the next section is about, for gradients, and
# it is why the LSTM has a path on which the factor can be close to 1.
#
# </details>

# %% [markdown]
# ## 5. Gradients through time
#
# How much does the last state depend on the first one? One step has the Jacobian
#
# $$\frac{\partial h_t}{\partial h_{t-1}} = \operatorname{diag}(1 - h_t^2)\, W_{hh},
#   \qquad
#   \frac{\partial h_T}{\partial h_0} = \frac{\partial h_T}{\partial h_{T-1}} \cdots
#   \frac{\partial h_2}{\partial h_1}\, \frac{\partial h_1}{\partial h_0}$$
#
# with row $k$, column $j$ for how number $k$ of the later state changes with number $j$ of the
# earlier one. `diag(v)` is the matrix with $v$ on its diagonal. The later the step, the farther to
# the left its factor.


# %% nbgrader={"grade": false, "grade_id": "rnn_jacobian_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def state_jacobian(states, w_hh):
    """How the last state of one sequence changes with the state before its first step.

    Args:
        states: h_1, ..., h_T of one sequence, `(time, hidden)`, as a cell with tanh gave them.
        w_hh: weights from state to state, `(hidden, hidden)`.

    Returns:
        The derivatives of h_T with respect to h_0, `(hidden, hidden)`.
    """
    ### BEGIN SOLUTION
    jacobian = np.eye(len(w_hh))
    for h in states:
        jacobian = (1 - h**2)[:, np.newaxis] * w_hh @ jacobian
    return jacobian
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_jacobian", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("rnn_jacobian", state_jacobian)

# %% [markdown]
# The same matrix $W_{hh}$ stands in every factor. Leave the tanh aside, and the product of $T$ of them
# is $W_{hh}^T$ (to the power of $T$). What becomes of a power is decided by the eigenvalues: its size
# goes, in the long run, like $\rho^T$, where the *spectral radius* $\rho$ is the largest magnitude of
# an eigenvalue (they may be complex). Below 1 the power vanishes, above 1 it explodes.


# %% nbgrader={"grade": false, "grade_id": "rnn_radius_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def with_spectral_radius(w, radius):
    """The matrix `w` times the positive number that gives it this spectral radius.

    Args:
        w: a square matrix with an eigenvalue that is not 0. It must not be changed.
        radius: the spectral radius wanted, greater than 0.
    """
    ### BEGIN SOLUTION
    return w * (radius / np.abs(np.linalg.eigvals(w)).max())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_radius", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("rnn_radius", with_spectral_radius)

# %% tags=["display"]
rng = np.random.default_rng(3)
hidden, longest = 24, 60
base = rng.normal(size=(hidden, hidden))
inputs = 0.3 * rng.normal(size=(1, longest, hidden))
distances = np.arange(1, longest + 1)

with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(10, 3.6), sharey=True)
    for radius in (0.7, 0.9, 1.0, 1.1, 1.3):
        w_hh = with_spectral_radius(base, radius)
        states, _ = rnn_forward(inputs, np.zeros((1, hidden)), np.eye(hidden), w_hh, w_hh)
        for axes, read in [(panels[0, 0], np.zeros((longest, hidden))), (panels[0, 1], states[0])]:
            sizes = [np.linalg.norm(state_jacobian(read[:t], w_hh), 2) for t in distances]
            axes.semilogy(distances, sizes, label=rf"$\rho$ = {radius}")
    panels[0, 0].set(
        title="Without tanh: powers of $W_{hh}$", ylabel="largest factor of a gradient"
    )
    panels[0, 1].set(title="With tanh, on random input", ylim=(1e-10, 1e8))
    for axes in panels[0]:
        axes.set_xlabel("steps back in time")
    panels[0, 0].legend(ncols=2, fontsize=8)
figure

# %% [markdown]
# On the left straight lines, in the long run, with the slope $\ln \rho$; a line may first rise, for
# a matrix can stretch before its power shrinks. On the right the slope of tanh, which is at most 1,
# pulls all of them down: what exploded may vanish now, and what vanished does so sooner.
#
# ### Clipping
#
# A gradient that has exploded is a cliff: one step along it throws away all that was learned.
# *Clipping by norm* keeps the direction and shortens the step (Pascanu, Mikolov and Bengio, *On the
# difficulty of training recurrent neural networks*, 2013). The norm is that of all gradients
# together, as if they were one long vector:
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum_i \sum_k g_{i,k}^2}, \qquad
#   g_i \leftarrow g_i \cdot \frac{c}{\lVert g \rVert} \quad \text{if } \lVert g \rVert > c$$
#
# *Clipping by value* cuts every number to the range from $-c$ to $c$.


# %% nbgrader={"grade": false, "grade_id": "rnn_clip_by_norm_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def clip_by_norm(gradients, limit):
    """Shorten the gradients together, if they are longer than the limit.

    Args:
        gradients: a list of arrays of any shapes. Neither the list nor an array must be changed.
        limit: the greatest norm of all of them together, greater than 0.

    Returns:
        A list of arrays with the shapes of the gradients, in their order. If the norm does not
        exceed the limit, they have the same values as before.
    """
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    factor = limit / norm if norm > limit else 1.0
    return [gradient * factor for gradient in gradients]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_clip_by_norm", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("rnn_clip_by_norm", clip_by_norm)


# %% nbgrader={"grade": false, "grade_id": "rnn_clip_by_value_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def clip_by_value(gradients, limit):
    """Cut every number of the gradients to the range from `-limit` to `limit`.

    Args:
        gradients: a list of arrays of any shapes. Neither the list nor an array must be changed.
        limit: greater than 0.

    Returns:
        A list of arrays with the shapes of the gradients, in their order.
    """
    ### BEGIN SOLUTION
    return [np.clip(gradient, -limit, limit) for gradient in gradients]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rnn_clip_by_value", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("rnn_clip_by_value", clip_by_value)

# %% tags=["display"]
with plots.style():
    figure, panels = plots.new_figure(1, 2, figsize=(9, 4.4), sharex=True, sharey=True)
    clips = [("Clipped by norm", clip_by_norm), ("Clipped by value", clip_by_value)]
    arrow = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.008}
    for axes, (title, clip) in zip(panels[0], clips, strict=True):
        for colour, degrees in zip(plots.COLOURS, (12, 40, 75, 160, 250), strict=False):
            angle = np.deg2rad(degrees)
            whole = 2.4 * np.array([np.cos(angle), np.sin(angle)])
            (cut,) = clip([whole], 1.0)
            turned = np.rad2deg(np.arccos(min(1, cut @ whole / np.linalg.norm(cut) / 2.4)))
            axes.quiver(0, 0, *whole, color=colour, alpha=0.3, **arrow)
            axes.quiver(0, 0, *cut, color=colour, **arrow)
            axes.text(*(1.15 * whole), f"{turned:.0f}°", color=colour, ha="center")
        axes.set(title=title, xlim=(-3, 3), ylim=(-3, 3), aspect="equal")
        axes.set_xlabel("gradient of the first weight")
    panels[0, 0].set_ylabel("gradient of the second weight")
    figure.suptitle("Pale: before; full: after, limit 1; numbers: by how much the direction turned")
figure

# %% [markdown]
# ### Truncated backpropagation
#
# A long text does not go through memory at once. It is cut into chunks, one after another. Each chunk
# begins with the last state of the one before it, so the state goes on; but the gradient stops at the
# chunk's beginning. (That is backpropagation through time, *truncated*.) After each chunk the weights
# are changed.
#
# Think of a text of 100 steps, numbered from 0 to 99, that is cut into chunks of 25, with a target at
# every step. The state is carried from chunk to chunk.
#
# - `updates`: how many times are the weights changed?
# - `gradient_reach`: an error at step $t$ sends a gradient back to the input of step $s$. How large
#   can $t - s$ be at most?
# - `state_reach`: the input of step $s$ can change the output of step $t$. How large can $t - s$ be at
#   most?
# - `first_target`: how many inputs does the gradient of the target at step 50 reach?

# %% nbgrader={"grade": false, "grade_id": "rnn_truncation_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write your four whole numbers in this form:
# truncation = {"updates": ..., "gradient_reach": ..., "state_reach": ..., "first_target": ...}
### BEGIN SOLUTION
truncation = {"updates": 4, "gradient_reach": 24, "state_reach": 99, "first_target": 1}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "rnn_truncation", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("rnn_truncation", truncation)

# %% [markdown]
# What can be learned so, and what cannot? A task that only memory solves: the first input is −1 or 1,
# all others are 0, and after a gap the network must say the first input again. It is trained with
# your functions, clipped by norm: with the whole sequence as one chunk, in chunks of five steps, and
# step by step. At the start $W_{hh}$ has the spectral radius 0.7, so what was read fades.


# %% tags=["display"]
def remember(gap, chunk, seed, hidden=8, steps=150, rate=0.1):
    """Train on the memory task; the mean squared error of the last step afterwards.

    A network that always says 0 has the error 1.
    """
    rng = np.random.default_rng(seed)
    rotation = np.linalg.qr(rng.normal(size=(hidden, hidden)))[0]
    w_xh, w_hy = rng.normal(0, 0.5, (hidden, 1)), rng.normal(0, 0.3, (1, hidden))
    weights = [w_xh, with_spectral_radius(rotation, 0.7), w_hy]
    signs = np.array([[-1.0], [1.0]])
    x = np.zeros((2, gap + 1, 1))
    x[:, 0] = signs
    for _ in range(steps):
        h = np.zeros((2, hidden))
        for start in range(0, gap + 1, chunk):
            part = x[:, start : start + chunk]
            states, y = rnn_forward(part, h, *weights)
            dy = np.zeros(y.shape)
            if start + chunk > gap:
                dy[:, -1] = y[:, -1] - signs
            _, _, *dweights = rnn_backward(dy, part, h, states, *weights)
            h = states[:, -1]
            dweights = clip_by_norm(dweights, 1.0)
            weights = [w - rate * dw for w, dw in zip(weights, dweights, strict=True)]
    return np.mean((rnn_forward(x, np.zeros((2, hidden)), *weights)[1][:, -1] - signs) ** 2)


gaps, seeds = [2, 4, 8, 12, 16, 20, 24, 32], range(5)
with plots.style():
    figure, panels = plots.new_figure(figsize=(8, 3.8))
    axes = panels[0, 0]
    lines = [("the whole sequence", None), ("chunks of 5", 5), ("chunks of 1", 1)]
    for i, (label, chunk) in enumerate(lines):
        left = [[remember(gap, chunk or gap + 1, seed) for seed in seeds] for gap in gaps]
        axes.plot(gaps, np.median(left, axis=1), color=plots.COLOURS[i], label=label)
        for gap, values in zip(gaps, left, strict=True):
            places = np.full(len(values), gap + 0.25 * (i - 1))
            axes.plot(places, values, ".", color=plots.COLOURS[i], alpha=0.6)
    axes.axhline(1, color="grey", linestyle="--", lw=1.2)
    axes.text(2, 1.03, "always says 0", color="grey")
    axes.set(xlabel="gap (steps)", ylabel="mean squared error after training", ylim=(-0.05, 1.15))
    axes.set_title("Remembering the first input; lines: median of five networks, one dot each")
    axes.legend(loc="center left")
figure

# %% [markdown]
# Over which gaps did each of them learn the task? The chunks learn gaps over which their gradient
# cannot reach, even the chunks of one step. How is that possible, and why does it end?
#
# <details>
# <summary>One good answer</summary>
#
# The state goes on from chunk to chunk. As long as something of the first input is left in it at the
# end, the last chunk can learn to *read* it, by changing $W_{hy}$ and the last few steps. What it
# cannot learn is to *keep* it: that would be a change in how the early steps write, and no gradient
# tells them. So it ends where the untrained state has forgotten, and longer chunks do not help as
# long as they are shorter than the gap. The whole sequence can learn to keep. But its gradient must
# come back through all steps, each of which makes it smaller, and over the longest gaps too little
# of it arrives.
#
# </details>
#
# ## Where to go from here
#
# A recurrent cell multiplies with the same matrix at every step, and that is why it forgets. The next
# notebook, `lstm`, gives the state a path on which nothing is multiplied but a gate between 0 and 1
# that the network sets for itself.
