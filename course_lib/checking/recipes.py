"""How a function trains: which optimizer, with what learning rates, on batches of what size.

An accuracy hardly tells that the momentum is missing. A few steps on a few images do: each step of
a Keras optimizer is written down while the function trains.
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from course_lib.checking.expectations import Expectation
from course_lib.checking.finding import Finding
from course_lib.checking.probes import Probe

_MOST = 2000
"""Steps that are written down."""
_RTOL = 1e-3


@dataclass(frozen=True, eq=False)
class WatchTraining(Probe):
    """Let the student's function train for a few steps, and write down each of them.

    The function is called as `subject(images, labels, seed=seed, epochs=epochs)`.

    Attributes:
        dataset: name of a data set of `course_lib.data`, whose training split images are taken of.
        examples: so many of its images.
        epochs: how often each image is to be seen.
        seed: handed to the function.
    """

    kind: ClassVar[str] = "watch_training"
    dataset: str = "mnist"
    examples: int = 256
    epochs: int = 4
    seed: int = 0

    def describe(self, name: str) -> str:
        return (
            f"{name}(images, labels, seed={self.seed}, epochs={self.epochs}) on {self.examples} "
            f"images of {self.dataset}"
        )

    def exercise(self, subject: Any) -> Any:
        from course_lib import data, training

        few = data.load(self.dataset).train.take(self.examples)
        training.set_seed(self.seed)
        steps: list[dict[str, Any]] = []
        with _eagerly(), _written_down(steps):
            subject(few.images, few.labels, seed=self.seed, epochs=self.epochs)
        return {
            "images": len(few.images),
            "optimizers": [list(kinds) for kinds in dict.fromkeys(step["kinds"] for step in steps)],
            "momentum": np.array([step["momentum"] for step in steps], np.float64),
            "rates": np.array([step["rate"] for step in steps], np.float64),
        }


@dataclass(frozen=True, eq=False)
class Recipe(Expectation):
    """A function must train with this optimizer, with these learning rates and batches.

    Attributes:
        optimizer: name of a class of `keras.optimizers`; its subclasses are as right.
        rates: pairs of a share of all steps and the learning rate from there on.
        batch_size: examples in a step.
        epochs: how often each example is seen.
        momentum: of the optimizer, if it is asked for.
    """

    kind: ClassVar[str] = "recipe"
    optimizer: str = "SGD"
    rates: tuple[tuple[float, float], ...] = ()
    batch_size: int = 32
    epochs: int = 4
    momentum: float | None = None

    def difference(self, value: Any) -> Finding | None:
        if not _is_record(value):
            return Finding("What was written down of the training cannot be read.")
        if not value["optimizers"]:
            return Finding(
                "Your function took no step of a Keras optimizer.",
                expected=f"steps of keras.optimizers.{self.optimizer}",
                observed="none",
                hint="Compile the network with this optimizer and fit it, or call the optimizer's "
                "`apply_gradients` in a loop of your own.",
            )
        return self._other_optimizer(value) or self._other_steps(value) or self._other_rates(value)

    def _other_optimizer(self, value: dict[str, Any]) -> Finding | None:
        used = next((kinds for kinds in value["optimizers"] if self.optimizer not in kinds), None)
        if used is not None:
            return Finding(
                f"Your function trains with `{_first(used)}`, the task asks for "
                f"`{self.optimizer}`.",
                expected=f"keras.optimizers.{self.optimizer}",
                observed=_first(used),
            )
        found = value["momentum"]
        if self.momentum is None or np.allclose(found, self.momentum, rtol=_RTOL):
            return None
        other = float(found[~np.isclose(found, self.momentum, rtol=_RTOL)][0])
        return Finding(
            f"The momentum of your optimizer is {other:g}, the task asks for {self.momentum:g}.",
            expected=f"momentum={self.momentum:g}",
            observed=f"momentum={other:g}",
            hint=""
            if other
            else f"`keras.optimizers.{self.optimizer}` has no momentum unless it is told: "
            f"`momentum={self.momentum:g}`.",
        )

    def _other_steps(self, value: dict[str, Any]) -> Finding | None:
        images, steps = value["images"], len(value["rates"])
        in_epoch = {images // self.batch_size, -(-images // self.batch_size)}
        if steps in {self.epochs * count for count in in_epoch}:
            return None
        wanted = self.epochs * max(in_epoch)
        passes = next((n for n in range(1, 100) if steps in {n * c for c in in_epoch}), 0)
        if passes == 1:
            hint = "That is one epoch. Train for as many as `epochs` says."
        else:
            size = round(images * self.epochs / steps)
            or_else = f", and so would {passes} epochs in batches of the right size" * bool(passes)
            hint = (
                f"Batches of {size} would give so many{or_else}. Keras takes batches of 32 unless "
                "it is told."
            )
        return Finding(
            f"Your optimizer took {steps} steps on {images} images, where {self.epochs} epochs in "
            f"batches of {self.batch_size} take {wanted}.",
            expected=f"{wanted} steps",
            observed=f"{steps} steps",
            hint=hint,
        )

    def _other_rates(self, value: dict[str, Any]) -> Finding | None:
        found = value["rates"]
        for number, rate in enumerate(found):
            # Whether a boundary belongs to what is before it or after it, is nobody's mistake.
            near = {self._rate(n / len(found)) for n in (number - 1, number, number + 1)}
            if not any(np.isclose(rate, wanted, rtol=_RTOL) for wanted in near):
                wanted = self._rate(number / len(found))
                return Finding(
                    f"In step {number + 1} of {len(found)} your learning rate is {rate:.4g}, the "
                    f"task asks for {wanted:g}.",
                    expected=f"{wanted:g} in step {number + 1}",
                    observed=f"{rate:.4g}",
                    hint=self._told_rates(found),
                )
        return None

    def _rate(self, share: float) -> float:
        share = min(max(share, 0.0), 1.0)
        return [rate for start, rate in self.rates if start <= share][-1]

    def _told_rates(self, found: np.ndarray) -> str:
        if len(self.rates) == 1:
            return ""
        if np.allclose(found, found[0], rtol=_RTOL):
            return "It stays the same in all steps."
        told = ", ".join(f"{rate:.4g}" for rate in found[:16])
        return f"Your rates, step by step: {told}."


def _first(kinds: list[str]) -> str:
    return kinds[0] if kinds else "something else"


def _is_record(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"images", "optimizers", "momentum", "rates"}
        and isinstance(value["images"], int)
        and value["images"] > 0
        and isinstance(value["optimizers"], list)
        and all(_are_names(kinds) for kinds in value["optimizers"])
        and all(_is_row(value[key]) for key in ("momentum", "rates"))
        and len(value["momentum"]) == len(value["rates"]) >= len(value["optimizers"])
        and bool(value["optimizers"]) == bool(len(value["rates"]))
    )


def _are_names(kinds: Any) -> bool:
    return isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)


def _is_row(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind == "f"


@contextlib.contextmanager
def _written_down(steps: list[dict[str, Any]]) -> Iterator[None]:
    """Each step that a Keras optimizer takes meanwhile is appended to a list."""
    import keras

    def apply(self: Any, *args: Any, **kwargs: Any) -> Any:
        if len(steps) < _MOST:
            momentum = getattr(self, "momentum", 0.0)
            steps.append(
                {
                    "kinds": tuple(kind.__name__ for kind in type(self).__mro__),
                    "momentum": float(momentum) if isinstance(momentum, (int, float)) else 0.0,
                    "rate": float(keras.ops.convert_to_numpy(self.learning_rate)),
                }
            )
        return inherited(self, *args, **kwargs)

    base = keras.optimizers.Optimizer
    inherited, is_own = base.apply, "apply" in vars(base)
    base.apply = apply
    try:
        yield
    finally:
        if is_own:
            base.apply = inherited
        else:
            del base.apply


@contextlib.contextmanager
def _eagerly() -> Iterator[None]:
    """Nothing is compiled meanwhile: each step runs as Python, and can be seen."""
    import keras

    if keras.backend.backend() == "jax":
        with sys.modules["jax"].disable_jit():
            yield
    elif keras.backend.backend() == "tensorflow":
        config = sys.modules["tensorflow"].config
        before = config.functions_run_eagerly()
        config.run_functions_eagerly(True)
        try:
            # TensorFlow says that pipelines of data are compiled even so.
            with warnings.catch_warnings(action="ignore", category=UserWarning):
                yield
        finally:
            config.run_functions_eagerly(before)
    else:
        yield
