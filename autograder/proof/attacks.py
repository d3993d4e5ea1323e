"""The grader, attacked: each hostile submission beside an honest one that looks like it."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from rich.markup import escape
from rich.table import Table

from autograder.grading.easy import is_known
from autograder.grading.grader import Grader, open_grader
from autograder.grading.plan import NotebookPlan
from autograder.proof.corpus import Attack, attacking, honest
from autograder.proof.entries import audit_key
from autograder.proof.meter import Meter
from autograder.records.results import NotebookRecord, Verdict
from autograder.source.course import Course, SubmissionLimits
from autograder.source.notebook import is_graded, marks, read_source
from course_lib.checking.probes import CallFunction

HASTE = SubmissionLimits(
    cell_seconds=15, check_seconds=4, cpu_seconds=20, idle_seconds=4, memory_mb=1536, file_mb=16,
    output_kb=64, restarts=3,
)  # fmt: skip
"""What an attacker may use: those that wait for a limit shall not wait long."""

CHECKS = 3
"""So many of a notebook's checks are attacked, unless all are: they share one boundary."""

_TO_TAKE_MEMORY = 15.0  # Seconds of CPU time.

GRADER_MB = 600
"""By so much the grader may grow while it grades some attacks and their look-alikes."""

BREACH = "BREACH:"
"""What an attack prints, or raises, when it got hold of something that it must not reach."""

_PAIRS_PER_CORE = 2
"""Many wait for a limit, in which nothing is computed."""

_MEASURED = 3
"""So often memory is measured, at most: what is held too much is held each time."""

# A mistake in the attack itself, unless it says that this is how it ends.
_BROKEN = ("NameError", "SyntaxError", "IndentationError", "AttributeError", "ImportError",
           "ModuleNotFoundError", "UnboundLocalError")  # fmt: skip

_STOPPED = ("was interrupted after", "ended the notebook")


@dataclass
class AttackEntry:
    """One attack on one notebook, and what became of it.

    Attributes:
        notebook: `"a01_layers/convolution"`.
        gained: the attacker's points; the untouched release earns none.
        kept: the look-alike's points.
        points: what the look-alike must have.
        verdicts: how often the attacker got which.
        lost_process: whether the grader's zygote or thread ended meanwhile.
        held_mb: what the sandbox held at most, if the attack says what it may.
        grown_mb: by how much the grader grew at most.
        wrong: what is not as it must be, in sentences; empty if all is right.
    """

    attack: Attack
    notebook: str
    gained: float = 0.0
    kept: float = 0.0
    points: float = 0.0
    verdicts: Counter[str] = field(default_factory=Counter)
    lost_process: bool = False
    held_mb: float = 0.0
    grown_mb: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attack.name

    @property
    def right(self) -> bool:
        return not self.wrong

    @property
    def holds_too_much(self) -> bool:
        return self.held_mb > self.attack.holds_mb > 0

    @property
    def affected(self) -> bool:
        """Whether the other student lost points."""
        return self.kept < self.points


def run_attacks(
    course: Course,
    assignment: str,
    attacks: list[Attack],
    *,
    workers: int | None = None,
    isolation: str = "namespaces",
    only: str = "",
    every_notebook: bool = False,
    limits: SubmissionLimits = HASTE,
    draw: int = 1,
    on_entry: Callable[[AttackEntry], None] = lambda entry: None,
) -> list[AttackEntry]:
    """Hand in every attack side by side with its look-alike, all in one sandbox.

    The victim is the notebook with the fewest cells, up to its third check: its solution takes the
    least time. Checks that train are left out; an assignment without any other has no victim, and
    nothing is attacked. The look-alikes have the course's limits, the
    attackers tighter ones.

    Args:
        workers: pairs of submissions graded side by side; by default two for each core.
        only: part of an attack's name; or of a notebook's, which is then the victim.
        every_notebook: attack all of them, with all their checks. The causes of what is wrong, most
            of the work, are then looked for in the notebook with the fewest cells alone.
        limits: what an attacker may use.
        draw: number of the draw of cases, as in `audit`.
    """
    workers = workers or _PAIRS_PER_CORE * (os.cpu_count() or 1)
    entries: list[AttackEntry] = []
    with (
        tempfile.TemporaryDirectory(prefix="attacks-") as folder,
        open_grader(course, assignment, key=audit_key(draw), isolation=isolation) as grader,
        ThreadPoolExecutor(max_workers=workers) as pool,
    ):
        jobs = []
        victims = _victims(grader, only, every_notebook)
        for plan in victims:
            asked = _untrained(plan, None if every_notebook else CHECKS)
            pair = _Pair(grader, asked, Path(folder), limits, explained=plan is _smallest(victims))
            named = only in plan.name
            jobs += [(pair, attack) for attack in attacks if named or only in attack.name]
        side_by_side = [pool.submit(p.run, attack) for p, attack in jobs if not attack.holds_mb]
        try:
            for future in as_completed(side_by_side):
                entries.append(future.result())
                on_entry(entries[-1])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            grader.sandbox.close()
            raise
        # What the sandbox holds is measured of one attack at a time.
        for pair, attack in jobs:
            if attack.holds_mb:
                entries.append(pair.run(attack))
                on_entry(entries[-1])
    return sorted(entries, key=lambda entry: (entry.notebook, entry.name))


def _victims(grader: Grader, only: str, every_notebook: bool) -> list[NotebookPlan]:
    plans = [p for p in grader.plan.notebooks if not all(c.trains for c in p.checks.values())]
    named = [plan for plan in plans if only and only in plan.name]
    if named or every_notebook or not plans:
        return named or plans
    return [_smallest(plans)]


def _smallest(plans: list[NotebookPlan]) -> NotebookPlan:
    """The notebook with the fewest cells."""
    return min(plans, key=lambda plan: len(plan.release.cells))


def _untrained(plan: NotebookPlan, count: int | None) -> NotebookPlan:
    """The plan's first checks that do not train, and the notebook up to there."""
    names = [name for name, check in plan.checks.items() if not check.trains][:count]
    return replace(
        plan,
        release=_up_to(plan.release, names[-1]),
        checks={name: plan.checks[name] for name in names},
    )


def _up_to(notebook: NotebookNode, check: str) -> NotebookNode:
    """The notebook without what comes after a check cell."""
    kept: NotebookNode = nbformat.from_dict(notebook)
    ends = [i for i, c in enumerate(kept.cells) if is_graded(c) and marks(c)["grade_id"] == check]
    kept.cells = kept.cells[: ends[0] + 1]
    return kept


class _Pair:
    """Grades an attacker and its look-alike at the same time."""

    def __init__(
        self,
        grader: Grader,
        plan: NotebookPlan,
        folder: Path,
        limits: SubmissionLimits,
        explained: bool,
    ) -> None:
        self._explained = explained
        self._grader, self._plan, self._folder = grader, plan, folder
        source = read_source(grader.course.source(grader.assignment, plan.name))
        self._source = _up_to(source, list(plan.checks)[-1])
        self._hurried = grader.under(limits)
        # Whoever takes memory needs processor time for it, and shall not end by that.
        longer = max(limits.check_seconds, _TO_TAKE_MEMORY)
        self._measured = grader.under(replace(limits, check_seconds=longer, cpu_seconds=4 * longer))
        self._fresh = _fresh(plan)

    def run(self, attack: Attack) -> AttackEntry:
        """Grade the pair; what the grader raises counts as a grader that died.

        What is measured holds what other programs did meanwhile: too much is measured again.
        """
        for _ in range(_MEASURED):
            entry = self._run(attack)
            if not entry.holds_too_much:
                break
        return entry

    def _run(self, attack: Attack) -> AttackEntry:
        entry = AttackEntry(attack, f"{self._grader.assignment}/{self._plan.name}")
        zygote = self._grader.sandbox.process_id
        asked = self._fresh if attack.fresh_only else self._plan
        hostile = self._measured if attack.holds_mb else self._hurried
        meter = Meter(zygote if attack.holds_mb else None)
        with meter, ThreadPoolExecutor(2) as pool:
            attacker = pool.submit(
                self._grade, hostile, asked, attacking(self._plan.release, attack),
                "attacker", attack,
            )  # fmt: skip
            neighbour = pool.submit(
                self._grade, self._grader, self._plan, honest(self._source, attack),
                "neighbour", attack,
            )  # fmt: skip
        try:
            self._look_at_attacker(entry, asked, *attacker.result())
            self._look_at_neighbour(entry, neighbour.result()[0])
        except Exception as error:
            entry.lost_process = True
            entry.wrong.append(f"the grader stopped with {type(error).__name__}: {error}")
        self._look_at_resources(entry, meter)
        if self._grader.sandbox.process_id != zygote or not self._grader.sandbox.alive:
            entry.lost_process = True
            entry.wrong.append("the sandbox had to be started again")
        return entry

    def _look_at_resources(self, entry: AttackEntry, meter: Meter) -> None:
        entry.held_mb, entry.grown_mb = meter.held_mb, meter.grown_mb
        if entry.holds_too_much:
            entry.wrong.append(
                f"the sandbox held {entry.held_mb:.0f} MB, and may hold {entry.attack.holds_mb} MB"
            )
        if entry.grown_mb > GRADER_MB:
            entry.wrong.append(f"the grader grew by {entry.grown_mb:.0f} MB, of {GRADER_MB} MB")

    def _grade(
        self, grader: Grader, plan: NotebookPlan, notebook: NotebookNode, who: str, attack: Attack
    ) -> tuple[NotebookRecord, NotebookNode | None]:
        own = tempfile.mkdtemp(prefix=f"{plan.name}-{attack.name}-{who}-", dir=self._folder)
        folder = Path(own) / grader.assignment
        folder.mkdir(parents=True)
        path = folder / f"{plan.name}.ipynb"
        path.write_text(json.dumps(notebook))
        if who == "neighbour":
            for name, file in grader.course.files(grader.assignment, plan.name).items():
                (folder / name).write_bytes(file.read_bytes())
        attack.hand_in(
            who == "attacker", folder=folder, notebook=path, plan=plan, course=grader.course
        )
        graded = grader.grade_notebook(plan, path, explained=self._explained)
        return graded.record, graded.executed

    def _look_at_attacker(
        self,
        entry: AttackEntry,
        plan: NotebookPlan,
        record: NotebookRecord,
        executed: NotebookNode | None,
    ) -> None:
        entry.verdicts = Counter(str(check.verdict) for check in record.checks)
        entry.gained = sum(check.score or 0.0 for check in record.checks)
        for check in record.checks:
            if check.score:
                missed = {finding.case for finding in check.findings}
                cases = [c.label for c in plan.checks[check.name].cases if c.label not in missed]
                entry.wrong.append(
                    f"{check.name} gives {check.score:g} of {check.points:g} points "
                    f"({check.cases_passed} of {check.cases} cases: {'; '.join(cases)})"
                )
            if check.verdict is Verdict.UNGRADED:
                entry.wrong.append(f"{check.name} could not be graded: {record.problem}")
        self._look_at_verdicts(entry, plan)
        said = "\n".join(_said(record, executed))
        entry.wrong += re.findall(f"{BREACH}.*", said)
        # Whose cell was stopped may lack a name later; that is no mistake in the attack.
        if any(text in repair for repair in record.repairs for text in _STOPPED):
            return
        for kind, error in _own_errors(entry.attack, record, executed):
            if kind in _BROKEN and kind not in entry.attack.ends:
                entry.wrong.append(f"the attack itself is broken: {error[:200]}")

    def _look_at_verdicts(self, entry: AttackEntry, plan: NotebookPlan) -> None:
        """Whether it came to what it says; what no check calls may come to anything."""
        probes = [case.probe for check in plan.checks.values() for case in check.cases]
        wanted = entry.attack.verdicts
        if wanted and any(isinstance(p, CallFunction) for p in probes):
            got = entry.verdicts.keys()
            if not got & set(wanted):
                entry.wrong.append(
                    f"it came to {', '.join(sorted(got))}, and not to {' or '.join(wanted)}"
                )

    def _look_at_neighbour(self, entry: AttackEntry, record: NotebookRecord) -> None:
        entry.points = self._plan.points
        entry.kept = sum(check.score or 0.0 for check in record.checks)
        for check in record.checks:
            if check.score != check.points:
                found = check.findings[0].message if check.findings else record.problem
                entry.wrong.append(f"its look-alike loses {check.name}: {found}")


def _said(record: NotebookRecord, executed: NotebookNode | None) -> Iterator[str]:
    """All that an attacker's code said: printed, raised, returned."""
    for check in record.checks:
        for finding in check.findings:
            yield from (finding.message, finding.observed)
    for cell in executed.cells if executed else ():
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                yield f"{output.ename}: {output.evalue}"
            elif output.output_type == "stream":
                yield output.text
            else:
                yield str(output.data.get("text/plain", ""))


def _own_errors(
    attack: Attack, record: NotebookRecord, executed: NotebookNode | None
) -> Iterator[tuple[str, str]]:
    """Exceptions that an attack's own code ended with: kind and text."""
    own = {*attack.sections["attack"]}
    for cell in executed.cells if executed else ():
        if cell.source in own or "= answer(" in cell.source:
            for output in cell.get("outputs", ()):
                if output.output_type == "error":
                    yield output.ename, f"{output.ename}: {output.evalue}"
    for check in record.checks:
        for finding in check.findings:
            kind, _, text = finding.message.removeprefix("Your code stopped with ").partition(": ")
            if kind == "NameError":
                yield kind, f"{kind}: {text}"


def _fresh(plan: NotebookPlan) -> NotebookPlan:
    """The plan without the cases that everybody knows: facts, which are the same in every draw."""
    checks = {}
    for name, check in plan.checks.items():
        cases = tuple(case for case in check.cases if not is_known(case, check.public))
        if cases:
            checks[name] = replace(check, cases=cases)
    return replace(plan, checks=checks)


def attack_table(assignment: str, entries: list[AttackEntry]) -> Table:
    """The attacks on an assignment as a table."""
    table = Table(title=f"Attacks on {assignment}", title_justify="left")
    for title in ("attack", "what it tries", "notebook", "gained", "look-alike", "verdicts", ""):
        table.add_column(title, overflow="fold")
    for entry in entries:
        table.add_row(
            entry.attack.name,
            escape(entry.attack.sentence),
            entry.notebook.partition("/")[2],
            f"{entry.gained:g}",
            f"{entry.kept:g} of {entry.points:g}",
            ", ".join(f"{count} {verdict}" for verdict, count in sorted(entry.verdicts.items())),
            "[green]right[/green]" if entry.right else f"[red]{escape('; '.join(entry.wrong))}[/]",
        )
    return table


def summary(entries: list[AttackEntry]) -> str:
    """The four numbers."""
    return (
        f"tried {len(entries)}, points gained {sum(e.gained for e in entries):g}, "
        f"other students affected {sum(e.affected for e in entries)}, "
        f"grader processes lost {sum(e.lost_process for e in entries)}"
    )
