"""One task was left as it came; what follows was done."""

from pathlib import Path

import nbformat

from accidents._cells import cell

ROOT = Path(__file__).parents[2]
LOSES = ("receptive_field",)
FOUND = "This is not written yet"


def happen(notebook):
    path = ROOT / "assignments" / "a01_layers" / "convolution.ipynb"
    untouched = cell(nbformat.read(path, as_version=4), "receptive_field_solution")
    cell(notebook, "receptive_field_solution").source = untouched.source
