"""A check's result as plain, sanitised text: what every format shows of it."""

from __future__ import annotations

from autograder.records.for_students import check_for_student
from autograder.records.outcomes import OUTCOMES
from autograder.records.results import CheckRecord, SubmissionRecord, Verdict
from autograder.report import sanitise
from course_lib.checking.finding import Finding

FINDING_LIMIT = 1500
UNGRADED = (
    "This could not be graded. That is our fault, not the student's; it is not a zero, and it "
    "will be graded again."
)
UNREADABLE = "What was handed in could not be read. It is not a zero: a person has to look at it."


def points(value: float) -> str:
    """A number of points, as short as it can be."""
    return f"{round(value, 4):g}"


def earned(check: CheckRecord) -> str:
    """The points of a check, in words."""
    if check.score is None:
        return "not graded"
    return f"{points(check.score)} of {points(check.points)} points"


def headline(check: CheckRecord) -> str:
    """Verdict and points on one line."""
    word = OUTCOMES[check.verdict].word
    if check.score is None:
        return word
    return f"{word}: {earned(check)}, {check.cases_passed} of {check.cases} cases right"


def explanation(check: CheckRecord) -> str:
    """What was found and may be shown to the student, a paragraph a finding; else empty."""
    if check.verdict is Verdict.UNGRADED:
        return UNGRADED
    outcome = OUTCOMES[check.verdict]
    paragraphs = [finding_text(finding) for finding in check_for_student(check).findings]
    if not paragraphs and check.verdict is not Verdict.PASSED:
        paragraphs = [f"{outcome.meaning} {outcome.advice}".strip()]
    return "\n\n".join(paragraphs)


def finding_text(finding: Finding) -> str:
    """One finding as labelled lines, the empty ones left out."""
    parts = [("", finding.message), ("case", finding.case)]
    parts += [(row.label, row.text) for row in finding.rows()]
    shown = [(label, sanitise(text, FINDING_LIMIT).strip()) for label, text in parts]
    return "\n".join(f"{label}: {text}" if label else text for label, text in shown if text)


def submission_note(record: SubmissionRecord) -> str:
    """What is to be said about a submission as a whole: problems and repairs of its notebooks."""
    lines = []
    for notebook in record.notebooks:
        notes = [notebook.problem] if notebook.problem else []
        for note in [*notes, *notebook.repairs]:
            lines.append(f"{notebook.name}: {sanitise(note, FINDING_LIMIT)}")
    if record.ungraded:
        reason = UNGRADED if record.needs_another_run else UNREADABLE
        lines.insert(0, f"{reason} Not graded: {', '.join(record.ungraded)}.")
    return sanitise("\n".join(lines))
