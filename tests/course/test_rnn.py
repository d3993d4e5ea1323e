"""Laws of the recurrent notebook's own answers, and numbers with their sources."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook, require_refused

from autograder.checks.oracles import keras_gradients
from course_lib.checking import CallFunction
from course_lib.gradients import numerical_gradient
from course_lib.slides.computations import numerics

NOTEBOOK = notebook("a09_sequences/rnn")

few = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 4)

# CONTENT.md and the ledger, F1151 to F1167: losses of the four steps of "hello", in nats.
HELLO_LOSSES = (2.0785, 2.9001, 0.3796, 0.2314)


@st.composite
def sequences(draw: st.DrawFn) -> list[np.ndarray]:
    """`x`, `h0` and the three matrices, of any small sizes."""
    rng = np.random.default_rng(draw(seeds))
    batch, time, hidden, inputs, outputs = (draw(sizes) for _ in range(5))
    shapes = [
        (batch, time, inputs),
        (batch, hidden),
        (hidden, inputs),
        (hidden, hidden),
        (outputs, hidden),
    ]
    return [rng.normal(size=shape) for shape in shapes]


def keras_states(x: np.ndarray, h0: np.ndarray, w_xh: np.ndarray, w_hh: np.ndarray) -> np.ndarray:
    import keras

    layer = keras.layers.SimpleRNN(
        len(w_hh), use_bias=False, return_sequences=True, dtype="float64"
    )
    layer.build(x.shape)
    layer.set_weights([w_xh.T, w_hh.T])
    return np.asarray(layer(x, initial_state=[h0]))


@few
@given(sequences())
def test_the_states_are_those_of_keras(arrays: list[np.ndarray]) -> None:
    states, outputs = NOTEBOOK.ours.rnn_forward(*arrays)
    np.testing.assert_allclose(states, keras_states(*arrays[:4]), atol=1e-9)
    np.testing.assert_allclose(outputs, states @ arrays[4].T, atol=1e-12)


@few
@given(sequences(), seeds)
def test_gradients_of_a_sequence_agree_with_differences(arrays: Any, seed: int) -> None:
    names = NOTEBOOK.ours
    states, outputs = names.rnn_forward(*arrays)
    dy = np.random.default_rng(seed).normal(size=outputs.shape)
    found = names.rnn_backward(dy, *arrays[:2], states, *arrays[2:])
    for i, gradient in enumerate(found):
        measured = numerical_gradient(
            lambda moved, i=i: names.rnn_forward(*arrays[:i], moved, *arrays[i + 1 :])[1],
            arrays[i],
            dy,
        )
        np.testing.assert_allclose(gradient, measured, atol=1e-7)


@few
@given(sequences(), st.data())
def test_a_sequence_may_be_cut_anywhere(arrays: Any, data: st.DataObject) -> None:
    """The state carried on, two parts are the whole; so are their gradients, if dh0 goes back."""
    x, h0, *weights = arrays
    names = NOTEBOOK.ours
    cut = data.draw(st.integers(1, x.shape[1]))
    states, outputs = names.rnn_forward(x, h0, *weights)
    first, _ = names.rnn_forward(x[:, :cut], h0, *weights)
    np.testing.assert_array_equal(states[:, :cut], first)
    if cut == x.shape[1]:
        return
    second, said = names.rnn_forward(x[:, cut:], first[:, -1], *weights)
    np.testing.assert_allclose(states[:, cut:], second, atol=1e-12)
    np.testing.assert_allclose(outputs[:, cut:], said, atol=1e-12)

    dy = np.ones(outputs.shape)
    whole = names.rnn_backward(dy, x, h0, states, *weights)
    late = names.rnn_backward(dy[:, cut:], x[:, cut:], first[:, -1], second, *weights)
    # What the second part sends back to its first state, as if an output had the identity.
    w_xh, w_hh, _ = weights
    more = np.zeros((len(x), cut, len(w_hh)))
    more[:, -1] = late[1]
    early = names.rnn_backward(dy[:, :cut], x[:, :cut], h0, first, *weights)
    sent = names.rnn_backward(more, x[:, :cut], h0, first, w_xh, w_hh, np.eye(len(w_hh)))
    for i in (2, 3):
        np.testing.assert_allclose(whole[i], early[i] + sent[i] + late[i], atol=1e-9)
    np.testing.assert_allclose(whole[1], early[1] + sent[1], atol=1e-9)


@few
@given(sequences())
def test_a_step_agrees_with_automatic_gradients(arrays: list[np.ndarray]) -> None:
    from keras import ops

    names = NOTEBOOK.ours
    step = (arrays[0][:, 0], *arrays[1:4])
    new = names.step_forward(*step)
    dnext = np.cos(np.arange(new.size)).reshape(new.shape)
    expected = keras_gradients(
        lambda x, h, w_xh, w_hh: ops.tanh(h @ ops.transpose(w_hh) + x @ ops.transpose(w_xh)),
        *step,
        upstream=dnext,
    )
    found = names.step_backward(dnext, *step[:2], new, *step[2:])
    for got, want in zip(found, expected, strict=True):
        np.testing.assert_allclose(got, want, atol=1e-9)


@few
@given(sequences())
def test_the_jacobian_is_what_the_way_back_multiplies_with(arrays: list[np.ndarray]) -> None:
    """g(h_0) = g(h_T) J, which two answers of the notebook compute in different ways."""
    x, h0, w_xh, w_hh, _ = arrays
    names = NOTEBOOK.ours
    x, h0, identity = x[:1], h0[:1], np.eye(len(w_hh))
    states, _ = names.rnn_forward(x, h0, w_xh, w_hh, identity)
    dy = np.zeros(states.shape)
    dy[:, -1] = np.arange(1, len(w_hh) + 1)
    dh0 = names.rnn_backward(dy, x, h0, states, w_xh, w_hh, identity)[1]
    product = dy[:, -1] @ names.state_jacobian(states[0], w_hh)
    np.testing.assert_allclose(dh0, product, atol=1e-9)


@few
@given(sequences(), st.integers(1, 5))
def test_one_cell_in_four_forms(arrays: list[np.ndarray], steps: int) -> None:
    x, _, *weights = arrays
    names = NOTEBOOK.ours
    many = names.run_form("many to many", x, weights)
    zeros = np.zeros(arrays[1].shape)
    np.testing.assert_allclose(many, names.rnn_forward(x, zeros, *weights)[1], atol=1e-12)
    np.testing.assert_array_equal(names.run_form("many to one", x, weights), many[:, -1])
    # Speaking on with the same cell is reading zeros.
    silent = np.concatenate([x, np.zeros((len(x), steps, x.shape[2]))], axis=1)
    longer = names.run_form("many to many", silent, weights)
    spoken = names.run_form("encoder and decoder", x, weights, False, steps, weights)
    np.testing.assert_allclose(spoken, longer[:, x.shape[1] :], atol=1e-12)
    alone = names.run_form("one to many", x[:, 0], weights, False, steps)
    silent[:, 1:] = 0
    longer = names.run_form("many to many", silent[:, :steps], weights)
    np.testing.assert_allclose(alone[:, : longer.shape[1]], longer, atol=1e-12)


@few
@given(seeds, st.integers(1, 6), st.floats(0.05, 5))
def test_a_matrix_gets_its_spectral_radius(seed: int, size: int, radius: float) -> None:
    w = np.random.default_rng(seed).normal(size=(size, size))
    scaled = NOTEBOOK.ours.with_spectral_radius(w, radius)
    assert np.abs(np.linalg.eigvals(scaled)).max() == pytest.approx(radius)
    assert np.sign(scaled).tolist() == np.sign(w).tolist()


@few
@given(seeds, st.floats(0.01, 20))
def test_clipping_by_norm_keeps_the_direction(seed: int, limit: float) -> None:
    rng = np.random.default_rng(seed)
    gradients = [rng.normal(size=shape) for shape in [(2, 3), (4,), (1, 2, 2)]]
    before = np.concatenate([g.ravel() for g in gradients])
    after = np.concatenate([g.ravel() for g in NOTEBOOK.ours.clip_by_norm(gradients, limit)])
    norm = np.linalg.norm(before)
    assert np.linalg.norm(after) == pytest.approx(min(norm, limit))
    np.testing.assert_allclose(after * norm, before * np.linalg.norm(after), atol=1e-9)
    cut = np.concatenate([g.ravel() for g in NOTEBOOK.ours.clip_by_value(gradients, limit)])
    assert np.abs(cut).max() <= limit
    assert np.array_equal(cut[np.abs(before) <= limit], before[np.abs(before) <= limit])


@few
@given(seeds, st.integers(1, 8))
def test_softmax_rows_add_up_to_1_and_every_u_draws_a_letter(seed: int, letters: int) -> None:
    rng = np.random.default_rng(seed)
    rows = NOTEBOOK.ours.softmax(10 * rng.normal(size=(3, letters)))
    np.testing.assert_allclose(rows.sum(axis=1), 1)
    for row in rows:
        found = [NOTEBOOK.ours.draw_letter(row, u) for u in (0.0, *rng.random(20), 1 - 2.0**-53)]
        assert set(found) <= set(range(letters))


def test_evenly_spaced_numbers_draw_each_letter_as_often_as_its_probability_says() -> None:
    """A thousand midpoints on the line from 0 to 1: counts are right to one, without any chance."""
    row = NOTEBOOK.ours.softmax(NOTEBOOK.ours.HELLO_SCORES[0])
    counts = Counter(NOTEBOOK.ours.draw_letter(row, (i + 0.5) / 1000) for i in range(1000))
    for letter, probability in enumerate(row):
        assert abs(counts[letter] - 1000 * probability) <= 1


def test_the_slide_to_its_last_digit() -> None:
    """Against the ledger's own computations, which have the scores of the deck for themselves."""
    names = NOTEBOOK.ours
    x, targets = names.training_pairs("hello", names.ALPHABET)
    assert x.argmax(axis=1).tolist() == [0, 1, 2, 2]
    assert targets.tolist() == [1, 2, 2, 3]
    rows = names.softmax(names.HELLO_SCORES)
    for step in range(4):
        for k, letter in enumerate(names.ALPHABET):
            known = numerics.hello_probability(step + 1, letter).value
            assert rows[step, k] == pytest.approx(known)
    losses = -np.log(rows[range(4), targets])
    assert losses.round(4).tolist() == list(HELLO_LOSSES)
    assert names.hello["loss"] == pytest.approx(numerics.hello_loss().value)
    assert names.hello["weights"] == numerics.rnn_parameters(4, 3).value == 33


def test_sizes_of_a_sequence_are_all_different() -> None:
    for key in range(20):
        for case in NOTEBOOK.cases("rnn_backward", bytes([key])):
            assert isinstance(case.probe, CallFunction)
            dy, x, _, states, *_ = case.probe.args
            found = [*x.shape, dy.shape[2], states.shape[2]]
            assert len(set(found)) == len(found), (case.label, found)


def test_every_check_has_its_mistakes_and_its_other_styles() -> None:
    mistakes = Counter(found.fails[0] for found in NOTEBOOK.variants if found.is_mistake)
    assert all(mistakes[name] >= 6 for name in NOTEBOOK.checks), mistakes
    styles = [found for found in NOTEBOOK.variants if not found.is_mistake]
    assert len(styles) == 2
    assert styles[0].names - {"read_all"} == styles[1].names - {"read_all"}


def test_gradients_made_by_others_are_stopped() -> None:
    import keras
    import tensorflow as tf

    w = tf.constant([[1.0, 2.0]])
    with tf.GradientTape() as tape:
        tape.watch(w)
        z = tf.reduce_sum(w * w)
    require_refused(NOTEBOOK.checks["rnn_step_backward"], [lambda: tape.gradient(z, w)])
    layer = keras.layers.SimpleRNN(3)
    x = np.zeros((1, 2, 4), "float32")
    require_refused(NOTEBOOK.checks["rnn_forward"], [lambda: layer(x)])
