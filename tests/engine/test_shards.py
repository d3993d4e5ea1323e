"""A class divided into shards gets the grades of a class that is not, whatever happens on the way.

Plans, shards and the collector are run by the command line, as on several machines that see one
folder.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from courses import tiny

from autograder.__main__ import autograder
from autograder._exceptions import AutograderError
from autograder.grading.deliveries import deliveries
from autograder.grading.work_plan import WorkPlan, read_plan
from autograder.records.results import read_record
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course

ISOLATION = "none" if namespaces_problem() else "namespaces"
SLOW = "import time\ntime.sleep(0.3)"
CLASS: dict[str, dict[str, str]] = {
    "ada": {"before": SLOW},
    "bob": {"before": SLOW, "double": "def double(x): return x * x"},
    "cid": {"double": "import os\ndef double(x): os._exit(3)"},
    "dan": {"before": SLOW, "double": "def double(x): return 2 * x if x.ndim == 1 else x"},
    "eve": {"triple": "def triple(x): raise ValueError(x)"},
    "fay": {"before": SLOW},
    "gus": {"before": "import os\nos.abort()"},
}
SCORES = {"ada": 5, "bob": 1, "cid": 1, "dan": 3, "eve": 4, "fay": 5, "gus": 5}


class School:
    """A class that is handed in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "course").mkdir()
        self.course: Course = tiny.make_course(folder / "course")
        for student, cells in CLASS.items():
            tiny.hand_in(folder / "submitted", student, tiny.submission(self.course, **cells))

    def command(self, *arguments: object) -> list[str]:
        course = str(self.folder / "course")
        return [sys.executable, "-m", "autograder", "--course", course, *map(str, arguments)]

    def run(self, *arguments: object, code: int = 0, **variables: str) -> str:
        """Run a command to its end, in this process; what it said."""
        ended = CliRunner().invoke(
            autograder, self.command(*arguments)[3:], env=variables, standalone_mode=False
        )
        error = ended.exception
        if error is not None and not isinstance(error, (AutograderError, click.ClickException)):
            raise error
        said = ended.output + (str(error) if error else "")
        assert (2 if error else ended.return_value) == code, said
        return said

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def plan(self, name: str, *options: object, like: Path | None = None) -> Path:
        """A plan in an output folder of that name, with the round's secret of another."""
        out = self.folder / name
        if like is not None:
            shutil.copytree(like / "rounds", out / "rounds")
        self.run(
            "plan", "a00_tiny", "--submissions", self.folder / "submitted", "--out", out,
            "--isolation", ISOLATION, *options,
        )  # fmt: skip
        return out / "plans" / "0001"


def grades(out: Path) -> dict[str, Any]:
    """Scores, verdicts and findings, without what a clock says."""
    found = {}
    for student in CLASS:
        record = read_record(out / "results" / student / "a00_tiny.json")
        if record is not None:
            checks = [c.model_copy(update={"seconds": 0.0}) for c in record.checks]
            found[student] = record.score, [c.model_dump() for c in checks]
    return found


def entries(out: Path) -> Counter[str]:
    return Counter(path.parts[-3] for path in out.glob("history/*/a00_tiny/*.json"))


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    return School(tmp_path_factory.mktemp("school"))


@pytest.fixture(scope="module")
def whole(school: School) -> Path:
    """The output folder of the class graded by `autograder grade`."""
    out = school.folder / "whole"
    school.run(
        "grade", "a00_tiny", "--submissions", school.folder / "submitted", "--out", out,
        "--isolation", ISOLATION,
    )  # fmt: skip
    assert {student: score for student, (score, _) in grades(out).items()} == SCORES
    return out


@pytest.mark.parametrize("shards", [1, 2, 7])
def test_as_many_shards_as_one_likes_give_the_same_grades(
    school: School, whole: Path, shards: int
) -> None:
    plan = school.plan(f"in-{shards}", "--shards", shards, like=whole)
    assert len(read_plan(plan)[1].shards) == shards
    for number in reversed(range(shards)):
        said = school.run("grade", "--plan", plan, "--shard", number)
        assert f"shard {number}: " in said
    assert not (plan.parents[1] / "results").exists(), "only the collector gives grades"
    said = school.run("collect-results", plan)
    assert "7 grades are new" in said
    assert grades(plan.parents[1]) == grades(whole)
    school.run("verify", "--out", plan.parents[1])
    assert "0 grades are new" in school.run("collect-results", plan / "plan.json")
    assert set(entries(plan.parents[1]).values()) == {1}
    assert "7 unchanged" in school.run(
        "grade", "a00_tiny", "--submissions", school.folder / "submitted",
        "--out", plan.parents[1], "--isolation", ISOLATION,
    )  # fmt: skip


def test_collected_while_shards_are_graded_and_again(school: School, whole: Path) -> None:
    plan = school.plan("meanwhile", "--shards", 2, like=whole)
    assert "2 queued" in school.run("watch", plan, code=1)
    assert "not graded yet: 7 of shards 0, 1" in school.run("collect-results", plan, code=1)
    school.run("grade", "--plan", plan, SLURM_ARRAY_TASK_ID="1")
    told = school.run("watch", plan, "--once", code=1)
    assert "1 queued, 1 done" in told
    assert "min left" in told
    assert "of shards 0\n" in school.run("collect-results", plan, code=1)
    first = grades(plan.parents[1])
    assert 0 < len(first) < len(CLASS)
    school.run("grade", "--plan", plan, JOB_COMPLETION_INDEX="0")
    assert "2 done" in school.run("watch", plan)
    school.run("collect-results", plan)
    assert grades(plan.parents[1]) == grades(whole)
    assert set(entries(plan.parents[1]).values()) == {1}


def test_two_attempts_at_once_do_no_harm(school: School, whole: Path) -> None:
    plan = school.plan("twice", "--shards", 1, like=whole)
    running = [school.start("grade", "--plan", plan, "--shard", 0) for _ in range(2)]
    for one in running:
        _, said = one.communicate(timeout=300)
        assert one.returncode == 0, said
    folder, work = read_plan(plan)
    twice = [job for job in work.jobs if len(deliveries(folder, work.shards[0], job)) == 2]
    assert twice, "both began before either was done"
    school.run("collect-results", plan)
    assert grades(plan.parents[1]) == grades(whole)
    assert set(entries(plan.parents[1]).values()) == {1}


def test_a_rerun_does_what_is_left(school: School, whole: Path) -> None:
    plan = school.plan("rerun", "--shards", 1, like=whole)
    school.run("grade", "--plan", plan, "--shard", 0)
    before = sorted(plan.rglob("record.json"))
    gone = before[0].parent
    shutil.rmtree(gone)
    assert "shard 0: 1 graded, 6 were graded before" in school.run(
        "grade", "--plan", plan, "--shard", 0
    )
    assert [path for path in sorted(plan.rglob("record.json")) if path in before] == before[1:]


def test_attempts_that_disagree_are_named(school: School, whole: Path) -> None:
    """What another attempt found of the same files is put beside it, with another verdict."""
    plan = school.plan("disagree", "--shards", 1, like=whole)
    school.run("grade", "--plan", plan, "--shard", 0)
    (attempt,) = (plan / "shards" / "0").iterdir()
    other = attempt.with_name("1-later")
    shutil.copytree(attempt / "a00_tiny" / "ada", other / "a00_tiny" / "ada")
    place = other / "a00_tiny" / "ada" / "record.json"
    record = json.loads(place.read_text())
    record["notebooks"][0]["checks"][0] |= {"verdict": "failed", "score": 0.5}
    place.write_text(json.dumps(record))
    said = school.run("collect-results", plan, code=1)
    assert "ada, a00_tiny: two attempts graded the same files differently" in said
    assert "passed with" in said
    assert "then failed with 0.5 points" in said
    assert grades(plan.parents[1]) == grades(whole)


def test_a_grade_that_was_given_since_stands(school: School, whole: Path, tmp_path: Path) -> None:
    """A student hands in anew while a shard is still out; what it brings is the older work."""
    submitted = tmp_path / "submitted"
    shutil.copytree(school.folder / "submitted", submitted)
    out = tmp_path / "out"
    both = ("--submissions", submitted, "--out", out, "--isolation", ISOLATION)
    school.run("plan", "a00_tiny", "--shards", 1, *both)
    plan = out / "plans" / "0001"
    school.run("grade", "--plan", plan, "--shard", 0)
    tiny.hand_in(submitted, "bob", tiny.submission(school.course))
    school.run("grade", "a00_tiny", "--student", "bob", *both)
    said = school.run("collect-results", plan)
    assert "graded by another run since, which stands: bob, a00_tiny" in said
    assert "6 grades are new" in said
    assert {student: score for student, (score, _) in grades(out).items()} == SCORES | {"bob": 5}
    assert set(entries(out).values()) == {1}


def test_a_plan_names_what_it_does_not_use(school: School, tmp_path: Path) -> None:
    submitted = tmp_path / "submitted"
    shutil.copytree(school.folder / "submitted" / "ada", submitted / "ada")
    (submitted / "ida").mkdir()
    (submitted / "work.rar").write_bytes(b"Rar!")
    said = school.run(
        "plan", "a00_tiny", "--submissions", submitted, "--out", tmp_path / "out",
        "--isolation", ISOLATION, code=1,
    )  # fmt: skip
    assert "not used: work.rar: " in said
    assert "nothing handed in by 1: ida" in said
    assert "shard 0: 1 submissions" in said


def survive(school: School, whole: Path, seed: int, kills: int) -> Counter[str]:
    """Kill shards and collectors at random moments, until so many kills have been made."""
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    plans = 0
    while killed.total() < kills:
        plans += 1
        plan = school.plan(f"kills-{seed}-{plans}", "--shards", 2, like=whole)
        for command in [
            ("grade", "--plan", plan, "--shard", 0),
            ("grade", "--plan", plan, "--shard", 1),
            ("collect-results", plan),
        ]:
            while True:
                running = school.start(*command)
                most = 1.2 if command[0] == "collect-results" else 6
                try:
                    running.wait(chance.uniform(0.2, most) if killed.total() < kills else 300)
                except subprocess.TimeoutExpired:
                    running.send_signal(signal.SIGKILL)
                    killed[command[0]] += 1
                _, said = running.communicate(timeout=300)
                if running.returncode == 0:
                    break
                assert running.returncode == -signal.SIGKILL, said
        assert grades(plan.parents[1]) == grades(whole)
        assert set(entries(plan.parents[1]).values()) == {1}
        school.run("verify", "--out", plan.parents[1])
    print(f"{killed.total()} kills with {plans} plans: {dict(killed)}")
    return killed


def test_what_is_killed_is_gone_on_with(school: School, whole: Path) -> None:
    survive(school, whole, seed=1, kills=3)


@pytest.mark.slow
def test_forty_kills(school: School, whole: Path) -> None:
    killed = survive(school, whole, seed=2, kills=40)
    assert min(killed["grade"], killed["collect-results"]) >= 5


def test_a_killed_attempt_is_said_to_be_lost(
    school: School, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = school.plan("lost", "--shards", 1, like=whole)
    running = school.start("grade", "--plan", plan, "--shard", 0)
    shard = plan / "shards" / "0"
    while not list(shard.glob("*/alive")):
        assert running.poll() is None
        time.sleep(0.02)
    assert "1 running" in school.run("watch", plan, code=1)
    running.kill()
    running.communicate()
    (sign,) = shard.glob("*/alive")
    long_ago = time.time() - 600
    os.utime(sign, (long_ago, long_ago))
    assert "1 lost" in school.run("watch", plan, code=1)


def test_a_plan_of_other_checks_is_refused(school: School, tmp_path: Path) -> None:
    other = School(tmp_path)
    plan = other.plan("out", "--shards", 1)
    checks = next((tmp_path / "course" / "solutions").rglob("checks.py"))
    checks.write_text(checks.read_text() + "\n# another version\n")
    said = other.run("grade", "--plan", plan, "--shard", 0, code=2)
    assert "another version of a00_tiny" in said
    assert "autograder plan" in said
    engine = json.loads((plan / "plan.json").read_text()) | {"engine": "0" * 16}
    (plan / "plan.json").write_text(json.dumps(engine))
    assert "the autograder (the plan: " in other.run("grade", "--plan", plan, "--shard", 0, code=2)
    assert not (plan / "shards").exists()


def test_wrong_usage_is_told(school: School, whole: Path, tmp_path: Path) -> None:
    plan = school.plan("usage", "--shards", 2, like=whole)
    for arguments, told in [
        (["--plan", plan, "--shard", 2], "There is no shard 2"),
        (["--plan", plan], "Which shard?"),
        (["--plan", plan, "--shard", 0, "--regrade"], "leave it out: regrade"),
        (["a00_tiny", "--plan", plan, "--shard", 0], "leave it out: assignment"),
        (["--plan", tmp_path, "--shard", 0], "is no plan"),
        (["a00_tiny"], "--submissions and --out are needed"),
    ]:
        assert told in school.run("grade", *arguments, code=2)
    (plan / "key").unlink()
    assert "holds the round's secret" in school.run("grade", "--plan", plan, "--shard", 0, code=2)
    (plan / "plan.json").write_text("{}")
    assert "Make a new plan" in school.run("watch", plan, code=2)


def test_a_plan_is_data_and_its_secret_is_nobody_elses(school: School, whole: Path) -> None:
    plan = school.plan("secret", "--shards", 2, like=whole)
    secret = (whole / "rounds" / "1.key").read_text().strip()
    assert (plan / "key").read_text().strip() == secret
    assert (plan / "key").stat().st_mode & 0o777 == 0o600
    assert plan.parents[1].joinpath("plans").stat().st_mode & 0o077 == 0
    text = (plan / "plan.json").read_text()
    assert secret not in text
    work = WorkPlan.model_validate_json(text)
    assert work.model_dump_json(indent=1) + "\n" == text
    assert sorted(job.student for job in work.jobs) == sorted(CLASS)
    assert not any(shard.trains for shard in work.shards)


def test_shards_are_as_large_as_the_class_was_before(school: School, whole: Path) -> None:
    out = school.folder / "again"
    shutil.copytree(whole, out)
    school.run(
        "plan", "a00_tiny", "--submissions", school.folder / "submitted", "--out", out,
        "--isolation", ISOLATION, "--regrade", "--seconds-per-shard", 1,
    )  # fmt: skip
    _, work = read_plan(out / "plans" / "0001")
    cost = {
        student: sum(notebook["cpu_seconds"] for notebook in record["notebooks"])
        for student in CLASS
        for record in [json.loads((out / "results" / student / "a00_tiny.json").read_text())]
    }
    for shard in work.shards:
        taken = sum(cost[job.student] for job in shard.jobs)
        assert shard.seconds == pytest.approx(taken, abs=0.1)
