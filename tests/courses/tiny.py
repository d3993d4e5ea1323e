"""A course with one small notebook, and submissions of it: what the grader's own tests grade."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nbformat

from autograder.source.course import Course, find_course
from autograder.source.notebook import read_source
from courses import HERE, copied

LIMITS = find_course(HERE / "tiny").limits

HURRIED = replace(LIMITS, cell_seconds=3, check_seconds=3, idle_seconds=3)
"""For what never ends by itself."""


def make_course(root: Path) -> Course:
    """A released copy of the course in an empty folder."""
    from autograder.release.write import write_release

    course = copied("tiny", root)
    write_release(course, ["a00_tiny"])
    return course


def submission(
    course: Course,
    double: str | None = None,
    triple: str | None = None,
    before: str | None = None,
) -> nbformat.NotebookNode:
    """The solution notebook, with some cells' code replaced.

    Args:
        double: code of the first solution cell.
        triple: code of the second.
        before: code of a cell put before both.
    """
    notebook = read_source(course.source("a00_tiny", "tiny"))
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id == "double_solution" and double is not None:
            cell.source = double
        if grade_id == "triple_solution" and triple is not None:
            cell.source = triple
    if before is not None:
        notebook.cells.insert(2, nbformat.v4.new_code_cell(before, id="before"))
    return notebook


def hand_in(folder: Path, student: str, notebook: nbformat.NotebookNode) -> Path:
    """Put a notebook where the grader looks for it; returns the student's assignment folder."""
    target = folder / student / "a00_tiny"
    target.mkdir(parents=True, exist_ok=True)
    # As it is: a notebook may well have two cells of one id.
    (target / "tiny.ipynb").write_text(json.dumps(notebook))
    return target
