"""What the notebook a09_sequences/lstm requires.

Forward passes are expected as a cell written gate by gate, or as Keras' own LSTM, computes them;
gradients as central differences of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from autograder.checks import Draw, call, check, layer
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

SLIDE = slides.cite("CNN Benchmark Models", "LSTM (Long Short Term Memory)")
SLIDE_LETTERS = slides.cite("CNN Benchmark Models", "Example: Character-Level Language Model")

CLOSE: dict[str, Any] = {"rtol": 1e-4, "atol": 1e-6}

Arrays = tuple[np.ndarray, ...]


def _sigmoid(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


def _step(x: np.ndarray, h: np.ndarray, c: np.ndarray, W: np.ndarray, b: np.ndarray) -> Arrays:
    """One step, gate by gate, the weights of the state apart from those of the input."""
    hidden = h.shape[1]

    def into(gate: int) -> np.ndarray:
        block = slice(gate * hidden, (gate + 1) * hidden)
        return h @ W[:hidden, block] + x @ W[hidden:, block] + b[block]

    i, f, o, g = _sigmoid(into(0)), _sigmoid(into(1)), _sigmoid(into(2)), np.tanh(into(3))
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next, np.hstack([i, f, o, g])


def _sequence(x: np.ndarray, h: np.ndarray, c: np.ndarray, W: np.ndarray, b: np.ndarray) -> Arrays:
    states, cells = [], []
    for t in range(x.shape[1]):
        h, c, _ = _step(x[:, t], h, c, W, b)
        states.append(h)
        cells.append(c)
    return np.stack(states, axis=1), np.stack(cells, axis=1)


def _sizes(draw: Draw) -> tuple[int, int, int, int]:
    """Batch, time, hidden and inputs, no two of them the same."""
    batch, time, hidden, inputs = draw.shuffled([2, 3, 4, 5])
    return batch, time, hidden, inputs


def _weights(draw: Draw, hidden: int, inputs: int) -> tuple[np.ndarray, np.ndarray]:
    W = draw.rng.normal(0, 0.7, size=(hidden + inputs, 4 * hidden))
    return W, draw.away_from_zero(4 * hidden, low=0.3, high=1.2)


def _numerical(forward: Callable[..., Any], arrays: Arrays, upstream: Any) -> Arrays:
    """The gradient with respect to each of the arrays, by central differences."""

    def alone(index: int) -> Callable[[np.ndarray], Any]:
        return lambda moved: forward(*arrays[:index], moved, *arrays[index + 1 :])

    return tuple(numerical_gradient(alone(i), arrays[i], upstream) for i in range(len(arrays)))


@check(
    "lstm_step",
    allows=("arrays", "activations"),
    slide=SLIDE,
    where_to_look="Compare the gates first: state and cell are made of them.",
)
def lstm_step(draw: Draw) -> Iterator[Case]:
    """Drawn weights, then gates that are wide open or shut."""
    names = ("h_next", "c_next", "gates")
    for label in ("a batch", "another batch"):
        batch, _, hidden, inputs = _sizes(draw)
        x, h = draw.rng.normal(size=(batch, inputs)), draw.rng.normal(size=(batch, hidden))
        c, weights = draw.rng.normal(0, 1.5, size=h.shape), _weights(draw, hidden, inputs)
        expected = _step(x, h, c, *weights)
        yield call(x, h, c, *weights, expected=expected, label=label, names=names, **CLOSE)
    x, h, c = draw.rng.normal(size=(1, 2)), np.zeros((1, 3)), draw.rng.normal(size=(1, 3))
    W, b = np.zeros((5, 12)), np.repeat([-30.0, 30.0, 30.0, 1.0], 3)
    yield call(
        x,
        h,
        c,
        W,
        b,
        expected=_step(x, h, c, W, b),
        label="forget and output gate open, input gate shut: the cell stays as it is",
        names=names,
        **CLOSE,
    )


@check(
    "lstm_forward",
    allows=("arrays", "activations"),
    slide=SLIDE,
    where_to_look="Run a sequence of one step, then of two, beside lstm_step.",
)
def lstm_forward(draw: Draw) -> Iterator[Case]:
    """Sequences that begin with zeros and with something else; a single step."""
    for label, zeros, steps in [
        ("a sequence from zeros", True, 0),
        ("a sequence that begins with a state and a cell", False, 0),
        ("a sequence of one step", False, 1),
    ]:
        batch, time, hidden, inputs = _sizes(draw)
        x = draw.rng.normal(size=(batch, steps or time, inputs))
        h0, c0 = draw.rng.normal(0, 0.0 if zeros else 1.0, size=(2, batch, hidden))
        arrays = (x, h0, c0, *_weights(draw, hidden, inputs))
        yield call(*arrays, expected=_sequence(*arrays), label=label, names=("h", "c"), **CLOSE)


@check(
    "lstm_step_backward",
    allows=("arrays", "activations"),
    slide=SLIDE,
    where_to_look="Look at the first case: there only one of the two gradients arrives.",
)
def lstm_step_backward(draw: Draw) -> Iterator[Case]:
    """Each of the two gradients alone, then both."""
    for label, through_h, through_c in [
        ("only a gradient with respect to c_next", 0.0, 1.0),
        ("only a gradient with respect to h_next", 1.0, 0.0),
        ("both", 1.0, 1.0),
    ]:
        batch, _, hidden, inputs = _sizes(draw)
        x, h = draw.rng.normal(size=(batch, inputs)), draw.rng.normal(size=(batch, hidden))
        c = draw.rng.normal(size=h.shape)
        dh = through_h * draw.rng.normal(size=h.shape)
        dc = through_c * draw.rng.normal(size=h.shape)
        arrays = (x, h, c, *_weights(draw, hidden, inputs))
        of_h = _numerical(lambda *at: _step(*at)[0], arrays, dh)
        of_c = _numerical(lambda *at: _step(*at)[1], arrays, dc)
        yield call(
            dh,
            dc,
            *arrays,
            expected=tuple(one + other for one, other in zip(of_h, of_c, strict=True)),
            label=label,
            names=("dx", "dh", "dc", "dW", "db"),
            **CLOSE,
        )


@check(
    "lstm_backward",
    allows=("arrays", "activations"),
    slide=SLIDE,
    where_to_look="Begin with the case of one step, then the loss that looks at the last state.",
)
def lstm_backward(draw: Draw) -> Iterator[Case]:
    """One step, a loss at the end, a loss at every step."""
    for label, steps, last_only in [
        ("a sequence of one step", 1, False),
        ("a loss that looks at the last state alone", 0, True),
        ("a loss that looks at every state", 0, False),
    ]:
        batch, time, hidden, inputs = _sizes(draw)
        x = draw.rng.normal(size=(batch, steps or time, inputs))
        h0, c0 = draw.rng.normal(size=(2, batch, hidden))
        dh = draw.rng.normal(size=(*x.shape[:2], hidden))
        if last_only:
            dh[:, :-1] = 0
        arrays = (x, h0, c0, *_weights(draw, hidden, inputs))
        yield call(
            dh,
            *arrays,
            expected=_numerical(lambda *at: _sequence(*at)[0], arrays, dh),
            label=label,
            names=("dx", "dh0", "dc0", "dW", "db"),
            **CLOSE,
        )


@check(
    "cell_path",
    allows=("arrays", "activations"),
    slide=SLIDE,
    where_to_look="Write down the entries for three steps: f2 · f3, f3 and 1.",
)
def cell_path(draw: Draw) -> Iterator[Case]:
    """Drawn gates, a gate that is shut, one step."""
    for label, shut, steps in [
        ("drawn gates", False, 0),
        ("a gate that is shut", True, 0),
        ("a single step", False, 1),
    ]:
        batch, time, hidden, _ = _sizes(draw)
        f = draw.rng.uniform(0.2, 0.95, size=(batch, steps or time + 2, hidden))
        if shut:
            f[0, 2, 1] = 0
        expected = np.stack([f[:, t + 1 :].prod(axis=1) for t in range(f.shape[1])], axis=1)
        yield call(f, expected=expected, label=label, **CLOSE)


@check(
    "recurrent_parameters",
    slide=SLIDE,
    where_to_look="Write down the shapes of the weights of one gate, and count them.",
)
def recurrent_parameters(draw: Draw) -> Iterator[Case]:
    """Keras' own layers, counted."""
    hidden, inputs = draw.different(2, 3, 40)
    for label, h, x in [("128 hidden units, 65 letters", 128, 65), ("drawn sizes", hidden, inputs)]:
        counts = []
        for made in (
            keras.layers.LSTM(h, use_bias=False),
            keras.layers.LSTM(h),
            keras.layers.GRU(h),
        ):
            made.build((1, 2, x))
            counts.append(made.count_params())
        yield call(h, x, expected=tuple(counts), label=label, names=("slide", "lstm", "gru"))


class _KerasLSTM(keras.layers.LSTM):
    """Keras' own, with its cell's weights where the task has them."""

    @property
    def kernel(self) -> Any:
        return self.cell.kernel

    @property
    def recurrent_kernel(self) -> Any:
        return self.cell.recurrent_kernel

    @property
    def bias(self) -> Any:
        return self.cell.bias


@check(
    "LSTM",
    allows=("arrays", "activations", "layers"),
    slide=SLIDE,
    where_to_look="The lines above say which part is right: begin with the first that is wrong.",
)
def lstm_layer(draw: Draw) -> Iterator[Case]:
    """Beside Keras' own: the last state and a step of training, all states, as it is built."""

    def drawn() -> tuple[int, np.ndarray, dict[str, np.ndarray]]:
        batch, time, hidden, inputs = _sizes(draw)
        weights = {
            "kernel": draw.normal(inputs, 4 * hidden),
            "recurrent_kernel": 0.5 * draw.normal(hidden, 4 * hidden),
            "bias": draw.normal(4 * hidden),
        }
        return hidden, draw.normal(batch, time, inputs), weights

    hidden, x, weights = drawn()
    yield layer(
        hidden,
        like=_KerasLSTM,
        weights=weights,
        calls=[(x, False), (2 * x, True)],
        targets=draw.normal(len(x), hidden),
        label="the last state of two batches, then a step of training in a compiled model",
    )
    hidden, x, weights = drawn()
    yield layer(
        hidden,
        return_sequences=True,
        like=_KerasLSTM,
        weights=weights,
        calls=[(x, True)],
        label="the states of all steps",
    )
    hidden, x, weights = drawn()
    del weights["bias"]
    yield layer(
        hidden,
        like=_KerasLSTM,
        weights=weights,
        calls=[(x, False)],
        label="the bias as it is built",
        where_to_look="Print the bias of a layer that you have just built: 1 for the forget gate.",
    )
    hidden, inputs = draw.shuffled([4, 5])
    x = draw.normal(2, 3, inputs)
    yield layer(
        hidden,
        like=_KerasLSTM,
        weights={
            "kernel": np.zeros((inputs, 4 * hidden), "float32"),
            "recurrent_kernel": np.zeros((hidden, 4 * hidden), "float32"),
        },
        starts=("kernel",),
        calls=[(x, False)],
        label="the other weights as they are built: random",
        where_to_look="Print the kernel of a layer that you have just built.",
        share=0.5,
    )


@check(
    "from_keras",
    allows=("arrays", "activations"),
    slide=SLIDE,
    where_to_look="Number the blocks of columns on both sides, and the rows of W.",
)
def from_keras(draw: Draw) -> Iterator[Case]:
    """Blocks put down one by one where they belong."""
    for label in ("a layer", "another layer"):
        _, _, hidden, inputs = _sizes(draw)
        blocks = draw.rng.normal(size=(4, hidden + inputs + 1, hidden))  # i, f, g, o
        keras_order, ours = np.hstack(list(blocks)), np.hstack(list(blocks[[0, 1, 3, 2]]))
        yield call(
            keras_order[hidden:-1],
            keras_order[:hidden],
            keras_order[-1],
            expected=(ours[:-1], ours[-1]),
            label=label,
            names=("W", "b"),
            **CLOSE,
        )


@check(
    "in_pieces",
    allows=("arrays", "activations"),
    slide=SLIDE,
    where_to_look="Both kinds begin alike. Look at the first step of the second piece.",
)
def in_pieces(draw: Draw) -> Iterator[Case]:
    """Stateful is the whole sequence; stateless is each piece from zeros."""
    for label, length, time, stateful in [
        ("stateful", 3, 6, True),
        ("stateless", 3, 6, False),
        ("stateful, the last piece is shorter", 4, 7, True),
        ("stateless, the last piece is shorter", 4, 7, False),
    ]:
        batch, hidden, inputs = draw.shuffled([2, 4, 5])
        x = draw.rng.normal(size=(batch, time, inputs))
        weights, zeros = _weights(draw, hidden, inputs), np.zeros((batch, hidden))
        cuts = [(0, time)] if stateful else [(0, length), (length, time)]
        parts = [_sequence(x[:, a:z], zeros, zeros, *weights)[0] for a, z in cuts]
        expected = np.concatenate(parts, axis=1)
        yield call(x, length, *weights, stateful, expected=expected, label=label, **CLOSE)


@check(
    "learn_by_heart",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_LETTERS,
    where_to_look="The first loss comes before any update. If it is right, look at the gradients.",
)
def learn_by_heart(draw: Draw, reference: SimpleNamespace) -> Iterator[Case]:
    """One update by central differences, several by the reference."""
    hello = np.array([0, 1, 2, 2, 3])

    def weights(hidden: int, count: int) -> Arrays:
        return (*_weights(draw, hidden, count), draw.rng.normal(size=(hidden, count)))

    def loss(letters: np.ndarray, W: np.ndarray, b: np.ndarray, V: np.ndarray) -> float:
        start = np.zeros((1, len(V)))
        x = np.eye(V.shape[1])[letters[:-1]][np.newaxis]
        scores = _sequence(x, start, start, W, b)[0][0] @ V
        right = scores[np.arange(len(scores)), letters[1:]]
        return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - right))

    names = ("losses", "W", "b", "V")
    start = weights(3, 4)
    slopes = _numerical(lambda *at: np.asarray(loss(hello, *at)), start, 1.0)
    moved = [w - 0.5 * slope for w, slope in zip(start, slopes, strict=True)]
    yield call(
        hello,
        *start,
        0.5,
        1,
        expected=(np.array([loss(hello, *start)]), *moved),
        label='"hello", one update',
        names=names,
        **CLOSE,
    )
    letters = draw.rng.permutation([0, 1, 2, 3, 4, 1, 2])
    for label, text, hidden, count, steps in [
        ('"hello", six updates', hello, 3, 4, 6),
        ("another text, four updates", letters, 6, 5, 4),
    ]:
        start = weights(hidden, count)
        yield call(
            text,
            *start,
            0.3,
            steps,
            expected=reference.learn_by_heart(text, *start, 0.3, steps),
            label=label,
            names=names,
            **CLOSE,
        )


@check(
    "softmax_at",
    allows=("arrays", "activations"),
    slide=SLIDE_LETTERS,
    where_to_look="Divide the scores first, then take the softmax as ever.",
)
def softmax_at(draw: Draw) -> Iterator[Case]:
    """The slide's scores, drawn ones, and numbers that overflow."""

    def expected(scores: np.ndarray, temperature: float) -> np.ndarray:
        return np.asarray(keras.ops.softmax(scores / temperature, axis=-1))

    cases: list[tuple[str, np.ndarray, float]] = [
        ("the slide's scores, temperature 1", np.array([1.0, 2.2, -3.0, 4.1]), 1.0),
        ("the slide's scores, temperature 2", np.array([1.0, 2.2, -3.0, 4.1]), 2.0),
        ("a batch of sequences", draw.rng.normal(size=(2, 3, 5)), draw.uniform(0.3, 0.7)),
        ("large scores, temperature 0.01", np.array([[30.0, 30.01, 29.0], [8.0, 9.0, 9.02]]), 0.01),
    ]
    for label, scores, temperature in cases:
        wanted = expected(scores, temperature)
        yield call(scores, temperature, expected=wanted, label=label, **CLOSE)
