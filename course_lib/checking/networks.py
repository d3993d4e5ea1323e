"""What a network must be: its rows of layers, or its structure, and how it differs from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from course_lib.checking.expectations import Expectation
from course_lib.checking.finding import Finding

if TYPE_CHECKING:
    from course_lib.structure import Graph

LayerRow = tuple[str, str, tuple[int | None, ...], int]
"""Name, class name, output shape and parameters of a layer."""


@dataclass(frozen=True, eq=False)
class LayerTable(Expectation):
    """A blueprint must have these layers and this many parameters.

    Attributes:
        layers: one `(name on the slide, class name, output shape, parameters)` for each layer that
            has parameters or changes the shape; the batch size in a shape is `None`.
        parameters: the total.
        ordered: whether the layers must come in this order. Parallel branches need not.
    """

    kind: ClassVar[str] = "network"
    layers: tuple[LayerRow, ...] = ()
    parameters: int = 0
    ordered: bool = True

    def difference(self, value: Any) -> Finding | None:
        return layer_difference(self.layers, self.parameters, self.ordered, value)


@dataclass(frozen=True, eq=False)
class Structure(Expectation):
    """A blueprint must be this network, in whatever style it is written.

    Attributes:
        graph: the canonical graph, as data (`course_lib.structure.Graph.to_value`).
        ignore: settings that do not count (`"rate"` of dropout).
    """

    kind: ClassVar[str] = "structure"
    recognises: ClassVar[bool] = True
    graph: dict[str, Any] = field(default_factory=dict)
    ignore: tuple[str, ...] = ("rate",)

    def difference(self, value: Any) -> Finding | None:
        return structure_difference(self.graph, self.ignore, value)

    def mark_of(self, value: Any) -> Any:
        """The signature of a mistake's network."""
        return signature_of(self.ignore, value)

    def is_marked(self, mark: Any, value: Any) -> bool:
        try:
            return bool(signature_of(self.ignore, value) == mark)
        except ValueError:
            return False


def layer_difference(
    layers: Sequence[LayerRow], parameters: int, ordered: bool, value: Any
) -> Finding | None:
    """The first difference between a blueprint (as data) and the expected rows, or `None`.

    Args:
        layers: the rows.
        parameters: the total.
        ordered: whether they must come in this order.
        value: the blueprint.
    """
    from course_lib.blueprints import Blueprint

    try:
        observed = Blueprint.from_dict(value)
    except (ValueError, TypeError, KeyError) as error:
        return Finding("The network could not be read.", observed=str(error)[:200])
    rows = [
        (layer.name, layer.class_name, layer.output_shapes[0], layer.parameters)
        for layer in observed.layers
        if layer.output_shapes
        and (layer.parameters or layer.input_shapes[:1] != layer.output_shapes[:1])
        and layer.class_name != "InputLayer"
    ]
    total = f"{parameters:,} parameters in all"
    paired = list(rows) if ordered else _paired(layers, rows)
    for index, (slide_name, class_name, shape, count) in enumerate(layers):
        row = paired[index] if index < len(paired) else None
        if row is None:
            lacks = "ends before" if ordered else "has no"
            return Finding(
                f"The network {lacks} {slide_name} ({class_name}).",
                f"{len(layers)} layers, {total}",
                f"{len(rows)} layers, {observed.parameters:,} parameters",
                where=slide_name,
            )
        name, got_class, got_shape, got_parameters = row
        wanted = f"{class_name} giving {tuple(shape)} with {count:,} parameters"
        got = f"{got_class} giving {tuple(got_shape)} with {got_parameters:,} parameters"
        if got_class != class_name:
            message = f"{slide_name} should be {class_name}, but layer `{name}` is {got_class}."
        elif tuple(got_shape) != tuple(shape):
            message = f"{slide_name} gives the wrong shape (your layer `{name}`)."
        elif got_parameters != count:
            short = count - got_parameters
            message = (
                f"{slide_name} has {abs(short):,} parameters too {'few' if short > 0 else 'many'} "
                f"(your layer `{name}`)."
            )
        else:
            continue
        hint = ""
        if got_class == class_name and count - got_parameters == shape[-1]:
            hint = (
                f"{shape[-1]} is one bias for each of the {shape[-1]} outputs: is `use_bias` off?"
            )
        return Finding(message, wanted, got, where=slide_name, hint=hint)
    if len(paired) > len(layers):
        name, got_class, _, _ = paired[len(layers)]
        return Finding(
            f"There is a layer too many: `{name}` ({got_class}).",
            f"{len(layers)} layers, {total}",
            f"{len(rows)} layers, {observed.parameters:,} parameters",
        )
    if observed.parameters != parameters:
        return Finding(
            "The number of parameters is wrong.", total, f"{observed.parameters:,} parameters"
        )
    return None


def _paired(expected: Sequence[LayerRow], rows: Sequence[LayerRow]) -> list[Any]:
    """The rows in the order of what is expected, `None` where none fits, then those left over."""
    left = list(rows)
    pairs: list[LayerRow | None] = [None] * len(expected)
    alike: list[Callable[[LayerRow, LayerRow], bool]] = [
        lambda want, row: tuple(want) == tuple(row),
        lambda want, row: (want[1], tuple(want[2]), want[3]) == (row[1], tuple(row[2]), row[3]),
        lambda want, row: want[0] == row[0],
        lambda want, row: want[1] == row[1],
    ]
    for fits in alike:
        for index, want in enumerate(expected):
            found = next((row for row in left if fits(want, row)), None)
            if pairs[index] is None and found is not None:
                pairs[index] = found
                left.remove(found)
    return [*pairs, *left]


def structure_difference(
    graph: dict[str, Any], ignore: tuple[str, ...], value: Any
) -> Finding | None:
    """How a blueprint (as data) departs from the expected structure, or `None`."""
    from course_lib.structure import Graph, compare, draw_differences

    try:
        observed = _graph_of(value)
    except ValueError as error:
        return Finding("The network could not be read.", observed=str(error)[:300])
    expected = Graph.from_value(graph)
    found = compare(expected, observed, ignore)
    if not found:
        return None
    first, others = found[0], found[1:]
    lines = [f"{d.message} {d.hint}".strip() for d in others[:_MAX_OTHERS]]
    if len(others) > _MAX_OTHERS:
        lines.append(f"... and {len(others) - _MAX_OTHERS} more differences.")
    drawing = draw_differences(expected, observed, found, ignore).svg
    return Finding(
        first.message,
        first.expected,
        first.observed,
        first.where,
        first.hint,
        details="\n".join(lines),
        drawing=drawing if len(drawing) <= _MAX_DRAWING else "",
    )


def signature_of(ignore: Sequence[str], value: Any) -> str:
    """What identifies the network of a blueprint (as data)."""
    from course_lib.structure import signature

    return signature(_graph_of(value), ignore)


def _graph_of(value: Any) -> Graph:
    from course_lib.blueprints import Blueprint
    from course_lib.structure import canonical

    return canonical(Blueprint.from_dict(value))


_MAX_OTHERS = 6
_MAX_DRAWING = 200_000
