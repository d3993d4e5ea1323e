"""Notebook sources: read one, splice a variant into it, run its definitions as reference."""

from __future__ import annotations

import ast
import contextlib
import os
import symtable
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
"""The lines around what the student writes."""

_PARSING = threading.RLock()


def read_source(path: Path) -> NotebookNode:
    """Read a py:percent source as a notebook; cell ids are deterministic."""
    notebook = jupytext.read(path, fmt="py:percent")
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


def binds(table: symtable.SymbolTable, name: str, imports: bool = False) -> bool:
    """Whether a cell gives this name a value at its top level; by an import too, if so asked."""
    if name not in table.get_identifiers():
        return False
    symbol = table.lookup(name)
    return symbol.is_assigned() or symbol.is_namespace() or (imports and symbol.is_imported())


def global_names(table: symtable.SymbolTable) -> set[str]:
    """Names of the notebook that a piece of code uses; names local to its functions are not."""
    module = table.get_type() == "module"
    names = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (module or symbol.is_global())
    }
    return names.union(*map(global_names, table.get_children()))


def parse(code: str, filename: str = "<unknown>") -> ast.Module:
    """`ast.parse`, one thread at a time.

    CPython 3.11 counts the depth of a tree in one place for all threads, and stops with a
    SystemError if another thread parses in between.
    """
    with _PARSING:
        return ast.parse(code, filename)


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


@dataclass(frozen=True)
class Variant:
    """Another answer to a notebook: right (`ok_*`) or instructively wrong (`bad_*`).

    Attributes:
        name: the file's stem.
        sentence: what a tutor would say; the first paragraph of the docstring.
        fails: the checks that it must lose.
        hint: the sentence that the grader must give; empty if it cannot be recognised by value.
        overrides: the code that replaces definitions of the solution.
    """

    name: str
    sentence: str
    fails: tuple[str, ...]
    hint: str
    overrides: str

    @property
    def is_bad(self) -> bool:
        return self.name.startswith("bad_")


def read_variant(path: Path) -> Variant:
    """Read a variant.

    Raises:
        CourseError: if it does not state what it must.
    """
    tree = parse(path.read_text(), filename=str(path))
    sentence = " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())
    fails: tuple[str, ...] = ()
    hint = sentence
    overrides: list[ast.stmt] = []
    for index, node in enumerate(tree.body):
        if index == 0 and isinstance(node, ast.Expr):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id == "FAILS":
            fails = tuple(ast.literal_eval(node.value))  # type: ignore[attr-defined]
        elif isinstance(target, ast.Name) and target.id == "HINT":
            hint = ast.literal_eval(node.value) or ""  # type: ignore[attr-defined]
        else:
            overrides.append(node)
    variant = Variant(
        path.stem, sentence, fails, hint, "\n\n".join(ast.unparse(node) for node in overrides)
    )
    if not sentence or variant.is_bad != bool(fails):
        raise CourseError(
            f"{path.name}: a variant needs a docstring; a bad_* one also needs "
            "FAILS = (check names), an ok_* one must not have it."
        )
    return variant


def splice(notebook: NotebookNode, variant: Variant) -> NotebookNode:
    """The solution notebook with a variant's definitions in place of its own.

    The variant's code is put at the end of the solution cell that first defines one of its names;
    what later solution cells define once more is put at their end, too.

    Raises:
        CourseError: if it overrides nothing.
    """
    spliced = nbformat.from_dict(notebook)
    wanted = defined_names(variant.overrides)
    code = variant.overrides
    for cell in spliced.cells:
        if cell.cell_type != "code" or not is_solution(cell):
            continue
        names = defined_names(cell.source) & wanted
        if names:
            cell.source = f"{cell.source}\n\n{code or _definitions(variant.overrides, names)}"
            code = ""
    if code:
        raise CourseError(f"Variant {variant.name} defines no name that a solution cell defines.")
    return spliced


def _definitions(code: str, names: set[str]) -> str:
    """Those of the statements that define one of these names."""
    return "\n\n".join(
        ast.unparse(node) for node in parse(code).body if defined_names(ast.unparse(node)) & names
    )


class Reference:
    """The definitions of a notebook, run as trusted code in this process.

    Solution cells are run as they are; of every other code cell only imports, definitions and
    assignments of literals. So displays and trainings are not run.
    """

    def __init__(self, notebook: NotebookNode, name: str) -> None:
        self._notebook = notebook
        self._name = name

    @cached_property
    def namespace(self) -> SimpleNamespace:
        """The notebook's names."""
        module = ModuleType(f"reference_{self._name.replace('/', '_')}")
        # Classes look their module up when they are serialised.
        sys.modules[module.__name__] = module
        with c_libraries_silenced():
            for cell, tree in self._definitions():
                code = compile(tree, f"<{self._name}:{cell.get('id', '')}>", "exec")
                exec(code, module.__dict__)
        return SimpleNamespace(**module.__dict__)

    @property
    def code(self) -> str:
        """What is run, as text."""
        return "\n\n".join(
            ast.get_source_segment(cell.source, node) or ast.unparse(node)
            for cell, tree in self._definitions()
            for node in tree.body
        )

    def _definitions(self) -> Iterator[tuple[NotebookNode, ast.Module]]:
        for cell in self._notebook.cells:
            if cell.cell_type == "code" and not is_graded(cell):
                tree = parse(cell.source)
                if not is_solution(cell):
                    tree.body = [node for node in tree.body if _is_definition(node)]
                yield cell, tree

    def subject(self, check: str) -> Any:
        """The object that the graded cell of this name hands to `check`."""
        for cell in self._notebook.cells:
            if is_graded(cell) and marks(cell).get("grade_id") == check:
                argument = checked_expression(cell.source)
                return eval(
                    compile(ast.Expression(argument), "<graded cell>", "eval"),
                    dict(vars(self.namespace)),
                )
        raise CourseError(f"{self._name} has no graded cell {check!r}.")


def checked_expression(source: str) -> ast.expr:
    """The second argument of the one `check(name, thing)` call in a graded cell.

    Raises:
        CourseError: if the cell is anything else.
    """
    body = parse(source).body
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    if (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "check"
        and len(call.args) == 2
        and not call.keywords
    ):
        return call.args[1]
    raise CourseError(
        f'A graded cell holds one line, check("name", thing). Received: {source.strip()[:80]!r}.'
    )


@contextlib.contextmanager
def c_libraries_silenced() -> Iterator[None]:
    """Drop what TensorFlow says at every import, whatever its log level; exceptions still raise."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _is_definition(node: ast.stmt) -> bool:
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
