"""What a student handed in: the files in a folder, found and read as hostile data."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from nbformat import NotebookNode

from autograder._exceptions import UnreadableNotebook
from autograder.records.keys import key_of, shown_name
from autograder.source.notebook import is_graded, marks
from autograder.submission.file import SubmittedFile, read_file
from autograder.submission.inbox import MAY_HOLD_WORK

_MAX_FILES = 20  # Of the notebooks in a folder, so many are looked at.


@dataclass(frozen=True)
class HandedIn:
    """What was handed in as one notebook.

    Attributes:
        file: the notebook; `None` if there is none.
        repairs: what had to be put right to find it, in sentences.
        others: names of other files that may be it, if there is none.
    """

    file: SubmittedFile | None
    repairs: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the file; empty if it is missing or too large to be read."""
        return "" if self.file is None else self.file.digest


@dataclass(frozen=True)
class Submission:
    """A student's folder of an assignment.

    Attributes:
        folder: where it lies.
        notebooks: what was handed in as each notebook, by its name.
    """

    folder: Path
    notebooks: Mapping[str, HandedIn]


def read_submission(folder: Path, releases: Mapping[str, NotebookNode]) -> Submission:
    """Read the notebooks of a submission; each file is read once.

    Args:
        folder: what the student handed in.
        releases: the assignment's released notebooks, by name.

    Raises:
        OSError: if something in the folder cannot be read.
    """
    found = {
        name: find_notebook(folder, release, name, list(releases))
        for name, release in releases.items()
    }
    if missing := [name for name, handed_in in found.items() if handed_in.file is None]:
        others = _may_hold_work(folder, found)
        for name in missing:
            kept = PurePath(".ipynb_checkpoints", f"{name}-checkpoint.ipynb")
            copies = () if read_file(folder, kept) is None else (str(kept),)
            found[name] = replace(found[name], others=(*others, *copies))
    return Submission(folder, found)


def find_weights(folder: Path, wanted: Collection[str] = ()) -> dict[str, SubmittedFile]:
    """The files of weights in a submission's folder, by name.

    Args:
        folder: what the student handed in.
        wanted: names of the files whose bytes are needed; of the others there is the digest.
    """
    found = {}
    for path in sorted(folder.glob("*.safetensors")):
        file = read_file(folder, path.name)
        if file is not None:
            key = key_of(path.name)  # A name that is no text could be written nowhere.
            found[key] = file if path.name in wanted else replace(file, content=None)
    return found


def digests_of(files: Mapping[str, SubmittedFile]) -> dict[str, str]:
    """Their digests by name, for the record; those that are too large have none."""
    return {name: file.digest for name, file in files.items() if file.digest}


def find_notebook(
    folder: Path, release: NotebookNode, name: str, siblings: Collection[str] = ()
) -> HandedIn:
    """The file that was handed in as the notebook of this name.

    It is `<name>.ipynb` if that holds any work. If it does not, or is not there, another file in
    the folder or below is taken that is recognisably this notebook: the one in which most cells
    were written, and of several such the first by path. Times of files are not looked at: they
    change with every download.

    Args:
        folder: what the student handed in.
        release: the released notebook.
        name: its name.
        siblings: names of the assignment's notebooks; a file with another's name is that one.
    """
    exact = folder / f"{name}.ipynb"
    file = read_file(folder, exact.name)
    others = [
        path
        for path in _notebook_files(folder, file is None and folder.is_dir())
        if path != exact
        and (path.stem == name or path.stem not in siblings)
        and (file is None or name.lower() in path.name.lower())
    ]
    if not others or folder.is_symlink():
        return HandedIn(file)
    own = _written_cells(file, release)
    best, most, seen = None, 0, []
    for path in others:
        # Only the best is kept: there may be many, and large ones.
        other = read_file(folder, path.relative_to(folder))
        written = _written_cells(other, release)
        if written:
            seen.append(written == own)
            if len(written) > most:
                best, most = other, len(written)
    if best is None:
        return HandedIn(file)
    if own:
        if all(seen):
            return HandedIn(file)
        repair = (
            f"There is also {best.name}. The file named {exact.name} was graded, because that is "
            "the name of the notebook."
        )
        return HandedIn(file, (repair,))
    why = f"there is no {exact.name}" if file is None else f"nothing is written in {exact.name}"
    repair = f"{best.name} was graded, because {why}."
    if len(seen) > 1:
        repair += f" Of {len(seen)} files like it, this has the most cells with work of yours."
    return HandedIn(best, (repair,))


def _may_hold_work(folder: Path, notebooks: Mapping[str, HandedIn]) -> tuple[str, ...]:
    """Names of files that a person must look at where a notebook is missing.

    Archives, documents and notebooks that are none of the assignment's; if nothing was handed in as
    it should be, any file.
    """
    if folder.is_symlink() or not folder.is_dir():
        return ()
    taken = {handed_in.file.name for handed_in in notebooks.values() if handed_in.file}
    found = []
    for root, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__")))
        paths = (Path(root, f).relative_to(folder) for f in sorted(files) if not f.startswith("."))
        found += [
            shown_name(str(path))
            for path in paths
            if not (folder / path).is_symlink()
            and path.suffix.lower() not in (".safetensors",)
            and (not taken or path.suffix.lower() in MAY_HOLD_WORK)
        ]
        if len(found) >= _MAX_FILES:
            break
    return tuple(name for name in found if name not in taken)[:_MAX_FILES]


def _raise(error: OSError) -> None:
    raise error


def _notebook_files(folder: Path, strictly: bool) -> list[Path]:
    """The notebooks in a folder and below it, in the order of their paths.

    Args:
        folder: the folder.
        strictly: whether to raise `OSError` where a folder cannot be read: the notebook may be
            there.
    """
    found: list[Path] = []
    for root, folders, files in os.walk(folder, onerror=_raise if strictly else None):
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


def _written_cells(file: SubmittedFile | None, release: NotebookNode) -> set[str] | None:
    """The code that was written into this notebook of the release; `None` if it is another."""
    if file is None:
        return None
    try:
        cells, _ = file.cells
    except UnreadableNotebook:
        return None
    checks = {str(marks(c)["grade_id"]): c.source.strip() for c in release.cells if is_graded(c)}
    texts = "\n".join(cell.source for cell in cells)
    names = {cell.grade_id for cell in cells} | {cell.cell_id for cell in cells}
    known = [name for name, source in checks.items() if name in names or source in texts]
    if 2 * len(known) < len(checks):
        return None
    given = {cell.source.strip() for cell in release.cells}
    return {c.source.strip() for c in cells if c.kind == "code"} - given
