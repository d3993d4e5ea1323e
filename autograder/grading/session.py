"""One submission's notebook, run in the sandbox: questions go in, what comes out is kept."""

from __future__ import annotations

import ast
import time
from dataclasses import dataclass, replace
from typing import Any

import nbformat

from autograder._exceptions import SandboxBroken
from autograder.grading.allowance import MOST_IDLE, Allowance, OutOfTime
from autograder.grading.conversation import ChildDied, Conversation
from autograder.grading.definitions import lost_with, stop_above, undefined
from autograder.grading.outputs import error_of, notes_of, outputs_of, overwritten_in
from autograder.grading.plan import NotebookPlan
from autograder.grading.transcript import CheckTranscript, Stop
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

_GRACE_SECONDS = 2.0  # To end after an interrupt, of CPU time or doing nothing.
_NOT_DRAWN = "Not run: this cell only draws. `autograder grade --figures` runs it too.\n"
_IMPATIENCE = 10  # Once something ran out of time, cells that only draw get this fraction of it.
# Beside a GPU the processor's time is that of compilers and drivers, and who waits for the GPU does
# nothing on the processor.
_DEVICE_PATIENCE = 4
_MAYBE_COMPUTED = (
    "Nothing was computed on the processor for {seconds:g} s here. The GPU may have been at work, "
    "or busy with something else, so this costs no points."
)


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
        accelerated: whether it may compute on a GPU, whose time nobody sees here.
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
        accelerated: bool = False,
    ) -> None:
        self._sandbox, self._plan = sandbox, plan
        self._limits = limits
        self._environment = environment or {}
        self._accelerated = accelerated
        self._patience = _DEVICE_PATIENCE if accelerated else 1
        self._most_idle = self._patience * limits.idle_seconds
        self._most_cpu = self._patience * limits.cpu_seconds
        self._deadline = time.monotonic() + limits.submission_seconds
        self._conversation = Conversation(submission, limits, patient)
        self._cpu_seconds = 0.0
        self._idle_seconds = 0.0  # Of all cells so far.
        self._hangs = 0
        self._transcripts = {
            name: CheckTranscript(plan.key_of(name, limits)) for name in plan.checks
        }
        self._code = StudentCode(submission.student_cells())
        # Cells that are not run: these only draw; others join them when they kill the process.
        self._drawing = submission.undrawn()
        self._undrawn = set() if figures else self._drawing
        self._killed: set[int] = set()
        self._stopped: dict[int, Stop] = {}
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
            if self._run_once():
                break
        else:
            self._give_up(
                f"Cells above this one ended the notebook {self._limits.restarts + 1} times; after "
                "that it is not run again."
            )
        self._look_above()
        return SessionResult(
            self._transcripts,
            self._repairs,
            self._executed,
            self._cpu_seconds,
            self._overwritten,
        )

    def _give_up(self, reason: str) -> None:
        for transcript in self._transcripts.values():
            if not transcript.ended:
                transcript.unreached = reason

    def _look_above(self) -> None:
        """Hold against no check what a cell that did not come to its end has left undone."""
        for name, transcript in self._transcripts.items():
            if transcript.stopped is None:
                transcript.stopped = stop_above(name, self._executed, self._stopped, self._undrawn)
            if lost := transcript.lost_name:
                transcript.undefined = undefined(
                    self._plan, name, self._executed, self._errors
                ) or lost_with(lost, self._executed, self._errors)
            stop = transcript.stopped
            if self._accelerated and stop is not None and stop.death is Death.HUNG:
                transcript.undecided = _MAYBE_COMPUTED.format(seconds=stop.seconds)

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
                cpu_seconds=max(1, int(self._most_cpu - self._cpu_seconds)),
            ),
            self._environment,
        )
        try:
            self._give_statements(child)
            for index, cell in enumerate(self._executed.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                if index in self._undrawn:
                    continue
                name = str(marks(cell).get("grade_id")) if is_graded(cell) else ""
                transcript = self._transcripts.get(name)
                if transcript is not None and transcript.ended:
                    continue
                if self._idle_seconds > MOST_IDLE * self._most_idle:
                    self._give_up(
                        f"The notebook was stopped before this cell: it had done nothing for "
                        f"{MOST_IDLE * self._most_idle:g} s in all."
                    )
                    return True
                if transcript is not None:
                    transcript.ended = True
                try:
                    if index in self._killed:
                        self._run_given(child, cell)
                    else:
                        self._run_cell(child, index, cell, name)
                except ChildDied as died:
                    self._note_death(index, cell, transcript, died)
                    return False
            return True
        finally:
            stop(child)
            self._cpu_seconds += child.cpu_seconds

    def _give_statements(self, child: Child) -> None:
        """Tell the child which statements were released."""
        message = {"op": "given", "statements": self._given}
        try:
            self._conversation.send(child, message, self._usual_allowance(child))
        except (OutOfTime, ChildDied) as error:
            raise SandboxBroken("A submission's process ended before it ran anything.") from error

    def _run_cell(self, child: Child, index: int, cell: nbformat.NotebookNode, name: str) -> None:
        """Run a cell; `name` is that of its check, if it is a graded cell."""
        transcript = self._transcripts.get(name)
        started = time.monotonic()
        allowance = self._allowance(child, index, name)
        message: dict[str, Any] = {"op": "cell", "source": cell.source}
        if transcript is not None:
            message["restore"] = True
            transcript.forbidden = self._forbidden_in(name, cell.source)
        stop: Stop | None = None
        try:
            self._conversation.send(child, message, allowance)
            while True:
                try:
                    event = self._conversation.receive(child, allowance)[0]
                    if event.get("event") == "done":
                        break
                    if event.get("event") == "check" and stop is None:
                        self._converse(child, event, name, allowance)
                    elif stop is None:
                        raise ProtocolError("unexpected message")
                except OutOfTime as out:
                    if stop is not None:
                        child.kill(stop.death)
                        raise ChildDied(stop.death, stop.seconds) from None
                    self._hangs += out.death is Death.HUNG
                    # First as Ctrl-C would: what the notebook has made so far is kept.
                    stop = Stop(out.death, out.seconds)
                    child.interrupt()
                    self._idle_seconds += allowance.close()
                    allowance = Allowance(child, _GRACE_SECONDS, _GRACE_SECONDS, self._deadline)
            self._keep(index, cell, transcript, event, stop)
        except (ProtocolError, RecursionError, MemoryError):
            child.kill(Death.CRASHED)
            raise ChildDied(child.death or Death.CRASHED) from None
        finally:
            self._idle_seconds += allowance.close()
            if transcript is not None:
                transcript.seconds = time.monotonic() - started
        if stop is not None and transcript is None:
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
        allowance = self._usual_allowance(child)
        try:
            self._conversation.send(child, {"op": "cell", "source": source}, allowance)
            event, _ = self._conversation.receive(child, allowance)
        except OutOfTime as out:
            child.kill(out.death)
            raise ChildDied(out.death, out.seconds) from None
        except ProtocolError:
            event = {}
        finally:
            self._idle_seconds += allowance.close()
        if event.get("event") != "done":
            child.kill(Death.CRASHED)
            raise ChildDied(child.death or Death.CRASHED)
        cell.metadata["given"] = source

    def _usual_allowance(self, child: Child) -> Allowance:
        """What a cell may use that is no check's."""
        cpu = self._patience * self._limits.cell_seconds
        return Allowance(child, cpu, self._most_idle, self._deadline)

    def _allowance(self, child: Child, index: int, name: str) -> Allowance:
        """What a cell may use; `name` is that of its check, if it is a graded cell.

        Who waits for nothing once does so again wherever that function is called, so patience with
        that is halved each time. Nobody who computes needs it.
        """
        cpu, idle = self._limits.cell_seconds, self._most_idle
        if name in self._plan.checks:
            cpu = self._plan.checks[name].seconds(self._limits)
        elif index in self._drawing and self._ran_out_of_time():
            cpu, idle = cpu / _IMPATIENCE, idle / _IMPATIENCE
        idle = max(idle / 2**self._hangs, self._most_idle / _IMPATIENCE)
        return Allowance(child, self._patience * cpu, idle, self._deadline)

    def _ran_out_of_time(self) -> bool:
        checks = [t.stopped for t in self._transcripts.values() if t.stopped is not None]
        return any(
            stop.death in (Death.TIMEOUT, Death.HUNG) for stop in [*checks, *self._stopped.values()]
        )

    def _converse(
        self, child: Child, event: dict[str, Any], name: str, allowance: Allowance
    ) -> None:
        """Answer a cell that announced an object: with the cases, if that is its check."""
        transcript = self._transcripts.get(name)
        if (
            transcript is not None
            and not transcript.started
            and transcript.forbidden is None
            and event.get("name") == name
        ):
            check = self._plan.checks[name]
            self._conversation.put_cases(child, check, transcript, allowance)
        self._conversation.send(child, {"op": "release"}, allowance)

    def _keep(
        self,
        index: int,
        cell: nbformat.NotebookNode,
        transcript: CheckTranscript | None,
        event: dict[str, Any],
        stop: Stop | None,
    ) -> None:
        """Take over what a cell left that came to its end, or was interrupted by `stop`."""
        error = error_of(event)
        cell.outputs = outputs_of(event, error)
        if stop is not None:
            if error is not None and error["type"] == "KeyboardInterrupt":
                stop = replace(stop, where=error["traceback"])
            self._note_stop(index, cell, transcript, stop)
        elif error is not None and not is_graded(cell):
            self._errors[index] = error
        if error is not None and transcript is not None and not transcript.answers:
            transcript.error = error
        self._overwritten[index] = overwritten_in(event, self._given_names)
        if transcript is None:
            for note in notes_of(event, cell.source):
                self._note(note)
        if event.get("truncated") is True:
            self._note(
                f"A cell's output was cut at {self._limits.output_kb:g} KB, the limit: "
                f"{first_line(cell.source)}"
            )

    def _note(self, repair: str) -> None:
        """Tell what was done; once, however often the cell is run."""
        if repair not in self._repairs:
            self._repairs.append(repair)

    def _note_stop(
        self,
        index: int,
        cell: nbformat.NotebookNode,
        transcript: CheckTranscript | None,
        stop: Stop,
    ) -> None:
        """Keep that a cell was interrupted."""
        if transcript is not None:
            transcript.stopped = stop
            return
        first = first_line(cell.source)
        self._stopped[index] = replace(stop, cell=first)
        place = f" ({stop.where.splitlines()[0]})" if stop.where else ""
        spent = "of CPU time, the limit for one cell"
        if stop.death is Death.HUNG:
            spent = f"in which it computed nothing{place}"
        self._note(f"A cell was interrupted after {stop.seconds:g} s {spent}: {first}")

    def _forbidden_in(self, name: str, source: str) -> str | None:
        check = self._plan.checks[name].check
        if not check.forbids and not check.allows:
            return None
        subject = ast.unparse(checked_expression(source))
        return self._code.forbidden(subject, check.forbids, check.allows)

    def _note_death(
        self,
        index: int,
        cell: nbformat.NotebookNode,
        transcript: CheckTranscript | None,
        died: ChildDied,
    ) -> None:
        """Keep that a cell ended the process."""
        self._killed.add(index)
        stop = Stop(died.death, self._most_cpu if died.death is Death.CPU_TIME else died.seconds)
        if transcript is not None:
            transcript.stopped = stop
            return
        first = first_line(cell.source)
        self._note_lost(index, cell)
        self._stopped[index] = replace(stop, cell=first)
        self._note(
            f"A cell ended the notebook ({BY_DEATH[died.death][1].shown}) and was left out when "
            f"the rest was run again: {first}"
        )
