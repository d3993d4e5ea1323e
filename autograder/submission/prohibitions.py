"""What a task forbids, looked for in the student's own code by syntax."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable
from functools import cached_property

from autograder.source.notebook import binds, global_names, parse, symbols
from autograder.submission.library_names import (
    LibraryNames,
    dotted_name,
    given_by,
    import_aliases,
    names_in,
)
from course_lib.checking.families import (
    is_allowed,
    is_harmless,
    leads_to_allowed,
    rules_of,
    usual_name,
)


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
            aliases |= import_aliases(tree)
        return [_Cell(tree, table, aliases) for tree, table in parsed]

    def forbidden(
        self, subject: str, forbids: tuple[str, ...], allows: tuple[str, ...] = ()
    ) -> str | None:
        """The first name that the code uses for `subject` and must not.

        Looks at what defines the names the subject depends on; what a student tries out elsewhere
        is free.

        Args:
            subject: source of what is checked (`"conv2d_forward"`).
            forbids: dotted names.
            allows: families of names, or dotted names; all is allowed if there are none.
        """
        return self._named(subject, forbids) or (self._beyond(subject, allows) if allows else None)

    def _beyond(self, subject: str, allows: tuple[str, ...]) -> str | None:
        """The first name of a library that belongs to nothing that is allowed."""
        rules = rules_of(allows)
        seen: set[str] = set()
        pending = global_names(symtable.symtable(subject, "<check>", "eval"))
        while pending := pending - seen:
            name = pending.pop()
            seen.add(name)
            for statement in self._statements.get(name, ()):
                for dotted in LibraryNames(self._aliases).of(statement):
                    harmless = is_harmless(dotted) or leads_to_allowed(dotted, rules)
                    if not is_allowed(dotted, rules, otherwise=harmless):
                        return dotted
                pending |= names_in(statement)
        return None

    @cached_property
    def _trees(self) -> list[ast.Module]:
        return [cell.tree for cell in self._cells]

    @cached_property
    def _statements(self) -> dict[str, list[ast.stmt]]:
        """What gives each name of the notebook its value, or changes it."""
        found: dict[str, list[ast.stmt]] = {}
        for tree in self._trees:
            for statement in tree.body:
                for name in given_by(statement):
                    found.setdefault(name, []).append(statement)
        return found

    @cached_property
    def _aliases(self) -> dict[str, str]:
        """What the notebook's names for modules and their functions mean."""
        aliases: dict[str, str] = {}
        for tree in self._trees:
            aliases |= import_aliases(tree)
        # `nn = tf.nn` is another name for it, `signal = np.ones(3)` is not.
        for name, statements in self._statements.items():
            values = [s.value for s in statements if isinstance(s, ast.Assign)]
            meant = [dotted_name(value, aliases, known=True) for value in values]
            if len(meant) == len(statements) == 1 and meant[0]:
                aliases[name] = meant[0]
            else:
                aliases.pop(name, None)
        return aliases

    def _named(self, subject: str, forbids: tuple[str, ...]) -> str | None:
        """The first forbidden name in the cells that the subject depends on."""
        seen: set[int] = set()
        pending = global_names(symtable.symtable(subject, "<check>", "eval"))
        while pending:
            name = pending.pop()
            for index, cell in enumerate(self._cells):
                if index in seen or not binds(cell.table, name):
                    continue
                seen.add(index)
                for dotted in cell.dotted:
                    usual = usual_name(dotted)
                    if any(usual == f or usual.startswith(f + ".") for f in forbids):
                        return dotted
                pending |= cell.names
        return None


class _Cell:
    def __init__(
        self, tree: ast.Module, table: symtable.SymbolTable, aliases: dict[str, str]
    ) -> None:
        self.table, self.tree, self._aliases = table, tree, aliases

    @cached_property
    def names(self) -> set[str]:
        return global_names(self.table)

    @cached_property
    def dotted(self) -> list[str]:
        """Every dotted name in the cell, with what imports call it resolved."""
        found = (dotted_name(node, self._aliases) for node in ast.walk(self.tree))
        return [name for name in found if name]
