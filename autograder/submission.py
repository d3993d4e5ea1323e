"""A submitted notebook, read as hostile data and aligned with the release."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.alignment import align
from autograder.cell_names import bound_names, plain_python, used_names
from autograder.notebook_file import MAX_NOTEBOOK_BYTES, UnreadableNotebook, read_cells
from autograder.source import is_graded, is_solution
from course_lib.training import read_weights

__all__ = [
    "SubmittedNotebook",
    "UnreadableNotebook",
    "file_digest",
    "read_submission",
    "weight_digests",
]


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
        """Code that the student may have written: everything but the graded cells.

        Magics and shell commands are left out.
        """
        return [
            plain_python(cell.source)
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
        defined = set().union(*(bound_names(cell.source) for cell in others))
        used: set[str] = set()
        undrawn = set()
        for index, cell in reversed(cells):
            if cell.metadata.get("display") and not bound_names(cell.source) & used - defined:
                undrawn.add(index)
            else:
                used |= used_names(cell.source)
        return undrawn


def read_submission(path: Path, release: NotebookNode) -> SubmittedNotebook:
    """Read a submitted notebook and align it with the release.

    Raises:
        UnreadableNotebook: if it is no notebook.
    """
    cells, damage = read_cells(path)
    aligned = nbformat.from_dict(release)
    aligned.cells, repairs = align(cells, release)
    return SubmittedNotebook(aligned, file_digest(path), path.parent, [*damage, *repairs])


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
