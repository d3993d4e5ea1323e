"""Replaces every function of the checking package that compares, judges or decides.

Covers: A4
"""

# %% attack
from course_lib.checking import (
    differences,
    expectations,
    judge,
    local,
    networks,
    render,
    trials,
)

passed = judge.CaseResult("passed")
judge.judge_case = trials.judge_case = lambda *args, **kwargs: passed
judge.judge_cases = local.judge_cases = lambda cases, *args, **kwargs: [passed] * len(cases)
differences.value_difference = lambda *args, **kwargs: None
networks.structure_difference = networks.signature_of = lambda *a, **k: None
trials.run_trials = local.run_trials = lambda *args, **kwargs: (passed, [])
render.show = lambda *args, **kwargs: None
for kind in expectations.Expectation.kinds.values():
    kind.__eq__ = lambda self, other: True
    kind.judge = kind.difference = lambda self, found: None
expectations.Equal.rtol = expectations.Equal.atol = float("inf")


def answer(name):
    return lambda *args, **kwargs: 0.0


# %% honest
import numpy as np

from course_lib.checking import differences

print(differences.value_difference([1.0], np.array([1.0]), rtol=1e-4, atol=1e-6))
