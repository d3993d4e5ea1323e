"""Judge an observation: what is wrong with it, and which known mistake explains that.

Observations are data, so nothing here runs a student's code; they may still be hostile, so every
shape and type is looked at before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from course_lib.checking.cases import Case, Mistake
from course_lib.checking.expectations import Expectation, error_text
from course_lib.checking.finding import Finding
from course_lib.checking.probes import Observation


@dataclass(frozen=True)
class CaseResult:
    """Whether a case passed, and why not.

    Attributes:
        outcome: `"passed"`, `"failed"` (a wrong answer) or `"error"` (the student's exception).
    """

    outcome: str
    finding: Finding | None = None


def judge_case(
    case: Case,
    observation: Observation,
    name: str,
    mistakes: Callable[[], Sequence[Mistake]] | None = None,
) -> CaseResult:
    """Judge one observation.

    Args:
        case: the case whose probe was run.
        observation: what came back.
        name: the check's name, as the student wrote it.
        mistakes: gives the known mistakes for this case; by default those frozen into it. Called
            only when the answer is wrong.
    """
    forbidden = observation.outcome == "forbidden"
    found = _forbidden(observation) if forbidden else case.expects.judge(observation)
    if found is None:
        return CaseResult("passed")
    cause = None
    if not forbidden and not observation.changed_inputs:
        known = case.mistakes if mistakes is None else mistakes()
        cause = _recognise(case.expects, observation, known)
    finding = replace(
        found,
        hint=cause or found.hint or case.where_to_look,
        case=case.label,
        call=case.probe.describe(name),
        slide=case.slide,
        recognised=cause is not None,
        details=found.details or case.expects.details(observation),
    )
    return CaseResult("error" if observation.outcome == "raised" else "failed", finding)


def _forbidden(observation: Observation) -> Finding:
    called = observation.error.get("name", "a forbidden function")
    return Finding(
        f"Your code calls `{called}`, which is what you are asked to write yourself.",
        hint="Compute it from array arithmetic: products, sums, slices and loops.",
    )


def _recognise(
    expects: Expectation, observation: Observation, mistakes: Sequence[Mistake]
) -> str | None:
    """The sentence of the first known mistake that gives this very answer or exception."""
    if not expects.recognises:
        return None
    if observation.outcome == "raised":
        raised = error_text(observation)
        return next((m.sentence for m in mistakes if m.error and m.error == raised), None)
    for mistake in mistakes:
        if not mistake.error and expects.is_marked(mistake.value, observation.value):
            return mistake.sentence
    return None
