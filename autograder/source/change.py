"""Text in the place of other text: how a mistake changes a solution."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Sequence

from autograder.source.notebook import defined_names, parse


def replacements(code: str, old: str, new: str, inside: str) -> Iterator[str]:
    """The code with the old text replaced, once for each place where it stands."""
    first, last = _span(code, inside) if inside else (0, len(code.splitlines()))
    lines = code.splitlines()
    if "\n" in old or "\n" in new:
        block, other = _lines(old), _lines(new)
        for start in range(first, last - len(block) + 1):
            indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
            if lines[start : start + len(block)] == _indented(block, indent):
                after = lines[start + len(block) :]
                yield "\n".join([*lines[:start], *_indented(other, indent), *after])
    else:
        for number in range(first, last):
            start = lines[number].find(old)
            while start >= 0:
                line = lines[number][:start] + new + lines[number][start + len(old) :]
                yield "\n".join([*lines[:number], line, *lines[number + 1 :]])
                start = lines[number].find(old, start + 1)


def _lines(text: str) -> list[str]:
    return textwrap.dedent(text).strip("\n").rstrip().splitlines()


def _indented(lines: Sequence[str], indent: str) -> list[str]:
    return [indent + line if line else "" for line in lines]


def _span(code: str, name: str) -> tuple[int, int]:
    """The lines of the last definition of a name."""
    spans = [
        (node.lineno - 1, node.end_lineno or node.lineno)
        for node in parse(code).body
        if name in defined_names(ast.unparse(node))
    ]
    return spans[-1]
