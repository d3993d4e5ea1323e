"""How many submissions with a training are graded in an hour, and how many side by side are best.

A class hands in the solved `a05_classics/lenet`, whose LeNet-5 the grader trains again. It is
graded through the command line with 1, 2 and more workers on the same cores, in one run. Start-up
(a class of one) is taken out.

    python benchmarks/accuracy_lane.py [--class-size 8] [--workers 1 2 4] [--device cpu]

The limit is as many submissions at once as there are cores, each as fast as one alone. `--device
gpu` trains on a GPU where there is one; the column then counts slots.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from autograder.grading.device import DEVICES
from autograder.source.course import Course, find_course
from autograder.source.notebook import read_source

ASSIGNMENT, NOTEBOOK, CHECK = "a05_classics", "lenet", "lenet5_trained"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--class-size", type=int, default=8)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--device", choices=DEVICES, default="cpu")
    options = parser.parse_args()
    course = find_course(Path(__file__).parent)
    print(f"{ASSIGNMENT}/{NOTEBOOK}, {os.cpu_count()} cores, {options.class_size} submissions\n")
    print(f"{'side by side':>12}{'s each':>10}{'an hour':>10}{'training, s':>14}{'of limit':>10}")
    alone = 0.0
    for workers in options.workers:
        start, _ = graded(course, 1, workers, options.device)
        wall, training = graded(course, options.class_size, workers, options.device)
        each = (wall - start) / (options.class_size - 1)
        alone = alone or each
        limit = alone / (os.cpu_count() or 1)
        print(
            f"{workers:12}{each:10.2f}{3600 / each:10.0f}{training:14.2f}{limit / each:10.0%}",
            flush=True,
        )


def graded(course: Course, count: int, workers: int, device: str) -> tuple[float, float]:
    """Wall seconds for a class, and the mean seconds of the check that trains."""
    with tempfile.TemporaryDirectory() as folder:
        notebook = read_source(course.source(ASSIGNMENT, NOTEBOOK))
        for number in range(count):
            target = Path(folder) / "submitted" / f"student{number}" / ASSIGNMENT
            target.mkdir(parents=True)
            notebook.cells[0].source += "\n"  # no two files are the same
            nbformat.write(notebook, target / f"{NOTEBOOK}.ipynb")
        command = [
            sys.executable, "-m", "autograder", "--course", str(course.root), "grade", ASSIGNMENT,
            "--submissions", f"{folder}/submitted", "--out", f"{folder}/out", "--format", "json",
            "--workers", str(workers), "--device", device, "--slots", str(workers),
        ]  # fmt: skip
        started = time.perf_counter()
        ran = subprocess.run(command, capture_output=True, text=True)
        wall = time.perf_counter() - started
        records = [json.loads(p.read_text()) for p in Path(folder).glob("out/results/*/*.json")]
        notebooks = [n for r in records for n in r["notebooks"] if n["name"] == NOTEBOOK]
        checks = [c for n in notebooks for c in n["checks"]]
        if len(notebooks) != count or any(c["score"] != c["points"] for c in checks):
            raise SystemExit(f"Not everybody got full marks.\n{ran.stderr[-2000:]}")
        seconds = [c["seconds"] for c in checks if c["name"] == CHECK]
        return wall, sum(seconds) / len(seconds)


if __name__ == "__main__":
    main()
