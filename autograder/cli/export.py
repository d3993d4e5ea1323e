"""`autograder export`."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("csv", "github", "gitlab", "gradescope", "json", "junit", "record")


@click.command(name="export")
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("assignment")
@click.option(
    "--format", "output_format", required=True, type=click.Choice(FORMATS), help="See above."
)
@click.option("--student", "students", multiple=True, metavar="NAME", help="Only this student.")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@click.option(
    "--folder",
    metavar="PATH",
    help="Where the notebooks lie in the student's repository, for github and gitlab "
    "(default: ASSIGNMENT).",
)
def command(
    out: Path,
    assignment: str,
    output_format: str,
    students: tuple[str, ...],
    target: Path | None,
    folder: str | None,
) -> int:
    """Write the results of ASSIGNMENT under OUT, the folder of `grade --out`, for another system.

    \b
    csv         a gradebook: a row a student, a column a check; no cell is a formula
    github      annotations; also appends to $GITHUB_STEP_SUMMARY and $GITHUB_OUTPUT
    gitlab      a Code Quality report
    gradescope  results.json of one submission
    json        the class's summary, as `grade --format json` prints it
    junit       JUnit XML: a suite for each notebook, a case for each check
    record      the records, as JSON

    All but csv and json are for students: they hold what the setting `feedback` of the course, the
    assignment and the check lets them see.

    \b
    Exit codes: 0 written; 1 written, and something in it could not be graded, or the history of a
    student is damaged (named); 2 wrong usage, or a record is missing or damaged (nothing is
    written).
    """
    from autograder.exports import WRITERS, code_quality_json, read_records, write_github
    from autograder.records.files import write_atomically
    from autograder.report import display_name, sanitise

    damaged: list[str] = []
    records = read_records(out, assignment, students, damaged.append)
    place = (folder or assignment).strip("/")
    if output_format == "github":
        text = write_github(records, place)
    elif output_format == "gitlab":
        text = code_quality_json(records, place)
    else:
        text = WRITERS[output_format](records)
    if target is None:
        click.echo(text, nl=not text.endswith("\n") and bool(text))
    else:
        write_atomically(target, text)
    for line in damaged:
        click.echo(sanitise(f"damaged: {line}"), err=True)
    ungraded = [record.student for record in records if record.ungraded or record.score is None]
    for student in ungraded:
        click.echo(f"ungraded: {display_name(student)}", err=True)
    return 1 if ungraded or damaged else 0
