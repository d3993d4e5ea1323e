"""Numbers that slides derive from other printed numbers.

The operands are read from the ledger's printed texts, so a ratio of two printed numbers stays what
the slide's own arithmetic gives, right or wrong.
"""

from __future__ import annotations

from fractions import Fraction

from course_lib.slides._printed import parse_number
from course_lib.slides._value import Value, plus, show
from course_lib.slides.computations._registry import computation


def _printed(fact_id: str) -> Fraction:
    """Returns a fact's printed number in base units (62 M is 62,000,000)."""
    from course_lib.slides._ledger import fact  # a computation may look other facts up

    found = fact(fact_id)
    return Fraction(parse_number(found.printed)) * (found.scale or 1)


@computation
def ratio_of_printed(above: str, below: str) -> Value:
    """One printed number over another."""
    top, bottom = _printed(above), _printed(below)
    return Value(top / bottom, f"printed {show(top)} / printed {show(bottom)}")


@computation
def ratios_of_printed(above: str, below: str, next_above: str, next_below: str) -> Value:
    """Two ratios of printed numbers, each rounded to one decimal as the slide does."""
    first = ratio_of_printed(above, below)
    second = ratio_of_printed(next_above, next_below)
    return Value((first.value, second.value), f"{first.formula}, {second.formula}")


@computation
def product_of_printed(fact_id: str, factor: int) -> Value:
    """A printed number times a factor."""
    number = _printed(fact_id)
    return Value(number * factor, f"printed {show(number)}·{factor}")


@computation
def complement_of_printed(fact_id: str, whole: int) -> Value:
    """A whole minus a printed number."""
    number = _printed(fact_id)
    return Value(whole - number, f"{whole} − printed {show(number)}")


@computation
def printed_number(fact_id: str) -> Value:
    """A number that the decks print elsewhere."""
    return Value(_printed(fact_id), f"printed in {fact_id}")


@computation
def difference(first: Fraction, second: Fraction) -> Value:
    """Difference of two numbers that stand beside each other on the slide."""
    return Value(Fraction(first) - Fraction(second), f"{show(first)} − {show(second)}")


@computation
def quotient(first: int, second: int) -> Value:
    """Quotient of two numbers that stand on the slide."""
    return Value(Fraction(first, second), f"{show(first)} / {show(second)}")


@computation
def product_of(*numbers: int) -> Value:
    """Product of numbers that stand on the slide."""
    product = 1
    for number in numbers:
        product *= number
    return Value(product, "·".join(map(show, numbers)))


@computation
def stride_between(before: str, after: str) -> Value:
    """Stride that leads from one printed input size to the next."""
    start, end = _printed(before), _printed(after)
    return Value(start / end, f"{show(start)} / {show(end)}")


@computation
def swapped_digits(fact_id: str, correct: str) -> Value:
    """Whether a printed number has the digits of the right one in another order.

    Returns the printed number if it does, so that the slip is reproduced and not only supposed.
    """
    from course_lib.slides._ledger import fact

    wrong, right = fact(fact_id), fact(correct)
    printed = "".join(filter(str.isdigit, wrong.printed))
    number = round(Fraction(right.computed()))
    if sorted(printed) != sorted(str(number)):
        raise ValueError(f"{fact_id} and {correct} must have the same digits.")
    scale = wrong.scale or 1
    return Value(int(printed) * int(scale), f"the digits of {number:,} in another order")


@computation
def accuracy_density(accuracy: str, params: str) -> Value:
    """Accuracy in per cent per million parameters, both as printed."""
    top, bottom = _printed(accuracy), _printed(params) / 1_000_000
    return Value(top / bottom, f"{show(top)} % / {show(bottom)} M")


@computation
def quantity_printing_as(network: str, fact_id: str) -> Value:
    """Which quantity of a network gives the printed number: `memory`, `parameters` or `compute`."""
    from course_lib.slides._ledger import fact
    from course_lib.slides._printed import agrees
    from course_lib.slides.computations.costs import macs, memory, parameters

    text = fact(fact_id).printed
    candidates = {
        "memory": Fraction(memory(network).value, 2**20),
        "parameters": Fraction(parameters(network).value, 10**6),
        "compute": Fraction(macs(network, pools=True).value, 10**6),
    }
    found = [name for name, value in candidates.items() if agrees(text, value)]
    shown = ", ".join(f"{name} {show(value)}" for name, value in candidates.items())
    return Value(" or ".join(found), f"printed {text}; {shown}")


@computation
def column_sum(unit: int, *facts: str) -> Value:
    """Sum of a printed column, in which one printed unit stands for `unit`."""
    from course_lib.slides._ledger import fact

    terms = [Fraction(parse_number(fact(name).printed)) for name in facts]
    total = sum(terms, Fraction(0))
    return Value(total * unit, f"({plus(show(term) for term in terms)})·{unit:,}")
