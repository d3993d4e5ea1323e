"""Sketches: what a known mistake returns, recognised without keeping all of it.

The *sketch* of an array is its shape and 32 sums. Each of its numbers goes into one of the sums,
with a sign; a hash of its place says into which one and with which sign (Charikar, Chen and
Farach-Colton, "Finding Frequent Items in Data Streams", 2002: the count sketch). A sum
may be off by what its numbers may be off together; a number that is off by more shows, and so do
numbers that stand in other places. A sketch is plain data.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.checking.arrays import sizes, tolerance
from course_lib.checking.differences import value_difference

_SUMS = 32
_LARGE = 2 * _SUMS
"""Arrays of no more numbers are kept as they are."""
_FLOAT32 = 2.0**-23
"""Relative: what the sums have lost in float32."""
_SHAPE, _OF = "sketch of shape", "sums"


def sketched(value: Any) -> Any:
    """A plain value with sketches in place of its large arrays.

    Those with NaN or infinity, and those of one number only, are kept: the first have no sums, and
    the second weigh nothing once they are compressed.
    """
    if isinstance(value, dict):
        return {key: sketched(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(sketched, value))
    if not isinstance(value, np.ndarray) or value.size <= _LARGE:
        return value
    if not np.isfinite(value).all() or value.min() == value.max():
        return value
    return {_SHAPE: value.shape, _OF: _sums(value.astype(np.float64)).astype(np.float32)}


def is_of(sketch: Any, value: Any, rtol: float, atol: float) -> bool:
    """Whether a value is the one that `sketched` was given, within a tolerance.

    Args:
        sketch: what `sketched` returned.
        value: any plain value.
        rtol, atol: the tolerance of each number.
    """
    if not _has_sketch(sketch):
        return value_difference(sketch, value, rtol, atol) is None
    if isinstance(sketch, dict):
        if _SHAPE in sketch:
            return _has_sums(sketch, value, rtol, atol)
        return isinstance(value, dict) and all(
            key in value and is_of(part, value[key], rtol, atol) for key, part in sketch.items()
        )
    if isinstance(value, np.ndarray) and value.ndim:
        value = list(value)
    if not isinstance(value, (list, tuple)) or len(value) != len(sketch):
        return False
    return all(is_of(*parts, rtol, atol) for parts in zip(sketch, value, strict=True))


def _has_sketch(value: Any) -> bool:
    if isinstance(value, dict):
        return _SHAPE in value or any(map(_has_sketch, value.values()))
    return isinstance(value, (list, tuple)) and any(map(_has_sketch, value))


def _has_sums(sketch: dict[str, Any], value: Any, rtol: float, atol: float) -> bool:
    shape, sums = tuple(sketch[_SHAPE]), sketch[_OF].astype(np.float64)
    if sizes(value) != shape:
        return False
    given = np.asarray(value)
    wide = given.astype(np.float64)
    if not np.isfinite(wide).all():
        return False
    rtol, atol = tolerance(given, rtol, atol)
    # What each number may be off, and all those of a sum together.
    allowed = _sums(atol + rtol * np.abs(wide), signed=False)
    return bool((np.abs(_sums(wide) - sums) <= allowed + _FLOAT32 * np.abs(sums)).all())


def _sums(array: np.ndarray, signed: bool = True) -> np.ndarray:
    """The sums of an array: float64 `(32,)`."""
    # The finalizer of SplitMix64: the same numbers with every release of NumPy.
    places = np.arange(1, array.size + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    places = (places ^ (places >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    places = (places ^ (places >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    places ^= places >> np.uint64(31)
    numbers = array.ravel()
    if signed:
        numbers = np.where(places >> np.uint64(63), -numbers, numbers)
    return np.bincount((places % np.uint64(_SUMS)).astype(np.intp), numbers, minlength=_SUMS)
