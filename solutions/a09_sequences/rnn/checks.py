"""What the notebook a09_sequences/rnn requires.

Gradients are compared with central differences of forward passes that are written here, number by
number, or with Keras' automatic differentiation, never with the reference solution. Sizes of a case
(batch, time, hidden, inputs, outputs) are all different.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check
from autograder.checks.oracles import keras_gradients
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

DECK = "CNN Benchmark Models"
SLIDE_CELL = slides.cite(DECK, "Recurrent Neural Network (RNN)")
SLIDE_FORMS = slides.cite(DECK, "RNN unrolled in time")
SLIDE_HELLO = slides.cite(DECK, "Example: Character-Level Language Model")
SLIDE_VAGARIES = slides.cite("Convolutional Neural Network", "Vagaries of optimization")

HELLO_SCORES = np.array(
    [[1.0, 2.2, -3.0, 4.1], [0.5, 0.3, -1.0, 1.2], [0.1, 0.5, 1.9, -1.1], [0.2, -1.5, -0.1, 2.2]]
)

# Central differences in float64 are right to about 1e-9, so these leave room for single precision.
CLOSE: dict[str, Any] = {"rtol": 1e-4, "atol": 1e-5}

Arrays = tuple[np.ndarray, ...]


def _differences(forward: Callable[..., Any], *arrays: np.ndarray, upstream: Any) -> Arrays:
    """The gradient with respect to each of the arrays, by central differences."""

    def alone(index: int) -> Callable[[np.ndarray], Any]:
        return lambda moved: forward(*arrays[:index], moved, *arrays[index + 1 :])

    return tuple(numerical_gradient(alone(i), arrays[i], upstream) for i in range(len(arrays)))


def _step(x: np.ndarray, h: np.ndarray, w_xh: np.ndarray, w_hh: np.ndarray) -> np.ndarray:
    """One step by its definition, an example at a time."""
    rows = [np.tanh(w_hh @ old + w_xh @ new) for new, old in zip(x, h, strict=True)]
    return np.array(rows)


def _sequence(x: np.ndarray, h0: np.ndarray, *weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """States and outputs of whole sequences, a step at a time."""
    w_xh, w_hh, w_hy = weights
    h, states = h0, []
    for t in range(x.shape[1]):
        h = _step(x[:, t], h, w_xh, w_hh)
        states.append(h)
    together = np.stack(states, axis=1)
    return together, np.einsum("oh,bth->bto", w_hy, together)


def _keras_step(x: Any, h: Any, w_xh: Any, w_hh: Any) -> Any:
    from keras import ops

    return ops.tanh(ops.matmul(h, ops.transpose(w_hh)) + ops.matmul(x, ops.transpose(w_xh)))


def _keras_sequence(x: Any, h0: Any, w_xh: Any, w_hh: Any, w_hy: Any) -> Any:
    from keras import ops

    h, outputs = h0, []
    for t in range(x.shape[1]):
        h = _keras_step(x[:, t], h, w_xh, w_hh)
        outputs.append(ops.matmul(h, ops.transpose(w_hy)))
    return ops.stack(outputs, axis=1)


def _weights(draw: Draw, hidden: int, inputs: int, outputs: int) -> list[np.ndarray]:
    """Three matrices that leave tanh room to bend, and none of them symmetric."""
    shapes = [(hidden, inputs), (hidden, hidden), (outputs, hidden)]
    return [draw.rng.normal(size=shape) / np.sqrt(shape[1]) for shape in shapes]


@check(
    "rnn_pairs",
    allows=("arrays",),
    slide=SLIDE_HELLO,
    where_to_look="Write the pairs of a word of three letters on paper. Which follows which?",
)
def training_pairs(draw: Draw) -> Iterator[Case]:
    """The slide's word, then drawn texts over drawn alphabets."""
    names = ("x", "targets")

    def case(text: str, alphabet: str, label: str) -> Case:
        rows = [[float(letter == known) for known in alphabet] for letter in text[:-1]]
        numbers = [alphabet.index(letter) for letter in text[1:]]
        expected = np.array(rows), np.array(numbers)
        return call(text, alphabet, expected=expected, label=label, names=names)

    yield case("hello", "helo", "hello, in the alphabet helo")
    alphabet = "".join(draw.rng.permutation(list("tunes")))
    yield case(
        "".join(draw.rng.permutation(list("sunset"))), alphabet, "an alphabet that is not sorted"
    )
    letters = draw.rng.permutation(list("abcdefgh"))
    text = "".join(draw.rng.choice(letters[:5], size=9))
    yield case(text, "".join(letters), "an alphabet with letters that the text lacks")
    pair = "".join(draw.rng.permutation(list("xyz"))[:2])
    yield case(pair, "zyx", "a text of two letters: one pair")


@check("rnn_hello", slide=SLIDE_HELLO)
def hello() -> Iterator[Case]:
    """What the slide rounds, misprints and does not print."""
    probabilities = np.exp(HELLO_SCORES) / np.exp(HELLO_SCORES).sum(axis=1, keepdims=True)
    losses = -np.log(probabilities[np.arange(4), [1, 2, 2, 3]])
    close: dict[str, Any] = {"rtol": 1e-5, "atol": 6e-5}
    yield answer(
        expected={"p_h": float(probabilities[0, 0])},
        label="the probability of h at the first step",
        where_to_look="e to the power of the score 1.0, divided by the sum of four such powers.",
        **close,
    )
    yield answer(
        expected={"fourth_input": [0, 0, 1, 0]},
        label="the fourth input",
        where_to_look="Which letter of hello is the fourth, and which place has it in h, e, l, o?",
    )
    yield answer(
        expected={"weights": 33},
        label="the weights of all three matrices",
        where_to_look="Four inputs, three hidden units, four outputs.",
    )
    yield answer(
        expected={"loss": float(losses.mean())},
        label="the mean loss",
        where_to_look="The targets are e, l, l, o. Add up their four losses and divide by 4.",
        **close,
    )
    yield answer(
        expected={"untrained": float(np.log(4))},
        label="the loss of a network that knows nothing",
        where_to_look="Each of the four letters has the probability 1/4.",
        **close,
    )


@check(
    "rnn_draw",
    allows=("arrays",),
    slide=SLIDE_HELLO,
    where_to_look="Print the sums p₀, p₀ + p₁, … beside u.",
)
def draw_letter(draw: Draw) -> Iterator[Case]:
    """Each letter of drawn rows, the ends of the line, borders, letters that are never drawn."""
    first = np.exp(HELLO_SCORES[0]) / np.exp(HELLO_SCORES[0]).sum()
    u = draw.uniform(0.05, 0.15)
    yield call(first, u, expected=1, label="the slide's first row: the e is drawn")
    count = draw.integer(5, 7)
    row = draw.rng.dirichlet(np.full(count, 5.0))
    ends = np.cumsum(row)
    for letter in sorted(draw.different(3, 1, count - 2)):
        u = float(ends[letter] - row[letter] * draw.uniform(0.2, 0.8))
        yield call(row, u, expected=letter, label=f"u falls on letter {letter} of {count}")
    yield call(row, 0.0, expected=0, label="u is 0")
    # Whole sixteenths add up without an error.
    yield call(
        np.array([4, 2, 6, 4]) / 16, 0.375, expected=2, label="u exactly on the border of 1 and 2"
    )
    yield call(
        np.array([0, 0, 8, 0, 8]) / 16, 0.0, expected=2, label="letters with the probability 0"
    )
    yield call(
        np.array([0.1] * 10),
        1 - 2.0**-53,
        expected=9,
        label="u just below 1, though the sum of ten tenths is a little less than 1",
    )


@check(
    "rnn_step",
    allows=("arrays", "activations"),
    slide=SLIDE_CELL,
    where_to_look="Take one example, two hidden units and one input, and compute with a pencil.",
)
def step_forward(draw: Draw) -> Iterator[Case]:
    """Small numbers by hand, then batches, and from the state 0."""
    yield call(
        np.array([[1.0]]),
        np.array([[0.0, 0.5]]),
        np.array([[0.5], [-1.0]]),
        np.array([[0.0, 1.0], [0.0, 3.0]]),
        expected=np.tanh([[1.0, 0.5]]),
        label="one example: W_hh h = (0.5, 1.5), W_xh x = (0.5, −1)",
    )
    for label in ("a batch", "another batch"):
        batch, hidden, inputs = draw.shuffled([2, 3, 5])
        w_xh, w_hh, _ = _weights(draw, hidden, inputs, 1)
        x, h = draw.rng.normal(size=(batch, inputs)), draw.rng.uniform(-1, 1, (batch, hidden))
        yield call(x, h, w_xh, w_hh, expected=_step(x, h, w_xh, w_hh), label=label)
    w_xh, w_hh, _ = _weights(draw, 4, 2, 1)
    x, h = draw.rng.normal(size=(3, 2)), np.zeros((3, 4))
    yield call(x, h, w_xh, w_hh, expected=_step(x, h, w_xh, w_hh), label="from the state 0")


@check(
    "rnn_step_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_CELL,
    where_to_look="Check g(a) first. Then each gradient has the shape of what it belongs to.",
)
def step_backward(draw: Draw) -> Iterator[Case]:
    """Two independent sources, states near 1 and gradients of one example."""
    names = ("dx", "dh", "dw_xh", "dw_hh")

    def case(sizes: list[int], automatic: bool, label: str, scale: float = 1.0) -> Case:
        batch, hidden, inputs = sizes
        w_xh, w_hh, _ = _weights(draw, hidden, inputs, 1)
        x = scale * draw.rng.normal(size=(batch, inputs))
        h = draw.rng.uniform(-1, 1, (batch, hidden))
        dnext = draw.rng.normal(size=(batch, hidden))
        arrays = (x, h, w_xh, w_hh)
        expected = (
            keras_gradients(_keras_step, *arrays, upstream=dnext)
            if automatic
            else _differences(_step, *arrays, upstream=dnext)
        )
        return call(
            dnext,
            x,
            h,
            _step(*arrays),
            w_xh,
            w_hh,
            expected=expected,
            label=label,
            names=names,
            **CLOSE,
        )

    yield case([1, 3, 2], False, "one example")
    yield case(draw.shuffled([2, 3, 5]), False, "a batch")
    yield case(draw.shuffled([2, 4, 3]), True, "another batch")
    yield case([4, 2, 3], True, "large inputs: states near 1 and −1", scale=3.0)


@check(
    "rnn_forward",
    allows=("arrays", "activations"),
    slide=SLIDE_FORMS,
    where_to_look="Two steps are enough to see a mistake: compare with two calls of your step.",
)
def rnn_forward(draw: Draw) -> Iterator[Case]:
    """Sequences of several lengths, from states that are not 0."""
    names = ("states", "outputs")

    def case(sizes: list[int], label: str) -> Case:
        batch, time, hidden, inputs, outputs = sizes
        weights = _weights(draw, hidden, inputs, outputs)
        x = draw.rng.normal(size=(batch, time, inputs))
        h0 = draw.rng.uniform(-1, 1, (batch, hidden))
        return call(x, h0, *weights, expected=_sequence(x, h0, *weights), label=label, names=names)

    yield case([3, 1, 4, 2, 5], "one step")
    yield case(draw.shuffled([2, 3, 4, 5, 6]), "whole sequences")
    yield case(draw.shuffled([2, 3, 4, 5, 7]), "other sequences")
    yield case([1, 8, 3, 4, 2], "one long sequence")


@check(
    "rnn_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_FORMS,
    where_to_look="Begin with one step, then two. In the second, what reaches the first state?",
)
def rnn_backward(draw: Draw) -> Iterator[Case]:
    """Central differences and automatic gradients; a gradient that comes from one step alone."""
    names = ("dx", "dh0", "dw_xh", "dw_hh", "dw_hy")

    def case(sizes: list[int], automatic: bool, label: str, only: int | None = None) -> Case:
        batch, time, hidden, inputs, outputs = sizes
        weights = _weights(draw, hidden, inputs, outputs)
        x = draw.rng.normal(size=(batch, time, inputs))
        h0 = draw.rng.uniform(-1, 1, (batch, hidden))
        dy = draw.rng.normal(size=(batch, time, outputs))
        if only is not None:
            dy[:, np.arange(time) != only] = 0
        arrays = (x, h0, *weights)
        expected = (
            keras_gradients(_keras_sequence, *arrays, upstream=dy)
            if automatic
            else _differences(lambda *all_: _sequence(*all_)[1], *arrays, upstream=dy)
        )
        states, _ = _sequence(*arrays)
        return call(
            dy, x, h0, states, *weights, expected=expected, label=label, names=names, **CLOSE
        )

    yield case([2, 1, 3, 4, 5], False, "one step")
    yield case([3, 2, 4, 5, 1], False, "two steps")
    yield case(draw.shuffled([2, 3, 4, 5, 6]), True, "whole sequences")
    time = draw.integer(4, 5)
    yield case([2, time, 3, 1, 6], True, "a loss at the last step only", only=time - 1)
    yield case([3, time, 2, 6, 1], False, "a loss at the first step only", only=0)


def _expected_form(
    form: str,
    x: np.ndarray,
    weights: list[np.ndarray],
    steps: int,
    decoder: list[np.ndarray] | None,
) -> np.ndarray:
    """The four forms by one loop each over the steps that the definition above is run for."""
    batch, hidden = len(x), len(weights[1])
    start = np.zeros((batch, hidden))
    if form == "one to many":
        nothing = np.zeros((batch, steps - 1, x.shape[-1]))
        return _sequence(np.concatenate([x[:, np.newaxis], nothing], axis=1), start, *weights)[1]
    states, outputs = _sequence(x, start, *weights)
    if form == "many to many":
        return outputs
    if form == "many to one":
        return outputs[:, -1]
    assert decoder is not None
    return _sequence(np.zeros((batch, steps, decoder[0].shape[1])), states[:, -1], *decoder)[1]


@check(
    "rnn_forms",
    allows=("arrays", "activations"),
    slide=SLIDE_FORMS,
    where_to_look="Draw the unrolled network: where does something go in, where does it come out?",
)
def run_form(draw: Draw) -> Iterator[Case]:
    """Each form on a task with an exact answer, then with drawn weights."""
    one = np.ones((1, 1))
    numbers = draw.rng.integers(1, 9, size=(3, 5, 1)).astype(float)
    yield call(
        "many to many",
        numbers,
        [one, one, one],
        True,
        expected=np.cumsum(numbers, axis=1),
        label="many to many, linear: the sum so far",
    )
    yield call(
        "many to one",
        numbers,
        [one, 10 * one, one],
        True,
        expected=numbers[:, :, 0] @ 10.0 ** np.arange(4, -1, -1)[:, np.newaxis],
        label="many to one, linear: a number from its digits",
    )
    yield call(
        "one to many",
        numbers[:, 0],
        [one, 2 * one, one],
        True,
        4,
        expected=numbers[:, 0, np.newaxis] * np.array([1, 2, 4, 8.0])[:, np.newaxis],
        label="one to many, linear: doubling",
    )
    enter, say = np.eye(6)[:, 1:2], np.eye(6)[:1]
    yield call(
        "encoder and decoder",
        numbers,
        [enter, np.eye(6, k=-1), say],
        True,
        4,
        [np.zeros((6, 2)), np.eye(6, k=1), say],
        expected=numbers[:, :0:-1],
        label="encoder and decoder, linear: a stack gives back the last four",
    )
    for form in ("many to many", "many to one", "one to many", "encoder and decoder"):
        batch, time, hidden, inputs, outputs, others = draw.shuffled([2, 3, 4, 5, 6, 7])
        steps = 1 + (time + 2) % 6
        x = draw.rng.normal(size=(batch, time, inputs))
        weights = _weights(draw, hidden, inputs, others)
        decoder = None
        if form == "one to many":
            x = x[:, 0]
        if form == "encoder and decoder":
            decoder = _weights(draw, hidden, others, outputs)
        yield call(
            form,
            x,
            weights,
            False,
            steps,
            decoder,
            expected=_expected_form(form, x, weights, steps, decoder),
            label=f"{form}, with tanh",
        )


@check(
    "rnn_jacobian",
    slide=SLIDE_VAGARIES,
    where_to_look="Write down the product for two steps. Which factor meets a change of h₀ first?",
)
def state_jacobian(draw: Draw) -> Iterator[Case]:
    """One step by hand, then central differences of the last state."""
    yield call(
        np.array([[0.5, 0.0]]),
        np.array([[4.0, 8.0], [1.0, 2.0]]),
        expected=np.array([[3.0, 6.0], [1.0, 2.0]]),
        label="one step: the slopes are 0.75 and 1",
    )
    for time, hidden, label in [(2, 3, "two steps"), (5, 4, "five steps"), (3, 2, "three steps")]:
        w_xh, w_hh, w_hy = _weights(draw, hidden, 1, 1)
        w_hh = 1.5 * w_hh
        x = draw.rng.normal(size=(1, time, 1))
        h0 = draw.rng.uniform(-1, 1, (1, hidden))

        def last(
            h0: np.ndarray, x: np.ndarray = x, weights: Any = (w_xh, w_hh, w_hy)
        ) -> np.ndarray:
            return _sequence(x, h0, *weights)[0][:, -1]

        rows = [
            numerical_gradient(last, h0, upstream=unit[np.newaxis])[0] for unit in np.eye(hidden)
        ]
        states = _sequence(x, h0, w_xh, w_hh, w_hy)[0][0]
        yield call(states, w_hh, expected=np.stack(rows), label=label, **CLOSE)


@check(
    "rnn_radius",
    where_to_look="Print all eigenvalues, `np.linalg.eigvals`, and their magnitudes.",
)
def with_spectral_radius(draw: Draw) -> Iterator[Case]:
    """Eigenvalues known by construction: negative, complex, and far from the singular values."""
    for label, largest, sign in [
        ("the largest eigenvalue is positive", 2.0, 1.0),
        ("the largest in magnitude is negative", 2.5, -1.0),
    ]:
        basis = np.linalg.qr(draw.rng.normal(size=(3, 3)))[0] + np.eye(3, k=1)
        values = np.array([sign * largest, -sign * 0.5, sign * draw.uniform(0.3, 1.2)])
        w = basis @ np.diag(values) @ np.linalg.inv(basis)
        radius = draw.uniform(0.6, 1.4)
        yield call(w, radius, expected=w * radius / largest, label=label, **CLOSE)
    length, angle = draw.uniform(1.5, 3), draw.uniform(0.9, 1.4)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    radius = draw.uniform(0.6, 1.4)
    yield call(
        length * turn,
        radius,
        expected=radius * turn,
        label="a rotation, whose eigenvalues are complex",
        **CLOSE,
    )
    large, small = draw.uniform(5, 9), draw.uniform(0.5, 0.9)
    w = np.array([[-0.3, large], [0.0, small]])
    yield call(
        w,
        1.2,
        expected=w * 1.2 / small,
        label="a matrix that stretches much more than its eigenvalues say",
        **CLOSE,
    )


@check(
    "rnn_clip_by_norm",
    where_to_look="Take [3] and [4], which together have the norm 5, and the limit 1.",
)
def clip_by_norm(draw: Draw) -> Iterator[Case]:
    """Long together, long alone, short, exactly as long as allowed, and 0."""
    yield call(
        [np.array([3.0]), np.array([[4.0]])],
        1.0,
        expected=[np.array([0.6]), np.array([[0.8]])],
        label="[3] and [[4]], limit 1",
    )
    shapes = [(2, 3), (3, 3), (4, 3)]
    gradients = [draw.rng.normal(size=shape) for shape in shapes]
    norm = float(np.linalg.norm(np.concatenate([g.ravel() for g in gradients])))
    limit = norm * draw.uniform(0.8, 0.95)
    yield call(
        gradients,
        limit,
        expected=[g * limit / norm for g in gradients],
        label="long only together: none alone exceeds the limit",
        **CLOSE,
    )
    limit = draw.uniform(0.2, 0.4)
    yield call(
        gradients[::-1],
        limit,
        expected=[g * limit / norm for g in gradients[::-1]],
        label="much longer than the limit",
        **CLOSE,
    )
    yield call(gradients, 2 * norm, expected=gradients, label="shorter than the limit", **CLOSE)
    zeros = [np.zeros(2), np.zeros((3, 1))]
    yield call(zeros, 1.0, expected=zeros, label="gradients of 0")


@check(
    "rnn_clip_by_value",
    where_to_look="Print one number that is too large, and one that is too small.",
)
def clip_by_value(draw: Draw) -> Iterator[Case]:
    """Numbers beyond both ends and between them."""
    yield call(
        [np.array([-3.0, 0.5, 2.0])],
        1.0,
        expected=[np.array([-1.0, 0.5, 1.0])],
        label="−3, 0.5 and 2, limit 1",
    )
    gradients = [2 * draw.rng.normal(size=shape) for shape in [(2, 5), (4,), (3, 1, 2)]]
    limit = draw.uniform(0.6, 1.6)
    expected = [np.minimum(np.maximum(g, -limit), limit) for g in gradients]
    yield call(gradients, limit, expected=expected, label="three arrays of different shapes")
    few = [draw.rng.uniform(-1, 1, size=(3, 2))]
    yield call(few, 1.5, expected=few, label="nothing beyond the limit")


@check("rnn_truncation", slide=SLIDE_FORMS)
def truncation() -> Iterator[Case]:
    """A hundred steps in chunks of twenty-five, with the state carried on."""
    yield answer(
        expected={"updates": 4},
        label="updates of the weights",
        where_to_look="One after each chunk.",
    )
    yield answer(
        expected={"gradient_reach": 24},
        label="how far a gradient reaches back",
        where_to_look="From the last step of a chunk to its first one: count for chunks of two.",
    )
    yield answer(
        expected={"state_reach": 99},
        label="how far the state reaches",
        where_to_look="The state is carried from chunk to chunk. From the first step to the last?",
    )
    yield answer(
        expected={"first_target": 1},
        label="the inputs that the target at step 50 reaches",
        where_to_look="In which chunk is step 50, and where does that chunk begin?",
    )
