"""From what a submission did to its verdicts, points and findings. Nothing here runs its code."""

from __future__ import annotations

import errno
from dataclasses import asdict
from typing import Any

from autograder.grading.plan import CheckPlan
from autograder.grading.transcript import CheckTranscript
from autograder.records.results import CheckRecord, FindingRecord, TrialRecord, Verdict
from autograder.sandbox import Death
from autograder.source.course import SubmissionLimits
from course_lib.checking.cases import Trained
from course_lib.checking.compare import CaseResult, Finding
from course_lib.checking.probes import Observation
from course_lib.checking.trials import Trial

_MAX_FINDINGS = 8
_ONLY_EASY = (
    "What is right so far would also be right for a function that knows the notebook's examples by "
    "heart, or always gives the same answer. It counts as soon as another case is right."
)
DEATHS = {
    Death.TIMEOUT: "out of time",
    Death.OUT_OF_MEMORY: "out of memory",
    Death.PROCESSES: "too many processes",
    Death.CPU_TIME: "out of CPU time",
    Death.CRASHED: "the process ended",
}
_VERDICTS = {
    Death.TIMEOUT: Verdict.TIMEOUT,
    Death.OUT_OF_MEMORY: Verdict.OUT_OF_MEMORY,
    Death.PROCESSES: Verdict.TOO_MANY_PROCESSES,
    Death.CPU_TIME: Verdict.OUT_OF_CPU_TIME,
    Death.CRASHED: Verdict.CRASHED,
}
_UNREADABLE = "Python cannot read the cell: look at brackets, colons and indentation there."
ERROR_HINTS = {
    "NameError": "Run the notebook from top to bottom: a name is used that is not defined above.",
    "SyntaxError": _UNREADABLE,
    "IndentationError": _UNREADABLE,
    "TabError": _UNREADABLE,
}


def check_record(
    plan: CheckPlan, transcript: CheckTranscript, limits: SubmissionLimits
) -> CheckRecord:
    """Judge what became of a check.

    Args:
        plan: the check with its cases, points and known mistakes.
        transcript: what the submission did.
        limits: under which it ran.
    """
    results = [
        plan.judge(case, answer) if isinstance(answer, Observation) else answer
        for case, answer in zip(plan.cases, transcript.answers, strict=False)
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
    bounds = [c.expects.at_least for c in plan.cases if isinstance(c.expects, Trained)]
    return CheckRecord(
        name=plan.name,
        points=plan.points,
        score=None if verdict is Verdict.UNGRADED else round(plan.points * share / total, 4),
        verdict=verdict,
        seconds=round(transcript.seconds, 3),
        cases=len(plan.cases),
        cases_passed=sum(result.outcome == "passed" for result in results),
        findings=[FindingRecord(**_bounded(finding)) for finding in findings[:_MAX_FINDINGS]],
        trials=[_trial_record(trial) for trial in transcript.trials],
        bound=bounds[0] if bounds else None,
    )


def _verdict(
    plan: CheckPlan,
    transcript: CheckTranscript,
    results: list[CaseResult],
    limits: SubmissionLimits,
) -> tuple[Verdict, list[Finding]]:
    findings = [result.finding for result in results if result.finding]
    all_passed = len(results) == len(plan.cases) and all(r.outcome == "passed" for r in results)
    if transcript.undecided:
        message = "The first training was in doubt, and there was no time to repeat it."
        return Verdict.UNGRADED, [Finding(message, hint="It will be graded again.")]
    death = transcript.stopped_by
    if death is not None and not all_passed:
        return _VERDICTS[death], [_death_finding(plan, transcript, death, limits), *findings]
    if transcript.forbidden is not None:
        return Verdict.FAILED, [
            Finding(
                f"Your code uses `{transcript.forbidden}`, which is what you are asked to write.",
                hint="Compute it from array arithmetic: products, sums, slices and loops.",
            )
        ]
    if not transcript.ended:
        message = "The notebook was stopped before this cell: its time was used up."
        return Verdict.NOT_REACHED, [Finding(message)]
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
    if any(result.outcome == "failed" for result in results) or not findings:
        return Verdict.FAILED, findings
    verdict, first = _refused(findings[0].message, limits) or (Verdict.ERROR, [])
    return verdict, [*first, *findings]


def _refused(message: str, limits: SubmissionLimits) -> tuple[Verdict, list[Finding]] | None:
    """What the kernel refused, if that is what an error's message tells."""
    if any(text in message for text in (f"[Errno {errno.EAGAIN}]", "start new thread")):
        said = (
            f"This tried to start more than {limits.processes:g} processes or "
            f"{limits.threads:g} threads, the limits."
        )
        hint = "None of the tasks needs any of its own: call your function directly."
        return Verdict.TOO_MANY_PROCESSES, [Finding(said, observed=message, hint=hint)]
    if any(text in message for text in (f"[Errno {errno.EFBIG}]", f"[Errno {errno.ENOSPC}]")):
        said = f"This wrote more than {limits.file_mb:g} MB, the limit for files."
        hint = "None of the tasks needs large files: keep arrays in memory."
        return Verdict.OUT_OF_SPACE, [Finding(said, observed=message, hint=hint)]
    return None


def _death_finding(
    plan: CheckPlan, transcript: CheckTranscript, death: Death, limits: SubmissionLimits
) -> Finding:
    seconds = plan.check.limits.wall_seconds or limits.check_seconds
    message, hint = {
        Death.TIMEOUT: (
            f"This took longer than {seconds:g} s and was stopped.",
            "Look for a loop that does not end, or for loops over pixels where an array "
            "operation would do.",
        ),
        Death.OUT_OF_MEMORY: (
            f"This needed more than {limits.memory_mb} MB of memory and was stopped.",
            "Look for an array that is much larger than its inputs.",
        )
        if not transcript.trials
        else (
            "The training needed more memory than its device has.",
            "Train on smaller batches, or with a smaller network.",
        ),
        Death.PROCESSES: (
            f"This started more than {limits.processes:g} processes or "
            f"{limits.threads:g} threads and was stopped.",
            "None of the tasks needs any of its own.",
        ),
        Death.CPU_TIME: (
            f"The notebook used more than {limits.cpu_seconds:g} s of CPU time and was "
            "stopped here.",
            "Look for loops over pixels where an array operation would do.",
        ),
        Death.CRASHED: (
            "The Python process ended while this ran.",
            "Look for `exit()`, `os._exit()`, or a call that crashes the interpreter.",
        ),
    }[death]
    return Finding(message, observed=DEATHS[death], hint=hint)


def _error_finding(error: dict[str, str]) -> Finding:
    kind, message = error["type"], error["message"]
    return Finding(
        f"The check could not start: {kind}: {message}",
        observed=kind,
        where=error["traceback"],
        hint=ERROR_HINTS.get(kind, ""),
    )


def _bounded(finding: Finding) -> dict[str, Any]:
    values = asdict(finding)
    return {
        key: value[:2000] if isinstance(value, str) and key != "drawing" else value
        for key, value in values.items()
    }


def _trial_record(trial: Trial) -> TrialRecord:
    low, high = trial.interval
    return TrialRecord(
        seed=trial.seed,
        accuracy=None if trial.accuracy is None else round(trial.accuracy, 5),
        low=round(low, 5),
        high=round(high, 5),
        seconds=round(trial.seconds, 3),
    )
