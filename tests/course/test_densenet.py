"""DenseNet, FractalNet, PyramidNet and their comparison: built, counted by hand, and by law."""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook

from course_lib import costs
from course_lib.blueprints import blueprint
from course_lib.structure import canonical, compare
from solutions.a06_deeper.densenet.checks import read

NOTEBOOK = notebook("a06_deeper/densenet")
OURS = NOTEBOOK.ours

small = st.integers(1, 5)
seeds = st.integers(0, 2**32 - 1)


def test_densenet_121_is_that_of_keras() -> None:
    """Epsilon aside, which no task names."""
    ours = blueprint(lambda: OURS.densenet(**OURS.DENSENETS["DenseNet-121"]))
    theirs = blueprint(keras.applications.DenseNet121, weights=None)
    assert compare(canonical(ours), canonical(theirs)) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(small, min_size=1, max_size=4), small, small, st.sampled_from([0.5, 0.75, 1.0]))
def test_channels_read_are_those_of_concatenated_lists(
    blocks: list[int], growth: int, width: int, compression: float
) -> None:
    expected = read(tuple(blocks), growth, 4 * width, compression)
    assert OURS.channels_read(blocks, growth, 4 * width, compression) == expected


@pytest.mark.parametrize("compression", [1.0, 0.5])
def test_the_network_reads_the_channels_that_are_counted(compression: float) -> None:
    options: dict[str, Any] = {"blocks": (2, 3), "growth": 3, "width": 5}
    graph = canonical(blueprint(lambda: OURS.densenet(**options, compression=compression)))
    found = [
        graph.nodes[node.inputs[0]].shape[-1]
        for node in graph.nodes
        if node.op == "conv" and node.settings["kernel"] == [3, 3]
    ]
    expected = OURS.channels_read(**options, compression=compression)
    assert found[1:] == [channels for block in expected for channels in block]


@settings(max_examples=25, deadline=None)
@given(small, small, small, st.integers(1, 20), small)
def test_kept_values_are_those_of_the_layers(
    height: int, width: int, channels: int, count: int, growth: int
) -> None:
    found = OURS.kept_values(height, width, channels, count, growth)
    [read_by] = read((count,), growth, channels, 1.0)
    assert found["normalized"] == height * width * sum(read_by)
    assert found["features"] == height * width * (read_by[-1] + growth)


def test_a_layer_that_reads_one_source_alone_shows_on_the_map() -> None:
    channels, growth = 3, 2
    kernels = [np.zeros((3, 3, channels + number * growth, 4)) for number in range(3)]
    kernels[2][:, :, channels + growth :] = -1  # the last layer reads the second one
    expected = np.zeros((3, 3))
    expected[2, 2] = 1
    np.testing.assert_array_equal(OURS.reuse_map(kernels, channels, growth), expected)


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_a_fractal_block_has_the_size_that_is_asked(columns: int) -> None:
    build = OURS.as_model(OURS.fractal)
    graph = canonical(blueprint(build, (8, 8, 3), 3, columns))
    depths: list[int] = []
    paths: list[int] = []
    for node in graph.nodes:
        own = node.op == "conv"
        depths.append(own + max((depths[i] for i in node.inputs), default=0))
        paths.append(sum(paths[i] for i in node.inputs) or 1)
    convolutions = sum(node.op == "conv" for node in graph.nodes)
    assert OURS.fractal_size(columns) == {
        "convolutions": convolutions,
        "deepest": depths[-1],
        "paths": paths[-1],
    }


@pytest.mark.parametrize("column", [1, 2, 3, 4])
def test_one_column_is_a_chain_all_through(column: int) -> None:
    graph = canonical(blueprint(OURS.as_model(OURS.fractal), (8, 8, 3), 3, 4, column))
    assert sum(node.op == "conv" for node in graph.nodes) == 2 ** (column - 1)
    assert all(len(node.inputs) <= 1 for node in graph.nodes)


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(1, 5), st.floats(0, 0.95))
def test_a_join_is_the_mean_of_some_of_its_inputs(seed: int, count: int, rate: float) -> None:
    """At least one is kept, all where none is dropped, and equal inputs come out as they are."""
    rng = np.random.default_rng(seed)
    inputs, draws = list(rng.normal(size=(count, 3))), rng.random(count)
    kept = draws >= rate
    if not kept.any():
        kept = draws == draws.max()
    found = OURS.local_join(inputs, draws, rate)
    np.testing.assert_allclose(found, np.array(inputs)[kept].mean(axis=0))
    np.testing.assert_allclose(OURS.local_join(inputs, draws, 0.0), np.mean(inputs, axis=0))
    np.testing.assert_allclose(OURS.local_join([inputs[0]] * count, draws, rate), inputs[0])


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(0, 300), st.integers(1, 40))
def test_widths_grow_from_the_stem_to_alpha_more(blocks: int, alpha: int, start: int) -> None:
    widths = OURS.pyramid_widths(blocks, alpha, start)
    assert len(widths) == blocks
    assert widths[-1] == start + alpha
    assert widths == sorted(widths)
    steps = np.diff([start, *widths])
    assert np.ptp(steps) <= 2  # equal steps, but for the rounding


def test_a_pyramid_block_with_a_silent_branch_is_the_identity() -> None:
    """Zeros fill up the new channels."""
    model = OURS.as_model(OURS.pyramid_block)((7, 6, 3), 5, 2)
    last = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    last[-1].gamma.assign(np.zeros(5))
    x = np.random.default_rng(0).normal(size=(2, 7, 6, 3)).astype("float32")
    found = np.asarray(model(x))
    np.testing.assert_array_equal(found[..., :3], x[:, ::2, ::2])
    np.testing.assert_array_equal(found[..., 3:], np.zeros((2, 4, 3, 2)))


def test_the_last_layer_reads_what_the_answer_says() -> None:
    sizes = [(110, 48, False), (110, 84, False), (110, 270, False), (164, 270, True)]
    for size, features in zip(sizes, OURS.pyramid_row["features"], strict=True):
        table = costs.count(lambda s=size: OURS.pyramidnet(*s))
        assert table.rows[-1].parameters == 10 * features + 10


NAMES = ("plain", "fractal", "dense", "pyramid", "shallow")


@pytest.mark.parametrize("name", NAMES)
def test_a_contender_is_as_wide_as_its_budget_allows(name: str) -> None:
    build = partial(OURS.contender, name)
    width = OURS.widest(name, OURS.PARAMETERS)
    now, then = (costs.count(partial(build, w)).trainable_parameters for w in (width, width + 1))
    assert 0.8 * OURS.PARAMETERS <= now <= OURS.PARAMETERS < then


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

    assert convolutions("plain") == 3 * 4
    assert convolutions("fractal") == 3 * (4 + 2 + 1)
    assert convolutions("pyramid") == 14 - 1
    assert convolutions("shallow") == 8 - 1
    assert convolutions("dense") == 1 + 9 + 2  # The stem, the layers, two transitions.


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
    for answer in ("answers/sweep", "answers/arrays"):
        if points:
            assert NOTEBOOK.with_variant(answer).namespace.pareto_front(points) == front


def test_the_front_does_not_ask_for_the_unit() -> None:
    rng = np.random.default_rng(0)
    points = {str(n): tuple(rng.normal(size=2)) for n in range(30)}
    scaled = {name: (1e9 * cost + 3, error / 7) for name, (cost, error) in points.items()}
    assert OURS.pareto_front(points) == OURS.pareto_front(scaled)
    assert 0 < len(OURS.pareto_front(points)) < 30
