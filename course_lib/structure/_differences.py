"""What distinguishes a network from the expected one, in a student's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course_lib.structure._graph import OPAQUE, Graph, Node
from course_lib.structure._match import View, match, signature
from course_lib.structure._words import (
    SETTING_NAMES,
    describe,
    is_or_are,
    listed,
    name_of,
    op_name,
    padding_hint,
    turned,
    value_of,
    window_hint,
)


@dataclass(frozen=True)
class Difference:
    """One difference between two networks.

    Attributes:
        message: what is wrong and where.
        expected: what was expected there.
        observed: what was found.
        where: the place in the student's network.
        hint: what usually causes it.
        expected_nodes, observed_nodes: positions of the nodes concerned, to be marked in a drawing.
    """

    message: str
    expected: str = ""
    observed: str = ""
    where: str = ""
    hint: str = ""
    expected_nodes: tuple[int, ...] = ()
    observed_nodes: tuple[int, ...] = ()


def compare(
    expected: Graph, observed: Graph, ignore: tuple[str, ...] = ("rate",)
) -> list[Difference]:
    """All differences, in the order of the expected network; none if they are the same.

    Args:
        expected: the reference, whose layers have the names of the slides.
        observed: the student's.
        ignore: settings that do not count (`"rate"` of dropout).
    """
    ignored = frozenset(ignore)
    if signature(expected, ignored) == signature(observed, ignored):
        return []
    one, other = View(expected, ignored), View(observed, ignored)
    pairs = match(one, other)
    comparison = _Comparison(one, other, pairs, ignored)
    return comparison.differences()


class _Comparison:
    def __init__(
        self, expected: View, observed: View, pairs: dict[int, int], ignored: frozenset[str]
    ) -> None:
        self.expected, self.observed, self.pairs = expected, observed, pairs
        self.back = {b: a for a, b in pairs.items()}
        self.ignored = ignored
        self.exchanged: dict[int, int] = {}  # expected nodes that stand before their predecessor

    def differences(self) -> list[Difference]:
        found = [*self._swapped(), *self._settings()]
        found += self._missing()
        found += self._wiring({i for d in found for i in d.expected_nodes})
        nodes = (*self.expected.nodes, *self.observed.nodes)
        words = {op_name(node.op) for node in nodes}
        found = [_as_sentence(difference, words) for difference in found]
        found.sort(key=self._position)
        total = self.observed.graph.parameters - self.expected.graph.parameters
        if total and not found:
            found.append(self._shared_weights(total))
        elif total and found:
            found[0] = _with_total(found[0], self.expected.graph, self.observed.graph)
        if not found:
            found.append(Difference("The layers are right, but they are connected differently."))
        return found

    def _position(self, difference: Difference) -> int:
        if difference.expected_nodes:
            return difference.expected_nodes[0]
        before = [self.back[b] for b in range(difference.observed_nodes[0]) if b in self.back]
        return max(before, default=-1)

    # -------------------------------------------------------------- settings of matched nodes

    def _settings(self) -> list[Difference]:
        groups: dict[tuple[str, str, str, str], list[tuple[int, int]]] = {}
        whole: list[Difference] = []
        for a, b in sorted(self.pairs.items()):
            one, other = self.expected.nodes[a], self.observed.nodes[b]
            if one.op != other.op:
                whole.append(self._wrong_op(a, b))
                continue
            for key in {**one.settings, **other.settings}:
                want, got = one.settings.get(key), other.settings.get(key)
                if key not in self.ignored and key != "written" and got != want:
                    groups.setdefault((one.op, key, str(want), str(got)), []).append((a, b))
        self._drop_consequences(groups)
        return whole + [self._setting(*key, where) for key, where in groups.items()]

    def _drop_consequences(self, groups: dict[tuple[str, str, str, str], list[Any]]) -> None:
        """Leave out the padding that goes with a wrong kernel and keeps the size of the maps."""
        for group, pairs in list(groups.items()):
            if group[1] != "padding":
                continue
            left = [pair for pair in pairs if not self._keeps_size(*pair)]
            if left:
                groups[group] = left
            else:
                del groups[group]

    def _keeps_size(self, a: int, b: int) -> bool:
        """Whether a layer with another kernel gives maps of the same size all the same."""
        one, other = self.expected.nodes[a], self.observed.nodes[b]
        differs = any(one.settings.get(k) != other.settings.get(k) for k in ("kernel", "window"))
        return differs and one.shape == other.shape

    def _wrong_op(self, a: int, b: int) -> Difference:
        one, other = self.expected.nodes[a], self.observed.nodes[b]
        return Difference(
            f"{name_of(one)} should be {describe(one)}, but your {name_of(other)} is "
            f"{describe(other)}.",
            describe(one),
            describe(other),
            self._place(b),
            expected_nodes=(a,),
            observed_nodes=(b,),
        )

    def _setting(
        self, op: str, key: str, want: str, got: str, where: list[tuple[int, int]]
    ) -> Difference:
        nodes = [self.expected.nodes[a] for a, _ in where]
        first, mine = nodes[0], self.observed.nodes[where[0][1]]
        word = SETTING_NAMES.get(key, key)
        wanted, found = value_of(key, first), value_of(key, mine)
        names = ", ".join(map(name_of, nodes[:6])) + (" ..." if len(nodes) > 6 else "")
        who = names if len(nodes) == 1 else f"{len(nodes)} layers"
        which = "" if len(nodes) == 1 else f": {names}"
        has = "has" if len(nodes) == 1 else "have"
        change = sum(
            self.observed.nodes[b].parameters - self.expected.nodes[a].parameters for a, b in where
        )
        if key == "bias":
            should = "them" if first.settings[key] else "none"
            message = f"{who} {has} {found}, and should have {should}{which}."
            expected, observed = wanted, found
        else:
            is_turned = turned(first.settings.get(key), mine.settings.get(key))
            how = "transposed, " if wanted != found and is_turned else ""
            message = f"{who} {has} the wrong {word}{which}: {how}{found} instead of {wanted}."
            expected, observed = f"{word} {wanted}", f"{word} {found}"
        return Difference(
            message,
            expected,
            f"{observed} (your `{mine.name}`)",
            self._place(where[0][1]),
            self._setting_hint(key, first, mine, change, len(nodes)),
            tuple(a for a, _ in where),
            tuple(b for _, b in where),
        )

    def _setting_hint(self, key: str, want: Node, got: Node, change: int, count: int) -> str:
        if key == "bias":
            each = f"of its {want.shape[-1]:,} outputs" if count == 1 else "filter of these layers"
            switch = "False" if got.settings["bias"] else "True"
            return (
                f"Set `use_bias={switch}`. One bias for each {each}: that is "
                f"{abs(change):,} parameters."
            )
        if key == "padding":
            return padding_hint(want, got)
        if key == "strides":
            return "The stride decides where the maps shrink: look at the slide's output sizes."
        return ""

    # ------------------------------------------------------------------- missing and extra nodes

    def _swapped(self) -> list[Difference]:
        """Two neighbours in the other order: batch normalization and ReLU, ReLU and addition."""
        places: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for a, node in enumerate(self.expected.nodes):
            if len(node.inputs) != 1 or a not in self.pairs:
                continue
            before = node.inputs[0]
            if before not in self.pairs:
                continue
            mine, mine_before = self.pairs[a], self.pairs[before]
            if mine in self.observed.nodes[mine_before].inputs:
                places.setdefault((self.expected.nodes[before].op, node.op), []).append((before, a))
                self.exchanged[a] = before
        found = []
        for (first, second), where in places.items():
            names = ", ".join(name_of(self.expected.nodes[a]) for _, a in where[:4])
            often = f" in {len(where)} places" if len(where) > 1 else ""
            found.append(
                Difference(
                    f"{op_name(first)} and {op_name(second)} are in the wrong order{often}: {names}"
                    f"{' ...' if len(where) > 4 else ''}.",
                    f"{op_name(first)}, then {op_name(second)}",
                    f"{op_name(second)}, then {op_name(first)}",
                    self._place(self.pairs[where[0][1]]),
                    "The number of parameters is the same either way; what is computed is not.",
                    tuple(i for pair in where for i in pair),
                    tuple(self.pairs[i] for pair in where for i in pair),
                )
            )
        return found

    def _missing(self) -> list[Difference]:
        """Nodes without a counterpart; what stands in their place is told with them."""
        extra = self._runs_of(self.observed, self.back)
        found = []
        for run in self._runs_of(self.expected, self.pairs):
            if elsewhere := self._elsewhere(run, extra):
                found.append(elsewhere)
                continue
            nodes = [self.expected.nodes[a] for a in run]
            after = self._neighbour(self.expected, run[0])
            here = self._sources(self.expected, self.pairs, run[0])
            instead = next(
                (
                    other
                    for other in extra
                    if {self.back[i] for i in self._sources(self.observed, self.back, other[0])}
                    == here
                ),
                None,
            )
            if instead:
                extra.remove(instead)
            others = [self.observed.nodes[b] for b in instead or ()]
            place = f"; your {listed(others)} {is_or_are(others)} there instead" if others else ""
            message = f"{listed(nodes)} {is_or_are(nodes)} missing{after}{place}."
            hint = self._missing_hint(run) or window_hint(nodes, others)
            if closed := [node for node in others if OPAQUE in node.settings]:
                message = (
                    f"Nobody can look into your {listed(closed)}, where {listed(nodes)} "
                    f"{is_or_are(nodes)} expected{after}."
                )
                hint = (
                    "Its `call` does not run on Keras' symbolic tensors. Write it with layers, "
                    "`keras.ops` or functions of TensorFlow, without NumPy."
                )
            found.append(
                Difference(
                    message,
                    "; ".join(describe(node) for node in nodes[:4]),
                    "; ".join(describe(node) for node in others[:4]) or "nothing there",
                    self._place(instead[0]) if instead else after.strip(),
                    hint,
                    tuple(run),
                    tuple(instead or ()),
                )
            )
        return found + [self._too_many(run) for run in extra]

    def _elsewhere(self, run: list[int], extra: list[list[int]]) -> Difference | None:
        """The difference where a single step is missing in one place and too many in another."""
        label = self.expected.labels[run[0]]
        same = [other for other in extra if [self.observed.labels[b] for b in other] == [label]]
        if len(run) > 1 or len(same) != 1:
            return None
        extra.remove(same[0])
        a, b = run[0], same[0][0]
        here, there = self._neighbour(self.expected, a), self._neighbour(self.observed, b)
        name = name_of(self.expected.nodes[a])
        return Difference(
            f"{name} is in the wrong place: yours stands{there}, and it belongs right{here}.",
            f"{name}{here}",
            f"{name}{there}",
            self._place(b),
            expected_nodes=(a,),
            observed_nodes=(b,),
        )

    @staticmethod
    def _runs_of(view: View, matched: Mapping[int, int]) -> list[list[int]]:
        """Nodes without a counterpart, in groups that hang together."""
        return _runs(view, [i for i in range(len(view.nodes)) if i not in matched])

    def _too_many(self, run: list[int]) -> Difference:
        nodes = [self.observed.nodes[b] for b in run]
        verb = "is a layer" if len(nodes) == 1 else "are layers"
        return Difference(
            f"Your {listed(nodes)} {verb} too many{self._neighbour(self.observed, run[0])}.",
            "nothing there",
            "; ".join(describe(node) for node in nodes[:4]),
            self._place(run[0]),
            expected_nodes=(),
            observed_nodes=tuple(run),
        )

    def _missing_hint(self, run: list[int]) -> str:
        if any(self.expected.nodes[a].op in ("add", "multiply") for a in run):
            return (
                "A shortcut is missing: keep the block's input and add it to what the block "
                "computes."
            )
        return ""

    # ----------------------------------------------------------------------------------- wiring

    def _wiring(self, marked: set[int]) -> list[Difference]:
        found = self._moved(marked)
        marked = marked | {i for d in found for i in d.expected_nodes}
        for a, b in sorted(self.pairs.items()):
            if a in marked:
                continue
            wanted = self._sources(self.expected, self.pairs, a)
            mine = {self.back[i] for i in self._sources(self.observed, self.back, b)}
            if {self._either(i) for i in wanted} == {self._either(i) for i in mine}:
                continue
            one, other = self.expected.nodes[a], self.observed.nodes[b]
            if any(i not in self.pairs for i in one.inputs) or any(
                i not in self.back for i in other.inputs
            ):
                continue  # A missing layer, or one too many, has been told already.
            lacks = [name_of(self.expected.nodes[i]) for i in sorted(wanted - mine)]
            takes = [name_of(self.observed.nodes[self.pairs[i]]) for i in sorted(mine - wanted)]
            lacking, taking = " and ".join(lacks), " and ".join(takes)
            if lacks and takes:
                message = f"{name_of(one)} takes its input from your {taking}, not from {lacking}."
            elif lacks:
                message = f"{name_of(one)} lacks its input from {lacking}."
            else:
                message = f"{name_of(one)} also takes an input from your {taking}."
            hint = ""
            if one.op == "add":
                hint = "Look at where the shortcut starts and whether it needs a projection."
            found.append(
                Difference(
                    message,
                    f"inputs: {', '.join(name_of(self.expected.nodes[i]) for i in one.inputs)}",
                    f"inputs: {', '.join(name_of(self.observed.nodes[i]) for i in other.inputs)}",
                    self._place(b),
                    hint,
                    (a,),
                    (b,),
                )
            )
        return found

    def _moved(self, marked: set[int]) -> list[Difference]:
        """Steps that were taken out of their place, where the gap closed, and stand elsewhere."""
        found = []
        for a, b in sorted(self.pairs.items()):
            users, mine = self.expected.users[a], self.observed.users[b]
            if a in marked or not len(users) == len(mine) == 1:
                continue
            after, next_one = self.expected.nodes[a].inputs, self.pairs.get(users[0])
            if len(after) != 1 or len(self.observed.nodes[b].inputs) != 1 or next_one is None:
                continue
            here, there = self.pairs.get(after[0]), self.observed.nodes[b].inputs[0]
            closed = here in self.observed.nodes[next_one].inputs
            if here is None or there not in self.back or here == there or not closed:
                continue
            name, place = name_of(self.expected.nodes[a]), name_of(self.observed.nodes[there])
            belongs = name_of(self.expected.nodes[after[0]])
            followers = tuple(self.back[i] for i in mine if i in self.back)
            found.append(
                Difference(
                    f"{name} is in the wrong place: yours stands after {place}, and it belongs "
                    f"right after {belongs}.",
                    f"{name} after {belongs}",
                    f"{name} after {place}",
                    self._place(b),
                    expected_nodes=(a, users[0], *followers),
                    observed_nodes=(b,),
                )
            )
            marked = marked | {a, users[0], *followers}
        return found

    def _either(self, a: int) -> int:
        """One and the same number for two nodes that stand in the wrong order."""
        return self.exchanged.get(a, a)

    @staticmethod
    def _sources(view: View, matched: Mapping[int, int], index: int) -> set[int]:
        """The nearest matched nodes that a node depends on, seen through those without a match."""
        found: set[int] = set()
        pending = list(view.nodes[index].inputs)
        while pending:
            source = pending.pop()
            if source in matched:
                found.add(source)
            else:
                pending += view.nodes[source].inputs
        return found

    # ------------------------------------------------------------------------------------ words

    def _place(self, b: int) -> str:
        node = self.observed.nodes[b]
        sources = [self.observed.nodes[i].name for i in node.inputs]
        after = f" after `{sources[0]}`" if sources else ""
        return f"your `{node.name}`{after}"

    @staticmethod
    def _neighbour(view: View, index: int) -> str:
        sources = view.nodes[index].inputs
        return f" after {name_of(view.nodes[sources[0]])}" if sources else ""

    def _shared_weights(self, total: int) -> Difference:
        return Difference(
            "The layers are right, but the number of parameters is not.",
            f"{self.expected.graph.parameters:,} parameters",
            f"{self.observed.graph.parameters:,} parameters",
            hint="Is one layer object used in two places? Then its weights are shared."
            if total < 0
            else "Is there a weight that no layer of the network uses?",
        )


def _as_sentence(difference: Difference, words: set[str]) -> Difference:
    """With a capital at the start, unless it starts with a layer's name."""
    message = difference.message
    if any(message.startswith(f"{word} ") for word in words):
        message = message[0].upper() + message[1:]
    return Difference(**(vars(difference) | {"message": message}))


def _with_total(difference: Difference, expected: Graph, observed: Graph) -> Difference:
    change = observed.parameters - expected.parameters
    text = (
        f"In all your network has {abs(change):,} parameters too "
        f"{'many' if change > 0 else 'few'}: {observed.parameters:,}, not {expected.parameters:,}."
    )
    values = vars(difference) | {"hint": f"{difference.hint} {text}".strip()}
    return Difference(**values)


def _runs(view: View, lonely: list[int]) -> list[list[int]]:
    """Unmatched nodes, in groups that hang together."""
    left, runs = set(lonely), []
    for start in lonely:
        if start not in left:
            continue
        run, pending = [], [start]
        while pending:
            index = pending.pop()
            if index in left:
                left.discard(index)
                run.append(index)
                pending += [*view.nodes[index].inputs, *view.users[index]]
        runs.append(sorted(run))
    return runs
