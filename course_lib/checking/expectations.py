"""What an observation must be: pure data, each kind with its own way to judge.

Those of networks stand in `networks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from course_lib.checking import sketch
from course_lib.checking.budgets import trained_over, with_blueprint
from course_lib.checking.differences import tensor_lines, value_difference
from course_lib.checking.exceptions import raised
from course_lib.checking.finding import Finding
from course_lib.checking.probes import Observation
from course_lib.checking.relations import related
from course_lib.checking.room import Room, count_nodes
from course_lib.checking.scored_by import network_difference, scores_in
from course_lib.checking.shown import shown
from course_lib.checking.wire import ANY, Other, ProtocolError, encode_json, pack


@dataclass(frozen=True, eq=False)
class Expectation:
    """What an observation must be. Pure data, so that public cases can be frozen."""

    kind: ClassVar[str]
    kinds: ClassVar[dict[str, type[Expectation]]] = {}
    recognises: ClassVar[bool] = False
    """Whether a known mistake can be told by what it returns."""
    by_heart: ClassVar[bool] = False
    """Whether who has read what is expected could give it without solving anything."""

    def __init_subclass__(cls) -> None:
        Expectation.kinds[cls.kind] = cls

    def to_value(self) -> dict[str, Any]:
        """It as a plain value, for `wire.pack`."""
        return {"kind": self.kind} | {f.name: getattr(self, f.name) for f in fields(self)}

    @staticmethod
    def from_value(value: dict[str, Any]) -> Expectation:
        """The inverse of `to_value`."""
        value = dict(value)
        kind = value.pop("kind", None)
        if kind not in Expectation.kinds:
            raise ProtocolError(f"unknown expectation {kind!r}")
        return Expectation.kinds[kind](**value)

    def is_right(self, observation: Observation) -> bool:
        """Whether nothing is wrong with an observation; faster than `judge`, which says what."""
        return self.judge(observation) is None

    def judge(self, observation: Observation) -> Finding | None:
        """What is wrong with an observation; `None` if it is right."""
        if observation.outcome == "raised":
            return raised(observation.error)
        if observation.changed_inputs:
            names = ", ".join(f"`{name}`" for name in observation.changed_inputs)
            return Finding(
                f"Your code changed its input {names} in place.",
                expected="inputs left as they were",
                observed=f"{names} was written to",
                hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
            )
        return self.difference(observation.value)

    def difference(self, value: Any) -> Finding | None:
        """What is wrong with a value that was returned; `None` if it is right."""
        raise NotImplementedError(f"{type(self).__name__} has no way to judge a value")

    def details(self, observation: Observation) -> str:
        """More about a wrong observation, in lines; empty if there is nothing."""
        return ""

    def mark_of(self, value: Any) -> Any:
        """What is kept of the value that a known mistake returns, to recognise it."""
        return value

    def reading_of(self, value: Any) -> Any:
        """A value as `is_marked` takes it: what takes time is done once for all known mistakes."""
        return value

    def is_marked(self, mark: Any, reading: Any) -> bool:
        """Whether a value, as it is read, is that of the mistake of which `mark_of` kept this."""
        return False

    @cached_property
    def room(self) -> Room:
        """How large an answer may be."""
        return self._room()

    def _room(self, times: int = 8) -> Room:
        tree, arrays = pack(self.to_value())
        array_bytes = sum(array.nbytes for array in arrays.values())
        nodes = count_nodes(tree, ANY.nodes)
        return Room.around(array_bytes, len(encode_json(tree)), nodes, times)

    @property
    def answer(self) -> Any:
        """The value that is expected, if it is a single one; else `None`."""
        return None

    @property
    def refuses(self) -> bool:
        """Whether an exception is what is expected."""
        return False

    @property
    def training(self) -> Trained | None:
        """It, if it judges a training, which may be repeated."""
        return None


@dataclass(frozen=True, eq=False)
class Equal(Expectation):
    """The value must equal `value`: same structure and shapes, numbers within the tolerance.

    A number passes if `|observed - expected| <= atol + rtol * |expected|`, and one in float16 or
    float32 also within that type's rounding. Integers and floats, lists, tuples and arrays are
    interchangeable; of a text neither capitals nor what surrounds it count.

    Attributes:
        names: what the parts of a tuple are called (`("dx", "dw", "db")`).
    """

    kind: ClassVar[str] = "equal"
    recognises: ClassVar[bool] = True
    by_heart: ClassVar[bool] = True
    value: Any = None
    rtol: float = 1e-4
    atol: float = 1e-6
    names: tuple[str, ...] = ()

    def is_right(self, observation: Observation) -> bool:
        if observation.outcome != "returned" or observation.changed_inputs:
            return False
        return self._first_difference(observation.value) is None

    def difference(self, value: Any) -> Finding | None:
        found = self._first_difference(value)
        if found is None:
            return None
        return related(found, self.value, value, self.rtol, self.atol, self.names)

    def _first_difference(self, value: Any) -> Finding | None:
        return value_difference(self.value, value, self.rtol, self.atol, names=self.names)

    def details(self, observation: Observation) -> str:
        if observation.outcome != "returned":
            return ""
        found = observation.value
        return "\n".join(tensor_lines(self.value, found, self.rtol, self.atol, names=self.names))

    def is_marked(self, mark: Any, value: Any) -> bool:
        asked, beside = mark, {}
        if isinstance(self.value, dict) and isinstance(mark, dict):
            missing = self.value.keys() - mark.keys()
            if missing and isinstance(value, dict) and missing & value.keys():
                return False  # What the mistake leaves out, this answer has.
            if not missing:
                asked = {key: mark[key] for key in self.value}
                beside = {key: part for key, part in mark.items() if key not in asked}
        # Nothing says how exactly the entries agree that are returned beside those asked for.
        loose = max(self.rtol, LOOSE), max(self.atol, LOOSE)
        return sketch.is_of(asked, value, self.rtol, self.atol) and (
            not beside or sketch.is_of(beside, value, *loose)
        )

    @property
    def answer(self) -> Any:
        return self.value


@dataclass(frozen=True, eq=False)
class Raises(Expectation):
    """The call must raise an exception of one of the named types (`"ValueError"`)."""

    kind: ClassVar[str] = "raises"
    by_heart: ClassVar[bool] = True
    types: tuple[str, ...] = ("ValueError",)

    def judge(self, observation: Observation) -> Finding | None:
        wanted = " or ".join(self.types)
        if observation.outcome != "raised":
            return Finding(
                "These arguments make no sense and must be refused.",
                f"raise {wanted}",
                shown(observation.value),
            )
        error = observation.error
        kind = error.get("type", "Exception")
        if kind in self.types or set(error.get("kinds", "").split()) & set(self.types):
            return None
        told = raised(error)
        if "unwritten" in error:
            return told
        return replace(
            told,
            message=f"These arguments must be refused with {wanted}. {told.message}",
            expected=f"raise {wanted}",
        )

    @property
    def refuses(self) -> bool:
        return True


@dataclass(frozen=True, eq=False)
class Accuracy(Expectation):
    """Top-1 accuracy of predictions must reach `at_least` (a fraction of 1).

    Attributes:
        labels: true class numbers `(examples,)`.
        at_least: the bound.
        basis: in a sentence, how the bound was measured.
        network: the networks of which one must give the predictions, as
            `scored_by.network_as_data` tells them; any Keras model if there is none here, and
            anything at all for `None`.
    """

    kind: ClassVar[str] = "accuracy"
    labels: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.int64))
    at_least: float = 1.0
    basis: str = ""
    network: tuple[dict[str, Any], ...] | None = None

    @cached_property
    def room(self) -> Room:
        """Scores in float64 of so many classes as there are, and a few that there are not."""
        count = len(self.labels) or _SPLIT
        classes = max(_CLASSES, 2 * int(self.labels.max(initial=0)))
        return Room.around(8 * count * classes, 0, count, times=1)

    def difference(self, value: Any) -> Finding | None:
        scores, count = _held(value), len(self.labels)
        wanted = f"accuracy of at least {self.at_least:.1%} on {count} examples"
        if not _are_predictions(scores, count):
            return Finding(
                "The predictions have the wrong shape.", f"({count}, classes)", shown(scores)
            )
        reached = accuracy(self.labels, scores)
        if reached is None:
            return Finding("The predictions contain NaN or infinity.", wanted, shown(scores))
        if reached < self.at_least:
            return Finding(
                "The accuracy on unseen examples is too low.",
                wanted,
                f"{reached:.1%} ({round(reached * count)} of {count})",
                hint=self.basis,
            )
        if self.network is None:
            return None
        return network_difference(self.network, self.labels, value)


@dataclass(frozen=True, eq=False)
class Trained(Accuracy):
    """Top-1 accuracy after training must reach `at_least`, in one of several runs.

    A run that reaches the bound passes at once, one below `hopeless` fails at once, and one in
    between is repeated from another seed. The bound is chosen with the repetitions in mind.

    Attributes:
        labels: of the probe's inputs; none if these are the validation split's.
        hopeless: a right solution falls below it once in a million runs.
        runs: how many there may be.
        within: the budget of every network that was trained (`budgets`); `None` for none.
    """

    kind: ClassVar[str] = "trained"
    hopeless: float = 0.0
    runs: int = 1
    within: dict[str, int] | None = None

    @cached_property
    def room(self) -> Room:
        """Scores, and the blueprints of what is counted."""
        return super().room if self.within is None else with_blueprint(super().room)

    def difference(self, value: Any) -> Finding | None:
        """A network that costs too much is told first: its accuracy is then beside the point."""
        over = None if self.within is None else trained_over(self.within, value)
        return over or super().difference(value)

    @property
    def training(self) -> Trained | None:
        return self


def accuracy(labels: np.ndarray, value: Any) -> float | None:
    """The share of right predictions; `None` if the value does not hold any."""
    value, count = _held(value), len(labels)
    if not _are_predictions(value, count):
        return None
    if value.ndim == 2 and not np.isfinite(value).all():
        return None
    is_scores = value.ndim == 2 and value.shape[1] != 1
    predicted = value.argmax(axis=1) if is_scores else value.ravel()
    return float(np.mean(predicted == labels)) if count else 0.0


def _held(value: Any) -> Any:
    """The scores in a value; those in bfloat16 as the float32 that they are sent in."""
    value = scores_in(value)
    return value.holds if isinstance(value, Other) and value.form == "bfloat16" else value


def _are_predictions(value: Any, count: int) -> bool:
    """Whether a value has the shape of scores, or of class numbers."""
    return isinstance(value, np.ndarray) and value.shape[:1] == (count,) and value.ndim in (1, 2)


def error_text(observation: Observation) -> str:
    """Type and message of the exception that an observation ended with.

    Numbers that Keras appends to names (`conv2d_7`) are left out: they count what was built before.
    """
    text = f"{observation.error.get('type')}: {observation.error.get('message')}"
    return _COUNTER.sub("", text)


LOOSE = 1e-3
_SPLIT, _CLASSES = 10_000, 64
"""Images of a split whose labels are not known here, and classes of a small data set."""
_COUNTER = re.compile(r"_\d+\b")
