"""What each operation of `keras.ops` is in a canonical graph, if it can stand for a layer."""

from __future__ import annotations

import math

from course_lib.blueprints import CallBlueprint, LayerBlueprint
from course_lib.structure._by_hand import compared_with_zero, is_zeros
from course_lib.structure._graph import Piece
from course_lib.structure._layers import Rule, dense, merged, padded
from course_lib.structure._shuffle import shuffled
from course_lib.structure._step import (
    UNKNOWN,
    Step,
    conv_settings,
    is_number,
    more_channels,
    number,
    numbers,
    other,
    pointwise_settings,
    pooled,
    reduced,
    reshaped,
    sliced,
    subsample,
    transposed,
)


def _pool(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    op = "max_pool" if layer.class_name == "MaxPool" else "average_pool"
    return pooled(layer, call, inputs, op, layer.config["pool_size"])


def _array(call: CallBlueprint, place: int, name: str) -> list[int] | None:
    """The shape of an operand that is no tensor of the graph; `None` if there is none."""
    arguments = call.arguments["args"]
    value = arguments[place] if place < len(arguments) else call.arguments["kwargs"].get(name)
    if isinstance(value, dict) and ("weight" in value or "constant" in value):
        return numbers(value["shape"])
    return None


def _weights(layer: LayerBlueprint, step: Step) -> Step:
    """The step with the layer's weights, or with one that is not known."""
    step.weights = tuple((Piece(layer.name, w.name),) for w in layer.weights) or (UNKNOWN,)
    step.parameters = layer.parameters
    return step


def _conv(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    kernel = _array(call, 1, "kernel")
    if kernel is None or len(inputs) != 1:
        return other(layer, call, inputs)
    shape, (*window, inside, filters) = call.input_shapes[0], kernel
    channels = int(shape[-1] or 0)
    groups = channels // inside
    if layer.class_name == "DepthwiseConv":
        groups, filters = channels, channels * filters
    settings = conv_settings(shape, window, filters, groups, False, layer.config)
    return _weights(layer, Step("conv", inputs, call.output_shapes[0], layer.name, settings))


def _separable(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """A depthwise convolution, then one of 1 x 1."""
    depth, point = _array(call, 1, "depthwise_kernel"), _array(call, 2, "pointwise_kernel")
    if depth is None or point is None or len(layer.weights) != 2:
        return other(layer, call, inputs)
    shape, (*window, channels, multiplier) = call.output_shapes[0], depth
    wide = channels * multiplier
    settings = conv_settings(call.input_shapes[0], window, wide, channels, False, layer.config)
    first = Step("conv", inputs, (*shape[:-1], wide), layer.name, settings)
    second = Step("conv", [first], shape, layer.name)
    second.settings = pointwise_settings(number(point[-1]), len(window), False)
    for step, weight in zip((first, second), layer.weights, strict=True):
        step.weights, step.parameters = (
            ((Piece(layer.name, weight.name),),),
            math.prod(weight.shape),
        )
    return second


def _matmul(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """Times a matrix of weights: a fully connected layer without biases."""
    matrix = _array(call, 1, "x2")
    if layer.class_name == "Einsum":
        terms, _, result = str(layer.config["subscripts"]).replace(" ", "").partition("->")
        rows, _, columns = terms.partition(",")
        product = len(columns) == 2 and rows[-1:] == columns[0]
        matrix = matrix if product and result == rows[:-1] + columns[1] else None
    shape = call.output_shapes[0]
    if matrix is None or len(matrix) != 2 or len(shape) not in (2, 4) or len(inputs) != 1:
        return other(layer, call, inputs)
    return _weights(layer, dense(inputs, shape, layer.name, matrix[1], False))


def _arithmetic(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """Sums, products and the like: of tensors, or of a tensor and a number or weights."""
    kind, shape = layer.class_name, call.output_shapes[0]
    operands = [*call.arguments["args"], *call.arguments["kwargs"].values()]
    if len(inputs) != 1:
        commutes = kind in ("Add", "Multiply", "Maximum", "Minimum")
        return merged(layer, call, inputs) if commutes else other(layer, call, inputs)
    bias = _array(call, 1, "x2") or _array(call, 0, "x1")
    channels = shape[-1]
    if kind == "Add" and bias and bias[-1] == channels == math.prod(bias):
        return _weights(layer, Step("bias", inputs, shape, layer.name))
    constant = next((value for value in operands if is_number(value)), None)
    if constant is None:
        return other(layer, call, inputs)
    tensor_first = not is_number(operands[0])
    nothing = {"Add": 0, "Multiply": 1}
    if tensor_first:
        nothing |= {"Subtract": 0, "TrueDivide": 1, "Divide": 1, "Power": 1}
    if kind in nothing and constant == nothing[kind]:
        return inputs[0]
    if kind == "Multiply" or (kind in ("TrueDivide", "Divide") and tensor_first and constant):
        factor = float(constant) if kind == "Multiply" else 1 / constant
        return Step("scale", inputs, shape, layer.name, {"factor": factor})
    if kind == "Maximum" and constant == 0:
        return Step("relu", inputs, shape, layer.name)
    if kind == "Minimum" and constant == 6:
        return Step("at_most_6", inputs, shape, layer.name)
    return other(layer, call, inputs)


def _clip(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    low, high = layer.config["x_min"], layer.config["x_max"]
    if low == 0 and (high == 6 or high == {"number": "inf"}):
        op = "relu6" if high == 6 else "relu"
        return Step(op, inputs, call.output_shapes[0], layer.name)
    return other(layer, call, inputs)


def _where(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """x where it is above zero, and zero elsewhere."""
    arguments = call.arguments["args"]
    if len(inputs) < 2 or len(arguments) != 3:
        return other(layer, call, inputs)
    condition, *chosen = inputs
    for sign, kept, dropped in ((1, arguments[1], arguments[2]), (-1, arguments[2], arguments[1])):
        value = next((v for n, v in enumerate(chosen, 1) if kept == {"tensor": n}), None)
        zeros = [v for n, v in enumerate(chosen, 1) if dropped == {"tensor": n}]
        nothing = is_zeros(zeros[0]) if zeros else is_number(dropped) and dropped == 0
        if value is not None and nothing and compared_with_zero(condition, value) == sign:
            return Step("relu", [value], call.output_shapes[0], layer.name)
    return other(layer, call, inputs)


def _reduction(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """`ops.mean` and `ops.max` over the pixels are global pooling."""
    axis, shape = layer.config.get("axis"), call.input_shapes[0]
    axes = [axis] if isinstance(axis, int) else list(axis or [])
    axes = sorted({number % len(shape) for number in axes})
    if not axes or layer.config.get("initial") is not None:
        return other(layer, call, inputs)
    keepdims, output = bool(layer.config.get("keepdims")), call.output_shapes[0]
    op = "mean" if layer.class_name == "Mean" else "max"
    return reduced(op, inputs[0], shape, axes, keepdims, output, layer.name)


def _pad(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    pads, rank = layer.config.get("pad_width"), len(call.input_shapes[0])
    if isinstance(pads, int):
        pads = [[pads, pads]] * rank
    elif pads and isinstance(pads[0], int):
        pads = [pads] * rank
    elif pads and len(pads) == 1:
        pads = list(pads) * rank
    zeros = not call.arguments["kwargs"].get("constant_values")
    constant = layer.config.get("mode", "constant") == "constant" and zeros
    if not constant or not pads or len(pads) != rank or any(pads[0]):
        return other(layer, call, inputs)
    if any(pads[-1]) and not any(map(any, pads[1:-1])):
        before, after = (int(width) for width in pads[-1])
        return more_channels(inputs[0], before, after, call.output_shapes[0], layer.name)
    return other(layer, call, inputs) if any(pads[-1]) else padded(layer, call, inputs, pads[1:-1])


def _split(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> list[Step]:
    """Parts of an axis, one after the other."""
    axis = layer.config["axis"] % len(call.input_shapes[0])
    parts, start = [], 0
    for shape in call.output_shapes:
        stop = start + number(shape[axis])
        parts.append(sliced(inputs[0], axis, (start, stop, 1), layer.name))
        start = stop
    return parts


def _get_item(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """`x[:, ::2, ::2]` leaves pixels out; `x[..., :5]` is a part of the channels.

    `x[:, None, None]` takes all there is, in another shape.
    """
    rank, key = len(call.input_shapes[0]), call.arguments["args"][1]
    keys = key if isinstance(key, list) else [key]
    full = {"slice": [None, None, None]}
    if None in keys and all(k in (None, full, {"object": "ellipsis"}) for k in keys):
        return reshaped(inputs, call.output_shapes[0], layer.name)
    if {"object": "ellipsis"} in keys:
        place = keys.index({"object": "ellipsis"})
        keys = [*keys[:place], *[full] * (rank + 1 - len(keys)), *keys[place + 1 :]]
    keys = [*keys, *[full] * (rank - len(keys))]
    shape = call.input_shapes[0]
    if len(keys) == rank and all(
        key == full or (key in (0, -1) and size == 1) for key, size in zip(keys, shape, strict=True)
    ):
        return reshaped(inputs, call.output_shapes[0], layer.name)  # The only pixel of a map.
    if len(keys) != rank or not all(isinstance(k, dict) and "slice" in k for k in keys):
        return other(layer, call, inputs)
    strides = []
    for entry, size in zip(keys, call.input_shapes[0], strict=True):
        start, stop, stride = entry["slice"]
        whole = start in (None, 0) and (stop is None or stop == size)
        backward = isinstance(stride, int) and stride < 0
        strides.append(number(stride or 1) if whole and not backward else 0)
    if all(strides) and strides[0] == strides[-1] == 1:
        return subsample(inputs, strides[1:-1], call.output_shapes[0], layer.name)
    step = inputs[0]
    for axis, entry in enumerate(keys):
        step = sliced(step, axis, entry["slice"], layer.name)
    return step


def _transpose(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    rank = len(call.input_shapes[0])
    axes = layer.config.get("axes") or list(reversed(range(rank)))
    return transposed(inputs[0], axes, layer.name)


def _moved_axes(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """`ops.swapaxes` and `ops.moveaxis`."""
    rank, config = len(call.input_shapes[0]), layer.config
    names = ("axis1", "axis2") if layer.class_name == "Swapaxes" else ("source", "destination")
    one, other_one = (
        [axis % rank for axis in ([given] if isinstance(given, int) else given)]
        for given in (config[name] for name in names)
    )
    axes = list(range(rank))
    if layer.class_name == "Swapaxes":
        [first], [second] = one, other_one
        axes[first], axes[second] = second, first
    else:
        axes = [axis for axis in axes if axis not in one]
        for place, axis in sorted(zip(other_one, one, strict=True)):
            axes.insert(place, axis)
    return transposed(inputs[0], axes, layer.name)


def _einsum(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """A product with a matrix, or an exchange of axes."""
    terms, _, result = str(layer.config["subscripts"]).replace(" ", "").partition("->")
    if len(inputs) == 1 and sorted(terms) == sorted(set(result)) and terms.isalpha():
        return transposed(inputs[0], [terms.index(letter) for letter in result], layer.name)
    return _matmul(layer, call, inputs)


def _stack(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """Maps side by side on an axis of their own, the last one or the last but one."""
    shape, channels = call.output_shapes[0], len(call.input_shapes[0]) - 1
    axis = layer.config["axis"] % len(shape)
    if len(inputs) == 1:
        return reshaped(inputs, shape, layer.name)
    if axis < channels:
        return other(layer, call, inputs)
    width = number(call.input_shapes[0][-1])
    wide = (*shape[:channels], len(inputs) * width)
    step = Step("concat", inputs, wide, layer.name, {"axis": channels})
    step = reshaped([step], (*shape[:channels], len(inputs), width), layer.name)
    order = [*range(channels), *((channels + 1, channels) if axis > channels else (axis, axis + 1))]
    return transposed(step, order, layer.name)


def _take(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """`ops.take(x, order, axis=-1)` puts channels in another order."""
    arguments = call.arguments["args"]
    order = arguments[1] if len(arguments) > 1 else call.arguments["kwargs"].get("indices")
    if isinstance(order, dict):
        order = order.get("values")
    axis, rank = layer.config.get("axis"), len(call.input_shapes[0])
    if isinstance(axis, int) and axis % rank == rank - 1 and isinstance(order, list):
        found = shuffled(inputs[0], order, layer.name) if all(map(is_number, order)) else None
        return found or other(layer, call, inputs)
    return other(layer, call, inputs)


def _cast(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """To the type that the network computes in anyway."""
    same = call.output_dtypes[0] == "float32"
    return inputs[0] if same and inputs[0].op != "input" else other(layer, call, inputs)


def _to_tensor(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """A tensor already; a model's own `call` asks for it."""
    return inputs[0] if call.output_dtypes[0] == "float32" else other(layer, call, inputs)


OPERATIONS: dict[str, Rule] = {
    **dict.fromkeys(("MaxPool", "AveragePool"), _pool),
    **dict.fromkeys(("Conv", "DepthwiseConv"), _conv),
    "SeparableConv": _separable,
    **dict.fromkeys(("Matmul", "Dot"), _matmul),
    "Einsum": _einsum,
    **dict.fromkeys(("Add", "Multiply", "Maximum", "Minimum"), _arithmetic),
    **dict.fromkeys(("Subtract", "TrueDivide", "Divide", "Power"), _arithmetic),
    "Clip": _clip,
    "Where": _where,
    **dict.fromkeys(("Mean", "Max", "Amax"), _reduction),
    "Pad": _pad,
    "Split": _split,
    "GetItem": _get_item,
    "Transpose": _transpose,
    **dict.fromkeys(("Swapaxes", "Moveaxis"), _moved_axes),
    "Stack": _stack,
    "Take": _take,
    "Cast": _cast,
    "ConvertToTensor": _to_tensor,
}
