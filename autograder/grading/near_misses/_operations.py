"""Sums, products and powers that come out otherwise: terms, factors, signs, brackets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from autograder.grading.near_misses._words import Words

New = tuple[ast.expr, str]
"""What stands in the place of something, and what is said of it."""


class Operations(Words):
    """What may stand in the place of an operation."""

    def of_operation(self, old: ast.BinOp) -> Iterator[New]:
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
            flipped: ast.operator = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            yield ast.BinOp(left, flipped, right), f"{theirs or 'one term'} has the wrong sign"
        elif isinstance(op, ast.Mult):
            for factor, rest in ((right, left), (left, right)):
                shown = self.code(factor)
                what = f"the factor {shown}" if shown else "one factor"
                yield rest, f"{what} is left out"
                divided = ast.BinOp(rest, ast.Div(), factor)
                yield divided, f"{shown or 'one factor'} stands on the wrong side of a division"
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
                nearest = ast.Call(
                    ast.Name("round", ast.Load()), [ast.BinOp(left, ast.Div(), right)], []
                )
                said = f"the division by {by} is rounded to the nearest number and not down"
                yield nearest, said
            else:
                yield ast.BinOp(left, ast.FloorDiv(), right), f"the division by {by} is rounded"
        elif isinstance(op, ast.MatMult):
            yield (
                ast.BinOp(left, ast.Mult(), right),
                ("numbers are multiplied one by one where a matrix product belongs"),
            )
        elif isinstance(op, ast.Pow):
            size = ast.Call(ast.Name("abs", ast.Load()), [left], [])
            yield size, f"the absolute value of {mine or 'a number'} stands where its power belongs"
            yield left, f"the power `** {ast.unparse(right)}` of {mine or 'a number'} is left out"
        if isinstance(op, (ast.Sub, ast.Div, ast.FloorDiv, ast.MatMult, ast.Pow)):
            sign = {ast.Sub: "-", ast.Div: "/", ast.FloorDiv: "//", ast.MatMult: "@"}.get(
                type(op), "**"
            )
            both = f" of `{sign}`: {mine} and {theirs}" if mine and theirs else f" of a `{sign}`"
            yield ast.BinOp(right, op, left), f"the two sides{both} are exchanged"
        yield from self._regrouped(old)

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
        if isinstance(op, ast.Pow) and isinstance(left, ast.BinOp):
            inner = ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
            yield inner, "the power is taken of a part and not of the whole"


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
