"""`autograder verify`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="verify")
@click.option(
    "--out",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of `grade --out`.",
)
def command(out: Path) -> int:
    """Say whether everything that was made from the grades agrees with them.

    A grade is an entry in history/; results, gradebook.db, feedback and report are made from the
    last entry of each submission. Each that is missing, damaged or made from another grade is
    named, with the command that mends it. Nothing is changed, nothing is run, and no course is
    needed.

    \b
    `autograder grade ...`, as it is told, makes again what can be made without running a
        submission, for all students and assignments;
    with `--student NAME --regrade` it also runs one: for autograded/, a notebook with its outputs;
    history/ itself comes from nothing else: restore it from a copy.

    \b
    Exit codes: 0 everything agrees; 1 something does not (named); 2 wrong usage, or the gradebook
    cannot be read.
    """
    from autograder._exceptions import AutograderError
    from autograder.grading.derived import verify
    from autograder.report import sanitise

    try:
        found, grades = verify(out)
    except OSError as error:
        raise AutograderError(f"{out / 'gradebook.db'}: {error.strerror}.") from error
    for fault in found:
        click.echo(sanitise(f"{fault.path} {fault.reason}. Mend: {fault.remedy}"))
    if found:
        click.echo(f"{len(found)} of what was made from {grades} grades does not agree with them.")
        return 1
    click.echo(f"Everything agrees with the {grades} grades in {out / 'history'}.")
    return 0
