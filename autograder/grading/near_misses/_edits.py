"""A function with one thing in it changed, and how a tutor would say what.

These are the slips that need no imagination: a term or a factor left out, a sign, a neighbour's
name, a bound that is off by one, another axis, a root of too little. What is said names what the
student sees in the notebook, and speaks of kinds where the solution has names of its own.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.grading.near_misses._expressions import Expressions


@dataclass(frozen=True)
class Place:
    """Where in a cell something is changed.

    Attributes:
        lines: the first and the last line of the statement.
        start, end: of what is changed: line and column.
    """

    lines: tuple[int, int]
    start: tuple[int, int]
    end: tuple[int, int]

    def meets(self, other: Place) -> bool:
        """Whether the two have something in common."""
        return self.start < other.end and other.start < self.end


Edit = tuple[Place, str]
_BEFORE = "_before"
_SOMETHING = "a result"


def edits_of(function: ast.FunctionDef, seen: Collection[str]) -> Iterator[Edit]:
    """Change a function in place, one thing at a time; before the next it is as it was.

    Args:
        function: its tree, which nobody else may use meanwhile.
        seen: the names that stand in the released notebook.

    Yields:
        The place, and what is different, as the end of a sentence.
    """
    words = _Changes(function, seen)
    for place, said, statement in _changes(function, words):
        yield place, f"{words.whereabouts(statement)}{said}"


def _changes(function: ast.FunctionDef, words: _Changes) -> Iterator[tuple[Place, str, ast.stmt]]:
    for statement in [node for node in ast.walk(function) if isinstance(node, ast.stmt)]:
        if statement is function:
            continue
        lines = statement.lineno, statement.end_lineno or statement.lineno
        for parent in _own(statement):
            for old, put in _slots(parent):
                for new, said in words.instead_of(old, parent):
                    ast.copy_location(new, old)
                    ast.fix_missing_locations(new)
                    put(new)
                    yield Place(lines, *_span(old)), said, statement
                    put(old)
    for found in (_of_statements, _of_values_before):
        for place, said in found(function, words):
            yield place, said, ast.Pass()


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


def _of_statements(function: ast.FunctionDef, words: _Changes) -> Iterator[Edit]:
    """Statements left out, exchanged, or done always or never."""
    for parent in list(ast.walk(function)):
        for body in (getattr(parent, name, None) for name in ("body", "orelse")):
            if not isinstance(body, list):
                continue
            for index, node in enumerate(list(body)):
                place = Place((node.lineno, node.end_lineno), *_span(node))
                for new, said in words.instead_of_statement(node):
                    ast.fix_missing_locations(ast.copy_location(new, node))
                    body[index] = new
                    yield place, said
                    body[index] = node
                if index and (said := words.exchanged(body[index - 1], node)):
                    body[index - 1 : index + 1] = [node, body[index - 1]]
                    yield place, said
                    body[index - 1 : index + 1] = [body[index], body[index - 1]]


def _of_values_before(function: ast.FunctionDef, words: _Changes) -> Iterator[Edit]:
    """A name that is set anew, taken as it was before that: the old velocity for the new one."""
    body = function.body
    for index, node in enumerate(list(body)):
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if not isinstance(node, ast.Assign) or not isinstance(target, ast.Name):
            continue
        if target.id not in words.arguments or not (shown := words.name(target.id)):
            continue
        read = ast.dump(ast.Name(target.id, ast.Load()))
        names: list[ast.expr] = [ast.Name(name, ast.Store()) for name in (target.id, _BEFORE)]
        both = ast.Tuple([node.value, ast.Name(target.id, ast.Load())], ast.Load())
        pair = ast.Assign([ast.Tuple(names, ast.Store())], both)
        body[index] = ast.fix_missing_locations(ast.copy_location(pair, node))
        for later in body[index + 1 :]:
            for use in ast.walk(later):
                if isinstance(use, ast.Name) and ast.dump(use) == read:
                    use.id = _BEFORE
                    lines = later.lineno, later.end_lineno or later.lineno
                    said = f"{shown} is taken as it was before the step that sets it anew"
                    yield Place(lines, *_span(use)), said
                    use.id = target.id
        body[index] = node


class _Changes(Expressions):
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
            if what != _SOMETHING:
                yield ast.Pass(), f"the step that changes {what} is left out"
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            what = self.code(node.targets[0]) or self.spoken(node.targets[0])
            if what:
                yield ast.Pass(), f"the step that sets {what} anew is left out"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if called := self.called(node.value):
                yield ast.Pass(), f"the call of {called} is left out"
        elif isinstance(node, ast.If):
            never: Sequence[ast.stmt] = node.orelse or [ast.Pass()]
            shown = self.code(node.test)
            if shown:
                yield ast.If(ast.Constant(True), list(never), []), self.never(node.test)
                yield ast.If(ast.Constant(True), node.body, []), self.always(node.test)
            if node.orelse:
                said = f"the two cases of {shown or 'a condition'} are exchanged"
                yield ast.If(node.test, node.orelse, node.body), said

    def exchanged(self, first: ast.stmt, second: ast.stmt) -> str:
        """What is said of two statements in the other order; nothing of what cannot be told."""
        names = []
        for node in (first, second):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                target: ast.expr = node.targets[0]
            elif isinstance(node, ast.AugAssign):
                target = node.target
            else:
                return ""
            names.append(self.code(target) or self.spoken(target))
        if not all(names):
            return ""
        return f"the steps that set {names[0]} and {names[1]} come in the other order"
