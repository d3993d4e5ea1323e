"""Notebook sources: read one, and tell its cells and the names in them apart."""

from __future__ import annotations

import ast
import functools
import symtable
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from course_lib.desk import FOLDED

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
"""The lines around what the student writes."""

Made = TypeVar("Made")
_PARSING = threading.RLock()
_SHORT = 4_000  # Characters; so what is kept stays below some hundred megabytes, whoever wrote it.


def read_source(path: Path) -> NotebookNode:
    """Read a py:percent source as a notebook; cell ids are deterministic."""
    import jupytext  # Here, since a node has none: it is given what was read (`Course.parsed`).

    notebook: NotebookNode = jupytext.read(path, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    )
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        base = marks(cell).get("grade_id") or ("text" if cell.cell_type == "markdown" else "code")
        seen[base] = seen.get(base, 0) + 1
        suffix = "" if seen[base] == 1 and "grade_id" in marks(cell) else f"-{seen[base]}"
        cell["id"] = f"{base}{suffix}"[:64]
        # jupytext's own marks would pair the release with its source, and bring solutions back.
        cell.metadata = {k: v for k, v in cell.metadata.items() if k in ("nbgrader", "tags")}
        if is_display(cell):
            _fold(cell)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def marks(cell: NotebookNode) -> dict[str, Any]:
    """The cell's nbgrader metadata; empty if it has none."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def is_graded(cell: NotebookNode) -> bool:
    """Whether this is an autograder-tests cell (`grade` and `locked`, not `solution`)."""
    found = marks(cell)
    return bool(found.get("grade")) and not found.get("solution") and cell.cell_type == "code"


def is_solution(cell: NotebookNode) -> bool:
    """Whether the student writes here."""
    return bool(marks(cell).get("solution"))


def is_display(cell: NotebookNode) -> bool:
    """Whether all a cell does is draw or print (tag `display`): no grade depends on it."""
    tags = cell.get("metadata", {}).get("tags", ())
    return isinstance(tags, list) and "display" in tags and not marks(cell)


def _fold(cell: NotebookNode) -> None:
    """Hide the code of a cell: in Jupyter, and in Colab, whose form needs a title."""
    cell.source = f"{FOLDED}\n{cell.source}"
    cell.metadata["jupyter"] = {"source_hidden": True}
    cell.metadata["cellView"] = "form"


def binds(table: symtable.SymbolTable, name: str, imports: bool = False) -> bool:
    """Whether a cell gives this name a value at its top level; by an import too, if so asked."""
    if name not in table.get_identifiers():
        return False
    symbol = table.lookup(name)
    return symbol.is_assigned() or symbol.is_namespace() or (imports and symbol.is_imported())


def global_names(table: symtable.SymbolTable) -> set[str]:
    """Names of the notebook that a piece of code uses; names local to its functions are not."""
    # What a class has not given a value yet is looked up outside: `conv = conv`.
    outside = table.get_type() in ("module", "class")
    names = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (outside or symbol.is_global())
    }
    return names.union(*map(global_names, table.get_children()))


def remembered(function: Callable[..., Made]) -> Callable[..., Made]:
    """Keep what a function makes of short cells: released ones come again with every submission.

    Nobody may change what is kept, a syntax tree least of all.
    """
    kept = functools.lru_cache(maxsize=256)(function)

    @functools.wraps(function)
    def remembering(code: str, *more: str) -> Made:
        return (kept if len(code) <= _SHORT else function)(code, *more)

    return remembering


@remembered
def parse(code: str, filename: str = "<unknown>") -> ast.Module:
    """`ast.parse`, one thread at a time.

    CPython 3.11 counts the depth of a tree in one place for all threads, and stops with a
    SystemError if another thread parses in between.
    """
    with _PARSING:
        return ast.parse(code, filename)


@remembered
def symbols(code: str) -> symtable.SymbolTable:
    """The symbol table of a piece of code."""
    return symtable.symtable(code, "<cell>", "exec")


def defined_names(code: str) -> set[str]:
    """Names that a piece of code binds at its top level; imports do not count."""
    names: set[str] = set()
    for node in parse(code).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                names |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    return names


def checked_expression(source: str) -> ast.expr:
    """The second argument of the one `check(name, thing)` call in a graded cell.

    Raises:
        CourseError: if the cell is anything else.
    """
    return _check_call(source).args[1]


def check_asked(source: str) -> str:
    """The name of the check that a graded cell asks for; empty if it is not written there.

    Raises:
        CourseError: if the cell is no `check(name, thing)`.
    """
    name = _check_call(source).args[0]
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""


def _check_call(source: str) -> ast.Call:
    body = parse(source).body
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    if (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "check"
        and len(call.args) == 2
        and not call.keywords
    ):
        return call
    raise CourseError(
        f'A graded cell holds one call, check("name", thing). Received: {source.strip()[:80]!r}.'
    )


def checked_name(source: str) -> str:
    """What a notebook calls the thing that a graded cell checks; empty if it has no name."""
    expression = checked_expression(source)
    return expression.id if isinstance(expression, ast.Name) else ""


def names_in(expression: ast.expr) -> set[str]:
    """The names that an expression uses."""
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def is_definition(node: ast.stmt) -> bool:
    """Whether a statement imports, defines, or gives names a literal: it depends on nothing."""
    if isinstance(
        node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    ):
        return True
    if isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) for t in node.targets):
        try:
            ast.literal_eval(node.value)
        except ValueError:
            return False
        return True
    return False
