"""The inception notebook: its networks against Keras', the ledger, and what its checks say."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import judged, notebook

from autograder.checks import structure
from course_lib import costs, slides
from course_lib.blueprints import blueprint
from course_lib.checking import judge_case, run_probe
from course_lib.structure import Graph, canonical, compare
from solutions.a06_deeper.inception.checks import (
    ARCHITECTURES,
    BLOCK35,
    MIXED,
)

NOTEBOOK = notebook("a06_deeper/inception")


def test_googlenet_is_as_deep_as_the_slides_say(ours: SimpleNamespace) -> None:
    network = canonical(blueprint(ours.googlenet))
    assert ours.longest_chain(network) == slides.fact("F0721").computed() == 22
    pools = [node for node in network.nodes if node.op.endswith("pool")]
    strided = [node for node in pools if node.settings.get("strides") != [1, 1]]
    assert len(strided) == slides.fact("F0886").computed() == 5


@pytest.mark.parametrize("module", ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"])
def test_every_row_has_the_printed_depth(module: str, ours: SimpleNamespace) -> None:
    depths = dict(zip(ours.TABLE, range(450, 486, 4), strict=True))
    network = canonical(blueprint(ours.googlenet))
    (concat,) = (node for node in network.nodes if node.name == f"{module}_concat")
    assert concat.shape[-1] == int(slides.fact(f"F0{depths[module]}").printed)
    side = {"3": 28, "4": 14, "5": 7}[module[0]]
    before = [n.shape[-1] for n in network.nodes if n.name.endswith("concat")]
    index = list(ours.TABLE).index(module)
    channels = before[index - 1] if index else 192
    row = ours.row_costs(side, side, channels, ours.TABLE[module])
    inputs, filters = (side, side, channels), ours.TABLE[module]
    table = costs.count(lambda: ours.as_model(ours.inception)(inputs, filters))
    assert (row["depth"], row["macs"]) == (concat.shape[-1], table.macs)
    assert row["weights"] == table.parameters - sum(filters)


def part_of(network: Callable[..., Any], first: str, last: str, shape: tuple[int, ...]) -> Graph:
    """What one of Keras' own networks computes between two of its layers."""

    def build() -> Any:
        model = network(weights=None)
        inputs, outputs = model.get_layer(first).output, model.get_layer(last).output
        return keras.Model(inputs, outputs)

    graph = canonical(blueprint(build))
    assert graph.nodes[0].shape[1:] == shape
    return graph


# Keras leaves out gamma in its Inception networks.
IGNORED = ("rate", "scale", "name")


def test_factorized_module_is_that_of_keras(ours: SimpleNamespace) -> None:
    theirs = part_of(keras.applications.InceptionV3, "mixed3", "mixed4", (17, 17, 768))
    mine = canonical(blueprint(ARCHITECTURES["module with factorized filters"].of(ours)))
    assert [d.message for d in compare(theirs, mine, IGNORED)] == [
        "The layers are right, but the number of parameters is not."
    ]
    gammas = sum(node.shape[-1] or 0 for node in mine.nodes if node.op == "batch_norm")
    assert mine.parameters - theirs.parameters == gammas
    assert sum(MIXED[i] for i in (0, 2, 4, 5)) == 768


def test_residual_block_is_that_of_keras(ours: SimpleNamespace) -> None:
    network = keras.applications.InceptionResNetV2
    theirs = part_of(network, "mixed_5b", "block35_1_conv", (35, 35, 320))

    def correction() -> Any:
        model = ARCHITECTURES["Inception-ResNet block"].of(ours)()
        return keras.Model(model.input, model.get_layer("block_up").output)

    mine = canonical(blueprint(correction))
    assert [d.message for d in compare(theirs, mine, IGNORED)] == [
        "The layers are right, but the number of parameters is not."
    ]
    gammas = sum(BLOCK35)
    assert mine.parameters - theirs.parameters == gammas


@pytest.mark.parametrize("scale", [0.17, 0.6])
def test_the_correction_is_scaled_and_the_input_is_not(scale: float, ours: SimpleNamespace) -> None:
    block = ours.as_model(ours.inception_resnet_block)((7, 5, 4), (2, 3, 2, 3, 4, 2), scale)
    up = keras.Model(block.input, block.get_layer("block_up").output)
    x = np.random.default_rng(4).normal(size=(2, 7, 5, 4)).astype("float32")
    expected = np.maximum(x + scale * np.asarray(up(x)), 0)
    np.testing.assert_allclose(np.asarray(block(x)), expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "first", "last", "shape"),
    [
        ("Xception block", "add_3", "add_4", (19, 19, 728)),
        ("Xception block that shrinks", "add", "add_1", (74, 74, 128)),
    ],
)
def test_xception_blocks_are_those_of_keras(
    name: str, first: str, last: str, shape: tuple[int, ...], ours: SimpleNamespace
) -> None:
    def build() -> Any:
        model = keras.applications.Xception(weights=None)
        adds = [layer for layer in model.layers if isinstance(layer, keras.layers.Add)]
        place = {"add_3": 3, "add_4": 4, "add": 0, "add_1": 1}
        return keras.Model(adds[place[first]].output, adds[place[last]].output)

    theirs = canonical(blueprint(build))
    assert theirs.nodes[0].shape[1:] == shape
    assert compare(theirs, canonical(blueprint(ARCHITECTURES[name].of(ours)))) == []


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.integers(1, 20))
def test_factorized_weights_are_those_of_layers(half: int, channels: int) -> None:
    n = 2 * half + 1
    layers, options = keras.layers, {"padding": "same", "use_bias": False}
    ways = {
        "square": [layers.Conv2D(channels, n, **options)],
        "stacked": [layers.Conv2D(channels, 3, **options) for _ in range(half)],
        "asymmetric": [layers.Conv2D(channels, k, **options) for k in ((n, 1), (1, n))],
        "separable": [layers.SeparableConv2D(channels, n, **options)],
    }
    found = NOTEBOOK.ours.factorized_weights(n, channels)
    for way, stack in ways.items():
        # As many pixels as n x n: the first output sees exactly so far.
        table = costs.count(lambda stack=stack: keras.Sequential(stack), (20, 20, channels))
        assert found[way] == table.parameters


def test_losses_are_added_up_as_in_the_formula(ours: SimpleNamespace) -> None:
    rng = np.random.default_rng(2)
    probabilities = rng.dirichlet(np.ones(5), size=(3, 7)).astype("float32")
    inputs = keras.Input((3, 5))
    model = keras.Model(inputs, [inputs[:, i] for i in range(3)])
    ours.compile_with_heads(model, "sgd", 0.3)
    labels = rng.integers(0, 5, 7)
    x = probabilities.transpose(1, 0, 2)
    loss = float(model.evaluate(x, [labels] * 3, verbose=0, return_dict=True)["loss"])
    main, first, second = (-np.log(p[np.arange(7), labels]).mean() for p in probabilities)
    assert loss == pytest.approx(main + 0.3 * (first + second), rel=1e-4)


@pytest.mark.parametrize("branches_turned", [False, True])
def test_branches_come_in_any_order(branches_turned: bool, ours: SimpleNamespace) -> None:
    def turned(x: Any, filters: Any, name: str = "module") -> Any:
        outputs = ours.inception(x, filters, name)
        concat = outputs._keras_history.operation
        return keras.layers.concatenate(list(concat.input)[::-1])

    subject = ours.as_model(turned if branches_turned else ours.inception)
    for case in NOTEBOOK.cases("inception_v1", b"key"):
        result = judged(case, subject, "inception_v1")
        assert result.outcome == "passed", (case.label, result.finding)


def test_a_part_of_a_ready_made_network_is_refused(ours: SimpleNamespace) -> None:
    def cheat(input_shape: tuple[int, ...], *args: Any, **options: Any) -> Any:
        return keras.applications.Xception(weights=None)

    case = NOTEBOOK.cases("xception_block", b"key")[0]
    finding = judged(case, cheat, "xception_block").finding
    assert finding is not None
    assert "which is what you are asked to write yourself" in finding.message


def test_a_wrong_row_is_named(ours: SimpleNamespace) -> None:
    table = ours.TABLE | {"4c": (128, 128, 256, 24, 48, 64)}
    case = structure(like=ours.googlenet, label="GoogLeNet", parameters=6_998_552)
    result = judge_case(case, run_probe(case.probe, lambda: ours.googlenet(table)), "googlenet")
    assert result.finding is not None
    message = "4c_5x5 has the wrong number of filters: 48 instead of 64."
    assert result.finding.message == message


@pytest.mark.parametrize("block", ["inception", "inception_v2", "inception_v3"])
def test_a_block_that_is_one_layer_of_the_given_name_fits_into_the_checks(
    block: str, ours: SimpleNamespace
) -> None:
    whole = getattr(ours, block)

    class Block(keras.layers.Layer):
        def __init__(self, filters: Any, **options: Any) -> None:
            super().__init__(**options)
            self.filters = filters

        def call(self, x: Any) -> Any:
            return whole(x, self.filters)

    def named(
        x: Any, filters: Any, name: str = inspect.signature(whole).parameters["name"].default
    ) -> Any:
        return Block(filters, name=name)(x)

    network = ours.as_model(named)((9, 9, 4), (2, 2, 2, 2, 2, 2), mixed=3)
    assert network.output.shape == (None, 9, 9, 3)
