"""Layers as the decks' tables describe them, with the arithmetic of their costs.

A layer here is a row of a table, not code that runs: it knows its output size, its parameters and
its multiply-adds. Sizes may be symbols (`C`, `H`, `W`), and then so are the costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from course_lib.slides._value import Value, times

Size = Any  # int, or a Polynomial where a slide computes with symbols
Shape = tuple[Size, Size, Size]  # channels, height, width


def output_size(size: Size, kernel: int, stride: int, pad: int | str, ceil: bool = False) -> Size:
    """Returns ⌊(size − kernel + 2·pad) / stride⌋ + 1, or with `ceil` the same rounded up.

    `pad="same"` keeps ⌈size / stride⌉, whatever the kernel.
    """
    if pad == "same":
        return size if stride == 1 else -(-size // stride)
    span = size - kernel + 2 * int(pad)
    if stride == 1:
        return span + 1
    return (-(-span // stride) if ceil else span // stride) + 1


def output_size_formula(size: int, kernel: int, stride: int, pad: int | str, ceil: bool) -> str:
    """Returns the formula of `output_size` with its numbers."""
    if pad == "same":
        return f"⌈{size}/{stride}⌉"
    padding = f" + 2·{pad}" if pad else ""
    left, right = ("⌈", "⌉") if ceil else ("⌊", "⌋")
    return f"{left}({size} − {kernel}{padding})/{stride}{right} + 1"


@dataclass(frozen=True)
class Layer:
    """What every row of a table has: a name."""

    name: str

    def output(self, shape: Shape) -> Shape:
        """Returns the output shape as (channels, height, width)."""
        return shape

    def weights(self, shape: Shape) -> Value:
        """Returns the number of weights without biases."""
        return Value(0)

    def biases(self, shape: Shape) -> int:
        """Returns the number of biases."""
        return 0

    def norm(self, shape: Shape) -> int:
        """Returns the scales and shifts of a batch normalization that belongs to the layer."""
        return 0

    def macs(self, shape: Shape) -> Value:
        """Returns the multiply-adds of weights; pooling has none."""
        return Value(0)


@dataclass(frozen=True)
class Conv(Layer):
    """A convolution.

    Args:
        filters: number of output channels.
        kernel: one side, or (height, width).
        pad: pixels on each side, or `"same"`.
        groups: number of groups; `"depthwise"` gives every channel its own filter.
        bias: whether it has biases.
        norm: whether a batch normalization follows, whose scale and shift are counted with it.
        connections: for a partly connected layer, the number of (input map, filter) pairs.
    """

    filters: Size
    kernel: int | tuple[int, int]
    stride: int = 1
    pad: int | Literal["same"] = 0
    groups: int | Literal["depthwise"] = 1
    bias: bool = True
    batch_norm: bool = False
    connections: int | None = None

    @property
    def sides(self) -> tuple[int, int]:
        """Kernel height and width."""
        return self.kernel if isinstance(self.kernel, tuple) else (self.kernel, self.kernel)

    def channels(self, shape: Shape) -> Size:
        """Returns the number of output channels."""
        return shape[0] if self.groups == "depthwise" else self.filters

    def weight_shape(self, shape: Shape) -> tuple[Size, Size, Size, Size]:
        """Returns (filters, channels each filter sees, kernel height, kernel width)."""
        groups = shape[0] if self.groups == "depthwise" else self.groups
        seen = shape[0] if groups == 1 else shape[0] // groups
        return (self.channels(shape), seen, *self.sides)

    def output(self, shape: Shape) -> Shape:
        height, width = self.sides
        return (
            self.channels(shape),
            output_size(shape[1], height, self.stride, self.pad),
            output_size(shape[2], width, self.stride, self.pad),
        )

    def weights(self, shape: Shape) -> Value:
        filters, seen, height, width = self.weight_shape(shape)
        if self.connections is not None:
            return Value(self.connections * height * width, times(height, width, self.connections))
        return Value(filters * seen * height * width, times(height, width, seen, filters))

    def biases(self, shape: Shape) -> int:
        return self.channels(shape) if self.bias else 0

    def norm(self, shape: Shape) -> int:
        return 2 * self.channels(shape) if self.batch_norm else 0

    def macs(self, shape: Shape) -> Value:
        _, height, width = self.output(shape)
        weights = self.weights(shape)
        return Value(weights.value * height * width, times_formula(height, width, weights))


def times_formula(height: Size, width: Size, weights: Value) -> str:
    """Returns `(height·width)·(weights)`."""
    return f"({times(height, width)})·({weights.formula})"


@dataclass(frozen=True)
class Pool(Layer):
    """A pooling with a square window. `ceil` rounds the output size up."""

    kernel: int
    stride: int
    pad: int = 0
    ceil: bool = False
    kind: Literal["max", "average"] = "max"

    def output(self, shape: Shape) -> Shape:
        channels, height, width = shape
        return (
            channels,
            output_size(height, self.kernel, self.stride, self.pad, self.ceil),
            output_size(width, self.kernel, self.stride, self.pad, self.ceil),
        )

    def operations(self, shape: Shape) -> Value:
        """Returns what Lecture 7 charges for a pooling: kernel² operations for every output."""
        channels, height, width = self.output(shape)
        return Value(
            channels * height * width * self.kernel**2,
            f"({times(channels, height, width)})·({self.kernel}·{self.kernel})",
        )


@dataclass(frozen=True)
class GlobalPool(Layer):
    """Average over all positions."""

    def output(self, shape: Shape) -> Shape:
        return (shape[0], 1, 1)


@dataclass(frozen=True)
class Flatten(Layer):
    """All elements as one vector."""

    def output(self, shape: Shape) -> Shape:
        return (shape[0] * shape[1] * shape[2], 1, 1)


@dataclass(frozen=True)
class Norm(Layer):
    """A normalization without parameters (local response normalization)."""


@dataclass(frozen=True)
class BatchNorm(Layer):
    """A batch normalization that stands alone, not behind a convolution."""

    def norm(self, shape: Shape) -> Size:
        return 2 * shape[0]


@dataclass(frozen=True)
class Dense(Layer):
    """A fully connected layer. It flattens what it gets."""

    units: Size
    bias: bool = True

    def inputs(self, shape: Shape) -> Size:
        """Returns the number of inputs."""
        return shape[0] * shape[1] * shape[2]

    def output(self, shape: Shape) -> Shape:
        return (self.units, 1, 1)

    def weights(self, shape: Shape) -> Value:
        return Value(self.inputs(shape) * self.units, times(self.inputs(shape), self.units))

    def biases(self, shape: Shape) -> int:
        return self.units if self.bias else 0

    def macs(self, shape: Shape) -> Value:
        return self.weights(shape)


@dataclass(frozen=True)
class Group(Layer):
    """Layers under one name, in sequence: a stage or a block. `times` repeats them."""

    layers: tuple[Layer, ...]
    times: int = 1


@dataclass(frozen=True)
class Branches(Layer):
    """Parallel branches, merged by concatenating channels or by adding.

    An empty branch is the identity. `pad_channels` lets an addition take fewer channels from the
    identity and fill up with zeros, which costs nothing.
    """

    branches: tuple[tuple[Layer, ...], ...]
    merge: Literal["concat", "add"] = "concat"
    pad_channels: bool = False
