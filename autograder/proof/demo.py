"""A class for `autograder demo`: right, wrong, untouched, broken and hostile notebooks.

It hands in a notebook of the course, with the mistakes that `[demo]` in `course.toml` names. What
that leaves out is chosen: any course with a released notebook has such a class.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.source.course import Course
from autograder.source.mistakes import Variant, read_variants, splice
from autograder.source.notebook import is_solution, marks, read_source

_FORGERY = """
import gc, os, sys
from course_lib import checking

class AlwaysRight:
    def __eq__(self, other): return True
    def __array__(self, *args, **kwargs): return secrets[0] if secrets else [1.0]
    shape = property(lambda self: ())

secrets = [o for o in gc.get_objects() if type(o).__name__ == "Equal"]
wanted = ("gradebook.db", "course.toml")
stolen = [f for root, _, files in os.walk("/") for f in files if f in wanted]
sys.displayhook = lambda value: None
checking.judge_case = lambda *args, **kwargs: checking.CaseResult("passed")

def {name}(*args, **kwargs):
    return AlwaysRight()
"""
_MISTAKEN = 3  # so many students have mistakes


@dataclass(frozen=True)
class DemoClass:
    """The class that was made: what it hands in, and each student's name and story."""

    assignment: str
    notebook: str
    students: dict[str, str]


def make_class(course: Course, folder: Path) -> DemoClass:
    """Write the submissions in nbgrader's layout under `folder`, replacing what was there.

    Raises:
        CourseError: if the course has no such notebook, or it is not released.
    """
    assignment, notebook = _chosen(course)
    source = read_source(course.source(assignment, notebook))
    release = course.releases(assignment)[notebook]
    answers, mistakes = _variants(course, assignment, notebook)
    stories = {"ada": ("everything right", source)}
    if answers:
        stories["blaise"] = ("everything right, in another style", _with(source, answers))
    for student, made in zip(("carl", "daniel"), mistakes, strict=False):
        story = "one mistake" if len(made) == 1 else f"{len(made)} mistakes"
        stories[student] = (story, _with(source, made))
    another = mistakes[_MISTAKEN - 1] if len(mistakes) == _MISTAKEN else ()
    story = "another mistake, and the end not written" if another else "the end not written"
    stories["emmy"] = (story, _unfinished(_with(source, another), release))
    stories["fermat"] = ("handed in untouched", release)
    if cells := _code_cells(source):
        first, middle = 0, len(cells) // 2
        stories |= {
            "grace": ("a syntax error", _broken(source, middle, "return (")),
            "henri": ("a loop that never ends", _broken(source, middle, "while True:\n    pass")),
            "ivan": ("ends its own process", _broken(source, first, "import os\n\nos._exit(0)")),
            "mallory": ("tries to cheat at every task", _forged(source, release)),
        }
    if folder.exists():
        shutil.rmtree(folder)
    for student, (_, handed_in) in stories.items():
        target = folder / student / assignment
        target.mkdir(parents=True)
        nbformat.write(handed_in, target / f"{notebook}.ipynb")
    return DemoClass(
        assignment, notebook, {student: story for student, (story, _) in stories.items()}
    )


def _chosen(course: Course) -> tuple[str, str]:
    demo, assignments = course.settings.demo, course.assignments()
    if not assignments:
        raise CourseError("The demo hands in a notebook, and this course has none yet.")
    assignment = demo.assignment or assignments[0]
    notebooks = course.notebooks(assignment)
    if demo.notebook and demo.notebook not in notebooks:
        raise CourseError(
            f"course.toml, [demo]: there is no notebook {demo.notebook!r} in {assignment}. "
            f"Known: {', '.join(notebooks)}."
        )
    return assignment, demo.notebook or notebooks[0]


def _variants(
    course: Course, assignment: str, notebook: str
) -> tuple[Sequence[Variant], Sequence[Sequence[Variant]]]:
    """The other answers of one student, and the mistakes of up to three."""
    demo = course.settings.demo
    known = {v.name: v for v in read_variants(course, assignment, notebook)}
    for name in (*demo.answers, *(name for names in demo.mistakes for name in names)):
        if name not in known:
            raise CourseError(
                f"course.toml, [demo]: {assignment}/{notebook} has no mistake or other answer "
                f"{name!r}. Known: {', '.join(sorted(known)) or 'none'}."
            )
    answers = [known[name] for name in demo.answers]
    mistakes = [[known[name] for name in names] for names in demo.mistakes]
    of_checks: dict[str, list[Variant]] = {}
    for variant in known.values():
        if variant.is_mistake:
            of_checks.setdefault(variant.fails[0], [variant])
    return (
        answers or [v for v in known.values() if not v.is_mistake][:1],
        (mistakes or list(of_checks.values()))[:_MISTAKEN],
    )


def _with(notebook: NotebookNode, variants: Sequence[Variant]) -> NotebookNode:
    for variant in variants:
        notebook = splice(notebook, variant)
    return notebook


def _unfinished(notebook: NotebookNode, release: NotebookNode) -> NotebookNode:
    """The last third of the tasks as released."""
    notebook = nbformat.from_dict(notebook)
    cells = _code_cells(notebook)
    _leave_open(cells[-max(1, len(cells) // 3) :], release)
    return notebook


def _broken(source: NotebookNode, index: int, body: str) -> NotebookNode:
    """Other code in one solution cell: in its function, if it defines one."""
    notebook: NotebookNode = nbformat.from_dict(source)
    cell = _code_cells(notebook)[index]
    function = _function(cell)
    code = textwrap.indent(body, "    ")
    cell.source = f"def {function}(*args, **kwargs):\n{code}" if function else body
    return notebook


def _forged(source: NotebookNode, release: NotebookNode) -> NotebookNode:
    """A forgery for every function; the answers that are not functions are left open."""
    notebook: NotebookNode = nbformat.from_dict(source)
    for cell in _code_cells(notebook):
        if function := _function(cell):
            cell.source = _FORGERY.replace("{name}", function)
        else:
            _leave_open([cell], release)
    return notebook


def _leave_open(cells: Sequence[NotebookNode], release: NotebookNode) -> None:
    untouched = {marks(cell)["grade_id"]: cell.source for cell in _code_cells(release)}
    for cell in cells:
        cell.source = untouched[marks(cell)["grade_id"]]


def _code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells in which the student writes code."""
    return [cell for cell in notebook.cells if is_solution(cell) and cell.cell_type == "code"]


def _function(cell: NotebookNode) -> str:
    """The function that a cell is about: the last one it defines; empty if it defines none."""
    defined = re.findall(r"^def (\w+)", cell.source, flags=re.MULTILINE)
    return defined[-1] if defined else ""
