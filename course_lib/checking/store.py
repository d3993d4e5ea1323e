"""Public cases on disk: data only, one text file for each notebook.

Every check has one line or two, under its name: its cases as JSON, and their arrays, if there are
any, as safetensors in base64. So a changed check is a changed line, and one check is read without
the others.

    {"conv2d_forward":{"$dict":[["points",4.0],["cases",{"$tuple":[...]}]]}}
    {"conv2d_forward":"mAEAAAAAAAB7IjAiOnsiZHR5cGUi..."}

At a student's desk the file lies beside the notebook (`convolution.ipynb`, `convolution.cases`), or
in the `course_lib` that a course installs.
"""

from __future__ import annotations

import base64
import binascii
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from course_lib.checking import wire
from course_lib.checking.cases import Case

SUFFIX = ".cases"
INSTALLED = Path(__file__).resolve().parent.parent / "cases"
_TOP = ("course.toml", ".git")  # what lies in a course's own folder, or in a student's copy of it


@dataclass(frozen=True)
class PublicCheck:
    """The frozen cases of one check.

    Attributes:
        name: of the check.
        points: that it is worth.
        cases: its cases.
        subject: what the notebook calls the thing that is checked; empty if it has no name.
    """

    name: str
    points: float
    cases: tuple[Case, ...]
    subject: str = ""


def freeze(checks: Iterable[PublicCheck]) -> bytes:
    """The file of a notebook's checks; the same bytes every time."""
    lines = []
    for check in checks:
        cases = tuple(case.to_value() for case in check.cases)
        value = {"points": check.points, "subject": check.subject, "cases": cases}
        tree, arrays = wire.pack(value)
        lines.append({check.name: tree})
        if arrays:
            encoded = base64.b64encode(wire.encode_arrays(arrays)).decode()
            lines.append({check.name: encoded})
    return b"".join(wire.encode_json(line) + b"\n" for line in lines)


def thaw(name: str, folder: Path) -> PublicCheck | None:
    """Read a check from the files in a folder and its assignments; `None` if it is in none.

    Raises:
        ProtocolError: if its file is damaged.
    """
    for path in _files(folder):
        with path.open("rb") as lines:
            found = [line for line in lines if line.startswith(_start(name))]
        if found:
            try:
                value = wire.unpack(*contents(b"".join(found))[name])
            except (wire.ProtocolError, binascii.Error) as error:
                raise wire.ProtocolError(
                    f"{path} is damaged ({error}). Get it again from where the notebook came from."
                ) from error
            cases = tuple(map(Case.from_value, value["cases"]))
            return PublicCheck(name, value["points"], cases, value.get("subject", ""))
    return None


def contents(raw: bytes) -> dict[str, tuple[Any, dict[str, Any]]]:
    """Each check's JSON tree and arrays, by name."""
    found: dict[str, tuple[Any, dict[str, Any]]] = {}
    for line in raw.splitlines():
        ((name, value),) = wire.decode_json(line).items()
        if isinstance(value, str):
            found[name][1].update(wire.decode_arrays(base64.b64decode(value, validate=True)))
        else:
            found[name] = (value, {})
    return found


def known_checks(folder: Path) -> list[str]:
    """The names of all checks in the files in a folder and its assignments."""
    names = set()
    for path in _files(folder):
        with path.open("rb") as lines:
            names |= {line[2:].partition(b'"')[0].decode(errors="replace") for line in lines}
    return sorted(names)


def find(name: str, start: Path | None = None) -> PublicCheck:
    """A check's public cases, as a student's desk has them; the nearest if there are several.

    Args:
        name: of the check.
        start: the notebook's folder; the current one by default.

    Raises:
        ValueError: if there is no such check; it says which there are, and where it looked.
    """
    looked_in = places(start)
    for folder in looked_in:
        if (public := thaw(name, folder)) is not None:
            return public
    known = next(filter(None, map(known_checks, looked_in)), [])
    close = difflib.get_close_matches(name, known, n=1)
    folders = ", ".join(map(str, looked_in))
    raise ValueError(
        f"There is no check called {name!r}."
        + (f" Did you mean {close[0]!r}?" if close else "")
        + " Use the name that stands in the notebook's check cell, and keep the file "
        f"`<notebook>{SUFFIX}` that came with the notebook beside it. "
        + (f"Known here: {_listed(known)}; " if known else "No checks are known here; ")
        + f"looked in {folders}."
    )


def places(start: Path | None = None) -> list[Path]:
    """The folders where a check is looked for at a student's desk, the nearest first.

    They are the notebook's own, which Jupyter, VS Code and Colab make the current one; if it lies
    in a course or a repository, those above it up to that one's; and the installed package's.
    """
    start = (start or Path.cwd()).resolve()
    above = [start, *start.parents]
    tops = (i for i, folder in enumerate(above) if any((folder / t).exists() for t in _TOP))
    return [*above[: next(tops, 0) + 1], INSTALLED]


def _listed(names: list[str], most: int = 12) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _files(folder: Path) -> list[Path]:
    """Beside the notebook first, then in the folders of assignments."""
    return list(chain(sorted(folder.glob(f"*{SUFFIX}")), sorted(folder.glob(f"*/*{SUFFIX}"))))


def _start(name: str) -> bytes:
    return wire.encode_json({name: 0})[:-2]
