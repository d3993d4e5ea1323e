"""How large an answer may be, and what is kept of a part that is larger.

Whoever is asked for ten numbers has no use for a gigabyte, and whoever reads the answers has no
room for it. A value that does not fit is told by its outline: a wrong shape is seen by the shape.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_lib.checking.arrays import sizes

_TIMES = 8
"""An answer may be so many times as large as what is expected: float64 where bytes would do."""
_LEAST_BYTES = 256 << 10
_LEAST_NODES, _LEAST_CHARACTERS = 2_000, 22_000
_MOST_TREE_BYTES = 16 << 20
_NUMBER_BYTES, _CHARACTER_BYTES = 32, 12
"""Of JSON: the longest number, with its brackets; the longest character, two escapes."""


@dataclass(frozen=True)
class Room:
    """What a message may hold.

    Attributes:
        array_bytes: of all its arrays.
        tree_bytes: of its JSON.
        nodes: lists, dictionaries, numbers and texts in it.
        characters: of all its texts.
    """

    array_bytes: int
    tree_bytes: int
    nodes: int
    characters: int = 0

    @staticmethod
    def around(array_bytes: int, tree_bytes: int, nodes: int, times: int = _TIMES) -> Room:
        """Room for an answer where one of this size is expected."""
        nodes = times * nodes + _LEAST_NODES
        characters = times * tree_bytes + _LEAST_CHARACTERS
        return Room(
            times * array_bytes + _LEAST_BYTES,
            min(_CHARACTER_BYTES * characters + _NUMBER_BYTES * nodes, _MOST_TREE_BYTES),
            nodes,
            characters,
        )

    @property
    def with_words(self) -> Room:
        """Room for such an answer and for what is told of it."""
        return replace(
            self, tree_bytes=self.tree_bytes + _LEAST_BYTES, nodes=self.nodes + _LEAST_NODES
        )

    @property
    def parts(self) -> int:
        """So many parts JSON may have for it: a pair of a dictionary takes four."""
        return 4 * self.nodes + _LEAST_NODES


class Outline:
    """An array, or nested lists, of which only the shape was kept.

    Attributes:
        shape: of the array; of lists of unequal length that of the outer one.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape

    def __repr__(self) -> str:
        return f"an array of shape {self.shape}"

    @staticmethod
    def of(value: Any) -> Outline:
        """The outline of an array, a list or a tuple."""
        if isinstance(value, np.ndarray):
            return Outline(tuple(map(int, value.shape)))
        try:
            return Outline(sizes(value) or (len(value),))
        except RecursionError:
            return Outline((len(value),))


def count_nodes(value: Any, most: int) -> int:
    """The parts of nested lists, tuples and dictionaries, up to a number that is too many."""
    count, level = 0, [value]
    while level and count <= most:
        part = level.pop()
        count += 1
        if isinstance(part, dict):
            part = list(part.values())
        if isinstance(part, (list, tuple)):
            count += len(part) if len(part) > most else 0
            level += part[: most + 1]
    return count
