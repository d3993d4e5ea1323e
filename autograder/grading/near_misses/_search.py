"""A wrong answer that no known mistake gives: is it that of a right solution but for one thing?

The solution is changed in one place at a time (`edits`), in the lines that the wrong cases run, and
the changed solution is asked what was asked of the student. One whose answers are the student's in
every wrong case, and right where the student is right, tells what is different. If two that have
nothing to do with each other explain the same, nothing is told.

All this is counted in lines of Python that are run, so that it ends everywhere at the same place.
"""

from __future__ import annotations

import ast
import inspect
import logging
import random
import re
import sys
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from types import CodeType, FrameType, FunctionType
from typing import Any

import numpy as np
from nbformat import NotebookNode

from autograder.grading.near_misses._edits import Place, edits_of
from autograder.grading.near_misses._questions import (
    Question,
    arguments_of,
    by_an_argument,
    questions,
)
from autograder.source.notebook import BEGIN, END, is_solution
from autograder.source.reference import Reference
from course_lib.checking.cases import Case, Mistake
from course_lib.checking.causes import Hypothesis, causes
from course_lib.checking.expectations import Equal
from course_lib.checking.judge import judge_case
from course_lib.checking.probes import CallFunction, Observation, Probe, run_probe

_log = logging.getLogger(__name__)
_SAID = "Your answers are those of a right solution but for one thing: {what}."
_ASKED = "Your answers are the right ones {how}."
_LINES = 1_000_000
"""So many lines are run for the wrong answers to one check."""
_LINES_OF_ONE = 300_000
"""And so many for one case: what takes more is not tried."""
_LINES_TO_ASK = 100
"""What it costs to ask, in lines."""
_SMALL = 12
_ENOUGH = 4
"""Numbers that must agree before it is no accident; one that is not small and whole is enough."""

Asked = Callable[[int], Probe | None]


class NearMisses:
    """Finds what one thing is different in wrong answers to the checks of a notebook.

    Args:
        right: the solution, which is changed meanwhile and afterwards as it was.
        lock: held by everybody who uses it.
    """

    def __init__(self, right: Reference, lock: threading.RLock) -> None:
        self._right, self._lock = right, lock
        self._found: weakref.WeakKeyDictionary[Observation, dict[int, str]]
        self._found = weakref.WeakKeyDictionary()

    def causes(
        self, check: str, cases: Sequence[Case], wrong: Mapping[int, Observation], right: Set[int]
    ) -> dict[int, str]:
        """What is different, in a sentence for each wrong case that is explained.

        Args:
            check: its name.
            cases: of the check.
            wrong: the wrong answers that nothing else explains, by the number of their case.
            right: the numbers of the cases that are right.
        """
        wrong = {n: seen for n, seen in wrong.items() if _may_be_near(cases[n], seen)}
        if not wrong:
            return {}
        first = next(iter(wrong.values()))
        with self._lock:
            if first not in self._found:
                self._found[first] = self._searched(check, cases, wrong, right)
            return self._found[first]

    def _searched(
        self, check: str, cases: Sequence[Case], wrong: Mapping[int, Observation], right: Set[int]
    ) -> dict[int, str]:
        try:
            subject = self._right.subject(check)
        except Exception:
            return {}  # It is made by a cell that computes, which is not run here.
        try:
            return _Search(self._right, subject, check, cases, wrong, right).found()
        except Exception:
            # What only explains costs no grade.
            _log.warning("The search for what is different in %s stopped.", check, exc_info=True)
            return {}


def _may_be_near(case: Case, seen: Observation) -> bool:
    return isinstance(case.expects, Equal) and seen.outcome == "returned"


class _Search:
    """The search for one check and one submission."""

    def __init__(
        self,
        right: Reference,
        subject: Any,
        check: str,
        cases: Sequence[Case],
        wrong: Mapping[int, Observation],
        is_right: Set[int],
    ) -> None:
        self._right, self._subject, self._check, self._cases = right, subject, check, cases
        self._wrong, self._is_right = dict(wrong), is_right
        self._left = _LINES

    def found(self) -> dict[int, str]:
        """A sentence for each wrong case that is explained."""
        with warnings.catch_warnings(action="ignore"):  # They are wrong on purpose.
            found = self._by_another_solution()
            return found or self._by_another_question() or self._by_an_argument()

    def _by_another_solution(self) -> dict[int, str]:
        explained: dict[int, list[tuple[Place, str]]] = {}
        for place, said in self._edits():
            if self._left <= 0:
                return {}
            for number in self._explained():
                explained.setdefault(number, []).append((place, said))
        return {
            number: _SAID.format(what=ways[0][1])
            for number, ways in explained.items()
            if all(said == ways[0][1] or place.meets(ways[0][0]) for place, said in ways)
        }

    def _by_another_question(self) -> dict[int, str]:
        given = {n: arguments_of(case, self._subject) for n, case in enumerate(self._cases)}
        first = next(iter(self._wrong))
        explained: dict[int, list[str]] = {}
        for said, question in questions(given[first]):

            def asked(number: int, question: Question = question) -> Probe | None:
                try:
                    other = question(given[number]) if given[number] else None
                except (TypeError, ValueError, LookupError):
                    other = {}  # It cannot be asked here: no argument is there.
                return None if other is None else CallFunction(kwargs=other)

            for number in self._explained(asked):
                explained.setdefault(number, []).append(said)
        return {n: _ASKED.format(how=ways[0]) for n, ways in explained.items() if len(ways) == 1}

    def _by_an_argument(self) -> dict[int, str]:
        said = by_an_argument(self._cases, self._wrong, self._is_right, self._subject)
        return dict.fromkeys(self._wrong, said) if said else {}

    def _edits(self) -> Iterator[tuple[Place, str]]:
        """What is said of each change of the solution, which is changed meanwhile."""
        ran = self._lines_of_the_wrong()
        seen = _seen(self._right.notebook.cells)
        functions = _functions_of(vars(self._right.namespace))
        for cell in filter(_is_code_of_student, self._right.notebook.cells):
            filename, own = self._right.filename(cell), _own_lines(cell.source)
            for outer, node in _definitions(ast.parse(cell.source)):
                function = functions.get((filename, _first_line(node)))
                if function is None:
                    continue
                original = function.__code__
                for place, said in edits_of(node, seen):
                    lines = set(range(place.lines[0], place.lines[1] + 1))
                    if not lines <= own or not any((filename, line) in ran for line in lines):
                        continue
                    changed = _compiled(outer, node, original)
                    if changed is None:
                        continue
                    function.__code__ = changed
                    try:
                        yield place, said
                    finally:
                        function.__code__ = original

    def _lines_of_the_wrong(self) -> set[tuple[str, int]]:
        """The lines of the solution that the wrong cases run; from now on the short ones first."""
        counts, lines = {}, set()
        for number in self._wrong:
            watch = _Watch(_LINES_OF_ONE)
            self._run(number, watch)
            counts[number] = watch.left
            lines |= watch.lines
        self._wrong = dict(sorted(self._wrong.items(), key=lambda item: -counts[item[0]]))
        return lines

    def _explained(self, asked: Asked | None = None) -> Set[int]:
        """The wrong cases that the solution, as it is now, explains beyond accident.

        Args:
            asked: gives what it is asked in place of a case; `None` for the case itself.
        """

        def answers(number: int) -> Sequence[Mistake]:
            other = asked(number) if asked else None
            # Where it is the same question, the answer is the right one.
            return [] if asked and other is None else self._answers(number, other)

        found = causes(self._cases, self._wrong, self._is_right, [_AsItIsNow(answers)])
        weight = sum(_weight(self._wrong[number].value) for number in found)
        is_evidence = weight >= _ENOUGH or (weight > 1 and weight + len(self._is_right) >= _ENOUGH)
        return found.keys() if is_evidence else set()

    def _answers(self, number: int, probe: Probe | None) -> Sequence[Mistake]:
        watch = _Watch(min(_LINES_OF_ONE, self._left))
        before = watch.left
        seen = self._run(number, watch, probe)
        self._left -= before - watch.left + _LINES_TO_ASK
        case = self._cases[number]
        if seen is None or seen.outcome != "returned" or seen.changed_inputs:
            return [Mistake("", error="It stopped.")]
        if judge_case(case, seen, self._check).outcome == "passed":
            return []
        return [Mistake("", case.expects.mark_of(seen.value))]

    def _run(self, number: int, watch: _Watch, probe: Probe | None = None) -> Observation | None:
        """What the solution, as it is now, makes of a case; `None` if that takes too long."""
        random.seed(0)
        np.random.seed(0)
        try:
            with watch:
                case = self._cases[number]
                return run_probe(
                    probe or case.probe, self._subject, quiet=False, room=case.expects.room
                )
        except _TooLong:
            return None


class _AsItIsNow(Hypothesis):
    """The solution with what is changed in it now."""

    def __init__(self, answers: Callable[[int], Sequence[Mistake]]) -> None:
        self.sentence = ""
        self._of, self._known = answers, dict[int, Sequence[Mistake]]()

    def answers(self, case: int) -> Sequence[Mistake]:
        if case not in self._known:
            self._known[case] = self._of(case)
        return self._known[case]


class _TooLong(BaseException):
    """More lines are run than may be; no `except Exception` keeps it."""


class _Watch:
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
            raise _TooLong
        if event == "line":
            self.lines.add((filename, frame.f_lineno))
        return self._see


def _weight(value: Any) -> int:
    """How much a value tells: a number that is not small and whole more than one that is."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return sum(map(_weight, value))
    if not isinstance(value, (bool, int, float, np.ndarray)):
        return 0
    numbers = np.unique(np.asarray(value))
    if numbers.dtype.kind not in "iuf":
        return 0
    is_small = (numbers == np.rint(numbers)) & (np.abs(numbers) <= _SMALL)
    return int(np.where(is_small, 1, _ENOUGH).sum())


def _functions_of(names: Mapping[str, Any]) -> dict[tuple[str, int], FunctionType]:
    """Functions and methods, by the file and the line where each is written."""
    found = {}
    for thing in names.values():
        parts = list(vars(thing).values()) if isinstance(thing, type) else []
        for part in [thing, *parts]:
            part = part.fget if isinstance(part, property) else getattr(part, "__func__", part)
            function = inspect.unwrap(part) if callable(part) else part
            if isinstance(function, FunctionType):
                code = function.__code__
                found[code.co_filename, code.co_firstlineno] = function
    return found


def _definitions(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.FunctionDef]]:
    """Functions and methods, each with the statement that it is part of."""
    for outer in tree.body:
        if isinstance(outer, ast.FunctionDef):
            yield outer, outer
        elif isinstance(outer, ast.ClassDef):
            for node in outer.body:
                if isinstance(node, ast.FunctionDef):
                    yield outer, node


def _compiled(outer: ast.stmt, function: ast.FunctionDef, original: CodeType) -> CodeType | None:
    """The code of a function as its tree is now; `None` if it is no Python, or does not fit."""
    try:
        whole = compile(ast.Module([outer], []), original.co_filename, "exec")
    except (SyntaxError, TypeError, ValueError):
        return None
    waiting = [whole]
    while waiting:
        code = waiting.pop()
        if code.co_name == function.name and code.co_firstlineno == _first_line(function):
            return code if len(code.co_freevars) == len(original.co_freevars) else None
        waiting += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return None


def _first_line(function: ast.FunctionDef) -> int:
    return min([function.lineno, *(node.lineno for node in function.decorator_list)])


def _is_code_of_student(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and is_solution(cell)


def _own_lines(source: str) -> set[int]:
    """The lines that the student writes."""
    own, is_inside = set(), False
    for number, line in enumerate(source.splitlines(), start=1):
        is_inside = (is_inside or BEGIN in line) and END not in line
        if is_inside:
            own.add(number)
    return own


def _seen(cells: Sequence[NotebookNode]) -> set[str]:
    """The names in the notebook as it is released: in its code, and in its prose as code."""
    found: set[str] = set()
    for cell in cells:
        if cell.cell_type == "code":
            own = _own_lines(cell.source) if is_solution(cell) else set()
            for node in ast.walk(ast.parse(cell.source)):
                if getattr(node, "lineno", 0) not in own:
                    names = (getattr(node, key, None) for key in ("id", "attr", "arg", "name"))
                    found |= {name for name in names if isinstance(name, str)}
        for code in re.findall(r"`([^`]+)`", cell.source):
            found |= set(re.findall(r"[^\W\d]\w*", code))
    return found
