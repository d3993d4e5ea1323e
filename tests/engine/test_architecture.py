"""The architecture page names the folders that exist, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text()


@pytest.mark.parametrize("package", ["autograder", "course_lib"])
def test_every_folder_has_its_row(package: str) -> None:
    folders = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    rows = re.findall(rf"^\| `{package}/(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted(folders)


def test_the_floors_are_those_that_imports_are_held_to() -> None:
    settings = (ROOT / "pyproject.toml").read_text()
    layers = re.search(r"layers = \[\n(.*?)\]", settings, re.DOTALL)
    assert layers is not None
    rooms = {path.parent.name for path in (ROOT / "autograder").glob("*/__init__.py")}
    drawn = re.search(r"## The engine's floors\n.*?```\n(.*?)```", PAGE, re.DOTALL)
    assert drawn is not None
    # A floor's line begins with a room; what explains it stands below, behind bars.
    floors = [line for line in drawn[1].splitlines() if line.split() and line.split()[0] in rooms]
    held = [line for line in layers[1].splitlines() if rooms & set(re.findall(r"\w+", line))]
    for floor, line in zip(floors, held, strict=True):
        assert rooms & set(re.findall(r"\w+", line)) <= set(re.findall(r"\w+", floor))


def test_paths_on_the_page_exist() -> None:
    named = re.findall(r"`((?:autograder|course_lib|tests|integrations|docs)/[\w/.-]*)`", PAGE)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "page",
    ["CONTRIBUTING.md", "README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))],
)
def test_documents_name_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text()
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    links = [link for link in links if link and not link.startswith(("http", "mailto:"))]
    missing = [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
    named = re.findall(
        r"`((?:autograder|course_lib|tests|integrations|benchmarks)/[\w/.-]+)`", text
    )
    missing += [name for name in named if not (ROOT / name).exists()]
    assert missing == []
