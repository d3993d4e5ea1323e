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

from autograder.grading.near_misses import NearMisses, _search
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


# %% nbgrader={"grade": false, "grade_id": "c", "locked": false, "solution": true}
def weights(inputs, outputs, bias=True):
    """The weights of a layer."""
    ### BEGIN SOLUTION
    return inputs * outputs + outputs
    ### END SOLUTION


def costs(height, width, kernel, narrow, whole=False):
    """What a network costs.

    Returns:
        `(places, layers, macs)`
    """
    ### BEGIN SOLUTION
    rows = (height - kernel) // 2 + 1
    columns = (width - kernel) // 2 + 1
    layers = weights(height, narrow) + weights(narrow, width)
    macs = sum(a * a * b for a, b in ((height, 3), (width, 5), (kernel, 7)))
    if whole:
        macs = macs * rows
    macs += rows + columns + narrow
    return rows * columns, layers, macs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "costs", "locked": true, "points": 1}
check("costs", costs)
'''
ASKED = [(12, 3, 1), (12, 3, 2), (15, 4, 3), (9, 2, 2)]
SIZES = [(20, 31, 3, 8), (25, 18, 5, 4), (40, 22, 7, 13), (33, 29, 4, 6)]

Student = Callable[..., Any]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    path = tmp_path_factory.mktemp("course") / "notebook.py"
    path.write_text(SOURCE)
    return Reference(read_source(path), "a/b")


def told(right: Reference, student: Student, near: NearMisses | None = None) -> set[str]:
    """What is said of a student's answers; the empty text of a case of which nothing is said."""
    random = np.random.default_rng(0)
    probes = [
        CallFunction((random.normal(size=count), width), {"stride": stride})
        for count, width, stride in ASKED
    ]
    return told_of("windowed", right, student, probes, near)


def told_of(
    check: str,
    right: Reference,
    student: Student,
    probes: list[CallFunction],
    near: NearMisses | None = None,
) -> set[str]:
    """What is said of a student's answers to these questions."""
    cases = [
        Case(probe, Equal(run_probe(probe, right.subject(check)).value), str(number))
        for number, probe in enumerate(probes)
    ]
    found = near or NearMisses(right, threading.RLock())
    results = judge_cases(
        cases,
        [run_probe(case.probe, student) for case in cases],
        check,
        near_misses=lambda wrong, fine: found.causes(check, cases, wrong, fine),
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


def test_what_is_different_in_some_places_only_is_told(right: Reference) -> None:
    def windowed(x: Any, width: int, stride: int = 1) -> Any:
        found = student()(x, width, stride)
        return np.where(np.arange(len(found)) % 2, found, found * width)

    (said,) = told(right, windowed)
    assert said.startswith("Where your values are wrong")
    assert "`sum` stands where `mean` belongs" in said


def costs(
    size: Student = lambda length, kernel: (length - kernel) // 2 + 1,
    last: Student = lambda narrow, width: narrow * width + width,
    middle: int = 2,
    in_whole: Student | None = None,
    total: Student = lambda rows, columns, narrow: rows + columns + narrow,
) -> Student:
    """A solution in another style, with something in it that may be changed."""

    def handed_in(height: int, width: int, kernel: int, narrow: int, whole: bool = False) -> Any:
        rows, columns = size(height, kernel), size(width, kernel)
        layers = height * narrow + narrow + last(narrow, width)
        macs = 3 * height**2 + 5 * width**middle + 7 * kernel**2
        more = (in_whole if whole and in_whole else total)(rows, columns, narrow)
        return rows * columns, layers, (macs * rows if whole else macs) + more

    return handed_in


@pytest.mark.parametrize(
    ("handed_in", "said"),
    [
        (costs(), ""),
        # In two places alike, in one call of a helper, in one turn of a loop, with a switch:
        (costs(size=lambda n, k: (n - k) // 2), "`+ 1` is left out"),
        (costs(size=lambda n, k: round((n - k) / 2) + 1), "to the nearest number and not down"),
        (costs(size=lambda n, k: -(-(n - k) // 2) + 1), "is rounded the other way"),
        (costs(last=lambda n, w: n * w), "in one call of `weights`, "),
        (costs(middle=1), "the second time only, "),
        (costs(in_whole=lambda r, c, n: r + c), "with `whole=True`, where `macs` is computed, "),
        # Terms:
        (costs(total=lambda r, c, n: r + c), "`+ narrow` is left out"),
        (costs(total=lambda r, c, n: r), "the terms columns and `narrow` are left out"),
        (costs(total=lambda r, c, n: r + c + 2 * n), "the term `narrow` counts twice"),
        (costs(total=lambda r, c, n: r + 2 * n), "counts twice, and columns not at all"),
    ],
)
def test_one_slip_among_several_of_its_like(
    right: Reference, handed_in: Student, said: str
) -> None:
    probes = [CallFunction(sizes, {"whole": whole}) for sizes in SIZES for whole in (False, True)]
    found = told_of("costs", right, handed_in, probes)
    assert len(found) == bool(said)
    assert all(said in one for one in found), found


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


@pytest.mark.parametrize("lines", [10**6, 20_000, 60_000, 100_000, 140_000])
def test_the_solution_is_afterwards_what_it_was_wherever_the_search_ends(
    right: Reference, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_search, "_LINES", lines)
    functions = [right.subject("costs"), right.subject("costs").__globals__["weights"]]
    before, names = [f.__code__ for f in functions], set(functions[0].__globals__)
    wrong = costs(total=lambda rows, columns, narrow: 3 * rows + 1)
    probes = [CallFunction(sizes) for sizes in SIZES]
    assert told_of("costs", right, wrong, probes) == {""}
    assert [f.__code__ for f in functions] == before
    assert set(functions[0].__globals__) == names


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
