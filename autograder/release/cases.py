"""The public cases: a small draw, frozen as data, that a student's `check` judges by at home."""

from __future__ import annotations

import contextlib
import io
import random
import sys
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.checks import Check
from autograder.grading.plan import mistake_from
from autograder.release.validate import naming
from autograder.source.course import Course
from autograder.source.mistakes import Variant, read_answers, read_mistakes, splice
from autograder.source.notebook import is_graded, marks
from autograder.source.reference import Reference
from course_lib.checking import Case, Equal, Mistake, Structure, judge_case, run_probe
from course_lib.checking.store import PublicCheck

PUBLIC_KEY = b"public"
PUBLIC_KEY = b"public"


def public_checks(
    course: Course, assignment: str, name: str, notebook: NotebookNode, checks: dict[str, Check]
) -> Iterable[PublicCheck]:
    if not checks:
        return
    path = course.shown(course.source(assignment, name))
    reference = Reference(notebook, f"{assignment}/{name}")
    with naming(path), contextlib.redirect_stdout(io.StringIO()):
        namespace = reference.namespace
    mistakes = _mistakes(course, assignment, name, notebook, checks)
    for cell in filter(is_graded, notebook.cells):
        check = checks[marks(cell)["grade_id"]]
        with naming(f"{path}, check {check.name!r}"), contextlib.redirect_stdout(io.StringIO()):
            _seed()
            cases = check.public_cases(PUBLIC_KEY, namespace)
        known = [
            (sentence, subject) for about, sentence, subject in mistakes if about == check.name
        ]
        cases = tuple(_with_mistakes(check.name, case, known) for case in cases)
        yield PublicCheck(check.name, float(marks(cell)["points"]), cases)


def _mistakes(
    course: Course, assignment: str, name: str, notebook: NotebookNode, checks: dict[str, Check]
) -> list[tuple[str, str, Any]]:
    """Known mistakes that can be recognised by value: check, sentence, the wrong object."""
    found: list[tuple[str, str, Any]] = []
    for answer in read_answers(course, assignment, name):
        splice(notebook, answer)  # It must replace something.
    for variant in read_mistakes(course, assignment, name):
        _require_known_checks(course.shown(variant.file), variant, checks)
        if not variant.hint:
            continue
        with naming(course.shown(variant.file)), contextlib.redirect_stdout(io.StringIO()):
            wrong = Reference(splice(notebook, variant), f"{assignment}/{name}/{variant.name}")
            for check in variant.fails:
                found.append((check, variant.hint, wrong.subject(check)))
    return found


def _require_known_checks(path: str, variant: Variant, checks: dict[str, Check]) -> None:
    for check in variant.fails:
        if check not in checks:
            raise CourseError(
                f"{path}: {variant.name!r} fails {check!r}, which is no check of this notebook. "
                f"Known: {', '.join(sorted(checks))}."
            )


def _with_mistakes(check: str, case: Case, known: Sequence[tuple[str, Any]]) -> Case:
    if not isinstance(case.expects, (Equal, Structure)):
        return case
    mistakes: list[Mistake] = []
    for sentence, subject in known:
        _seed()
        with warnings.catch_warnings(action="ignore"):  # They are wrong on purpose.
            observation = run_probe(case.probe, subject)
        mistake = mistake_from(sentence, observation, case.expects)
        if mistake is not None and judge_case(case, observation, check).outcome != "passed":
            mistakes.append(mistake)
    return replace(case, mistakes=tuple(mistakes))


def _seed() -> None:
    """Give code that draws random numbers the same ones in every build."""
    random.seed(0)
    np.random.seed(0)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(0)
