"""What a submission did while it ran: all that a verdict depends on, kept so that nothing need run
again to judge it anew."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from typing import Any

from autograder.records.files import write_atomically
from autograder.records.outcomes import Death
from course_lib.checking.finding import Finding
from course_lib.checking.judge import CaseResult
from course_lib.checking.probes import Observation
from course_lib.checking.trials import Trial
from course_lib.checking.wire import ProtocolError, from_bytes, to_bytes

VERSION = 2
_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
MAX_KEPT_BYTES = 16 << 20


@dataclass(frozen=True)
class Stop:
    """What ended a cell before it came to its end.

    Attributes:
        death: the limit that it reached, or what else it was.
        seconds: the limit, if that was one of time.
        where: the student's line that was being run, if it is known.
        cell: the first line of the cell, if it is not the check's own.
    """

    death: Death
    seconds: float = 0.0
    where: str = ""
    cell: str = ""


@dataclass
class CheckTranscript:
    """What became of one check.

    Attributes:
        key: digest of what was asked (`NotebookPlan.key_of`): nothing need be asked twice.
        answers: one for each case that was put: an observation, or, of a case that trains, what it
            came to, since how often it trains depends on that.
        started: whether the check's cell handed something over.
        ended: whether its cell was run at all.
        unreached: why it was not.
        stopped: what ended its cell, or a cell above that makes or changes what it looks at.
        error: the exception that ended the check's cell before it handed anything over.
        undefined: why the name that is checked does not exist.
        forbidden: a name in the student's code that the task does not allow.
        undecided: why nobody can tell what it is worth, such as a training in doubt.
        trials: training runs, in order.
        seconds: wall time.
        aided: what became of it with a right answer to what it builds on, if that is wrong.
        aided_by: the names that were right then.
    """

    key: str
    answers: list[Observation | CaseResult] = field(default_factory=list)
    started: bool = False
    ended: bool = False
    unreached: str = ""
    stopped: Stop | None = None
    error: dict[str, str] | None = None
    undefined: Finding | None = None
    forbidden: str | None = None
    undecided: str = ""
    trials: list[Trial] = field(default_factory=list)
    seconds: float = 0.0
    aided: CheckTranscript | None = None
    aided_by: list[str] = field(default_factory=list)

    @property
    def lost_name(self) -> str:
        """The name that Python did not find, if that is what ended the check or an answer."""
        errors = [answer.error for answer in self.answers if isinstance(answer, Observation)]
        for error in (self.error or {}, *errors):
            found = _NOT_DEFINED.match(error.get("message", ""))
            if found and error.get("type") == "NameError":
                return found[1]
        return ""

    def to_value(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "answers": [
                {"observed": answer.to_value()}
                if isinstance(answer, Observation)
                else {"outcome": answer.outcome, "finding": _finding_value(answer.finding)}
                for answer in self.answers
            ],
            "started": self.started,
            "ended": self.ended,
            "unreached": self.unreached,
            "stopped": asdict(self.stopped) if self.stopped else None,
            "error": self.error,
            "undefined": _finding_value(self.undefined),
            "forbidden": self.forbidden,
            "undecided": self.undecided,
            "trials": [astuple(trial) for trial in self.trials],
            "seconds": self.seconds,
            "aided": self.aided.to_value() if self.aided else None,
            "aided_by": self.aided_by,
        }

    @staticmethod
    def from_value(value: dict[str, Any]) -> CheckTranscript:
        value = dict(value)
        value["answers"] = [
            Observation.from_value(answer["observed"])
            if "observed" in answer
            else CaseResult(answer["outcome"], _finding(answer["finding"]))
            for answer in value["answers"]
        ]
        stopped = value["stopped"]
        value["stopped"] = (
            Stop(**(stopped | {"death": Death(stopped["death"])})) if stopped else None
        )
        value["undefined"] = _finding(value["undefined"])
        value["trials"] = [Trial(*trial) for trial in value["trials"]]
        aided = value.get("aided")
        value["aided"] = CheckTranscript.from_value(aided) if aided else None
        return CheckTranscript(**value)


@dataclass
class NotebookTranscript:
    """What became of one notebook in one round.

    Attributes:
        digest: of the submitted file, and of the files beside it that its checks read.
        round: the round.
        conditions: what it ran on: versions, isolation, device.
        repairs: what was done to run it.
        checks: by name.
        cpu_seconds: CPU time of the student's processes.
    """

    digest: str
    round: int
    conditions: dict[str, str]
    repairs: list[str] = field(default_factory=list)
    checks: dict[str, CheckTranscript] = field(default_factory=dict)
    cpu_seconds: float = 0.0

    def is_like(self, other: NotebookTranscript) -> bool:
        """Whether both are of the same files, in the same round, under the same conditions."""
        return (self.digest, self.round, self.conditions) == (
            other.digest,
            other.round,
            other.conditions,
        )

    def write(self, path: Path) -> None:
        """Keep it; a transcript that is too large is not kept, and its checks will run again."""
        value = {
            "version": VERSION,
            "digest": self.digest,
            "round": self.round,
            "conditions": self.conditions,
            "repairs": self.repairs,
            # What is undecided is run again, not judged again.
            "checks": {
                n: found.to_value() for n, found in self.checks.items() if not found.undecided
            },
            "cpu_seconds": self.cpu_seconds,
        }
        raw = to_bytes(value)
        if len(raw) > MAX_KEPT_BYTES:
            path.unlink(missing_ok=True)
            return
        write_atomically(path, raw)

    @staticmethod
    def read(path: Path) -> NotebookTranscript | None:
        """Read one; `None` if there is none, or it is of another version."""
        try:
            value = from_bytes(path.read_bytes())
            if value.pop("version") != VERSION:
                return None
            value["checks"] = {
                name: CheckTranscript.from_value(found) for name, found in value["checks"].items()
            }
            return NotebookTranscript(**value)
        except (OSError, ProtocolError, KeyError, TypeError, ValueError):
            return None


def submission_digest(notebook: str, weights: dict[str, str]) -> str:
    """A digest of a submitted notebook's digest and those of the files beside it."""
    return hashlib.sha256(repr((notebook, sorted(weights.items()))).encode()).hexdigest()


def transcript_path(out: Path, student: str, assignment: str, notebook: str) -> Path:
    return out / "observations" / student / assignment / f"{notebook}.bin"


def _finding_value(finding: Finding | None) -> dict[str, Any] | None:
    return None if finding is None else asdict(finding)


def _finding(value: dict[str, Any] | None) -> Finding | None:
    return None if value is None else Finding(**value)
