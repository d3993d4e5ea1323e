"""Sums, products and powers that come out otherwise: terms, factors, signs, brackets."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from typing import Any

from autograder.grading.near_misses._words import Words, is_module

New = tuple[ast.expr, str]
"""What stands in the place of something, and what is said of it."""


class Operations(Words):
    """What may stand in the place of an operation."""

    def of_operation(self, old: ast.BinOp, parent: ast.AST) -> Iterator[New]:
        """Other operations, other operands, other brackets."""
        left, op, right = old.left, old.op, old.right
        mine, theirs = self.code(left), self.code(right)
        if isinstance(op, (ast.Add, ast.Sub)):
            sign = "+" if isinstance(op, ast.Add) else "-"
            term = f"`{sign} {theirs[1:]}" if theirs else "one term"
            whole = f" of {self.code(old)}" if isinstance(right, ast.Constant) and mine else ""
            yield left, f"{term} is left out{whole if self.code(old) else ''}"
            if _is_product(left) and _is_product(right):
                mixed = ast.BinOp(_product(right, left), op, _product(left, right))
                yield mixed, self._mixed(left, right)
            other = f"the term {mine}" if mine else "one term"
            alone = right if isinstance(op, ast.Add) else ast.UnaryOp(ast.USub(), right)
            yield alone, f"{other} is left out"
            if isinstance(op, ast.Sub) and mine and theirs:
                yield right, f"{theirs} stands where `{mine[1:-1]} - {theirs[1:-1]}` belongs"
            flipped: ast.operator = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            yield ast.BinOp(left, flipped, right), f"{theirs or 'one term'} has the wrong sign"
        elif isinstance(op, ast.Mult):
            for factor, rest in ((right, left), (left, right)):
                shown = self.code(factor)
                what = f"the factor {shown}" if shown else "one factor"
                yield rest, f"{what} is left out"
                divided = ast.BinOp(rest, ast.Div(), factor)
                yield divided, f"{shown or 'one factor'} stands on the wrong side of a division"
            yield ast.BinOp(left, ast.Add(), right), f"{self._by(right)} is added, not multiplied"
            product = ast.BinOp(left, ast.MatMult(), right)
            yield product, "a matrix product stands where numbers are multiplied one by one"
        elif isinstance(op, (ast.Div, ast.FloorDiv)):
            by = theirs or "a number"
            yield left, f"the division by {by} is left out"
            yield (
                ast.BinOp(left, ast.Mult(), right),
                (f"{by} stands on the wrong side of a division"),
            )
            if isinstance(op, ast.FloorDiv):
                yield _rounded_up(left, right), f"the division by {by} is rounded the other way"
                yield ast.BinOp(left, ast.Div(), right), f"the division by {by} is not rounded down"
                said = f"the division by {by} is rounded to the nearest number and not down"
                yield _rounded(left, right), said
            else:
                yield ast.BinOp(left, ast.FloorDiv(), right), f"the division by {by} is rounded"
                less = ast.BinOp(right, ast.Sub(), ast.Constant(1))
                yield ast.BinOp(left, op, less), f"it is divided by one less than {by}"
        elif isinstance(op, ast.MatMult):
            yield (
                ast.BinOp(left, ast.Mult(), right),
                ("numbers are multiplied one by one where a matrix product belongs"),
            )
        elif isinstance(op, ast.Pow):
            # The plain one first: of numbers that are not negative both are the same.
            yield left, f"the power `** {ast.unparse(right)}` of {mine or 'a number'} is left out"
            size = ast.Call(ast.Name("abs", ast.Load()), [left], [])
            yield size, f"the absolute value of {mine or 'a number'} stands where its power belongs"
        if isinstance(op, (ast.Sub, ast.Div, ast.FloorDiv, ast.MatMult, ast.Pow)):
            sign = {ast.Sub: "-", ast.Div: "/", ast.FloorDiv: "//", ast.MatMult: "@"}.get(
                type(op), "**"
            )
            both = f" of `{sign}`: {mine} and {theirs}" if mine and theirs else f" of a `{sign}`"
            yield ast.BinOp(right, op, left), f"the two sides{both} are exchanged"
        yield from self._regrouped(old)
        yield from self._within_a_call(old)
        if isinstance(op, (ast.Add, ast.Sub)) and not _is_sum(parent):
            yield from self._of_terms(old)

    def of_rounding_up(self, old: ast.UnaryOp) -> Iterator[New]:
        """`-(-a // b)`, which rounds up, rounded otherwise."""
        inner = old.operand
        if not isinstance(inner, ast.BinOp) or not isinstance(inner.op, ast.FloorDiv):
            return
        if isinstance(inner.left, ast.UnaryOp) and isinstance(inner.left.op, ast.USub):
            left, right = inner.left.operand, inner.right
            by = self.code(right) or "a number"
            yield ast.BinOp(left, ast.FloorDiv(), right), f"the division by {by} is rounded down"
            said = f"the division by {by} is rounded to the nearest number and not up"
            yield _rounded(left, right), said

    def _within_a_call(self, old: ast.BinOp) -> Iterator[New]:
        """`sqrt(a + b)` for `sqrt(a) + b`, on both sides."""
        for call, other in ((old.left, old.right), (old.right, old.left)):
            if not isinstance(call, ast.Call) or not call.args or not (name := self.called(call)):
                continue
            if isinstance(call.func, ast.Attribute) and not is_module(call.func.value):
                continue
            sides = (call.args[0], other) if call is old.left else (other, call.args[0])
            inner = ast.BinOp(sides[0], old.op, sides[1])
            said = f"{self.code(other) or 'a number'} stands inside {name}, not outside"
            yield ast.Call(call.func, [inner, *call.args[1:]], call.keywords), said

    def _of_terms(self, old: ast.BinOp) -> Iterator[New]:
        """Sums with a term twice, once in the place of another, or without two of them."""
        terms = _terms(old)
        shown = [self.code(term) or self.spoken(term) for term, _ in terms]
        for one, other in itertools.permutations(range(len(terms)), 2):
            (term, _), (_, sign) = terms[one], terms[other]
            if not shown[one]:
                continue
            rest = [*terms[:other], (term, sign), *terms[other + 1 :]]
            without = f", and {shown[other]} not at all" if shown[other] else ""
            yield _summed(rest), f"the term {shown[one]} counts twice{without}"
        for one, (term, sign) in enumerate(terms):
            what = f"the term {shown[one]}" if shown[one] else "one term"
            yield _summed([*terms, (term, sign)]), f"{what} counts twice"
        for one, other in itertools.combinations(range(len(terms)), 2):
            rest = [term for index, term in enumerate(terms) if index not in (one, other)]
            if rest and shown[one] and shown[other]:
                yield _summed(rest), f"the terms {shown[one]} and {shown[other]} are left out"

    def _by(self, node: ast.expr) -> str:
        return self.code(node) or "a factor"

    def _mixed(self, left: ast.expr, right: ast.expr) -> str:
        """What is said if two terms have each other's factor."""
        factors = [self.code(side.left) for side in (left, right) if isinstance(side, ast.BinOp)]
        what = f"the factors {factors[0]} and {factors[1]}" if all(factors) else "two factors"
        return f"{what} stand with each other's term"

    def _regrouped(self, old: ast.BinOp) -> Iterator[New]:
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
            if isinstance(left, ast.BinOp) and isinstance(left.op, (ast.Div, ast.FloorDiv)):
                what = self.code(left.right) or "a number"
                moved = ast.BinOp(ast.BinOp(left.left, op, right), left.op, left.right)
                yield moved, wide.format(what=what, does="divides")
        yield from self._rounded_before(old)
        is_power = isinstance(right, ast.BinOp) and isinstance(right.op, ast.Pow)
        if isinstance(right, ast.BinOp) and is_power and isinstance(op, (ast.Mult, ast.Div)):
            whole = ast.BinOp(ast.BinOp(left, op, right.left), ast.Pow(), right.right)
            yield whole, "the power is taken of the whole and not of the last factor alone"
        if isinstance(op, ast.Pow) and isinstance(left, ast.BinOp):
            inner = ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
            yield inner, "the power is taken of a part and not of the whole"

    def _rounded_before(self, old: ast.BinOp) -> Iterator[New]:
        """A division that rounds, before a product or after it."""
        left, op, right = old.left, old.op, old.right
        if isinstance(op, ast.FloorDiv) and _is_product(left) and isinstance(left, ast.BinOp):
            by = self.code(right) or "a number"
            said = f"the division by {by} rounds before the product is taken, not after it"
            early = ast.BinOp(left.right, op, right)
            yield ast.BinOp(left.left, ast.Mult(), early), said
            early = ast.BinOp(left.left, op, right)
            yield ast.BinOp(early, ast.Mult(), left.right), said
        is_rounded = isinstance(left, ast.BinOp) and isinstance(left.op, ast.FloorDiv)
        if isinstance(op, ast.Add) and isinstance(left, ast.BinOp) and is_rounded:
            by = self.code(left.right) or "a number"
            whole = ast.BinOp(ast.BinOp(left.left, ast.Div(), left.right), op, right)
            said = f"the division by {by} is rounded to the nearest number and not down"
            yield ast.Call(ast.Name("round", ast.Load()), [whole], []), said
        if isinstance(op, ast.Mult):
            for part, other in ((left, right), (right, left)):
                if isinstance(part, ast.BinOp) and isinstance(part.op, ast.FloorDiv):
                    by = self.code(part.right) or "a number"
                    said = f"the division by {by} rounds after the product is taken, not before it"
                    product = ast.BinOp(part.left, ast.Mult(), other)
                    yield ast.BinOp(product, ast.FloorDiv(), part.right), said


def _rounded(left: ast.expr, right: ast.expr) -> ast.expr:
    """A quotient rounded to the nearest number."""
    return ast.Call(ast.Name("round", ast.Load()), [ast.BinOp(left, ast.Div(), right)], [])


def _is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))


def _terms(node: ast.expr, sign: int = 1) -> list[tuple[ast.expr, int]]:
    """The terms of a sum with their signs."""
    if not isinstance(node, ast.BinOp) or not _is_sum(node):
        return [(node, sign)]
    other = sign if isinstance(node.op, ast.Add) else -sign
    return [*_terms(node.left, sign), *_terms(node.right, other)]


def _summed(terms: list[tuple[ast.expr, int]]) -> ast.expr:
    """The sum of terms with signs."""
    first, sign = terms[0]
    total: ast.expr = first if sign > 0 else ast.UnaryOp(ast.USub(), first)
    for term, sign in terms[1:]:
        total = ast.BinOp(total, ast.Add() if sign > 0 else ast.Sub(), term)
    return total


def _rounded_up(left: ast.expr, right: ast.expr) -> ast.expr:
    negative = ast.BinOp(ast.UnaryOp(ast.USub(), left), ast.FloorDiv(), right)
    return ast.UnaryOp(ast.USub(), negative)


def _does(op: ast.operator) -> str:
    return {ast.Mult: "multiplies", ast.Div: "divides"}.get(type(op), "")


def _is_product(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)


def _product(factor_of: Any, rest_of: Any) -> ast.BinOp:
    """The product of one product's first factor and the other's second."""
    return ast.BinOp(factor_of.left, ast.Mult(), rest_of.right)
