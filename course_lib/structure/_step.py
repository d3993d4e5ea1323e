"""A step of a network under construction: what layers become before they are simplified."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.blueprints import CallBlueprint, LayerBlueprint, Shape
from course_lib.structure._graph import ACTIVATIONS, COMMUTATIVE, Array


@dataclass(eq=False)
class Step:
    """A node under construction; the fields are those of `Node`."""

    op: str
    inputs: list[Step]
    shape: Shape
    name: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    parameters: int = 0
    weights: tuple[Array, ...] = ()


UNKNOWN: Array = ()
"""A weight array that is computed from others, which are not seen."""


def copied(step: Step, **changes: Any) -> Step:
    """The step with other values."""
    return Step(**(vars(step) | changes))


def number(value: Any) -> int:
    """A positive whole number from a configuration, which may be a stranger's."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        raise TypeError(f"expected a positive whole number, not {value!r:.50}")
    return value


def numbers(values: Any, count: int | None = None) -> list[int]:
    """Positive whole numbers, one for each axis; a single one stands for all `count` of them."""
    if isinstance(values, int) and count:
        values = [values] * count
    return [number(value) for value in values]


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def window_padding(
    shape: Shape, kernel: list[int], strides: list[int], mode: Any, dilation: list[int]
) -> Any:
    """Pixels before and after each axis, `same` as TensorFlow does it."""
    if mode not in ("valid", "same", "causal"):
        raise ValueError(f"unknown padding {mode!r:.50}")
    if mode == "valid":
        return [[0, 0] for _ in kernel]
    pads = []
    for size, k, s, d in zip(shape[1:-1], kernel, strides, dilation, strict=True):
        if mode != "same" or size is None:
            return mode
        missing = max((math.ceil(size / s) - 1) * s + d * (k - 1) + 1 - size, 0)
        pads.append([missing // 2, missing - missing // 2])
    return pads


def conv_settings(
    shape: Shape,
    kernel: list[int],
    filters: int,
    groups: int,
    bias: Any,
    config: Mapping[str, Any],
) -> dict[str, Any]:
    """The settings of a convolution of maps of this shape.

    Args:
        config: with Keras' `strides`, `padding` and `dilation_rate`.
    """
    rank = len(kernel)
    strides = numbers(config.get("strides", 1), rank)
    dilation = numbers(config.get("dilation_rate", 1), rank)
    return {
        "filters": filters,
        "kernel": kernel,
        "strides": strides,
        "padding": window_padding(shape, kernel, strides, config["padding"], dilation),
        "dilation": dilation,
        "groups": groups,
        "bias": bias,
    }


def pointwise_settings(filters: int, rank: int, bias: Any) -> dict[str, Any]:
    """The settings of a convolution of 1 x 1."""
    return conv_settings((), [1] * rank, filters, 1, bias, {"padding": "valid"})


def pooled(
    layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step], op: str, window: Any
) -> Step:
    """Pooling; with a window of one pixel it only leaves pixels out."""
    config, shape = layer.config, call.input_shapes[0]
    window = numbers(window, len(shape) - 2)
    strides = numbers(config["strides"] or window, len(window))
    output = call.output_shapes[0]
    if set(window) == {1}:
        return subsample(inputs, strides, output, layer.name)
    padding = window_padding(shape, window, strides, config["padding"], [1] * len(window))
    settings = {"window": window, "strides": strides, "padding": padding}
    return Step(op, inputs, output, layer.name, settings)


def subsample(inputs: list[Step], strides: list[int], shape: Shape, name: str) -> Step:
    """Every so many pixels of a map."""
    if set(strides) == {1}:
        return inputs[0]
    return Step("subsample", inputs, shape, name, {"strides": strides})


def sliced(step: Step, axis: int, key: Sequence[int | None], name: str) -> Step:
    """A part of one axis; the step itself if it is all of it.

    Args:
        key: start, stop and step, as Python's slices have them.
    """
    size = step.shape[axis]
    if size is None:
        if key[0] in (None, 0) and key[1] is None and key[2] in (None, 1):
            return step
        raise LookupError("a part of an axis whose size is not known")
    start, stop, stride = slice(*key).indices(size)
    length = len(range(start, stop, stride))
    if length == size and stride > 0:
        return step
    shape = (*step.shape[:axis], length, *step.shape[axis + 1 :])
    settings = {"axis": axis, "start": start, "stop": stop, "step": stride}
    return Step("slice", [step], shape, name, settings)


def transposed(step: Step, axes: Sequence[int], name: str) -> Step:
    """Axes in another order; the step itself if the order is the same."""
    order = [axis % len(step.shape) for axis in axes]
    if order == sorted(order):
        return step
    shape = tuple(step.shape[axis] for axis in order)
    return Step("transpose", [step], shape, name, {"axes": order})


def reshaped(inputs: list[Step], shape: Shape, name: str) -> Step:
    """The same numbers in another shape."""
    if len(shape) == 2:
        return Step("flatten", inputs, shape, name)
    return Step("reshape", inputs, shape, name, {"shape": list(shape[1:])})


def reduced(
    op: str, source: Step, shape: Shape, axes: list[int], keepdims: bool, output: Shape, name: str
) -> Step:
    """The mean or the maximum over some axes; over all pixels it is global pooling."""
    if axes and all(shape[axis] == 1 for axis in axes):
        return reshaped([source], output, name)
    if axes == list(range(1, len(shape) - 1)):
        kind = {"mean": "global_average_pool", "max": "global_max_pool"}[op]
        return Step(kind, [source], output, name)
    return Step(op, [source], output, name, {"axes": axes, "keepdims": keepdims})


def more_channels(source: Step, before: int, after: int, shape: Shape, name: str) -> Step:
    """Channels of zeros before and after those of a map."""
    return Step("pad_channels", [source], shape, name, {"before": before, "after": after})


def other(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> Step:
    """Any layer without a rule of its own: compared by its class and its whole configuration."""
    settings = {
        key: value
        for key, value in layer.config.items()
        if key not in _IRRELEVANT and not key.endswith(("_initializer", "_regularizer"))
    }
    if layer.kind == "layer" and layer.class_name.endswith("Normalization"):
        settings = {k: v for k, v in settings.items() if k not in ("epsilon", "momentum")}
    arguments = [_without_names(value) for value in call.arguments["args"]]
    plain = all(isinstance(value, (dict, list)) for value in arguments)
    settings |= {"class": layer.class_name} | ({} if plain else {"arguments": arguments})
    settings |= {k: v for k, v in call.arguments["kwargs"].items() if not isinstance(v, dict)}
    op = snake(layer.class_name)
    if op in _KNOWN:  # It is called like one of ours, and is not.
        op = f"other_{op}"
    return Step(op, inputs, call.output_shapes[0], layer.name, settings)


_KNOWN = (
    ACTIVATIONS
    | COMMUTATIVE
    | {"conv", "dense", "bias", "batch_norm", "input", "part", "dropout", "spatial_dropout"}
    | {"max_pool", "average_pool", "global_max_pool", "global_average_pool", "mean", "max"}
    | {"pad", "pad_channels", "flatten", "reshape", "subsample", "slice", "transpose", "scale"}
    | {"shuffle"}
)
_IRRELEVANT = frozenset(
    {"name", "trainable", "dtype", "activity_regularizer", "kernel_constraint", "bias_constraint"}
    | {"seed", "quantization_config", "data_format", "lora_rank", "lora_alpha", "build_config"}
)


def _without_names(value: Any) -> Any:
    if isinstance(value, dict) and "weight" in value:
        return {"weight": value.get("shape")}
    return value


def snake(name: str) -> str:
    """`LocalResponseNormalization` as `local_response_normalization`; `LRN` stays as it is."""
    if name.isupper():
        return name
    letters = []
    for place, letter in enumerate(name):
        before, after = name[place - 1 : place], name[place + 1 : place + 2]
        starts = letter.isupper() and (not before.isupper() or after.islower())
        letters.append(f"_{letter.lower()}" if starts and place and before != "_" else letter)
    return "".join(letters).lower()
