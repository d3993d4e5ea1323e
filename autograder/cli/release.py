"""`autograder release`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="release")
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name what is out of date.")
@click.option(
    "--rebuild", is_flag=True, help="Make everything again, also what its lock says is up to date."
)
@click.pass_obj
def command(
    course_folder: Path | None, assignments: tuple[str, ...], check: bool, rebuild: bool
) -> int:
    """Make the student notebooks and public cases from solutions/ (all assignments by default).

    Solutions are stripped by nbgrader's own converter. Writes assignments/ and the public cases,
    and registers the assignments in gradebook.db. An assignment is only built if something that
    decides its release has changed since; a lock beside each release tells.
    """
    from autograder.release.write import check_release, unlocked, write_release
    from autograder.source.course import find_course

    course = find_course(course_folder)
    chosen = list(assignments) or None
    if check:
        built = unlocked(course, chosen)
        stale = check_release(course, chosen, rebuild=rebuild)
        for path in stale:
            click.echo(f"out of date: {path}")
        if stale:
            click.echo("Run `autograder release` and commit what it writes.")
            return 1
        click.echo(f"Up to date: {', '.join(chosen or course.assignments())}.")
        if built:
            click.echo(
                f"Their locks did not tell: {', '.join(built)}. Run `autograder release` and "
                "commit assignments/*/.release.json, and the next check is fast."
            )
        return 0
    changed = write_release(course, chosen, rebuild=rebuild)
    for path in changed:
        click.echo(f"{'wrote' if (course.root / path).exists() else 'removed'} {path}")
    if not changed:
        click.echo("Everything was up to date.")
    return 0
