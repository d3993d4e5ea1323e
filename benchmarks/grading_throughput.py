"""How fast a class is graded: `autograder grade` against `nbgrader autograde`, in one run.

Both grade the same right submissions of `a01_layers/convolution` on the same cores, through their
own command lines. nbgrader runs the released check cells in a kernel of its own for each
submission, and its cells pass without our grader's judge (public cases); ours runs the submission
in the sandbox and judges fresh cases.

    python benchmarks/grading_throughput.py [--class-size 10] [--large 100] [--workers N]

Prints seconds for a submission, start-up apart, and the ratio. The large class is graded by ours
only; nbgrader's time for it is extrapolated from the small one. Last comes the CPU time of one
further submission against that of the student's own code (the same cells run by IPython in one
process that has everything imported).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from autograder.course import Course, find_course
from autograder.source import read_source

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
    theirs_start = nbgrader(course, 1)
    theirs_small = nbgrader(course, small)

    ours_each = (ours_large - ours_small) / (large - small)
    theirs_each = (theirs_small - theirs_start) / (small - 1)
    theirs_large = theirs_small + (large - small) * theirs_each
    print(f"{'':34}{'autograder':>12}{'nbgrader':>12}{'ratio':>8}")
    row("one submission, start-up included", ours_start, theirs_start)
    row(f"a class of {small}", ours_small, theirs_small)
    row(f"a class of {large} (nbgrader: extrapolated)", ours_large, theirs_large)
    row("each further submission", ours_each, theirs_each)


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


def ours(course: Course, count: int, workers: int) -> float:
    """Wall seconds of `autograder grade` for a class."""
    with tempfile.TemporaryDirectory() as folder:
        submissions(course, Path(folder) / "submitted", count)
        command = [
            sys.executable, "-m", "autograder", "--course", str(course.root), "grade", ASSIGNMENT,
            "--submissions", f"{folder}/submitted", "--out", f"{folder}/out",
            "--workers", str(workers), "--format", "json",
        ]  # fmt: skip
        started = time.perf_counter()
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        wall = time.perf_counter() - started
        records = [json.loads(p.read_text()) for p in Path(folder).glob("out/results/*/*.json")]
        full = [r for r in records if r["notebooks"][0]["name"] and convolution_is_full(r)]
        if len(full) != count:
            raise SystemExit(f"{len(full)} of {count} got full marks.\n{ran.stderr[-2000:]}")
        return wall


def convolution_is_full(record: dict) -> bool:  # type: ignore[type-arg]
    (notebook,) = (n for n in record["notebooks"] if n["name"] == NOTEBOOK)
    return all(check["score"] == check["points"] for check in notebook["checks"])


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
