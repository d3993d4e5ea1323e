"""Probes of what is trained: retrained here from a seed, or submitted as weights.

Training data is named, not sent: both the student's desk and the sandbox load it with
`course_lib.data`. Nothing that the training process says of its own loss or accuracy is looked
at; predictions come back, and the judge counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from course_lib.checking.keras_probes import Predict
from course_lib.checking.probes import CallFunction, Probe


@dataclass(frozen=True, eq=False)
class Fit(Probe):
    """Let the student's function train, and let what it returns score unseen images.

    The function is called as `subject(images, labels, seed=seed, **budget)` and returns a trained
    Keras model or a function that scores images.

    Attributes:
        dataset: name of a data set of `course_lib.data`, whose training split is handed over.
        budget: further keywords: epochs, steps.
        classes: only these classes, renumbered from 0; all by default.
        per_class: only so many examples of each class; 0 for all.
        draws: train so often, each time from other examples (the same ones from every seed), and
            let each result score the images: what luck with few examples does averages out.
        inputs: the images to score; the validation split's if there are none here.
        seed: set before the call, and handed to it.
        network: whether what comes back must score with a Keras model.
        counted: whether it must be that model, whose costs count (see `Predict`).
    """

    kind: ClassVar[str] = "fit"
    dataset: str = "mnist"
    budget: dict[str, Any] = field(default_factory=dict)
    classes: tuple[int, ...] = ()
    per_class: int = 0
    inputs: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.float32))
    seed: int = 0
    draws: int = 1
    network: bool = False
    counted: bool = False

    def again(self, number: int) -> Fit:
        """The same training from another seed; number 0 is this one."""
        return replace(self, seed=self.seed + number)

    def split(self, part: str) -> Any:
        """The images that this probe means of the `"train"`, `"validation"` or `"test"` split."""
        from course_lib import data

        split = getattr(data.load(self.dataset), part)
        return split.only(list(self.classes)) if self.classes else split

    def labels(self, part: str) -> np.ndarray:
        """The right classes of what comes back when a split is scored."""
        return np.tile(self.split(part).labels, self.draws)

    def describe(self, name: str) -> str:
        kept = "".join(f", {key}={value!r}" for key, value in self.budget.items())
        return f"{name}(images, labels, seed={self.seed}{kept}) on {self.dataset}"

    def exercise(self, subject: Any) -> Any:
        from course_lib import training

        inputs = self.inputs if len(self.inputs) else self.split("validation").images
        train = self.split("train")
        found = []
        for draw in range(self.draws):
            sample = train.per_class(self.per_class, seed=draw) if self.per_class else train
            training.set_seed(self.seed)
            trained = subject(sample.images, sample.labels, seed=self.seed, **self.budget)
            scoring = Predict(inputs, network=self.network, counted=self.counted)
            found.append(scoring.exercise(trained))
        if not self.network:
            return np.concatenate(found)
        lists = [key for key in ("looks", "blueprints") if key in found[0]]
        return {"scores": np.concatenate([one["scores"] for one in found])} | {
            key: [part for one in found for part in one[key]] for key in lists
        }


@dataclass(frozen=True, eq=False)
class ScoreWeights(Probe):
    """Load the weights that were handed in into the student's own network, and score images.

    Attributes:
        file: the safetensors file beside the notebook, as `course_lib.training.save_weights`
            writes it.
        args, kwargs: of the function that builds the network.
        dataset: whose validation split is scored if there are no inputs here.
        inputs: the images to score.
        weights: the arrays; the judge reads them from the file.
    """

    kind: ClassVar[str] = "submitted_weights"
    file: str = ""
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    dataset: str = "mnist"
    inputs: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.float32))
    weights: tuple[np.ndarray, ...] = ()

    def labels(self, part: str) -> np.ndarray:
        """The right classes of a split."""
        labels: np.ndarray = self.split(part).labels
        return labels

    def split(self, part: str) -> Any:
        """A split of the data set."""
        from course_lib import data

        return getattr(data.load(self.dataset), part)

    def describe(self, name: str) -> str:
        return (
            f"{CallFunction(self.args, self.kwargs).describe(name)} with the weights of {self.file}"
        )

    def exercise(self, subject: Any) -> Any:
        from course_lib import training

        model = subject(*self.args, **self.kwargs)
        training.set_weights(model, self.weights or training.read_weights(self.file))
        inputs = self.inputs if len(self.inputs) else self.split("validation").images
        return Predict(inputs, network=True).exercise(model)
