"""What the author's own code raised, as one line: the file, the line, and the remedy."""

from __future__ import annotations

import contextlib
import difflib
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from autograder._exceptions import CourseError

_CELL = re.compile(r"<(?P<notebook>\w+/\w+)[^:>]*:(?P<cell>[^>]*)>")
"""What the code of a notebook's cell is called when it is run (`autograder.source.reference`)."""


@contextlib.contextmanager
def blaming(folder: Path) -> Iterator[None]:
    """Turn an exception of the author's code into a `CourseError` that says where it came from.

    Args:
        folder: of the notebook that the code belongs to, `solutions/aNN_topic/name`.

    Raises:
        CourseError: in the place of any other exception.
    """
    try:
        yield
    except CourseError:
        raise
    except Exception as error:
        raise CourseError(_said(error, folder.resolve())) from error


def _said(error: Exception, folder: Path) -> str:
    places = list(dict.fromkeys(_places(error, folder)))
    where = places[0] if places else f"{_shown(folder, folder)}"
    if len(places) > 1:
        where += f" (from {places[1]})"
    kind, text = type(error).__name__, " ".join(str(error).split())
    if isinstance(error, SyntaxError):
        text = error.msg
    return f"{where}: {kind}: {text.rstrip('.')}. {_remedy(error, where)}"


def _places(error: Exception, folder: Path) -> Iterator[str]:
    """Where in the course's files it was raised, the innermost place first."""
    if isinstance(error, SyntaxError) and error.filename:
        yield from _place(error.filename, error.lineno or 1, folder)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        yield from _place(frame.filename, frame.lineno or 1, folder)


def _place(filename: str, line: int, folder: Path) -> Iterator[str]:
    cell = _CELL.fullmatch(filename)
    if cell is not None:
        source = folder.parents[1] / cell["notebook"] / "notebook.py"
        yield _in_source(source, cell["cell"], line, folder)
    elif Path(filename).is_relative_to(folder.parents[1]):
        yield f"{_shown(Path(filename), folder)}, line {line}"


def _in_source(source: Path, cell_id: str, line: int, folder: Path) -> str:
    """A line of a cell as a line of the file that it was read from."""
    from autograder.source.notebook import read_source

    shown = _shown(source, folder)
    if source.is_file():
        text = source.read_text("utf-8")
        with contextlib.suppress(ModuleNotFoundError):  # of jupytext, on a node
            for cell in read_source(source).cells:
                if cell.id == cell_id and (start := text.find(cell.source)) >= 0:
                    return f"{shown}, line {text.count(chr(10), 0, start) + line}"
    return f"{shown}, cell {cell_id!r}, line {line}"


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder.parents[2]).as_posix()


def _remedy(error: Exception, where: str) -> str:
    if isinstance(error, SyntaxError):
        return "Python cannot read that line: look at brackets, colons and indentation."
    if isinstance(error, ImportError):
        return "Install what is imported, or correct its name."
    if isinstance(error, AttributeError) and isinstance(error.obj, SimpleNamespace):
        known = sorted(name for name in vars(error.obj) if not name.startswith("_"))
        close = difflib.get_close_matches(str(error.name), known, n=1)
        meant = f" Did you mean {close[0]!r}?" if close else ""
        return (
            f"`reference` has what notebook.py imports, defines, or sets to plain values.{meant} "
            f"Known: {', '.join(known)}."
        )
    if isinstance(error, NameError):
        if "notebook.py" in where:
            return (
                "Define it above in a solution cell, or import it: of other cells a reference runs "
                "only imports, definitions, and assignments of plain values."
            )
        return "Define it in that file, or import it there."
    if isinstance(error, TypeError) and "argument" in str(error):
        return (
            "Compare that call with what it calls; the table of makers of cases in "
            "docs/instructor.md has their required arguments."
        )
    return "Correct that line."
