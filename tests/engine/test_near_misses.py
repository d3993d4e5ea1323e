"""A wrong answer that is a right solution's but for one thing, or its answer to another question.

The student's code is written in another way than the solution: only the answers are compared.
"""

from __future__ import annotations

import ast
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading.near_misses import NearMisses
from autograder.grading.near_misses._edits import edits_of
from autograder.source.course import find_course
from autograder.source.notebook import is_solution, read_source
from autograder.source.reference import Reference
from course_lib.checking import CallFunction, Case, Equal, run_probe
from course_lib.checking.judge import judge_cases

ROOT = Path(__file__).resolve().parents[2]

SOURCE = '''
# %%
import numpy as np

# %% nbgrader={"grade": false, "grade_id": "s", "locked": false, "solution": true}
def windowed(x, width, stride=1):
    """The mean of the squares in each window of `x`.

    Args:
        x: `(values,)`.
        width, stride: of the windows.
    """
    ### BEGIN SOLUTION
    places = (len(x) - width) // stride + 1
    result = np.zeros(places)
    for place in range(places):
        start = place * stride
        while start < place * stride:
            start += 1
        result[place] = np.mean(x[start : start + width] ** 2)
    return result
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "windowed", "locked": true, "points": 1}
check("windowed", windowed)
'''
ASKED = [(12, 3, 1), (12, 3, 2), (15, 4, 3), (9, 2, 2)]

Student = Callable[..., Any]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    path = tmp_path_factory.mktemp("course") / "notebook.py"
    path.write_text(SOURCE)
    return Reference(read_source(path), "a/b")


def told(right: Reference, student: Student, near: NearMisses | None = None) -> set[str]:
    """What is said of a student's answers; the empty text of a case of which nothing is said."""
    random = np.random.default_rng(0)
    cases = []
    for count, width, stride in ASKED:
        probe = CallFunction((random.normal(size=count), width), {"stride": stride})
        answer = run_probe(probe, right.subject("windowed")).value
        cases.append(Case(probe, Equal(answer), f"{count} values"))
    found = near or NearMisses(right, threading.RLock())
    results = judge_cases(
        cases,
        [run_probe(case.probe, student) for case in cases],
        "windowed",
        near_misses=lambda wrong, fine: found.causes("windowed", cases, wrong, fine),
    )
    wrong = [result.finding for result in results if result.finding]
    return {finding.hint if finding.recognised else "" for finding in wrong}


def student(
    reduce: Student = np.mean, power: int = 2, shift: int = 0, per_step: Student | None = None
) -> Student:
    """A solution in another style, with something in it that may be changed."""

    def windowed(x: Any, width: int, stride: int = 1) -> Any:
        by = per_step(width, stride) if per_step else stride
        views = np.lib.stride_tricks.sliding_window_view(x, width)[::by]
        views = views[: len(views) + shift]
        return np.array([reduce(view**power) for view in views])

    return windowed


@pytest.mark.parametrize(
    ("handed_in", "said"),
    [
        (student(), set()),
        (student(reduce=np.sum), {"`sum` stands where `mean` belongs"}),
        (student(reduce=np.max), {"`max` stands where `mean` belongs"}),
        (student(power=1), {"the power `** 2` of"}),
        (student(shift=-1), {"`+ 1` is left out"}),
        (student(per_step=lambda width, stride: width), {"`width` in the place of `stride`"}),
        (student(per_step=lambda width, stride: 1), {"`stride` = 1, whatever it is"}),
    ],
)
def test_what_is_different_is_told(right: Reference, handed_in: Student, said: set[str]) -> None:
    found = told(right, handed_in)
    assert len(found) == len(said)
    for one, other in zip(sorted(found), sorted(said), strict=True):
        assert other in one


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_told_of_answers_that_have_nothing_to_do_with_it(
    right: Reference, seed: int
) -> None:
    random = np.random.default_rng(seed)

    def windowed(x: Any, width: int, stride: int = 1) -> Any:
        return random.normal(size=(len(x) - width) // stride + 1)

    assert told(right, windowed) == {""}


def test_one_case_that_is_wrong_in_another_way_speaks_against_it(right: Reference) -> None:
    def windowed(x: Any, width: int, stride: int = 1) -> Any:
        found = student(reduce=np.sum)(x, width, stride)
        return found + 1 if stride == 3 else found

    assert told(right, windowed) == {""}


def test_the_solution_is_afterwards_what_it_was(right: Reference) -> None:
    subject = right.subject("windowed")
    before = subject.__code__
    assert told(right, student(power=3))
    assert subject.__code__ is before


def test_it_is_searched_once(right: Reference) -> None:
    near = NearMisses(right, threading.RLock())
    assert told(right, student(reduce=np.sum), near) == told(right, student(reduce=np.sum), near)


@pytest.mark.parametrize("notebook", ["a01_layers/convolution", "a04_training/regularization"])
def test_every_change_is_taken_back_and_told_in_names_that_are_seen(notebook: str) -> None:
    assignment, name = notebook.split("/")
    course = find_course(ROOT)
    for cell in filter(is_solution, read_source(course.source(assignment, name)).cells):
        for function in ast.parse(cell.source).body:
            if not isinstance(function, ast.FunctionDef):
                continue
            before, changes = ast.dump(function), 0
            for _, said in edits_of(function, seen={"x"}):
                assert ast.dump(function) != before, said
                changes += 1
                assert "``" not in said
                assert len(said) < 200
            assert changes
            assert ast.dump(function) == before


def test_a_name_that_may_be_another_in_the_students_code_is_not_told() -> None:
    source = "def f(x, n):\n    for c in range(n):\n        x = x[c + n + 1]\n    return x * n"
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    said = [one for _, one in edits_of(function, seen={"x", "n", "c"})]
    assert any("`+ 1` is left out" in one for one in said)
    assert any("`n`" in one for one in said)
    assert not any(re.search(r"\bc\b", one) for one in said)


def test_a_number_is_told_only_where_it_stands() -> None:
    """Or nobody would know which of the fours in his code is meant."""
    for body, told in (("sum([4, 40]) + x", False), ("x ** 2 + 40 * x", True)):
        (function,) = ast.parse(f"def f(x):\n    return {body}").body
        assert isinstance(function, ast.FunctionDef)
        said = [one for _, one in edits_of(function, seen={"x"})]
        assert any("stands where 40 belongs" in one for one in said) == told, said
