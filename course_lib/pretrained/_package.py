"""Files inside installed packages, found without importing the packages."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from course_lib._exceptions import CourseLibraryError


class MissingPackageError(CourseLibraryError):
    """A package that holds weights or names is not installed."""


def packaged_file(package: str, distribution: str, file: str) -> Path:
    """The path of a file that a package brings along.

    Args:
        package: as it is imported.
        distribution: as it is installed.
        file: path below the package's folder.

    Raises:
        MissingPackageError: if the package, or this file of it, is not there.
    """
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    for folder in folders or ():
        path = Path(folder) / file
        if path.is_file():
            return path
    raise MissingPackageError(
        f"The package {distribution}, which holds {Path(file).name}, is not installed. "
        f"Install it: python -m pip install {distribution}"
    )
