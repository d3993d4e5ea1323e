"""Progress of long work: a bar on a terminal, plain lines elsewhere; always on standard error."""

from __future__ import annotations

import sys
import time
from typing import Any

from rich.console import Console

from autograder.records.results import SubmissionRecord
from autograder.report import display_name

_LINE_SECONDS = 20.0
_FIRST = 10  # The first ones tell nothing about the others.


class Progress:
    """Shows how far work has come, and how long it will take.

    Args:
        doing: the work, as in `"grading"`.
        things: what there are many of, as in `"submissions"`.
        terse: whether off a terminal only every twenty seconds a line says how far it is.
        longest_first: the share of the things after which those that are left are like those that
            are done; before it no line tells the time left.
    """

    def __init__(
        self,
        doing: str = "grading",
        things: str = "submissions",
        terse: bool = False,
        longest_first: float = 0.0,
    ) -> None:
        self._console = Console(file=sys.stderr)
        self._doing, self._things, self._terse = doing, things, terse
        self._longest_first = longest_first
        self._bar: Any = None
        self._task: Any = None
        self._total = self._done = 0
        self._started = self._said = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def start(self, total: int) -> None:
        self._total, self._done = total, 0
        self._started = self._said = time.monotonic()
        if not total:
            return
        if self._console.is_terminal:
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
                TimeRemainingColumn,
            )

            self._bar = Progress(
                TextColumn(self._doing),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("left"),
                TimeRemainingColumn(),
                TextColumn("{task.fields[last]}"),
                console=self._console,
            )
            self._task = self._bar.add_task(self._doing, total=total, last="starting the sandbox")
            self._bar.start()
        else:
            print(f"{self._doing} {total} {self._things}", file=sys.stderr, flush=True)

    def done(self, line: str, about: str = "") -> None:
        """One more is done: what became of it, and in plain lines something more about it."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, advance=1, last=line)
        elif not self._terse:
            self._say(f"{line}{about}")
        elif time.monotonic() - self._said > _LINE_SECONDS or self._done == self._total:
            self._said = time.monotonic()
            left = (self._said - self._started) / self._done * (self._total - self._done)
            first = max(_FIRST, self._longest_first * self._total)
            told = left > 30 and self._done >= first
            self._say(f"{line}, about {left / 60:.0f} min left" if told else line)

    def _say(self, text: str) -> None:
        print(f"[{self._done}/{self._total}] {text}", file=sys.stderr, flush=True)

    def tell(self, text: str) -> None:
        """Something that must not be overlooked."""
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False)
        else:
            print(text, file=sys.stderr, flush=True)

    def graded(self, record: SubmissionRecord) -> None:
        """A submission is graded."""
        score = "ungraded" if record.score is None else f"{record.score:g} of {record.max_score:g}"
        line = f"{display_name(record.student)}: {score}"
        self.done(line, f" ({record.duration_seconds:.1f} s)")
