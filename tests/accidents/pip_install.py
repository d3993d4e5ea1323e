"""Packages are installed at the top of the notebook."""

from accidents._cells import code

CELL = """\
!pip install tqdm
%pip install seaborn
"""
REPAIRED = (
    "Shell commands are not run when a notebook is graded: `pip install tqdm`",
    "`%pip install seaborn`",
)


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
