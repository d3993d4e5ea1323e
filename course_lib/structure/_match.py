"""Which node of one graph is which of another."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from course_lib.structure._graph import Graph, Node


class View:
    """A graph with what matching needs to know about it.

    Settings named in `ignored` do not count, nor does how a padding is written.
    """

    def __init__(self, graph: Graph, ignored: frozenset[str] = frozenset()) -> None:
        self.graph, self.nodes = graph, graph.nodes
        self.users = graph.consumers()
        self._ignored = ignored | {"written"}

    def label(self, index: int) -> str:
        """Op and settings of a node, as text."""
        node = self.nodes[index]
        settings = {k: v for k, v in node.settings.items() if k not in self._ignored}
        return f"{node.op} {json.dumps(settings, sort_keys=True, default=str)}"

    @cached_property
    def labels(self) -> list[str]:
        return [self.label(index) for index in range(len(self.nodes))]

    @cached_property
    def above(self) -> list[str]:
        """For each node a digest of it and of all that it depends on; the same everywhere."""
        digests: list[str] = []
        for index, node in enumerate(self.nodes):
            sources = [digests[source] for source in node.inputs]
            digests.append(_digest(self.labels[index], *_order(node, sources)))
        return digests

    @cached_property
    def below(self) -> list[str]:
        """For each node a digest of it and of all that depends on it."""
        digests = [""] * len(self.nodes)
        for index in reversed(range(len(self.nodes))):
            users = sorted(digests[user] for user in self.users[index])
            is_output = index in self.graph.outputs
            digests[index] = _digest(self.labels[index], str(is_output), *users)
        return digests

    @cached_property
    def branches(self) -> list[str]:
        """For each node a digest of its own branch: back to where it began, on to where it ends.

        What only looks alike in two branches of one module is told apart by it.
        """
        since, until = [""] * len(self.nodes), [""] * len(self.nodes)
        for index, node in enumerate(self.nodes):
            before = ("from" if len(self.users[i]) > 1 else since[i] for i in node.inputs)
            since[index] = _digest(self.labels[index], *sorted(before))
        for index in reversed(range(len(self.nodes))):
            users = self.users[index]
            after = (self.nodes[i].op if len(self.nodes[i].inputs) > 1 else until[i] for i in users)
            until[index] = _digest(self.labels[index], *sorted(after))
        return [f"{one} {other}" for one, other in zip(since, until, strict=True)]

    def joined(self, *digests: list[str]) -> list[str]:
        """Several digests of each node as one."""
        return [" ".join(several) for several in zip(*digests, strict=True)]

    @cached_property
    def depths(self) -> list[tuple[int, int]]:
        """For each node how many convolutions and dense layers lie above and below it."""
        above, below = [0] * len(self.nodes), [0] * len(self.nodes)
        for index, node in enumerate(self.nodes):
            own = node.op in ("conv", "dense")
            above[index] = own + max((above[i] for i in node.inputs), default=0)
        for index in reversed(range(len(self.nodes))):
            own = self.nodes[index].op in ("conv", "dense")
            below[index] = own + max((below[i] for i in self.users[index]), default=0)
        return list(zip(above, below, strict=True))


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def _order(node: Node, values: list[Any]) -> list[Any]:
    return sorted(values) if node.commutative else values


def signature(graph: Graph, ignore: Iterable[str] = ()) -> str:
    """A text that two graphs share if, and only if, they are one and the same network.

    Args:
        ignore: settings that do not count.
    """
    view = View(graph, frozenset(ignore))
    outputs = [view.above[output] for output in graph.outputs]
    return _digest(str(len(graph.nodes)), str(graph.parameters), *outputs)


def match(expected: View, observed: View) -> dict[int, int]:
    """Pairs of nodes that mean the same, as far as they can be found: expected to observed.

    First come the nodes with the same history and the same future, then those with the same
    history, then those with the same future; of those first what lies in the same branch. From
    these pairs matching goes on to their neighbours, the most alike first, over gaps of a few
    nodes.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def join(a: int, b: int) -> None:
        pairs[a] = b
        taken.add(b)

    for digests_a, digests_b in zip(_alike(expected), _alike(observed), strict=True):
        places: dict[str, list[int]] = {}
        for b, digest in enumerate(digests_b):
            if b not in taken:
                places.setdefault(digest, []).append(b)
        for a, digest in enumerate(digests_a):
            if a not in pairs and places.get(digest):
                join(a, places[digest].pop(0))
    for a, b in zip(expected.graph.outputs, observed.graph.outputs, strict=False):
        if a not in pairs and b not in taken and expected.nodes[a].op == observed.nodes[b].op:
            join(a, b)

    queue: list[tuple[float, int, int, int]] = []
    ticket = itertools.count()

    def look_around(a: int, b: int) -> None:
        for near_a, near_b, gap in _neighbours(expected, observed, a, b):
            if near_a in pairs or near_b in taken:
                continue
            alike = _likeness(expected, observed, near_a, near_b)
            if alike > 0:
                heapq.heappush(queue, (gap - alike, next(ticket), near_a, near_b))

    for a, b in list(pairs.items()):
        look_around(a, b)
    while queue:
        _, _, a, b = heapq.heappop(queue)
        if a in pairs or b in taken:
            continue
        join(a, b)
        look_around(a, b)
    return pairs


def _alike(view: View) -> Iterator[list[str]]:
    """Digests by which nodes are matched, the surest first."""
    yield view.joined(view.above, view.below)
    yield view.joined(view.above, view.branches)
    yield view.above
    yield view.joined(view.below, view.branches)
    yield view.below


_REACH = 3
_BREADTH = 16  # of a node with thousands of inputs, the first ones


def _neighbours(expected: View, observed: View, a: int, b: int) -> Iterator[tuple[int, int, float]]:
    """Nodes within reach of a pair, on the same side of it, with what the distance costs."""
    for walk in (_sources, _users):
        for (near_a, steps_a), (near_b, steps_b) in itertools.product(
            walk(expected, a), walk(observed, b)
        ):
            yield near_a, near_b, 0.5 * abs(steps_a - steps_b) + 0.25 * min(steps_a, steps_b)


def _sources(view: View, index: int) -> Iterator[tuple[int, int]]:
    return _walk(index, lambda i: view.nodes[i].inputs)


def _users(view: View, index: int) -> Iterator[tuple[int, int]]:
    return _walk(index, lambda i: view.users[i])


def _walk(index: int, onward: Any) -> Iterator[tuple[int, int]]:
    level, seen = [index], {index}
    for steps in range(1, _REACH + 1):
        level = list(dict.fromkeys(n for i in level for n in onward(i) if n not in seen))
        level = level[:_BREADTH]
        seen.update(level)
        for near in level:
            yield near, steps


# Ops that are mistaken for each other: a pair of them is a wrong layer, not a missing one.
_FAMILIES = (
    {"max_pool", "average_pool"},
    {"global_max_pool", "global_average_pool", "flatten"},
    {"relu", "tanh", "sigmoid", "leaky_relu", "elu", "selu", "gelu", "silu", "relu6", "softmax"},
    {"add", "concat", "multiply", "average", "maximum"},
)


def _likeness(expected: View, observed: View, a: int, b: int) -> float:
    """How alike two nodes are: 0 for not at all."""
    one, other = expected.nodes[a], observed.nodes[b]
    if one.op != other.op:
        return 1.0 if any({one.op, other.op} <= family for family in _FAMILIES) else 0.0
    score = 3.0
    if one.settings:
        equal = sum(one.settings[k] == other.settings.get(k) for k in one.settings)
        score += 3.0 * equal / len(one.settings)
    score += 1.0 * (one.shape == other.shape)
    # Before a layer too many the one is equal, after it the other.
    score += 2.0 * any(x == y for x, y in zip(expected.depths[a], observed.depths[b], strict=True))
    ops_a = sorted(expected.nodes[i].op for i in one.inputs)
    score += 0.5 * (ops_a == sorted(observed.nodes[i].op for i in other.inputs))
    labels_a = sorted(expected.labels[i] for i in one.inputs)
    score += 0.5 * (labels_a == sorted(observed.labels[i] for i in other.inputs))
    ops_b = sorted(expected.nodes[i].op for i in expected.users[a])
    score += 0.5 * (ops_b == sorted(observed.nodes[i].op for i in observed.users[b]))
    return score
