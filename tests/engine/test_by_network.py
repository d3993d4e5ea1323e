"""A training is judged by what a Keras network gives, and by nothing that stands beside it."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from sklearn.svm import SVC

from course_lib.checking import run_probe
from course_lib.checking.keras_probes import Predict

IMAGES = np.random.default_rng(0).normal(size=(40, 6)).astype("float32")
LABELS = (IMAGES.sum(axis=1) > 0).astype(int)


def network() -> keras.Model:
    return keras.Sequential([keras.Input((6,)), keras.layers.Dense(2)])


MODEL, OTHER = network(), SVC().fit(IMAGES, LABELS)


class Wrapped(keras.Model):
    """Another kind of classifier in a Keras model with weights of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.unused = keras.layers.Dense(2)
        self.unused.build((None, 6))

    def call(self, inputs: Any) -> Any:
        return tf.numpy_function(OTHER.predict, [inputs], tf.int64)


class Scorer:
    def __init__(self) -> None:
        self.model = network()

    def __call__(self, images: Any) -> Any:
        return self.model(images)


def by_closure() -> Any:
    model = network()
    return lambda images: model.predict(images, verbose=0)


def with_an_attribute() -> Any:
    def score(images: Any) -> Any:
        return OTHER.predict(images)

    score.model = network()
    return score


def seen(subject: Any) -> Any:
    return run_probe(Predict(IMAGES, network=True), subject)


def in_units_of_its_weights(images: Any) -> Any:
    largest = max(map(abs, MODEL.get_weights()[0].ravel().tolist()))
    return [[score / largest for score in row] for row in np.asarray(MODEL(images)).tolist()]


@pytest.mark.parametrize(
    "subject",
    [
        in_units_of_its_weights,
        MODEL,
        lambda images: MODEL(images),
        by_closure(),
        Scorer(),
        partial(lambda model, images: model(images), network()),
        lambda images: np.asarray(MODEL(images)).argmax(axis=1),
    ],
)
def test_a_network_may_be_used_in_any_way(subject: Any) -> None:
    before = [np.array(weight) for weight in MODEL.get_weights()]
    found = seen(subject)
    assert found.outcome == "returned", found.error
    for old, new in zip(before, MODEL.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize(
    "subject",
    [
        OTHER.predict,
        lambda images: LABELS[[np.abs(IMAGES - image).sum(1).argmin() for image in images]],
        with_an_attribute(),
        Wrapped(),
        SimpleNamespace(predict=lambda images, **_: OTHER.predict(images)),
    ],
)
def test_what_is_no_network_is_told_so(subject: Any) -> None:
    found = seen(subject)
    assert found.outcome == "raised"
    assert "must score with the Keras model that you trained" in found.error["message"]
