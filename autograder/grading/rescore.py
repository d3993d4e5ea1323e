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
from autograder.grading.derived import gradebook_scores, outdated
from autograder.grading.grader import total_score
from autograder.grading.judging import check_record
from autograder.grading.plan import AssignmentPlan, CheckPlan, NotebookPlan, make_plan, round_key
from autograder.grading.publish import (
    opened,
    publishing,
    released_assignments,
    require_writable,
    write_class_report,
)
from autograder.grading.transcript import (
    CheckTranscript,
    NotebookTranscript,
    submission_digest,
    transcript_path,
)
from autograder.records.gradebook import prepare_folder
from autograder.records.history import read_standing
from autograder.records.results import (
    CheckRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.source.course import Course, SubmissionLimits
from course_lib.checking.finding import Finding


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


@dataclass
class RescoringRun:
    """What `rescore` did.

    Attributes:
        found: of every selected student whose grade can be read.
        notes: what was damaged in the output folder, in lines.
    """

    found: list[Rescored]
    notes: list[str]


def rescore(
    course: Course,
    assignment: str,
    out: Path,
    *,
    students: Sequence[str] = (),
    limits: SubmissionLimits | None = None,
) -> RescoringRun:
    """Judge the stored observations of an assignment, and write what comes of it.

    Args:
        students: only these; all by default.
        limits: what a submission may use; by default what `course.toml` says.

    Raises:
        AutograderError: if nothing, or not every named student, was graded into `out`.
    """
    course.notebooks(assignment)
    standing = read_standing(out)
    graded = {student for found, student in standing.entries if found == assignment}
    broken = {student for found, student in standing.damaged if found == assignment}
    missing = sorted(set(students) - graded - broken)
    if missing or not graded | broken:
        raise AutograderError(
            f"{out} has no grade of {assignment} for {', '.join(missing) or 'anybody'}. "
            "Run `autograder grade` first."
        )
    plans: dict[tuple[int, str], AssignmentPlan] = {}
    run = RescoringRun([], standing.damage(assignment))
    with opened(out):
        require_writable(out)
        scores, damage = gradebook_scores(out)
        run.notes += [damage] if damage else []
        lost = outdated(out, standing, scores, released_assignments(course))
        prepare_folder(out, course, assignment)
        with publishing(out, course, [assignment]) as publisher:
            for record in lost:
                publisher.publish(record)
            for student in sorted(graded):
                if students and student not in students:
                    continue
                before = standing.entries[assignment, student].record
                where = before.round, "cpu" if before.device == "cpu" else "gpu"
                if where not in plans:
                    key = round_key(out, before.round)
                    plans[where] = make_plan(course, assignment, before.round, key, where[1])
                rescored = _rescored(out, before, plans[where], limits or course.limits)
                if rescored.record != rescored.before:
                    publisher.grade(rescored.record, "judged anew from what was observed")
                run.found.append(rescored)
        write_class_report(out, course, read_standing(out).records)
    return run


def _rescored(
    out: Path, before: SubmissionRecord, plan: AssignmentPlan, limits: SubmissionLimits
) -> Rescored:
    to_run: list[str] = []
    notebooks = []
    earlier = {notebook.name: notebook for notebook in before.notebooks}
    for notebook in plan.notebooks:
        found = earlier.get(notebook.name) or NotebookRecord(
            name=notebook.name, digest="", checks=[]
        )
        path = transcript_path(out, before.student, before.assignment, notebook.name)
        transcript = NotebookTranscript.read(path)
        digest = submission_digest(found.digest, before.weights)
        # One that a killed run wrote may be of a later submission.
        ours = transcript and (transcript.digest, transcript.round) == (digest, before.round)
        kept = transcript.checks if transcript and ours else {}
        drawn = notebook
        if kept:
            drawn = notebook.drawn_for(before.student, digest, found.attempt)
        checks, missing = _checks(drawn, found, kept, limits)
        notebooks.append(found.model_copy(update={"checks": checks}))
        to_run += missing
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


def _checks(
    plan: NotebookPlan,
    before: NotebookRecord,
    kept: dict[str, CheckTranscript],
    limits: SubmissionLimits,
) -> tuple[list[CheckRecord], list[str]]:
    """A notebook's checks, judged anew as far as they can be, and the names of the others."""
    earlier = {check.name: check for check in before.checks}
    checks, to_run = [], []
    for name, check in plan.checks.items():
        if name in kept and kept[name].key == plan.key_of(name, limits):
            checks.append(check_record(check, kept[name], limits))
            continue
        if name not in earlier or not before.problem:
            # If the file could not be read, that is so whatever the check asks.
            to_run.append(name)
        checks.append(_of_points(earlier[name], check) if name in earlier else _new(check))
    return checks, to_run


def _of_points(check: CheckRecord, plan: CheckPlan) -> CheckRecord:
    """The same verdict, worth the same share of other points.

    Findings that were not made for what is shown now are not shown.
    """
    points = plan.points
    score = None if check.score is None else round(check.score * points / check.points, 4)
    shown = plan.feedback if plan.feedback in ("full", check.feedback) else "verdict"
    return check.model_copy(update={"points": points, "score": score, "feedback": shown})


def _new(plan: CheckPlan) -> CheckRecord:
    finding = Finding(message="This check is new; your notebook will be run for it.")
    return CheckRecord(
        name=plan.name,
        points=plan.points,
        score=None,
        verdict=Verdict.UNGRADED,
        findings=[finding],
        feedback=plan.feedback,
    )
