"""Rules for a source."""

from __future__ import annotations

import contextlib
from typing import Any

from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.checks import Check
from autograder.source.course import Course
from autograder.source.notebook import (
    BEGIN,
    END,
    check_asked,
    is_graded,
    is_solution,
    marks,
    read_source,
)


def validate(
    course: Course, assignment: str, name: str, notebook: NotebookNode, checks: dict[str, Check]
) -> None:
    path = course.shown(course.source(assignment, name))
    seen: set[str] = set()
    for index, cell in enumerate(notebook.cells):
        grade_id = str(marks(cell).get("grade_id", ""))
        where = f"{path}, cell {grade_id!r}" if grade_id else f"{path}, cell {index + 1}"
        if marks(cell) and not grade_id:
            raise CourseError(f"{where} has nbgrader marks but no grade_id. Give it one.")
        if grade_id in seen:
            raise CourseError(f"{where}: this grade_id stands twice. Every cell needs its own.")
        if grade_id:
            seen.add(grade_id)
        if marks(cell).get("task"):
            raise CourseError(
                f"{where} is a task cell, which this course does not use. For an answer that a "
                'person grades, set "grade" and "solution" instead.'
            )
        if marks(cell).get("grade") and not _is_points(marks(cell).get("points")):
            raise CourseError(
                f"{where} is graded, but its points are missing or negative. "
                f"Received: points={marks(cell).get('points')!r}."
            )
        if is_graded(cell):
            _validate_graded_cell(where, grade_id, cell, checks)
        elif cell.cell_type == "code":
            _validate_solution_regions(where, cell)
    graded = {marks(cell)["grade_id"] for cell in notebook.cells if is_graded(cell)}
    for check in sorted(set(checks) - graded):
        raise CourseError(
            f"Check {check!r} has no graded cell in {path}. Add the cell, or remove the check."
        )


def _is_points(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0


def _validate_graded_cell(
    where: str, grade_id: str, cell: NotebookNode, checks: dict[str, Check]
) -> None:
    try:
        asked = check_asked(cell.source)
    except (CourseError, SyntaxError) as error:
        raise CourseError(f"{where}: {error}") from error
    if asked != grade_id:
        raise CourseError(
            f"{where}: the cell must check what its grade_id names, "
            f'check("{grade_id}", ...). Received: {cell.source.strip()[:80]!r}.'
        )
    if grade_id not in checks:
        known = f" Known here: {', '.join(sorted(checks))}." if checks else ""
        raise CourseError(f"{where} is graded, but there is no check of this name.{known}")


def _validate_solution_regions(where: str, cell: NotebookNode) -> None:
    depth = regions = 0
    for line in cell.source.splitlines():
        if BEGIN in line:
            depth, regions = depth + 1, regions + 1
        elif END in line:
            depth -= 1
        if depth not in (0, 1):
            raise CourseError(f"{where}: {BEGIN} and {END} must alternate.")
    if depth:
        raise CourseError(f"{where}: {END} is missing.")
    if is_solution(cell) and not regions:
        raise CourseError(
            f"{where} is a solution cell without {BEGIN} and {END}. "
            "Put them around what the student writes."
        )
    if regions and not is_solution(cell):
        raise CourseError(
            f'{where} holds a solution, but is not marked as a solution cell. Set "solution": true.'
        )


def require_unique_names(course: Course, assignment: str, sources: dict[str, NotebookNode]) -> None:
    """In the whole course: `check(name, ...)` has nothing else to go by."""
    owners: dict[str, str] = {}
    for other in [assignment, *(name for name in course.assignments() if name != assignment)]:
        for name in course.notebooks(other):
            path = course.source(other, name)
            notebook = sources[name] if other == assignment else read_source(path)
            for cell in filter(is_graded, notebook.cells):
                check = marks(cell).get("grade_id", "")
                if check in owners:
                    raise CourseError(
                        f"{course.shown(path)}, cell {check!r}: a check of this name stands in "
                        f"{owners[check]} too. Rename one of them."
                    )
                owners[check] = course.shown(path)


@contextlib.contextmanager
def naming(what: str) -> Any:
    """Turn whatever the course's own code raises into one line that says whose it is."""
    try:
        yield
    except CourseError as error:
        raise error if what in str(error) else CourseError(f"{what}: {error}") from error
    except Exception as error:
        raise CourseError(f"{what} stopped with {type(error).__name__}: {error}") from error
