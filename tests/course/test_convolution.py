"""Properties of the convolution notebook's own answers, which are what its checks expect."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook, require_refused

from course_lib.checking import CallFunction
from solutions.a01_layers.convolution.checks import (
    OPERATOR_FEATURE,
    OPERATOR_FILTER,
    OPERATOR_IMAGE,
    SLIDE_MAPS,
)

NOTEBOOK = notebook("a01_layers/convolution")

few = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sides = st.integers(1, 4)


@st.composite
def layers(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, int]]:
    """A convolution layer that fits its input, in float64."""
    rng = np.random.default_rng(draw(seeds))
    options = {
        "stride": draw(st.integers(1, 3)),
        "padding": draw(st.integers(0, 2)),
        "dilation": draw(st.integers(1, 3)),
    }
    kernel_height, kernel_width = draw(sides), draw(sides)
    height = options["dilation"] * (kernel_height - 1) + 1 + draw(st.integers(0, 6))
    width = options["dilation"] * (kernel_width - 1) + 1 + draw(st.integers(0, 6))
    batch, channels, filters = draw(sides), draw(sides), draw(sides)
    x = rng.normal(size=(batch, height, width, channels))
    kernel = rng.normal(size=(kernel_height, kernel_width, channels, filters))
    return x, kernel, rng.normal(size=filters), options


@pytest.mark.parametrize(("number", "stride"), SLIDE_MAPS)
def test_the_maps_of_the_slides(ours: SimpleNamespace, number: int, stride: int) -> None:
    kernel = {1: ours.FILTER_1, 2: ours.FILTER_2}[number]
    feature_map = ours.correlate2d(np.array(ours.SLIDE_IMAGE), np.array(kernel), stride)
    np.testing.assert_array_equal(feature_map, SLIDE_MAPS[number, stride])


def test_the_convolved_feature_of_the_slides(ours: SimpleNamespace) -> None:
    feature = ours.convolve2d(np.array(OPERATOR_IMAGE), np.array(OPERATOR_FILTER))
    np.testing.assert_array_equal(feature, OPERATOR_FEATURE)


@few
@given(layers())
def test_agrees_with_keras(layer: Any) -> None:
    import keras

    x, kernel, bias, options = layer
    # Keras refuses a stride together with a dilation. A stride keeps every S-th value of the map
    # without stride, so it is taken afterwards.
    frame = ((0, 0), *[(options["padding"],) * 2] * 2, (0, 0))
    expected = keras.ops.convert_to_numpy(
        keras.ops.conv(
            np.pad(x, frame).astype("float32"),
            kernel.astype("float32"),
            padding="valid",
            dilation_rate=options["dilation"],
        )
    )[:, :: options["stride"], :: options["stride"]]
    result = NOTEBOOK.ours.conv2d_forward(x, kernel, bias, **options)
    np.testing.assert_allclose(result, expected + bias, rtol=1e-4, atol=1e-4)


@few
@given(layers())
def test_output_has_the_declared_size(layer: Any) -> None:
    x, kernel, bias, options = layer
    ours = NOTEBOOK.ours
    result = ours.conv2d_forward(x, kernel, bias, **options)
    size = [ours.output_size(x.shape[1 + i], kernel.shape[i], **options) for i in (0, 1)]
    assert result.shape == (x.shape[0], *size, kernel.shape[3])


@few
@given(layers())
def test_matrix_product_equals_direct_layer(layer: Any) -> None:
    x, kernel, bias, options = layer
    ours = NOTEBOOK.ours
    np.testing.assert_allclose(
        ours.conv2d_im2col(x, kernel, bias, **options),
        ours.conv2d_forward(x, kernel, bias, **options),
        atol=1e-9,
    )


@few
@given(layers(), seeds, st.floats(-3, 3), st.floats(-3, 3))
def test_linear_in_the_input(layer: Any, seed: int, first: float, second: float) -> None:
    x, kernel, _, options = layer
    other = np.random.default_rng(seed).normal(size=x.shape)
    no_bias = np.zeros(kernel.shape[3])

    def forward(z: np.ndarray) -> np.ndarray:
        return NOTEBOOK.ours.conv2d_forward(z, kernel, no_bias, **options)

    np.testing.assert_allclose(
        forward(first * x + second * other),
        first * forward(x) + second * forward(other),
        atol=1e-9,
    )


@few
@given(layers(), st.integers(1, 3), st.integers(1, 3))
def test_shifting_the_input_shifts_the_map(layer: Any, down: int, across: int) -> None:
    x, kernel, bias, options = layer
    stride = options["stride"]
    forward = NOTEBOOK.ours.conv2d_forward
    widened = np.pad(x, ((0, 0), (down * stride, 0), (across * stride, 0), (0, 0)))
    options = options | {"padding": 0}
    np.testing.assert_allclose(
        forward(widened, kernel, bias, **options)[:, down:, across:],
        forward(x, kernel, bias, **options),
        atol=1e-9,
    )


@few
@given(seeds, sides, sides)
def test_convolution_is_correlation_with_the_kernel_turned(seed: int, tall: int, wide: int) -> None:
    rng = np.random.default_rng(seed)
    image, kernel = rng.normal(size=(8, 9)), rng.normal(size=(tall, wide))
    ours = NOTEBOOK.ours
    convolved = ours.convolve2d(image, kernel)
    np.testing.assert_allclose(convolved, ours.correlate2d(image, kernel[::-1, ::-1]), atol=1e-9)
    np.testing.assert_allclose(convolved, ours.convolve2d_fft(image, kernel), atol=1e-9)


@few
@given(seeds, st.integers(1, 9), st.integers(1, 9))
def test_full_convolution_agrees_with_numpy(seed: int, long: int, short: int) -> None:
    rng = np.random.default_rng(seed)
    x, h = rng.normal(size=long), rng.normal(size=short)
    np.testing.assert_allclose(NOTEBOOK.ours.conv1d_full(x, h), np.convolve(x, h), atol=1e-9)


@few
@given(st.integers(1, 30), st.integers(1, 7), st.integers(1, 4))
def test_same_padding_agrees_with_keras(width: int, kernel: int, stride: int) -> None:
    import keras

    ours = NOTEBOOK.ours
    before, after = ours.same_padding(width, kernel, stride)
    x = np.arange(1, width + 1, dtype="float32")[np.newaxis, :, np.newaxis]
    weights = np.arange(1, kernel + 1, dtype="float32")[:, np.newaxis, np.newaxis]
    same = keras.ops.conv(x, weights, strides=stride, padding="same")
    padded = np.pad(x, ((0, 0), (before, after), (0, 0)))
    valid = keras.ops.conv(padded, weights, strides=stride, padding="valid")
    np.testing.assert_allclose(
        keras.ops.convert_to_numpy(same), keras.ops.convert_to_numpy(valid), rtol=1e-5
    )


@few
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3)), max_size=3))
def test_receptive_field_is_what_one_output_sees(stack: list[tuple[int, int, int]]) -> None:
    """The field is the width of the smallest input from which the stack still makes a value."""
    ours = NOTEBOOK.ours
    field = ours.receptive_field(stack)

    def outputs(width: int) -> int:
        for kernel, stride, dilation in stack:
            width = ours.output_size(width, kernel, stride, dilation=dilation) if width > 0 else 0
        return width

    assert outputs(field) == 1
    assert outputs(field - 1) <= 0


@pytest.mark.parametrize("name", ["conv2d_forward", "conv2d_im2col"])
def test_sizes_of_a_layer_are_all_different(name: str) -> None:
    for key in range(20):
        cases = NOTEBOOK.cases(name, bytes([key]))
        for case in cases[1:]:  # the first is the slides' own example
            assert isinstance(case.probe, CallFunction)
            x, kernel, bias = case.probe.args
            sizes = [*x.shape, *kernel.shape[:2], *bias.shape]
            assert len(set(sizes)) == len(sizes), sizes
            assert np.abs(bias).min() > 0.4


def test_names_taken_before_the_check_are_blocked_too() -> None:
    import keras
    from numpy import convolve, correlate
    from scipy.ndimage import correlate as ndimage_correlate
    from scipy.signal import convolve2d, correlate2d, fftconvolve

    conv = keras.ops.conv
    image, kernel = np.ones((5, 5), "float32"), np.ones((3, 3), "float32")
    batch, weights = image[np.newaxis, :, :, np.newaxis], kernel[:, :, np.newaxis, np.newaxis]
    shortcuts = [
        lambda: conv(batch, weights),
        lambda: keras.layers.Conv2D(1, 3)(batch),
        lambda: convolve(image[0], kernel[0]),
        lambda: correlate(image[0], kernel[0]),
        lambda: convolve2d(image, kernel),
        lambda: correlate2d(image, kernel),
        lambda: fftconvolve(image, kernel),
        lambda: ndimage_correlate(image, kernel),
    ]
    require_refused(NOTEBOOK.checks["correlate2d"], shortcuts)
