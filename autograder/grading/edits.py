"""A function with one thing in it changed, and how a tutor would say what.

These are the slips that need no imagination: a term or a factor left out, a sign, a neighbour's
name, a bound that is off by one, another axis, a root of too little. What is said names what the
student sees in the notebook, and speaks of kinds where the solution has names of its own.
"""

from __future__ import annotations

import ast
import builtins
import functools
import itertools
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_LONGEST = 32  # Characters of code in a sentence.
_PLAIN = 3  # Numbers up to here stand everywhere.
_SIGNS: dict[type[ast.AST], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Eq: (ast.NotEq, ast.GtE, ast.LtE),
    ast.NotEq: (ast.Eq,),
}
_LIKE = (
    ("mean", "sum", "prod", "median"),
    ("mean", "max", "min"),
    ("var", "std"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("floor", "ceil", "round"),
    ("log", "log2", "log10", "log1p", "exp"),
    ("sqrt", "square"),
    ("cumsum", "sum"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("tanh", "sigmoid", "relu"),
    ("rows", "columns"),
)
"""Calls that are taken for each other."""
_AXES = (None, 0, 1, 2, 3, -1, (0, 1), (1, 2), (0, 1, 2), (1, 2, 3))


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
_New = tuple[Any, str]


def edits_of(function: ast.FunctionDef, seen: Collection[str]) -> Iterator[Edit]:
    """Change a function in place, one thing at a time; before the next it is as it was.

    Args:
        function: its tree, which nobody else may use meanwhile.
        seen: the names that stand in the released notebook.

    Yields:
        The place, and what is different, as the end of a sentence.
    """
    words = _Words(function, seen)
    for place, said, statement in _changes(function, words):
        yield place, f"{words.whereabouts(statement)}{said}"


def _changes(function: ast.FunctionDef, words: _Words) -> Iterator[tuple[Place, str, ast.stmt]]:
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
    for place, said in _of_statements(function, words):
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


def _of_statements(function: ast.FunctionDef, words: _Words) -> Iterator[Edit]:
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


class _Words:
    """What can stand in the place of something, and what to say of it."""

    def __init__(self, function: ast.FunctionDef, seen: Collection[str]) -> None:
        self._seen = {*seen, *dir(builtins), "np", "self"}
        nodes = list(ast.walk(function))
        named = [node.arg for node in nodes if isinstance(node, ast.arg)]
        self._arguments = set(named)
        self._unpacked = [
            {part.id for part in node.elts if isinstance(part, ast.Name)}
            for node in nodes
            if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store)
        ]
        named += [
            node.id
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        self._names = [name for name in dict.fromkeys(named) if name != "self"]
        self._own = list(
            dict.fromkeys(
                node.attr
                for node in nodes
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "self"
            )
        )
        constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
        self._numbers = sorted({c for c in constants if type(c) in (int, float)})
        self._texts = sorted({c for c in constants if isinstance(c, str) and c.isidentifier()})

    def code(self, node: ast.AST) -> str:
        """Code as it is written, if it is short and has no name that the student does not see."""
        text = ast.unparse(node)
        names = set(re.findall(r"[^\W\d]\w*", text))
        return f"`{text}`" if len(text) <= _LONGEST and names <= self._seen else ""

    def name(self, name: str) -> str:
        """A name; one that only the solution has, in plain words, if it is made of such."""
        if name in self._seen:
            return f"`{name}`"
        return name.replace("_", " ") if re.fullmatch(r"[a-z]{4,}(_[a-z]{2,})*", name) else ""

    def whereabouts(self, statement: ast.stmt) -> str:
        """Where a change is, in what a student knows: the value that is computed there."""
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        target = statement.target if isinstance(statement, ast.AugAssign) else target
        if isinstance(target, ast.Subscript):
            target = target.value
        if isinstance(target, ast.Tuple):
            target = None
        shown = self.code(target) if target is not None else ""
        return f"where {shown} is computed, " if shown else ""

    def instead_of(self, old: ast.expr, parent: ast.AST) -> Iterator[_New]:
        """Expressions that may stand where another one belongs."""
        if isinstance(old, ast.BinOp):
            yield from self._of_operation(old)
        elif isinstance(old, ast.UnaryOp) and isinstance(old.op, ast.USub):
            yield old.operand, "a minus sign is left out"
        elif isinstance(old, ast.Call):
            yield from self._of_call(old)
        elif isinstance(old, ast.Compare) and len(old.ops) == 1:
            yield from self._of_comparison(old)
        elif isinstance(old, ast.BoolOp):
            yield from self._of_condition(old)
        elif isinstance(old, ast.IfExp):
            yield old.body, self._always(old.test)
            yield old.orelse, self._never(old.test)
        elif isinstance(old, ast.Slice):
            yield from self._of_slice(old)
        elif isinstance(old, ast.Attribute):
            yield from self._of_attribute(old)
        elif isinstance(old, ast.Tuple) and len(old.elts) == 2:
            yield from self._of_pair(old)
        elif isinstance(old, ast.Constant):
            yield from self._of_constant(old, parent)
        elif isinstance(old, ast.Name) and old.id in self._names:
            yield from self._of_name(old, parent)

    def _of_operation(self, old: ast.BinOp) -> Iterator[_New]:
        left, op, right = old.left, old.op, old.right
        mine, theirs = self.code(left), self.code(right)
        if isinstance(op, (ast.Add, ast.Sub)):
            sign = "+" if isinstance(op, ast.Add) else "-"
            term = f"`{sign} {theirs[1:]}" if theirs else "one term"
            yield left, f"{term} is left out"
            other = f"the term {mine}" if mine else "one term"
            alone = right if isinstance(op, ast.Add) else ast.UnaryOp(ast.USub(), right)
            yield alone, f"{other} is left out"
            flipped: ast.operator = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            verbs = ("subtracted", "added") if isinstance(op, ast.Add) else ("added", "subtracted")
            what = theirs or "one term"
            yield ast.BinOp(left, flipped, right), f"{what} is {verbs[0]} and not {verbs[1]}"
        elif isinstance(op, ast.Mult):
            for factor, rest in ((right, left), (left, right)):
                shown = self.code(factor)
                what = f"the factor {shown}" if shown else "one factor"
                yield rest, f"{what} is left out"
                divided = ast.BinOp(rest, ast.Div(), factor)
                yield divided, f"{shown or 'one factor'} divides and does not multiply"
            product = ast.BinOp(left, ast.MatMult(), right)
            yield product, "a matrix product stands where numbers are multiplied one by one"
        elif isinstance(op, (ast.Div, ast.FloorDiv)):
            by = theirs or "a number"
            yield left, f"the division by {by} is left out"
            yield ast.BinOp(left, ast.Mult(), right), f"{by} multiplies and does not divide"
            if isinstance(op, ast.FloorDiv):
                yield _rounded_up(left, right), f"the division by {by} is rounded up and not down"
                yield ast.BinOp(left, ast.Div(), right), f"the division by {by} is not rounded down"
            else:
                yield ast.BinOp(left, ast.FloorDiv(), right), f"the division by {by} is rounded"
        elif isinstance(op, ast.MatMult):
            yield (
                ast.BinOp(left, ast.Mult(), right),
                ("numbers are multiplied one by one where a matrix product belongs"),
            )
        elif isinstance(op, ast.Pow):
            yield left, f"the power `** {ast.unparse(right)}` of {mine or 'a number'} is left out"
        if isinstance(op, (ast.Sub, ast.Div, ast.FloorDiv, ast.MatMult, ast.Pow)):
            sign = {ast.Sub: "-", ast.Div: "/", ast.FloorDiv: "//", ast.MatMult: "@"}.get(
                type(op), "**"
            )
            both = f" of `{sign}`: {mine} and {theirs}" if mine and theirs else f" of a `{sign}`"
            yield ast.BinOp(right, op, left), f"the two sides{both} are exchanged"
        yield from self._regrouped(old)

    def _regrouped(self, old: ast.BinOp) -> Iterator[_New]:
        """Brackets that are missing, or that stand elsewhere."""
        left, op, right = old.left, old.op, old.right
        said = "brackets are set in another way: {what} {does} only a part of what it belongs to"
        wide = "brackets are set in another way: {what} {does} more than it belongs to"
        if isinstance(op, (ast.Mult, ast.Div)):
            does = "multiplies" if isinstance(op, ast.Mult) else "divides"
            if isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Add, ast.Sub)):
                what = self.code(right) or "a factor"
                inner = ast.BinOp(left.right, op, right)
                yield ast.BinOp(left.left, left.op, inner), said.format(what=what, does=does)
                outer = ast.BinOp(left.left, op, right)
                yield ast.BinOp(outer, left.op, left.right), said.format(what=what, does=does)
            if isinstance(right, ast.BinOp) and isinstance(right.op, (ast.Add, ast.Sub, ast.Mult)):
                what = self.code(left) or "a factor"
                moved = ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)
                if isinstance(op, ast.Div):
                    what, does = self.code(right.right) or "the second part", "is no part of"
                    yield moved, f"brackets below a `/` are missing, so that {what} is not below it"
                elif not isinstance(right.op, ast.Mult):
                    yield moved, said.format(what=what, does=does)
        if isinstance(op, (ast.Add, ast.Sub)):
            if isinstance(right, ast.BinOp) and isinstance(right.op, (ast.Mult, ast.Div, ast.Pow)):
                what = self.code(right.right) or "a number"
                does = _does(right.op)
                moved = ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)
                yield (
                    moved,
                    wide.format(what=what, does=does)
                    if does
                    else (
                        "the power is taken of a whole sum or difference and not of its last term"
                    ),
                )
            if isinstance(left, ast.BinOp) and isinstance(left.op, ast.Mult):
                what = self.code(left.left) or "a factor"
                moved = ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
                yield moved, wide.format(what=what, does="multiplies")
        if isinstance(op, ast.Pow) and isinstance(left, ast.BinOp):
            inner = ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
            yield inner, "the power is taken of a part and not of the whole"

    def _of_call(self, old: ast.Call) -> Iterator[_New]:
        called = self._called(old)
        yield from self._of_like(old)
        if isinstance(old.func, ast.Name) and old.func.id == "range":
            yield from self._of_range(old)
            return
        for argument in old.args:
            if not isinstance(argument, (ast.Starred, ast.Constant)) and called:
                more = f" of {self.code(argument)}" if self.code(argument) else ""
                yield argument, f"{called}{more} is left out"
        if isinstance(old.func, ast.Attribute) and called and not _is_module(old.func.value):
            yield old.func.value, f"{called} is left out"
        for index, keyword in enumerate(old.keywords):
            others = [*old.keywords[:index], *old.keywords[index + 1 :]]
            if keyword.arg and called:
                said = f"`{keyword.arg}` is not given to {called}"
                yield ast.Call(old.func, old.args, others), said
            if keyword.arg == "axis" and _is_literal(keyword.value):
                for axis in _AXES:
                    value = ast.parse(repr(axis), mode="eval").body
                    if ast.dump(value) != ast.dump(keyword.value):
                        said = f"`axis={axis}` stands where another axis belongs"
                        keywords = [*others, ast.keyword("axis", value)]
                        yield ast.Call(old.func, old.args, keywords), said
        if called:
            for first, second in itertools.combinations(range(len(old.args)), 2):
                args = list(old.args)
                args[first], args[second] = args[second], args[first]
                yield ast.Call(old.func, args, old.keywords), f"arguments of {called} are exchanged"
        yield from self._taken_of_less(old, called)

    def _taken_of_less(self, old: ast.Call, called: str) -> Iterator[_New]:
        """A function of one number taken of a part: `sqrt(a) / b` for `sqrt(a / b)`."""
        if not called or not old.args or not isinstance(old.args[0], ast.BinOp):
            return
        inner, more = old.args[0], old.args[1:]
        for part, other in ((inner.left, inner.right), (inner.right, inner.left)):
            what = f"only of {self.code(part)}" if self.code(part) else "only of a part"
            call = ast.Call(old.func, [part, *more], old.keywords)
            sides = (call, other) if part is inner.left else (other, call)
            yield ast.BinOp(sides[0], inner.op, sides[1]), f"{called} is taken {what}"

    def _of_like(self, old: ast.Call) -> Iterator[_New]:
        """Another function of the same family."""
        func = old.func
        name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
        for family in _LIKE:
            for other in family if name in family else ():
                if other == name or (isinstance(func, ast.Name) and not hasattr(builtins, other)):
                    continue
                new = (
                    ast.Attribute(func.value, other, ast.Load())
                    if isinstance(func, ast.Attribute)
                    else ast.Name(other, ast.Load())
                )
                said = f"`{other}` stands where `{name}` belongs"
                yield ast.Call(new, old.args, old.keywords), said

    def _of_range(self, old: ast.Call) -> Iterator[_New]:
        args = old.args
        last = 0 if len(args) == 1 else 1
        for index, step, said in (
            (last, 1, "a range ends one too late"),
            (last, -1, "a range ends one too early"),
            (0, 1, "a range begins one too late"),
            (0, -1, "a range begins one too early"),
        ):
            moved = list(args)
            if index < last or index == last:
                if index == 0 and last == 0 and "begins" in said:
                    moved = [ast.Constant(step), *args]
                else:
                    moved[index] = ast.BinOp(args[index], ast.Add(), ast.Constant(step))
                yield ast.Call(old.func, moved, []), said
        if len(args) == 3:
            yield ast.Call(old.func, args[:2], []), "a range ignores its step"

    def _of_comparison(self, old: ast.Compare) -> Iterator[_New]:
        for other in _COMPARISONS.get(type(old.ops[0]), ()):
            said = f"`{_SIGNS[other]}` stands where `{_SIGNS[type(old.ops[0])]}` belongs"
            yield ast.Compare(old.left, [other()], old.comparators), said

    def _of_condition(self, old: ast.BoolOp) -> Iterator[_New]:
        is_and = isinstance(old.op, ast.And)
        other: ast.boolop = ast.Or() if is_and else ast.And()
        signs = ("or", "and") if is_and else ("and", "or")
        yield ast.BoolOp(other, old.values), f"`{signs[0]}` stands where `{signs[1]}` belongs"
        for index, value in enumerate(old.values):
            rest = [*old.values[:index], *old.values[index + 1 :]]
            what = f"the condition {self.code(value)}" if self.code(value) else "one condition"
            yield rest[0] if len(rest) == 1 else ast.BoolOp(old.op, rest), f"{what} is left out"

    def _of_slice(self, old: ast.Slice) -> Iterator[_New]:
        low, high, step = old.lower, old.upper, old.step
        if step is not None:
            is_turned = ast.unparse(step) == "-1"
            what = "which turns the order round, " if is_turned else ""
            shown = "`-1`" if is_turned else self.code(step)
            step_of = f"the step {shown} of a slice, " if shown else "the step of a slice, "
            yield ast.Slice(low, high), f"{step_of}{what}is left out".replace(", is", " is")
        for bound, words in ((low, "begins"), (high, "ends")):
            if bound is None:
                continue
            shown = self.code(bound)
            is_low = bound is low
            rest = ast.Slice(None if is_low else low, high if is_low else None, step)
            yield rest, f"a slice has no bound{f' {shown}' if shown else ''} where it {words}"
            for shift, how in ((1, "late"), (-1, "early")):
                moved = ast.BinOp(bound, ast.Add(), ast.Constant(shift))
                new = ast.Slice(moved if is_low else low, high if is_low else moved, step)
                yield new, f"a slice {words} one too {how}"

    def _of_attribute(self, old: ast.Attribute) -> Iterator[_New]:
        if old.attr == "T":
            yield old.value, "`.T` is left out"
        if isinstance(old.value, ast.Name) and old.value.id == "self" and self.code(old):
            for other in self._own:
                new = ast.Attribute(old.value, other, ast.Load())
                if other != old.attr and self.code(new):
                    yield new, f"{self.code(new)} stands where {self.code(old)} belongs"

    def _of_pair(self, old: ast.Tuple) -> Iterator[_New]:
        first, second = old.elts
        both = self.code(first), self.code(second)
        what = f"{both[0]} and {both[1]}" if all(both) else "the two parts of a pair"
        if ast.dump(first) != ast.dump(second):
            yield ast.Tuple([second, first], ast.Load()), f"{what} are exchanged"
        elif isinstance(first, ast.Name) and both[0]:
            zeros = ast.Tuple([ast.Constant(0), ast.Constant(0)], ast.Load())
            yield zeros, f"{both[0]} is ignored along one axis"

    def _of_constant(self, old: ast.Constant, parent: ast.AST) -> Iterator[_New]:
        value = old.value
        if isinstance(parent, (ast.Slice, ast.JoinedStr, ast.FormattedValue, ast.Dict)):
            return
        if isinstance(value, bool):
            yield ast.Constant(not value), f"`{not value}` stands where `{value}` belongs"
        elif isinstance(value, str):
            for text in self._texts if value in self._texts else ():
                if text != value:
                    yield ast.Constant(text), f"`{text!r}` stands where `{value!r}` belongs"
        elif isinstance(value, (int, float)):
            near = [value + 1, value - 1, -value, 2 * value] if isinstance(value, int) else []
            near += [0, 1, 2, 3] if isinstance(parent, ast.Subscript) else []
            near += [1 - value, 2 * value, value / 2] if isinstance(value, float) else []
            around = "" if isinstance(parent, ast.stmt) else self.code(parent)
            if not around and abs(value) <= _PLAIN:
                return  # Nobody would know which is meant.
            inside = f"in {around} " if around else ""
            for number in dict.fromkeys([*near, *self._numbers, 0, 1]):
                if number != value:
                    yield ast.Constant(number), f"{inside}{number:,} stands where {value:,} belongs"

    def _of_name(self, old: ast.Name, parent: ast.AST) -> Iterator[_New]:
        mine = self.name(old.id)
        if not mine:
            return
        if isinstance(parent, (ast.If, ast.IfExp)):
            return  # Whatever is not 0 would do as well.
        for other in self._names:
            if other != old.id and self.name(other) and self._are_alike(other, old.id):
                said = f"{self.name(other)} stands where {mine} belongs"
                yield ast.Name(other, ast.Load()), said
        if isinstance(parent, (ast.Tuple, ast.Call, ast.keyword)) and old.id in self._arguments:
            for number in (0, 1):
                yield ast.Constant(number), f"{mine} is not used in one place"

    def _are_alike(self, one: str, other: str) -> bool:
        """Whether two names are of a kind: arguments, parts of one thing, or alike as words."""
        return (
            {one, other} <= self._arguments
            or any({one, other} <= parts for parts in self._unpacked)
            or one in other
            or other in one
            or bool(set(one.split("_")) & set(other.split("_")))
        )

    def instead_of_statement(self, node: ast.stmt) -> Iterator[_New]:
        """Statements that may stand where another one belongs."""
        if isinstance(node, ast.AugAssign):
            target = ast.unparse(node.target)
            what = self.code(node.target) or "a result"
            stored = ast.parse(target).body[0].value  # type: ignore[attr-defined]
            for child in [stored]:
                child.ctx = ast.Store()
            if isinstance(node.op, ast.Add):
                said = f"{what} is overwritten (`=`) where values are to add up (`+=`)"
                yield ast.Assign([stored], node.value), said
            if isinstance(node.op, (ast.Add, ast.Sub)):
                is_add = isinstance(node.op, ast.Add)
                flipped: ast.operator = ast.Sub() if is_add else ast.Add()
                verbs = ("subtracted", "added") if is_add else ("added", "subtracted")
                said = f"what changes {what} is {verbs[0]} and not {verbs[1]}"
                yield ast.AugAssign(node.target, flipped, node.value), said
            yield ast.Pass(), f"the step that changes {what} is left out"
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            what = self.code(node.targets[0]) or self._spoken(node.targets[0]) or "a value"
            yield ast.Pass(), f"the step that sets {what} anew is left out"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if called := self._called(node.value):
                yield ast.Pass(), f"the call of {called} is left out"
        elif isinstance(node, ast.If):
            never: Sequence[ast.stmt] = node.orelse or [ast.Pass()]
            true = ast.Constant(True)
            yield ast.If(true, list(never), []), self._never(node.test)
            yield ast.If(true, node.body, []), self._always(node.test)
            if node.orelse:
                shown = self.code(node.test)
                said = f"the two cases of {shown or 'a condition'} are exchanged"
                yield ast.If(true and node.test, node.orelse, node.body), said

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
            names.append(self.code(target) or self._spoken(target))
        if not all(names):
            return ""
        return f"the steps that set {names[0]} and {names[1]} come in the other order"

    def _spoken(self, target: ast.expr) -> str:
        return self.name(target.id) if isinstance(target, ast.Name) else ""

    def _called(self, call: ast.Call) -> str:
        """What a call calls: `np.sqrt`, or a method's name."""
        if isinstance(call.func, ast.Attribute) and not _is_module(call.func.value):
            return f"`.{call.func.attr}`"
        return self.code(call.func)

    def _always(self, test: ast.expr) -> str:
        return f"what is meant for {self.code(test) or 'a special case'} is done always"

    def _never(self, test: ast.expr) -> str:
        return (
            f"the case {shown} is left out"
            if (shown := self.code(test))
            else ("a special case is left out")
        )


def _is_module(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in ("np", "math", "keras", "ops", "tf", "layers")


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def _rounded_up(left: ast.expr, right: ast.expr) -> ast.expr:
    negative = ast.BinOp(ast.UnaryOp(ast.USub(), left), ast.FloorDiv(), right)
    return ast.UnaryOp(ast.USub(), negative)


def _does(op: ast.operator) -> str:
    return {ast.Mult: "multiplies", ast.Div: "divides"}.get(type(op), "")
