"""Accuracy as a measurement: many training runs of right and wrong solutions, and the bound.

A calibration lies beside its checks (`calibration.json`) and holds every run. The bound is computed
from the runs whenever it is needed, and stands nowhere else.
"""

from __future__ import annotations

import functools
import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from autograder._exceptions import CourseError
from autograder.records.files import write_atomically
from autograder.source.mistakes import is_right

ALPHA = 0.001  # A right solution fails with at most this probability ...
CONFIDENCE = 0.95  # ... at this confidence, given how few runs were seen.
HOPELESS = 1e-6  # What a right solution reaches in all but so many runs needs no second try.
RUNS = 3  # Trainings before a verdict is final.
ENOUGH_POWER = 0.9  # A wrong solution must fail at least so often, or the check is refused.


@dataclass(frozen=True)
class Run:
    """One training.

    Attributes:
        variant: `"solution"`, or the name of a mistake or another answer.
        seed: it started from.
        test, validation: accuracy on the split's images, and how many these are.
        seconds: wall time of training and scoring.
    """

    variant: str
    seed: int
    test: float
    validation: float
    seconds: float


@dataclass(frozen=True)
class Calibration:
    """The runs of one check on one kind of device.

    Attributes:
        check: its name.
        device: `"cpu"` or `"gpu"`.
        runs: every training, right and wrong.
        images: how many images each split has.
        digests: of the code that each variant's runs were made with.
        machine: processor, accelerator and versions.
    """

    check: str
    device: str
    runs: tuple[Run, ...] = ()
    images: dict[str, int] | None = None
    digests: dict[str, str] | None = None
    machine: dict[str, str] | None = None

    @property
    def variants(self) -> list[str]:
        """Who was trained, in order of appearance."""
        return list(dict.fromkeys(run.variant for run in self.runs))

    @property
    def right(self) -> list[str]:
        """The right solutions among them."""
        return [name for name in self.variants if is_right(name)]

    @property
    def wrong(self) -> list[str]:
        """The wrong ones."""
        return [name for name in self.variants if not is_right(name)]

    def accuracies(self, variant: str, split: str = "test") -> list[float]:
        """What a variant reached, run by run."""
        return [getattr(run, split) for run in self.runs if run.variant == variant]

    def bound(self, split: str = "test", runs: int = RUNS) -> float:
        """The largest accuracy, in tenths of a percent, that a right solution may be held to.

        All of `runs` trainings of a right solution stay below it with probability `ALPHA` at most,
        at the stated confidence: a one-sided tolerance limit of the log-odds (Hahn & Meeker,
        Statistical Intervals, 1991), the lowest over all right solutions.
        """
        return math.floor(1000 * self._limit(ALPHA ** (1 / runs), split)) / 1000

    def hopeless(self, split: str = "test") -> float:
        """Below this no further run is tried."""
        return min(math.floor(1000 * self._limit(HOPELESS, split)) / 1000, self.bound(split))

    def power(self, variant: str, split: str = "test", runs: int = RUNS) -> float:
        """How often this wrong solution fails: all of `runs` trainings below the bound."""
        centre, spread = self._log_odds(variant, split)
        below = statistics.NormalDist(centre, max(spread, 1e-6)).cdf(
            _logit(self.bound(split, runs), self._count(split))
        )
        return below**runs

    def false_fail(self, variant: str = "solution", split: str = "test", runs: int = RUNS) -> float:
        """How often this right solution fails, as estimated from its own runs."""
        return self.power(variant, split, runs)

    def require_separation(self) -> None:
        """Refuse a bound that lets wrong solutions pass.

        Raises:
            CourseError: if a wrong solution fails less often than `ENOUGH_POWER`, or none was run.
        """
        if not self.wrong:
            raise CourseError(
                f"{self.check}: no wrong solution was calibrated, so nobody knows what the bound "
                f"separates. Write one into mistakes/{self.check}.py."
            )
        weak = {name: self.power(name) for name in self.wrong}
        weak = {name: power for name, power in weak.items() if power < ENOUGH_POWER}
        if weak:
            listed = ", ".join(f"{name} fails only {power:.0%}" for name, power in weak.items())
            raise CourseError(
                f"{self.check}: the bound {self.bound():.1%} separates too little: {listed}. Train "
                "longer, give more examples, or do not grade this by accuracy."
            )

    def basis(self, split: str = "test", runs: int = RUNS) -> str:
        """How the bound was measured, in a sentence for the student."""
        seen = [a for name in self.right for a in self.accuracies(name, split)]
        tries = f" {runs} runs in a row" if runs > 1 else ""
        lane = "" if self.device == "cpu" else f" for the {self.device}"
        return (
            f"Right solutions reached {min(seen):.1%} to {max(seen):.1%} in {len(seen)} runs"
            f"{lane}; one "
            f"stays below {self.bound(split, runs):.1%}{tries} with a probability of at most "
            f"{ALPHA:.1%}. If yours is below, look at the learning curve first."
        )

    def in_prose(self, split: str = "test") -> str:
        """The measurement in the sentences that a notebook prints."""
        seen = [a for name in self.right for a in self.accuracies(name, split)]
        return (
            f"In {len(seen)} trainings of right solutions the accuracy was {min(seen):.1%} to "
            f"{max(seen):.1%}. {self.bound(split):.1%} is enough, and one that comes to less is "
            f"repeated up to {RUNS - 1} times before it counts."
        )

    def _count(self, split: str) -> int:
        return (self.images or {}).get(split, 1000)

    def _log_odds(self, variant: str, split: str) -> tuple[float, float]:
        values = [_logit(a, self._count(split)) for a in self.accuracies(variant, split)]
        return statistics.mean(values), statistics.stdev(values) if len(values) > 1 else 0.0

    def _limit(self, share: float, split: str) -> float:
        from scipy import stats

        limits = []
        for name in self.right:
            count = len(self.accuracies(name, split))
            if count < 3:
                raise CourseError(
                    f"{self.check}: {name} was trained {count} times; a bound takes three runs at "
                    "least, and twenty are better."
                )
            centre, spread = self._log_odds(name, split)
            shift = stats.norm.ppf(1 - share) * math.sqrt(count)
            factor = stats.nct.ppf(CONFIDENCE, count - 1, shift) / math.sqrt(count)
            limits.append(_share(centre - factor * spread))
        if not limits:
            raise CourseError(f"{self.check}: no right solution was calibrated.")
        return min(limits)


def sample_bound(bound: float, count: int) -> float:
    """What a network that is just good enough reaches on few examples, in all but `ALPHA` draws."""
    from scipy.stats import binom

    return float(binom.ppf(ALPHA, count, bound)) / count


def _logit(share: float, count: int) -> float:
    """Log-odds, where accuracies close to 1 are more nearly normal; half an image from the ends."""
    share = min(max(share, 0.5 / count), 1 - 0.5 / count)
    return math.log(share / (1 - share))


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def find_calibration(path: Path, check: str, device: str = "cpu") -> Calibration | None:
    """One check's calibration; `None` if it has not been calibrated for this device."""
    modified = path.stat().st_mtime_ns if path.is_file() else 0
    return _read_all(path, modified).get((check, device))


def read_calibration(path: Path, check: str, device: str = "cpu") -> Calibration:
    """One check's calibration.

    Raises:
        CourseError: if the check has not been calibrated for this device.
    """
    found = find_calibration(path, check, device)
    if found is None:
        raise CourseError(
            f"Check {check!r} is judged by accuracy and has no calibration for the {device} in "
            f"{path.name}. Run `autograder calibrate`."
        )
    return found


@functools.cache
def _read_all(path: Path, modified: int) -> dict[tuple[str, str], Calibration]:
    # `modified` is part of the key alone: a file that was written anew is read anew.
    if not modified:
        return {}
    entries = json.loads(path.read_text())["calibrations"]
    found = [Calibration(**{**e, "runs": tuple(Run(**r) for r in e["runs"])}) for e in entries]
    return {(entry.check, entry.device): entry for entry in found}


def write_calibration(path: Path, calibration: Calibration) -> None:
    """Put a calibration into its file, beside those of other checks and devices."""
    modified = path.stat().st_mtime_ns if path.is_file() else 0
    entries = dict(_read_all(path, modified))
    entries[calibration.check, calibration.device] = calibration
    listed = [_as_plain(entries[key]) for key in sorted(entries)]
    write_atomically(path, json.dumps({"calibrations": listed}, indent=1) + "\n")


def _as_plain(calibration: Calibration) -> dict[str, Any]:
    return asdict(calibration)


def with_run(calibration: Calibration, run: Run) -> Calibration:
    """The calibration with one more run."""
    return replace(calibration, runs=(*calibration.runs, run))


def draw_calibrations(calibrations: Sequence[Calibration], path: Path) -> None:
    """Draw the accuracies of every variant, with the bound, as an SVG file."""
    import io

    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    from course_lib import plots

    heights = [0.6 + 0.42 * len(c.variants) for c in calibrations]
    with plots.style(), matplotlib.rc_context({"svg.hashsalt": "calibration"}):
        figure = Figure(figsize=(9, sum(heights) + 0.9 * len(heights)), layout="constrained")
        panels = figure.subplots(
            len(calibrations), 1, squeeze=False, gridspec_kw={"height_ratios": heights}
        )[:, 0]
        for axes, calibration in zip(panels, calibrations, strict=True):
            _draw_one(axes, calibration)
        raw = io.BytesIO()
        figure.savefig(raw, format="svg", metadata={"Date": None})
    write_atomically(path, raw.getvalue())


def _draw_one(axes: Any, calibration: Calibration) -> None:
    from course_lib import plots

    names = [*calibration.right, *calibration.wrong]
    for row, name in enumerate(names):
        values = calibration.accuracies(name)
        colour = plots.COLOURS[0] if name in calibration.right else plots.COLOURS[1]
        offsets = [0.22 * math.sin(12.9898 * i) for i in range(len(values))]
        axes.scatter(values, [row + o for o in offsets], s=14, color=colour, alpha=0.7, lw=0)
        told = (
            f"fails {calibration.false_fail(name):.2%}"
            if name in calibration.right
            else f"fails {calibration.power(name):.1%}"
        )
        axes.text(1.01, row, told, transform=axes.get_yaxis_transform(), va="center", fontsize=9)
    bound = calibration.bound()
    axes.axvline(bound, color="0.2", lw=1.2)
    axes.annotate(
        f"bound {bound:.1%}",
        (bound, -0.62),
        ha="right",
        va="center",
        fontsize=9,
        xytext=(-4, 0),
        textcoords="offset points",
    )
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.95)
    axes.set_xlabel("accuracy on the test images, one dot a seed")
    count = len(calibration.accuracies(names[0]))
    axes.set_title(f"{calibration.check}, {calibration.device}, {count} seeds", loc="left")
    axes.grid(axis="y", visible=False)
