"""The accuracy that the trained LeNet must reach, and how it was measured.

`python -m autograder.checks.a00_first_light._calibration` trains the solution's network as the
notebook does, once a seed, and writes every run to `first_light_calibration.json`. The bound is
computed from these runs and written nowhere.
"""

from __future__ import annotations

import json
import math
import platform
import statistics
from dataclasses import dataclass
from pathlib import Path

RUNS_FILE = Path(__file__).with_name("first_light_calibration.json")
SOLUTION = Path(__file__).resolve().parents[3] / "solutions" / "a00_first_light" / "first_light.py"
SEEDS = 24
# With 24 runs a further one lies this far below their mean with a probability of about 0.0004
# (Student's t with 23 degrees of freedom).
STANDARD_DEVIATIONS_BELOW = 4


@dataclass(frozen=True)
class Calibration:
    """Test accuracies of a right solution, one a seed, as fractions of 1."""

    accuracies: tuple[float, ...]

    @property
    def at_least(self) -> float:
        """The bound, rounded down to a tenth of a percent."""
        mean, deviation = statistics.mean(self.accuracies), statistics.stdev(self.accuracies)
        return math.floor(1000 * (mean - STANDARD_DEVIATIONS_BELOW * deviation)) / 1000

    @property
    def basis(self) -> str:
        """How the bound was measured, in a sentence."""
        return (
            f"The LeNet of the slides, trained as in this notebook from {len(self.accuracies)} "
            f"random starts, got {min(self.accuracies):.1%} to {max(self.accuracies):.1%}. "
            "If yours is clearly below, look at its layers and at the learning curves."
        )


def read() -> Calibration:
    """The measured runs."""
    runs = json.loads(RUNS_FILE.read_text())["runs"]
    return Calibration(tuple(run["test_accuracy"] for run in runs))


def measure() -> None:
    """Train once a seed and write the runs."""
    import keras
    import numpy as np
    import tensorflow as tf

    from autograder.source.notebook import read_source
    from autograder.source.reference import Reference
    from course_lib import data, training

    notebook = Reference(read_source(SOLUTION), "a00_first_light/first_light").namespace
    mnist = data.load("mnist")
    runs = []
    for seed in range(SEEDS):
        training.set_seed(seed)
        model = notebook.build_lenet()
        notebook.prepare(model)
        history = training.fit(
            model,
            mnist.train,
            mnist.validation,
            epochs=notebook.EPOCHS,
            batch_size=notebook.BATCH_SIZE,
            seed=seed,
        )
        predicted = model.predict(mnist.test.images, verbose=0).argmax(axis=1)
        runs.append(
            {
                "seed": seed,
                "test_accuracy": round(float(np.mean(predicted == mnist.test.labels)), 4),
                "validation_accuracy": round(history.validation_accuracy[-1], 4),
            }
        )
    record = {
        "what": "test accuracy on 1,000 MNIST digits of the notebook's LeNet, trained as in it",
        "command": "python -m autograder.checks.a00_first_light._calibration",
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "machine": f"{platform.system()} {platform.machine()}, CPU",
        "runs": runs,
    }
    RUNS_FILE.write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    measure()
