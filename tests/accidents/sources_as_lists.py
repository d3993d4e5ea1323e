"""Sources as lists of lines, some of them without line ends that end a list."""


def happen(notebook):
    for cell in notebook.cells:
        cell["source"] = cell["source"].splitlines(keepends=True)
