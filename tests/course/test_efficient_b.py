"""MobileNet v2, ShuffleNet and SqueezeNet: what is known of them, counted and measured."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers
from notebooks import notebook

from course_lib import costs
from course_lib.blueprints import blueprint
from course_lib.structure import canonical, compare
from solutions.a05_classics.alexnet.checks import ARCHITECTURES as ALEXNET
from solutions.a07_efficient.efficient.checks import connected, crushed, dealt

NOTEBOOK = notebook("a07_efficient/efficient")
OURS = NOTEBOOK.ours

seeds = st.integers(0, 2**32 - 1)


def test_the_first_block_that_halves_costs_what_is_known() -> None:
    builder = OURS.as_model(OURS.inverted_residual)
    assert costs.count(lambda: builder((112, 112, 16), 24, 2)).macs == 29_202_432


@pytest.mark.parametrize("alpha", [0.35, 1.0, 1.4])
def test_the_network_is_that_of_keras(alpha: float) -> None:
    theirs = blueprint(keras.applications.MobileNetV2, (224, 224, 3), alpha=alpha, weights=None)
    assert compare(canonical(blueprint(OURS.mobilenet_v2, alpha)), canonical(theirs)) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6))
def test_a_shuffle_deals_and_can_be_undone(groups: int, size: int) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 2, groups * size)).astype("float32")
    shuffled = np.asarray(OURS.channel_shuffle(x, groups))
    np.testing.assert_array_equal(shuffled, x[..., dealt(groups * size, groups)])
    np.testing.assert_array_equal(np.asarray(OURS.channel_unshuffle(shuffled, groups)), x)


@pytest.mark.parametrize(
    ("channels", "hidden", "groups", "shuffled"),
    [(12, 12, 4, True), (12, 12, 4, False), (12, 6, 3, True), (8, 4, 4, True), (6, 12, 3, True)],
)
def test_what_reaches_what_is_measured_on_a_network(
    channels: int, hidden: int, groups: int, shuffled: bool
) -> None:
    image = keras.Input((1, 1, channels))
    x = layers.Conv2D(hidden, 1, groups=groups, kernel_initializer="ones")(image)
    x = OURS.channel_shuffle(x, groups) if shuffled else x
    x = layers.Conv2D(channels, 1, groups=groups, kernel_initializer="ones")(x)
    one_by_one = np.eye(channels, dtype="float32")[:, np.newaxis, np.newaxis]
    measured = np.asarray(keras.Model(image, x)(one_by_one))[:, 0, 0] > 0
    np.testing.assert_array_equal(OURS.reaches(channels, hidden, groups, shuffled), measured)
    np.testing.assert_array_equal(connected(channels, hidden, groups, shuffled), measured)


def test_in_the_network_every_group_reaches_every_other() -> None:
    for groups, width in OURS.SHUFFLE_WIDTHS.items():
        assert np.all(OURS.reaches(width, width // 4, groups))


def test_the_rows_that_cannot_be_built_are_refused_by_keras() -> None:
    refused = []
    for groups in OURS.SHUFFLE_WIDTHS:
        try:
            blueprint(OURS.shufflenet, groups, 0.5)
        except ValueError:
            refused.append(groups)
    assert refused == OURS.shuffle_rows["groups_at_half"]
    with pytest.raises(ValueError, match="divisible"):
        blueprint(OURS.shufflenet, 8, 0.25, stem=6)
    assert blueprint(OURS.shufflenet, 8, 0.25).parameters


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_what_is_lost_has_a_twin_and_the_rest_has_none(seed: int) -> None:
    """A point with the same image, found by moving where no open column looks."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(2, 4))
    points = rng.normal(size=(10, 2))
    if np.abs(points @ matrix).min() < 1e-3:
        return
    back, lost = OURS.crushed_by_relu(points, matrix)
    expected_back, expected_lost = crushed(points, matrix)
    np.testing.assert_allclose(back, expected_back, atol=1e-9)
    np.testing.assert_array_equal(lost, expected_lost)
    for point, is_lost in zip(points, lost, strict=True):
        told = matrix[:, point @ matrix > 0]
        if is_lost:
            away = np.linalg.svd(told.T)[2][-1] if told.size else np.array([1.0, 0.0])
            twin = point + 1e-4 * away
            same = [np.maximum(p @ matrix, 0) for p in (point, twin)]
            np.testing.assert_allclose(*same, atol=1e-12)
        else:
            found = np.linalg.lstsq(told.T, point @ told, rcond=None)[0]
            np.testing.assert_allclose(found, point, atol=1e-6)


@pytest.mark.parametrize(
    ("side", "padding", "sizes"),
    [(227, "valid", {111, 55, 27, 13}), (224, "same", {109, 55, 28, 14})],
)
def test_the_maps_of_squeezenet_have_the_sizes_of_the_paper(
    side: int, padding: str, sizes: set[int]
) -> None:
    plan = blueprint(OURS.squeezenet, "1.0", (side, side, 3), padding=padding)
    found = {
        shape[1]
        for layer in plan.layers
        for call in layer.calls
        for shape in call.output_shapes
        if len(shape) == 4
    }
    assert found - {side, 1} == sizes


def test_alexnet_in_numbers_is_the_alexnet_of_the_course() -> None:
    alexnet = ALEXNET["96, two GPUs"]
    weights = sum(k * k * c * f + f for k, c, f, _ in OURS.ALEXNET_CONVOLUTIONS)
    work = sum(k * k * c * f * side**2 for k, c, f, side in OURS.ALEXNET_CONVOLUTIONS)
    dense: Any = OURS.ALEXNET_DENSE
    assert weights + sum(n * m + m for n, m in dense) == alexnet.parameters
    assert work + sum(n * m for n, m in dense) == alexnet.macs
