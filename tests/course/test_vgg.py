"""The VGG notebook's networks, rebuilt and compared with the ledger, with Keras and by value."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import judged, notebook

from course_lib import costs, slides
from course_lib.blueprints import blueprint
from course_lib.checking import CaseResult
from course_lib.structure import canonical, compare
from solutions.a05_classics.vgg.checks import NARROW, STAGES

NOTEBOOK = notebook("a05_classics/vgg")

few = settings(max_examples=15, deadline=None)


def results_of(variant: str, name: str) -> list[CaseResult]:
    """What a check says to a variant."""
    spliced = NOTEBOOK.with_variant(variant)
    subject = spliced.subject(name)
    cases = NOTEBOOK.cases(name, b"a key")
    return [judged(case, subject, name) for case in cases]


@pytest.mark.parametrize(("million", "passes"), [(134, True), (133.6, True), (133, False)])
def test_three_digits_are_enough_for_the_summary(million: float, passes: bool) -> None:
    answer = {"VGG-11": 7.49, "VGG-13": 11.2, "VGG-19": 19.5, "with 1x1": "c"}
    answer["million parameters"] = million
    cases = NOTEBOOK.cases("vgg_summary_errata", b"a key")
    outcomes = [judged(case, answer, "vgg_summary_errata").outcome for case in cases]
    assert outcomes == ["passed"] * 4 + ["passed" if passes else "failed"]


@pytest.mark.parametrize(("name", "application"), [("D", "VGG16"), ("E", "VGG19")])
def test_the_structure_is_that_of_keras_but_for_dropout(
    name: str, application: str, ours: SimpleNamespace
) -> None:
    build = getattr(keras.applications, application)
    theirs = canonical(blueprint(lambda: build(weights=None)))
    mine = canonical(blueprint(ours.vgg, STAGES[name], dropout=0.0))
    assert compare(theirs, mine, ()) == []


def test_the_students_table_is_the_ledgers(ours: SimpleNamespace) -> None:
    assert ours.CONFIGURATIONS == STAGES
    for letter in "ABCDE":
        layers = {"A": "F0426", "B": "F0429", "C": "F0432", "D": "F0435", "E": "F0438"}[letter]
        convolutions = sum(map(len, ours.CONFIGURATIONS[letter]))
        assert convolutions + 3 == slides.fact(layers).exact()


def test_fact_of_a_stack_and_its_receptive_field(ours: SimpleNamespace) -> None:
    three, one = ours.kernel_stack(3, 3, 1, 1, 1), ours.kernel_stack(7, 1, 1, 1, 1)
    assert (three["weights"], one["weights"]) == slides.fact("F0884").exact()
    assert three["receptive_field"] == one["receptive_field"] == slides.fact("F0661").exact()


@few
@given(
    st.integers(1, 9),
    st.integers(0, 4).map(lambda half: 2 * half + 1),
    st.floats(0.5, 3),
    st.floats(0.01, 1),
    st.floats(0.3, 1.2),
)
def test_local_response_norm_is_the_sum_of_the_formula(
    channels: int, n: int, k: float, alpha: float, beta: float
) -> None:
    x = np.random.default_rng(channels * 100 + n).normal(size=(2, 3, 2, channels)).astype("float32")
    found = np.asarray(NOTEBOOK.ours.LocalResponseNorm(k, n, alpha, beta)(x))
    expected = np.empty_like(x)
    for c in range(channels):
        near = [j for j in range(channels) if abs(j - c) <= n // 2]
        expected[..., c] = x[..., c] / (k + alpha * sum(x[..., j] ** 2 for j in near)) ** beta
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-6)


def test_vgg_must_not_be_that_of_keras(ours: SimpleNamespace) -> None:
    def ready_made(stages: Any, *args: Any, **kwargs: Any) -> keras.Model:
        return keras.applications.VGG16(weights=None)

    case = NOTEBOOK.cases("vgg", b"a key")[2]
    finding = judged(case, ready_made, "vgg").finding
    assert finding is not None
    assert "`keras.applications.vgg16.VGG16`" in finding.message


@few
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(1, 5))
def test_dense_to_conv_computes_the_dense_layer(
    height: int, width: int, channels: int, units: int
) -> None:
    rng = np.random.default_rng(height + 10 * width + 100 * channels)
    maps = rng.normal(size=(2, height, width, channels)).astype("float32")
    kernel = rng.normal(size=(height * width * channels, units)).astype("float32")
    filters = NOTEBOOK.ours.dense_to_conv(kernel, (height, width))
    convolved = np.asarray(keras.ops.conv(maps, filters))
    np.testing.assert_allclose(
        convolved[:, 0, 0], maps.reshape(2, -1) @ kernel, rtol=1e-4, atol=1e-4
    )


def test_the_same_weights_give_vgg_at_one_place_and_a_map_on_more(ours: SimpleNamespace) -> None:
    """Each place of the map is what the head says about its window of the last pooling's maps."""
    keras.utils.set_random_seed(3)
    model = ours.vgg(NARROW, (12, 8, 3), 9, 5)
    scanner = ours.fully_convolutional(NARROW, (None, None, 3), (3, 2), 9, 5)
    weights, size = [], (3, 2)
    for weight in model.get_weights():
        if weight.ndim == 2:
            weight, size = ours.dense_to_conv(weight, size), (1, 1)
        weights.append(weight)
    scanner.set_weights(weights)
    rng = np.random.default_rng(4)
    image = rng.normal(size=(2, 12, 8, 3)).astype("float32")
    np.testing.assert_allclose(
        np.asarray(scanner(image))[:, 0, 0], np.asarray(model(image)), rtol=1e-4, atol=1e-6
    )
    large = rng.normal(size=(1, 24, 20, 3)).astype("float32")
    scores = np.asarray(scanner(large))
    assert scores.shape == (1, 4, 4, 5)
    maps = keras.Model(model.inputs, model.get_layer("pool2").output)
    stages = keras.Sequential([keras.Input((None, None, 3)), *maps.layers[1:]])
    head = keras.Sequential([keras.Input((3, 2, 5)), *model.layers[len(maps.layers) :]])
    pooled = np.asarray(stages(large))
    for row, column in np.ndindex(4, 4):
        window = pooled[:, row : row + 3, column : column + 2]
        np.testing.assert_allclose(
            scores[:, row, column], np.asarray(head(window)), rtol=1e-4, atol=1e-6
        )


def test_the_drawing_is_one_convolution_short(ours: SimpleNamespace) -> None:
    right = canonical(blueprint(ours.vgg, STAGES["D"]))
    drawn = canonical(blueprint(ours.vgg, ours.DRAWN))
    (difference,) = compare(right, drawn, ())
    assert "conv3_3" in difference.message
    answer = ours.missing_convolution
    assert right.parameters - drawn.parameters == answer["parameters"]
    counted = [costs.count(lambda s=s: ours.vgg(s)).macs for s in (STAGES["D"], ours.DRAWN)]
    assert counted[0] - counted[1] == answer["macs"]


@pytest.mark.parametrize(
    ("fact", "stages", "quantity", "scale"),
    [
        ("F0180", 3, "values", 2**20 / 4),
        ("F0181", 3, "weights", 1e6),
        ("F0182", 3, "macs", 1e6),
        ("F0573", 5, "values", 2**20 / 4),
    ],
)
def test_the_drawing_gives_what_is_printed(
    fact: str, stages: int, quantity: str, scale: float, ours: SimpleNamespace
) -> None:
    printed = slides.fact(fact).printed
    decimals = len(printed.partition(".")[2])
    totals = [
        sum(cost[quantity] for cost in ours.stage_costs(s)[:stages]) / scale
        for s in (ours.DRAWN, STAGES["D"])
    ]
    assert abs(totals[0] - float(printed)) < 10.0**-decimals  # rounded or truncated
    assert totals[1] == pytest.approx(float(slides.fact(fact).computed()))


def test_configuration_c_has_the_kernels_that_e33_gives_to_138_million() -> None:
    kernels = {entry[0] for stage in STAGES["C"] for entry in stage}
    assert kernels == {1, 3}
    assert {entry[0] for stage in STAGES["D"] for entry in stage} == {3}


@pytest.mark.parametrize(
    ("variant", "name", "words"),
    [
        ("vgg/one_convolution_short", "vgg", "conv1_2"),
        ("vgg/average_pools", "vgg", "2×2 max pooling"),
        ("vgg/without_biases", "vgg", "bias"),
        ("fully_convolutional/padded_head", "fully_convolutional", "FC6"),
        ("network_in_network/mlp_filters_swapped", "network_in_network", "mlpconv1_mlp_1"),
    ],
)
def test_without_its_sentence_the_first_difference_is_named(
    variant: str, name: str, words: str
) -> None:
    findings = [result.finding for result in results_of(variant, name) if result.finding]
    assert any(words in f"{f.message} {f.details}" for f in findings)
    assert any(f.drawing.startswith("<svg") for f in findings)


@pytest.mark.parametrize("variant", ["vgg/bn_after_relu", "vgg/lrn_before_relu", "vgg/lrn_ignored"])
def test_what_has_the_right_counts_is_told_by_what_it_computes(variant: str) -> None:
    outcomes = [result.outcome for result in results_of(variant, "vgg")]
    assert "failed" in outcomes[-3:]


def test_network_in_network_is_the_paper_s(ours: SimpleNamespace) -> None:
    table = costs.count(ours.network_in_network)
    pooled = [row.output_shape for row in table.rows if row.layer.startswith("pool")]
    assert pooled == [(None, 16, 16, 96), (None, 8, 8, 192)]
    assert table.parameters == 966_986
