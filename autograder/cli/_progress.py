"""Progress of a class: a bar on a terminal, plain lines elsewhere; always on standard error."""

from __future__ import annotations

import sys
import time
from typing import Any

from rich.console import Console

from autograder.records.results import SubmissionRecord
from autograder.report import display_name


class Progress:
    """Shows how far grading has come."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stderr)
        self._bar: Any = None
        self._task: Any = None
        self._total = self._done = 0
        self._started = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def start(self, total: int) -> None:
        self._total = total
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
                TextColumn("grading"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("left"),
                TimeRemainingColumn(),
                TextColumn("{task.fields[last]}"),
                console=self._console,
            )
            self._task = self._bar.add_task("grading", total=total, last="starting the sandbox")
            self._bar.start()
        else:
            print(f"grading {total} submissions", file=sys.stderr, flush=True)

    def graded(self, record: SubmissionRecord) -> None:
        self._done += 1
        score = "ungraded" if record.score is None else f"{record.score:g} of {record.max_score:g}"
        line = f"{display_name(record.student)}: {score}"
        if self._bar is not None:
            self._bar.update(self._task, advance=1, last=line)
        else:
            text = f"[{self._done}/{self._total}] {line} ({record.duration_seconds:.1f} s)"
            print(text, file=sys.stderr, flush=True)
