"""Gates, width and paths: what the first sections of the notebook build, and laws that hold."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import judged, notebook

from course_lib import costs, slides, training
from course_lib.blueprints import blueprint
from course_lib.checking import judge_case, run_probe
from course_lib.structure import canonical, compare
from solutions.a06_deeper.beyond_resnet.checks import ARCHITECTURES

NOTEBOOK = notebook("a06_deeper/beyond_resnet")
OURS = NOTEBOOK.ours

seeds = st.integers(0, 2**32 - 1)


def table(name: str) -> costs.CostTable:
    return costs.count(ARCHITECTURES[name].of(OURS))


def test_the_gates_of_a_network_are_what_the_formula_counts() -> None:
    blocks = (3, 4, 6, 3)
    plain = costs.count(lambda: OURS.residual_network(OURS.bottleneck_block, blocks))
    gated = table("SE-ResNet-50")
    for biases, expected in [(True, 2_530_992), (False, 2_514_944)]:
        counted = sum(n * OURS.se_weights(256 * 2**s, 16, biases) for s, n in enumerate(blocks))
        assert counted == expected
    assert gated.trainable_parameters - plain.trainable_parameters == 2_530_992
    # A weight of the gates works once for each image; biases are no multiply-adds.
    assert gated.macs - plain.macs == 2_514_944
    assert gated.macs / plain.macs - 1 == pytest.approx(6e-4, rel=0.05)
    assert OURS.se_weights(256) == slides.fact("F0776").computed() == 8_464


def test_gates_are_between_nothing_and_all() -> None:
    """The outputs of a block are its inputs, each map times one number between 0 and 1."""
    training.set_seed(0)
    model = OURS.as_model(OURS.squeeze_excite)((5, 6, 8), 1)
    x = np.random.default_rng(1).uniform(0.5, 1.5, (3, 5, 6, 8)).astype("float32")
    gates = np.asarray(model(x)) / x
    np.testing.assert_allclose(gates, np.broadcast_to(gates[:, :1, :1], x.shape), rtol=1e-5)
    assert 0 < gates.min() < gates.max() < 1


def test_a_wide_network_of_width_one_is_the_preactivation_network() -> None:
    """The one of the notebook on ResNet, which has as many blocks in a stage."""
    other = notebook("a06_deeper/resnet").ours
    wide = canonical(blueprint(OURS.wide_resnet, 16, 1))
    assert compare(canonical(blueprint(other.preactivation_resnet, 2)), wide) == []


@pytest.mark.parametrize("k", [2, 10])
def test_what_grows_with_the_width_grows_in_what_is_built(k: int) -> None:
    narrow, wide = (costs.count(lambda k=k: OURS.wide_resnet(28, k)) for k in (1, k))
    grown = OURS.wide_growth(k)
    for key, layer, what in [
        ("stem", "stem", "parameters"),
        ("first", "stage1_1_1", "parameters"),
        ("second", "stage2_3_2", "parameters"),
        ("norm", "stage2_3_2_bn", "parameters"),
        ("macs", "stage2_3_2", "macs"),
        ("values", "stage2_3_2", "activation_bytes"),
    ]:
        assert getattr(wide.row(layer), what) == grown[key] * getattr(narrow.row(layer), what)
    weights = [t.row("fc").parameters - 10 for t in (narrow, wide)]
    assert weights[1] == grown["classifier"] * weights[0]


@pytest.mark.parametrize("times", [1, 2])
def test_with_one_path_it_is_a_bottleneck_of_that_width(times: int) -> None:
    """ResNet-50 and Wide-ResNet-50-2 are of the family."""

    def block(x: Any, filters: int, strides: int, name: str) -> Any:
        return OURS.bottleneck_block(x, filters, strides, times * filters, name)

    blocks = (3, 4, 6, 3)
    one_path = canonical(blueprint(OURS.resnext, blocks, 1, 64 * times))
    assert compare(canonical(blueprint(OURS.residual_network, block, blocks)), one_path) == []


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_three_ways_to_write_paths_compute_the_same(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cardinality, d, channels, outputs = (int(n) for n in rng.integers(1, 5, 4))
    middle = cardinality * d
    shapes = [(1, 1, channels, middle), (3, 3, d, middle), (1, 1, middle, outputs)]
    first, grouped, last = (rng.normal(size=shape).astype("float32") for shape in shapes)
    x = rng.normal(size=(2, 5, 4, channels)).astype("float32")
    expected = np.asarray(OURS.three_layers(x, first, grouped, last))
    full = OURS.full_kernel(grouped, cardinality)
    found = np.asarray(OURS.three_layers(x, first, full, last))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
    paths = OURS.path_kernels(first, grouped, last, cardinality)
    found = sum(np.asarray(OURS.three_layers(x, *path)) for path in paths)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


def test_the_same_budget_counts_what_is_built() -> None:
    """Of the paper's table, whose rows come nearest to the bottleneck."""
    widths = {}
    for cardinality in (1, 2, 4, 8, 32):
        found = OURS.same_budget(cardinality)
        widths[cardinality] = found["group_width"]
        built = costs.count(
            lambda c=cardinality, d=found["group_width"]: OURS.as_model(OURS.resnext_block)(
                (7, 7, 256), 64, c, 1, d
            )
        )
        norms = sum(row.parameters for row in built.rows if row.type == "BatchNormalization")
        assert built.parameters - norms == found["resnext"]
    assert widths == {1: 64, 2: 40, 4: 24, 8: 14, 32: 4}
    found = OURS.same_budget(32)
    assert (found["bottleneck"], found["resnext"]) == (69_632, 70_144)


def _without_axes(x: Any, ratio: int = 16, name: str = "se") -> Any:
    """Gates that are multiplied along the columns, since they have no axes for pixels."""
    channels = x.shape[-1]
    gates = keras.layers.GlobalAveragePooling2D()(x)
    gates = keras.layers.Dense(channels // ratio, activation="relu")(gates)
    return x * keras.layers.Dense(channels, activation="sigmoid")(gates)


def _along_an_index(x: Any, ratio: int = 16, name: str = "se") -> Any:
    channels = x.shape[-1]
    gates = keras.ops.mean(x, (1, 2))
    gates = keras.layers.Dense(channels // ratio, activation="relu")(gates)
    return x * keras.layers.Dense(channels, activation="sigmoid")(gates)[:, None, None, :]


def outcomes(check: str, subject: Any) -> list[str]:
    return [judged(case, subject, check).outcome for case in NOTEBOOK.cases(check)]


def test_gates_find_their_maps_however_they_get_their_axes() -> None:
    assert set(outcomes("squeeze_excite", OURS.as_model(_along_an_index))) == {"passed"}
    assert set(outcomes("squeeze_excite", OURS.as_model(_without_axes))) > {"passed"}


def test_a_dropout_of_nothing_may_be_there_or_not() -> None:
    def with_layer(x: Any, filters: int, strides: int = 1, dropout: float = 0.0) -> Any:
        h = keras.layers.ReLU()(keras.layers.BatchNormalization()(x))
        y = OURS.conv(h, filters, 3, strides)
        y = keras.layers.ReLU()(keras.layers.BatchNormalization()(y))
        y = OURS.conv(keras.layers.Dropout(dropout)(y), filters, 3)
        return y + (x if x.shape == y.shape else OURS.conv(h, filters, 1, strides))

    assert set(outcomes("wide_block", OURS.as_model(with_layer))) == {"passed"}


@pytest.mark.parametrize(
    ("mistake", "check", "words"),
    [
        ("squeeze_excite/not_squeezed", "squeeze_excite", "lobal average pooling"),
        ("squeeze_excite/without_biases", "squeeze_excite", "biases"),
        ("wide_block/wide_relu_after_the_sum", "wide_block", "ReLU"),
        ("wide_resnet/stem_widened", "wide_resnet", "stem has the wrong number of filters"),
        ("resnext_block/without_groups", "resnext_block", "wrong number of groups: 1 instead of"),
    ],
)
def test_a_mistake_is_told_by_the_comparison_itself(mistake: str, check: str, words: str) -> None:
    wrong: SimpleNamespace = NOTEBOOK.with_variant(mistake)
    messages = []
    for case in NOTEBOOK.checks[check].public_cases(b"test", OURS):
        observation = run_probe(case.probe, wrong.subject(check))
        finding = judge_case(case, observation, check).finding
        messages += [f"{finding.message} {finding.details}"] if finding else []
    assert any(words in message for message in messages), messages
