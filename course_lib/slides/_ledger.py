"""Loads the ledger's tables and looks facts up."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from course_lib.slides._fact import Deck, Erratum, Fact, LedgerError, Status


def table(name: str) -> list[dict[str, str]]:
    """Returns the rows of one of the ledger's tables."""
    text = files("course_lib.slides").joinpath("ledger", name).read_text(encoding="utf-8")
    lines = text.splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def decks() -> tuple[Deck, ...]:
    """Returns the five decks in the course's order."""
    return tuple(Deck(**row) for row in table("decks.tsv"))


@cache
def _by_id() -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for deck in decks():
        for row in table(f"{deck.name}.tsv"):
            found[row["id"]] = _read(row, deck)
    return found


def _read(row: dict[str, str], deck: Deck) -> Fact:
    also = tuple(
        (label.strip(), call.strip())
        for label, _, call in (part.partition(":=") for part in row.pop("also").split(";"))
        if call
    )
    status, scale = Status(row.pop("status")), int(row.pop("scale") or 1)
    return Fact(deck=deck, status=status, scale=scale, also=also, **row)


def fact(fact_id: str) -> Fact:
    """Returns the fact of that id.

    Raises:
        LedgerError: for an unknown id.
    """
    try:
        return _by_id()[fact_id]
    except KeyError:
        known = list(_by_id())
        raise LedgerError(
            f"A fact's id must be one of {min(known)} to {max(known)}. Received: {fact_id!r}"
        ) from None


def facts(
    topic: str | None = None, status: Status | str | None = None, deck: str | None = None
) -> tuple[Fact, ...]:
    """Returns the facts that have all the given properties, in the decks' order.

    Args:
        topic: a topic, or the beginning of several (`VGG` also gives `VGG recipe`).
        status: a `Status` or its name in any case.
        deck: a deck's short name or title.

    Raises:
        LedgerError: for an unknown status or deck, or a topic that nothing has.
    """
    found = tuple(_by_id().values())
    if deck is not None:
        names = {d.name for d in decks() if deck in (d.name, d.title)}
        if not names:
            choices = ", ".join(d.name for d in decks())
            raise LedgerError(f"`deck` must be one of: {choices}. Received: {deck!r}")
        found = tuple(f for f in found if f.deck.name in names)
    if status is not None:
        try:
            wanted = Status(status.upper())
        except ValueError:
            choices = ", ".join(Status)
            raise LedgerError(f"`status` must be one of: {choices}. Received: {status!r}") from None
        found = tuple(f for f in found if f.status is wanted)
    if topic is not None:
        if topic not in topics() and not any(name.startswith(topic) for name in topics()):
            raise LedgerError(f"`topic` must be one of: {', '.join(topics())}. Received: {topic!r}")
        found = tuple(f for f in found if f.topic.startswith(topic))
    return found


@cache
def topics() -> tuple[str, ...]:
    """Returns all topics, sorted."""
    return tuple(sorted({f.topic for f in _by_id().values()}))


@cache
def errata() -> tuple[Erratum, ...]:
    """Returns the mistakes of the decks, each with the facts that show it."""
    return tuple(
        Erratum(facts=tuple(f for f in _by_id().values() if f.erratum == row["id"]), **row)
        for row in table("errata.tsv")
    )


def erratum(erratum_id: str) -> Erratum:
    """Returns one mistake.

    Raises:
        LedgerError: for an unknown id.
    """
    for found in errata():
        if found.id == erratum_id:
            return found
    raise LedgerError(
        f"An erratum's id must be one of {errata()[0].id} to {errata()[-1].id}. "
        f"Received: {erratum_id!r}"
    )


def verify() -> list[str]:
    """Recomputes every fact and returns what contradicts its status."""
    return [problem for found in _by_id().values() for problem in found.problems()]
