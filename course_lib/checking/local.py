"""`check`: the one function that a student calls, at the desk and, unknowingly, in the grader."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from collections.abc import Iterator
from typing import Any

from course_lib import desk
from course_lib.checking import grading, render, store
from course_lib.checking.cases import Case
from course_lib.checking.causes import frozen
from course_lib.checking.exceptions import UNWRITTEN, raised
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult, judge_cases
from course_lib.checking.probes import Observation, Probe, run_probe
from course_lib.checking.trials import run_trials


class CheckFailed(AssertionError):
    """The answer is not right yet. The message says what was found.

    Args:
        summary: in a sentence.
        reason: the first of the findings. A notebook shows it in the card above.
    """

    def __init__(self, summary: str, reason: str = "") -> None:
        super().__init__(f"{summary} {reason}".strip())
        self.summary = summary

    def _render_traceback_(self) -> list[str]:
        # IPython shows this instead of a traceback.
        return [f"CheckFailed: {self.summary}"]


def check(name: str, *subjects: Any) -> None:
    """Check your answer, and show what is right, what is wrong, and why.

    Args:
        name: the name of the check, as given in the notebook.
        *subjects: what you made: a function, a layer, a model, a value.

    Raises:
        CheckFailed: if the answer is not right yet. It is an `AssertionError`. In a notebook it is
            shown and not raised, so that "Run all" goes on.
        ValueError: if there is no such check, or not one thing to check.

    Example:
        `check("conv2d_forward", conv2d_forward)`
    """
    if grading.serving():
        grading.serve(name, subjects)
        return
    public = store.find(name)
    if len(subjects) != 1:
        raise ValueError(
            f"`check` takes the name and the one thing to check: check({name!r}, your_object). "
            f"Received: {len(subjects)} things to check."
        )
    called = public.subject or name
    answers: list[Observation | CaseResult] = []
    waiting: Finding | None = None
    with _standard_error_held_back() as warned:
        for case in public.cases:

            def exercise(probe: Probe, case: Case = case) -> Observation:
                return run_probe(probe, subjects[0], case.forbids, allows=case.allows)

            if case.expects.training is not None:
                answers.append(run_trials(case, called, exercise)[0])
            else:
                answers.append(exercise(case.probe))
            if waiting := _unwritten(answers[-1]):
                break
        else:
            results = judge_cases(public.cases, answers, called, lambda: frozen(public.cases))
    if waiting:
        _fail(CheckFailed(f"{name}: not written yet. {waiting.hint}"))
        return
    failed = [result.finding for result in results if result.finding]
    render.show(name, public.points, public.cases, results)
    print(warned.getvalue()[:2000], end="")
    if failed:
        reason = f"{failed[0].message} {failed[0].hint}".strip()
        _fail(CheckFailed(f"{name}: {len(failed)} of {len(results)} cases are not right. {reason}"))


def _unwritten(answer: Observation | CaseResult) -> Finding | None:
    """What is said of a placeholder that still stands there: then one line says all."""
    if isinstance(answer, Observation):
        return raised(answer.error) if "unwritten" in answer.error else None
    found = answer.finding
    return found if found is not None and found.message == UNWRITTEN else None


def _fail(error: CheckFailed) -> None:
    sys.stdout.flush()
    if not desk.show_failure(error):
        raise error


@contextlib.contextmanager
def _standard_error_held_back() -> Iterator[io.StringIO]:
    """Keep standard error clean meanwhile: nbgrader takes a word there for a failed cell.

    TensorFlow writes there when it first computes something, on most machines. Such messages
    and log records are dropped. What Python code writes, a warning for instance, is in the
    stream that this yields.
    """
    with contextlib.ExitStack() as restore:
        restore.callback(logging.disable, logging.root.manager.disable)
        logging.disable(logging.CRITICAL)
        restore.enter_context(desk.standard_error_dropped())
        yield restore.enter_context(contextlib.redirect_stderr(io.StringIO()))
