"""Draws of inputs: what the checks of several notebooks need from their generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Draw:
    """Draws inputs of cases from one generator, the same ones again for the same seed.

    A check function that names a parameter `draw` is given one.

    Attributes:
        rng: the generator itself, for every other draw.
    """

    rng: np.random.Generator

    def integer(self, low: int, high: int) -> int:
        """Returns an integer from `low` to `high`, both included."""
        return int(self.rng.integers(low, high + 1))

    def different(self, count: int, low: int, high: int) -> list[int]:
        """Returns `count` integers from `low` to `high`, both included, no two of them equal."""
        return [int(n) for n in self.rng.choice(np.arange(low, high + 1), count, replace=False)]

    def shuffled(self, integers: Sequence[int]) -> list[int]:
        """Returns the integers in random order: for sizes that must not be confused."""
        return [int(n) for n in self.rng.permutation(integers)]

    def uniform(self, low: float, high: float) -> float:
        """Returns a number between `low` and `high`."""
        return float(self.rng.uniform(low, high))

    def normal(self, *shape: int) -> np.ndarray:
        """Returns standard normal numbers of this shape, in `float32`."""
        return self.rng.normal(size=shape).astype("float32")

    def away_from_zero(self, *shape: int, low: float, high: float) -> np.ndarray:
        """Returns numbers of both signs with magnitudes from `low` to `high`, in `float64`."""
        return self.rng.choice([-1.0, 1.0], shape) * self.rng.uniform(low, high, shape)

    def bias(self, filters: int) -> np.ndarray:
        """Returns biases that are all clearly not zero, of shape `(filters,)`, in `float32`."""
        return self.away_from_zero(filters, low=0.5, high=1.5).astype("float32")
