"""`autograder try`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click


@click.command(name="try")
@click.argument("place", metavar="aNN_TOPIC/NAME")
@click.argument("check", default="")
@click.option(
    "--draw",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Number of the draw of cases: is a mistake caught every time?",
)
@click.pass_obj
def command(course_folder: Path | None, place: str, check: str, draw: int) -> int:
    """Try a notebook's checks while you write them; with CHECK one of them, case by case.

    Runs the solution, the release, the other answers and the known mistakes, and says what each
    gets. They run in this process, without a sandbox: try your own code only, and `autograder
    audit` when it is done. Checks that judge a training are left out.

    A mistake in a checks.py or a notebook.py is one line with file, line and remedy.

    \b
    Exit codes: 0 all as it must be; 1 not; 2 the course's own files are wrong.
    """
    from rich.console import Console

    from autograder._exceptions import CourseError
    from autograder.source.course import find_course

    course = find_course(course_folder)
    click.echo("The course's own code runs here, without a sandbox.", err=True)
    assignment, _, notebook = place.strip("/").removeprefix("solutions/").partition("/")
    if not notebook:
        known = ", ".join(f"{assignment}/{name}" for name in course.notebooks(assignment))
        raise CourseError(f"Name a notebook: {known}.")

    sys.modules.setdefault("keras", _Later("keras"))
    from autograder.proof.tried import case_table, tried_table, try_checks

    found = try_checks(course, assignment, notebook, check, draw=draw)
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 140)
    if check:
        console.print(case_table(found))
    console.print(tried_table(found))
    wrong = sum(bool(tried.wrong) for tried in found)
    click.echo(f"{wrong} of {len(found)} are not as they must be." if wrong else "All is right.")
    return 1 if wrong else 0


class _Later(ModuleType):
    """Stands for a module until something of it is used; then it is imported.

    So a mistake in a check that needs no framework is told at once, whatever its notebook imports.
    (`importlib.util.LazyLoader` imports as soon as a second cell says `import`.)
    """

    def __getattr__(self, attribute: str) -> Any:
        if attribute in ("__spec__", "__file__"):  # What an import looks at.
            raise AttributeError(attribute)
        from autograder.source.reference import c_libraries_silenced

        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        with c_libraries_silenced():
            return getattr(import_module(self.__name__), attribute)
