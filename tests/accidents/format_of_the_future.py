"""Saved in a format that does not exist yet."""


def happen(notebook):
    notebook.nbformat, notebook.nbformat_minor = 7, 31
