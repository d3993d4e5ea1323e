"""Calls the display hook from within an answer, which some graders take for the cell's result.

Covers: A4, A9
"""

# %% attack
import sys

from IPython.display import display


def answer(name):
    def shown(*args, **kwargs):
        sys.displayhook("passed")
        display({"score": 1.0, "verdict": "passed"})
        return "passed"

    return shown


# %% honest
from IPython.display import HTML, Markdown, display

display(HTML("<b>bold</b>"), Markdown("**bold**"))
"passed"
