"""The notebook was printed to a PDF and given the right name."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "not a notebook but a PDF"


def happen_to(file):
    file.write_bytes(b"%PDF-1.7\n\xe2\xe3\xcf\xd3")
