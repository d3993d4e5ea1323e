"""Every pixel of a photograph was printed."""

from accidents._cells import code

CELL = """\
from course_lib import data
for row in data.photo("china"):
    for pixel in row:
        print(pixel.tolist())
"""
REPAIRED = ("A cell's output was cut at 512 KB, the limit: from course_lib import data",)


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
