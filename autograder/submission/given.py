"""What a notebook came with: released statements, and where they are put back."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterable, Mapping

import nbformat
from nbformat import NotebookNode

from autograder.source.notebook import is_definition, is_graded, is_solution, remembered
from autograder.submission.names import bound_names, plain_python, python_of


def given_cells(release: NotebookNode) -> list[NotebookNode]:
    """The cells of code that every student was given, and nobody is asked to write in."""
    return [
        cell
        for cell in release.cells
        if cell.cell_type == "code" and not is_graded(cell) and not is_solution(cell)
    ]


def given_statements(release: NotebookNode) -> list[str]:
    """The statements of the given cells, in Python's own spelling."""
    return [text for cell in given_cells(release) for _, text in _statements(cell.source)]


def given_names(release: NotebookNode) -> set[str]:
    """The names that the notebook came with, and Python's own."""
    cells = given_cells(release)
    return set(dir(builtins)).union(*(bound_names(cell.source) for cell in cells))


def given_definitions(source: str, released: Collection[str]) -> str:
    """The imports, definitions and constants in a cell that were released, as text.

    Args:
        source: the cell.
        released: `given_statements`.
    """
    statements = _statements(source)
    return "\n".join(text for node, text in statements if text in released and is_definition(node))


def put_back(
    cells: list[NotebookNode], release: NotebookNode, overwritten: Mapping[int, Iterable[str]]
) -> list[NotebookNode]:
    """Cells with one put in below each that overwrote given names, which gives them back.

    Args:
        cells: what was run.
        release: the released notebook.
        overwritten: the names, by the cell's index.
    """
    texts = given_statements(release)
    told = [(text, bound_names(text)) for text in texts]
    known = set().union(*(bound for _, bound in told))
    result = []
    for index, cell in enumerate(cells):
        result.append(cell)
        names = set(overwritten.get(index, ()))
        lines = [text for text, bound in told if bound & names]
        lines += [f'globals().pop("{name}", None)' for name in sorted(names - known)]
        if lines:
            result.append(code_cell("\n".join(lines), f"{cell.get('id')}-given"))
    return result


def code_cell(source: str, name: str) -> NotebookNode:
    """A cell of code without marks."""
    cell: NotebookNode = nbformat.v4.new_code_cell(source)
    cell["id"] = name[:64]
    return cell


@remembered
def _statements(source: str) -> tuple[tuple[ast.stmt, str], ...]:
    """The statements of a cell, each with its text in Python's own spelling."""
    tree = python_of(plain_python(source))
    return tuple((node, _spelled(node)) for node in (tree.body if tree is not None else []))


def _spelled(node: ast.stmt) -> str:
    """A statement in Python's own spelling; empty if it is nested too deeply for that."""
    try:
        return ast.unparse(node)
    except RecursionError:
        return ""
