"""Ids are missing, numbers, or far too long."""


def happen(notebook):
    for number, cell in enumerate(notebook.cells):
        cell["id"] = (number, None, "x" * 500, [])[number % 4]
    del notebook.cells[0]["id"]
