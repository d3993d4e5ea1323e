"""Build releases, write them, and say what is out of date."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks import checks_of
from autograder.records.files import write_atomically
from autograder.release.cases import public_checks
from autograder.release.notebooks import released_notebooks, state_bounds, student_versions
from autograder.release.validate import require_unique_names, validate
from autograder.source.course import Course
from autograder.source.notebook import (
    read_source,
)
from course_lib.checking.store import SUFFIX, contents, freeze

_GENERATED = (".ipynb", SUFFIX)


def build_release(course: Course, assignment: str) -> dict[str, bytes]:
    """Everything that a release of this assignment consists of, by path relative to the course.

    The bytes are the same every time on the same machine. Nothing is written.

    Raises:
        CourseError: if a source, a check or a variant is wrong; it names the file and the cell.
    """
    sources = {
        name: read_source(course.source(assignment, name)) for name in course.notebooks(assignment)
    }
    checks = {name: checks_of(f"{assignment}/{name}") for name in sources}
    for name, notebook in sources.items():
        validate(course, assignment, name, notebook, checks[name])
    require_unique_names(course, assignment, sources)

    for name, notebook in sources.items():
        state_bounds(notebook, checks[name])

    files: dict[str, bytes] = {}
    for name, student_version in student_versions(course, assignment, sources).items():
        files[f"assignments/{assignment}/{name}.ipynb"] = student_version
    for name, notebook in sources.items():
        if frozen := freeze(public_checks(course, assignment, name, notebook, checks[name])):
            files[course.shown(course.cases(assignment, name))] = frozen
    return files


def write_release(
    course: Course, assignments: Sequence[str] | None = None, *, db: Path | None = None
) -> list[str]:
    """Build and write releases, and register their cells in the nbgrader gradebook.

    Every assignment is built before the first file is written. Files that differ from what is
    there only by the rounding of another processor are left as they are.

    Args:
        course: the course.
        assignments: names of assignments; by default all of them.
        db: the gradebook; by default `gradebook.db` in the course's folder.

    Returns:
        The paths, relative to the course, that were written or removed.
    """
    from autograder.records.gradebook import GradebookWriter

    built = _build(course, assignments)
    files = {path: content for release in built.values() for path, content in release.items()}
    out_of_date = _out_of_date(course, files)
    stale = _stale(course, built if assignments is not None else None, files)
    for path in out_of_date:
        write_atomically(course.root / path, files[path])
    for path in stale:
        _remove(course, course.root / path)
    with GradebookWriter(db or course.root / "gradebook.db", course) as gradebook:
        for assignment in built:
            gradebook.register(assignment, released_notebooks(course, assignment))
    return sorted([*out_of_date, *stale])


def check_release(course: Course, assignments: Sequence[str] | None = None) -> list[str]:
    """What is out of date: one line for each file that is missing, changed or stale."""
    built = _build(course, assignments)
    files = {path: content for release in built.values() for path, content in release.items()}
    problems = [
        f"{path} is {'changed' if (course.root / path).exists() else 'missing'}"
        for path in _out_of_date(course, files)
    ]
    problems += [
        f"{path} is stale"
        for path in _stale(course, built if assignments is not None else None, files)
    ]
    return sorted(problems)


def _build(course: Course, assignments: Sequence[str] | None) -> dict[str, dict[str, bytes]]:
    names = course.assignments() if assignments is None else list(dict.fromkeys(assignments))
    return {name: build_release(course, name) for name in names}


# What lies on disk


def _out_of_date(course: Course, files: dict[str, bytes]) -> list[str]:
    return [path for path, content in files.items() if not _same(course.root / path, content)]


def _stale(course: Course, assignments: Iterable[str] | None, files: dict[str, bytes]) -> list[str]:
    """Files of these assignments (`None`: of any) that no source makes any more."""
    found: list[str] = []
    for base in dict.fromkeys((course.assignments_dir, course.cases_dir)):
        folders = [base] if assignments is None else [base / name for name in assignments]
        for folder in folders:
            for path in folder.rglob("*"):
                relative = path.relative_to(course.root)
                hidden = any(part.startswith(".") for part in relative.parts)
                generated = path.suffix in _GENERATED
                if path.is_file() and generated and not hidden and relative.as_posix() not in files:
                    found.append(relative.as_posix())
    return sorted(found)


def _remove(course: Course, path: Path) -> None:
    path.unlink()
    kept = (course.root, course.assignments_dir, course.cases_dir)
    for folder in path.parents:
        if folder in kept or any(folder.iterdir()):
            return
        folder.rmdir()


def _same(path: Path, content: bytes) -> bool:
    """Whether a file holds this content, but for the rounding of another processor."""
    if not path.is_file():
        return False
    present = path.read_bytes()
    if present == content:
        return True
    try:
        if path.suffix == SUFFIX:
            return _close(contents(present), contents(content))
    except Exception:
        return False
    return False


def _close(old: Any, new: Any) -> bool:
    if type(old) is not type(new):
        return False
    if isinstance(new, float):
        return math.isclose(old, new, rel_tol=1e-5, abs_tol=1e-9) or (old != old and new != new)
    if isinstance(new, dict):
        return old.keys() == new.keys() and all(_close(old[key], new[key]) for key in new)
    if isinstance(new, (list, tuple)):
        return len(old) == len(new) and all(map(_close, old, new))
    if isinstance(new, np.ndarray):
        if old.shape != new.shape or old.dtype != new.dtype:
            return False
        if new.dtype.kind != "f":
            return bool(np.array_equal(old, new))
        return bool(np.allclose(old, new, rtol=1e-5, atol=1e-6, equal_nan=True))
    return bool(old == new)
