"""What a network must be, in structure and in what it computes, and how it differs from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from course_lib.checking.budgets import over_budget, with_blueprint
from course_lib.checking.expectations import Equal, Expectation
from course_lib.checking.finding import Finding
from course_lib.checking.probes import Observation
from course_lib.checking.room import Room

if TYPE_CHECKING:
    from course_lib.structure import Graph


@dataclass(frozen=True, eq=False)
class Structure(Expectation):
    """A blueprint must be this network, in whatever style it is written.

    Attributes:
        graph: the canonical graph, as data (`course_lib.structure.Graph.to_value`).
        ignore: settings that do not count (`"rate"` of dropout).
        also: other graphs that are as right.
        activations: whether activations count, or only what stands between them.
    """

    kind: ClassVar[str] = "structure"
    recognises: ClassVar[bool] = True
    graph: dict[str, Any] = field(default_factory=dict)
    ignore: tuple[str, ...] = ("rate",)
    also: tuple[dict[str, Any], ...] = ()
    activations: bool = True

    @cached_property
    def room(self) -> Room:
        """A blueprint says more than its graph; and a far deeper network is worth a diagnosis."""
        return with_blueprint(self._room(times=16))

    def judge(self, observation: Observation) -> Finding | None:
        return _not_read(observation) or super().judge(observation)

    def difference(self, value: Any) -> Finding | None:
        """How the network departs from the graph that it is nearest to."""
        graphs = [self.graph, *self.also]
        return structure_difference(graphs, self.ignore, value, self.activations)

    def mark_of(self, value: Any) -> Any:
        """The signature of a mistake's network."""
        return signature_of(self.ignore, value, self.activations)

    def reading_of(self, value: Any) -> Any:
        try:
            return self.mark_of(value)
        except ValueError:
            return None

    def is_marked(self, mark: Any, reading: Any) -> bool:
        return reading is not None and bool(reading == mark)


@dataclass(frozen=True, eq=False)
class WithinBudget(Expectation):
    """A blueprint must be that of a network within a budget, whatever it is made of.

    Attributes:
        limits: what is counted, and how much of it there may be (`budgets.COUNTED`).
        output: shape of what it gives, without the batch dimension; any if it is empty.
    """

    kind: ClassVar[str] = "budget"
    limits: dict[str, int] = field(default_factory=dict)
    output: tuple[int, ...] = ()

    @cached_property
    def room(self) -> Room:
        return with_blueprint(self._room())

    def judge(self, observation: Observation) -> Finding | None:
        return _not_read(observation) or super().judge(observation)

    def difference(self, value: Any) -> Finding | None:
        return over_budget(self.limits, value, self.output)


@dataclass(frozen=True, eq=False)
class Computed(Equal):
    """What a network must compute with given weights.

    Attributes:
        also: what other right networks compute.
    """

    kind: ClassVar[str] = "computed"
    also: tuple[Any, ...] = ()

    def judge(self, observation: Observation) -> Finding | None:
        return _not_read(observation) or super().judge(observation)

    def difference(self, value: Any) -> Finding | None:
        if any(self.is_marked(other, value) for other in self.also):
            return None
        return super().difference(value)


def _not_read(observation: Observation) -> Finding | None:
    """What is to be said where it was the course library that could not go on."""
    if observation.error.get("type") not in _OUR_ERRORS:
        return None
    message, _, hint = observation.error.get("message", "").partition(". ")
    return Finding(f"{message.rstrip('.')}.", hint=hint)


_OUR_ERRORS = ("NotAModelError", "UnknownInputError", "OtherWeightsError")


def structure_difference(
    graphs: Sequence[dict[str, Any]], ignore: tuple[str, ...], value: Any, activations: bool = True
) -> Finding | None:
    """How a blueprint (as data) departs from the nearest of some networks, or `None`."""
    from course_lib.structure import Graph, compare, draw_differences

    try:
        observed = _graph_of(value, activations)
    except ValueError as error:
        return Finding("The network could not be read.", observed=str(error)[:300])
    networks = [Graph.from_value(graph) for graph in graphs]
    compared = [(compare(network, observed, ignore), network) for network in networks]
    found, expected = min(compared, key=lambda pair: len(pair[0]))
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


def signature_of(ignore: Sequence[str], value: Any, activations: bool = True) -> str:
    """What identifies the network of a blueprint (as data)."""
    from course_lib.structure import signature

    return signature(_graph_of(value, activations), ignore)


def _graph_of(value: Any, activations: bool) -> Graph:
    from course_lib.blueprints import Blueprint
    from course_lib.structure import canonical

    graph = canonical(Blueprint.from_dict(value))
    return graph if activations else graph.without_activations()


_MAX_OTHERS = 6
_MAX_DRAWING = 200_000
