"""`autograder calibrate`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command(name="calibrate")
@click.argument("assignment")
@click.option("--check", default="", metavar="TEXT", help="Only checks whose name contains TEXT.")
@click.option(
    "--seeds", type=click.IntRange(min=3), default=20, show_default=True, help="Runs for each."
)
@click.option(
    "--device",
    type=click.Choice(["cpu", "gpu"]),
    default="cpu",
    show_default=True,
    help="What the runs are kept under. For `gpu` set CUDA_VISIBLE_DEVICES.",
)
@click.pass_obj
def command(
    course_folder: Path | None, assignment: str, check: str, seeds: int, device: str
) -> int:
    """Measure the accuracy that a right solution of ASSIGNMENT reaches, and derive the bound.

    For every check that judges a training, the solution, other answers that write it anew, and
    the mistakes that lose it first are trained from many seeds. Every run goes to calibration.json
    beside the check, with a plot. The bound is the largest that a right
    solution misses with a probability of at most 0.1 %, at 95 % confidence. A check whose bound
    lets a wrong solution pass is refused: exit 1.

    Runs of unchanged code are kept, so a stopped calibration goes on where it was.
    """
    from rich.console import Console
    from rich.table import Table

    from autograder._exceptions import CourseError
    from autograder.checks.calibration import Run
    from autograder.proof.calibrate import calibrate, experiments, picture_of
    from autograder.source.course import find_course

    def told(run: Run, done: int, total: int) -> None:
        print(
            f"[{done}/{total}] {run.variant}, seed {run.seed}: {run.test:.1%}, {run.seconds:.1f} s",
            file=sys.stderr,
            flush=True,
        )

    course = find_course(course_folder)
    found = experiments(course, assignment, check)
    if not found:
        raise CourseError(f"No check of {assignment} judges a training.")
    refused = 0
    for experiment in found:
        calibration = calibrate(experiment, seeds=seeds, device=device, on_run=told)
        table = Table(title=f"{experiment.check.name}, {device}: bound {calibration.bound():.1%}")
        for title in ("solution", "runs", "lowest", "mean", "highest", "fails", "seconds a run"):
            table.add_column(title, justify="left" if title == "solution" else "right")
        for name in calibration.variants:
            reached = calibration.accuracies(name)
            seconds = [run.seconds for run in calibration.runs if run.variant == name]
            table.add_row(
                name,
                str(len(reached)),
                f"{min(reached):.1%}",
                f"{sum(reached) / len(reached):.1%}",
                f"{max(reached):.1%}",
                f"{calibration.power(name):.3%}",
                f"{sum(seconds) / len(seconds):.1f}",
            )
        Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120).print(table)
        click.echo(f"{calibration.basis()}\n{picture_of(experiment.check, device)}")
        try:
            calibration.require_separation()
        except CourseError as error:
            click.echo(f"refused: {error}")
            refused += 1
    return 1 if refused else 0
