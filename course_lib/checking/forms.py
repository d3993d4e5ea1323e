"""The forms in which honest people give one and the same value, and what is said of each.

Beside the student's code a value is opened: a `Fraction` becomes a number, a `range` a list. What
would hide a mistake if it passed (a complex number, a set) is kept with its form, so that the judge
can name it and the call that mends it.
"""

from __future__ import annotations

import dataclasses
import itertools
import numbers
from collections.abc import Iterator, Mapping, MappingView
from typing import Any, NamedTuple

import numpy as np

_MOST_ITEMS = 100_000
"""Of what has no length and may never end."""
_REAL = 1e-5
"""An imaginary part smaller than this share of the largest number is rounding."""


class Form(NamedTuple):
    """How a value was given, where that is not how it was asked for.

    Attributes:
        name: key of `MEANINGS`.
        holds: the value in the form that was asked for, where that may pass; else `None`.
    """

    name: str
    holds: Any = None


class Meaning(NamedTuple):
    """What is said of a form.

    Attributes:
        is_what: after "The result is".
        mend: the call that mends it.
    """

    is_what: str
    mend: str


_IN_FLOAT32 = 'Compute in float32: `x.astype("float32")`, or `keras.ops.cast(x, "float32")`.'
MEANINGS = {
    "bfloat16": Meaning("in bfloat16, which keeps two digits", _IN_FLOAT32),
    "float16": Meaning("in float16, which keeps three digits", _IN_FLOAT32),
    "complex": Meaning(
        "complex", "Its imaginary part is zero but for rounding: return its `.real`."
    ),
    "imaginary": Meaning(
        "complex, and its imaginary part is not zero",
        "What was asked for is real: see where the imaginary part comes from.",
    ),
    "set": Meaning("a set, which has no order", "Make it a list: `sorted(...)`."),
    "masked": Meaning(
        "a masked array, and some of its values are masked",
        "Say what stands in their place: `.filled(0)`, or `.data` for what is below the mask.",
    ),
    "record": Meaning(
        "an object with attributes",
        "Return a dictionary, `dataclasses.asdict(...)`, or a tuple, `dataclasses.astuple(...)`.",
    ),
    "keys": Meaning(
        "a dictionary with a key that is no text", "Write every key as the task does, in quotes."
    ),
    "bytes": Meaning("bytes, not text", "Leave out the `b` in front, or use `.decode()`."),
    "member": Meaning("a member of an enumeration", "Take its `.value`."),
    "sparse": Meaning(
        "a sparse array", "Make it dense: `.toarray()`, or `tf.sparse.to_dense(...)`."
    ),
    "symbolic": Meaning(
        "a symbolic tensor, which has no numbers yet",
        "Compute with the arrays that the function is given, not with `keras.Input`.",
    ),
    "function": Meaning("a function", "Call it, with its brackets: `f()`, not `f`."),
    "endless": Meaning(
        f"an iterator of more than {_MOST_ITEMS:,} items", "Return a list of those that count."
    ),
}


def opened(value: Any) -> Any:
    """A value in a plainer form; a `Form` if it shall not pass so; itself if nothing is known.

    Args:
        value: no text, list, tuple, dictionary or array.
    """
    if isinstance(value, numbers.Number) or hasattr(value, "as_integer_ratio"):
        return number(value)
    if isinstance(value, (bytes, bytearray)):
        return Form("bytes")
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return dict(value)
        return Form("keys")
    if isinstance(value, (set, frozenset)):
        return Form("set")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return Form("record")
    if hasattr(type(value), "__members__"):
        return Form("member")
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return _tensor(value)
    if type(value).__name__ in _FUNCTIONS:
        return Form("function")
    if isinstance(value, (Iterator, MappingView)) or _is_sequence(value):
        items = list(itertools.islice(value, _MOST_ITEMS + 1))
        return items if len(items) <= _MOST_ITEMS else Form("endless")
    return value


def opened_array(array: np.ndarray) -> Any:
    """An array in a plainer form, like `opened`; the array itself if it is plain already.

    Text becomes a list; so do objects, whose items are opened in their turn.
    """
    if isinstance(array, np.ma.MaskedArray) and np.ma.getmaskarray(array).any():
        return Form("masked")
    if array.dtype.name == "bfloat16":
        return Form("bfloat16", array.astype(np.float32))
    if array.dtype.kind == "c":
        least = _REAL * max(1.0, float(np.abs(array.real).max(initial=0.0)))
        is_real = np.abs(array.imag).max(initial=0.0) <= least
        return Form("complex" if is_real else "imaginary")
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        return array.astype(np.float64)
    if array.dtype.kind == "O":
        if array.size and all(isinstance(item, numbers.Real) for item in array.flat):
            return array.astype(np.float64)
        return array.tolist()
    if array.dtype.kind in "US":
        return array.tolist()
    return array


def number(value: Any) -> Any:
    """A number as Python's own, as far as a message can hold it; itself if it is none."""
    if type(value) is float or (type(value) is int and abs(value) < 2**63):
        return value  # Nearly always, and abstract classes are slow to ask.
    if isinstance(value, numbers.Complex) and not isinstance(value, numbers.Real):
        return opened_array(np.asarray(complex(value)))
    try:
        if isinstance(value, numbers.Integral) and abs(int(value)) < 2**63:
            return int(value)
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    except (ValueError, TypeError):
        return value


def _tensor(value: Any) -> Any:
    """What has shape and type, and is no array."""
    kind = type(value).__name__
    if hasattr(value, "toarray") or "Sparse" in kind or kind == "IndexedSlices":
        return Form("sparse")
    if hasattr(value, "to_list"):  # A ragged tensor.
        return value.to_list()
    return Form("symbolic") if kind.endswith("Tensor") else value


def _is_sequence(value: Any) -> bool:
    return hasattr(type(value), "__len__") and hasattr(type(value), "__getitem__")


_FUNCTIONS = ("function", "method", "builtin_function_or_method", "partial", "type", "ufunc")
