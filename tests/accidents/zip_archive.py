"""A zip archive was given the name of the notebook."""

import zipfile

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "not a notebook but a zip archive"


def happen_to(file):
    content = file.read_bytes()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("convolution.ipynb", content)
