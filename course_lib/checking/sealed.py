"""Answers that are recognised and cannot be read: for a question that has one answer.

The public cases of such a question lie on every student's disk. So they hold no answer but its
*seal*: the same dictionaries and lists, with a slow salted digest in the place of every number,
text or row. Known mistakes are kept likewise. What a student wrote is digested in the same way and
compared, and each entry is told right or wrong for itself.

A number is right within a tolerance, and a digest knows no nearness. So the line of numbers is cut
into cells of a quarter of a tolerance; the digest is that of the cell, and a number is right if it
lies in that cell or in one of the four on either side. So all that the grader accepts is right
here, and nothing that is off by more than 1.25 tolerances.
"""

from __future__ import annotations

import hashlib
import json
import math
import numbers
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from course_lib.checking.arrays import sizes, wrong
from course_lib.checking.differences import bare, value_difference
from course_lib.checking.expectations import LOOSE, Equal, Expectation
from course_lib.checking.finding import Finding
from course_lib.checking.shown import shown

_COST = 2**14
"""Of scrypt: about 50 ms and 16 MiB for each guess."""
_MEMORY = 2**26
_CELLS = 4
"""So many cells on either side count."""
_LEAST = 1e-12
"""The smallest absolute tolerance."""
_STUBS: dict[str, Any] = {"whole": 0, "real": 0.0, "truth": False, "text": "?", "none": None}
"""What stands for a leaf where only its type is looked at."""


@dataclass(frozen=True, eq=False)
class Sealed(Expectation):
    """The value must equal one that is not told.

    Attributes:
        seal: what `Seals.of` made of it.
        rtol, atol: the tolerance, as in `Equal`.
        salt: of its digests.
    """

    kind: ClassVar[str] = "sealed"
    recognises: ClassVar[bool] = True
    seal: Any = None
    rtol: float = 1e-4
    atol: float = 1e-6
    salt: str = ""

    @staticmethod
    def of(expects: Equal, salt: str) -> Sealed:
        """An expectation that is right for the same values, and does not tell them."""
        seals = Seals(salt, expects.rtol, expects.atol)
        return Sealed(seals.of(expects.value), expects.rtol, expects.atol, salt)

    def difference(self, value: Any) -> Finding | None:
        return self._seals.difference(self.seal, value)

    def mark_of(self, value: Any) -> Any:
        beside: dict[str, Any] = {}
        if isinstance(self.seal, dict) and isinstance(value, dict):
            # Nothing says how exactly the entries agree that are returned beside those asked for.
            beside = {key: part for key, part in value.items() if key not in self.seal}
            value = {key: part for key, part in value.items() if key in self.seal}
        return self._seals.of(value), self._loose.of(beside)

    def is_marked(self, mark: Any, value: Any) -> bool:
        asked, beside = mark
        if self._seals.difference(asked, value) is not None:
            return False
        return not beside or self._loose.difference(beside, value) is None

    @property
    def answer(self) -> Any:
        return self.seal

    @property
    def _seals(self) -> Seals:
        return Seals(self.salt, self.rtol, self.atol)

    @property
    def _loose(self) -> Seals:
        return Seals(self.salt, max(self.rtol, LOOSE), max(self.atol, LOOSE))


@dataclass(frozen=True)
class Seals:
    """Makes seals of values, and compares values with them.

    Attributes:
        salt: what else goes into every digest.
        rtol, atol: the tolerance of each number.
    """

    salt: str
    rtol: float
    atol: float

    def of(self, value: Any, path: str = "") -> Any:
        """The seal of a value: its dictionaries and lists, with `kind:digest` for each leaf."""
        if isinstance(value, dict):
            return {key: self.of(item, f"{path}[{key!r}]") for key, item in value.items()}
        if isinstance(value, np.ndarray) and value.ndim:
            kind = f"array {json.dumps(value.shape)}"
            if value.dtype.kind in "biu":
                return self._leaf(kind, _row(value), path)
            value = list(value)
        if isinstance(value, (list, tuple)):
            row = _row(value)
            if row is not None:
                return self._leaf("row", row, path)
            return [self.of(item, f"{path}[{index}]") for index, item in enumerate(value)]
        if isinstance(value, str):
            return self._leaf("text", bare(value) or value, path)
        if value is None:
            return "none:"
        if isinstance(value, (bool, np.bool_)):
            return self._leaf("truth", str(bool(value)), path)
        if isinstance(value, (numbers.Real, Decimal, np.number, np.ndarray)):
            number = float(value)
            whole = number.is_integer() and self._tolerance(number) < 0.5
            if whole:
                return self._leaf("whole", str(int(number)), path)
            return self._leaf("real", self._cell(number), path)
        return self._leaf("other", repr(value), path)

    def difference(self, seal: Any, value: Any, path: str = "") -> Finding | None:
        """The first difference between a value and what was sealed; `None` if there is none."""
        if isinstance(seal, dict):
            if not isinstance(value, dict) or not seal.keys() <= value.keys():
                return value_difference(_stub(seal), value, self.rtol, self.atol, path)
            parts = ((seal[key], value[key], f"{path}[{key!r}]") for key in seal)
        elif isinstance(seal, (list, tuple)):
            items = list(value) if isinstance(value, np.ndarray) and value.ndim else value
            if not isinstance(items, (list, tuple)) or len(items) != len(seal):
                return value_difference(_stub(seal), value, self.rtol, self.atol, path)
            parts = (
                (part, item, f"{path}[{index}]")
                for index, (part, item) in enumerate(zip(seal, items, strict=True))
            )
        else:
            return self._leaf_difference(seal, value, path)
        return next(filter(None, (self.difference(*part) for part in parts)), None)

    def _leaf_difference(self, seal: str, value: Any, path: str) -> Finding | None:
        kind = seal.partition(":")[0]
        name, _, shape = kind.partition(" ")
        is_right = any(self._leaf(kind, text, path) == seal for text in self._readings(name, value))
        if name in ("row", "other"):
            return None if is_right else Finding(wrong("value", path), "", shown(value), path)
        stub = np.zeros(json.loads(shape), bool) if name == "array" else _STUBS[name]
        if is_right and name not in ("array", "text", "none"):
            stub = value if not isinstance(value, bool) or name == "truth" else int(value)
        found = value_difference(stub, value, self.rtol, self.atol, path)
        if is_right and name in ("array", "text"):
            return None
        if found is None or found.message == wrong("value", path) or "values" in found.message:
            # What is compared with a stub says nothing of the values.
            return None if is_right else Finding(wrong("value", path), "", shown(value), path)
        is_number = name in ("whole", "real") and sizes(value) == () and not isinstance(value, bool)
        return replace(found, expected="") if is_number else found

    def _readings(self, name: str, value: Any) -> Iterator[str]:
        """What a value may have been when it was sealed, the likeliest first."""
        if name in ("row", "array"):
            row = _row(value)
            if row is not None:
                yield row
        elif name == "text" and isinstance(value, str):
            yield bare(value) or value
        elif name == "none" and value is None:
            yield ""
        elif name == "other":
            yield repr(value)
        elif name in ("truth", "whole", "real") and sizes(value) == ():
            yield from self._numbers(name, float(value))

    def _numbers(self, name: str, number: float) -> Iterator[str]:
        if not math.isfinite(number):
            return
        if name == "truth":
            if number in (0, 1):
                yield str(bool(number))
        elif name == "whole":
            nearest = round(number)
            if abs(number - nearest) <= self._tolerance(nearest):
                yield str(nearest)
        else:
            cell = int(self._cell(number))
            for off in sorted(range(-_CELLS, _CELLS + 1), key=abs):
                yield str(cell + off)

    def _tolerance(self, number: float) -> float:
        return max(self.atol, _LEAST) + self.rtol * abs(number)

    def _cell(self, number: float) -> str:
        """The cell of a number, each a quarter as wide as the tolerance there."""
        if not math.isfinite(number):
            return repr(number)
        least = max(self.atol, _LEAST)
        steps = math.log1p(self.rtol * abs(number) / least) / self.rtol if self.rtol else 0.0
        steps = math.copysign(steps or abs(number) / least, number)
        # What is a tolerance below a number is a little more than one step away from it.
        return str(math.floor(_CELLS * steps / (1 + self.rtol) + 0.5))

    def _leaf(self, kind: str, text: str | None, path: str) -> str:
        if kind == "none":
            return "none:"
        tolerance = f"{self.rtol} {self.atol}" if kind == "real" else ""
        salt = repr((self.salt, path, kind, tolerance))
        return f"{kind}:{_digest(salt, str(text))}"


@lru_cache(maxsize=4096)
def _digest(salt: str, text: str) -> str:
    return hashlib.scrypt(
        text.encode("utf-8", "surrogatepass"),
        salt=salt.encode("utf-8", "surrogatepass"),
        n=_COST,
        r=8,
        p=1,
        maxmem=_MEMORY,
        dklen=12,
    ).hex()


def _row(value: Any) -> str | None:
    """A sequence of whole numbers and texts, nested or not, as text; `None` for any other."""
    found = _exact(value)
    return json.dumps(found) if isinstance(found, list) else None


def _exact(value: Any) -> Any:
    """Nested lists of whole numbers and texts; `None` if there is anything else."""
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        found = [_exact(item) for item in value]
        return None if any(item is None for item in found) else found
    if isinstance(value, str):
        return bare(value) or value
    if isinstance(value, (bool, int)):
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else None


def _stub(seal: Any) -> Any:
    """A value of the same form as the one that was sealed."""
    if isinstance(seal, dict):
        return {key: _stub(part) for key, part in seal.items()}
    if isinstance(seal, (list, tuple)):
        return [_stub(part) for part in seal]
    return _STUBS.get(seal.partition(":")[0], "?")
