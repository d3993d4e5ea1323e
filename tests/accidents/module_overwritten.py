"""A module's name and a builtin's were taken for a number."""

from accidents._cells import code

REPAIRED = (
    "A cell stopped at `image = np.array(SLIDE_IMAGE, dtype='float32')` with AttributeError",
    "A cell stopped at `filter_1 = np.array(FILTER_1, dtype='float32')` with AttributeError",
    "After `np = 6`, `np` did not mean any more what the notebook counts on",
    "After `max = 3`, `max` did not mean any more what the notebook counts on",
)


def happen(notebook):
    notebook.cells.insert(3, code("np = 6\nmax = 3"))
