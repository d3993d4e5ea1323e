"""Cases that are no evidence by themselves: a constant, the input or a refusal would pass them.

Such a case is worth asking: the right answer to an edge case is often 0, or an error. But who only
answers these has not solved anything, so they count once another case of the check is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_lib.checking.cases import Case, Equal, Raises
from course_lib.checking.rounding import same_but_for_rounding
from course_lib.checking.wire import Other, pack, unpack


def easy_cases(cases: Sequence[Case], public: Sequence[Case]) -> tuple[bool, ...]:
    """Which cases are easy; none, if all are: then they are what the check is about.

    Args:
        cases: of one check.
        public: the same check's public cases, whose answers everybody can read.
    """
    easy = tuple(_is_easy(case) or (_is_value(case) and is_known(case, public)) for case in cases)
    return easy if not all(easy) else (False,) * len(easy)


def _is_value(case: Case) -> bool:
    return isinstance(case.expects, (Equal, Raises))


def _is_easy(case: Case) -> bool:
    if isinstance(case.expects, Raises):
        return True
    if not isinstance(case.expects, Equal):
        return False
    expected = list(_arrays(case.expects.value))
    if not expected:
        return False
    if all(np.all(array == 0) for array in expected):
        return True
    if all(np.all(array == 1) for array in expected):
        return True
    given = list(_arrays([getattr(case.probe, "args", ()), getattr(case.probe, "kwargs", {})]))
    return len(expected) == 1 and any(same_but_for_rounding(array, expected[0]) for array in given)


def _arrays(value: Any) -> Iterator[np.ndarray]:
    """The numbers in a value; text and other things hide no easy answer."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _arrays(item)
    elif isinstance(value, (bool, int, float, np.ndarray)):
        yield np.asarray(value, dtype=float)
    elif value is not None and not isinstance(value, Other):
        yield np.asarray(np.nan)


def is_known(case: Case, public: Sequence[Case]) -> bool:
    """Whether one of these cases asks the same and expects the same.

    They may have been frozen on another machine, so the rounding does not count.
    """
    content = _content_of(case)
    return any(same_but_for_rounding(content, _content_of(known)) for known in public)


def _content_of(case: Case) -> Any:
    return unpack(*pack((case.probe.to_value(), case.expects.to_value())))
