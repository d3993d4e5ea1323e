"""What docs/instructor.md shows an author is what `autograder new` writes, and what makers take."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from autograder import checks
from autograder.checks import makers
from autograder.source.beginning import FIRST, rendered

MAKERS = {
    name: maker
    for name in checks.__all__
    if inspect.getmodule(maker := getattr(checks, name)) is makers
}


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "instructor.md").read_text("utf-8")


@pytest.mark.parametrize(
    "file",
    ["notebook.py", "checks.py", "mistakes/smoothing_average.py", "answers/cumulative_sums.py"],
)
def test_the_source_that_is_shown_is_the_one_that_is_written(page: str, file: str) -> None:
    written = rendered(*FIRST, FIRST[1])[file]
    assert f"```python\n{written}```" in page


def test_the_table_has_every_required_argument_of_every_maker(page: str) -> None:
    shown = {
        name: {part.strip().rstrip("=") for part in arguments.split(",") if "*" not in part}
        for name, arguments in re.findall(r"^\| `(\w+)\((.*?)\)` \|", page, re.MULTILINE)
    }
    assert shown == {name: _required(maker) for name, maker in MAKERS.items()}


def _required(maker: object) -> set[str]:
    parameters = inspect.signature(maker).parameters.values()  # type: ignore[arg-type]
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return {p.name for p in parameters if p.default is p.empty and p.kind not in variadic}
