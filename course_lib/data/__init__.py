"""Real images for the notebooks, without a network: `data.load("mnist")`, `data.photo("china")`."""

from course_lib.data._dataset import Dataset, LabelsWithheldError, Split
from course_lib.data._load import export, load, names, packaged_files, photo

__all__ = [
    "Dataset",
    "LabelsWithheldError",
    "Split",
    "export",
    "load",
    "names",
    "packaged_files",
    "photo",
]
