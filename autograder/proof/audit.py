"""The grader, graded: solutions, releases, other answers and mistakes, submitted as by students."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich.table import Table

from autograder.grading.grader import Grader
from autograder.grading.plan import NotebookPlan
from autograder.records.results import NotebookRecord, Verdict
from autograder.source.course import Course
from autograder.source.mistakes import Variant, read_variants, splice
from autograder.source.notebook import read_source


@dataclass
class AuditEntry:
    """One submission of the audit and what became of it.

    Attributes:
        notebook: the notebook's name.
        name: `"solution"`, `"release"`, or the variant's name.
        is_mistake: whether it must lose a check.
        wrong: what is not as it must be, in sentences; empty if all is right.
        recognised: how many of the failed checks carry the expected sentence.
    """

    notebook: str
    name: str
    score: float
    points: float
    seconds: float
    lost: tuple[str, ...]
    recognised: int = 0
    expected_sentence: bool = False
    is_mistake: bool = False
    wrong: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not self.wrong


def audit(
    course: Course,
    assignment: str,
    *,
    workers: int | None = None,
    isolation: str = "namespaces",
    only: str = "",
    draw: int = 1,
    on_entry: Callable[[AuditEntry], None] = lambda entry: None,
) -> list[AuditEntry]:
    """Submit an assignment's solution, release, other answers and mistakes; judge the grades.

    Beside all but the release lie the notebook's `files/`; a folder of the variant's name there
    comes first.

    Args:
        only: part of an entry's name, `notebook/variant`.
        draw: number of the draw of cases. The same number draws the same cases, so what the audit
            finds can be seen again; another number tells whether a mistake is caught by chance.
    """
    workers = workers or os.cpu_count() or 1
    entries: list[AuditEntry] = []
    with (
        tempfile.TemporaryDirectory(prefix="audit-") as folder,
        Grader(course, assignment, key=audit_key(draw), isolation=isolation) as grader,
        ThreadPoolExecutor(max_workers=workers) as pool,
    ):
        futures = {}
        for plan in grader.plan.notebooks:
            for name, notebook, variant in _submissions(course, assignment, plan):
                if only not in f"{plan.name}/{name}":
                    continue
                path = Path(folder) / plan.name / name / f"{plan.name}.ipynb"
                path.parent.mkdir(parents=True)
                nbformat.write(notebook, path)
                if name != "release":
                    for file in course.files(assignment, plan.name, name).values():
                        shutil.copy(file, path.parent)
                figures = name == "solution"  # Once, everything is run.
                asked = _asked_of(plan, variant)
                future = pool.submit(grader.grade_notebook, asked, path, figures)
                futures[future] = (asked, name, variant)
        for future in as_completed(futures):
            plan, name, variant = futures[future]
            graded = future.result()
            entry = _judge(plan, name, variant, graded.record)
            if name == "solution":
                entry.wrong += _errors(graded.executed)
            entries.append(entry)
            on_entry(entry)
    return sorted(entries, key=lambda entry: (entry.notebook, entry.name))


def audit_key(draw: int) -> bytes:
    """The key from which an audit draws its cases."""
    return hashlib.sha256(f"audit, draw {draw}".encode()).digest()


def _submissions(
    course: Course, assignment: str, plan: NotebookPlan
) -> list[tuple[str, NotebookNode, Variant | None]]:
    source = read_source(course.source(assignment, plan.name))
    submissions: list[tuple[str, NotebookNode, Variant | None]] = [
        ("solution", source, None),
        ("release", plan.release, None),
    ]
    variants = read_variants(course, assignment, plan.name)
    return submissions + [(found.name, splice(source, found), found) for found in variants]


def _asked_of(plan: NotebookPlan, variant: Variant | None) -> NotebookPlan:
    """The checks that a submission must win or lose.

    What a network with a mistake elsewhere reaches after training is nobody's promise, so a wrong
    variant is not trained unless it names the check.
    """
    if variant is None or not variant.is_mistake:
        return plan
    asked = {n: c for n, c in plan.checks.items() if n in variant.fails or not c.trains}
    return replace(plan, checks=asked)


def _judge(
    plan: NotebookPlan, name: str, variant: Variant | None, record: NotebookRecord
) -> AuditEntry:
    lost = tuple(c.name for c in record.checks if c.score is None or c.score < c.points)
    entry = AuditEntry(
        plan.name,
        name,
        score=sum(c.score or 0.0 for c in record.checks),
        points=plan.points,
        seconds=sum(c.seconds for c in record.checks),
        lost=lost,
        is_mistake=variant is not None and variant.is_mistake,
    )
    for check in record.checks:
        if check.verdict is Verdict.UNGRADED:
            entry.wrong.append(f"{check.name} could not be graded: {record.problem}")
    if name == "release":
        if entry.score:
            earned = [c.name for c in record.checks if c.score]
            entry.wrong.append(f"the untouched release earns points: {', '.join(earned)}")
        return entry
    expected = variant.fails if variant is not None else ()
    for lone in sorted(set(lost) - set(expected)):
        entry.wrong.append(f"{lone} loses points: {_first_finding(record, lone)}")
    for kept in sorted(set(expected) - set(lost)):
        known = any(kept == c.name for c in record.checks)
        entry.wrong.append(f"{kept} keeps its points" if known else f"no check is called {kept}")
    if variant is not None and variant.is_mistake and variant.hint:
        entry.expected_sentence = True
        wanted = " ".join(variant.hint.split())
        for check in record.checks:
            if check.name not in lost or check.name not in expected:
                continue
            if any(" ".join(f.hint.split()) == wanted for f in check.findings):
                entry.recognised += 1
            elif check.name == expected[0]:
                # What builds on it may fail in its own way; the check itself must name the cause.
                found = _first_finding(record, check.name)
                entry.wrong.append(f"{check.name} lacks the diagnosis; it says: {found}")
    return entry


def _errors(executed: NotebookNode | None) -> list[str]:
    """What stopped cells of the solved notebook."""
    return [
        f"a cell stops with {output.ename}: {output.evalue}"
        for cell in (executed.cells if executed else ())
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]


def _first_finding(record: NotebookRecord, check: str) -> str:
    for found in record.checks:
        if found.name == check and found.findings:
            return f"{found.findings[0].message} {found.findings[0].hint}".strip()
    return "nothing"


def audit_table(assignment: str, entries: list[AuditEntry]) -> Table:
    """The audit as a table."""
    table = Table(title=f"Audit of {assignment}", title_justify="left")
    for title in ("notebook", "submission", "score", "loses", "named", "verdict on the grader"):
        table.add_column(title, overflow="fold")
    for entry in entries:
        named = f"{entry.recognised} of {len(entry.lost)}" if entry.expected_sentence else ""
        table.add_row(
            entry.notebook,
            entry.name,
            f"{entry.score:g} of {entry.points:g}",
            "all" if entry.name == "release" else ", ".join(entry.lost),
            named,
            "[green]right[/green]" if entry.right else f"[red]{'; '.join(entry.wrong)}[/red]",
        )
    bad = [entry for entry in entries if entry.is_mistake]
    sentences = [entry for entry in bad if entry.expected_sentence]
    recognised = sum(entry.recognised == len(entry.lost) for entry in sentences)
    table.caption = (
        f"{sum(e.right for e in entries)} of {len(entries)} as they must be; "
        f"{len(bad)} mistakes, {recognised} of {len(sentences)} recognised by their cause"
    )
    return table
