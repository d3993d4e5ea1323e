"""Five networks within one budget, and the front of cost and error."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook

from course_lib import costs
from course_lib.blueprints import blueprint
from course_lib.structure import canonical
from solutions.a06_deeper.beyond_resnet.checks import widest_by_bisection

NOTEBOOK = notebook("a06_deeper/beyond_resnet")
OURS = NOTEBOOK.ours
NAMES = ("residual", "wide", "paths", "dense", "pyramid")


@pytest.mark.parametrize("name", NAMES)
def test_a_contender_is_as_wide_as_its_budget_allows(name: str) -> None:
    build = partial(OURS.contender, name)
    width = OURS.widest_of(name, OURS.PARAMETERS)
    assert width == widest_by_bisection(build, OURS.PARAMETERS)
    now, then = (costs.count(partial(build, w)).trainable_parameters for w in (width, width + 1))
    assert 0.85 * OURS.PARAMETERS <= now <= OURS.PARAMETERS < then


@pytest.mark.parametrize("name", NAMES)
def test_the_parameters_of_a_contender_grow_with_its_width(name: str) -> None:
    sizes = [
        costs.count(lambda w=w: OURS.contender(name, w)).trainable_parameters for w in range(2, 9)
    ]
    assert sizes == sorted(set(sizes))


def test_the_depths_are_those_that_the_text_names() -> None:
    def convolutions(name: str) -> int:
        nodes = canonical(blueprint(OURS.contender, name, 4)).nodes
        return sum(node.op.startswith("conv") for node in nodes)

    # The stem, all blocks, and 1 x 1 convolutions where the shapes of a block differ.
    assert convolutions("residual") == 1 + 3 * 2 * 2 + 2
    assert convolutions("wide") == 1 + 3 * 2 + 3
    assert convolutions("pyramid") == 14 - 1
    assert convolutions("dense") == 1 + 9 + 2


def test_four_paths_are_a_grouped_convolution() -> None:
    """With the same number of weights, as `resnext_block` has them."""
    import keras

    def model(block: object) -> keras.Model:
        image = keras.Input((8, 8, 12))
        return keras.Model(image, block(image))  # type: ignore[operator]

    paths = costs.count(lambda: model(lambda x: OURS.four_paths(x, 6, 2)))
    grouped = costs.count(lambda: model(lambda x: OURS.resnext_block(x, 6, 4, 2, 3)))
    assert paths.trainable_parameters == grouped.trainable_parameters
    assert paths.macs == grouped.macs


numbers = st.integers(0, 6)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.tuples(numbers, numbers)))
def test_the_front_has_one_for_every_network_that_is_beaten(
    points: dict[str, tuple[int, int]],
) -> None:
    front = OURS.pareto_front(points)
    assert front == sorted(front)
    for name, (cost, error) in points.items():
        better = [
            other
            for other in front
            if points[other] != (cost, error)
            and points[other][0] <= cost
            and points[other][1] <= error
        ]
        assert bool(better) != (name in front)
    for answer in ("answers/sweep_t", "answers/arrays_t"):
        if points:
            assert NOTEBOOK.with_variant(answer).namespace.pareto_front(points) == front


def test_the_front_does_not_ask_for_the_unit() -> None:
    rng = np.random.default_rng(0)
    points = {str(n): tuple(rng.normal(size=2)) for n in range(30)}
    scaled = {name: (1e9 * cost + 3, error / 7) for name, (cost, error) in points.items()}
    assert OURS.pareto_front(points) == OURS.pareto_front(scaled)
    assert 0 < len(OURS.pareto_front(points)) < 30
