"""What a student is shown of a record; the instructor's report and the history keep all of it."""

from __future__ import annotations

from autograder.records.results import CheckRecord, SubmissionRecord
from course_lib.checking.finding import Finding

WITHHELD = "This check tells its verdict and its points only."


def for_student(record: SubmissionRecord) -> SubmissionRecord:
    """A record without what its checks do not show to students."""
    notebooks = [
        notebook.model_copy(update={"checks": [*map(check_for_student, notebook.checks)]})
        for notebook in record.notebooks
    ]
    return record.model_copy(update={"notebooks": notebooks})


def check_for_student(check: CheckRecord) -> CheckRecord:
    """A check's record without what it does not show to students."""
    if check.feedback == "full":
        return check
    if check.feedback == "public":
        findings = list(dict.fromkeys(map(_without_values, check.findings)))
        return check.model_copy(update={"findings": findings})
    kept = [Finding(WITHHELD)] if check.findings and check.score is not None else check.findings
    return check.model_copy(update={"findings": kept, "trials": [], "bound": None})


def _without_values(finding: Finding) -> Finding:
    """A finding as it is told of a case that only the grader asks: its cause, and no value."""
    if not finding.brief:
        return finding
    hint = finding.hint if finding.recognised else ""
    return Finding(finding.brief, hint=hint, slide=finding.slide, recognised=finding.recognised)
