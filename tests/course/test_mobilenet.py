"""Depthwise convolutions and MobileNet v1: laws, the numbers of the slides, and other styles."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers, ops
from notebooks import judged, notebook

from autograder.checks.oracles import keras_gradients
from course_lib import costs, slides
from course_lib.blueprints import blueprint
from course_lib.checking import run_probe
from course_lib.slides import networks
from course_lib.structure import canonical, compare
from solutions.a07_efficient.mobilenet.checks import ARCHITECTURES, filtered

NOTEBOOK = notebook("a07_efficient/mobilenet")
OURS = NOTEBOOK.ours

seeds = st.integers(0, 2**32 - 1)


def _arrays(seed: int, square: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    kernel = 2 * rng.integers(0, 3, 2) + 1
    if square:
        kernel[1] = kernel[0]
    shape = rng.integers(1, 7, 4)
    return rng.normal(size=shape), rng.normal(size=(*kernel, shape[-1])), rng.normal(size=shape)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_the_depthwise_convolution_agrees_with_keras_and_with_loops(seed: int) -> None:
    """Images smaller than the kernel, too; and its gradients with automatic ones."""
    x, w, dout = _arrays(seed)
    np.testing.assert_allclose(OURS.depthwise_forward(x, w), filtered(x, w), atol=1e-12)

    def forward(x: Any, w: Any) -> Any:
        return ops.depthwise_conv(x, w[..., None], padding="same")

    np.testing.assert_allclose(OURS.depthwise_forward(x, w), forward(x, w), atol=1e-10)
    found = OURS.depthwise_backward(dout, x, w)
    for ours, theirs in zip(found, keras_gradients(forward, x, w, upstream=dout), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-10)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_forward_and_backward_are_adjoint(seed: int) -> None:
    """The gradient of a linear function is its transpose."""
    x, w, dout = _arrays(seed)
    dx, dw = OURS.depthwise_backward(dout, x, w)
    inner = np.sum(dout * OURS.depthwise_forward(x, w))
    np.testing.assert_allclose([np.sum(dx * x), np.sum(dw * w)], inner, atol=1e-10)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_a_pair_is_a_standard_convolution(seed: int) -> None:
    x, w, _ = _arrays(seed, square=True)
    rng = np.random.default_rng(seed)
    mixing = rng.normal(size=(x.shape[-1], int(rng.integers(1, 6))))
    pair = OURS.pointwise_forward(OURS.depthwise_forward(x, w), mixing)
    standard = ops.conv(x, OURS.pair_as_standard(w, mixing), padding="same")
    np.testing.assert_allclose(pair, standard, atol=1e-10)


def test_costs_are_those_of_layers_and_of_the_slide() -> None:
    kernel, before, after, height, width = 5, 6, 7, 9, 11
    found = OURS.separable_costs(kernel, before, after, height, width)
    options = {"padding": "same", "use_bias": False}
    for kind, layer in [
        ("standard", layers.Conv2D(after, kernel, **options)),
        ("separable", layers.SeparableConv2D(after, kernel, **options)),
    ]:
        table = costs.count(OURS.as_model(lambda x, layer=layer: layer(x)), (height, width, before))
        assert table.parameters == found[f"{kind}_weights"]
        assert table.macs == found[f"{kind}_macs"]
    assert found["ratio"] == pytest.approx(found["separable_macs"] / found["standard_macs"])
    assert OURS.separable_costs(3, 128, 128, 64, 64)["ratio"] == pytest.approx(
        float(slides.fact("F1029").exact())
    )


def test_every_row_of_the_table_is_that_of_the_ledger() -> None:
    """28 rows with weights: size of the input, weights and multiply-adds of each."""
    rows = [row for row in networks.get("mobilenet_1_224_1000").rows if row.weighted]
    found = OURS.weighted_layers(OURS.mobilenet)
    for row, layer in zip(rows, found, strict=True):
        channels, height, width = row.input
        assert layer["shape"] == (height, width, channels)
        assert layer["weights"] == row.parameters(biases=False, norm=False).value
        assert layer["macs"] == row.macs().value
    assert sum(layer["macs"] for layer in found) == costs.count(OURS.mobilenet).macs


@pytest.mark.parametrize(
    ("alpha", "side", "macs_fact", "parameters_fact"),
    [
        (1.0, 224, None, "F1101"),
        (0.75, 224, "F1102", "F1103"),
        (1.0, 192, None, "F1105"),
        (0.75, 192, "F1106", "F1107"),
    ],
)
def test_the_networks_for_dogs(
    alpha: float, side: int, macs_fact: str | None, parameters_fact: str
) -> None:
    table = costs.count(blueprint(OURS.mobilenet, alpha, (side, side, 3), 120))
    assert table.trainable_parameters == slides.fact(parameters_fact).exact()
    assert macs_fact is None or table.macs == slides.fact(macs_fact).exact()


def test_the_printed_stride_would_lose_what_the_answer_says() -> None:
    """E38: the table as printed, built."""
    printed = NOTEBOOK.with_variant("mobilenet/mobilenet_last_stride_as_printed")
    right = ARCHITECTURES["1.0 MobileNet-224"].macs
    wrong = costs.count(printed.subject("mobilenet")).macs
    assert right - wrong == OURS.wrong_row["macs_lost"] == 34_907_136
    assert round(right / 1e6) == 569 != round(wrong / 1e6)


def test_weights_of_the_two_orders() -> None:
    """What `pair_orders` says, counted on layers."""

    def depthwise_first(x: Any) -> Any:
        return layers.Conv2D(128, 1, use_bias=False)(layers.DepthwiseConv2D(3, use_bias=False)(x))

    def pointwise_first(x: Any) -> Any:
        return layers.DepthwiseConv2D(3, use_bias=False)(layers.Conv2D(128, 1, use_bias=False)(x))

    for key, block in [("weights_a", depthwise_first), ("weights_b", pointwise_first)]:
        assert OURS.pair_orders[key] == blueprint(OURS.as_model(block), (9, 9, 64)).parameters


def test_keras_differs_by_relu6_and_dropout_alone() -> None:
    theirs = canonical(blueprint(keras.applications.MobileNet, weights=None))
    ours = canonical(blueprint(OURS.mobilenet))
    found = compare(ours.without_activations(), theirs.without_activations())
    assert len(found) == 1
    assert "dropout" in found[0].message
    assert ours.parameters == theirs.parameters == ARCHITECTURES["1.0 MobileNet-224"].all_parameters


def test_a_ready_made_network_is_refused() -> None:
    def borrowed(*args: Any, **kwargs: Any) -> Any:
        return keras.applications.MobileNet(weights=None)

    case = NOTEBOOK.checks["mobilenet"].public_cases(b"test", OURS)[0]
    assert run_probe(case.probe, borrowed, case.forbids).outcome == "forbidden"


def test_a_depthwise_convolution_of_towers_is_the_same_block() -> None:
    """Split, one convolution for each map, concatenated: slow, and right."""

    def towers(x: Any, filters: int, strides: int = 1, name: str = "block") -> Any:
        parts = ops.split(x, x.shape[-1], axis=-1)
        options = {"padding": "same", "use_bias": False}
        parts = [layers.Conv2D(1, 3, strides, **options)(part) for part in parts]
        x = layers.BatchNormalization()(layers.Concatenate()(parts))
        x = layers.Conv2D(filters, 1, **options)(layers.Activation("relu")(x))
        return ops.relu(layers.BatchNormalization()(x))

    for case in NOTEBOOK.cases("separable_block"):
        assert judged(case, OURS.as_model(towers), "separable_block").outcome == "passed"


def test_shares_of_the_layers_are_those_of_the_paper() -> None:
    """Table 2 of the paper: 94.86 and 74.59 % in 1 x 1."""
    found = OURS.weighted_layers(OURS.mobilenet)
    for key, kind, percent in [
        ("macs", "pointwise", 94.86),
        ("macs", "depthwise", 3.06),
        ("macs", "dense", 0.18),
        ("weights", "pointwise", 74.59),
        ("weights", "dense", 24.33),
    ]:
        share = sum(one[key] for one in found if one["kind"] == kind) / sum(o[key] for o in found)
        assert round(100 * share, 2) == percent
