"""Fixtures that several test files share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

# What tests share, and the course's own checks (`solutions.<assignment>.<notebook>.checks`).
sys.path[:0] = [str(Path(__file__).parent), str(REPOSITORY)]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository, which is also the course that it ships."""
    return REPOSITORY


@pytest.fixture(scope="session")
def tiny_course(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A released course with one small notebook."""
    import tiny

    return tiny.make_course(tmp_path_factory.mktemp("course"))
