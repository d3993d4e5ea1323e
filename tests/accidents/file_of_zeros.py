"""The file has its length but holds only zeros, as after a crash."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "made of zeros"


def happen_to(file):
    file.write_bytes(bytes(4096))
