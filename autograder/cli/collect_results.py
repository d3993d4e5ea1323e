"""`autograder collect-results`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(name="collect-results")
@click.argument("plan_path", metavar="PLAN", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="What is printed at the end.",
)
@click.pass_obj
def command(course_folder: Path | None, plan_path: Path, output_format: str) -> int:
    """Make grades of what the shards of PLAN have graded so far.

    The first whole record of each submission counts. Where two attempts graded the same files, they
    must agree; if not, that is named as a fault of the grader. Only this command writes history,
    gradebook, feedback and report, as `autograder grade` does. It may run while shards run, and
    again.

    \b
    Exit codes: 0 all of the plan is graded; 1 something is missing, could not be graded, or may be
    work that was not used (named); 2 wrong usage.
    """
    from autograder.cli._progress import Progress
    from autograder.grading.collect import collect_results
    from autograder.grading.work_plan import read_plan
    from autograder.report import sanitise, summary_json, summary_table
    from autograder.source.course import find_course

    folder, plan = read_plan(plan_path)
    with Progress("collecting", "records") as progress:
        found = collect_results(
            find_course(course_folder),
            folder,
            plan,
            on_start=progress.start,
            on_graded=progress.graded,
        )
    if output_format == "json":
        click.echo(summary_json(found.records))
    else:
        from rich.console import Console

        Console(file=sys.stdout).print(summary_table(found.records))
        click.echo(
            f"{found.published} grades are new. Report: {plan.out / 'report' / 'index.html'}"
        )
    for unused in found.unused:
        click.echo(sanitise(f"not used: {unused.path}: {unused.reason}"), err=True)
    for note in found.notes:
        click.echo(sanitise(f"damaged: {note}"), err=True)
    shards = sorted({shard for shard, _, _ in found.missing})
    if shards:
        told = ", ".join(map(str, shards))
        click.echo(f"not graded yet: {len(found.missing)} of shards {told}", err=True)
    for who in found.overtaken:
        click.echo(sanitise(f"graded by another run since, which stands: {who}"), err=True)
    for said in found.disagreements:
        click.echo(sanitise(f"differs: {said}"), err=True)
    for problem in found.problems:
        click.echo(sanitise(f"ungraded: {problem}"), err=True)
    return 1 if found.needs_a_look else 0
