"""Independent sources of right answers: what Keras computes, and its automatic gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def keras_gradients(
    function: Callable[..., Any], *arrays: np.ndarray, upstream: np.ndarray | float = 1.0
) -> tuple[np.ndarray, ...]:
    """Gradients of `sum(upstream * function(*arrays))` by the backend's automatic differentiation.

    Computed in the precision of the arrays (float64 stays float64 on TensorFlow).

    Args:
        function: written with `keras.ops`, or a layer.
        arrays: its arguments.
        upstream: the gradient with respect to what it returns (`dout`).

    Returns:
        One gradient for each array, of its shape.
    """
    import keras

    if keras.config.backend() == "tensorflow":
        return _tensorflow_gradients(function, arrays, upstream)
    if keras.config.backend() == "jax":
        return _jax_gradients(function, arrays, upstream)
    raise NotImplementedError(f"no gradients on the backend {keras.config.backend()!r}")


def _tensorflow_gradients(
    function: Callable[..., Any], arrays: tuple[np.ndarray, ...], upstream: np.ndarray | float
) -> tuple[np.ndarray, ...]:
    import keras
    import tensorflow as tf

    tensors = [tf.convert_to_tensor(array) for array in arrays]
    with tf.GradientTape() as tape:
        for tensor in tensors:
            tape.watch(tensor)
        result = function(*tensors)
        total = keras.ops.sum(result * keras.ops.cast(upstream, result.dtype))
    gradients = tape.gradient(total, tensors, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return tuple(np.asarray(gradient) for gradient in gradients)


def _jax_gradients(
    function: Callable[..., Any], arrays: tuple[np.ndarray, ...], upstream: np.ndarray | float
) -> tuple[np.ndarray, ...]:
    import jax
    import keras

    def total(*tensors: Any) -> Any:
        return keras.ops.sum(function(*tensors) * upstream)

    gradients = jax.grad(total, argnums=tuple(range(len(arrays))))(*arrays)
    return tuple(np.asarray(gradient) for gradient in gradients)
