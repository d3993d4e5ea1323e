"""How prose and checks cite a slide: by its deck and its title."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from course_lib.slides._ledger import decks, table


@cache
def titles(deck: str) -> tuple[str, ...]:
    """Returns the titles of a deck's slides, in the deck's order.

    They are as printed, without footnote marks, years and authors. Where several slides have the
    same heading, the heading of a part follows it: `Data Augmentation: Color Jitter`.

    Args:
        deck: how citations call it (`Lecture 7`).

    Raises:
        ValueError: for an unknown deck.
    """
    names = {known.title: known.name for known in decks()}
    if deck not in names:
        raise ValueError(f"`deck` must be one of: {', '.join(names)}. Received: {deck!r}")
    return tuple(row["title"] for row in table("titles.tsv") if row["deck"] == names[deck])


def cite(deck: str, title: str) -> str:
    """Returns the citation of a slide, and refuses one that does not exist.

    Args:
        deck: how citations call it (`Lecture 7`).
        title: of the slide, as the ledger has it.

    Raises:
        ValueError: for an unknown deck or title; the message has the nearest known titles.

    Example:
        >>> cite("Lecture 7", "Batch Normalization")
        'Lecture 7, Batch Normalization'
    """
    known = titles(deck)
    if title not in known:
        folded = {each.casefold(): each for each in known}
        near = get_close_matches(title.casefold(), folded, n=3, cutoff=0.4)
        nearest = ", ".join(repr(folded[each]) for each in near) or "none"
        raise ValueError(
            f"`title` must be that of a slide of {deck!r}. The nearest: {nearest}. "
            f"Received: {title!r}"
        )
    return f"{deck}, {title}"
