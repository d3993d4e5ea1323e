"""Counts what is run, so that a search ends everywhere at the same place."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any


class TooLong(BaseException):
    """More lines are run than may be; no `except Exception` keeps it."""


class Watch:
    """Counts the lines of a notebook that are run meanwhile, and ends what has no end."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.lines: set[tuple[str, int]] = set()
        self._before: Any = None

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self._see)

    def __exit__(self, *exception: object) -> None:
        sys.settrace(self._before)

    def _see(self, frame: FrameType, event: str, argument: Any) -> Any:
        self.left -= 1
        filename = frame.f_code.co_filename
        if not filename.startswith("<"):
            return None  # A library may be putting something back, and is not disturbed at it.
        if self.left <= 0:
            raise TooLong
        if event == "line":
            self.lines.add((filename, frame.f_lineno))
        return self._see
