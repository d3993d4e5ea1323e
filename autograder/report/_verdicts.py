"""The words, symbols and advice that go with each verdict."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.records.results import Verdict


@dataclass(frozen=True)
class Appearance:
    """How a verdict is shown and what it means.

    Attributes:
        word: the verdict in words.
        symbol: one character for a terminal; pages draw the same idea as a shape.
        colour: the terminal's colour name.
        meaning: what happened, to the student.
        advice: what the student can do about it.
    """

    word: str
    symbol: str
    colour: str
    meaning: str
    advice: str = ""


APPEARANCE: dict[Verdict, Appearance] = {
    Verdict.PASSED: Appearance(
        "Passed", "✓", "green", "Everything that this check looked at is right."
    ),
    Verdict.FAILED: Appearance(
        "Failed", "✗", "red", "Your code ran, and some of its answers are not right yet."
    ),
    Verdict.ERROR: Appearance(
        "Error",
        "!",
        "magenta",
        "Your code stopped with an exception before it gave an answer.",
        "Read the last line of the message, go to the line of yours that it names, and run that "
        "cell again on a small input.",
    ),
    Verdict.TIMEOUT: Appearance(
        "Timed out",
        "◷",
        "yellow",
        "Your code was still running when its time was up, so it was stopped.",
        "Look for a loop that never ends, or for a Python loop over single pixels where one array "
        "operation would do. Double the size of a small input and watch how the time grows.",
    ),
    Verdict.OUT_OF_MEMORY: Appearance(
        "Out of memory",
        "▣",
        "yellow",
        "Your code asked for more memory than a submission may use, so it was stopped.",
        "Print the shapes of what you compute on the way: one of them is probably much larger than "
        "input and output. Look also for a list that grows in a loop.",
    ),
    Verdict.OUT_OF_CPU_TIME: Appearance(
        "Out of CPU time",
        "◔",
        "yellow",
        "Your notebook used more processor time than a submission may use, so it was stopped.",
        "Count how often your innermost loop runs, and do the same with array operations.",
    ),
    Verdict.OUT_OF_SPACE: Appearance(
        "Out of space",
        "▤",
        "yellow",
        "Your code wrote a larger file, or more files, than a submission may.",
        "None of the tasks needs large files: keep arrays in memory.",
    ),
    Verdict.TOO_MANY_PROCESSES: Appearance(
        "Too many processes",
        "⋔",
        "yellow",
        "Your code tried to start another process, or too many threads, which is refused.",
        "None of the tasks needs them: call the function directly, without `multiprocessing`, "
        "`subprocess` or `os.fork`.",
    ),
    Verdict.CRASHED: Appearance(
        "Crashed",
        "↯",
        "red",
        "Python itself ended while your code ran, without an exception.",
        "Usual causes are recursion that goes too deep, a call that ends the process such as "
        "`exit()`, and memory damaged by a library that was given arrays it did not expect. "
        "Restart the kernel and run all cells. If they run through at your desk, tell your "
        "instructor.",
    ),
    Verdict.NOT_REACHED: Appearance(
        "Not reached",
        "○",
        "bright_black",
        "The grader never got an answer to this check: a cell before it stopped, or the check's "
        "cell is no longer in the notebook.",
        "Restart the kernel, run all cells from the top, and repair the first one that stops. Make "
        "sure that the check's cell is still there as you got it.",
    ),
    Verdict.UNGRADED: Appearance(
        "Ungraded",
        "?",
        "blue",
        "We could not grade this check. That is our fault, not yours, and it is not a zero.",
        "You need not do anything. Your instructor sees it too and will grade it again.",
    ),
}
