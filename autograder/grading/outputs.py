"""What a cell left behind, taken over for the notebook that is shown; outputs decide no grade."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.submission.pieces import first_line

_MAX_OUTPUTS = 1000  # To validate one takes about a millisecond.
_MAX_NOTES = 8
_PLACE = re.compile(r" \(/[^()]*\)$")  # Where a module lies on this machine.
_BEGINS = " (The cell that begins with `{cell}`.)"  # Where its first line is not the one told.
_MAX_ABOUT = 200  # Characters of what a note of the child's is about.
_NOTES = {
    "package": "The package `{about}` is not installed where notebooks are graded; the lines that "
    "need it were left out, and the rest of the cell was run: {cell} (If `{about}` is a file of "
    "yours: only the notebook is handed in, so put what you need of it into a cell.)",
    "stopped": "A cell stopped at `{line}` with {about}. The lines below it were run all the same.",
    "command": "Shell commands are not run when a notebook is graded: `{about}`",
    "input": "Nobody answers `input()` when a notebook is graded; write the value itself: {cell}",
    "exit": "`exit()` was passed over, so that the cells below could be graded: {cell}",
}


def outputs_of(event: dict[str, Any], error: dict[str, str] | None) -> list[NotebookNode]:
    """The outputs of a cell, each of them checked, and its error as the last one."""
    outputs: list[NotebookNode] = []
    found = event.get("outputs")
    for item in found[:_MAX_OUTPUTS] if isinstance(found, list) else []:
        with contextlib.suppress(Exception):
            output = nbformat.from_dict(item)
            nbformat.validate(output, ref="output", version=4)
            outputs.append(output)
    if error is not None:
        last = f"{error['type']}: {error['message']}"
        outputs.append(
            nbformat.v4.new_output(
                "error",
                ename=error["type"],
                evalue=error["message"],
                traceback=[*error["traceback"].splitlines(), last],
            )
        )
    return outputs


def error_of(event: dict[str, Any]) -> dict[str, str] | None:
    """The exception that ended a cell: its type, message and traceback, and what is unwritten."""
    error = event.get("error")
    if not isinstance(error, dict):
        return None
    found = {key: str(error.get(key, ""))[:4000] for key in ("type", "message", "traceback")}
    return found | {key: str(error[key])[:200] for key in ("unwritten",) if key in error}


def notes_of(event: dict[str, Any], source: str) -> list[str]:
    """What could not be done for a cell, in sentences for the student; the words are ours."""
    notes = []
    found = event.get("notes")
    for note in found[:_MAX_NOTES] if isinstance(found, list) else []:
        words = _NOTES.get(str(note.get("kind"))) if isinstance(note, dict) else None
        if words is not None:
            about, line = (_short(note.get(key, "")) for key in ("about", "line"))
            cell = first_line(source)
            words += _BEGINS if note["kind"] == "stopped" and line != cell else ""
            notes.append(words.format(about=about, line=line, cell=cell))
    return notes


def overwritten_in(event: dict[str, Any], known: Collection[str]) -> dict[str, str]:
    """The names of these that a cell took their value from, each with the line that did it."""
    found = event.get("overwritten")
    items = found.items() if isinstance(found, dict) else ()
    return {name: _short(line) for name, line in items if name in known}


def _short(text: Any) -> str:
    """A text of the child's on one line, short."""
    line = _PLACE.sub("", " ".join(str(text).replace("`", "'").split()))
    return line if len(line) <= _MAX_ABOUT else f"{line[: _MAX_ABOUT - 1]}…"
