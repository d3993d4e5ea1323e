"""What the notebook a07_efficient/efficient requires: accuracy density, and a network in a budget.

Densities follow from a formula and from the facts of the ledger. The student's own network may be
any: its blueprint is counted, and what was trained is counted again, beside its accuracy, for which
the bound was measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from autograder.checks import Draw, answer, budget, call, check, fit
from course_lib import slides
from course_lib.checking import Case

SLIDE_DENSITY = slides.cite("CNN Benchmark Models", "Accuracy vs. Complexity")
SLIDE_MOBILENET = slides.cite("CNN Benchmark Models", "MobileNet")
BUDGET = {"parameters": 20_000, "macs": 1_000_000, "largest_activation_bytes": 32_768}
RENUMBERED = (3, 1, 4, 0, 5, 9, 2, 6, 8, 7)
"""An order of the classes in which only labels help that were handed over."""


@check(
    "accuracy_density",
    slide=SLIDE_DENSITY,
    where_to_look="Work out one line of the table by hand: 70.6 % and 4.2 million parameters are "
    "16.8 percent for each million.",
)
def accuracy_density(draw: Draw) -> Iterator[Case]:
    """The three networks that the slides compare, as printed, and two that nobody has built."""
    for name, density, accuracy, millions in [
        ("1.0 MobileNet-224", "F1200", "F1201", "F1094"),
        ("GoogLeNet", "F1202", "F1203", "F1097"),
        ("VGG 16", "F1204", "F1205", "F1099"),
    ]:
        printed = slides.fact(accuracy).printed
        yield call(
            100 - float(printed),
            float(slides.fact(millions).printed) * 1e6,
            expected=float(slides.fact(density).computed()),
            label=f"{name}, {printed} % right as printed",
            share=0.5,
            slide=SLIDE_MOBILENET,
        )
    for low, high, kind in [(1_000, 900_000, "a small"), (10_000_000, 90_000_000, "a large")]:
        parameters, error = draw.integer(low, high), draw.integer(150, 480) / 10
        yield call(
            error,
            parameters,
            expected=(100 - error) * 1e6 / parameters,
            label=f"{kind} network with {error} % error",
        )


@check("density_questions", slide=SLIDE_DENSITY)
def density_questions() -> Iterator[Case]:
    """From the printed numbers of the slides and the counts that the notebook prints."""
    density = float(slides.fact("F1200").computed())
    errors = {1.0: 29.4, 0.75: 31.6, 0.5: 36.3, 0.25: 49.4}  # F1114 to F1119
    counts = {1.0: 4_231_976, 0.75: 2_585_560, 0.5: 1_331_592, 0.25: 470_072}

    def gained(narrow: float, wide: float) -> float:
        return (errors[narrow] - errors[wide]) * 1e6 / (counts[wide] - counts[narrow])

    for name, expected, rtol, where_to_look in [
        (
            "guesser",
            0.1 / density * 1e6,
            5e-3,
            "Its density is 0.1 % divided by its parameters in millions. When is that 16.8?",
        ),
        (
            "densest",
            max(errors, key=lambda alpha: (100 - errors[alpha]) / counts[alpha]),
            0,
            "Compare the last column of the table for the four MobileNets, and give α, a number.",
        ),
        (
            "first",
            gained(0.25, 0.5),
            5e-3,
            "Only differences: accuracy at 0.5 less that at 0.25, and the same for parameters.",
        ),
        (
            "last",
            gained(0.75, 1.0),
            5e-3,
            "Only differences: accuracy at 1.0 less that at 0.75, and the same for parameters.",
        ),
    ]:
        yield answer(
            expected={name: expected}, label=f"`{name}`", rtol=rtol, where_to_look=where_to_look
        )


@check(
    "budget_network",
    slide=SLIDE_MOBILENET,
    where_to_look="`costs.plot({'mine': costs.count(budget_network)})` shows on which layers the "
    "budget is spent.",
)
def budget_network() -> Iterator[Case]:
    """The three numbers, of whatever network it is."""
    yield budget(within=BUDGET, output=(10,), label="the three numbers of the budget")


def _public_budget_training() -> Iterator[Case]:
    yield fit(
        "shapes32",
        within=BUDGET,
        epochs=8,
        classes=RENUMBERED,
        label="600 validation images, after 8 epochs",
        public=True,
    )


@check(
    "budget_trained",
    slide=SLIDE_MOBILENET,
    cpu_seconds=300,
    public=_public_budget_training,
    where_to_look="Do twenty images by heart first. If the training accuracy is high and that of "
    "new images is not, let the learning rate fall towards zero.",
)
def budget_trained(draw: Draw) -> Iterator[Case]:
    """A training of the grader's own; the bound is measured (`autograder calibrate`)."""
    yield fit(
        "shapes32",
        within=BUDGET,
        epochs=8,
        seed=draw.integer(1, 999_999),
        classes=draw.rng.permutation(10).tolist(),
        label="1,200 unseen images, after 8 epochs",
    )
