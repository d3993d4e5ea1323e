"""Properties of the pooling notebook's own answers, which are what its checks build on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook, require_refused

from autograder.checks.oracles import keras_gradients
from course_lib import slides
from course_lib.checking import CallFunction, run_probe
from course_lib.gradients import numerical_gradient, relative_error
from solutions.a01_layers.pooling.checks import (
    FEATURE_MAPS,
    FEATURE_MAXIMA,
    LECTURE_MAP,
    LECTURE_MAXIMA,
    PRINTED_SIZES,
    SLIDE_MAP,
    SLIDE_POOLED,
    counted_spans,
    counted_unchanged,
    keras_pool,
)

NOTEBOOK = notebook("a01_layers/pooling")
KINDS = ("max", "mean", "l2")

few = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)
Pooling = tuple[np.ndarray, tuple[int, int], int, bool]


def forward_of(kind: str) -> Callable[..., np.ndarray]:
    return getattr(NOTEBOOK.ours, f"{kind}_pool_forward")


def backward_of(kind: str) -> Callable[..., np.ndarray]:
    return getattr(NOTEBOOK.ours, f"{kind}_pool_backward")


def as_batch(*channels: Any) -> np.ndarray:
    return np.stack([np.array(channel, dtype=float) for channel in channels], axis=-1)[np.newaxis]


@st.composite
def poolings(draw: st.DrawFn) -> Pooling:
    """A batch of images with clearly different values, and a pooling that fits it."""
    kernel_size = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    stride, ceil = draw(st.integers(1, 5)), draw(st.booleans())
    height, width = (kernel + draw(st.integers(0, 5)) for kernel in kernel_size)
    shape = draw(st.integers(1, 2)), height, width, draw(st.integers(1, 3))
    order = np.random.default_rng(draw(seeds)).permutation(int(np.prod(shape)))
    return (order.reshape(shape) - order.size / 2 + 0.25) / 10, kernel_size, stride, ceil


@pytest.mark.parametrize("kind", KINDS)
def test_the_map_of_the_slides(kind: str) -> None:
    pooled = forward_of(kind)(as_batch(SLIDE_MAP), (2, 2), 2)
    np.testing.assert_allclose(pooled, as_batch(SLIDE_POOLED[kind]))


def test_the_printed_maxima() -> None:
    forward = forward_of("max")
    np.testing.assert_array_equal(
        forward(as_batch(LECTURE_MAP), (2, 2), 2), as_batch(LECTURE_MAXIMA)
    )
    np.testing.assert_array_equal(
        forward(as_batch(*FEATURE_MAPS), (2, 2), 2), as_batch(*FEATURE_MAXIMA)
    )


def test_the_notebook_states_the_sizes_of_the_ledger() -> None:
    """What the notebook's table calls printed is printed, and rounding as stated gives it."""
    ours = NOTEBOOK.ours
    table = {network: (before, printed) for network, before, printed in ours.PRINTED_SIZES}
    for network, before, ceil, fact, _ in PRINTED_SIZES:
        assert table[network] == (before, int(slides.fact(fact).printed))
        assert ours.pooled_size(before, 3, 2, ceil) == int(slides.fact(fact).printed)
        assert ours.pooled_size(before, 3, 2, not ceil) != int(slides.fact(fact).printed)


def test_the_edges_of_the_slide() -> None:
    cost = NOTEBOOK.ours.layer_cost((100, 100, 1), (100, 100), 1000)
    assert cost["edges"] == slides.fact("F0295").computed() == 10**7


@few
@given(st.integers(1, 6), st.integers(0, 20), st.integers(1, 7), st.booleans())
def test_windows_are_those_found_by_moving_along(
    kernel: int, more: int, stride: int, ceil: bool
) -> None:
    spans = NOTEBOOK.ours.window_spans(kernel + more, kernel, stride, ceil)
    assert spans == counted_spans(kernel + more, kernel, stride, ceil)
    assert all(0 <= start < stop <= kernel + more for start, stop in spans)


@pytest.mark.parametrize("kind", KINDS)
@few
@given(poolings())
def test_forward_agrees_with_keras(kind: str, pooling: Pooling) -> None:
    result = forward_of(kind)(*pooling)
    np.testing.assert_allclose(result, keras_pool(kind, *pooling), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
@few
@given(poolings(), seeds)
def test_backward_agrees_with_differences(kind: str, pooling: Pooling, seed: int) -> None:
    x, kernel_size, stride, ceil = pooling
    forward = forward_of(kind)
    dout = np.random.default_rng(seed).normal(size=forward(*pooling).shape)
    numerical = numerical_gradient(lambda z: forward(z, kernel_size, stride, ceil), x, dout)
    gradient = backward_of(kind)(dout, *pooling)
    np.testing.assert_allclose(gradient, numerical, atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
@few
@given(poolings(), seeds)
def test_backward_agrees_with_automatic_gradients(kind: str, pooling: Pooling, seed: int) -> None:
    """Rounded down, where Keras has the same pooling; small whole numbers, so with many ties."""
    from keras import ops

    x, kernel_size, stride, _ = pooling
    rng = np.random.default_rng(seed)
    x = rng.integers(1, 4, size=x.shape).astype(float)

    def pooled(z: Any) -> Any:
        if kind == "max":
            return ops.max_pool(z, kernel_size, stride, "valid")
        if kind == "mean":
            return ops.average_pool(z, kernel_size, stride, "valid")
        return ops.sqrt(ops.average_pool(z * z, kernel_size, stride, "valid"))

    dout = rng.normal(size=forward_of(kind)(x, kernel_size, stride).shape)
    (expected,) = keras_gradients(pooled, x, upstream=dout)
    gradient = backward_of(kind)(dout, x, kernel_size, stride)
    assert relative_error(gradient, expected) < 1e-6


@few
@given(poolings(), seeds)
def test_max_and_mean_pass_on_all_of_the_gradient(pooling: Pooling, seed: int) -> None:
    for kind in ("max", "mean"):
        dout = np.random.default_rng(seed).normal(size=forward_of(kind)(*pooling).shape)
        gradient = backward_of(kind)(dout, *pooling)
        np.testing.assert_allclose(gradient.sum(axis=(1, 2)), dout.sum(axis=(1, 2)), atol=1e-9)


@few
@given(poolings(), st.floats(0.1, 3), st.floats(-3, 3))
def test_laws_of_the_forward_passes(pooling: Pooling, gain: float, offset: float) -> None:
    x, *rest = pooling
    mean, l2, maximum = (forward_of(kind) for kind in ("mean", "l2", "max"))
    for forward in (mean, maximum):
        np.testing.assert_allclose(
            forward(gain * x + offset, *rest), gain * forward(x, *rest) + offset, atol=1e-9
        )
    np.testing.assert_allclose(l2(-gain * x, *rest), gain * l2(x, *rest), atol=1e-9)
    assert (mean(np.abs(x), *rest) <= l2(x, *rest) + 1e-9).all()
    assert (l2(x, *rest) <= maximum(np.abs(x), *rest) + 1e-9).all()


@few
@given(poolings(), st.integers(1, 2))
def test_a_shift_by_the_stride_moves_the_map_by_one_place(pooling: Pooling, places: int) -> None:
    x, kernel_size, stride, ceil = pooling
    widened = np.pad(x, ((0, 0), (0, 0), (places * stride, 0), (0, 0)))
    for kind in KINDS:
        moved = forward_of(kind)(widened, kernel_size, stride, ceil)[:, :, places:]
        np.testing.assert_allclose(moved, forward_of(kind)(*pooling), atol=1e-12)


@few
@given(st.integers(1, 5), st.integers(0, 15), st.integers(1, 6), st.integers(0, 6))
def test_unchanged_fraction_is_the_share_of_equal_windows(
    kernel: int, more: int, stride: int, shift: int
) -> None:
    width = kernel + more
    measured = NOTEBOOK.ours.unchanged_fraction(width, kernel, stride, shift)
    assert measured == pytest.approx(counted_unchanged(width, kernel, stride, shift))


@pytest.mark.parametrize("kind", KINDS)
def test_global_pooling_agrees_with_keras(kind: str) -> None:
    from keras import ops

    rng = np.random.default_rng(0)
    x, dout = rng.normal(size=(2, 5, 4, 3)), rng.normal(size=(2, 3))

    def pooled(z: Any) -> Any:
        if kind == "max":
            return ops.max(z, axis=(1, 2))
        if kind == "mean":
            return ops.mean(z, axis=(1, 2))
        return ops.sqrt(ops.mean(z * z, axis=(1, 2)))

    ours = NOTEBOOK.ours
    np.testing.assert_allclose(
        ours.global_pool(x, kind), ops.convert_to_numpy(pooled(x)), rtol=1e-5
    )
    (expected,) = keras_gradients(pooled, x, upstream=dout)
    assert relative_error(ours.global_pool_backward(dout, x, kind), expected) < 1e-9


def test_a_window_of_zeros_sends_no_gradient() -> None:
    x, dout = np.zeros((1, 4, 4, 1)), np.ones((1, 2, 2, 1))
    x[0, 3, 3, 0] = -2
    gradient = backward_of("l2")(dout, x, (2, 2), 2)
    assert gradient[0, 3, 3, 0] == pytest.approx(-0.5)
    assert np.count_nonzero(gradient) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_of_fresh_images_are_all_different(kind: str) -> None:
    name = f"{kind}_pool_forward"
    for key in range(10):
        for case in NOTEBOOK.cases(name, bytes([key])):
            assert isinstance(case.probe, CallFunction)
            x, kernel_size, _ = case.probe.args
            if len(x) == 1:  # an example of the slides
                continue
            sizes = [*x.shape, *set(kernel_size)]
            assert len(set(sizes)) == len(sizes), (case.label, sizes)


def test_upstream_gradients_are_never_uniform() -> None:
    for name in ("max_pool_backward", "mean_pool_backward", "l2_pool_backward"):
        for case in NOTEBOOK.cases(name, b"key"):
            assert isinstance(case.probe, CallFunction)
            dout = case.probe.args[0]
            assert len(np.unique(dout)) == dout.size > 1


def test_names_taken_before_the_check_are_blocked_too() -> None:
    import keras
    import tensorflow as tf
    from keras.ops import average_pool, max_pool

    from course_lib import gradients

    x = np.ones((1, 4, 4, 1), "float32")

    def automatic() -> Any:
        z = tf.convert_to_tensor(x)
        with tape_class() as tape:
            tape.watch(z)
            total = tf.reduce_sum(z * z)
        return tape.gradient(total, z)

    tape_class = tf.GradientTape
    shortcuts = [
        lambda: max_pool(x, 2),
        lambda: average_pool(x, 2),
        lambda: keras.layers.MaxPooling2D(2)(x),
        lambda: keras.layers.GlobalAveragePooling2D()(x),
        lambda: gradients.numerical_gradient(np.sum, x),
        automatic,
    ]
    require_refused(NOTEBOOK.checks["max_pool_backward"], shortcuts)


def test_a_forbidden_call_is_reported_as_such() -> None:
    import keras

    case = NOTEBOOK.cases("max_pool_forward", b"key")[0]

    def shortcut(x: Any, kernel_size: Any, stride: int, ceil: bool = False) -> Any:
        return keras.ops.max_pool(x, kernel_size, stride)

    observation = run_probe(case.probe, shortcut, allows=case.allows)
    assert observation.outcome == "forbidden"
    assert run_probe(case.probe, shortcut).outcome == "returned"
