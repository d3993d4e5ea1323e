"""The student's notebooks: nbgrader makes them, and what was measured stands in their prose."""

from __future__ import annotations

import io
import logging
import re
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.checks import Check
from autograder.checks.calibration import read_calibration
from autograder.records.files import write_atomically
from autograder.source.course import Course
from autograder.source.notebook import BEGIN, END, is_solution


def solution_lines(notebook: NotebookNode) -> set[str]:
    """The telling lines of a notebook's solutions: long, and nowhere outside a solution."""
    inside: set[str] = set()
    outside: set[str] = set()
    for cell in notebook.cells:
        within = False
        for line in cell.source.splitlines():
            if BEGIN in line:
                within = True
            elif END in line:
                within = False
            else:
                (inside if within else outside).add(line.strip())
    return {line for line in inside - outside if len(line) > 12}


_BOUND = re.compile(r"\{calibration (\w+)\}")


def state_bounds(notebook: NotebookNode, checks: dict[str, Check]) -> None:
    """Write what was measured where the prose says `{calibration check}`."""

    def measured(found: re.Match[str]) -> str:
        return read_calibration(checks[found[1]].calibration_file, found[1]).in_prose()

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _BOUND.sub(measured, cell.source)


def let_the_rest_run(notebook: NotebookNode) -> None:
    """Tag what can stop for want of an answer, so that "Run all" goes on.

    These are the code cells from the first answer on. Jupyter, VS Code and nbclient know the tag.
    """
    answers = (index for index, cell in enumerate(notebook.cells) if is_solution(cell))
    for cell in notebook.cells[next(answers, len(notebook.cells)) :]:
        if cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "raises-exception"]


def student_versions(
    course: Course, assignment: str, sources: dict[str, NotebookNode]
) -> dict[str, bytes]:
    """The notebooks as nbgrader's own GenerateAssignment makes them."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    messages = io.StringIO()
    log = logging.Logger("generate_assignment", logging.ERROR)
    log.addHandler(logging.StreamHandler(messages))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for name, notebook in sources.items():
            write_atomically(
                root / "source" / assignment / f"{name}.ipynb", nbformat.writes(notebook)
            )
        directory = CourseDirectory(root=str(root), assignment_id=assignment, log=log)
        converter = GenerateAssignment(coursedir=directory, log=log, no_database=True)
        # The cells are registered in the gradebook when the release is written.
        converter.preprocessors = [
            step for step in converter.preprocessors if step is not SaveCells
        ]
        try:
            converter.start()
        except Exception as error:
            causes = re.findall(
                r"^[\w.]*(?:Error|Exception): .*$", messages.getvalue(), re.MULTILINE
            )
            raise CourseError(
                f"nbgrader cannot make a student version of {assignment}: "
                f"{causes[-1] if causes else error}"
            ) from error
        released = {
            name: (root / "release" / assignment / f"{name}.ipynb").read_bytes() for name in sources
        }
    for name, notebook in sources.items():
        _require_no_solution(
            course.shown(course.source(assignment, name)), notebook, released[name]
        )
    return released


def _require_no_solution(path: str, notebook: NotebookNode, released: bytes) -> None:
    telling = solution_lines(notebook)
    for cell in nbformat.reads(released.decode(), as_version=4).cells:
        for line in cell.source.splitlines():
            if line.strip() in telling or BEGIN in line or END in line:
                raise CourseError(
                    f"{path}, cell {cell.id!r}: a line of a solution would be released: "
                    f"{line.strip()[:80]!r}."
                )
