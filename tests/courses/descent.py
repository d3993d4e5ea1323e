"""A course with one notebook in which a cell trains and what it leaves is judged."""

from __future__ import annotations

from pathlib import Path

import nbformat

from autograder.source.course import Course
from autograder.source.notebook import marks, read_source
from courses import copied

ASSIGNMENT, NOTEBOOK = "a00_descent", "descent"


def make_course(root: Path) -> Course:
    """A released copy of the course in an empty folder."""
    from autograder.release.write import write_release

    course = copied("descent", root)
    write_release(course, [ASSIGNMENT])
    return course


def hand_in(course: Course, folder: Path, student: str, **code: str) -> Path:
    """The solution notebook with other code in solution cells, where the grader looks for it.

    Args:
        course: the course.
        folder: of all submissions.
        student: whose it is.
        code: of the cells `step`, `train` and `norm`; by default the course's own.
    """
    notebook = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    for cell in notebook.cells:
        name = str(marks(cell).get("grade_id", "")).removesuffix("_solution")
        if marks(cell).get("solution"):
            cell.source = code.get(name, cell.source)
    target = folder / student / ASSIGNMENT
    target.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target / f"{NOTEBOOK}.ipynb")
    return target
