"""Layers of a network found by what they do, in whatever style the network is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from course_lib.inside import Inside

IMAGES = np.random.default_rng(0).random((3, 12, 12, 1)).astype("float32")


def of_layers() -> Any:
    return keras.Sequential(
        [
            keras.Input((12, 12, 1)),
            keras.layers.Conv2D(4, 3, activation="tanh"),
            keras.layers.AveragePooling2D(2),
            keras.layers.Conv2D(6, 2),
            keras.layers.Activation("tanh"),
            keras.layers.AveragePooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(5, activation="tanh"),
            keras.layers.Dense(3),
        ]
    )


def of_operations() -> Any:
    images = keras.Input((12, 12, 1))
    x = keras.ops.average_pool(keras.ops.tanh(keras.layers.Conv2D(4, 3)(images)), 2)
    x = keras.ops.average_pool(keras.ops.tanh(keras.layers.Conv2D(6, 2)(x)), (2, 2), (2, 2))
    x = keras.ops.tanh(keras.layers.Dense(5)(keras.ops.reshape(x, (-1, 24))))
    return keras.Model(images, keras.layers.Dense(3)(x))


def nested() -> Any:
    def stage(filters: int, side: int) -> Any:
        return keras.Sequential(
            [
                keras.layers.Conv2D(filters, side, activation="tanh"),
                keras.layers.AveragePooling2D(2),
            ]
        )

    head = keras.Sequential(
        [keras.layers.Flatten(), keras.layers.Dense(5, "tanh"), keras.layers.Dense(3)]
    )
    return keras.Sequential([keras.Input((12, 12, 1)), stage(4, 3), stage(6, 2), head])


class Subclassed(keras.Model):
    """Its layers stand in another order than that in which they are called."""

    def __init__(self) -> None:
        super().__init__()
        self.scores = keras.layers.Conv2D(3, 1)
        self.hidden = keras.layers.Conv2D(5, 2)
        self.second = keras.layers.Conv2D(6, 2)
        self.first = keras.layers.Conv2D(4, 3)
        self.pool = keras.layers.AveragePooling2D(2)

    def call(self, x: Any) -> Any:
        x = self.pool(keras.ops.tanh(self.first(x)))
        x = keras.ops.average_pool(keras.ops.tanh(self.second(x)), 2)
        return keras.ops.reshape(self.scores(keras.ops.tanh(self.hidden(x))), (-1, 3))


@pytest.mark.parametrize("build", [of_layers, of_operations, nested, Subclassed])
def test_every_style_shows_the_same(build: Callable[[], Any]) -> None:
    model = build()
    inside = Inside(model, (12, 12, 1))  # the subclass is not built before
    first, *_ = inside.kernels()
    assert inside.kernel(1).shape == (3, 3, 1, 4)
    assert inside.kernel(2).shape == (2, 2, 4, 6)
    assert first is inside.weights()[0]
    sizes = [[3, 3, 1, 4], [2, 2, 4, 6], [24, 5], [5, 3]]
    kernels = [list(weight.shape) for weight in inside.weights() if len(weight.shape) > 1]
    assert [np.prod(shape) for shape in kernels] == [np.prod(shape) for shape in sizes]

    before, seen, after, features, scores = inside.values(
        IMAGES,
        inside.before("pool", 1),
        inside.before("pool", 2),
        inside.after("pool", 2),
        inside.last_features,
        inside.output,
    )
    assert before.shape == (3, 10, 10, 4)
    assert np.abs(before).max() <= 1  # after the tanh, wherever that is written
    assert np.abs(seen).max() <= 1
    np.testing.assert_allclose(after, seen.reshape(3, 2, 2, 2, 2, 6).mean(axis=(2, 4)), atol=1e-6)
    assert features.reshape(3, -1).shape == (3, 5)
    ours = keras.ops.convert_to_numpy(model(IMAGES))
    np.testing.assert_allclose(scores, ours, atol=1e-6)


def test_what_is_not_there_is_told_in_a_line() -> None:
    inside = Inside(of_layers())
    with pytest.raises(LookupError, match="There must be 3 layers of the kind 'pool'"):
        inside.after("pool", 3)
