"""The input pipeline on every other backend."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

if TYPE_CHECKING:
    from course_lib.data._batches import Augmentation, Order


class Batches(keras.utils.PyDataset):  # type: ignore[misc,unused-ignore] # Keras has no types
    """Batches picked by NumPy, changed by Keras layers; see `course_lib.data.batches`."""

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        batch_size: int,
        order: Order,
        augmentation: Augmentation,
    ) -> None:
        super().__init__()
        self._images, self._labels, self._batch_size = images, labels, batch_size
        self._order, self._augmentation = order, augmentation
        self._rows, self._epoch = order.next_epoch()

    def __len__(self) -> int:
        return math.ceil(len(self._images) / self._batch_size)

    def __getitem__(self, index: int) -> tuple[Any, np.ndarray]:
        step = self._epoch * len(self) + index
        for state, seed in self._augmentation.states:
            state.assign(np.array([seed, step * self._augmentation.draws_per_batch], state.dtype))
        rows = self._rows[index * self._batch_size : (index + 1) * self._batch_size]
        images: Any = self._images[rows]
        for layer in self._augmentation.layers:
            images = layer(images, training=True)
        return images, self._labels[rows]

    def on_epoch_end(self) -> None:
        """Go on to the order of the next epoch."""
        self._rows, self._epoch = self._order.next_epoch()
