"""The verdicts: what each is called, looks like, comes from, and says.

A new verdict is a member of `Verdict` and an entry of `OUTCOMES`; reports, exports, summaries and
the judge take everything from there. If it is reached because the sandbox ended the process, there
is also a `Death`, which the watcher gives (`sandbox/watch.py`).
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a check. `ungraded` and `unreadable` are never a zero."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    OUT_OF_CPU_TIME = "out_of_cpu_time"
    OUT_OF_MEMORY = "out_of_memory"
    OUT_OF_SPACE = "out_of_space"
    TOO_MANY_PROCESSES = "too_many_processes"
    CRASHED = "crashed"
    NOT_REACHED = "not_reached"
    UNREADABLE = "unreadable"
    UNGRADED = "ungraded"


class Death(StrEnum):
    """Why a submission's process ended before it was told to."""

    CRASHED = "crashed"
    TIMEOUT = "timeout"
    HUNG = "hung"
    OUT_OF_MEMORY = "out_of_memory"
    PROCESSES = "processes"
    CPU_TIME = "cpu_time"


@dataclass(frozen=True)
class Look:
    """How a verdict is drawn.

    Attributes:
        symbol: one character for a terminal; pages draw the same idea as an icon.
        colour: the terminal's name of a colour.
        icon: SVG inside a box of 16 by 16.
        light: ground and ink on a light page.
        dark: ground and ink on a dark page.
    """

    symbol: str
    colour: str
    icon: str
    light: tuple[str, str]
    dark: tuple[str, str]


@dataclass(frozen=True)
class Told:
    """What a finding says; the limits, and the `seconds` of one of time, are put in.

    Attributes:
        message: what happened.
        hint: where to look.
    """

    message: str
    hint: str


@dataclass(frozen=True)
class Ended(Told):
    """What is said if the process was ended.

    Attributes:
        death: as the sandbox says it.
        shown: in a few words.
    """

    death: Death
    shown: str


@dataclass(frozen=True)
class Refused(Told):
    """What is said if the kernel refused something.

    Attributes:
        signs: texts of which the exception's message has one.
    """

    signs: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """One verdict.

    Attributes:
        word: its name on pages.
        look: how it is drawn.
        meaning: what happened, to the student.
        advice: what the student can do about it.
        ended: the deaths of the process by which it is reached.
        refused: if it is reached by something that the kernel refused.
    """

    word: str
    look: Look
    meaning: str
    advice: str = ""
    ended: tuple[Ended, ...] = ()
    refused: Refused | None = None


OUTCOMES: dict[Verdict, Outcome] = {
    Verdict.PASSED: Outcome(
        "Passed",
        Look(
            "✓",
            "green",
            '<path d="M3 8.5l3.4 3.5L13 4.5"/>',
            ("#0b7a5c", "#ffffff"),
            ("#35b48f", "#04231a"),
        ),
        "Everything that this check looked at is right.",
    ),
    Verdict.FAILED: Outcome(
        "Failed",
        Look(
            "✗",
            "red",
            '<path d="M4 4l8 8M12 4l-8 8"/>',
            ("#c44e07", "#ffffff"),
            ("#ee8747", "#2b1000"),
        ),
        "Your code ran, and some of its answers are not right yet.",
    ),
    Verdict.ERROR: Outcome(
        "Error",
        Look(
            "!",
            "magenta",
            '<path d="M8 2.5v7M8 13.2v.1"/>',
            ("#a5317c", "#ffffff"),
            ("#dd83bf", "#30061f"),
        ),
        "Your code stopped with an exception before it gave an answer.",
        "Read the last line of the message, go to the line of yours that it names, and run that "
        "cell again on a small input.",
    ),
    Verdict.TIMEOUT: Outcome(
        "Timed out",
        Look(
            "◷",
            "yellow",
            '<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.4 1.6"/>',
            ("#e8ab1c", "#231a00"),
            ("#f1c453", "#2a1e00"),
        ),
        "Your code, or a cell that it needs, was still running when its time was up, so it was "
        "stopped. The time that counts is what your code computes itself; how busy the machine is "
        "makes no difference.",
        "Look for a loop that never ends, for something that is waited for and never comes, or for "
        "a Python loop over single pixels where one array operation would do. Double the size of a "
        "small input and watch how the time grows.",
        ended=(
            Ended(
                "This used more than {seconds:g} s of CPU time and was stopped.",
                "Look for a loop that does not end, or for loops over pixels where an array "
                "operation would do.",
                Death.TIMEOUT,
                "out of time",
            ),
            Ended(
                "This hung: for {seconds:g} s it computed nothing and only waited. It was stopped.",
                "Look for what it waits for: `sleep`, a lock, a thread, a connection.",
                Death.HUNG,
                "it hung",
            ),
        ),
    ),
    Verdict.OUT_OF_MEMORY: Outcome(
        "Out of memory",
        Look(
            "▣",
            "yellow",
            '<path d="M2.5 2.5h11v11h-11z" stroke-width="1.6"/>'
            '<path d="M6 6h4v4h-4z" fill="currentColor"/>',
            ("#7b5b3e", "#ffffff"),
            ("#b8967a", "#24150a"),
        ),
        "Your code asked for more memory than a submission may use, so it was stopped.",
        "Print the shapes of what you compute on the way: one of them is probably much larger than "
        "input and output. Look also for a list that grows in a loop.",
        ended=(
            Ended(
                "This needed more than {limits.memory_mb} MB of memory and was stopped.",
                "Look for an array that is much larger than its inputs.",
                Death.OUT_OF_MEMORY,
                "out of memory",
            ),
        ),
    ),
    Verdict.OUT_OF_CPU_TIME: Outcome(
        "Out of CPU time",
        Look(
            "◔",
            "yellow",
            '<circle cx="8" cy="8" r="6"/><path d="M8 2v6h6a6 6 0 0 0-6-6z" fill="currentColor"/>',
            ("#8a670c", "#ffffff"),
            ("#d1b25a", "#221a00"),
        ),
        "Your notebook used more processor time than a submission may use, so it was stopped.",
        "Count how often your innermost loop runs, and do the same with array operations.",
        ended=(
            Ended(
                "The notebook used more than {seconds:g} s of CPU time and was stopped here.",
                "Look for loops over pixels where an array operation would do.",
                Death.CPU_TIME,
                "out of CPU time",
            ),
        ),
    ),
    Verdict.OUT_OF_SPACE: Outcome(
        "Out of space",
        Look(
            "▤",
            "yellow",
            '<path d="M2.5 4h11M2.5 8h11M2.5 12h11" stroke-width="2.4"/>',
            ("#5d6b2f", "#ffffff"),
            ("#a9b978", "#191e05"),
        ),
        "Your code wrote a larger file, or more files, than a submission may.",
        "None of the tasks needs large files: keep arrays in memory.",
        refused=Refused(
            "This wrote more than {limits.file_mb:g} MB, the limit for files.",
            "None of the tasks needs large files: keep arrays in memory.",
            (f"[Errno {errno.EFBIG}]", f"[Errno {errno.ENOSPC}]"),
        ),
    ),
    Verdict.TOO_MANY_PROCESSES: Outcome(
        "Too many processes",
        Look(
            "⋔",
            "yellow",
            '<path d="M8 14V8M8 8L3 2.5M8 8l5-5.5M8 8V2.5"/>',
            ("#6b4a86", "#ffffff"),
            ("#b99bd3", "#1d0c2b"),
        ),
        "Your code tried to start another process, or too many threads, which is refused.",
        "None of the tasks needs them: call the function directly, without `multiprocessing`, "
        "`subprocess` or `os.fork`.",
        ended=(
            Ended(
                "This started more than {limits.processes:g} processes or {limits.threads:g} "
                "threads and was stopped.",
                "None of the tasks needs any of its own.",
                Death.PROCESSES,
                "too many processes",
            ),
        ),
        refused=Refused(
            "This tried to start more than {limits.processes:g} processes or "
            "{limits.threads:g} threads, the limits.",
            "None of the tasks needs any of its own: call your function directly.",
            (f"[Errno {errno.EAGAIN}]", "start new thread"),
        ),
    ),
    Verdict.CRASHED: Outcome(
        "Crashed",
        Look(
            "↯",
            "red",
            '<path d="M9.2 1.8L4 9h3.8l-1 5.2L12 7H8.2z"/>',
            ("#2f3541", "#ffffff"),
            ("#e4e8ee", "#1a1f27"),
        ),
        "Python itself ended while your code ran, without an exception.",
        "Usual causes are recursion that goes too deep, a call that ends the process such as "
        "`exit()`, and memory damaged by a library that was given arrays it did not expect. "
        "Restart the kernel and run all cells. If they run through at your desk, tell your "
        "instructor.",
        ended=(
            Ended(
                "The Python process ended while this ran.",
                "Look for `exit()`, `os._exit()`, or a call that crashes the interpreter.",
                Death.CRASHED,
                "the process ended",
            ),
        ),
    ),
    Verdict.NOT_REACHED: Outcome(
        "Not reached",
        Look(
            "○",
            "bright_black",
            '<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.2 3.56"/>',
            ("#c5ccd6", "#2a323d"),
            ("#566274", "#f2f5f9"),
        ),
        "The grader never got an answer to this check: a cell before it stopped, or the check's "
        "cell is no longer in the notebook.",
        "Restart the kernel, run all cells from the top, and repair the first one that stops. Make "
        "sure that the check's cell is still there as you got it.",
    ),
    Verdict.UNREADABLE: Outcome(
        "Unreadable",
        Look(
            "?",
            "magenta",
            '<path d="M4 2.5h5l3 3v8H4zM9 2.5v3h3M6.5 8l3 3M9.5 8l-3 3"/>',
            ("#8a4fb8", "#ffffff"),
            ("#c79be8", "#1c0a29"),
        ),
        "What was handed in could not be read as this notebook, so nothing of it was run. That is "
        "not a zero: your instructor sees it and will look at the file.",
        "Hand in the notebook as the `.ipynb` file that you worked on.",
    ),
    Verdict.UNGRADED: Outcome(
        "Ungraded",
        Look(
            "?",
            "blue",
            '<path d="M5 5.6a3 3 0 1 1 4.6 2.5C8.4 8.9 8 9.3 8 10.2M8 13.2v.1"/>',
            ("#2b6fca", "#ffffff"),
            ("#6fabf7", "#05192f"),
        ),
        "We could not grade this check. That is our fault, not yours, and it is not a zero.",
        "You need not do anything. Your instructor sees it too and will grade it again.",
    ),
}

BY_DEATH: dict[Death, tuple[Verdict, Ended]] = {
    ended.death: (verdict, ended)
    for verdict, outcome in OUTCOMES.items()
    for ended in outcome.ended
}
"""The verdict that a death means, and what is said of it."""
