"""How two plain values differ: numbers, texts, arrays, and sequences and dictionaries of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.checking.arrays import first, number_difference, place, sizes, wrong
from course_lib.checking.finding import Finding
from course_lib.checking.forms import MEANINGS
from course_lib.checking.room import Outline
from course_lib.checking.shown import cut, numbers_apart, shown
from course_lib.checking.wire import Other

_BFLOAT16 = 2.0**-6
"""Relative to the largest number: a few roundings of bfloat16."""


def value_difference(
    expected: Any,
    observed: Any,
    rtol: float,
    atol: float,
    path: str = "",
    names: Sequence[str] = (),
) -> Finding | None:
    """The first difference between two plain values, or `None`.

    Lists, tuples and arrays are interchangeable; so are capitals and small letters, and what
    surrounds a text.

    Args:
        path: where in the result the values stand.
        names: what the parts of a sequence are called, if they have names.
    """
    if isinstance(observed, Outline):
        return _outline_difference(expected, observed, path, names)
    if isinstance(observed, Other) or isinstance(expected, Other):
        return _other_difference(expected, observed, rtol, atol, path, names)
    if isinstance(expected, (list, tuple)) and (names or not is_table(expected)):
        return _sequence_difference(expected, observed, rtol, atol, path, names)
    if isinstance(expected, dict):
        return _dict_difference(expected, observed, rtol, atol, path)
    if expected is None or isinstance(expected, str):
        return _text_difference(expected, observed, path)
    return number_difference(expected, observed, rtol, atol, path)


def is_table(values: Any) -> bool:
    """Whether these are numbers in rows of one length, and no separate arrays."""
    return sizes(values) is not None and not _has_arrays(values)


def _has_arrays(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_has_arrays, value))
    return isinstance(value, np.ndarray)


def _other_difference(
    expected: Any, observed: Any, rtol: float, atol: float, path: str, names: Sequence[str]
) -> Finding | None:
    """The difference where the value is in a form of its own, or is nothing that is asked for."""
    if not isinstance(observed, Other) or isinstance(expected, Other):
        return Finding(wrong("type", path), shown(expected), shown(observed), path)
    if observed.form not in MEANINGS:
        return Finding(wrong("type", path), _kind(expected), shown(observed), path)
    if observed.form == "bfloat16" and isinstance(observed.holds, np.ndarray):
        found = value_difference(expected, observed.holds, rtol, atol, path, names)
        scale = float(np.abs(observed.holds).max(initial=0.0))
        if found is None or value_difference(
            expected, observed.holds, rtol, max(atol, _BFLOAT16 * scale), path, names
        ):
            return found
    meaning = MEANINGS[observed.form]
    what = f"The result{'' if not path else path if path.startswith('[') else f' {path}'}"
    message = f"{what} is {meaning.is_what}."
    return Finding(message, _kind(expected), shown(observed), path, hint=meaning.mend)


def _outline_difference(
    expected: Any, observed: Outline, path: str, names: Sequence[str]
) -> Finding:
    """The difference of what is so large that only its shape is known: it cannot be right."""
    if expected is None or isinstance(expected, (str, dict)):
        return Finding(wrong("type", path), _kind(expected), shown(observed), path)
    length = observed.shape[0] if observed.shape else 0
    if isinstance(expected, (list, tuple)) and (names or not is_table(expected)):
        if length != len(expected):
            wanted = f"{len(expected)} ({', '.join(names)})" if names else str(len(expected))
            return Finding(wrong("number of results", path), wanted, str(length), path)
        here = names[0] if names else f"{path}[0]"
        return _outline_difference(expected[0], Outline(observed.shape[1:]), here, ())
    wanted = str(np.shape(expected)) if np.ndim(expected) else "a single number"
    return Finding(wrong("shape", path), wanted, str(observed.shape), path)


def _sequence_difference(
    expected: Sequence[Any],
    observed: Any,
    rtol: float,
    atol: float,
    path: str,
    names: Sequence[str],
) -> Finding | None:
    deepest = max((len(sizes(item) or ()) for item in expected), default=0)
    if isinstance(observed, np.ndarray) and observed.ndim > deepest:
        observed = observed.tolist() if observed.ndim == 1 else list(observed)
    if not isinstance(observed, (list, tuple)) or len(observed) != len(expected):
        got = len(observed) if isinstance(observed, (list, tuple)) else shown(observed)
        wanted = f"{len(expected)} ({', '.join(names)})" if names else str(len(expected))
        hint = "It is `None`: is a `return` missing, or a value?" if observed is None else ""
        return Finding(wrong("number of results", path), wanted, str(got), path, hint=hint)
    for index, (want, got) in enumerate(zip(expected, observed, strict=True)):
        here = names[index] if index < len(names) else f"{path}[{index}]"
        found = value_difference(want, got, rtol, atol, here)
        if found:
            return found
    return None


def _dict_difference(
    expected: dict[str, Any], observed: Any, rtol: float, atol: float, path: str
) -> Finding | None:
    if not isinstance(observed, dict):
        hint = ""
        if isinstance(observed, (list, tuple)) and len(observed) == len(expected):
            hint = "Give every value its name: `dict(...)`, or `._asdict()` of a named tuple."
        return Finding(wrong("type", path), _kind(expected), shown(observed), path, hint=hint)
    for key, want in expected.items():
        if key not in observed:
            there = ", ".join(map(repr, sorted(observed))) or "no entries"
            return Finding(f"The entry {key!r} is missing.", repr(key), cut(there), path)
        found = value_difference(want, observed[key], rtol, atol, f"{path}[{key!r}]")
        if found:
            return found
    return None


def _text_difference(expected: str | None, observed: Any, path: str) -> Finding | None:
    if expected is None or not isinstance(observed, str):
        if observed is None and expected is None:
            return None
        what = "value" if isinstance(observed, str) or expected is None else "type"
        hint = ""
        if isinstance(observed, (list, tuple)) and len(observed) == 1:
            hint = "One text was asked for, and this is a sequence of one: take `[0]` of it."
        return Finding(wrong(what, path), _kind(expected), shown(observed), path, hint=hint)
    if observed == expected or (bare(expected) and bare(observed) == bare(expected)):
        return None
    return Finding(wrong("value", path), shown(expected), shown(observed), path)


def bare(text: str) -> str:
    """A text without what surrounds it, in small letters: `(B) ` is `b`."""
    return re.sub(r"[\s_-]+", " ", text.strip(" \t\r\n()[]{}.,:;'\"`")).casefold()


def _kind(expected: Any) -> str:
    """What is expected, in words that give no value away."""
    if isinstance(expected, dict):
        return f"a dictionary with {', '.join(map(repr, expected))}"
    if isinstance(expected, str):
        return "a text"
    if isinstance(expected, (bool, int, float)):
        return "a number"
    if isinstance(expected, (list, tuple)):
        return "1 value" if len(expected) == 1 else f"{len(expected)} values"
    return shown(expected)


def tensor_lines(
    expected: Any, observed: Any, rtol: float, atol: float, names: Sequence[str] = ()
) -> list[str]:
    """One line for each part of a result of several arrays; none for any other result.

    A line says whether the part is exact, close (within the tolerance) or wrong, the largest
    difference, and where it is.
    """
    parts = _parts(expected, observed, names)
    if not any(isinstance(want, np.ndarray) for _, want, _ in parts):
        return []
    width = max(len(name) for name, _, _ in parts)
    lines = []
    for name, want, got in parts:
        found = value_difference(want, got, rtol, atol)
        got = got.holds if isinstance(got, Other) and got.holds is not None else got
        if found is None:
            verdict = _how_close(want, got)
        else:
            verdict = f"wrong  {_largest(want, got) or _shapes(want, got)}"
        lines.append(f"{name:{width}}  {verdict}")
    return lines


def _parts(expected: Any, observed: Any, names: Sequence[str]) -> list[tuple[str, Any, Any]]:
    if isinstance(expected, dict) and isinstance(observed, dict):
        return [(key, want, observed.get(key)) for key, want in expected.items()]
    if (
        isinstance(expected, (list, tuple))
        and isinstance(observed, (list, tuple))
        and len(expected) == len(observed)
    ):
        labels = [*names, *(f"[{index}]" for index in range(len(names), len(expected)))]
        return list(zip(labels, expected, observed, strict=False))
    return []


def _how_close(want: Any, got: Any) -> str:
    if not isinstance(want, (np.ndarray, int, float)):
        return "exact"
    with np.errstate(invalid="ignore"):
        off = np.abs(np.asarray(got, dtype=np.float64) - np.asarray(want, dtype=np.float64))
    largest = float(np.nanmax(off, initial=0.0))
    return f"close  off by at most {largest:.1e}" if largest else "exact"


def _largest(want: Any, got: Any) -> str:
    """The largest difference of two arrays of one shape and where it is; empty if there is none."""
    if not isinstance(want, np.ndarray) or not isinstance(got, np.ndarray):
        return ""
    if want.shape != got.shape or not want.size:
        return ""
    with np.errstate(invalid="ignore"):
        off = np.abs(got.astype(np.float64) - want.astype(np.float64))
    if not np.isfinite(off).all():
        return f"NaN or infinity at {place(first(~np.isfinite(off))) or 'the only value'}"
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape))
    here = f" at {place(index)}" if index else ""
    wanted, found = numbers_apart(want[index], got[index])
    return f"by up to {off[index]:.3g}{here}: {found}, not {wanted}"


def _shapes(want: Any, got: Any) -> str:
    if isinstance(want, np.ndarray) and isinstance(got, np.ndarray):
        return f"shape {got.shape}, not {want.shape}"
    return f"{shown(got)}, not {shown(want)}"
