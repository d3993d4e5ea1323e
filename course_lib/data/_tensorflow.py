"""The input pipeline on TensorFlow: the one place of this package that speaks of `tf`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from course_lib.data._batches import Augmentation, Order


def pipeline(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    order: Order,
    augmentation: Augmentation,
) -> tf.data.Dataset:
    """Batches by `tf.data`; see `course_lib.data.batches`.

    Python chooses the order once an epoch; everything else runs in TensorFlow's own threads.
    """
    steps = math.ceil(order.count / batch_size)
    # On the processor, whatever accelerator there is: batches are picked out here.
    with tf.device("/cpu:0"):
        all_images, all_labels = tf.constant(images), tf.constant(labels)

    def epoch() -> Iterator[tuple[np.ndarray, int]]:
        yield order.next_epoch()

    def cut(rows: tf.Tensor, number: tf.Tensor) -> tf.data.Dataset:
        return tf.data.Dataset.from_tensor_slices(rows).batch(batch_size).enumerate(number * steps)

    def picked(step: tf.Tensor, rows: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        for state, seed in augmentation.states:
            restarted = tf.stack([seed, step * augmentation.draws_per_batch])
            state.assign(tf.cast(restarted, state.dtype))
        batch = tf.gather(all_images, rows)
        for layer in augmentation.layers:
            batch = layer(batch, training=True)
        return batch, tf.gather(all_labels, rows)

    signature = (tf.TensorSpec((order.count,), tf.int64), tf.TensorSpec((), tf.int64))
    # Not in parallel: the layers' random states would be raced for.
    made = tf.data.Dataset.from_generator(epoch, output_signature=signature).flat_map(cut)
    made = made.map(picked).apply(tf.data.experimental.assert_cardinality(steps))
    return made.prefetch(tf.data.AUTOTUNE)
