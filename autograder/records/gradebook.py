"""Results in nbgrader's own form: its gradebook, and a folder that its commands understand.

A check that could not be graded has no score in the gradebook and is marked "needs manual grade":
formgrader shows it as open, and the student's feedback says so. In sums nbgrader counts it as
nothing; a later `record` with a score closes it. A score that a person gave in formgrader is
never overwritten; if the grader's own changes, nbgrader asks that person to look again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.records.files import write_derived
from autograder.records.results import CheckRecord, SubmissionRecord, Verdict
from autograder.source.course import Course
from autograder.source.notebook import is_solution, marks

_OPEN = {
    Verdict.UNGRADED: "Not graded yet: the grader failed here. This is not your fault, and it will "
    "be graded again.",
    Verdict.UNREADABLE: "Not graded yet: your file could not be read. This is not a zero: your "
    "instructor will look at it.",
}
_CONFIG = '''\
"""Lets nbgrader's commands (export, generate_feedback, formgrader) run in this folder."""

import os

c = get_config()  # noqa: F821
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = {course_id!r}
# nbgrader knows wall time only, 30 seconds for a cell, which a busy machine takes for an import.
c.Execute.timeout = 3600
'''


@dataclass(frozen=True)
class _NotebookCells:
    """Of a notebook: the identifiers of graded cells and of answers, and the order of all."""

    graded: dict[str, str]
    answered: dict[str, str]
    order: list[str]


@dataclass(frozen=True)
class _Cells:
    """Of an assignment: its identifier, and its notebooks by theirs."""

    id: str
    notebooks: dict[str, _NotebookCells]

    @property
    def graded(self) -> set[str]:
        return {name for notebook in self.notebooks.values() for name in notebook.graded}


class GradebookWriter:
    """Writes into an nbgrader gradebook, which is made if it is not there.

    Use it as a context manager. Only one may be open on a gradebook at a time.

    Args:
        path: the gradebook's file.
        course: the course; its `id` becomes nbgrader's course id.
    """

    def __init__(self, path: Path, course: Course) -> None:
        self._path = path.resolve()
        self._course = course
        self._known: dict[str, _Cells] = {}

    def __enter__(self) -> GradebookWriter:
        from nbgrader.api import Gradebook

        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _versions_read_here():
            if not self._path.exists():
                # Made elsewhere first: whatever ends this process, there is no half a gradebook.
                made = self._path.with_name(f".{self._path.name}.part")
                made.unlink(missing_ok=True)
                Gradebook(f"sqlite:///{made}", self._course.id).close()
                made.replace(self._path)
            self._gradebook = Gradebook(f"sqlite:///{self._path}", self._course.id)
        return self

    def __exit__(self, *exception: object) -> None:
        self._gradebook.close()

    def register(self, assignment: str, notebooks: Mapping[str, NotebookNode]) -> None:
        """Make the gradebook's assignment that of these released notebooks.

        Nothing is written if it already is. Otherwise cells are added, removed and changed in one
        step, also under submissions that are recorded: they get an open grade for a new cell.

        Args:
            assignment: its name.
            notebooks: the released notebooks by name.

        Raises:
            CourseError: if a cell is gone for which a person has given a score or a comment.
        """
        from nbgrader.api import Assignment, MissingEntry

        session = self._gradebook.db
        self._known.pop(assignment, None)
        try:
            found = self._gradebook.find_assignment(assignment)
        except MissingEntry:
            found = Assignment(name=assignment, course_id=self._course.id)
            session.add(found)
        try:
            for notebook in list(found.notebooks):
                if notebook.name not in notebooks:
                    self._remove_notebook(notebook)
            with session.no_autoflush:
                for name, released in notebooks.items():
                    self._register_notebook(found, name, released)
            session.commit()
        except BaseException:
            session.rollback()
            raise

    def record(self, *records: SubmissionRecord, strict: bool = True) -> None:
        """Put submissions' scores into the gradebook, in one step; again if they are there already.

        Args:
            records: of assignments that are registered.
            strict: whether a check that the gradebook does not have is an error. In a grade of
                earlier times it is not: the release has changed since, and the check is left out.

        Raises:
            CourseError: if the gradebook lacks a check, or an assignment.
        """
        session = self._gradebook.db
        try:
            with session.no_autoflush:
                found = self._submissions(records)
            for record in records:
                cells = self._cells(record.assignment)
                for check in record.checks if strict else ():
                    if check.name not in cells.graded:
                        raise CourseError(
                            f"The gradebook {self._path.name} has no cell {check.name!r} in "
                            f"{record.assignment}. Run `autograder release {record.assignment}`."
                        )
                if submission := found.get((record.assignment, record.student)):
                    self._change(submission, record)
                else:
                    self._add(cells, record)
            session.commit()
        except BaseException:
            session.rollback()
            raise

    def _submissions(self, records: Sequence[SubmissionRecord]) -> dict[tuple[str, str], Any]:
        """The submissions of these that the gradebook has; missing students are added."""
        from nbgrader.api import Assignment, Student, SubmittedAssignment

        session = self._gradebook.db
        students = {record.student for record in records}
        known = {row.id for row in session.query(Student.id).filter(Student.id.in_(students))}
        session.add_all(Student(id=student) for student in sorted(students - known))
        session.flush()
        rows = (
            session.query(Assignment.name, SubmittedAssignment)
            .join(SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(SubmittedAssignment.student_id.in_(students))
        )
        return {(name, row.student_id): row for name, row in rows}

    def _cells(self, assignment: str) -> _Cells:
        """What a submission of an assignment has rows for."""
        from nbgrader.api import MissingEntry

        if assignment not in self._known:
            try:
                found = self._gradebook.find_assignment(assignment)
            except MissingEntry:
                raise CourseError(
                    f"The gradebook {self._path.name} has no assignment {assignment}."
                ) from None
            self._known[assignment] = _Cells(
                found.id,
                {
                    notebook.id: _NotebookCells(
                        {cell.name: cell.id for cell in notebook.grade_cells},
                        {cell.name: cell.id for cell in notebook.solution_cells},
                        [cell.name for cell in notebook.source_cells],
                    )
                    for notebook in found.notebooks
                },
            )
        return self._known[assignment]

    def _add(self, cells: _Cells, record: SubmissionRecord) -> None:
        """Add the rows of a submission, as `Gradebook.add_submission` would one by one."""
        from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook, new_uuid
        from sqlalchemy import insert

        scores = {check.name: check.score for check in record.checks}
        submission = new_uuid()
        notebooks, grades, comments = [], [], []
        for place, notebook in cells.notebooks.items():
            own = new_uuid()
            notebooks.append({"id": own, "assignment_id": submission, "notebook_id": place})
            texts = _comments(notebook.order, notebook.answered, record)
            for name, cell in notebook.graded.items():
                score = scores.get(name)
                grades.append(
                    {"id": new_uuid(), "notebook_id": own, "cell_id": cell, "auto_score": score}
                    | {"needs_manual_grade": score is None}
                )
            for name, cell in notebook.answered.items():
                comments.append(
                    {"id": new_uuid(), "notebook_id": own, "cell_id": cell}
                    | {"auto_comment": texts[name]}
                )
        row = {"id": submission, "assignment_id": cells.id, "student_id": record.student}
        for kind, rows in (
            (SubmittedAssignment, [row]),
            (SubmittedNotebook, notebooks),
            (Grade, grades),
            (Comment, comments),
        ):
            if rows:
                self._gradebook.db.execute(insert(kind), rows)

    def _change(self, submission: Any, record: SubmissionRecord) -> None:
        from nbgrader.api import Comment, Grade, GradeCell, SolutionCell

        grades = self._rows(Grade, GradeCell, submission)
        for check in record.checks:
            if check.name in grades:
                self._grade(grades[check.name], check)
        comments = self._rows(Comment, SolutionCell, submission)
        if record.ungraded or any(row.auto_comment for row in comments.values()):
            for notebook in submission.notebooks:
                rows = {comment.cell.name: comment for comment in notebook.comments}
                order = [cell.name for cell in notebook.notebook.source_cells]
                for name, text in _comments(order, rows, record).items():
                    rows[name].auto_comment = text

    def _rows(self, kind: Any, cell: Any, submission: Any) -> dict[str, Any]:
        """Grades or comments of a submission by the name of their cell, in one query."""
        from nbgrader.api import SubmittedNotebook

        found = (
            self._gradebook.db.query(cell.name, kind)
            .select_from(kind)
            .join(cell, kind.cell_id == cell.id)
            .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
            .filter(SubmittedNotebook.assignment_id == submission.id)
        )
        return dict(found.all())

    @staticmethod
    def _grade(grade: Any, check: CheckRecord) -> None:
        reopened = grade.manual_score is not None and grade.auto_score != check.score
        if grade.manual_score is None or reopened:
            grade.needs_manual_grade = check.score is None or reopened
        grade.auto_score = check.score

    def _register_notebook(self, assignment: Any, name: str, released: NotebookNode) -> None:
        from nbgrader.api import Comment, Grade, GradeCell, Notebook, SolutionCell, SourceCell
        from nbgrader.utils import is_locked

        session = self._gradebook.db
        notebook = next((nb for nb in assignment.notebooks if nb.name == name), None)
        if notebook is None:
            notebook = Notebook(name=name, assignment=assignment)
            session.add(notebook)
        kernelspec = json.dumps(released.metadata.get("kernelspec", {}))
        if notebook.kernelspec != kernelspec:
            notebook.kernelspec = kernelspec
        cells = {str(marks(c)["grade_id"]): c for c in released.cells if marks(c)}

        wanted = {
            GradeCell: {n: c for n, c in cells.items() if marks(c).get("grade")},
            SolutionCell: {n: c for n, c in cells.items() if is_solution(c)},
        }
        for old in [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]:
            if old.name not in wanted.get(type(old), {}):
                self._remove_cell(old)
        for kind, named in wanted.items():
            present = {old.name: old for old in notebook._base_cells if isinstance(old, kind)}
            for cell_name, cell in named.items():
                graded = kind is GradeCell
                row = present.get(cell_name)
                if row is None:
                    row = kind(name=cell_name, notebook=notebook)
                    session.add(row)
                    for submitted in notebook.submissions:
                        entry = Grade if graded else Comment
                        session.add(entry(cell=row, notebook=submitted))
                if graded:
                    _assign(row, max_score=float(marks(cell)["points"]), cell_type=cell.cell_type)

        sources = {old.name: old for old in notebook.source_cells}
        if list(sources) != list(cells):
            for old in sources.values():
                session.delete(old)
            session.flush()
            session.expire(notebook, ["source_cells"])
            sources = {}
        for cell_name, cell in cells.items():
            row = sources.get(cell_name)
            if row is None:
                row = SourceCell(name=cell_name, notebook=notebook)
                session.add(row)
            _assign(
                row,
                cell_type=cell.cell_type,
                locked=bool(is_locked(cell)),
                source=cell.source,
                checksum=marks(cell).get("checksum"),
            )

    def _remove_cell(self, cell: Any) -> None:
        """Remove a cell that the release no longer has, and what was recorded for it."""
        session = self._gradebook.db
        for entry in [*(cell.grades or []), *(cell.comments or [])]:
            by_hand = getattr(entry, "manual_score", None) is not None
            if by_hand or getattr(entry, "manual_comment", None):
                raise CourseError(
                    f"The release of {cell.assignment.name} no longer has the cell {cell.name!r}, "
                    f"but {self._path.name} holds what a person gave for it to "
                    f"{entry.student.id}. Move that gradebook away and grade again."
                )
            session.delete(entry)
        session.delete(cell)

    def _remove_notebook(self, notebook: Any) -> None:
        session = self._gradebook.db
        for cell in list(notebook._base_cells):
            self._remove_cell(cell)
        for row in [*notebook.source_cells, *notebook.submissions]:
            session.delete(row)
        session.delete(notebook)


def prepare_folder(
    folder: Path, course: Course, assignment: str, students: Iterable[str] = ()
) -> None:
    """Let nbgrader's commands run in `folder`, next to its `gradebook.db`.

    Writes `nbgrader_config.py` and the released notebooks as `source/<assignment>/`, without which
    formgrader does not list an assignment. Public cases that lie beside them go there too, from
    where `nbgrader autograde` copies them to each submission. For each student it makes the folders
    `submitted/<student>/<assignment>/` and `autograded/...`, by which formgrader counts.
    """
    write_derived(folder / "nbgrader_config.py", _CONFIG.format(course_id=course.id))
    for name in course.notebooks(assignment):
        for path in (course.released(assignment, name), course.cases(assignment, name)):
            if path.parent == course.assignments_dir / assignment and path.is_file():
                write_derived(folder / "source" / assignment / path.name, path.read_bytes())
    for student in students:
        for step in ("submitted", "autograded"):
            (folder / step / student / assignment).mkdir(parents=True, exist_ok=True)


def _comments(
    order: Sequence[str], answered: Collection[str], record: SubmissionRecord
) -> dict[str, str | None]:
    """What is said under each of a student's answers: that a check below could not be graded.

    Args:
        order: the names of the notebook's cells.
        answered: those of them that the student answers in.
        record: the submission's.
    """
    texts: dict[str, str | None] = dict.fromkeys(answered)
    for check in record.checks:
        if check.score is None and check.name in order:
            before = [name for name in order[: order.index(check.name)] if name in answered]
            if before:
                texts[before[-1]] = _OPEN[check.verdict]
    return texts


def _assign(row: Any, **values: Any) -> None:
    """Set attributes that differ, so that nothing is written when nothing changed."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


@contextmanager
def _versions_read_here() -> Iterator[None]:
    """nbgrader starts `alembic`, for two seconds, to learn which version a new gradebook has."""
    from nbgrader import api

    theirs = api.get_alembic_version
    api.get_alembic_version = _schema_version
    try:
        yield
    finally:
        api.get_alembic_version = theirs


def _schema_version() -> str:
    """The version of nbgrader's tables that nbgrader would write into a new gradebook."""
    import nbgrader
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic"))
    return str(scripts.get_current_head())
