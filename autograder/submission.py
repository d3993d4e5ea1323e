"""A submitted notebook, read as hostile data and aligned with the release."""

from __future__ import annotations

import hashlib
import json
import re
import symtable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.source import binds, global_names, is_display, is_graded, is_solution, marks
from course_lib.checking.wire import writable
from course_lib.training import read_weights

MAX_NOTEBOOK_BYTES = 64 << 20
MAX_CELLS = 2000


class UnreadableNotebook(Exception):
    """The submitted file is not a notebook; the text says what it is instead."""


@dataclass(eq=False)
class SubmittedNotebook:
    """A submission's notebook, ready to run.

    Attributes:
        notebook: the student's cells, with every graded cell as released and no outputs.
        digest: SHA-256 of the submitted file.
        folder: where it was handed in.
        repairs: what had to be put right, in sentences.
    """

    notebook: NotebookNode
    digest: str
    folder: Path
    repairs: list[str] = field(default_factory=list)

    def weights(self, file: str, max_bytes: int) -> tuple[np.ndarray, ...] | str:
        """The weights handed in beside the notebook; or, in a sentence, why there are none."""
        path = self.folder / file
        if path.is_symlink() or not path.is_file():
            return (
                f"{file} was not handed in. Train, write it with "
                f'training.save_weights(model, "{file}"), and hand it in beside the notebook.'
            )
        if path.stat().st_size > max_bytes:
            return (
                f"{file} has {path.stat().st_size / 2**20:.0f} MB; at most {max_bytes >> 20} MB "
                "are read. Is it the network that the task asks for?"
            )
        try:
            return tuple(read_weights(path))
        except (ValueError, OSError) as error:
            return str(error)

    def student_cells(self) -> list[str]:
        """Code that the student may have written: everything but the graded cells."""
        return [
            cell.source
            for cell in self.notebook.cells
            if cell.cell_type == "code"
            and not is_graded(cell)
            and (is_solution(cell) or not cell.metadata.get("released"))
        ]

    def undrawn(self) -> set[int]:
        """Indices of the cells that need not be run, because all they do is draw.

        These are the released cells with the tag `display`, unless the student changed them or
        uses a name that only they define. A picture's loop variable takes nothing from a function
        of the same name.
        """
        cells = [(i, c) for i, c in enumerate(self.notebook.cells) if c.cell_type == "code"]
        others = [cell for _, cell in cells if not cell.metadata.get("display")]
        defined = set().union(*(_bound(cell.source) for cell in others))
        used: set[str] = set()
        undrawn = set()
        for index, cell in reversed(cells):
            if cell.metadata.get("display") and not _bound(cell.source) & used - defined:
                undrawn.add(index)
            else:
                used |= _used(cell.source)
        return undrawn


_WORD = re.compile(r"[^\W\d]\w*")


def _bound(source: str) -> set[str]:
    """The names that a cell gives a value; none if it is not plain Python."""
    try:
        table = symtable.symtable(source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {name for name in table.get_identifiers() if binds(table, name, imports=True)}


def _used(source: str) -> set[str]:
    """The notebook's names that a cell uses; every word of a cell that is not plain Python."""
    try:
        return global_names(symtable.symtable(source, "<cell>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(_WORD.findall(source))


def read_submission(path: Path, release: NotebookNode) -> SubmittedNotebook:
    """Read a submitted notebook and align it with the release.

    Graded cells are restored from the release whatever the student did to them; missing ones are
    put back where they belong; copies are left out.

    Raises:
        UnreadableNotebook: if it is no notebook.
    """
    raw = path.read_bytes() if path.stat().st_size <= MAX_NOTEBOOK_BYTES else b""
    if not raw:
        size = path.stat().st_size
        raise UnreadableNotebook(
            "The file is empty."
            if size == 0
            else f"The file has {size >> 20} MB; at most {MAX_NOTEBOOK_BYTES >> 20} MB are read. "
            "Clear the outputs and submit again."
        )
    try:
        notebook = _parse(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableNotebook("The file is not UTF-8 text.") from error
    except Exception as error:
        raise UnreadableNotebook(f"The file is not a notebook ({type(error).__name__}).") from error
    if len(notebook.cells) > MAX_CELLS:
        raise UnreadableNotebook(f"The notebook has more than {MAX_CELLS} cells.")
    repairs: list[str] = []
    cells = _align([_clean(cell) for cell in notebook.cells], release, repairs)
    aligned = nbformat.from_dict(release)
    aligned.cells = cells
    return SubmittedNotebook(aligned, hashlib.sha256(raw).hexdigest(), path.parent, repairs)


def _parse(text: str) -> NotebookNode:
    """A notebook of any format as version 4, whatever is wrong with its ids and outputs."""
    tree = json.loads(text)
    if "\\ud" in text.lower():
        tree = writable(tree)
    if tree.get("nbformat") == 4:
        for cell in tree["cells"]:
            cell.pop("id", None)
            cell["outputs"] = []
        tree["nbformat_minor"] = 4
        return nbformat.from_dict(tree)
    return nbformat.reads(json.dumps(tree), as_version=4)


def file_digest(path: Path) -> str:
    """SHA-256 of a submitted file; empty if it is missing or cannot be a notebook."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_NOTEBOOK_BYTES:
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def weight_digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of weights in a submission's folder, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.safetensors"))
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_NOTEBOOK_BYTES
    }


def _clean(cell: NotebookNode) -> NotebookNode:
    """The parts of a cell that matter, with nothing that the student's editor or hand added."""
    kind = cell.get("cell_type")
    source = cell.get("source", "")
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    metadata = {"nbgrader": marks(cell)} if marks(cell) else {}
    return make(source=source.replace("\r\n", "\n"), metadata=metadata, id="x")


def _align(
    cells: list[NotebookNode], release: NotebookNode, repairs: list[str]
) -> list[NotebookNode]:
    graded = {str(marks(c)["grade_id"]): c for c in release.cells if is_graded(c)}
    released = {c.source: c for c in release.cells if c.cell_type == "code"}
    placed: set[str] = set()
    aligned: list[NotebookNode] = []
    for cell in cells:
        grade_id = str(marks(cell).get("grade_id", ""))
        if grade_id not in graded and cell.cell_type == "code" and not is_solution(cell):
            # Metadata lost, but the text is a graded cell's.
            same = [name for name, c in graded.items() if c.source.strip() == cell.source.strip()]
            grade_id = same[0] if same and same[0] not in placed else grade_id
        if grade_id in graded:
            if grade_id in placed:
                repairs.append(f"A copy of the check cell {grade_id!r} was left out.")
                continue
            if cell.source.strip() != graded[grade_id].source.strip():
                repairs.append(f"The check cell {grade_id!r} had been edited and was restored.")
            placed.add(grade_id)
            aligned.append(nbformat.from_dict(graded[grade_id]))
            continue
        if not is_solution(cell) and cell.source in released:
            cell.metadata["released"] = True
            cell.metadata["display"] = is_display(released[cell.source])
        if not is_solution(cell) and cell.metadata.get("nbgrader", {}).get("grade"):
            del cell.metadata["nbgrader"]
        aligned.append(cell)
    for name, cell in graded.items():
        if name not in placed:
            repairs.append(f"The check cell {name!r} was missing and was put back.")
            aligned.append(nbformat.from_dict(cell))
    _number(aligned)
    return aligned


def _number(cells: list[NotebookNode]) -> None:
    """Unique, deterministic ids; nbgrader's metadata only where its schema allows it."""
    seen: set[str] = set()
    for index, cell in enumerate(cells):
        mark = marks(cell)
        grade_id = str(mark.get("grade_id", ""))
        if mark and (not grade_id or grade_id in seen):
            cell.metadata.pop("nbgrader", None)
        seen.add(grade_id)
        cell["id"] = f"cell-{index}"
