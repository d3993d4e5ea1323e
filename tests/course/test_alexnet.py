"""The AlexNet notebook's own networks against the slides, its functions against Keras."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from notebooks import notebook

from course_lib import costs, slides
from course_lib.blueprints import blueprint
from course_lib.checking import run_probe
from course_lib.slides.networks import classics
from course_lib.structure import canonical, compare
from solutions.a05_classics.alexnet.checks import ARCHITECTURES

NOTEBOOK = notebook("a05_classics/alexnet")
CONVOLUTIONS = [f"conv{number}" for number in range(1, 6)]


def counted(name: str) -> costs.CostTable:
    free = {"LocalResponseNormalization": NOTEBOOK.ours.normalization_is_free}
    return costs.count(ARCHITECTURES[name].of(NOTEBOOK.ours), handlers=free, input_memory=False)


def test_convolutions_and_dense_layers_of_the_two_gpu_network_cost_what_the_summary_says() -> None:
    table = counted("96, two GPUs")
    assert sum(table.row(name).macs or 0 for name in CONVOLUTIONS) == slides.fact("F0959").exact()
    dense = sum(table.row(name).macs or 0 for name in ("fc6", "fc7", "fc8"))
    assert dense == slides.fact("F0960").exact()


@pytest.mark.parametrize(
    ("name", "network", "free"),
    [
        ("64 filters first", classics.ALEXNET_64, {"pad1"}),
        ("96, simplified", classics.ALEXNET_96, {"drop6", "drop7", "flatten"}),
        ("96, two GPUs", classics.ALEXNET_96_GROUPED, {"drop6", "drop7", "flatten"}),
        ("ZFNet", classics.ZFNET, {"pad1", "norm1", "norm2", "drop6", "drop7", "flatten"}),
    ],
)
def test_every_row_of_the_slides_table(name: str, network: Any, free: set[str]) -> None:
    """Names, shapes and parameters, row by row, from the tables that the ledger computes with."""
    rows = {row.layer: row for row in counted(name).rows if row.layer not in {*free, "image"}}
    expected = {row.name.lower(): row for row in network.rows}
    assert list(rows) == list(expected)
    for layer, row in expected.items():
        channels, *sides = row.output
        found = rows[layer]
        flat = found.output_shape is not None and len(found.output_shape) == 2
        assert found.output_shape == (None, *([] if flat else sides), channels), layer
        assert found.parameters == row.parameters().value, layer


def test_the_shares_that_the_notebook_prints(ours: SimpleNamespace) -> None:
    table = costs.count(ours.build_alexnet_64, input_memory=False, view_memory=True)
    convolved, connected = ours.in_order(table)
    assert [row.layer for row in convolved[:3]] == ["conv1", "pool1", "conv2"]
    assert [row.layer for row in connected] == ["fc6", "fc7", "fc8"]
    for what, part, fact in [
        ("activation_bytes", convolved[:3], "F0123"),
        ("parameters", connected, "F0122"),
        ("macs", convolved, "F0124"),
    ]:
        assert ours.share_of(table, what, part) == pytest.approx(slides.fact(fact).computed())


def test_ablations_are_the_ledgers(ours: SimpleNamespace) -> None:
    for fact, without in [
        ("F0819", ("fc7",)),
        ("F0820", ("fc6", "fc7")),
        ("F0821", ("conv3", "conv4")),
    ]:
        assert ours.parameters_saved(without) == slides.fact(fact).exact()
    on_one = ours.parameters_saved(("conv3", "conv4"), groups=1)
    assert f"{on_one / 1e6:.3g}" == "2.51"
    assert slides.fact("F0821").alternatives() == {"without groups": "2.50752"}


def test_the_silent_network_of_the_last_section() -> None:
    saved = slides.fact("F0630").computed() - (9 * 128 * 384 + 384)
    assert f"{saved:,} parameters" in NOTEBOOK.cells[-1].source


@pytest.mark.parametrize("size", [1, 3, 5, 9])
def test_lrn_is_that_of_tensorflow(size: int, ours: SimpleNamespace) -> None:
    """TensorFlow takes the half width and, like the paper, does not divide alpha by n."""
    import tensorflow as tf

    x = (100 * np.random.default_rng(size).normal(size=(2, 3, 4, 7))).astype("float32")
    expected = tf.nn.local_response_normalization(
        x, depth_radius=size // 2, bias=2.0, alpha=1e-4, beta=0.75
    )
    layer = ours.LocalResponseNormalization(size=size)
    np.testing.assert_allclose(layer(x), expected, rtol=1e-4)
    again = type(layer).from_config(layer.get_config())
    np.testing.assert_array_equal(again(x), layer(x))


def test_lrn_is_one_step_of_a_network_and_can_be_trained_through(ours: SimpleNamespace) -> None:
    table = counted("96, simplified")
    row = table.row("norm1")
    assert (row.type, row.parameters, row.output_shape) == (
        "LocalResponseNormalization",
        0,
        (None, 27, 27, 96),
    )
    inputs = keras.Input((4, 4, 6))
    y = ours.LocalResponseNormalization()(keras.layers.Conv2D(6, 3)(inputs))
    model = keras.Model(inputs, keras.layers.GlobalAveragePooling2D()(y))
    model.compile("sgd", "mse")
    before = model.layers[1].get_weights()[0]
    model.train_on_batch(np.ones((2, 4, 4, 6)), np.ones((2, 6)))
    assert np.abs(model.layers[1].get_weights()[0] - before).max() > 0


@pytest.mark.parametrize("groups", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_grouped_convolution_is_that_of_keras_also_backward(
    groups: int, padding: str, ours: SimpleNamespace
) -> None:
    from autograder.checks.oracles import keras_gradients

    rng = np.random.default_rng(groups)
    x = rng.normal(size=(2, 6, 5, 6))
    settings = {"strides": 2, "padding": padding, "groups": groups, "dtype": "float64"}
    layers = [cls(12, (3, 2), **settings) for cls in (ours.GroupedConv2D, keras.layers.Conv2D)]
    kernel, bias = rng.normal(size=(3, 2, 6 // groups, 12)), rng.normal(size=12)
    outputs, backward = [], []
    for layer in layers:
        layer.build(x.shape)
        layer.kernel.assign(kernel)
        layer.bias.assign(bias)
        outputs.append(np.asarray(layer(x)))
    upstream = rng.normal(size=outputs[0].shape)
    for layer in layers:
        (dx,) = keras_gradients(layer, x, upstream=upstream)
        backward.append(dx)
    np.testing.assert_allclose(outputs[0], outputs[1], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(backward[0], backward[1], rtol=1e-9, atol=1e-9)


def test_grouped_costs_are_what_the_counter_counts(ours: SimpleNamespace) -> None:
    def build() -> keras.Model:
        inputs = keras.Input((9, 7, 12))
        return keras.Model(inputs, keras.layers.Conv2D(20, 3, padding="same", groups=4)(inputs))

    table = costs.count(build)
    expected = {"parameters": table.parameters, "macs": table.macs}
    assert ours.grouped_cost(3, 12, 20, 4, 63) == expected


def conv_asked_for_everything(layer: Any, x: Any) -> Any:
    return keras.ops.conv(x, layer.kernel, layer.strides, layer.padding) + layer.bias


def own_layer(layer: Any, x: Any) -> Any:
    inner = keras.layers.Conv2D(layer.filters, layer.kernel_size, groups=layer.groups)
    return inner(x)


@pytest.mark.parametrize("call", [conv_asked_for_everything, own_layer])
def test_nobody_else_may_do_the_grouping(call: Any, ours: SimpleNamespace) -> None:
    asked = type("Asked", (ours.GroupedConv2D,), {"call": call})
    case = NOTEBOOK.cases("GroupedConv2D", b"key")[1]
    observation = run_probe(case.probe, asked, case.forbids)
    assert observation.outcome == "forbidden"


def test_zfnet_differs_from_alexnet_where_the_slide_says(ours: SimpleNamespace) -> None:
    found = compare(
        canonical(blueprint(ours.build_alexnet)), canonical(blueprint(ours.build_zfnet))
    )
    text = " ".join(difference.message for difference in found)
    assert "7×7 instead of 11×11" in text
    rows = {row.layer: row.output_shape for row in counted("ZFNet").rows}
    assert rows["pool1"] == (None, 55, 55, 96)
    assert rows["flatten"] == (None, slides.fact("F0423").computed())
    wide = {row.layer: row.output_shape for row in counted("ZFNet, 512/1024/512").rows}
    assert wide["flatten"] == (None, 18432)


def test_same_padding_rounds_up_where_sides_are_even() -> None:
    """What the notebook says of `MaxPooling2D(3, strides=2)` with padding `same`."""
    for width in range(4, 40):
        rounded_up = -(-(width - 3) // 2) + 1
        layer = keras.layers.MaxPooling2D(3, 2, padding="same")
        same = layer.compute_output_shape((None, width, width, 1))[1]
        assert (same == rounded_up) is (width % 2 == 0)
        if width % 2:
            assert rounded_up == (width - 3) // 2 + 1


def test_the_step_is_that_of_sgd_on_the_loss_with_l2(ours: SimpleNamespace) -> None:
    rng = np.random.default_rng(3)
    theta, v = rng.normal(size=(3, 4)).astype("float32"), np.zeros((3, 4))
    variable = keras.Variable(theta)
    optimizer = keras.optimizers.SGD(1e-2, momentum=0.9)
    for _ in range(4):
        gradient = rng.normal(size=(3, 4)).astype("float32")
        optimizer.apply([gradient + 5e-4 * np.asarray(variable)], [variable])
        theta, v = ours.alexnet_step(theta, v, gradient)
    np.testing.assert_allclose(theta, np.asarray(variable), rtol=1e-5)


def test_decay_at_the_weights_is_a_tenth_of_decay_through_the_velocity(
    ours: SimpleNamespace,
) -> None:
    """Without a gradient: what the notebook says of `SGD(weight_decay=...)`."""
    theta, v, variable = np.ones(1), np.zeros(1), keras.Variable([1.0])
    optimizer = keras.optimizers.SGD(1e-2, momentum=0.9, weight_decay=5e-4)
    for _ in range(300):
        theta, v = ours.alexnet_step(theta, v, np.zeros(1))
        optimizer.apply([keras.ops.zeros(1)], [variable])
    ratio = float((1 - np.asarray(variable)[0]) / (1 - theta[0]))
    assert 0.09 < ratio < 0.12
