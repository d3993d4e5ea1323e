"""Between the cells of the file stand entries that are no cells."""


def happen(notebook):
    notebook["cells"] = [None, "text", *notebook.cells, 5, {}, {"cell_type": 7, "source": None}]
