"""`%reset` between two sections: the given cells above are gone, and what follows fails."""

from accidents._cells import code, place

REPAIRED = (
    "After `%reset -f`, `np` did not mean any more what the notebook counts on; that was put back "
    "for `conv2d_forward`, `conv2d_im2col`, `im2col`, `pad2d`.",
)


def happen(notebook):
    notebook.cells.insert(place(notebook, "convolve2d") + 1, code("%reset -f"))
