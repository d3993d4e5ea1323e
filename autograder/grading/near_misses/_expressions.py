"""Calls, names, numbers, slices and conditions that may stand where others belong."""

from __future__ import annotations

import ast
import builtins
import itertools
import re
from collections.abc import Iterator

from autograder.grading.near_misses._operations import New, Operations
from autograder.grading.near_misses._words import is_module

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
    ("int", "round"),
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


class Expressions(Operations):
    """What may stand in the place of an expression."""

    def instead_of(self, old: ast.expr, parent: ast.AST, where: str = "") -> Iterator[New]:
        """Expressions that may stand where another one belongs.

        Args:
            old: the one that belongs there.
            parent: what it is part of.
            where: what is said of the place; empty if nothing can be.
        """
        if old in self.compared and not isinstance(old, ast.Name):
            return  # Many numbers decide alike.
        if isinstance(old, ast.BinOp):
            yield from self.of_operation(old, parent)
        elif isinstance(old, ast.UnaryOp) and isinstance(old.op, ast.USub):
            yield old.operand, "a minus sign is left out"
            yield from self.of_rounding_up(old)
        elif isinstance(old, ast.Call):
            yield from self._of_call(old)
        elif isinstance(old, ast.Compare) and len(old.ops) == 1:
            yield from self._of_comparison(old)
        elif isinstance(old, ast.BoolOp):
            yield from self._of_condition(old)
        elif isinstance(old, ast.IfExp):
            yield old.body, self.always(old.test)
            yield old.orelse, self.never(old.test)
        elif isinstance(old, ast.Slice):
            yield from self._of_slice(old)
        elif isinstance(old, ast.Attribute):
            yield from self._of_attribute(old)
        elif isinstance(old, ast.Tuple) and len(old.elts) == 2:
            yield from self._of_pair(old)
        elif isinstance(old, ast.List) and len(old.elts) > 1:
            yield from self._of_list(old)
        elif isinstance(old, ast.Constant):
            yield from self._of_constant(old, parent, where)
        elif isinstance(old, ast.Name) and old.id in self.names:
            yield from self._of_name(old, parent)

    def _of_call(self, old: ast.Call) -> Iterator[New]:
        called = self.called(old)
        yield from self._of_like(old)
        if isinstance(old.func, ast.Name) and old.func.id == "range":
            yield from self._of_range(old)
            return
        for argument in old.args if called and not _sums_up(old) else ():
            if not isinstance(argument, (ast.Starred, ast.Constant)):
                more = f" of {self.code(argument)}" if self.code(argument) else ""
                yield argument, f"{called}{more} is left out"
        if isinstance(old.func, ast.Attribute) and called and not is_module(old.func.value):
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
                both = self.code(old.args[first]), self.code(old.args[second])
                which = f"{both[0]} and {both[1]}" if all(both) else "two arguments"
                said = f"{which} of {called} are exchanged"
                yield ast.Call(old.func, args, old.keywords), said
            yield from self._other_order(old, called)
        if called.strip("`.").split(".")[-1] in ("var", "std") and not _has(old, "ddof"):
            said = f"{called} divides by one less than the number of values (`ddof=1`)"
            keywords = [*old.keywords, ast.keyword("ddof", ast.Constant(1))]
            yield ast.Call(old.func, old.args, keywords), said
        yield from self._taken_of_less(old, called)

    def _other_order(self, old: ast.Call, called: str) -> Iterator[New]:
        """The mean of the logarithms for the logarithm of the mean."""
        is_method = isinstance(old.func, ast.Attribute) and not is_module(old.func.value)
        inner = old.func.value if is_method and isinstance(old.func, ast.Attribute) else None
        inner = inner or (old.args[0] if old.args else None)
        if not isinstance(inner, ast.Call) or not inner.args or not self.called(inner):
            return
        if isinstance(inner.func, ast.Attribute) and not is_module(inner.func.value):
            return
        first, more = inner.args[0], inner.args[1:]
        if is_method and isinstance(old.func, ast.Attribute):
            function: ast.expr = ast.Attribute(first, old.func.attr, ast.Load())
            outer = ast.Call(function, old.args, old.keywords)
        else:
            outer = ast.Call(old.func, [first, *old.args[1:]], old.keywords)
        said = f"{called} comes before {self.called(inner)}, not after it"
        yield ast.Call(inner.func, [outer, *more], inner.keywords), said

    def _taken_of_less(self, old: ast.Call, called: str) -> Iterator[New]:
        """A function of one number taken of a part: `sqrt(a) / b` for `sqrt(a / b)`."""
        if not called or not old.args or not isinstance(old.args[0], ast.BinOp):
            return
        inner, more = old.args[0], old.args[1:]
        for part, other in ((inner.left, inner.right), (inner.right, inner.left)):
            what = f"only of {self.code(part)}" if self.code(part) else "only of a part"
            call = ast.Call(old.func, [part, *more], old.keywords)
            sides = (call, other) if part is inner.left else (other, call)
            yield ast.BinOp(sides[0], inner.op, sides[1]), f"{called} is taken {what}"

    def _of_like(self, old: ast.Call) -> Iterator[New]:
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

    def _of_range(self, old: ast.Call) -> Iterator[New]:
        args = old.args
        last = 0 if len(args) == 1 else 1
        for index, step, said in (
            (last, 1, "a range ends one too late"),
            (last, -1, "a range ends one too early"),
            (0, 1, "a range begins one too late"),
            (0, -1, "a range begins one too early"),
        ):
            moved = list(args)
            if last == 0 and "begins" in said:
                moved = [ast.Constant(step), *args]
            else:
                moved[index] = ast.BinOp(args[index], ast.Add(), ast.Constant(step))
            yield ast.Call(old.func, moved, []), said
        if len(args) == 3:
            yield ast.Call(old.func, args[:2], []), "a range ignores its step"

    def _of_comparison(self, old: ast.Compare) -> Iterator[New]:
        op = type(old.ops[0])
        for other in _COMPARISONS.get(op, ()):
            said = (
                f"a comparison decides otherwise where both sides are equal: `{_SIGNS[op]}` or "
                f"`{_SIGNS[other]}`"
                if _SIGNS[op].rstrip("=") == _SIGNS[other].rstrip("=")
                else "a comparison is turned round"
            )
            yield ast.Compare(old.left, [other()], old.comparators), said

    def _of_condition(self, old: ast.BoolOp) -> Iterator[New]:
        is_and = isinstance(old.op, ast.And)
        other: ast.boolop = ast.Or() if is_and else ast.And()
        signs = ("or", "and") if is_and else ("and", "or")
        yield ast.BoolOp(other, old.values), f"`{signs[0]}` stands where `{signs[1]}` belongs"
        for index, value in enumerate(old.values):
            rest = [*old.values[:index], *old.values[index + 1 :]]
            what = f"the condition {self.code(value)}" if self.code(value) else "one condition"
            yield rest[0] if len(rest) == 1 else ast.BoolOp(old.op, rest), f"{what} is left out"

    def _of_slice(self, old: ast.Slice) -> Iterator[New]:
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

    def _of_attribute(self, old: ast.Attribute) -> Iterator[New]:
        if old.attr == "T":
            yield old.value, "`.T` is left out"
        if isinstance(old.value, ast.Name) and old.value.id == "self" and self.code(old):
            for other in self.own:
                new = ast.Attribute(old.value, other, ast.Load())
                if other != old.attr and self.code(new):
                    yield new, f"{self.code(new)} stands where {self.code(old)} belongs"

    def _of_pair(self, old: ast.Tuple) -> Iterator[New]:
        first, second = old.elts
        both = self.code(first), self.code(second)
        what = f"{both[0]} and {both[1]}" if all(both) else "the two parts of a pair"
        if ast.dump(first) != ast.dump(second):
            yield ast.Tuple([second, first], ast.Load()), f"{what} are exchanged"
        elif isinstance(first, ast.Name) and both[0]:
            zeros = ast.Tuple([ast.Constant(0), ast.Constant(0)], ast.Load())
            yield zeros, f"{both[0]} is ignored along one axis"
            for sides in ((first, ast.Constant(0)), (ast.Constant(0), second)):
                said = f"of a pair only one of the two is {both[0]}, and the other is 0"
                yield ast.Tuple(list(sides), ast.Load()), said

    def _of_list(self, old: ast.List) -> Iterator[New]:
        """An entry left out of a list that is written down, or two exchanged."""
        entries = old.elts
        for index, entry in enumerate(entries):
            what = f"the entry {self.code(entry)}" if self.code(entry) else "an entry"
            rest = [*entries[:index], *entries[index + 1 :]]
            yield ast.List(rest, ast.Load()), f"{what} of a list is left out"
            if index and ast.dump(entry) != ast.dump(entries[index - 1]):
                turned = [*entries[: index - 1], entry, entries[index - 1], *entries[index + 1 :]]
                both = self.code(entries[index - 1]), self.code(entry)
                which = f"{both[0]} and {both[1]}" if all(both) else "two entries of a list"
                yield ast.List(turned, ast.Load()), f"{which} are exchanged"

    def _of_constant(self, old: ast.Constant, parent: ast.AST, where: str) -> Iterator[New]:
        value = old.value
        if isinstance(parent, (ast.Slice, ast.JoinedStr, ast.FormattedValue, ast.Dict)):
            return
        if isinstance(value, bool):
            yield ast.Constant(not value), f"`{not value}` stands where `{value}` belongs"
        elif isinstance(value, str):
            for text in self.texts if value in self.texts else ():
                if text != value:
                    yield ast.Constant(text), f'`"{text}"` stands where `"{value}"` belongs'
        elif isinstance(value, (int, float)):
            around = "" if isinstance(parent, ast.stmt) else self.code(parent)
            is_plain = isinstance(parent, ast.Tuple) and abs(value) <= _PLAIN
            is_seen = bool(re.search(r"[^\W\d]", around))
            if is_plain or not (is_seen or (where and abs(value) > _PLAIN)):
                return  # Nobody would know which is meant.
            context = f"in {around} " if is_seen else ""
            near = _near(value, isinstance(parent, ast.Subscript))
            for number in sorted(near.union(self.numbers)):
                if number != value:
                    yield (
                        ast.Constant(number),
                        f"{context}{number:,} stands where {value:,} belongs",
                    )

    def _of_name(self, old: ast.Name, parent: ast.AST) -> Iterator[New]:
        mine = self.name(old.id)
        if not mine:
            return
        if isinstance(parent, (ast.If, ast.IfExp)):
            return  # Whatever is not 0 would do as well.
        for other in self.names:
            if other != old.id and self.name(other) and self.are_alike(other, old.id):
                said = f"{self.name(other)} stands where {mine} belongs"
                yield ast.Name(other, ast.Load()), said
        if isinstance(parent, (ast.Tuple, ast.Call, ast.keyword)) and old.id in self.arguments:
            for number in (0, 1):
                yield ast.Constant(number), f"{mine} is not used in one place"


def _has(call: ast.Call, name: str) -> bool:
    return any(keyword.arg == name for keyword in call.keywords)


def _sums_up(call: ast.Call) -> bool:
    """Whether a call makes one number of many, which would be repeated where it is multiplied."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name in ("len", "prod", "sum") or (name in ("max", "min") and len(call.args) == 1)


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def _near(value: float, is_index: bool) -> set[float]:
    """Numbers that are taken for another."""
    if isinstance(value, int):
        indices = {2, 3} if is_index else set()
        return {0, 1, value + 1, value - 1, -value, 2 * value} | indices
    return {0, 1, 1 - value, 2 * value, value / 2}
