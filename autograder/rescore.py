"""Judge stored observations anew, without running anything: the work behind `autograder rescore`.

Points, tolerances, known mistakes and the words of findings may have changed. A check that would
now put something else to a student's object has nothing to be judged by; it keeps its grade, and
`autograder grade` runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder._exceptions import AutograderError
from autograder.course import Course, SubmissionLimits
from autograder.grade import on_device, total_score
from autograder.gradebook import GradebookWriter, prepare_folder
from autograder.history import last_entry
from autograder.judging import check_record
from autograder.plan import NotebookPlan, Plan, make_plan, round_key
from autograder.publish import Publisher, is_published, opened, write_class_report
from autograder.results import (
    CheckRecord,
    FindingRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.transcript import NotebookTranscript, transcript_path


@dataclass
class Rescored:
    """One submission, judged anew.

    Attributes:
        before: the record that counted.
        record: the record that counts now.
        to_run: checks that must be run for their grade to be that of the present checks.
    """

    before: SubmissionRecord
    record: SubmissionRecord
    to_run: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything that a student sees is another."""
        return self.record.notebooks != self.before.notebooks


def rescore(
    course: Course,
    assignment: str,
    out: Path,
    *,
    students: Sequence[str] = (),
    limits: SubmissionLimits | None = None,
) -> list[Rescored]:
    """Judge the stored observations of an assignment, and write what comes of it.

    Args:
        students: only these; all by default.
        limits: what a submission may use; by default what `course.toml` says.

    Raises:
        AutograderError: if nothing, or not every named student, was graded into `out`.
    """
    course.notebooks(assignment)
    graded = sorted(path.parent.name for path in (out / "history").glob(f"*/{assignment}"))
    missing = sorted(set(students) - set(graded))
    if missing or not graded:
        raise AutograderError(
            f"{out} has no grade of {assignment} for {', '.join(missing) or 'anybody'}. "
            "Run `autograder grade` first."
        )
    plans: dict[tuple[int, str], Plan] = {}
    found = []
    with (
        opened(out) as scratch,
        GradebookWriter(out / "gradebook.db", course, scratch) as gradebook,
    ):
        releases = course.releases(assignment)
        prepare_folder(out, course, assignment)
        gradebook.register(assignment, releases)
        publisher = Publisher(out, gradebook, releases)
        for student in graded:
            entry = last_entry(out, student, assignment)
            if entry is None or (students and student not in students):
                continue
            device = "cpu" if entry.record.device == "cpu" else "gpu"
            where = entry.record.round, device
            if where not in plans:
                key = round_key(out, entry.record.round)
                plan = make_plan(course, assignment, entry.record.round, key)
                plans[where] = on_device(plan, device)
            rescored = _rescored(out, entry.record, plans[where], limits or course.limits)
            if rescored.record != rescored.before:
                publisher.grade(rescored.record, "judged anew from what was observed")
            elif not is_published(out, rescored.record):
                publisher.publish(rescored.record)
            found.append(rescored)
        write_class_report(out, course, assignment)
    return found


def _rescored(
    out: Path, before: SubmissionRecord, plan: Plan, limits: SubmissionLimits
) -> Rescored:
    to_run: list[str] = []
    earlier = {notebook.name: notebook for notebook in before.notebooks}
    notebooks = []
    for notebook in plan.notebooks:
        path = transcript_path(out, before.student, before.assignment, notebook.name)
        notebooks.append(
            _notebook(
                notebook,
                earlier.get(
                    notebook.name, NotebookRecord(name=notebook.name, digest="", checks=[])
                ),
                NotebookTranscript.read(path),
                before.round,
                limits,
                to_run,
            )
        )
    record = before.model_copy(
        update={
            "notebooks": notebooks,
            "score": total_score(notebooks),
            "max_score": plan.points,
            # What is still to be run is found by its digest.
            "grader_digest": before.grader_digest if to_run else plan.digest,
        }
    )
    return Rescored(before, record, to_run)


def _notebook(
    plan: NotebookPlan,
    before: NotebookRecord,
    transcript: NotebookTranscript | None,
    round_number: int,
    limits: SubmissionLimits,
    to_run: list[str],
) -> NotebookRecord:
    earlier = {check.name: check for check in before.checks}
    kept = transcript.checks if transcript and transcript.round == round_number else {}
    checks = []
    for name, check in plan.checks.items():
        if not before.problem and name in kept and kept[name].key == plan.key_of(name, limits):
            checks.append(check_record(check, kept[name], limits))
        elif name in earlier and before.problem:
            # The file could not be read: that is so whatever the check is.
            checks.append(earlier[name].model_copy(update={"points": check.points}))
        else:
            to_run.append(name)
            checks.append(earlier.get(name) or _new(name, check.points))
    return before.model_copy(update={"checks": checks})


def _new(name: str, points: float) -> CheckRecord:
    finding = FindingRecord(message="This check is new; your notebook will be run for it.")
    return CheckRecord(
        name=name, points=points, score=None, verdict=Verdict.UNGRADED, findings=[finding]
    )
