"""Batches that `model.fit` takes directly, made while the device computes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    the other backends a `keras.utils.PyDataset` is returned. The order of the images is the same on
    all of them. Without augmentation `model.fit(split.images, split.labels)` is as fast; use this
    for augmentation, or for an order that a seed fixes.

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
        `model.fit(data.batches(mnist.train, 64, augment=keras.layers.RandomTranslation(0.1, 0.1)))`
    """
    import keras

    if batch_size < 1:
        raise ValueError(f"`batch_size` must be a positive integer. Received: {batch_size}")
    layers = _copies(augment, seed)
    order = _Order(len(split), shuffle, seed)
    if keras.backend.backend() == "tensorflow":
        from course_lib.data._tensorflow import pipeline

        return pipeline(split.images, split.labels, batch_size, order, layers)
    from course_lib.data._pydataset import Batches

    return Batches(split.images, split.labels, batch_size, order, layers)


class _Order:
    """Row numbers for one epoch after another, the same on every backend."""

    def __init__(self, count: int, shuffle: bool, seed: int) -> None:
        self.count = count
        self._shuffle, self._seed, self._epoch = shuffle, seed, 0

    def __call__(self) -> Iterator[np.ndarray]:
        """The order of the next epoch, as the only element."""
        if self._shuffle:
            yield np.random.RandomState([self._seed, self._epoch]).permutation(self.count)
        else:
            yield np.arange(self.count)
        self._epoch += 1


def _copies(augment: Any, seed: int) -> list[keras.Layer]:
    """The layers anew, with random numbers that depend on the seed and on nothing else."""
    import keras

    if augment is None:
        return []
    if isinstance(augment, keras.Sequential):
        augment = augment.layers
    copies = []
    for number, layer in enumerate(augment if isinstance(augment, Sequence) else [augment]):
        configuration = layer.get_config()
        if "seed" in configuration:
            drawn = np.random.RandomState([seed, number, 1]).randint(2**31 - 1, dtype=np.int32)
            configuration["seed"] = int(drawn)
        copies.append(type(layer).from_config(configuration))
    return copies
