"""The notebooks' sources in a plan's folder: read once, by the machine that plans.

    <out>/plans/0001/sources/<assignment>/<notebook>.ipynb

So a machine that grades needs nothing that reads sources, and all of them grade with the same ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.records.files import write_atomically
from autograder.source.course import Course

Digests = Mapping[str, str]
"""Of an assignment's sources, by notebook."""


def write_sources(course: Course, assignment: str, folder: Path) -> dict[str, str]:
    """Write an assignment's sources into a plan's folder.

    Returns:
        Their digests, by notebook.
    """
    digests = {}
    for notebook in course.notebooks(assignment):
        raw = json.dumps(course.read_source(assignment, notebook), indent=1).encode()
        write_atomically(_place(folder, assignment, notebook), raw)
        digests[notebook] = _digest(raw)
    return digests


def with_sources(course: Course, folder: Path, planned: Mapping[str, Digests]) -> Course:
    """The course with the sources that a plan's folder holds.

    Args:
        course: the course.
        folder: the plan's.
        planned: what `write_sources` returned, by assignment.

    Raises:
        CourseError: if one is missing or damaged.
    """
    parsed = {
        (assignment, notebook): _read(_place(folder, assignment, notebook), digest)
        for assignment, digests in planned.items()
        for notebook, digest in digests.items()
    }
    return replace(course, parsed=parsed)


def _read(path: Path, digest: str) -> NotebookNode:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror}). Copy the whole folder of the plan, or make "
            "a new plan with `autograder plan`."
        ) from error
    if _digest(raw) != digest:
        raise CourseError(f"{path} is damaged. Make a new plan with `autograder plan`.")
    notebook: NotebookNode = nbformat.from_dict(json.loads(raw))
    return notebook


def _place(folder: Path, assignment: str, notebook: str) -> Path:
    return folder / "sources" / assignment / f"{notebook}.ipynb"


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
