"""`autograder new`."""

from __future__ import annotations

from pathlib import Path

import click

_WITHOUT_FRAMEWORK = click.option(
    "--without-framework",
    is_flag=True,
    help="Only NumPy: no Keras model, so nothing starts a framework.",
)


@click.group(name="new")
def command() -> None:
    """Begin a course, or a notebook in one: complete, and working as it is."""


@command.command(name="course")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The course's name (default: made of the folder's).")
@_WITHOUT_FRAMEWORK
def course(folder: Path, title: str, without_framework: bool) -> int:
    """Write a new course to DIR, which must not exist yet.

    It has one notebook with a function, a Keras model and a question, their checks, known mistakes
    and another right answer. Its README says the next three steps.
    """
    from autograder.source.beginning import write_course

    _tell(write_course(folder, title, framework=not without_framework), Path.cwd())
    click.echo(f"Next: cd {folder}, and autograder release. README.md says how to go on.")
    return 0


@command.command(name="notebook")
@click.argument("place", metavar="aNN_TOPIC/NAME")
@_WITHOUT_FRAMEWORK
@click.pass_obj
def notebook(course_folder: Path | None, place: str, without_framework: bool) -> int:
    """Write a new notebook to solutions/aNN_TOPIC/NAME, with its checks and known mistakes."""
    from autograder.source.beginning import write_notebook
    from autograder.source.course import find_course

    found = find_course(course_folder)
    _tell(write_notebook(found, place, framework=not without_framework), found.root)
    click.echo(f"Next: autograder try {place}, and autograder release {place.partition('/')[0]}.")
    return 0


def _tell(files: list[Path], root: Path) -> None:
    for path in files:
        shown = path.relative_to(root) if path.is_relative_to(root) else path
        click.echo(f"wrote {shown}")
