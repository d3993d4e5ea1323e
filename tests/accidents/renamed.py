"""The file was renamed to something of the student's own."""

REPAIRED = ("homework1 (final).ipynb was graded, because there is no convolution.ipynb",)


def happen_to(file):
    file.rename(file.with_name("homework1 (final).ipynb"))
