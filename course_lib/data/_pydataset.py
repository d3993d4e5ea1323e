"""The input pipeline on every other backend."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import keras
import numpy as np


class Batches(keras.utils.PyDataset):
    """Batches picked by NumPy, changed by Keras layers; see `course_lib.data.batches`."""

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        batch_size: int,
        order: Any,
        layers: list[Callable[..., Any]],
    ) -> None:
        super().__init__()
        self._images, self._labels = images, labels
        self._batch_size, self._order, self._layers = batch_size, order, layers
        (self._rows,) = order()

    def __len__(self) -> int:
        return math.ceil(len(self._images) / self._batch_size)

    def __getitem__(self, index: int) -> tuple[Any, np.ndarray]:
        rows = self._rows[index * self._batch_size : (index + 1) * self._batch_size]
        images: Any = self._images[rows]
        for layer in self._layers:
            images = layer(images, training=True)
        return images, self._labels[rows]

    def on_epoch_end(self) -> None:
        """Go on to the order of the next epoch."""
        (self._rows,) = self._order()
