"""Whether a network costs no more than it may: parameters, multiply-adds, its largest activation.

Costs are counted where it is judged, from the blueprint that came back, by `course_lib.costs`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from course_lib.checking.finding import Finding
from course_lib.checking.room import Room
from course_lib.checking.wire import MAX_TREE_BYTES

if TYPE_CHECKING:
    from course_lib.costs import CostTable

COUNTED = {
    "parameters": "parameters",
    "macs": "multiply-adds",
    "largest_activation_bytes": "bytes in the largest activation",
}
"""What may be limited, as `costs.CostTable` calls it, and in words."""
_SHOWN = 3


def with_blueprint(room: Room) -> Room:
    """Room for a blueprint, too: a far deeper network is worth a diagnosis."""
    return replace(
        room,
        tree_bytes=MAX_TREE_BYTES,
        nodes=room.nodes + 200_000,
        characters=room.characters + (2 << 20),
    )


def over_budget(limits: dict[str, int], value: Any, output: tuple[int, ...] = ()) -> Finding | None:
    """By how much a network is over which of its limits; `None` if it is within all of them.

    Args:
        limits: from the keys of `COUNTED` to the most that is allowed.
        value: a blueprint, as data.
        output: the shape that it must give, without the batch dimension; any if it is empty.
    """
    from course_lib.blueprints import Blueprint
    from course_lib.costs import count

    try:
        plan = Blueprint.from_dict(value)
        table = count(plan, bytes_per_value=4)
    except Exception as error:  # whatever came back
        return Finding("The network could not be read.", observed=str(error)[:300])
    shapes = [shape[1:] for shape in plan.output_shapes]
    if output and shapes != [tuple(output)]:
        return Finding(
            "The network gives something else than what is asked for.",
            f"(batch, {', '.join(map(str, output))})",
            ", ".join(f"(batch, {', '.join(map(str, shape))})" for shape in shapes),
        )
    if table.unsupported:
        return Finding(
            "A part of the network cannot be counted, so nobody can say that it is within the "
            "budget.",
            observed="; ".join(table.unsupported[:_SHOWN])[:300],
            hint="Build it from layers of Keras and operations of `keras.ops`.",
        )
    found = {key: getattr(table, key) for key in limits}
    over = [key for key, most in limits.items() if found[key] > most]
    if not over:
        return None
    sentences = [
        f"{found[key]:,} {COUNTED[key]}, {found[key] - limits[key]:,} more than the "
        f"{limits[key]:,} allowed ({found[key] / limits[key] - 1:+.0%})"
        for key in over
    ]
    return Finding(
        f"The network is over the budget: {'; '.join(sentences)}.",
        ", ".join(f"at most {most:,} {COUNTED[key]}" for key, most in limits.items()),
        ", ".join(f"{number:,} {COUNTED[key]}" for key, number in found.items()),
        hint=_largest(table, over),
    )


def trained_over(limits: dict[str, int], value: Any) -> Finding | None:
    """The same for every network that a training has brought back."""
    blueprints = value.get("blueprints") if isinstance(value, dict) else None
    if not isinstance(blueprints, list) or not blueprints or None in blueprints:
        return Finding(
            "You must return the trained Keras model itself.",
            "a Keras model",
            "something else",
            hint="What stands around a model cannot be counted. Put what prepares the images "
            "into the model.",
        )
    return next(filter(None, (over_budget(limits, one) for one in blueprints)), None)


def _largest(table: CostTable, over: list[str]) -> str:
    """Which layer has the most of what there is too much of."""
    told = []
    for key, attribute in [
        ("parameters", "parameters"),
        ("macs", "macs"),
        ("largest_activation_bytes", "largest_bytes"),
    ]:
        if key not in over:
            continue
        row = max(table.rows, key=lambda row: getattr(row, attribute) or 0)
        shape = " × ".join(map(str, (row.output_shape or ())[1:]))
        told.append(
            f"Most {COUNTED[key].replace('bytes in the largest activation', 'bytes')}: "
            f"{getattr(row, attribute):,} in `{row.layer[:60]}` ({row.type[:40]}, {shape})."
        )
    return " ".join(told)
