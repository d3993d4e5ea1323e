"""What files of known mistakes are written with; `autograder.source.mistakes` reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

_Definition = TypeVar("_Definition")


def change(
    name: str,
    *texts: str,
    say: str,
    fails: Sequence[str] = (),
    hint: str | None = "",
    inside: str = "",
) -> None:
    """A mistake that is other text in the solution.

    Args:
        name: of the mistake.
        texts: pairs of old and new text; each old one stands exactly once in the solution.
        say: what a tutor would say.
        fails: the checks that are lost, the file's first; by default the file's alone.
        hint: what the grader says instead; `None` where values do not tell the mistake.
        inside: the definition that is changed, where it is not what the file's check looks at.
    """


def instead(
    name: str, *, say: str, fails: Sequence[str] = (), hint: str | None = ""
) -> Callable[[_Definition], _Definition]:
    """A mistake that is another definition; those that follow belong to it.

    Args:
        name: of the mistake.
        say: what a tutor would say.
        fails: the checks that are lost, the file's first; by default the file's alone.
        hint: what the grader says instead; `None` where values do not tell the mistake.
    """
    return lambda definition: definition
