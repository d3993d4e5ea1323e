"""The statements of a cell: which were released, which names they give, and what is run below one
that stopped."""

from __future__ import annotations

import ast
import builtins
import contextlib
import re
from collections.abc import Sequence
from typing import Any

_MAX_LINES, _MAX_WIDTH = 1000, 10_000
_MAGICS = ("time", "timeit", "prun")  # They run the cell that stands below them.
_MAGIC_CALL = re.compile(r"get_ipython\(\)\.(run_line_magic|run_cell_magic|system)\((.*)\)")
_MAGIC_SIGNS = {"run_line_magic": "%", "run_cell_magic": "%%", "system": "!"}
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_DEFINITIONS = (*_SCOPES, ast.Import, ast.ImportFrom)
_DEPENDS = (ast.Call, ast.Attribute, ast.Subscript, ast.Await)


class GivenNames:
    """The names that released statements give a value, and who gives them another."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._statements: frozenset[str] = frozenset()
        self._names: set[str] = set()
        self._builtins = set(vars(builtins)) - set(namespace)
        self._values: dict[str, Any] = {}
        self._shadows: dict[str, Any] = {}

    def release(self, statements: Sequence[str]) -> None:
        """These were released, in Python's own spelling (`ast.unparse`)."""
        self._statements = frozenset(statements)
        self._names = set().union(*(names_given(ast.parse(text)) for text in statements))

    def holds(self, node: ast.stmt) -> bool:
        """Whether this is a released statement, wherever it stands."""
        return _spelled(node) in self._statements

    def overwritten(self, node: ast.stmt, namespace: dict[str, Any]) -> set[str]:
        """The given names and builtins that have another value since this statement was run."""
        shadows = {name: namespace[name] for name in self._builtins & namespace.keys()}
        given = names_given(node) if self.holds(node) else set()
        # Those that the statement gives are also noted if no released one was run before.
        changed = (names_given(node) & self._names) - self._values.keys() - given
        changed |= {n for n, value in self._values.items() if namespace.get(n, self) is not value}
        changed |= {n for n, value in shadows.items() if self._shadows.get(n, self) is not value}
        for name in changed:
            self._values.pop(name, None)
        self._shadows = shadows
        self._values |= {name: namespace[name] for name in given if name in namespace}
        return changed - given


def below(
    node: ast.stmt,
    error: BaseException,
    rest: Sequence[ast.stmt],
    given: GivenNames,
    namespace: dict[str, Any],
) -> list[ast.stmt]:
    """What is run below a statement that stopped its cell.

    Where it may have worked at the student's desk, that is everything. Where it stops everywhere
    (`raise`, `sys.exit()`, `assert False`), the student's own lines below were never run: then it
    is what was released, and definitions of what has no value yet. After an interruption it is
    nothing.
    """
    if isinstance(error, KeyboardInterrupt) and not isinstance(node, ast.Raise):
        return []
    if isinstance(error, ImportError) and (singles := single_imports(node)):
        return [*singles, *rest]
    if body := body_below_magic(node):
        return [*body, *rest]
    if _stops_everywhere(node, error):
        return [
            found
            for found in rest
            if given.holds(found)
            or (isinstance(found, _DEFINITIONS) and not names_given(found) & namespace.keys())
        ]
    return list(rest)


def single_imports(node: ast.stmt) -> list[ast.stmt]:
    """`import a, b` as two statements; nothing for what is one import, or none."""
    if not isinstance(node, (ast.Import, ast.ImportFrom)) or len(node.names) == 1:
        return []
    singles: list[ast.stmt] = []
    for alias in node.names:
        one = (
            ast.Import([alias])
            if isinstance(node, ast.Import)
            else ast.ImportFrom(node.module, [alias], node.level)
        )
        singles.append(ast.copy_location(one, node))
    return singles


def body_below_magic(node: ast.stmt) -> list[ast.stmt]:
    """The statements of a cell that a magic such as `%%time` runs; nothing for other statements."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return []
    texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if call.func.attr != "run_cell_magic" or len(texts) != 3 or texts[0] not in _MAGICS:
        return []
    try:
        return ast.parse(texts[2]).body
    except (SyntaxError, ValueError):
        return []


def names_given(node: ast.AST) -> set[str]:
    """The names of the notebook that a statement gives a value."""
    names = set()
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.alias):
            names.add((part.asname or part.name).partition(".")[0])
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            names.add(part.id)
        elif isinstance(part, _SCOPES):
            names.add(part.name)
        elif not isinstance(part, (ast.Lambda, ast.comprehension)):
            pending += ast.iter_child_nodes(part)
    return names


def first_line(node: ast.stmt) -> str:
    """The first line of a statement, to name it by; magics and commands as they are written."""
    line = _spelled(node).partition("\n")[0]
    if written := _MAGIC_CALL.fullmatch(line):
        with contextlib.suppress(ValueError, SyntaxError):
            parts = ast.literal_eval(f"({written[2]},)")
            return _MAGIC_SIGNS[written[1]] + " ".join(part for part in parts if part)
    return line


def _spelled(node: ast.stmt) -> str:
    """A statement in Python's own spelling; empty if it is longer than any that was released."""
    if (node.end_lineno or 0) - node.lineno > _MAX_LINES or (node.end_col_offset or 0) > _MAX_WIDTH:
        return ""
    try:
        return ast.unparse(node)
    except RecursionError:
        return ""


def _stops_everywhere(node: ast.stmt, error: BaseException) -> bool:
    """Whether a statement stops its cell on every machine, as far as can be seen."""
    if isinstance(node, ast.Raise):
        return True
    if isinstance(node, ast.Assert):
        return not any(isinstance(part, (*_DEPENDS, ast.Name)) for part in ast.walk(node.test))
    if not isinstance(node, ast.Expr):
        return False
    return isinstance(error, SystemExit) or not any(
        isinstance(part, _DEPENDS) for part in ast.walk(node)
    )
