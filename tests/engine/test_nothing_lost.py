"""What is made from the history is made again whenever it is missing, damaged or older."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from courses import descent, tiny
from nbgrader.api import Gradebook

from autograder._exceptions import AutograderError
from autograder.grading.grade import GradingRun, grade
from autograder.grading.jobs import Options
from autograder.grading.workplace import Workplace
from autograder.records.gradebook_state import GradebookDamaged, read_scores
from autograder.records.history import read_history, read_standing
from autograder.records.keys import key_of
from autograder.sandbox.bwrap import find_bwrap, namespaces_problem
from autograder.source.course import Course

ASSIGNMENT = "a00_tiny"
WRONG = "def double(x): return x * x"


@pytest.fixture(scope="module")
def place(tiny_course: Course) -> Iterator[Workplace]:
    with Workplace(tiny_course, [ASSIGNMENT], "none") as running:
        yield running


Grade = Callable[..., GradingRun]


@pytest.fixture(scope="module")
def once(tiny_course: Course, place: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of two, graded by somebody whose files everybody may read."""
    folder = tmp_path_factory.mktemp("class")
    tiny.hand_in(folder / "in", "ada", tiny.submission(tiny_course))
    tiny.hand_in(folder / "in", "bob", tiny.submission(tiny_course, double=WRONG))
    umask = os.umask(0o022)
    options = Options(isolation="none", workplace=place)
    grade(tiny_course, ASSIGNMENT, folder / "in", folder / "out", options)
    assert os.umask(umask) == 0o022
    return folder


@pytest.fixture
def graded(once: Path, tmp_path: Path) -> Path:
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def again(tiny_course: Course, place: Workplace, graded: Path) -> Grade:
    def run() -> GradingRun:
        options = Options(isolation="none", workplace=place)
        return grade(tiny_course, ASSIGNMENT, graded / "in", graded / "out", options)

    return run


def autograder(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr
    return ran


def verify(folder: Path) -> tuple[int, str]:
    ran = autograder("verify", "--out", folder / "out")
    return ran.returncode, ran.stdout


def command(folder: Path) -> str:
    """What mends an output folder."""
    return (
        f"autograder grade {ASSIGNMENT} --submissions {folder / 'in'} --out {folder / 'out'} "
        "--isolation none"
    )


def scores(folder: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{folder / 'out' / 'gradebook.db'}") as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions(ASSIGNMENT)}


def remove(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE = [remove, cut, empty, garbage, folder_instead]


@pytest.mark.parametrize("damage", [remove, garbage])
def test_the_gradebook_is_made_again_for_everybody(
    graded: Path, again: Grade, damage: Callable[[Path], None]
) -> None:
    again()  # From a folder of this name.
    shutil.rmtree(graded / "in" / "bob")  # Who handed in once need not be there any more.
    damage(graded / "out" / "gradebook.db")
    code, said = verify(graded)
    assert code == 1
    assert said.startswith("gradebook.db is ")
    assert f"Mend: {command(graded)}" in said
    run = again()
    assert run.graded == []
    assert scores(graded) == {"ada": 5, "bob": 1}
    kept = list((graded / "out").glob("gradebook.db.damaged-1"))
    assert len(kept) == len(run.notes) == (damage is not remove)
    assert all(path.name in note for path, note in zip(kept, run.notes, strict=True))
    assert verify(graded)[0] == 0


def test_any_damage_of_the_gradebook_is_seen(graded: Path) -> None:
    path = graded / "out" / "gradebook.db"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x7f" * (len(content) - 4096)
    path.write_bytes(content)
    for damage in (empty, folder_instead):
        with pytest.raises(GradebookDamaged):
            read_scores(path)
        damage(path)


def test_an_older_gradebook_is_brought_up_to_date(
    tiny_course: Course, graded: Path, again: Grade
) -> None:
    before = (graded / "out" / "gradebook.db").read_bytes()
    tiny.hand_in(graded / "in", "bob", tiny.submission(tiny_course))
    tiny.hand_in(graded / "in", "cid", tiny.submission(tiny_course))
    assert again().graded == ["bob", "cid"]
    (graded / "out" / "gradebook.db").write_bytes(before)
    code, said = verify(graded)
    assert code == 1
    assert "gradebook.db has another score for double for bob in a00_tiny" in said
    assert "gradebook.db has no grade for cid in a00_tiny" in said
    assert again().graded == []
    assert scores(graded) == {"ada": 5, "bob": 5, "cid": 5}


def test_a_gradebook_in_use_is_no_damaged_one(graded: Path, again: Grade) -> None:
    with sqlite3.connect(graded / "out" / "gradebook.db") as other:
        other.execute("BEGIN IMMEDIATE")
        assert again().notes == []


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_made_from_a_grade_is_made_again(
    graded: Path, again: Grade, damage: Callable[[Path], None]
) -> None:
    right = {}
    for name in (
        "results/bob/a00_tiny.json",
        "feedback/bob/a00_tiny/tiny.html",
        "report/index.html",
        "report/students/bob.html",
    ):
        path = graded / "out" / name
        right[path] = path.read_bytes()
        damage(path)
    run = again()
    assert (run.graded, run.notes, run.problems) == ([], [], [])
    assert {path: path.read_bytes() for path in right} == right


def test_a_file_in_place_of_a_folder_is_set_aside(graded: Path, again: Grade) -> None:
    for name in ("results/bob", "feedback", "report"):
        shutil.rmtree(graded / "out" / name)
        (graded / "out" / name).write_text("no folder")
    assert again().problems == []
    assert verify(graded)[0] == 0
    assert (graded / "out" / "report.damaged-1").read_text() == "no folder"


def test_a_key_that_is_none_is_not_used(graded: Path, again: Grade, tiny_course: Course) -> None:
    tiny.hand_in(graded / "in", "cid", tiny.submission(tiny_course))
    for damage in (cut, empty, garbage, folder_instead):
        damage(graded / "out" / "rounds" / "1.key")
        with pytest.raises(AutograderError, match=r"1\.key is damaged"):
            again()


def test_verify_names_each_and_says_what_mends_it(graded: Path, again: Grade) -> None:
    again()  # From a folder of this name.
    code, said = verify(graded)
    assert (code, said) == (0, f"Everything agrees with the 2 grades in {graded}/out/history.\n")
    remove(graded / "out" / "results" / "ada" / "a00_tiny.json")
    cut(graded / "out" / "feedback" / "bob" / "a00_tiny" / "tiny.html")
    garbage(graded / "out" / "autograded" / "bob" / "a00_tiny" / "tiny.ipynb")
    empty(graded / "out" / "report" / "index.html")
    (graded / "out" / "results" / "eve").mkdir()
    (graded / "out" / "results" / "eve" / "a00_tiny.json").write_text("{}")
    code, said = verify(graded)
    assert code == 1
    mend = command(graded)
    for line in (
        f"results/ada/a00_tiny.json is missing. Mend: {mend}\n",
        f"feedback/bob/a00_tiny/tiny.html is damaged. Mend: {mend}\n",
        f"autograded/bob/a00_tiny/tiny.ipynb is damaged. Mend: {mend} --student bob --regrade\n",
        f"report/index.html is damaged. Mend: {mend}\n",
        "results/eve/a00_tiny.json is of a grade that the history does not have. Mend: restore the",
    ):
        assert line in said
    again()
    assert verify(graded)[1].count("Mend") == 2


def test_what_verify_says_mends_it(tiny_course: Course, place: Workplace, graded: Path) -> None:
    """Every command as it is printed, also for a name and a round that are unusual."""
    tiny.hand_in(graded / "in", "Jo O'Neil", tiny.submission(tiny_course))
    options = Options(isolation="none", workplace=place, round_number=2)
    grade(tiny_course, ASSIGNMENT, graded / "in", graded / "out", options)
    for student in ("ada", key_of("Jo O'Neil")):
        shutil.rmtree(graded / "out" / "autograded" / student)
    remove(graded / "out" / "gradebook.db")
    _, said = verify(graded)
    told = dict.fromkeys(line.partition("Mend: ")[2] for line in said.splitlines()[:-1])
    assert len(told) == 3
    for line in told:
        assert "--round 2" in line
        ran = autograder("--course", tiny_course.root, *shlex.split(line)[1:])
        assert ran.returncode == 0, ran.stderr
    assert verify(graded)[0] == 0


def test_pages_that_nbgrader_made_are_left_alone(graded: Path, again: Grade) -> None:
    path = graded / "out" / "feedback" / "bob" / "a00_tiny" / "tiny.html"
    path.write_text('<html><span class="nbgrader-label">double</span></html>')
    again()
    assert "nbgrader-label" in path.read_text()
    assert verify(graded)[0] == 0


def other_json(path: Path) -> None:
    path.write_text("[1, 2]")


def other_student(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"bob"', b'"ada"'))


def deep_json(path: Path) -> None:
    path.write_text("[" * 100_000)


@pytest.mark.parametrize("damage", [*DAMAGE[1:], other_json, other_student, deep_json])
def test_a_damaged_entry_is_passed_over(graded: Path, damage: Callable[[Path], None]) -> None:
    out = graded / "out"
    path = out / "history" / "bob" / ASSIGNMENT / "0001.json"
    shutil.copy(path, path.with_name("0002.json"))
    damage(path)
    found = read_history(out, "bob", ASSIGNMENT)
    assert [one.path for one in found.damaged] == [path]
    assert found.last is not None
    damage(path.with_name("0002.json"))
    found = read_history(out, "bob", ASSIGNMENT)
    assert (len(found.damaged), found.last) == (2, None)
    assert read_standing(out).entries.keys() == {(ASSIGNMENT, "ada")}


def attempt(folder: Path, student: str) -> int:
    history = read_history(folder / "out", student, ASSIGNMENT)
    return history.entries[-1].record.notebooks[0].attempt


def test_no_attempt_is_asked_what_an_earlier_one_was(
    tiny_course: Course, place: Workplace, graded: Path, again: Grade
) -> None:
    """Whatever became of the grades before: a page shows what was expected."""
    out = graded / "out"

    def hand_in(code: str) -> int:
        tiny.hand_in(graded / "in", "bob", tiny.submission(tiny_course, double=code))
        again()
        return attempt(graded, "bob")

    def entry(number: int) -> Path:
        return out / "history" / "bob" / ASSIGNMENT / f"{number:04}.json"

    result = out / "results" / "bob" / f"{ASSIGNMENT}.json"
    assert hand_in("def double(x): return 3 * x") == 1
    cut(entry(2))
    assert hand_in("def double(x): return 3 * x") == 1, "its result tells that it is the same"
    garbage(entry(3))
    assert hand_in("def double(x): return 4 * x") == 2
    cut(entry(4))
    remove(result)
    later = hand_in("def double(x): return 5 * x")
    assert later >= 3
    remove(entry(5))
    assert hand_in("def double(x): return 6 * x") == later + 1, "the last one was removed"
    shutil.rmtree(out / "history" / "bob")
    assert hand_in("def double(x): return 7 * x") == later + 2, "all of them were"
    for damaged in (cut, remove):
        damaged(result)
    options = Options(isolation="none", workplace=place, round_number=2)
    grade(tiny_course, ASSIGNMENT, graded / "in", out, options)
    assert attempt(graded, "bob") == 0, "another round has cases of its own"
    tiny.hand_in(graded / "in", "bob", tiny.submission(tiny_course))
    again()
    assert attempt(graded, "bob") == later + 3, "the first round again"


@pytest.mark.parametrize("damage", [cut, folder_instead])
def test_a_damaged_entry_is_told_and_graded_again(
    tiny_course: Course, graded: Path, again: Grade, damage: Callable[[Path], None]
) -> None:
    out = graded / "out"
    entry = out / "history" / "bob" / ASSIGNMENT / "0001.json"
    damage(entry)
    listed = autograder("history", "bob", ASSIGNMENT, "--out", out)
    exported = autograder("export", out, ASSIGNMENT, "--format", "csv")
    verified = autograder("verify", "--out", out)
    rescored = autograder("--course", tiny_course.root, "rescore", ASSIGNMENT, "--out", out)
    for ran in (listed, exported, rescored, verified):
        assert ran.returncode == 1
        assert "0001.json cannot be read (" in ran.stderr + ran.stdout
    # Its result is still there.
    assert [row.split(",")[0] for row in exported.stdout.splitlines()[1:]] == ['"ada"', '"bob"']
    run = again()
    assert run.graded == ["bob"]
    assert "0001.json cannot be read" in run.notes[0]
    listed = autograder("history", "bob", ASSIGNMENT, "--out", out)
    assert "the grade before is damaged" in listed.stdout
    assert "a later grade counts" in listed.stderr
    assert autograder("export", out, ASSIGNMENT, "--format", "csv").returncode == 0
    assert again().graded == []


def test_an_export_leaves_out_whom_nobody_knows(graded: Path) -> None:
    deep_json(graded / "out" / "history" / "bob" / ASSIGNMENT / "0001.json")
    remove(graded / "out" / "results" / "bob" / "a00_tiny.json")
    remove(graded / "out" / "results" / "ada" / "a00_tiny.json")
    ran = autograder("export", graded / "out", ASSIGNMENT, "--format", "csv")
    assert ran.returncode == 1
    assert "bob is left out" in ran.stderr
    assert [row.split(",")[0] for row in ran.stdout.splitlines()[1:]] == ['"ada"']


def test_nothing_is_open_to_other_users(once: Path, graded: Path, again: Grade) -> None:
    every = [once / "out", *(once / "out").rglob("*")]
    assert [path for path in every if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    # What an earlier version left open is closed; a group that somebody let in stays.
    (graded / "out" / "results").chmod(0o755)
    (graded / "out" / "gradebook.db").chmod(0o644)
    (graded / "out" / "history").chmod(0o750)
    page = graded / "out" / "feedback" / "bob" / "a00_tiny" / "tiny.html"
    page.chmod(0o644)
    cut(page)
    again()
    modes = {
        name: stat.S_IMODE((graded / "out" / name).stat().st_mode)
        for name in ("results", "gradebook.db", "history")
    }
    assert modes == {"results": 0o700, "gradebook.db": 0o600, "history": 0o750}
    assert stat.S_IMODE(page.stat().st_mode) == 0o644, "the instructor shared it"


def test_nothing_is_written_when_nothing_is_to_do(graded: Path, again: Grade) -> None:
    again()
    before = {path: path.stat().st_mtime_ns for path in (graded / "out").rglob("*")}
    again()
    after = {path: path.stat().st_mtime_ns for path in (graded / "out").rglob("*")}
    changed = [path.name for path in before.keys() | after.keys() if before[path] != after[path]]
    assert changed in ([], [".lock"])


@pytest.mark.skipif(namespaces_problem() is not None, reason="needs a mount of its own")
def test_a_folder_that_cannot_be_written_is_read(tiny_course: Course, graded: Path) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        command = [find_bwrap(), "--dev-bind", "/", "/", "--ro-bind", graded / "out"]
        command += [graded / "out", "--", sys.executable, "-m", "autograder", "--course"]
        command += [tiny_course.root, "grade", ASSIGNMENT, "--submissions", graded / "in"]
        command += ["--out", graded / "out", "--isolation", "none"]
        return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)

    ran = run()
    assert ran.returncode == 0, ran.stderr
    assert "2 unchanged" in ran.stdout
    tiny.hand_in(graded / "in", "cid", tiny.submission(tiny_course))
    ran = run()
    assert ran.returncode == 2
    assert "cannot be written to" in ran.stderr


def test_two_assignments_stand_in_one_report(
    tiny_course: Course, graded: Path, tmp_path: Path
) -> None:
    course = descent.make_course(tmp_path / "descent")
    descent.hand_in(course, graded / "in", "ada")
    run = grade(
        course, descent.ASSIGNMENT, graded / "in", graded / "out", Options(isolation="none")
    )
    assert run.records[0].score
    page = (graded / "out" / "report" / "index.html").read_text()
    assert "a00_tiny" in page
    assert descent.ASSIGNMENT in page
    assert descent.ASSIGNMENT in (graded / "out" / "report" / "students" / "ada.html").read_text()
    assert json.loads((graded / "out" / "results" / "bob" / "a00_tiny.json").read_text())
    assert verify(graded)[0] == 0
