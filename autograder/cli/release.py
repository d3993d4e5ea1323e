"""`autograder release`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="release")
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name what is out of date.")
@click.pass_obj
def command(course_folder: Path | None, assignments: tuple[str, ...], check: bool) -> int:
    """Make the student notebooks and public cases from solutions/ (all assignments by default).

    Solutions are stripped by nbgrader's own converter. Writes assignments/ and course_lib/cases/,
    and registers the assignments in gradebook.db.
    """
    from autograder.release.write import check_release, write_release
    from autograder.source.course import find_course

    course = find_course(course_folder)
    chosen = list(assignments) or None
    if check:
        stale = check_release(course, chosen)
        for path in stale:
            click.echo(f"out of date: {path}")
        if stale:
            click.echo("Run `autograder release` and commit what it writes.")
            return 1
        click.echo(f"Up to date: {', '.join(chosen or course.assignments())}.")
        return 0
    changed = write_release(course, chosen)
    for path in changed:
        click.echo(f"{'wrote' if (course.root / path).exists() else 'removed'} {path}")
    if not changed:
        click.echo("Everything was up to date.")
    return 0
