"""What grading an assignment means: its released notebooks, its checks, and their cases.

Each submission has cases of its own, drawn from the round's key: what a student is shown of them is
not asked of the same student again, and of few others. What is expected takes time to compute, so a
check is not drawn for each submission, but a few times for each attempt of the class, and each
submission picks one of these draws for each check.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from nbformat import NotebookNode

import autograder.checks as checks
from autograder._exceptions import AutograderError, CourseError
from autograder.checks.registry import Check, digest_of
from autograder.grading.dependencies import Owners
from autograder.grading.easy import easy_cases, is_known
from autograder.grading.known_mistakes import OURS, ComputedMistake, KnownMistakes, seed_everything
from autograder.records.files import write_atomically
from autograder.records.migrations import SCHEMA_VERSION
from autograder.source.course import Course, SubmissionLimits
from autograder.source.notebook import is_graded, marks
from autograder.source.reference import Reference, c_libraries_silenced
from autograder.source.settings import Feedback
from course_lib.checking.cases import Case
from course_lib.checking.judge import CaseResult, judge_cases
from course_lib.checking.keras_probes import Predict
from course_lib.checking.probes import Observation, run_probe
from course_lib.checking.sealed import Sealed
from course_lib.checking.store import thaw
from course_lib.checking.wire import encode_json, pack

DRAWS = 4
"""Draws of a check for each attempt of a class: `docs/grading.md` says what they cost."""


@dataclass(frozen=True, eq=False)
class CheckPlan:
    """One check with the cases that it asks.

    Attributes:
        check: the check.
        points: what it is worth.
        cases: of one draw.
        known_mistakes: of its notebook.
        public: the cases that students have.
        subject: what the notebook calls the thing that is checked.
        feedback: what a student is shown of it.
    """

    check: Check
    points: float
    cases: tuple[Case, ...]
    known_mistakes: KnownMistakes
    public: tuple[Case, ...] = ()
    subject: str = ""
    feedback: Feedback = "full"
    _draws: dict[int, CheckPlan] = field(default_factory=dict, init=False)

    @property
    def name(self) -> str:
        return self.check.name

    @property
    def trains(self) -> bool:
        """Whether it judges a training that the grader starts."""
        return any(case.expects.training for case in self.cases)

    @property
    def judges_training(self) -> bool:
        """Whether it judges a training, the grader's or one that the notebook's cells did."""
        return self.trains or any(isinstance(case.probe, Predict) for case in self.cases)

    @cached_property
    def easy(self) -> tuple[bool, ...]:
        """Which cases count only once another one is right."""
        return easy_cases(self.cases, self.public)

    @cached_property
    def known(self) -> frozenset[int]:
        """The numbers of the cases that everybody can read, which are asked of everybody."""
        return frozenset(
            number for number, case in enumerate(self.cases) if is_known(case, self.public)
        )

    @cached_property
    def sealed(self) -> frozenset[int]:
        """The numbers of the cases that everybody is asked, with an answer that nobody is told."""
        seals = [case for case in self.public if isinstance(case.expects, Sealed)]
        return frozenset(
            number
            for number, case in enumerate(self.cases)
            if any(
                (seal.label, seal.probe.describe("")) == (case.label, case.probe.describe(""))
                for seal in seals
            )
        )

    @cached_property
    def hypotheses(self) -> list[ComputedMistake]:
        """What students get wrong in this check, as it looks on these cases."""
        return self.known_mistakes.hypotheses(self.name, self.cases)

    def drawn(self, number: int, key: bytes, reference: Reference, device: str) -> CheckPlan:
        """The check with the cases of another draw, made when it is first asked for; this is 0.

        A case that is the same in every draw stays the very same one: what was computed for it
        need not be computed again.
        """
        if number == 0 or not self.check.draws:
            return self
        with OURS:
            if number not in self._draws:
                own = hmac.digest(key, f"draw {number}".encode(), "sha256")
                with c_libraries_silenced():
                    seed_everything()
                    drawn = self.check.cases(own, reference.namespace)
                known = dict(zip(map(_content, self.cases), self.cases, strict=True))
                cases = (self.check.on(case, device) for case in drawn)
                found = tuple(known.get(_content(case), case) for case in cases)
                self._draws[number] = replace(self, cases=found)
            return self._draws[number]

    @cached_property
    def asked(self) -> str:
        """A digest of what its cases put to a student's object."""
        return _digest(*pack([_asked(case) for case in self.cases])).hexdigest()

    def seconds(self, limits: SubmissionLimits) -> float:
        """The time that it has: its own, or what the course gives every check."""
        return self.check.cpu_seconds or limits.check_seconds

    def accepts(self, subject: object) -> bool:
        """Whether an object of ours passes, as far as nothing is trained."""
        cases = [case for case in self.cases if case.expects.training is None]
        seen = [run_probe(case.probe, subject, quiet=False) for case in cases]
        results = judge_cases(cases, seen, self.subject or self.name)
        return bool(results) and all(result.outcome == "passed" for result in results)

    def judge(
        self, answers: Sequence[Observation | CaseResult], explained: bool = True
    ) -> list[CaseResult]:
        """Judge what came of its cases, with the known mistakes at hand if it is explained."""
        called = self.subject or self.name
        if not explained:
            return judge_cases(self.cases, answers, called)
        near = self.known_mistakes.near_misses
        return judge_cases(
            self.cases,
            answers,
            called,
            lambda: self.hypotheses,
            lambda wrong, right: near.causes(self.name, self.cases, wrong, right),
        )


@dataclass(frozen=True, eq=False)
class NotebookPlan:
    """One notebook with the cases of one draw.

    Attributes:
        name: `"convolution"`.
        release: the released notebook.
        checks: its checks, in the notebook's order.
        reference: the solution; without it no check is asked with right answers to others.
        key: the round's secret; without it every submission is asked the same.
        device: whose budgets and calibrations trainings have.
        base: the plan whose cases were drawn anew, if this one's were.
    """

    name: str
    release: NotebookNode
    checks: dict[str, CheckPlan]
    reference: Reference | None = None
    key: bytes = b""
    device: str = "cpu"
    base: NotebookPlan | None = None
    _keys: dict[tuple[str, SubmissionLimits], str] = field(default_factory=dict, init=False)
    _same: dict[tuple[str, str], bool] = field(default_factory=dict, init=False)

    @property
    def points(self) -> float:
        return sum(plan.points for plan in self.checks.values())

    def drawn_for(self, student: str, digest: str, attempt: int) -> NotebookPlan:
        """The notebook with the cases of one submission: the same ones whenever it is graded.

        Args:
            student: whose it is.
            digest: of all that was handed in for this notebook.
            attempt: how many others this student handed in before. Attempts share no draws.
        """
        if self.reference is None or not self.key:
            return self
        checks = {}
        for name, plan in self.checks.items():
            who = repr((student, digest, name)).encode()
            picked = hmac.digest(self.key, who, "sha256")[0] % DRAWS
            number = DRAWS * attempt + picked
            checks[name] = plan.drawn(number, self.key, self.reference, self.device)
        return replace(self, checks=checks, base=self)

    @cached_property
    def owners(self) -> Owners | None:
        """Which cell each check is about, if the solution is known."""
        if self.base is not None:
            return self.base.owners
        return None if self.reference is None else Owners(self.reference.notebook)

    def is_same_task(self, name: str, other: str) -> bool:
        """Whether what another check asks for would be the whole answer to this one."""
        if self.base is not None:
            return self.base.is_same_task(name, other)
        if self.reference is None:
            return False
        if (name, other) not in self._same:
            self._same[name, other] = self.checks[name].accepts(self.reference.subject(other))
        return self._same[name, other]

    @property
    def trains(self) -> bool:
        """Whether a check of it judges a training."""
        return any(plan.trains for plan in self.checks.values())

    def key_of(self, name: str, limits: SubmissionLimits) -> str:
        """A digest of what a check puts to a student's object: probes, prohibitions, cell, limits.

        What is expected is not part of it, and neither are points and tolerances; except for
        training, where the bound decides how often it is repeated.
        """
        if (name, limits) not in self._keys:
            self._keys[name, limits] = self._digest_of(name, limits)
        return self._keys[name, limits]

    def _digest_of(self, name: str, limits: SubmissionLimits) -> str:
        found = self.checks[name]
        cells = [c for c in self.release.cells if is_graded(c)]
        asked = {
            "cell": next(c.source for c in cells if marks(c)["grade_id"] == name),
            "forbids": list(found.check.forbids),
            "allows": list(found.check.allows),
            "limits": [found.check.cpu_seconds, *astuple(limits)],
            "cases": found.asked,
        }
        return _digest(*pack(asked)).hexdigest()[:32]


def _content(case: Case) -> bytes:
    """A digest of all that a case is."""
    tree, arrays = pack(case.to_value())
    return _digest(tree, arrays).digest()


def _digest(tree: Any, arrays: Mapping[str, np.ndarray]) -> hashlib._Hash:
    digest = hashlib.sha256(encode_json(tree))
    for array in arrays.values():
        digest.update(f"{array.dtype} {array.shape}".encode() + array.tobytes())
    return digest


def _asked(case: Case) -> dict[str, Any]:
    """What a case puts to a student's object."""
    bound = case.expects.training
    return {
        "probe": case.probe.to_value(),
        "forbids": list(case.forbids),
        "trained": [bound.at_least, bound.hopeless, bound.runs] if bound else None,
    }


@dataclass(frozen=True, eq=False)
class AssignmentPlan:
    """An assignment in one round."""

    course: Course
    assignment: str
    round: int
    notebooks: list[NotebookPlan] = field(default_factory=list)
    digest: str = ""

    @property
    def points(self) -> float:
        return sum(notebook.points for notebook in self.notebooks)


def make_plan(
    course: Course, assignment: str, round_number: int, key: bytes, device: str = "cpu"
) -> AssignmentPlan:
    """What is graded in a round: every check of an assignment, with a first draw of its cases.

    Args:
        course: the course.
        assignment: its name.
        round_number: the round.
        key: its secret.
        device: whose budgets and calibrations trainings have, where there are any for it.

    Raises:
        CourseError: if the assignment is unknown, not released, or its checks and cells disagree.
    """
    notebooks = []
    for name, release in course.releases(assignment).items():
        source = course.read_source(assignment, name)
        reference = Reference(source, f"{assignment}/{name}")
        mistakes = KnownMistakes(course, assignment, name)
        plans = {}
        for check, points in _graded_checks(course, assignment, name, release):
            with c_libraries_silenced():
                drawn = check.cases(key, reference.namespace)
            cases = tuple(check.on(case, device) for case in drawn)
            feedback = check.feedback or course.settings.feedback_of(assignment)
            public = _public(course, check)
            plans[check.name] = CheckPlan(check, points, cases, mistakes, *public, feedback)
        notebooks.append(NotebookPlan(name, release, plans, reference, key, device))
    digest = digest_of_assignment(course, assignment)
    return AssignmentPlan(course, assignment, round_number, notebooks, digest)


def _public(course: Course, check: Check) -> tuple[tuple[Case, ...], str]:
    """The cases that students have and what they call what is checked, if it is released."""
    found = thaw(check.name, course.cases_dir)
    return (found.cases, found.subject) if found else ((), "")


def digest_of_assignment(course: Course, assignment: str) -> str:
    """A digest of all that decides a grade: releases and what they are made from."""
    shown = course.settings.feedback_of(assignment)
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {shown}".encode())
    for name, release in course.releases(assignment).items():
        digest.update(course.release(assignment, name))
        for path in (
            course.source(assignment, name),
            *course.mistakes(assignment, name),
            *course.answers(assignment, name),
            *course.shared(),
        ):
            digest.update(path.read_bytes())
        for check, _ in _graded_checks(course, assignment, name, release):
            digest.update(digest_of(check).encode())
            if check.calibration_file.is_file():
                digest.update(check.calibration_file.read_bytes())
    return digest.hexdigest()[:16]


def _graded_checks(
    course: Course, assignment: str, notebook: str, release: NotebookNode
) -> list[tuple[Check, float]]:
    """The checks of a released notebook with their points, in the notebook's order."""
    registered = checks.checks_of(course, assignment, notebook)
    found = []
    for cell in filter(is_graded, release.cells):
        grade_id = str(marks(cell)["grade_id"])
        if grade_id not in registered:
            raise CourseError(f"{assignment}/{notebook}: graded cell {grade_id!r} has no check.")
        found.append((registered[grade_id], float(marks(cell)["points"])))
    return found


_KEY_BYTES = 32


def round_key(out: Path, round_number: int) -> bytes:
    """The secret of a round: made once, kept beside the results, readable by the grader only.

    Raises:
        AutograderError: if what is there is no key.
    """
    path = out / "rounds" / f"{round_number}.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, secrets.token_hex(_KEY_BYTES) + "\n")
        path.chmod(0o600)
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (ValueError, IsADirectoryError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise AutograderError(
            f"{path} is damaged: it should hold {2 * _KEY_BYTES} hexadecimal digits. Restore it "
            "from a copy, or grade with another --round; grades that stand are kept."
        )
    return key
