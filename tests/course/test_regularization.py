"""Properties of the regularization notebook's own answers, which are what its checks expect."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
import scipy.ndimage
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook, require_passed

from autograder.checks.oracles import keras_gradients
from course_lib import slides
from course_lib.checking import judge_case, run_probe
from course_lib.gradients import numerical_gradient

NOTEBOOK = notebook("a04_training/regularization")

few = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sides = st.integers(1, 6)
rates = st.floats(0.05, 0.95)


@pytest.mark.parametrize("name", NOTEBOOK.checks)
def test_the_solution_passes_many_rounds(name: str) -> None:
    """More than those of other notebooks: what is drawn decides about every pixel."""
    rounds = (bytes([number]) * 16 for number in range(5))
    require_passed(NOTEBOOK, name, NOTEBOOK.subject(name), rounds)


@few
@given(seeds, sides, sides, st.floats(0, 2), st.floats(0, 2))
def test_penalty_and_gradient_agree_with_keras(
    seed: int, rows: int, columns: int, l1: float, l2: float
) -> None:
    rng = np.random.default_rng(seed)
    kernel, bias = rng.normal(size=(rows, columns)), rng.normal(size=columns)
    penalty = keras.regularizers.L1L2(l1=l1, l2=l2)
    layers = [(kernel, bias), (2 * kernel, bias)]
    expected = sum(float(penalty(keras.ops.convert_to_tensor(k))) for k, _ in layers)
    assert NOTEBOOK.ours.elastic_net(layers, l1, l2) == pytest.approx(expected, rel=1e-6)
    d_kernel, d_bias = NOTEBOOK.ours.elastic_net_gradient(kernel, bias, l1, l2)
    np.testing.assert_allclose(d_kernel, keras_gradients(penalty, kernel)[0], atol=1e-6)
    assert d_bias.shape == bias.shape
    assert not d_bias.any()


def test_linear_classifier_descends_the_loss_of_the_slide(ours: SimpleNamespace) -> None:
    """The gradient that the notebook shows for the margin loss, against the formula F0400."""
    rng = np.random.default_rng(0)
    scores, labels = rng.normal(size=(5, 4)), rng.integers(0, 4, 5)

    def margin_loss(scores: np.ndarray) -> float:
        total = 0.0
        for row, label in zip(scores, labels, strict=True):
            total += sum(max(0, row[j] - row[label] + 1) for j in range(4) if j != label)
        return total / len(scores)

    np.testing.assert_allclose(
        ours.margin_loss_gradient(scores, labels),
        numerical_gradient(margin_loss, scores),
        atol=1e-8,
    )


def test_the_neuron_of_the_slide(ours: SimpleNamespace) -> None:
    weights, inputs = np.array([2.0, -1.0]), np.array([3.0, 1.0])
    half = float(slides.fact("F0405").computed())
    assert ours.expected_activation(weights, inputs, 0.5) == half * (2 * 3 - 1 * 1)
    # At every other rate the factor is the probability of keeping, whatever the slide says.
    assert ours.expected_activation(weights, inputs, 0.2) == pytest.approx(0.8 * 5)


@few
@given(seeds, rates)
def test_dropout_keeps_the_mean(seed: int, rate: float) -> None:
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.5, 2, 3)
    y, mask = NOTEBOOK.ours.dropout_forward(np.tile(x, (20_000, 1)), rate, rng.random((20_000, 3)))
    # Five standard errors of the mean of a mask.
    error = 5 * np.sqrt(rate / (1 - rate) / 20_000)
    np.testing.assert_allclose(y.mean(axis=0), x, rtol=error)
    assert set(np.unique(mask)) == {0.0, 1 / (1 - rate)}


def test_dropout_gives_what_the_layer_of_keras_gives(ours: SimpleNamespace) -> None:
    x = np.random.default_rng(0).uniform(0.5, 2, (40, 30)).astype("float32")
    layer = keras.layers.Dropout(0.3, seed=1)
    by_keras = keras.ops.convert_to_numpy(layer(x, training=True))
    uniform = np.where(by_keras == 0, 0.0, 0.99)
    np.testing.assert_allclose(ours.dropout_forward(x, 0.3, uniform)[0], by_keras, rtol=1e-6)
    np.testing.assert_array_equal(
        ours.dropout_forward(x, 0.3, uniform, training=False)[0],
        keras.ops.convert_to_numpy(layer(x, training=False)),
    )


@few
@given(seeds, sides, sides, rates)
def test_dropout_backward_is_the_gradient(seed: int, rows: int, columns: int, rate: float) -> None:
    rng = np.random.default_rng(seed)
    x, dy = rng.normal(size=(2, rows, columns))
    uniform = rng.random((rows, columns))
    mask = NOTEBOOK.ours.dropout_forward(x, rate, uniform)[1]

    def forward(z: Any) -> Any:
        return z * keras.ops.convert_to_tensor((uniform >= rate) / (1 - rate))

    np.testing.assert_allclose(
        NOTEBOOK.ours.dropout_backward(dy, mask),
        keras_gradients(forward, x, upstream=dy)[0],
        atol=1e-6,
    )


@few
@given(seeds, st.integers(5, 9), st.integers(5, 9), st.integers(1, 5))
def test_crops_come_from_their_image(seed: int, height: int, width: int, size: int) -> None:
    """Pixels that carry their own place tell where a crop was taken, and whether it was flipped."""
    rng = np.random.default_rng(seed)
    places = np.stack(np.meshgrid(range(height), range(width), indexing="ij"), axis=-1)
    crops = NOTEBOOK.ours.flip_and_crop(np.tile(places, (30, 1, 1, 1)), size, rng.random((30, 3)))
    for crop in crops:
        top, left = crop[..., 0].min(), crop[..., 1].min()
        window = places[top : top + size, left : left + size]
        assert np.array_equal(crop, window) or np.array_equal(crop, window[:, ::-1])


def test_every_place_is_equally_likely(ours: SimpleNamespace) -> None:
    places = np.arange(4 * 5).reshape(1, 4, 5, 1)
    uniform = np.random.default_rng(0).random((12_000, 3))
    crops = ours.flip_and_crop(np.tile(places, (12_000, 1, 1, 1)), 3, uniform)
    _, counts = np.unique(crops.reshape(12_000, -1), axis=0, return_counts=True)
    assert len(counts) == 2 * 3 * 2
    assert abs(counts - 1000).max() < 150


@few
@given(st.integers(100, 900), st.integers(100, 900), seeds)
def test_patches_of_resnet_lie_in_the_image(height: int, width: int, seed: int) -> None:
    uniform = np.random.default_rng(seed).random(3)
    new_height, new_width, top, left = NOTEBOOK.ours.scale_and_crop(height, width, uniform)
    assert 256 <= min(new_height, new_width) <= 480
    assert new_height / new_width == pytest.approx(height / width, rel=1 / 256)
    assert 0 <= top <= new_height - 224
    assert 0 <= left <= new_width - 224


def test_scales_of_resnet_are_all_reached(ours: SimpleNamespace) -> None:
    ends = [ours.scale_and_crop(300, 400, (u, 0, 0))[0] for u in (0.0, 0.999999)]
    assert ends == [256, 480]
    assert slides.fact("F0409").printed == "[256,480], 224"
    last = ours.scale_and_crop(300, 400, (0.0, 0.999999, 0.999999))
    assert last == (256, 341, 256 - 224, 341 - 224)


@few
@given(seeds, sides, sides, st.integers(1, 3))
def test_sampling_agrees_with_scipy_and_keras(
    seed: int, height: int, width: int, channels: int
) -> None:
    rng = np.random.default_rng(seed)
    image = rng.normal(size=(height, width, channels))
    rows, columns = rng.uniform(-2, height + 1, 20), rng.uniform(-2, width + 1, 20)
    ours = NOTEBOOK.ours.bilinear_sample(image, rows, columns)
    for c in range(channels):
        by_scipy = scipy.ndimage.map_coordinates(
            image[..., c], [rows, columns], order=1, mode="grid-constant"
        )
        np.testing.assert_allclose(ours[:, c], by_scipy, atol=1e-9)
        by_keras = keras.ops.image.map_coordinates(
            image[..., c], np.stack([rows, columns]), order=1, fill_mode="constant"
        )
        np.testing.assert_allclose(ours[:, c], keras.ops.convert_to_numpy(by_keras), atol=1e-5)


@few
@given(seeds, st.integers(3, 8), st.integers(3, 8))
def test_transforms_agree_with_scipy(seed: int, height: int, width: int) -> None:
    ours = NOTEBOOK.ours
    rng = np.random.default_rng(seed)
    image, shift = rng.normal(size=(height, width, 2)), rng.uniform(-2, 2, 2)
    matrix = ours.random_matrix(rng.random(4), degrees=90, stretch=0.4, shear=0.5)
    inverse, middle = np.linalg.inv(matrix), (np.array([height, width]) - 1) / 2
    for c in range(2):
        by_scipy = scipy.ndimage.affine_transform(
            image[..., c],
            inverse,
            offset=middle - inverse @ (middle + shift),
            order=1,
            mode="grid-constant",
        )
        np.testing.assert_allclose(
            ours.transform(image, matrix, shift)[..., c], by_scipy, atol=1e-9
        )


def test_a_quarter_turn_and_whole_shifts_lose_nothing(ours: SimpleNamespace) -> None:
    image = np.random.default_rng(0).normal(size=(5, 5, 3))
    turned = ours.transform(image, ours.rotation(90))
    np.testing.assert_allclose(turned, np.rot90(image), atol=1e-9)
    shifted = ours.transform(image, np.eye(2), (2, -1))
    np.testing.assert_allclose(shifted[2:, :4], image[:3, 1:], atol=1e-12)
    assert not shifted[:2].any()
    assert not shifted[:, 4].any()


def test_colour_jitter_keeps_the_mean_and_pca_offsets_the_statistics(
    ours: SimpleNamespace,
) -> None:
    rng = np.random.default_rng(0)
    images = rng.uniform(0.45, 0.55, (3, 6, 5, 3))
    jittered = ours.colour_jitter(images, rng.uniform(0.5, 2, 3), np.zeros(3))
    np.testing.assert_allclose(jittered.mean(axis=(1, 2, 3)), images.mean(axis=(1, 2, 3)))

    variances, directions = ours.colour_components(images)
    pixels = images.reshape(-1, 3)
    np.testing.assert_allclose(
        directions @ np.diag(variances) @ directions.T, np.cov(pixels, rowvar=False), atol=1e-12
    )
    # Along each direction the offsets vary with a standard deviation of 0.1 times the variance.
    black, alphas = np.full((4000, 1, 1, 3), 0.5), 0.1 * rng.normal(size=(4000, 3))
    moved = ours.pca_colour(black, np.array([0.5, 0.3, 0.1]), directions, alphas)
    spread = ((moved - 0.5).reshape(-1, 3) @ directions).std(axis=0)
    np.testing.assert_allclose(spread, [0.05, 0.03, 0.01], rtol=0.05)


def test_fifty_crops(ours: SimpleNamespace) -> None:
    crops = [ours.ten_crop(np.zeros((s, s, 1)), 224) for s in (224, 256, 384, 480, 640)]
    assert len(crops[0]) == slides.fact("F0411").computed() == 10
    assert sum(map(len, crops)) == slides.fact("F0412").computed() == 50
    places = np.stack(np.meshgrid(range(256), range(341), indexing="ij"), axis=-1)
    starts = ours.ten_crop(places, 224)[:5, 0, 0]
    np.testing.assert_array_equal(starts, [[0, 0], [0, 117], [32, 0], [32, 117], [16, 58]])


def test_the_errors_of_the_slides(ours: SimpleNamespace) -> None:
    for identity, name in [("F0658", "AlexNet"), ("F0908", "ResNet")]:
        printed = slides.fact(identity).printed.replace("->", "/").split("/")
        assert ours.DECK_ERRORS[name] == tuple(float(number) for number in printed)
    assert ours.DECK_ERRORS["GoogLeNet"][1] == float(slides.fact("F0956").printed)


@few
@given(seeds, st.integers(1, 5), sides, st.integers(2, 6))
def test_ensembles_give_probabilities(seed: int, networks: int, batch: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    scores = 30 * rng.normal(size=(networks, batch, classes))
    probabilities = NOTEBOOK.ours.ensemble_probabilities(scores)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    shifted = NOTEBOOK.ours.ensemble_probabilities(scores + rng.normal(size=(1, batch, 1)))
    np.testing.assert_allclose(probabilities, shifted)
    by_keras = keras.ops.mean(keras.ops.softmax(scores, axis=-1), axis=0)
    np.testing.assert_allclose(probabilities, keras.ops.convert_to_numpy(by_keras), atol=1e-6)


def test_ready_made_answers_are_refused() -> None:
    def penalty(layers: Any, l1: float, l2: float) -> float:
        ready = keras.regularizers.L1L2(l1=l1, l2=l2)
        return sum(float(ready(kernel)) for kernel, _ in layers)

    def sample(image: Any, rows: Any, columns: Any) -> Any:
        from scipy.ndimage import map_coordinates

        return np.stack(
            [
                map_coordinates(image[..., c], [rows, columns], order=1, mode="grid-constant")
                for c in range(image.shape[-1])
            ],
            axis=-1,
        )

    def dropout(x: Any, rate: float, uniform: Any, training: bool = True) -> Any:
        return keras.layers.Dropout(rate)(x, training=training), np.ones_like(x)

    for name, shortcut in [
        ("elastic_net", penalty),
        ("bilinear_sample", sample),
        ("dropout_forward", dropout),
    ]:
        check = NOTEBOOK.checks[name]
        for case in check.cases(b"forbidden", NOTEBOOK.ours):
            result = judge_case(case, run_probe(case.probe, shortcut, allows=check.allows), name)
            assert result.finding is not None
            assert "which this task does not allow" in result.finding.message
