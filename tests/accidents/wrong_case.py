"""The name begins with a capital."""

REPAIRED = ("Convolution.ipynb was graded",)


def happen_to(file):
    file.rename(file.with_name("Convolution.ipynb"))
