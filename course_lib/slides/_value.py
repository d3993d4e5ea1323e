"""What a computation returns: a value and how it came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from course_lib.slides._polynomial import Polynomial


@dataclass(frozen=True)
class Value:
    """A computed value with its derivation.

    Attributes:
        value: a number, text, polynomial, or a (nested) tuple of these.
        formula: the derivation with its numbers, such as `3·3·64·128 + 128`, without the result.
    """

    value: Any
    formula: str = ""

    @property
    def derivation(self) -> str:
        """The formula and the result: `3·3·64·128 + 128 = 73,856`."""
        result = show(self.value)
        return f"{self.formula} = {result}" if self.formula else result


def show(value: Any) -> str:
    """Returns a value as text for people: thousands separated, floats to six digits."""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return f"{value.numerator:,}"
        value = float(value)
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    if isinstance(value, float):
        if value == 0 or abs(value) >= 1e-4:
            digits = f"{value:,.6f}" if abs(value) < 1000 else f"{value:,.3f}"
            short = _six_digits(value, digits)
            return short.replace("-", "−")
        return f"{value:.3g}".replace("-", "−")
    if isinstance(value, Polynomial):
        return str(value)
    if isinstance(value, tuple):
        items = [show(item) for item in value]
        separator = "; " if any("," in item for item in items) else ", "
        nested = any(isinstance(item, tuple) for item in value)
        whole = len(items) > 1 and all(isinstance(v, int | str | Polynomial) for v in value)
        left, right = ("(", ")") if whole and not nested else ("[", "]")
        return left + (", " if nested else separator).join(items) + right
    raise TypeError(
        "A computed value must be a number, text, polynomial or tuple of these. "
        f"Received: {type(value).__name__}"
    )


def _six_digits(value: float, digits: str) -> str:
    if abs(value) < 1000:
        places = 6 - (len(str(int(abs(value)))) if abs(value) >= 1 else 0)
        digits = f"{value:,.{places}f}"
    return digits.rstrip("0").rstrip(".")


def times(*factors: Any) -> str:
    """Joins factors with a multiplication dot, leaving out ones where others remain."""
    shown = [show_factor(f) for f in factors if f != 1] or ["1"]
    return "·".join(shown)


def show_factor(factor: Any) -> str:
    """Returns a factor as it is written inside a product."""
    text = show(factor)
    compound = isinstance(factor, Polynomial) and (len(factor.terms) > 1)
    return f"({text})" if compound else text


def plus(terms: Iterable[str]) -> str:
    """Joins terms with plus signs."""
    return " + ".join(terms)
