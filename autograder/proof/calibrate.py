"""Train right and wrong solutions from many seeds: the work behind `autograder calibrate`."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np

from autograder.checks import Check, checks_of
from autograder.checks.calibration import (
    Calibration,
    Run,
    draw_calibrations,
    read_calibration,
    with_run,
    write_calibration,
)
from autograder.source.course import Course
from autograder.source.mistakes import Variant, read_variants, splice
from autograder.source.notebook import (
    checked_expression,
    is_graded,
    marks,
    read_source,
)
from autograder.source.reference import Reference, c_libraries_silenced
from course_lib.checking import Fit
from course_lib.checking.budgets import trained_over
from course_lib.checking.expectations import accuracy
from course_lib.checking.scored_by import scores_in


@dataclass(frozen=True)
class Experiment:
    """One check to be calibrated: its training, with each device's budget, and who is trained.

    What a trained network may cost is `within`; one that costs more is as one that knows nothing.
    """

    check: Check
    training: Fit
    training_on_gpu: Fit
    contenders: dict[str, Reference]
    within: dict[str, int] | None = None

    @property
    def digests(self) -> dict[str, str]:
        """Of each contender's code with the training; see `_digest`."""
        return {
            name: _digest(contender, self.check, self.training)
            for name, contender in self.contenders.items()
        }

    def on(self, device: str) -> Experiment:
        """The same with this device's budget."""
        return replace(self, training=self.training_on_gpu) if device == "gpu" else self


def experiments(course: Course, assignment: str, only: str = "") -> list[Experiment]:
    """The checks of an assignment that judge trainings."""
    found = []
    for notebook in course.notebooks(assignment):
        source = read_source(course.source(assignment, notebook))
        reference = Reference(source, f"{assignment}/{notebook}")
        for check in checks_of(course, assignment, notebook).values():
            if only not in check.name:
                continue
            trainings = (check.trainings(reference.namespace, device) for device in ("cpu", "gpu"))
            budgets = check.budgets(reference.namespace)
            for training, on_gpu, within in zip(*trainings, budgets, strict=True):
                contenders = {"solution": reference}
                contenders |= {
                    variant.name: Reference(
                        splice(source, variant), f"{assignment}/{notebook}/{variant.name}"
                    )
                    for variant in _contenders(course, assignment, notebook, check, source)
                }
                found.append(Experiment(check, training, on_gpu, contenders, within))
    return found


def _contenders(
    course: Course, assignment: str, notebook: str, check: Check, source: object
) -> Iterator[Variant]:
    """Mistakes that lose this check, if possible first; right answers that write it anew."""
    (cell,) = (
        c
        for c in source.cells  # type: ignore[attr-defined]
        if is_graded(c) and marks(c)["grade_id"] == check.name
    )
    names = {n.id for n in ast.walk(checked_expression(cell.source)) if isinstance(n, ast.Name)}
    variants = read_variants(course, assignment, notebook)
    mistakes = [found for found in variants if check.name in found.fails]
    yield from [m for m in mistakes if m.fails[0] == check.name] or mistakes
    yield from (found for found in variants if not found.is_mistake and names & found.names)


def _digest(contender: Reference, check: Check, training: Fit) -> str:
    """Changes when the code that is trained, its budget or its data may have changed."""
    digest = hashlib.sha256(contender.code.encode())
    told = replace(training, inputs=np.zeros((0,), np.float32)).to_value()
    if told["draws"] == 1:
        del told["draws"]  # Runs from before there were draws stay good.
    if not told["counted"]:
        del told["counted"]  # Likewise.
    digest.update(repr((check.name, sorted((k, repr(v)) for k, v in told.items()))).encode())
    return digest.hexdigest()[:16]


def calibrate(
    experiment: Experiment,
    *,
    seeds: int,
    device: str = "cpu",
    on_run: Callable[[Run, int, int], None] = lambda run, done, total: None,
) -> Calibration:
    """Train everybody from every seed, and keep each run as soon as it is done.

    Runs of the same code that the file holds already are kept, so a stopped calibration goes on.

    Args:
        experiment: whom to train.
        seeds: runs for each.
        device: whose budget they have, and what they are kept under. The file also says what they
            were really made on.
        on_run: told about each run, with how many of how many are done.
    """
    experiment = experiment.on(device)
    path, name = experiment.check.calibration_file, experiment.check.name
    calibration = kept_runs(path, experiment, device, seeds)
    splits = {part: experiment.training.split(part) for part in ("test", "validation")}
    calibration = replace(
        calibration,
        images={part: len(split) for part, split in splits.items()},
        digests=experiment.digests,
        machine=machine_of(device),
    )
    done = {(run.variant, run.seed) for run in calibration.runs}
    todo = [
        (variant, seed)
        for seed in range(seeds)
        for variant in experiment.contenders
        if (variant, seed) not in done
    ]
    total = len(experiment.contenders) * seeds
    for number, (variant, seed) in enumerate(todo, total - len(todo) + 1):
        run = train(experiment, variant, seed, splits)
        calibration = with_run(calibration, run)
        order = list(experiment.contenders)
        runs = sorted(calibration.runs, key=lambda r: (order.index(r.variant), r.seed))
        calibration = replace(calibration, runs=tuple(runs))
        write_calibration(path, calibration)
        on_run(run, number, total)
    write_calibration(path, calibration)
    draw_calibrations([read_calibration(path, name, device)], picture_of(experiment.check, device))
    return calibration


def picture_of(check: Check, device: str = "cpu") -> Path:
    """Where the plot of a calibration lies, beside its file."""
    return check.calibration_file.with_name(f"calibration_{check.name}_{device}.svg")


def kept_runs(path: Path, experiment: Experiment, device: str, seeds: int) -> Calibration:
    from autograder._exceptions import CourseError

    try:
        before = read_calibration(path, experiment.check.name, device)
    except CourseError:
        return Calibration(experiment.check.name, device)
    same = {
        name
        for name, digest in experiment.digests.items()
        if (before.digests or {}).get(name) == digest
    }
    runs = tuple(run for run in before.runs if run.variant in same and run.seed < seeds)
    return replace(before, runs=runs)


def train(experiment: Experiment, variant: str, seed: int, splits: dict[str, object]) -> Run:
    """Train one contender from one seed, and score both splits."""
    import keras

    inputs = np.concatenate([splits["test"].images, splits["validation"].images])  # type: ignore[attr-defined]
    training = replace(experiment.training, seed=seed, inputs=inputs)
    started = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), c_libraries_silenced():
        told = training.exercise(experiment.check.trained(experiment.contenders[variant]))
    seconds = time.perf_counter() - started
    keras.backend.clear_session()
    cut = len(splits["test"])  # type: ignore[arg-type]
    scores = scores_in(told).reshape(training.draws, len(inputs), -1)
    reached = {
        part: accuracy(training.labels(part), np.concatenate(found)) or 0.0
        for part, found in (("test", scores[:, :cut]), ("validation", scores[:, cut:]))
    }
    if experiment.within is not None and trained_over(experiment.within, told):
        reached = dict.fromkeys(reached, 0.0)
    return Run(variant, seed, reached["test"], reached["validation"], round(seconds, 2))


def machine_of(device: str) -> dict[str, str]:
    """What runs are made on: device, system and versions."""
    import keras

    found = {
        "device": _accelerator() if device == "gpu" else f"CPU, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "keras": version("keras"),
        "backend": keras.backend.backend(),
    }
    found[keras.backend.backend()] = version(keras.backend.backend())
    return found


def _accelerator() -> str:
    import keras

    try:
        devices = keras.distribution.list_devices("gpu")
    except RuntimeError:  # What JAX says where there is none; TensorFlow returns an empty list.
        devices = []
    return ", ".join(map(str, devices)) or "no accelerator"
