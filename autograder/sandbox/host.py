"""The grader's side of the sandbox: start the zygote, ask for children, watch and kill them."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import course_lib
from autograder._exceptions import SandboxBroken, SandboxUnavailable
from autograder.records.outcomes import Death
from autograder.sandbox import bwrap, places, watch
from autograder.sandbox.clock import LOOK_SECONDS, Clock, is_ending
from autograder.source.course import ISOLATIONS
from course_lib.checking.room import Room
from course_lib.checking.wire import Channel

# In which nothing is computed: a busy machine may take as long as it likes to import a framework.
_START_SECONDS = 120.0
# Wall time; whoever is not greeted by then is ungraded, and nobody loses a point.
_SPAWN_SECONDS = 300.0
_COMPILERS = 64
_GREETING = Room.around(0, 0, 0)


@dataclass(frozen=True)
class SandboxLimits:
    """What one child may use.

    With 0 processes the kernel refuses to start any beside its own; more are counted by a watcher.
    """

    memory_bytes: int = 4096 << 20
    processes: int = 0
    threads: int = 1024
    file_bytes: int = 256 << 20
    output_bytes: int = 512 << 10
    cpu_seconds: int = 1200


class Child:
    """One forked child: a channel to it, and the power to interrupt and kill it."""

    def __init__(self, session: int, sock: socket.socket, init_pid: int, student_pid: int) -> None:
        self.session = session
        self.channel = Channel(sock)
        self.init_pid = init_pid
        self.student_pid = student_pid
        self.death: Death | None = None
        self.exited = threading.Event()
        self.exit_code: int | None = None
        self.lost = False  # It went with the zygote; nobody will tell how it ended.
        self.cpu_seconds = 0.0  # Of all its processes; known once it has exited.

    def interrupt(self) -> None:
        """What Ctrl-C does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.student_pid, signal.SIGINT)

    def kill(self, reason: Death) -> None:
        """End the child and everything that it started."""
        if self.death is None:
            self.death = reason
        for pid in (self.init_pid, self.student_pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        watch.kill_group(self.student_pid)

    def wait(self, timeout_seconds: float = 10.0) -> int | None:
        """The exit code (128 + n for signal n); `None` if the child is still there."""
        self.exited.wait(timeout_seconds)
        return self.exit_code

    def end(self) -> int | None:
        """How a child ended that hung up: its exit code; `None` if it lives on.

        On a busy machine it takes its time until the zygote tells.
        """
        deadline = time.monotonic() + _SPAWN_SECONDS
        while not self.exited.wait(LOOK_SECONDS):
            if not is_ending(self.student_pid):
                return None
            if time.monotonic() > deadline:
                raise SandboxBroken("The sandbox did not tell how the submission's process ended.")
        return self.exit_code

    def has_spoken(self) -> bool:
        """Whether something of it is there to be received."""
        poll = select.poll()
        poll.register(self.channel, select.POLLIN)
        return bool(poll.poll(0))

    def clock(self) -> Clock:
        """The time of all its processes from now on."""
        return Clock(self.init_pid)


class Sandbox:
    """A zygote and its children. Use it as a context manager; `spawn` is thread-safe.

    Args:
        isolation: `"namespaces"`, or, said explicitly, `"container"` or `"none"`.
        data: folder with the data sets that submissions may see.
        masked: files with labels that they must not see.
        preload: modules that are imported before any child is forked.
        warm: whether the frameworks are imported before that too. A child of a cold sandbox
            imports them itself, which takes seconds, and may use an accelerator.
        private: folders that they must not see, wherever these lie.

    Raises:
        SandboxUnavailable: if the isolation asked for cannot be had here.
    """

    def __init__(
        self,
        isolation: str = "namespaces",
        data: Path | None = None,
        masked: tuple[Path, ...] = (),
        preload: tuple[str, ...] = (),
        warm: bool = True,
        private: tuple[Path, ...] = (),
    ) -> None:
        if isolation not in ISOLATIONS:
            raise ValueError(f"isolation must be one of {ISOLATIONS}. Received: {isolation!r}")
        if isolation == "namespaces" and (problem := bwrap.namespaces_problem()):
            raise SandboxUnavailable(problem)
        if isolation == "namespaces":
            places.covers(private)  # Said now, if they cannot be.
        self.isolation = isolation
        self.versions: dict[str, str] = {}
        self._data, self._masked, self._preload = data, masked, preload
        self._warm = warm
        self._private = private
        self._lock = threading.Lock()
        self._sessions = 0
        self._children: dict[int, Child] = {}
        self._refusals: dict[int, str] = {}
        self._scratch: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._watcher = self._new_watcher()

    def __enter__(self) -> Sandbox:
        self.start()
        self.wait_until_ready()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _new_watcher(self) -> watch.Watcher:
        return watch.Watcher(bwrap.WRITABLE if self.isolation == "namespaces" else ())

    def close(self) -> None:
        """End the zygote and all children, for good: nothing is spawned any more."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        """End the zygote and all children; `start` starts it anew."""
        self._watcher.close()
        process, self._process = self._process, None
        if process is not None:
            for child in list(self._children.values()):
                child.kill(Death.CRASHED)
            # Not only `close`: the listening thread still holds the socket.
            with contextlib.suppress(OSError):
                self._control.shutdown(socket.SHUT_RDWR)
            self._control.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=2)
            process.kill()
            process.wait()
            self._log.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None

    def start(self) -> None:
        """Start the zygote, which takes some seconds; `wait_until_ready` waits for it."""
        self._ready = threading.Event()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the sandbox)
        launched = threading.Event()
        # The kernel ends the zygote with the thread that launched it, not with the process. So the
        # thread that launches is the one that listens for as long as the zygote lives.
        threading.Thread(
            target=self._run, args=(self._control, theirs, self._ready, launched), daemon=True
        ).start()
        launched.wait()

    def wait_until_ready(self) -> None:
        """Wait until children can be forked.

        Raises:
            SandboxBroken: if the zygote did not get so far.
        """
        if not self._ready.is_set() and self.process_id is not None:
            clock = Clock(self.process_id)
            while not self._ready.wait(LOOK_SECONDS) and clock.idle_seconds < _START_SECONDS:
                clock.look()
        if not self.versions or not self.alive:
            raise SandboxBroken(f"The sandbox did not start: {self._last_words()}")

    def _run(
        self,
        control: socket.socket,
        theirs: socket.socket,
        ready: threading.Event,
        launched: threading.Event,
    ) -> None:
        try:
            self._process = self._launch(theirs.fileno())
        except OSError as error:
            self._log.write(str(error).encode())
        finally:
            theirs.close()
            launched.set()
        try:
            self._listen(control, ready)
        finally:
            ready.set()
            for child in list(self._children.values()):
                child.lost = True
                child.exited.set()

    def _launch(self, descriptor: int) -> subprocess.Popen[bytes]:
        if self.isolation == "namespaces":
            package = Path(course_lib.__file__).parent
            command = bwrap.command(
                descriptor,
                package,
                self._masked,
                self._data,
                self._preload,
                self._warm,
                self._private,
            )
            environment = {"PATH": "/usr/bin:/bin"}
        else:
            self._scratch = self._scratch or tempfile.mkdtemp(prefix="autograder-")
            zygote = str(bwrap.INSIDE / "zygote.py")
            command = [sys.executable, "-I", "-B", zygote, str(descriptor), self.isolation]
            command += self._preload
            environment = bwrap.environment(
                str(Path(course_lib.__file__).parent.parent),
                self._scratch,
                str(self._data) if self._data else None,
                self._warm,
            )
        return subprocess.Popen(
            command,
            pass_fds=[descriptor],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            cwd=self._scratch or "/",
            start_new_session=True,
        )

    def _last_words(self) -> str:
        if self._log.closed:
            return "it was closed"
        self._log.seek(0)
        return self._log.read()[-800:].decode(errors="replace").strip() or "it said nothing"

    def _listen(self, control: socket.socket, ready: threading.Event) -> None:
        while True:
            try:
                raw = control.recv(1 << 16)
            except OSError:
                return
            if not raw:
                return
            event = json.loads(raw)
            if event["event"] == "ready":
                self.versions = {str(k): str(v) for k, v in event["versions"].items()}
                ready.set()
                continue
            child = self._children.pop(event["session"], None)
            if event["event"] == "refused":
                self._refusals[event["session"]] = event["reason"]
            elif child is not None:
                self._watcher.forget(child)
                child.exit_code = event["code"]
                child.cpu_seconds = float(event["cpu_seconds"])
                child.exited.set()

    @property
    def alive(self) -> bool:
        """Whether the zygote can fork children."""
        return self._process is not None and self._process.poll() is None

    @property
    def process_id(self) -> int | None:
        """Of the zygote's bubblewrap, or of the zygote; it changes when it is started again."""
        return None if self._process is None else self._process.pid

    def spawn(self, limits: SandboxLimits, environment: dict[str, str] | None = None) -> Child:
        """Fork a child.

        Raises:
            SandboxBroken: if the zygote is gone or refuses, although starting again has been
                tried; or if the sandbox was closed.
        """
        # Frameworks that use an accelerator call compilers.
        processes = limits.processes if self._warm else max(limits.processes, _COMPILERS)
        limits = replace(limits, processes=processes)
        with self._lock:
            if self._closed:
                raise SandboxBroken("The sandbox was closed.")
            if not self.alive:
                with contextlib.suppress(OSError):  # What is left of one that died.
                    self._end()
                self._watcher = self._new_watcher()
                self.start()
            self.wait_until_ready()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            self._sessions += 1
            session = self._sessions
            order: dict[str, Any] = {
                "session": session,
                "scratch_bytes": limits.file_bytes,
                "file_bytes": limits.file_bytes,
                "output_bytes": limits.output_bytes,
                "cpu_seconds": limits.cpu_seconds,
                "processes": processes,
                "tasks": 8 * limits.threads + processes,
                "environment": environment or {},
                "preload": list(self._preload),
            }
            try:
                socket.send_fds(self._control, [json.dumps(order).encode()], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise SandboxBroken(f"The sandbox is gone: {self._last_words()}") from error
            finally:
                theirs.close()
            try:
                ours.settimeout(_SPAWN_SECONDS)
                init_pid, student_pid = _sender_pid(ours), _sender_pid(ours)
            except (OSError, ValueError) as error:
                reason = self._refusals.pop(session, "") or self._last_words()
                ours.close()
                raise SandboxBroken(f"The sandbox could not start a child: {reason}") from error
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            child = Child(session, ours, init_pid, student_pid)
            self._children[session] = child
        self._watcher.watch(child, limits)
        try:
            message = _first_message(child)
        except EOFError:
            code = child.wait(1)
            message = {"reason": f"it ended, {child.death or f'with exit code {code}'}"}
        if message.get("event") != "ready":
            child.kill(Death.CRASHED)
            child.channel.close()
            reason = str(message.get("reason", "it said something else"))[:600]
            raise SandboxBroken(f"The sandbox's child did not get ready: {reason}")
        return child


def _first_message(child: Child) -> dict[str, Any]:
    """What a child says when it is ready, or why it is not."""
    clock = child.clock()
    while clock.idle_seconds < _START_SECONDS:
        with contextlib.suppress(TimeoutError):
            return child.channel.receive(LOOK_SECONDS, _GREETING)[0]
        clock.look()
    return {"reason": f"it did nothing for {_START_SECONDS:g} s"}


def _sender_pid(sock: socket.socket) -> int:
    """Read one greeting byte; the kernel says which process, in our own numbering, sent it."""
    data, control, _, _ = sock.recvmsg(1, socket.CMSG_SPACE(struct.calcsize("3i")))
    for level, kind, payload in control:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS and data:
            return int(struct.unpack("3i", payload[: struct.calcsize("3i")])[0])
    raise ValueError("no greeting")


def stop(child: Child) -> None:
    """Let a child end in good order, or kill it if it does not."""
    with contextlib.suppress(OSError, TimeoutError, ValueError):
        child.channel.send({"op": "stop"}, timeout_seconds=1)
    if child.wait(0.5) is None:
        child.kill(Death.CRASHED)
        child.wait(60)  # Its CPU time is known only then.
    child.channel.close()
