"""Accuracy density, the chart of all networks, and the network within a budget."""

from __future__ import annotations

import importlib
import re
from typing import Any

import keras
import pytest
from notebooks import notebook, require_passed

from course_lib import costs, slides
from course_lib.checking import judge_case, run_probe
from solutions.a07_efficient.efficient.checks import BUDGET

NOTEBOOK = notebook("a07_efficient/efficient")
OURS = NOTEBOOK.ours

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
}


@pytest.mark.parametrize("name", sorted(BUILT))
def test_the_table_has_what_the_cost_model_says_of_the_other_notebooks(name: str) -> None:
    place, known_as = BUILT[name]
    module = importlib.import_module(f"solutions.{place.replace('/', '.')}.checks")
    table = costs.count(module.ARCHITECTURES[known_as].of(notebook(place).ours))
    found = (table.trainable_parameters, table.macs, table.activation_bytes)
    assert OURS.COUNTED[name] == found


def test_every_network_of_the_chart_is_counted() -> None:
    ours = {name for name in OURS.TOP_1_ERROR if "Net" in name and name not in OURS.COUNTED}
    assert set(OURS.COUNTED) | ours == set(OURS.TOP_1_ERROR)
    assert all(name.endswith(("MobileNet", "ShuffleNet")) for name in ours)


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
    widths = [(alpha, costs.count(lambda a=alpha: OURS.mobilenet(a))) for alpha in (1.0, 0.75)]
    (_, wide), (_, narrow) = widths
    gained = (31.6 - 29.4) * 1e6 / (wide.trainable_parameters - narrow.trainable_parameters)
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
