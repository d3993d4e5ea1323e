"""How numbers and arrays differ, and what the difference betrays of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.checking.finding import Finding
from course_lib.checking.forms import MEANINGS
from course_lib.checking.shown import numbers_apart, shown

_FLOAT16 = 2.0**-10
_ROUNDING = {"float16": (_FLOAT16, 2.0**-24), "float32": (2.0**-22, 0.0)}
"""What an answer of such a type may be off at least: two roundings, and its smallest number."""
_GATHERED = 8
"""So many roundings may have gathered, relative to the largest number."""
_FLOAT32 = 2.0**-23
_LARGE = 2**24
"""float32 holds every whole number up to here."""


def number_difference(
    expected: Any, observed: Any, rtol: float, atol: float, path: str
) -> Finding | None:
    """The first difference between numbers, or arrays of them; `None` if there is none.

    Args:
        expected: a number, an array, or nested lists of numbers.
        observed: any plain value.
        rtol, atol: the tolerance.
        path: where in the result it stands.
    """
    want = np.asarray(expected)
    if sizes(observed) is None:
        return _no_numbers(want, observed, path)
    got = np.asarray(observed)
    if got.shape != want.shape:
        return _other_shape(want, got, observed, rtol, atol, path)
    if want.dtype.kind != "b" and (found := _truth_value(expected, observed, want, path)):
        return found
    return _other_values(want, got, rtol, atol, path)


def sizes(value: Any) -> tuple[int, ...] | None:
    """The shape of numbers, arrays and nested lists of them; `None` if they are no array."""
    if isinstance(value, np.ndarray):
        return tuple(value.shape)
    if not isinstance(value, (list, tuple)):
        return () if isinstance(value, (bool, int, float)) else None
    inside = {sizes(item) for item in value}
    shape = next(iter(inside), ())
    return None if shape is None or len(inside) > 1 else (len(value), *shape)


def tolerance(observed: np.ndarray, rtol: float, atol: float) -> tuple[float, float]:
    """A tolerance, relative and absolute, that an array's type can keep."""
    relative, smallest = _ROUNDING.get(observed.dtype.name, (0.0, 0.0))
    return max(rtol, relative), max(atol, smallest)


def place(index: tuple[int, ...]) -> str:
    """An index as it is written; empty for that of a single number."""
    return f"[{', '.join(map(str, index))}]" if index else ""


def first(mask: np.ndarray) -> tuple[int, ...]:
    """The index of the first place where a mask is set."""
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def wrong(what: str, path: str) -> str:
    """The sentence that something is wrong."""
    if not path:
        return f"The {what} is wrong."
    return f"The {what} of {'result' if path.startswith('[') else ''}{path} is wrong."


def _truth_value(expected: Any, observed: Any, want: np.ndarray, path: str) -> Finding | None:
    """A `True` or `False` where a number belongs, though Python counts with it as 1 or 0.

    An answer that is wholly `True` and `False` may be a mask, where there are several of 0 and 1.
    """
    found = dict(_truth_values(observed))
    is_mask = want.ndim and len(found) == want.size and bool(np.isin(want, (0, 1)).all())
    if is_mask or any(True for _ in _truth_values(expected)):
        return None
    for where, value in found.items():
        hint = f"Return the number itself; `int({value})` makes one of it."
        here = path + place(where)
        return Finding(wrong("type", here), "a number", str(value), here, hint=hint)
    return None


def _truth_values(value: Any) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Each `True` and `False` in a number or in nested lists, with its index."""
    if isinstance(value, bool) or (isinstance(value, np.ndarray) and value.dtype == bool):
        if not np.ndim(value):
            yield (), bool(value)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from (((index, *rest), truth) for rest, truth in _truth_values(item))


def _no_numbers(want: np.ndarray, observed: Any, path: str) -> Finding:
    kind = f"an array of shape {want.shape}" if want.ndim else "a number"
    is_truth = want.dtype.kind == "b" and not want.ndim
    if is_truth:
        kind = "`True` or `False`"
    hint = ""
    if observed is None:
        hint = "It is `None`: is a `return` missing, or a value?"
    elif isinstance(observed, str) and is_truth:
        hint = "It is text. Write `True` or `False` without quotes."
    elif isinstance(observed, str):
        hint = "It is text. Write a number without quotes; `float(...)` makes one of a text."
    elif isinstance(observed, (list, tuple)):
        lengths = {len(item) for item in observed if isinstance(item, (list, tuple))}
        if len(lengths) > 1:
            hint = f"Its rows have different lengths: {', '.join(map(str, sorted(lengths)))}."
        elif any(item is None for item in observed):
            hint = "One of its items is `None`: is a `return` missing?"
    return Finding(wrong("type", path), kind, shown(observed), path, hint=hint)


def _other_shape(
    want: np.ndarray, got: np.ndarray, observed: Any, rtol: float, atol: float, path: str
) -> Finding:
    message, hint = wrong("shape", path), ""
    is_one = isinstance(observed, (list, tuple)) and len(observed) == 1
    if want.ndim == 2 and got.shape == want.shape[::-1]:
        if _other_values(want, got.T, rtol, atol, path) is None:
            message = (
                f"The result{f' {path}' if path else ''} is transposed: expected {want.shape}, "
                f"got {got.shape}."
            )
            hint = "Turn it with `.T`, or see which axis is which where it is made."
        else:
            hint = "The two axes are the other way round: check which axis is which."
    elif is_one and got.shape == (1, *want.shape):
        kind = "tuple" if isinstance(observed, tuple) else "list"
        hint = f"It is a {kind} of one item: is there a comma, or a pair of brackets, too many?"
    elif not want.ndim and got.size == 1:
        hint = "One number was asked for, and this is an array of one: take `.item()` of it."
    elif _without_ones(got) == _without_ones(want):
        hint = (
            "Only axes of length 1 differ: look at `keepdims`, `[:, np.newaxis]`, or "
            f"`.reshape{want.shape}`."
        )
    elif sorted(want.shape) == sorted(got.shape):
        hint = "The right sizes in another order: check which axis is which."
    elif got.size == want.size:
        hint = "The right number of values in another shape: is a `reshape` missing?"
    wanted = str(want.shape) if want.ndim else "a single number"
    return Finding(message, wanted, str(got.shape) if got.ndim else shown(got), path, hint)


def _without_ones(array: np.ndarray) -> list[int]:
    return [size for size in array.shape if size != 1]


def _other_values(
    want: np.ndarray, got: np.ndarray, rtol: float, atol: float, path: str
) -> Finding | None:
    """The first difference between the numbers of two arrays of one shape."""
    if want.dtype.kind == "f":
        rtol, atol = tolerance(got, rtol, atol)
    wide_want, wide_got = want.astype(np.float64), got.astype(np.float64)
    finite = np.isfinite(wide_want)
    if not np.isfinite(wide_got[finite]).all():
        index = first(finite & ~np.isfinite(wide_got))
        return Finding(
            "The result contains NaN or infinity: these come from `exp` of a large number, from "
            "`log` of 0, a division by 0 or the root of a negative number.",
            *numbers_apart(want[index], got[index]),
            path + place(index),
        )
    with np.errstate(invalid="ignore"):
        off = np.abs(wide_got - wide_want)
        bad = finite & (off > atol + rtol * np.abs(wide_want))
    bad |= ~finite & ~((wide_got == wide_want) | (np.isnan(wide_got) & np.isnan(wide_want)))
    if not bad.any():
        return None
    index = first(bad)
    hint = _rounding_hint(want, got, off) if finite.all() else ""
    if want.ndim == 0:
        texts = numbers_apart(want[()], got[()])
        return Finding(wrong("value", path), *texts, path, hint=hint)
    largest = float(off[finite].max()) if finite.any() else float("nan")
    named = f" of {path}" if path and not path.startswith("[") else ""
    count = int(bad.sum())
    return Finding(
        f"{count} of {bad.size} values{named} {'is' if count == 1 else 'are'} wrong, "
        f"by up to {largest:.3g}.",
        *numbers_apart(want[index], got[index]),
        path + place(index),
        hint=hint,
    )


def _rounding_hint(want: np.ndarray, got: np.ndarray, off: np.ndarray) -> str:
    """What to say where the numbers are right but for what their type cannot hold."""
    scale = float(np.abs(want.astype(np.float64)).max(initial=0.0))
    if got.dtype == np.float16 and off.max() <= _GATHERED * _FLOAT16 * scale:
        meaning = MEANINGS["float16"]
        return f"Your array is {meaning.is_what}, and that is all that is wrong. {meaning.mend}"
    is_count = want.dtype.kind in "iu" and got.dtype.kind == "f" and scale > _LARGE
    if is_count and (off <= _FLOAT32 * np.abs(want)).all():
        return "This is the rounding of float32: count with Python's whole numbers."
    if got.dtype.kind in "iu" and want.dtype.kind == "f" and want.ndim:
        cut = (got == np.trunc(want)) | (got == np.floor(want)) | (got == np.rint(want))
        if cut.all():
            return (
                "Your array holds whole numbers only, so every fraction is cut off: make it with "
                "`np.zeros(shape)`, not like an array of integers."
            )
    if not want.ndim and _is_rounded(float(want), float(got)):
        return "It is the right number, rounded. All of its digits are wanted here."
    if got.dtype.kind == "b" and not np.isin(want, (0, 1)).all():
        return "Your array holds `True` and `False`: it answers a question, it is not the numbers."
    return ""


def _is_rounded(want: float, got: float) -> bool:
    """Whether a whole number was written with its first three to nine digits only."""
    if abs(want) < 10_000 or want != np.rint(want) or want == got:
        return False
    return any(float(f"{want:.{digits}e}") == got for digits in range(2, 9))
