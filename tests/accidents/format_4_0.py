"""Saved in format 4.0, which has no ids."""


def happen(notebook):
    notebook.nbformat_minor = 0
    for cell in notebook.cells:
        del cell["id"]
