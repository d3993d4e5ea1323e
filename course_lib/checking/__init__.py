"""How an answer is exercised and judged: probes, observations, cases, findings.

The same code serves the student's desk (`check` on public cases) and the grader's judge (fresh
cases). Nothing here knows a solution.
"""

from course_lib.checking.cases import Case, Mistake
from course_lib.checking.expectations import Accuracy, Equal, Expectation, Raises, Trained
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult, judge_case, judge_cases
from course_lib.checking.keras_probes import (
    BuildBlueprint,
    ExerciseLayer,
    ExerciseOptimizer,
    Predict,
    Transplant,
)
from course_lib.checking.local import CheckFailed, check
from course_lib.checking.networks import Computed, Structure
from course_lib.checking.probes import CallFunction, Observation, Probe, ReadAnswer, run_probe
from course_lib.checking.recipes import Recipe, WatchTraining
from course_lib.checking.training_probes import Fit, ScoreWeights

__all__ = [
    "Accuracy",
    "BuildBlueprint",
    "CallFunction",
    "Case",
    "CaseResult",
    "CheckFailed",
    "Computed",
    "Equal",
    "ExerciseLayer",
    "ExerciseOptimizer",
    "Expectation",
    "Finding",
    "Fit",
    "Mistake",
    "Observation",
    "Predict",
    "Probe",
    "Raises",
    "ReadAnswer",
    "Recipe",
    "ScoreWeights",
    "Structure",
    "Trained",
    "Transplant",
    "WatchTraining",
    "check",
    "judge_case",
    "judge_cases",
    "run_probe",
]
