"""Which cell defines what a check looks at, and what became of it."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from nbformat import NotebookNode

from autograder.grading.judging import ERROR_HINTS
from autograder.grading.plan import NotebookPlan
from autograder.records.outcomes import Death
from autograder.source.notebook import (
    checked_expression,
    defined_names,
    is_graded,
    is_solution,
    marks,
)
from autograder.submission.names import bound_names
from course_lib.checking.finding import Finding


def killed_definition(
    plan: NotebookPlan, check: str, notebook: NotebookNode, stopped: Mapping[int, Death]
) -> Death | None:
    """How the cell that defines the subject of a check was killed, if it was.

    Args:
        plan: the notebook's checks.
        check: the name of one.
        notebook: what was run.
        stopped: what ended the cells that did not come to their end, by index.
    """
    names = names_checked(plan, check)
    for index, death in stopped.items():
        if names & names_bound(notebook.cells[index].source):
            return death
    return None


def undefined(
    plan: NotebookPlan, check: str, notebook: NotebookNode, errors: Mapping[int, dict[str, str]]
) -> Finding | None:
    """Why the name that is checked does not exist, if the cell that should make it stopped.

    Args:
        plan: the notebook's checks.
        check: the name of one.
        notebook: what was run.
        errors: the exceptions that ended cells, by index.
    """
    names = names_checked(plan, check)
    makers = {
        marks(cell).get("grade_id")
        for cell in plan.release.cells
        if is_solution(cell) and names & names_bound(cell.source)
    }
    for index, error in errors.items():
        if marks(notebook.cells[index]).get("grade_id") in makers:
            return _stopped(names, error)
    return None


def lost_with(
    name: str, notebook: NotebookNode, errors: Mapping[int, dict[str, str]]
) -> Finding | None:
    """Why a name does not exist that a check needs, if the cell that should define it stopped.

    Args:
        name: what Python did not find.
        notebook: what was run.
        errors: the exceptions that ended cells, by index.
    """
    for index, error in errors.items():
        if name in bound_names(notebook.cells[index].source):
            return _stopped({name}, error)
    return None


def _stopped(names: set[str], error: Mapping[str, str]) -> Finding:
    kind, message = error["type"], error["message"]
    return Finding(
        f"The cell that should define `{', '.join(sorted(names))}` stopped with {kind}: {message}",
        observed=kind,
        where=error["traceback"],
        hint=ERROR_HINTS.get(kind, ""),
    )


def names_checked(plan: NotebookPlan, check: str) -> set[str]:
    """The names in the call of a check."""
    for cell in plan.release.cells:
        if is_graded(cell) and marks(cell).get("grade_id") == check:
            expression = checked_expression(cell.source)
            return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    return set()


def names_bound(source: str) -> set[str]:
    """The names that a cell defines; none if it is no Python."""
    try:
        return defined_names(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
