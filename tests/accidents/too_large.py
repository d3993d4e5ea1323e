"""A file of 70 MB, because a data set was printed into it."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "The file has 70 MB; at most 64 MB are read"


def happen_to(file):
    with file.open("r+b") as stream:
        stream.truncate(70 << 20)
