"""Whatever lies in the folder of submissions: nobody stops a class, and nothing is passed over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from courses import tiny
from hypothesis import given
from hypothesis import strategies as st

from autograder._exceptions import AutograderError
from autograder.grading.grade import GradingRun, grade
from autograder.grading.jobs import Options
from autograder.grading.workplace import Workplace
from autograder.records.keys import MAX_BYTES, key_of, name_of
from autograder.records.results import Verdict
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course
from autograder.submission.folder import find_weights
from autograder.submission.inbox import look_into

ISOLATION = "none" if namespaces_problem() else "namespaces"
ASSIGNMENT = "a00_tiny"
LATIN = os.fsdecode(b"M\xfcller")
MARKUP = "<img src=x onerror=alert(1)>"


# Keys

names = st.binary(min_size=1, max_size=60).map(lambda raw: os.fsdecode(raw.replace(b"/", b"-")))


@given(names)
def test_a_key_gives_the_name_back(name: str) -> None:
    key = key_of(name)
    assert name_of(key) == unicodedata.normalize("NFC", name)
    assert not set(key) & set("/\\<>&\"'`;|*?:%$\n\0")
    assert key[0].isalnum() or key[0] in "_~"
    assert key_of(unicodedata.normalize("NFD", name)) == key
    key.encode()  # Text that can be written.


@given(st.binary(min_size=1, max_size=255).filter(lambda raw: b"/" not in raw))
def test_a_key_is_no_longer_than_a_file_s_name(raw: bytes) -> None:
    assert 0 < len(key_of(os.fsdecode(raw)).encode()) <= MAX_BYTES


def test_keys_that_people_read() -> None:
    assert key_of("ada.lovelace@example.edu") == "ada.lovelace@example.edu"
    assert key_of("José Müller-Lüdenscheidt") == "José Müller-Lüdenscheidt"
    assert key_of("O'Brien") == "O~27~Brien"
    assert key_of(LATIN) == "M~FC~ller"
    assert key_of("M\\xfcller") == "M~5C~xfcller"
    assert key_of("=1+1") == "~3D~1+1"
    assert name_of(key_of(os.fsdecode(b"\xfc" * 120))) == os.fsdecode(b"\xfc" * 120)
    long = [key_of(letter * 255) for letter in "ab"]
    assert len(set(long)) == 2


# Layouts


def found_in(folder: Path) -> tuple[dict[str, str], dict[str, bool]]:
    inbox = look_into(folder, ASSIGNMENT, ["tiny"], [ASSIGNMENT, "a01_other"])
    places = {key: str(place.folder.relative_to(folder)) for key, place in inbox.places.items()}
    return places, {unused.path: unused.may_be_work for unused in inbox.unused}


def put(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("{}")
    return folder


def test_what_is_clear_is_taken(tmp_path: Path) -> None:
    put(
        tmp_path,
        f"ada/{ASSIGNMENT}/tiny.ipynb",
        "bob/A00-Tiny/tiny.ipynb",
        "cid/tiny.ipynb",
        "dan/tiny (2).ipynb",
        "Eve Moss_1234_assignsubmission_file_/tiny.ipynb",
        "Eve Moss_1234_assignsubmission_onlinetext_/onlinetext.html",
        "fox_77_901_tiny-1.ipynb",
        "fox_77_902_notes.txt",
        "gus_LATE_78_903_tiny.ipynb",
    )
    places, unused = found_in(tmp_path)
    assert places == {
        "ada": f"ada/{ASSIGNMENT}",
        "bob": "bob/A00-Tiny",
        "cid": "cid",
        "dan": "dan",
        "Eve Moss_1234": "Eve Moss_1234_assignsubmission_file_",
        "fox_77": ".",
        "gus_78": ".",
    }
    assert unused == {"Eve Moss_1234_assignsubmission_onlinetext_": False}
    inbox = look_into(tmp_path, ASSIGNMENT, ["tiny"], [ASSIGNMENT])
    opened = inbox.places["fox_77"].opened(tmp_path / "scratch")
    assert sorted(path.name for path in opened.iterdir()) == ["notes.txt", "tiny.ipynb"]
    assert list(inbox.notes) == ["bob", "cid", "dan"]


def test_two_attempts_of_one_student_are_both_there(tmp_path: Path) -> None:
    """Canvas numbers them: neither is written over the other."""
    put(tmp_path, "fox_77_901_tiny-1.ipynb", "fox_77_902_tiny-2.ipynb")
    (place,) = look_into(tmp_path, ASSIGNMENT, ["tiny"], [ASSIGNMENT]).places.values()
    opened = place.opened(tmp_path / "scratch")
    assert sorted(path.name for path in opened.iterdir()) == ["tiny-2.ipynb", "tiny.ipynb"]


def test_what_is_not_clear_is_named(tmp_path: Path) -> None:
    put(
        tmp_path,
        f"ada/{ASSIGNMENT}/tiny.ipynb",
        "ada/A00_TINY/tiny.ipynb",
        "bob/a00-tiny/tiny.ipynb",
        "bob/a00 tiny/tiny.ipynb",
        f"cid/{ASSIGNMENT}.zip",
        "dan/week 1/tiny.ipynb",
        "eve/essay.ipynb",
        "kim/report.pdf",
        f"lee/{ASSIGNMENT}",
        "mia/picture.png",
        "fox/a01_other/other.ipynb",
        ".gus/a00_tiny/tiny.ipynb",
        "hal/.secret/tiny.ipynb",
        "class.zip",
        "tiny.ipynb",
        "marks.csv",
        ".DS_Store",
        "__MACOSX/x",
        "A00_tiny/ida/tiny.ipynb",
        f"José/{ASSIGNMENT}/tiny.ipynb",
        unicodedata.normalize("NFD", f"José/{ASSIGNMENT}/tiny.ipynb"),
    )
    places, unused = found_in(tmp_path)
    assert places == {"ada": f"ada/{ASSIGNMENT}"}
    work = {path for path, may_be_work in unused.items() if may_be_work}
    assert work == {
        "bob/a00-tiny",
        "bob/a00 tiny",
        f"cid/{ASSIGNMENT}.zip",
        "dan/week 1",
        "eve/essay.ipynb",
        ".gus",
        "hal/.secret",
        "class.zip",
        "tiny.ipynb",
        "kim/report.pdf",
        f"lee/{ASSIGNMENT}",
        "A00_tiny",
        "José",
        unicodedata.normalize("NFD", "José"),
    }
    assert unused.keys() - work == {"ada/A00_TINY", "marks.csv", "mia/picture.png"}
    inbox = look_into(tmp_path, ASSIGNMENT, ["tiny"], [ASSIGNMENT, "a01_other"])
    assert inbox.absent == ["fox", "mia"], "of the others something lies there"
    assert [one.path for one in inbox.only(["ada"]).unused] == ["ada/A00_TINY"]
    with pytest.raises(AutograderError, match=r"No submission by cid\. .*zip: it is an archive"):
        inbox.only(["ada", "cid"])


def test_where_nothing_is_found_it_says_what_lies_there(tmp_path: Path) -> None:
    put(tmp_path / "s", "class.zip")
    with pytest.raises(AutograderError, match=r"Expected .*tiny.*class\.zip: it is an archive"):
        look_into(tmp_path / "s", ASSIGNMENT, ["tiny"], [ASSIGNMENT])
    with pytest.raises(AutograderError, match="is a file, not a folder: unpack it"):
        look_into(tmp_path / "s" / "class.zip", ASSIGNMENT, ["tiny"], [ASSIGNMENT])


# A class


@pytest.fixture(scope="module")
def place(tiny_course: Course) -> Iterator[Workplace]:
    with Workplace(tiny_course, [ASSIGNMENT], ISOLATION) as running:
        yield running


def run(course: Course, place: Workplace, folder: Path) -> GradingRun:
    options = Options(isolation=ISOLATION, workplace=place)
    return grade(course, ASSIGNMENT, folder / "in", folder / "out", options)


def test_no_name_stops_a_class(tiny_course: Course, place: Workplace, tmp_path: Path) -> None:
    """Names in Latin-1, as long as names may be, of markup; of folders, notebooks and weights."""
    right = tiny.submission(tiny_course)
    for name in ("ada", LATIN, "M\\xfcller", os.fsdecode(b"\xfc" * 120), "x" * 255, MARKUP):
        tiny.hand_in(tmp_path / "in", name, right)
    folder = tiny.hand_in(tmp_path / "in", "zoe", right)
    (folder / "tiny.ipynb").rename(folder / f"tiny_{LATIN}.ipynb")
    (folder / f"tiny_{LATIN}.safetensors").write_bytes(b"weights")
    first = run(tiny_course, place, tmp_path)
    assert first.problems == []
    assert not first.needs_a_look
    assert len(first.records) == 7
    assert {record.score for record in first.records} == {5}
    (zoe,) = (record for record in first.records if record.student == "zoe")
    assert zoe.notebooks[0].repairs == [
        "tiny_M\\xfcller.ipynb was graded, because there is no tiny.ipynb."
    ]
    assert run(tiny_course, place, tmp_path).graded == []
    for page in (tmp_path / "out").rglob("*.html"):
        assert MARKUP not in page.read_text()
    students = {path.name for path in (tmp_path / "out" / "results").iterdir()}
    assert students == {record.student for record in first.records}


def test_what_cannot_be_read_is_looked_at(
    tiny_course: Course, place: Workplace, tmp_path: Path
) -> None:
    """Not a zero in the mean: an archive, a document, a damaged file. Nothing at all is a zero."""
    tiny.hand_in(tmp_path / "in", "ada", tiny.submission(tiny_course))
    put(
        tmp_path / "in",
        f"bob/{ASSIGNMENT}/homework.zip",
        f"cid/{ASSIGNMENT}/report.pdf",
        f"dan/{ASSIGNMENT}/tiny.ipynb",
    )
    (tmp_path / "in" / "eve" / ASSIGNMENT).mkdir(parents=True)
    found = run(tiny_course, place, tmp_path)
    scores = {record.student: record.score for record in found.records}
    assert scores == {"ada": 5, "bob": None, "cid": None, "dan": None, "eve": 0}
    verdicts = {record.student: record.checks[0].verdict for record in found.records}
    assert verdicts["bob"] is verdicts["cid"] is verdicts["dan"] is Verdict.UNREADABLE
    (bob,) = (record for record in found.records if record.student == "bob")
    assert bob.notebooks[0].problem == "There is no tiny.ipynb, but there is: homework.zip."
    assert [line.partition(".")[0] for line in found.problems] == [
        f"{name}: tiny could not be read" for name in ("bob", "cid", "dan")
    ]
    assert found.needs_a_look
    assert run(tiny_course, place, tmp_path).graded == [], "looked at by a person, not run again"
    report = (tmp_path / "out" / "report" / "index.html").read_text()
    assert "3 submissions could not be graded completely" in report


def test_a_fault_while_publishing_is_one_student_s(
    tiny_course: Course, place: Workplace, tmp_path: Path
) -> None:
    """A file where the folder of grades should be."""
    for name in ("ada", "bob"):
        tiny.hand_in(tmp_path / "in", name, tiny.submission(tiny_course))
    (tmp_path / "out" / "history").mkdir(parents=True)
    (tmp_path / "out" / "history" / "ada").write_text("no folder")
    found = run(tiny_course, place, tmp_path)
    assert [line.partition(":")[0] for line in found.problems] == ["ada"]
    assert (tmp_path / "out" / "results" / "bob" / f"{ASSIGNMENT}.json").is_file()
    (tmp_path / "out" / "history" / "ada").unlink()
    again = run(tiny_course, place, tmp_path)
    assert again.problems == []
    assert (tmp_path / "out" / "results" / "ada" / f"{ASSIGNMENT}.json").is_file()


def test_without_the_right_to_read(tiny_course: Course, tmp_path: Path) -> None:
    """Archives keep modes, so a student may choose them; the others are graded."""
    if os.getuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root reads everything, and there is no setpriv to give that up")
    for name in ("ada", "bob", "cid", "dan"):
        tiny.hand_in(tmp_path / "in", name, tiny.submission(tiny_course))
    locked = [
        tmp_path / "in" / "bob",
        tmp_path / "in" / "cid" / ASSIGNMENT,
        tmp_path / "in" / "dan" / ASSIGNMENT / "tiny.ipynb",
    ]
    command = [sys.executable, "-m", "autograder", "--course", str(tiny_course.root), "grade"]
    command += [ASSIGNMENT, "--submissions", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    command += ["--isolation", ISOLATION, "--format", "json"]
    if os.getuid() == 0:
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *command]
    for path in locked:
        path.chmod(0)
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        for path in locked:
            path.chmod(0o700)
    assert ran.returncode == 1, ran.stderr
    assert '"student": "ada",\n     "score": 5.0' in ran.stdout.replace("     ", "     ")
    assert "not used: bob: it cannot be read (Permission denied)" in ran.stderr
    assert "ungraded: cid: " in ran.stderr
    assert "ungraded: dan: " in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("where", [".", ASSIGNMENT, f"assignments/{ASSIGNMENT}", "A00-Tiny"])
def test_a_students_repository_is_a_submission(tmp_path: Path, where: str) -> None:
    """As CI checks it out: with files of weights, and with much that is none of the assignment."""
    repository = tmp_path / "ada"
    place = repository / where
    place.mkdir(parents=True)
    for path in (repository / ".git" / "HEAD", repository / "notes" / "x.txt"):
        path.parent.mkdir()
        path.write_text("x")
    (repository / "README.md").write_text("x")
    (place / "tiny-final.ipynb").write_text("{}")
    (place / "tiny.safetensors").write_bytes(b"weights")
    inbox = look_into(tmp_path, ASSIGNMENT, ["tiny"], [ASSIGNMENT])
    assert inbox.places["ada"].folder == place
    assert list(find_weights(inbox.places["ada"].folder)) == ["tiny.safetensors"]
    assert not any(one.may_be_work for one in inbox.unused)


def test_work_beside_the_folder_that_was_taken_is_looked_at(tmp_path: Path) -> None:
    taken = tmp_path / "ada" / ASSIGNMENT
    taken.mkdir(parents=True)
    (taken / "tiny.ipynb").write_text("{}")
    for name in ("tiny.ipynb", "other_tiny.ipynb", "tiny.safetensors"):
        (tmp_path / "ada" / name).write_text("{}")
    inbox = look_into(tmp_path, ASSIGNMENT, ["tiny"], [ASSIGNMENT])
    assert {one.path: one.may_be_work for one in inbox.unused} == {
        "ada/tiny.ipynb": False,
        "ada/other_tiny.ipynb": True,
        "ada/tiny.safetensors": True,
    }


def test_a_link_is_no_folder_of_a_repository(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / ASSIGNMENT
    elsewhere.mkdir(parents=True)
    (elsewhere / "tiny.ipynb").write_text("{}")
    (tmp_path / "in" / "ada").mkdir(parents=True)
    (tmp_path / "in" / "ada" / "assignments").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "bob" / ASSIGNMENT).mkdir(parents=True)
    inbox = look_into(tmp_path / "in", ASSIGNMENT, ["tiny"], [ASSIGNMENT])
    assert list(inbox.places) == ["bob"]
