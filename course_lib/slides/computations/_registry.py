"""Computations by name, and the small notation that calls them from the ledger.

A ledger cell such as `parameters(alexnet64, Conv1, biases=no)` names a registered function and its
arguments. It is read by a grammar of names, words and numbers; nothing in it is executed as code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from course_lib.slides._value import Value

_CALL = re.compile(r"(?P<name>[a-z_0-9]+)\((?P<arguments>[^()]*)\)")
_REGISTRY: dict[str, Callable[..., Value]] = {}


def computation(function: Callable[..., Value]) -> Callable[..., Value]:
    """Registers a function under its own name, so that the ledger can call it."""
    _REGISTRY[function.__name__] = function
    return function


def registered() -> dict[str, Callable[..., Value]]:
    """Returns the registered computations by name, sorted."""
    return dict(sorted(_REGISTRY.items()))


@cache
def compute(call: str) -> Value:
    """Evaluates one ledger cell.

    Raises:
        ValueError: if the cell is not a call of a registered computation.
    """
    parsed = _CALL.fullmatch(call.strip())
    if parsed is None or parsed["name"] not in _REGISTRY:
        raise ValueError(
            "A computation must be written as name(word, word, key=word) with a registered name. "
            f"Received: {call!r}"
        )
    arguments: list[Any] = []
    options: dict[str, Any] = {}
    for part in parsed["arguments"].split(","):
        if not part.strip():
            continue
        key, equals, word = part.partition("=")
        if equals:
            options[key.strip()] = _argument(word.strip())
        else:
            arguments.append(_argument(key.strip()))
    return _REGISTRY[parsed["name"]](*arguments, **options)


def _argument(word: str) -> int | Fraction | bool | str:
    if word in ("yes", "no"):
        return word == "yes"
    if re.fullmatch(r"-?\d+", word):
        return int(word)
    if re.fullmatch(r"-?\d+\.\d+", word):
        return Fraction(word)
    return word
