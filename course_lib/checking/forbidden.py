"""Calls that a task asks the student to write, blocked while the answer is exercised."""

from __future__ import annotations

import contextlib
import functools
import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any


class ForbiddenCallError(BaseException):
    """A call that the task does not allow.

    A `BaseException`, so that a student's `except Exception` does not swallow it by accident.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"`{name}` must not be called here: this is what you are asked to write.")
        self.name = name


@contextlib.contextmanager
def blocked(names: tuple[str, ...]) -> Iterator[None]:
    """Replace each dotted name by a function that raises `ForbiddenCallError`.

    Names of packages that nobody has imported are passed over, since importing TensorFlow takes
    seconds. (When grading, they are imported before the student's code runs.)
    """
    saved: list[tuple[Any, str, Any]] = []
    try:
        for name in names:
            owner_name, _, attribute = name.rpartition(".")
            if owner_name.partition(".")[0] not in sys.modules:
                continue
            owner = resolve(owner_name)
            if owner is None or not hasattr(owner, attribute):
                continue
            saved.append((owner, attribute, getattr(owner, attribute)))
            setattr(owner, attribute, _blocker(name))
        yield
    finally:
        for owner, attribute, original in reversed(saved):
            setattr(owner, attribute, original)


@functools.cache
def resolve(dotted: str) -> Any:
    """The module, or the class in a module, that a dotted name means; `None` if there is none.

    Imports what is not imported yet, which may take a while.
    """
    first, *parts = dotted.split(".")
    path = first
    try:
        found: Any = importlib.import_module(first)
        for part in parts:
            path += "." + part
            # What is there already comes first, and stays: `keras.src.backend.numpy` means the
            # functions of the backend in use, until the package of that name is imported.
            there = getattr(found, part, None)
            if isinstance(there, ModuleType):
                sys.modules.setdefault(path, there)
            found = importlib.import_module(path) if there is None else there
    except ImportError:
        return None
    return found


def _blocker(name: str) -> Any:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise ForbiddenCallError(name)

    return refuse
