"""`autograder history`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command(name="history")
@click.argument("student")
@click.argument("assignment")
@click.option(
    "--out",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of `grade --out`.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="What is printed; json holds the whole records.",
)
def command(student: str, assignment: str, out: Path, output_format: str) -> int:
    """Show every grade that STUDENT was given for ASSIGNMENT: when, why, and by which grader.

    The last one counts. Grades are added, never changed.

    \b
    Exit codes: 0 shown; 1 shown, but for an entry that cannot be read (named); 2 there is none.
    """
    from autograder._exceptions import AutograderError
    from autograder.records.history import read_history

    found = read_history(out, student, assignment)
    entries = found.entries
    for damaged in found.damaged:
        click.echo(f"damaged: {damaged}", err=True)
    if not entries and not found.damaged:
        known = sorted(path.parent.name for path in (out / "history").glob(f"*/{assignment}"))
        raise AutograderError(
            f"{out} has no grade of {assignment} for {student!r}. It has some for: "
            f"{', '.join(known) or 'nobody'}."
        )
    if output_format == "json":
        click.echo(json.dumps([entry.model_dump(mode="json") for entry in entries], indent=1))
        return 1 if found.damaged else 0
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from autograder.report import sanitise

    table = Table(title=escape(sanitise(f"{student}, {assignment}")), title_justify="left")
    for title in ("grade", "UTC", "round", "score", "reason", "grader", "checks"):
        table.add_column(title)
    for entry in entries:
        record = entry.record
        score = "ungraded" if record.score is None else f"{record.score:g}"
        some = len(record.ungraded)
        table.add_row(
            str(entry.number),
            entry.graded_at.replace("T", " ").removesuffix("+00:00"),
            str(record.round),
            f"{score} of {record.max_score:g}"
            + (f", {some} ungraded" if some and record.score is not None else ""),
            entry.reason,
            entry.grader_version,
            record.grader_digest,
        )
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120).print(table)
    return 1 if found.damaged else 0
