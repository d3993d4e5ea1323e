"""Grade a folder of submissions: the work behind `autograder grade`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder._exceptions import AutograderError
from autograder.grading.device import Lane
from autograder.grading.grader import Graded, Grader
from autograder.grading.plan import digest_of_assignment, round_key
from autograder.grading.publish import Publisher, is_published, opened, write_class_report
from autograder.grading.transcript import NotebookTranscript, transcript_path
from autograder.records.gradebook import GradebookWriter, prepare_folder
from autograder.records.history import last_entry
from autograder.records.results import SubmissionRecord
from autograder.source.course import Course, SubmissionLimits
from autograder.submission.submitted import file_digest, find_notebook, weight_digests


@dataclass
class GradingRun:
    """What `grade` did.

    Attributes:
        records: of every selected student, graded now or before, by name.
        graded: names of those graded now.
        problems: what could not be graded, in lines.
    """

    records: list[SubmissionRecord]
    graded: list[str]
    problems: list[str]


def find_submissions(
    folder: Path, assignment: str, students: Sequence[str] = ()
) -> dict[str, Path]:
    """Submission folders by student, in nbgrader's layout `folder/<student>/<assignment>/`.

    Raises:
        AutograderError: if the folder or a named student is missing.
    """
    if not folder.is_dir():
        raise AutograderError(
            f"No folder {folder}. Expected {folder}/<student>/{assignment}/<notebook>.ipynb."
        )
    found = {
        # A name that is no text in UTF-8 could be written nowhere.
        os.fsencode(path.name).decode(errors="backslashreplace"): path / assignment
        for path in sorted(folder.iterdir())
        if path.is_dir() and not path.name.startswith(".") and (path / assignment).is_dir()
    }
    missing = [name for name in students if name not in found]
    if missing:
        raise AutograderError(
            f"No submission of {assignment} by {', '.join(missing)} in {folder}. "
            f"Found: {', '.join(found) or 'none'}."
        )
    if not found:
        raise AutograderError(
            f"No submissions of {assignment} in {folder}. "
            f"Expected {folder}/<student>/{assignment}/<notebook>.ipynb."
        )
    return {name: path for name, path in found.items() if not students or name in students}


def grade(
    course: Course,
    assignment: str,
    submissions: Path,
    out: Path,
    *,
    students: Sequence[str] = (),
    workers: int | None = None,
    round_number: int = 1,
    isolation: str = "namespaces",
    regrade: bool = False,
    figures: bool = False,
    lane: Lane | None = None,
    limits: SubmissionLimits | None = None,
    on_start: Callable[[int], None] = lambda total: None,
    on_graded: Callable[[SubmissionRecord], None] = lambda record: None,
) -> GradingRun:
    """Grade submissions and write results, gradebook, notebooks, feedback and report under `out`.

    Only what is new or changed is graded, unless `regrade`.

    Args:
        students: only these; all by default.
        workers: submissions graded side by side; by default one for each core.
        round_number: cases are fresh for each round and the same within one.
        isolation: how submissions are isolated.
        figures: whether to run also the cells that only draw.
        lane: where notebooks that train are run; by default with all others.
        limits: what a submission may use; by default what `course.toml` says.
        on_start: told how many will be graded.
        on_graded: told about each as it is done.

    Raises:
        AutograderError: if grading cannot start.
    """
    workers = workers or os.cpu_count() or 1
    found = find_submissions(submissions, assignment, students)
    course.notebooks(assignment)
    with opened(out) as scratch:
        key = round_key(out, round_number)
        digest = digest_of_assignment(course, assignment)
        releases = course.releases(assignment)
        records: dict[str, SubmissionRecord] = {}
        reasons: dict[str, str] = {}
        unpublished: list[SubmissionRecord] = []
        for student, folder in found.items():
            entry = last_entry(out, student, assignment)
            record = entry.record if entry else None
            reason = "asked for" if regrade and record else None
            reason = reason or _reason(record, folder, releases, digest, round_number)
            if reason is not None:
                reasons[student] = reason
            elif record is not None:
                records[student] = record
                if not is_published(out, record):
                    unpublished.append(record)
        prepare_folder(out, course, assignment, sorted(found))
        on_start(len(reasons))
        if reasons or unpublished:
            with GradebookWriter(out / "gradebook.db", course, scratch) as gradebook:
                gradebook.register(assignment, releases)
                publisher = Publisher(out, gradebook, releases)
                for record in unpublished:
                    publisher.publish(record)
                if reasons:
                    with Grader(
                        course,
                        assignment,
                        key=key,
                        round_number=round_number,
                        isolation=isolation,
                        limits=limits,
                        figures=figures,
                        lane=lane,
                        scratch=scratch,
                    ) as grader:
                        todo = {student: found[student] for student in reasons}
                        side_by_side = workers + (lane.size if lane else 0)
                        kept = None if regrade else out
                        for graded in _grade_all(grader, todo, side_by_side, kept):
                            record = graded.record
                            reason = reasons[record.student]
                            publisher.grade(record, reason, graded.executed, graded.transcripts)
                            records[record.student] = record
                            on_graded(record)
        ordered = [records[student] for student in sorted(records)]
        write_class_report(out, course, assignment)
    problems = [
        f"{record.student}: {name} could not be graded" for record in ordered
        for name in record.ungraded
    ]  # fmt: skip
    return GradingRun(ordered, sorted(reasons), problems)


def _grade_all(
    grader: Grader, todo: dict[str, Path], workers: int, kept: Path | None
) -> Iterator[Graded]:
    """Grade submissions side by side; `kept` is where transcripts of earlier runs may lie."""

    def grade_one(student: str, folder: Path) -> Graded:
        found = {}
        if kept is not None:
            for name in grader.course.notebooks(grader.assignment):
                path = transcript_path(kept, student, grader.assignment, name)
                if (transcript := NotebookTranscript.read(path)) is not None:
                    found[name] = transcript
        return grader.grade(student, folder, found)

    with ThreadPoolExecutor(max_workers=workers) as pool:
        pending = {pool.submit(grade_one, *item) for item in todo.items()}
        try:
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BaseException:
            for future in pending:
                future.cancel()
            grader.sandbox.close()
            raise


def _reason(
    record: SubmissionRecord | None,
    folder: Path,
    releases: dict[str, nbformat.NotebookNode],
    digest: str,
    round_number: int,
) -> str | None:
    """Why a submission is to be graded; `None` if its grade stands."""
    if record is None:
        return "first grading"
    if record.round != round_number:
        return f"round {round_number}"
    handed_in = {
        name: file_digest(find_notebook(folder, release, name, list(releases))[0])
        for name, release in releases.items()
    }
    if handed_in != {n.name: n.digest for n in record.notebooks}:
        return "handed in again"
    if record.weights != weight_digests(folder):
        return "handed in again"
    if record.ungraded:
        return "could not be graded before"
    if record.grader_digest != digest:
        return "the checks changed"
    return None
