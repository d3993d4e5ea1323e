"""What a change can reach: found by reading, and the same as by running everything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.proof.audit import audit
from autograder.proof.entries import disagreements
from autograder.proof.reach import Reach, reach_of, trimmed
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course, find_course

ISOLATION = "none" if namespaces_problem() else "namespaces"
IMPORTS = """
import numpy as np
import keras
from course_lib import check, data, training

mnist = data.load("mnist")
"""
BODY = """
def f(x):
    return 2 * x

def g(x):
    return f(x) + 1

def h(x):
    return 3 * x
"""


def notebook(code: str) -> NotebookNode:
    """Cells, separated by blank lines; a line `check("f", f)` is a graded one."""
    made = nbformat.v4.new_notebook()
    for number, source in enumerate(filter(str.strip, code.split("\n\n"))):
        cell = nbformat.v4.new_code_cell(source.strip(), id=f"cell-{number}")
        if source.strip().startswith("check("):
            name = source.split('"')[1]
            cell.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": name}
        made.cells.append(cell)
    return made


def reach(code: str, old: str, new: str, always: tuple[str, ...] = ()) -> Reach:
    """What a change of the code reaches."""
    assert code.count(old) == 1
    before, after = notebook(code), notebook(code.replace(old, new))
    names = [c.metadata["nbgrader"]["grade_id"] for c in before.cells if c.metadata]
    return reach_of(before, after, names, always)


def checks(code: str, old: str, new: str) -> list[str]:
    return sorted(reach(code, old, new).checks)


CHECKS = """

check("f", f)

check("g", g)

check("h", h)
"""


def test_a_change_reaches_what_is_built_on_it() -> None:
    code = IMPORTS + BODY + CHECKS
    assert checks(code, "2 * x", "4 * x") == ["f", "g"]
    assert checks(code, "f(x) + 1", "f(x)") == ["g"]
    assert checks(code, "3 * x", "x") == ["h"]


def test_a_comment_and_a_docstring_change_nothing() -> None:
    code = IMPORTS + BODY.replace("return 2", '"""Twice."""\n    return 2') + CHECKS
    assert checks(code, "Twice", "Two times") == []
    assert checks(code, "return 2 * x", "return 2 * x  # twice") == []


def test_what_is_not_reached_is_asked_where_points_must_be_lost() -> None:
    found = reach(IMPORTS + BODY + CHECKS, "3 * x", "x", always=("f",))
    assert found.checks == {"f", "h"}


REACHED = [
    "table = {}\n\ntable['a'] = f(1)\n\ndef h(x):\n    return table['a']",
    "table = {}\n\ndef put(x):\n    table['a'] = x\n\nput(f(1))\n\ndef h(x):\n    return table",
    "one = [1]\n\ntwo = one\n\ntwo.append(f(1))\n\ndef h(x):\n    return one",
    "count = 0\n\ndef step(x):\n    global count\n    count += f(x)\n\n"
    "def h(x):\n    step(x)\n    return count",
    "def h(x, seen=[]):\n    return seen\n\nh(f(1))\n\nh(2)",
    "class Kept:\n    seen = []\n\nKept.seen.append(f(1))\n\ndef h(x):\n    return Kept().seen",
    "class Kept:\n    limit = 1\n\nKept.limit = f(1)\n\ndef h(x):\n    return Kept.limit",
    "value = f(1)\nstart = 0\n\ndef h(x):\n    return start",
    "keras.config.set_floatx('float64' if f(1) else '')\n\ndef h(x):\n    return x",
    "np.pi = f(1)\n\ndef h(x):\n    return np.pi",
    "exec('a = f(1)')\n\ndef h(x):\n    return x",
    "globals()['h'] = f\n\ndef h(x):\n    return x",
    "from math import *\n\ndef h(x):\n    return x",
    "%time f(1)\n\ndef h(x):\n    return x",
    "model = keras.Model(f(1))\n\nother = keras.Model(2)\n\ndef h(x):\n    return other",
    "np.random.rand(f(1))\n\nother = np.random.rand(2)\n\ndef h(x):\n    return other",
]
NOT_REACHED = [
    "model = keras.Model(f(1))\n\ntraining.set_seed(0)\nother = keras.Model(2)\n\n"
    "def h(x):\n    return other",
    "model = keras.Model(f(1))\n\nmodel.fit(mnist.train)\n\ndef h(x):\n    return mnist",
    "RATE = 0.1\n\nlearned = f(RATE)\n\ndef h(x):\n    return RATE",
    "def local(f):\n    return f\n\ndef h(x):\n    return [x for x in (1, 2)]",
]


@pytest.mark.parametrize(
    ("between", "reached"), [(b, True) for b in REACHED] + [(b, False) for b in NOT_REACHED]
)
def test_ways_to_reach_a_check(between: str, reached: bool) -> None:
    code = f'{IMPORTS}\n\ndef f(x):\n    return 2 * x\n\n{between}\n\ncheck("h", h)'
    assert checks(code, "2 * x", "x") == (["h"] if reached else [])


def test_only_what_is_asked_is_trained() -> None:
    trains = "model = keras.Model(h(1))\n\nmodel.fit(mnist.train)\n\n"
    code = f'{IMPORTS}{BODY}\n\n{trains}check("h", h)\n\ncheck("f", f)\n\ncheck("model", model)'
    cells = notebook(code)
    found = reach(code, "2 * x", "x")
    assert found.checks == {"f"}
    ran = "\n".join(cell.source for cell in trimmed(cells, found).cells)
    assert "fit" not in ran
    assert 'check("f", f)' in ran
    assert 'check("h", h)' not in ran
    assert "import keras" in ran
    assert "mnist = data" not in ran
    everything = reach(code, "3 * x", "x")
    assert everything.checks == {"h", "model"}
    assert "fit" in "\n".join(cell.source for cell in trimmed(cells, everything).cells)


def test_a_check_needs_those_above_it_that_may_change_its_object() -> None:
    code = (
        f'{IMPORTS}\n\nmodel = keras.Model(1)\n\ncheck("trained", model)\n\ndef f(x):\n    return x'
    )
    code += '\n\ncheck("both", (model, f))\n\ncheck("late", model)'
    assert reach(code, "return x", "return 2").checks == {"trained", "both", "late"}


def test_a_setting_reaches_what_stands_below_it_and_nothing_above() -> None:
    code = f'{IMPORTS}\n\ndef k(x):\n    return x\n\ncheck("k", k)\n\n{BODY}'
    code += "\n\nkeras.config.set_floatx('float64' if f(1) else '')" + CHECKS
    assert checks(code, "2 * x", "x") == ["f", "g", "h"]


def run(course: Course, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "--course", course.root, "audit"]
    words = [str(word) for word in (*command, "--isolation", ISOLATION, *arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_an_audit_agrees_with_one_that_runs_everything(tiny_course: Course, tmp_path: Path) -> None:
    file = tmp_path / "audit.json"
    ran = run(tiny_course, "--json", file)
    assert ran.returncode == 0, ran.stderr
    assert "The audit is green." in ran.stdout
    assert "The slowest entries" in ran.stdout
    assert "5 of 6 checks asked" in " ".join(ran.stdout.split())
    assert ran.stderr.splitlines()[0] == "auditing 3 submissions"
    assert ran.stderr.splitlines()[-1].startswith("[3/3] a00_tiny/tiny/")
    found = json.loads(file.read_text())
    (mistake,) = (entry for entry in found if entry["entry"] not in ("solution", "release"))
    assert (mistake["asked"], mistake["losses"]) == (["double"], {"double": 4.0})

    every = run(tiny_course, "--all", "--compare", file)
    assert every.returncode == 0, every.stderr
    assert "6 of 6 checks asked" in " ".join(every.stdout.split())
    assert f"Nothing differs from {file}." in every.stdout

    worse = [entry | {"losses": entry["losses"] | {"triple": 0.5}} for entry in found]
    assert len(disagreements(found, worse)) == 3
    assert disagreements(found, found[1:])[0].endswith("is in one of the audits only.")


@pytest.mark.slow
def test_both_audits_of_a_real_assignment_agree() -> None:
    course = find_course()
    found, every = (
        [
            entry.to_value()
            for entry in audit(course, ["a03_costs"], isolation=ISOLATION, everything=e)
        ]
        for e in (False, True)
    )
    assert disagreements(found, every) == []
    assert sum(len(e["asked"]) for e in found) < sum(len(e["asked"]) for e in every) / 2
