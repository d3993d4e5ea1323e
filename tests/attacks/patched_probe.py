"""Replaces the probes, so that whatever is asked, the process says that it was forbidden or right.

Covers: A4, A9
"""

# %% attack
from course_lib.checking import grading, probes

right = probes.Observation("returned", value=True, seconds=-1.0)
probes.run_probe = grading.run_probe = lambda *args, **kwargs: right
probes._plain = lambda value: True
for kind in probes.Probe.kinds.values():
    kind.exercise = lambda self, subject: True
    kind.describe = lambda self, name: "passed"


# %% honest
from course_lib.checking.probes import CallFunction

print(CallFunction((2,)).describe("double"), CallFunction((21,)).exercise(lambda x: 2 * x))
