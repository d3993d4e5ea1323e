"""SIGKILL at random moments: nothing is lost, nothing is graded twice, nothing is left behind.

A class is graded by the command line while its processes are killed: the grader itself (which is
also the judge), the zygote, or a process of a submission. A killed grader is started again. When
the class is done, its grades are those of an undisturbed run.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from courses import tiny

from autograder.records.results import read_record
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course, find_course

pytestmark = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)
ATTACKS = Path(__file__).parents[1] / "attacks"
SLOW = "import time\ntime.sleep(0.4)"
CLASS: dict[str, dict[str, str]] = {
    "ada": {"before": SLOW},
    "bob": {"before": SLOW, "double": "def double(x): return x * x"},
    "cid": {"double": "import os\ndef double(x): os._exit(3)"},
    "dan": {"before": SLOW, "double": "def double(x): return 2 * x if x.ndim == 1 else x"},
    "eve": {"before": SLOW, "triple": "def triple(x): raise ValueError(x)"},
    "fay": {"before": SLOW},
    "gus": {"before": "import os\nos.abort()"},
    "hal": {"before": SLOW, "double": "import ctypes\ndef double(x): ctypes.string_at(0)"},
}


class School:
    """A class that is handed in, and an output folder at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "course").mkdir()
        course: Course = tiny.make_course(folder / "course")
        for student, cells in CLASS.items():
            tiny.hand_in(folder / "submitted", student, tiny.submission(course, **cells))

    def start(self, out: Path) -> subprocess.Popen[bytes]:
        submitted = str(self.folder / "submitted")
        return self.run(
            "grade", "a00_tiny", "--submissions", submitted, "--out", str(out), "--workers", "2"
        )

    def run(self, *arguments: str) -> subprocess.Popen[bytes]:
        course = str(self.folder / "course")
        command = [sys.executable, "-m", "autograder", "--course", course, *arguments]
        environment = os.environ | {"TMPDIR": str(self.folder / "tmp")}
        (self.folder / "tmp").mkdir(exist_ok=True)
        with open(self.folder / "said", "w") as said:
            return subprocess.Popen(command, stdout=said, stderr=said, env=environment)

    def said(self) -> str:
        return (self.folder / "said").read_text()


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    return School(tmp_path_factory.mktemp("school"))


@pytest.fixture(scope="module")
def undisturbed(school: School) -> dict[str, Any]:
    out = school.folder / "undisturbed"
    running = school.start(out)
    assert running.wait(120) == 0, school.said()
    found = grades(out)
    assert {student: score for student, (score, _) in found.items()} == {
        "ada": 5, "bob": 1, "cid": 1, "dan": 3, "eve": 4, "fay": 5, "gus": 5, "hal": 1,
    }  # fmt: skip
    return found


def grades(out: Path) -> dict[str, Any]:
    """Scores, verdicts and findings, without what a clock says."""
    found = {}
    for student in CLASS:
        record = read_record(out / "results" / student / "a00_tiny.json")
        if record is not None:
            checks = [c.model_copy(update={"seconds": 0.0}) for c in record.checks]
            found[student] = record.score, [c.model_dump() for c in checks]
    return found


def family(running: subprocess.Popen[bytes]) -> dict[str, list[psutil.Process]]:
    """The grader, its zygote, and the processes of submissions."""
    grader = psutil.Process(running.pid)
    below = [p for p in grader.children(recursive=True) if "zygote.py" in " ".join(p.cmdline())]
    # bubblewrap outside, bubblewrap inside, the zygote; below it keepers, inits and students.
    return {"grader": [grader], "zygote": below[:3], "submission": below[3:]}


def disturb(running: subprocess.Popen[bytes], chance: random.Random, killed: Counter[str]) -> None:
    """Kill once: a kind of process is chosen, and the moment while there is one."""
    kind = chance.choice(["grader", "zygote", "submission"])
    wait = chance.uniform(0, 8 if kind == "grader" else 1)
    while running.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            found = family(running)[kind]
            wait -= 0.02 if found else 0
            if found and wait <= 0:
                chance.choice(found).send_signal(signal.SIGKILL)
                killed[kind] += 1
                if kind == "grader":
                    running.wait()
                return
        time.sleep(0.02)


def left_behind(out: Path, school: School) -> Iterator[str]:
    """What should not be there once a class is done."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            command = " ".join(process.cmdline())
            if "zygote.py" in command and str(school.folder) in command:
                yield f"process {command}"
    for path in out.rglob("*"):
        if path.name.endswith(".part") or path.name == ".scratch" or path.suffix == "-journal":
            yield f"file {path}"
        if path.suffix in (".json", ".ipynb"):
            json.loads(path.read_text())
    yield from (f"temporary {path}" for path in (school.folder / "tmp").iterdir())
    mounts = Path("/proc/self/mounts").read_text()
    if str(school.folder) in mounts:
        yield f"mount {mounts}"


def survive(school: School, undisturbed: dict[str, Any], seed: int, kills: int) -> Counter[str]:
    """Grade classes while killing, until so many kills have been made."""
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    classes = 0
    while killed.total() < kills:
        classes += 1
        out = school.folder / f"out-{seed}-{classes}"
        # The same secret draws the same cases.
        shutil.copytree(school.folder / "undisturbed" / "rounds", out / "rounds")
        graded_at: dict[str, bytes] = {}
        while True:
            running = school.start(out)
            while killed.total() < kills and running.poll() is None:
                disturb(running, chance, killed)
            code = running.wait(180)
            for path in sorted(out.glob("history/*/a00_tiny/0001.json")):
                # What is graded stays graded, as it is.
                student = path.parts[-3]
                if read_record(out / "results" / student / "a00_tiny.json"):
                    assert graded_at.setdefault(student, path.read_bytes()) == path.read_bytes()
            if code == 0:
                break
            assert code in (-signal.SIGKILL, 1), school.said()
        assert grades(out) == undisturbed
        entries = Counter(path.parts[-3] for path in out.glob("history/*/a00_tiny/*.json"))
        # A second entry only where the first said that the machine had failed.
        for student, count in entries.items():
            first = json.loads((out / "history" / student / "a00_tiny" / "0001.json").read_text())
            ungraded = any(
                c["verdict"] == "ungraded" for c in first["record"]["notebooks"][0]["checks"]
            )
            assert count == 1 or ungraded, student
        with contextlib.closing(sqlite3.connect(out / "gradebook.db")) as gradebook:
            assert gradebook.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (rows,) = gradebook.execute("SELECT count(*) FROM submitted_assignment").fetchone()
        assert rows == len(CLASS)
        assert list(left_behind(out, school)) == []
    print(f"{killed.total()} kills in {classes} classes: {dict(killed)}")
    return killed


def test_a_class_survives_kills(school: School, undisturbed: dict[str, Any]) -> None:
    survive(school, undisturbed, seed=1, kills=4)


@pytest.mark.slow
def test_a_class_survives_a_hundred_kills(school: School, undisturbed: dict[str, Any]) -> None:
    killed = survive(school, undisturbed, seed=2, kills=100)
    assert min(killed[kind] for kind in ("grader", "zygote", "submission")) >= 10


def wait_for_a_submission(running: subprocess.Popen[bytes], school: School) -> None:
    while True:
        assert running.poll() is None, school.said()
        with contextlib.suppress(psutil.Error):  # A process may just be ending.
            if family(running)["submission"]:
                return
        time.sleep(0.02)


@pytest.fixture
def heard() -> Iterator[None]:
    """Processes that are begun here hear Ctrl-C, even where this one was begun not to."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_leaves_nothing_and_goes_on(
    school: School, undisturbed: dict[str, Any], ending: signal.Signals
) -> None:
    """As a scheduler ends what is over its time, and a person with Ctrl-C."""
    out = school.folder / f"out-{ending.name}"
    shutil.copytree(school.folder / "undisturbed" / "rounds", out / "rounds")
    running = school.start(out)
    wait_for_a_submission(running, school)
    running.send_signal(ending)
    assert running.wait(60) == 130
    assert "stopped; what was graded is kept" in school.said()
    assert list(left_behind(out, school)) == []
    assert school.start(out).wait(120) == 0
    assert grades(out) == undisturbed


@pytest.mark.parametrize(
    "options", [[], ["--attacks", "--corpus", str(ATTACKS)]], ids=["audit", "attacks"]
)
def test_an_audit_that_is_ended_leaves_nothing(school: School, options: list[str]) -> None:
    running = school.run("audit", "a00_tiny", *options)
    wait_for_a_submission(running, school)
    running.terminate()
    assert running.wait(60) == 130
    assert list(left_behind(school.folder / "course", school)) == []


def test_what_computes_at_that_moment_is_not_waited_for(school: School) -> None:
    submitted, out = school.folder / "endless", school.folder / "out-endless"
    course = find_course(school.folder / "course")
    for student in ("ada", "bob"):
        tiny.hand_in(submitted, student, tiny.submission(course, before="while True: pass"))
    running = school.run("grade", "a00_tiny", "--submissions", str(submitted), "--out", str(out))
    wait_for_a_submission(running, school)
    time.sleep(2)
    running.terminate()
    assert running.wait(30) == 130, school.said()
    assert list(left_behind(out, school)) == []
