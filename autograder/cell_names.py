"""The names that a cell gives and takes, read without running it."""

from __future__ import annotations

import ast
import re
import symtable

from autograder.source import binds, global_names, parse

_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
_WORD = re.compile(r"[^\W\d]\w*")
_CELL_MAGIC = re.compile(r"\s*%%(\w+).*")
_RUNS_THE_CELL = {"time", "timeit", "capture", "prun"}
_TIMED = re.compile(r"^(\s*)%(?:time|timeit|prun)\s+(?!-)(.+)$")
_MAGIC = re.compile(r"^(\s*)(?:[%!?].*|.*\?)$")
_ASSIGNED_MAGIC = re.compile(r"^(\s*[\w\s,.\[\]]+=\s*)[%!].*$")


def plain_python(source: str) -> str:
    """A cell without its magics and shell commands, line for line.

    A cell that a magic hands to something else (`%%bash`) holds no Python of the notebook.
    """
    if python_of(source) is not None:
        return source
    first, *lines = source.split("\n")
    magic = _CELL_MAGIC.fullmatch(first)
    if magic and magic[1] not in _RUNS_THE_CELL:
        return ""
    lines = ["pass" if magic else first, *lines]
    return "\n".join(map(_without_magic, lines))


def _without_magic(line: str) -> str:
    if found := _TIMED.match(line):
        return found[1] + found[2]
    if found := _MAGIC.match(line):
        return found[1] + "pass"
    if found := _ASSIGNED_MAGIC.match(line):
        return found[1] + "None"
    return line


def python_of(source: str) -> ast.Module | None:
    """The parsed source; `None` if it is not plain Python."""
    try:
        return parse(source)
    except _UNREADABLE:
        return None


def bound_names(source: str) -> set[str]:
    """The names that a cell gives a value, also by an import; none if it is not Python."""
    table = _table(plain_python(source))
    if table is None:
        return set()
    return {name for name in table.get_identifiers() if binds(table, name, imports=True)}


def used_names(source: str) -> set[str]:
    """The notebook's names that a cell uses; every word of a cell that is not plain Python."""
    table = _table(source)
    return set(_WORD.findall(source)) if table is None else global_names(table)


def used_by(source: str, name: str) -> set[str]:
    """The notebook's names that the functions and classes of this name in a cell use."""
    table = _table(plain_python(source))
    children = table.get_children() if table is not None else []
    return set().union(*(global_names(c) for c in children if c.get_name() == name))


def _table(source: str) -> symtable.SymbolTable | None:
    try:
        return symtable.symtable(source, "<cell>", "exec")
    except _UNREADABLE:
        return None
