"""A class of ten for `autograder demo`: right, wrong, untouched, broken and hostile notebooks."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import AutograderError
from autograder.source.course import Course
from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import is_solution, marks, read_source

ASSIGNMENT = "a01_layers"
NOTEBOOK = "convolution"

_FORGERY = """
import gc, os, sys
from course_lib import checking

class AlwaysRight:
    def __eq__(self, other): return True
    def __array__(self, *args, **kwargs): return secrets[0] if secrets else [1.0]
    shape = property(lambda self: ())

secrets = [o for o in gc.get_objects() if type(o).__name__ == "Equal"]
wanted = ("gradebook.db", "convolution.py")
stolen = [f for root, _, files in os.walk("/") for f in files if f in wanted]
sys.displayhook = lambda value: None
checking.judge_case = lambda *args, **kwargs: checking.CaseResult("passed")

def {name}(*args, **kwargs):
    return AlwaysRight()
"""


@dataclass(frozen=True)
class DemoClass:
    """The class that was made: each student's name and story."""

    assignment: str
    students: dict[str, str]


def make_class(course: Course, folder: Path) -> DemoClass:
    """Write ten submissions in nbgrader's layout under `folder`, replacing what was there."""
    if not course.source(ASSIGNMENT, NOTEBOOK).is_file():
        raise AutograderError(f"The demo grades {ASSIGNMENT}/{NOTEBOOK}, which this course lacks.")
    source = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    release = nbformat.read(course.released(ASSIGNMENT, NOTEBOOK), as_version=4)
    stories = {
        "ada": ("everything right", source),
        "blaise": (
            "everything right, in another style",
            _with(course, source, "answers/conv2d_forward_einsum", "answers/im2col_loops"),
        ),
        "carl": ("one mistake", _with(course, source, "correlate2d/flipped_kernel")),
        "daniel": (
            "two other mistakes",
            _with(
                course,
                source,
                "conv2d_forward/stride_rows_only",
                "receptive_field/jump_forgotten",
            ),
        ),
        "emmy": ("a third mistake, and the end not written", _unfinished(course, source, release)),
        "fermat": ("handed in untouched", release),
        "grace": (
            "a syntax error",
            _replace(source, "conv2d_forward", "def {name}(x:\n    return"),
        ),
        "henri": (
            "a loop that never ends",
            _replace(source, "conv2d_forward", "def {name}(*args, **kwargs):\n    while True: ..."),
        ),
        "ivan": (
            "ends its own process",
            _replace(
                source, "im2col", "import os\n\ndef {name}(*args, **kwargs):\n    os._exit(0)"
            ),
        ),
        "mallory": ("tries to cheat at every task", _forged(source, release)),
    }
    if folder.exists():
        shutil.rmtree(folder)
    for student, (_, notebook) in stories.items():
        target = folder / student / ASSIGNMENT
        target.mkdir(parents=True)
        nbformat.write(notebook, target / f"{NOTEBOOK}.ipynb")
    return DemoClass(ASSIGNMENT, {student: story for student, (story, _) in stories.items()})


def _with(course: Course, notebook: NotebookNode, *names: str) -> NotebookNode:
    """The notebook with these mistakes and other answers in it."""
    for name in names:
        notebook = splice(notebook, read_variant(course, ASSIGNMENT, NOTEBOOK, name))
    return notebook


def _unfinished(course: Course, source: NotebookNode, release: NotebookNode) -> NotebookNode:
    """One mistake, and the last three tasks as released."""
    notebook = _with(course, source, "conv2d_forward/dilation_ignored")
    untouched = {marks(c).get("grade_id"): c.source for c in release.cells if is_solution(c)}
    solutions = [cell for cell in notebook.cells if is_solution(cell)]
    for cell in solutions[-3:]:
        cell.source = untouched[marks(cell)["grade_id"]]
    return notebook


def _forged(source: NotebookNode, release: NotebookNode) -> NotebookNode:
    """A forgery for every function; the answers that are not functions are left open."""
    notebook = _replace(source, None, _FORGERY)
    untouched = {marks(c).get("grade_id"): c.source for c in release.cells if is_solution(c)}
    for cell in notebook.cells:
        if is_solution(cell) and "AlwaysRight" not in cell.source:
            cell.source = untouched[marks(cell)["grade_id"]]
    return notebook


def _replace(source: NotebookNode, function: str | None, code: str) -> NotebookNode:
    """Other code in the solution cell of one function; of every function for `None`."""
    notebook = nbformat.from_dict(source)
    for cell in notebook.cells:
        defined = re.findall(r"^def (\w+)", cell.source, flags=re.MULTILINE)
        if is_solution(cell) and defined and function in (None, defined[-1]):
            cell.source = code.replace("{name}", defined[-1])
    return notebook
