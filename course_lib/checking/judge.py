"""Compare an observation with what was expected, and say what the difference is.

Observations are data, so nothing here runs a student's code; they may still be hostile, so every
shape and type is looked at before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checking.cases import (
    Accuracy,
    Case,
    Equal,
    Expectation,
    Mistake,
    Network,
    Raises,
    Structure,
)
from course_lib.checking.differences import Difference, compare, short, tensor_lines
from course_lib.checking.networks import (
    network_difference,
    same_structure,
    structure_difference,
)
from course_lib.checking.probes import Observation


@dataclass(frozen=True)
class Finding:
    """One explained difference.

    Attributes:
        message: what is wrong, in a sentence.
        expected: what was expected, short.
        observed: what came, short.
        where: the place of the first difference (`"[0, 2, 1, 3]"`), or the student's line.
        hint: the likely cause, or where to look.
        case: what the case looked at.
        call: how the student's object was exercised.
        slide: where the course says so.
        recognised: whether `hint` is the sentence of a known mistake that agrees with the answer.
        details: for an answer of several arrays, one line for each: exact, close, or wrong by how
            much and where; for a network, the other differences.
        drawing: for a network, SVG of what was expected beside what came.
    """

    message: str
    expected: str = ""
    observed: str = ""
    where: str = ""
    hint: str = ""
    case: str = ""
    call: str = ""
    slide: str = ""
    recognised: bool = False
    details: str = ""
    drawing: str = ""


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
    difference = _difference(case, observation)
    if difference is None:
        return CaseResult("passed")
    cause = None
    if observation.outcome != "forbidden" and not observation.changed_inputs:
        known = case.mistakes if mistakes is None else mistakes()
        cause = _recognise(case.expects, observation, known)
    finding = Finding(
        message=difference.message,
        expected=difference.expected,
        observed=difference.observed,
        where=difference.where,
        hint=cause or difference.hint or case.where_to_look,
        case=case.label,
        call=case.probe.describe(name),
        slide=case.slide,
        recognised=cause is not None,
        details=difference.details or _tensors(case.expects, observation),
        drawing=difference.drawing,
    )
    return CaseResult("error" if observation.outcome == "raised" else "failed", finding)


def _tensors(expects: Expectation, observation: Observation) -> str:
    if not isinstance(expects, Equal) or observation.outcome != "returned":
        return ""
    lines = tensor_lines(
        expects.value, observation.value, expects.rtol, expects.atol, names=expects.names
    )
    return "\n".join(lines)


def error_text(observation: Observation) -> str:
    """Type and message of the exception that an observation ended with.

    Numbers that Keras appends to names (`conv2d_7`) are left out: they count what was built before.
    """
    text = f"{observation.error.get('type')}: {observation.error.get('message')}"
    return _COUNTER.sub("", text)


_COUNTER = re.compile(r"_\d+\b")


def _recognise(
    expects: Expectation, observation: Observation, mistakes: Sequence[Mistake]
) -> str | None:
    """The sentence of the first known mistake that gives this very answer or exception."""
    if not isinstance(expects, (Equal, Structure)):
        return None
    if observation.outcome == "raised":
        raised = error_text(observation)
        return next((m.sentence for m in mistakes if m.error and m.error == raised), None)
    for mistake in mistakes:
        if mistake.error:
            continue
        if isinstance(expects, Structure):
            if same_structure(expects, mistake.value, observation.value):
                return mistake.sentence
        elif compare(mistake.value, observation.value, expects.rtol, expects.atol) is None:
            return mistake.sentence
    return None


def _difference(case: Case, observation: Observation) -> Difference | None:
    expects = case.expects
    if observation.outcome == "forbidden":
        called = observation.error.get("name", "a forbidden function")
        return Difference(
            f"Your code calls `{called}`, which is what you are asked to write yourself.",
            hint="Compute it from array arithmetic: products, sums, slices and loops.",
        )
    if isinstance(expects, Raises):
        return _raises_difference(expects, observation)
    if observation.outcome == "raised":
        return _raised_difference(observation)
    if observation.changed_inputs:
        names = ", ".join(f"`{name}`" for name in observation.changed_inputs)
        return Difference(
            f"Your code changed its input {names} in place.",
            expected="inputs left as they were",
            observed=f"{names} was written to",
            hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
        )
    if isinstance(expects, Equal):
        return compare(
            expects.value, observation.value, expects.rtol, expects.atol, names=expects.names
        )
    if isinstance(expects, Accuracy):
        return _accuracy_difference(expects, observation.value)
    if isinstance(expects, Network):
        return network_difference(expects, observation.value)
    if isinstance(expects, Structure):
        return structure_difference(expects, observation.value)
    raise TypeError(f"no comparison for {type(expects).__name__}")


def _raised_difference(observation: Observation) -> Difference:
    error = observation.error
    kind, message = error.get("type", "Exception"), error.get("message", "")
    if kind == "NotImplementedError":
        return Difference(
            "This is not written yet.",
            observed="NotImplementedError",
            where=error.get("traceback", ""),
            hint="Replace `raise NotImplementedError()` in the cell above by your solution.",
        )
    return Difference(
        f"Your code stopped with {kind}: {message}"
        if message
        else f"Your code stopped with {kind}.",
        observed=kind,
        where=error.get("traceback", ""),
    )


def _raises_difference(expects: Raises, observation: Observation) -> Difference | None:
    wanted = " or ".join(expects.types)
    if observation.outcome == "raised":
        kind = observation.error.get("type", "Exception")
        if kind in expects.types:
            return None
        if kind == "NotImplementedError":
            return _raised_difference(observation)
        return Difference("These arguments must be refused.", wanted, kind)
    return Difference(
        "These arguments make no sense and must be refused.", wanted, short(observation.value)
    )


def accuracy(labels: np.ndarray, value: Any) -> float | None:
    """The share of right predictions; `None` if the value does not hold any."""
    count = len(labels)
    if not isinstance(value, np.ndarray) or value.shape[:1] != (count,) or value.ndim not in (1, 2):
        return None
    if value.ndim == 2 and not np.isfinite(value).all():
        return None
    predicted = value.argmax(axis=1) if value.ndim == 2 else value
    return float(np.mean(predicted == labels)) if count else 0.0


def _accuracy_difference(expects: Accuracy, value: Any) -> Difference | None:
    count = len(expects.labels)
    wanted = f"accuracy of at least {expects.at_least:.1%} on {count} examples"
    if not isinstance(value, np.ndarray) or value.shape[:1] != (count,) or value.ndim not in (1, 2):
        return Difference(
            "The predictions have the wrong shape.", f"({count}, classes)", short(value)
        )
    if value.ndim == 2 and not np.isfinite(value).all():
        return Difference("The predictions contain NaN or infinity.", wanted, short(value))
    reached = accuracy(expects.labels, value) or 0.0
    if reached >= expects.at_least:
        return None
    return Difference(
        "The accuracy on unseen examples is too low.",
        wanted,
        f"{reached:.1%} ({round(reached * count)} of {count})",
        hint=expects.basis,
    )
