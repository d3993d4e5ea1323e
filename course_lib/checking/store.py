"""Public cases on disk: data only, one file for each notebook.

The file is a ZIP archive. Every check has one member or two, under its name: its cases as JSON, and
their arrays, if there are any, as safetensors. So one check is read without the others, and any
archive tool shows what is in there.

    conv2d_forward.json           {"$dict":[["points",4.0],["cases",{"$tuple":[...]}]]}
    conv2d_forward.safetensors

At a student's desk the file lies beside the notebook (`convolution.ipynb`, `convolution.cases`), or
in the `course_lib` that a course installs.
"""

from __future__ import annotations

import difflib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from course_lib.checking import wire
from course_lib.checking.cases import Case

SUFFIX = ".cases"
INSTALLED = Path(__file__).resolve().parent.parent / "cases"
_PARTS = (".json", ".safetensors")
# What `zipfile` raises for bytes that are no archive, or one of another kind.
_NO_ARCHIVE = (zipfile.BadZipFile, EOFError, ValueError, OverflowError, struct.error)
_OTHER_ARCHIVE = (NotImplementedError, RuntimeError, OSError, zlib.error, lzma.LZMAError)
_DAMAGED = (wire.ProtocolError, *_NO_ARCHIVE, *_OTHER_ARCHIVE, KeyError, TypeError)
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
    """The file of a notebook's checks; the same bytes every time. Empty if there are none."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for check in checks:
            cases = tuple(case.to_value() for case in check.cases)
            value = {"points": check.points, "subject": check.subject, "cases": cases}
            for suffix, content in zip(_PARTS, wire.encode(value), strict=True):
                if content:
                    archive.writestr(_member(check.name + suffix), content, compresslevel=9)
    return file.getvalue() if archive.namelist() else b""


def thaw(name: str, folder: Path) -> PublicCheck | None:
    """Read a check from the files in a folder and its assignments; `None` if it is in none.

    Raises:
        ProtocolError: if its file is damaged.
    """
    damaged = None
    for path in _files(folder):
        try:
            with zipfile.ZipFile(path) as archive:
                if f"{name}{_PARTS[0]}" not in archive.namelist():
                    continue
                value = wire.unpack(*_read(archive, name))
            cases = tuple(map(Case.from_value, value["cases"]))
            return PublicCheck(name, value["points"], cases, value["subject"])
        except _DAMAGED as error:
            damaged = damaged or wire.ProtocolError(
                f"{path} is damaged ({error}). Get it again from where the notebook came from."
            )
    if damaged:
        raise damaged
    return None


def contents(raw: bytes) -> dict[str, tuple[Any, dict[str, Any]]]:
    """Each check's JSON tree and arrays, by name.

    Raises:
        ProtocolError: if the file is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return {name: _read(archive, name) for name in _names(archive)}
    except _DAMAGED as error:
        raise wire.ProtocolError(f"no file of public cases: {error}") from error


def known_checks(folder: Path) -> list[str]:
    """The names of all checks in the files in a folder and its assignments."""
    names = set()
    for path in filter(zipfile.is_zipfile, _files(folder)):
        with zipfile.ZipFile(path) as archive:
            names |= set(_names(archive))
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


def _names(archive: zipfile.ZipFile) -> list[str]:
    suffix = _PARTS[0]
    return [name.removesuffix(suffix) for name in archive.namelist() if name.endswith(suffix)]


def _read(archive: zipfile.ZipFile, name: str) -> tuple[Any, dict[str, Any]]:
    """A check's JSON tree and arrays."""
    text, block = (f"{name}{suffix}" for suffix in _PARTS)
    arrays = wire.decode_arrays(archive.read(block)) if block in archive.namelist() else {}
    return wire.decode_json(archive.read(text)), arrays


def _member(name: str) -> zipfile.ZipInfo:
    """An entry that says nothing of the machine or the hour that it was written on."""
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
