"""What a task forbids, looked for in the student's own code by syntax."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable
from functools import cached_property

from autograder.source.notebook import binds, global_names, parse, symbols


class StudentCode:
    """The cells that a student wrote; read once, asked about each check.

    Args:
        cells: their sources. What is not plain Python is left out: it defines nothing.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        self._sources = list(cells)

    @cached_property
    def _cells(self) -> list[_Cell]:
        parsed = []
        for code in self._sources:
            try:
                parsed.append((parse(code), symbols(code)))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
        aliases: dict[str, str] = {}
        for tree, _ in parsed:
            aliases |= _import_aliases(tree)
        return [_Cell(tree, table, aliases) for tree, table in parsed]

    def forbidden(self, subject: str, forbids: tuple[str, ...]) -> str | None:
        """The first forbidden name that the code uses for `subject`.

        Looks at the cells that define the names the subject depends on; what a student tries out
        elsewhere is free.

        Args:
            subject: source of what is checked (`"conv2d_forward"`).
            forbids: dotted names.
        """
        seen: set[int] = set()
        pending = global_names(symtable.symtable(subject, "<check>", "eval"))
        while pending:
            name = pending.pop()
            for index, cell in enumerate(self._cells):
                if index in seen or not binds(cell.table, name):
                    continue
                seen.add(index)
                for dotted in cell.dotted:
                    if any(dotted == f or dotted.startswith(f + ".") for f in forbids):
                        return dotted
                pending |= cell.names
        return None


class _Cell:
    def __init__(
        self, tree: ast.Module, table: symtable.SymbolTable, aliases: dict[str, str]
    ) -> None:
        self.table, self._tree, self._aliases = table, tree, aliases

    @cached_property
    def names(self) -> set[str]:
        return global_names(self.table)

    @cached_property
    def dotted(self) -> list[str]:
        """Every dotted name in the cell, with what imports call it resolved."""
        found = (_dotted(node, self._aliases) for node in ast.walk(self._tree))
        return [name for name in found if name]


def _import_aliases(tree: ast.AST) -> dict[str, str]:
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                aliases[item.asname or item.name.split(".")[0]] = (
                    item.name if item.asname else item.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                aliases[item.asname or item.name] = f"{node.module}.{item.name}"
    return aliases


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(aliases.get(node.id, node.id))
    return ".".join(reversed(parts))
