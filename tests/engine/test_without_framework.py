"""A course that uses no framework starts none: not the grader, not the sandbox, no submission."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import namespaces_problem

FRAMEWORKS = ("keras", "tensorflow", "jax", "torch")
LOOK = f"""
import re, sys

def started(maps):
    loaded = {{name.partition(".")[0] for name in sys.modules}}
    return sorted(loaded.union(re.findall(r"site-packages/(\\w+)/", maps)) & set({FRAMEWORKS}))
"""
PROGRAM = """
import json, sys
from pathlib import Path

folder = Path(sys.argv[1])
sys.path.insert(0, sys.argv[2])
import psutil, tiny
from autograder.grading.grader import Grader

tiny.SETTINGS = '[course]\\nid = "tiny"\\n'
(folder / "course").mkdir()
course = tiny.make_course(folder / "course")
tell = look + "print('started', started(open('/proc/self/maps').read()), 'numpy' in sys.modules)"
handed_in = tiny.hand_in(folder / "submitted", "ada", tiny.submission(course, before=tell))
with Grader(course, "a00_tiny", key=bytes(32), isolation=sys.argv[3]) as grader:
    graded = grader.grade("ada", handed_in)
    maps = [Path(f"/proc/{p.pid}/maps") for p in psutil.Process().children(recursive=True)]
    zygote = "".join(path.read_text() for path in maps)
outputs = (o for cell in graded.executed["tiny"].cells for o in cell.get("outputs", ()))
said = "".join(output.get("text", "") for output in outputs)
print(json.dumps([graded.record.score, said.splitlines()[0], started(zygote), bool(zygote)]))
"""


@pytest.mark.parametrize("isolation", ["none", "namespaces"])
def test_no_process_imports_one(isolation: str, tmp_path: Path) -> None:
    if isolation == "namespaces" and (problem := namespaces_problem()):
        pytest.skip(f"no namespaces here: {problem}")
    tests = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", f"look = {LOOK!r}\n{LOOK}{PROGRAM}", tmp_path, tests, isolation],
        cwd=tests.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    # The grader and the sandbox's process together; and the submission, forked from the latter.
    assert json.loads(done.stdout) == [5, "started [] True", [], True]
