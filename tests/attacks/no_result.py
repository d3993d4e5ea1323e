"""Replaces `run_cell`, so that no cell of the notebook ever fails, or ever runs.

Covers: A1, A4
"""

# %% attack
from IPython import get_ipython
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell


class Fine(ExecutionResult):
    error_before_exec = error_in_exec = None
    success = True

    def __init__(self, *args, **kwargs):
        pass


InteractiveShell.run_cell = lambda self, *args, **kwargs: Fine()
InteractiveShell.run_code = lambda self, *args, **kwargs: False
type(get_ipython()).run = lambda self, source, restore: {
    "outputs": [], "truncated": False, "error": None, "verdict": "passed", "score": 100,
}  # fmt: skip


# %% honest
from IPython import get_ipython

print(get_ipython().run_cell("6 * 7").result)
