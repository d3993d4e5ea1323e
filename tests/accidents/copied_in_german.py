"""The file manager put "Kopie von" before the name."""

REPAIRED = ("Kopie von convolution.ipynb was graded",)


def happen_to(file):
    file.rename(file.with_name("Kopie von convolution.ipynb"))
