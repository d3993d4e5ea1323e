"""The notebook was handed in one folder too deep, beside what a Mac leaves there."""

REPAIRED = ("a01_layers/convolution.ipynb was graded",)


def happen_to(file):
    (file.parent / "a01_layers").mkdir()
    file.rename(file.parent / "a01_layers" / file.name)
    (file.parent / "__MACOSX").mkdir()
    (file.parent / "__MACOSX" / "._convolution.ipynb").write_bytes(b"Mac OS X")
    (file.parent / "._convolution.ipynb").write_bytes(b"Mac OS X")
