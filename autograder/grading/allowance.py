"""What a cell or a check may use of a processor's time, and how long it may do nothing."""

from __future__ import annotations

import time

from autograder._exceptions import MachineBusy, SubmissionProblem
from autograder.records.outcomes import Death
from autograder.sandbox import LOOK_SECONDS, Child

MOST_IDLE = 10
"""A whole notebook may do nothing for so many times as long as one cell of it."""


class OutOfTime(SubmissionProblem):
    """An allowance was used up.

    Attributes:
        death: which limit it was: `TIMEOUT` for CPU time, `HUNG` if nothing was computed.
        seconds: the limit.
    """

    def __init__(self, death: Death, seconds: float) -> None:
        super().__init__(death)
        self.death, self.seconds = death, seconds


class Allowance:
    """What a submission's process may still use for a cell, a check or a training.

    Wall time takes nothing from anybody: who waits for a processor that others use waits as long
    as need be, up to the time at which the machine is called too busy to grade.

    Args:
        child: the process.
        cpu_seconds: CPU time that it may use.
        idle_seconds: how long it may neither compute nor wait for a processor, beyond the time that
            it computes: who does both by turns is no hang, and ends by its CPU time.
        deadline: when the whole submission must have ended (`time.monotonic`).
    """

    def __init__(
        self, child: Child, cpu_seconds: float, idle_seconds: float, deadline: float
    ) -> None:
        self._child, self._clock = child, child.clock()
        self._cpu_seconds, self._idle_seconds = cpu_seconds, idle_seconds
        self._deadline = deadline
        self._idle_before = 0.0
        self.look_seconds = min(LOOK_SECONDS, idle_seconds)

    def renew(self) -> None:
        """Begin anew: each training has all of it for itself."""
        self._idle_before = self.close()
        self._clock = self._child.clock()

    def begin(self) -> None:
        """Begin to wait for the process; until now it may have waited for the grader."""
        self._clock.begin()

    def look(self) -> None:
        """See whether there is anything left; to be called every `look_seconds` of waiting.

        Raises:
            OutOfTime: if there is not.
            MachineBusy: if the submission's wall time is over, which is nobody's fault.
        """
        # On a busy machine the grader may be late, and the message have come meanwhile.
        self._clock.look(spoke=self._child.has_spoken())
        if self._clock.cpu_seconds >= self._cpu_seconds:
            raise OutOfTime(Death.TIMEOUT, self._cpu_seconds)
        if self._idle >= self._idle_seconds:
            raise OutOfTime(Death.HUNG, self._idle_seconds)
        if time.monotonic() >= self._deadline:
            raise MachineBusy(
                "The machine was too busy: the notebook had not ended within its wall time "
                "(`submission_seconds` in course.toml), although it had CPU time left. "
                "Grade again when the machine is quiet."
            )

    @property
    def _idle(self) -> float:
        return max(0.0, self._clock.idle_seconds - self._clock.cpu_seconds)

    def close(self) -> float:
        """Take the time for the last time; how long nothing was done in all, as limits count it."""
        self._clock.look()
        return self._idle_before + self._idle
