"""What a process and all below it hold, and what the grader itself does: seen from outside.

It is no part of the sandbox, and counts in another way than the sandbox's own limits do.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from types import TracebackType

import psutil

_INTERVAL_SECONDS = 0.02
_SHARED = ("Shmem:", "PageTables:", "SUnreclaim:")


class Meter:
    """Takes the largest use of memory while it is open.

    Args:
        root: the process whose descendants are measured, once; `None` for none.

    Attributes:
        held_mb: by how much the descendants' own pages grew, and with them what the whole machine
            keeps in shared memory, page tables and the kernel, which is not seen in any process.
        grown_mb: by how much this process grew.
    """

    def __init__(self, root: int | None) -> None:
        self._root = root
        self.held_mb = self.grown_mb = 0.0
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._loop, daemon=True)

    def __enter__(self) -> Meter:
        self._held, self._own = self._hold(), psutil.Process().memory_info().rss
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed.set()
        self._thread.join()

    def _loop(self) -> None:
        while not self._closed.wait(_INTERVAL_SECONDS):
            own = psutil.Process().memory_info().rss
            self.grown_mb = max(self.grown_mb, (own - self._own) / (1 << 20))
            if self._root is not None:
                self.held_mb = max(self.held_mb, (self._hold() - self._held) / (1 << 20))

    def _hold(self) -> int:
        if self._root is None:
            return 0
        held = 0
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith(_SHARED):
                held += int(line.split()[1]) << 10
        with contextlib.suppress(psutil.Error):
            for process in psutil.Process(self._root).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    held += process.memory_full_info().uss
        return held
