"""Of the cell with the imports one line was lost."""

from accidents._cells import cell

REPAIRED = ("because `np` would be undefined without it",)


def happen(notebook):
    imports = cell(notebook, "code-1")
    imports.source = imports.source.replace("import numpy as np\n", "")
