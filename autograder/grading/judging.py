"""From what a submission did to its verdicts, points and findings. Nothing here runs its code."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from autograder.grading.plan import CheckPlan
from autograder.grading.transcript import CheckTranscript, Stop
from autograder.records.outcomes import BY_DEATH, OUTCOMES, Death, Told
from autograder.records.results import CheckRecord, TrialRecord, Verdict
from autograder.source.course import SubmissionLimits
from course_lib.checking.exceptions import unwritten
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult, forbidden_finding
from course_lib.checking.probes import Observation
from course_lib.checking.trials import Trial

_MAX_FINDINGS = 8
_MAX_TEXT = 2000
_ONLY_EASY = (
    "What is right so far would also be right for a function that knows the notebook's examples by "
    "heart, or always gives the same answer. It counts as soon as another case is right."
)
_AIDED = (
    "With a right {names} in place of yours, {right} of {cases} cases are right here: these count, "
    "and what is left is of this cell alone."
)
_WRONG = "An answer to a case that only the grader asks is not right."
_NOT_RIGHT = "This answer is not right yet."
_RAISED = "Your code stopped in a case that only the grader asks"
_NO_DEVICE_MEMORY = Told(
    "The training needed more memory than its device has.",
    "Train on smaller batches, or with a smaller network.",
)
_UNREADABLE = "Python cannot read the cell: look at brackets, colons and indentation there."
ERROR_HINTS = {
    "NameError": "No cell above defines this name: was it renamed, or does its cell stand below?",
    "SyntaxError": _UNREADABLE,
    "IndentationError": _UNREADABLE,
    "TabError": _UNREADABLE,
}


def check_record(
    plan: CheckPlan, transcript: CheckTranscript, limits: SubmissionLimits, explained: bool = True
) -> CheckRecord:
    """Judge what became of a check, also with a right answer to what it builds on.

    Args:
        plan: the check with its cases, points and known mistakes.
        transcript: what the submission did.
        limits: under which it ran.
        explained: whether to look for the causes of what is wrong, which takes time. They change
            findings only, no verdict and no score.
    """
    record, _ = _judged(plan, transcript, limits, explained)
    if transcript.aided is None:
        return record
    aided, still_wrong = _judged(plan, transcript.aided, limits, explained)
    if record.score is None or aided.score is None or aided.score <= record.score:
        return record
    # Nothing that this run said is shown: the text of a solution was within its reach.
    names = ", ".join(f"`{name}`" for name in transcript.aided_by)
    note = Finding(_AIDED.format(names=names, right=aided.cases_passed, cases=aided.cases))
    own = [finding for finding in record.findings if finding.case in still_wrong]
    passed = aided.verdict is Verdict.PASSED
    return record.model_copy(
        update={
            "score": aided.score,
            "verdict": aided.verdict if passed else Verdict.FAILED,
            "cases_passed": aided.cases_passed,
            "findings": [] if passed else [note, *own][:_MAX_FINDINGS],
        }
    )


def _judged(
    plan: CheckPlan, transcript: CheckTranscript, limits: SubmissionLimits, explained: bool
) -> tuple[CheckRecord, set[str]]:
    """What one run of a check comes to, and the labels of its cases that are not right."""
    results = [
        _told_briefly(plan, number, answer, result)
        for number, (answer, result) in enumerate(
            zip(transcript.answers, plan.judge(transcript.answers, explained), strict=False)
        )
    ]
    passed = [
        (case.share, easy)
        for case, easy, result in zip(plan.cases, plan.easy, results, strict=False)
        if result.outcome == "passed"
    ]
    share = sum(share for share, _ in passed)
    total = sum(case.share for case in plan.cases)
    verdict, findings = _verdict(plan, transcript, results, limits)
    if passed and all(easy for _, easy in passed):
        share = 0.0
        findings = [*findings, Finding(_ONLY_EASY)]
    bounds = [bound.at_least for case in plan.cases if (bound := case.expects.training)]
    record = CheckRecord(
        name=plan.name,
        points=plan.points,
        score=None if verdict is Verdict.UNGRADED else round(plan.points * share / total, 4),
        verdict=verdict,
        seconds=round(transcript.seconds, 3),
        cases=len(plan.cases),
        cases_passed=sum(result.outcome == "passed" for result in results),
        findings=[_bounded(finding) for finding in findings[:_MAX_FINDINGS]],
        trials=[_trial_record(trial) for trial in transcript.trials],
        bound=bounds[0] if bounds else None,
        feedback=plan.feedback,
    )
    wrong = {
        case.label
        for case, result in zip(plan.cases, results, strict=False)
        if result.outcome != "passed"
    }
    return record, wrong


def _told_briefly(
    plan: CheckPlan, number: int, answer: Observation | CaseResult, result: CaseResult
) -> CaseResult:
    """A result with what is told of it where the values of the grader's cases are not shown."""
    told = result.finding
    if told is None or number in plan.known or not isinstance(answer, Observation):
        return result
    if number in plan.sealed:
        advice = "" if told.recognised else plan.cases[number].where_to_look
        if answer.outcome != "returned":
            return result
        brief = f"{_NOT_RIGHT} {advice}".strip()
        return replace(result, finding=replace(told, sealed=True, brief=brief))
    if answer.outcome == "raised" and "ours" not in answer.error:
        brief = f"{_RAISED}: {_kind_of(answer.error)}."
    elif answer.outcome == "forbidden" or answer.changed_inputs:
        brief = f"{told.message} {told.hint}".strip()
    else:
        # The check's own advice is the same for all draws; that of a case may name what it drew.
        advice = "" if told.recognised else plan.check.where_to_look
        brief = f"{_WRONG} {advice}".strip()
    return replace(result, finding=replace(told, brief=brief))


def _kind_of(error: Mapping[str, str]) -> str:
    """The type of an exception; a student's own may have any name."""
    kind = error.get("type", "")
    return kind if isinstance(getattr(builtins, kind, None), type) else "an error of another kind"


def _verdict(
    plan: CheckPlan,
    transcript: CheckTranscript,
    results: list[CaseResult],
    limits: SubmissionLimits,
) -> tuple[Verdict, list[Finding]]:
    findings = [result.finding for result in results if result.finding]
    all_passed = len(results) == len(plan.cases) and all(r.outcome == "passed" for r in results)
    if transcript.undecided and not all_passed:
        hint = "It will be graded again."
        return Verdict.UNGRADED, [Finding(transcript.undecided, hint=hint)]
    stop = transcript.stopped
    if stop is not None and not all_passed:
        verdict, first = _ended(transcript, stop, limits)
        # What a cell has left undone says nothing about the student's other cells.
        return verdict, [first] if stop.cell else [first, *findings]
    if transcript.forbidden is not None:
        return Verdict.FAILED, [forbidden_finding("uses", transcript.forbidden, plan.check.allows)]
    if not transcript.ended:
        return Verdict.NOT_REACHED, [Finding(transcript.unreached)]
    if transcript.error is not None:
        if transcript.undefined is not None:
            return Verdict.ERROR, [transcript.undefined]
        refused = _refused(transcript.error["message"], limits)
        return refused or (Verdict.ERROR, [_error_finding(transcript.error)])
    if not transcript.started:
        message = "Nothing was handed to `check` here."
        hint = "Leave `check` as the course library defines it; do not redefine it."
        return Verdict.FAILED, [Finding(message, hint=hint)]
    if all_passed:
        return Verdict.PASSED, []
    if transcript.undefined is not None:
        findings = [transcript.undefined, *findings]
    if any(result.outcome == "failed" for result in results) or not findings:
        return Verdict.FAILED, findings
    verdict, more = _refused(findings[0].message, limits) or (Verdict.ERROR, [])
    return verdict, [*more, *findings]


def _refused(message: str, limits: SubmissionLimits) -> tuple[Verdict, list[Finding]] | None:
    """What the kernel refused, if that is what an error's message tells."""
    for verdict, outcome in OUTCOMES.items():
        told = outcome.refused
        if told is not None and any(sign in message for sign in told.signs):
            told_here = told.message.format(limits=limits)
            shown = Finding(told_here, observed=message, hint=told.hint, brief=told_here)
            return verdict, [shown]
    return None


def _ended(
    transcript: CheckTranscript, stop: Stop, limits: SubmissionLimits
) -> tuple[Verdict, Finding]:
    """What it means that a cell did not come to its end."""
    verdict, told = BY_DEATH[stop.death]
    if transcript.trials and stop.death is Death.OUT_OF_MEMORY:
        return verdict, Finding(observed=told.shown, **asdict(_NO_DEVICE_MEMORY))
    message = told.message.format(seconds=stop.seconds, limits=limits)
    if stop.cell:
        message = (
            f"A cell above did not come to its end: `{stop.cell}`. {message} What this check looks "
            "at may depend on that cell, so it is not judged by what is left."
        )
    return verdict, Finding(message, observed=told.shown, where=stop.where, hint=told.hint)


def _error_finding(error: dict[str, str]) -> Finding:
    if "unwritten" in error:
        return unwritten(error["unwritten"], error["traceback"])
    kind, message = error["type"], error["message"]
    return Finding(
        f"The check could not start: {kind}: {message}",
        observed=kind,
        where=error["traceback"],
        hint=ERROR_HINTS.get(kind, ""),
        brief=f"The check could not start: {_kind_of(error)}.",
    )


def _bounded(finding: Finding) -> Finding:
    texts: dict[str, Any] = {
        key: value[:_MAX_TEXT]
        for key, value in asdict(finding).items()
        if isinstance(value, str) and key != "drawing"
    }
    return replace(finding, **texts)


def _trial_record(trial: Trial) -> TrialRecord:
    low, high = trial.interval
    return TrialRecord(
        seed=trial.seed,
        accuracy=None if trial.accuracy is None else round(trial.accuracy, 5),
        low=round(low, 5),
        high=round(high, 5),
        seconds=round(trial.seconds, 3),
    )
