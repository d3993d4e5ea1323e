"""Only Jupyter's hidden checkpoint was handed in: nobody knows how old it is."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "but there is: .ipynb_checkpoints/convolution-checkpoint.ipynb."


def happen_to(file):
    (file.parent / ".ipynb_checkpoints").mkdir()
    file.rename(file.parent / ".ipynb_checkpoints" / "convolution-checkpoint.ipynb")
