"""`autograder plan`."""

from __future__ import annotations

from pathlib import Path

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


@click.command(name="plan")
@click.argument("assignments", nargs=-1, required=True)
@submissions_option
@out_option
@click.option("--shards", type=click.IntRange(min=1), help="So many shards.")
@click.option(
    "--seconds-per-shard",
    type=click.FloatRange(min=1),
    default=900,
    show_default=True,
    help="Processor time of a shard, if their number is not given; as the class took before.",
)
@student_option
@round_option
@isolation_option
@regrade_option
@figures_option
@click.pass_obj
def command(
    course_folder: Path | None,
    assignments: tuple[str, ...],
    submissions: Path | None,
    out: Path | None,
    shards: int | None,
    seconds_per_shard: float,
    students: tuple[str, ...],
    round_number: int,
    isolation: str,
    regrade: bool,
    figures: bool,
) -> int:
    """Divide a class among machines: write a plan of what is to be graded, in shards.

    What is new or changed of ASSIGNMENTS is planned; nothing is run. What trains networks is in
    shards of its own, for machines with a GPU. Then

    \b
      autograder grade --plan OUT/plans/0001 --shard 0    on any machine that sees these folders;
                                                          also several times, also at once
      autograder watch OUT/plans/0001                     how far they are
      autograder collect-results OUT/plans/0001           grades, gradebook, feedback, report;
                                                          also while shards run, and again

    The plan's folder holds the round's secret: it is for its owner alone.

    \b
    Exit codes: 0 written, or nothing to do; 1 written, and something was not used (named);
    2 wrong usage.
    """
    from autograder.grading.jobs import Options
    from autograder.grading.work_plan import make_work_plan
    from autograder.report import sanitise
    from autograder.source.course import find_course

    if submissions is None or out is None:
        raise click.UsageError("--submissions and --out are needed.")
    folder, plan = make_work_plan(
        find_course(course_folder),
        assignments,
        submissions,
        out,
        Options(round_number=round_number, isolation=isolation, figures=figures, regrade=regrade),
        shards=shards,
        seconds_per_shard=seconds_per_shard,
        students=students,
    )
    for name, planned in plan.assignments.items():
        say_what_was_found(planned.notes, planned.unused, planned.absent)
        for student, reason in planned.problems.items():
            click.echo(sanitise(f"not planned: {student}, {name}: {reason}"), err=True)
        if planned.standing:
            click.echo(f"{name}: {planned.standing} unchanged; --regrade plans them again.")
    for shard in plan.shards:
        kind = "trains" if shard.trains else "no training"
        click.echo(
            f"shard {shard.number}: {len(shard.jobs)} submissions, about {shard.seconds:.0f} s of "
            f"processor time, {kind}"
        )
    click.echo(f"Plan: {folder}")
    needs_a_look = any(
        planned.problems or any(one.may_be_work for one in planned.unused)
        for planned in plan.assignments.values()
    )
    return 1 if needs_a_look else 0
