"""Memory and process limits, watched from outside.

Address-space limits do not work with TensorFlow, and not every machine has a cgroup to give; so
a thread looks at the process tree of every child and kills what exceeds its limits. It counts the
pages of its processes and of its files in memory, page tables, and what pipes and sockets may hold;
ways to hold memory that cannot be seen from here are refused by the system-call filter.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.records.outcomes import Death

if TYPE_CHECKING:
    from autograder.sandbox.host import Child, SandboxLimits

INTERVAL_SECONDS = 0.05
"""How often memory and threads are looked at: `docs/security.md` names it."""

_BUFFERS = (256 << 10) * 2
"""Of a pipe or a socket, at most: what it holds, and what was sent away with it through another."""
_FEW_DESCRIPTORS = 64
_WITHOUT_BUFFERS = ("/", "anon_inode:")


@dataclass(frozen=True)
class _Watched:
    """A child, what it may use, and what it shares with the zygote (bytes): not its own use.

    `folders` are the file systems in memory that only it writes to.
    """

    child: Child
    limits: SandboxLimits
    shared: int
    folders: tuple[str, ...]


@dataclass(frozen=True)
class _Use:
    """What a process uses, at a glance: bytes that may be shared with others; its threads.

    `in_kernel` is the part that the kernel holds for it: page tables, and what its pipes and
    sockets may hold.
    """

    memory: int = 0
    in_kernel: int = 0
    threads: int = 0


class Watcher:
    """Watches children until it is closed.

    Args:
        folders: inside, the file systems in memory that each child has for itself.
    """

    def __init__(self, folders: tuple[str, ...] = ()) -> None:
        self._folders = folders
        self._watched: dict[int, _Watched] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._loop, daemon=True)
        self._thread.start()

    def watch(self, child: Child, limits: SandboxLimits) -> None:
        folders = tuple(f"/proc/{child.init_pid}/root{folder}" for folder in self._folders)
        shared = _proportional(child.student_pid).get("Pss_Anon", 0)
        with self._lock:
            self._watched[child.session] = _Watched(child, limits, shared, folders)
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
            for one in watched:
                _look(one)
            self._closed.wait(INTERVAL_SECONDS)


def _look(watched: _Watched) -> None:
    """Kill a child that uses more than it may."""
    child, limits = watched.child, watched.limits
    # The student's process itself, and those that it may start.
    tree = descendants(child.init_pid, stop_after=limits.processes + 2)
    uses = [_use(pid) for pid in tree]
    if len(tree) > limits.processes + 1 or sum(use.threads for use in uses) > limits.threads:
        child.kill(Death.PROCESSES)
        return
    in_files = sum(map(_used_space, watched.folders))
    in_kernel = sum(use.in_kernel for use in uses)
    most = in_files + in_kernel + sum(use.memory for use in uses)
    if most <= limits.memory_bytes:
        return
    # Pages that are shared, with the zygote or each other, count in proportion: that takes longer.
    exact = [_proportional(pid) for pid in tree]
    own = sum(found.get("Pss_Anon", 0) + found.get("SwapPss", 0) for found in exact)
    # Shared memory is that of files in these folders, whether they are mapped or not.
    mapped = sum(found.get("Pss_Shmem", 0) for found in exact)
    if own - watched.shared + max(mapped, in_files) + in_kernel > limits.memory_bytes:
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


def _use(pid: int) -> _Use:
    """What a process uses; nothing if it is gone."""
    sizes = _sizes(f"/proc/{pid}/status")
    in_kernel = sizes.get("VmPTE", 0)
    if sizes.get("FDSize", 0) > _FEW_DESCRIPTORS << 10:
        in_kernel += _BUFFERS * _buffered(pid)
    memory = sum(sizes.get(name, 0) for name in ("RssAnon", "RssShmem", "VmSwap"))
    return _Use(memory, in_kernel, sizes.get("Threads", 0) >> 10)


def _proportional(pid: int) -> dict[str, int]:
    """Sizes of a process's memory in bytes, what it shares with others in proportion.

    A kernel that does not tell them, or not to us, has told what there is at most.
    """
    found = _sizes(f"/proc/{pid}/smaps_rollup")
    if "Pss_Anon" in found:
        return found
    return {"Pss_Anon": _use(pid).memory}


def _sizes(path: str) -> dict[str, int]:
    """The numbers of a table of the kernel's; all as kilobytes, in bytes."""
    found: dict[str, int] = {}
    with contextlib.suppress(OSError):
        for line in Path(path).read_text(errors="replace").splitlines():
            name, _, value = line.partition(":")
            number = value.split(maxsplit=1)[0] if value.strip() else ""
            if number.isdigit():
                found[name] = int(number) << 10
    return found


def _buffered(pid: int) -> int:
    """How many descriptors of a process may hold something in the kernel: pipes, sockets."""
    count = 0
    with contextlib.suppress(OSError):
        for descriptor in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                count += not os.readlink(descriptor).startswith(_WITHOUT_BUFFERS)
    return count


def _used_space(folder: str) -> int:
    """Bytes that are used of a file system; 0 if it is gone."""
    with contextlib.suppress(OSError):
        space = os.statvfs(folder)
        return (space.f_blocks - space.f_bfree) * space.f_frsize
    return 0
