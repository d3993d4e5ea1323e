"""The browser added a number to the name."""

REPAIRED = ("convolution (1).ipynb was graded, because there is no convolution.ipynb",)


def happen_to(file):
    file.rename(file.with_name("convolution (1).ipynb"))
