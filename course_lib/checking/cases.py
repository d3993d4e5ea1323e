"""Cases: a probe, what must come back, and a share of the points."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np

from course_lib.checking.probes import Probe
from course_lib.checking.wire import ProtocolError


@dataclass(frozen=True, eq=False)
class Expectation:
    """What an observation must be. Pure data, so that public cases can be frozen."""

    kind: ClassVar[str]
    kinds: ClassVar[dict[str, type[Expectation]]] = {}

    def __init_subclass__(cls) -> None:
        Expectation.kinds[cls.kind] = cls

    def to_value(self) -> dict[str, Any]:
        return {"kind": self.kind} | {f.name: getattr(self, f.name) for f in fields(self)}

    @staticmethod
    def from_value(value: dict[str, Any]) -> Expectation:
        value = dict(value)
        kind = value.pop("kind", None)
        if kind not in Expectation.kinds:
            raise ProtocolError(f"unknown expectation {kind!r}")
        return Expectation.kinds[kind](**value)


@dataclass(frozen=True, eq=False)
class Equal(Expectation):
    """The value must equal `value`: same structure and shapes, numbers within the tolerance.

    A number passes if `|observed - expected| <= atol + rtol * |expected|`. Integers and floats,
    lists and tuples are interchangeable; text and `None` must be the same.

    Attributes:
        names: what the parts of a tuple are called (`("dx", "dw", "db")`).
    """

    kind: ClassVar[str] = "equal"
    value: Any = None
    rtol: float = 1e-4
    atol: float = 1e-6
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Raises(Expectation):
    """The call must raise an exception of one of the named types (`"ValueError"`)."""

    kind: ClassVar[str] = "raises"
    types: tuple[str, ...] = ("ValueError",)


@dataclass(frozen=True, eq=False)
class Accuracy(Expectation):
    """Top-1 accuracy of predictions must reach `at_least` (a fraction of 1).

    Attributes:
        labels: true class numbers `(examples,)`.
        at_least: the bound.
        basis: in a sentence, how the bound was measured.
    """

    kind: ClassVar[str] = "accuracy"
    labels: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.int64))
    at_least: float = 1.0
    basis: str = ""


@dataclass(frozen=True, eq=False)
class Trained(Accuracy):
    """Top-1 accuracy after training must reach `at_least`, in one of several runs.

    A run that reaches the bound passes at once, one below `hopeless` fails at once, and one in
    between is repeated from another seed. The bound is chosen with the repetitions in mind.

    Attributes:
        labels: of the probe's inputs; none if these are the validation split's.
        hopeless: a right solution falls below it once in a million runs.
        runs: how many there may be.
    """

    kind: ClassVar[str] = "trained"
    hopeless: float = 0.0
    runs: int = 1


@dataclass(frozen=True, eq=False)
class Network(Expectation):
    """A blueprint must have these layers and this many parameters.

    Attributes:
        layers: one `(name on the slide, class name, output shape, parameters)` for each layer that
            has parameters or changes the shape; the batch size in a shape is `None`.
        parameters: the total.
        ordered: whether the layers must come in this order. Parallel branches need not.
    """

    kind: ClassVar[str] = "network"
    layers: tuple[tuple[str, str, tuple[int | None, ...], int], ...] = ()
    parameters: int = 0
    ordered: bool = True


@dataclass(frozen=True, eq=False)
class Structure(Expectation):
    """A blueprint must be this network, in whatever style it is written.

    Attributes:
        graph: the canonical graph, as data (`course_lib.structure.Graph.to_value`).
        ignore: settings that do not count (`"rate"` of dropout).
    """

    kind: ClassVar[str] = "structure"
    graph: dict[str, Any] = field(default_factory=dict)
    ignore: tuple[str, ...] = ("rate",)


@dataclass(frozen=True, eq=False)
class Mistake:
    """A known mistake as data: what it makes of a case, and what a tutor says about it.

    Attributes:
        sentence: what a tutor says.
        value: what the mistake returns for the case; of a network its signature.
        error: or the exception that it ends with (`"ValueError: shapes differ"`).
    """

    sentence: str
    value: Any = None
    error: str = ""


@dataclass(frozen=True, eq=False)
class Case:
    """One probe with its expectation.

    Attributes:
        probe: what is done with the student's object.
        expects: what must come back.
        label: what this case looks at, in a few words (`"stride 2 in both directions"`).
        share: weight among the check's cases; points are split in proportion.
        slide: where the course says so (`"Lecture 7, Recap: Convolution"`).
        where_to_look: advice for the student when no known mistake explains the difference.
        mistakes: what known mistakes return here (filled in for public cases).
        forbids: dotted names that must not be called.
    """

    probe: Probe
    expects: Expectation
    label: str = ""
    share: float = 1.0
    slide: str = ""
    where_to_look: str = ""
    mistakes: tuple[Mistake, ...] = ()
    forbids: tuple[str, ...] = ()

    def to_value(self) -> dict[str, Any]:
        """The case as a plain value, for `wire.pack`."""
        return {
            "probe": self.probe.to_value(),
            "expects": self.expects.to_value(),
            "label": self.label,
            "share": self.share,
            "slide": self.slide,
            "where_to_look": self.where_to_look,
            "mistakes": tuple((m.sentence, m.value, m.error) for m in self.mistakes),
            "forbids": self.forbids,
        }

    @staticmethod
    def from_value(value: dict[str, Any]) -> Case:
        """The inverse of `to_value`."""
        value = dict(value)
        value["probe"] = Probe.from_value(value["probe"])
        value["expects"] = Expectation.from_value(value["expects"])
        value["mistakes"] = tuple(Mistake(*parts) for parts in value["mistakes"])
        return Case(**value)
