"""A submitted notebook, aligned with the release: what is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.source.notebook import is_graded, is_solution
from autograder.submission.alignment import align
from autograder.submission.file import SubmittedFile
from autograder.submission.names import bound_names, imports_of, plain_python, used_names
from course_lib.training import weights_of


@dataclass(eq=False)
class SubmittedNotebook:
    """A submission's notebook, ready to run.

    Attributes:
        notebook: the student's cells, with every graded cell as released and no outputs.
        digest: SHA-256 of the submitted file.
        weights: the files of weights handed in beside it, by name.
        repairs: what had to be put right, in sentences.
    """

    notebook: NotebookNode
    digest: str
    weights: Mapping[str, SubmittedFile] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)

    def weights_of(self, name: str, max_bytes: int) -> tuple[np.ndarray, ...] | str:
        """The weights in a file; or, in a sentence, why there are none."""
        file = self.weights.get(name)
        if file is None:
            return (
                f"{name} was not handed in. Train, write it with "
                f'training.save_weights(model, "{name}"), and hand it in beside the notebook.'
            )
        if file.content is None or file.size > max_bytes:
            return (
                f"{name} has {file.size / 2**20:.0f} MB; at most {max_bytes >> 20} MB "
                "are read. Is it the network that the task asks for?"
            )
        try:
            return tuple(weights_of(file.content, name))
        except ValueError as error:
            return str(error)

    def student_cells(self) -> list[str]:
        """Code that the student may have written: everything but the graded and given cells.

        Magics and shell commands are left out. Of the given cells there are the imports, which
        tell what names mean. Of a second look those are left out that were replaced.
        """
        return [
            imports_of(cell.source)
            if cell.metadata.get("released") and not is_solution(cell)
            else plain_python(cell.source)
            for cell in self.notebook.cells
            if cell.cell_type == "code"
            and not is_graded(cell)
            and not cell.metadata.get("replaced")
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


def aligned(
    file: SubmittedFile,
    release: NotebookNode,
    weights: Mapping[str, SubmittedFile] | None = None,
) -> SubmittedNotebook:
    """A submitted notebook, aligned with the release.

    Args:
        file: the notebook.
        release: the released notebook.
        weights: the files of weights beside it, by name.

    Raises:
        UnreadableNotebook: if it is no notebook.
    """
    cells, damage = file.cells
    notebook = nbformat.from_dict(release)
    notebook.cells, repairs = align(cells, release)
    return SubmittedNotebook(notebook, file.digest, weights or {}, [*damage, *repairs])
