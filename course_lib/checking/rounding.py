"""Whether two values are the same but for the rounding of another processor.

Sums are taken in another order on another processor, with another number of threads or another
backend. What that changes is small beside the size of the array, not beside each of its numbers:
where large terms cancel, what is left is as wrong as they were. So an array is compared on the
scale of its largest number. Everything that is not a float must be exactly equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.checking.wire import Other

_RELATIVE = {"float16": 4e-3, "float32": 1e-5, "float64": 1e-5}
"""Of the largest number. The same for both wide types: a float64 may have gone through float32."""
_ABSOLUTE = 1e-9
"""What is left of numbers that cancel altogether."""


def same_but_for_rounding(one: Any, other: Any) -> bool:
    """Whether two plain values have the same structure, and floats that differ by rounding only.

    Args:
        one: a value of `wire.unpack`, or a tree of JSON.
        other: the same.
    """
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return _close(np.asarray(one), np.asarray(other))
    if isinstance(one, np.ndarray):
        return _close(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(
            same_but_for_rounding(one[key], other[key]) for key in one
        )
    if isinstance(one, (list, tuple)):
        if _is_vector(one) and _is_vector(other):
            return _close(np.asarray(one), np.asarray(other))
        return len(one) == len(other) and all(map(same_but_for_rounding, one, other))
    if isinstance(one, Other):
        return (one.type_name, one.text) == (other.type_name, other.text)
    return bool(one == other)


def _is_vector(values: Sequence[Any]) -> bool:
    """Whether these are floats, which have a scale in common."""
    return bool(values) and all(type(value) is float for value in values)


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind != "f":
        return bool(np.array_equal(one, other))
    finite = np.isfinite(one)
    if not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return False
    if not np.isfinite(other[finite]).all():
        return False
    wide, wide_other = one[finite].astype(np.float64), other[finite].astype(np.float64)
    scale = np.abs(wide).max(initial=0.0)
    off = np.abs(wide - wide_other).max(initial=0.0)
    return bool(off <= _RELATIVE[one.dtype.name] * scale + _ABSOLUTE)
