"""A function with one thing in it changed, and how a tutor would say what.

These are the slips that need no imagination: a term or a factor left out, a sign, a neighbour's
name, a bound that is off by one, another axis, a root of too little. What is said names what the
student sees in the notebook, and speaks of kinds where the solution has names of its own.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import operator
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.grading.near_misses._expressions import Expressions


@dataclass(frozen=True)
class Place:
    """Where in a cell something is changed, in one place or in several that are alike.

    Attributes:
        lines: of the statements.
        spans: of what is changed: line and column of each start and end.
    """

    lines: frozenset[int]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, node: Any, statement: Any = None) -> Place:
        """The place of a node in a statement."""
        statement = statement or node
        last = statement.end_lineno or statement.lineno
        return cls(frozenset(range(statement.lineno, last + 1)), (_span(node),))

    def meets(self, other: Place) -> bool:
        """Whether the two have something in common."""
        return any(a < d and c < b for a, b in self.spans for c, d in other.spans)

    def __or__(self, other: Place) -> Place:
        return Place(self.lines | other.lines, self.spans + other.spans)


Span = tuple[tuple[int, int], tuple[int, int]]
Edit = tuple[Place, str]
_BEFORE = "_before"
_SOMETHING = "a result"
_FARTHEST = 2
"""By so many places a statement is moved."""
_MOST_ALIKE = 6
"""More places are not changed alike."""


@dataclass(frozen=True, eq=False)
class Swap:
    """An expression that may stand in the place of another one.

    Attributes:
        place: of the old one.
        said: what is different then.
        statement: that the old one is part of.
        old, new: the two.
        put: puts one of them there.
    """

    place: Place
    said: str
    statement: ast.stmt
    old: ast.expr
    new: ast.expr
    put: Callable[[Any], None]

    @contextlib.contextmanager
    def made(self) -> Iterator[None]:
        """As it is with the new one."""
        self.put(self.new)
        try:
            yield
        finally:
            self.put(self.old)

    @property
    def form(self) -> str:
        """What is changed to what, whatever the names and the places in a list."""
        names: dict[str, str] = {}

        def nameless(found: re.Match[str]) -> str:
            return names.setdefault(found.group(), f"_{len(names)}")

        text = f"{ast.unparse(self.old)} -> {ast.unparse(self.new)}"
        return re.sub(r"\[\d\]", "[_]", re.sub(r"(?<![.\w])[^\W\d]\w*(?![\w(])", nameless, text))


def edits_of(function: ast.FunctionDef, seen: Collection[str]) -> Iterator[Edit]:
    """Change a function in place, one thing at a time; before the next it is as it was.

    A slip that is made in several places alike, for the rows and for the columns, is one thing.

    Args:
        function: its tree, which nobody else may use meanwhile.
        seen: the names that stand in the released notebook.

    Yields:
        The place, and what is different, as the end of a sentence.
    """
    words = Changes(function, seen)
    swaps = swaps_of(function, words)
    for swap in swaps:
        with swap.made():
            yield swap.place, swap.said
    yield from _of_statements(function, words)
    yield from _of_values_before(function, words)
    yield from _of_arguments_as_given(function, words)
    yield from _in_places_alike(swaps)


def swaps_of(function: ast.FunctionDef, words: Changes) -> list[Swap]:
    """The expressions of a function, each with what may stand in its place."""
    found = []
    statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    set_at: dict[str, tuple[Span, ...]] = {}
    for node in statements:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name):
            set_at[target.id] = (*set_at.get(target.id, ()), _span(node))
    for statement in statements:
        if statement is function:
            continue
        for parent in _own(statement):
            for old, put in _slots(parent):
                where = words.whereabouts(statement, old)
                for new, said in words.instead_of(old, parent, where):
                    ast.copy_location(new, old)
                    ast.fix_missing_locations(new)
                    place = Place.of(old, statement)
                    if isinstance(old, ast.Name):
                        # To use another name is to leave out what this one was set for.
                        place = Place(place.lines, place.spans + set_at.get(old.id, ()))
                    found.append(Swap(place, f"{where}{said}", statement, old, new, put))
    return found


def _in_places_alike(swaps: Sequence[Swap]) -> Iterator[Edit]:
    """The same change in all places that have the same form."""
    groups: dict[str, list[Swap]] = {}
    for swap in swaps:
        if not isinstance(swap.old, (ast.Name, ast.Constant)):
            group = groups.setdefault(swap.form, [])
            if not any(swap.place.meets(other.place) for other in group):
                group.append(swap)
    for group in groups.values():
        if 1 < len(group) <= _MOST_ALIKE:
            with contextlib.ExitStack() as made:
                for swap in group:
                    made.enter_context(swap.made())
                place = functools.reduce(operator.or_, (swap.place for swap in group))
                said = list(dict.fromkeys(swap.said for swap in group))
                yield place, ", and ".join(said[:2])


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """A statement and its expressions, without the statements in it."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting += [
            child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt)
        ]


def _span(node: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _slots(parent: ast.AST) -> Iterator[tuple[ast.expr, Callable[[Any], None]]]:
    """The expressions in a node, each with a way to put another one there."""
    for field, value in list(ast.iter_fields(parent)):
        if isinstance(value, ast.expr):
            if not isinstance(getattr(value, "ctx", None), (ast.Store, ast.Del)):
                yield value, functools.partial(setattr, parent, field)
        elif isinstance(value, list):
            for index, item in enumerate(list(value)):
                if isinstance(item, ast.expr) and not isinstance(
                    getattr(item, "ctx", None), (ast.Store, ast.Del)
                ):
                    yield item, functools.partial(value.__setitem__, index)


def _of_statements(function: ast.FunctionDef, words: Changes) -> Iterator[Edit]:
    """Statements left out, exchanged, or done always or never."""
    for parent in list(ast.walk(function)):
        for body in (getattr(parent, name, None) for name in ("body", "orelse")):
            if not isinstance(body, list):
                continue
            for index, node in enumerate(list(body)):
                for new, said in words.instead_of_statement(node):
                    ast.fix_missing_locations(ast.copy_location(new, node))
                    body[index] = new
                    yield Place.of(node), said
                    body[index] = node
                for first in range(max(index - _FARTHEST, 0), index):
                    if said := words.moved(node, body[first:index]):
                        body[first : index + 1] = [node, *body[first:index]]
                        yield Place.of(node), said
                        body[first : index + 1] = [*body[first + 1 : index + 1], node]


def _of_values_before(function: ast.FunctionDef, words: Changes) -> Iterator[Edit]:
    """A name that is set anew, taken as it was before that: the old velocity for the new one."""
    for parent in list(ast.walk(function)):
        body = getattr(parent, "body", None)
        for index, node in enumerate(list(body) if isinstance(body, list) else ()):
            target = words.set_anew(node)
            if body is None or target is None:
                continue
            kept = ast.parse(f"{_BEFORE} = {target.id} * 1").body[0]  # A copy, of an array too.
            body.insert(index, _located(kept, node))
            for later in body[index + 2 :]:
                for use in ast.walk(later):
                    if not isinstance(use, ast.Name) or use.id != target.id:
                        continue
                    if isinstance(use.ctx, ast.Load) and (said := words.before(node, target)):
                        use.id = _BEFORE
                        yield Place.of(use, later), f"{words.whereabouts(later, use)}{said}"
                        use.id = target.id
            del body[index]


def _of_arguments_as_given(function: ast.FunctionDef, words: Changes) -> Iterator[Edit]:
    """An argument that is set anew, in a loop perhaps, read as it was given."""
    nodes = list(ast.walk(function))
    statements = [node for node in nodes if isinstance(node, ast.stmt) and node is not function]
    for name in {target.id for node in statements if (target := words.set_anew(node))}:
        if name not in words.arguments or not (shown := words.name(name)):
            continue
        kept = ast.parse(f"{_BEFORE} = {name}").body[0]
        function.body.insert(0, _located(kept, function.body[0]))
        for statement in statements:
            for use in _own(statement):
                if isinstance(use, ast.Name) and use.id == name and isinstance(use.ctx, ast.Load):
                    use.id = _BEFORE
                    said = f"{shown} is taken as it was given, not as it is set anew"
                    yield Place.of(use, statement), f"{words.whereabouts(statement, use)}{said}"
                    use.id = name
        del function.body[0]


def _located(new: Any, where: ast.AST) -> Any:
    """A statement and all in it, at the place of another one."""
    for node in ast.walk(new):
        ast.copy_location(node, where)
    return new


class Changes(Expressions):
    """What can stand in the place of something in a function, and what to say of it."""

    def instead_of_statement(self, node: ast.stmt) -> Iterator[tuple[ast.stmt, str]]:
        """Statements that may stand where another one belongs."""
        if isinstance(node, ast.AugAssign):
            target = ast.unparse(node.target)
            what = self.code(node.target) or _SOMETHING
            stored = ast.parse(target).body[0].value  # type: ignore[attr-defined]
            for child in [stored]:
                child.ctx = ast.Store()
            if isinstance(node.op, ast.Add):
                said = f"{what} is overwritten (`=`) where values are to add up (`+=`)"
                yield ast.Assign([stored], node.value), said
            if isinstance(node.op, (ast.Add, ast.Sub)):
                is_add = isinstance(node.op, ast.Add)
                flipped: ast.operator = ast.Sub() if is_add else ast.Add()
                said = f"what changes {what} has the wrong sign"
                yield ast.AugAssign(node.target, flipped, node.value), said
            if isinstance(node.op, (ast.Add, ast.Mult)):
                to_add = isinstance(node.op, ast.Mult)
                other: ast.operator = ast.Add() if to_add else ast.Mult()
                verbs = "added to", "multiplied with"
                by = self.code(node.value) or "a number"
                said = f"{by} is {verbs[not to_add]} {what} where it is to be {verbs[to_add]} it"
                yield ast.AugAssign(node.target, other, node.value), said
            if what != _SOMETHING:
                yield ast.Pass(), f"the step that changes {what} is left out"
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            what = self.code(node.targets[0]) or self.spoken(node.targets[0])
            if what:
                yield ast.Pass(), f"the step that sets {what} anew is left out"
            yield from self._one_of_several(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if called := self.called(node.value):
                yield ast.Pass(), f"the call of {called} is left out"
        elif isinstance(node, ast.If):
            never: Sequence[ast.stmt] = node.orelse or [ast.Pass()]
            shown = self.code(node.test)
            if shown:
                yield ast.If(ast.Constant(True), list(never), []), self.never(node.test)
                yield ast.If(ast.Constant(True), node.body, []), self.always(node.test)
            yield from self._in_both_cases(node)
            if node.orelse:
                said = f"the two cases of {shown or 'a condition'} are exchanged"
                yield ast.If(node.test, node.orelse, node.body), said

    def _one_of_several(self, node: ast.Assign) -> Iterator[tuple[ast.stmt, str]]:
        """`a, b = 1, 2` without one of the two."""
        targets, values = node.targets[0], node.value
        if not isinstance(targets, ast.Tuple) or not isinstance(values, ast.Tuple):
            return
        if len(targets.elts) != len(values.elts):
            return
        for index, target in enumerate(targets.elts):
            if what := self.code(target) or self.spoken(target):
                rest = [
                    ast.Tuple([*all_of[:index], *all_of[index + 1 :]], context)
                    for all_of, context in (
                        (targets.elts, ast.Store()),
                        (values.elts, ast.Load()),
                    )
                ]
                yield ast.Assign([rest[0]], rest[1]), f"the step that sets {what} anew is left out"

    def _in_both_cases(self, node: ast.If) -> Iterator[tuple[ast.stmt, str]]:
        """What is done in one of two cases, done in both."""
        for body, other in ((node.body, node.orelse), (node.orelse, node.body)):
            for statement in body if other else ():
                if not isinstance(statement, ast.Assign):
                    continue
                for part in _each_alone(statement):
                    if what := self._step(part):
                        bodies = [*other, part], body
                        said = f"{what} is done whatever the condition says"
                        yield (
                            ast.If(node.test, *(bodies[:: 1 if body is node.orelse else -1])),
                            said,
                        )

    def moved(self, node: ast.stmt, others: Sequence[ast.stmt]) -> str:
        """What is said of a statement that comes before others; nothing of what cannot be told."""
        first, last = self._step(others[0]), self._step(node)
        if not first or not last or not all(map(self._step, others)):
            return ""
        return f"{last} comes before {first}, not after it"

    def _step(self, node: ast.stmt) -> str:
        """What a statement does."""
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = self.called(node.value)
            return f"the call of {called}" if called else ""
        if isinstance(node, ast.If):
            shown = self.code(node.test)
            return f"what is done if {shown}" if shown else ""
        target: ast.expr | None = None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        elif isinstance(node, ast.AugAssign):
            target = node.target
        what = (self.code(target) or self.spoken(target)) if target is not None else ""
        return f"the step that sets {what}" if what else ""

    def set_anew(self, node: ast.stmt) -> ast.Name | None:
        """The name that a statement gives another value, if it had one."""
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            return node.target
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id in self.arguments:
            return target
        return None

    def before(self, node: ast.stmt, target: ast.Name) -> str:
        """What is said where a name is taken as it was before a statement that sets it anew."""
        if isinstance(node, ast.AugAssign) and (by := self.code(node.value)):
            if isinstance(node.op, (ast.Div, ast.FloorDiv)):
                return f"the division by {by} is left out"
            if isinstance(node.op, ast.Mult):
                return f"the factor {by} is left out"
        shown = self.name(target.id)
        return f"{shown} is taken as it was before the step that sets it anew" if shown else ""


def _each_alone(node: ast.Assign) -> list[ast.Assign]:
    """`a, b = 1, 2` as two statements, of which each is tried alone."""
    targets, values = node.targets[0], node.value
    if not isinstance(targets, ast.Tuple) or not isinstance(values, ast.Tuple):
        return [node]
    pairs = zip(targets.elts, values.elts, strict=False)
    return [ast.Assign([target], value) for target, value in pairs]
