"""A course with one notebook that trains, calibrated for real: what tests of accuracy grade."""

from __future__ import annotations

from pathlib import Path

import nbformat

from autograder.proof.calibrate import calibrate, experiments
from autograder.source.course import Course, find_course
from autograder.source.mistakes import read_variant
from autograder.source.notebook import read_source
from courses import HERE, copied

ASSIGNMENT, NOTEBOOK = "a00_learner", "learner"
UNTRAINED = read_variant(
    find_course(HERE / "learner"), ASSIGNMENT, NOTEBOOK, "learned/untrained"
).cells["learn_solution"]
"""The known mistake, as a student's cell."""

SEEDS = 6


def make_course(root: Path) -> Course:
    """A copy of the course in an empty folder, calibrated and released."""
    from autograder.release.write import write_release

    course = copied("learner", root)
    (experiment,) = experiments(course, ASSIGNMENT)
    calibrate(experiment, seeds=SEEDS)
    write_release(course, [ASSIGNMENT])
    return course


def hand_in(
    course: Course, folder: Path, student: str, learn: str | None = None, network: str | None = None
) -> Path:
    """The solution notebook with other code in a cell, where the grader looks for it."""
    notebook = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    code = {"learn_solution": learn, "network_solution": network}
    for cell in notebook.cells:
        replaced = code.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if replaced is not None:
            cell.source = replaced
    target = folder / student / ASSIGNMENT
    target.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target / f"{NOTEBOOK}.ipynb")
    return target
