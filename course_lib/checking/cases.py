"""Cases: a probe, what must come back, and a share of the points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.checking import networks as networks  # whose expectations cases may have
from course_lib.checking import sealed as sealed
from course_lib.checking.expectations import Expectation
from course_lib.checking.probes import Probe


@dataclass(frozen=True, eq=False)
class Mistake:
    """A known mistake as data: what it makes of a case, and what a tutor says about it.

    Attributes:
        sentence: what a tutor says.
        value: what the expectation keeps of what the mistake returns (`Expectation.mark_of`); in
            public cases with sketches in place of large arrays (`sketch`).
        error: or the exception that it ends with (`"ValueError: shapes differ"`).
        number: its place among the known mistakes of the check.
        is_open: whether what it makes of the case is another answer on another machine.
    """

    sentence: str
    value: Any = None
    error: str = ""
    number: int = 0
    is_open: bool = False


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
        allows: families of names (`course_lib.checking.families`), and dotted names, to which all
            calls into libraries must belong; none if all may be called.
    """

    probe: Probe
    expects: Expectation
    label: str = ""
    share: float = 1.0
    slide: str = ""
    where_to_look: str = ""
    mistakes: tuple[Mistake, ...] = ()
    forbids: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()

    def to_value(self) -> dict[str, Any]:
        """The case as a plain value, for `wire.pack`."""
        return {
            "probe": self.probe.to_value(),
            "expects": self.expects.to_value(),
            "label": self.label,
            "share": self.share,
            "slide": self.slide,
            "where_to_look": self.where_to_look,
            "mistakes": tuple(
                (m.sentence, m.value, m.error, m.number, m.is_open) for m in self.mistakes
            ),
            "forbids": self.forbids,
            "allows": self.allows,
        }

    @staticmethod
    def from_value(value: dict[str, Any]) -> Case:
        """The inverse of `to_value`."""
        value = dict(value)
        value["probe"] = Probe.from_value(value["probe"])
        value["expects"] = Expectation.from_value(value["expects"])
        value["mistakes"] = tuple(Mistake(*parts) for parts in value["mistakes"])
        return Case(**value)
