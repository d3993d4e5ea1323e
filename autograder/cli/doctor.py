"""`autograder doctor`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="doctor")
@click.pass_obj
def command(course_folder: Path | None) -> int:
    """Say whether this machine can run and grade the notebooks, and how to mend it if not."""
    from autograder._exceptions import AutograderError
    from autograder.sandbox import namespaces_problem
    from autograder.source.course import find_course
    from course_lib.doctor import doctor

    right = doctor().ok
    problem = namespaces_problem()
    click.echo(f"sandbox: {problem or 'submissions can be isolated by namespaces'}")
    try:
        course = find_course(course_folder)
        click.echo(f"course: {course.title}, {len(course.assignments())} assignments")
    except AutograderError as error:
        click.echo(f"course: {error}")
    return 0 if right and problem is None else 1
