"""What `course.toml` may say, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder._exceptions import CourseError
from autograder.source.course import Course, find_course


def course(folder: Path, toml: str) -> Course:
    (folder / "course.toml").write_text(toml)
    return find_course(folder)


def test_nothing_need_be_said(tmp_path: Path) -> None:
    found = course(tmp_path, "")
    assert (found.id, found.title) == (tmp_path.name, tmp_path.name)
    assert found.cases("a01_one", "first") == tmp_path / "assignments" / "a01_one" / "first.cases"
    assert found.settings.sandbox.data == ()
    assert found.settings.sandbox.preload == ()


def test_what_is_said_is_read(tmp_path: Path) -> None:
    found = course(
        tmp_path,
        '[course]\nid = "ours"\ncases = "package/cases"\n'
        '[sandbox]\ndata = ["digits"]\n[demo]\nmistakes = [["one"], ["two", "three"]]\n',
    )
    assert found.id == "ours"
    assert found.cases("a01_one", "first") == tmp_path / "package/cases/a01_one/first.cases"
    assert found.settings.sandbox.data == ("digits",)
    assert found.settings.demo.mistakes == (("one",), ("two", "three"))


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('[course]\nname = "x"\n', r"course.toml: \[course\] name is not known"),
        ("[sandboxes]\n", r"course.toml: \[sandboxes\] is not known"),
        ('[sandbox]\ndata = "mnist"\n', r"\[sandbox\] data: .*tuple.*, received 'mnist'"),
        ("[sandbox]\ndata = [3]\n", r"\[sandbox\] data.0: .*string, received 3"),
        ('[course]\ncases = "/tmp"\n', r"cases must be a folder inside the course.*'/tmp'"),
        ('[proof]\nattacks = "../ours"\n', r"attacks must be a folder inside.*'../ours'"),
        ("[limits]\nseconds = 3\n", r"Unknown limit 'seconds'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, toml: str, complaint: str) -> None:
    with pytest.raises(CourseError, match=complaint) as caught:
        course(tmp_path, toml)
    assert "\n" not in str(caught.value)
