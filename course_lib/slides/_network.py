"""A network as a table of layers, traced row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from course_lib.slides._layers import (
    Branches,
    Conv,
    Dense,
    Flatten,
    Group,
    Layer,
    Pool,
    Shape,
    Size,
)
from course_lib.slides._value import Value, plus, show, times


@dataclass(frozen=True)
class Row:
    """One traced layer.

    Attributes:
        group: name of the outermost stage or block it stands in, or its own name.
        layer: the layer.
        input: input shape as (channels, height, width).
        side: whether it stands on a shortcut (projections do not count as weight layers).
    """

    group: str
    layer: Layer
    input: Shape
    side: bool = False

    @property
    def name(self) -> str:
        """The layer's name in the table."""
        return self.layer.name

    @property
    def output(self) -> Shape:
        """Output shape as (channels, height, width)."""
        return self.layer.output(self.input)

    @property
    def weighted(self) -> bool:
        """Whether it has weights."""
        return isinstance(self.layer, Conv | Dense)

    def elements(self) -> Value:
        """Returns the number of output elements."""
        channels, height, width = self.output
        return Value(channels * height * width, times(channels, height, width))

    def parameters(self, biases: bool = True, norm: bool = True, statistics: bool = False) -> Value:
        """Returns the number of parameters.

        Args:
            biases: whether biases count.
            norm: whether scale and shift of batch normalization count.
            statistics: whether its moving mean and variance count too.
        """
        weights = self.layer.weights(self.input)
        total, formula = weights.value, weights.formula
        extra = self.layer.biases(self.input) if biases else 0
        norms = self.layer.norm(self.input)
        batch_norm = (norms if norm else 0) + (norms if statistics else 0)
        for more in (extra, batch_norm):
            if more != 0:
                total, formula = total + more, f"{formula} + {show(more)}"
        return Value(total, formula)

    def macs(self, pools: bool = False) -> Value:
        """Returns the multiply-adds; with `pools` also kernel² operations for a pooled output."""
        if pools and isinstance(self.layer, Pool):
            return self.layer.operations(self.input)
        return self.layer.macs(self.input)


class Network:
    """A network described as data.

    Args:
        title: the network's name for people.
        input_shape: (channels, height, width).
        layers: layers, groups and branches.
    """

    def __init__(self, title: str, input_shape: Shape, *layers: Layer) -> None:
        self.title = title
        self.input_shape = input_shape
        self.layers = layers

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All layers in order, with branches flattened."""
        rows: list[Row] = []
        shape = self.input_shape
        for layer in self.layers:
            shape = _trace(layer, shape, layer.name, False, rows)
        return tuple(rows)

    @cached_property
    def output_shapes(self) -> dict[str, Shape]:
        """Output shape of every layer, group and merge at the top of the table."""
        shapes: dict[str, Shape] = {}
        shape = self.input_shape
        for layer in self.layers:
            shape = _trace(layer, shape, layer.name, False, [])
            shapes[layer.name] = shape
        return shapes

    def row(self, name: str) -> Row:
        """Returns the row of that name.

        Raises:
            KeyError: if the table has no such row, or several.
        """
        found = [row for row in self.rows if row.name == name]
        if len(found) != 1:
            names = ", ".join(dict.fromkeys(row.name for row in self.rows))
            raise KeyError(
                f"A row of {self.title} must be named by exactly one of: {names}. "
                f"Received: {name!r}"
            )
        return found[0]

    def total(self, quantity: Callable[[Row], Value], keep: Callable[[Row], bool]) -> Value:
        """Sums a quantity over rows; the derivation has a term for every group that adds to it."""
        groups: dict[str, list[Value]] = {}
        for row in self.rows:
            value = quantity(row)
            if keep(row) and value.value != 0:
                groups.setdefault(row.group, []).append(value)
        total: Size = 0
        terms = []
        for name, values in groups.items():
            subtotal: Size = 0
            for value in values:
                subtotal = subtotal + value.value
            total = total + subtotal
            terms.append(f"{show(subtotal)} ({name})")
        return Value(total, plus(terms))

    def weight_layers(self) -> Value:
        """Returns the depth as papers count it: layers with weights on the longest path.

        Parallel branches count as their longest; projection shortcuts do not count.
        """
        terms = [(layer.name, _depth(layer)) for layer in self.layers]
        return Value(
            sum(depth for _, depth in terms),
            plus(f"{depth} ({name})" for name, depth in terms if depth),
        )


def _trace(layer: Layer, shape: Shape, group: str, side: bool, rows: list[Row]) -> Shape:
    if isinstance(layer, Group):
        for _ in range(layer.times):
            for inner in layer.layers:
                shape = _trace(inner, shape, group, side, rows)
        return shape
    if isinstance(layer, Branches):
        shapes = []
        for number, branch in enumerate(layer.branches):
            end = shape
            shortcut = side or (layer.merge == "add" and number > 0)
            for inner in branch:
                end = _trace(inner, end, group, shortcut, rows)
            shapes.append(end)
        return _merge(layer, shapes)
    row = Row(group, layer, shape, side)
    rows.append(row)
    return row.output


def _merge(layer: Branches, shapes: list[Shape]) -> Shape:
    sizes = {shape[1:] for shape in shapes}
    channels = {shape[0] for shape in shapes}
    if layer.merge == "add":
        fits = len(channels) == 1 or layer.pad_channels
        merged = shapes[0][0]
    else:
        fits = True
        merged = shapes[0][0]
        for shape in shapes[1:]:
            merged = merged + shape[0]
    if len(sizes) != 1 or not fits:
        raise ValueError(
            f"Branches of {layer.name} must end in shapes that can be merged by {layer.merge!r}. "
            f"Received: {shapes}"
        )
    return (merged, *shapes[0][1:])


def _depth(layer: Layer) -> int:
    if isinstance(layer, Group):
        return layer.times * sum(_depth(inner) for inner in layer.layers)
    if isinstance(layer, Branches):
        main = layer.branches[:1] if layer.merge == "add" else layer.branches
        return max(sum(_depth(inner) for inner in branch) for branch in main)
    return int(isinstance(layer, Conv | Dense))


def select(kinds: str) -> Callable[[Row], bool]:
    """Returns a test of rows: `all`, or a union such as `conv+dense` of conv, dense, pool, flatten.

    Raises:
        ValueError: for an unknown kind.
    """
    classes = {"conv": Conv, "dense": Dense, "pool": Pool, "flatten": Flatten}
    if kinds == "all":
        return lambda row: True
    unknown = [kind for kind in kinds.split("+") if kind not in classes]
    if unknown:
        raise ValueError(
            f"`kinds` must be 'all' or joined with '+' from {sorted(classes)}. Received: {kinds!r}"
        )
    wanted = tuple(classes[kind] for kind in kinds.split("+"))
    return lambda row: isinstance(row.layer, wanted)


def convolutions(rows: tuple[Row, ...]) -> Iterator[Conv]:
    """Yields the convolutions that are not on a shortcut."""
    for row in rows:
        if isinstance(row.layer, Conv) and not row.side:
            yield row.layer
