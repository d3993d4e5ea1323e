"""A solution cell was deleted, and with it the answer: nobody can put that back."""

from accidents._cells import place

LOSES = ("conv1d_full",)
FOUND = "name 'conv1d_full' is not defined"


def happen(notebook):
    del notebook.cells[place(notebook, "conv1d_full_solution")]
