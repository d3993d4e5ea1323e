"""A node, which grades shards of a plan, has only what judging needs installed.

Which packages that are, pyproject.toml says: whatever else is installed here, a node's Python does
not find.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import deque
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from courses import HERE, tiny
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.__main__ import autograder
from autograder._exceptions import AutograderError
from autograder.grading.sources import with_sources, write_sources
from autograder.records.results import read_record
from autograder.sandbox import namespaces_problem
from autograder.source.course import find_course
from autograder.source.notebook import read_source

ROOT = Path(__file__).resolve().parents[2]
ISOLATION = "none" if namespaces_problem() else "namespaces"
CLASS: dict[str, dict[str, str]] = {
    "ada": {},
    "bob": {"double": "def double(x): return x * x"},
    "cid": {"double": "import os\ndef double(x): os._exit(3)"},
    "eve": {"triple": "def triple(x): raise ValueError(x)"},
}
# Every Python that is started with this on its path begins by running it.
SITE = """
import sys

class Absent:
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent)
"""


def needed(extra: str) -> set[str]:
    """The distributions that are installed with an extra of this package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    ours = canonicalize_name(project["name"])
    found: set[tuple[str, str]] = set()
    waiting = deque([(ours, ""), (ours, extra)])
    while waiting:
        name, of = waiting.popleft()
        if (name, of) in found:
            continue
        found.add((name, of))
        if name == ours:
            listed = project["optional-dependencies"][of] if of else project["dependencies"]
        else:
            try:
                listed = metadata.requires(name) or []
            except metadata.PackageNotFoundError:  # of another system
                continue
        for required in map(Requirement, listed):
            if required.marker is None or required.marker.evaluate({"extra": of}):
                waiting += ((canonicalize_name(required.name), e) for e in ("", *required.extras))
    return {name for name, _ in found}


def absent() -> list[str]:
    """The modules that are installed here and not on a node."""
    there = needed("node")
    modules = metadata.packages_distributions().items()
    return sorted(
        module for module, owners in modules if not there & set(map(canonicalize_name, owners))
    )


class Desk:
    """A class that is handed in, an instructor who has everything, and a node."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.course = tiny.make_course(folder / "course")
        for student, cells in CLASS.items():
            tiny.hand_in(folder / "submitted", student, tiny.submission(self.course, **cells))
        (folder / "site").mkdir()
        (folder / "site" / "sitecustomize.py").write_text(SITE.format(absent=absent()))

    def run(self, *arguments: object, code: int = 0) -> str:
        """Run one of the instructor's commands, in this process; what it said."""
        course = ["--course", str(self.course.root)]
        ended = CliRunner().invoke(
            autograder, [*course, *map(str, arguments)], standalone_mode=False
        )
        error = ended.exception
        if error is not None and not isinstance(error, AutograderError):
            raise error
        said = ended.output + (str(error) if error else "")
        assert (2 if error else ended.return_value) == code, said
        return said

    def on_a_node(self, *arguments: object, code: int = 0) -> str:
        """Run a command there; what it said."""
        path = [str(self.folder / "site"), str(ROOT)]
        course = ["--course", self.course.root]
        done = subprocess.run(
            [sys.executable, "-m", "autograder", *course, *map(str, arguments)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def class_in(self, out: str) -> tuple[object, ...]:
        return ("a00_tiny", "--submissions", self.folder / "submitted", "--out", self.folder / out,
                "--isolation", ISOLATION)  # fmt: skip

    def plan(self, out: str) -> Path:
        self.run("plan", *self.class_in(out), "--shards", 1)
        return self.folder / out / "plans" / "0001"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


def grades(out: Path) -> dict[str, object]:
    """All that is said of every check, without what a clock says."""
    found: dict[str, object] = {}
    for student in CLASS:
        record = read_record(out / "results" / student / "a00_tiny.json")
        assert record is not None
        found[student] = [check.model_copy(update={"seconds": 0.0}) for check in record.checks]
    return found


def test_a_node_gives_the_same_grades(desk: Desk) -> None:
    missing = {"nbgrader", "jupytext", "sqlalchemy", "alembic", "nbconvert", "jupyter_server"}
    assert missing <= set(absent())
    desk.run("grade", *desk.class_in("whole"))
    shutil.copytree(desk.folder / "whole" / "rounds", desk.folder / "divided" / "rounds")
    plan = desk.plan("divided")
    assert "shard 0: 4 graded" in desk.on_a_node("grade", "--plan", plan, "--shard", 0)
    assert "1 done" in desk.on_a_node("watch", plan, "--once")
    assert "4 grades are new" in desk.run("collect-results", plan)
    assert grades(desk.folder / "divided") == grades(desk.folder / "whole")


def test_what_a_node_cannot_do_it_says_in_a_line(desk: Desk) -> None:
    plan = desk.plan("asked")
    for arguments in [
        ("plan", *desk.class_in("new")),
        ("grade", *desk.class_in("new")),
        ("collect-results", plan),
    ]:
        said = desk.on_a_node(*arguments, code=2)
        assert re.fullmatch(r"autograder: \w+ is not installed: .*\[instructor\].*\n", said)
    assert not (desk.folder / "new").exists()
    assert not (desk.folder / "asked" / "gradebook.db").exists()


def test_an_authors_fault_is_told_on_a_node(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    source = desk.course.source("a00_tiny", "tiny")
    source.write_text(source.read_text().replace("return 3 * x", "return 3 * x.sum(99)"))
    said = desk.on_a_node("grade", "--plan", desk.plan("out"), "--shard", 0, code=1)
    assert "AttributeError: 'float' object has no attribute 'sum'" in said
    assert "solutions/a00_tiny/tiny/notebook.py, cell 'triple_solution', line 4" in said


def test_sources_are_what_the_plan_says(desk: Desk) -> None:
    plan = desk.plan("damaged")
    (held,) = plan.glob("sources/a00_tiny/*")
    held.write_text(held.read_text().replace("2.0", "4.0"))
    said = desk.run("grade", "--plan", plan, "--shard", 0, code=2)
    assert f"{held} is damaged. Make a new plan" in said
    held.unlink()
    said = desk.run("grade", "--plan", plan, "--shard", 0, code=2)
    assert f"{held} cannot be read (No such file or directory)" in said


def test_a_plan_holds_sources_as_they_are_read(tmp_path: Path) -> None:
    """As jupytext reads them: every cell, its metadata and its id."""
    for root in [ROOT, *(path.parent for path in HERE.glob("*/course.toml"))]:
        course = find_course(root)
        folder = tmp_path / course.id
        planned = {name: write_sources(course, name, folder) for name in course.assignments()}
        given = with_sources(course, folder, planned)
        for assignment, digests in planned.items():
            assert list(digests) == course.notebooks(assignment)
            for notebook in digests:
                found = given.read_source(assignment, notebook)
                assert found == read_source(course.source(assignment, notebook))
                found.cells.clear()  # It is the caller's own.
                assert given.read_source(assignment, notebook).cells
