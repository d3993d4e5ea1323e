"""Replaces every function of the checking package that compares, judges or decides.

Covers: A4
"""

# %% attack
from course_lib.checking import cases, compare, differences, local, render, trials

passed = compare.CaseResult("passed")
compare.judge_case = local.judge_case = trials.judge_case = lambda *args, **kwargs: passed
compare._difference = differences.compare = lambda *args, **kwargs: None
compare.compare = compare.network_difference = compare.structure_difference = lambda *a, **k: None
trials.run_trials = local.run_trials = lambda *args, **kwargs: (passed, [])
render.show = lambda *args, **kwargs: None
for kind in (cases.Equal, cases.Raises, cases.Accuracy, cases.Network, cases.Structure):
    kind.__eq__ = lambda self, other: True
cases.Equal.rtol = cases.Equal.atol = float("inf")


def answer(name):
    return lambda *args, **kwargs: 0.0


# %% honest
import numpy as np

from course_lib.checking import differences

print(differences.compare([1.0], np.array([1.0]), rtol=1e-4, atol=1e-6))
