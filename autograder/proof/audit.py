"""The grader, graded: solutions, releases, other answers and mistakes, submitted as by students."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue

import nbformat
from nbformat import NotebookNode

from autograder.grading.grader import Grader, open_grader
from autograder.grading.plan import NotebookPlan
from autograder.grading.workplace import Workplace
from autograder.proof.entries import AuditEntry, audit_key, judge
from autograder.proof.reach import reach_of, trimmed
from autograder.source.course import Course
from autograder.source.mistakes import Variant, read_variants, splice
from autograder.source.notebook import read_source


def audit(
    course: Course,
    assignments: Sequence[str],
    *,
    workers: int | None = None,
    isolation: str = "namespaces",
    only: str = "",
    draws: Sequence[int] = (1,),
    everything: bool = False,
    on_start: Callable[[int], None] = lambda total: None,
    on_entry: Callable[[AuditEntry], None] = lambda entry: None,
) -> list[AuditEntry]:
    """Submit solutions, releases, other answers and mistakes; judge the grades.

    All assignments share one sandbox; the plan of the next one is made while the submissions of the
    one before run. Beside all but the release lie the notebook's `files/`; a folder of the
    variant's name there comes first.

    Args:
        course: the course.
        assignments: what to audit.
        workers: submissions side by side; twice as many as there are cores by default, since a
            submission waits while it is judged, and of networks that takes as long as to run them.
        isolation: how the sandbox is isolated.
        only: part of an entry's name, `notebook/variant`.
        draws: numbers of draws of cases. The same number draws the same cases, so what the audit
            finds can be seen again; another number tells whether a mistake is caught by chance.
        everything: run every check and cell for a mistake, even what its change cannot reach.
        on_start: told how many entries there are.
        on_entry: told of each as soon as it is judged.
    """
    submissions = {
        assignment: [
            found
            for notebook in course.notebooks(assignment)
            for found in _submissions(course, assignment, notebook)
            if only in f"{found.notebook}/{found.name}"
        ]
        for assignment in assignments
    }
    total = len(draws) * sum(map(len, submissions.values()))
    on_start(total)
    if not total:
        return []
    finished: SimpleQueue[Future[AuditEntry]] = SimpleQueue()
    entries = []
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="audit-")))
        workplace = opened.enter_context(Workplace(course, assignments, isolation))
        pool = opened.enter_context(ThreadPoolExecutor(workers or 2 * (os.cpu_count() or 1)))
        planner = opened.enter_context(ThreadPoolExecutor(1))

        def plan(assignment: str, draw: int) -> None:
            grader = opened.enter_context(
                open_grader(course, assignment, key=audit_key(draw), workplace=workplace)
            )
            place = folder / assignment / str(draw)
            for task in _tasks(grader, submissions[assignment], place, draw, everything):
                pool.submit(task.run).add_done_callback(finished.put)

        def plan_all() -> None:
            for assignment, draw in itertools.product(assignments, draws):
                if submissions[assignment]:
                    plan(assignment, draw)

        planning = planner.submit(plan_all)
        planning.add_done_callback(lambda done: finished.put(done) if done.exception() else None)  # type: ignore[arg-type]
        try:
            for _ in range(total):
                entry = finished.get().result()
                entries.append(entry)
                on_entry(entry)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            workplace.close()
            raise
    return sorted(entries, key=lambda e: (e.assignment, e.draw, e.notebook, e.name))


@dataclass(frozen=True)
class _Submission:
    """What is handed in: the solution, the release (without a notebook) or a variant."""

    notebook: str
    name: str
    solution: NotebookNode
    cells: NotebookNode | None
    variant: Variant | None = None


def _submissions(course: Course, assignment: str, notebook: str) -> Iterator[_Submission]:
    solution = read_source(course.source(assignment, notebook))
    yield _Submission(notebook, "solution", solution, solution)
    yield _Submission(notebook, "release", solution, None)
    for variant in read_variants(course, assignment, notebook):
        cells = splice(solution, variant)
        yield _Submission(notebook, variant.name, solution, cells, variant)


def _tasks(
    grader: Grader, submissions: Sequence[_Submission], folder: Path, draw: int, everything: bool
) -> list[_Task]:
    """What to run for each submission, that which trains first: nothing long is left at the end."""
    plans = {plan.name: plan for plan in grader.plan.notebooks}
    tasks = []
    for number, found in enumerate(submissions):
        whole = plans[found.notebook]
        asked, cells = whole, found.cells or whole.release
        if found.variant is not None:
            asked = _asked_of(whole, found.variant)
            if not everything:
                asked, cells = _within_reach(asked, found.solution, cells, found.variant)
        path = folder / str(number) / f"{found.notebook}.ipynb"
        tasks.append(_Task(grader, found, asked, cells, path, len(whole.checks), draw))
    return sorted(tasks, key=lambda task: (not task.plan.trains, -len(task.plan.checks)))


@dataclass(frozen=True)
class _Task:
    grader: Grader
    submission: _Submission
    plan: NotebookPlan
    cells: NotebookNode
    path: Path
    checks: int
    draw: int

    def run(self) -> AuditEntry:
        """Hand it in and judge the grades."""
        started = time.monotonic()
        found, assignment = self.submission, self.grader.assignment
        self.path.parent.mkdir(parents=True)
        nbformat.write(self.cells, self.path)
        if found.name != "release":
            beside = self.grader.course.files(assignment, found.notebook, found.name)
            for file in beside.values():
                shutil.copy(file, self.path.parent)
        figures = found.name == "solution"  # Once, everything is run.
        # What a mistake takes with it is what it `fails`; a second look would give that back.
        second_look = found.name == "release"
        graded = self.grader.grade_notebook(self.plan, self.path, figures, second_look)
        entry = judge(assignment, self.plan, found.name, found.variant, graded.record)
        if found.name == "solution":
            entry.wrong += _errors(graded.executed)
        entry.checks, entry.draw = self.checks, self.draw
        entry.seconds = time.monotonic() - started
        entry.cpu_seconds = graded.record.cpu_seconds
        shutil.rmtree(self.path.parent)
        return entry


def _asked_of(plan: NotebookPlan, variant: Variant) -> NotebookPlan:
    """The checks that a submission must win or lose.

    What a network with a mistake elsewhere reaches after training is nobody's promise, so a wrong
    variant is not trained unless it names the check.
    """
    if not variant.is_mistake:
        return plan
    asked = {n: c for n, c in plan.checks.items() if n in variant.fails or not c.judges_training}
    return replace(plan, checks=asked)


def _within_reach(
    plan: NotebookPlan, solution: NotebookNode, cells: NotebookNode, variant: Variant
) -> tuple[NotebookPlan, NotebookNode]:
    """The part of a plan, and of a submission, that its change can reach."""
    reach = reach_of(solution, cells, plan.checks.keys(), variant.fails)
    checks = {name: check for name, check in plan.checks.items() if name in reach.checks}
    release = trimmed(plan.release, reach)
    return replace(plan, checks=checks, release=release), trimmed(cells, reach)


def _errors(executed: NotebookNode | None) -> list[str]:
    """What stopped cells of the solved notebook."""
    return [
        f"a cell stops with {output.ename}: {output.evalue}"
        for cell in (executed.cells if executed else ())
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]
