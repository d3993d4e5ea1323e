"""What is said to a submission's process, and what is taken from it: answers are hostile."""

from __future__ import annotations

import signal
import time
from dataclasses import replace
from typing import Any

from autograder._exceptions import SandboxBroken, SubmissionProblem
from autograder.grading.plan import CheckPlan
from autograder.grading.transcript import CheckTranscript
from autograder.records.outcomes import Death
from autograder.sandbox import Child
from autograder.source.course import SubmissionLimits
from autograder.submission.submitted import SubmittedNotebook
from course_lib.checking.cases import Case
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult
from course_lib.checking.probes import Observation, Probe
from course_lib.checking.training_probes import ScoreWeights
from course_lib.checking.trials import run_trials
from course_lib.checking.wire import ProtocolError, pack, unpack

_MAX_KEPT_BYTES = 1 << 30
_KILLED = (128 + signal.SIGKILL, -signal.SIGKILL)  # The student's process, or the keeper above it.


class ChildDied(SubmissionProblem):
    """A submission's process ended, or had to be ended; `death` says why."""

    def __init__(self, death: Death) -> None:
        super().__init__(death)
        self.death = death


class Conversation:
    """Talks with the processes of one submission, one after the other.

    Args:
        submission: the student's notebook, with the weights beside it.
        limits: what it may use.
        deadline: when the whole submission must have ended (`time.monotonic`).
        patient: whether a process that something else killed may be this machine's fault, and is
            then reported instead of held against the student.
    """

    def __init__(
        self,
        submission: SubmittedNotebook,
        limits: SubmissionLimits,
        deadline: float,
        patient: bool,
    ) -> None:
        self._submission, self._limits = submission, limits
        self._deadline, self._patient = deadline, patient
        self._kept_bytes = 0

    def put_cases(
        self, child: Child, check: CheckPlan, transcript: CheckTranscript, deadline: float
    ) -> None:
        """Put the cases of a check to the object that the student's cell announced.

        Raises:
            ChildDied: if the process ended meanwhile.
            TimeoutError: if it did not answer in time.
        """
        transcript.started = True
        for case in check.cases:
            if case.expects.training is not None:
                transcript.answers.append(self._train(child, case, check, transcript))
            else:
                seen = self._observe(child, case.probe, case.forbids, deadline)
                transcript.answers.append(seen)

    def send(self, child: Child, message: dict[str, Any], arrays: Any = None) -> None:
        """Send a message.

        Raises:
            ChildDied: if nobody takes it.
        """
        try:
            child.channel.send(message, arrays, timeout_seconds=30)
        except OSError as error:
            raise self._death_of(child) from error

    def receive(self, child: Child, deadline: float) -> tuple[dict[str, Any], Any]:
        """Receive a message.

        Raises:
            ChildDied: if the process ended.
            ProtocolError: if what came is no message.
            TimeoutError: if nothing came in time.
        """
        try:
            return child.channel.receive(max(0.0, deadline - time.monotonic()))
        except EOFError as error:
            raise self._death_of(child) from error

    def _observe(
        self, child: Child, probe: Probe, forbids: tuple[str, ...], deadline: float
    ) -> Observation:
        tree, arrays = pack(probe.to_value())
        self.send(child, {"op": "probe", "probe": tree, "forbids": forbids}, arrays)
        answer, blocks = self.receive(child, deadline)
        if answer.get("event") != "observation":
            raise ProtocolError("expected an observation")
        self._kept_bytes += sum(block.nbytes for block in blocks.values())
        if self._kept_bytes > _MAX_KEPT_BYTES:
            raise ProtocolError("more answers than anybody can judge")
        return Observation.from_value(unpack(answer.get("observation"), blocks))

    def _train(
        self, child: Child, case: Case, check: CheckPlan, transcript: CheckTranscript
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
            limit = min(started + check.seconds(self._limits), self._deadline)
            try:
                found = self._observe(child, probe, case.forbids, limit)
            except (TimeoutError, ChildDied):
                # A run in doubt cannot be repeated: that is nobody's zero.
                transcript.undecided = begun > 1
                raise
            # Measured here: what the child says of its time is its own.
            return replace(found, seconds=time.monotonic() - started)

        result, transcript.trials = run_trials(case, check.name, run)
        seen = result.finding.message if result.finding else ""
        if "ResourceExhaustedError" in seen or "RESOURCE_EXHAUSTED" in seen:
            transcript.stopped_by = Death.OUT_OF_MEMORY
        return result

    def _death_of(self, child: Child) -> ChildDied:
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
        return ChildDied(child.death or Death.CRASHED)
