"""Bounds that come from a calibration: what stands for them until it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks.calibration import RUNS
from course_lib.checking.cases import Case
from course_lib.checking.expectations import Expectation, Trained
from course_lib.checking.training_probes import Fit


@dataclass(frozen=True, eq=False)
class Uncalibrated(Expectation):
    """Stands for `Trained`, or `Accuracy`, until the check's calibration is read.

    Attributes:
        labels: of the probe's inputs; none for those of the validation split.
        runs: how many trainings there may be.
        by: the check whose calibration counts; this one's by default.
        gpu: the training's budget on a GPU; `None` for the same as on the processor.
        split: whose examples the labels are of, where these are some of the validation split.
        dataset, trained_by: where the notebook's own cells train: the data set, and what makes the
            function that does as they do from the notebook's names.
        network: the networks of which one must score; see `Accuracy`.
        within: what they may cost; see `Trained`.
    """

    kind = "uncalibrated"
    labels: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.int64))
    runs: int = RUNS
    by: str = ""
    gpu: dict[str, Any] | None = None
    split: str = ""
    dataset: str = ""
    trained_by: Callable[[SimpleNamespace], Callable[..., Any]] | None = None
    network: tuple[dict[str, Any], ...] | None = None
    within: dict[str, int] | None = None

    def budgeted(self, training: Fit, device: str) -> Fit:
        """The training with this device's budget."""
        if device == "gpu" and self.gpu is not None:
            return replace(training, budget=self.gpu)
        return training


@dataclass(frozen=True, eq=False)
class Measured(Trained):
    """`Trained` with the bound of a calibration.

    Attributes:
        wanted: what it stands for.
        device: whose calibration it is, and whose budget the training has.
    """

    kind = "measured"
    wanted: Uncalibrated = field(default_factory=Uncalibrated)
    device: str = "cpu"

    @property
    def plain(self) -> Trained:
        """What of it is released."""
        return Trained(**{kept.name: getattr(self, kept.name) for kept in fields(Trained)})


def released_form(case: Case) -> Case:
    if isinstance(case.expects, Measured):
        return replace(case, expects=case.expects.plain)
    return case
