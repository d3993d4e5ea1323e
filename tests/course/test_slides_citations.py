"""Slides are cited by titles that they have: in checks, notebooks and documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib import slides

ROOT = Path(__file__).parents[2]
TITLES = {deck.title: slides.titles(deck.title) for deck in slides.decks()}

_DECK = r"(?P<deck>Lecture \d+|IS 6733|" + "|".join(map(re.escape, TITLES)) + r")"
_CITED = re.compile(r"(?P<mark>\*?)\b" + _DECK + r"(?P=mark)(?:, | \()")
_FURTHER = re.compile(r"(?:[,;]|,? and) (?=[A-Z](?!\. |[\w-]+ et al))")


def texts() -> Iterator[Path]:
    """Everything that cites slides in prose."""
    yield from sorted((ROOT / "solutions").rglob("*.py"))
    yield from sorted((ROOT / "course_lib").rglob("*.py"))
    yield from sorted((ROOT / "docs").glob("*.md"))


def longest_title(deck: str, text: str) -> str:
    """The title of that deck with which the text begins; empty if there is none."""
    found = [
        title for title in TITLES.get(deck, ()) if re.match(re.escape(title) + r"(?!\w)", text)
    ]
    return max(found, key=len, default="")


def citations(text: str) -> Iterator[tuple[str, str, str]]:
    """Every citation in a text, as its deck, its title and the text from the title on.

    The title is empty where the deck has none with which that text begins. Further titles of the
    same deck may follow: `*Lecture 7*, Max Pooling; Pooling Summary`.
    """
    running = re.sub(r"(?:\s*\n#?)+\s*", " ", text)
    for cited in _CITED.finditer(running):
        deck, rest = cited["deck"], running[cited.end() :]
        while True:
            title = longest_title(deck, rest)
            yield deck, title, rest[:60]
            further = _FURTHER.match(rest, len(title)) if title else None
            if not further:
                break
            rest = rest[further.end() :]


def test_every_citation_is_of_a_slide_that_exists() -> None:
    found = [
        (path, deck, title, rest)
        for path in texts()
        for deck, title, rest in citations(path.read_text("utf-8"))
    ]
    wrong = [
        f"{path.relative_to(ROOT)}: {deck}, {rest}"
        for path, deck, title, rest in found
        if not title
    ]
    assert len(found) > 200
    assert wrong == []


def test_citations_are_found_in_prose() -> None:
    text = """\
# This is so (*Lecture 7*, Recap:
# Convolution; *Lecture 9*, Case Study: AlexNet, Case Study: ResNet; Huang et al., 2018), and
# *Lecture 7* (Max Pooling) says it, too. *Lecture 9* does not. See *Lecture 7*, Min Pooling.
"""
    assert [(deck, title) for deck, title, _ in citations(text)] == [
        ("Lecture 7", "Recap: Convolution"),
        ("Lecture 9", "Case Study: AlexNet"),
        ("Lecture 9", "Case Study: ResNet"),
        ("Lecture 7", "Max Pooling"),
        ("Lecture 7", ""),
    ]


def test_a_citation_is_deck_and_title() -> None:
    assert slides.cite("Lecture 7", "Max Pooling") == "Lecture 7, Max Pooling"


@pytest.mark.parametrize(
    ("deck", "title", "message"),
    [
        ("Lecture 7", "Recap: Convolutions", "The nearest: 'Recap: Convolution'"),
        ("Lecture 9", "AlexNet", "'Case Study: AlexNet'.* Received: 'AlexNet'"),
        ("Lecture 7", "zzz", "The nearest: none"),
        ("Lecture 8", "AlexNet", "must be one of: Lecture 7, .* Received: 'Lecture 8'"),
    ],
)
def test_an_unknown_slide_is_refused_with_the_nearest(deck: str, title: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        slides.cite(deck, title)


def test_the_places_of_facts_are_titles() -> None:
    for fact in slides.facts():
        assert slides.cite(fact.deck.title, fact.place) == fact.citation


def test_no_deck_has_a_title_twice() -> None:
    for found in TITLES.values():
        assert len(found) == len(set(found)) > 0
