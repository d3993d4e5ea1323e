"""How far the shards of a plan are, as their files tell."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.grading.deliveries import ALIVE_SECONDS, attempts, deliveries, is_whole
from autograder.grading.work_plan import Shard, WorkPlan

State = Literal["queued", "running", "lost", "stopped", "done"]
_LOST_SECONDS = 12 * ALIVE_SECONDS


@dataclass(frozen=True)
class Progress:
    """How far a shard is.

    Attributes:
        shard: the shard.
        state: `queued`: nobody has begun; `running`; `lost`: an attempt has said nothing for a
            minute, and none other runs; `stopped`: it ended before all was graded; `done`.
        graded: submissions with a whole record.
        attempts: how often it was begun.
        started: when it was first begun, in seconds since 1970; 0 if it was not.
    """

    shard: Shard
    state: State
    graded: int
    attempts: int
    started: float


def look_at(folder: Path, plan: WorkPlan) -> list[Progress]:
    """How far each shard is."""
    return [_look_at(folder, shard) for shard in plan.shards]


def _look_at(folder: Path, shard: Shard) -> Progress:
    graded = sum(any(map(is_whole, deliveries(folder, shard, job))) for job in shard.jobs)
    begun = attempts(folder, shard)
    now = time.time()
    started = min((attempt.stat().st_ctime for attempt in begun), default=0.0)
    open_ones = [attempt for attempt in begun if not (attempt / "ended").exists()]
    state: State
    if graded == len(shard.jobs):
        state = "done"
    elif not begun:
        state = "queued"
    elif any(now - _last_sign(attempt) < _LOST_SECONDS for attempt in open_ones):
        state = "running"
    else:
        state = "lost" if open_ones else "stopped"
    return Progress(shard, state, graded, len(begun), started)


def _last_sign(attempt: Path) -> float:
    try:
        return (attempt / "alive").stat().st_mtime
    except OSError:
        return attempt.stat().st_mtime


def seconds_left(found: list[Progress]) -> float | None:
    """How long the rest will take at the present rate; `None` while nothing is graded."""
    jobs = sum(len(one.shard.jobs) for one in found)
    done = sum(one.graded for one in found)
    started = min((one.started for one in found if one.started), default=0.0)
    if not done or not started:
        return None
    return (jobs - done) * (time.time() - started) / done
