"""The 1 x 1 notebook's own answers, its checks on them, and networks with parallel branches."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import judged, notebook

from autograder.checks import structure
from course_lib import costs, slides
from course_lib.checking import Case, CaseResult
from solutions.a03_costs.one_by_one.checks import (
    MODULE_FILTERS,
    MODULE_INPUT,
)

NOTEBOOK = notebook("a03_costs/one_by_one")

few = settings(max_examples=25, deadline=None)
sizes = st.integers(1, 40)


def says(case: Case, build: Any) -> CaseResult:
    return judged(case, build, "inception_module")


@few
@given(sizes, sizes, sizes, st.integers(1, 4))
def test_conv1x1_equals_the_double_sum(
    height: int, width: int, channels: int, filters: int
) -> None:
    rng = np.random.default_rng(height * 1000 + width)
    x = rng.normal(size=(2, height, width, channels))
    kernel = rng.normal(size=(1, 1, channels, filters))
    bias = rng.normal(size=filters)
    result = NOTEBOOK.ours.conv1x1(x, kernel, bias)
    i, j, f = height - 1, width // 2, filters - 1
    by_hand = sum(x[1, i, j, c] * kernel[0, 0, c, f] for c in range(channels)) + bias[f]
    assert result.shape == (2, height, width, filters)
    assert result[1, i, j, f] == pytest.approx(by_hand)


def with_a_layer(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> Any:
    import keras

    layer = keras.layers.Conv2D(kernel.shape[-1], 1)
    layer.build(x.shape)
    layer.set_weights([kernel, bias])
    return layer(x)


def with_an_operation(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> Any:
    import keras

    return keras.ops.conv(x, kernel) + bias


@pytest.mark.parametrize("ready_made", [with_a_layer, with_an_operation])
def test_conv1x1_must_not_call_a_convolution(ready_made: Any, ours: SimpleNamespace) -> None:
    case = NOTEBOOK.cases("conv1x1", b"key")[1]
    finding = judged(case, ready_made, "conv1x1").finding
    assert finding is not None
    assert "which this task does not allow" in finding.message


def test_convert_kernel_goes_there_and_back(ours: SimpleNamespace) -> None:
    kernel = np.random.default_rng(0).normal(size=(5, 3))
    np.testing.assert_array_equal(ours.convert_kernel(ours.convert_kernel(kernel)), kernel)


@few
@given(st.integers(1, 120), st.integers(1, 120), st.sampled_from([1, 2, 3, 5, 7]))
def test_break_even_is_the_last_width_that_saves(channels: int, filters: int, side: int) -> None:
    ours = NOTEBOOK.ours
    narrow = ours.break_even_width(channels, filters, side)

    def saves(width: int) -> bool:
        both = ours.bottleneck_costs(4, 5, channels, filters, side, width)
        return both["bottleneck"]["macs"] < both["direct"]["macs"]

    assert narrow == 0 or saves(narrow)
    assert not saves(narrow + 1)


@pytest.mark.parametrize(("reduction", "fact"), [(None, "F0733"), (64, "F0740")])
def test_arithmetic_model_and_ledger_agree(
    reduction: int | None, fact: str, ours: SimpleNamespace
) -> None:
    table = costs.count(lambda: ours.inception_module(reduction=reduction))
    arithmetic = ours.inception_macs(*MODULE_INPUT, MODULE_FILTERS, reduction)
    assert table.macs == arithmetic["total"] == slides.fact(fact).exact()


def test_the_reason_for_e27_is_the_line_the_notebook_names(ours: SimpleNamespace) -> None:
    branches = ours.inception_macs(*MODULE_INPUT, MODULE_FILTERS, 64)
    lines = [slides.fact(f"F{number:04d}").exact() for number in range(734, 740)]
    assert sum(lines) == branches["total"]
    twice = sum(lines) + lines[3]  # the 3 x 3, as the erratum says
    assert f"{twice / 1e6:.0f}" == slides.fact("F0740").printed


def branches(order: str, side: int = 3, merge: str = "ab", extra: bool = False) -> Any:
    """A builder of two branches, created in the given order."""

    def build() -> Any:
        import keras

        inputs = keras.Input((8, 6, 4))
        layers = {
            "a": keras.layers.Conv2D(5, 1, padding="same", name="a"),
            "b": keras.layers.Conv2D(7, side, padding="same", name="b"),
        }
        maps = {name: layers[name](inputs) for name in order}
        if extra:
            maps["a"] = keras.layers.Conv2D(5, 1, name="extra")(maps["a"])
        return keras.Model(inputs, keras.layers.Concatenate()([maps[name] for name in merge]))

    return build


TWO_BRANCHES = structure(like=branches("ab"), parameters=284, label="two branches")


def test_branches_may_come_in_any_order() -> None:
    for order in ("ab", "ba"):
        assert says(TWO_BRANCHES, branches(order, merge=order)).outcome == "passed"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (branches("ba", side=1), "b has the wrong kernel size: 1×1 instead of 3×3."),
        (branches("ab", merge="aa"), "b is missing"),
        (branches("ba", extra=True), "Your extra is a layer too many"),
    ],
)
def test_a_wrong_branch_is_named(wrong: Any, message: str) -> None:
    finding = says(TWO_BRANCHES, wrong).finding
    assert finding is not None
    assert message in finding.message


def test_a_layer_that_cannot_take_the_weights_is_named() -> None:
    import keras

    def narrow(kind: Any) -> Any:
        images = keras.Input((4, 4, 3))
        return keras.Model(images, kind(images))

    def told(layer: Any) -> str:
        run = NOTEBOOK.ours.outputs_of(lambda: narrow(layer))
        kernel, bias = np.ones((1, 1, 8, 2)), np.ones(2)
        with pytest.raises(ValueError, match="'project' must have") as error:
            run(np.ones((1, 4, 4, 3)), {"project": (kernel, bias)})
        return str(error.value)

    assert told(keras.layers.Conv2D(2, 1, name="project")) == (
        "'project' must have a kernel (1, 1, 8, 2) and biases (2,). "
        "Received: weights of the shapes [(1, 1, 3, 2), (2,)]"
    )
    assert "[(1, 1, 3, 2)]" in told(keras.layers.Conv2D(2, 1, use_bias=False, name="project"))
