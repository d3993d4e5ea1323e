"""Laws of the LSTM notebook's own answers, and its numbers beside Keras and the slides."""

from __future__ import annotations

from types import SimpleNamespace

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import judged, notebook

from course_lib.checking import run_probe
from course_lib.gradients import numerical_gradient, relative_error

NOTEBOOK = notebook("a09_sequences/lstm")

few = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def arrays(seed: int) -> SimpleNamespace:
    """A sequence of which no two sizes agree, with weights."""
    rng = np.random.default_rng(seed)
    batch, time, hidden, inputs = (int(size) for size in rng.permutation([2, 3, 4, 5]))
    return SimpleNamespace(
        x=rng.normal(size=(batch, time, inputs)),
        h0=rng.normal(size=(batch, hidden)),
        c0=rng.normal(size=(batch, hidden)),
        W=rng.normal(size=(hidden + inputs, 4 * hidden)),
        b=rng.normal(size=4 * hidden),
    )


@few
@given(seeds)
def test_a_sequence_is_its_steps_and_keras_agrees(seed: int) -> None:
    ours, at = NOTEBOOK.ours, arrays(seed)
    states, cells = ours.lstm_forward(at.x, at.h0, at.c0, at.W, at.b)
    h, c = at.h0, at.c0
    for t in range(at.x.shape[1]):
        h, c, _ = ours.lstm_step(at.x[:, t], h, c, at.W, at.b)
        np.testing.assert_allclose(states[:, t], h)
        np.testing.assert_allclose(cells[:, t], c)

    hidden = at.h0.shape[1]
    made = keras.layers.LSTM(hidden, return_sequences=True, dtype="float64")
    made.build(at.x.shape)
    i, f, o, g = np.split(np.vstack([at.W, at.b]), 4, axis=1)
    everything = np.hstack([i, f, g, o])
    weights = [everything[hidden:-1], everything[:hidden], everything[-1]]
    made.set_weights(weights)
    expected = np.asarray(made(at.x, initial_state=[at.h0, at.c0]))
    np.testing.assert_allclose(states, expected, rtol=1e-6, atol=1e-9)
    for back, one in zip(ours.from_keras(*weights), (at.W, at.b), strict=True):
        np.testing.assert_array_equal(back, one)


@few
@given(seeds)
def test_gradients_are_those_of_finite_differences(seed: int) -> None:
    ours, at = NOTEBOOK.ours, vars(arrays(seed))
    shape = (*at["x"].shape[:2], at["h0"].shape[1])
    upstream = np.random.default_rng(seed).normal(size=shape)
    found = ours.lstm_backward(upstream, **at)
    for (name, value), gradient in zip(at.items(), found, strict=True):

        def forward(moved: np.ndarray, name: str = name) -> np.ndarray:
            return np.asarray(ours.lstm_forward(**(at | {name: moved}))[0])

        numerical = numerical_gradient(forward, value, upstream=upstream)
        assert relative_error(gradient, numerical) < 1e-5, name


@few
@given(seeds)
def test_with_fixed_gates_the_derivative_is_the_forget_gate(seed: int) -> None:
    """F1175; without weights on the state the cell path is the whole derivative."""
    ours, at = NOTEBOOK.ours, arrays(seed)
    hidden, time = at.h0.shape[1], at.x.shape[1]
    at.W[:hidden] = 0
    steps = [ours.lstm_step(at.x[:, t], at.h0, at.c0, at.W, at.b)[2] for t in range(time)]
    f = np.stack(steps, axis=1)[..., hidden : 2 * hidden]

    def last_cell(c0: np.ndarray) -> np.ndarray:
        return np.asarray(ours.lstm_forward(at.x, at.h0, c0, at.W, at.b)[1][:, -1])

    numerical = numerical_gradient(last_cell, at.c0, upstream=np.ones_like(at.c0))
    path = ours.cell_path(f)
    np.testing.assert_allclose(f[:, 0] * path[:, 0], numerical, rtol=1e-6, atol=1e-9)
    np.testing.assert_array_equal(path[:, -1], 1)


@pytest.mark.parametrize(
    ("hidden", "inputs", "expected"),
    [
        (3, 4, (84, 96, 81)),
        (128, 65, (98_816, 99_328, 74_880)),  # F1173
        (100, 65, (66_000, 66_400, 50_100)),
    ],
)
def test_parameters(
    ours: SimpleNamespace, hidden: int, inputs: int, expected: tuple[int, int, int]
) -> None:
    assert ours.recurrent_parameters(hidden, inputs) == expected


@few
@given(seeds)
def test_stateful_pieces_are_the_whole_sequence(seed: int) -> None:
    ours, at = NOTEBOOK.ours, arrays(seed)
    zeros = np.zeros_like(at.h0)
    whole, _ = ours.lstm_forward(at.x, zeros, zeros, at.W, at.b)
    for length in range(1, at.x.shape[1] + 2):
        pieces = ours.in_pieces(at.x, length, at.W, at.b, True)
        np.testing.assert_allclose(pieces, whole)
    alone = ours.in_pieces(at.x, 1, at.W, at.b, False)
    flat = at.x.reshape(-1, at.x.shape[2])
    expected, _, _ = ours.lstm_step(flat, *np.zeros((2, len(flat), len(zeros[0]))), at.W, at.b)
    np.testing.assert_allclose(alone.reshape(expected.shape), expected)


@few
@given(seeds, st.floats(0.01, 100))
def test_probabilities_at_a_temperature(seed: int, temperature: float) -> None:
    ours = NOTEBOOK.ours
    scores = np.random.default_rng(seed).normal(0, 30, size=(2, 3, 5))
    probabilities = ours.softmax_at(scores, temperature)
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1)
    # F1151 to F1154, at temperature 1.
    slide = ours.softmax_at(np.array([1.0, 2.2, -3.0, 4.1]), 1.0)
    np.testing.assert_allclose(slide, [0.0377, 0.1251, 0.0007, 0.8365], atol=5e-5)


def test_hello_is_learned_by_heart_from_the_loss_of_guessing(ours: SimpleNamespace) -> None:
    rng, hello = np.random.default_rng(0), np.array([0, 1, 2, 2, 3])
    W, V = rng.normal(0, 0.1, size=(12, 32)), rng.normal(0, 0.1, size=(8, 4))
    before = W.copy(), V.copy()
    losses, W_after, b, V_after = ours.learn_by_heart(hello, W, np.zeros(32), V, 3.0, 400)
    assert losses[0] == pytest.approx(np.log(4), abs=0.02)
    assert losses[-1] < 0.01
    for one, other in zip(before, (W, V), strict=True):
        np.testing.assert_array_equal(one, other)
    zeros = np.zeros((1, 8))
    states, _ = ours.lstm_forward(np.eye(4)[[hello[:-1]]], zeros, zeros, W_after, b)
    np.testing.assert_array_equal((states[0] @ V_after).argmax(axis=1), hello[1:])


@pytest.mark.parametrize("name", sorted(NOTEBOOK.checks))
def test_fresh_cases_accept_the_solution(name: str) -> None:
    for key in (b"one", b"two", b"three"):
        for case in NOTEBOOK.cases(name, key):
            result = judged(case, NOTEBOOK.subject(name), name)
            assert result.outcome == "passed", (case.label, result.finding)


def test_the_ready_made_layer_is_refused() -> None:
    def ready_made(x: np.ndarray, h0: np.ndarray, *_: np.ndarray) -> np.ndarray:
        return np.asarray(keras.layers.LSTM(h0.shape[1])(x))

    case = NOTEBOOK.cases("lstm_forward", b"key")[0]
    found = run_probe(case.probe, ready_made, allows=case.allows)
    assert found.outcome == "forbidden"
