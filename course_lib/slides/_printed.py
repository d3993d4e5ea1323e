"""Reads what a slide prints and says whether a computed value agrees with it.

Nothing here knows the right value beforehand: the printed text is parsed, the computed value is
rounded as the rule says, and the two are compared.

Rules:
    rounded: the computed number, rounded half up to the printed digits, is the printed number.
    truncated: the same, cut off instead of rounded.
    significant:N: both rounded to N significant digits are equal.
    leading: the printed digits are the first digits of the rounded number (a cut-off cell).
    leading_truncated: the same for the number cut off to a whole number.
    within:X: they differ by at most the fraction X of the printed number.
    at_least: the computed number is not less than the printed one.
    range: the computed number lies between the two printed ones.
    below:X: the slide says "equal" or "approximately"; the computed difference is less than X.
    at:p=1/2: two formulas, equal where the symbol has that value.
    claim: the slide makes a claim in a word ("most", "halves") that the numbers must satisfy.
    exact: shapes, matrices, formulas and words are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from course_lib.slides._polynomial import Polynomial

Number = int | float | Fraction

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def parse_number(text: str) -> Decimal:
    """Reads one printed number.

    Understands thousands separated by commas or dots (`37.725.832`), powers (`10^7`), fractions
    (`1/2`), sums (`0.99+0.01`), and ignores `~`, a trailing `…`, `+` or `%`, and spaces.

    Raises:
        ValueError: if the text is not a number.
    """
    cleaned = text.replace("−", "-").replace("~", "").rstrip("…+% ").strip()
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", cleaned):
        cleaned = cleaned.replace(".", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", cleaned):
        cleaned = cleaned.replace(",", "")
    if _NUMBER.fullmatch(cleaned):
        return Decimal(cleaned)
    if power := re.fullmatch(r"(\d+)\^(\d+)", cleaned):
        return Decimal(int(power[1]) ** int(power[2]))
    if fraction := re.fullmatch(r"(\d+)/(\d+)", cleaned):
        return Decimal(fraction[1]) / Decimal(fraction[2])
    if re.fullmatch(r"[\d.]+(\+[\d.]+)+", cleaned):
        return sum((Decimal(term) for term in cleaned.split("+")), Decimal(0))
    raise ValueError(
        "A printed number must look like 73, 3.2, 37.725.832, 10^7, 1/2 or 0.99+0.01. "
        f"Received: {text!r}"
    )


def parse_items(text: str) -> tuple[str, ...]:
    """Splits a printed shape, list or pair into its items: `1 x C x 1 x 1`, `(None, 256)`."""
    spaced = re.sub(r"(?<=[\w)])\s*[x×X]\s*(?=[\w(])", " ", text.replace("−", "-"))
    spaced = re.sub(r"(?<=\d)[~-](?=\d)", " ", spaced)
    spaced = re.sub(r"\bvs\b|->|→|[\[\](),;/]", " ", spaced)
    return tuple(spaced.split())


def _decimal(number: Number) -> Decimal:
    if isinstance(number, float):
        return Decimal(repr(number))
    with localcontext() as context:
        context.prec = 40
        exact = Fraction(number)
        return Decimal(exact.numerator) / Decimal(exact.denominator)


def _to_digits_of(printed: Decimal, number: Number, rounding: str) -> Decimal:
    exponent = printed.as_tuple().exponent
    quantum = Decimal(1).scaleb(min(int(exponent), 0))
    return _decimal(number).quantize(quantum, rounding=rounding)


def _significant(number: Decimal, digits: int) -> Decimal:
    if number == 0:
        return number
    quantum = Decimal(1).scaleb(number.adjusted() - digits + 1)
    return number.quantize(quantum, rounding=ROUND_HALF_UP)


def _flat(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [item for part in value for item in _flat(part)]
    return [value]


def _same_item(printed: str, computed: Any) -> bool:
    if isinstance(computed, str):
        return printed == computed
    if isinstance(computed, Polynomial):
        return Polynomial.parse(printed) == computed
    try:
        number = parse_number(printed)
    except ValueError:
        return False
    return _to_digits_of(number, computed, ROUND_HALF_UP) == number


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("−", "-").replace("·", "*").lower()).strip()


# What a word on a slide claims of the computed numbers.
_CLAIMS: dict[str, Callable[[list[Any]], bool]] = {
    "most": lambda v: v[0] > 0.5,
    "nearly all": lambda v: v[0] > 0.9,
    "less": lambda v: v[0] < 1,
    "equal": lambda v: all(item == v[0] for item in v),
    "same": lambda v: all(item == v[0] for item in v),
    "preserved": lambda v: all(item == v[0] for item in v),
    "halves": lambda v: v[0] == 2 * v[1],
}


def agrees(printed: str, computed: Any, rule: str = "") -> bool:
    """Says whether a computed value agrees with the printed text under a rule.

    Args:
        printed: the text as the slide prints it.
        computed: a number, word, polynomial or tuple, in the printed unit.
        rule: one of the module's rules; empty picks `rounded` for a number and else `exact`.

    Raises:
        ValueError: if the text cannot be read, or the rule is unknown.
    """
    kind, _, argument = rule.partition(":")
    if kind == "claim":
        if printed not in _CLAIMS:
            raise ValueError(f"A claim must be one of {sorted(_CLAIMS)}. Received: {printed!r}")
        return _CLAIMS[printed](_flat(computed))
    if kind == "below":
        return bool(abs(computed) < float(argument))
    if kind == "at":
        symbol, _, value = argument.partition("=")
        place = {symbol: Fraction(value)}
        return Polynomial.parse(printed).at(place) == Polynomial.of(computed).at(place)
    if kind in ("", "exact") and isinstance(computed, tuple):
        items = _flat(computed)
        shown = parse_items(printed)
        return len(shown) == len(items) and all(map(_same_item, shown, items))
    if kind in ("", "exact") and isinstance(computed, Polynomial):
        return Polynomial.parse(printed) == computed
    if kind in ("", "exact") and isinstance(computed, str):
        return _words(printed) == _words(computed)
    if kind == "range":
        low, high = (parse_number(item) for item in parse_items(printed))
        return low <= _decimal(computed) <= high
    return _agrees_as_number(parse_number(printed), computed, kind or "rounded", argument)


def _agrees_as_number(printed: Decimal, computed: Number, kind: str, argument: str) -> bool:
    number = _decimal(computed)
    match kind:
        case "rounded":
            return _to_digits_of(printed, computed, ROUND_HALF_UP) == printed
        case "truncated":
            return _to_digits_of(printed, computed, ROUND_DOWN) == printed
        case "significant":
            digits = int(argument)
            return _significant(number, digits) == _significant(printed, digits)
        case "leading":
            return str(number.quantize(Decimal(1), ROUND_HALF_UP)).startswith(str(printed))
        case "leading_truncated":
            return str(number.quantize(Decimal(1), ROUND_DOWN)).startswith(str(printed))
        case "within":
            return abs(number - printed) <= Decimal(argument) * abs(printed)
        case "at_least":
            return number >= printed
    raise ValueError(f"A rule must be one that this module lists. Received: {kind!r}")
