"""Which version of the autograder this is."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """That of the distribution that brought this package, whatever its name; else `"unknown"`."""
    for distribution in metadata.packages_distributions().get(__package__, ()):
        return metadata.version(distribution)
    return "unknown"
