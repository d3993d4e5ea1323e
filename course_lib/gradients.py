"""Numerical gradients, to check a backward pass with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def numerical_gradient(
    function: Callable[[np.ndarray], Any],
    x: np.ndarray,
    upstream: np.ndarray | float = 1.0,
    step: float = 1e-5,
) -> np.ndarray:
    """The gradient of `sum(upstream * function(x))` by central differences, in float64.

    Each entry of `x` is moved by `step` to both sides, so `function` is called `2 * x.size` times:
    use small arrays. Central differences are off by terms of order `step ** 2`.

    Args:
        function: takes an array of the shape of `x` and returns a number or an array.
        x: the point, of any shape.
        upstream: the gradient of the loss with respect to what `function` returns, of that shape
            (`dout`); take random numbers, since ones hide mistakes.
        step: how far to move.

    Returns:
        The gradient with respect to `x`, of the shape of `x`.

    Example:
        >>> x = np.array([1.0, -2.0, 3.0])
        >>> numerical_gradient(lambda x: x**2, x, upstream=np.array([1.0, 10.0, 100.0])).round(6)
        array([  2., -40., 600.])
    """
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        here = point[index]
        point[index] = here + step
        above = np.sum(upstream * np.asarray(function(point.copy()), dtype=np.float64))
        point[index] = here - step
        below = np.sum(upstream * np.asarray(function(point.copy()), dtype=np.float64))
        point[index] = here
        gradient[index] = (above - below) / (2 * step)
    return gradient


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """The largest `|a - b| / max(1e-8, |a| + |b|)` of two arrays of one shape.

    About 1e-7 or less for a right gradient of a smooth function in float64; above 1e-3 it is wrong.

    Raises:
        ValueError: if the shapes differ.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"The arrays must have one shape. Received: {a.shape} and {b.shape}")
    return float(np.max(np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b)), initial=0.0))
