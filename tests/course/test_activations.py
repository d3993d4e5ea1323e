"""Properties of the activations notebook's own answers, which are what its checks expect."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook, require_passed, require_refused

from autograder.checks.oracles import keras_gradients
from autograder.source.notebook import is_solution
from autograder.submission.prohibitions import StudentCode
from course_lib import slides
from course_lib.checking import CallFunction
from course_lib.gradients import numerical_gradient

NOTEBOOK = notebook("a01_layers/activations")

few = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(tuple)

KERAS: dict[str, Callable[..., Any]] = {
    "sigmoid": keras.activations.sigmoid,
    "tanh": keras.activations.tanh,
    "softplus": keras.activations.softplus,
    "relu": keras.activations.relu,
    "leaky_relu": partial(keras.activations.leaky_relu, negative_slope=0.1),
    "elu": keras.activations.elu,
    "selu": keras.activations.selu,
    "gelu": partial(keras.activations.gelu, approximate=True),
    "swish": keras.activations.silu,
    "mish": keras.activations.mish,
}


def away_from_zero(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.1, 5, size=shape)


@pytest.mark.parametrize("name", KERAS)
@few
@given(seeds, shapes)
def test_agrees_with_keras_and_with_the_numerical_gradient(
    name: str, seed: int, shape: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(seed)
    x, dout = away_from_zero(rng, shape), rng.normal(size=shape)
    forward = getattr(NOTEBOOK.ours, name)
    dx = getattr(NOTEBOOK.ours, f"{name}_backward")(dout, x)
    expected = keras.ops.convert_to_numpy(KERAS[name](x))
    np.testing.assert_allclose(forward(x), expected, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(dx, numerical_gradient(forward, x, dout), rtol=1e-5, atol=1e-7)
    (automatic,) = keras_gradients(KERAS[name], x, upstream=dout)
    np.testing.assert_allclose(dx, automatic, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", KERAS)
def test_nothing_overflows_and_no_input_is_changed(ours: SimpleNamespace, name: str) -> None:
    x = np.array([-1e4, -1000.0, -40.0, 0.0, 40.0, 1000.0, 1e4])
    kept, dout = x.copy(), np.ones_like(x)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        y = getattr(ours, name)(x)
        dx = getattr(ours, f"{name}_backward")(dout, x)
    assert np.isfinite(y).all()
    assert np.isfinite(dx).all()
    np.testing.assert_array_equal(x, kept)
    np.testing.assert_array_equal(dout, 1)


@few
@given(seeds, st.floats(0.2, 4), st.floats(0.01, 0.9))
def test_parameters_of_the_families(seed: int, wide: float, slope: float) -> None:
    ours = NOTEBOOK.ours
    rng = np.random.default_rng(seed)
    x, dout = away_from_zero(rng, (3, 4)), rng.normal(size=(3, 4))
    for name, options in [
        ("leaky_relu", {"slope": slope}),
        ("elu", {"alpha": wide}),
        ("swish", {"beta": wide}),
    ]:
        forward = partial(getattr(ours, name), **options)
        dx = getattr(ours, f"{name}_backward")(dout, x, **options)
        np.testing.assert_allclose(dx, numerical_gradient(forward, x, dout), rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(
        ours.elu(x, wide),
        keras.ops.convert_to_numpy(keras.activations.elu(x, alpha=wide)),
        rtol=1e-6,
    )


def test_the_slip_on_the_slide(ours: SimpleNamespace) -> None:
    fact = slides.fact("F0348")
    assert ours.gelu_slip["printed"] == pytest.approx(float(fact.printed), abs=5e-5)
    assert ours.gelu_slip["numerical"] == pytest.approx(fact.computed(), rel=1e-6)
    assert ours.gelu_slip["factor"] == pytest.approx(np.sqrt(2 / np.pi), rel=1e-6)
    grid = np.linspace(-4, 4, 81)
    wrong = np.abs(ours.printed_gelu_derivative(grid) - ours.gelu_backward(1.0, grid))
    assert wrong.max() > 0.06
    # The factor repairs the third term everywhere, not only at 1.
    t = np.tanh(np.sqrt(2 / np.pi) * (grid + 0.044715 * grid**3))
    third = ours.printed_gelu_derivative(grid) - 0.5 - 0.5 * t
    repaired = 0.5 + 0.5 * t + ours.gelu_slip["factor"] * third
    np.testing.assert_allclose(repaired, ours.gelu_backward(1.0, grid), atol=1e-7)


def test_what_the_slides_say_of_gelu_and_swish(ours: SimpleNamespace) -> None:
    grid = np.linspace(-6, 6, 12001)
    exact = keras.ops.convert_to_numpy(keras.activations.gelu(grid, approximate=False))
    for fact, forward in [
        ("F0347", ours.gelu),
        ("F0349", partial(ours.swish, beta=1.702)),
    ]:
        assert np.abs(forward(grid) - exact).max() == pytest.approx(
            float(slides.fact(fact).computed()), rel=1e-3
        )


def test_selu_keeps_mean_and_variance(ours: SimpleNamespace) -> None:
    z, step = np.linspace(-10, 10, 40001, retstep=True)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * step
    mean = np.sum(ours.selu(z) * density)
    assert mean == pytest.approx(0, abs=1e-5)
    assert np.sum(ours.selu(z) ** 2 * density) - mean**2 == pytest.approx(1, abs=1e-5)
    assert ours.gain(ours.selu) == pytest.approx(1, abs=1e-4)
    assert ours.gain(ours.relu) == pytest.approx(2, abs=1e-4)


@few
@given(seeds, st.integers(1, 4), st.integers(1, 5), st.integers(1, 5))
def test_maxout(seed: int, pieces: int, inputs: int, units: int) -> None:
    ours = NOTEBOOK.ours
    rng = np.random.default_rng(seed)
    x, dout = rng.normal(size=(3, inputs)), rng.normal(size=(3, units))
    w, b = rng.normal(size=(pieces, inputs, units)), rng.normal(size=(pieces, units))

    def by_keras(x: Any, w: Any, b: Any) -> Any:
        return keras.ops.max(keras.ops.einsum("ni,kiu->nku", x, w) + b, axis=1)

    layers = np.stack([x @ w[k] + b[k] for k in range(pieces)])
    np.testing.assert_allclose(ours.maxout(x, w, b), layers.max(axis=0), atol=1e-12)
    gradients = ours.maxout_backward(dout, x, w, b)
    for ready, expected in zip(
        gradients, keras_gradients(by_keras, x, w, b, upstream=dout), strict=True
    ):
        np.testing.assert_allclose(ready, expected, atol=1e-10)


@few
@given(seeds, st.lists(st.integers(1, 4), min_size=0, max_size=2), st.floats(1e-3, 1))
def test_dice_agrees_with_batch_normalisation(seed: int, sides: list[int], epsilon: float) -> None:
    ours = NOTEBOOK.ours
    rng = np.random.default_rng(seed)
    s = rng.normal(1.0, 2.0, size=(5, *sides, 3))
    alpha, dout = rng.uniform(0.1, 0.9, size=3), rng.normal(size=s.shape)
    layer = keras.layers.BatchNormalization(
        epsilon=epsilon, center=False, scale=False, dtype="float64"
    )
    for statistics, training in [
        ({}, True),
        ({"mean": np.zeros(3), "variance": np.ones(3)}, False),  # as the layer starts
    ]:
        p = keras.ops.convert_to_numpy(keras.ops.sigmoid(layer(s, training=training)))
        layer.moving_mean.assign(np.zeros(3))
        layer.moving_variance.assign(np.ones(3))
        options: dict[str, Any] = {**statistics, "epsilon": epsilon}
        np.testing.assert_allclose(
            ours.dice(s, alpha, **options), p * s + (1 - p) * alpha * s, rtol=1e-6, atol=1e-8
        )
        ds, dalpha = ours.dice_backward(dout, s, alpha, **options)
        np.testing.assert_allclose(
            ds,
            numerical_gradient(partial(ours.dice, alpha=alpha, **options), s, dout),
            rtol=1e-5,
            atol=1e-6,
        )
        np.testing.assert_allclose(
            dalpha,
            numerical_gradient(partial(ours.dice, s, **options), alpha, dout),
            rtol=1e-5,
            atol=1e-6,
        )


@pytest.mark.parametrize("shape", [(300, 200), (3, 5, 40, 60)])
def test_initial_weights_are_those_of_keras(ours: SimpleNamespace, shape: tuple[int, ...]) -> None:
    msra = keras.initializers.VarianceScaling(2.0, "fan_in", "untruncated_normal", seed=1)(shape)
    xavier = np.asarray(keras.initializers.GlorotUniform(seed=1)(shape))
    assert np.std(msra) == pytest.approx(ours.msra_std(shape), rel=0.02)
    assert np.abs(xavier).max() == pytest.approx(ours.xavier_limit(shape), rel=0.001)
    assert xavier.std() == pytest.approx(np.sqrt(2 / sum(ours.fans(shape))), rel=0.02)


def test_the_layer_of_the_slides(ours: SimpleNamespace) -> None:
    assert ours.fans((3, 3, 64, 64))[0] == 576
    expected = float(slides.fact("F0354").computed())
    assert ours.msra_std((3, 3, 64, 64)) == pytest.approx(expected)
    slope = float(slides.fact("F0021").printed)
    assert ours.leaky_relu(np.array([-1.0]))[0] == -slope


@pytest.mark.parametrize("slope", [0.0, 0.1, 0.7, 1.0])
def test_variance_factor_is_what_a_layer_does(ours: SimpleNamespace, slope: float) -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(size=(2000, 400))
    std = 0.08
    after = ours.leaky_relu(z, slope) @ rng.normal(scale=std, size=(400, 300))
    measured = np.mean(after**2) / np.mean(z**2)
    assert measured == pytest.approx(ours.variance_factor(400, std, slope), rel=0.03)


@few
@given(seeds, st.lists(st.integers(1, 4), min_size=2, max_size=4), st.floats(-2, 2))
def test_dead_units_counted_one_by_one(seed: int, shape: list[int], bias: float) -> None:
    ours = NOTEBOOK.ours
    activations = ours.relu(np.random.default_rng(seed).normal(size=shape) + bias)
    units = [activations[..., unit].ravel() for unit in range(shape[-1])]
    dead = [unit for unit in units if not any(value > 0 for value in unit)]
    assert ours.dead_units(activations) == pytest.approx(len(dead) / len(units))


@pytest.mark.parametrize("name", NOTEBOOK.checks)
def test_the_solution_passes_many_rounds(name: str) -> None:
    """More than those of other notebooks: none may come near an end of the numbers."""
    rounds = (bytes([key]) for key in range(10))
    require_passed(NOTEBOOK, name, NOTEBOOK.subject(name), rounds)


def test_functions_are_known_by_the_names_of_the_task_whatever_made_them() -> None:
    ours = NOTEBOOK.ours

    def made(function: Callable[..., Any]) -> Callable[..., Any]:
        def inner(x: Any) -> Any:
            return function(x)

        return inner

    class Slope:
        def __call__(self, dout: Any, x: Any) -> Any:
            return ours.softplus_backward(dout, x)

    for forward in (made(ours.softplus), lambda x: ours.softplus(x), partial(ours.softplus)):
        subject = ours.family(softplus=forward, softplus_backward=Slope())
        require_passed(NOTEBOOK, "softplus", subject, [b"made"])


@pytest.mark.parametrize("name", sorted(set(NOTEBOOK.checks) - {"gelu_slip"}))
def test_upstream_gradients_are_random_and_sizes_differ(name: str) -> None:
    for key in range(10):
        for case in NOTEBOOK.cases(name, bytes([key])):
            assert isinstance(case.probe, CallFunction)
            dout = case.probe.kwargs.get("dout")
            if dout is not None and dout.size > 1:
                assert np.unique(dout).size == dout.size
            for array in (*case.probe.args, *case.probe.kwargs.values()):
                if isinstance(array, np.ndarray) and array.ndim == 4:
                    assert len(set(array.shape)) == 4, (case.label, array.shape)


def test_names_taken_before_the_check_are_blocked_too() -> None:
    from keras.ops import gelu, relu, selu, sigmoid, silu, softplus, tanh

    x = np.array([-1.0, 2.0])
    taken = [sigmoid, softplus, relu, selu, silu, gelu, tanh, keras.activations.mish]
    require_refused(NOTEBOOK.checks["swish_and_mish"], [partial(name, x) for name in taken])


LATE = """
import importlib
import tensorflow
from course_lib.checking.forbidden import ForbiddenCallError, blocked

with blocked(("tensorflow.math.tanh",)):
    try:
        importlib.import_module("tensorflow.math").tanh(1.0)
    except ForbiddenCallError:
        print("blocked")
"""


def test_a_module_imported_during_the_check_is_blocked_too() -> None:
    """TensorFlow makes a second module of that name, unless the first one is known by it."""
    ran = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True)
    assert ran.stdout == "blocked\n", ran.stderr[-500:]


def test_a_ready_made_activation_is_recognised_in_the_source() -> None:
    cells = [cell.source for cell in NOTEBOOK.cells if is_solution(cell)]
    names = ("sigmoid", "sigmoid_backward", "tanh", "tanh_backward")
    allows = NOTEBOOK.checks["sigmoid_and_tanh"].allows
    subject = f"family({', '.join(f'{name}={name}' for name in names)})"
    assert StudentCode(cells).forbidden(subject, (), allows) is None
    borrowed = "from scipy.special import expit\n\ndef sigmoid(x):\n    return expit(x)"
    assert StudentCode([*cells, borrowed]).forbidden(subject, (), allows) == "scipy.special.expit"
