"""Multiply-adds of recurrent layers, attention and the wrappers around other layers.

Only matrix products and convolutions are counted; the elementwise products inside a cell are not.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from course_lib.blueprints import Shape
from course_lib.costs._registry import LAYERS, Call, Unsupported, as_tuple, layers, size, whole

GATES = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}


@layers("SimpleRNN", "LSTM", "GRU")
def recurrent(call: Call) -> int:
    """Each step: one product with the input and one with the state, for every gate."""
    steps, features = size(call.input[1:2]), size(call.input[2:])
    return steps * _cell(call.class_name, call.config, features)[0]


@layers("RNN")
def recurrent_of_cells(call: Call) -> int:
    """A layer around one cell, or around a stack of them."""
    steps, features = size(call.input[1:2]), size(call.input[2:])
    cell = call.config["cell"]
    if isinstance(cell, Mapping) and cell.get("class_name") == "StackedRNNCells":
        cells = cell["config"]["cells"]
    else:
        cells = cell if isinstance(cell, (list, tuple)) else [cell]
    total = 0
    for item in cells:
        macs, features = _cell(item["class_name"], item["config"], features)
        total += macs
    return steps * total


def _cell(class_name: str, config: Mapping[str, Any], features: int) -> tuple[int, int]:
    gates = GATES.get(class_name.removesuffix("Cell"))
    if gates is None:
        raise Unsupported(f"the recurrent cell {class_name} is not known")
    units = whole(config["units"])
    return gates * units * (features + units), units


@layers("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
def convolutional_lstm(call: Call) -> int:
    """Each step: four gates, each a convolution of the input and one of the state."""
    steps = size(call.input[1:2])
    without_time: Shape = (None, *call.input[2:])
    filters = whole(call.config["filters"])
    spatial = call.spatial(without_time)
    kernel = as_tuple(call.config["kernel_size"], len(spatial))
    same = call.config["padding"] == "same"
    strides = as_tuple(call.config["strides"], len(spatial))
    dilation = as_tuple(call.config["dilation_rate"], len(spatial))
    positions = 1
    for index, length in enumerate(spatial):
        reach = dilation[index] * (kernel[index] - 1)
        positions *= -(-(size([length]) - (0 if same else reach)) // strides[index])
    per_step = 4 * filters * (call.channels(without_time) + filters)
    return steps * positions * math.prod(kernel) * per_step


def _inner(call: Call, **changes: Any) -> int:
    inner = call.config["layer"]
    handler = LAYERS.get(inner["class_name"])
    if handler is None:
        raise Unsupported(f"it wraps {inner['class_name']}, which is not known")
    return handler(
        dataclasses.replace(call, class_name=inner["class_name"], config=inner["config"], **changes)
    )


@layers("Bidirectional")
def bidirectional(call: Call) -> int:
    """Twice the wrapped layer."""
    return 2 * _inner(call)


@layers("TimeDistributed")
def time_distributed(call: Call) -> int:
    """The wrapped layer, once for each step."""
    steps = size(call.input[1:2])
    return steps * _inner(
        call,
        inputs=tuple((None, *shape[2:]) for shape in call.inputs),
        outputs=tuple((None, *shape[2:]) for shape in call.outputs),
    )


@layers("SpectralNormalization")
def spectral_normalization(call: Call) -> int:
    """The wrapped layer; the power iteration runs in training only."""
    return _inner(call)


@layers("Attention", "AdditiveAttention")
def attention(call: Call) -> int:
    """Scores of every query against every key, and the weighted sum of the values."""
    query, value = call.inputs[0], call.inputs[1]
    key = call.inputs[2] if len(call.inputs) > 2 else value
    pairs = size(query[1:2]) * size(value[1:2])
    return pairs * (size(key[-1:]) + size(value[-1:]))


@layers("MultiHeadAttention", "GroupedQueryAttention")
def multi_head_attention(call: Call) -> int:
    """Four projections, and the scores and weighted sums of every query head."""
    config = call.config
    query, value = call.inputs[0], call.inputs[1]
    key = call.inputs[2] if "key" in call.arguments["kwargs"] else value
    if call.class_name == "MultiHeadAttention":
        heads = key_heads = whole(config["num_heads"])
        key_width = whole(config["key_dim"])
        value_width = whole(config.get("value_dim") or key_width)
    else:
        heads = whole(config["num_query_heads"])
        key_heads = whole(config["num_key_value_heads"])
        key_width = value_width = whole(config["head_dim"])
    queries, values = size(query[1:-1]), size(value[1:-1])
    axes = config.get("attention_axes")
    attended = values
    if axes is not None:
        axes = axes if isinstance(axes, list) else [axes]
        attended = size(value[axis] for axis in axes)
    projections = (
        queries * size(query[-1:]) * heads * key_width
        + values * size(key[-1:]) * key_heads * key_width
        + values * size(value[-1:]) * key_heads * value_width
        + queries * heads * value_width * size(call.output[-1:])
    )
    return projections + queries * attended * heads * (key_width + value_width)
