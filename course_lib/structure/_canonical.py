"""From a blueprint to the canonical graph.

Layers become primitive nodes; then what can be written in several ways is brought to one: an
activation as an argument or as a layer, padding by a layer or by the convolution, sums and
concatenations of any nesting, a head as a dense layer or as a convolution, pooling over the whole
map, and everything that does nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from course_lib.blueprints import Blueprint, CallBlueprint, LayerBlueprint, NodeReference, Shape
from course_lib.structure._graph import Graph, Node


@dataclass(eq=False)
class _Step:
    """A node under construction."""

    op: str
    inputs: list[_Step]
    shape: Shape
    name: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    parameters: int = 0
    weights: tuple[tuple[str, str], ...] = ()


MAX_CALLS = 10_000  # ResNet-1202 has some 5,000.


def canonical(blueprint: Blueprint) -> Graph:
    """The canonical graph of a network.

    Raises:
        ValueError: if a layer's configuration makes no sense, or there are too many layers. A
            blueprint that a stranger wrote raises nothing else.
    """
    calls = sum(len(layer.calls) for layer in blueprint.layers)
    if calls > MAX_CALLS:
        raise ValueError(f"The network has {calls:,} layers; at most {MAX_CALLS:,} are compared.")
    try:
        return _canonical(blueprint)
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise ValueError(f"A layer's configuration makes no sense: {error!r:.200}") from error


def _canonical(blueprint: Blueprint) -> Graph:
    tensors: dict[NodeReference, _Step] = {}
    counted: set[str] = set()
    for layer, index in blueprint.steps():
        call = layer.calls[index]
        inputs = [tensors[reference] for reference in call.inbound]
        step = _RULES.get(layer.class_name, _other)(layer, call, inputs)
        owner = _owner_of_weights(step, inputs)
        if layer.weights and owner is not None:
            owner.weights = owner.weights or tuple((layer.name, w.name) for w in layer.weights)
            if layer.name not in counted:
                owner.parameters = layer.parameters if owner.parameters == 0 else owner.parameters
                counted.add(layer.name)
        for number, shape in enumerate(call.output_shapes):
            tensors[NodeReference(layer.name, index, number)] = (
                step
                if len(call.output_shapes) == 1
                else _Step("part", [step], shape, layer.name, {"number": number})
            )
    outputs = [tensors[reference] for reference in blueprint.outputs]
    outputs = _simplified(outputs)
    return _frozen(outputs, blueprint.parameters)


def _owner_of_weights(step: _Step, inputs: list[_Step]) -> _Step | None:
    """Of the steps that one layer became, the one with the weights."""
    while step not in inputs:
        if step.op in _WITH_WEIGHTS or not step.inputs or step.settings.get("class"):
            return step
        step = step.inputs[0]
    return None


# ---------------------------------------------------------------------------- one layer, one rule


def _other(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    """Any layer without a rule of its own: compared by its class and its whole configuration."""
    settings = {
        key: value
        for key, value in layer.config.items()
        if key not in _IRRELEVANT and not key.endswith(("_initializer", "_regularizer"))
    }
    constants = [a for a in call.arguments["args"] if not isinstance(a, (dict, list))]
    settings |= {"class": layer.class_name} | ({"arguments": constants} if constants else {})
    settings |= {k: v for k, v in call.arguments["kwargs"].items() if not isinstance(v, dict)}
    return _Step(layer.class_name.lower(), inputs, call.output_shapes[0], layer.name, settings)


_IRRELEVANT = frozenset(
    {"name", "trainable", "dtype", "activity_regularizer", "kernel_constraint", "bias_constraint"}
    | {"seed", "quantization_config", "data_format", "lora_rank", "lora_alpha", "build_config"}
)


def _input(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    shape = call.output_shapes[0]
    return _Step("input", [], shape, layer.name, {"shape": list(shape[1:])})


def _conv(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    config, shape = layer.config, call.output_shapes[0]
    channels = call.input_shapes[0][-1]
    if layer.class_name.startswith("Depthwise"):
        groups, filters = channels, int(channels or 0) * _number(config["depth_multiplier"])
    else:
        groups, filters = _number(config.get("groups", 1)), _number(config["filters"])
    settings = {
        "filters": filters,
        "kernel": _numbers(config["kernel_size"]),
        "strides": _numbers(config["strides"]),
        "padding": _padding(call.input_shapes[0], config),
        "dilation": _numbers(config["dilation_rate"]),
        "groups": groups,
        "bias": config["use_bias"],
    }
    return _activated(_Step("conv", inputs, shape, layer.name, settings), config)


def _separable(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    """A depthwise convolution, then one of 1 x 1."""
    config, shape = layer.config, call.output_shapes[0]
    channels = int(call.input_shapes[0][-1] or 0)
    wide = channels * _number(config["depth_multiplier"])
    depthwise = {
        "filters": wide,
        "kernel": _numbers(config["kernel_size"]),
        "strides": _numbers(config["strides"]),
        "padding": _padding(call.input_shapes[0], config),
        "dilation": _numbers(config["dilation_rate"]),
        "groups": channels,
        "bias": False,
    }
    rank = len(config["kernel_size"])
    pointwise = _plain_conv(_number(config["filters"]), [1] * rank, config["use_bias"])
    first = _Step("conv", inputs, (*shape[:-1], wide), layer.name, depthwise)
    first.parameters = math.prod(layer.weights[0].shape)
    first.weights = ((layer.name, layer.weights[0].name),)
    second = _Step("conv", [first], shape, layer.name, pointwise)
    second.parameters = layer.parameters - first.parameters
    second.weights = tuple((layer.name, w.name) for w in layer.weights[1:])
    return _activated(second, config)


def _number(value: Any) -> int:
    """A whole number from a configuration, which may be a stranger's."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        raise TypeError(f"expected a positive whole number, not {value!r:.50}")
    return value


def _numbers(values: Any) -> list[int]:
    return [_number(value) for value in values]


def _plain_conv(filters: int, kernel: list[int], bias: bool) -> dict[str, Any]:
    ones = [1] * len(kernel)
    return {
        "filters": filters,
        "kernel": kernel,
        "strides": ones,
        "padding": [[0, 0]] * len(kernel),
        "dilation": ones,
        "groups": 1,
        "bias": bias,
    }


def _padding(shape: Shape, config: Any) -> Any:
    """Pixels before and after each axis, `same` as TensorFlow does it."""
    kernel = _numbers(config.get("kernel_size") or config.get("pool_size"))
    mode = config["padding"]
    if mode not in ("valid", "same", "causal"):
        raise ValueError(f"unknown padding {mode!r:.50}")
    if mode == "valid":
        return [[0, 0] for _ in kernel]
    dilation = _numbers(config.get("dilation_rate", [1] * len(kernel)))
    strides = _numbers(config["strides"])
    pads = []
    for size, k, s, d in zip(shape[1:-1], kernel, strides, dilation, strict=True):
        if mode != "same" or size is None:
            return mode
        missing = max((math.ceil(size / s) - 1) * s + d * (k - 1) + 1 - size, 0)
        pads.append([missing // 2, missing - missing // 2])
    return pads


def _dense(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    config, shape = layer.config, call.output_shapes[0]
    if len(shape) == 4:  # At every pixel the same: a convolution of 1 x 1.
        settings = _plain_conv(_number(config["units"]), [1, 1], config["use_bias"])
        return _activated(_Step("conv", inputs, shape, layer.name, settings), config)
    settings = {"units": _number(config["units"]), "bias": config["use_bias"]}
    return _activated(_Step("dense", inputs, shape, layer.name, settings), config)


def _pool(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    config = layer.config
    op = "max_pool" if layer.class_name.startswith("Max") else "average_pool"
    settings = {
        "window": _numbers(config["pool_size"]),
        "strides": _numbers(config["strides"]),
        "padding": _padding(call.input_shapes[0], config),
    }
    return _Step(op, inputs, call.output_shapes[0], layer.name, settings)


def _global_pool(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    op = "global_max_pool" if "Max" in layer.class_name else "global_average_pool"
    return _Step(op, inputs, call.output_shapes[0], layer.name)


def _reduction(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    """`ops.mean` and `ops.max` over the pixels are global pooling."""
    axis, rank = layer.config.get("axis"), len(call.input_shapes[0])
    axes = [axis] if isinstance(axis, int) else list(axis or [])
    if sorted(a % rank for a in axes) == list(range(1, rank - 1)) and rank > 2:
        op = "global_max_pool" if layer.class_name == "Max" else "global_average_pool"
        return _Step(op, inputs, call.output_shapes[0], layer.name)
    return _other(layer, call, inputs)


def _batch_norm(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    config = layer.config
    settings = {"scale": config["scale"], "center": config["center"]}
    return _Step("batch_norm", inputs, call.output_shapes[0], layer.name, settings)


def _activation(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    """Activation layers, and operations that are activations."""
    config, name = layer.config, layer.class_name
    settings: dict[str, Any] = {}
    if name == "Activation":
        return _activated(inputs[0], config, layer.name)
    op = {"LeakyReLU": "leaky_relu", "ReLU": "relu", "Silu": "silu"}.get(name, _snake(name))
    if name == "ReLU" and config.get("max_value") == 6 and not config.get("negative_slope"):
        op = "relu6"
    elif name == "ReLU" and (config.get("max_value") or config.get("negative_slope")):
        settings = {k: config[k] for k in ("max_value", "negative_slope", "threshold")}
        if not config["max_value"] and not config["threshold"]:
            op, settings = "leaky_relu", {"negative_slope": config["negative_slope"]}
    elif name in ("LeakyReLU", "LeakyRelu"):
        slope = config.get("negative_slope", call.arguments["kwargs"].get("negative_slope", 0.2))
        op, settings = "leaky_relu", {"negative_slope": slope}
    elif name == "ELU":
        op, settings = "elu", {"alpha": config.get("alpha", 1.0)}
    elif name == "Softmax":
        rank, axis = len(call.output_shapes[0]), config.get("axis", -1)
        settings = {} if axis in (-1, rank - 1) else {"axis": axis}
    return _Step(op, inputs, call.output_shapes[0], layer.name, settings)


def _activated(step: _Step, config: Any, name: str = "") -> _Step:
    """The step, followed by the activation that its configuration names."""
    activation = config.get("activation")
    if activation in (None, "linear"):
        return step
    name = name or step.name
    if isinstance(activation, dict):
        chosen = activation.get("class_name") or activation.get("object") or "activation"
        settings = activation.get("config", {})
        slope = settings.get("negative_slope") if isinstance(settings, dict) else None
        op = {"LeakyReLU": "leaky_relu", "ReLU": "relu"}.get(str(chosen), _snake(str(chosen)))
        kept = {"negative_slope": slope} if slope else {}
        return _Step(op, [step], step.shape, name, kept)
    op = {"swish": "silu"}.get(str(activation), str(activation))
    return _Step(
        op, [step], step.shape, name, {"negative_slope": 0.2} if op == "leaky_relu" else {}
    )


def _dropout(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    if not layer.config["rate"]:
        return inputs[0]
    settings = {"rate": layer.config["rate"]}
    return _Step("dropout", inputs, call.output_shapes[0], layer.name, settings)


def _reshape(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    shape = call.output_shapes[0]
    if len(shape) == 2:
        return _Step("flatten", inputs, shape, layer.name)
    return _Step("reshape", inputs, shape, layer.name, {"shape": list(shape[1:])})


def _pad(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    if layer.class_name == "Pad":
        pads: list[Any] = layer.config.get("pad_width") or [[0, 0]]
        constant = layer.config.get("mode", "constant") == "constant"
        if not constant or len(pads) < 3 or pads[0] != [0, 0] or pads[-1] != [0, 0]:
            return _other(layer, call, inputs)
        pads = pads[1:-1]
    else:
        pads = layer.config["padding"]
        pads = [pads] if isinstance(pads[0], int) else pads
    if len(pads) != len(call.input_shapes[0]) - 2:
        raise ValueError("padding for another number of axes")
    settings = {"padding": [[int(before), int(after)] for before, after in pads]}
    return _Step("pad", inputs, call.output_shapes[0], layer.name, settings)


def _merge(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    shape = call.output_shapes[0]
    constant = any(not isinstance(a, (dict, list)) for a in call.arguments["args"])
    if constant or len(inputs) < 2:
        return _other(layer, call, inputs)
    op = {"Concatenate": "concat"}.get(layer.class_name, layer.class_name.lower())
    settings = {}
    if op == "concat":
        axis = layer.config.get("axis", -1)
        settings = {"axis": axis % len(shape)}
    return _Step(op, inputs, shape, layer.name, settings)


def _nothing(layer: LayerBlueprint, call: CallBlueprint, inputs: list[_Step]) -> _Step:
    return inputs[0]


def _snake(name: str) -> str:
    letters = [f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name)]
    return "".join(letters)


_WITH_WEIGHTS = frozenset({"conv", "dense", "batch_norm"})
_ACTIVATIONS = (
    "Activation ReLU LeakyReLU ELU Softmax Relu Relu6 Sigmoid Tanh LeakyRelu Elu Selu Gelu Silu "
    "HardSigmoid HardSilu Softplus Softsign LogSoftmax Mish Celu"
)
_Rule = Callable[[LayerBlueprint, CallBlueprint, list[_Step]], _Step]
_RULES: dict[str, _Rule] = {
    "InputLayer": _input,
    **dict.fromkeys(("Conv1D", "Conv2D", "Conv3D", "DepthwiseConv1D", "DepthwiseConv2D"), _conv),
    **dict.fromkeys(("SeparableConv1D", "SeparableConv2D"), _separable),
    "Dense": _dense,
    **dict.fromkeys(
        [f"{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3)], _pool
    ),
    **dict.fromkeys(
        [f"Global{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3)], _global_pool
    ),
    **dict.fromkeys(("Mean", "Max"), _reduction),
    "BatchNormalization": _batch_norm,
    **dict.fromkeys(_ACTIVATIONS.split(), _activation),
    **dict.fromkeys(("Dropout", "SpatialDropout2D"), _dropout),
    **dict.fromkeys(("Flatten", "Reshape", "Squeeze", "ExpandDims"), _reshape),
    **dict.fromkeys(("ZeroPadding1D", "ZeroPadding2D", "Pad"), _pad),
    **dict.fromkeys(("Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"), _merge),
    **dict.fromkeys(("Identity", "ActivityRegularization"), _nothing),
}


# ------------------------------------------------------------------------ many ways, one network


def _simplified(outputs: list[_Step]) -> list[_Step]:
    """Rewrite until nothing changes any more."""
    while True:
        steps = _ordered(outputs)
        users: dict[int, list[_Step]] = {}
        for step in steps:
            for source in step.inputs:
                users.setdefault(id(source), []).append(step)
        replaced: dict[int, _Step] = {}
        positive: set[int] = set()  # steps without a negative value
        changed = False
        for step in steps:
            step.inputs = [replaced.get(id(s), s) for s in step.inputs]
            new = _rewritten(step, users, positive)
            if new is not step:
                replaced[id(step)] = new
                changed = True
            if new.op in _NEVER_NEGATIVE or (
                new.op in _KEEPING_SIGNS and all(id(s) in positive for s in new.inputs)
            ):
                positive.add(id(new))
        outputs = [replaced.get(id(o), o) for o in outputs]
        if not changed:
            return outputs


_NEVER_NEGATIVE = frozenset({"relu", "relu6", "sigmoid", "softmax"})
_KEEPING_SIGNS = frozenset(
    {"max_pool", "average_pool", "dropout", "concat", "add", "pad", "multiply"}
)


def _rewritten(step: _Step, users: dict[int, list[_Step]], positive: set[int]) -> _Step:
    """What this step is the same as; the step itself if nothing simpler."""
    step.shape = _without_single_pixels(step.shape)
    source = step.inputs[0] if step.inputs else None
    if source is None:
        return step
    if step.op in ("flatten", "reshape") and source.shape == step.shape:
        return source
    if step.op == "flatten" and source.op == "flatten":
        return _copied(step, inputs=source.inputs)
    # A border of zeros never wins a maximum where no value is below zero.
    zeros = step.op in ("conv", "pad") or (step.op == "max_pool" and id(source) in positive)
    if source.op == "pad" and zeros:
        pads = _sum_of_pads(source.settings["padding"], step.settings["padding"])
        if pads is not None:
            settings = step.settings | {"padding": pads}
            return _copied(step, inputs=source.inputs, settings=settings)
    if step.op in ("max_pool", "average_pool") and _covers(step, source, "window"):
        return _copied(step, op=f"global_{step.op}", settings={})
    if step.op == "conv" and step.settings["groups"] == 1:
        settings = {"units": step.settings["filters"], "bias": step.settings["bias"]}
        if len(source.shape) == 2:
            return _copied(step, op="dense", settings=settings)
        if len(source.shape) == 4 and _covers(step, source, "kernel"):
            size = math.prod(int(n or 0) for n in source.shape[1:])
            flat = _Step("flatten", [source], (source.shape[0], size), source.name)
            return _copied(step, op="dense", inputs=[flat], settings=settings)
    if step.op in ("add", "multiply", "concat"):
        flat_inputs: list[_Step] = []
        for item in step.inputs:
            inside = (
                item.op == step.op
                and item.settings == step.settings
                and len(users.get(id(item), [])) == 1
            )
            flat_inputs += item.inputs if inside else [item]
        if len(flat_inputs) != len(step.inputs):
            return _copied(step, inputs=flat_inputs)
    return step


def _copied(step: _Step, **changes: Any) -> _Step:
    return _Step(**(vars(step) | changes))


def _without_single_pixels(shape: Shape) -> Shape:
    if len(shape) > 2 and all(size == 1 for size in shape[1:-1]):
        return (shape[0], shape[-1])
    return shape


def _covers(step: _Step, source: _Step, window: str) -> bool:
    """Whether the window is the whole input, without padding."""
    pads = step.settings["padding"]
    return (
        list(source.shape[1:-1]) == step.settings[window]
        and isinstance(pads, list)
        and not any(map(any, pads))
        and step.settings.get("dilation", [1]) == [1] * len(step.settings.get("dilation", [1]))
    )


def _sum_of_pads(outer: Any, inner: Any) -> Any:
    """Zeros around, then padding of the operation; `None` if that is not one rectangle of zeros."""
    if not isinstance(inner, list):
        return None
    return [[a + c, b + d] for (a, b), (c, d) in zip(outer, inner, strict=True)]


def _ordered(outputs: list[_Step]) -> list[_Step]:
    """All steps, each after its inputs; without recursion, since networks are deep."""
    order: list[_Step] = []
    done: set[int] = set()
    pending = [(step, False) for step in reversed(outputs)]
    while pending:
        step, ready = pending.pop()
        if id(step) in done:
            continue
        if ready:
            done.add(id(step))
            order.append(step)
            continue
        pending.append((step, True))
        pending += [(s, False) for s in reversed(step.inputs) if id(s) not in done]
    return order


def _frozen(outputs: list[_Step], parameters: int) -> Graph:
    steps = _ordered(outputs)
    place = {id(step): index for index, step in enumerate(steps)}
    nodes = tuple(
        Node(
            step.op,
            step.settings,
            tuple(place[id(source)] for source in step.inputs),
            step.shape,
            step.parameters,
            step.name,
            step.weights,
        )
        for step in steps
    )
    return Graph(nodes, tuple(place[id(step)] for step in outputs), parameters)
