"""One printed number and everything that is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from course_lib._exceptions import CourseLibraryError
from course_lib.slides._polynomial import Polynomial
from course_lib.slides._printed import agrees
from course_lib.slides._value import Value, show


class Status(StrEnum):
    """What the ledger says of a fact; `verify` holds it to that."""

    MATCH = "MATCH"  # printed and computed agree
    ERRATUM = "ERRATUM"  # the slide is wrong
    AMBIGUOUS = "AMBIGUOUS"  # agrees under one named convention only, or cannot be read
    DERIVED = "DERIVED"  # not printed, computed from what is
    REPORTED = "REPORTED"  # a measurement or a date: only cited
    FORMULA = "FORMULA"
    RECIPE = "RECIPE"
    ARCH = "ARCH"
    TECHNIQUE = "TECHNIQUE"


CHECKABLE = frozenset({Status.MATCH, Status.ERRATUM, Status.AMBIGUOUS, Status.DERIVED})


class LedgerError(CourseLibraryError, LookupError):
    """A fact, deck or erratum that the ledger does not have, or cannot compute."""


@dataclass(frozen=True)
class Deck:
    """One of the five decks.

    Attributes:
        name: short name, as in the ledger's file names.
        title: how citations call it.
        subtitle: its subject and source.
    """

    name: str
    title: str
    subtitle: str


@dataclass(frozen=True)
class Erratum:
    """A mistake on the slides.

    Attributes:
        id: `E01` to `E39`.
        title: the mistake in a few words.
        cause: where it comes from, in one or two sentences.
        facts: the facts that show it.
    """

    id: str
    title: str
    cause: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A statement of a slide.

    Attributes:
        id: `F0001` to `F1217`.
        deck: the deck it stands in.
        line: line (or lines) of the deck's extracted text.
        place: heading of the slide.
        topic: subject, such as `VGG` or `1x1 convolution`.
        statement: what is stated.
        printed: the text as printed, empty where nothing is.
        unit: unit of printed and computed value.
        scale: how many base units one unit has: 1024 for K parameters where K = 1024.
        convention: what decides whether the numbers agree.
        status: see `Status`.
        rule: how printed and computed value are compared; see `course_lib.slides._printed`.
        computation: the call that computes the value, empty for a citation.
        also: further computations by label, such as the same number under another convention.
        reproduction: for an erratum, the call that reproduces the wrong number from its cause.
        erratum: `E01` to `E39`, or empty.
        reason: why nothing is computed, where nothing is.
        source: the right value of an erratum that only literature can settle.
        note: a remark.
    """

    id: str
    deck: Deck
    line: str
    place: str
    topic: str
    statement: str
    printed: str
    unit: str
    scale: int
    convention: str
    status: Status
    rule: str
    computation: str
    also: tuple[tuple[str, str], ...] = ()
    reproduction: str = ""
    erratum: str = ""
    reason: str = ""
    source: str = ""
    note: str = ""

    @property
    def citation(self) -> str:
        """Deck and slide: `Lecture 7, Batch Normalization`."""
        return f"{self.deck.title}, {self.place}"

    @property
    def computable(self) -> bool:
        """Whether the ledger computes this fact."""
        return bool(self.computation)

    @property
    def open(self) -> bool:
        """Whether a checkable fact could not be computed; `reason` says why."""
        return self.status in CHECKABLE and not self.computation

    def value(self) -> Value:
        """Computes the fact in base units, with its derivation.

        Raises:
            LedgerError: if it is a citation or cannot be computed.
        """
        if not self.computation:
            raise LedgerError(
                f"A fact with a computation must be asked for. {self.id} has none"
                f"{': ' + self.reason if self.reason else ' (' + self.status.lower() + ')'}."
            )
        return _compute(self.computation)

    def exact(self) -> Any:
        """Returns the value in base units: 72,855,552 multiply-adds, not 72.9 M."""
        return self.value().value

    def computed(self) -> Any:
        """Returns the value in the printed unit.

        Numbers come as `int` where they are whole and as `float` else, shapes and matrices as
        tuples, formulas as a polynomial whose `str` is the formula.
        """
        return _plain(_scaled(self.value().value, self.scale))

    def agrees(self) -> bool:
        """Says whether the printed text and the computed value agree under the fact's rule.

        Raises:
            LedgerError: if nothing is printed, or nothing computed.
        """
        if not self.printed:
            raise LedgerError(f"A printed value must exist to be compared. {self.id} has none.")
        return agrees(self.printed, _scaled(self.value().value, self.scale), self.rule)

    @property
    def derivation(self) -> str:
        """The formula with its numbers and the result, in base units and in the printed unit."""
        text = self.value().derivation
        scaled = _scaled(self.value().value, self.scale)
        if self.scale == 1 or scaled == 0:
            return text
        return f"{text}; /{self.scale:,} = {show(scaled)}"

    def alternatives(self) -> dict[str, str]:
        """Computes `also`: values by label, in the printed unit."""
        return {label: show(_scaled(_compute(call).value, self.scale)) for label, call in self.also}

    def reproduced(self) -> str:
        """Derives the wrong number of an erratum from its cause; empty where that is not known."""
        if not self.reproduction:
            return ""
        value = _compute(self.reproduction)
        text = value.derivation
        if self.scale != 1:
            text += f"; /{self.scale:,} = {show(_scaled(value.value, self.scale))}"
        return text

    def right(self) -> str:
        """The right value of an erratum, computed where it can be, else from its source."""
        if not self.computation:
            return self.source
        return show(_scaled(self.value().value, self.scale))

    def problems(self) -> list[str]:
        """Recomputes the fact and returns what contradicts its status; empty if nothing does."""
        found: list[str] = []
        if self.status not in CHECKABLE:
            return [f"{self.id}: a citation must not have a computation"] * self.computable
        if not self.computation:
            if self.status not in (Status.AMBIGUOUS, Status.ERRATUM) or not self.reason:
                found.append(
                    f"{self.id}: {self.status} needs a computation, or an open one a reason"
                )
        elif self.status is Status.DERIVED:
            self.value()
        elif self.agrees() is (self.status is Status.ERRATUM):
            verb = "agree" if self.status is Status.ERRATUM else "differ"
            found.append(
                f"{self.id} is {self.status}, but printed {self.printed!r} and computed "
                f"{show(_scaled(self.value().value, self.scale))} {verb} ({self.rule or 'as is'})"
            )
        if self.status is Status.AMBIGUOUS and self.computation and not self.convention:
            found.append(f"{self.id}: an ambiguous fact needs a named convention")
        if (self.status is Status.ERRATUM) is not bool(self.erratum):
            found.append(f"{self.id}: exactly the errata carry an erratum number")
        if self.reproduction and not agrees(
            self.printed, _scaled(_compute(self.reproduction).value, self.scale), self.rule
        ):
            found.append(f"{self.id}: its cause does not reproduce the printed {self.printed!r}")
        for _, call in self.also:
            _compute(call)
        return found


def _compute(call: str) -> Value:
    from course_lib.slides.computations import compute  # numpy and the tables, only when asked

    return compute(call)


def _scaled(value: Any, scale: int) -> Any:
    if scale == 1 or isinstance(value, str | Polynomial):
        return value
    if isinstance(value, tuple):
        return tuple(_scaled(item, scale) for item in value)
    return value / scale if isinstance(value, float) else Fraction(value) / scale


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value
