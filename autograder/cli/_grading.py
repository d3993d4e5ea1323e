"""What `grade` and `plan` are both told, and what they both say of a folder of submissions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.source.course import ISOLATIONS

if TYPE_CHECKING:
    from autograder.submission.inbox import Unused

_SHOWN = 10

submissions_option = click.option(
    "--submissions",
    type=click.Path(path_type=Path),
    help="Folder of <student>/<assignment>/<notebook>.ipynb; or as Moodle or Canvas unpack it.",
)
out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where results, gradebook, feedback and report go.",
)
student_option = click.option(
    "--student", "students", multiple=True, metavar="NAME", help="Only this student."
)
round_option = click.option(
    "--round",
    "round_number",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Each round has cases of its own; within one a submission is always asked the same.",
)
isolation_option = click.option(
    "--isolation",
    type=click.Choice(ISOLATIONS),
    default="namespaces",
    show_default=True,
    help="How submissions are kept apart. Anything but namespaces trusts what is around it.",
)
regrade_option = click.option("--regrade", is_flag=True, help="Grade again what has not changed.")
figures_option = click.option(
    "--figures",
    is_flag=True,
    help="Run also the cells that only draw, for autograded notebooks with pictures. Slower.",
)


def say_what_was_found(
    notes: Mapping[str, str], unused: Iterable[Unused], absent: Sequence[str]
) -> None:
    """Name, on standard error, what was taken from elsewhere, what was not used, who is absent."""
    from autograder.report import sanitise

    for student, note in notes.items():
        click.echo(sanitise(f"taken: {student}: {note}"), err=True)
    for one in unused:
        click.echo(sanitise(f"not used: {one.path}: {one.reason}"), err=True)
    if absent:
        shown = ", ".join(absent[:_SHOWN]) + (" ..." if len(absent) > _SHOWN else "")
        click.echo(f"nothing handed in by {len(absent)}: {shown}", err=True)
