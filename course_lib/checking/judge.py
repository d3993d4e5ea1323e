"""Judge observations: what is wrong with them, and which known mistake explains that.

Observations are data, so nothing here runs a student's code; they may still be hostile, so every
shape and type is looked at before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from course_lib.checking.cases import Case
from course_lib.checking.causes import Hypothesis, causes
from course_lib.checking.families import said_of
from course_lib.checking.finding import Finding
from course_lib.checking.probes import Observation

NearMisses = Callable[[Mapping[int, Observation], Set[int]], Mapping[int, str]]


@dataclass(frozen=True)
class CaseResult:
    """Whether a case passed, and why not.

    Attributes:
        outcome: `"passed"`, `"failed"` (a wrong answer) or `"error"` (the student's exception).
    """

    outcome: str
    finding: Finding | None = None


def judge_cases(
    cases: Sequence[Case],
    answers: Sequence[Observation | CaseResult],
    name: str,
    hypotheses: Callable[[], Sequence[Hypothesis]] = tuple,
    near_misses: NearMisses | None = None,
) -> list[CaseResult]:
    """Judge what came of the cases of a check, and look for one cause of all that is wrong.

    Args:
        cases: of the check.
        answers: for each case what came back, or what it came to (a training); there may be fewer.
        name: what the student calls the thing that is checked.
        hypotheses: gives the known mistakes. Called only if an answer is wrong.
        near_misses: says what no known mistake explains, given the wrong answers that are left and
            the numbers of the cases that are right. Called only if there are any.
    """
    results = [
        judge_case(case, answer, name) if isinstance(answer, Observation) else answer
        for case, answer in zip(cases, answers, strict=False)
    ]
    wrong: dict[int, Observation] = {}
    right: set[int] = set()
    for number, (result, answer) in enumerate(zip(results, answers, strict=False)):
        if result.outcome == "passed":
            if cases[number].expects.recognises:
                right.add(number)
        elif isinstance(answer, Observation) and _may_be_known(cases[number], answer):
            wrong[number] = answer
    found = causes(cases, wrong, right, hypotheses()) if wrong else {}
    left = {number: seen for number, seen in wrong.items() if number not in found}
    if left and near_misses is not None:
        found |= near_misses(left, right)
    return [
        _with_cause(result, found[number]) if number in found else result
        for number, result in enumerate(results)
    ]


def judge_case(case: Case, observation: Observation, name: str) -> CaseResult:
    """Judge one observation by itself.

    Args:
        case: the case whose probe was run.
        observation: what came back.
        name: what the student calls the thing that is checked.
    """
    forbidden = observation.outcome == "forbidden"
    if forbidden:
        found: Finding | None = forbidden_finding(
            "calls", observation.error.get("name", "a function"), case.allows
        )
    else:
        found = case.expects.judge(observation)
    if found is None:
        return CaseResult("passed")
    finding = replace(
        found,
        hint=found.hint or (case.where_to_look if observation.outcome == "returned" else ""),
        case=case.label,
        call=case.probe.describe(name),
        slide=case.slide,
        details=found.details or case.expects.details(observation),
    )
    return CaseResult("error" if observation.outcome == "raised" else "failed", finding)


def _may_be_known(case: Case, observation: Observation) -> bool:
    """Whether a known mistake can be behind a wrong answer: what is told already is not."""
    return (
        case.expects.recognises
        and observation.outcome != "forbidden"
        and "unwritten" not in observation.error
        and not observation.changed_inputs
    )


def _with_cause(result: CaseResult, cause: str) -> CaseResult:
    if result.finding is None:
        return result
    return CaseResult(result.outcome, replace(result.finding, hint=cause, recognised=True))


def forbidden_finding(verb: str, name: str, allows: Sequence[str] = ()) -> Finding:
    """What is said of a name that the task does not allow; code calls it, or uses it otherwise."""
    if not allows:
        return Finding(
            f"Your code {verb} `{name}`, which is what you are asked to write yourself.",
            hint="Build it from simpler calls: the task says which ones it does not allow.",
        )
    return Finding(
        f"Your code {verb} `{name}`, which this task does not allow: it may be what you are asked "
        "to write yourself.",
        hint=f"Build it from what the task allows: {said_of(allows)}.",
    )
