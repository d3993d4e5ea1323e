"""Results in nbgrader's own form: its gradebook, and a folder that its commands understand.

A check that could not be graded has no score in the gradebook and is marked "needs manual grade":
formgrader shows it as open, and the student's feedback says so. In sums nbgrader counts it as
nothing; a later `record` with a score closes it. A score that a person gave in formgrader is
never overwritten; if the grader's own changes, nbgrader asks that person to look again.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.records.files import write_atomically
from autograder.records.results import CheckRecord, SubmissionRecord, Verdict
from autograder.source.course import Course
from autograder.source.notebook import is_graded, is_solution, marks
from course_lib.checking.render import finding_html, finding_lines

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


class GradebookWriter:
    """Writes into an nbgrader gradebook, which is made if it is not there.

    Use it as a context manager. Only one may be open on a gradebook at a time.

    Args:
        path: the gradebook's file.
        course: the course; its `id` becomes nbgrader's course id.
        scratch: where temporary files go while a gradebook is made; the system's place by default.
    """

    def __init__(self, path: Path, course: Course, scratch: Path | None = None) -> None:
        self._path = path.resolve()
        self._course = course
        self._scratch = scratch

    def __enter__(self) -> GradebookWriter:
        from nbgrader.api import Gradebook

        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _for_nbgrader(self._scratch):
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

    def record(self, record: SubmissionRecord) -> None:
        """Put a submission's scores into the gradebook, in one step; again if it is there already.

        Raises:
            CourseError: if the gradebook lacks a check of the record; `register` comes first.
        """
        from nbgrader.api import Comment, Grade, GradeCell, SolutionCell

        session = self._gradebook.db
        self._gradebook.update_or_create_student(record.student)
        with session.no_autoflush:
            submission = self._gradebook.update_or_create_submission(
                record.assignment, record.student
            )
        try:
            grades = self._rows(Grade, GradeCell, submission)
            for check in record.checks:
                if check.name not in grades:
                    raise CourseError(
                        f"The gradebook {self._path.name} has no cell {check.name!r} in "
                        f"{record.assignment}. Run `autograder release {record.assignment}`."
                    )
                self._grade(grades[check.name], check)
            comments = self._rows(Comment, SolutionCell, submission)
            if record.ungraded or any(row.auto_comment for row in comments.values()):
                for notebook in submission.notebooks:
                    self._comment(notebook, record)
            session.commit()
        except BaseException:
            session.rollback()
            raise

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

    @staticmethod
    def _comment(notebook: Any, record: SubmissionRecord) -> None:
        """Say under the student's answer that a check could not be graded."""
        ungraded = {
            check.name: _OPEN[check.verdict] for check in record.checks if check.score is None
        }
        order = [cell.name for cell in notebook.notebook.source_cells]
        comments = {comment.cell.name: comment for comment in notebook.comments}
        texts: dict[str, str | None] = dict.fromkeys(comments)
        for check in ungraded.keys() & set(order):
            before = [name for name in order[: order.index(check)] if name in comments]
            if before:
                texts[before[-1]] = ungraded[check]
        for name, text in texts.items():
            comments[name].auto_comment = text

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


_CARD = "autograder_card"
_SAFE_TYPES = ("text/plain", "image/png", "image/jpeg")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>\"']+>)")


def autograded_notebook(
    notebook: NotebookNode, record: SubmissionRecord, release: NotebookNode | None = None
) -> NotebookNode:
    """A submission's notebook as nbgrader's generate_feedback and formgrader expect it.

    Every check of the record keeps one graded cell, with the findings as its output. nbgrader
    stops at a mark that names no cell of the gradebook, so a student's own marks are taken off.
    Since its pages show a notebook's HTML as it is, a student's is made harmless: of outputs,
    text and pictures are kept.

    Args:
        notebook: the notebook with its outputs, as it was run.
        record: what was found.
        release: the released notebook; without it only graded cells keep their marks, and the
            pages do not tell the student's answers from the rest.
    """
    checks = {check.name: check for check in record.checks}
    known = (
        {str(marks(cell)["grade_id"]): marks(cell) for cell in release.cells if marks(cell)}
        if release
        else {}
    )
    marked: NotebookNode = nbformat.from_dict(notebook)
    seen: set[str] = set()
    for cell in marked.cells:
        if cell.cell_type == "code":
            # Cards of an earlier grade are taken off.
            shown = [o for o in cell.get("outputs", []) if not o.get("metadata", {}).get(_CARD)]
            cell.outputs = [_harmless(output) for output in shown]
        else:
            # No tag begins with a space, and in a formula it changes nothing.
            cell.source = _TAG.sub("< ", cell.source)
        found = marks(cell)
        name = str(found.get("grade_id", ""))
        graded = is_graded(cell) and name in checks
        right = known.get(name, found if graded and release is None else {})
        cell.metadata.pop("nbgrader", None)
        if not right or name in seen or right.get("cell_type", cell.cell_type) != cell.cell_type:
            continue
        seen.add(name)
        cell.metadata["nbgrader"] = nbformat.from_dict(right)
        if is_graded(cell):
            cell.outputs = [*cell.outputs, _card(checks[name])]
    return marked


def prepare_folder(
    folder: Path, course: Course, assignment: str, students: Iterable[str] = ()
) -> None:
    """Let nbgrader's commands run in `folder`, next to its `gradebook.db`.

    Writes `nbgrader_config.py` and the released notebooks as `source/<assignment>/`, without which
    formgrader does not list an assignment. Public cases that lie beside them go there too, from
    where `nbgrader autograde` copies them to each submission. For each student it makes the folders
    `submitted/<student>/<assignment>/` and `autograded/...`, by which formgrader counts.
    """
    write_atomically(folder / "nbgrader_config.py", _CONFIG.format(course_id=course.id))
    for name in course.notebooks(assignment):
        for path in (course.released(assignment, name), course.cases(assignment, name)):
            if path.parent == course.assignments_dir / assignment and path.is_file():
                write_atomically(folder / "source" / assignment / path.name, path.read_bytes())
    for student in students:
        for step in ("submitted", "autograded"):
            (folder / step / student / assignment).mkdir(parents=True, exist_ok=True)


def _harmless(output: NotebookNode) -> NotebookNode:
    if "data" not in output:
        return output
    data = {}
    for kind in _SAFE_TYPES:
        content = output.data.get(kind)
        text = "".join(content) if isinstance(content, list) else content
        if isinstance(text, str) and (kind == "text/plain" or _BASE64.fullmatch(text)):
            data[kind] = text
    shown: NotebookNode = nbformat.v4.new_output("display_data", data)
    return shown


def _card(check: CheckRecord) -> NotebookNode:
    score = "not graded" if check.score is None else f"{check.score:g} of {check.points:g} points"
    verdict = check.verdict.value.replace("_", " ")
    head = f"{verdict}: {score}, {check.cases_passed} of {check.cases} cases right"
    lines = [f"  {line}" for finding in check.findings for line in finding_lines(finding)]
    html = f"<div><b>{head}</b>{''.join(map(finding_html, check.findings))}</div>"
    card: NotebookNode = nbformat.v4.new_output(
        "display_data",
        {"text/plain": "\n".join([head, *lines]), "text/html": html},
        metadata={_CARD: True},
    )
    return card


def _assign(row: Any, **values: Any) -> None:
    """Set attributes that differ, so that nothing is written when nothing changed."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


@contextmanager
def _for_nbgrader(scratch: Path | None) -> Iterator[None]:
    """nbgrader makes a new gradebook by calling `alembic`, which lies beside the interpreter.

    It writes that program's settings to a temporary folder.
    """
    path, folder = os.environ.get("PATH", ""), tempfile.tempdir
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), path])
    if scratch is not None:
        tempfile.tempdir = str(scratch)
    try:
        yield
    finally:
        os.environ["PATH"], tempfile.tempdir = path, folder
