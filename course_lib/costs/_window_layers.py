"""Multiply-adds of layers that slide a window: convolutions and pooling."""

from __future__ import annotations

import math

from course_lib.costs._registry import Call, as_tuple, layers, per_example, size, whole, with_bias


def kernel_values(call: Call) -> int:
    """Returns the number of positions in the kernel's window."""
    rank = len(call.spatial(call.input))
    return math.prod(as_tuple(call.config["kernel_size"], rank))


@layers("Conv1D", "Conv2D", "Conv3D")
def convolution(call: Call) -> int:
    """Every output value takes a kernel's window times the channels of its group."""
    outputs = per_example(call.output)
    groups = whole(call.config.get("groups", 1))
    macs = outputs * kernel_values(call) * (call.channels(call.input) // groups)
    return with_bias(call, macs, outputs)


@layers("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose")
def transposed_convolution(call: Call) -> int:
    """Every input value is spread over a kernel's window times the filters."""
    macs = per_example(call.input) * kernel_values(call) * call.channels(call.output)
    return with_bias(call, macs, per_example(call.output))


@layers("DepthwiseConv1D", "DepthwiseConv2D")
def depthwise_convolution(call: Call) -> int:
    """Every output value takes a kernel's window of one channel."""
    outputs = per_example(call.output)
    return with_bias(call, outputs * kernel_values(call), outputs)


@layers("SeparableConv1D", "SeparableConv2D")
def separable_convolution(call: Call) -> int:
    """A depthwise convolution, then a 1x1 convolution."""
    positions = size(call.spatial(call.output))
    middle = call.channels(call.input) * whole(call.config.get("depth_multiplier", 1))
    filters = call.channels(call.output)
    macs = positions * middle * (kernel_values(call) + filters)
    return with_bias(call, macs, positions * filters)


@layers(
    "AveragePooling1D",
    "AveragePooling2D",
    "AveragePooling3D",
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPooling3D",
)
def pooling(call: Call) -> int:
    """Free, or one MAC per value in the window of every output."""
    if not call.conventions.pool_macs:
        return 0
    rank = len(call.spatial(call.input))
    return per_example(call.output) * math.prod(as_tuple(call.config["pool_size"], rank))


@layers(
    *(
        f"{scope}{kind}Pooling{rank}D"
        for scope in ("Global", "Adaptive")
        for kind in ("Average", "Max")
        for rank in (1, 2, 3)
    )
)
def pooling_of_everything(call: Call) -> int:
    """Free, or one MAC per input value: the windows cover the input once."""
    return per_example(call.input) if call.conventions.pool_macs else 0
