"""A network as a canonical graph: the same for every style in which it can be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from course_lib.blueprints import Shape

OPAQUE = "opaque"
"""Marks a node, among its settings, whose layer computes what cannot be seen."""


class Piece(NamedTuple):
    """A layer's weight, or those of its last axis from `start` to before `stop`."""

    layer: str
    weight: str
    start: int = 0
    stop: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The weight that it is taken from."""
        return self.layer, self.weight


Array = tuple[Piece, ...]
"""A weight array: its pieces, side by side along the last axis."""


@dataclass(frozen=True)
class Node:
    """One primitive step of a network.

    Attributes:
        op: what it does: `"conv"`, `"dense"`, `"max_pool"`, `"batch_norm"`, `"relu"`, `"add"` ...
        settings: what distinguishes it from others of its kind: filters, kernel, strides, padding
            (pixels before and after each axis), groups, bias ...
        inputs: positions of the nodes that it takes its inputs from.
        shape: of its output, the batch first; one pixel counts as none: `(None, 1, 1, C)` is
            `(None, C)`.
        parameters: how many numbers its weights hold, trained or not.
        name: of the layer that it comes from.
        weights: the weight arrays, in Keras' order. A convolution whose groups were written by
            hand has an array for all of them, of as many pieces; one of several that were written
            as one has a piece of theirs.
    """

    op: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[int, ...] = ()
    shape: Shape = ()
    parameters: int = 0
    name: str = ""
    weights: tuple[Array, ...] = ()

    @property
    def commutative(self) -> bool:
        """Whether the order of its inputs does not matter to the structure."""
        return self.op in COMMUTATIVE


ACTIVATIONS = frozenset(
    {"relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "celu", "at_most_6"}
    | {"sigmoid", "hard_sigmoid", "hard_silu", "tanh", "softplus", "softsign"}
    | {"softmax", "log_softmax"}
)
COMMUTATIVE = frozenset({"add", "multiply", "average", "maximum", "minimum", "concat"})


@dataclass(frozen=True)
class Graph:
    """A network's nodes, each after those that it depends on.

    Attributes:
        nodes: the steps.
        outputs: positions of the nodes whose values are the network's outputs.
        parameters: of the whole network; a shared weight counts once.
    """

    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]
    parameters: int

    def to_value(self) -> dict[str, Any]:
        """The graph as plain data."""
        return {
            "nodes": [
                {
                    "op": node.op,
                    "settings": dict(node.settings),
                    "inputs": list(node.inputs),
                    "shape": list(node.shape),
                    "parameters": node.parameters,
                    "name": node.name,
                }
                for node in self.nodes
            ],
            "outputs": list(self.outputs),
            "parameters": self.parameters,
        }

    @staticmethod
    def from_value(value: dict[str, Any]) -> Graph:
        """The inverse of `to_value`, but for the weights' names. Not for a stranger's data."""
        nodes = tuple(
            Node(
                node["op"],
                node["settings"],
                tuple(node["inputs"]),
                tuple(node["shape"]),
                node["parameters"],
                node["name"],
            )
            for node in value["nodes"]
        )
        return Graph(nodes, tuple(value["outputs"]), value["parameters"])

    def without_activations(self) -> Graph:
        """The same network with every activation left out."""
        place: dict[int, int] = {}
        nodes: list[Node] = []
        for index, node in enumerate(self.nodes):
            if node.op in ACTIVATIONS:
                place[index] = place[node.inputs[0]]
                continue
            place[index] = len(nodes)
            nodes.append(replace(node, inputs=tuple(place[source] for source in node.inputs)))
        outputs = tuple(place[output] for output in self.outputs)
        return Graph(tuple(nodes), outputs, self.parameters)

    def consumers(self) -> list[list[int]]:
        """For each node the positions of those that take its output."""
        users: list[list[int]] = [[] for _ in self.nodes]
        for index, node in enumerate(self.nodes):
            for source in node.inputs:
                users[source].append(index)
        return users
