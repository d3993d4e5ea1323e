"""Properties of the optimization notebook's own answers, which are what its checks expect."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook, require_refused

from autograder.checks.oracles import keras_gradients
from course_lib.checking import CallFunction
from course_lib.gradients import numerical_gradient
from course_lib.slides import fact as slide_fact
from solutions.a04_training.optimization.checks import (
    ALEXNET,
)

NOTEBOOK = notebook("a04_training/optimization")

few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)
shapes = st.sampled_from([(3,), (2, 3), (2, 4, 3), (3, 2, 4, 5)])
rates = st.floats(0.01, 0.5)


def _draw(seed: int, shape: tuple[int, ...], steps: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """First weights, and a gradient for each step, none of them near zero."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(0.5, 2, size=(steps + 1, *shape))
    values *= rng.choice([-1, 1], size=values.shape)
    return values[0], list(values[1:])


def _keras_weights(made: Any, w: np.ndarray, gradients: list[np.ndarray]) -> np.ndarray:
    variable = keras.Variable(w, dtype="float64")
    for gradient in gradients:
        made.apply([keras.ops.convert_to_tensor(gradient)], [variable])
    return keras.ops.convert_to_numpy(variable)


# Several steps from rest, against Keras


@few
@given(
    st.sampled_from(["sgd", "momentum", "average", "adagrad", "rmsprop", "adam"]),
    seeds,
    shapes,
    rates,
    st.floats(0.5, 0.95),
)
def test_five_steps_agree_with_keras(
    rule: str, seed: int, shape: tuple[int, ...], rate: float, keep: float
) -> None:
    ours = NOTEBOOK.ours
    first, gradients = _draw(seed, shape, 5)
    rules: dict[str, tuple[Any, int, Callable[..., tuple]]] = {
        "sgd": (
            keras.optimizers.SGD(rate),
            0,
            lambda w, g, t: (ours.sgd_step(w, g, rate),),
        ),
        "momentum": (
            keras.optimizers.SGD(rate, momentum=keep),
            1,
            lambda w, v, g, t: ours.momentum_step(w, v, g, rate, keep),
        ),
        # An average in which the newest gradient has the weight μ is momentum 1 - μ at the rate λμ.
        "average": (
            keras.optimizers.SGD(rate * (1 - keep), momentum=keep),
            1,
            lambda w, p, g, t: ours.averaged_momentum_step(w, p, g, rate, 1 - keep),
        ),
        "adagrad": (
            keras.optimizers.Adagrad(rate, initial_accumulator_value=0.0, epsilon=1e-14),
            1,
            lambda w, s, g, t: ours.adagrad_step(w, s, g, rate),
        ),
        "rmsprop": (
            keras.optimizers.RMSprop(rate, rho=keep, epsilon=1e-14),
            1,
            lambda w, s, g, t: ours.rmsprop_step(w, s, g, rate, keep),
        ),
        "adam": (
            keras.optimizers.Adam(rate, beta_1=keep, beta_2=0.99, epsilon=1e-12),
            2,
            lambda w, m, s, g, t: ours.adam_step(w, m, s, g, t, rate, keep, 0.99),
        ),
    }
    made, memories, step = rules[rule]
    w, memory = first, [np.zeros(shape)] * memories
    for t, gradient in enumerate(gradients, 1):
        w, *memory = step(w, *memory, gradient, t)
    np.testing.assert_allclose(w, _keras_weights(made, first, gradients), rtol=1e-4, atol=1e-5)


# Laws


@few
@given(seeds, shapes, rates)
def test_first_step_of_adam_is_the_sign_of_the_gradient(
    seed: int, shape: tuple[int, ...], rate: float
) -> None:
    w, (gradient,) = _draw(seed, shape, 1)
    scale = 10.0 ** np.random.default_rng(seed).uniform(-2, 4, shape)
    zeros = np.zeros(shape)
    new, _, _ = NOTEBOOK.ours.adam_step(w, zeros, zeros, scale * gradient, 1, rate)
    np.testing.assert_allclose(w - new, rate * np.sign(gradient), rtol=1e-4)


@few
@given(seeds, shapes, rates, st.floats(0.0, 0.95))
def test_momentum_under_a_constant_gradient(
    seed: int, shape: tuple[int, ...], rate: float, momentum: float
) -> None:
    """The step tends to λ / (1 - m) times the gradient; for m = 0 it is that from the start."""
    w, (gradient,) = _draw(seed, shape, 1)
    velocity = np.zeros(shape)
    for _ in range(1 if momentum == 0 else 600):
        before = w
        w, velocity = NOTEBOOK.ours.momentum_step(w, velocity, gradient, rate, momentum)
    np.testing.assert_allclose(before - w, rate / (1 - momentum) * gradient, rtol=1e-6, atol=1e-9)


@few
@given(seeds, shapes, rates, st.floats(1e-4, 0.5))
def test_weight_decay_is_the_gradient_of_the_penalty_in_every_rule_that_has_it(
    seed: int, shape: tuple[int, ...], rate: float, decay: float
) -> None:
    ours = NOTEBOOK.ours
    w, (gradient, velocity) = _draw(seed, shape, 2)
    slope = gradient + numerical_gradient(lambda x: decay / 2 * np.sum(x**2), w)
    np.testing.assert_allclose(
        ours.sgd_step(w, gradient, rate, decay), ours.sgd_step(w, slope, rate), rtol=1e-6, atol=1e-9
    )
    np.testing.assert_allclose(
        ours.momentum_step(w, velocity, gradient, rate, 0.9, decay),
        ours.momentum_step(w, velocity, slope, rate, 0.9),
        rtol=1e-6,
        atol=1e-9,
    )
    np.testing.assert_allclose(
        ours.sgd_step(w, np.zeros(shape), rate, decay), w * (1 - rate * decay), rtol=1e-12
    )


@few
@given(st.integers(0, 200), st.integers(1, 30), st.floats(0.1, 0.99))
def test_step_decay_is_piecewise_constant_and_agrees_with_keras(
    epoch: int, every: int, factor: float
) -> None:
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, every, factor, staircase=True)
    rate = NOTEBOOK.ours.step_decay(epoch, 0.1, factor, every)
    assert rate == pytest.approx(float(schedule(epoch)), rel=1e-3)
    start = epoch - epoch % every
    assert rate == NOTEBOOK.ours.step_decay(start, 0.1, factor, every)
    below = NOTEBOOK.ours.step_decay(start + every, 0.1, factor, every)
    assert below == pytest.approx(factor * rate)


@few
@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4, 0.5]), max_size=15), st.integers(1, 4))
def test_plateau_rates_agree_with_keras(errors: list[float], patience: int) -> None:
    followed = keras.optimizers.SGD(1.0)
    callback = keras.callbacks.ReduceLROnPlateau("error", 0.1, patience, mode="min", min_delta=0.0)
    callback.set_model(SimpleNamespace(optimizer=followed))
    callback.on_train_begin()
    expected = []
    for epoch, error in enumerate(errors):
        expected.append(float(followed.learning_rate))
        callback.on_epoch_end(epoch, {"error": error})
    rates = NOTEBOOK.ours.plateau_rates(errors, 1.0, patience)
    np.testing.assert_allclose(rates, expected, rtol=1e-4)


@few
@given(seeds, st.integers(1, 6), st.integers(1, 5), st.integers(2, 7))
def test_loss_and_gradients_agree_with_keras_and_with_differences(
    seed: int, batch: int, features: int, classes: int
) -> None:
    rng = np.random.default_rng(seed)
    weights, bias = rng.normal(size=(features, classes)), rng.normal(size=classes)
    images, labels = rng.normal(size=(batch, features)), rng.integers(0, classes, size=batch)
    ours = NOTEBOOK.ours.minibatch_loss
    loss, *gradients = ours(weights, bias, images, labels)

    def keras_loss(weights: Any, bias: Any) -> Any:
        scores = keras.ops.matmul(keras.ops.convert_to_tensor(images), weights) + bias
        return keras.ops.mean(
            keras.losses.sparse_categorical_crossentropy(labels, scores, from_logits=True)
        )

    assert loss == pytest.approx(
        float(keras_loss(*map(keras.ops.convert_to_tensor, (weights, bias))))
    )
    for mine, theirs in zip(gradients, keras_gradients(keras_loss, weights, bias), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-6, atol=1e-9)
    differences = numerical_gradient(lambda w: ours(w, bias, images, labels)[0], weights)
    np.testing.assert_allclose(gradients[0], differences, rtol=1e-5, atol=1e-8)
    # A minibatch is the mean of its images, whatever its size.
    single = [ours(weights, bias, images[i : i + 1], labels[i : i + 1]) for i in range(batch)]
    np.testing.assert_allclose(gradients[0], np.mean([one[1] for one in single], axis=0), atol=1e-9)
    assert loss == pytest.approx(np.mean([one[0] for one in single]))


def test_a_network_that_knows_nothing_has_a_loss_of_log_c(ours: SimpleNamespace) -> None:
    rng = np.random.default_rng(0)
    for classes in (10, 1000):
        images, labels = rng.normal(size=(3, 4)), rng.integers(0, classes, size=3)
        loss, _, _ = ours.minibatch_loss(np.zeros((4, classes)), np.zeros(classes), images, labels)
        assert loss == pytest.approx(np.log(classes))


# The slides


def test_the_printed_momentum_climbs_as_far_as_the_ledger_says(ours: SimpleNamespace) -> None:
    w, p, path = 1.0, 0.0, []
    for _ in range(50):
        w, p = ours.printed_momentum_step(w, p, w, 0.1, 0.1)
        path.append(w)
    assert path[:2] == pytest.approx([ours.printed_momentum["w_1"], ours.printed_momentum["w_2"]])
    printed = slide_fact("F0335")
    assert printed.status == "ERRATUM"
    assert f"w - λp ends at w = {path[-1]:.2f}" in printed.derivation


def test_the_repairs_and_no_others_descend(ours: SimpleNamespace) -> None:
    def last(keep: float, new: float, step: float) -> float:
        w, p = 1.0, 0.0
        for _ in range(300):
            p = keep * p + new * w
            w = w + step * p
        return abs(w)

    changes = {
        1: last(0.9, -0.1, +0.1),
        2: last(0.9, +0.1, -0.1),
        3: last(0.1, -0.9, -0.1),
        4: last(0.9, +0.1, +0.1),
    }
    assert [number for number, end in changes.items() if end < 1] == ours.printed_momentum[
        "repairs"
    ]


def test_the_listing_of_the_slide_is_quoted_as_printed() -> None:
    text = next(c.source for c in NOTEBOOK.cells if "first_unbias =" in c.source)
    listing = text.split("```")[1].strip("\n")
    with pytest.raises(SyntaxError, match="unmatched"):
        ast.parse(listing)
    assert slide_fact("F0340").printed in listing


@pytest.mark.parametrize(
    ("fact", "setting"),
    [
        ("F0655", "momentum"),
        ("F0656", "learning_rate"),
        ("F0657", "weight_decay"),
        ("F0809", "momentum"),
        ("F0811", "weight_decay"),
    ],
)
def test_alexnets_numbers_are_those_of_the_slides(fact: str, setting: str) -> None:
    assert float(slide_fact(fact).printed) == ALEXNET[setting]


# The optimizer of Keras


def test_slide_adam_trains_as_adam_step_does(ours: SimpleNamespace) -> None:
    """One linear layer, with everything compiled, against the functions on arrays."""
    rng = np.random.default_rng(3)
    images, labels = rng.normal(size=(12, 5)).astype("float32"), rng.integers(0, 3, size=12)
    dense = keras.layers.Dense(3)
    model = keras.Sequential([keras.Input((5,)), dense])
    weights, bias = (variable.numpy().astype(float) for variable in dense.weights)
    model.compile(
        ours.SlideAdam(0.05, beta_1=0.8, epsilon=0.1),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    state = [np.zeros_like(weights), np.zeros_like(weights)]
    bias_state = [np.zeros_like(bias), np.zeros_like(bias)]
    for t in range(1, 6):
        model.train_on_batch(images, labels)
        _, d_weights, d_bias = ours.minibatch_loss(weights, bias, images, labels)
        weights, *state = ours.adam_step(
            weights, *state, d_weights, t, 0.05, beta1=0.8, epsilon=0.1
        )
        bias, *bias_state = ours.adam_step(
            bias, *bias_state, d_bias, t, 0.05, beta1=0.8, epsilon=0.1
        )
    np.testing.assert_allclose(dense.kernel.numpy(), weights, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(dense.bias.numpy(), bias, rtol=1e-4, atol=1e-5)


def test_slide_adam_survives_its_configuration(ours: SimpleNamespace) -> None:
    settings = {"learning_rate": 0.25, "beta_1": 0.75, "beta_2": 0.5, "epsilon": 0.125}
    config = ours.SlideAdam.from_config(ours.SlideAdam(**settings).get_config()).get_config()
    assert {name: config[name] for name in settings} == settings


# The range test


@few
@given(st.floats(1e-6, 1e-2), st.floats(1.1, 1e5), st.integers(2, 50))
def test_range_test_rates_have_equal_ratios(low: float, span: float, steps: int) -> None:
    rates = NOTEBOOK.ours.range_test_rates(low, low * span, steps)
    np.testing.assert_allclose(rates, np.geomspace(low, low * span, steps), rtol=1e-9)


@few
@given(seeds, st.integers(1, 20), st.integers(0, 5))
def test_what_comes_after_the_divergence_does_not_matter(seed: int, fine: int, more: int) -> None:
    rng = np.random.default_rng(seed)
    rates = np.geomspace(1e-5, 1, fine + more + 1)
    losses = np.append(rng.uniform(1, 3.9, fine), rng.choice([np.nan, np.inf, 40.0]))
    losses = np.append(losses, rng.choice([np.nan, 0.01, np.inf], size=more))
    losses[0] = 1.0
    picked = NOTEBOOK.ours.pick_rate(rates, losses)
    assert picked == pytest.approx(rates[np.argmin(losses[:fine])] / 10)


# What is forbidden, and the notebook as a whole


def test_optimizers_made_before_the_check_are_blocked_too() -> None:
    from keras.optimizers import RMSprop

    made = [keras.optimizers.SGD(0.1), keras.optimizers.Adagrad(0.1), keras.optimizers.Adam(0.1)]
    made.append(RMSprop(0.1))
    variable = keras.Variable([1.0, 2.0])
    steps = [partial(optimizer.apply, [keras.ops.ones(2)], [variable]) for optimizer in made]
    require_refused(NOTEBOOK.checks["SlideAdam"], steps)
    require_refused(NOTEBOOK.checks["adam_step"], steps)


def test_arrays_of_the_cases_hold_nothing_near_zero() -> None:
    """A weight or a state of zero would hide a mistake in what it is multiplied with."""
    for name in ("sgd_step", "momentum_step", "adam_step"):
        for case in NOTEBOOK.cases(name, b"one"):
            assert isinstance(case.probe, CallFunction)
            assert np.abs(case.probe.args[0]).min() > 1e-3
