"""A check was changed to print instead."""

from accidents._cells import cell

REPAIRED = ("The check cell 'correlate2d' had been edited and was restored",)


def happen(notebook):
    cell(notebook, "correlate2d").source = "print(correlate2d(image, filter_1))"
