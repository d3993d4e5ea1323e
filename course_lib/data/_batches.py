"""Batches that `model.fit` takes directly, made while the device computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras

    from course_lib.data._dataset import Split


def batches(
    split: Split,
    batch_size: int,
    shuffle: bool = True,
    augment: keras.Layer | Sequence[keras.Layer] | None = None,
    seed: int = 0,
) -> Any:
    """Batches of a split for `model.fit`, `model.evaluate` and `model.predict`.

    On TensorFlow the next batches are made while the device computes (`tf.data` with prefetch); on
    the other backends a `keras.utils.PyDataset` is returned. Without augmentation
    `model.fit(split.images, split.labels)` is as fast; use this for augmentation, or for an order
    that a seed fixes. Tell `model.fit` not to shuffle, since that is done here: without
    `shuffle=False` Keras warns, or changes the order of the batches.

    Args:
        split: images and labels.
        batch_size: images in a batch; the last batch of an epoch may be smaller.
        shuffle: whether every epoch has a new order.
        augment: Keras layers that change the images, such as `keras.layers.RandomFlip()`, applied
            in the order given. They are copied, so your layers stay as they are.
        seed: of the order and of the augmentation: the same seed, the same batches.

    Returns:
        What `model.fit` takes; `len()` of it is the number of batches. A batch is
        `(images, labels)`, `(batch, height, width, channels)` and `(batch,)`.

    Raises:
        ValueError: if `batch_size` is not positive.
        LabelsWithheldError: if the labels of the split stay with the grader.

    Example:
        `moved = keras.layers.RandomTranslation(0.1, 0.1)`, then
        `model.fit(data.batches(mnist.train, 64, augment=moved), shuffle=False)`.
    """
    import keras

    if batch_size < 1:
        raise ValueError(f"`batch_size` must be a positive integer. Received: {batch_size}")
    augmentation = Augmentation(augment, seed)
    order = Order(len(split), shuffle, seed)
    if keras.backend.backend() == "tensorflow":
        from course_lib.data._tensorflow import pipeline

        return pipeline(split.images, split.labels, batch_size, order, augmentation)
    from course_lib.data._pydataset import Batches

    return Batches(split.images, split.labels, batch_size, order, augmentation)


class Order:
    """Row numbers for one epoch after another."""

    def __init__(self, count: int, shuffle: bool, seed: int) -> None:
        self.count = count
        self._shuffle, self._seed, self._epoch = shuffle, seed, -1

    def next_epoch(self) -> tuple[np.ndarray, int]:
        """All rows in the order of the next epoch, and the epoch's number, from 0."""
        self._epoch += 1
        rows = np.arange(self.count)
        if self._shuffle:
            rows = np.random.RandomState([self._seed, self._epoch]).permutation(rows)
        return rows, self._epoch


class Augmentation:
    """Copies of Keras layers whose random numbers depend on the seed and the batch alone.

    Keras may look at a first batch before it trains, and batches are made ahead of time. Random
    numbers that went on from batch to batch would depend on that; so every batch starts anew.
    """

    # A layer draws several times for one batch, and the next batch must not draw the same.
    draws_per_batch = 1 << 10

    def __init__(self, augment: Any, seed: int) -> None:
        import keras

        if augment is None:
            augment = []
        elif isinstance(augment, keras.Sequential):
            augment = augment.layers
        elif not isinstance(augment, Sequence):
            augment = [augment]
        self.layers = []
        for number, layer in enumerate(augment):
            configuration = layer.get_config()
            if "seed" in configuration:
                random = np.random.RandomState([seed, number])
                configuration["seed"] = int(random.randint(2**31 - 1, dtype=np.int32))
            self.layers.append(type(layer).from_config(configuration))
        # A seed generator's state is its seed and how often it was asked.
        self.states = [
            (variable, int(keras.ops.convert_to_numpy(variable.value)[0]))
            for layer in self.layers
            for variable in layer.variables
            if variable.name == "seed_generator_state"
        ]
