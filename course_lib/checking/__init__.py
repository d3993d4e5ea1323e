"""How an answer is exercised and judged: probes, observations, cases, findings.

The same code serves the student's desk (`check` on public cases) and the grader's judge (fresh
cases). Nothing here knows a solution.
"""

from course_lib.checking.cases import (
    Accuracy,
    Case,
    Equal,
    Expectation,
    Mistake,
    Network,
    Raises,
    Structure,
    Trained,
)
from course_lib.checking.compare import CaseResult, Finding, judge_case
from course_lib.checking.keras_probes import Blueprint, Layer, Optimizer, Predict, Transplant
from course_lib.checking.local import CheckFailed, check
from course_lib.checking.probes import Answer, Call, Observation, Probe, run_probe
from course_lib.checking.training_probes import Fit, SubmittedWeights

__all__ = [
    "Accuracy",
    "Answer",
    "Blueprint",
    "Call",
    "Case",
    "CaseResult",
    "CheckFailed",
    "Equal",
    "Expectation",
    "Finding",
    "Fit",
    "Layer",
    "Mistake",
    "Network",
    "Observation",
    "Optimizer",
    "Predict",
    "Probe",
    "Raises",
    "Structure",
    "SubmittedWeights",
    "Trained",
    "Transplant",
    "check",
    "judge_case",
    "run_probe",
]
