"""What is said to a submission's process, and what is taken from it: answers are hostile."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from dataclasses import astuple, replace
from typing import Any

from autograder._exceptions import SandboxBroken, SubmissionProblem
from autograder.grading.allowance import Allowance, OutOfTime
from autograder.grading.plan import CheckPlan
from autograder.grading.transcript import CheckTranscript, Stop
from autograder.records.outcomes import Death
from autograder.sandbox import Child
from autograder.source.course import SubmissionLimits
from autograder.submission.submitted import SubmittedNotebook
from course_lib.checking.cases import Case
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult
from course_lib.checking.probes import Observation, Probe
from course_lib.checking.room import Room, count_nodes
from course_lib.checking.training_probes import ScoreWeights
from course_lib.checking.trials import run_trials
from course_lib.checking.wire import ProtocolError, pack, unpack

_MAX_KEPT_BYTES = 256 << 20  # Of all answers of a notebook: those that are right have a few.
_PART_BYTES = 72  # An empty list.
_MOST_OUTPUTS = 50_000  # Parts of what a cell tells at its end.
_NOT_REPEATED = "The first training was in doubt, and there was no time to repeat it."
_KILLED = (128 + signal.SIGKILL, -signal.SIGKILL)  # The student's process, or the keeper above it.


class ChildDied(SubmissionProblem):
    """A submission's process ended, or had to be ended.

    Attributes:
        death: why.
        seconds: the limit that it had reached, if that was one of time.
    """

    def __init__(self, death: Death, seconds: float = 0.0) -> None:
        super().__init__(death)
        self.death, self.seconds = death, seconds


class Conversation:
    """Talks with the processes of one submission, one after the other.

    Args:
        submission: the student's notebook, with the weights beside it.
        limits: what it may use.
        patient: whether a process that something else killed may be this machine's fault, and is
            then reported instead of held against the student.
    """

    def __init__(
        self, submission: SubmittedNotebook, limits: SubmissionLimits, patient: bool
    ) -> None:
        self._submission, self._limits = submission, limits
        self._patient = patient
        self._kept_bytes = 0
        # The text that is kept of a cell, each character at its longest; and what goes with it.
        self._done = Room(0, (12 * limits.output_kb << 10) + (1 << 20), _MOST_OUTPUTS)

    def put_cases(
        self,
        child: Child,
        check: CheckPlan,
        transcript: CheckTranscript,
        allowance: Allowance,
    ) -> None:
        """Put the cases of a check to the object that the student's cell announced.

        Args:
            child: the process.
            check: the check.
            transcript: what is kept of it.
            allowance: what all its cases may use; each training of those that train.

        Raises:
            ChildDied: if the process ended meanwhile.
            OutOfTime: if it used up what it may.
        """
        transcript.started = True
        for case in check.cases:
            if case.expects.training is not None:
                found = self._train(child, case, check, transcript, allowance)
                transcript.answers.append(found)
                allowance.renew()
            else:
                seen = self._observe(child, case, case.probe, allowance)
                transcript.answers.append(seen)

    def send(
        self, child: Child, message: dict[str, Any], allowance: Allowance, arrays: Any = None
    ) -> None:
        """Send a message.

        Raises:
            ChildDied: if the process ended.
            OutOfTime: if it does not take the message.
        """
        try:
            try:
                child.channel.send(message, arrays, allowance.look_seconds)
            except TimeoutError:
                self._flush(child, allowance)
        except OSError as error:
            raise self._death_of(child) from error

    def _flush(self, child: Child, allowance: Allowance) -> None:
        allowance.begin()
        while True:
            allowance.look()
            with suppress(TimeoutError):
                child.channel.flush(allowance.look_seconds)
                return

    def receive(
        self, child: Child, allowance: Allowance, room: Room | None = None
    ) -> tuple[dict[str, Any], Any]:
        """Receive a message, as large as that of a cell that is done may be, or as this room.

        Raises:
            ChildDied: if the process ended.
            ProtocolError: if what came is no message.
            OutOfTime: if it used up what it may before it said anything.
        """
        allowance.begin()
        while True:
            try:
                return child.channel.receive(allowance.look_seconds, room or self._done)
            except TimeoutError:
                allowance.look()
            except EOFError as error:
                raise self._death_of(child) from error

    def _observe(self, child: Child, case: Case, probe: Probe, allowance: Allowance) -> Observation:
        tree, arrays = pack(probe.to_value())
        room = case.expects.room
        question = {
            "op": "probe",
            "probe": tree,
            "forbids": case.forbids,
            "allows": case.allows,
            "room": astuple(room),
        }
        self.send(child, question, allowance, arrays)
        answer, blocks = self.receive(child, allowance, room.with_words)
        if answer.get("event") != "observation":
            raise ProtocolError("expected an observation")
        self._kept_bytes += sum(block.nbytes for block in blocks.values())
        self._kept_bytes += _PART_BYTES * count_nodes(answer, room.parts)
        if self._kept_bytes > _MAX_KEPT_BYTES:
            raise ProtocolError("more answers than anybody can judge")
        return Observation.from_value(unpack(answer.get("observation"), blocks))

    def _train(
        self,
        child: Child,
        case: Case,
        check: CheckPlan,
        transcript: CheckTranscript,
        allowance: Allowance,
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
            allowance.renew()
            try:
                found = self._observe(child, case, probe, allowance)
            except (OutOfTime, ChildDied):
                # A run in doubt cannot be repeated: that is nobody's zero.
                transcript.undecided = _NOT_REPEATED if begun > 1 else ""
                raise
            # Measured here: what the child says of its time is its own.
            return replace(found, seconds=time.monotonic() - started)

        result, transcript.trials = run_trials(case, check.name, run)
        seen = result.finding.message if result.finding else ""
        if "ResourceExhaustedError" in seen or "RESOURCE_EXHAUSTED" in seen:
            transcript.stopped = Stop(Death.OUT_OF_MEMORY)
        return result

    def _death_of(self, child: Child) -> ChildDied:
        code = child.end()
        if child.lost:
            raise SandboxBroken("The sandbox ended while this ran.")
        if child.death is None and self._patient and code in _KILLED:
            raise SandboxBroken("The submission's process was killed.")
        if child.death is None and code == 128 + signal.SIGXCPU:
            child.death = Death.CPU_TIME
        child.kill(Death.CRASHED)
        child.wait(5)
        return ChildDied(child.death or Death.CRASHED)
