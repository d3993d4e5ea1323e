"""What `docs/security.md` promises and no other test shows; and that what it names is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from courses import tiny

from autograder.grading.grader import open_grader
from autograder.grading.workplace import Workplace
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course

LOOK = """
import json, os, sqlite3
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
def on_the_disk():
    try:
        with sqlite3.connect("/scratch/some.db") as book: book.execute("create table t (x)")
    except sqlite3.Error: return False
    return True
with sqlite3.connect(":memory:") as book: book.execute("create table t (x)")
print(json.dumps({
    "capabilities": {int(status[name], 16) for name in ("CapEff", "CapPrm", "CapBnd")} == {0},
    "more rights": status["NoNewPrivs"].strip() != "1",
    "others": [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) > 9],
    "names": sorted(os.environ),
    "databases": on_the_disk(),
}))
"""


@pytest.mark.skipif(namespaces_problem() is not None, reason="no namespaces here")
def test_a_submission_has_no_rights(
    tiny_course: Course, workplace: Workplace, tmp_path: Path
) -> None:
    folder = tiny.hand_in(tmp_path, "eve", tiny.submission(tiny_course, before=LOOK))
    with open_grader(tiny_course, "a00_tiny", key=bytes(32), workplace=workplace) as grader:
        executed = grader.grade("eve", folder).executed["tiny"]
    outputs = [o for cell in executed.cells for o in cell.get("outputs", []) if "text" in o]
    seen = json.loads(outputs[0]["text"])
    assert seen["capabilities"]
    assert not seen["more rights"]
    assert seen["others"] == []
    assert not [name for name in seen["names"] if re.search("TOKEN|SECRET|KEY|SSH|USER", name)]
    assert not seen["databases"]


def test_what_the_page_names_is_there(repository: Path) -> None:
    text = (repository / "docs" / "security.md").read_text()
    named = set(re.findall(r"`([^`\s]+)`", text))
    tests = {name for name in named if re.fullmatch(r"test_\w+\.py", name.split("/")[-1])}
    missing = {
        name
        for name in tests
        if not (repository / "tests" / "engine" / name.split("/")[-1]).is_file()
    }
    listed = re.findall(r"[Aa]ttacks:? ((?:`\w+`(?:,| and|\s)*)+)", text)
    attacks = {name for names in listed for name in re.findall(r"`(\w+)`", names)}
    assert len(tests) > 5
    assert len(attacks) > 20
    missing |= {a for a in attacks if not (repository / "tests" / "attacks" / f"{a}.py").is_file()}
    sources = {name for name in named if re.fullmatch(r"(autograder|course_lib)/[\w/]+\.py", name)}
    missing |= {name for name in sources if not (repository / name).is_file()}
    assert missing == set()
