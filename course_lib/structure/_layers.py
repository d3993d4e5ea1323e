"""What each of Keras' layers is in a canonical graph."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from course_lib.blueprints import CallBlueprint, LayerBlueprint
from course_lib.structure._graph import Piece
from course_lib.structure._step import (
    Step,
    conv_settings,
    is_number,
    number,
    numbers,
    other,
    pointwise_settings,
    pooled,
    reshaped,
    sliced,
    snake,
    transposed,
)

Rule = Callable[[LayerBlueprint, CallBlueprint, list[Step]], "Step | list[Step]"]


def _input(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    shape = call.output_shapes[0]
    return Step("input", [], shape, layer.name, {"shape": list(shape[1:])})


def _conv(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    config, shape = layer.config, call.input_shapes[0]
    channels = int(shape[-1] or 0)
    groups = number(config.get("groups", 1))
    filters = config.get("filters")
    if layer.class_name.startswith("Depthwise"):
        groups, filters = channels, channels * number(config["depth_multiplier"])
    kernel = numbers(config["kernel_size"])
    settings = conv_settings(shape, kernel, number(filters), groups, config["use_bias"], config)
    return activated(Step("conv", inputs, call.output_shapes[0], layer.name, settings), config)


def _separable(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """A depthwise convolution, then one of 1 x 1."""
    config, shape = layer.config, call.output_shapes[0]
    channels = int(call.input_shapes[0][-1] or 0)
    wide = channels * number(config["depth_multiplier"])
    kernel = numbers(config["kernel_size"])
    depthwise = conv_settings(call.input_shapes[0], kernel, wide, channels, False, config)
    pointwise = pointwise_settings(number(config["filters"]), len(kernel), config["use_bias"])
    first = Step("conv", inputs, (*shape[:-1], wide), layer.name, depthwise)
    first.parameters = math.prod(layer.weights[0].shape)
    first.weights = ((Piece(layer.name, layer.weights[0].name),),)
    second = Step("conv", [first], shape, layer.name, pointwise)
    second.parameters = layer.parameters - first.parameters
    second.weights = tuple((Piece(layer.name, w.name),) for w in layer.weights[1:])
    return activated(second, config)


def _dense(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    config, shape = layer.config, call.output_shapes[0]
    units, bias = number(config["units"]), config["use_bias"]
    return activated(dense(inputs, shape, layer.name, units, bias), config)


def _einsum_dense(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """A fully connected layer, if it multiplies the last axis by a matrix."""
    config, shape = layer.config, call.output_shapes[0]
    terms, _, result = str(config["equation"]).replace(" ", "").partition("->")
    rows, _, columns = terms.partition(",")
    product = len(columns) == 2 and rows[-1:] == columns[0] and result == rows[:-1] + columns[1]
    bias = config.get("bias_axes")
    if not product or len(shape) not in (2, 4) or bias not in (None, "", columns[1]):
        return other(layer, call, inputs)
    units = number(shape[-1])
    return activated(dense(inputs, shape, layer.name, units, bool(bias)), config)


def dense(inputs: list[Step], shape: Any, name: str, units: int, bias: Any) -> Step:
    """A fully connected layer; at every pixel the same it is a convolution of 1 x 1."""
    if len(shape) == 4:
        return Step("conv", inputs, shape, name, pointwise_settings(units, 2, bias))
    return Step("dense", inputs, shape, name, {"units": units, "bias": bias})


def _pool(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    op = "max_pool" if layer.class_name.startswith("Max") else "average_pool"
    return pooled(layer, call, inputs, op, layer.config["pool_size"])


def _global_pool(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    op = "global_max_pool" if "Max" in layer.class_name else "global_average_pool"
    if all(size == 1 for size in call.input_shapes[0][1:-1]):
        return reshaped(inputs, call.output_shapes[0], layer.name)
    return Step(op, inputs, call.output_shapes[0], layer.name)


def _adaptive_pool(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """To a single pixel it is global pooling."""
    shape = call.output_shapes[0]
    if any(size != 1 for size in shape[1:-1]):
        return other(layer, call, inputs)
    return _global_pool(layer, call, inputs)


def _batch_norm(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    config, shape = layer.config, call.output_shapes[0]
    settings = {"scale": config["scale"], "center": config["center"]}
    axis = config.get("axis", -1)
    if isinstance(axis, int) and axis % len(shape) != len(shape) - 1:
        settings["axis"] = axis % len(shape)
    return Step("batch_norm", inputs, shape, layer.name, settings)


def _activation(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """Activation layers, and operations that are activations."""
    config, name = layer.config, layer.class_name
    settings: dict[str, Any] = {}
    if name == "Activation":
        return activated(inputs[0], config, layer.name)
    op = {"LeakyReLU": "leaky_relu", "ReLU": "relu"}.get(name, snake(name))
    if name == "ReLU" and config.get("max_value") == 6 and not config.get("negative_slope"):
        op = "relu6"
    elif name == "ReLU" and any(map(config.get, ("max_value", "negative_slope", "threshold"))):
        settings = {k: config[k] for k in ("max_value", "negative_slope", "threshold")}
        if not config["max_value"] and not config["threshold"]:
            op, settings = "leaky_relu", {"negative_slope": config["negative_slope"]}
    elif op == "leaky_relu":
        slope = config.get("negative_slope", 0.2)
        op, settings = ("leaky_relu", {"negative_slope": slope}) if slope else ("relu", {})
    elif op == "elu":
        settings = {"alpha": config.get("alpha", 1.0)}
    elif op == "gelu":
        settings = {"approximate": True} if config.get("approximate") else {}
    elif op in ("softmax", "log_softmax"):
        rank, axis = len(call.output_shapes[0]), config.get("axis", -1)
        settings = {} if axis in (-1, rank - 1) else {"axis": axis}
    return Step(op, inputs, call.output_shapes[0], layer.name, settings)


def activated(step: Step, config: Any, name: str = "") -> Step:
    """The step, followed by the activation that its configuration names."""
    activation = config.get("activation")
    if activation in (None, "linear"):
        return step
    name = name or step.name
    if isinstance(activation, dict):
        chosen = activation.get("class_name") or activation.get("object") or "activation"
        settings = activation.get("config", {})
        slope = settings.get("negative_slope") if isinstance(settings, dict) else None
        op = {"LeakyReLU": "leaky_relu", "ReLU": "relu"}.get(str(chosen), snake(str(chosen)))
        if op == "relu" and slope:
            op = "leaky_relu"
        kept = {"negative_slope": slope} if slope else {}
        return Step(op, [step], step.shape, name, kept)
    op = {"swish": "silu"}.get(str(activation), str(activation))
    settings = {"leaky_relu": {"negative_slope": 0.2}, "elu": {"alpha": 1.0}}.get(op, {})
    return Step(op, [step], step.shape, name, settings)


def _dropout(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    if not layer.config["rate"]:
        return inputs[0]
    settings = {"rate": layer.config["rate"]}
    op = "dropout" if layer.class_name == "Dropout" else "spatial_dropout"
    return Step(op, inputs, call.output_shapes[0], layer.name, settings)


def _reshape(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    return reshaped(inputs, call.output_shapes[0], layer.name)


def _pad(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    pads = layer.config["padding"]
    pads = [pads] if isinstance(pads[0], int) else pads
    return padded(layer, call, inputs, pads)


def padded(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step], pads: Any) -> Step:
    """Zeros around a map, or nothing."""
    if len(pads) != len(call.input_shapes[0]) - 2:
        raise ValueError("padding for another number of axes")
    settings = {"padding": [[int(before), int(after)] for before, after in pads]}
    if not any(map(any, settings["padding"])):
        return inputs[0]
    return Step("pad", inputs, call.output_shapes[0], layer.name, settings)


def _crop(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    crops = layer.config["cropping"]
    step = inputs[0]
    for axis, (before, after) in enumerate([crops] if isinstance(crops[0], int) else crops, 1):
        step = sliced(step, axis, (int(before), -int(after) or None, None), layer.name)
    return step


def _permute(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    return transposed(inputs[0], [0, *numbers(layer.config["dims"])], layer.name)


def _rescaling(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    scale = layer.config["scale"]
    if not is_number(scale) or layer.config.get("offset"):
        return other(layer, call, inputs)
    return Step("scale", inputs, call.output_shapes[0], layer.name, {"factor": float(scale)})


def merged(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """Several tensors into one: a layer, or an operation."""
    shape = call.output_shapes[0]
    if layer.class_name == "Concatenate" and shape == call.input_shapes[0]:
        return inputs[0]  # of one tensor
    if len(inputs) < 2:
        return other(layer, call, inputs)
    op = {"Concatenate": "concat"}.get(layer.class_name, layer.class_name.lower())
    settings = {}
    if op == "concat":
        axis = layer.config.get("axis", -1)
        settings = {"axis": axis % len(shape)}
    return Step(op, inputs, shape, layer.name, settings)


def _nothing(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    return inputs[0]


_ACTIVATIONS = (
    "Activation ReLU LeakyReLU ELU Softmax Relu Relu6 Sigmoid Tanh LeakyRelu Elu Selu Gelu Silu "
    "HardSigmoid HardSilu Softplus Softsign LogSoftmax Mish Celu"
)
LAYERS: dict[str, Rule] = {
    "InputLayer": _input,
    **dict.fromkeys(("Conv1D", "Conv2D", "Conv3D", "DepthwiseConv1D", "DepthwiseConv2D"), _conv),
    **dict.fromkeys(("SeparableConv1D", "SeparableConv2D"), _separable),
    "Dense": _dense,
    "EinsumDense": _einsum_dense,
    **dict.fromkeys(
        [f"{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3)], _pool
    ),
    **dict.fromkeys(
        [f"Global{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3)], _global_pool
    ),
    **dict.fromkeys(
        [f"Adaptive{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3)],
        _adaptive_pool,
    ),
    **dict.fromkeys(("AdaptiveMaxPool", "AdaptiveAveragePool"), _adaptive_pool),
    "BatchNormalization": _batch_norm,
    **dict.fromkeys(_ACTIVATIONS.split(), _activation),
    **dict.fromkeys(
        ("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"), _dropout
    ),
    **dict.fromkeys(("Flatten", "Reshape", "Squeeze", "ExpandDims"), _reshape),
    **dict.fromkeys(("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"), _pad),
    **dict.fromkeys(("Cropping1D", "Cropping2D", "Cropping3D"), _crop),
    "Permute": _permute,
    "Rescaling": _rescaling,
    **dict.fromkeys(("Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"), merged),
    **dict.fromkeys(("Identity", "ActivityRegularization", "Copy"), _nothing),
}
