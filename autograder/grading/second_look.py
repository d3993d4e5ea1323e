"""A notebook run again for checks that lost points by something that is not theirs.

Two things are put right, each in a run of its own in which only these checks are asked: given names
that the student overwrote mean again what they meant, and what another check found wrong is
replaced by what the instructor wrote, so that a mistake costs its own points once. Of both runs the
better counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import nbformat
from nbformat import NotebookNode

from autograder.grading.dependencies import Owners, graph_of, subject_of
from autograder.grading.judging import check_record
from autograder.grading.plan import NotebookPlan
from autograder.grading.session import SessionResult
from autograder.grading.transcript import CheckTranscript
from autograder.source.course import SubmissionLimits
from autograder.source.notebook import is_graded, marks
from autograder.submission.given import code_cell, put_back
from autograder.submission.graph import NameGraph
from autograder.submission.names import bound_names
from autograder.submission.submitted import SubmittedNotebook

_MAX_ROUNDS = 3  # So deep may wrong answers build on each other.

RunNotebook = Callable[[NotebookPlan, SubmittedNotebook], SessionResult]


@dataclass
class SecondLook:
    """What is found out about one notebook by running it again.

    Args:
        plan: the notebook's checks.
        submission: what the student handed in, aligned.
        transcripts: what became of the checks; those that gain are changed here.
        run: runs a notebook in the sandbox and asks some checks.
        limits: what a submission may use.
    """

    plan: NotebookPlan
    submission: SubmittedNotebook
    transcripts: dict[str, CheckTranscript]
    run: RunNotebook
    limits: SubmissionLimits
    cpu_seconds: float = 0.0
    _scores: dict[str, float] = field(default_factory=dict)

    def take(self, first: SessionResult) -> list[str]:
        """Run again what may gain by it.

        Args:
            first: the notebook as it was handed in.

        Returns:
            What was put right, in sentences for the student.
        """
        self._scores = {name: self._score(name, found) for name, found in self.transcripts.items()}
        told = self._give_names_back(first)
        if self.plan.owners is not None:
            told += self._replace_what_is_wrong(self.plan.owners, set(first.checks))
        return told

    def _score(self, name: str, transcript: CheckTranscript) -> float:
        check = self.plan.checks[name]
        record = check_record(check, transcript, self.limits, explained=False)
        return check.points if record.score is None else record.score

    def _failing(self) -> list[str]:
        """The checks that lost points, in the notebook's order."""
        return [name for name, check in self.plan.checks.items() if self._lost(name, check.points)]

    def _lost(self, name: str, points: float) -> bool:
        return self._scores[name] < points

    def _ask(self, names: Iterable[str], cells: list[NotebookNode]) -> dict[str, CheckTranscript]:
        """What becomes of these checks in a notebook of other cells, where that is better."""
        asked = replace(self.plan, checks={name: self.plan.checks[name] for name in names})
        result = self.run(asked, self._submission_of(cells))
        self.cpu_seconds += result.cpu_seconds
        scores = {name: self._score(name, found) for name, found in result.checks.items()}
        better = {n: found for n, found in result.checks.items() if scores[n] > self._scores[n]}
        self._scores |= {name: scores[name] for name in better}
        return better

    def _submission_of(self, cells: list[NotebookNode]) -> SubmittedNotebook:
        notebook = nbformat.from_dict(self.submission.notebook)
        notebook.cells = cells
        return replace(self.submission, notebook=notebook)

    def _needed(self, check: str) -> set[str]:
        """The names that a check needs in the student's notebook."""
        return self._graph.needed(subject_of(self.submission.notebook.cells, check))

    @cached_property
    def _graph(self) -> NameGraph:
        return graph_of(self.submission.notebook.cells)

    def _give_names_back(self, first: SessionResult) -> list[str]:
        """Give names their given meaning back, where a check that lost points needs it."""
        cells, taken = self.submission.notebook.cells, first.overwritten
        own = [i for i in sorted(taken) if taken[i] and not cells[i].metadata.get("released")]
        needed = {n: self._needed(n) for n in self._failing() if own and n in first.checks}
        asked = [name for name in needed if any(taken[i].keys() & needed[name] for i in own)]
        if not asked:
            return []
        wanted = set().union(*(needed[name] for name in asked))
        lost = {index: names.keys() & wanted for index, names in taken.items()}
        mended = put_back(cells, self.plan.release, lost)
        gained = self._ask(asked, mended)
        if not gained:
            return []
        self.transcripts |= gained
        self.submission = self._submission_of(mended)
        del self._graph
        meant = set().union(*(needed[name] for name in gained))
        by_line: dict[str, set[str]] = {}
        for name, line in (item for index in own for item in taken[index].items()):
            if name in meant:
                by_line.setdefault(line, set()).add(name)
        return [
            f"After `{line}`, {_listed(names)} did not mean any more what the notebook counts on; "
            f"that was put back for {_listed(gained)}."
            for line, names in by_line.items()
        ]

    def _replace_what_is_wrong(self, owners: Owners, fresh: set[str]) -> list[str]:
        """Ask a check again with a right answer to what it builds on, where the student's is wrong.

        The first to be wrong are those that build on nothing wrong. What is wrong also with these
        replaced is wrong by itself, and is replaced in the next round.
        """
        failing = self._failing()
        wrong = [name for name in failing if not self._builds_on(owners, name, failing)]
        told: dict[str, list[str]] = {}
        for _ in range(_MAX_ROUNDS):
            pending = [name for name in failing if name in fresh and name not in wrong]
            builds_on = {name: self._builds_on(owners, name, failing) for name in pending}
            known = {name: [n for n in builds_on[name] if n in wrong] for name in pending}
            replaced = {name: others for name, others in known.items() if others}
            if not replaced:
                break
            gained: dict[str, CheckTranscript] = {}
            for together in _side_by_side(owners, replaced):
                others = {other for name in together for other in replaced[name]}
                gained |= self._ask(together, self._with_right_ones(owners, others))
            for name, transcript in gained.items():
                told[name] = sorted({owners.called(other) for other in replaced[name]})
                self.transcripts[name].aided = transcript
                self.transcripts[name].aided_by = told[name]
            still = self._failing()
            wrong += [n for n in replaced if n in still and replaced[n] == builds_on[n]]
            failing = still
        return _told(told)

    def _builds_on(self, owners: Owners, name: str, failing: list[str]) -> list[str]:
        """The failing checks that are about other cells, which this one needs."""
        needed = self._needed(name)
        return [
            other
            for other in failing
            if not owners.cells_of(other) & owners.cells_of(name)
            and owners.names(owners.cells_of(other)) & needed
            and not self.plan.is_same_task(name, other)
        ]

    def _with_right_ones(self, owners: Owners, checks: set[str]) -> list[NotebookNode]:
        """The student's cells with the instructor's below each that these checks are about.

        One that is not there comes above its check.
        """
        cells: list[NotebookNode] = self.submission.notebook.cells
        for place in sorted(set().union(*map(owners.cells_of, checks))):
            right = code_cell(owners.source(place), f"right-{place}")
            right.metadata["replaced"] = True
            of_place = [check for check in checks if place in owners.cells_of(check)]
            names = owners.names([place])
            result: list[NotebookNode] = []
            defined = False
            for cell in cells:
                graded = is_graded(cell)
                if graded and marks(cell)["grade_id"] in of_place and not defined:
                    result.append(right)
                result.append(cell)
                bound = set() if graded else bound_names(cell.source)
                if cell.cell_type == "code" and bound & names:
                    if bound <= names:  # What it does is held against its own check only.
                        cell = nbformat.from_dict(cell)
                        cell.metadata["replaced"] = True
                    result[-1:] = [cell, right]
                    defined = True
            cells = result
        return cells


def _side_by_side(owners: Owners, replaced: Mapping[str, list[str]]) -> list[list[str]]:
    """Checks with what is replaced for them, in runs in which no check meets its own answer."""
    runs: list[tuple[list[str], frozenset[int], frozenset[int]]] = []
    for name, others in replaced.items():
        own = owners.cells_of(name)
        given = frozenset().union(*map(owners.cells_of, others))
        for index, (names, theirs, taken) in enumerate(runs):
            if not own & taken and not theirs & given:
                runs[index] = [*names, name], theirs | own, taken | given
                break
        else:
            runs.append(([name], own, given))
    return [names for names, _, _ in runs]


def _told(aided: Mapping[str, list[str]]) -> list[str]:
    """Which checks were asked with what replaced, a sentence for each set of names."""
    by_names: dict[tuple[str, ...], list[str]] = {}
    for check, names in aided.items():
        by_names.setdefault(tuple(names), []).append(check)
    return [
        f"{_listed(names)} {'is' if len(names) == 1 else 'are'} not right yet, which costs "
        f"{'its' if len(names) == 1 else 'their'} own points only: what builds on it was graded "
        f"with a right one in its place: {_listed(checks)}."
        for names, checks in by_names.items()
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
