"""The output folder of `autograder grade`: every grade is wholly there or not at all.

A submission is graded once its history has the entry. What is made from the entry (gradebook,
feedback, the result, the report) is written after it, and again by the next run if it is missing,
damaged or older (`derived.py`). Everything before the entry is only kept to save work.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.reader import NotJSONError

from autograder._exceptions import AutograderError, CourseError
from autograder.grading.transcript import NotebookTranscript, transcript_path
from autograder.records.autograded import autograded_notebook
from autograder.records.files import on_the_disk, write_derived
from autograder.records.gradebook import GradebookWriter
from autograder.records.history import append_entry
from autograder.records.keys import shown_name
from autograder.records.results import SubmissionRecord, write_record
from autograder.report import write_feedback, write_report
from autograder.source.course import Course
from autograder.submission.inbox import Unused

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EROFS, errno.EACCES, errno.EPERM)
_HELD = 200  # So many grades are held back at most, and none longer than this.
_HELD_SECONDS = 2.0
_PRIVATE = ("history", "results", "observations", "autograded", "report", "rounds", "gradebook.db")


class Publisher:
    """Writes grades into an output folder and its gradebook.

    What can be written for many at once is held back for a moment: `flush` writes it, and so does
    the end of `publishing`.
    """

    def __init__(self, out: Path, gradebook: GradebookWriter, course: Course) -> None:
        self._out, self._gradebook, self._course = out, gradebook, course
        self._ours = released_assignments(course)
        self._releases: dict[str, Mapping[str, NotebookNode]] = {}
        self._entries: list[Path] = []
        self._waiting: dict[bool, list[SubmissionRecord]] = {True: [], False: []}
        self._flushed = time.monotonic()

    def grade(
        self,
        record: SubmissionRecord,
        reason: str,
        executed: Mapping[str, NotebookNode] | None = None,
        transcripts: Mapping[str, NotebookTranscript] | None = None,
    ) -> None:
        """Give a submission its grade.

        Args:
            record: the grade.
            reason: why it is given now.
            executed: notebooks that were run, with their outputs.
            transcripts: what is kept of what they did.
        """
        for name, transcript in (transcripts or {}).items():
            transcript.write(transcript_path(self._out, record.student, record.assignment, name))
        for name, notebook in (executed or {}).items():
            self._write_notebook(record, name, notebook)
        self._entries.append(append_entry(self._out, record, reason))
        self._publish(record, executed or {}, anew=True)

    def publish(self, record: SubmissionRecord) -> None:
        """Make everything that is made from an earlier grade; doing it twice changes nothing.

        A notebook as it was run is only given the findings anew: it comes from nothing else.
        """
        self._publish(record, {}, anew=False)

    def flush(self) -> None:
        """Wait until the grades are on the disk, then write those held back to the gradebook."""
        on_the_disk(self._entries)
        self._entries.clear()
        for anew, records in self._waiting.items():
            for assignment in sorted({record.assignment for record in records}):
                self._released(assignment)
            if records:
                self._gradebook.record(*records, strict=anew)
            records.clear()
        self._flushed = time.monotonic()

    def _publish(
        self, record: SubmissionRecord, executed: Mapping[str, NotebookNode], anew: bool
    ) -> None:
        for found in record.notebooks:
            if found.name not in executed:
                with suppress(FileNotFoundError, NotJSONError, ValueError, IsADirectoryError):
                    earlier = nbformat.read(self._notebook(record, found.name), as_version=4)
                    self._write_notebook(record, found.name, earlier)
            write_feedback(feedback_path(self._out, record, found.name), record, found.name)
        write_record(record_path(self._out, record.student, record.assignment), record)
        if record.assignment in self._ours:
            self._waiting[anew].append(record)
        is_late = time.monotonic() - self._flushed > _HELD_SECONDS
        if is_late or sum(map(len, self._waiting.values())) >= _HELD:
            self.flush()

    def _released(self, assignment: str) -> Mapping[str, NotebookNode]:
        """An assignment's released notebooks, once the gradebook knows their cells."""
        if assignment not in self._releases:
            releases = self._course.releases(assignment)
            self._gradebook.register(assignment, releases)
            self._releases[assignment] = releases
        return self._releases[assignment]

    def _notebook(self, record: SubmissionRecord, name: str) -> Path:
        return autograded_path(self._out, record, name)

    def _write_notebook(self, record: SubmissionRecord, name: str, notebook: NotebookNode) -> None:
        is_ours = record.assignment in self._ours
        release = self._released(record.assignment).get(name) if is_ours else None
        marked = autograded_notebook(notebook, record, release)
        write_derived(self._notebook(record, name), nbformat.writes(marked) + "\n")


def released_assignments(course: Course) -> set[str]:
    """The assignments whose cells a gradebook can know: others are of another course."""
    return {
        assignment
        for assignment in course.assignments()
        if all(course.released(assignment, name).is_file() for name in course.notebooks(assignment))
    }


def record_path(out: Path, student: str, assignment: str) -> Path:
    """Where a submission's result lies."""
    return out / "results" / student / f"{assignment}.json"


def feedback_path(out: Path, record: SubmissionRecord, notebook: str) -> Path:
    """Where a student's page on a notebook lies."""
    return out / "feedback" / record.student / record.assignment / f"{notebook}.html"


def autograded_path(out: Path, record: SubmissionRecord, notebook: str) -> Path:
    """Where a notebook lies as it was run."""
    return out / "autograded" / record.student / record.assignment / f"{notebook}.ipynb"


@contextmanager
def publishing(out: Path, course: Course, assignments: Iterable[str]) -> Iterator[Publisher]:
    """Write grades into an output folder that is `opened`, and its gradebook."""
    with GradebookWriter(out / "gradebook.db", course) as gradebook:
        publisher = Publisher(out, gradebook, course)
        for assignment in assignments:
            publisher._released(assignment)
        try:
            yield publisher
        finally:
            publisher.flush()


def write_class_report(
    out: Path,
    course: Course,
    records: Sequence[SubmissionRecord],
    problems: Sequence[str] = (),
    unused: Sequence[Unused] = (),
) -> None:
    """The report on all grades that count, and on what a person has to look at."""
    if records:
        write_report(
            out,
            records,
            course_title=course.title,
            problems=problems,
            unused=[(one.path, one.reason) for one in unused],
        )


@contextmanager
def opened(out: Path) -> Iterator[Path]:
    """Have an output folder for oneself; yields a scratch folder that is gone afterwards.

    Raises:
        CourseError: if another run writes to it.
        AutograderError: if it cannot be written to.
    """
    import fcntl

    from sqlalchemy.exc import OperationalError  # Here, since a node has none.

    # Whatever is written below it, by us or by nbgrader, is for its owner alone.
    umask = os.umask(0o077)
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not is_writable(out):
            with tempfile.TemporaryDirectory(prefix="autograder-") as elsewhere:
                yield Path(elsewhere)
            return
        _close_to_others(out)
        scratch = out.resolve() / ".scratch"
        with open(out / ".lock", "w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CourseError(
                    f"Another grading run is writing to {out}. Wait for it, or choose "
                    "another --out."
                ) from None
            shutil.rmtree(scratch, ignore_errors=True)  # Of a run that was killed.
            scratch.mkdir()
            try:
                yield scratch
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise _explained(out, error) from error
    except OperationalError as error:
        # The gradebook's: SQLite says it in words.
        text = str(error)
        if "disk is full" in text or "disk I/O error" in text:
            raise _explained(out, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) from error
        if "readonly database" in text or "unable to open database" in text:
            raise _explained(out, OSError(errno.EROFS, os.strerror(errno.EROFS))) from error
        if "database is locked" in text:
            raise AutograderError(
                f"{out / 'gradebook.db'} is being written to by another program, such as "
                "formgrader. Close it and run it again: what was graded is kept."
            ) from error
        raise
    finally:
        os.umask(umask)


def is_writable(out: Path) -> bool:
    """Whether anything can be written into an output folder."""
    return os.access(out, os.W_OK | os.X_OK)


def require_writable(out: Path) -> None:
    """Before anything is run whose grade could not be written.

    Raises:
        AutograderError: if it cannot be written to.
    """
    if not is_writable(out):
        code = errno.EROFS if os.statvfs(out).f_flag & os.ST_RDONLY else errno.EACCES
        raise _explained(out, OSError(code, os.strerror(code)))


def _close_to_others(out: Path) -> None:
    """Take from others what an earlier version left open to them.

    Feedback pages may be meant for others to read; and a folder that is closed to others, but open
    to a group, is so because somebody wanted it.
    """
    for name in _PRIVATE:
        path = out / name
        with suppress(OSError):
            if (mode := stat.S_IMODE(path.stat().st_mode)) & 0o007:
                path.chmod(mode & 0o700)


def _explained(out: Path, error: OSError) -> Exception:
    if error.errno in NO_ROOM:
        return AutograderError(
            f"There is no room left to write to {out} ({error.strerror}). Free some and run it "
            "again: what was graded is kept."
        )
    place = Path(error.filename) if isinstance(error.filename, str) else out
    if error.errno in _NO_RIGHT and place.resolve().is_relative_to(out.resolve()):
        return AutograderError(
            f"{shown_name(str(place))} cannot be written to ({error.strerror}). Choose another "
            "--out, or change its permissions; what was graded is kept."
        )
    return AutograderError(
        f"{shown_name(str(place))}: {error.strerror or error}. Put it right and run it again: what "
        "was graded is kept."
    )
