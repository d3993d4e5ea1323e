"""The geometry of the score histogram; the template draws it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
# The plotting area in a drawing of 440 by 250 units; above it is room for the median's label.
LEFT, RIGHT, TOP, BOTTOM = 46.0, 424.0, 44.0, 204.0


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    count: int
    label: str


@dataclass(frozen=True)
class Tick:
    position: float
    label: str


@dataclass(frozen=True)
class Histogram:
    """Where everything goes, in units of the drawing."""

    bars: tuple[Bar, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    median_x: float | None


def histogram(shares: Sequence[float], median: float | None) -> Histogram:
    """Ten bins of 10 % each; a share on an edge belongs to the bin above it, 100 % to the last."""
    counts = [0] * BINS
    for value in shares:
        # Rounded first: 0.3 * 10 is a little less than 3 in binary.
        counts[min(BINS - 1, int(round(value * BINS, 9)))] += 1
    step = _step(max(counts, default=0))
    top = step * max(1, math.ceil(max(counts, default=0) / step))
    width = (RIGHT - LEFT) / BINS
    bars = []
    for index, count in enumerate(counts):
        height = (BOTTOM - TOP) * count / top
        low, high = index * 100 // BINS, (index + 1) * 100 // BINS
        bars.append(
            Bar(
                round(LEFT + index * width + 2, 2),
                round(BOTTOM - height, 2),
                round(width - 4, 2),
                round(height, 2),
                count,
                f"{low} to {high} %: {count} student{'' if count == 1 else 's'}",
            )
        )
    return Histogram(
        bars=tuple(bars),
        x_ticks=tuple(
            Tick(round(LEFT + (RIGHT - LEFT) * percent / 100, 2), str(percent))
            for percent in range(0, 101, 20)
        ),
        y_ticks=tuple(
            Tick(round(BOTTOM - (BOTTOM - TOP) * value / top, 2), str(value))
            for value in range(0, top + 1, step)
        ),
        median_x=None if median is None else round(LEFT + (RIGHT - LEFT) * median, 2),
    )


def _step(largest: int) -> int:
    """The smallest round step that needs at most five ticks above zero."""
    magnitude = 1
    while True:
        for factor in (1, 2, 5):
            if factor * magnitude * 5 >= largest:
                return factor * magnitude
        magnitude *= 10
