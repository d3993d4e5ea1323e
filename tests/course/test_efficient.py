"""MobileNet v2, ShuffleNet, SqueezeNet; the chart of all networks; the network within a budget."""

from __future__ import annotations

import re
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers
from notebooks import COURSE, notebook, require_passed

from autograder.checks import load_checks
from course_lib import costs, slides
from course_lib.blueprints import blueprint
from course_lib.checking import judge_case, run_probe
from course_lib.structure import canonical, compare
from solutions.a05_classics.alexnet.checks import ARCHITECTURES as ALEXNET
from solutions.a07_efficient.efficient.checks import BUDGET, connected, crushed, dealt

NOTEBOOK = notebook("a07_efficient/efficient")
OURS = NOTEBOOK.ours

seeds = st.integers(0, 2**32 - 1)


def test_the_first_block_that_halves_costs_what_is_known() -> None:
    builder = OURS.as_model(OURS.inverted_residual)
    assert costs.count(lambda: builder((112, 112, 16), 24, 2)).macs == 29_202_432


@pytest.mark.parametrize("alpha", [0.35, 1.0, 1.4])
def test_the_network_is_that_of_keras(alpha: float) -> None:
    theirs = blueprint(keras.applications.MobileNetV2, (224, 224, 3), alpha=alpha, weights=None)
    assert compare(canonical(blueprint(OURS.mobilenet_v2, alpha)), canonical(theirs)) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6))
def test_a_shuffle_deals_and_can_be_undone(groups: int, size: int) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 2, groups * size)).astype("float32")
    shuffled = np.asarray(OURS.channel_shuffle(x, groups))
    np.testing.assert_array_equal(shuffled, x[..., dealt(groups * size, groups)])
    np.testing.assert_array_equal(np.asarray(OURS.channel_unshuffle(shuffled, groups)), x)


@pytest.mark.parametrize(
    ("channels", "hidden", "groups", "shuffled"),
    [(12, 12, 4, True), (12, 12, 4, False), (12, 6, 3, True), (8, 4, 4, True), (6, 12, 3, True)],
)
def test_what_reaches_what_is_measured_on_a_network(
    channels: int, hidden: int, groups: int, shuffled: bool
) -> None:
    image = keras.Input((1, 1, channels))
    x = layers.Conv2D(hidden, 1, groups=groups, kernel_initializer="ones")(image)
    x = OURS.channel_shuffle(x, groups) if shuffled else x
    x = layers.Conv2D(channels, 1, groups=groups, kernel_initializer="ones")(x)
    one_by_one = np.eye(channels, dtype="float32")[:, np.newaxis, np.newaxis]
    measured = np.asarray(keras.Model(image, x)(one_by_one))[:, 0, 0] > 0
    np.testing.assert_array_equal(OURS.reaches(channels, hidden, groups, shuffled), measured)
    np.testing.assert_array_equal(connected(channels, hidden, groups, shuffled), measured)


def test_in_the_network_every_group_reaches_every_other() -> None:
    for groups, width in OURS.SHUFFLE_WIDTHS.items():
        assert np.all(OURS.reaches(width, width // 4, groups))


def test_the_rows_that_cannot_be_built_are_refused_by_keras() -> None:
    refused = []
    for groups in OURS.SHUFFLE_WIDTHS:
        try:
            blueprint(OURS.shufflenet, groups, 0.5)
        except ValueError:
            refused.append(groups)
    assert refused == OURS.shuffle_rows["groups_at_half"]
    with pytest.raises(ValueError, match="divisible"):
        blueprint(OURS.shufflenet, 8, 0.25, stem=6)
    assert blueprint(OURS.shufflenet, 8, 0.25).parameters


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_what_is_lost_has_a_twin_and_the_rest_has_none(seed: int) -> None:
    """A point with the same image, found by moving where no open column looks."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(2, 4))
    points = rng.normal(size=(10, 2))
    if np.abs(points @ matrix).min() < 1e-3:
        return
    back, lost = OURS.crushed_by_relu(points, matrix)
    expected_back, expected_lost = crushed(points, matrix)
    np.testing.assert_allclose(back, expected_back, atol=1e-9)
    np.testing.assert_array_equal(lost, expected_lost)
    for point, is_lost in zip(points, lost, strict=True):
        told = matrix[:, point @ matrix > 0]
        if is_lost:
            away = np.linalg.svd(told.T)[2][-1] if told.size else np.array([1.0, 0.0])
            twin = point + 1e-4 * away
            same = [np.maximum(p @ matrix, 0) for p in (point, twin)]
            np.testing.assert_allclose(*same, atol=1e-12)
        else:
            found = np.linalg.lstsq(told.T, point @ told, rcond=None)[0]
            np.testing.assert_allclose(found, point, atol=1e-6)


@pytest.mark.parametrize(
    ("side", "padding", "sizes"),
    [(227, "valid", {111, 55, 27, 13}), (224, "same", {109, 55, 28, 14})],
)
def test_the_maps_of_squeezenet_have_the_sizes_of_the_paper(
    side: int, padding: str, sizes: set[int]
) -> None:
    plan = blueprint(OURS.squeezenet, "1.0", (side, side, 3), padding=padding)
    found = {
        shape[1]
        for layer in plan.layers
        for call in layer.calls
        for shape in call.output_shapes
        if len(shape) == 4
    }
    assert found - {side, 1} == sizes


def test_alexnet_in_numbers_is_the_alexnet_of_the_course() -> None:
    alexnet = ALEXNET["96, two GPUs"]
    weights = sum(k * k * c * f + f for k, c, f, _ in OURS.ALEXNET_CONVOLUTIONS)
    work = sum(k * k * c * f * side**2 for k, c, f, side in OURS.ALEXNET_CONVOLUTIONS)
    dense: Any = OURS.ALEXNET_DENSE
    assert weights + sum(n * m + m for n, m in dense) == alexnet.parameters
    assert work + sum(n * m for n, m in dense) == alexnet.macs


BUILT = {  # in which notebook a network of the chart was built, and under which name
    "AlexNet": ("a05_classics/alexnet", "64 filters first"),
    "VGG-11": ("a05_classics/vgg", "A"),
    "VGG-13": ("a05_classics/vgg", "B"),
    "VGG-16": ("a05_classics/vgg", "D"),
    "VGG-19": ("a05_classics/vgg", "E"),
    "GoogLeNet": ("a06_deeper/inception", "GoogLeNet"),
    "ResNet-34": ("a06_deeper/resnet", "ResNet-34"),
    "ResNet-50": ("a06_deeper/resnet", "ResNet-50"),
    "ResNet-101": ("a06_deeper/resnet", "ResNet-101"),
    "ResNet-152": ("a06_deeper/resnet", "ResNet-152"),
    **{
        f"{a} MobileNet": ("a07_efficient/mobilenet", f"{a} MobileNet-224")
        for a in ("1.0", "0.75", "0.5", "0.25")
    },
}


@pytest.mark.parametrize("name", sorted(BUILT))
def test_the_table_has_what_the_cost_model_says_of_the_other_notebooks(name: str) -> None:
    place, known_as = BUILT[name]
    module = load_checks(COURSE, *place.split("/"))
    table = costs.count(module.ARCHITECTURES[known_as].of(notebook(place).ours))
    found = (table.trainable_parameters, table.macs, table.activation_bytes)
    assert OURS.COUNTED[name] == found


def test_every_network_of_the_chart_is_counted() -> None:
    ours = {name for name in OURS.TOP_1_ERROR if "Net" in name and name not in OURS.COUNTED}
    assert set(OURS.COUNTED) | ours == set(OURS.TOP_1_ERROR)
    assert all(name.endswith("ShuffleNet") for name in ours)


def test_every_error_of_the_chart_is_in_the_fact_that_it_names() -> None:
    """As an error or as an accuracy, printed or in the statement."""
    for name, (error, fact_id) in OURS.TOP_1_ERROR.items():
        fact = slides.fact(fact_id)
        numbers = {
            float(text) for text in re.findall(r"\d+\.\d+", f"{fact.printed} {fact.statement}")
        }
        assert {error, round(100 - error, 2)} & numbers, name


@pytest.mark.parametrize(
    ("accuracy", "millions", "density"),
    [("F1201", "F1094", "F1200"), ("F1203", "F1097", "F1202"), ("F1205", "F1099", "F1204")],
)
def test_the_density_is_that_of_the_ledger(accuracy: str, millions: str, density: str) -> None:
    printed = [float(slides.fact(fact_id).printed) for fact_id in (accuracy, millions)]
    found = OURS.accuracy_density(100 - printed[0], printed[1] * 1e6)
    assert found == pytest.approx(float(slides.fact(density).computed()))


def test_what_a_further_million_buys_shrinks_with_the_width() -> None:
    answers = OURS.density_questions
    wide, narrow = (OURS.COUNTED[f"{alpha} MobileNet"][0] for alpha in ("1.0", "0.75"))
    gained = (31.6 - 29.4) * 1e6 / (wide - narrow)
    assert answers["last"] == pytest.approx(gained)
    assert answers["first"] > 10 * answers["last"]
    assert OURS.accuracy_density(99.9, answers["guesser"]) == pytest.approx(70.6 / 4.2)


def test_the_solution_keeps_to_the_budget_that_the_notebook_prints() -> None:
    assert OURS.BUDGET == BUDGET
    table = costs.count(OURS.budget_network, bytes_per_value=4)
    assert all(getattr(table, what) <= most for what, most in BUDGET.items())


def verdict(build: Any) -> Any:
    (case,) = NOTEBOOK.cases("budget_network")
    return judge_case(case, run_probe(case.probe, build), "budget_network")


@pytest.mark.parametrize("filters", [8, 9])
def test_eight_maps_fit_at_full_resolution_and_nine_do_not(filters: int) -> None:
    def build() -> keras.Model:
        image = keras.Input((32, 32, 3))
        x = keras.layers.Conv2D(filters, 3, padding="same")(image)
        x = keras.layers.GlobalAveragePooling2D()(x)
        return keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))

    result = verdict(build)
    assert result.outcome == ("passed" if filters == 8 else "failed")
    if filters == 9:
        assert "36,864 bytes" in result.finding.message
        assert "4,096 more than the 32,768 allowed" in result.finding.message
        assert "parameters," not in result.finding.message.replace("multiply-adds", "")


@pytest.mark.parametrize(
    "name", [v.name for v in NOTEBOOK.variants if v.name.startswith("budget_network/")]
)
def test_each_mistake_is_told_by_number_or_by_shape(name: str) -> None:
    result = verdict(NOTEBOOK.with_variant(name).subject("budget_network"))
    assert result.outcome == "failed"
    told = result.finding.message
    assert "more than the" in told or "something else than what is asked for" in told


@pytest.mark.parametrize("check", ["accuracy_density", "density_questions", "budget_network"])
def test_answers_have_full_marks_without_a_training(check: str) -> None:
    require_passed(NOTEBOOK, check, NOTEBOOK.subject(check), [b"one", b"another"])
