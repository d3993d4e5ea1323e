"""A wrong answer that no known mistake gives: is it that of a right solution but for one thing?

The solution is changed in one place at a time (`edits`), in the lines that the wrong cases run, and
the changed solution is asked what was asked of the student. One whose answers are the student's in
every wrong case, and right where the student is right, tells what is different. If two that have
nothing to do with each other explain the same, nothing is told.

All this is counted in lines of Python that are run, so that it ends everywhere at the same place.
"""

from __future__ import annotations

import contextlib
import logging
import random
import threading
import warnings
import weakref
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cached_property
from typing import Any

import numpy as np

from autograder.grading.near_misses._changing import Changing, Edits
from autograder.grading.near_misses._edits import Place, edits_of
from autograder.grading.near_misses._one_use import Turn, in_one_use
from autograder.grading.near_misses._questions import (
    Question,
    arguments_of,
    by_an_argument,
    explained_part,
    questions,
)
from autograder.grading.near_misses._watch import TooLong, Watch
from autograder.source.reference import Reference
from course_lib.checking.cases import Case, Mistake
from course_lib.checking.causes import Hypothesis, causes
from course_lib.checking.expectations import Equal
from course_lib.checking.probes import CallFunction, Observation, Probe, run_probe

_log = logging.getLogger(__name__)
_SAID = "Your answers are those of a right solution but for one thing: {what}."
_SAID_PARTLY = (
    "Where your values are wrong, they are those of a right solution but for one thing: {what}."
)
_PARTLY = "partly"
_ASKED = "Your answers are the right ones {how}."
_LINES = 1_000_000
"""So many lines are run for the wrong answers to one check."""
_LINES_FOR_ONE_PLACE = 300_000
"""And so many of them for slips in one of several places: there are many of these."""
_LINES_OF_ONE = 300_000
"""And so many for one case: what takes more is not tried."""
_LINES_TO_ASK = 100
"""What it costs to ask, in lines."""
_SMALL = 12
_MANY = 24
"""The same where only a part of the values is looked at."""
_ENOUGH = 4
"""Numbers that must agree before it is no accident; one that is not small and whole is enough."""

Asked = Callable[[int], Probe | None]


class NearMisses:
    """Finds what one thing is different in wrong answers to the checks of a notebook.

    Args:
        right: the solution, which is changed meanwhile and afterwards as it was.
        lock: held by everybody who uses it.
    """

    def __init__(self, right: Reference, lock: threading.RLock) -> None:
        self._right, self._lock = right, lock
        self._found: weakref.WeakKeyDictionary[Observation, dict[int, str]]
        self._found = weakref.WeakKeyDictionary()

    def causes(
        self, check: str, cases: Sequence[Case], wrong: Mapping[int, Observation], right: Set[int]
    ) -> dict[int, str]:
        """What is different, in a sentence for each wrong case that is explained.

        Args:
            check: its name.
            cases: of the check.
            wrong: the wrong answers that nothing else explains, by the number of their case.
            right: the numbers of the cases that are right.
        """
        wrong = {n: seen for n, seen in wrong.items() if _may_be_near(cases[n], seen)}
        if not wrong:
            return {}
        first = next(iter(wrong.values()))
        with self._lock:
            if first not in self._found:
                self._found[first] = self._searched(check, cases, wrong, right)
            return self._found[first]

    def _searched(
        self, check: str, cases: Sequence[Case], wrong: Mapping[int, Observation], right: Set[int]
    ) -> dict[int, str]:
        try:
            subject = self._right.subject(check)
        except Exception:
            return {}  # It is made by a cell that computes, which is not run here.
        try:
            return _Search(self._right, subject, check, cases, wrong, right).found()
        except Exception:
            # What only explains costs no grade.
            _log.warning("The search for what is different in %s stopped.", check, exc_info=True)
            return {}


def _may_be_near(case: Case, seen: Observation) -> bool:
    return isinstance(case.expects, Equal) and seen.outcome == "returned"


class _Search:
    """The search for one check and one submission."""

    def __init__(
        self,
        right: Reference,
        subject: Any,
        check: str,
        cases: Sequence[Case],
        wrong: Mapping[int, Observation],
        is_right: Set[int],
    ) -> None:
        self._right, self._subject, self._check, self._cases = right, subject, check, cases
        self._wrong, self._is_right = dict(wrong), is_right
        self._left = _LINES
        self._is_open = False  # Whether there are several ways, none of which is told.
        self._turn = Turn()
        self._partly: list[tuple[Place, str]] = []

    def found(self) -> dict[int, str]:
        """A sentence for each wrong case that is explained."""
        with warnings.catch_warnings(action="ignore"):  # They are wrong on purpose.
            changing = Changing(self._right, self._lines_of_the_wrong(), self._turn)
            found = self._by_another_solution(changing.edits(edits_of))
            found = found or self._by_another_question()
            self._left = min(self._left, _LINES_FOR_ONE_PLACE)
            for edits in (
                changing.edits(in_one_use),
                changing.in_one_call(),
                changing.in_one_turn(),
            ):
                if not found and not self._is_open and self._left > 0:
                    found = self._by_another_solution(edits)
            return found or self._by_an_argument() or self._by_another_solution_in_places()

    def _by_another_solution(self, edits: Edits) -> dict[int, str]:
        explained: dict[int, list[tuple[Place, str]]] = {}
        with contextlib.closing(edits):  # It puts back what it has changed, before others begin.
            for place, said in edits:
                if self._left <= 0:
                    return {}
                found, where = self._explained(may_be_partly=True)
                if where == _PARTLY:
                    self._partly.append((place, said))
                    continue
                for number in found:
                    explained.setdefault(number, []).append((place, f"{where}{said}"))
        self._is_open = bool(explained)
        return {
            number: _SAID.format(what=ways[0][1])
            for number, ways in explained.items()
            if _are_one(ways)
        }

    def _by_another_solution_in_places(self) -> dict[int, str]:
        """Where values are wrong, those of a changed solution; elsewhere it may give others."""
        if self._left <= 0 or not self._partly or not _are_one(self._partly):
            return {}
        return dict.fromkeys(self._wrong, _SAID_PARTLY.format(what=self._partly[0][1]))

    def _by_another_question(self) -> dict[int, str]:
        given = {n: arguments_of(case, self._subject) for n, case in enumerate(self._cases)}
        first = next(iter(self._wrong))
        explained: dict[int, list[str]] = {}
        for said, question in questions(given[first]):

            def asked(number: int, question: Question = question) -> Probe | None:
                try:
                    other = question(given[number]) if given[number] else None
                except (TypeError, ValueError, LookupError):
                    other = {}  # It cannot be asked here: no argument is there.
                return None if other is None else CallFunction(kwargs=other)

            for number in self._explained(asked)[0]:
                explained.setdefault(number, []).append(said)
        return {n: _ASKED.format(how=ways[0]) for n, ways in explained.items() if len(ways) == 1}

    def _by_an_argument(self) -> dict[int, str]:
        said = by_an_argument(self._cases, self._wrong, self._is_right, self._subject)
        return dict.fromkeys(self._wrong, said) if said else {}

    def _lines_of_the_wrong(self) -> set[tuple[str, int]]:
        """The lines of the solution that the wrong cases run; from now on the short ones first."""
        counts, lines = {}, set()
        for number in self._wrong:
            watch = Watch(_LINES_OF_ONE)
            self._run(number, watch)
            counts[number] = watch.left
            lines |= watch.lines
        self._wrong = dict(sorted(self._wrong.items(), key=lambda item: -counts[item[0]]))
        return lines

    def _explained(
        self, asked: Asked | None = None, may_be_partly: bool = False
    ) -> tuple[Set[int], str]:
        """The wrong cases that the solution, as it is now, explains beyond accident, and where.

        What is right only without a switch that all wrong cases set does not speak against it.

        Args:
            asked: gives what it is asked in place of a case; `None` for the case itself.
            may_be_partly: whether it is also looked at those values alone that are wrong.
        """

        def answers(number: int) -> Sequence[Mistake]:
            other = asked(number) if asked else None
            # Where it is the same question, the answer is the right one.
            return [] if asked and other is None else self._answers(number, other)

        hypothesis = _AsItIsNow(answers)
        for where, right in self._switches:
            found = causes(self._cases, self._wrong, right, [hypothesis])
            weight = sum(_weight(self._wrong[number].value) for number in found)
            if weight >= _ENOUGH or (weight > 1 and weight + len(right) >= _ENOUGH):
                return found.keys(), where
        if may_be_partly and self._is_partly(hypothesis):
            return set(), _PARTLY
        return set(), ""

    def _is_partly(self, hypothesis: Hypothesis) -> bool:
        """Whether all values that are wrong, and only they, come from the solution as it is now."""
        agreed: list[Any] = []
        for number, seen in self._wrong.items():
            expects, answers = self._cases[number].expects, hypothesis.answers(number)
            if not isinstance(expects, Equal) or not answers or answers[0].error:
                return False
            found = explained_part(expects, seen.value, answers[0].value)
            if found is None:
                return False
            agreed.append(found)
        return _weight(agreed) >= _MANY

    @cached_property
    def _switches(self) -> list[tuple[str, Set[int]]]:
        """The cases that are right: all, and those that set a switch as the wrong ones do."""
        found: list[tuple[str, Set[int]]] = [("", self._is_right)]
        given = {n: arguments_of(case, self._subject) for n, case in enumerate(self._cases)}
        for name in given[next(iter(self._wrong))]:
            values = [given[number].get(name, _ABSENT) for number in self._wrong]
            for is_set, where in _SWITCHES:
                if not all(map(is_set, values)):
                    continue
                right = {n for n in self._is_right if is_set(given[n].get(name, _ABSENT))}
                if right != self._is_right:
                    found.append((where.format(name=name), right))
        return found

    def _answers(self, number: int, probe: Probe | None) -> Sequence[Mistake]:
        watch = Watch(min(_LINES_OF_ONE, self._left))
        before = watch.left
        seen = self._run(number, watch, probe)
        # What is made of a huge value in the libraries is not the search's doing.
        self._left -= min(before - watch.left, _LINES_OF_ONE) + _LINES_TO_ASK
        case = self._cases[number]
        if seen is None or seen.outcome != "returned" or seen.changed_inputs:
            return [Mistake("", error="It stopped.")]
        if case.expects.is_right(seen):
            return []
        return [Mistake("", case.expects.mark_of(seen.value))]

    def _run(self, number: int, watch: Watch, probe: Probe | None = None) -> Observation | None:
        """What the solution, as it is now, makes of a case; `None` if that takes too long."""
        self._turn.asked = 0
        random.seed(0)
        np.random.seed(0)
        try:
            with watch:
                case = self._cases[number]
                return run_probe(
                    probe or case.probe, self._subject, quiet=False, room=case.expects.room
                )
        except TooLong:
            return None


_ABSENT = object()
_SWITCHES: tuple[tuple[Callable[[Any], bool], str], ...] = (
    (lambda value: value is True, "with `{name}=True`, "),
    (lambda value: value is False, "with `{name}=False`, "),
    (lambda value: value is None, "with `{name}=None`, "),
)


class _AsItIsNow(Hypothesis):
    """The solution with what is changed in it now."""

    def __init__(self, answers: Callable[[int], Sequence[Mistake]]) -> None:
        self.sentence = ""
        self._of, self._known = answers, dict[int, Sequence[Mistake]]()

    def answers(self, case: int) -> Sequence[Mistake]:
        if case not in self._known:
            self._known[case] = self._of(case)
        return self._known[case]


def _are_one(ways: Sequence[tuple[Place, str]]) -> bool:
    """Whether all that explains the same has something in common."""
    return all(said == ways[0][1] or place.meets(ways[0][0]) for place, said in ways)


def _weight(value: Any) -> int:
    """How much a value tells: a number that is not small and whole more than one that is."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return sum(map(_weight, value))
    if not isinstance(value, (bool, int, float, np.ndarray)):
        return 0
    numbers = np.unique(np.asarray(value))
    if numbers.dtype.kind not in "iuf":
        return 0
    is_small = (numbers == np.rint(numbers)) & (np.abs(numbers) <= _SMALL)
    return int(np.where(is_small, 1, _ENOUGH).sum())
