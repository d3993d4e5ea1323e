"""A mistake costs its own points once: what builds on it is graded with a right one in its place.

Submissions of `a01_layers`, through the real grader.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from accidents._cells import cell, code, place
from nbformat import NotebookNode

from autograder.grading.grader import Graded, Grader, open_grader
from autograder.grading.judging import check_record
from autograder.grading.transcript import NotebookTranscript
from autograder.grading.workplace import Workplace
from autograder.records.results import CheckRecord, Verdict
from autograder.source.course import find_course
from autograder.source.notebook import read_source

ASSIGNMENT = "a01_layers"


class Desk:
    """Where notebooks of one name are handed in and graded."""

    def __init__(self, grader: Grader, name: str) -> None:
        self.grader, self.name = grader, name

    def solved(self, **solutions: str) -> NotebookNode:
        """The solution, with some cells replaced."""
        notebook = read_source(self.grader.course.source(ASSIGNMENT, self.name))
        for name, source in solutions.items():
            cell(notebook, f"{name}_solution").source = source
        return notebook

    def grade(self, folder: Path, notebook: NotebookNode) -> Graded:
        (folder / f"{self.name}.ipynb").write_text(json.dumps(notebook))
        return self.grader.grade("ada", folder)


def desk(repository: Path, workplace: Workplace, name: str) -> Iterator[Desk]:
    course = replace(find_course(repository), only=(name,))
    with open_grader(course, ASSIGNMENT, key=bytes(32), workplace=workplace) as grader:
        yield Desk(grader, name)


@pytest.fixture(scope="module")
def convolution(repository: Path, workplace: Workplace) -> Iterator[Desk]:
    yield from desk(repository, workplace, "convolution")


@pytest.fixture(scope="module")
def activations(repository: Path, workplace: Workplace) -> Iterator[Desk]:
    yield from desk(repository, workplace, "activations")


@pytest.fixture(scope="module")
def pooling(repository: Path, workplace: Workplace) -> Iterator[Desk]:
    yield from desk(repository, workplace, "pooling")


def lost(graded: Graded) -> dict[str, float]:
    """The points lost, by check."""
    checks = graded.record.checks
    return {c.name: c.points - (c.score or 0) for c in checks if c.score != c.points}


def of(graded: Graded, name: str) -> CheckRecord:
    (check,) = (check for check in graded.record.checks if check.name == name)
    return check


ONE_TOO_FAR = """\
def window_spans(width, kernel, stride, ceil=False):
    starts = range(0, width - kernel + 1, stride)
    return [(start, start + kernel + 1) for start in starts]
"""


def test_a_slip_in_a_small_answer_costs_its_own_points(pooling: Desk, tmp_path: Path) -> None:
    graded = pooling.grade(tmp_path, pooling.solved(window_spans=ONE_TOO_FAR))
    assert lost(graded) == {"window_spans": 1.0}
    (told,) = graded.record.notebooks[0].repairs
    assert told.startswith("`window_spans` is not right yet, which costs its own points only:")
    assert "`max_pool_forward`" in told
    assert of(graded, "max_pool_forward").findings == []


def test_only_what_is_wrong_is_called_wrong(activations: Desk, tmp_path: Path) -> None:
    notebook = activations.solved()
    sigmoid = cell(notebook, "sigmoid_solution")
    sigmoid.source = sigmoid.source.replace("x >= 0", "x < 0")
    graded = activations.grade(tmp_path, notebook)
    assert list(lost(graded)) == ["sigmoid_and_tanh"]
    (told,) = graded.record.notebooks[0].repairs
    # The given `family`, which the check is called with, is not the student's.
    assert told.startswith("`sigmoid_and_tanh` is not right yet, which costs its own points only:")


def test_a_given_helper_that_was_changed_by_accident_is_put_back(
    pooling: Desk, tmp_path: Path
) -> None:
    notebook = pooling.solved()
    (given,) = (c for c in notebook.cells if c.source.startswith("def each_window"))
    given.source = given.source.replace("x.shape[2]", "x.shape[1]")
    graded = pooling.grade(tmp_path, notebook)
    assert lost(graded) == {}
    (told,) = graded.record.notebooks[0].repairs
    assert told.startswith("After `def each_window(x, kernel_size, stride, ceil=False):`")


def test_what_is_wrong_by_itself_stays_wrong(pooling: Desk, tmp_path: Path) -> None:
    notebook = pooling.solved(window_spans=ONE_TOO_FAR)
    backward = cell(notebook, "mean_pool_backward_solution")
    right, backward.source = backward.source, backward.source.replace("dx[", "dx[:1][")
    assert backward.source != right
    graded = pooling.grade(tmp_path, notebook)
    assert set(lost(graded)) == {"window_spans", "mean_pool_backward"}
    found = of(graded, "mean_pool_backward")
    assert found.verdict is not Verdict.PASSED
    if found.score:
        assert found.findings[0].message.startswith("With a right `window_spans` in place of yours")


def test_who_writes_nothing_has_nothing_and_what_calls_it_has_its_own(
    convolution: Desk, tmp_path: Path
) -> None:
    """`im2col` is missing, and `conv2d_im2col`, which calls it, is right."""
    notebook = convolution.solved()
    del notebook.cells[place(notebook, "im2col_solution")]
    assert set(lost(convolution.grade(tmp_path, notebook))) == {"im2col"}


def test_to_call_a_right_one_is_no_answer_to_the_same_task(
    convolution: Desk, tmp_path: Path
) -> None:
    """Both compute the same convolution: with a right one in its place a call would be enough."""
    graded = convolution.grade(
        tmp_path,
        convolution.solved(
            conv2d_forward="def conv2d_forward(*args, **kwargs):\n    return None",
            conv2d_im2col="def conv2d_im2col(*args, **kwargs):\n"
            "    return conv2d_forward(*args, **kwargs)",
        ),
    )
    assert lost(graded) == {"conv2d_forward": 4.0, "conv2d_im2col": 2.0}


def test_an_untouched_release_earns_nothing(convolution: Desk, tmp_path: Path) -> None:
    course = convolution.grader.course
    release = nbformat.read(course.released(ASSIGNMENT, "convolution"), as_version=4)
    assert convolution.grade(tmp_path, release).record.score == 0


LOOK_AROUND = """\
import numpy as np
for name in ("keras", "numpy"):
    print(name, np.pi)
"""


def test_what_seems_to_build_on_each_other_does_not_answer_each_other(
    repository: Path, workplace: Workplace, tmp_path: Path
) -> None:
    """A cell at the top sets names that given cells use, so that all seems to hang together."""
    course = replace(find_course(repository), only=("one_by_one",))
    with open_grader(course, "a03_costs", key=bytes(32), workplace=workplace) as grader:
        release = nbformat.read(course.released("a03_costs", "one_by_one"), as_version=4)
        release.cells.insert(0, code(LOOK_AROUND))
        assert Desk(grader, "one_by_one").grade(tmp_path, release).record.score == 0


SPY = """\
import inspect
def conv2d_im2col(*args, **kwargs):
    try:
        text = inspect.getsource(im2col)
    except OSError:
        text = str(im2col.__code__.co_consts)
    print(text)
    raise ValueError(text)
def im2col(*args):
    return None
"""


def test_the_solution_that_was_put_in_is_told_to_nobody(convolution: Desk, tmp_path: Path) -> None:
    notebook = convolution.solved(im2col="def im2col(*args):\n    return None", conv2d_im2col=SPY)
    notebook.cells.append(code("try:\n    conv2d_im2col()\nexcept ValueError:\n    pass"))
    graded = convolution.grade(tmp_path, notebook)
    assert {"im2col", "conv2d_im2col"} <= set(lost(graded))
    _, _, own = cell(convolution.solved(), "im2col_solution").source.partition("BEGIN SOLUTION")
    lines = [line.strip() for line in own.splitlines()]
    lines = [line for line in lines if len(line) > 20 and line not in json.dumps(notebook)]
    assert lines
    shown = graded.record.model_dump_json() + json.dumps(graded.executed["convolution"])
    assert [line for line in lines if line in shown] == []


def test_kept_observations_come_to_the_same_grade(convolution: Desk, tmp_path: Path) -> None:
    notebook = convolution.solved(im2col="def im2col(*args):\n    return None")
    graded = convolution.grade(tmp_path, notebook)
    graded.transcripts["convolution"].write(tmp_path / "kept.bin")
    kept = NotebookTranscript.read(tmp_path / "kept.bin")
    assert kept is not None
    (notebook_plan,) = convolution.grader.plan.notebooks
    plan = notebook_plan.drawn_for(graded.record.student, kept.digest, attempt=0)
    limits = convolution.grader.course.limits
    for check in graded.record.checks:
        again = check_record(plan.checks[check.name], kept.checks[check.name], limits)
        assert (again.score, again.findings) == (check.score, check.findings)
