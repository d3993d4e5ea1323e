"""Real images for the notebooks: `data.load("mnist")`, `data.photo("china")`.

What is on the machine is used first, and most notebooks need no network. docs/data.md lists the
data sets; `python -m course_lib.data --help` shows which of them are here and fetches the others.
"""

from course_lib.data._batches import batches
from course_lib.data._dataset import Dataset, Split
from course_lib.data._errors import DamagedDataError, DataUnavailableError, LabelsWithheldError
from course_lib.data._load import export, fetch, load, names, offline_names, packaged_files
from course_lib.data._packaged import photo

__all__ = [
    "DamagedDataError",
    "DataUnavailableError",
    "Dataset",
    "LabelsWithheldError",
    "Split",
    "batches",
    "export",
    "fetch",
    "load",
    "names",
    "offline_names",
    "packaged_files",
    "photo",
]
