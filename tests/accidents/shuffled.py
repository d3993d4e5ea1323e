"""The cells were shuffled, and nothing tells them apart but what is in them."""

import random

from accidents._cells import GONE, unmark

REPAIRED = (GONE, "The check cell", "A cell that the notebook came with stood below")


def happen(notebook):
    random.Random(4).shuffle(notebook.cells)
    unmark(notebook)
