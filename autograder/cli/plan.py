"""`autograder plan`."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.source.course import ISOLATIONS


@click.command(name="plan")
@click.argument("assignments", nargs=-1, required=True)
@click.option(
    "--submissions",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder of <student>/<assignment>/<notebook>.ipynb; or as Moodle or Canvas unpack it.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where results, gradebook, feedback and report go, and the plan.",
)
@click.option("--shards", type=click.IntRange(min=1), help="So many shards.")
@click.option(
    "--seconds-per-shard",
    type=click.FloatRange(min=1),
    default=900,
    show_default=True,
    help="Processor time of a shard, if their number is not given; as the class took before.",
)
@click.option("--student", "students", multiple=True, metavar="NAME", help="Only this student.")
@click.option(
    "--round",
    "round_number",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Each round has cases of its own; within one a submission is always asked the same.",
)
@click.option(
    "--isolation",
    type=click.Choice(ISOLATIONS),
    default="namespaces",
    show_default=True,
    help="How submissions are kept apart. Anything but namespaces trusts what is around it.",
)
@click.option("--regrade", is_flag=True, help="Grade again what has not changed.")
@click.option("--figures", is_flag=True, help="Run also the cells that only draw. Slower.")
@click.pass_obj
def command(
    course_folder: Path | None,
    assignments: tuple[str, ...],
    submissions: Path,
    out: Path,
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
    from autograder.grading.shards import make_work_plan
    from autograder.report import sanitise
    from autograder.source.course import find_course

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
    unused = [one for planned in plan.assignments.values() for one in planned.unused]
    for one in unused:
        click.echo(sanitise(f"not used: {one.path}: {one.reason}"), err=True)
    for name, planned in plan.assignments.items():
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
    is_all = not any(planned.problems for planned in plan.assignments.values())
    return 0 if is_all and not any(one.may_be_work for one in unused) else 1
