"""What the sandbox imports once, for all submissions, so that none of them waits for it."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from importlib.machinery import PathFinder
from typing import Any

from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.checks import checks_of
from autograder.source.course import Course
from autograder.source.notebook import parse
from course_lib.checking.forbidden import resolve

FRAMEWORK = "keras"


def preloads(course: Course, assignment: str) -> tuple[str, ...]:
    """The modules for an assignment's submissions.

    What the course says; Keras, if a notebook imports it; and the modules and classes whose
    functions a check does not allow.

    Raises:
        CourseError: if the course names a module that there is not.
    """
    for name in course.settings.sandbox.preload:
        _require_module(name)
    names = {
        name.rpartition(".")[0]
        for notebook in course.notebooks(assignment)
        for found in checks_of(course, assignment, notebook).values()
        for name in found.forbids
    }
    if any(FRAMEWORK in _imported(n) for n in course.releases(assignment).values()):
        names.add(FRAMEWORK)
    return (*course.settings.sandbox.preload, *sorted(names - {""}))


def _require_module(name: str) -> None:
    """Complain about a module that cannot be found; if possible, none is imported for that."""
    first, *parts = name.split(".")
    found: Any = importlib.util.find_spec(first)
    for part in parts if found is not None else ():
        found = PathFinder.find_spec(f"{found.name}.{part}", found.submodule_search_locations)
        if found is None:
            # A class, or a module that its package makes.
            found = resolve(name)
            break
    if found is None:
        raise CourseError(
            f"course.toml, [sandbox] preload: there is no module {name!r} here. Correct its name, "
            "or install what it comes with."
        )


def _imported(notebook: NotebookNode) -> set[str]:
    """The packages that the cells of a notebook import."""
    return {name.partition(".")[0] for cell in notebook.cells for name in _imports(cell)}


def _imports(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type != "code":
        return
    for node in ast.walk(parse(cell.source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
