"""Which known mistake a wrong answer shows: one rule for the student's desk and for the grader.

A known mistake is told as the cause only if nothing speaks against it. It must give the student's
answer in every wrong case that asks for the same thing, and it must not be wrong where the student
is right. And it must be no accident: 0, 1 or nothing is what many wrong functions return, so there
must be a case with another answer that it shares with the student, right or wrong.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from course_lib.checking.cases import Case, Mistake
from course_lib.checking.expectations import error_text
from course_lib.checking.probes import CallFunction, Observation, ReadAnswer
from course_lib.checking.sealed import Sealed


class Hypothesis(ABC):
    """A known mistake, asked what it makes of the cases of a check.

    Attributes:
        sentence: what a tutor says about it.
    """

    sentence: str

    @abstractmethod
    def answers(self, case: int) -> Sequence[Mistake] | None:
        """What it returns for a case.

        Returns:
            Its wrong answers: several where eigenvectors leave signs open, none where it is right
            after all. `None` if it cannot be told.
        """

    def is_settled(self, case: int) -> bool:
        """Whether these are its answers on every machine."""
        return True


class Frozen(Hypothesis):
    """A known mistake as the public cases have it."""

    def __init__(self, cases: Sequence[Case], number: int, sentence: str) -> None:
        self.sentence = sentence
        self._answers = [
            [m for m in case.mistakes if (m.number, m.sentence) == (number, sentence)]
            for case in cases
        ]

    def answers(self, case: int) -> Sequence[Mistake] | None:
        found = self._answers[case]
        return None if any(mistake.is_open for mistake in found) else found


def frozen(cases: Sequence[Case]) -> list[Frozen]:
    """The known mistakes of a check's public cases, in their order."""
    names = sorted({(m.number, m.sentence) for case in cases for m in case.mistakes})
    return [Frozen(cases, number, sentence) for number, sentence in names]


def causes(
    cases: Sequence[Case],
    wrong: Mapping[int, Observation],
    right: Set[int],
    hypotheses: Sequence[Hypothesis],
) -> dict[int, str]:
    """What a tutor says about wrong answers.

    Args:
        cases: of one check.
        wrong: the wrong answers, by the number of their case.
        right: the numbers of the cases that are right. A case that is in neither says nothing.
        hypotheses: the known mistakes, those that come first first.

    Returns:
        A sentence for each case that is explained.
    """
    found: dict[int, str] = {}
    answers = {number: _Wrong(cases[number], seen) for number, seen in wrong.items()}
    for hypothesis in hypotheses:
        for case in _explained(cases, answers, right, hypothesis):
            found.setdefault(case, hypothesis.sentence)
        if len(found) == len(wrong):
            break
    return found


@dataclass(frozen=True)
class _Wrong:
    """A wrong answer to a case."""

    case: Case
    seen: Observation

    @cached_property
    def _reading(self) -> Any:
        return self.case.expects.reading_of(self.seen.value)

    def is_of(self, mistake: Mistake) -> bool:
        """Whether it is what a mistake leads to."""
        if self.seen.outcome == "raised" or mistake.error:
            return bool(mistake.error) and error_text(self.seen) == mistake.error
        mark, asked = mistake.value, self.case.expects.answer
        if (
            isinstance(self.case.probe, ReadAnswer)
            and isinstance(mark, dict)
            and isinstance(asked, dict)
        ):
            # What was written down beside it is another answer.
            mark = {key: value for key, value in mark.items() if key in asked}
        return self.case.expects.is_marked(mark, self._reading)

    def tells(self, mistake: Mistake) -> bool:
        """Whether it, which is a mistake's answer, is one that few others would give."""
        case = self.case
        if mistake.error or not isinstance(case.probe, CallFunction):
            return True
        value = self.seen.value if isinstance(case.expects, Sealed) else mistake.value
        return case.expects.answer is None or not _is_plain(value)


def _explained(
    cases: Sequence[Case],
    wrong: Mapping[int, _Wrong],
    right: Set[int],
    hypothesis: Hypothesis,
) -> set[int]:
    """The wrong cases that a known mistake explains; none if a case speaks against it."""
    alike: set[int] = set()
    otherwise: set[int] = set()  # Here the mistake is right, and the student is not.
    is_evidence = False
    for number, answer in wrong.items():
        answers = hypothesis.answers(number)
        if answers is None:
            continue
        same = [mistake for mistake in answers if answer.is_of(mistake)]
        if same:
            alike.add(number)
            is_evidence |= any(map(answer.tells, same))
        elif not answers:
            otherwise.add(number)
        elif hypothesis.is_settled(number):
            return set()
    asked = {_asked(cases[number]) for number in alike}
    is_evidence = is_evidence or any(
        _asked(cases[number]) in asked and not _is_plain(cases[number].expects.answer)
        for number in right
    )
    if not alike or not is_evidence:
        return set()
    if any(_asked(cases[number]) in asked for number in otherwise):
        return set()
    if any(hypothesis.answers(number) and hypothesis.is_settled(number) for number in right):
        return set()
    return alike


def _asked(case: Case) -> Any:
    """What a case asks for, where a check asks for several things that have nothing in common.

    These are the entries of an answer, and functions that are handed over together by their names.
    """
    expected = case.expects.answer
    if isinstance(expected, dict):
        return _entries(expected)
    first = case.probe.args[:1] if isinstance(case.probe, CallFunction) else ()
    return first[0] if first and isinstance(first[0], str) else ""


def _entries(value: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        (key, _entries(item) if isinstance(item, dict) else ()) for key, item in value.items()
    )


def _is_plain(value: Any) -> bool:
    """Whether a value is nothing but zeros or nothing but ones, or empty."""
    numbers = list(_numbers(value))
    if any(number is None for number in numbers):
        return False
    return any(all(np.all(number == plain) for number in numbers) for plain in (0, 1))


def _numbers(value: Any) -> Sequence[Any]:
    """The numbers in a value; `None` for what is none."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in _numbers(item)]
    return [value if isinstance(value, (bool, int, float, np.ndarray)) else None]
