"""The ledger as plain text, for the command line."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from course_lib.slides._fact import CHECKABLE, Deck, Erratum, Fact, Status
from course_lib.slides._ledger import decks, errata, facts


@dataclass(frozen=True)
class Tally:
    """Counts of a deck's facts, or of all."""

    title: str
    facts: int
    computed: int
    matched: int
    derived: int
    ambiguous: int
    errata: int
    open: int
    cited: int


def tally(title: str, found: tuple[Fact, ...]) -> Tally:
    """Counts facts. Computed ones are matched, derived, ambiguous or errata."""

    def computed(status: Status) -> int:
        return sum(1 for f in found if f.status is status and f.computable)

    return Tally(
        title=title,
        facts=len(found),
        computed=sum(f.computable for f in found),
        matched=computed(Status.MATCH),
        derived=computed(Status.DERIVED),
        ambiguous=computed(Status.AMBIGUOUS),
        errata=computed(Status.ERRATUM),
        open=sum(f.open for f in found),
        cited=sum(f.status not in CHECKABLE for f in found),
    )


def tallies() -> tuple[Tally, ...]:
    """Returns one tally for each deck and one for all."""
    each = [tally(deck.title, facts(deck=deck.name)) for deck in decks()]
    return (*each, tally("all decks", facts()))


_COLUMNS = ("facts", "computed", "matched", "derived", "ambiguous", "errata", "open", "cited")


def summary_text(problems: list[str]) -> str:
    """Returns the table of tallies and what the recomputation found."""
    lines = [f"{'deck':<31}" + "".join(f"{name:>10}" for name in _COLUMNS)]
    for row in tallies():
        lines.append(
            f"{row.title:<31}" + "".join(f"{getattr(row, name):>10,}" for name in _COLUMNS)
        )
    lines += [
        "",
        "computed = matched + derived (not printed) + ambiguous (one named convention) + errata;",
        "open: not computable, for a stated reason; cited: results, formulas, recipes, techniques.",
        "",
    ]
    if problems:
        lines.append(f"{len(problems)} facts contradict their status:")
        lines += [f"  {problem}" for problem in problems]
    else:
        lines.append("Every computed fact agrees with its status.")
    return "\n".join(lines)


def errata_text() -> str:
    """Returns all mistakes of the decks."""
    return "\n\n".join(erratum_text(mistake) for mistake in errata())


def erratum_text(mistake: Erratum) -> str:
    """Returns one mistake with its facts, printed and right values."""
    lines = [f"{mistake.id}  {mistake.title}"]
    lines += textwrap.wrap(mistake.cause, 92, initial_indent="     ", subsequent_indent="     ")
    for found in mistake.facts:
        lines.append(f"     {found.id}  {found.citation}: {found.statement}")
        unit = f" {found.unit}" if found.unit else ""
        others = "".join(f"; {label} {value}" for label, value in found.alternatives().items())
        lines.append(
            f"            printed {found.printed}{unit}; right {found.right()}{unit}{others}"
        )
    return "\n".join(lines)


def fact_text(found: Fact) -> str:
    """Returns one fact with its derivation."""
    unit = f" {found.unit}" if found.unit else ""
    rows = [("printed", found.printed + unit if found.printed else "not printed")]
    if found.computable:
        rows.append(("computed", found.right() + unit))
        rows.append(("derivation", found.derivation))
    if found.source:
        rows.append(("right", found.source))
    rows.append(("status", _status_text(found)))
    if found.convention:
        rows.append(("convention", found.convention))
    rows += [(f"also, {label}", value) for label, value in found.alternatives().items()]
    if found.erratum:
        mistake = next(m for m in errata() if m.id == found.erratum)
        rows.append(("cause", f"{mistake.id}: {mistake.cause}"))
    if found.reproduction:
        rows.append(("reproduced", found.reproduced()))
    if found.note:
        rows.append(("note", found.note))
    width = max(len(label) for label, _ in rows) + 2
    lines = [f"{found.id}  {found.statement}", f"{found.citation} (line {found.line})", ""]
    for label, text in rows:
        lines += textwrap.wrap(
            f"{label:<{width}}{text}", 98, subsequent_indent=" " * width, break_long_words=False
        )
    return "\n".join(lines)


def _status_text(found: Fact) -> str:
    if found.open:
        return f"{found.status}, open: {found.reason}"
    if found.computable and found.printed and found.status is not Status.DERIVED:
        rule = f" ({found.rule})" if found.rule else ""
        return (
            f"{found.status}: printed and computed {'agree' if found.agrees() else 'differ'}{rule}"
        )
    return str(found.status)


def slides_of(deck: Deck) -> list[tuple[str, list[Fact]]]:
    """Returns a deck's facts by slide heading, in the order of the deck."""
    groups: list[tuple[str, list[Fact]]] = []
    for found in sorted(facts(deck=deck.name), key=lambda f: (_first_line(f), f.id)):
        if not groups or groups[-1][0] != found.place:
            groups.append((found.place, []))
        groups[-1][1].append(found)
    return groups


def _first_line(found: Fact) -> int:
    return int(found.line.partition(",")[0])
