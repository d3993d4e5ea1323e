"""What an audit found: one entry a submission, judged, shown and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.table import Table

from autograder.grading.plan import NotebookPlan
from autograder.records.results import NotebookRecord, Verdict
from autograder.source.mistakes import Variant

_SHOWN = 10


@dataclass
class AuditEntry:
    """One submission of the audit and what became of it.

    Attributes:
        assignment: the assignment's name.
        notebook: the notebook's name.
        name: `"solution"`, `"release"`, or the variant's name.
        losses: points lost, by check.
        asked: the checks that were run.
        checks: how many the notebook has.
        seconds: wall time.
        cpu_seconds: CPU time of the submission's processes.
        is_mistake: whether it must lose a check.
        wrong: what is not as it must be, in sentences; empty if all is right.
        recognised: how many of the failed checks carry the expected sentence.
        draw: number of the draw of cases.
    """

    assignment: str
    notebook: str
    name: str
    score: float
    points: float
    losses: dict[str, float]
    asked: tuple[str, ...] = ()
    checks: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    recognised: int = 0
    expected_sentence: bool = False
    is_mistake: bool = False
    wrong: list[str] = field(default_factory=list)
    draw: int = 1

    @property
    def right(self) -> bool:
        return not self.wrong

    @property
    def lost(self) -> tuple[str, ...]:
        """The checks that lose points."""
        return tuple(self.losses)

    def to_value(self) -> dict[str, Any]:
        """The entry as plain data, for a file; without times, so that two audits can be equal."""
        return {
            "assignment": self.assignment,
            "notebook": self.notebook,
            "entry": self.name,
            "draw": self.draw,
            "losses": self.losses,
            "asked": sorted(self.asked),
            "recognised": self.recognised if self.expected_sentence else None,
            "right": self.right,
            "wrong": self.wrong,
        }


def audit_key(draw: int) -> bytes:
    """The key from which an audit draws its cases."""
    return hashlib.sha256(f"audit, draw {draw}".encode()).digest()


def judge(
    assignment: str,
    plan: NotebookPlan,
    name: str,
    variant: Variant | None,
    record: NotebookRecord,
) -> AuditEntry:
    """What the grades of a submission say about the grader.

    Args:
        assignment: the assignment's name.
        plan: what was asked of the submission.
        name: the submission's name.
        variant: the mistake or other answer that it is made of, if it is.
        record: its grades.
    """
    losses = {c.name: round(c.points - (c.score or 0.0), 4) for c in record.checks}
    entry = AuditEntry(
        assignment,
        plan.name,
        name,
        score=sum(c.score or 0.0 for c in record.checks),
        points=plan.points,
        losses={check: lost for check, lost in losses.items() if lost},
        asked=tuple(losses),
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
    lost = entry.lost
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


def _first_finding(record: NotebookRecord, check: str) -> str:
    for found in record.checks:
        if found.name == check and found.findings:
            return f"{found.findings[0].message} {found.findings[0].hint}".strip()
    return "nothing"


def disagreements(found: Iterable[dict[str, Any]], earlier: Iterable[dict[str, Any]]) -> list[str]:
    """Where two audits of the same submissions differ, in sentences.

    Both are lists of what `AuditEntry.to_value` gives. A check that only one of them asked must
    have kept its points there.
    """
    key = ("assignment", "notebook", "entry", "draw")
    before = {tuple(entry[k] for k in key): entry for entry in earlier}
    after = {tuple(entry[k] for k in key): entry for entry in found}
    said = []
    for name in sorted(before.keys() | after.keys()):
        where = f"{name[0]}/{name[1]}/{name[2]}" + (f", draw {name[3]}" if name[3] != 1 else "")
        if name not in before or name not in after:
            said.append(f"{where} is in one of the audits only.")
            continue
        one, two = before[name], after[name]
        for part in ("losses", "recognised", "right"):
            if one[part] != two[part]:
                said.append(f"{where}: {part} {one[part]} before, {two[part]} now.")
    return said


def audit_table(title: str, entries: Sequence[AuditEntry]) -> Table:
    """The audit as a table."""
    table = Table(title=f"Audit of {title}", title_justify="left")
    columns = (
        "notebook",
        "submission",
        "asked",
        "score",
        "loses",
        "named",
        "verdict on the grader",
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    for entry in entries:
        named = f"{entry.recognised} of {len(entry.lost)}" if entry.expected_sentence else ""
        table.add_row(
            entry.notebook,
            entry.name,
            f"{len(entry.asked)} of {entry.checks}",
            f"{entry.score:g} of {entry.points:g}",
            "all" if entry.name == "release" else ", ".join(entry.lost),
            named,
            "[green]right[/green]" if entry.right else f"[red]{'; '.join(entry.wrong)}[/red]",
        )
    mistakes = [entry for entry in entries if entry.is_mistake]
    sentences = [entry for entry in mistakes if entry.expected_sentence]
    recognised = sum(entry.recognised == len(entry.lost) for entry in sentences)
    asked, checks = sum(len(e.asked) for e in entries), sum(e.checks for e in entries)
    table.caption = (
        f"{sum(e.right for e in entries)} of {len(entries)} as they must be; "
        f"{len(mistakes)} mistakes, {recognised} of {len(sentences)} recognised by their cause; "
        f"{asked} of {checks} checks asked, the others out of reach"
    )
    return table


def slowest_table(entries: Sequence[AuditEntry]) -> Table:
    """The entries that took longest."""
    table = Table(title="The slowest entries", title_justify="left")
    for column in ("entry", "asked", "wall", "CPU"):
        table.add_column(column, overflow="fold")
    for entry in sorted(entries, key=lambda e: -e.seconds)[:_SHOWN]:
        table.add_row(
            f"{entry.assignment}/{entry.notebook}/{entry.name}",
            f"{len(entry.asked)} of {entry.checks}",
            f"{entry.seconds:.1f} s",
            f"{entry.cpu_seconds:.1f} s",
        )
    total = sum(entry.cpu_seconds for entry in entries)
    table.caption = f"{len(entries)} submissions took {total:.0f} s of CPU time"
    return table
