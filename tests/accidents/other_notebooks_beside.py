"""Another notebook was handed in in place of this one: it is not taken for it."""

from pathlib import Path

from accidents._cells import CHECKS

ROOT = Path(__file__).parents[2]
LOSES = CHECKS
PROBLEM = "There is no convolution.ipynb, but there is: convolution - pooling.ipynb."


def happen_to(file):
    other = ROOT / "assignments" / "a01_layers" / "pooling.ipynb"
    file.with_name("convolution - pooling.ipynb").write_bytes(other.read_bytes())
    file.unlink()
