"""A finding: one explained difference between what was expected and what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple


class Row(NamedTuple):
    """One labelled text of a finding.

    Attributes:
        field: the finding's attribute.
        label: what stands before it.
        text: never empty.
        is_code: whether it is code, or numbers, and not prose.
    """

    field: str
    label: str
    text: str
    is_code: bool


@dataclass(frozen=True)
class Finding:
    """One explained difference.

    Attributes:
        message: what is wrong, in a sentence.
        expected: what was expected, short.
        observed: what came, short.
        where: the place of the first difference (`"[0, 2, 1, 3]"`), or the student's line.
        hint: the likely cause, or where to look.
        case: what the case looked at.
        call: how the student's object was exercised.
        slide: where the course says so.
        recognised: whether `hint` is the sentence of a known mistake that agrees with the answer.
        details: for an answer of several arrays, one line for each: exact, close, or wrong by how
            much and where; for a network, the other differences.
        drawing: for a network, SVG of what was expected beside what came.
        brief: of a case that only the grader asks, what is told where its values are not shown; and
            of one with a single answer, wherever a student sees it.
        sealed: whether it is of such a case, which is asked of everybody and again.
    """

    # For those who read it back from a stored result with pydantic.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    message: str
    expected: str = ""
    observed: str = ""
    where: str = ""
    hint: str = ""
    case: str = ""
    call: str = ""
    slide: str = ""
    recognised: bool = False
    details: str = ""
    drawing: str = ""
    brief: str = ""
    sealed: bool = False

    def rows(self) -> list[Row]:
        """Its labelled texts, the empty ones left out; the message and the case head them."""
        rows = (
            Row("call", "call", self.call, True),
            Row("expected", "expected", self.expected, True),
            Row("observed", "got", self.observed, True),
            Row("where", "where", self.where, True),
            Row("details", "details", self.details, True),
            Row("hint", "likely cause" if self.recognised else "look at", self.hint, False),
            Row("slide", "slide", self.slide, False),
        )
        return [row for row in rows if row.text]
