"""Memory and process limits, watched from outside.

Address-space limits do not work with TensorFlow, and not every machine has a cgroup to give; so
a thread looks at the process tree of every child and kills what exceeds its limits.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.records.outcomes import Death

if TYPE_CHECKING:
    from autograder.sandbox.host import Child, SandboxLimits

_INTERVAL_SECONDS = 0.05


class Watcher:
    """Watches children until it is closed."""

    def __init__(self) -> None:
        self._watched: dict[int, tuple[Child, SandboxLimits, int]] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._loop, daemon=True)
        self._thread.start()

    def watch(self, child: Child, limits: SandboxLimits) -> None:
        # What a child shares with the zygote by copy-on-write is not its own use.
        with self._lock:
            self._watched[child.session] = (child, limits, _use(child.student_pid)[0])
        self._wake.set()

    def forget(self, child: Child) -> None:
        with self._lock:
            self._watched.pop(child.session, None)

    def close(self) -> None:
        self._closed.set()
        self._wake.set()

    def _loop(self) -> None:
        while not self._closed.is_set():
            with self._lock:
                watched = list(self._watched.values())
            if not watched:
                self._wake.wait()
                self._wake.clear()
                continue
            for child, limits, shared in watched:
                self._look(child, limits, shared)
            self._closed.wait(_INTERVAL_SECONDS)

    def _look(self, child: Child, limits: SandboxLimits, shared: int) -> None:

        # The student's process itself, and those that it may start.
        tree = descendants(child.init_pid, stop_after=limits.processes + 2)
        uses = [_use(pid) for pid in tree]
        if len(tree) > limits.processes + 1 or sum(n for _, n in uses) > limits.threads:
            child.kill(Death.PROCESSES)
            return
        used = sum(memory for memory, _ in uses) - shared
        if used > limits.memory_bytes:
            # Forked helpers share pages: count those in proportion before judging.
            exact = [_proportional_memory(pid) for pid in tree]
            if None in exact or sum(e for e in exact if e) > limits.memory_bytes:
                child.kill(Death.OUT_OF_MEMORY)


def descendants(pid: int, stop_after: int = 10_000) -> list[int]:
    """All processes below `pid`, itself not included."""
    found: list[int] = []
    level = [pid]
    while level and len(found) < stop_after:
        children: list[int] = []
        for parent in level:
            with contextlib.suppress(OSError):
                for task in os.listdir(f"/proc/{parent}/task"):
                    text = Path(f"/proc/{parent}/task/{task}/children").read_text()
                    children += [int(child) for child in text.split()]
        found += children
        level = children
    return found


def kill_group(pid: int) -> None:
    """Kill the session that `pid` leads: what namespaces do by themselves, for lesser isolation."""
    for child in [*descendants(pid), pid]:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(child, signal.SIGKILL)


def _use(pid: int) -> tuple[int, int]:
    """Anonymous and shared memory of a process in bytes, and its threads; 0 if it is gone."""
    memory = threads = 0
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(("RssAnon:", "RssShmem:", "VmSwap:")):
                memory += int(line.split()[1]) << 10
            elif line.startswith("Threads:"):
                threads = int(line.split()[1])
    return memory, threads


def _proportional_memory(pid: int) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss_Anon:"):
                return int(line.split()[1]) << 10
    return None
