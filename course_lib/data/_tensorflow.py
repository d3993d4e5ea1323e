"""The input pipeline on TensorFlow: the one place of this package that speaks of `tf`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf


def pipeline(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    order: Any,
    layers: list[Callable[..., Any]],
) -> tf.data.Dataset:
    """Batches by `tf.data`; see `course_lib.data.batches`.

    Python chooses the order once an epoch; everything else runs in TensorFlow's own threads.
    """
    # On the processor, whatever accelerator there is: batches are picked out here.
    with tf.device("/cpu:0"):
        all_images, all_labels = tf.constant(images), tf.constant(labels)

    def picked(rows: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        batch = tf.gather(all_images, rows)
        for layer in layers:
            batch = layer(batch, training=True)
        return batch, tf.gather(all_labels, rows)

    def orders() -> Iterator[np.ndarray]:
        yield from order()

    rows = tf.data.Dataset.from_generator(
        orders, output_signature=tf.TensorSpec((order.count,), tf.int64)
    ).flat_map(lambda epoch: tf.data.Dataset.from_tensor_slices(epoch).batch(batch_size))
    # One call after another: random layers keep a state, which parallel calls would race for.
    made = rows.map(picked, deterministic=True)
    steps = math.ceil(order.count / batch_size)
    return made.apply(tf.data.experimental.assert_cardinality(steps)).prefetch(tf.data.AUTOTUNE)
