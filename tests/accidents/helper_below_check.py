"""The student's helper stands at the end; at the desk it was run before the check."""

from accidents._cells import cell, code

REPAIRED = (
    "'pad2d' stood above the cell that defines `framed`",
    "'conv2d_forward' stood above the cell that defines `framed`",
)


def happen(notebook):
    solution = cell(notebook, "pad2d_solution")
    helper = solution.source.replace("def pad2d", "def framed")
    solution.source = "def pad2d(x, padding):\n    return framed(x, padding)"
    notebook.cells.append(code(helper))
