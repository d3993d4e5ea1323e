"""A page's last line: what it was made from, so that it can be told whether it is still right.

    <!-- autograder: made from 3f5a... with 09bc...: 77d1... -->

The first digest is of the records; the second of everything else that is on the page, and of the
code that made it; the third of the page itself. So a page that is whole and up to date is not made
again, and one that was cut off, edited or made from an earlier grade is known as such.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HEAD = b"<!-- autograder: made from "
_SEAL = re.compile(_HEAD + rb"([0-9a-f]{32}) with ([0-9a-f]{32}): ([0-9a-f]{32}) -->\n")
_OF_NBGRADER = b'class="nbgrader-label"'


@dataclass(frozen=True)
class Seal:
    """What a page was made from: records, and everything else."""

    records: str
    others: str = ""

    def on(self, page: str) -> str:
        """The page with its last line."""
        text = page.rstrip("\n") + "\n"
        line = f"{_HEAD.decode()}{self.records} with {self.others}: {_digest(text.encode())} -->\n"
        return text + line


def made_from(records: str, *others: object) -> Seal:
    """The seal of a page.

    Args:
        records: the digest of its records.
        others: everything else that is on it.
    """
    return Seal(records, _digest(repr((_code(), *others)).encode()))


def seal_of(path: Path) -> Seal | None:
    """The seal of a page that is whole; `None` of any other file."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    start = content.rfind(_HEAD)
    found = _SEAL.fullmatch(content, max(start, 0))
    if start < 0 or found is None or _digest(content[:start]) != found[3].decode():
        return None
    return Seal(found[1].decode(), found[2].decode())


def is_of_nbgrader(path: Path) -> bool:
    """Whether `nbgrader generate_feedback` made a page, in place of ours."""
    try:
        return _OF_NBGRADER in path.read_bytes()
    except OSError:
        return False


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


@cache
def _code() -> str:
    """A digest of what makes pages: modules and templates of this package."""
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".j2", ".css"))
    return _digest(b"\0".join(path.read_bytes() for path in files))
