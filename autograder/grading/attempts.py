"""Which attempts a student has made already: each is asked what no earlier one was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.publish import record_path
from autograder.records.history import read_history
from autograder.records.results import SubmissionRecord, is_sound, read_record


@dataclass(frozen=True)
class Earlier:
    """What is known of a student's attempts at an assignment in a round.

    Attributes:
        record: the last grade.
        unread: so many grades may have been given since that nobody can read.
    """

    record: SubmissionRecord | None = None
    unread: int = 0

    def attempt(self, notebook: str, digest: str, weights: Mapping[str, str]) -> int:
        """How many others were handed in before of a notebook; in doubt too many.

        Args:
            notebook: its name.
            digest: of the file that is handed in now.
            weights: digests of the weights beside it.
        """
        if self.record is None:
            return self.unread
        found = {one.name: one for one in self.record.notebooks}.get(notebook)
        if found is None:
            return self.unread
        same = (found.digest, self.record.weights) == (digest, weights)
        return found.attempt if same and not self.unread else found.attempt + 1 + self.unread


def earlier_attempts(out: Path, student: str, assignment: str, round_number: int) -> Earlier:
    """What an output folder knows of a student's attempts.

    A grade that cannot be read counts, and its result, if that is whole, tells what it was.
    """
    history = read_history(out, student, assignment)
    records = {
        entry.number: entry.record
        for entry in history.entries
        if entry.record.round == round_number
    }
    last = max(records, default=0)
    unread = sum(one.number > last for one in history.damaged)
    result = read_record(record_path(out, student, assignment))
    if (
        (unread or not history.entries)
        and result is not None
        and is_sound(result, student, assignment)
        and result.round == round_number
        and all(entry.record != result for entry in history.entries)
    ):
        return Earlier(result)
    return Earlier(records.get(last), unread)
