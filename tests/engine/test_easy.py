"""Cases that are no evidence by themselves count once another case of their check is right.

Real submissions of `a01_layers/convolution`, in which one function is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from autograder.grading.grader import Grader, open_grader
from autograder.grading.workplace import Workplace
from autograder.records.results import CheckRecord, Verdict
from autograder.sandbox import namespaces_problem
from autograder.source.course import find_course
from autograder.source.notebook import read_source

ISOLATION = "none" if namespaces_problem() else "namespaces"
ASSIGNMENT, NOTEBOOK, CHECK = "a01_layers", "convolution", "same_padding"
# Wrong on one call of all, otherwise what the solution says.
WRONG_ON = """
_right, _calls = same_padding, []
def same_padding(*args, **kwargs):
    _calls.append(args)
    return None if len(_calls) - 1 in {wrong} else _right(*args, **kwargs)
"""


@pytest.fixture(scope="module")
def grader(repository: Path, workplace: Workplace) -> Iterator[Grader]:
    course = replace(find_course(repository), only=(NOTEBOOK,))
    with open_grader(course, ASSIGNMENT, key=bytes(32), workplace=workplace) as running:
        yield running


def graded(grader: Grader, folder: Path, code: str) -> CheckRecord:
    notebook = read_source(grader.course.source(ASSIGNMENT, NOTEBOOK))
    (solution,) = (
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"{CHECK}_solution"
    )
    solution.source += f"\n{code}"
    nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")
    record = grader.grade("ada", folder).record
    assert sum(check.score != check.points for check in record.checks) <= 1
    return next(check for check in record.checks if check.name == CHECK)


def easy(grader: Grader) -> list[int]:
    flags = grader.plan.notebooks[0].checks[CHECK].easy
    assert 0 < sum(flags) < len(flags)
    return [index for index, flag in enumerate(flags) if flag]


def test_who_is_right_only_where_it_is_easy_has_no_points(grader: Grader, tmp_path: Path) -> None:
    cases = grader.plan.notebooks[0].checks[CHECK].cases
    others = set(range(len(cases))) - set(easy(grader))
    found = graded(grader, tmp_path, WRONG_ON.format(wrong=others))
    assert (found.verdict, found.score) == (Verdict.FAILED, 0)
    assert found.cases_passed == len(cases) - len(others)
    assert "counts as soon as another case is right" in found.findings[-1].message


def test_beside_another_case_easy_ones_count(grader: Grader, tmp_path: Path) -> None:
    cases = grader.plan.notebooks[0].checks[CHECK].cases
    wrong = next(index for index in range(len(cases)) if index not in easy(grader))
    found = graded(grader, tmp_path, WRONG_ON.format(wrong={wrong}))
    right = sum(case.share for case in cases) - cases[wrong].share
    assert found.score == pytest.approx(
        found.points * right / sum(case.share for case in cases), abs=1e-3
    )
    assert "counts as soon" not in str(found.findings)
