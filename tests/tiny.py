"""A course with one small notebook, and submissions of it: what the grader's own tests grade."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nbformat

from autograder.source.course import Course, SubmissionLimits, find_course
from autograder.source.notebook import read_source

SOURCE = '''\
# %% [markdown]
# # A tiny notebook

# %%
import numpy as np

from course_lib import check

# %% nbgrader={"grade": false, "grade_id": "double_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    """Twice x, an array of any shape."""
    ### BEGIN SOLUTION
    return np.multiply(x, 2.0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "double", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("double", double)

# %% tags=["display"]
shown = double(np.arange(3.0))
print("the doubles are", shown)

# %% nbgrader={"grade": false, "grade_id": "triple_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def triple(x):
    """Three times x."""
    ### BEGIN SOLUTION
    return 3 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "triple", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("triple", triple)
'''
CHECKS = '''\
"""What the notebook a00_tiny/tiny requires."""

from autograder.checks import call, check


@check("double", forbids=("numpy.add",), slide="Lecture 0, Doubling")
def double(draw, reference):
    for shape in [(3,), (2, 4), (5, 1, 2), (7,)]:
        x = draw.rng.normal(size=shape)
        yield call(x, expected=reference.double(x), label=f"an array of shape {shape}")


@check("triple")
def triple(draw, reference):
    x = float(draw.integer(2, 8))
    yield call(x, expected=reference.triple(x), label="one number")
'''
MISTAKES = '''\
"""Mistakes in `double`."""

from autograder.checks import change

change(
    "squared",
    "np.multiply(x, 2.0)",
    "np.square(x)",
    say="You squared x instead of doubling it: write `2 * x`.",
)
'''


SETTINGS = """\
[course]
id = "tiny"
title = "Tiny"

[sandbox]
data = ["mnist", "digits", "shapes32"]
"""

# Wall time is plentiful, so that no verdict depends on what else the machine does.
LIMITS = SubmissionLimits(
    cell_seconds=120, check_seconds=120, submission_seconds=600, cpu_seconds=30, memory_mb=1024,
    file_mb=16, output_kb=64, restarts=3,
)  # fmt: skip


HURRIED = replace(LIMITS, cell_seconds=6, check_seconds=6)
"""For what never ends by itself."""


def make_course(root: Path) -> Course:
    """Write the course's sources under `root` and release it."""
    from autograder.release.write import write_release

    root.mkdir(parents=True, exist_ok=True)
    (root / "course.toml").write_text(SETTINGS)
    course = replace(find_course(root), limits=LIMITS)
    folder = course.folder("a00_tiny", "tiny")
    (folder / "mistakes").mkdir(parents=True)
    (folder / "notebook.py").write_text(SOURCE)
    (folder / "checks.py").write_text(CHECKS)
    (folder / "mistakes" / "double.py").write_text(MISTAKES)
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
