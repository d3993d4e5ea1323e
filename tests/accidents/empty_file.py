"""The file is empty, from a full disk or an upload that broke off."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "The file is empty. Save the notebook in Jupyter"


def happen_to(file):
    file.write_bytes(b"")
