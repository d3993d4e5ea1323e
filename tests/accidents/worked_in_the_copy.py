"""The work was done in a copy, and the untouched original handed in beside it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
REPAIRED = ("convolution-Copy1.ipynb was graded, because nothing is written in convolution.ipynb",)


def happen_to(file):
    file.rename(file.with_name("convolution-Copy1.ipynb"))
    file.write_bytes((ROOT / "assignments" / "a01_layers" / "convolution.ipynb").read_bytes())
