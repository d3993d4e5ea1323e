"""One submission's notebook, run in the sandbox and judged from outside."""

from __future__ import annotations

import ast
import contextlib
import errno
import signal
import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import nbformat

from autograder.course import SubmissionLimits
from autograder.plan import CheckPlan, NotebookPlan, forbidden_in
from autograder.results import CheckRecord, FindingRecord, TrialRecord, Verdict
from autograder.sandbox import Child, Death, Sandbox, SandboxLimits
from autograder.sandbox._host import stop
from autograder.source import checked_expression, is_graded, is_solution, marks
from autograder.submission import SubmittedNotebook
from course_lib.checking.cases import Case, Trained
from course_lib.checking.compare import CaseResult, Finding
from course_lib.checking.probes import Observation, Probe
from course_lib.checking.training_probes import SubmittedWeights
from course_lib.checking.trials import Trial, run_trials
from course_lib.checking.wire import ProtocolError, pack, unpack

_GRACE_SECONDS = 2.0
_MAX_FINDINGS = 8
_MAX_OUTPUTS = 1000  # To validate one takes about a millisecond.
_NOT_DRAWN = "Not run: this cell only draws. `autograder grade --figures` runs it too.\n"
_IMPATIENCE = 10  # Once a cell has run out of time, display cells get this fraction of the limit.


class _ChildDied(Exception):
    """The child ended, or had to be ended, during a cell."""

    def __init__(self, death: Death) -> None:
        self.death = death


@dataclass
class _Progress:
    """What became of one check so far."""

    plan: CheckPlan
    results: list[CaseResult] = field(default_factory=list)
    started: bool = False
    ended: bool = False
    stopped_by: Death | None = None
    error: dict[str, str] | None = None
    forbidden: str | None = None
    seconds: float = 0.0
    trials: list[Trial] = field(default_factory=list)
    undecided: bool = False


@dataclass
class SessionResult:
    """A notebook's checks, what was done to run it, and the notebook with its outputs.

    `cpu_seconds` is the CPU time of the student's processes.
    """

    checks: list[CheckRecord]
    repairs: list[str]
    executed: nbformat.NotebookNode
    cpu_seconds: float


class Session:
    """Runs one submitted notebook.

    Args:
        sandbox: where children are forked.
        plan: the notebook's checks with this round's cases.
        submission: the student's notebook, aligned with the release.
        limits: what it may use.
        environment: environment variables of the child.
        figures: whether to run also the cells that only draw.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        plan: NotebookPlan,
        submission: SubmittedNotebook,
        limits: SubmissionLimits,
        environment: dict[str, str] | None = None,
        figures: bool = False,
    ) -> None:
        self._sandbox, self._plan, self._submission = sandbox, plan, submission
        self._limits = limits
        self._environment = environment or {}
        self._deadline = time.monotonic() + limits.submission_seconds
        self._cpu_seconds = 0.0
        self._progress = {name: _Progress(check) for name, check in plan.checks.items()}
        # Cells that are not run: these only draw; others join them when they kill the process.
        self._undrawn = set() if figures else submission.undrawn()
        self._killed: set[int] = set()
        self._stopped: dict[int, Death] = {}
        self._errors: dict[int, dict[str, str]] = {}
        self._repairs = list(submission.repairs)
        self._executed = nbformat.from_dict(submission.notebook)
        for index in self._undrawn:
            note = nbformat.v4.new_output("stream", name="stdout", text=_NOT_DRAWN)
            self._executed.cells[index].outputs = [note]

    def run(self) -> SessionResult:
        """Run the notebook, starting afresh after every kill.

        Raises:
            SandboxBroken: if the sandbox failed; the submission is then ungraded, not zero.
        """
        for _ in range(self._limits.restarts + 1):
            if self._run_once() or time.monotonic() >= self._deadline:
                break
        records = [self._record(progress) for progress in self._progress.values()]
        return SessionResult(records, self._repairs, self._executed, self._cpu_seconds)

    def _run_once(self) -> bool:
        """Run all cells that are left in one child; whether it reached the end."""
        limits = self._limits
        child = self._sandbox.spawn(
            SandboxLimits(
                memory_bytes=limits.memory_mb << 20,
                processes=int(limits.processes),
                threads=int(limits.threads),
                file_bytes=limits.file_mb << 20,
                output_bytes=limits.output_kb << 10,
                cpu_seconds=max(1, int(limits.cpu_seconds - self._cpu_seconds)),
            ),
            self._environment,
        )
        try:
            for index, cell in enumerate(self._executed.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                if index in self._undrawn or index in self._killed:
                    continue
                progress = self._progress.get(str(marks(cell).get("grade_id")))
                if not is_graded(cell):
                    progress = None
                if progress is not None and progress.ended:
                    continue
                try:
                    self._run_cell(child, index, cell, progress)
                except _ChildDied as died:
                    self._note_death(index, cell, progress, died.death)
                    return False
                finally:
                    if progress is not None:
                        progress.ended = True
            return True
        finally:
            stop(child)
            self._cpu_seconds += child.cpu_seconds

    def _run_cell(
        self, child: Child, index: int, cell: nbformat.NotebookNode, progress: _Progress | None
    ) -> None:
        started = time.monotonic()
        limit = self._cell_seconds() if progress is None else self._check_seconds(progress)
        deadline = min(started + limit, self._deadline)
        message: dict[str, Any] = {"op": "cell", "source": cell.source}
        if progress is not None:
            message["restore"] = True
            self._look_for_forbidden(progress, cell.source)
        timed_out = False
        try:
            self._send(child, message)
            while True:
                try:
                    event = self._receive(child, deadline)[0]
                except TimeoutError:
                    if timed_out:
                        child.kill(Death.TIMEOUT)
                        raise _ChildDied(Death.TIMEOUT) from None
                    # First as Ctrl-C would: what the notebook has made so far is kept.
                    timed_out = True
                    child.interrupt()
                    deadline = time.monotonic() + _GRACE_SECONDS
                    continue
                if event.get("event") == "done":
                    self._keep_outputs(index, cell, event)
                    if event.get("truncated") is True:
                        self._repairs.append(
                            f"A cell's output was cut at {self._limits.output_kb:g} KB, the "
                            f"limit: {_first_line(cell.source)}"
                        )
                    break
                if event.get("event") == "check" and not timed_out:
                    try:
                        self._converse(child, event, progress, deadline)
                    except TimeoutError:
                        timed_out = True
                        child.interrupt()
                        deadline = time.monotonic() + _GRACE_SECONDS
                elif not timed_out:
                    raise ProtocolError("unexpected message")
        except (ProtocolError, RecursionError, MemoryError):
            child.kill(Death.CRASHED)
            raise _ChildDied(child.death or Death.CRASHED) from None
        finally:
            if progress is not None:
                progress.seconds = time.monotonic() - started
        if timed_out:
            if progress is not None:
                progress.stopped_by = Death.TIMEOUT
            else:
                self._stopped[index] = Death.TIMEOUT
                self._repairs.append(
                    f"A cell was interrupted after {limit:g} s, the limit for one cell: "
                    f"{_first_line(cell.source)}"
                )

    def _cell_seconds(self) -> float:
        """The limit for a cell without a check.

        What hangs once hangs in every picture that is drawn with it, so patience is shorter then.
        """
        hung = Death.TIMEOUT in self._stopped.values() or any(
            progress.stopped_by is Death.TIMEOUT for progress in self._progress.values()
        )
        return self._limits.cell_seconds / (_IMPATIENCE if hung else 1)

    def _check_seconds(self, progress: _Progress) -> float:
        return progress.plan.check.limits.wall_seconds or self._limits.check_seconds

    def _converse(
        self, child: Child, event: dict[str, Any], progress: _Progress | None, deadline: float
    ) -> None:
        """Put the cases of a check to the object that the student's cell announced."""
        if (
            progress is not None
            and not progress.started
            and progress.forbidden is None
            and event.get("name") == progress.plan.name
        ):
            progress.started = True
            for case in progress.plan.cases:
                if isinstance(case.expects, Trained):
                    progress.results.append(self._train(child, case, progress))
                else:
                    observation = self._observe(child, case.probe, case.forbids, deadline)
                    progress.results.append(progress.plan.judge(case, observation))
        self._send(child, {"op": "release"})

    def _observe(
        self, child: Child, probe: Probe, forbids: tuple[str, ...], deadline: float
    ) -> Observation:
        tree, arrays = pack(probe.to_value())
        self._send(child, {"op": "probe", "probe": tree, "forbids": forbids}, arrays)
        answer, blocks = self._receive(child, deadline)
        if answer.get("event") != "observation":
            raise ProtocolError("expected an observation")
        return Observation.from_value(unpack(answer.get("observation"), blocks))

    def _train(self, child: Child, case: Case, progress: _Progress) -> CaseResult:
        """Train until the accuracy is decided; every run has the check's time for itself."""
        if isinstance(case.probe, SubmittedWeights):
            weights = self._submission.weights(case.probe.file, self._limits.weights_mb << 20)
            if isinstance(weights, str):
                return CaseResult("failed", Finding(weights, case=case.label))
            case = replace(case, probe=replace(case.probe, weights=weights))

        begun = 0

        def run(probe: Probe) -> Observation:
            nonlocal begun
            begun += 1
            started = time.monotonic()
            limit = min(started + self._check_seconds(progress), self._deadline)
            try:
                found = self._observe(child, probe, case.forbids, limit)
            except (TimeoutError, _ChildDied):
                # A run in doubt cannot be repeated: that is nobody's zero.
                progress.undecided = begun > 1
                raise
            # Measured here: what the child says of its time is its own.
            return replace(found, seconds=time.monotonic() - started)

        result, progress.trials = run_trials(case, progress.plan.name, run)
        seen = result.finding.message if result.finding else ""
        if "ResourceExhaustedError" in seen or "RESOURCE_EXHAUSTED" in seen:
            progress.stopped_by = Death.OUT_OF_MEMORY
        return result

    def _look_for_forbidden(self, progress: _Progress, source: str) -> None:
        forbids = progress.plan.check.forbids
        if forbids:
            subject = ast.unparse(checked_expression(source))
            progress.forbidden = forbidden_in(self._submission.student_cells(), subject, forbids)

    def _send(self, child: Child, message: dict[str, Any], arrays: Any = None) -> None:
        try:
            child.channel.send(message, arrays, timeout_seconds=30)
        except OSError as error:
            raise self._death_of(child) from error

    def _receive(self, child: Child, deadline: float) -> tuple[dict[str, Any], Any]:
        try:
            return child.channel.receive(max(0.0, deadline - time.monotonic()))
        except EOFError as error:
            raise self._death_of(child) from error

    def _death_of(self, child: Child) -> _ChildDied:
        code = child.wait(0.5)
        if code is not None and code == 128 + signal.SIGXCPU:
            child.death = Death.CPU_TIME
        child.kill(Death.CRASHED)
        child.wait(5)
        return _ChildDied(child.death or Death.CRASHED)

    def _note_death(
        self, index: int, cell: nbformat.NotebookNode, progress: _Progress | None, death: Death
    ) -> None:
        self._killed.add(index)
        self._stopped[index] = death
        if progress is not None:
            progress.stopped_by = death
            return
        self._repairs.append(
            f"A cell ended the notebook ({_DEATHS[death]}) and was left out when the rest was run "
            f"again: {_first_line(cell.source)}"
        )

    def _keep_outputs(self, index: int, cell: nbformat.NotebookNode, event: dict[str, Any]) -> None:
        """Take over the cell's outputs, each of them checked; outputs never decide a grade."""
        outputs = []
        found = event.get("outputs")
        for item in found[:_MAX_OUTPUTS] if isinstance(found, list) else []:
            with contextlib.suppress(Exception):
                output = nbformat.from_dict(item)
                nbformat.validate(output, ref="output", version=4)
                outputs.append(output)
        error = event.get("error")
        if isinstance(error, dict):
            texts = {
                key: str(error.get(key, ""))[:4000] for key in ("type", "message", "traceback")
            }
            outputs.append(
                nbformat.v4.new_output(
                    "error",
                    ename=texts["type"],
                    evalue=texts["message"],
                    traceback=[
                        *texts["traceback"].splitlines(),
                        f"{texts['type']}: {texts['message']}",
                    ],
                )
            )
            if is_graded(cell):
                progress = self._progress.get(str(marks(cell).get("grade_id")))
                if progress is not None and not progress.results:
                    progress.error = texts
            else:
                self._errors[index] = texts
        cell.outputs = outputs

    def _record(self, progress: _Progress) -> CheckRecord:
        plan, results = progress.plan, progress.results
        share = sum(
            case.share
            for case, result in zip(plan.cases, results, strict=False)
            if result.outcome == "passed"
        )
        total = sum(case.share for case in plan.cases)
        verdict, findings = self._verdict(progress)
        bounds = [c.expects.at_least for c in plan.cases if isinstance(c.expects, Trained)]
        return CheckRecord(
            name=plan.name,
            points=plan.points,
            score=None if verdict is Verdict.UNGRADED else round(plan.points * share / total, 4),
            verdict=verdict,
            seconds=round(progress.seconds, 3),
            cases=len(plan.cases),
            cases_passed=sum(result.outcome == "passed" for result in results),
            findings=[FindingRecord(**_bounded(finding)) for finding in findings[:_MAX_FINDINGS]],
            trials=[_trial_record(trial) for trial in progress.trials],
            bound=bounds[0] if bounds else None,
        )

    def _verdict(self, progress: _Progress) -> tuple[Verdict, list[Finding]]:
        findings = [result.finding for result in progress.results if result.finding]
        if progress.undecided:
            message = "The first training was in doubt, and there was no time to repeat it."
            return Verdict.UNGRADED, [Finding(message, hint="It will be graded again.")]
        death = progress.stopped_by or self._killed_definition(progress)
        if death is not None and not self._all_passed(progress):
            return _VERDICTS[death], [self._death_finding(progress, death), *findings]
        if progress.forbidden is not None:
            return Verdict.FAILED, [
                Finding(
                    f"Your code uses `{progress.forbidden}`, which is what you are asked to write.",
                    hint="Compute it from array arithmetic: products, sums, slices and loops.",
                )
            ]
        if not progress.ended:
            message = "The notebook was stopped before this cell: its time was used up."
            return Verdict.NOT_REACHED, [Finding(message)]
        if progress.error is not None:
            if (undefined := self._undefined(progress)) is not None:
                return Verdict.ERROR, [undefined]
            stopped = self._refused(progress.error["message"])
            if stopped is not None:
                return stopped
            return Verdict.ERROR, [_error_finding(progress.error)]
        if not progress.started:
            message = "Nothing was handed to `check` here."
            hint = "Leave `check` as the course library defines it; do not redefine it."
            return Verdict.FAILED, [Finding(message, hint=hint)]
        if self._all_passed(progress):
            return Verdict.PASSED, []
        wrong = [result for result in progress.results if result.outcome != "passed"]
        if any(result.outcome != "error" for result in wrong):
            return Verdict.FAILED, findings
        stopped = self._refused(findings[0].message) if findings else None
        if stopped is not None:
            verdict, (first, *_) = stopped
            return verdict, [first, *findings]
        return Verdict.ERROR, findings

    def _refused(self, message: str) -> tuple[Verdict, list[Finding]] | None:
        """What the kernel refused, if that is what an error's message tells."""
        limits = self._limits
        if any(text in message for text in (f"[Errno {errno.EAGAIN}]", "start new thread")):
            said = (
                f"This tried to start more than {limits.processes:g} processes or "
                f"{limits.threads:g} threads, the limits."
            )
            hint = "None of the tasks needs any of its own: call your function directly."
            return Verdict.TOO_MANY_PROCESSES, [Finding(said, observed=message, hint=hint)]
        if any(text in message for text in (f"[Errno {errno.EFBIG}]", f"[Errno {errno.ENOSPC}]")):
            said = f"This wrote more than {limits.file_mb:g} MB, the limit for files."
            hint = "None of the tasks needs large files: keep arrays in memory."
            return Verdict.OUT_OF_SPACE, [Finding(said, observed=message, hint=hint)]
        return None

    @staticmethod
    def _all_passed(progress: _Progress) -> bool:
        return len(progress.results) == len(progress.plan.cases) and all(
            result.outcome == "passed" for result in progress.results
        )

    def _killed_definition(self, progress: _Progress) -> Death | None:
        """How the cell that defines this check's subject was killed, if it was."""
        if progress.results:
            return None
        names = _names_checked(self._plan, progress.plan.name)
        for index, death in self._stopped.items():
            if names & _names_bound(self._executed.cells[index].source):
                return death
        return None

    def _undefined(self, progress: _Progress) -> Finding | None:
        """Why the checked name does not exist, if the cell that should make it stopped."""
        if progress.error is None or progress.error["type"] != "NameError":
            return None
        names = _names_checked(self._plan, progress.plan.name)
        makers = {
            marks(cell).get("grade_id")
            for cell in self._plan.release.cells
            if is_solution(cell) and names & _names_bound(cell.source)
        }
        for index, error in self._errors.items():
            if marks(self._executed.cells[index]).get("grade_id") in makers:
                kind, message = error["type"], error["message"]
                return Finding(
                    f"The cell that should define `{', '.join(sorted(names))}` stopped with "
                    f"{kind}: {message}",
                    observed=kind,
                    where=error["traceback"],
                    hint=_ERROR_HINTS.get(kind, ""),
                )
        return None

    def _death_finding(self, progress: _Progress, death: Death) -> Finding:
        seconds = self._check_seconds(progress)
        message, hint = {
            Death.TIMEOUT: (
                f"This took longer than {seconds:g} s and was stopped.",
                "Look for a loop that does not end, or for loops over pixels where an array "
                "operation would do.",
            ),
            Death.OUT_OF_MEMORY: (
                f"This needed more than {self._limits.memory_mb} MB of memory and was stopped.",
                "Look for an array that is much larger than its inputs.",
            )
            if not progress.trials
            else (
                "The training needed more memory than its device has.",
                "Train on smaller batches, or with a smaller network.",
            ),
            Death.PROCESSES: (
                f"This started more than {self._limits.processes:g} processes or "
                f"{self._limits.threads:g} threads and was stopped.",
                "None of the tasks needs any of its own.",
            ),
            Death.CPU_TIME: (
                f"The notebook used more than {self._limits.cpu_seconds:g} s of CPU time and was "
                "stopped here.",
                "Look for loops over pixels where an array operation would do.",
            ),
            Death.CRASHED: (
                "The Python process ended while this ran.",
                "Look for `exit()`, `os._exit()`, or a call that crashes the interpreter.",
            ),
        }[death]
        return Finding(message, observed=_DEATHS[death], hint=hint)


_DEATHS = {
    Death.TIMEOUT: "out of time",
    Death.OUT_OF_MEMORY: "out of memory",
    Death.PROCESSES: "too many processes",
    Death.CPU_TIME: "out of CPU time",
    Death.CRASHED: "the process ended",
}
_VERDICTS = {
    Death.TIMEOUT: Verdict.TIMEOUT,
    Death.OUT_OF_MEMORY: Verdict.OUT_OF_MEMORY,
    Death.PROCESSES: Verdict.TOO_MANY_PROCESSES,
    Death.CPU_TIME: Verdict.OUT_OF_CPU_TIME,
    Death.CRASHED: Verdict.CRASHED,
}


_UNREADABLE = "Python cannot read the cell: look at brackets, colons and indentation there."
_ERROR_HINTS = {
    "NameError": "Run the notebook from top to bottom: a name is used that is not defined above.",
    "SyntaxError": _UNREADABLE,
    "IndentationError": _UNREADABLE,
    "TabError": _UNREADABLE,
}


def _error_finding(error: dict[str, str]) -> Finding:
    kind, message = error["type"], error["message"]
    return Finding(
        f"The check could not start: {kind}: {message}",
        observed=kind,
        where=error["traceback"],
        hint=_ERROR_HINTS.get(kind, ""),
    )


def _bounded(finding: Finding) -> dict[str, Any]:
    values = asdict(finding)
    return {
        key: value[:2000] if isinstance(value, str) and key != "drawing" else value
        for key, value in values.items()
    }


def _trial_record(trial: Trial) -> TrialRecord:
    low, high = trial.interval
    return TrialRecord(
        seed=trial.seed,
        accuracy=None if trial.accuracy is None else round(trial.accuracy, 5),
        low=round(low, 5),
        high=round(high, 5),
        seconds=round(trial.seconds, 3),
    )


def _first_line(source: str) -> str:
    lines = source.strip().splitlines() or [""]
    return lines[0][:100]


def _names_checked(plan: NotebookPlan, check: str) -> set[str]:
    for cell in plan.release.cells:
        if is_graded(cell) and marks(cell).get("grade_id") == check:
            expression = checked_expression(cell.source)
            return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    return set()


def _names_bound(source: str) -> set[str]:
    from autograder.source import defined_names

    try:
        return defined_names(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
