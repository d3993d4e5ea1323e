"""A submitted notebook, read as hostile data and aligned with the release."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.source.notebook import is_graded, is_solution, marks
from autograder.submission.alignment import align
from autograder.submission.file import MAX_NOTEBOOK_BYTES, UnreadableNotebook, read_cells
from autograder.submission.names import bound_names, imports_of, plain_python, used_names
from course_lib.training import read_weights

__all__ = [
    "SubmittedNotebook",
    "UnreadableNotebook",
    "file_digest",
    "find_notebook",
    "read_submission",
    "weight_digests",
]

_MAX_FILES = 20  # Of the notebooks in a folder, so many are looked at.


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
        """Code that the student may have written: everything but the graded and given cells.

        Magics and shell commands are left out. Of the given cells there are the imports, which
        tell what names mean.
        """
        return [
            imports_of(cell.source)
            if cell.metadata.get("released") and not is_solution(cell)
            else plain_python(cell.source)
            for cell in self.notebook.cells
            if cell.cell_type == "code" and not is_graded(cell)
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


def find_notebook(
    folder: Path, release: NotebookNode, name: str, siblings: Collection[str] = ()
) -> tuple[Path, list[str]]:
    """The file to read as the notebook of this name, and what had to be put right, in sentences.

    It is `<name>.ipynb` if that holds any work. If it does not, or is not there, another file in
    the folder or below is taken that is recognisably this notebook: the one in which most cells
    were written, and of several such the first by path. Times of files are not looked at: they
    change with every download.

    Args:
        folder: what the student handed in.
        release: the released notebook.
        name: its name.
        siblings: names of the assignment's notebooks; a file with another's name is that one.

    Returns:
        The path of `<name>.ipynb`, whether or not it exists, if no other file is to be taken.
    """
    exact = folder / f"{name}.ipynb"
    there = exact.is_file() and not exact.is_symlink()
    others = [
        path
        for path in _notebook_files(folder)
        if path != exact
        and (path.stem == name or path.stem not in siblings)
        and (not there or name.lower() in path.name.lower())
    ]
    if not others or folder.is_symlink():
        return exact, []
    own = _written_cells(exact, release) if there else None
    written = {path: found for path in others if (found := _written_cells(path, release))}
    if not written:
        return exact, []
    best = max(written, key=lambda path: len(written[path]))
    shown = best.relative_to(folder)
    if own:
        if all(found == own for found in written.values()):
            return exact, []
        return exact, [
            f"There is also {shown}. The file named {exact.name} was graded, because that is the "
            "name of the notebook."
        ]
    why = f"nothing is written in {exact.name}" if there else f"there is no {exact.name}"
    repair = f"{shown} was graded, because {why}."
    if len(written) > 1:
        repair += f" Of {len(written)} files like it, this has the most cells with work of yours."
    return best, [repair]


def _notebook_files(folder: Path) -> list[Path]:
    """The notebooks in a folder and below it, in the order of their paths."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__")))
        paths = (Path(root, file) for file in sorted(files) if not file.startswith("."))
        found += [
            path
            for path in paths
            if ".ipynb" in path.name.lower() and path.is_file() and not path.is_symlink()
        ]
        if len(found) >= _MAX_FILES:
            break
    return found[:_MAX_FILES]


def _written_cells(path: Path, release: NotebookNode) -> set[str] | None:
    """The code that was written into this notebook of the release; `None` if it is another."""
    try:
        cells, _ = read_cells(path)
    except (UnreadableNotebook, OSError):
        return None
    checks = {str(marks(c)["grade_id"]): c.source.strip() for c in release.cells if is_graded(c)}
    texts = "\n".join(cell.source for cell in cells)
    names = {cell.grade_id for cell in cells} | {cell.cell_id for cell in cells}
    known = [name for name, source in checks.items() if name in names or source in texts]
    if 2 * len(known) < len(checks):
        return None
    given = {cell.source.strip() for cell in release.cells}
    return {c.source.strip() for c in cells if c.kind == "code"} - given


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
