"""The solution with one thing changed in it, where the wrong cases run it."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Collection, Generator, Iterator, Sequence, Set
from functools import cached_property

from autograder.grading.near_misses._edits import Changes, Place, Swap, swaps_of
from autograder.grading.near_misses._one_use import (
    OTHER,
    TURN,
    Turn,
    in_one_turn,
    is_condition,
    uses_of,
)
from autograder.grading.near_misses._written import (
    Written,
    compiled,
    names_in,
    with_code,
    written_by_student,
)
from autograder.source.reference import Reference

Edits = Generator[tuple[Place, str], None, None]
"""What is said of each change of the solution, which is changed meanwhile."""
Changed = Callable[[ast.FunctionDef, Collection[str]], Iterator[tuple[Place, str]]]

_TURNS = ("first", "second", "third")
_MOST_CALLS = 6
"""Of a function; with more of them they are not looked at one by one."""


class Changing:
    """Changes the functions of a solution in one place at a time, and puts them back.

    Args:
        right: the solution.
        ran: the lines of it that the wrong cases run: file name and number.
        turn: says in which turn of a loop a change is made.
    """

    def __init__(self, right: Reference, ran: Set[tuple[str, int]], turn: Turn) -> None:
        self._right, self._ran, self._turn = right, ran, turn

    def edits(self, changes: Changed) -> Edits:
        """What is said of each change of the solution, which is changed meanwhile."""
        for function, outer, node, own, filename in written_by_student(self._right):
            original = function.__code__
            for place, said in changes(node, self._seen):
                if not place.lines <= own or not self._is_run(filename, place):
                    continue
                changed = compiled(outer, node, original)
                if changed is None:
                    continue
                function.__code__ = changed
                try:
                    yield place, said
                finally:
                    function.__code__ = original

    def in_one_turn(self) -> Edits:
        """What is said of each change that is made in one turn of a loop."""
        written = next(written_by_student(self._right), None)
        if written is None:
            return
        function, *_ = written
        names = function.__globals__  # All cells of a notebook share them.
        names[TURN] = self._turn
        try:
            with contextlib.closing(self.edits(in_one_turn)) as edits:
                for place, said in edits:
                    for self._turn.wanted, which in enumerate(_TURNS, 1):
                        yield place, f"the {which} time only, {said}"
        finally:
            del names[TURN]

    def in_one_call(self) -> Edits:
        """What is said of each change of a function that one of its calls sees, and no other."""
        written = list(written_by_student(self._right))
        for helper, outer, node, own, filename in written:
            if outer is not node:
                continue
            calls = [
                (use, statement, caller)
                for caller in written
                if caller[2] is not node
                for use, statement in uses_of(node.name, [caller[2]])
            ]
            if not 1 < len(calls) <= _MOST_CALLS:
                continue
            names = helper.__globals__
            words = Changes(node, self._seen)
            for swap in swaps_of(node, words):
                if (
                    is_condition(swap.old)
                    or not swap.place.lines <= own
                    or not self._is_run(filename, swap.place)
                ):
                    continue
                with swap.made():
                    changed = compiled(outer, node, helper.__code__)
                if changed is None:
                    continue
                names[OTHER] = with_code(helper, changed, OTHER)
                try:
                    yield from self._in_each(calls, swap)
                finally:
                    del names[OTHER]

    def _in_each(self, calls: Sequence[tuple[ast.Name, ast.stmt, Written]], swap: Swap) -> Edits:
        """With one call after the other calling the changed function."""
        for use, statement, (caller, outer, node, own, filename) in calls:
            place = Place.of(use, statement)
            if not place.lines <= own or not self._is_run(filename, place):
                continue
            name, use.id = use.id, OTHER
            changed = compiled(outer, node, caller.__code__)
            use.id = name
            if changed is None:
                continue
            original, caller.__code__ = caller.__code__, changed
            where = Changes(node, self._seen).whereabouts(statement, use)
            try:
                yield swap.place, f"in one call of `{name}`, {where}{swap.said}"
            finally:
                caller.__code__ = original

    def _is_run(self, filename: str, place: Place) -> bool:
        """Whether the wrong cases run a place."""
        return any((filename, line) in self._ran for line in place.lines)

    @cached_property
    def _seen(self) -> set[str]:
        return names_in(self._right.notebook.cells)
