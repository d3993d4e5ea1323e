"""How two plain values differ: numbers, texts, arrays, and sequences of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.checking.finding import Finding


def value_difference(
    expected: Any,
    observed: Any,
    rtol: float,
    atol: float,
    path: str = "",
    names: Sequence[str] = (),
) -> Finding | None:
    """The first difference between two plain values, or `None`.

    Args:
        path: where in the result the values stand.
        names: what the parts of a sequence are called, if they have names.
    """
    if isinstance(expected, (list, tuple)) and _is_ragged(expected):
        return _sequence_difference(expected, observed, rtol, atol, path, names)
    if isinstance(expected, dict):
        return _dict_difference(expected, observed, rtol, atol, path)
    if expected is None or isinstance(expected, str):
        if type(observed) is type(expected) and observed == expected:
            return None
        return Finding(_wrong("value", path), short(expected), short(observed), path)
    return _number_difference(expected, observed, rtol, atol, path)


def _sizes(value: Any) -> tuple[int, ...] | None:
    """The shape of nested lists of numbers; `None` if they are no array."""
    if not isinstance(value, (list, tuple)):
        return () if isinstance(value, (bool, int, float)) else None
    inside = {_sizes(item) for item in value}
    shape = next(iter(inside), ())
    return None if shape is None or len(inside) > 1 else (len(value), *shape)


def _is_ragged(value: Sequence[Any]) -> bool:
    """Whether a sequence is more than a plain vector of numbers."""
    return not all(isinstance(v, (bool, int, float)) for v in value)


def _sequence_difference(
    expected: Sequence[Any],
    observed: Any,
    rtol: float,
    atol: float,
    path: str,
    names: Sequence[str],
) -> Finding | None:
    if not isinstance(observed, (list, tuple)) or len(observed) != len(expected):
        got = len(observed) if isinstance(observed, (list, tuple)) else short(observed)
        wanted = f"{len(expected)} ({', '.join(names)})" if names else str(len(expected))
        return Finding(_wrong("number of results", path), wanted, str(got), path)
    for index, (want, got) in enumerate(zip(expected, observed, strict=True)):
        place = names[index] if index < len(names) else f"{path}[{index}]"
        found = value_difference(want, got, rtol, atol, place)
        if found:
            return found
    return None


def _dict_difference(
    expected: dict[str, Any], observed: Any, rtol: float, atol: float, path: str
) -> Finding | None:
    if not isinstance(observed, dict):
        return Finding(_wrong("type", path), "a dictionary", short(observed), path)
    for key, want in expected.items():
        if key not in observed:
            return Finding(f"The entry {key!r} is missing.", key, short(sorted(observed)), path)
        found = value_difference(want, observed[key], rtol, atol, f"{path}[{key!r}]")
        if found:
            return found
    return None


def _number_difference(
    expected: Any, observed: Any, rtol: float, atol: float, path: str
) -> Finding | None:
    want = np.asarray(expected)
    if not isinstance(observed, (bool, int, float, np.ndarray)) and _sizes(observed) is None:
        nothing = "Nothing was returned: is there a `return`?" if observed is None else ""
        return Finding(_wrong("type", path), _kind(want), short(observed), path, hint=nothing)
    got = np.asarray(observed)
    if got.shape != want.shape:
        return Finding(
            _wrong("shape", path), str(want.shape), str(got.shape), path, _shape_hint(want, got)
        )
    wide_want, wide_got = want.astype(np.float64), got.astype(np.float64)
    finite = np.isfinite(wide_want)
    if not np.isfinite(wide_got[finite]).all():
        index = _first(finite & ~np.isfinite(wide_got))
        return Finding(
            "The result contains NaN or infinity.",
            _number(want[index]),
            _number(got[index]),
            path + _place(index),
        )
    with np.errstate(invalid="ignore"):
        off = np.abs(wide_got - wide_want)
        bad = finite & (off > atol + rtol * np.abs(wide_want))
    bad |= ~finite & ~((wide_got == wide_want) | (np.isnan(wide_got) & np.isnan(wide_want)))
    if not bad.any():
        return None
    index = _first(bad)
    if want.ndim == 0:
        return Finding(_wrong("value", path), _number(want[()]), _number(got[()]), path)
    largest = float(off[finite].max()) if finite.any() else float("nan")
    named = f" of {path}" if path and not path.startswith("[") else ""
    return Finding(
        f"{int(bad.sum())} of {bad.size} values{named} are wrong, by up to {largest:.3g}.",
        _number(want[index]),
        _number(got[index]),
        path + _place(index),
    )


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
    if want.shape != got.shape:
        return ""
    with np.errstate(invalid="ignore"):
        off = np.abs(got.astype(np.float64) - want.astype(np.float64))
    if not np.isfinite(off).all():
        return f"NaN or infinity at {_place(_first(~np.isfinite(off))) or 'the only value'}"
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape))
    here = f" at {_place(index)}" if index else ""
    return f"by up to {off[index]:.3g}{here}: {_number(got[index])}, not {_number(want[index])}"


def _shapes(want: Any, got: Any) -> str:
    if isinstance(want, np.ndarray) and isinstance(got, np.ndarray):
        return f"shape {got.shape}, not {want.shape}"
    return f"{short(got)}, not {short(want)}"


def _shape_hint(want: np.ndarray, got: np.ndarray) -> str:
    if sorted(want.shape) == sorted(got.shape) and want.ndim > 1:
        return "The right sizes in another order: check which axis is which."
    if got.size == want.size:
        return "The right number of values in another shape: is a `reshape` missing?"
    return ""


def _first(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def _place(index: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, index))}]" if index else ""


def _wrong(what: str, path: str) -> str:
    if not path:
        return f"The {what} is wrong."
    return f"The {what} of {'result' if path.startswith('[') else ''}{path} is wrong."


def _kind(want: np.ndarray) -> str:
    return f"an array of shape {want.shape}" if want.ndim else "a number"


def _number(value: Any) -> str:
    return f"{value.item():.6g}" if value.dtype.kind == "f" else str(value.item())


def short(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
