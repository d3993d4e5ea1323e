"""The corpus of attacks on the tiny course, and what hostile text becomes in every report."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from courses import tiny
from rich.console import Console

from autograder._exceptions import CourseError
from autograder.exports import WRITERS, code_quality_json, read_records, write_github
from autograder.grading.grade import GradingRun, grade
from autograder.grading.jobs import Options
from autograder.proof.attacks import HASTE, run_attacks, summary
from autograder.proof.corpus import attacking, read_attack, read_attacks
from autograder.records.keys import key_of
from autograder.report import summary_table
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course

CORPUS = Path(__file__).parents[1] / "attacks"
KNOWN = {f"A{number}" for number in range(1, 19)}

needs_namespaces = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)


def test_the_corpus_covers_every_known_attack() -> None:
    attacks = read_attacks(CORPUS)
    assert len(attacks) >= 60
    covered = {letter for attack in attacks for letter in attack.covers}
    assert covered - {"beyond"} == KNOWN
    assert len({attack.sentence for attack in attacks}) == len(attacks)


@needs_namespaces
def test_no_attack_gains_harms_or_stops_anything(tiny_course: Course) -> None:
    attacks = read_attacks(CORPUS)
    # `make attacks` is more patient with those that wait for a limit.
    limits = replace(HASTE, cell_seconds=10, check_seconds=2, idle_seconds=2)
    entries = run_attacks(tiny_course, "a00_tiny", attacks, limits=limits)
    assert {entry.name: entry.wrong for entry in entries if entry.wrong} == {}
    assert summary(entries) == (
        f"tried {len(attacks)}, points gained 0, other students affected 0, grader processes lost 0"
    )


def write_attack(folder: Path, name: str, attack: str, honest: str = "pass") -> None:
    folder.mkdir(exist_ok=True)
    text = (
        f'"""Tries it.\n\nCovers: beyond\n"""\n\n# %% attack\n{attack}\n\n# %% honest\n{honest}\n'
    )
    (folder / f"{name}.py").write_text(text)


def audit(course: Course, corpus: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """`autograder audit --attacks`."""
    command = [sys.executable, "-m", "autograder", "--course", str(course.root)]
    command += ["audit", "--attacks", "--corpus", str(corpus), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@needs_namespaces
def test_the_audit_can_be_red(tiny_course: Course, tmp_path: Path) -> None:
    """What earns points, harms its neighbour, reaches something or is broken, is reported."""
    solution = "def answer(name):\n    return lambda x: {'double': 2, 'triple': 3}[name] * x"
    write_attack(tmp_path / "c", "solves", solution)
    write_attack(tmp_path / "c", "loses", "pass", "def honest(thing):\n    return None")
    write_attack(tmp_path / "c", "reaches", "print('BREACH: the key')")
    write_attack(tmp_path / "c", "broken", "nothing_of_that_name")
    ran = audit(tiny_course, tmp_path / "c", "a00_tiny")
    assert ran.returncode == 1, ran.stderr
    assert "tried 4, points gained 5, other students affected 1, grader processes lost 0" in (
        ran.stdout
    )
    assert "double gives 4 of 4 points (4 of 4 cases: an array of shape (3,)" in ran.stderr
    assert "its look-alike loses double" in ran.stderr
    assert "BREACH: the key" in ran.stderr
    assert "the attack itself is broken: NameError" in ran.stderr


@needs_namespaces
def test_what_an_attack_comes_to_and_holds_is_looked_at(
    tiny_course: Course, tmp_path: Path
) -> None:
    code = (
        "import numpy as np\nheld = np.ones(60 << 20)\n"
        "def answer(name):\n    def late(*args):\n        import time\n"
        "        time.sleep(0.5)\n        return 0\n    return late"
    )
    write_attack(tmp_path / "c", "holds", code)
    path = tmp_path / "c" / "holds.py"
    lines = "Covers: beyond\nVerdict: out_of_memory\nHolds: 100 MB"
    path.write_text(path.read_text().replace("Covers: beyond", lines))
    (entry,) = run_attacks(tiny_course, "a00_tiny", read_attacks(tmp_path / "c"))
    assert entry.held_mb > 300
    verdict, held = sorted(entry.wrong)
    assert verdict == "it came to failed, and not to out_of_memory"
    assert held.endswith("and may hold 100 MB")


@needs_namespaces
def test_the_audit_can_be_green_and_filtered(tiny_course: Course) -> None:
    ran = audit(tiny_course, CORPUS, "--only", "always_equal")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stderr.splitlines() == ["ok   a00_tiny/tiny/always_equal"]
    assert "tried 1, points gained 0" in ran.stdout
    assert audit(tiny_course, CORPUS, "--only", "no such attack").returncode == 1


@needs_namespaces
def test_a_lost_process_is_counted(tiny_course: Course, tmp_path: Path) -> None:
    """The corpus is trusted code: one that kills the zygote from outside shows that it is seen."""
    write_attack(tmp_path / "c", "kills", "pass")
    path = tmp_path / "c" / "kills.py"
    path.write_text(
        path.read_text() + "\n# %% attack: hand in\nimport os, psutil\n"
        "for child in psutil.Process().children():\n"
        "    if 'bwrap' in child.name():\n        child.kill()\n        child.wait()\n"
    )
    (entry,) = run_attacks(tiny_course, "a00_tiny", read_attacks(tmp_path / "c"))
    assert entry.lost_process
    assert summary([entry]).endswith("grader processes lost 1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "needs a docstring"),
        ('"""Tries.\n\nCovers: B2\n"""\n# %% attack\npass\n# %% honest\npass\n', "Covers: A1"),
        ('"""Tries.\n\nCovers: A2\n"""\n# %% attack\npass\n', "needs a section `# %% honest`"),
        ('"""Tries.\n\nCovers: A2\n"""\n# %% defence\npass\n', "Received: 'defence'"),
        ('"""Tries.\n\nCovers: A2\nJudged by: me\n"""\n# %% attack\n\n# %% honest\n', "not me"),
        ('"""Tries.\n\nCovers: A2\nVerdict: dead\n"""\n# %% attack\n1\n# %% honest\n1\n', "'dead'"),
        ('"""Tries.\n\nCovers: A2\nHolds: much\n"""\n# %% attack\n1\n# %% honest\n1\n', "'much'"),
    ],
)
def test_a_malformed_attack_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "odd.py").write_text(text)
    with pytest.raises(CourseError, match=re.escape(expected)) as caught:
        read_attack(tmp_path / "odd.py")
    assert "odd.py" in str(caught.value)


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="No attacks in"):
        read_attacks(tmp_path)


# Text that reaches reports, terminals, tables and logs

SPEAKING = (
    "markup", "terminal_escapes", "formulas", "workflow_commands", "lone_surrogates",
    "surrogates_in_source", "endless_names",
)  # fmt: skip
NAMES = (
    "=cmd()", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>".replace("/", "\u2044"),
    "::error::name", "a\nb", "\x1b[31mred", "%0A::warning::x", "]]>", "a,b;=c", "\u202eeve", " ",
    "🎉", "-rf", "$(touch planted)", "x..", "con", "O'Brien \"x\"",
)  # fmt: skip


@pytest.fixture(scope="module")
def spoken(
    tiny_course: Course, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, GradingRun]:
    """A class in which all names and all answers are hostile, except Ada's."""
    folder = tmp_path_factory.mktemp("class")
    released = nbformat.read(tiny_course.released("a00_tiny", "tiny"), as_version=4)
    attacks = [read_attack(CORPUS / f"{name}.py") for name in SPEAKING]
    for number, student in enumerate((*SPEAKING, *NAMES)):
        attack = attacks[number % len(attacks)]
        target = tiny.hand_in(folder / "submitted", student, attacking(released, attack))
        attack.hand_in(
            True, folder=target, notebook=target / "tiny.ipynb", plan=None, course=tiny_course
        )
    tiny.hand_in(folder / "submitted", "ada", tiny.submission(tiny_course))
    isolation = "none" if namespaces_problem() else "namespaces"
    run = grade(
        tiny_course, "a00_tiny", folder / "submitted", folder / "out", Options(isolation=isolation)
    )
    return folder / "out", run


def test_hostile_text_stops_no_grading(spoken: tuple[Path, GradingRun]) -> None:
    out, run = spoken
    scores = {record.student: record.score for record in run.records}
    assert scores == {key_of(name): 0.0 for name in (*SPEAKING, *NAMES)} | {"ada": 5.0}
    assert run.problems == []
    assert not list(out.parent.rglob("planted"))


def test_what_is_written_holds_nothing_live(spoken: tuple[Path, GradingRun]) -> None:
    out, _ = spoken
    pages = list(out.rglob("*.html"))
    assert len(pages) > len(SPEAKING)
    for path in pages:
        text = path.read_text()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_the_terminal_gets_no_escapes(spoken: tuple[Path, GradingRun]) -> None:
    _, run = spoken
    stream = io.StringIO()
    Console(file=stream, width=140).print(summary_table(run.records))
    shown = stream.getvalue()
    assert "ada" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_no_cell_of_the_gradebook_is_a_formula(spoken: tuple[Path, GradingRun]) -> None:
    out, _ = spoken
    rows = list(csv.reader(io.StringIO(WRITERS["csv"](read_records(out, "a00_tiny")))))
    assert len(rows) == 2 + len(SPEAKING) + len(NAMES)
    for row in rows[1:]:
        assert len(row) == len(rows[0])
        assert not row[0].lstrip().startswith(("=", "+", "-", "@", "\t"))
        assert "\x1b" not in row[0]
        assert [float(number) for number in row[3:] if number]


def test_no_line_of_a_log_is_a_command_of_the_student(
    spoken: tuple[Path, GradingRun], tmp_path: Path
) -> None:
    out, _ = spoken
    files = {name: str(tmp_path / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    log = write_github(read_records(out, "a00_tiny"), "a00_tiny", files)
    lines = log.splitlines()
    assert len(lines) == 2 * (len(SPEAKING) + len(NAMES))
    assert all(re.match(r"::error file=a00_tiny/tiny\.ipynb,title=", line) for line in lines)
    assert "##[" not in log
    assert "\x1b" not in log
    page = Path(files["GITHUB_STEP_SUMMARY"]).read_text()
    assert "<script>alert" not in page
    assert not any(line.startswith(("::", "##[")) for line in page.splitlines())
    outputs = Path(files["GITHUB_OUTPUT"]).read_text().splitlines()
    assert [line.partition("=")[0] for line in outputs] == ["score", "max_score", "result"]


def test_machine_formats_stay_well_formed(spoken: tuple[Path, GradingRun]) -> None:
    from xml.etree import ElementTree

    out, _ = spoken
    records = read_records(out, "a00_tiny")
    cases = ElementTree.fromstring(WRITERS["junit"](records)).iter("testcase")
    assert len(list(cases)) == 2 * len(records)
    json.loads(WRITERS["json"](records))
    json.loads(code_quality_json(records, "a00_tiny"))
    for record in records:
        one = json.loads(WRITERS["gradescope"]([record]))
        assert len(one["tests"]) == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--attacks", "--all"], "do not belong to --attacks"),
        (["a00_tiny", "--every-notebook"], "belong to --attacks"),
    ],
)
def test_attack_options_need_attacks(
    tiny_course: Course, arguments: list[str], expected: str
) -> None:
    command = [sys.executable, "-m", "autograder", "--course", str(tiny_course.root), "audit"]
    ran = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert expected in ran.stderr
