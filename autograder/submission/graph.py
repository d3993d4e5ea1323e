"""The graph of a notebook's names: which cells make a name, and which names these take.

Whoever asks what builds on what asks this graph: what a check needs (`grading/dependencies.py`),
what a change or a cell that was cut off reaches (`flow.py`), what must stand above what
(`ordering.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import chain


class NameGraph:
    """Cells, joined by the names that they give and take.

    Args:
        cells: for each cell, the names that it binds and those that it uses.
    """

    def __init__(self, cells: Iterable[tuple[Set[str], Set[str]]]) -> None:
        self._uses: list[Set[str]] = []
        self._binders: dict[str, list[int]] = {}
        for index, (binds, uses) in enumerate(cells):
            self._uses.append(uses)
            for name in binds:
                self._binders.setdefault(name, []).append(index)

    @property
    def names(self) -> Set[str]:
        """Every name that a cell binds."""
        return self._binders.keys()

    def binders(self, name: str) -> list[int]:
        """The cells that bind a name."""
        return self._binders.get(name, [])

    def behind(self, names: Iterable[str], besides: Set[str] = frozenset()) -> set[int]:
        """The cells that bind these names, those that bind what these use, and so on.

        Args:
            names: where to begin.
            besides: names that lead nowhere.
        """
        found: set[int] = set()
        pending = set(names)
        seen = set(besides)
        while pending := pending - seen:
            seen |= pending
            new = set(chain.from_iterable(map(self.binders, pending))) - found
            found |= new
            pending = set(chain.from_iterable(self._uses[index] for index in new))
        return found

    def needed(self, names: Iterable[str]) -> set[str]:
        """These names, those that the cells which bind them use, and so on."""
        names = set(names)
        return names.union(*(self._uses[index] for index in self.behind(names)))
