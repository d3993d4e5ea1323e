"""Fixtures that several test files share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent

# What tests share, and the course's own checks (`solutions.<assignment>.<notebook>.checks`).
sys.path[:0] = [str(Path(__file__).parent), str(REPOSITORY)]

# The same examples on every run: what a test says depends on the code alone. To search further:
# `pytest --hypothesis-profile=search`.
settings.register_profile("seeded", derandomize=True)
settings.register_profile("search", derandomize=False, print_blob=True)
settings.load_profile("seeded")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository, which is also the course that it ships."""
    return REPOSITORY


@pytest.fixture(scope="session")
def workplace(repository: Path) -> Iterator[object]:
    """A started sandbox: TensorFlow is imported once for all tests that grade in this process."""
    from autograder.grading.workplace import Workplace
    from autograder.sandbox import namespaces_problem
    from autograder.source.course import find_course

    isolation = "none" if namespaces_problem() else "namespaces"
    with Workplace(find_course(repository), ["a00_first_light"], isolation) as running:
        yield running


@pytest.fixture(scope="session")
def tiny_course(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A released course with one small notebook."""
    from courses import tiny

    return tiny.make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def ours(request: pytest.FixtureRequest) -> object:
    """What the notebook that a test file is about defines: the right answers."""
    return request.module.NOTEBOOK.ours
