"""The output folder of `autograder grade`: every grade is wholly there or not at all.

A submission is graded once its history has the entry. What is made from the entry (gradebook,
feedback, the result) is written after it, and again by the next run if that did not come to its
end. Everything before the entry is only kept to save work.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from sqlalchemy.exc import OperationalError

from autograder._exceptions import AutograderError, CourseError
from autograder.grading.transcript import NotebookTranscript, transcript_path
from autograder.records.files import write_atomically
from autograder.records.gradebook import GradebookWriter, autograded_notebook
from autograder.records.history import append_entry
from autograder.records.results import SubmissionRecord, read_record, write_record
from autograder.report import write_feedback, write_report
from autograder.source.course import Course
from autograder.submission.inbox import Unused

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EROFS, errno.EACCES, errno.EPERM)


class Publisher:
    """Writes grades into an output folder and its gradebook."""

    def __init__(
        self, out: Path, gradebook: GradebookWriter, releases: Mapping[str, NotebookNode]
    ) -> None:
        self._out, self._gradebook, self._releases = out, gradebook, releases

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
        append_entry(self._out, record, reason)
        self.publish(record, executed or {})

    def publish(self, record: SubmissionRecord, executed: Mapping[str, NotebookNode] = {}) -> None:
        """Make everything that is made from a record; doing it twice changes nothing."""
        for found in record.notebooks:
            if found.name not in executed and self._notebook(record, found.name).is_file():
                earlier = nbformat.read(self._notebook(record, found.name), as_version=4)
                self._write_notebook(record, found.name, earlier)
            page = self._out / "feedback" / record.student / record.assignment
            write_feedback(page / f"{found.name}.html", record, found.name)
        self._gradebook.record(record)
        write_record(record_path(self._out, record.student, record.assignment), record)

    def _notebook(self, record: SubmissionRecord, name: str) -> Path:
        return self._out / "autograded" / record.student / record.assignment / f"{name}.ipynb"

    def _write_notebook(self, record: SubmissionRecord, name: str, notebook: NotebookNode) -> None:
        marked = autograded_notebook(notebook, record, self._releases[name])
        write_atomically(self._notebook(record, name), nbformat.writes(marked) + "\n")


def record_path(out: Path, student: str, assignment: str) -> Path:
    """Where a submission's result lies."""
    return out / "results" / student / f"{assignment}.json"


def is_published(out: Path, record: SubmissionRecord) -> bool:
    """Whether everything that is made from a record has been made; its result is written last."""
    return read_record(record_path(out, record.student, record.assignment)) == record


@contextmanager
def publishing(out: Path, course: Course, assignment: str, scratch: Path) -> Iterator[Publisher]:
    """Write the grades of an assignment into an output folder that is `opened`."""
    releases = course.releases(assignment)
    with GradebookWriter(out / "gradebook.db", course, scratch) as gradebook:
        gradebook.register(assignment, releases)
        yield Publisher(out, gradebook, releases)


def write_class_report(
    out: Path,
    course: Course,
    assignment: str,
    problems: Sequence[str] = (),
    unused: Sequence[Unused] = (),
) -> None:
    """The report on all results of an assignment, and on what a person has to look at."""
    found = (read_record(path) for path in sorted((out / "results").glob(f"*/{assignment}.json")))
    records = [record for record in found if record is not None]
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

    scratch = out.resolve() / ".scratch"
    try:
        out.mkdir(parents=True, exist_ok=True)
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
        raise


def _explained(out: Path, error: OSError) -> Exception:
    if error.errno in NO_ROOM:
        return AutograderError(
            f"There is no room left to write to {out} ({error.strerror}). Free some and run it "
            "again: what was graded is kept."
        )
    if error.errno in _NO_RIGHT:
        return AutograderError(
            f"{out} cannot be written to ({error.strerror}). Choose another --out, or change its "
            "permissions; what was graded is kept."
        )
    return error
