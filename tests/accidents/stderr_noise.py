"""TensorFlow, warnings and logging write to stderr, which zeroes right work in nbgrader."""

from accidents._cells import code

CELL = """\
import logging, os, sys, warnings
os.write(2, b"This TensorFlow binary is optimized to use available CPU instructions\\n")
warnings.warn("deprecated")
logging.warning("could not find cuda drivers")
print("noise", file=sys.stderr)
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
