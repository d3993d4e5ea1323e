"""Plots that open windows and wait for a click."""

from accidents._cells import code

CELL = """\
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
plt.ion()
plt.plot([1, 2])
plt.pause(3600)
plt.waitforbuttonpress()
plt.show(block=True)
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
