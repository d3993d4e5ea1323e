"""What holds for every notebook of the course: a new one is tested without a line here."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from types import ModuleType
from typing import Any

import nbformat
import pytest
from notebooks import COURSE, Notebook, every_notebook, require_passed, require_right

from autograder.grading.easy import is_known
from autograder.release.prohibitions import prohibition
from autograder.source.notebook import (
    checked_expression,
    is_graded,
    marks,
    names_in,
    read_source,
)
from course_lib.checking import Accuracy, CallFunction, Case, ReadAnswer
from course_lib.checking.forbidden import resolve
from course_lib.checking.store import thaw

SHARE_OF_ACCURACY = 0.15
"""The most that may be graded by the accuracy of what was trained."""

each = pytest.mark.parametrize("notebook", every_notebook(), ids=str)

ROUNDS = (b"one", b"two", b"three")
"""What takes arrays or an answer is run in these rounds, and in one more by the audit; which also
runs what takes a network, where more draws would show no more."""


@cache
def drawn(notebook: Notebook) -> dict[str, tuple[Case, ...]]:
    """The cases of the first round, by the check."""
    return {name: notebook.cases(name, ROUNDS[0]) for name in notebook.checks}


def subjects(notebook: Notebook) -> dict[str, Any]:
    """What is checked, by the check; without what a cell of the notebook has to train first."""
    graded = {marks(cell)["grade_id"]: cell for cell in notebook.cells if is_graded(cell)}
    defined = vars(notebook.ours).keys()
    return {
        name: notebook.subject(name)
        for name, cell in graded.items()
        if names_in(checked_expression(cell.source)) <= defined
    }


@each
def test_cells_and_checks_agree(notebook: Notebook) -> None:
    assert sorted(notebook.points) == sorted(notebook.checks)


@each
def test_it_is_as_long_as_the_others_and_hardly_graded_by_accuracy(notebook: Notebook) -> None:
    """What is trained hangs on chance: it may add to a notebook, but not decide a grade."""
    points = notebook.points
    by_accuracy = {
        name
        for name in points
        if any(isinstance(case.expects, Accuracy) for case in drawn(notebook)[name])
    }
    assert sum(points[name] for name in by_accuracy) <= SHARE_OF_ACCURACY * sum(points.values())
    longest, most = (15, 30) if by_accuracy else (13, 26)
    assert 8 <= len(points) <= longest
    assert 15 <= sum(points.values()) <= most


@each
def test_the_solution_passes_fresh_cases(notebook: Notebook) -> None:
    for name, subject in subjects(notebook).items():
        cases = drawn(notebook)[name]
        of_values = all(isinstance(case.probe, (CallFunction, ReadAnswer)) for case in cases)
        if of_values and not any(isinstance(case.expects, Accuracy) for case in cases):
            require_right(cases, name, subject)
            require_passed(notebook, name, subject, ROUNDS[1:])


@each
def test_no_check_is_answered_by_what_lies_on_every_disk(notebook: Notebook) -> None:
    for name in notebook.checks:
        public = thaw(name, COURSE.cases_dir)
        assert public is not None
        cases = drawn(notebook)[name]
        by_heart = [case for case in cases if case.expects.by_heart]
        assert len(by_heart) < len(cases) or not all(is_known(c, public.cases) for c in cases), name


@each
def test_every_forbidden_name_exists(notebook: Notebook) -> None:
    """A name that no longer exists would be passed over silently and protect nothing."""
    for name, check in notebook.checks.items():
        forbidden = set(check.forbids).union(*(case.forbids for case in drawn(notebook)[name]))
        for dotted in sorted(forbidden):
            owner, _, attribute = dotted.rpartition(".")
            # Looked up anew: what it keeps may be from a check in which the owner was blocked.
            found = resolve.__wrapped__(owner)
            named = getattr(found, attribute, None)
            assert callable(named) or isinstance(named, ModuleType), (name, dotted)


@each
def test_every_check_has_mistakes_with_a_sentence(notebook: Notebook) -> None:
    known = Counter(
        check for variant in notebook.variants if variant.sentence for check in variant.fails
    )
    assert [name for name in notebook.checks if not known[name]] == []


@each
def test_every_task_says_which_calls_are_blocked(notebook: Notebook) -> None:
    """Above what the student writes, in the notebook that she gets."""
    released = nbformat.read(COURSE.released(notebook.assignment, notebook.name), as_version=4)
    prose: list[str] = []
    for cell in released.cells:
        if cell.cell_type == "markdown":
            prose.append(cell.source)
        elif is_graded(cell):
            check = notebook.checks[marks(cell)["grade_id"]]
            blocked = prohibition(check.forbids, check.allows)
            assert blocked in "\n".join(prose), marks(cell)["grade_id"]
            prose = []


GIVEN_AND_ASKED = {
    # What beyond_resnet asks is put into this block.
    ("a06_deeper", "bottleneck_block"),
}


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_no_notebook_gives_what_another_of_its_assignment_asks(assignment: str) -> None:
    """They are handed out together: the code would be there to be copied."""
    given: set[str] = set()
    asked: set[str] = set()
    for name in COURSE.notebooks(assignment):
        for cell in read_source(COURSE.source(assignment, name)).cells:
            if cell.cell_type == "code":
                is_task = "### BEGIN SOLUTION" in cell.source
                (asked if is_task else given).update(
                    re.findall(r"^(?:def|class) (\w+)", cell.source, re.MULTILINE)
                )
    assert {(assignment, name) for name in given & asked} <= GIVEN_AND_ASKED


AMERICAN = r"\b(?:gray|color)"
FRENCH = r"\b\w*(?:al|er|or|im|gn|mar)is(?:e|ed|es|ing|ation|ations|er|ers)\b"


@each
def test_one_english(notebook: Notebook) -> None:
    """That of Oxford: normalize, optimizer, colour and grey. Quotations and code are left out."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            own = re.sub(r"`[^`]*`|\*[^*]*\*|\"[^\"]*\"", "", cell.source)
            assert not re.findall(f"{AMERICAN}|{FRENCH}", own), cell.source
