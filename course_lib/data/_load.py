"""Loading by name: from what is on the machine, and only where that is not enough by a download.

The order: the folder that `COURSE_DATA_DIR` names; files of an operating system's package; the
installed Python packages and the renderer; the user's cache; a download into that cache.
"""

from __future__ import annotations

import functools
import os
import zipfile
from pathlib import Path

import numpy as np

from course_lib.data import _packaged, _places
from course_lib.data._dataset import Dataset, frozen_split
from course_lib.data._download import fetch_files
from course_lib.data._errors import DamagedDataError, DataUnavailableError, LabelsWithheldError
from course_lib.data._examples import PARTS, Arrays
from course_lib.data._sets import SETS, DatasetEntry

_KEYS = tuple(f"{part}_{kind}" for part in PARTS for kind in ("images", "labels"))


def names() -> tuple[str, ...]:
    """The data sets that `load` knows."""
    return tuple(SETS)


def offline_names() -> tuple[str, ...]:
    """The data sets that `load` gives on this machine now without a download."""
    return tuple(name for name in SETS if is_offline(name))


def is_offline(name: str) -> bool:
    """Whether `load(name)` needs no download now.

    Raises:
        ValueError: if there is no data set of this name.
    """
    return _known(name).make is not None or _places.find(name, name) is not None


def load(name: str, image_size: int | None = None) -> Dataset:
    """Load a data set; the same images in the same splits and the same order everywhere.

    A set with an official test split keeps it, and a tenth of every training class becomes the
    validation split. Of the others 70 % of every class are for training, 10 % for validation and
    20 % for the test.

    What the environment variable `COURSE_DATA_DIR` offers comes first: `<name>.npz` (see
    `export`), or the original files in the folder `<name>/`. A data set is downloaded only if it
    is nowhere on the machine.

    Args:
        name: `"mnist"` (28×28, 3,500 / 500 / 1,000 images), `"digits"` (8×8), `"shapes32"`
            (32×32 in colour, 4,200 / 600 / 1,200), which need no network; `"mnist_full"`,
            `"fashion_mnist"` (54,000 / 6,000 / 10,000), `"cifar10"`, `"cifar100"` (45,000 / 5,000 /
            10,000), `"flowers"` (2,568 / 367 / 735 photographs).
        image_size: side of an image in pixels, for `"flowers"` alone; 96 by default. Of each
            photograph the largest centred square is kept.

    Raises:
        ValueError: if there is no data set of this name, or not in this size.
        DataUnavailableError: if it is not here and cannot be downloaded.
        DamagedDataError: if a file of it cannot be read.

    Example:
        `mnist = data.load("mnist"); mnist.train.images.shape` is `(3500, 28, 28, 1)`.
    """
    place = _place(name, image_size)
    return _load(name, image_size, place, place.stat().st_mtime_ns if place else 0)


def fetch(name: str, folder: str | Path | None = None) -> Path | None:
    """Make sure that a data set is here, so that `load` needs no network.

    Args:
        name: the data set.
        folder: where the folder `<name>/` with the original files is to be; by default they go
            to the user's cache, unless the data set is somewhere on the machine already.

    Returns:
        Where the data set is; `None` for one that needs no files.

    Raises:
        ValueError: if there is no data set of this name.
        DataUnavailableError: if a file could not be had from any mirror.
    """
    known = _known(name)
    if not known.files:
        return None
    if folder is None and (place := _places.find(name, name)):
        return place
    target = (_places.cache_folder() if folder is None else Path(folder)) / name
    try:
        fetch_files(known.files, target)
    except DataUnavailableError as error:
        raise DataUnavailableError(_advice(name, known, str(error))) from None
    return target


def export(
    name: str,
    path: str | Path,
    withhold_test_labels: bool = True,
    image_size: int | None = None,
) -> Path:
    """Write a data set to an `.npz` file that `load` reads from `COURSE_DATA_DIR`.

    The arrays are `train_images`, `train_labels`, `validation_images`, `validation_labels`,
    `test_images` and, unless they are withheld, `test_labels`. The file appears at once or not at
    all. It is not compressed: images hardly shrink, and reading is what happens often.

    Args:
        name: the data set.
        path: the file to write; it should be called `<name>.npz`, or `<name>_<size>.npz` for
            another `image_size` than the usual one.
        withhold_test_labels: leave the test labels out, as the grader's sandbox needs it.
        image_size: as in `load`.

    Returns:
        The file that was written.

    Raises:
        ValueError, DataUnavailableError, DamagedDataError: as in `load`.
        LabelsWithheldError: if the test labels are asked for and are not here.
    """
    arrays = dict(_arrays(name, image_size, _place(name, image_size)))
    if withhold_test_labels:
        arrays.pop("test_labels", None)
    elif "test_labels" not in arrays:
        raise LabelsWithheldError
    target = Path(path)
    _places.write_atomically(target, lambda file: np.savez(file, allow_pickle=False, **arrays))
    return target


def packaged_files() -> list[Path]:
    """The files on this machine that hold labels of a data set, as real paths.

    They are in installed packages, in folders of the operating system's packages, in the user's
    cache and in the folder that `COURSE_DATA_DIR` names. The grader's sandbox hides them, so that
    test labels are nowhere to be read. (The labels of `shapes32` are no secret: whoever has this
    course can render it.)
    """
    found: list[Path] = []
    for name in ("mnist", "digits"):
        try:
            path = _packaged.label_file(name)
        except FileNotFoundError:
            continue
        if path.is_file():
            found.append(path.resolve())
    return found + _places.label_files()


@functools.cache
def _load(name: str, image_size: int | None, place: Path | None, modified: int) -> Dataset:
    # `modified` is part of the key alone: a file that was written anew is read anew.
    known = SETS[name]
    arrays = _arrays(name, image_size, place)
    train, validation, test = (
        frozen_split(_scaled(arrays[f"{part}_images"], known.largest), arrays.get(f"{part}_labels"))
        for part in PARTS
    )
    return Dataset(name, train, validation, test, known.class_names, known.source)


def _scaled(stored: np.ndarray, largest: int) -> np.ndarray:
    if stored.dtype == np.uint8:
        scaled: np.ndarray = np.divide(stored, np.float32(largest), dtype=np.float32)
        return scaled
    return stored.astype(np.float32)


def _place(name: str, image_size: int | None) -> Path | None:
    """The file or folder to read the data set from; `None` if it is made from what is installed."""
    known = _known(name)
    if image_size is not None and (not known.resizable or not 8 <= image_size <= 512):
        raise ValueError(
            "`image_size` must be between 8 and 512 for 'flowers', and not given for the other "
            f"data sets. Received: image_size={image_size}, name={name!r}"
        )
    place = _places.find(name, _stem(name, image_size))
    if place is None and known.files:
        place = fetch(name)
    costly = known.resizable or known.version
    if costly and (place is None or place.is_dir()):
        return _prepared(name, image_size, place)
    return place


def _prepared(name: str, image_size: int | None, place: Path | None) -> Path | None:
    """What took seconds to make, kept in the user's cache."""
    known = SETS[name]
    version = f"-{known.version}" if known.version else ""
    target = _places.cache_folder() / f"{_stem(name, image_size)}{version}.npz"
    if not target.is_file():
        arrays = _made(known, image_size, place)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _places.write_atomically(
                target, lambda file: np.savez(file, allow_pickle=False, **arrays)
            )
        except OSError:
            return place  # no room to keep it: it is made anew each time
    return target


def _arrays(name: str, image_size: int | None, place: Path | None) -> Arrays:
    if place is None or place.is_dir():
        return _made(SETS[name], image_size, place)
    try:
        with place.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            # These and no others: what else the file holds must not travel with an export.
            found = {key: stored[key] for key in _KEYS if key in stored}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise DamagedDataError(
            f"{place} cannot be read: {error}. Delete it and make it again."
        ) from error
    missing = [key for key in _KEYS if key not in found and key != "test_labels"]
    if missing:
        raise DamagedDataError(
            f"{place} must hold {', '.join(_KEYS)} (the last may be missing). "
            f"It lacks {', '.join(missing)}. Make it with course_lib.data.export."
        )
    return found


def _made(known: DatasetEntry, image_size: int | None, place: Path | None) -> Arrays:
    if place is None:
        assert known.make is not None
        return known.make().divided()
    assert known.read is not None
    if known.resizable:
        return known.read(place, size=image_size or known.shape[0]).divided()
    return known.read(place).divided()


def _stem(name: str, image_size: int | None) -> str:
    usual = image_size is None or image_size == SETS[name].shape[0]
    return name if usual else f"{name}_{image_size}"


def _known(name: str) -> DatasetEntry:
    if name not in SETS:
        listed = ", ".join(repr(item) for item in SETS)
        raise ValueError(
            f"There is no data set of this name; known are {listed}. Received: {name!r}"
        )
    return SETS[name]


def _advice(name: str, known: DatasetEntry, tried: str) -> str:
    files = ", ".join(file.name for file in known.files)
    shared = _places.shared_folder()
    offline = ", ".join(repr(item) for item in offline_names())
    looked = f"{shared} ({_places.DIRECTORY_VARIABLE})" if shared else "no COURSE_DATA_DIR is set"
    return (
        f"The data set {name!r} is not on this machine, and it could not be downloaded "
        f"({known.download_bytes / 1e6:.0f} MB).\n"
        f"Looked for: {name}.npz or {name}{os.sep} with {files}; {looked}, and the cache "
        f"{_places.cache_folder()}.\n"
        f"Tried:\n{tried}\n"
        "On a machine with a network: python -m course_lib.data fetch "
        f"{name} --to FOLDER\n"
        f"Then copy FOLDER here and set {_places.DIRECTORY_VARIABLE}=FOLDER.\n"
        f"These work here without a network: {offline}."
    )
