"""The course on disk: where sources, releases and settings are."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder._exceptions import CourseError
from autograder.source.settings import Settings, read_settings

if TYPE_CHECKING:
    from nbformat import NotebookNode

ISOLATIONS = ("namespaces", "container", "none")


@dataclass(frozen=True)
class SubmissionLimits:
    """What one submission may use; the `[limits]` table of `course.toml`.

    Attributes:
        cell_seconds: CPU time of a cell.
        check_seconds: CPU time of a graded cell, unless the check says otherwise; of a training, if
            the check trains.
        cpu_seconds: CPU time of a whole notebook.
        idle_seconds: how much longer than it computes a cell may neither compute nor wait for a
            processor.
        submission_seconds: wall time of a whole notebook. If it is over, the machine was too busy,
            and the notebook is ungraded.
        memory_mb: resident memory of all its processes.
        processes: how many it may start beside its own.
        threads: of all its processes.
        file_mb: largest file, and size of the scratch directory.
        output_kb: text and pictures kept from one cell.
        restarts: fresh starts after a kill, without the cell that was killed.
        weights_mb: largest file of trained weights beside a notebook.
    """

    cell_seconds: float = 180
    check_seconds: float = 180
    cpu_seconds: float = 3600
    idle_seconds: float = 60
    submission_seconds: float = 7200
    memory_mb: int = 4096
    processes: int = 0
    threads: int = 1024
    file_mb: int = 256
    output_kb: int = 512
    restarts: int = 4
    weights_mb: int = 64


@dataclass(frozen=True)
class Course:
    """A course directory: it holds `course.toml`, `solutions/` and `assignments/`.

    `only` names the notebooks that the course is reduced to; all if empty. `parsed` holds sources
    that were read elsewhere, by assignment and notebook.
    """

    root: Path
    id: str
    title: str
    limits: SubmissionLimits
    only: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    parsed: Mapping[tuple[str, str], NotebookNode] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def assignments_dir(self) -> Path:
        return self.root / "assignments"

    @property
    def cases_dir(self) -> Path:
        return self.root / self.settings.course.cases

    def assignments(self) -> list[str]:
        """Names of all assignments that have sources, of those notebooks that it is reduced to."""
        found = [path.parent for path in self.solutions.glob("*/*/notebook.py")]
        return sorted({f.parent.name for f in found if not self.only or f.name in self.only})

    def notebooks(self, assignment: str) -> list[str]:
        """Names of an assignment's notebooks.

        Raises:
            CourseError: if there is no such assignment.
        """
        found = (self.solutions / assignment).glob("*/notebook.py")
        names = sorted(path.parent.name for path in found)
        names = [name for name in names if not self.only or name in self.only]
        if not names or Path(assignment).name != assignment:
            raise CourseError(
                f"There is no assignment {assignment!r}. Known: {', '.join(self.assignments())}."
            )
        return names

    def folder(self, assignment: str, notebook: str) -> Path:
        """Where all that an instructor writes for a notebook lies."""
        return self.solutions / assignment / notebook

    def source(self, assignment: str, notebook: str) -> Path:
        """The notebook's one source: prose, solutions and graded cells."""
        return self.folder(assignment, notebook) / "notebook.py"

    def read_source(self, assignment: str, notebook: str) -> NotebookNode:
        """The notebook's source as a notebook, the caller's own; from `parsed` if it is there."""
        if (found := self.parsed.get((assignment, notebook))) is not None:
            return copy.deepcopy(found)
        # Here, so that the command line starts at once.
        from autograder.source.notebook import read_source

        return read_source(self.source(assignment, notebook))

    def checks(self, assignment: str, notebook: str) -> Path:
        """What each graded cell requires."""
        return self.folder(assignment, notebook) / "checks.py"

    def mistakes(self, assignment: str, notebook: str) -> list[Path]:
        """Files of known mistakes, one for each check that they lose first."""
        return sorted((self.folder(assignment, notebook) / "mistakes").glob("*.py"))

    def answers(self, assignment: str, notebook: str) -> list[Path]:
        """Files of other right answers."""
        return sorted((self.folder(assignment, notebook) / "answers").glob("*.py"))

    def calibration(self, assignment: str, notebook: str) -> Path:
        """What was measured of the checks that judge by accuracy."""
        return self.folder(assignment, notebook) / "calibration.json"

    def shared(self) -> list[Path]:
        """Modules that checks of several notebooks import, as `solutions.<name>`."""
        return sorted(self.solutions.glob("*.py"))

    def released(self, assignment: str, notebook: str) -> Path:
        return self.assignments_dir / assignment / f"{notebook}.ipynb"

    def cases(self, assignment: str, notebook: str) -> Path:
        """The file of a notebook's public cases."""
        # Here, so that the command line starts at once.
        from course_lib.checking.store import SUFFIX

        return self.cases_dir / assignment / f"{notebook}{SUFFIX}"

    def release(self, assignment: str, notebook: str) -> bytes:
        """The file of a released notebook.

        Raises:
            CourseError: if it is not released.
        """
        path = self.released(assignment, notebook)
        if not path.is_file():
            raise CourseError(
                f"{assignment}/{notebook} is not released. Run `autograder release {assignment}`."
            )
        return path.read_bytes()

    def releases(self, assignment: str) -> dict[str, NotebookNode]:
        """The released notebooks by name: the caller's own, and read once as long as they stay.

        Raises:
            CourseError: if one is not released.
        """
        found = {name: self.release(assignment, name) for name in self.notebooks(assignment)}
        return {name: copy.deepcopy(_notebook(raw)) for name, raw in found.items()}

    def shown(self, path: Path) -> str:
        """A path as the course's people know it: relative to its folder."""
        return path.relative_to(self.root).as_posix()

    def files(self, assignment: str, notebook: str, variant: str = "") -> dict[str, Path]:
        """What the audit hands in beside a notebook, by name; a variant's own files come first."""
        beside = self.folder(assignment, notebook) / "files"
        folders = (beside, beside / variant) if variant else (beside,)
        return {p.name: p for folder in folders for p in folder.glob("*") if p.is_file()}


@lru_cache(maxsize=64)
def _notebook(raw: bytes) -> NotebookNode:
    import nbformat

    notebook: NotebookNode = nbformat.reads(raw.decode(), as_version=4)
    return notebook


def find_course(start: Path | None = None) -> Course:
    """The course that `start` (by default the current directory) lies in.

    Raises:
        CourseError: if there is none, or its `course.toml` is wrong.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "course.toml").is_file():
            return _read_course(folder)
    raise CourseError(
        f"No course.toml in {start} or above it. Change to the course's folder, or pass --course."
    )


def _read_course(root: Path) -> Course:
    try:
        tables = tomllib.loads((root / "course.toml").read_text())
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{root / 'course.toml'} is not valid TOML: {error}.") from error
    limits = _limits(tables.pop("limits", {}))
    settings = read_settings(tables)
    for name in settings.assignments:
        if not (root / "solutions" / name).is_dir():
            raise CourseError(
                f"course.toml: [assignments.{name}] is of an assignment that there is not: "
                f"solutions/{name} is no folder."
            )
    about = settings.course
    return Course(root, about.id or root.name, about.title or root.name, limits, settings=settings)


def _limits(table: dict[str, Any]) -> SubmissionLimits:
    known = {f.name for f in fields(SubmissionLimits)}
    for name, value in table.items():
        if name not in known:
            raise CourseError(
                f"Unknown limit {name!r} in course.toml. Known: {', '.join(sorted(known))}."
            )
        least = 0 if name in ("processes", "restarts") else 1e-9
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value < least:
            what = "0 or a positive number" if least == 0 else "a positive number"
            raise CourseError(f"Limit {name} must be {what}. Received: {value!r}.")
    return SubmissionLimits(**table)
