"""What processes do with their time: compute, wait for their turn, or nothing at all.

Wall time says how busy the machine is, and nothing about a submission. So limits count the CPU time
of its processes, and the time in which they neither compute nor could.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from autograder.sandbox.watch import descendants

LOOK_SECONDS = 0.25
"""How often a clock is to be looked at."""

_TICKS = os.sysconf("SC_CLK_TCK")
_COMPUTES = 0.1  # Who uses less of one processor since the last look did not compute ...
_WOULD_COMPUTE = (
    ["R"],
    ["D"],
)  # ... unless a thread waits for a processor, or for a disk or memory.
_LONGEST_STEP_SECONDS = 0.5  # A look that comes late, since the grader itself had to wait.
_EXITING = 0x4


class Clock:
    """The time of a process and of all below it, from now on.

    Args:
        root: the number of the process.

    Attributes:
        idle_seconds: time in which nothing was computed, and no thread could have computed had the
            machine been less busy: sleep, a lock, a socket. As of the last look.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._began = self._cpu = _cpu_seconds(self._tree())
        self._looked = time.monotonic()
        self.idle_seconds = 0.0

    @property
    def cpu_seconds(self) -> float:
        """CPU time of all threads and processes, as of the last look."""
        return self._cpu - self._began

    def begin(self) -> None:
        """Look away until now: what was waited for is the grader itself."""
        self._looked = time.monotonic()

    def look(self, spoke: bool = False) -> None:
        """Take the time; to be called every `LOOK_SECONDS`, and at the end.

        Args:
            spoke: whether something came from the processes meanwhile: then they were not idle.
        """
        tree = self._tree()
        now, cpu = time.monotonic(), _cpu_seconds(tree)
        elapsed, computed = now - self._looked, cpu - self._cpu
        busy = spoke or computed >= _COMPUTES * elapsed
        if not busy and not any(map(_would_compute, tree)):
            self.idle_seconds += min(elapsed, _LONGEST_STEP_SECONDS)
        # A tree that has ended has no time any more.
        self._looked, self._cpu = now, max(cpu, self._cpu)

    def _tree(self) -> list[int]:
        return [self._root, *descendants(self._root)]


def is_ending(pid: int) -> bool:
    """Whether a process is gone, or on its way."""
    found = _stat(f"/proc/{pid}/stat")
    return not found or found[0] in ("Z", "X") or bool(int(found[6]) & _EXITING)


def _cpu_seconds(tree: list[int]) -> float:
    """CPU time of these processes, and of those among their children that have ended."""
    found = (_stat(f"/proc/{pid}/stat") for pid in tree)
    return sum(sum(map(int, fields[11:15])) for fields in found if fields) / _TICKS


def _would_compute(pid: int) -> bool:
    threads: list[str] = []
    with contextlib.suppress(OSError):
        threads = os.listdir(f"/proc/{pid}/task")
    states = (_stat(f"/proc/{pid}/task/{thread}/stat")[:1] for thread in threads)
    return any(state in _WOULD_COMPUTE for state in states)


def _stat(path: str) -> list[str]:
    """The fields behind a process's name, from its state on (proc(5)); none if it is gone."""
    with contextlib.suppress(OSError):
        return Path(path).read_text(errors="replace").rpartition(")")[2].split()
    return []
