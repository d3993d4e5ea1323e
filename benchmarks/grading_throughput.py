"""How fast a class is graded: `autograder grade` against `nbgrader autograde`, in one run.

Both grade the same right submissions of `a01_layers/convolution` on the same cores, through their
own command lines. nbgrader runs the released check cells in a kernel of its own for each
submission, and its cells pass without our grader's judge (public cases); ours runs the submission
in the sandbox and judges fresh cases.

    python benchmarks/grading_throughput.py [--class-size 10] [--large 100] [--workers N]

Prints seconds for a submission, start-up apart, and the ratio. The large class is graded by ours
only; nbgrader's time for it is extrapolated from the small one.

nbgrader draws every figure of the notebook; ours leaves out the cells that only draw, unless
`--figures` is given. The last lines say what that is worth, and compare the CPU time of one further
submission (the student's processes and the grader's own) with that of the student's own code: the
same cells and checks, run by IPython in one process that has imported everything before.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.source.course import Course, find_course
from autograder.source.notebook import is_display, read_source

ASSIGNMENT, NOTEBOOK = "a01_layers", "convolution"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--class-size", type=int, default=10)
    parser.add_argument("--large", type=int, default=100)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    course = find_course(Path(__file__).parent)
    small, large = options.class_size, options.large
    print(f"{ASSIGNMENT}/{NOTEBOOK}, {os.cpu_count()} cores, {options.workers} workers\n")

    ours_start = ours(course, 1, options.workers)
    ours_small = ours(course, small, options.workers)
    ours_large = ours(course, large, options.workers)
    drawn_small = ours(course, small, options.workers, "--figures")
    theirs_start = nbgrader(course, 1)
    theirs_small = nbgrader(course, small)

    ours_each = (ours_large.wall - ours_small.wall) / (large - small)
    theirs_each = (theirs_small - theirs_start) / (small - 1)
    theirs_large = theirs_small + (large - small) * theirs_each
    print(f"{'':34}{'autograder':>12}{'nbgrader':>12}{'ratio':>8}")
    row("one submission, start-up included", ours_start.wall, theirs_start)
    row(f"a class of {small}", ours_small.wall, theirs_small)
    row(f"a class of {large} (nbgrader: extrapolated)", ours_large.wall, theirs_large)
    row("each further submission", ours_each, theirs_each)

    students = ours_large.students_cpu / large
    grader = (ours_large.grader_cpu - ours_small.grader_cpu) / (large - small)
    own = own_code(course)
    print(
        f"\nCPU seconds of a further submission: {students:.3f} in the sandbox, {grader:.3f} grader"
    )
    print(f"with --figures {drawn_small.students_cpu / small:.3f} in the sandbox")
    print(f"CPU seconds of the student's own code, without figures: {own:.3f}")
    print(f"the sandbox takes {students / own:.1f} times that, with the grader's part ", end="")
    print(f"{(students + grader) / own:.1f} times")


def row(title: str, ours_seconds: float, theirs_seconds: float) -> None:
    ratio = theirs_seconds / ours_seconds
    print(f"{title:42}{ours_seconds:8.2f} s{theirs_seconds:9.2f} s{ratio:7.1f}x", flush=True)


def submissions(course: Course, folder: Path, count: int) -> None:
    """`count` right submissions in nbgrader's layout; no two files are the same."""
    released = nbformat.read(course.released(ASSIGNMENT, NOTEBOOK), as_version=4)
    marks = {c.metadata.nbgrader.grade_id: c for c in released.cells if "nbgrader" in c.metadata}
    notebook = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata = marks[cell.metadata.nbgrader.grade_id].metadata
    for number in range(count):
        target = folder / f"student{number:04}" / ASSIGNMENT
        target.mkdir(parents=True)
        notebook.cells[0].source += "\n"
        nbformat.write(notebook, target / f"{NOTEBOOK}.ipynb")


@dataclass(frozen=True)
class Run:
    """Seconds of `autograder grade` for a class: wall time, and CPU time by whose it is."""

    wall: float
    grader_cpu: float
    students_cpu: float


# The command line, with its own CPU time (without that of the sandbox) as the last line.
MEASURED = """
import sys, time
from autograder.__main__ import main
try:
    main()
finally:
    print(time.process_time(), file=sys.stderr)
"""


def ours(course: Course, count: int, workers: int, *options: str) -> Run:
    """Grade a class with `autograder grade`."""
    with tempfile.TemporaryDirectory() as folder:
        submissions(course, Path(folder) / "submitted", count)
        command = [
            sys.executable, "-c", MEASURED, "--course", str(course.root), "grade", ASSIGNMENT,
            "--submissions", f"{folder}/submitted", "--out", f"{folder}/out",
            "--workers", str(workers), "--format", "json", *options,
        ]  # fmt: skip
        started = time.perf_counter()
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        wall = time.perf_counter() - started
        records = [json.loads(p.read_text()) for p in Path(folder).glob("out/results/*/*.json")]
        graded = [next(n for n in r["notebooks"] if n["name"] == NOTEBOOK) for r in records]
        full = [n for n in graded if all(c["score"] == c["points"] for c in n["checks"])]
        if len(full) != count:
            raise SystemExit(f"{len(full)} of {count} got full marks.\n{ran.stderr[-2000:]}")
        students = sum(notebook["cpu_seconds"] for notebook in graded)
        return Run(wall, float(ran.stderr.split()[-1]), students)


def own_code(course: Course, repetitions: int = 5) -> float:
    """CPU seconds of the notebook's cells, as released and solved, without those that only draw."""
    from IPython.core.interactiveshell import InteractiveShell

    cells = [
        cell.source
        for cell in read_source(course.source(ASSIGNMENT, NOTEBOOK)).cells
        if cell.cell_type == "code" and not is_display(cell)
    ]
    seconds = []
    for _ in range(repetitions + 1):
        shell = InteractiveShell()
        started = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in cells:
                shell.run_cell(cell).raise_error()
        seconds.append(time.process_time() - started)
    return statistics.median(seconds[1:])  # The first one imports.


def nbgrader(course: Course, count: int) -> float:
    """Wall seconds of `nbgrader autograde` for the same class."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        submissions(course, root / "submitted", count)
        (root / "source" / ASSIGNMENT).mkdir(parents=True)
        shutil.copy(course.released(ASSIGNMENT, NOTEBOOK), root / "source" / ASSIGNMENT)
        environment = os.environ | {
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

        def run(*arguments: str) -> None:
            ran = subprocess.run(
                [sys.executable, "-m", "nbgrader", *arguments],
                cwd=root, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if ran.returncode:
                raise SystemExit(f"nbgrader {arguments[0]} failed:\n{ran.stderr[-2000:]}")

        run("generate_assignment", ASSIGNMENT, "--force")
        started = time.perf_counter()
        run("autograde", ASSIGNMENT, "--ExecutePreprocessor.timeout=300")
        wall = time.perf_counter() - started
        done = len(list((root / "autograded").glob(f"*/{ASSIGNMENT}/{NOTEBOOK}.ipynb")))
        if done != count:
            raise SystemExit(f"nbgrader graded {done} of {count}")
        return wall


if __name__ == "__main__":
    main()
