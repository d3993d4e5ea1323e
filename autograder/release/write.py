"""Build releases, write them, and say what is out of date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.checks import checks_of
from autograder.records.files import write_atomically
from autograder.release.cases import public_checks
from autograder.release.lock import LOCK, lock_of, lock_path, locked_files
from autograder.release.notebooks import (
    let_the_rest_run,
    state_bounds,
    student_versions,
)
from autograder.release.prohibitions import state_prohibitions
from autograder.release.validate import require_unique_names, validate
from autograder.source.course import Course
from autograder.source.notebook import read_source
from course_lib.checking.rounding import same_but_for_rounding
from course_lib.checking.store import SUFFIX, contents, freeze
from course_lib.checking.wire import ProtocolError

_GENERATED = (".ipynb", SUFFIX)


def build_release(course: Course, assignment: str) -> dict[str, bytes]:
    """Everything that a release of this assignment consists of, by path relative to the course.

    The bytes are the same every time on the same machine. Nothing is written.

    Raises:
        CourseError: if a source, a check or a mistake is wrong; it names the file and the cell.
    """
    sources = _sources(course, assignment)
    checks = {name: checks_of(course, assignment, name) for name in sources}
    for name, notebook in sources.items():
        validate(course, assignment, name, notebook, checks[name])
    require_unique_names(course, assignment, sources)

    for name, notebook in sources.items():
        state_bounds(notebook, checks[name])
        state_prohibitions(notebook, checks[name])
        let_the_rest_run(notebook)

    files: dict[str, bytes] = {}
    for name, student_version in student_versions(course, assignment, sources).items():
        files[f"assignments/{assignment}/{name}.ipynb"] = student_version
    for name, notebook in sources.items():
        if frozen := freeze(public_checks(course, assignment, name, notebook, checks[name])):
            files[course.shown(course.cases(assignment, name))] = frozen
    return files


def write_release(
    course: Course,
    assignments: Sequence[str] | None = None,
    *,
    rebuild: bool = False,
    db: Path | None = None,
) -> list[str]:
    """Build and write releases, and register their cells in the nbgrader gradebook.

    Every assignment is built before the first file is written. Files that differ from what is
    there only by the rounding of another processor are left as they are. A lock beside each
    release says what it was made from (`autograder.release.lock`).

    Args:
        course: the course.
        assignments: names of assignments; by default all of them.
        rebuild: whether to build also what is up to date according to its lock.
        db: the gradebook; by default `gradebook.db` in the course's folder.

    Returns:
        The paths, relative to the course, that were written or removed; locks are not among them.
    """
    from autograder.records.gradebook import GradebookWriter

    names = _names(course, assignments)
    made = _make(course, names, rebuild)
    out_of_date = _out_of_date(course, made.built)
    stale = _stale(course, assignments and names, made.released)
    for path in out_of_date:
        write_atomically(course.root / path, made.built[path])
    for path in stale:
        _remove(course, course.root / path)
    with GradebookWriter(db or course.root / "gradebook.db", course) as gradebook:
        for assignment in names:
            gradebook.register(assignment, course.releases(assignment))
    # Last: a lock vouches for what lies there.
    for assignment in names if not course.only else ():
        content = lock_of(course, assignment, made.of[assignment])
        if not _holds(lock_path(course, assignment), content):
            write_atomically(lock_path(course, assignment), content)
    return sorted([*out_of_date, *stale])


def check_release(
    course: Course, assignments: Sequence[str] | None = None, *, rebuild: bool = False
) -> list[str]:
    """What is out of date: one line for each file that is missing, changed or stale.

    Args:
        course: the course.
        assignments: names of assignments; by default all of them.
        rebuild: whether to build also what is up to date according to its lock.
    """
    names = _names(course, assignments)
    made = _make(course, names, rebuild)
    problems = [
        f"{path} is {'changed' if (course.root / path).exists() else 'missing'}"
        for path in _out_of_date(course, made.built)
    ]
    stale = _stale(course, assignments and names, made.released)
    return sorted([*problems, *(f"{path} is stale" for path in stale)])


def unlocked(course: Course, assignments: Sequence[str] | None = None) -> list[str]:
    """The assignments that must be built to know whether their release is up to date."""
    names = _names(course, assignments)
    return [name for name in names if locked_files(course, name) is None]


@dataclass(frozen=True)
class _Made:
    """Releases: which files each consists of, and the content of those that had to be built."""

    of: dict[str, list[str]]
    built: dict[str, bytes]

    @property
    def released(self) -> set[str]:
        return {path for paths in self.of.values() for path in paths}


def _make(course: Course, assignments: Sequence[str], rebuild: bool) -> _Made:
    made = _Made({}, {})
    for name in assignments:
        locked = None if rebuild else locked_files(course, name)
        if locked is None:
            files = build_release(course, name)
            made.built.update(files)
            locked = list(files)
        made.of[name] = locked
    if assignments and not made.built:
        # No build has compared them with those of the other assignments, which no lock knows.
        require_unique_names(course, assignments[0], _sources(course, assignments[0]))
    return made


def _names(course: Course, assignments: Sequence[str] | None) -> list[str]:
    return course.assignments() if assignments is None else list(dict.fromkeys(assignments))


def _sources(course: Course, assignment: str) -> dict[str, NotebookNode]:
    return {
        name: read_source(course.source(assignment, name)) for name in course.notebooks(assignment)
    }


# What lies on disk


def _out_of_date(course: Course, files: dict[str, bytes]) -> list[str]:
    return [path for path, content in files.items() if not _same(course.root / path, content)]


def _stale(course: Course, assignments: Iterable[str] | None, files: Collection[str]) -> list[str]:
    """Files of these assignments (`None`: of any) that no source makes any more."""
    found: list[str] = []
    known = course.assignments()
    for base in dict.fromkeys((course.assignments_dir, course.cases_dir)):
        folders = [base] if assignments is None else [base / name for name in assignments]
        for folder in folders:
            for path in folder.rglob("*"):
                relative = path.relative_to(course.root)
                hidden = any(part.startswith(".") for part in relative.parts)
                generated = path.suffix in _GENERATED
                orphan = path.name == LOCK and path.parent.name not in known
                if orphan or (generated and not hidden and path.is_file()):
                    found.append(relative.as_posix())
    return sorted(set(found) - set(files))


def _remove(course: Course, path: Path) -> None:
    path.unlink()
    kept = (course.root, course.assignments_dir, course.cases_dir)
    for folder in path.parents:
        if folder in kept or any(folder.iterdir()):
            return
        folder.rmdir()


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _same(path: Path, content: bytes) -> bool:
    """Whether a file holds this content, but for the rounding of another processor."""
    if not path.is_file():
        return False
    present = path.read_bytes()
    if present == content:
        return True
    try:
        if path.suffix == SUFFIX:
            return same_but_for_rounding(contents(present), contents(content))
    except (ValueError, ProtocolError):
        return False
    return False
