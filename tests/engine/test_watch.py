"""How often the sandbox looks at what runs in it, and what it counts on an accelerator's lane."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.grading.allowance import Allowance
from autograder.records.outcomes import Death
from autograder.sandbox import LOOK_SECONDS, Sandbox, SandboxLimits, namespaces_problem, watch
from autograder.sandbox.host import stop

needs_namespaces = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)


def test_the_page_names_how_often(repository: Path) -> None:
    page = " ".join((repository / "docs" / "security.md").read_text().split())
    often, seldom = (f"{1000 * s:.0f} ms" for s in (watch.INTERVAL_SECONDS, LOOK_SECONDS))
    assert f"Memory and threads are looked at from outside every {often}" in page
    assert f"CPU and idle time every {seldom}" in page
    assert f"Memory is looked at every {often}: in between" in page
    assert f"they are counted every {often}" in page


class Paces:
    """Stands for the event that ends a watcher: notes for how long it is waited for, and waits
    for the test instead."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.at_rest, self.go_on = threading.Semaphore(0), threading.Semaphore(0)
        self.ended = False

    def is_set(self) -> bool:
        return self.ended

    def set(self) -> None:
        self.ended = True
        self.go_on.release()

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.at_rest.release()
        self.go_on.acquire()


def test_each_child_is_looked_at_after_each_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    monkeypatch.setattr(watch, "_look", lambda one: looks.append(one.child.session))
    watcher, paces = watch.Watcher(), Paces()
    monkeypatch.setattr(watcher, "_closed", paces)
    children: list[Any] = [
        SimpleNamespace(session=session, init_pid=0, student_pid=0) for session in (1, 2)
    ]
    watcher.watch(children[0], SandboxLimits())
    assert paces.at_rest.acquire(timeout=60)
    watcher.watch(children[1], SandboxLimits())
    for _ in range(3):
        paces.go_on.release()
        assert paces.at_rest.acquire(timeout=60)
    watcher.forget(children[0])
    paces.go_on.release()
    assert paces.at_rest.acquire(timeout=60)
    watcher.close()
    assert looks == [1, *[1, 2] * 3, 2]
    assert set(paces.waited) == {0.05}


def test_time_is_taken_every_quarter_of_a_second() -> None:
    child: Any = SimpleNamespace(clock=lambda: SimpleNamespace())
    assert Allowance(child, 180, 60, 0).look_seconds == 0.25
    assert Allowance(child, 180, 0.1, 0).look_seconds == 0.1


SHARED = """
import mmap
held = []
for _ in range(64):
    held.append(mmap.mmap(-1, 16 << 20, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))
    held[-1].write(bytes(16 << 20))
"""
PAGE_LOCKED = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype, libc.mmap.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_size_t] + [
    ctypes.c_int] * 3 + [ctypes.c_long]
for _ in range(64):
    place = libc.mmap(None, 16 << 20, 3, 0x22, -1, 0)
    libc.mlock(ctypes.c_void_p(place), ctypes.c_size_t(16 << 20))
    ctypes.memset(place, 1, 16 << 20)
"""


@needs_namespaces
@pytest.mark.parametrize("source", [SHARED, PAGE_LOCKED], ids=["shared", "page-locked"])
def test_what_a_driver_asks_for_is_counted_while_it_is_mapped(source: str) -> None:
    """The lane lets a submission map shared memory and lock pages: both are its own use."""
    with Sandbox(warm=False) as sandbox:
        child = sandbox.spawn(SandboxLimits(memory_bytes=300 << 20), {})
        try:
            child.channel.send({"op": "cell", "source": source}, timeout_seconds=10)
            with pytest.raises(EOFError):
                child.channel.receive(300)
            assert child.end() is not None
        finally:
            stop(child)
        assert child.death is Death.OUT_OF_MEMORY
