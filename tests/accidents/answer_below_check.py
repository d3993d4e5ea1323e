"""The function was written in a new cell at the end, and the given cell left as it came."""

from accidents._cells import cell, code, place

REPAIRED = ("'receptive_field' stood above the cell that defines `receptive_field`",)


def happen(notebook):
    answer = cell(notebook, "receptive_field_solution").source
    cell(notebook, "receptive_field_solution").source = "# see the end of the notebook"
    notebook.cells.append(code(answer))
    assert place(notebook, "receptive_field") < len(notebook.cells) - 1
