"""Batches: every image once an epoch, the same for the same seed, whatever Keras looks at first."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
import pytest

from course_lib import data


def split(count: int = 150) -> data.Split:
    """Images of noise whose first pixel says which one it is."""
    images = np.random.RandomState(0).rand(count, 8, 8, 1).astype(np.float32)
    images[:, 0, 0, 0] = np.arange(count)
    return data.Split(images, np.arange(count, dtype=np.int64) % 10)


def epoch(batches: object) -> list[tuple[np.ndarray, np.ndarray]]:
    """One epoch, as `model.fit` goes through it."""
    if isinstance(batches, keras.utils.PyDataset):
        taken: Iterator = (batches[index] for index in range(len(batches)))
    else:
        taken = iter(batches)  # type: ignore[call-overload]
    found = [(keras.ops.convert_to_numpy(x), keras.ops.convert_to_numpy(y)) for x, y in taken]
    if isinstance(batches, keras.utils.PyDataset):
        batches.on_epoch_end()
    return found


def every_image_comes_once() -> None:
    examples = split()
    batches = data.batches(examples, 64)
    assert len(batches) == 3
    orders = []
    for _ in range(2):
        found = epoch(batches)
        assert [len(images) for images, _ in found] == [64, 64, 22]
        images = np.concatenate([images for images, _ in found])
        labels = np.concatenate([labels for _, labels in found])
        order = images[:, 0, 0, 0].astype(int)
        assert sorted(order) == list(range(150))
        np.testing.assert_array_equal(images, examples.images[order])
        np.testing.assert_array_equal(labels, examples.labels[order])
        assert images.dtype == np.float32
        orders.append(order.tolist())
    assert orders[0] != orders[1]
    unshuffled = epoch(data.batches(examples, 50, shuffle=False))
    assert [image[0, 0, 0] for images, _ in unshuffled for image in images] == list(range(150))


def augmented_batches_depend_on_the_seed_alone() -> None:
    layers = [keras.layers.RandomTranslation(0.3, 0.3), keras.layers.RandomFlip("horizontal")]

    def two_epochs(seed: int, augment: object) -> list[np.ndarray]:
        batches = data.batches(split(), 64, augment=augment, seed=seed)
        return [images for _ in range(2) for images, _ in epoch(batches)]

    first = two_epochs(0, layers)
    layers[0](split().images)  # whatever else the layers are used for
    again, as_model, other = (
        two_epochs(0, layers),
        two_epochs(0, keras.Sequential(layers)),
        two_epochs(1, layers),
    )
    for images, same, modelled in zip(first, again, as_model, strict=True):
        np.testing.assert_array_equal(images, same)
        np.testing.assert_array_equal(images, modelled)
    assert not np.array_equal(first[0], other[0])
    one = data.Split(np.repeat(split(1).images, 100, 0), np.zeros(100, np.int64))
    batches = data.batches(one, 50, augment=keras.layers.RandomTranslation(0.3, 0.3))
    moved = [image.tobytes() for _ in range(2) for images, _ in epoch(batches) for image in images]
    assert len(set(moved)) == 200


def training_can_be_repeated() -> None:
    def trained(steps: int) -> list[np.ndarray]:
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [keras.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(10)]
        )
        model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        moved = keras.layers.RandomTranslation(0.3, 0.3)
        scaled = data.Split(split().images / 150, split().labels)
        batches = data.batches(scaled, 32, augment=[moved], seed=3)
        history = model.fit(batches, epochs=steps, shuffle=False, verbose=0)
        assert len(history.history["loss"]) == steps
        assert np.isfinite(model.evaluate(batches, verbose=0))
        return model.get_weights()

    for before, after in zip(trained(2), trained(2), strict=True):
        np.testing.assert_array_equal(before, after)


CLAIMS = [
    every_image_comes_once,
    augmented_batches_depend_on_the_seed_alone,
    training_can_be_repeated,
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_batches(claim):
    claim()


@pytest.mark.jax
@pytest.mark.parametrize("claim", CLAIMS)
def test_batches_on_jax(claim):
    if keras.backend.backend() != "jax":
        pytest.skip("run with KERAS_BACKEND=jax")
    claim()


def test_what_cannot_be_is_said():
    with pytest.raises(ValueError, match="`batch_size` must be a positive integer"):
        data.batches(split(), 0)
    with pytest.raises(data.LabelsWithheldError):
        data.batches(data.Split(split().images, None), 10)
