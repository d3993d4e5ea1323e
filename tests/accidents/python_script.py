"""The notebook was exported as a script and given the right name."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "not a notebook but a Python script"


def happen_to(file):
    file.write_text("import numpy as np\n\ndef pad2d(x, padding): ...\n")
