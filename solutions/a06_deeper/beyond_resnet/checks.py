"""What the notebook a06_deeper/beyond_resnet requires: a comparison within one budget.

Widths are searched for on blueprints, and what is expected is searched for here by bisection. The
front is found by definition, from points that were drawn so that every rule shows itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

from autograder.checks import Draw, call, check, raises
from course_lib import costs, slides
from course_lib.checking import Case

SLIDE_SUMMARY = slides.cite("CNN Benchmark Models", "Summary of Popular CNN Models")

Reference = SimpleNamespace


def widest_by_bisection(build: Callable[[int], Any], budget: int) -> int:
    """The largest width within a budget of trainable parameters; 0 if there is none."""

    def fits(width: int) -> bool:
        return bool(costs.count(lambda: build(width)).trainable_parameters <= budget)

    low, high = 0, 1
    while fits(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _small_parameters(width: int) -> int:
    """Of the notebook's `small_network`: kernel, gamma and beta, and the dense layer."""
    return 27 * width + 2 * width + 10 * width + 10


@check(
    "widest",
    slide=SLIDE_SUMMARY,
    where_to_look="Print the trainable parameters of the network of your width, and of the next "
    "one: the first must be within the budget, the second beyond it.",
)
def widest(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Exactly the budget, one less, anything; two contenders; and a budget for none."""
    width = draw.integer(12, 30)
    exact = _small_parameters(width)
    for budget, expected, label in [
        (exact, width, "a budget that is met exactly"),
        (exact - 1, width - 1, "one parameter less"),
        (exact + 25, width, "a budget between two widths"),
    ]:
        yield call("small", budget, expected=expected, label=label, rtol=0)
    for name, low, high in [("pyramid", 20_000, 60_000), ("wide", 15_000, 45_000)]:
        budget = draw.integer(low, high)
        expected = widest_by_bisection(partial(reference.contender, name), budget)
        label = f"`{name}` with {budget:,} parameters"
        yield call(name, budget, expected=expected, label=label, rtol=0)
    yield raises("small", _small_parameters(1) - 1, label="a budget for no width", share=0.5)


@check(
    "pareto_front",
    slide=SLIDE_SUMMARY,
    where_to_look="Compare each network with each other one: does it cost no more, err no more, "
    "and is it better in one of the two?",
)
def pareto_front(draw: Draw) -> Iterator[Case]:
    """A front that bends both ways, ties in one number and in both, one network, one for all."""
    names = [str(name) for name in draw.rng.permutation(list("kbxqdwmt"))]
    costs_of = sorted(draw.different(5, 10, 90))
    errors_of = sorted(draw.different(5, 10, 90), reverse=True)
    chain = list(zip(costs_of, errors_of, strict=True))
    # Beyond the corner between the first two: no straight line from front to front is below it.
    behind = [(costs_of[1] + 1, errors_of[0] + 2), (costs_of[4] + 3, errors_of[4] + 1)]
    mixed = _named(draw, names, [*chain, *behind])
    yield _front(mixed, "five on the front, two behind it")
    (a, b), (c, d) = chain[1], chain[3]
    yield _front(_named(draw, names, [(a, b), (a, b + 5), (c, d)]), "two of the same cost")
    yield _front(_named(draw, names, [(a, b), (c, d), (c + 7, d)]), "two of the same error")
    yield _front(_named(draw, names, [(a, b), (a, b), (c, d), (c, d + 1)]), "twins on the front")
    corner = (costs_of[0] - 5, errors_of[4] - 5)
    yield _front(_named(draw, names, [*chain, corner]), "one that dominates all")
    # Hollow: the middle one lies above the straight line between the others, and counts.
    hollow = [(10, 80), (40 + draw.integer(0, 9), 60 + draw.integer(0, 9)), (90, 10)]
    yield _front(_named(draw, names, hollow), "a front that is not convex")
    yield _front({names[0]: chain[2]}, "a single network", share=0.5)


def _named(
    draw: Draw, names: list[str], points: list[tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """The points in a drawn order, under drawn names."""
    order = draw.rng.permutation(len(points))
    return {names[number]: points[place] for number, place in enumerate(order)}


def _front(points: dict[str, tuple[int, int]], label: str, share: float = 1.0) -> Case:
    expected = sorted(
        name
        for name, (cost, error) in points.items()
        if not any(
            other_cost <= cost
            and other_error <= error
            and (other_cost, other_error) != (cost, error)
            for other_cost, other_error in points.values()
        )
    )
    return call(points, expected=expected, label=label, share=share)
