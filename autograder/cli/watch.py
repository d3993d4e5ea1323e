"""`autograder watch`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from autograder.grading.watching import Progress

_STATES = ("queued", "running", "lost", "stopped", "done")


@click.command(name="watch")
@click.argument("plan_path", metavar="PLAN", type=click.Path(exists=True, path_type=Path))
@click.option("--once", is_flag=True, help="Tell once how far it is; off a terminal always so.")
@click.option(
    "--seconds", type=click.FloatRange(min=1), default=5, show_default=True, help="Between looks."
)
def command(plan_path: Path, once: bool, seconds: float) -> int:
    """Tell how far the shards of PLAN are, from the files that they have written.

    \b
    queued    nobody has begun it           lost   an attempt says nothing any more
    running   an attempt is at work         done   everything has a record
    stopped   an attempt ended, and something has no record yet: grade the shard again

    \b
    Exit codes: 0 all done; 1 not yet; 2 wrong usage.
    """
    from rich.console import Console
    from rich.live import Live

    from autograder.grading.watching import look_at
    from autograder.grading.work_plan import read_plan

    folder, plan = read_plan(plan_path)
    console = Console(file=sys.stdout)
    found = look_at(folder, plan)
    if once or not console.is_terminal:
        console.print(_table(found))
    else:
        with Live(_table(found), console=console) as live:
            while any(one.state != "done" for one in found):
                time.sleep(seconds)
                found = look_at(folder, plan)
                live.update(_table(found))
    return 0 if all(one.state == "done" for one in found) else 1


def _table(found: list[Progress]) -> Table:
    from rich.table import Table

    from autograder.grading.watching import seconds_left

    left = seconds_left(found)
    jobs = sum(len(one.shard.jobs) for one in found)
    graded = sum(one.graded for one in found)
    counted = {state: sum(one.state == state for one in found) for state in _STATES}
    told = ", ".join(f"{count} {state}" for state, count in counted.items() if count)
    time_left = (
        "" if left is None or graded == jobs else f", about {max(1, round(left / 60))} min left"
    )
    table = Table(
        title=f"{graded} of {jobs} submissions graded{time_left}",
        caption=f"{len(found)} shards: {told}" if found else "nothing to grade",
    )
    for column in ("shard", "state", "graded", "attempts", "trains"):
        table.add_column(column)
    for one in found:
        table.add_row(
            str(one.shard.number),
            one.state,
            f"{one.graded} of {len(one.shard.jobs)}",
            str(one.attempts),
            "yes" if one.shard.trains else "",
        )
    return table
