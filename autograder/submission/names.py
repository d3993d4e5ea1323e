"""The names that a cell gives and takes, read without running it."""

from __future__ import annotations

import ast
import re
import symtable

from autograder.source.notebook import binds, global_names, parse, symbols

MAX_CELL_CHARACTERS = 1 << 20

_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
_WORD = re.compile(r"[^\W\d]\w*")
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_RUNS_THE_CELL = {"time", "timeit", "capture", "prun"}
_TIMED = re.compile(r"%(?:time|timeit|prun)\s+(?!-)")
_ASSIGNED_MAGIC = re.compile(r"([\w\s,.\[\]]+=\s*)[%!]")
_HELP = re.compile(r"[%\w.*]+\?\??")


def plain_python(source: str) -> str:
    """A cell without its magics and shell commands, line for line.

    A cell that a magic hands to something else (`%%bash`) holds no Python of the notebook.
    """
    if python_of(source) is not None:
        return source
    first, *lines = source.split("\n")
    magic = _CELL_MAGIC.match(first)
    if magic and magic[1] not in _RUNS_THE_CELL:
        return ""
    lines = ["pass" if magic else first, *lines]
    return "\n".join(map(_without_magic, lines))


def _without_magic(line: str) -> str:
    text = line.lstrip()
    indent = line[: len(line) - len(text)]
    if timed := _TIMED.match(text):
        return indent + text[timed.end() :]
    if text.startswith(("%", "!", "?")) or _HELP.fullmatch(text.rstrip()):
        return indent + "pass"
    if assigned := _ASSIGNED_MAGIC.match(text):
        timed = _TIMED.match(text, assigned.end() - 1)
        return indent + assigned[1] + (text[timed.end() :] if timed else "None")
    return line


def python_of(source: str) -> ast.Module | None:
    """The parsed source; `None` if it is not plain Python, or far too long for a cell."""
    try:
        return parse(source) if len(source) <= MAX_CELL_CHARACTERS else None
    except _UNREADABLE:
        return None


def syntax_error_of(source: str) -> str:
    """What Python says of a cell that it cannot read, and where; empty if it can."""
    try:
        parse(plain_python(source))
    except SyntaxError as error:
        return f"{type(error).__name__} in line {error.lineno}: {error.msg}"
    except _UNREADABLE as error:
        return type(error).__name__
    return ""


def imports_of(source: str) -> str:
    """The imports at a cell's top level, and nothing else of it."""
    tree = python_of(source)
    statements = tree.body if tree is not None else []
    return "\n".join(
        ast.unparse(node) for node in statements if isinstance(node, (ast.Import, ast.ImportFrom))
    )


def bound_names(source: str) -> set[str]:
    """The names that a cell gives a value, also by an import; none if it is not Python."""
    table = _table(plain_python(source))
    if table is None:
        return set()
    return {name for name in table.get_identifiers() if binds(table, name, imports=True)}


def used_names(source: str) -> set[str]:
    """The notebook's names that a cell uses; of what is not Python in it, every word."""
    plain = plain_python(source)
    table = _table(plain)
    if table is None or not plain:
        return set(_WORD.findall(source))
    lines = zip(source.split("\n"), plain.split("\n"), strict=True)
    magics = " ".join(line for line, kept in lines if line != kept)
    return global_names(table) | set(_WORD.findall(magics))


def names_used_inside(source: str) -> dict[str, set[str]]:
    """The notebook's names that each function and class of a cell uses."""
    table = _table(plain_python(source))
    used: dict[str, set[str]] = {}
    for child in table.get_children() if table is not None else []:
        used.setdefault(child.get_name(), set()).update(global_names(child))
    return used


def _table(source: str) -> symtable.SymbolTable | None:
    if len(source) > MAX_CELL_CHARACTERS:
        return None
    try:
        return symbols(source)
    except _UNREADABLE:
        return None
