"""A whole class, graded: how fast, with how much memory, and how both grow with its size.

The class hands in `a01_layers/convolution` in the shares of `SHARES`: most of it right or with a
known mistake, some untouched, unfinished, unreadable, hanging or hostile. It is graded by
`autograder grade` with 10, 100 and 1,000 submissions, and 20 right ones by `nbgrader autograde`, in
one run on the same cores.

    python benchmarks/class_of_a_thousand.py [--sizes 10 100 1000] [--nbgrader 20] [--workers N]

`each further` is the slope from one size to the next: the same everywhere if growth is linear.
Memory is that of the grader and of the sandbox's zygote, when 25, 50, 75 and 100 % are graded: flat
if nothing is kept. The time until a grade is there for the first submission is start-up.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import nbformat
import psutil
from grading_throughput import ASSIGNMENT, MEASURED, NOTEBOOK, nbgrader

from autograder.source.course import Course, find_course
from autograder.source.mistakes import read_mistakes, splice
from autograder.source.notebook import is_solution, read_source

# Of a thousand.
SHARES = {
    "right": 600,
    "a known mistake": 250,
    "untouched": 50,
    "a cell with a syntax error": 40,
    "half of it": 30,
    "not a notebook": 10,
    "a cell that ends the process": 8,
    "a cell that hangs": 2,
    "hostile": 10,
}
HOSTILE = (
    "import os\nwhile True: os.fork()",
    "import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True",
    "kept = []\nwhile True: kept.append(bytearray(1 << 26))",
    "import gc, sys\nfound = [o for o in gc.get_objects() if 'expected' in str(type(o))]",
)


@dataclass(frozen=True)
class Graded:
    """What grading a class took.

    Attributes:
        start: seconds until the first grade.
        wall: seconds for all.
        grader_cpu: CPU seconds of the grader.
        students_cpu: CPU seconds of the submissions' processes.
        memory: MB of grader and zygote, at four moments.
        scores: how often each score was given.
    """

    start: float
    wall: float
    grader_cpu: float
    students_cpu: float
    memory: list[int]
    scores: Counter[float | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--nbgrader", type=int, default=20, help="0 to leave it out")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    course = find_course(Path(__file__).parent)
    print(f"{ASSIGNMENT}/{NOTEBOOK}, {os.cpu_count()} cores, {options.workers} workers\n")
    print(
        f"{'class':>6}{'start-up':>10}{'wall':>10}{'a minute':>10}{'each further':>14}"
        f"{'CPU each: sandbox':>19}{'grader':>9}  memory, MB"
    )
    before: tuple[int, Graded] | None = None
    for size in options.sizes:
        found = graded(course, size, options.workers)
        slope = cpu = ""
        if before:
            more, earlier = size - before[0], before[1]
            slope = f"{(found.wall - earlier.wall) / more:.3f} s"
            cpu = f"{(found.grader_cpu - earlier.grader_cpu) / more:.3f} s"
        memory = ", ".join(map(str, found.memory))
        rate = 60 * size / (found.wall - found.start)
        print(
            f"{size:6}{found.start:8.1f} s{found.wall:8.1f} s{rate:10.0f}{slope:>14}"
            f"{found.students_cpu / size:17.3f} s{cpu:>9}  {memory}",
            flush=True,
        )
        before = size, found
    assert before is not None
    print("\nscores in the largest class:", dict(before[1].scores.most_common(8)))
    if options.nbgrader:
        one, some = nbgrader(course, 1), nbgrader(course, options.nbgrader)
        each = (some - one) / (options.nbgrader - 1)
        ours = (before[1].wall - before[1].start) / before[0]
        print(
            f"nbgrader autograde, {options.nbgrader} right ones: {some:.1f} s, {each:.2f} s each, "
            f"{each / ours:.0f} times ours"
        )


def hand_in(course: Course, folder: Path, size: int) -> None:
    """Write a class in nbgrader's layout; no two files are the same."""
    released = nbformat.read(course.released(ASSIGNMENT, NOTEBOOK), as_version=4)
    source = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    mistakes = cycle(read_mistakes(course, ASSIGNMENT, NOTEBOOK))
    hostile = cycle(HOSTILE)
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    for number in range(size):
        kind = kinds[number * 617 % 1000]  # 617 and 1,000 have no factor in common.
        notebook = nbformat.from_dict(source)
        solutions = [i for i, cell in enumerate(notebook.cells) if is_solution(cell)]
        if kind == "a known mistake":
            notebook = splice(source, next(mistakes))
        elif kind == "untouched":
            notebook = nbformat.from_dict(released)
        elif kind == "a cell with a syntax error":
            notebook.cells[solutions[number % len(solutions)]].source += "\nreturn ("
        elif kind == "half of it":
            blank = {c.metadata.nbgrader.grade_id: c for c in released.cells if is_solution(c)}
            for index in solutions[len(solutions) // 2 :]:
                cell = notebook.cells[index]
                cell.source = blank[cell.metadata.nbgrader.grade_id].source
        elif kind == "a cell that ends the process":
            notebook.cells[solutions[3]].source += "\nimport os; os._exit(1)"
        elif kind == "a cell that hangs":
            notebook.cells[solutions[3]].source += "\nwhile True: pass"
        elif kind == "hostile":
            notebook.cells.insert(2, nbformat.v4.new_code_cell(next(hostile)))
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"Student {number}"))
        target = folder / f"student{number:04}" / ASSIGNMENT
        target.mkdir(parents=True)
        text = nbformat.writes(notebook)
        if kind == "not a notebook":
            text = text[: len(text) // 2]
        (target / f"{NOTEBOOK}.ipynb").write_text(text)


def graded(course: Course, size: int, workers: int) -> Graded:
    """Grade a class with `autograder grade`, watching it."""
    with tempfile.TemporaryDirectory() as folder:
        hand_in(course, Path(folder) / "submitted", size)
        out = Path(folder) / "out"
        command = [
            sys.executable, "-c", MEASURED, "--course", str(course.root), "grade", ASSIGNMENT,
            "--submissions", f"{folder}/submitted", "--out", str(out),
            "--workers", str(workers), "--format", "json",
        ]  # fmt: skip
        with open(f"{folder}/said", "w+") as said:
            started = time.perf_counter()
            running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
            first, memory, marks = 0.0, [], [0.25, 0.5, 0.75, 0.99]
            while running.poll() is None:
                done = len(list(out.glob(f"results/*/{ASSIGNMENT}.json")))
                if done and not first:
                    first = time.perf_counter() - started
                if marks and done >= marks[0] * size:
                    marks.pop(0)
                    memory.append(resident(running.pid))
                time.sleep(0.2)
            wall = time.perf_counter() - started
            said.seek(0)
            text = said.read()
        if running.returncode:
            raise SystemExit(f"grading failed:\n{text[-2000:]}")
        records = [json.loads(path.read_text()) for path in out.glob("results/*/*.json")]
        notebooks = [n for r in records for n in r["notebooks"] if n["name"] == NOTEBOOK]
        return Graded(
            first,
            wall,
            float(text.split()[-1]),
            sum(notebook["cpu_seconds"] for notebook in notebooks),
            memory,
            Counter(record["score"] for record in records),
        )


def resident(pid: int) -> int:
    """MB of memory of the grader and the zygote; submissions come and go."""
    grader = psutil.Process(pid)
    found = [grader]
    for process in grader.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "zygote.py" in " ".join(process.cmdline()):
                found.append(process)
    with contextlib.suppress(psutil.NoSuchProcess):
        return sum(process.memory_info().rss for process in found[:4]) >> 20
    return 0


if __name__ == "__main__":
    main()
