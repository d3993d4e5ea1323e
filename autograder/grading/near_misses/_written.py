"""The functions that a student writes, as the solution has them, and how one is changed."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from nbformat import NotebookNode

from autograder.source.notebook import BEGIN, END, is_solution
from autograder.source.reference import Reference


class Written(NamedTuple):
    """A function that the student writes, as the solution has it.

    Attributes:
        function: itself.
        outer: the statement that it is part of: itself, or its class.
        node: its tree.
        own: the lines of the cell that the student writes.
        filename: of the cell.
    """

    function: FunctionType
    outer: ast.stmt
    node: ast.FunctionDef
    own: set[int]
    filename: str


def written_by_student(right: Reference) -> Iterator[Written]:
    """The functions and methods of a solution that the student writes and that can be changed."""
    functions = _functions_of(vars(right.namespace))
    for cell in filter(_is_code_of_student, right.notebook.cells):
        filename, own = right.filename(cell), _own_lines(cell.source)
        for outer, node in _definitions(ast.parse(cell.source)):
            function = functions.get((filename, _first_line(node)))
            if function is not None:
                yield Written(function, outer, node, own, filename)


def _functions_of(names: Mapping[str, Any]) -> dict[tuple[str, int], FunctionType]:
    """Functions and methods, by the file and the line where each is written."""
    found = {}
    for thing in names.values():
        parts = list(vars(thing).values()) if isinstance(thing, type) else []
        for part in [thing, *parts]:
            part = part.fget if isinstance(part, property) else getattr(part, "__func__", part)
            function = inspect.unwrap(part) if callable(part) else part
            if isinstance(function, FunctionType):
                code = function.__code__
                found[code.co_filename, code.co_firstlineno] = function
    return found


def _definitions(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.FunctionDef]]:
    """Functions and methods, each with the statement that it is part of."""
    for outer in tree.body:
        if isinstance(outer, ast.FunctionDef):
            yield outer, outer
        elif isinstance(outer, ast.ClassDef):
            for node in outer.body:
                if isinstance(node, ast.FunctionDef):
                    yield outer, node


def compiled(outer: ast.stmt, function: ast.FunctionDef, original: CodeType) -> CodeType | None:
    """The code of a function as its tree is now; `None` if it is no Python, or does not fit."""
    try:
        whole = compile(ast.Module([outer], []), original.co_filename, "exec")
    except (SyntaxError, TypeError, ValueError):
        return None
    waiting = [whole]
    while waiting:
        code = waiting.pop()
        if code.co_name == function.name and code.co_firstlineno == _first_line(function):
            return code if len(code.co_freevars) == len(original.co_freevars) else None
        waiting += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return None


def with_code(function: FunctionType, code: CodeType, name: str) -> FunctionType:
    """Another function like this one."""
    other = FunctionType(
        code, function.__globals__, name, function.__defaults__, function.__closure__
    )
    other.__kwdefaults__ = function.__kwdefaults__
    return other


def _first_line(function: ast.FunctionDef) -> int:
    return min([function.lineno, *(node.lineno for node in function.decorator_list)])


def _is_code_of_student(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and is_solution(cell)


def _own_lines(source: str) -> set[int]:
    """The lines that the student writes."""
    own, is_inside = set(), False
    for number, line in enumerate(source.splitlines(), start=1):
        is_inside = (is_inside or BEGIN in line) and END not in line
        if is_inside:
            own.add(number)
    return own


def names_in(cells: Sequence[NotebookNode]) -> set[str]:
    """The names in the notebook as it is released: in its code, and in its prose as code."""
    found: set[str] = set()
    for cell in cells:
        if cell.cell_type == "code":
            own = _own_lines(cell.source) if is_solution(cell) else set()
            for node in ast.walk(ast.parse(cell.source)):
                if getattr(node, "lineno", 0) not in own:
                    names = (getattr(node, key, None) for key in ("id", "attr", "arg", "name"))
                    found |= {name for name in names if isinstance(name, str)}
        for code in re.findall(r"`([^`]+)`", cell.source):
            found |= set(re.findall(r"[^\W\d]\w*", code))
    return found
