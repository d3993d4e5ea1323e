"""Which cells make what a check looks at, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from nbformat import NotebookNode

from autograder.grading.dependencies import subject_of
from autograder.grading.judging import ERROR_HINTS
from autograder.grading.plan import NotebookPlan
from autograder.grading.transcript import Stop
from autograder.source.notebook import (
    is_graded,
    is_solution,
    marks,
)
from autograder.submission.facts import Aliases, aliases_of, facts_of, guessed_facts
from autograder.submission.flow import Flow, FlowCell
from autograder.submission.names import bound_names, plain_python
from course_lib.checking.exceptions import unwritten
from course_lib.checking.finding import Finding

# A notebook that is larger was not written by hand, and what becomes of it need not be told finely.
_MOST_CELLS, _MOST_CHARACTERS = 500, 400_000


def stop_above(
    check: str, notebook: NotebookNode, stopped: Mapping[int, Stop], passed_over: Collection[int]
) -> Stop | None:
    """What ended a cell that a check builds on: one that makes or changes what it looks at.

    Args:
        check: the name of the check.
        notebook: what was run.
        stopped: what ended the cells that did not come to their end, by index.
        passed_over: indices of the cells that were not to be run.
    """
    if not stopped:
        return None
    run = [
        index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and index not in passed_over
    ]
    cells = tuple((_graded(notebook.cells[i]), notebook.cells[i].source) for i in run)
    for index, stop in sorted(stopped.items()):
        if check in _built_on(cells, run.index(index)):
            return stop
    return None


@lru_cache(maxsize=256)
def _built_on(cells: tuple[tuple[str, str], ...], cut: int) -> set[str]:
    """The checks that build on a cell; each is given by the name of its check and its source."""
    if len(cells) > _MOST_CELLS or sum(len(source) for _, source in cells) > _MOST_CHARACTERS:
        return {check for check, _ in cells[cut:] if check}
    sources = [plain_python(source) for _, source in cells]
    try:
        aliases: Aliases = frozenset().union(*map(aliases_of, sources))
        facts = [facts_of(source, aliases) or guessed_facts(source) for source in sources]
    except (RecursionError, MemoryError):
        return {check for check, _ in cells[cut:] if check}
    found = [
        FlowCell(str(index), check, False, fact)
        for index, ((check, _), fact) in enumerate(zip(cells, facts, strict=True))
    ]
    return Flow(found, aliases).built_on(cut)


def _graded(cell: NotebookNode) -> str:
    return str(marks(cell)["grade_id"]) if is_graded(cell) else ""


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
    names = subject_of(plan.release.cells, check)
    makers = {
        marks(cell).get("grade_id")
        for cell in plan.release.cells
        if is_solution(cell) and names & bound_names(cell.source)
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
    if "unwritten" in error:
        inner = error["unwritten"]
        name = inner if inner.isidentifier() else ", ".join(sorted(names))
        return unwritten(name, error["traceback"])
    kind, message = error["type"], error["message"]
    return Finding(
        f"The cell that should define `{', '.join(sorted(names))}` stopped with {kind}: {message}",
        observed=kind,
        where=error["traceback"],
        hint=ERROR_HINTS.get(kind, ""),
    )
