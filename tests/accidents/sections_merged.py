"""Five solutions and their checks were merged into one long cell."""

from accidents._cells import CHECKS, cell, place

NAMES = CHECKS[4:9]
REPAIRED = tuple(f"The check {name!r} stood in a cell with other code" for name in NAMES)


def happen(notebook):
    parts = []
    for name in NAMES:
        parts += [cell(notebook, f"{name}_solution").source, cell(notebook, name).source]
        del notebook.cells[place(notebook, name)]
        if name != NAMES[0]:
            del notebook.cells[place(notebook, f"{name}_solution")]
    cell(notebook, f"{NAMES[0]}_solution").source = "\n\n".join(parts)
