"""Wrong answers that are the right answers to another question, or differ from them by an argument.

A student may have ignored an argument, taken one for another, or left an example out. Then what
came is what the solution gives for other arguments, whatever way the student's code went.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import combinations, permutations
from typing import Any

import numpy as np

from course_lib.checking.cases import Case
from course_lib.checking.differences import value_difference
from course_lib.checking.expectations import Equal
from course_lib.checking.probes import CallFunction, Observation

Arguments = dict[str, Any]
Question = Callable[[Arguments], Arguments | None]
"""Makes other arguments of those of a call; none where it would be the same call."""


def arguments_of(case: Case, subject: Any) -> Arguments:
    """The arguments of a call by their names, defaults included; none if they have no names."""
    if not isinstance(case.probe, CallFunction):
        return {}
    try:
        signature = inspect.signature(subject)
        bound = signature.bind(*case.probe.args, **case.probe.kwargs)
    except (TypeError, ValueError):
        return {}
    if any(p.kind is not p.POSITIONAL_OR_KEYWORD for p in signature.parameters.values()):
        return {}
    bound.apply_defaults()
    return dict(bound.arguments)


def questions(arguments: Arguments) -> Iterator[tuple[str, Question]]:
    """Other questions that may have been answered, with what is said of it."""
    numbers = [name for name, value in arguments.items() if _is_number(value)]
    arrays = [name for name, value in arguments.items() if _is_array(value)]
    for name in numbers:
        for number in (0, 1):
            yield f"for `{name}` = {number}, whatever it is", partial(_set, name=name, to=number)
        for step, sign in ((1, "+"), (-1, "-")):
            if isinstance(arguments[name], int):
                yield f"for `{name} {sign} 1`", partial(_step, name=name, by=step)
    for one, other in permutations(numbers, 2):
        yield f"with `{one}` in the place of `{other}`", partial(_take, one=one, other=other)
    for one, other in [*combinations(numbers, 2), *combinations(arrays, 2)]:
        yield f"with `{one}` and `{other}` exchanged", partial(_exchange, one=one, other=other)
    for name, value in arguments.items():
        if isinstance(value, bool):
            said = f"for `{name}` = {not value}, whatever it is"
            yield said, partial(_set, name=name, to=not value)
        elif isinstance(value, (tuple, list)) and len(value) == 2 and all(map(_is_number, value)):
            for said, order in (
                ("with the two numbers of `{}` exchanged", (1, 0)),
                ("with the first number of `{}` taken for both", (0, 0)),
                ("with the second number of `{}` taken for both", (1, 1)),
            ):
                yield said.format(name), partial(_reorder, name=name, order=order)
    cut: set[int] = set()
    for name in arrays:
        yield f"for -`{name}`", partial(_change, name=name, by=np.negative)
        yield f"for `{name}` without its signs", partial(_change, name=name, by=np.abs)
        for axis in range(np.ndim(arguments[name])):
            said = f"for `{name}` turned round along its axis {axis}"
            yield said, partial(_change, name=name, by=partial(np.flip, axis=axis))
        if len(arguments[name]) in cut:
            continue  # Arrays of one length are cut together: it is the same question.
        cut.add(len(arguments[name]))
        yield f"without the first of `{name}`", partial(_cut, name=name, part=slice(1, None))
        yield f"without the last of `{name}`", partial(_cut, name=name, part=slice(None, -1))


def _set(arguments: Arguments, name: str, to: Any) -> Arguments | None:
    return _with(arguments, {name: to})


def _step(arguments: Arguments, name: str, by: int) -> Arguments | None:
    return _with(arguments, {name: arguments[name] + by})


def _take(arguments: Arguments, one: str, other: str) -> Arguments | None:
    return _with(arguments, {other: arguments[one]})


def _exchange(arguments: Arguments, one: str, other: str) -> Arguments | None:
    return _with(arguments, {one: arguments[other], other: arguments[one]})


def _reorder(arguments: Arguments, name: str, order: tuple[int, int]) -> Arguments | None:
    pair = arguments[name]
    return _with(arguments, {name: type(pair)(pair[index] for index in order)})


def _change(arguments: Arguments, name: str, by: Callable[[Any], Any]) -> Arguments | None:
    return _with(arguments, {name: by(arguments[name])})


def _cut(arguments: Arguments, name: str, part: slice) -> Arguments | None:
    """All arrays as long as this one without some of their parts."""
    length = len(arguments[name])
    others = {
        key: value[part]
        for key, value in arguments.items()
        if _is_array(value) and len(value) == length
    }
    return _with(arguments, others)


def _with(arguments: Arguments, other: Arguments) -> Arguments | None:
    same = all(
        value_difference(arguments[name], value, 0, 0) is None for name, value in other.items()
    )
    return None if same else arguments | other


def by_an_argument(
    cases: Sequence[Case], wrong: Mapping[int, Observation], right: Set[int], subject: Any
) -> str:
    """What is said of answers that are the right ones times an argument, or larger by it."""
    asked = {_entries(cases[number]) for number in wrong}
    right = {number for number in right if _entries(cases[number]) in asked}
    given = {number: _sizes(arguments_of(cases[number], subject)) for number in (*wrong, *right)}
    found, looked_at = [], list[dict[int, Any]]()
    for name in next(iter(given.values())) if given else ():
        values = {number: sizes.get(name) for number, sizes in given.items()}
        if values in looked_at:
            continue  # Two arrays of as many examples: it is the same number.
        looked_at.append(values)
        if None in values.values() or len(set(values.values())) < 2:
            continue  # Of one value alone it would be an accident.
        for said, changed, nothing in _WAYS:
            if all(
                _is_changed(cases[n].expects, seen.value, changed, values[n])
                for n, seen in wrong.items()
            ) and all(values[number] == nothing for number in right):
                found.append(said.format(f"`{name}`"))
    return found[0] if len(found) == 1 else ""


def _entries(case: Case) -> tuple[str, ...]:
    """The entries that a case asks for; none where the answer has none."""
    answer = case.expects.answer
    return tuple(map(str, answer)) if isinstance(answer, dict) else ()


_WAYS: tuple[tuple[str, Callable[[Any, Any], Any], int], ...] = (
    ("Where your answers are wrong, they are the right ones times {}.", lambda w, q: w * q, 1),
    ("Where your answers are wrong, they are the right ones divided by {}.", lambda w, q: w / q, 1),
    ("Where your answers are wrong, they are too large by {}.", lambda w, q: w + q, 0),
    ("Where your answers are wrong, they are too small by {}.", lambda w, q: w - q, 0),
)


def _sizes(arguments: Arguments) -> dict[str, Any]:
    """Numbers among arguments, and the lengths of arrays and lists."""
    found = {name: value for name, value in arguments.items() if _is_number(value) and value}
    for name, value in arguments.items():
        if _is_array(value):
            found |= {f"{name}.shape[{axis}]": size for axis, size in enumerate(value.shape)}
        elif isinstance(value, (list, tuple)):
            found[f"len({name})"] = len(value)
    return found


def _is_changed(expects: Any, got: Any, changed: Callable[[Any, Any], Any], by: Any) -> bool:
    """Whether every part of an answer is right or changed in this way, and one is changed."""
    if not isinstance(expects, Equal):
        return False
    found = []
    for want, mine in _leaves(expects.value, got):
        if value_difference(want, mine, expects.rtol, expects.atol) is None:
            continue
        if not (_is_number(want) or _is_array(want)) or not (_is_number(mine) or _is_array(mine)):
            return False
        other = changed(want, by)
        found.append(value_difference(other, mine, expects.rtol, expects.atol) is None)
    return bool(found) and all(found)


def explained_part(expects: Equal, got: Any, other: Any) -> np.ndarray | None:
    """The numbers of an answer that are wrong, if another answer has the same in their place.

    Returns:
        `None` if it has not, if none are right beside them, or if they are no numbers.
    """
    wrong, count = [], 0
    for (want, mine), (_, theirs) in zip(
        _leaves(expects.value, got), _leaves(expects.value, other), strict=False
    ):
        three = [np.asarray(value) for value in (want, mine, theirs)]
        if any(a.shape != three[0].shape or a.dtype.kind not in "iuf" for a in three):
            return None
        right, given, changed = (a.astype(np.float64) for a in three)
        rtol, atol = max(expects.rtol, _CLOSE), max(expects.atol, _CLOSE)
        is_wrong = ~np.isclose(given, right, rtol=rtol, atol=atol)
        if not np.allclose(given[is_wrong], changed[is_wrong], rtol=rtol, atol=atol):
            return None
        wrong.append(given[is_wrong])
        count += given.size
    numbers = np.concatenate(wrong) if wrong else np.zeros(0)
    return numbers if 0 < numbers.size < count else None


_CLOSE = 1e-6


def _leaves(want: Any, got: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(want, dict) and isinstance(got, dict):
        for key, value in want.items():
            yield from _leaves(value, got.get(key))
    elif isinstance(want, (list, tuple)) and isinstance(got, (list, tuple)):
        if len(want) != len(got):
            yield "", None
        for one, other in zip(want, got, strict=False):
            yield from _leaves(one, other)
    else:
        yield want, got


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.dtype.kind in "iuf"
