"""One submission's notebook, run in the sandbox: questions go in, what comes out is kept."""

from __future__ import annotations

import ast
import time
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.grading.conversation import ChildDied, Conversation
from autograder.grading.definitions import killed_definition, lost_with, undefined
from autograder.grading.outputs import error_of, notes_of, outputs_of, overwritten_in
from autograder.grading.plan import NotebookPlan
from autograder.grading.transcript import CheckTranscript
from autograder.records.outcomes import BY_DEATH, Death
from autograder.sandbox import Child, Sandbox, SandboxLimits
from autograder.sandbox.host import stop
from autograder.source.course import SubmissionLimits
from autograder.source.notebook import checked_expression, is_graded, marks
from autograder.submission.given import given_names, given_statements
from autograder.submission.names import bound_names
from autograder.submission.pieces import first_line
from autograder.submission.prohibitions import StudentCode
from autograder.submission.submitted import SubmittedNotebook
from course_lib.checking.wire import ProtocolError

_GRACE_SECONDS = 2.0
_NOT_DRAWN = "Not run: this cell only draws. `autograder grade --figures` runs it too.\n"
_IMPATIENCE = 10  # Once a cell has run out of time, display cells get this fraction of the limit.


@dataclass
class SessionResult:
    """What became of each check, what was done to run the notebook, and its outputs.

    `cpu_seconds` is the CPU time of the student's processes; `overwritten` are, by a cell's index,
    the given names that have not their given value after it, each with the line that did it.
    """

    checks: dict[str, CheckTranscript]
    repairs: list[str]
    executed: nbformat.NotebookNode
    cpu_seconds: float
    overwritten: dict[int, dict[str, str]]


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
        self._sandbox, self._plan = sandbox, plan
        self._limits = limits
        self._environment = environment or {}
        self._deadline = time.monotonic() + limits.submission_seconds
        self._conversation = Conversation(submission, limits, self._deadline, patient)
        self._cpu_seconds = 0.0
        self._transcripts = {
            name: CheckTranscript(plan.key_of(name, limits)) for name in plan.checks
        }
        self._code = StudentCode(submission.student_cells())
        # Cells that are not run: these only draw; others join them when they kill the process.
        self._undrawn = set() if figures else submission.undrawn()
        self._killed: set[int] = set()
        self._stopped: dict[int, Death] = {}
        self._errors: dict[int, dict[str, str]] = {}
        self._overwritten: dict[int, dict[str, str]] = {}
        self._given, self._given_names = given_statements(plan.release), given_names(plan.release)
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
            if transcript.stopped_by is None and not transcript.answers:
                transcript.stopped_by = killed_definition(
                    self._plan, name, self._executed, self._stopped
                )
            if lost := transcript.lost_name:
                transcript.undefined = undefined(
                    self._plan, name, self._executed, self._errors
                ) or lost_with(lost, self._executed, self._errors)
        return SessionResult(
            self._transcripts,
            self._repairs,
            self._executed,
            self._cpu_seconds,
            self._overwritten,
        )

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
            self._conversation.send(child, {"op": "given", "statements": self._given})
            for index, cell in enumerate(self._executed.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                if index in self._undrawn:
                    continue
                name = str(marks(cell).get("grade_id")) if is_graded(cell) else ""
                transcript = self._transcripts.get(name)
                if transcript is not None and transcript.ended:
                    continue
                if transcript is not None:
                    transcript.ended = True
                try:
                    if index in self._killed:
                        self._run_given(child, cell)
                    else:
                        self._run_cell(child, index, cell, name)
                except ChildDied as died:
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
        limit = self._seconds(name)
        deadline = min(started + limit, self._deadline)
        message: dict[str, Any] = {"op": "cell", "source": cell.source}
        if transcript is not None:
            message["restore"] = True
            transcript.forbidden = self._forbidden_in(name, cell.source)
        timed_out = False
        try:
            self._conversation.send(child, message)
            while True:
                try:
                    event = self._conversation.receive(child, deadline)[0]
                except TimeoutError:
                    if timed_out:
                        child.kill(Death.TIMEOUT)
                        raise ChildDied(Death.TIMEOUT) from None
                    # First as Ctrl-C would: what the notebook has made so far is kept.
                    timed_out = True
                    child.interrupt()
                    deadline = time.monotonic() + _GRACE_SECONDS
                    continue
                if event.get("event") == "done":
                    self._keep(index, cell, transcript, event)
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
            raise ChildDied(child.death or Death.CRASHED) from None
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
                self._note_lost(index, cell)
                self._run_given(child, cell)

    def _note_lost(self, index: int, cell: nbformat.NotebookNode) -> None:
        """Note the given names of a cell that was not run to its end."""
        lost = bound_names(cell.source) & self._given_names
        self._overwritten[index] = dict.fromkeys(lost, first_line(cell.source))

    def _run_given(self, child: Child, cell: nbformat.NotebookNode) -> None:
        """Run the imports and definitions that a cell came with, which was cut off or left out."""
        source = cell.metadata.pop("given", "")  # Once: what kills here would kill every time.
        if not source:
            return
        self._conversation.send(child, {"op": "cell", "source": source})
        try:
            event, _ = self._conversation.receive(
                child, time.monotonic() + self._limits.cell_seconds
            )
        except (TimeoutError, ProtocolError):
            event = {}
        if event.get("event") != "done":
            child.kill(Death.TIMEOUT)
            raise ChildDied(Death.TIMEOUT)
        cell.metadata["given"] = source

    def _seconds(self, name: str) -> float:
        """The limit for a cell; `name` is that of its check, if it is a graded cell.

        What hangs once hangs in every picture that is drawn with it, so patience is shorter then.
        """
        if name in self._plan.checks:
            return self._plan.checks[name].seconds(self._limits)
        hung = Death.TIMEOUT in self._stopped.values() or any(
            found.stopped_by is Death.TIMEOUT for found in self._transcripts.values()
        )
        return self._limits.cell_seconds / (_IMPATIENCE if hung else 1)

    def _converse(self, child: Child, event: dict[str, Any], name: str, deadline: float) -> None:
        """Answer a cell that announced an object: with the cases, if that is its check."""
        transcript = self._transcripts.get(name)
        if (
            transcript is not None
            and not transcript.started
            and transcript.forbidden is None
            and event.get("name") == name
        ):
            check = self._plan.checks[name]
            self._conversation.put_cases(child, check, transcript, deadline)
        self._conversation.send(child, {"op": "release"})

    def _keep(
        self,
        index: int,
        cell: nbformat.NotebookNode,
        transcript: CheckTranscript | None,
        event: dict[str, Any],
    ) -> None:
        """Take over what a cell left that came to its end."""
        error = error_of(event)
        cell.outputs = outputs_of(event, error)
        if error is not None and not is_graded(cell):
            self._errors[index] = error
        if error is not None and transcript is not None and not transcript.answers:
            transcript.error = error
        self._overwritten[index] = overwritten_in(event, self._given_names)
        if transcript is None:
            for note in notes_of(event, cell.source):
                if note not in self._repairs:
                    self._repairs.append(note)
        if event.get("truncated") is True:
            self._repairs.append(
                f"A cell's output was cut at {self._limits.output_kb:g} KB, the limit: "
                f"{first_line(cell.source)}"
            )

    def _forbidden_in(self, name: str, source: str) -> str | None:
        forbids = self._plan.checks[name].check.forbids
        if not forbids:
            return None
        subject = ast.unparse(checked_expression(source))
        return self._code.forbidden(subject, forbids)

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
        self._note_lost(index, cell)
        self._repairs.append(
            f"A cell ended the notebook ({BY_DEATH[death][1].shown}) and was left out when the "
            f"rest was run again: {first_line(cell.source)}"
        )
