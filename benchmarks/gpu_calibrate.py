"""Calibrate trainings with several processes side by side on one GPU; a step of `gpu_lane.py`.

Each process trains by itself, as `autograder calibrate` does, with its share of the memory. The
same seeds give every contender the same number of runs, however early the time is up.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.checks.calibration import Calibration, Run, with_run, write_calibration
from autograder.grading.device import Lane, find_accelerators
from autograder.proof.calibrate import Experiment, experiments, kept_runs, machine_of, train
from autograder.source.course import find_course

_EXPERIMENTS: dict[str, Experiment] = {}
_SPLITS: dict[str, Any] = {}
Task = tuple[str, str, int]  # check, contender, seed


def calibrate_side_by_side(
    checks: Iterable[tuple[str, str]],
    *,
    seeds: int,
    jobs: int,
    seconds: float,
    out: Path,
    share: float = 1.0,
) -> Iterator[dict[str, Any]]:
    """Train, and write `<check>_gpu.json` after every run: what it reached, check by check.

    Args:
        checks: assignments, and part of a check's name.
        seeds: runs of each contender, if there is time.
        jobs: trainings side by side.
        seconds: after so many no further run is waited for.
        share: the part of the memory that all of them take together.
    """
    deadline = time.monotonic() + seconds
    with Lane(find_accelerators(), round(jobs / share)).slot() as settings:
        os.environ.update(settings)  # Inherited by the processes; this one computes nothing.
    context = multiprocessing.get_context("spawn")
    for assignment, only in checks:
        started = time.monotonic()
        with context.Pool(jobs, _prepare, (assignment, only)) as pool:
            waiting = pool.apply_async(_describe, (seeds, out))
            described = waiting.get(max(1.0, deadline - time.monotonic()))
            for name, (calibration, contenders) in described.items():
                done = {(run.variant, run.seed) for run in calibration.runs}
                todo = [
                    (name, contender, seed)
                    for seed in range(seeds)
                    for contender in contenders
                    if (contender, seed) not in done
                ]
                new: list[Run] = []
                arriving = pool.imap_unordered(_train, todo)
                for _ in todo:
                    try:
                        run = arriving.next(max(0.1, deadline - time.monotonic()))
                    except multiprocessing.TimeoutError:
                        break
                    calibration = with_run(calibration, run)
                    new.append(run)
                    _write(out, name, calibration, contenders)
                yield _summary(name, calibration, new, jobs, time.monotonic() - started)
                if time.monotonic() >= deadline:
                    return


def _prepare(assignment: str, only: str) -> None:
    """In each process: the experiments, and a compilation cache of its own."""
    os.environ["JAX_COMPILATION_CACHE_DIR"] = tempfile.mkdtemp(prefix="compiled-")
    os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"
    os.environ["JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES"] = "-1"
    course = find_course(Path(__file__).parent)
    for experiment in experiments(course, assignment, only):
        experiment = experiment.on("gpu")
        _EXPERIMENTS[experiment.check.name] = experiment
        _SPLITS[experiment.check.name] = {
            p: experiment.training.split(p) for p in ("test", "validation")
        }


def _describe(seeds: int, out: Path) -> dict[str, tuple[Calibration, list[str]]]:
    found = {}
    device = ", ".join(f"{a.name}, driver {a.driver}" for a in find_accelerators())
    for name, experiment in _EXPERIMENTS.items():
        before = out / f"{name}_gpu.json"
        file = before if before.exists() else experiment.check.calibration_file
        calibration = replace(
            kept_runs(file, experiment, "gpu", seeds),
            images={part: len(split) for part, split in _SPLITS[name].items()},
            digests=experiment.digests,
            machine=machine_of("gpu") | ({"device": device} if device else {}),
        )
        found[name] = (calibration, list(experiment.contenders))
    return found


def _train(task: Task) -> Run:
    name, contender, seed = task
    return train(_EXPERIMENTS[name], contender, seed, _SPLITS[name])


def _write(out: Path, name: str, calibration: Calibration, contenders: list[str]) -> None:
    runs = sorted(calibration.runs, key=lambda r: (contenders.index(r.variant), r.seed))
    write_calibration(out / f"{name}_gpu.json", replace(calibration, runs=tuple(runs)))


def _summary(
    name: str, calibration: Calibration, new: list[Run], jobs: int, seconds: float
) -> dict[str, Any]:
    counts = {v: len(calibration.accuracies(v)) for v in calibration.variants}
    found: dict[str, Any] = {"check": name, "jobs": jobs, "runs": counts, "wall": round(seconds, 1)}
    if new:
        mean = sum(run.seconds for run in new) / len(new)
        found |= {"seconds a run": round(mean, 2), "runs now": len(new)}
    if calibration.right and min(counts[v] for v in calibration.right) >= 3:
        found["bound"] = calibration.bound()
        found["power"] = {v: round(calibration.power(v), 4) for v in calibration.wrong}
        found["reached"] = {
            v: [min(calibration.accuracies(v)), max(calibration.accuracies(v))]
            for v in calibration.variants
        }
    found["machine"] = calibration.machine
    return found
