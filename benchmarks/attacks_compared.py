"""The same attacks against three graders, each beside an honest look-alike.

One task, `standardize(x)`, with three tests: an example that students have, and two that they do
not have. It is handed in to `autograder grade`, to `nbgrader autograde` and to the pytest plugin
`pytest-prairielearn-grader`, each as its documentation shows, without a container:

- autograder: a course with one check; two cases are drawn, the example is fixed.
- nbgrader: `generate_assignment`, then `autograde` with two hidden tests; 20 seconds for a cell.
- pytest-prairielearn-grader: `pytest` on `test_student.py`, which computes what is expected beside
  the student's process; its defaults, but for 20 seconds to start and for a call. On PrairieLearn
  the same runs in a container for each submission; that is not measured here.

Every attack has a class of its own, with a right submission that is graded after it; the
look-alikes are one class.

    python benchmarks/attacks_compared.py [--only NAME ...]

The plugin is installed into a virtual environment in a temporary folder. The other graders run with
4 GB of address space, files of at most 500 MB, and at most three minutes; the autograder with its
own limits. `benchmarks/results/attacks_compared.md` is written.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import nbformat
import psutil
from attacks_to_compare import ATTACKS, RIGHT, Attack

from autograder.grading.grade import grade
from autograder.grading.jobs import Options
from autograder.grading.workplace import Workplace
from autograder.release.write import write_release
from autograder.source.course import find_course

PLUGIN, PLUGIN_VERSION = "pytest-prairielearn-grader", "0.3.1"
UNDECLARED = ("networkx", "pandas", "plot-serializer")
GRADERS = ("autograder", "nbgrader", PLUGIN)
RESULTS = Path(__file__).parent / "results" / "attacks_compared.md"
SECONDS = 180
MUCH_MEMORY, MUCH_DISK = 1.8e9, 20e6
"""Bytes that no look-alike takes, frameworks included."""

EXAMPLE = "[1.0, 2.0, 3.0, 4.0]"
HIDDEN = ("[2.0, 7.0, 1.0, 8.0, 2.0]", "[0.5, -3.0, 9.0]")
STUB = 'def standardize(x):\n    """x minus its mean, divided by its standard deviation."""\n'
SOLVED = f"{STUB}    ### BEGIN SOLUTION\n    return (x - x.mean()) / x.std()\n    ### END SOLUTION"
SOLUTION = {"grade_id": "standardize_solution", "solution": True, "grade": False, "locked": False}


@dataclass(frozen=True)
class Found:
    """What became of one submission.

    Attributes:
        points: of 3; `None` if there is no grade.
        told: what the grader says of it.
        neighbour: points of a right submission that is graded after it, in the same place.
        harm: what it left or took, in words.
    """

    points: float | None
    told: str
    neighbour: float | None = None
    harm: tuple[str, ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="*", default=[], help="names of attacks")
    options = parser.parse_args()
    attacks = [attack for attack in ATTACKS if not options.only or attack.name in options.only]
    found: dict[tuple[str, str, str], Found] = {}
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder, ExitStack() as stack:
        for grader in (
            Plugin(Path(folder) / "plugin"),
            Nbgrader(Path(folder) / "nbgrader"),
            stack.enter_context(Ours(Path(folder) / "ours")),
        ):
            honest = grader.grade({f"{n:02}": one.honest for n, one in enumerate(attacks)})
            for attack, look_alike in zip(attacks, honest.values(), strict=True):
                found[attack.name, "look-alike", grader.name] = look_alike
                found[attack.name, "attack", grader.name] = watched(grader, attack.code)
                for kind in ("attack", "look-alike"):
                    one = found[attack.name, kind, grader.name]
                    print(f"{grader.name:28} {attack.name:28} {kind:11} {one}", flush=True)
    if not options.only:
        RESULTS.write_text(page(attacks, found))
        print(f"written: {RESULTS}")


class Grader:
    """A grader with a folder for its classes.

    Attributes:
        name: as the results call it.
        goes_on: whether something of it runs from one class to the next.
    """

    name = ""
    goes_on = False

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)

    def grade(self, codes: dict[str, str]) -> dict[str, Found]:
        """Grade a class, in the order of its names."""
        raise NotImplementedError

    def run(self, command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
        """A command in a session of its own, with a limit on everything."""

        def confine() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (500 << 20, 500 << 20))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))

        with subprocess.Popen(
            command,
            cwd=cwd,
            env=os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=confine,
        ) as process:
            timer = threading.Timer(SECONDS, _kill_session, [process.pid])
            timer.start()
            # Of a grader that was killed, what it had started may hold the pipe open.
            out = _read_until_it_ends(process)
            timer.cancel()
        return subprocess.CompletedProcess(command, process.returncode, out, "")


def _kill_session(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _read_until_it_ends(process: subprocess.Popen[str]) -> str:
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=1)[0]
        if process.poll() is not None:
            time.sleep(1)
            _kill_session(process.pid)
            with suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=5)[0]
            return ""


def notebook(*cells: tuple[str, dict[str, object]]) -> nbformat.NotebookNode:
    """A notebook of code cells, with nbgrader's marks."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    for number, (source, marks) in enumerate(cells):
        cell = nbformat.v4.new_code_cell(source, id=f"cell{number}")
        if marks:
            cell.metadata["nbgrader"] = {"schema_version": 3, "task": False, **marks}
        made.cells.append(cell)
    return made


def test_cell(name: str, points: int) -> dict[str, object]:
    return {"grade_id": name, "solution": False, "grade": True, "locked": True, "points": points}


class Ours(Grader):
    """`grade`, the function behind the command, with one started sandbox for all classes."""

    name = "autograder"
    goes_on = True

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        at = root / "course" / "solutions" / "hw" / "standardize"
        at.mkdir(parents=True)
        (root / "course" / "course.toml").write_text(
            '[course]\nid = "compared"\ntitle = "Compared"\n\n[limits]\ncell_seconds = 20\n'
            "check_seconds = 20\nidle_seconds = 10\nmemory_mb = 1024\n"
        )
        marks = [{**SOLUTION, "schema_version": 3, "task": False}]
        marks += [{**test_cell("standardize", 3), "schema_version": 3, "task": False}]
        solution, asked = (f"# %% nbgrader={json.dumps(one)}\n" for one in marks)
        (at / "notebook.py").write_text(
            "# %%\nimport numpy as np\n\nfrom course_lib import check\n\n\n"
            f'{solution}{SOLVED}\n\n\n{asked}check("standardize", standardize)\n'
        )
        (at / "checks.py").write_text(
            "import numpy as np\n\nfrom autograder.checks import call, check\n\n\n"
            '@check("standardize")\ndef standardize(draw, reference):\n'
            f"    for x, label in [(np.array({EXAMPLE}), 'the example'),\n"
            "                     (draw.normal(5), 'five numbers'), (draw.normal(3), 'three')]:\n"
            "        yield call(x, expected=reference.standardize(x), label=label)\n"
        )
        self.course = find_course(root / "course")
        write_release(self.course, ["hw"])
        self.place = Workplace(self.course, ["hw"], "namespaces")

    def __enter__(self) -> Ours:
        self.place.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.place.__exit__(*error)

    def grade(self, codes: dict[str, str]) -> dict[str, Found]:
        work = Path(tempfile.mkdtemp(dir=self.root))
        for student, answer in codes.items():
            target = work / "in" / student / "hw"
            target.mkdir(parents=True)
            made = notebook(
                ("import numpy as np\n\nfrom course_lib import check", {}),
                (answer, dict(SOLUTION)),
                ('check("standardize", standardize)', test_cell("standardize", 3)),
            )
            nbformat.write(made, target / "standardize.ipynb")
        options = Options(workplace=self.place, workers=1)
        run = grade(self.course, "hw", work / "in", work / "out", options)
        found = dict.fromkeys(codes, Found(None, "no grade"))
        for record in run.records:
            (check,) = record.checks
            said = check.findings[0].message if check.findings else ""
            found[record.student] = Found(check.score, f"{check.verdict.value}. {said}".strip())
        return found


class Nbgrader(Grader):
    name = "nbgrader"

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.course = root / "course"
        at = self.course / "source" / "hw"
        at.mkdir(parents=True)
        nbformat.write(self.cells(SOLVED), at / "standardize.ipynb")
        made = self.run([*self.command, "generate_assignment", "hw"], self.course)
        if made.returncode:
            raise SystemExit(made.stdout)

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "nbgrader"]

    def cells(self, answer: str) -> nbformat.NotebookNode:
        def asserts(values: str, hidden: bool) -> str:
            lines = f"x = np.array({values})\nwanted = (x - x.mean()) / x.std()\n"
            lines += "np.testing.assert_allclose(standardize(x), wanted)"
            if hidden:
                lines = f"### BEGIN HIDDEN TESTS\n{lines}\n### END HIDDEN TESTS"
            return f"import numpy as np\n{lines}"

        return notebook(
            ("import numpy as np", {}),
            (answer, dict(SOLUTION)),
            (asserts(EXAMPLE, False), test_cell("example", 1)),
            *((asserts(x, True), test_cell(f"hidden{i}", 1)) for i, x in enumerate(HIDDEN)),
        )

    def grade(self, codes: dict[str, str]) -> dict[str, Found]:
        work = Path(tempfile.mkdtemp(dir=self.root)) / "course"
        shutil.copytree(self.course, work)
        for student, answer in codes.items():
            target = work / "submitted" / student / "hw"
            target.mkdir(parents=True)
            made = nbformat.read(work / "release" / "hw" / "standardize.ipynb", as_version=4)
            made.cells[1].source = answer
            nbformat.write(made, target / "standardize.ipynb")
        timeout = "--ExecutePreprocessor.timeout=20"
        ran = self.run([*self.command, "autograde", "hw", timeout], work)
        found = {}
        for student in codes:
            path = work / "autograded" / student / "hw" / "standardize.ipynb"
            told = last_error(path) if path.exists() else f"no grade, exit code {ran.returncode}"
            found[student] = Found(points_in(work, student) if path.exists() else None, told)
        return found


def points_in(work: Path, student: str) -> float | None:
    """A student's points in nbgrader's gradebook."""
    from nbgrader.api import Gradebook, MissingEntry

    with suppress(MissingEntry), Gradebook(f"sqlite:///{work}/gradebook.db") as book:
        return float(book.find_submission("hw", student).score)
    return None


def last_error(path: Path) -> str:
    """The first error that stands in an executed notebook."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return " ".join(f"{output.ename}: {output.evalue}".split())
    return ""


class Plugin(Grader):
    name = PLUGIN

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.python = str(root / "environment" / "bin" / "python")
        subprocess.run([sys.executable, "-m", "venv", root / "environment"], check=True)
        # It imports more than it declares.
        needed = [f"{PLUGIN}=={PLUGIN_VERSION}", f"numpy=={version('numpy')}", *UNDECLARED]
        subprocess.run([self.python, "-m", "pip", "install", "-qq", *needed], check=True)

    def grade(self, codes: dict[str, str]) -> dict[str, Found]:
        work = Path(tempfile.mkdtemp(dir=self.root))
        for student, answer in codes.items():
            self.hand_in(work / student, answer)
        return {student: self.one(work / student) for student in codes}

    def hand_in(self, folder: Path, code: str) -> None:
        (folder / "test_student").mkdir(parents=True)
        (folder / "pytest.ini").write_text("[pytest]\n")
        (folder / "test_student" / "student_code.py").write_text(f"import numpy as np\n\n{code}\n")
        tests = "".join(
            f"\n\n@pytest.mark.grading_data(name='{name}', points=1)\ndef test_{name}(sandbox):\n"
            f"    x = np.array({x})\n"
            "    found = sandbox.query_function('standardize', x, query_timeout=20)\n"
            "    np.testing.assert_allclose(found, reference(x))\n"
            for name, x in zip(("example", "hidden0", "hidden1"), (EXAMPLE, *HIDDEN), strict=True)
        )
        (folder / "test_student.py").write_text(
            "import numpy as np\nimport pytest\nfrom pytest_prairielearn_grader import ConfigObject"
            "\n\nautograder_config = ConfigObject(sandbox_timeout=20.0)\n\n\n"
            f"def reference(x):\n    return (x - x.mean()) / x.std()\n{tests}"
        )

    def one(self, folder: Path) -> Found:
        ran = self.run([self.python, "-m", "pytest", "-q", "test_student.py"], folder)
        try:
            found = json.loads((folder / "autograder_results.json").read_text())
        except (OSError, ValueError):
            return Found(None, f"no result, exit code {ran.returncode}")
        if ran.returncode not in (0, 1):  # pytest did not come to its end.
            lies = "and a file of results lies there that it has not written"
            return Found(None, f"pytest ended with exit code {ran.returncode}, {lies}")
        failed = [one for one in found["tests"] if one.get("outcome") != "passed"]
        told = " ".join(str(failed[0].get("message", "")).split()) if failed else ""
        return Found(sum(one.get("points") or 0.0 for one in found["tests"]), told)


def watched(grader: Grader, code: str) -> Found:
    """Grade an attack, and look at what it takes, leaves and sends meanwhile."""
    marker = f"3{time.monotonic_ns() % 10**9:09}"
    heard, most, done = [False], [0.0], threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.1)

        def look() -> None:
            while not done.is_set():
                with suppress(OSError):
                    server.accept()[0].close()
                    heard[0] = True
                most[0] = max(most[0], memory())

        watcher = threading.Thread(target=look)
        watcher.start()
        code = code.replace("PORT", str(server.getsockname()[1])).replace("MARKER", marker)
        found = grader.grade({"a-eve": code, "b-bob": RIGHT})
        done.set()
        watcher.join()
    harm = []
    if left := ended(marker):
        harm.append(f"{left} processes left running")
    if heard[0]:
        harm.append("reached the network")
    if most[0] > MUCH_MEMORY:
        harm.append(f"held {most[0] / 1e9:.1f} GB")
    if (size := largest(grader.root)) > MUCH_DISK:
        harm.append(f"a file of {size / 1e6:.0f} MB")
    if not grader.goes_on:
        end_all_below(grader.root)
    for work in grader.root.glob("tmp*"):
        shutil.rmtree(work, ignore_errors=True)
    return replace(found["a-eve"], neighbour=found["b-bob"].points, harm=tuple(harm))


def memory() -> float:
    """The memory of everything that this process has started, what it shares counted once."""
    total = 0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            total += process.memory_full_info().pss
    return float(total)


def ended(marker: str) -> int:
    """End what a submission left running, each by its number; how many there were."""
    left = [p for p in psutil.process_iter(["cmdline"]) if marker in (p.info["cmdline"] or [])]
    for process in left:
        process.kill()
    return len(left)


def end_all_below(folder: Path) -> None:
    """End every process that was started from a folder or works in it, whatever its session."""
    for process in psutil.process_iter(["cmdline", "cwd"]):
        words = [*(process.info["cmdline"] or []), process.info["cwd"] or ""]
        if any(word.startswith(f"{folder}/") for word in words):
            with suppress(psutil.Error):
                process.kill()


def largest(folder: Path) -> int:
    """The size of the largest file that grading left."""
    files = (path for work in folder.glob("tmp*") for path in work.rglob("*"))
    return max((path.lstat().st_size for path in files if path.is_file()), default=0)


def page(attacks: list[Attack], found: dict[tuple[str, str, str], Found]) -> str:
    """The results as Markdown."""
    numbers = ("of this repository", version("nbgrader"), PLUGIN_VERSION)
    told = ", ".join(f"{name} {number}" for name, number in zip(GRADERS, numbers, strict=True))
    sums = [f"| | {' | '.join(GRADERS)} |", "|---|" + "---:|" * len(GRADERS)]
    for title, count in _sums(attacks, found):
        sums.append(f"| {title} | {' | '.join(str(count(name)) for name in GRADERS)} |")
    parts = [
        "# The same attacks against three graders",
        "Written by `python benchmarks/attacks_compared.py`, which says how each is run. "
        f"Python {platform.python_version()}, {platform.system()}; {told}.",
        "A task of 3 points. *points*: of the submission. *other*: of a right one that is graded "
        "after it in the same place. *none*: there is no grade.",
        "\n".join(sums),
    ]
    for attack in attacks:
        lines = ["| grader | handed in | points | other | harm | told |"]
        lines.append("|---|---|---:|---:|---|---|")
        for name in GRADERS:
            for kind in ("attack", "look-alike"):
                one = found[attack.name, kind, name]
                other = _points(one.neighbour) if kind == "attack" else ""
                said = one.told.replace("|", "\\|").replace("`", "'").replace("<", "&lt;")[:150]
                cells = (name, kind, _points(one.points), other, ", ".join(one.harm), said)
                lines.append(f"| {' | '.join(cells)} |")
        parts.append(f"## {attack.name}\n\n{attack.about}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _sums(
    attacks: list[Attack], found: dict[tuple[str, str, str], Found]
) -> list[tuple[str, Callable[[str], int]]]:
    def count(kind: str, holds: Callable[[Found], bool]) -> Callable[[str], int]:
        return lambda name: sum(holds(found[attack.name, kind, name]) for attack in attacks)

    return [
        ("attacks", count("attack", lambda one: True)),
        ("attacks that gain points", count("attack", lambda one: bool(one.points))),
        ("attacks that end without a grade", count("attack", lambda one: one.points is None)),
        ("attacks that change another's grade", count("attack", lambda one: one.neighbour != 3)),
        ("attacks that do other harm", count("attack", lambda one: bool(one.harm))),
        ("look-alikes that lose points", count("look-alike", lambda one: one.points != 3)),
    ]


def _points(points: float | None) -> str:
    return "none" if points is None else f"{points:g}"


if __name__ == "__main__":
    main()
