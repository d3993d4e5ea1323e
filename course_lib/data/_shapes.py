"""`shapes32`: coloured shapes, rendered here, for work in colour without a network.

A picture shows one of ten shapes at a random place, size and angle, in a random colour on a random
gradient, both with stripes, under noise. The renderer computes with integers alone, from a random
stream that NumPy has frozen, so the pictures are the same bytes everywhere.

A linear classifier of the pixels does little, since neither place nor colour tells the shape. After
10 epochs (Adam 1e-3, batch 64, three seeds) it reaches a test accuracy of 0.21 to 0.23, and a
ConvNet of three 3×3 convolutions (16, 32, 64 filters, each with 2×2 max pooling) and a dense layer
of 64 units, 89,834 parameters, 0.75 to 0.82. Chance is 0.10.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from course_lib.data._examples import Examples

CLASS_NAMES = (
    "disk", "ring", "square", "bar", "triangle",
    "pentagon", "star", "cross", "crescent", "half disk",
)  # fmt: skip
VERSION = 1  # to be raised with every change of a picture
PER_CLASS = 600
SIDE = 32
_SAMPLES = 3  # along each axis of a pixel, against jagged edges
_UNIT = 1024  # the radius of a shape in its own coordinates
_ANGLES = 256
_TURN = 1 << 14  # what the sine table calls 1
_CHUNK = 100  # images rendered at a time, to stay in the processor's cache

Integers = npt.NDArray[np.int32]
Inside = npt.NDArray[np.bool_]


def render() -> Examples:
    """All 6,000 images, `(6000, 32, 32, 3)`, uint8, and their labels, class after class."""
    labels = np.repeat(np.arange(len(CLASS_NAMES)), PER_CLASS)
    random = np.random.RandomState(32)
    # Drawn class by class and in this order: the stream is part of the data set's definition.
    images = [_render_class(number, random) for number in range(len(CLASS_NAMES))]
    return Examples(np.concatenate(images), labels)


def _render_class(number: int, random: np.random.RandomState) -> np.ndarray:
    def draw(low: int, high: int, *shape: int) -> Integers:
        # An explicit type: the default differs between systems, and with it the stream.
        return random.randint(low, high + 1, (PER_CLASS, *shape), dtype=np.int32)

    radius = draw(6 * 32, 13 * 32)  # in 1/32 pixel
    angle = draw(0, _ANGLES - 1)
    centre = draw(-5 * 32, 5 * 32, 2)
    background = draw(20, 130, 3)
    gradient = draw(-3, 3, 2, 3)
    stripes = draw(0, 12, 2)
    stripe_direction = draw(0, _ANGLES - 1, 2)
    stripe_period = draw(4, 10, 2)
    # The shape is brighter than what is behind it, in every channel by another amount.
    contrast = draw(30, 120, 3)
    noise = draw(-14, 14, SIDE, SIDE, 3) + draw(-14, 14, SIDE, SIDE, 3)

    chunks = []
    for start in range(0, PER_CLASS, _CHUNK):
        rows = slice(start, start + _CHUNK)
        coverage = _coverage(number, radius[rows], angle[rows], centre[rows])
        y, x = np.mgrid[:SIDE, :SIDE].astype(np.int32)[:, np.newaxis] - SIDE // 2
        behind = (
            background[rows, np.newaxis, np.newaxis]
            + y[..., np.newaxis] * gradient[rows, np.newaxis, np.newaxis, 0]
            + x[..., np.newaxis] * gradient[rows, np.newaxis, np.newaxis, 1]
        )
        shape = behind + contrast[rows, np.newaxis, np.newaxis]
        behind = behind + _stripes(x, y, stripes, stripe_direction, stripe_period, rows, 0)
        shape = shape + _stripes(x, y, stripes, stripe_direction, stripe_period, rows, 1)
        whole = _SAMPLES**2
        mixed = (shape * coverage + behind * (whole - coverage)) // whole + noise[rows]
        chunks.append(np.clip(mixed, 0, 255).astype(np.uint8))
    return np.concatenate(chunks)


def _coverage(number: int, radius: Integers, angle: Integers, centre: Integers) -> Integers:
    """How many of a pixel's sample points lie in the shape: `(images, 32, 32, 1)`."""
    points = SIDE * _SAMPLES
    # Sample points in 1/32 pixel from the middle of the picture.
    line = (np.arange(points, dtype=np.int32) * 2 + 1) * 16 // _SAMPLES - SIDE * 16
    y = line[np.newaxis, :, np.newaxis] - centre[:, 0, np.newaxis, np.newaxis]
    x = line[np.newaxis, np.newaxis, :] - centre[:, 1, np.newaxis, np.newaxis]
    sine = _SINE[angle][:, np.newaxis, np.newaxis]
    cosine = _SINE[(angle + _ANGLES // 4) % _ANGLES][:, np.newaxis, np.newaxis]
    # Turned, and scaled so that the radius is `_UNIT`: at most 724 * 2 * 2**14 before the shift.
    scale = _UNIT * 16 // radius[:, np.newaxis, np.newaxis]
    u = ((x * cosine + y * sine) // _TURN) * scale // 16
    v = ((y * cosine - x * sine) // _TURN) * scale // 16
    inside = _SHAPES[CLASS_NAMES[number]](u, v)
    counted: Integers = inside.reshape(-1, SIDE, _SAMPLES, SIDE, _SAMPLES).sum(
        (2, 4), dtype=np.int32
    )
    return counted[..., np.newaxis]


def _stripes(
    x: Integers, y: Integers, height: Integers, direction: Integers,
    period: Integers, rows: slice, which: int,
) -> Integers:  # fmt: skip
    """A triangle wave across the picture, `(images, 32, 32, 1)`, between plus and minus height."""
    pick = (rows, which, np.newaxis, np.newaxis)
    cosine = _SINE[(direction[pick] + _ANGLES // 4) % _ANGLES]
    along = (x * cosine + y * _SINE[direction[pick]]) * 64 // _TURN
    length = 64 * period[pick]
    wave: Integers = np.abs(along % length * 2 - length)  # 0 to length
    return ((2 * wave - length) * height[pick] // length)[..., np.newaxis]


def _part(share: float) -> int:
    return round(share * _UNIT)


def _disk(u: Integers, v: Integers) -> Inside:
    return u * u + v * v < _UNIT**2


def _ring(u: Integers, v: Integers) -> Inside:
    return _disk(u, v) & (u * u + v * v > _part(0.55) ** 2)


def _square(u: Integers, v: Integers) -> Inside:
    return np.maximum(np.abs(u), np.abs(v)) < _part(0.8)


def _bar(u: Integers, v: Integers) -> Inside:
    return (np.abs(u) < _UNIT) & (np.abs(v) < _part(0.4))


def _violated(u: Integers, v: Integers, sides: int, distance: float) -> Integers:
    """Beyond how many of the lines around the middle a point lies."""
    count = np.zeros(u.shape, np.int32)
    for side in range(sides):
        turn = 2 * math.pi * side / sides
        cosine, sine = round(_UNIT * math.cos(turn)), round(_UNIT * math.sin(turn))
        count += u * cosine + v * sine > _part(distance) * _UNIT
    return count


def _triangle(u: Integers, v: Integers) -> Inside:
    return _violated(u, v, 3, 0.5) < 1


def _pentagon(u: Integers, v: Integers) -> Inside:
    return _violated(u, v, 5, 0.81) < 1


def _star(u: Integers, v: Integers) -> Inside:
    # The points of a pentagram lie beyond one of its five lines, its heart beyond none.
    return _violated(u, v, 5, 0.31) <= 1


def _cross(u: Integers, v: Integers) -> Inside:
    narrow, wide = np.minimum(np.abs(u), np.abs(v)), np.maximum(np.abs(u), np.abs(v))
    return (narrow < _part(0.3)) & (wide < _part(0.95))


def _crescent(u: Integers, v: Integers) -> Inside:
    bite = (u - _part(0.5)) ** 2 + v * v < _part(0.85) ** 2
    return _disk(u, v) & ~bite


def _half_disk(u: Integers, v: Integers) -> Inside:
    return _disk(u - _part(0.4), v) & (u < _part(0.4))


_SHAPES = {
    "disk": _disk,
    "ring": _ring,
    "square": _square,
    "bar": _bar,
    "triangle": _triangle,
    "pentagon": _pentagon,
    "star": _star,
    "cross": _cross,
    "crescent": _crescent,
    "half disk": _half_disk,
}
# Rounded to integers once, so that no system's last bit of a sine reaches a picture.
_SINE = np.array(
    [round(_TURN * math.sin(2 * math.pi * step / _ANGLES)) for step in range(_ANGLES)], np.int32
)
