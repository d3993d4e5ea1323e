"""How a wrong answer is related to the right one, in words that point to the cause.

A known mistake is one form of a slip. What many forms have in common shows in the numbers: a sign,
a factor, an axis turned round, two results exchanged. What is said here is true of the numbers
compared, whatever the code that made them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_lib.checking.arrays import sizes
from course_lib.checking.differences import is_table, value_difference
from course_lib.checking.finding import Finding
from course_lib.checking.shown import number, numbers_apart

_LEAST = 3
"""So many different numbers must agree before it is no accident."""
_MOST = 1_000_000
"""Larger arrays are not looked at."""
_PARTS = 64
"""More parts are not tried in another order."""
_SMALL = 12
"""Whole numbers up to here are multiples and squares of each other by accident."""
_CLOSE = 1e-4
_SHARE = 1e-3
"""Of what is wrong, so much may a relation leave unexplained: rounding."""


def related(
    found: Finding, expected: Any, observed: Any, rtol: float, atol: float, names: Sequence[str]
) -> Finding:
    """The finding, with a sentence on how what came is related to what was expected, if it is.

    Args:
        found: the first difference of the two values.
        expected, observed: plain values.
        rtol, atol: the tolerance with which they were compared.
        names: what the parts of a sequence are called.
    """
    with np.errstate(all="ignore"):
        relation = _of_values(expected, observed, rtol, atol, names)
    return replace(found, message=f"{found.message} {relation}") if relation else found


def _of_values(
    expected: Any, observed: Any, rtol: float, atol: float, names: Sequence[str] = ()
) -> str:
    parts = _parts(expected, observed, names)
    if not parts:
        return _of_numbers(expected, observed)
    for name, want, got in parts:
        if value_difference(want, got, rtol, atol) is None:
            continue
        for other, theirs, _ in parts:
            if other != name and _tells(theirs) and not value_difference(theirs, got, rtol, atol):
                return f"It is what belongs to {other}."
        return _of_values(want, got, rtol, atol)
    return ""


def _parts(expected: Any, observed: Any, names: Sequence[str]) -> list[tuple[str, Any, Any]]:
    """The parts of two values, with their names; none of arrays, and of what does not fit."""
    if isinstance(expected, dict) and isinstance(observed, dict):
        return [(repr(k), want, observed[k]) for k, want in expected.items() if k in observed]
    if not isinstance(expected, (list, tuple)) or not (names or not is_table(expected)):
        return []
    if not isinstance(observed, (list, tuple)) or len(observed) != len(expected):
        return []
    labels = [*names, *(f"result[{index}]" for index in range(len(names), len(expected)))]
    return list(zip(labels, expected, observed, strict=False))


def _tells(value: Any) -> bool:
    """Whether a value is not found elsewhere by accident."""
    size = sizes(value)
    if size is None:
        return False
    values = np.asarray(value)
    if not size:
        return bool(abs(values) > _SMALL or not float(values).is_integer())
    return _is_varied(values)


def _is_varied(values: np.ndarray) -> bool:
    return len(np.unique(values)) >= _LEAST


def _of_numbers(expected: Any, observed: Any) -> str:
    """How two numbers or arrays of one shape are related; of two shapes, where they differ."""
    if sizes(expected) is None or sizes(observed) is None:
        return ""
    want, got = np.asarray(expected), np.asarray(observed)
    if want.shape != got.shape:
        return _of_shapes(want.shape, got.shape)
    if want.size > _MOST or not want.size:
        return ""
    want, got = want.astype(np.float64), got.astype(np.float64)
    if not (np.isfinite(want).all() and np.isfinite(got).all()):
        return ""
    if not want.ndim:
        return _of_two(float(want), float(got))
    pair = _Pair(want, got, _SHARE * float(np.abs(got - want).max()))
    return next(pair.relations() if _is_varied(want) else pair.exchanged(), "")


def _of_shapes(want: tuple[int, ...], got: tuple[int, ...]) -> str:
    """Along which axes a shape is off, if it is not off along all."""
    if len(want) != len(got) or sorted(want) == sorted(got):
        return ""
    off = [axis for axis, (a, b) in enumerate(zip(want, got, strict=True)) if a != b]
    right = len(want) - len(off)
    if not right:
        return ""
    text = " and ".join(
        f"axis {axis} is {abs(got[axis] - want[axis])} too "
        f"{'long' if got[axis] > want[axis] else 'short'}"
        for axis in off
    )
    return f"A{text[1:]}; the other {'axis is' if right == 1 else 'axes are'} right."


def _of_two(want: float, got: float) -> str:
    """How two numbers are related."""
    pair = _Pair(np.array(want), np.array(got), _SHARE * abs(got - want))
    if want and pair.same(got, -want):
        return "It has the wrong sign."
    is_whole = want.is_integer() and got.is_integer()
    if is_whole and abs(got - want) == 1:
        return f"It is 1 too {_size(got - want)}."
    if not want or not got or (is_whole and min(abs(want), abs(got)) <= _SMALL):
        return ""
    if words := _whole_factor(got / want):
        return f"It is {words}."
    return next((f"It is {name} of the right one." for name in pair.powers()), "")


@dataclass(frozen=True)
class _Pair:
    """A right array and a wrong one of its shape.

    Attributes:
        rounding: what two numbers may differ by and be the same.
    """

    want: np.ndarray
    got: np.ndarray
    rounding: float

    def same(self, one: Any, other: Any) -> bool:
        """Whether two arrays are equal, but for rounding."""
        return bool(np.all(self._equal(one, other)))

    def _equal(self, one: Any, other: Any) -> Any:
        size = np.abs(np.asarray(other))
        close = _CLOSE * size + 1e-2 * _CLOSE * float(size.max(initial=0.0))
        return np.abs(one - other) <= np.minimum(close, self.rounding)

    def relations(self) -> Iterator[str]:
        """What is true of all numbers, then what is true of those that are wrong."""
        want, got = self.want, self.got
        if not got.any():
            yield "Yours are all 0."
            return
        if (got == got.flat[0]).all():
            yield "Yours are all the same number."
            return
        if self.same(got, -want):
            yield "All have the wrong sign."
        yield from self._by_one(want, got, "Each is")
        yield from self._moved()
        if self.same(np.abs(got), np.abs(want)):
            yield "Only signs are wrong."
        yield from (f"Each is {name} of the right one." for name in self.powers())
        yield from self._by_place()
        yield from self._of_the_wrong()

    def exchanged(self) -> Iterator[str]:
        """How an array is related to one of two numbers, such as a mask."""
        numbers = np.unique(self.want)
        if len(numbers) == 2 and self.same(self.got, numbers.sum() - self.want):
            low, high = map(number, numbers)
            yield f"{low} and {high} are exchanged everywhere."
        if len(numbers) == 2 and self.want.size >= 2 * _LEAST:
            yield from self._moved()

    def _by_one(self, want: np.ndarray, got: np.ndarray, each: str) -> Iterator[str]:
        """One factor, or one difference, for all of these numbers."""
        factor = float(np.sum(got * want) / np.sum(want * want))
        if factor and np.isfinite(factor) and self.same(got, factor * want):
            words = _whole_factor(factor) or f"{_not_one(factor)} times the right one"
            yield f"{each} {words}."
        shift = float(np.mean(got - want))
        if self.same(got, want + shift):
            yield f"{each} {number(abs(shift), 4)} too {_size(shift)}."

    def _moved(self) -> Iterator[str]:
        """The right numbers in other places."""
        want, got = self.want, self.got
        for axis in range(want.ndim):
            if self.same(np.flip(got, axis), want):
                yield f"They are the right ones in reverse order{_along(axis, want)}."
        if want.ndim > 1 and self.same(np.flip(got), want):
            yield "They are the right ones in reverse order along all axes."
        if want.T.shape == want.shape and want.ndim == 2 and self.same(got.T, want):
            yield "Rows and columns are exchanged."
        for axis in range(want.ndim):
            mine, right = np.moveaxis(got, axis, 0), np.moveaxis(want, axis, 0)
            for early, late, when in ((mine, right, "early"), (right, mine, "late")):
                if _is_varied(right[1:-1]) and self.same(early[:-1], late[1:]):
                    where = _along(axis, want)
                    yield f"They are the right ones, one place too {when}{where}."
        for axis in reversed(range(want.ndim)):
            if self._is_order(np.moveaxis(want, axis, 0), np.moveaxis(got, axis, 0)):
                what = f"The parts along axis {axis}" if want.ndim > 1 else "They"
                yield f"{what} are the right ones in another order."
        if self.same(np.sort(got, axis=None), np.sort(want, axis=None)):
            yield "They are the right numbers in other places."

    def _is_order(self, want: np.ndarray, got: np.ndarray) -> bool:
        """Whether the parts of two arrays are the same, in another order."""
        left = list(got) if 1 < len(want) <= _PARTS else []
        for part in want if left else ():
            match = next((i for i, other in enumerate(left) if self.same(other, part)), None)
            if match is None:
                return False
            del left[match]
        return 1 < len(want) <= _PARTS

    def powers(self) -> Iterator[str]:
        """What the numbers are of the right ones, if it is something simple."""
        for name, other in (
            ("the square", self.want**2),
            ("the root", np.sqrt(self.want)),
            ("the reciprocal", 1 / self.want),
            ("the logarithm", np.log(self.want)),
        ):
            if np.isfinite(other).all() and self.same(self.got, other):
                yield name

    def _by_place(self) -> Iterator[str]:
        """A difference, or a factor, that each place along one axis has of its own."""
        for axis in reversed(range(self.want.ndim)):
            count = self.want.shape[axis]
            if count < 2 or self.want.size < _LEAST * count:
                continue
            want, got = (np.moveaxis(a, axis, 0).reshape(count, -1) for a in (self.want, self.got))
            shifts = np.mean(got - want, axis=1, keepdims=True)
            each = f"Each place along axis {axis} is off by a"
            if self.same(got, want + shifts):
                yield f"{each} number of its own: {_few(shifts)}."
            shares = np.sum(got * want, axis=1, keepdims=True)
            factors = shares / np.sum(want * want, axis=1, keepdims=True)
            if factors.all() and np.isfinite(factors).all() and self.same(got, want * factors):
                yield f"{each} factor of its own: {_few(factors)}."

    def _of_the_wrong(self) -> Iterator[str]:
        """What the wrong numbers have in common, where others are right."""
        wrong = ~self._equal(self.got, self.want)
        mine, right = self.got[wrong], self.want[wrong]
        if not 1 < mine.size < wrong.size:
            return
        if not mine.any():
            yield "Those that are wrong are 0, and should not be."
        elif not right.any():
            yield "Those that are wrong should be 0."
        elif self.same(mine, -right):
            yield "Those that are wrong have the wrong sign."
        elif _is_varied(right):
            yield from self._by_one(right, mine, "Each that is wrong is")
        for axis, length in enumerate(wrong.shape):
            others = tuple(i for i in range(wrong.ndim) if i != axis)
            places = np.flatnonzero(wrong.any(axis=others)).tolist()
            if length > _LEAST and set(places) <= {0, length - 1}:
                ends = " and ".join("the last" if place else "the first" for place in places)
                verb = "is" if len(places) == 1 else "are"
                yield f"Only {ends}{_along(axis, wrong)} {verb} wrong."
        for axis in reversed(range(wrong.ndim)):
            yield from _in_a_row(axis, wrong)


def _in_a_row(axis: int, wrong: np.ndarray) -> Iterator[str]:
    """Places along an axis, next to each other, where all that is wrong lies: one branch's maps."""
    others = tuple(i for i in range(wrong.ndim) if i != axis)
    places = np.flatnonzero(wrong.any(axis=others))
    first, last, length = int(places[0]), int(places[-1]), wrong.shape[axis]
    if length <= _LEAST or last - first + 1 != len(places) or 2 * len(places) > length:
        return
    which = f"places {first} to {last}" if last > first else f"place {first}"
    verb = "are" if last > first else "is"
    yield f"Only {which} of {length}{_along(axis, wrong)} {verb} wrong, counted from 0."


def _whole_factor(factor: float) -> str:
    """A factor in words, if it or its reciprocal is a whole number."""
    if not 1e-9 < abs(factor) < 1e9:
        return ""
    sign = "minus " if factor < 0 else ""
    for size, words in (
        (abs(factor), "{:,} times the right one"),
        (1 / abs(factor), "the right one divided by {:,}"),
    ):
        if round(size) > 1 and abs(size - round(size)) <= _CLOSE * size:
            return sign + words.format(round(size))
    return ""


def _not_one(factor: float) -> str:
    """A factor with four digits, or as many as tell it from 1."""
    text = number(factor, 4)
    return numbers_apart(factor, 1.0)[0] if text == "1" else text


def _along(axis: int, array: np.ndarray) -> str:
    return f" along axis {axis}" if array.ndim > 1 else ""


def _size(difference: float) -> str:
    return "large" if difference > 0 else "small"


def _few(values: np.ndarray) -> str:
    values = np.where(np.abs(values) > _CLOSE * np.abs(values).max(), values, 0.0)
    first = [float(value) for value in values.ravel()[:4]]
    for digits in (3, 6, 9):  # 1, 1 and 1 would not be different numbers.
        texts = [number(value, digits) for value in first]
        if len(set(texts)) > 1:
            break
    return ", ".join(texts) + (" and so on" if values.size > len(texts) else "")
