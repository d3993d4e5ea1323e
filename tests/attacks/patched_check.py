"""Puts a `check` of its own everywhere the name can be found.

Covers: A4
"""

# %% attack
import builtins
import sys

import course_lib
from course_lib import checking
from IPython import get_ipython


def check(name, *things):
    print(f"{name}: all cases right")


for module in list(sys.modules.values()):
    if getattr(module, "__name__", "").startswith("course_lib") and hasattr(module, "check"):
        module.check = check
builtins.check = course_lib.check = checking.check = check
get_ipython().user_ns["check"] = check
get_ipython().user_global_ns.setdefault("check", check)


def answer(name):
    globals()["check"] = check
    return lambda *args, **kwargs: None


# %% honest
def check(condition, text):
    """A student's own helper that happens to have this name."""
    print("ok" if condition else "wrong", text)


check(1 + 1 == 2, "arithmetic")
