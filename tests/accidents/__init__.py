"""Broken but innocent notebooks: one module for each accident.

A module's docstring says what happened. It breaks a right solution of `a01_layers/convolution`:

    def happen(notebook): ...   the notebook, before it is written; or
    def happen_to(file): ...    the file where it was handed in, and its folder.

And it states what the grader must make of it:

    LOSES = ("im2col",)     the checks that cannot be saved; all others keep full marks
    REPAIRED = ("...",)     texts that the repairs hold, one for each; by default there are none
    FOUND = "..."           text in the first finding of every lost check
    PROBLEM = "..."         text in the notebook's problem, if nobody can read it: a person has
                            to look at it, and nothing of it is a zero
    STUDENT = "..."         the student's name, where it matters
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode


@dataclass(frozen=True)
class Accident:
    """What happened to a notebook, and what is expected of the grader."""

    name: str
    student: str
    happen: Callable[[NotebookNode], None] | None
    happen_to: Callable[[Path], None] | None
    loses: tuple[str, ...]
    repaired: tuple[str, ...]
    found: str
    problem: str


def corpus() -> list[Accident]:
    """All accidents, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [_read(name) for name in names if not name.startswith("_")]


def _read(name: str) -> Accident:
    module = importlib.import_module(f"{__name__}.{name}")
    known = vars(module)
    if not module.__doc__ or ("happen" in known) == ("happen_to" in known):
        raise ValueError(f"{name} must have a docstring and either `happen` or `happen_to`.")
    return Accident(
        name=name,
        student=known.get("STUDENT", name),
        happen=known.get("happen"),
        happen_to=known.get("happen_to"),
        loses=known.get("LOSES", ()),
        repaired=known.get("REPAIRED", ()),
        found=known.get("FOUND", ""),
        problem=known.get("PROBLEM", ""),
    )
