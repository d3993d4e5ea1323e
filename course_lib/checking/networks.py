"""Compare a network's blueprint with the rows of layers, or the structure, that was expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from course_lib.checking.cases import Network, Structure
from course_lib.checking.differences import Difference

if TYPE_CHECKING:
    from course_lib.structure import Graph

# Name, class name, output shape and parameters of a layer.
_Row = tuple[str, str, tuple[int | None, ...], int]


def network_difference(expects: Network, value: Any) -> Difference | None:
    """The first difference between a blueprint (as data) and the expected rows, or `None`."""
    from course_lib.blueprints import Blueprint

    try:
        observed = Blueprint.from_dict(value)
    except (ValueError, TypeError, KeyError) as error:
        return Difference("The network could not be read.", observed=str(error)[:200])
    rows = [
        (layer.name, layer.class_name, layer.output_shapes[0], layer.parameters)
        for layer in observed.layers
        if layer.output_shapes
        and (layer.parameters or layer.input_shapes[:1] != layer.output_shapes[:1])
        and layer.class_name != "InputLayer"
    ]
    total = f"{expects.parameters:,} parameters in all"
    paired = list(rows) if expects.ordered else _paired(expects.layers, rows)
    for index, (slide_name, class_name, shape, parameters) in enumerate(expects.layers):
        row = paired[index] if index < len(paired) else None
        if row is None:
            lacks = "ends before" if expects.ordered else "has no"
            return Difference(
                f"The network {lacks} {slide_name} ({class_name}).",
                f"{len(expects.layers)} layers, {total}",
                f"{len(rows)} layers, {observed.parameters:,} parameters",
                where=slide_name,
            )
        name, got_class, got_shape, got_parameters = row
        wanted = f"{class_name} giving {tuple(shape)} with {parameters:,} parameters"
        got = f"{got_class} giving {tuple(got_shape)} with {got_parameters:,} parameters"
        if got_class != class_name:
            message = f"{slide_name} should be {class_name}, but layer `{name}` is {got_class}."
        elif tuple(got_shape) != tuple(shape):
            message = f"{slide_name} gives the wrong shape (your layer `{name}`)."
        elif got_parameters != parameters:
            short = parameters - got_parameters
            message = (
                f"{slide_name} has {abs(short):,} parameters too {'few' if short > 0 else 'many'} "
                f"(your layer `{name}`)."
            )
        else:
            continue
        hint = ""
        if got_class == class_name and parameters - got_parameters == shape[-1]:
            hint = (
                f"{shape[-1]} is one bias for each of the {shape[-1]} outputs: is `use_bias` off?"
            )
        return Difference(message, wanted, got, where=slide_name, hint=hint)
    if len(paired) > len(expects.layers):
        name, got_class, _, _ = paired[len(expects.layers)]
        return Difference(
            f"There is a layer too many: `{name}` ({got_class}).",
            f"{len(expects.layers)} layers, {total}",
            f"{len(rows)} layers, {observed.parameters:,} parameters",
        )
    if observed.parameters != expects.parameters:
        return Difference(
            "The number of parameters is wrong.", total, f"{observed.parameters:,} parameters"
        )
    return None


def _paired(expected: Sequence[_Row], rows: Sequence[_Row]) -> list[Any]:
    """The rows in the order of what is expected, `None` where none fits, then those left over."""
    left = list(rows)
    pairs: list[_Row | None] = [None] * len(expected)
    alike: list[Callable[[_Row, _Row], bool]] = [
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


def structure_difference(expects: Structure, value: Any) -> Difference | None:
    """How a blueprint (as data) departs from the expected structure, or `None`."""
    from course_lib.structure import Graph, compare, draw_differences

    try:
        observed = _graph_of(value)
    except ValueError as error:
        return Difference("The network could not be read.", observed=str(error)[:300])
    expected = Graph.from_value(expects.graph)
    found = compare(expected, observed, expects.ignore)
    if not found:
        return None
    first, others = found[0], found[1:]
    lines = [f"{d.message} {d.hint}".strip() for d in others[:_MAX_OTHERS]]
    if len(others) > _MAX_OTHERS:
        lines.append(f"... and {len(others) - _MAX_OTHERS} more differences.")
    drawing = draw_differences(expected, observed, found, expects.ignore).svg
    return Difference(
        first.message,
        first.expected,
        first.observed,
        first.where,
        first.hint,
        "\n".join(lines),
        drawing if len(drawing) <= _MAX_DRAWING else "",
    )


def same_structure(expects: Structure, mistake: Any, value: Any) -> bool:
    """Whether a network is the one that a known mistake builds.

    Args:
        mistake: the signature of the mistake's network.
        value: a blueprint, as data.
    """
    try:
        return signature_of(expects, value) == mistake
    except ValueError:
        return False


def signature_of(expects: Structure, value: Any) -> str:
    """What identifies the network of a blueprint (as data)."""
    from course_lib.structure import signature

    return signature(_graph_of(value), expects.ignore)


def _graph_of(value: Any) -> Graph:
    from course_lib.blueprints import Blueprint
    from course_lib.structure import canonical

    return canonical(Blueprint.from_dict(value))


_MAX_OTHERS = 6
_MAX_DRAWING = 200_000
