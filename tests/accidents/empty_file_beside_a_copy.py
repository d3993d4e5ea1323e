"""The file was emptied by a full disk, but a copy was handed in too."""

REPAIRED = ("backup of convolution.ipynb was graded, because nothing is written in",)


def happen_to(file):
    file.with_name("backup of convolution.ipynb").write_bytes(file.read_bytes())
    file.write_bytes(b"")
