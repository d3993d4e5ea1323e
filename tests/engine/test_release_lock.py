"""The lock beside a release: the check is quick where nothing changed, and never wrongly green."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from courses.fixture import ASSIGNMENT, NOTEBOOK, edit, make_course

from autograder.cli.release import command
from autograder.release.lock import _made_from
from autograder.release.write import check_release, unlocked, write_release
from autograder.source.course import Course, find_course

RELEASED = f"assignments/{ASSIGNMENT}/{NOTEBOOK}.ipynb"
LOCK = f"assignments/{ASSIGNMENT}/.release.json"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("released"))
    write_release(course)
    return course


@pytest.fixture
def course(released: Course, tmp_path: Path) -> Course:
    """A released course, somewhere else and with other file times."""
    shutil.copytree(released.root, tmp_path / "course", copy_function=shutil.copyfile)
    return find_course(tmp_path / "course")


def _run(course: Course, *arguments: str) -> tuple[int, str]:
    """The command's exit code, and what it says."""
    done = CliRunner().invoke(command, arguments, obj=course.root, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.output


def test_nothing_is_made_where_nothing_changed(course: Course, released: Course) -> None:
    assert unlocked(course) == []
    assert check_release(course) == []
    assert (course.root / LOCK).read_bytes() == (released.root / LOCK).read_bytes()
    assert _run(course, "--check") == (0, f"Up to date: {ASSIGNMENT}.\n")
    assert str(released.root) not in (released.root / LOCK).read_text()


@pytest.mark.parametrize(
    "path",
    [
        "course.toml",
        f"solutions/{ASSIGNMENT}/{NOTEBOOK}/notebook.py",
        f"solutions/{ASSIGNMENT}/{NOTEBOOK}/mistakes/tiny_dense.py",
        f"solutions/{ASSIGNMENT}/{NOTEBOOK}/calibration.json",
        "solutions/shared.py",
        "solutions/a99_other/other/checks.py",
    ],
)
def test_a_change_of_anything_that_decides_it_asks_for_a_build(course: Course, path: str) -> None:
    source = course.root / path
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text((source.read_text() if source.exists() else "") + "\n# Another line.\n")
    assert unlocked(course, [ASSIGNMENT]) == [ASSIGNMENT]


def test_what_decides_nothing_asks_for_none(course: Course) -> None:
    for path in (
        f"solutions/{ASSIGNMENT}/__pycache__/{NOTEBOOK}.pyc",
        f"solutions/{ASSIGNMENT}/.ipynb_checkpoints/{NOTEBOOK}.py",
        "README.md",
    ):
        (course.root / path).parent.mkdir(parents=True, exist_ok=True)
        (course.root / path).write_text("anything")
    assert unlocked(course) == []


def test_a_changed_source_is_out_of_date(course: Course) -> None:
    edit(course, "A tiny notebook", "A small notebook")
    code, said = _run(course, "--check")
    assert code == 1
    assert f"out of date: {RELEASED} is changed" in said
    write_release(course)
    assert unlocked(course) == []


def test_a_released_file_edited_by_hand_is_found(course: Course) -> None:
    path = course.root / RELEASED
    path.write_text(path.read_text().replace("A tiny notebook", "A small notebook"))
    assert check_release(course) == [f"{RELEASED} is changed"]
    path.unlink()
    assert check_release(course) == [f"{RELEASED} is missing"]
    assert write_release(course) == [RELEASED]
    (path.parent / "left.ipynb").write_text("{}")
    assert check_release(course) == [f"assignments/{ASSIGNMENT}/left.ipynb is stale"]


def _conflict(text: str) -> str:
    return f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n"


def _other_version(text: str) -> str:
    return json.dumps(json.loads(text) | {"versions": {"numpy": "1.0"}}, indent=1) + "\n"


def _nothing_released(text: str) -> str:
    return json.dumps(json.loads(text) | {"files": {}}, indent=1) + "\n"


@pytest.mark.parametrize(
    "spoil",
    [_conflict, _other_version, _nothing_released, lambda _: "", lambda _: "[]", str.upper],
    ids=["conflict", "version", "files", "empty", "list", "text"],
)
def test_a_spoilt_lock_costs_a_build_and_nothing_else(
    course: Course, spoil: Callable[[str], str]
) -> None:
    lock = course.root / LOCK
    right = lock.read_text()
    lock.write_text(spoil(right))
    assert unlocked(course) == [ASSIGNMENT]
    code, said = _run(course, "--check")
    assert code == 0
    assert f"Their locks did not tell: {ASSIGNMENT}." in said
    assert write_release(course) == []
    assert lock.read_text() == right


def test_a_spoilt_lock_hides_no_change(course: Course) -> None:
    """Two branches merged by hand: the lock of one, the released notebook of the other."""
    theirs = course.root / RELEASED
    theirs.write_text(theirs.read_text().replace("A tiny notebook", "Their notebook"))
    lock = course.root / LOCK
    content = json.loads(lock.read_text())
    content["files"][RELEASED] = "0" * 64
    lock.write_text(json.dumps(content, indent=1) + "\n")
    assert check_release(course) == [f"{RELEASED} is changed"]


def test_a_name_taken_by_another_assignment_is_seen(course: Course) -> None:
    twin = course.source("a01_twin", "twin")
    twin.parent.mkdir(parents=True)
    twin.write_text(course.source(ASSIGNMENT, NOTEBOOK).read_text())
    assert unlocked(course, [ASSIGNMENT]) == []
    with pytest.raises(Exception, match="a check of this name stands in"):
        check_release(course, [ASSIGNMENT])


def test_the_lock_of_an_assignment_that_is_gone_is_stale(course: Course) -> None:
    gone = course.assignments_dir / "a99_gone"
    gone.mkdir()
    for name in (".release.json", "gone.ipynb"):
        (gone / name).write_text("{}")
    assert check_release(course) == [
        "assignments/a99_gone/.release.json is stale",
        "assignments/a99_gone/gone.ipynb is stale",
    ]
    write_release(course)
    assert not gone.exists()


def test_rebuilding_asks_no_lock(course: Course) -> None:
    before = os.stat(course.root / RELEASED).st_mtime_ns
    assert check_release(course, rebuild=True) == []
    assert write_release(course, rebuild=True) == []
    assert os.stat(course.root / RELEASED).st_mtime_ns == before


def test_what_a_lock_leaves_out_of_the_engine_is_what_a_release_cannot_import(
    repository: Path,
) -> None:
    """`make lint` holds the floors, so an edit up there or next door cannot change a release."""
    settings = tomllib.loads((repository / "pyproject.toml").read_text())
    floors, *_ = settings["tool"]["importlinter"]["contracts"]
    layers = [set(layer.split(" | ")) for layer in floors["layers"]]
    own = next(number for number, layer in enumerate(layers) if "release" in layer)
    beyond = set().union(*layers[:own], layers[own] - {"release"})
    digested = {name for name, _ in _made_from(find_course(repository), "a00_first_light")}
    folders = {path.name for path in (repository / "autograder").iterdir() if path.is_dir()}
    left_out = {
        folder
        for folder in folders - {"__pycache__"}
        if not any(name.startswith(f"autograder/{folder}/") for name in digested)
    }
    assert left_out == beyond & folders
