"""How names, shared objects and hidden state flow through a notebook's cells.

It errs on the side of more: two names that met in one running cell may hold one object, and what a
cell may change it is taken to change. `autograder/proof/reach.py` says the rules, and why nothing
slips through them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from autograder.submission.facts import Aliases, CellFacts
from autograder.submission.graph import NameGraph


@dataclass(frozen=True)
class FlowCell:
    """A cell that is run.

    Attributes:
        id: names it.
        check: the name of its check, if it is a graded cell.
        changed: whether it is not what it was.
        facts: what it does with names.
    """

    id: str
    check: str
    changed: bool
    facts: CellFacts

    @property
    def acts(self) -> bool:
        """Whether it may change something in place: it runs, or its check calls its object."""
        return self.facts.runs or bool(self.check)


class Flow:
    """Names, shared objects and hidden state as they flow through the cells.

    Args:
        cells: those that are run, in their order.
        aliases: what imports anywhere in the notebook call things.
    """

    def __init__(self, cells: list[FlowCell], aliases: Aliases) -> None:
        self._cells, self._aliases = cells, aliases
        self._graph = NameGraph((cell.facts.binds, cell.facts.uses) for cell in cells)
        self._fixed = {name for name in self._graph.names if self._is_fixed(name)}
        shared = frozenset().union(*(cell.facts.shared for cell in cells))
        # Each cell, and all that bind what it can get at.
        behind = [
            {index} | self._graph.behind(cell.facts.uses, besides=self._fixed)
            for index, cell in enumerate(cells)
        ]
        self._things = [
            frozenset().union(*(cells[i].facts.uses | cells[i].facts.binds for i in found)) & shared
            if cells[index].acts
            else frozenset()
            for index, found in enumerate(behind)
        ]
        self._groups = _joined([t for t in self._things if t], shared)
        self._random = [
            cells[index].acts and any(cells[i].facts.random for i in found)
            for index, found in enumerate(behind)
        ]
        self._sets = [
            cells[index].acts and any(cells[i].facts.sets for i in found)
            for index, found in enumerate(behind)
        ]

    def _is_fixed(self, name: str) -> bool:
        """Whether a name means one import throughout, first made by a cell that is unchanged."""
        cells = [self._cells[index] for index in self._graph.binders(name)]
        return (
            sum(alias == name for alias, _ in self._aliases) == 1
            and not cells[0].changed
            and all(name in cell.facts.imports for cell in cells)
        )

    def _group(self, names: Collection[str]) -> set[str]:
        """Shared objects that may be the same as one of these."""
        return set().union(*(self._groups[name] for name in names if name in self._groups))

    def reached(self, always: frozenset[str]) -> set[str]:
        """The checks that a change reaches."""
        names: set[str] = set()
        checks = set(always)
        below = len(self._cells)  # From here on, a setting or a file may be another.
        while True:
            before = len(names), len(checks), below
            state = False
            for index, cell in enumerate(self._cells):
                facts = cell.facts
                if facts.seeds:
                    state = False
                of_state = state and self._random[index] and not cell.check
                if not (cell.changed or facts.uses & names or of_state or index > below):
                    continue
                if self._sets[index]:
                    below = min(below, index)
                if cell.check:
                    checks.add(cell.check)
                names |= facts.binds - self._fixed
                names |= self._group(self._things[index])
                state = state or self._random[index]
            if before == (len(names), len(checks), below):
                return checks

    def built_on(self, cut: int) -> set[str]:
        """The checks below a cell that may look at something which it makes or changes.

        Args:
            cut: the place of the cell among those that were given.
        """
        names: set[str] = set()  # What is another, or missing, below the cell.
        late: set[str] = set()  # What is above it and looks such a name up when it is called.
        checks: set[str] = set()
        below = len(self._cells)
        while True:
            before = len(names), len(late), len(checks), below
            for index, cell in enumerate(self._cells):
                facts = cell.facts
                if index < cut:
                    if facts.inside & names or facts.uses & late:
                        late |= facts.binds - self._fixed
                    continue
                if not (index == cut or facts.uses & (names | late) or index > below):
                    continue
                if cell.check:
                    checks.add(cell.check)
                    continue
                if self._sets[index]:
                    below = min(below, index)
                names |= facts.binds - self._fixed
                names |= self._group(self._things[index])
            if before == (len(names), len(late), len(checks), below):
                return checks

    def needed(self, checks: set[str]) -> tuple[frozenset[str], frozenset[str]]:
        """These checks and the ids of all cells that they need.

        Other checks among these, which may change something, count as asked.
        """
        names: set[str] = set()
        kept: set[int] = set()
        checks = set(checks)
        while True:
            before = len(names), len(kept)
            state = asked = False
            for index in reversed(range(len(self._cells))):
                cell = self._cells[index]
                asked = asked or cell.check in checks
                if not (asked or cell.changed):
                    continue
                if cell.acts and index not in kept:
                    wanted = (
                        cell.changed
                        or cell.check in checks
                        or self._sets[index]
                        or cell.facts.binds & names
                        or self._things[index] & self._group(names)
                        or (state and self._random[index])
                    )
                    if not wanted:
                        continue
                    kept.add(index)
                    if cell.check:
                        checks.add(cell.check)
                if index in kept or cell.facts.binds & names:
                    names |= cell.facts.uses
                    kept.add(index)
                if index in kept and self._random[index] and not cell.check:
                    state = True
                if cell.facts.seeds:
                    state = False
            if before == (len(names), len(kept)):
                break
        cells = {c.id for index, c in enumerate(self._cells) if index in kept or not c.acts}
        return frozenset(checks), frozenset(cells)


def _joined(sets: list[frozenset[str]], names: frozenset[str]) -> dict[str, set[str]]:
    """Which names belong together, if those of each set do."""
    groups = {name: {name} for name in names}
    for found in sets:
        union = set().union(*(groups[name] for name in found))
        for name in union:
            groups[name] = union
    return groups
