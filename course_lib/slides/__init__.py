"""The ledger of every number that the five decks print, each beside its computation.

A fact says where a number is printed, what it claims, and under which convention it holds. Its
value is computed when asked, from formulas and from the decks' layer tables.

Example:
    >>> from course_lib import slides
    >>> found = slides.fact("F0053")
    >>> found.printed, found.computed(), found.unit
    ('784', 784, 'KB')
    >>> found.citation
    'Lecture 7, AlexNet'
    >>> [mistake.id for mistake in slides.errata()][:2]
    ['E01', 'E02']
    >>> slides.cite("Lecture 7", "Max Pooling")
    'Lecture 7, Max Pooling'

On the command line: `python -m course_lib.slides --fact F0053`.
"""

from course_lib.slides._citation import cite, titles
from course_lib.slides._fact import Deck, Erratum, Fact, LedgerError, Status
from course_lib.slides._ledger import decks, errata, erratum, fact, facts, topics, verify

__all__ = [
    "Deck",
    "Erratum",
    "Fact",
    "LedgerError",
    "Status",
    "cite",
    "decks",
    "errata",
    "erratum",
    "fact",
    "facts",
    "titles",
    "topics",
    "verify",
]
