"""The known mistakes of a notebook as a judge uses them: what each returns for a case.

The release freezes them into the public cases, and the grader computes them for the cases that it
draws. A mistake can only be recognised where its answer is determined. Where eigenvectors leave
signs open it has several answers, and each is kept. Where it turns rounding into large numbers, or
draws random numbers, its answer is another one on every machine: the release finds that out by
more runs, on inputs that are rounded otherwise.
"""

from __future__ import annotations

import random
import sys
import threading
import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from autograder._exceptions import CourseError
from autograder.grading.free_signs import under_all_signs
from autograder.grading.near_misses import NearMisses
from autograder.source.course import Course
from autograder.source.mistakes import read_mistakes, splice
from autograder.source.reference import Reference
from course_lib.checking.cases import Case, Mistake
from course_lib.checking.causes import Hypothesis
from course_lib.checking.differences import value_difference
from course_lib.checking.expectations import Equal, Expectation, error_text
from course_lib.checking.probes import Observation, Probe, run_probe

OURS = threading.RLock()
"""Held while code of ours is run: it draws random numbers, and its frameworks are seeded."""

_NOISE = 2e-7
"""Relative: what a float64 loses that goes through float32."""
_FAR = 1e-4
"""Relative to the largest number: farther than the noise comes by a few hundred operations."""


@dataclass(frozen=True, eq=False)
class WrongSolution:
    """A solution with one known mistake in it.

    Attributes:
        path: where the mistake is written, relative to the course, and its name.
        fails: the checks that it must lose.
        sentence: what a tutor says; empty if the mistake cannot be recognised by its answer.
        reference: the solution with the mistake.
    """

    path: str
    fails: tuple[str, ...]
    sentence: str
    reference: Reference
    _made: WeakKeyDictionary[Case, tuple[Mistake, ...] | None] = field(
        default_factory=WeakKeyDictionary, init=False
    )
    _settled: WeakKeyDictionary[Case, bool] = field(default_factory=WeakKeyDictionary, init=False)

    def answers(self, check: str, case: Case) -> tuple[tuple[Mistake, ...], bool]:
        """What it makes of a case that tells it from the right answer.

        Returns:
            One answer for each choice that eigenvectors leave open, and whether these are all that
            can be told.
        """
        subject = self.reference.subject(check)
        run, complete = under_all_signs(lambda: _run(case.probe, subject))
        found: list[Mistake] = []
        can_be_told, is_right = True, False
        for observation in run:
            if observation.outcome != "forbidden" and case.expects.is_right(observation):
                is_right = True
                continue
            mistake = mistake_from(self.sentence, observation, case.expects)
            if mistake is None:
                can_be_told = False
                continue
            if not any(_agree(case.expects, known, mistake) for known in found):
                found.append(mistake)
        if is_right and found:
            can_be_told = False  # With some signs it is right.
        return tuple(found), can_be_told and (complete or len(found) <= 1)

    def known_answers(self, check: str, case: Case) -> tuple[Mistake, ...] | None:
        """The same, computed once for a case; `None` if it cannot be told."""
        with OURS:
            if case not in self._made:
                found, complete = self.answers(check, case)
                self._made[case] = found if complete else None
            return self._made[case]

    def is_settled(self, check: str, case: Case, right: Reference) -> bool:
        """Whether these are its answers on every machine; found out once for a case."""
        with OURS:
            if case not in self._settled:
                known = self.known_answers(check, case) or ()
                self._settled[case] = is_determined(check, case, self, known, right)
            return self._settled[case]


class ComputedMistake(Hypothesis):
    """A known mistake that is run on a case when somebody asks, and only then."""

    def __init__(
        self, check: str, cases: Sequence[Case], wrong: WrongSolution, right: Reference
    ) -> None:
        self.sentence = wrong.sentence
        self._check, self._cases = check, cases
        self._wrong, self._right = wrong, right

    def answers(self, case: int) -> Sequence[Mistake] | None:
        return self._wrong.known_answers(self._check, self._cases[case])

    def is_settled(self, case: int) -> bool:
        return self._wrong.is_settled(self._check, self._cases[case], self._right)


class KnownMistakes:
    """The known mistakes of a notebook; each is run when it is first asked."""

    def __init__(self, course: Course, assignment: str, notebook: str) -> None:
        self._course, self._assignment, self._notebook = course, assignment, notebook

    def hypotheses(self, check: str, cases: Sequence[Case]) -> list[ComputedMistake]:
        """The mistakes that students make in this check, as they look on these cases."""
        with OURS:
            return [ComputedMistake(check, cases, w, self._right) for w in self.about(check)]

    @cached_property
    def near_misses(self) -> NearMisses:
        """What is told of wrong answers that no known mistake explains."""
        return NearMisses(self._right, OURS)

    def about(self, check: str) -> list[WrongSolution]:
        """Those that this check must reject, and by their sentence.

        Its own come first: who got an earlier check right has not made a mistake of that one, even
        where the two give the same answer.
        """
        found = [wrong for wrong in self._all if check in wrong.fails and wrong.sentence]
        return sorted(found, key=lambda wrong: wrong.fails[0] != check)

    def require_checks(self, known: Collection[str]) -> None:
        """Complain about a mistake that names a check which is none of these.

        Raises:
            CourseError: if there is one.
        """
        for wrong in self._all:
            for check in wrong.fails:
                if check not in known:
                    raise CourseError(
                        f"{wrong.path} fails {check!r}, which is no check of this "
                        f"notebook. Known: {', '.join(sorted(known))}."
                    )

    @cached_property
    def _source(self) -> Any:
        return self._course.read_source(self._assignment, self._notebook)

    @cached_property
    def _right(self) -> Reference:
        return Reference(self._source, f"{self._assignment}/{self._notebook}")

    @cached_property
    def _all(self) -> list[WrongSolution]:
        found = []
        for mistake in read_mistakes(self._course, self._assignment, self._notebook):
            name = f"{self._assignment}/{self._notebook}/{mistake.name}"
            reference = Reference(splice(self._source, mistake), name)
            path = f"{self._course.shown(mistake.file)}: {mistake.name!r}"
            found.append(WrongSolution(path, mistake.fails, mistake.hint, reference))
        return found


def mistake_from(sentence: str, observation: Observation, expects: Expectation) -> Mistake | None:
    """What a wrong solution did with a case, as a known mistake; `None` if it shows nothing."""
    if observation.outcome == "returned" and not observation.changed_inputs:
        return Mistake(sentence, expects.mark_of(observation.value))
    if observation.outcome == "raised":
        return Mistake(sentence, error=error_text(observation))
    return None


def is_determined(
    check: str, case: Case, wrong: WrongSolution, known: Sequence[Mistake], right: Reference
) -> bool:
    """Whether a mistake's answers to a case are the same on every machine.

    It is run again, with other random numbers, on inputs that are all larger, and then all smaller,
    by a rounding error of float32. That leaves equal numbers equal and rounds everything else in
    another way. If what comes is far from all its known answers both times, and the right answer
    stays where it was, the answer is made of rounding. Both times: a number that lies just on the
    edge of a step leaves it in one direction only, and it lies there on every machine.
    """
    if not isinstance(case.expects, Equal):
        return True
    subject = wrong.reference.subject(check)
    for factor in (1 + _NOISE, 1 - _NOISE):
        probe = Probe.from_value(_scaled(case.probe.to_value(), factor))
        again = mistake_from("", _run(probe, subject, seed=1), case.expects)
        if again is None or any(_near(case.expects, mistake, again) for mistake in known):
            return True
        moved = mistake_from("", _run(probe, right.subject(check), seed=1), case.expects)
        if moved is None or not _near(case.expects, Mistake("", case.expects.value), moved):
            return True
    return False


def _agree(expects: Expectation, one: Mistake, other: Mistake) -> bool:
    """Whether a judge takes one mistake's answer for the other's."""
    if one.error or other.error:
        return one.error == other.error
    if not isinstance(expects, Equal):
        return True  # A structure has no signs.
    return expects.is_marked(one.value, other.value)


def _near(expects: Equal, one: Mistake, other: Mistake) -> bool:
    """Whether two answers differ by no more than rounding, even if much of it has gathered."""
    if one.error or other.error:
        return one.error == other.error
    rtol, atol = max(expects.rtol, _FAR), max(expects.atol, _FAR * _largest(one.value))
    return value_difference(one.value, other.value, rtol, atol) is None


def _largest(value: Any) -> float:
    """The largest number in a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return max(map(_largest, value), default=0.0)
    if isinstance(value, (bool, int, float, np.ndarray)):
        numbers = np.abs(np.asarray(value, dtype=np.float64))
        return float(numbers[np.isfinite(numbers)].max(initial=0.0))
    return 0.0


def seed_everything(seed: int = 0) -> None:
    """Give code that draws random numbers the same ones every time."""
    random.seed(seed)
    np.random.seed(seed)
    if "keras.src" in sys.modules:  # `autograder try` imports Keras when it is used.
        sys.modules["keras"].utils.set_random_seed(seed)


def _run(probe: Probe, subject: Any, seed: int = 0) -> Observation:
    seed_everything(seed)
    with warnings.catch_warnings(action="ignore"):  # They are wrong on purpose.
        return run_probe(probe, subject, quiet=False)


def _scaled(value: Any, factor: float) -> Any:
    """A value with every array of floats multiplied; whole numbers stay whole."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        whole = np.array_equal(value, np.rint(value), equal_nan=True)
        return value if whole else (value * factor).astype(value.dtype)
    if isinstance(value, dict):
        return {key: _scaled(item, factor) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_scaled(item, factor) for item in value)
    return value
