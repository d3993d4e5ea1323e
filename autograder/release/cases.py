"""The public cases: a small draw, frozen as data, that a student's `check` judges by at home."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.checks import Check
from autograder.grading.easy import is_known
from autograder.grading.known_mistakes import (
    KnownMistakes,
    WrongSolution,
    is_determined,
    seed_everything,
)
from autograder.release.validate import naming
from autograder.source.course import Course
from autograder.source.mistakes import read_answers
from autograder.source.notebook import checked_name, is_graded, marks
from autograder.source.reference import Reference
from course_lib.checking import Case, Equal, Mistake
from course_lib.checking.probes import CallFunction, ReadAnswer
from course_lib.checking.sealed import Sealed
from course_lib.checking.sketch import sketched
from course_lib.checking.store import PublicCheck

PUBLIC_KEY = b"public"


def public_checks(
    course: Course, assignment: str, name: str, notebook: NotebookNode, checks: dict[str, Check]
) -> Iterable[PublicCheck]:
    """The frozen cases of each check of a notebook, with what known mistakes make of them.

    Raises:
        CourseError: if a check, the solution or a known mistake is wrong.
    """
    if not checks:
        return
    path = course.shown(course.source(assignment, name))
    reference = Reference(notebook, f"{assignment}/{name}")
    with naming(path), _nothing_printed():
        namespace = reference.namespace
    read_answers(course, assignment, name)  # Each must replace something.
    known = KnownMistakes(course, assignment, name)
    known.require_checks(checks)
    for cell in filter(is_graded, notebook.cells):
        check = checks[marks(cell)["grade_id"]]
        with naming(f"{path}, check {check.name!r}"), _nothing_printed():
            seed_everything()
            cases = check.public_cases(PUBLIC_KEY, namespace)
            is_fixed = _has_one_answer(check, cases, namespace)
        mistakes: list[list[Mistake]] = [[] for _ in cases]
        for number, wrong in enumerate(known.about(check.name)):
            with naming(wrong.path), _nothing_printed():
                for kept, found in zip(
                    mistakes, _answers(check.name, cases, wrong, reference), strict=True
                ):
                    kept.extend(replace(mistake, number=number) for mistake in found)
        cases = tuple(
            replace(case, mistakes=tuple(found))
            for case, found in zip(cases, mistakes, strict=True)
        )
        if is_fixed:
            cases = tuple(_sealed(case, f"{assignment}/{name}/{check.name}") for case in cases)
        else:
            cases = tuple(_with_marks(case, sketched) for case in cases)
        points, subject = float(marks(cell)["points"]), checked_name(cell.source)
        yield PublicCheck(check.name, points, cases, subject)


def _has_one_answer(check: Check, cases: Sequence[Case], namespace: SimpleNamespace) -> bool:
    """Whether who can read these cases knows what the grader will ask, and the whole answer."""
    asks_for_values = all(
        isinstance(case.expects, Equal) and isinstance(case.probe, (ReadAnswer, CallFunction))
        for case in cases
    )
    if not asks_for_values or check.make_public_cases is not None:
        return False
    if not check.draws:
        return True
    if not all(isinstance(case.probe, ReadAnswer) for case in cases):
        return False
    return all(is_known(case, cases) for case in check.cases(b"another", namespace))


def _sealed(case: Case, salt: str) -> Case:
    """A case whose answer, right or wrong, can be recognised and not read."""
    assert isinstance(case.expects, Equal)
    expects = Sealed.of(case.expects, salt)
    return _with_marks(replace(case, expects=expects), expects.mark_of)


def _with_marks(case: Case, mark_of: Callable[[Any], Any]) -> Case:
    """A case with what is kept of its known mistakes' answers."""
    mistakes = tuple(
        mistake
        if mistake.error or mistake.is_open
        else replace(mistake, value=mark_of(mistake.value))
        for mistake in case.mistakes
    )
    return replace(case, mistakes=mistakes)


def _answers(
    check: str, cases: Sequence[Case], wrong: WrongSolution, right: Reference
) -> list[tuple[Mistake, ...]]:
    """What a known mistake returns for each case that tells it from the right answer.

    Raises:
        CourseError: if there are such cases, and on none of them its answer is determined.
    """
    found: list[tuple[Mistake, ...]] = []
    undetermined = False
    for case in cases:
        mistakes: tuple[Mistake, ...] = ()
        if case.expects.recognises:
            mistakes, complete = wrong.answers(check, case)
            settled = not mistakes or is_determined(check, case, wrong, mistakes, right)
            if not complete or not settled:
                undetermined |= bool(mistakes)
                mistakes = (Mistake(wrong.sentence, is_open=True),)
        found.append(mistakes)
    is_known = any(not mistake.is_open for mistakes in found for mistake in mistakes)
    # What builds on the first check may fail in its own way.
    if undetermined and not is_known and check == wrong.fails[0]:
        raise CourseError(
            f"{wrong.path}: what this mistake returns in check {check!r} is another answer on "
            "another machine (it is made of rounding, of random numbers, or of the signs of more "
            "than a few eigenvectors), so it cannot be recognised by its answer. Make its answer "
            "determined, or write `hint=None`."
        )
    return found


@contextlib.contextmanager
def _nothing_printed() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()):
        yield
