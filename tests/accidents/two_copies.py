"""An old state lies beside the notebook: the file with the right name counts."""

REPAIRED = ("There is also convolution-old.ipynb. The file named convolution.ipynb was graded",)


def happen_to(file):
    old = file.read_text().replace("return padded", "return None")
    file.with_name("convolution-old.ipynb").write_text(old.replace("stride", "step"))
