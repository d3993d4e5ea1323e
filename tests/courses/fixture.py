"""A course with one small notebook, one cell of which needs Keras."""

import os
import sys
from pathlib import Path

import nbformat

from autograder.records.files import write_atomically
from autograder.records.results import (
    CheckRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.source.course import Course
from autograder.source.notebook import is_solution, marks, read_source
from course_lib.checking.finding import Finding
from courses import copied

ASSIGNMENT, NOTEBOOK = "a00_fixture", "fixture"
POINTS = {"tiny_doubled": 2.0, "tiny_dense": 3.0, "tiny_guess": 1.0}


def make_course(root: Path) -> Course:
    """A copy of the course in an empty folder, not yet released."""
    return copied("fixture", root)


def edit(course: Course, old: str, new: str) -> None:
    """Replace a piece of the notebook's source."""
    path = course.source(ASSIGNMENT, NOTEBOOK)
    text = path.read_text()
    if old not in text:
        raise ValueError(f"{old!r} is not in {path}")
    path.write_text(text.replace(old, new))


def solved(course: Course, **solutions: str) -> nbformat.NotebookNode:
    """The released notebook with its solution cells filled in.

    Args:
        solutions: code of solution cells by `grade_id`; by default the course's own.
    """
    notebook = nbformat.read(course.released(ASSIGNMENT, NOTEBOOK), as_version=4)
    source = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    for cell, right in zip(notebook.cells, source.cells, strict=True):
        if is_solution(cell):
            cell.source = solutions.get(marks(cell)["grade_id"], right.source)
    return notebook


def hand_in(folder: Path, student: str, notebook: nbformat.NotebookNode) -> None:
    """Put a notebook where nbgrader looks for submissions."""
    path = folder / "submitted" / student / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    write_atomically(path, nbformat.writes(notebook) + "\n")


def record(student: str, *scores: float | None) -> SubmissionRecord:
    """A submission's record with these scores; `None` for what could not be graded."""
    checks = [
        CheckRecord(
            name=name,
            points=points,
            score=score,
            verdict=Verdict.UNGRADED
            if score is None
            else (Verdict.PASSED if score == points else Verdict.FAILED),
            cases=2,
            cases_passed=2 if score == points else 1,
            findings=[]
            if score == points
            else [Finding(message=f"<b>{name}</b> is wrong.", hint="Look at the `bias`.")],
        )
        for (name, points), score in zip(POINTS.items(), scores, strict=True)
    ]
    graded = [score for score in scores if score is not None]
    return SubmissionRecord(
        assignment=ASSIGNMENT,
        student=student,
        round=1,
        score=sum(graded) if graded else None,
        max_score=sum(POINTS.values()),
        isolation="none",
        versions={},
        grader_digest="0",
        duration_seconds=0.1,
        notebooks=[NotebookRecord(name=NOTEBOOK, digest="0", checks=checks)],
    )


def environment(home: Path) -> dict[str, str]:
    """For nbgrader's commands: this interpreter's tools, and this course_lib."""
    import course_lib

    return os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(Path(course_lib.__file__).parent.parent),
        "HOME": str(home),
        "JUPYTER_PLATFORM_DIRS": "1",
    }
