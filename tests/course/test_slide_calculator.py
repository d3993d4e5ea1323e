"""The slide calculator's own answers, held against the cost model, the ledger and the slides."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import COURSE, notebook

from course_lib import costs, slides
from course_lib.checking import ReadAnswer, judge_case, run_probe
from course_lib.slides import networks

NOTEBOOK = notebook("a03_costs/slide_calculator")
CHAINS = ("alexnet64", "googlenet_stem", "vgg_a", "vgg_b", "vgg_c", "vgg_d", "vgg_e", "zfnet")

few = settings(max_examples=15, deadline=None)


@st.composite
def random_networks(draw: st.DrawFn) -> tuple[list[dict[str, Any]], tuple[int, int, int]]:
    """Convolutions, poolings that round down and dense layers, on an image that is not square."""
    make = NOTEBOOK.ours
    channels = draw(st.integers(1, 4))
    shape = (draw(st.integers(24, 40)), draw(st.integers(24, 40)), channels)
    layers = []
    for number in range(draw(st.integers(1, 4))):
        kernel = draw(st.integers(1, 4))
        stride, padding = draw(st.integers(1, 2)), draw(st.integers(0, 2))
        if draw(st.booleans()):
            groups = draw(st.sampled_from([g for g in (1, 2, 3, 4) if channels % g == 0]))
            filters = groups * draw(st.integers(1, 5))
            bias = draw(st.booleans())
            layers.append(
                make.conv(f"layer{number}", filters, kernel, stride, padding, groups, bias)
            )
            channels = filters
        else:
            mode = draw(st.sampled_from(["max", "average"]))
            layers.append(make.pool(f"layer{number}", kernel, stride, padding, mode=mode))
        if min(make.cost_table(layers, shape)[-1]["output_shape"][:2]) < 5:
            break
    if draw(st.booleans()):
        layers.append(make.flatten("flatten"))
    if draw(st.booleans()):
        layers.append(make.dense("dense", draw(st.integers(1, 9)), draw(st.booleans())))
    return layers, shape


@few
@given(random_networks(), st.booleans(), st.booleans())
def test_the_table_is_that_of_the_cost_model(
    network: tuple[list[dict[str, Any]], tuple[int, int, int]], biases: bool, pools: bool
) -> None:
    make = NOTEBOOK.ours
    layers, shape = network
    table = costs.count(
        lambda: make.keras_model(layers, shape), biases=biases, pool_macs=pools, view_memory=True
    )
    theirs = {row.layer: row for row in table.rows}
    for row in make.cost_table(layers, shape, biases=biases, pools=pools):
        other = theirs[row["name"]]
        assert other.output_shape == (None, *row["output_shape"])
        assert other.parameters == row["parameters"]
        assert other.macs == row["macs"]
        assert other.activation_bytes == 1024 * row["memory_kilobytes"]
        if row["receptive_field"] is not None:
            assert other.receptive_field == (row["receptive_field"],) * 2


@pytest.mark.parametrize("name", CHAINS)
def test_the_table_is_that_of_the_ledger(name: str, ours: SimpleNamespace) -> None:
    rows = ours.cost_table(*ours.network_of(name), pools=True)
    for row, theirs in zip(rows, networks.get(name).rows, strict=True):
        assert row["name"] == theirs.name
        assert int(np.prod(row["output_shape"])) == theirs.elements().value
        assert row["parameters"] == theirs.parameters().value
        assert row["macs"] == theirs.macs(pools=True).value


@pytest.mark.parametrize("letter", "ABCDE")
def test_vgg_is_built_as_the_ledger_has_it(letter: str, ours: SimpleNamespace) -> None:
    layers, shape = ours.network_of(f"vgg_{letter.lower()}")
    assert ours.vgg(networks.vgg.STAGES[letter]) == layers
    assert shape == (224, 224, 3)


def test_layers_with_branches_keep_their_inputs(ours: SimpleNamespace) -> None:
    pairs = ours.layers_of("inception_bottleneck")
    total = sum(ours.macs(layer, shape) for layer, shape in pairs)
    assert total == slides.fact("F0740").exact()


@pytest.mark.parametrize(
    "name", ["alexnet96", "lenet32_sparse", "mobilenet_1_224_1000", "resnet18"]
)
def test_layers_that_cannot_be_described_are_refused(name: str, ours: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="cannot describe"):
        ours.layers_of(name)


def test_the_printed_sums_come_from_their_causes(ours: SimpleNamespace) -> None:
    """What the errata cells ask for does reproduce what the slides print."""

    def total(name: str, **conventions: bool) -> int:
        layers, shape = ours.network_of(name)
        return sum(row["macs"] for row in ours.cost_table(layers, shape, **conventions))

    assert sorted(str(round(total("googlenet_stem", pools=True) / 1e6))) == sorted(
        slides.fact("F0179").printed
    )
    assert f"{total('vgg_drawn') / 1e9:.1f}" == slides.fact("F0579").printed
    pairs = {
        layer["name"]: (layer, shape) for layer, shape in ours.layers_of("inception_bottleneck")
    }
    module = sum(ours.macs(*pair) for pair in pairs.values())
    assert f"{(module + ours.macs(*pairs['3x3'])) / 1e6:.0f}" == slides.fact("F0740").printed
    # E24: none of the three explanations that the cell offers gives the printed number.
    rows = ours.cost_table(*ours.network_of("vgg_d"))
    sizes = {row["name"]: row["memory_kilobytes"] * 1024 / 4 for row in rows}
    values = 224 * 224 * 3 + sum(sizes.values())
    copies = sum(size for name, size in sizes.items() if "pool" not in name and name != "FC8")
    printed = float(slides.fact("F0707").printed)
    for explanation in ((values + copies) / 1e6, 2 * values / 1e6, values / 1024**2):
        assert abs(explanation - printed) > 1


@pytest.mark.parametrize(
    ("check", "key", "near_miss"),
    [
        ("erratum_e05", "millions", 477.676),  # without the poolings
        ("erratum_e10", "billions", 15.3466),  # without the dense layers
        ("erratum_e24", "millions", 15.087),  # without the image
        ("erratum_e27", "millions", 358),  # as printed
        ("erratum_e27", "saving", 2.4),  # of the printed total
    ],
)
def test_three_digits_are_enough_and_the_next_mistake_is_not(
    check: str, key: str, near_miss: float, ours: SimpleNamespace
) -> None:
    right = NOTEBOOK.subject(check)
    found = NOTEBOOK.cases(check, b"key")

    def passes(answer: dict[str, Any]) -> bool:
        return all(
            judge_case(case, run_probe(ReadAnswer(), answer), check).outcome == "passed"
            for case in found
        )

    assert passes(right | {key: float(f"{right[key]:.3g}")})
    assert not passes(right | {key: near_miss})


def test_the_reference_does_not_import_keras() -> None:
    """Cells that only compute must not cost the grader seconds."""
    code = (
        "import sys; from pathlib import Path; from autograder.source.notebook import *; "
        "from autograder.source.reference import *; "
        f"source = {str(COURSE.source(NOTEBOOK.assignment, NOTEBOOK.name))!r}; "
        "Reference(read_source(Path(source)), 'notebook').namespace; "
        "sys.exit('keras' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
