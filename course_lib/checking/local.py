"""`check`: the one function that a student calls, at the desk and, unknowingly, in the grader."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Iterator
from typing import Any

from course_lib.checking import grading, render, store
from course_lib.checking.causes import frozen
from course_lib.checking.judge import CaseResult, judge_cases
from course_lib.checking.probes import Observation, Probe, run_probe
from course_lib.checking.trials import run_trials


class CheckFailed(AssertionError):
    """The answer is not right yet. The message says what was found."""

    def _render_traceback_(self) -> list[str]:
        # IPython shows this instead of a traceback: the card above has already said it all.
        return [f"CheckFailed: {self}"]


def check(name: str, *subjects: Any) -> None:
    """Check your answer, and show what is right, what is wrong, and why.

    Args:
        name: the name of the check, as given in the notebook.
        *subjects: what you made: a function, a layer, a model, a value.

    Raises:
        CheckFailed: if the answer is not right yet. It is an `AssertionError`.
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
    answers: list[Observation | CaseResult] = []
    with _standard_error_held_back() as warned:
        for case in public.cases:

            def exercise(probe: Probe, forbids: tuple[str, ...] = case.forbids) -> Observation:
                return run_probe(probe, subjects[0], forbids)

            if case.expects.training is not None:
                answers.append(run_trials(case, name, exercise)[0])
            else:
                answers.append(exercise(case.probe))
        results = judge_cases(public.cases, answers, name, lambda: frozen(public.cases))
    render.show(name, public.points, public.cases, results)
    print(warned.getvalue()[:2000], end="")
    failed = [result.finding for result in results if result.finding]
    if failed:
        sys.stdout.flush()
        first = failed[0]
        reason = f"{first.message} {first.hint}".strip()
        raise CheckFailed(f"{name}: {len(failed)} of {len(results)} cases are not right. {reason}")


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
        with contextlib.suppress(OSError):  # a process without a console has no descriptor 2
            saved = os.dup(2)
            restore.callback(os.close, saved)
            restore.callback(os.dup2, saved, 2)
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
        yield restore.enter_context(contextlib.redirect_stderr(io.StringIO()))
