"""Properties of the transfer notebook's answers, and of Keras where the notebook relies on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers
from notebooks import notebook

from autograder.checks.calibration import read_calibration
from course_lib import slides
from course_lib.blueprints import blueprint
from course_lib.gradients import numerical_gradient

NOTEBOOK = notebook("a08_transfer/transfer")

few = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="module")
def trained(ours: SimpleNamespace) -> Any:
    return ours.pretrained_base()


def test_fresh_weights_are_never_taken_for_others(ours: SimpleNamespace) -> None:
    """The verdict on random weights hangs on chance; it must not be wrong in practice."""
    for seed in range(40):
        keras.utils.set_random_seed(seed)
        found = ours.state_after_reinitialising([12, 18, 13], ["conv1", "head"])
        assert found["conv1/kernel"] == found["head/kernel"] == "random, as its initializer draws"


def test_the_network_of_the_slide(ours: SimpleNamespace) -> None:
    """VGG's configuration B, built without weights, and the fact of the ledger."""

    def drawn() -> Any:
        x = images = keras.Input((224, 224, 3))
        for filters in (64, 128, 256, 512, 512):
            for _ in range(2):
                x = layers.Conv2D(filters, 3, padding="same")(x)
            x = layers.MaxPooling2D()(x)
        x = layers.Flatten()(x)
        for units in (4096, 4096, 1000):
            x = layers.Dense(units)(x)
        return keras.Model(images, x)

    total = blueprint(drawn).parameters
    assert slides.fact("F0619").alternatives()["parameters"].replace(",", "") == str(total)
    assert ours.head_share == {
        "weight_layers": slides.fact("F0619").computed(),
        "frozen": total - 4097 * 1000,
        "trained": 4097 * 10,
    }


def test_the_learning_rate_of_the_slide(ours: SimpleNamespace) -> None:
    found = ours.state_after_fine_tuning([3, 4, 5], 1, 0.02)
    assert found["learning rate"] / 0.02 == pytest.approx(1 / 10)
    assert slides.fact("F0615").printed == "1/10"


def test_only_the_head_learns_and_statistics_stay(ours: SimpleNamespace, trained: Any) -> None:
    """The notebook's proof: a step on a model whose base is frozen, then with its end unfrozen."""
    rng = np.random.default_rng(0)
    images, labels = rng.random((8, 28, 28, 1)), rng.integers(0, 3, 8)
    base = keras.models.clone_model(trained)
    base.set_weights(trained.get_weights())
    ours.freeze(base, "features")
    model = ours.new_head(base, 3)
    head = model.get_layer("head")
    ours.compile_network(model, 0.01)
    before = ours.picture(base, head)
    model.train_on_batch(images, labels)
    after = ours.picture(base, head)
    assert ours.changed_weights(before, after) == ["head/bias", "head/kernel"]
    ours.freeze(base, None)
    ours.compile_network(model, 0.01)
    model.train_on_batch(images, labels)
    changed = ours.changed_weights(after, ours.picture(base, head))
    assert "conv3/kernel" in changed
    assert not [name for name in changed if "moving" in name]


def test_a_mode_that_is_written_into_a_functional_model_does_not_hold() -> None:
    """The notebook warns of it. If this fails, Keras has changed, and so must the warning."""
    inside = keras.Sequential([keras.Input((3,)), layers.BatchNormalization()])
    images = keras.Input((3,))
    outside = keras.Model(images, inside(images, training=False))
    x = np.random.default_rng(0).normal(5, 2, (6, 3)).astype("float32")
    in_training, in_inference = (np.asarray(outside(x, training=mode)) for mode in (True, False))
    assert not np.allclose(in_training, in_inference)


@few
@given(seeds, st.integers(2, 6), st.integers(1, 4), st.integers(2, 4))
def test_one_step_of_the_probe_is_the_gradient(
    seed: int, count: int, units: int, classes: int
) -> None:
    rng = np.random.default_rng(seed)
    features, labels = rng.normal(size=(count, units)), rng.integers(0, classes, count)

    def loss(kernel: np.ndarray, bias: np.ndarray) -> float:
        scores = features @ kernel + bias
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return float(-np.mean(logs[np.arange(count), labels]))

    zeros = np.zeros((units, classes)), np.zeros(classes)
    kernel, bias = NOTEBOOK.ours.linear_probe(features, labels, classes, 1, 0.5)
    np.testing.assert_allclose(
        kernel, -0.5 * numerical_gradient(lambda k: loss(k, zeros[1]), zeros[0]), atol=1e-7
    )
    np.testing.assert_allclose(
        bias, -0.5 * numerical_gradient(lambda b: loss(zeros[0], b), zeros[1]), atol=1e-7
    )


@few
@given(seeds, st.integers(1, 4), st.integers(1, 5))
def test_small_sets_are_balanced_and_follow_the_numbers(
    seed: int, count: int, classes: int
) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.tile(np.arange(classes), 2 * count))
    uniform = rng.random(len(labels))
    rows = NOTEBOOK.ours.few_per_class(labels, count, uniform)
    assert np.bincount(labels[rows]).tolist() == [count] * classes
    assert np.all(np.diff(rows) > 0)
    others = np.setdiff1d(np.arange(len(labels)), rows)
    for label in range(classes):
        chosen, left = rows[labels[rows] == label], others[labels[others] == label]
        assert uniform[chosen].max() < uniform[left].min()


def test_features_of_all_layers_lie_on_one_path(ours: SimpleNamespace, trained: Any) -> None:
    """What `features` gives is what `pool3` gives, and averages are averages of it."""
    images = np.random.default_rng(0).random((3, 28, 28, 1))
    in_a_row = ours.features_at(trained, "pool3", images)
    np.testing.assert_array_equal(in_a_row, ours.features_at(trained, "features", images))
    np.testing.assert_allclose(
        in_a_row.reshape(3, 9, -1).mean(axis=1),
        ours.features_at(trained, "pool3", images, average=True),
        rtol=1e-5,
    )


def test_a_transfer_of_few_digits_beats_guessing_by_far(ours: SimpleNamespace) -> None:
    """Ten images of each of five new digits; the base and its copy in the model keep apart."""
    kept = [values.copy() for values in ours.base_weights()]
    images, labels = ours.only(ours.data.load("mnist").train, (5, 6, 7, 8, 9))
    rows = ours.few_per_class(labels, 10, np.random.default_rng(0).random(len(labels)))
    model = ours.transfer(images[rows], labels[rows])
    unseen = np.setdiff1d(np.arange(len(labels)), rows)
    scores = np.asarray(model(images[unseen]))
    assert scores.shape == (len(unseen), 5)
    assert np.mean(scores.argmax(axis=1) == labels[unseen]) > 0.8
    assert model.compiled
    for before, now in zip(kept, ours.base_weights(), strict=True):
        np.testing.assert_array_equal(before, now)


def test_the_grader_numbers_the_digits_anew(ours: SimpleNamespace) -> None:
    """Whoever trains on images of its own, numbered as everybody would, gets every digit wrong."""
    check = NOTEBOOK.checks["transfer_gain"]
    for number in range(20):
        (case,) = check.cases(bytes([number]), ours)
        assert sorted(case.probe.classes) == [5, 6, 7, 8, 9]
        assert all(digit != 5 + place for place, digit in enumerate(case.probe.classes))


def test_the_bound_lies_between_transfer_and_scratch() -> None:
    check = NOTEBOOK.checks["transfer_gain"]
    measured = read_calibration(check.calibration_file, check.name)
    measured.require_separation()
    scratch = measured.accuracies("transfer_gain/transfer_from_scratch")
    assert len(scratch) == len(measured.accuracies("solution")) >= 20
    assert max(scratch) < measured.bound() < min(measured.accuracies("solution"))
