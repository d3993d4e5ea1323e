"""The registry of checks, and what a check is made of.

A check is a generator of cases. It draws its inputs from the `draw` it is given and takes what is
expected from the reference namespace (the solution notebook's own definitions), from an independent
oracle, or from a fact; never from a frozen random stream. It has the parameters that it uses::

    @check("output_size", forbids=())
    def output_size(draw, reference):
        for _ in range(5):
            width = draw.integer(8, 63)
            yield call(width, 3, expected=reference.output_size(width, 3), label="...")

It stands in the `checks.py` beside its notebook. Its points are those of the notebook's graded cell
of the same name.
"""

from autograder.checks.draw import Draw
from autograder.checks.known import change, instead
from autograder.checks.makers import (
    answer,
    budget,
    call,
    fit,
    layer,
    optimizer,
    predict,
    raises,
    recipe,
    structure,
    submitted_weights,
    transplant,
)
from autograder.checks.registry import Check, check, checks_of, load_checks

__all__ = [
    "Check",
    "Draw",
    "answer",
    "budget",
    "call",
    "change",
    "check",
    "checks_of",
    "fit",
    "instead",
    "layer",
    "load_checks",
    "optimizer",
    "predict",
    "raises",
    "recipe",
    "structure",
    "submitted_weights",
    "transplant",
]
