"""What grading an assignment means: its released notebooks, checks, and this round's cases."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import warnings
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

import autograder.checks as checks
from autograder._exceptions import CourseError
from autograder.checks.registry import Check, digest_of
from autograder.grading.easy import easy_cases
from autograder.records.results import SCHEMA_VERSION
from autograder.source.course import Course, SubmissionLimits
from autograder.source.notebook import (
    Reference,
    c_libraries_silenced,
    is_graded,
    marks,
    read_source,
    read_variant,
    splice,
)
from course_lib.checking.cases import Case, Equal, Expectation, Mistake, Structure, Trained
from course_lib.checking.compare import CaseResult, error_text, judge_case
from course_lib.checking.networks import signature_of
from course_lib.checking.probes import Observation, run_probe
from course_lib.checking.store import thaw
from course_lib.checking.wire import encode_json, pack


class KnownMistakes:
    """What each `bad_*` variant of a notebook returns for a case; computed when first needed."""

    def __init__(self, course: Course, assignment: str, notebook: str) -> None:
        self._course, self._assignment, self._notebook = course, assignment, notebook
        self._lock = threading.Lock()
        self._references: dict[str, list[tuple[str, Reference]]] = {}
        self._computed: dict[int, tuple[Mistake, ...]] = {}

    def of(self, check: str, case: Case) -> tuple[Mistake, ...]:
        """The mistakes that students make in this check, as they look on this case."""
        if not isinstance(case.expects, (Equal, Structure)):
            return ()
        with self._lock:
            if id(case) not in self._computed:
                self._computed[id(case)] = tuple(self._run(check, case))
            return self._computed[id(case)]

    def _run(self, check: str, case: Case) -> list[Mistake]:
        mistakes = []
        for sentence, reference in self._variants_of(check):
            with warnings.catch_warnings(action="ignore"):  # They are wrong on purpose.
                observation = run_probe(case.probe, reference.subject(check), quiet=False)
            mistake = mistake_from(sentence, observation, case.expects)
            if mistake is not None:
                mistakes.append(mistake)
        return mistakes

    def _variants_of(self, check: str) -> list[tuple[str, Reference]]:
        if check not in self._references:
            source = read_source(self._course.source(self._assignment, self._notebook))
            name = f"{self._assignment}/{self._notebook}"
            self._references[check] = [
                (variant.hint, Reference(splice(source, variant), f"{name}/{variant.name}"))
                for path in self._course.variants(self._assignment, self._notebook)
                if (variant := read_variant(path)).is_bad
                and variant.hint
                and check in variant.fails
            ]
        return self._references[check]


def mistake_from(sentence: str, observation: Observation, expects: Expectation) -> Mistake | None:
    """What a variant did with a case, as a known mistake; `None` if it shows nothing to go by."""
    if observation.outcome == "returned" and not observation.changed_inputs:
        value = observation.value
        if isinstance(expects, Structure):
            value = signature_of(expects, value)
        return Mistake(sentence, value)
    if observation.outcome == "raised":
        return Mistake(sentence, error=error_text(observation))
    return None


@dataclass(frozen=True, eq=False)
class CheckPlan:
    """One check in one round."""

    check: Check
    points: float
    cases: tuple[Case, ...]
    known_mistakes: KnownMistakes
    public: tuple[Case, ...] = ()

    @property
    def name(self) -> str:
        return self.check.name

    @property
    def trains(self) -> bool:
        """Whether it judges a training."""
        return any(isinstance(case.expects, Trained) for case in self.cases)

    @cached_property
    def easy(self) -> tuple[bool, ...]:
        """Which cases count only once another one is right."""
        return easy_cases(self.cases, self.public)

    def judge(self, case: Case, observation: Observation) -> CaseResult:
        """Judge one observation, with the known mistakes at hand."""
        return judge_case(
            case, observation, self.name, lambda: self.known_mistakes.of(self.name, case)
        )


@dataclass(frozen=True, eq=False)
class NotebookPlan:
    """One notebook in one round.

    Attributes:
        name: `"convolution"`.
        release: the released notebook.
        checks: its checks, in the notebook's order.
    """

    name: str
    release: NotebookNode
    checks: dict[str, CheckPlan]
    _keys: dict[tuple[str, SubmissionLimits], str] = field(default_factory=dict, init=False)

    @property
    def points(self) -> float:
        return sum(plan.points for plan in self.checks.values())

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
            "limits": [found.check.limits.wall_seconds, *astuple(limits)],
            "cases": [_asked(case) for case in found.cases],
        }
        tree, arrays = pack(asked)
        digest = hashlib.sha256(encode_json(tree))
        for array in arrays.values():
            digest.update(f"{array.dtype} {array.shape}".encode() + array.tobytes())
        return digest.hexdigest()[:32]


def _asked(case: Case) -> dict[str, Any]:
    """What a case puts to a student's object."""
    bound = case.expects
    return {
        "probe": case.probe.to_value(),
        "forbids": list(case.forbids),
        "trained": [bound.at_least, bound.hopeless, bound.runs]
        if isinstance(bound, Trained)
        else None,
    }


@dataclass(frozen=True, eq=False)
class Plan:
    """An assignment in one round."""

    course: Course
    assignment: str
    round: int
    notebooks: list[NotebookPlan] = field(default_factory=list)
    digest: str = ""

    @property
    def points(self) -> float:
        return sum(notebook.points for notebook in self.notebooks)


def make_plan(course: Course, assignment: str, round_number: int, key: bytes) -> Plan:
    """Draw this round's cases for every check of an assignment.

    Raises:
        CourseError: if the assignment is unknown, not released, or its checks and cells disagree.
    """
    notebooks = []
    for name, release in course.releases(assignment).items():
        source = read_source(course.source(assignment, name))
        reference = Reference(source, f"{assignment}/{name}")
        mistakes = KnownMistakes(course, assignment, name)
        plans = {}
        for check, points in _graded_checks(f"{assignment}/{name}", release):
            with c_libraries_silenced():
                cases = check.cases(key, reference.namespace)
            plans[check.name] = CheckPlan(check, points, cases, mistakes, _public(course, check))
        notebooks.append(NotebookPlan(name, release, plans))
    digest = digest_of_assignment(course, assignment)
    return Plan(course, assignment, round_number, notebooks, digest)


def _public(course: Course, check: Check) -> tuple[Case, ...]:
    """The cases that students have, if the check is released."""
    found = thaw(check.name, course.cases_dir)
    return found.cases if found else ()


def digest_of_assignment(course: Course, assignment: str) -> str:
    """A digest of all that decides a grade: releases, sources, variants, checks, calibrations."""
    digest = hashlib.sha256(str(SCHEMA_VERSION).encode())
    for name in course.notebooks(assignment):
        raw = course.release(assignment, name)
        digest.update(raw)
        for path in (course.source(assignment, name), *course.variants(assignment, name)):
            digest.update(path.read_bytes())
        release = nbformat.reads(raw.decode(), as_version=4)
        for check, _ in _graded_checks(f"{assignment}/{name}", release):
            digest.update(digest_of(check).encode())
            if check.calibration_file.is_file():
                digest.update(check.calibration_file.read_bytes())
    return digest.hexdigest()[:16]


def preloads(course: Course, assignment: str) -> tuple[str, ...]:
    """What the sandbox imports once, for all submissions of an assignment.

    What the course says; Keras, if a notebook imports it; and the modules and classes whose
    functions a check does not allow.
    """
    names = {
        name.rpartition(".")[0]
        for notebook in course.notebooks(assignment)
        for found in checks.checks_of(f"{assignment}/{notebook}").values()
        for name in found.forbids
    }
    if any(b"import keras" in course.release(assignment, n) for n in course.notebooks(assignment)):
        names.add("keras")
    return (*course.settings.sandbox.preload, *sorted(names - {""}))


def _graded_checks(notebook: str, release: NotebookNode) -> list[tuple[Check, float]]:
    """The checks of a released notebook with their points, in the notebook's order."""
    registered = checks.checks_of(notebook)
    found = []
    for cell in filter(is_graded, release.cells):
        grade_id = str(marks(cell)["grade_id"])
        if grade_id not in registered:
            raise CourseError(f"{notebook}: graded cell {grade_id!r} has no check.")
        found.append((registered[grade_id], float(marks(cell)["points"])))
    return found


def round_key(out: Path, round_number: int) -> bytes:
    """The secret of a round: made once, kept beside the results, readable by the grader only."""
    path = out / "rounds" / f"{round_number}.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_hex(32) + "\n")
    return bytes.fromhex(path.read_text().strip())
