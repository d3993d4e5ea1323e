"""`autograder demo`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click


@click.command(name="demo")
@click.option(
    "--out",
    default=Path("demo"),
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the class, its grades and the report go.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Submissions graded side by side.")
@click.pass_obj
def command(course_folder: Path | None, out: Path, workers: int | None) -> int:
    """Grade a small class: right, wrong, untouched, broken and hostile notebooks.

    Makes the submissions, grades them in the sandbox, prints the table, and leaves the report and
    each student's feedback as HTML. The notebook, and the mistakes in it, are those that [demo] in
    course.toml names; by default the first one, and some of its own.
    """
    from rich.console import Console

    from autograder.cli._progress import Progress
    from autograder.grading.grade import grade
    from autograder.grading.jobs import Options
    from autograder.proof.demo import make_class
    from autograder.report import summary_table
    from autograder.source.course import find_course

    course = find_course(course_folder)
    console = Console()
    made = make_class(course, out / "submitted")
    course = replace(course, only=(made.notebook,))
    console.print(
        f"A class of {len(made.students)} hands in [b]{made.assignment}/{made.notebook}[/b]:"
    )
    for student, story in made.students.items():
        console.print(f"  {student:8} {story}", highlight=False)
    with Progress() as progress:
        run = grade(
            course,
            made.assignment,
            out / "submitted",
            out,
            Options(
                regrade=True,
                workers=workers,
                # Short, so that the endless loop does not make you wait.
                limits=replace(course.limits, cell_seconds=10, check_seconds=10),
            ),
            on_start=progress.start,
            on_graded=progress.graded,
        )
    console.print(summary_table(run.records))
    report = (out / "report" / "index.html").resolve()
    console.print(f"Class report:   {report}", highlight=False, soft_wrap=True)
    feedback = (out / "feedback").resolve()
    console.print(f"Their feedback: {feedback}", highlight=False, soft_wrap=True)
    return 1 if run.problems else 0
