"""The LeNet notebook's networks, layers and counts, against Keras, the ledger and gradients."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook

from autograder.checks.oracles import keras_gradients
from course_lib import costs, slides
from course_lib.blueprints import blueprint
from course_lib.checking import judge_case, run_probe
from course_lib.gradients import numerical_gradient, relative_error
from course_lib.structure import canonical, compare
from solutions.a05_classics.lenet.checks import ARCHITECTURES

NOTEBOOK = notebook("a05_classics/lenet")

few = settings(max_examples=10, deadline=None)


def test_the_sparse_layer_saves_what_the_slide_says(ours: SimpleNamespace) -> None:
    sparse, full = slides.fact("F0791").computed(), 25 * 96 + 16
    sparse_network, network = ARCHITECTURES["LeNet-5, sparse C3"], ARCHITECTURES["LeNet-5"]
    assert sparse_network.parameters == network.parameters - full + sparse
    assert ours.connection_table().sum() == slides.fact("F0790").computed() == 60


def test_each_layer_has_the_shape_of_the_slide(ours: SimpleNamespace) -> None:
    rows = {row.layer: row for row in costs.count(ours.build_lenet).rows}
    for layer, fact in (
        ("conv1", "F0025"),
        ("pool1", "F0028"),
        ("conv2", "F0029"),
        ("pool2", "F0032"),
    ):
        channels, height, width = slides.fact(fact).computed()
        assert rows[layer].output_shape == (None, height, width, channels)
    assert rows["flatten"].output_shape == (None, slides.fact("F0033").computed())
    assert rows["conv1"].parameters == slides.fact("F0027").computed()
    assert rows["conv2"].parameters == slides.fact("F0031").computed()

    rows = {row.layer: row for row in costs.count(ours.build_lenet5).rows}
    facts = {"C1": "F0780", "S2": "F0782", "C3": "F0783", "S4": "F0784", "C5": "F0785"}
    for layer, fact in facts.items():
        side = slides.fact(fact).computed()
        shape = rows[layer].output_shape
        assert shape is not None
        assert shape[1:3] == (side, side)
    for layer, fact in {"C1": "F0781", "C5": "F0786", "F6": "F0788"}.items():
        assert rows[layer].parameters == slides.fact(fact).computed()
    fields = ours.receptive_fields([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)])
    assert [(field, field) for field, _ in fields] == [rows[name].receptive_field for name in facts]


def test_the_counts_of_the_paper(ours: SimpleNamespace) -> None:
    """340,908 connections and 60,000 trainable parameters (LeCun et al. 1998, section II.B)."""
    ones = np.ones
    layers = {
        "C1": (ones((1, 6), bool), 5, 32, 32),
        "C3": (ours.connection_table(), 5, 14, 14),
        "C5": (ones((16, 120), bool), 5, 5, 5),
        "F6": (ones((120, 84), bool), 1, 1, 1),
    }
    counts = {name: ours.layer_counts(*layer) for name, layer in layers.items()}
    subsampling = 2 * (6 + 16)
    assert sum(count["parameters"] for count in counts.values()) + subsampling == 60_000
    connections = {name: count["connections"] for name, count in counts.items()}
    assert connections == {"C1": 122_304, "C3": 151_600, "C5": 48_120, "F6": 10_164}
    assert sum(connections.values()) + 5 * (6 * 14**2 + 16 * 5**2) + 84 * 10 == 340_908


@st.composite
def sparse_layers(draw: st.DrawFn) -> SimpleNamespace:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    channels, filters, side = (draw(st.integers(1, 4)) for _ in range(3))
    height, width = (side + draw(st.integers(0, 3)) for _ in range(2))
    table = rng.random((channels, filters)) < 0.6
    table[rng.integers(channels), ~table.any(axis=0)] = True
    return SimpleNamespace(
        table=table,
        side=side,
        x=rng.normal(size=(2, height, width, channels)),
        kernel=rng.normal(size=(side, side, channels, filters)),
        bias=rng.normal(size=filters),
        rng=rng,
    )


@few
@given(sparse_layers())
def test_masked_and_wired_are_keras_convolutions_of_a_zeroed_kernel(made: Any) -> None:
    ours = NOTEBOOK.ours
    zeroed = np.where(made.table, made.kernel, 0)
    expected = np.asarray(keras.ops.conv(made.x, zeroed)) + made.bias

    masked = ours.SparseConv2D(made.table, made.side, dtype="float64")
    masked.build(made.x.shape)
    masked.kernel.assign(made.kernel)
    masked.bias.assign(made.bias)
    np.testing.assert_allclose(np.asarray(masked(made.x)), expected, rtol=1e-6, atol=1e-8)

    kernels = [made.kernel[:, :, seen, f, None] for f, seen in enumerate(made.table.T)]
    found = ours.run_wired(made.x, made.table, kernels, made.bias[:, None], made.side)
    np.testing.assert_allclose(found["outputs"], expected, rtol=1e-3, atol=1e-4)
    counts = ours.layer_counts(made.table, made.side, *made.x.shape[1:3])
    assert found["parameters"] == counts["parameters"]


@few
@given(sparse_layers())
def test_no_gradient_reaches_a_missing_connection(made: Any) -> None:
    mask = made.table.astype("float64")
    upstream = made.rng.normal(
        size=(2, *np.subtract(made.x.shape[1:3], made.side - 1), mask.shape[1])
    )

    def output(kernel: Any) -> Any:
        return keras.ops.conv(made.x, kernel * mask)

    (automatic,) = keras_gradients(output, made.kernel, upstream=upstream)
    numerical = numerical_gradient(
        lambda kernel: np.asarray(output(kernel)), made.kernel, upstream=upstream
    )
    assert not np.any(automatic[:, :, ~made.table])
    assert relative_error(automatic, numerical) < 1e-5


def test_training_leaves_missing_connections_alone(ours: SimpleNamespace) -> None:
    """Also with Adam, whose momentum would go on moving what ever had a gradient."""
    rng = np.random.default_rng(4)
    table, images = ours.connection_table(), rng.normal(size=(3, 6, 7, 6))
    layer = ours.SparseConv2D(table, 3)
    model = keras.Sequential([keras.Input(images.shape[1:]), layer])
    before = rng.normal(size=layer.kernel.shape).astype("float32")
    layer.kernel.assign(before)
    model.compile(keras.optimizers.Adam(0.1), "mse")
    for _ in range(2):
        model.train_on_batch(images, rng.normal(size=(3, 4, 5, 16)))
    changed = np.asarray(layer.kernel) != before
    np.testing.assert_array_equal(changed.any(axis=(0, 1)), table)


@few
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), min_size=1, max_size=4),
)
def test_receptive_fields_are_what_moves_an_output(chain: list[tuple[int, int]]) -> None:
    """Counted on a row of pixels: which of them change the first output, and the second."""
    *_, (field, jump) = NOTEBOOK.ours.receptive_fields(chain)
    pixels = np.eye(field + jump)
    for kernel, stride in chain:
        starts = range(0, pixels.shape[1] - kernel + 1, stride)
        pixels = np.stack([pixels[:, s : s + kernel].sum(axis=1) for s in starts], axis=1)
    first, second = pixels[:, 0], pixels[:, 1]
    assert np.flatnonzero(first).max() + 1 <= field
    assert np.flatnonzero(second).min() == jump
    if all(kernel >= stride for kernel, stride in chain):
        assert np.count_nonzero(first) == field


def test_a_new_subsampling_is_average_pooling(ours: SimpleNamespace) -> None:
    maps = np.random.default_rng(2).normal(size=(3, 10, 6, 4)).astype("float32")
    pooled = keras.layers.AveragePooling2D(2)(maps)
    layer = ours.Subsampling()
    np.testing.assert_allclose(np.asarray(layer(maps)), np.asarray(pooled), rtol=1e-5, atol=1e-6)
    assert sum(w.shape[0] for w in layer.trainable_weights) == 2 * 4


def test_all_maps_connected_is_the_full_network(ours: SimpleNamespace) -> None:
    """With a table of ones the masked C3 computes what LeNet-5 with a full C3 computes."""
    sizes = ((3, 4, 5), 6, 7)
    full = ours.build_lenet5(*sizes)
    masked = ours.build_lenet5(*sizes, c3=ours.SparseConv2D(np.ones((3, 4)), name="C3"))
    masked.set_weights(full.get_weights())
    images = np.random.default_rng(3).normal(size=(2, 32, 32, 1)).astype("float32")
    np.testing.assert_allclose(np.asarray(masked(images)), np.asarray(full(images)), atol=1e-5)


@pytest.mark.parametrize("style", ["sequential", "subclassed", "layers_apart"])
def test_three_styles_are_the_same_two_networks(ours: SimpleNamespace, style: str) -> None:
    other = NOTEBOOK.with_variant(f"answers/{style}").namespace
    for name in ("build_lenet", "build_lenet5"):
        one, two = (canonical(blueprint(getattr(each, name))) for each in (ours, other))
        assert compare(one, two) == []


def test_counting_may_not_be_handed_to_the_library(ours: SimpleNamespace) -> None:
    def by_library(table: Any, kernel_size: int, height: int, width: int) -> Any:
        counted = costs.count(
            lambda: keras.layers.Conv2D(table.shape[1], kernel_size),
            (height, width, table.shape[0]),
        )
        return {"parameters": counted.parameters, "connections": 0, "macs": counted.macs}

    cases = NOTEBOOK.cases("layer_counts", b"any")
    observation = run_probe(cases[0].probe, by_library, allows=cases[0].allows)
    finding = judge_case(cases[0], observation, "layer_counts").finding
    assert finding is not None
    assert "course_lib.costs.count" in finding.message


def test_a_sparse_c3_whose_layers_get_lost_inside_a_class_is_told_so(
    ours: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class LeNet5(keras.Model):
        def __init__(self, c3: Any) -> None:
            super().__init__()
            self.c3 = c3
            self.flat = keras.layers.Flatten()

        def call(self, x: Any) -> Any:
            return self.flat(self.c3(x))

    def subclassed(*sizes: Any, c3: Any) -> Any:
        images = keras.Input((32, 32, 6))
        return keras.Model(images, LeNet5(c3)(images))

    table = np.eye(6, dtype=bool)
    weights = [np.ones((5, 5, 1, 1))] * 6, [np.zeros(1)] * 6
    images = np.zeros((1, 32, 32, 6), "float32")
    monkeypatch.setitem(ours.run_wired.__globals__, "build_lenet5", subclassed)
    with pytest.raises(ValueError, match="calls `c3`, but Keras knows no layer C3_0"):
        ours.run_wired(images, table, *weights, lenet5=())
