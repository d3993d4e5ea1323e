"""One submission's notebook, run in the sandbox: questions go in, what comes out is kept."""

from __future__ import annotations

import ast
import contextlib
import signal
import time
from dataclasses import dataclass, replace
from typing import Any

import nbformat

from autograder._exceptions import SandboxBroken
from autograder.grading.judging import ERROR_HINTS
from autograder.grading.plan import NotebookPlan
from autograder.grading.transcript import CheckTranscript
from autograder.records.outcomes import BY_DEATH, Death
from autograder.sandbox import Child, Sandbox, SandboxLimits
from autograder.sandbox.host import stop
from autograder.source.course import SubmissionLimits
from autograder.source.notebook import checked_expression, is_graded, is_solution, marks
from autograder.submission.pieces import first_line
from autograder.submission.prohibitions import StudentCode
from autograder.submission.submitted import SubmittedNotebook
from course_lib.checking.cases import Case
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult
from course_lib.checking.probes import Observation, Probe
from course_lib.checking.training_probes import ScoreWeights
from course_lib.checking.trials import run_trials
from course_lib.checking.wire import ProtocolError, pack, unpack

_GRACE_SECONDS = 2.0
_MAX_KEPT_BYTES = 1 << 30
_KILLED = (128 + signal.SIGKILL, -signal.SIGKILL)  # The student's process, or the keeper above it.
_MAX_OUTPUTS = 1000  # To validate one takes about a millisecond.
_NOT_DRAWN = "Not run: this cell only draws. `autograder grade --figures` runs it too.\n"
_IMPATIENCE = 10  # Once a cell has run out of time, display cells get this fraction of the limit.


_MAX_NOTES = 8
_NOTES = {
    "package": "The package `{about}` is not installed where notebooks are graded; the lines that "
    "need it were left out, and the rest of the cell was run: {cell}",
    "command": "Shell commands are not run when a notebook is graded: `{about}`",
    "input": "Nobody answers `input()` when a notebook is graded; write the value itself: {cell}",
    "exit": "`exit()` was passed over, so that the cells below could be graded: {cell}",
}


class _ChildDied(Exception):
    """The child ended, or had to be ended, during a cell."""

    def __init__(self, death: Death) -> None:
        self.death = death


@dataclass
class SessionResult:
    """What became of each check, what was done to run the notebook, and its outputs.

    `cpu_seconds` is the CPU time of the student's processes.
    """

    checks: dict[str, CheckTranscript]
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
        patient: whether a process that something else killed may be this machine's fault, and is
            then reported instead of held against the student.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        plan: NotebookPlan,
        submission: SubmittedNotebook,
        limits: SubmissionLimits,
        environment: dict[str, str] | None = None,
        figures: bool = False,
        patient: bool = False,
    ) -> None:
        self._sandbox, self._plan, self._submission = sandbox, plan, submission
        self._limits = limits
        self._patient = patient
        self._environment = environment or {}
        self._deadline = time.monotonic() + limits.submission_seconds
        self._cpu_seconds = 0.0
        self._transcripts = {
            name: CheckTranscript(plan.key_of(name, limits)) for name in plan.checks
        }
        self._code = StudentCode(submission.student_cells())
        self._kept_bytes = 0
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
        for name, transcript in self._transcripts.items():
            transcript.stopped_by = transcript.stopped_by or self._killed_definition(name)
            transcript.undefined = self._undefined(name)
        return SessionResult(self._transcripts, self._repairs, self._executed, self._cpu_seconds)

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
                name = str(marks(cell).get("grade_id")) if is_graded(cell) else ""
                transcript = self._transcripts.get(name)
                if transcript is not None and transcript.ended:
                    continue
                if transcript is not None:
                    transcript.ended = True
                try:
                    self._run_cell(child, index, cell, name)
                except _ChildDied as died:
                    self._note_death(index, cell, transcript, died.death)
                    return False
            return True
        finally:
            stop(child)
            self._cpu_seconds += child.cpu_seconds

    def _run_cell(self, child: Child, index: int, cell: nbformat.NotebookNode, name: str) -> None:
        """Run a cell; `name` is that of its check, if it is a graded cell."""
        transcript = self._transcripts.get(name)
        started = time.monotonic()
        limit = self._cell_seconds() if transcript is None else self._check_seconds(name)
        deadline = min(started + limit, self._deadline)
        message: dict[str, Any] = {"op": "cell", "source": cell.source}
        if transcript is not None:
            message["restore"] = True
            transcript.forbidden = self._forbidden_in(name, cell.source)
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
                    if transcript is None:
                        self._keep_notes(cell, event)
                    if event.get("truncated") is True:
                        self._repairs.append(
                            f"A cell's output was cut at {self._limits.output_kb:g} KB, the "
                            f"limit: {first_line(cell.source)}"
                        )
                    break
                if event.get("event") == "check" and not timed_out:
                    try:
                        self._converse(child, event, name, deadline)
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
            if transcript is not None:
                transcript.seconds = time.monotonic() - started
        if timed_out:
            if transcript is not None:
                transcript.stopped_by = Death.TIMEOUT
            else:
                self._stopped[index] = Death.TIMEOUT
                self._repairs.append(
                    f"A cell was interrupted after {limit:g} s, the limit for one cell: "
                    f"{first_line(cell.source)}"
                )

    def _cell_seconds(self) -> float:
        """The limit for a cell without a check.

        What hangs once hangs in every picture that is drawn with it, so patience is shorter then.
        """
        hung = Death.TIMEOUT in self._stopped.values() or any(
            found.stopped_by is Death.TIMEOUT for found in self._transcripts.values()
        )
        return self._limits.cell_seconds / (_IMPATIENCE if hung else 1)

    def _check_seconds(self, name: str) -> float:
        return self._plan.checks[name].check.limits.wall_seconds or self._limits.check_seconds

    def _converse(self, child: Child, event: dict[str, Any], name: str, deadline: float) -> None:
        """Put the cases of a check to the object that the student's cell announced."""
        transcript = self._transcripts.get(name)
        if (
            transcript is not None
            and not transcript.started
            and transcript.forbidden is None
            and event.get("name") == name
        ):
            transcript.started = True
            for case in self._plan.checks[name].cases:
                if case.expects.training is not None:
                    transcript.answers.append(self._train(child, case, name, transcript))
                else:
                    seen = self._observe(child, case.probe, case.forbids, deadline)
                    transcript.answers.append(seen)
        self._send(child, {"op": "release"})

    def _observe(
        self, child: Child, probe: Probe, forbids: tuple[str, ...], deadline: float
    ) -> Observation:
        tree, arrays = pack(probe.to_value())
        self._send(child, {"op": "probe", "probe": tree, "forbids": forbids}, arrays)
        answer, blocks = self._receive(child, deadline)
        if answer.get("event") != "observation":
            raise ProtocolError("expected an observation")
        self._kept_bytes += sum(block.nbytes for block in blocks.values())
        if self._kept_bytes > _MAX_KEPT_BYTES:
            raise ProtocolError("more answers than anybody can judge")
        return Observation.from_value(unpack(answer.get("observation"), blocks))

    def _train(
        self, child: Child, case: Case, name: str, transcript: CheckTranscript
    ) -> CaseResult:
        """Train until the accuracy is decided; every run has the check's time for itself."""
        if isinstance(case.probe, ScoreWeights):
            weights = self._submission.weights_of(case.probe.file, self._limits.weights_mb << 20)
            if isinstance(weights, str):
                return CaseResult("failed", Finding(weights, case=case.label))
            case = replace(case, probe=replace(case.probe, weights=weights))

        begun = 0

        def run(probe: Probe) -> Observation:
            nonlocal begun
            begun += 1
            started = time.monotonic()
            limit = min(started + self._check_seconds(name), self._deadline)
            try:
                found = self._observe(child, probe, case.forbids, limit)
            except (TimeoutError, _ChildDied):
                # A run in doubt cannot be repeated: that is nobody's zero.
                transcript.undecided = begun > 1
                raise
            # Measured here: what the child says of its time is its own.
            return replace(found, seconds=time.monotonic() - started)

        result, transcript.trials = run_trials(case, name, run)
        seen = result.finding.message if result.finding else ""
        if "ResourceExhaustedError" in seen or "RESOURCE_EXHAUSTED" in seen:
            transcript.stopped_by = Death.OUT_OF_MEMORY
        return result

    def _forbidden_in(self, name: str, source: str) -> str | None:
        forbids = self._plan.checks[name].check.forbids
        if not forbids:
            return None
        subject = ast.unparse(checked_expression(source))
        return self._code.forbidden(subject, forbids)

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
        # Its exit code, if it has ended; it may also have hung up and live on.
        code = child.wait(1)
        if child.lost:
            raise SandboxBroken("The sandbox ended while this ran.")
        if child.death is None and self._patient and code in _KILLED:
            raise SandboxBroken("The submission's process was killed.")
        if child.death is None and code == 128 + signal.SIGXCPU:
            child.death = Death.CPU_TIME
        child.kill(Death.CRASHED)
        child.wait(5)
        return _ChildDied(child.death or Death.CRASHED)

    def _note_death(
        self,
        index: int,
        cell: nbformat.NotebookNode,
        transcript: CheckTranscript | None,
        death: Death,
    ) -> None:
        self._killed.add(index)
        self._stopped[index] = death
        if transcript is not None:
            transcript.stopped_by = death
            return
        self._repairs.append(
            f"A cell ended the notebook ({BY_DEATH[death][1].shown}) and was left out when the "
            f"rest was run again: {first_line(cell.source)}"
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
                transcript = self._transcripts.get(str(marks(cell).get("grade_id")))
                if transcript is not None and not transcript.answers:
                    transcript.error = texts
            else:
                self._errors[index] = texts
        cell.outputs = outputs

    def _keep_notes(self, cell: nbformat.NotebookNode, event: dict[str, Any]) -> None:
        """Tell the student what could not be done for a cell; the words are ours."""
        found = event.get("notes")
        for note in found[:_MAX_NOTES] if isinstance(found, list) else []:
            about = str(note.get("about", ""))[:80] if isinstance(note, dict) else ""
            words = _NOTES.get(str(note.get("kind"))) if isinstance(note, dict) else None
            if words is not None:
                repair = words.format(about=about, cell=first_line(cell.source))
                if repair not in self._repairs:
                    self._repairs.append(repair)

    def _killed_definition(self, check: str) -> Death | None:
        """How the cell that defines this check's subject was killed, if it was."""
        if self._transcripts[check].answers:
            return None
        names = _names_checked(self._plan, check)
        for index, death in self._stopped.items():
            if names & _names_bound(self._executed.cells[index].source):
                return death
        return None

    def _undefined(self, check: str) -> Finding | None:
        """Why the checked name does not exist, if the cell that should make it stopped."""
        error = self._transcripts[check].error
        if error is None or error["type"] != "NameError":
            return None
        names = _names_checked(self._plan, check)
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
                    hint=ERROR_HINTS.get(kind, ""),
                )
        return None


def _names_checked(plan: NotebookPlan, check: str) -> set[str]:
    for cell in plan.release.cells:
        if is_graded(cell) and marks(cell).get("grade_id") == check:
            expression = checked_expression(cell.source)
            return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    return set()


def _names_bound(source: str) -> set[str]:
    from autograder.source.notebook import defined_names

    try:
        return defined_names(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
