"""A function asks for a number while it computes: that cannot be graded, and is said."""

from accidents._cells import cell

LOSES = ("same_padding",)
FOUND = "nobody answers `input()` when a notebook is graded"


def happen(notebook):
    cell(
        notebook, "same_padding_solution"
    ).source = "def same_padding(width, kernel, stride=1):\n    return int(input('before?')), 1"
