"""Polynomials with whole coefficients, so that `25C²HW` can be computed and not only quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby

Monomial = tuple[str, ...]  # sorted letters with repetition: C²H is ("C", "C", "H")

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FACTOR = re.compile(r"(?P<number>\d+)(?!\^)|(?P<letter>[A-Za-z])(?:\^(?P<power>\d+))?")


class Polynomial:
    """A sum of monomials in single-letter symbols.

    It supports what cost formulas need: addition, subtraction, multiplication and equality, among
    themselves and with whole numbers.

    Example:
        >>> C, H, W = symbols("C H W")
        >>> str(C * C * 25 * H * W)
        '25C²HW'
    """

    def __init__(self, terms: Mapping[Monomial, int]) -> None:
        self.terms: dict[Monomial, int] = {m: c for m, c in sorted(terms.items()) if c}

    @classmethod
    def of(cls, value: Polynomial | int) -> Polynomial:
        """Returns `value` as a polynomial."""
        return value if isinstance(value, Polynomial) else cls({(): value})

    @classmethod
    def parse(cls, text: str) -> Polynomial:
        """Reads a formula as slides print it: `25C²HW`, `3x3xc^2`, `cd+9d²+dc`, `|D|+1`.

        Raises:
            ValueError: if the text is not such a formula.
        """
        powers = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + m.group().translate(_DIGITS), text)
        compact = re.sub(r"[\s|*·×]|(?<=\d)x(?=[\dA-Za-z])", " ", powers)
        total = cls({})
        for sign, term in re.findall(r"([+−-]?)([^+−-]+)", compact):
            product = cls.of(-1 if sign in ("-", "−") else 1)
            rest = term
            while rest := rest.lstrip():
                factor = _FACTOR.match(rest)
                if factor is None:
                    raise ValueError(
                        "A printed formula must be made of numbers, single letters, powers and "
                        f"signs. Received: {text!r}"
                    )
                if factor["number"]:
                    product = product * int(factor["number"])
                else:
                    letters = factor["letter"] * int(factor["power"] or 1)
                    product = product * cls({tuple(letters): 1})
                rest = rest[factor.end() :]
            total = total + product
        return total

    def at(self, values: Mapping[str, Fraction]) -> Fraction:
        """Evaluates the polynomial with a number for every symbol."""
        total = Fraction(0)
        for monomial, coefficient in self.terms.items():
            product = Fraction(coefficient)
            for letter in monomial:
                product *= values[letter]
            total += product
        return total

    def __add__(self, other: Polynomial | int) -> Polynomial:
        total = Counter(self.terms)
        for monomial, coefficient in Polynomial.of(other).terms.items():
            total[monomial] += coefficient
        return Polynomial(total)

    def __mul__(self, other: Polynomial | int) -> Polynomial:
        product: Counter[Monomial] = Counter()
        for a, x in self.terms.items():
            for b, y in Polynomial.of(other).terms.items():
                product[tuple(sorted(a + b))] += x * y
        return Polynomial(product)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> Polynomial:
        return self * -1

    def __sub__(self, other: Polynomial | int) -> Polynomial:
        return self + Polynomial.of(other) * -1

    def __rsub__(self, other: int) -> Polynomial:
        return Polynomial.of(other) - self

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | Polynomial):
            return self.terms == Polynomial.of(other).terms
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.terms.items()))

    def __str__(self) -> str:
        if not self.terms:
            return "0"
        text = ""
        for monomial, coefficient in sorted(self.terms.items(), key=lambda t: (-len(t[0]), t[0])):
            letters = ""
            for letter, run in groupby(monomial):
                power = len(list(run))
                letters += letter + (str(power).translate(_SUPERSCRIPTS) if power > 1 else "")
            size = "" if abs(coefficient) == 1 and letters else str(abs(coefficient))
            sign = ("−" if coefficient < 0 else "+") if text else "−" if coefficient < 0 else ""
            text += f" {sign} {size}{letters}" if text else f"{sign}{size}{letters}"
        return text

    def __repr__(self) -> str:
        return f"Polynomial({self})"


def symbols(names: str) -> tuple[Polynomial, ...]:
    """Returns one polynomial for each single-letter name: `C, H, W = symbols("C H W")`."""
    return tuple(Polynomial({(name,): 1}) for name in names.split())
