"""Values as a student reads them: short, and without the noise of `repr`."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

_DIGITS = (6, 9, 12, 17)
_WHOLE = 1e15
"""Below it a float that is whole is written like an integer."""


def shown(value: Any, most: int = 80) -> str:
    """A value in a few characters; an array by its shape.

    Args:
        value: anything.
        most: characters.
    """
    return cut(_text(value), most)


def cut(text: str, most: int = 80) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[: most - 3] + "..."


def number(value: Any, digits: int = _DIGITS[0]) -> str:
    """A number, its zeros and its type left out.

    Args:
        value: of Python or NumPy, or an array of one.
        digits: significant ones, of a float.
    """
    plain = value.item() if isinstance(value, (np.ndarray, np.generic)) else value
    if not isinstance(plain, float):
        return str(plain)
    if plain.is_integer() and abs(plain) < _WHOLE:
        return str(int(plain))
    return f"{plain:.{digits}g}"


def numbers_apart(one: Any, other: Any) -> tuple[str, str]:
    """Two numbers, with as many digits as show that they differ."""
    for digits in _DIGITS:
        texts = number(one, digits), number(other, digits)
        if texts[0] != texts[1]:
            break
    return texts


def without_noise(text: str) -> str:
    """A text without terminal colours, NumPy's types, addresses, and IPython's names of cells."""
    for noise, kept in _NOISE:
        text = noise.sub(kept, text)
    return text


_NOISE = (
    (re.compile(r"\x1b\[[0-9;?]*[A-Za-z]"), ""),
    (re.compile(r"\bnp\.(?:u?int|float|bool|str)\w*\(([^()]*)\)"), r"\1"),
    (re.compile(r"<tf\.(?:Tensor|Variable)[^<>]*?numpy=([^<>]*)>"), r"\1"),
    (re.compile(r"\{\{function_node [^{}]*\}\}\s*|[ \t]*\[Op:\w+\](?: name:[ \t]*)?"), ""),
    (re.compile(r" at 0x[0-9a-fA-F]+"), ""),
    (re.compile(r"\(<ipython-input-[^<>]*>, (line \d+)\)"), r"(\1)"),
)


def _text(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else number(value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_text, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_text(item)}" for key, item in value.items()) + "}"
    text = without_noise(repr(value))
    return text if isinstance(value, str) else " ".join(text.split())
