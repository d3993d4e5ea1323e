"""`autograder grade`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli._grading import (
    figures_option,
    isolation_option,
    out_option,
    regrade_option,
    round_option,
    say_what_was_found,
    student_option,
    submissions_option,
)
from autograder.grading.device import DEVICES

if TYPE_CHECKING:
    from autograder.source.course import Course


@click.command(name="grade")
@click.argument("assignment", required=False)
@submissions_option
@out_option
@student_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Submissions graded side by side (default: one for each core).",
)
@round_option
@isolation_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="What is printed at the end.",
)
@regrade_option
@figures_option
@click.option(
    "--device",
    type=click.Choice(DEVICES),
    default="auto",
    show_default=True,
    help="Where notebooks that train are run: a GPU if there is one, the processor, or a GPU only.",
)
@click.option(
    "--slots",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Trainings side by side on each GPU; each has its share of the memory.",
)
@click.option(
    "--plan",
    "plan_path",
    type=click.Path(exists=True, path_type=Path),
    help="Grade a shard of this plan, which `autograder plan` made, in place of a whole class.",
)
@click.option(
    "--shard",
    type=click.IntRange(min=0),
    envvar=["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"],
    help="Which one (default: $SLURM_ARRAY_TASK_ID or $JOB_COMPLETION_INDEX).",
)
@click.pass_context
def command(
    context: click.Context,
    assignment: str | None,
    submissions: Path | None,
    out: Path | None,
    students: tuple[str, ...],
    workers: int | None,
    round_number: int,
    isolation: str,
    output_format: str,
    regrade: bool,
    figures: bool,
    device: str,
    slots: int,
    plan_path: Path | None,
    shard: int | None,
) -> int:
    """Grade the submissions of ASSIGNMENT, each in a sandbox of its own.

    Writes under --out: results/<student>/<assignment>.json, gradebook.db (nbgrader's),
    autograded/ and feedback/ for each student, and report/index.html. Only what is new or changed
    is graded; what is missing or damaged of what was written before is made again from history/.
    How much of the cases students are shown says `feedback` in course.toml.

    With --plan, no ASSIGNMENT is named: one shard of a class is graded, on any machine, into the
    plan's folder. What has a whole record there is left out. `autograder collect-results` makes
    grades of it.

    \b
    Exit codes: 0 all graded; 1 something could not be graded or may be work that was not used
    (named); 2 wrong usage, or this machine cannot isolate submissions.
    """
    from autograder.cli._progress import Progress
    from autograder.grading.device import choose_lane
    from autograder.grading.grade import grade
    from autograder.grading.jobs import Options
    from autograder.report import sanitise, summary_json, summary_table
    from autograder.source.course import find_course

    course = find_course(context.obj)
    if plan_path is not None:
        return _grade_shard(context, course, plan_path, shard, workers, device, slots)
    if assignment is None or submissions is None or out is None:
        raise click.UsageError(
            "ASSIGNMENT, --submissions and --out are needed; or --plan, for a shard of a class."
        )
    with Progress() as progress:
        run = grade(
            course,
            assignment,
            submissions,
            out,
            Options(
                round_number=round_number,
                isolation=isolation,
                figures=figures,
                regrade=regrade,
                workers=workers,
                lane=choose_lane(device, slots),
            ),
            students=students,
            on_start=progress.start,
            on_graded=progress.graded,
        )
    if output_format == "json":
        click.echo(summary_json(run.records))
    else:
        from rich.console import Console

        Console(file=sys.stdout).print(summary_table(run.records))
        kept = len(run.records) - len(run.graded)
        if kept:
            click.echo(f"{kept} unchanged since the last run; --regrade grades them again.")
        click.echo(f"Report: {out / 'report' / 'index.html'}")
    say_what_was_found(run.inbox.notes, run.inbox.unused, run.inbox.absent)
    for note in run.notes:
        click.echo(sanitise(f"damaged: {note}"), err=True)
    for problem in run.problems:
        click.echo(sanitise(f"ungraded: {problem}"), err=True)
    return 1 if run.needs_a_look else 0


_OF_A_PLAN = ("workers", "device", "slots", "plan_path", "shard")


def _grade_shard(
    context: click.Context,
    course: Course,
    plan_path: Path,
    shard: int | None,
    workers: int | None,
    device: str,
    slots: int,
) -> int:
    from autograder.cli._progress import Progress
    from autograder.grading.device import choose_lane
    from autograder.grading.shards import grade_shard
    from autograder.grading.work_plan import read_plan
    from autograder.report import sanitise

    given = {
        name
        for name in context.params
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    }
    if fixed := sorted(given - set(_OF_A_PLAN)):
        raise click.UsageError(f"The plan says this already, leave it out: {', '.join(fixed)}.")
    if shard is None:
        raise click.UsageError(
            "Which shard? Name it with --shard, or run it as a task of a Slurm array or of a "
            "Kubernetes Indexed Job."
        )
    folder, plan = read_plan(plan_path)
    with Progress() as progress:
        run = grade_shard(
            course,
            folder,
            plan,
            shard,
            workers=workers,
            lane=choose_lane(device, slots),
            on_start=progress.start,
            on_graded=progress.graded,
        )
    for problem in run.problems:
        click.echo(sanitise(f"ungraded: {problem}"), err=True)
    click.echo(f"shard {shard}: {len(run.records)} graded, {run.skipped} were graded before")
    return 1 if run.needs_another_run else 0
