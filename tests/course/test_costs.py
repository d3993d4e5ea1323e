"""The cost model: published counts, properties, conventions, and what it looks like."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers, ops

from course_lib import costs
from course_lib.blueprints import Blueprint, blueprint


def stack(shape, *parts):
    return lambda: keras.Sequential([keras.Input(shape), *(part() for part in parts)])


def lenet():
    """Lecture "Convolutional neural networks": 20 and 50 filters, 500 units, 28x28."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(20, 5, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling2D(name="pool1"),
            layers.Conv2D(50, 5, padding="same", activation="relu", name="conv2"),
            layers.MaxPooling2D(name="pool2"),
            layers.Flatten(name="flatten"),
            layers.Dense(500, activation="relu", name="dense1"),
            layers.Dense(10, activation="softmax", name="dense2"),
        ],
        name="lenet",
    )


def macs(shape, *parts, **conventions):
    table = costs.count(stack(shape, *parts), **conventions)
    assert table.unsupported == ()
    assert table.flops == 2 * table.macs
    return table.macs


def test_lenet_layer_by_layer():
    table = costs.count(lenet)
    assert (table.parameters, table.macs) == (1_256_080, 6_522_000)
    assert {row.layer: (row.parameters, row.macs) for row in table.rows if row.macs} == {
        "conv1": (520, 392_000),
        "conv2": (25_050, 4_900_000),
        "dense1": (1_225_500, 1_225_000),
        "dense2": (5_010, 5_000),
    }
    values = 784 + 15_680 + 3_920 + 9_800 + 2_450 + 500 + 10
    assert table.activation_bytes == 4 * values
    assert table.row("conv2").receptive_field == (14, 14)
    assert table.row("dense1").receptive_field == (28, 28)
    with pytest.raises(KeyError, match="conv9"):
        table.row("conv9")


@pytest.mark.parametrize(
    ("shape", "part", "expected"),
    [
        ((12, 4), lambda: layers.Conv1D(6, 3), 10 * 6 * 3 * 4),
        ((12, 4), lambda: layers.Conv1D(6, 3, padding="causal", dilation_rate=2), 12 * 6 * 3 * 4),
        ((9, 11, 4), lambda: layers.Conv2D(6, (3, 5), strides=2), 4 * 4 * 6 * 15 * 4),
        ((9, 11, 4), lambda: layers.Conv2D(6, 3, groups=2), 7 * 9 * 6 * 9 * 2),
        ((5, 6, 7, 2), lambda: layers.Conv3D(3, 2), 4 * 5 * 6 * 3 * 8 * 2),
        ((12, 4), lambda: layers.Conv1DTranspose(6, 3, strides=2), 12 * 4 * 3 * 6),
        ((4, 5, 4), lambda: layers.Conv2DTranspose(6, 3, strides=2), 20 * 4 * 9 * 6),
        ((4, 5, 3, 4), lambda: layers.Conv3DTranspose(6, 2), 60 * 4 * 8 * 6),
        ((12, 4), lambda: layers.DepthwiseConv1D(3, depth_multiplier=2), 10 * 8 * 3),
        ((9, 9, 4), lambda: layers.DepthwiseConv2D(3, padding="same"), 81 * 4 * 9),
        ((12, 4), lambda: layers.SeparableConv1D(6, 3), 10 * (4 * 3 + 4 * 6)),
        (
            (9, 9, 4),
            lambda: layers.SeparableConv2D(6, 3, depth_multiplier=2),
            49 * (8 * 9 + 8 * 6),
        ),
        ((7,), lambda: layers.Dense(5), 35),
        ((3, 4, 7), lambda: layers.Dense(5), 12 * 35),
        ((6, 8), lambda: layers.EinsumDense("abc,cde->abde", (6, 2, 3)), 6 * 8 * 6),
        ((6, 8), lambda: layers.EinsumDense("...c,cd->...d", 3), 6 * 8 * 3),
        ((6, 8), lambda: layers.SimpleRNN(5), 6 * 5 * 13),
        ((6, 8), lambda: layers.LSTM(5), 6 * 4 * 5 * 13),
        ((6, 8), lambda: layers.GRU(5, return_sequences=True), 6 * 3 * 5 * 13),
        ((6, 8), lambda: layers.Bidirectional(layers.LSTM(5)), 2 * 6 * 4 * 5 * 13),
        (
            (6, 8),
            lambda: layers.RNN([layers.LSTMCell(5), layers.GRUCell(3)]),
            6 * (4 * 5 * 13 + 3 * 3 * 8),
        ),
        ((6, 8), lambda: layers.RNN(layers.SimpleRNNCell(5)), 6 * 5 * 13),
        ((6, 8), lambda: layers.TimeDistributed(layers.Dense(5)), 6 * 40),
        (
            (6, 9, 9, 4),
            lambda: layers.TimeDistributed(layers.Conv2D(2, 3)),
            6 * 49 * 2 * 9 * 4,
        ),
        (
            (3, 8, 8, 2),
            lambda: layers.ConvLSTM2D(4, 3, padding="same"),
            3 * 64 * 9 * 4 * 4 * (2 + 4),
        ),
        ((3, 8, 2), lambda: layers.ConvLSTM1D(4, 3), 3 * 6 * 3 * 4 * 4 * (2 + 4)),
        ((7,), lambda: layers.SpectralNormalization(layers.Dense(5)), 35),
        ((9,), lambda: layers.Embedding(100, 16), 0),
        ((8, 8, 2), lambda: layers.MaxPooling2D(), 0),
        ((8, 8, 2), lambda: layers.BatchNormalization(), 0),
        ((8, 8, 2), lambda: layers.UpSampling2D(), 0),
        ((8, 8, 2), lambda: layers.ZeroPadding2D(), 0),
        ((8, 8, 2), lambda: layers.Dropout(0.5), 0),
        ((8, 8, 2), lambda: layers.RandomFlip(), 0),
        ((8, 8, 2), lambda: layers.Lambda(lambda x: ops.relu(x) * 2), 0),
    ],
)
def test_layers_by_hand(shape, part, expected):
    assert macs(shape, part) == expected


def test_channels_first_costs_the_same():
    def build(data_format, shape):
        options = {"data_format": data_format}
        return keras.Sequential(
            [
                keras.Input(shape),
                layers.Conv2D(6, 3, groups=2, **options),
                layers.DepthwiseConv2D(3, **options),
                layers.SeparableConv2D(5, 3, **options),
                layers.MaxPooling2D(**options),
            ]
        )

    last = costs.count(lambda: build("channels_last", (16, 16, 4)), pool_macs=True)
    first = costs.count(lambda: build("channels_first", (4, 16, 16)), pool_macs=True)
    assert [row.macs for row in last.rows] == [row.macs for row in first.rows]
    assert [r.receptive_field for r in last.rows] == [r.receptive_field for r in first.rows]


def test_attention():
    def build(kind):
        query, value = keras.Input((5, 8)), keras.Input((7, 6))
        if kind == "heads":
            layer = layers.MultiHeadAttention(2, key_dim=3, value_dim=4)
        elif kind == "groups":
            value = keras.Input((7, 8))
            layer = layers.GroupQueryAttention(3, num_query_heads=4, num_key_value_heads=2)
        else:
            value = keras.Input((7, 8))
            layer = layers.Attention()
            return keras.Model([query, value], layer([query, value]))
        return keras.Model([query, value], layer(query, value))

    assert costs.count(lambda: build("plain")).macs == 5 * 7 * (8 + 8)
    projections = 5 * 8 * 2 * 3 + 7 * 6 * 2 * 3 + 7 * 6 * 2 * 4 + 5 * 2 * 4 * 8
    assert costs.count(lambda: build("heads")).macs == projections + 5 * 7 * 2 * (3 + 4)
    grouped = 5 * 8 * 4 * 3 + 2 * (7 * 8 * 2 * 3) + 5 * 4 * 3 * 8
    assert costs.count(lambda: build("groups")).macs == grouped + 5 * 7 * 4 * (3 + 3)


class FromOperations(layers.Layer):
    """Everything written with `keras.ops`."""

    def build(self, input_shape):
        channels = input_shape[-1]
        self.kernel = self.add_weight(shape=(3, 3, channels, 6), name="kernel")
        self.depthwise = self.add_weight(shape=(3, 3, 6, 1), name="depthwise")
        self.dense = self.add_weight(shape=(6, 5), name="dense")

    def call(self, inputs):
        x = ops.conv(inputs, self.kernel, padding="same")
        x = ops.depthwise_conv(x, self.depthwise, padding="same")
        x = ops.max_pool(x, (2, 2), (2, 2))
        x = ops.matmul(x, self.dense)
        x = ops.reshape(x, (-1, 16, 5))
        scores = ops.einsum("bqc,bkc->bqk", x, x)
        return ops.matmul(ops.softmax(scores), x)


def test_operations():
    expected = 64 * 9 * 2 * 6 + 64 * 9 * 6 + 16 * 6 * 5 + 16 * 16 * 5 + 16 * 16 * 5
    assert macs((8, 8, 2), FromOperations) == expected
    pooled = macs((8, 8, 2), FromOperations, pool_macs=True)
    assert pooled == expected + 16 * 6 * 4


class Windows(layers.Layer):
    """Folds four windows of an image into the batch, as window attention does."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(5)

    def call(self, inputs):
        windows = ops.reshape(inputs, (-1, 2, 4, 2, 4, 3))
        windows = ops.reshape(ops.transpose(windows, (0, 1, 3, 2, 4, 5)), (-1, 16, 3))
        return ops.reshape(self.dense(windows), (-1, 64, 5))


def test_windows_folded_into_the_batch_are_counted():
    table = costs.count(stack((8, 8, 3), Windows))
    assert table.macs == 64 * 15
    dense = next(row for row in table.rows if row.type == "Dense")
    assert dense.activation_bytes == 64 * 5 * 4


def test_a_fixed_batch_is_counted_for_one_example():
    def build():
        return keras.Sequential([keras.Input((8,), batch_size=32), layers.Dense(4)])

    assert costs.count(build).macs == 32


def test_shared_layer_counts_macs_twice_and_parameters_once():
    def build():
        inputs = keras.Input((8,))
        dense = layers.Dense(8)
        return keras.Model(inputs, dense(dense(inputs)))

    table = costs.count(build)
    assert (table.parameters, table.macs) == (72, 128)
    assert table.rows[1].calls == 2
    assert "dense ×2" in str(table)


def test_nested_functional_sequential_and_subclassed_agree():
    def functional():
        inputs = keras.Input((28, 28, 1))
        return keras.Model(inputs, layers.Softmax()(lenet()(inputs)))

    class Subclassed(keras.Model):
        def __init__(self):
            super().__init__()
            self.inner = lenet()

        def call(self, inputs):
            return self.inner(inputs)

    for table in (
        costs.count(functional),
        costs.count(Subclassed, (28, 28, 1)),
        costs.count(lenet()),
        costs.count(blueprint(lenet)),
    ):
        assert (table.parameters, table.macs) == (1_256_080, 6_522_000)


class Opaque(layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], 4), name="kernel")

    def call(self, inputs):
        if isinstance(inputs, keras.KerasTensor):
            raise NotImplementedError("cannot be seen through")
        return ops.matmul(inputs, self.kernel)

    def compute_output_spec(self, inputs):
        return keras.KerasTensor((inputs.shape[0], 4), inputs.dtype)


def test_unknown_layers_are_listed_and_never_zero():
    build = stack((8,), lambda: layers.Dense(8), Opaque)
    table = costs.count(build)
    assert [row.macs for row in table.rows] == [0, 64, None]
    assert table.macs == 64
    assert table.parameters == 72 + 32
    assert len(table.unsupported) == 1
    assert "Opaque): it is a custom layer" in table.unsupported[0]
    assert "≥ 64" in str(table)
    assert "Not counted: opaque" in str(table)
    counted = costs.count(build, handlers={"Opaque": lambda call: call.input[-1] * 4})
    assert (counted.macs, counted.unsupported) == (96, ())


def test_unknown_keras_operations_and_sizes_are_listed():
    table = costs.count(stack((8, 8), lambda: layers.Lambda(lambda x: ops.svd(x)[1])))
    assert any("library does not know its class" in entry for entry in table.unsupported)
    open_size = stack((None, None, 3), lambda: layers.Conv2D(4, 3))
    assert "pass `input_shape`" in costs.count(open_size).unsupported[-1]
    assert costs.count(open_size, (8, 8, 3)).unsupported == ()


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"kernel_size": "ab"},
        {"kernel_size": [3]},
        {"kernel_size": [3, -1]},
        {"kernel_size": [3, 3], "groups": 0},
        {"kernel_size": [3, 3], "groups": "x" * 10},
        {"kernel_size": {"a": 1}},
    ],
)
def test_a_hostile_blueprint_is_listed_not_trusted(config):
    data = blueprint(stack((8, 8, 3), lambda: layers.Conv2D(4, 3))).to_dict()
    data = json.loads(json.dumps(data))
    data["layers"][1]["config"] = config
    table = costs.count(Blueprint.from_dict(data))
    assert table.rows[1].macs is None
    assert "configuration is not as expected" in table.unsupported[0]


def test_conventions_are_arguments():
    def build():
        return keras.Sequential(
            [
                keras.Input((8, 8, 2)),
                layers.Conv2D(4, 3, padding="same", name="conv"),
                layers.BatchNormalization(name="norm"),
                layers.MaxPooling2D(name="pool"),
                layers.Flatten(),
                layers.Dense(5, name="dense"),
            ]
        )

    def count(**conventions):
        return costs.count(build, **conventions)

    plain = count()
    assert plain.parameters == 76 + 16 + 325
    assert plain.trainable_parameters == 76 + 8 + 325
    assert count(biases=False).parameters == 72 + 16 + 320
    assert count(batch_norm_statistics=False).parameters == 76 + 8 + 325
    assert count(bias_macs=True).macs == plain.macs + 256 + 5
    assert count(pool_macs=True).macs == plain.macs + 64 * 4
    assert count(normalization_macs=True).macs == plain.macs + 256
    assert plain.activation_bytes == 4 * (128 + 256 + 256 + 64 + 5)
    assert count(pool_memory=False).activation_bytes == 4 * (128 + 256 + 256 + 5)
    assert count(input_memory=False).activation_bytes == 4 * (256 + 256 + 64 + 5)
    assert count(view_memory=True).activation_bytes == 4 * (128 + 256 + 256 + 64 + 64 + 5)
    assert count(bytes_per_value=2).activation_bytes == plain.activation_bytes // 2
    assert "K is 1024" in str(count(kilo=1024))


def test_half_precision_halves_the_memory():
    half = stack((8,), lambda: layers.Dense(5, dtype="mixed_float16"))
    assert costs.count(half).row("dense").activation_bytes == 10


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"kilo": 1023}, ValueError, "1000 or 1024"),
        ({"bytes_per_value": 0}, ValueError, "positive integer"),
        ({"weights": None}, TypeError, "no argument 'weights'.*lambda"),
    ],
)
def test_wrong_arguments(options, error, message):
    with pytest.raises(error, match=message):
        costs.count(lenet, **options)


def test_vgg16_agrees_with_the_lectures():
    table = costs.count(lambda: keras.applications.VGG16(weights=None), biases=False)
    convolutions = [row for row in table.rows if row.type == "Conv2D"]
    assert sum(row.macs for row in convolutions) == 15_346_630_656  # "15.3", convolutions only
    assert table.macs == 15_470_264_320  # "15.47"
    assert table.activation_bytes == 4 * 15_237_608  # "61 MB"
    assert table.row("fc1").parameters == 102_760_448
    second = [table.row(f"block{stage}_conv2").macs for stage in (1, 2, 3, 4)]
    assert len(set(second)) == 1  # halving space and doubling channels keeps the cost
    assert table.row("block5_conv3").receptive_field == (196, 196)
    assert table.row("block5_pool").receptive_field == (212, 212)


# Properties ------------------------------------------------------------------------------------

channels = st.sampled_from([4, 8, 16])
kernels = st.integers(1, 7)
sides = st.integers(8, 33)
quick = settings(max_examples=25, deadline=None)


def conv(filters, kernel, **options):
    return lambda: layers.Conv2D(filters, kernel, use_bias=False, **options)


@quick
@given(side=sides, c=channels, kernel=kernels, groups=st.sampled_from([1, 2, 4]))
def test_grouped_convolution_costs_one_over_g(side, c, kernel, groups):
    full = costs.count(stack((side, side, c), conv(16, kernel, padding="same")))
    grouped = costs.count(stack((side, side, c), conv(16, kernel, padding="same", groups=groups)))
    assert grouped.macs * groups == full.macs
    assert grouped.parameters * groups == full.parameters


@quick
@given(side=sides, c=channels, kernel=kernels, n=channels)
def test_depthwise_separable_costs_one_over_n_plus_one_over_k_squared(side, c, kernel, n):
    full = costs.count(stack((side, side, c), conv(n, kernel, padding="same")))
    separable = costs.count(
        stack(
            (side, side, c),
            lambda: layers.DepthwiseConv2D(kernel, padding="same", use_bias=False),
            conv(n, 1),
        )
    )
    fused = macs(
        (side, side, c), lambda: layers.SeparableConv2D(n, kernel, padding="same", use_bias=False)
    )
    assert separable.macs == fused
    # 1/N + 1/K^2, without fractions
    assert separable.macs * n * kernel**2 == full.macs * (kernel**2 + n)
    assert separable.parameters * n * kernel**2 == full.parameters * (kernel**2 + n)


@quick
@given(
    side=sides,
    filters=st.lists(channels, min_size=2, max_size=4),
    kernel=st.integers(1, 3),
    cut=st.integers(1, 3),
)
def test_cost_is_additive_over_a_sequential(side, filters, kernel, cut):
    parts = [conv(count, kernel, padding="same") for count in filters]
    cut = min(cut, len(filters) - 1)
    whole = costs.count(stack((side, side, 3), *parts))
    head = costs.count(stack((side, side, 3), *parts[:cut]))
    tail = costs.count(stack((side, side, filters[cut - 1]), *parts[cut:]), input_memory=False)
    for total in ("macs", "parameters", "activation_bytes"):
        assert getattr(whole, total) == getattr(head, total) + getattr(tail, total)


@quick
@given(c=channels, half=st.integers(1, 3))
def test_stacked_small_kernels_see_as_much_as_one_large(c, half):
    shape = (40, 40, c)
    large = costs.count(stack(shape, conv(c, 2 * half + 1)))
    small = costs.count(stack(shape, *[conv(c, 3)] * half))
    assert small.rows[-1].receptive_field == large.rows[-1].receptive_field
    if half == 2:
        assert large.rows[-1].receptive_field == (5, 5)
        assert (small.parameters, large.parameters) == (18 * c * c, 25 * c * c)


@quick
@given(c=channels, side=st.integers(2, 16), kernel=kernels)
def test_halving_space_and_doubling_channels_keeps_the_cost(c, side, kernel):
    before = macs((2 * side, 2 * side, c), conv(c, kernel, padding="same"))
    after = macs((side, side, 2 * c), conv(2 * c, kernel, padding="same"))
    assert before == after


@quick
@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(1, 2)), min_size=1, max_size=4
    )
)
def test_receptive_field_is_what_one_output_value_depends_on(windows):
    """Walks back from one output position through every window, position by position."""
    parts = []
    for kernel, stride, dilation in windows:
        if stride > 1:
            dilation = 1  # Keras has no strided and dilated convolution
        parts.append((kernel, stride, dilation))
    seen = {0}
    for kernel, stride, dilation in reversed(parts):
        seen = {position * stride + tap * dilation for position in seen for tap in range(kernel)}
    table = costs.count(
        stack(
            (max(seen) + 1, 2),  # just enough for that one output position
            *(
                lambda k=k, s=s, d=d: layers.Conv1D(2, k, strides=s, dilation_rate=d)
                for k, s, d in parts
            ),
        )
    )
    assert table.rows[-1].receptive_field == (max(seen) + 1,)


def test_receptive_field_of_branches_shortcuts_and_upsampling():
    def build():
        inputs = keras.Input((32, 32, 4))
        wide = layers.Conv2D(4, 5, padding="same", name="wide")(inputs)
        narrow = layers.Conv2D(4, 1, name="narrow")(inputs)
        x = layers.Add(name="add")([wide, narrow])
        x = layers.MaxPooling2D(name="pool")(x)
        x = layers.UpSampling2D(name="up")(x)
        x = layers.Conv2D(4, 3, padding="same", name="after_up")(x)
        gate = layers.GlobalAveragePooling2D(keepdims=True, name="squeeze")(x)
        return keras.Model(inputs, layers.Multiply(name="gated")([x, gate]))

    table = costs.count(build)
    seen = {row.layer: row.receptive_field for row in table.rows}
    assert seen["add"] == (5, 5)
    assert seen["pool"] == (6, 6)
    assert seen["after_up"] == (8, 8)
    assert seen["squeeze"] == seen["gated"] == (32, 32)


# How it looks ------------------------------------------------------------------------------------


def hostile():
    return keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, name="<script>|*x*\x1b[31m")], name="<b>"
    )


def test_markdown():
    lines = costs.count(lenet).to_markdown().splitlines()
    assert lines[0].startswith("| Layer | Type | Output shape | Parameters | MACs |")
    assert "| conv2 | Conv2D | 14 × 14 × 50 | 25,050 | 4,900,000 | 39.2 KB | 14 × 14 |" in lines
    assert "| **Total** |  |  | **1,256,080** | **6,522,000** | **132.6 KB** |  |" in lines
    assert {line.count("|") for line in lines if line.startswith("|")} == {8}


def test_terminal_and_html():
    table = costs.count(lenet)
    assert "1,256,080" in str(table)
    assert max(map(len, str(table).splitlines())) < 110
    html = table._repr_html_()
    assert html.count("<tr>") == len(table.rows) + 2
    assert "6,522,000" in html


def test_rich_never_cuts_a_number():
    from rich.console import Console

    console = Console(width=80, record=True, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(costs.count(lambda: keras.applications.VGG16(weights=None)))
    console.file.close()
    text = console.export_text()
    assert "15,470,264,320" in text
    assert "102,764,544" in text


def test_names_cannot_inject_markup():
    table = costs.count(hostile)
    for text in (str(table), table._repr_html_(), table.to_markdown()):
        assert "\x1b" not in text
    assert "<script>" not in table._repr_html_() + table.to_markdown()
    row = next(line for line in table.to_markdown().splitlines() if "script" in line)
    assert row.count("|") - row.count("\\|") == 8


def test_plot_has_axes_units_and_titles(tmp_path):
    table = costs.count(lambda: keras.applications.VGG16(weights=None))
    figure = table.plot()
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == [
        "vgg16: 60.95 MB of activations",
        "vgg16: 138.4 M parameters",
        "vgg16: 15.47 G multiply-adds (MACs)",
    ]
    assert [axis.get_ylabel() for axis in figure.axes] == [
        "Activation memory [MB]",
        "Parameters [M]",
        "Multiply-adds [G]",
    ]
    assert figure.axes[-1].get_xlabel() == "Layer"
    tallest = max(patch.get_height() for patch in figure.axes[2].patches)
    assert tallest == pytest.approx(1.8497, abs=1e-4)
    side_by_side = costs.plot({"LeNet": costs.count(lenet), "VGG-16": table})
    assert len(side_by_side.axes) == 6
    side_by_side.savefig(tmp_path / "costs.png")
    with pytest.raises(ValueError, match="at least one layer"):
        costs.plot({})


def test_importing_is_cheap():
    script = "import sys, course_lib.costs; assert not {'keras', 'matplotlib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
