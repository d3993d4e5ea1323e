"""What a student is shown of a record; the instructor's report and the history keep all of it."""

from __future__ import annotations

from dataclasses import replace

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
    if check.feedback != "verdict":
        told = _without_answer if check.feedback == "full" else _without_values
        findings = list(dict.fromkeys(map(told, check.findings)))
        return check.model_copy(update={"findings": findings})
    kept = [Finding(WITHHELD)] if check.findings and check.score is not None else check.findings
    return check.model_copy(update={"findings": kept, "trials": [], "bound": None})


def _without_answer(finding: Finding) -> Finding:
    """A finding without what is expected, if that is asked of everybody and again."""
    if not finding.sealed:
        return finding
    hint = finding.hint if finding.recognised else ""
    return replace(finding, message=finding.brief, expected="", details="", hint=hint)


def _without_values(finding: Finding) -> Finding:
    """A finding as it is told of a case that only the grader asks: its cause, and no value."""
    if finding.sealed or not finding.brief:
        return _without_answer(finding)
    hint = finding.hint if finding.recognised else ""
    return Finding(finding.brief, hint=hint, slide=finding.slide, recognised=finding.recognised)
