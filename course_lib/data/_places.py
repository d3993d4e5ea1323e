"""Where data sets are looked for, and how files are put there."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from course_lib.data._sets import SETS, DatasetEntry

DIRECTORY_VARIABLE = "COURSE_DATA_DIR"


def shared_folder() -> Path | None:
    """The folder that `COURSE_DATA_DIR` names."""
    named = os.environ.get(DIRECTORY_VARIABLE)
    return Path(named) if named else None


def cache_folder() -> Path:
    """The user's own folder for data sets."""
    import pooch

    # The data sets are the same for every course. Another name would download them all again.
    return Path(pooch.os_cache("cnn-course"))


def find(name: str, stem: str) -> Path | None:
    """Where the data set lies, without a download: an exported file, or the folder of originals.

    Args:
        name: the data set.
        stem: the name of an exported file, without `.npz`.
    """
    known = SETS[name]
    shared = shared_folder()
    found = _in(shared, name, stem) if shared else None
    if found is None:
        found = next((folder for folder in known.system_folders if _has_all(known, folder)), None)
    if found is None and known.files:
        found = _in(cache_folder(), name, stem)
    return found


def _in(folder: Path, name: str, stem: str) -> Path | None:
    exported = folder / f"{stem}.npz"
    if exported.is_file():
        return exported
    return folder / name if _has_all(SETS[name], folder / name) else None


def _has_all(known: DatasetEntry, folder: Path) -> bool:
    return bool(known.files) and all((folder / file.name).is_file() for file in known.files)


def label_files() -> list[Path]:
    """All files outside packages, on this machine, that hold labels of a data set."""
    found: list[Path] = []
    for known in SETS.values():
        for folder in known.system_folders:
            found += [folder / file.name for file in known.files]
    for place in (shared_folder(), cache_folder()):
        if place is None:
            continue
        found += sorted(place.glob("*.npz"))
        for name in SETS:
            found += sorted((place / name).glob("*"))
    return [path.resolve() for path in found if path.is_file()]


def write_atomically(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file that is there whole or not at all, whoever else writes it at the same time."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        with temporary.open("wb") as file:
            write(file)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
