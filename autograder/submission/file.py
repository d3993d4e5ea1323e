"""A submitted file, read once and decoded: whatever an editor, a browser or a full disk made of it.

What is run, looked at and recorded is the value that was read: nothing looks at the disk again, so
that a file which is replaced meanwhile is graded as what it was, under its own digest.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from autograder._exceptions import UnreadableNotebook
from autograder.records.keys import shown_name

MAX_FILE_BYTES = 64 << 20
MAX_CELLS = 2000
MAX_CODE_CHARACTERS = 8 << 20

_AGAIN = "Save the notebook in Jupyter (File, Save Notebook) and hand in that .ipynb file."
_OTHER_FILES = {
    b"PK\x03\x04": "a zip archive or an office document",
    b"%PDF": "a PDF",
    b"<": "a web page",
    b"\x89PNG": "a picture",
    b"\x00": "made of zeros, as after a full disk or a broken download",
    b"import ": "a Python script",
    b"from ": "a Python script",
    b"#": "a script or a text",
}
_CELLS = re.compile(r'"cells"\s*:\s*\[\s*')
_BETWEEN = re.compile(r"\s*,?\s*")


@dataclass(frozen=True)
class FileCell:
    """What is kept of a cell of the file: neither outputs nor attachments."""

    kind: str
    source: str
    cell_id: str
    grade_id: str


@dataclass(frozen=True)
class SubmittedFile:
    """A file as it was handed in.

    Attributes:
        name: its path in the folder that was handed in.
        size: in bytes.
        digest: SHA-256 of its bytes; empty if it is larger than what is read.
        content: its bytes; `None` if it is larger than what is read, or nobody needs them.
    """

    name: str
    size: int
    digest: str
    content: bytes | None

    @cached_property
    def cells(self) -> tuple[list[FileCell], list[str]]:
        """The cells of a notebook of any format, and what had to be put right, in sentences.

        Raises:
            UnreadableNotebook: if it is no notebook.
        """
        if self.content is None:
            raise UnreadableNotebook(
                f"The file has {self.size >> 20} MB; at most {MAX_FILE_BYTES >> 20} MB are read. "
                "Clear the outputs and submit again."
            )
        return _read_cells(self.content)


def read_file(folder: Path, name: str | PurePath) -> SubmittedFile | None:
    """Read a file of a folder that was handed in; `None` if it is not there.

    A link, of the folder, of one below it or of the file, may lead to somebody else's work or to
    ours. It is not followed, whenever it was put there. What is no file (a device, a pipe) is not
    there either.
    """
    opened: list[int] = []
    shown = shown_name(str(name))
    try:
        place = os.open(folder, _FOLDER)
        opened.append(place)
        *between, last = PurePath(name).parts
        for part in between:
            place = os.open(part, _FOLDER, dir_fd=place)
            opened.append(place)
        handle = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place)
        opened.append(handle)
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return None
        if found.st_size > MAX_FILE_BYTES:
            return SubmittedFile(shown, found.st_size, "", None)
        with os.fdopen(os.dup(handle), "rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        if error.errno in _NOT_THERE:
            return None
        raise
    finally:
        for descriptor in opened:
            os.close(descriptor)
    if len(content) > MAX_FILE_BYTES:  # It grew since its size was looked at.
        return SubmittedFile(shown, len(content), "", None)
    return SubmittedFile(shown, len(content), hashlib.sha256(content).hexdigest(), content)


_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV)


def _read_cells(raw: bytes) -> tuple[list[FileCell], list[str]]:
    if not raw:
        raise UnreadableNotebook(f"The file is empty. {_AGAIN}")
    text, repairs = _decode(raw)
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        found = list(_complete_cells(text))
        if not found:
            raise UnreadableNotebook(_what_it_is(raw)) from error
        repairs.append(
            f"The file is damaged: after cell {len(found)} it is not a notebook any more. The "
            f"cells before were graded. {_AGAIN}"
        )
        tree = {"cells": found}
    cells = [_file_cell(cell) for cell in _cells_of(tree) if isinstance(cell, dict)]
    if not cells:
        raise UnreadableNotebook(f"The file is not a notebook: it has no cells. {_AGAIN}")
    if len(cells) > MAX_CELLS:
        raise UnreadableNotebook(
            f"The notebook has {len(cells)} cells; at most {MAX_CELLS} are read. Delete those "
            "that do not belong to it."
        )
    characters = sum(len(cell.source) for cell in cells if cell.kind == "code")
    if characters > MAX_CODE_CHARACTERS:
        raise UnreadableNotebook(
            f"The notebook has {characters >> 20} MB of code; at most {MAX_CODE_CHARACTERS >> 20} "
            "MB are read. Load data from a file instead of writing it into a cell."
        )
    return cells, repairs


def _decode(raw: bytes) -> tuple[str, list[str]]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        repair = "The file was saved as UTF-16 instead of UTF-8, and was read as that."
        return raw.decode("utf-16", errors="replace"), [repair]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        repair = (
            "The file is not UTF-8 text, so it was read as Western European (Windows-1252). Look "
            "at your accents and umlauts: some may have become other signs."
        )
        return raw.decode("cp1252", errors="replace"), [repair]


def _what_it_is(raw: bytes) -> str:
    start = raw.removeprefix(codecs.BOM_UTF8).lstrip()[:16]
    for sign, kind in _OTHER_FILES.items():
        if start.startswith(sign):
            return f"The file is not a notebook but {kind}. {_AGAIN}"
    return f"The file is not a notebook, or it is damaged from its first cell on. {_AGAIN}"


def _complete_cells(text: str) -> Iterator[Any]:
    """The cells before the place where the file stops being JSON."""
    found = _CELLS.search(text)
    decoder = json.JSONDecoder()
    position = found.end() if found and text.lstrip().startswith("{") else len(text)
    while position < len(text):
        try:
            cell, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield cell
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position


def _cells_of(tree: Any) -> list[Any]:
    """The cells of every format: before version 4 they stood on worksheets."""
    if not isinstance(tree, dict):
        return []
    sheets = tree.get("worksheets")
    sheets = sheets if isinstance(sheets, list) else []
    lists = [
        tree.get("cells"),
        *(sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)),
    ]
    return [cell for cells in lists if isinstance(cells, list) for cell in cells]


def _file_cell(cell: dict[str, Any]) -> FileCell:
    source = cell.get("source", cell.get("input", ""))
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return FileCell(
        kind=str(cell.get("cell_type", "")),
        source=_text(source.replace("\r\n", "\n").replace("\r", "\n")),
        cell_id=_text(str(cell.get("id", ""))),
        grade_id=_text(str(marks.get("grade_id", ""))) if isinstance(marks, dict) else "",
    )


def _text(value: str) -> str:
    """Text that can be written again: JSON may hold halves of characters."""
    return value.encode("utf-8", errors="replace").decode("utf-8")
