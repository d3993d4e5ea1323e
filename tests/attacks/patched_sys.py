"""Installs trace and profile functions, hooks and streams that rewrite what happens.

Covers: A4, A9
"""

# %% attack
import io
import sys
import threading


def trace(frame, event, argument):
    if "observation" in frame.f_locals:
        frame.f_locals["observation"] = "passed"
    if event == "return" and frame.f_code.co_name in ("run_probe", "exercise"):
        frame.f_locals["value"] = frame.f_locals["outcome"] = "passed"
    return trace


sys.settrace(trace)
threading.settrace(trace)
sys.displayhook = sys.excepthook = sys.breakpointhook = lambda *args: None
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = io.StringIO("passed")
sys.setrecursionlimit(60)


def answer(name):
    def traced(*args, **kwargs):
        sys.settrace(trace)
        return 0.0

    return traced


# %% honest
import sys

sys.setrecursionlimit(5000)
calls = []
sys.setprofile(lambda frame, event, argument: calls.append(event))
sum([1, 2])
sys.setprofile(None)
print("calls traced:", len(calls) > 0, file=sys.stderr)
