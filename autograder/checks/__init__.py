"""The registry of checks, and what a check is made of.

A check is a generator of cases. It draws its inputs from the generator it is given and takes what
is expected from the reference namespace (the solution notebook's own definitions), from an
independent oracle, or from a fact; never from a frozen random stream::

    @check("output_size", forbids=("keras.ops.conv",))
    def output_size(rng, reference):
        for _ in range(5):
            width = int(rng.integers(8, 64))
            yield call(width, 3, expected=reference.output_size(width, 3), label="...")

It stands in the `checks.py` beside its notebook. Its points are those of the notebook's graded cell
of the same name.
"""

from autograder.checks.makers import (
    answer,
    call,
    fit,
    layer,
    network,
    optimizer,
    predict,
    raises,
    structure,
    submitted_weights,
    transplant,
)
from autograder.checks.registry import Check, Limits, check, checks_of, load_checks

__all__ = [
    "Check",
    "Limits",
    "answer",
    "call",
    "check",
    "checks_of",
    "fit",
    "layer",
    "load_checks",
    "network",
    "optimizer",
    "predict",
    "raises",
    "structure",
    "submitted_weights",
    "transplant",
]
