"""Magics that open windows."""

from accidents._cells import code

CELL = """\
%matplotlib qt
%matplotlib notebook
%matplotlib widget
%gui tk
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
