"""`autograder audit`."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.course import ISOLATIONS

if TYPE_CHECKING:
    from autograder.audit import AuditEntry


@click.command(name="audit")
@click.argument("assignments", nargs=-1, required=True, metavar="ASSIGNMENT...")
@click.option("--workers", type=click.IntRange(min=1), help="Submissions graded side by side.")
@click.option("--isolation", type=click.Choice(ISOLATIONS), default="namespaces", show_default=True)
@click.option("--only", metavar="TEXT", help="Only entries whose name contains TEXT.")
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Repeat with so many draws of cases: is a mistake caught every time?",
)
@click.pass_obj
def command(
    course_folder: Path | None,
    assignments: tuple[str, ...],
    workers: int | None,
    isolation: str,
    only: str | None,
    draws: int,
) -> int:
    """Prove that the grader of each ASSIGNMENT is right, in the sandbox that grades students.

    The solution and every ok_* variant must earn full marks, the untouched release nothing, and
    every bad_* variant must lose exactly the checks that it names, with the diagnosis that it
    names. Exit 1 otherwise.

    Students are graded on cases drawn from a secret; the audit draws its cases from a number, so
    that a red audit is red again.
    """
    from rich.console import Console

    from autograder.audit import audit, audit_table
    from autograder.course import find_course

    course = find_course(course_folder)
    failed = 0
    for assignment, draw in itertools.product(assignments, range(1, draws + 1)):
        entries = audit(
            course,
            assignment,
            workers=workers,
            isolation=isolation,
            only=only or "",
            draw=draw,
            on_entry=_tell,
        )
        Console(file=sys.stdout, width=None if sys.stdout.isatty() else 140).print(
            audit_table(assignment if draws == 1 else f"{assignment}, draw {draw}", entries)
        )
        failed += sum(not entry.right for entry in entries)
    click.echo(f"{failed} of the audit's entries are wrong." if failed else "The audit is green.")
    return 1 if failed else 0


def _tell(entry: AuditEntry) -> None:
    right = "ok  " if entry.right else "FAIL"
    print(f"{right} {entry.notebook}/{entry.name}", file=sys.stderr, flush=True)
    for reason in entry.wrong:
        print(f"     {reason}", file=sys.stderr, flush=True)
