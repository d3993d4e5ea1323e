"""What cases of one's own cost: the same class graded with more and more draws of each check.

Each submission of the class has two known mistakes. What is expected, and what each mistake gives,
is computed for every draw that somebody is asked, so more draws cost more of the grader's time.

    python benchmarks/draws.py [a01_layers/pooling] [--students 30] [--draws 1 4 8]

Prints seconds of CPU time, and the ratio to the first number of draws. Each class is graded in a
process of its own, whose start-up is part of its time.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import nbformat

from autograder._exceptions import CourseError
from autograder.grading import plan
from autograder.grading.grade import grade
from autograder.grading.jobs import Options
from autograder.source.course import Course, find_course
from autograder.source.mistakes import read_variants, splice
from autograder.source.notebook import read_source


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("notebook", nargs="?", default="a01_layers/pooling")
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--draws", type=int, nargs="+", default=[1, plan.DRAWS, 2 * plan.DRAWS])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    assignment, name = options.notebook.split("/")
    if options.one:
        print(json.dumps(cost(assignment, name, options.students, options.draws[0])))
        return
    print(f"{options.notebook}, {options.students} students with two mistakes each\n")
    print(f"{'draws':>5}{'grader':>10}{'submissions':>13}{'sum':>8}{'ratio':>7}")
    first = 0.0
    for draws in options.draws:
        command = [sys.executable, __file__, options.notebook, "--one"]
        command += ["--students", str(options.students), "--draws", str(draws)]
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        grader, submissions = json.loads(ran.stdout.splitlines()[-1])
        both = grader + submissions
        first = first or both
        print(f"{draws:>5}{grader:>8.1f} s{submissions:>11.1f} s{both:>6.1f} s{both / first:>7.2f}")


def cost(assignment: str, name: str, students: int, draws: int) -> tuple[float, float]:
    """CPU time of the grader and of the submissions, in seconds."""
    course = find_course(Path(__file__).parent)
    plan.DRAWS = draws
    with tempfile.TemporaryDirectory(prefix="draws-") as folder:
        submitted = Path(folder) / "submitted"
        hand_in(course, assignment, name, students, submitted)
        alone = replace(course, only=(name,))
        started = time.process_time()
        run = grade(alone, assignment, submitted, Path(folder) / "graded", Options())
        grader = time.process_time() - started
        if run.problems:
            raise SystemExit("\n".join(run.problems))
    return grader, sum(n.cpu_seconds for record in run.records for n in record.notebooks)


def hand_in(course: Course, assignment: str, name: str, students: int, folder: Path) -> None:
    """Write a class whose members have two mistakes each; always the same class."""
    chosen = random.Random(1)
    mistakes = [v for v in read_variants(course, assignment, name) if v.is_mistake]
    for number in range(students):
        notebook = read_source(course.source(assignment, name))
        for mistake in chosen.sample(mistakes, 2):
            try:
                notebook = splice(notebook, mistake)
            except CourseError:
                continue  # It changes the line that the first one has changed.
        path = folder / f"student{number:02}" / assignment / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
