"""`autograder rescore`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="rescore")
@click.argument("assignment")
@click.option(
    "--out",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of `grade --out`.",
)
@click.option("--student", "students", multiple=True, metavar="NAME", help="Only this student.")
@click.pass_obj
def command(
    course_folder: Path | None, assignment: str, out: Path, students: tuple[str, ...]
) -> int:
    """Judge what submissions of ASSIGNMENT did when they were graded, without running them again.

    For when points, a tolerance or a known mistake have changed (`autograder release` first). Every
    earlier grade stays in the history. A check that would now ask something else cannot be judged
    so: it is named, it keeps its grade, and `autograder grade` runs it and nothing else.

    \b
    Exit codes: 0 all judged; 1 some checks must be run, or something was damaged (named); 2 wrong
    usage.
    """
    from autograder.grading.rescore import rescore
    from autograder.report import sanitise
    from autograder.source.course import find_course

    course = find_course(course_folder)
    run = rescore(course, assignment, out, students=students)
    found = run.found
    for note in run.notes:
        click.echo(sanitise(f"damaged: {note}"), err=True)
    changed = [one for one in found if one.changed]
    for one in changed:
        before, after = one.before, one.record
        click.echo(
            f"{after.student}: {_points(before.score)} of {before.max_score:g} -> "
            f"{_points(after.score)} of {after.max_score:g}"
        )
    click.echo(f"{len(found)} judged anew, {len(changed)} with another result; nothing was run.")
    to_run = sorted({name for one in found for name in one.to_run})
    if to_run:
        several = sum(bool(one.to_run) for one in found)
        click.echo(
            f"To be run by `autograder grade`, for {several} of them: {', '.join(to_run)}", err=True
        )
    return 1 if to_run or run.notes else 0


def _points(score: float | None) -> str:
    return "ungraded" if score is None else f"{score:g}"
