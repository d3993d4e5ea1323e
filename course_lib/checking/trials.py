"""Training judged run by run: pass at once, fail at once, or try again from another seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from course_lib.checking.cases import Case
from course_lib.checking.expectations import accuracy
from course_lib.checking.judge import CaseResult, judge_case
from course_lib.checking.probes import Observation, Probe
from course_lib.checking.training_probes import Fit, ScoreWeights


@dataclass(frozen=True)
class Trial:
    """One training run.

    Attributes:
        seed: it started from.
        accuracy: reached on the unseen images; `None` if nothing came to be scored.
        interval: 95 % confidence interval of the accuracy, for the number of images.
        seconds: wall time of training and scoring.
    """

    seed: int
    accuracy: float | None
    interval: tuple[float, float]
    seconds: float


def run_trials(
    case: Case, name: str, run: Callable[[Probe], Observation]
) -> tuple[CaseResult, list[Trial]]:
    """Train until the case is decided.

    Args:
        case: a probe of training with what is expected of it.
        name: the check's name.
        run: exercises a probe; what it raises passes through.

    Returns:
        The verdict, and every run that led to it.
    """
    probe, expects = case.probe, case.expects.training
    if expects is None:
        raise TypeError(f"a case of training expects Trained, not {type(case.expects).__name__}")
    if not len(expects.labels) and isinstance(probe, (Fit, ScoreWeights)):
        expects = replace(expects, labels=probe.labels("validation"))
        case = replace(case, expects=expects)
    trials: list[Trial] = []
    while True:
        attempt = probe.again(len(trials)) if isinstance(probe, Fit) else probe
        observation = run(attempt)
        result = judge_case(replace(case, probe=attempt), observation, name)
        found = accuracy(expects.labels, observation.value)
        trials.append(
            Trial(
                getattr(attempt, "seed", 0),
                found,
                wilson_interval(found or 0.0, len(expects.labels) // getattr(attempt, "draws", 1)),
                observation.seconds,
            )
        )
        if result.outcome == "passed" or found is None or found < expects.hopeless:
            break
        if found >= expects.at_least:  # It is not the accuracy that is wrong.
            break
        if not isinstance(probe, Fit) or len(trials) >= expects.runs:
            break
    return _told(result, trials), trials


def wilson_interval(share: float, count: int) -> tuple[float, float]:
    """95 % confidence interval of a share of `count` (Wilson 1927)."""
    if not count:
        return 0.0, 1.0
    z = 1.959964
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count**2)) / (1 + z * z / count)
    return max(0.0, centre - half), min(1.0, centre + half)


def _told(result: CaseResult, trials: list[Trial]) -> CaseResult:
    """The verdict with a line for each run, if there were several."""
    if result.finding is None or len(trials) < 2:
        return result
    lines = [
        f"run {number}, seed {trial.seed}: {trial.accuracy:.1%}"
        for number, trial in enumerate(trials, 1)
        if trial.accuracy is not None
    ]
    return CaseResult(result.outcome, replace(result.finding, details="\n".join(lines)))
