"""The child: one submission's cells, run in a fresh process beside nothing worth stealing.

Everything it says is untrusted by the judge; nothing here decides a verdict.
"""

from __future__ import annotations

import contextlib
import os
import platform
import resource
import signal
import socket
import sys
from importlib import metadata
from typing import Any


def preload(modules: list[str]) -> None:
    """Import what every notebook needs, and these modules, and run none of it.

    What this module itself imports is no framework: a course that uses none starts none.
    """
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot
    from shell import SubmissionShell

    from course_lib.checking import forbidden

    for name in modules:
        forbidden.resolve(name)

    # What takes time once is done here instead of in every child: the shell, a cell, a figure.
    shell = SubmissionShell.start()
    shell.run_cell("pass", store_history=False)
    figure = matplotlib.pyplot.figure()
    figure.add_subplot().plot([0, 1])
    figure.canvas.draw()
    matplotlib.pyplot.close(figure)


def framework_has_run() -> bool:
    """Whether the fork rule is broken: a framework has been used, not only imported."""
    if "tensorflow" in sys.modules:
        from tensorflow.python.eager import context

        if context.context()._initialized:
            return True
    if "jax" in sys.modules:  # Beside TensorFlow: a task may forbid functions of either.
        from jax._src import xla_bridge

        return bool(xla_bridge.backends_are_initialized())
    return False


def versions() -> dict[str, str]:
    """What student code runs on."""
    backend = os.environ["KERAS_BACKEND"]
    found = {"python": platform.python_version(), "backend": backend}
    for package in ("keras", "numpy", "ipython", backend):
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[package] = metadata.version(package)
    return found


def cap_accelerator() -> None:
    """Take no more of the accelerator's memory than this job's share."""
    megabytes = os.environ.get("COURSE_ACCELERATOR_MB")
    if megabytes is None:
        return
    if os.environ["KERAS_BACKEND"] == "jax":
        import jax

        # Now, so that a device that cannot be had is the grader's problem and not the student's.
        jax.numpy.zeros(1).block_until_ready()
        if jax.default_backend() == "cpu":
            raise RuntimeError("JAX computes on the processor, not on the GPU.")
    tf = sys.modules.get("tensorflow")
    if tf is None or not hasattr(tf, "config"):
        return
    limit = tf.config.LogicalDeviceConfiguration(memory_limit=int(megabytes))
    for device in tf.config.list_physical_devices("GPU"):
        tf.config.set_logical_device_configuration(device, [limit])


def run(descriptor: int, order: dict[str, Any]) -> None:
    """Serve the judge: run the cells that it sends until it hangs up."""
    silence()
    limit(order)
    share_by_file()
    os.environ.update(order.get("environment", {}))
    from course_lib.checking.wire import Channel

    channel = Channel(socket.socket(fileno=descriptor))
    if os.environ["COURSE_WARM"] != "1":
        try:
            preload(order["preload"])
            cap_accelerator()
        except Exception as error:
            channel.send({"event": "not ready", "reason": f"{type(error).__name__}: {error}"})
            raise
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from course_lib.checking import grading

    grading.connect(channel)
    from shell import SubmissionShell

    notebook_shell = SubmissionShell.instance()
    notebook_shell.outputs.cap = order["output_bytes"]
    channel.send({"event": "ready"})
    while True:
        try:
            message, _ = channel.receive()
        except (EOFError, OSError):
            return
        if message["op"] == "stop":
            return
        if message["op"] == "given":
            notebook_shell.given.release(message["statements"])
        if message["op"] == "cell":
            outcome = notebook_shell.run(message["source"], restore=message.get("restore", False))
            channel.send({"event": "done"} | outcome)


def silence() -> None:
    """What C libraries write goes nowhere; Python's own streams are captured per cell."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


def share_by_file() -> None:
    """Make the shared memory of `mmap.mmap(-1, n)` a file in /dev/shm, whose size is limited.

    The kernel's own belongs to no file and is refused (`seccomp`): pages that a process has let go
    of, but not given back, are seen by nobody who counts memory.
    """
    import mmap
    import tempfile

    class FileMapping(mmap.mmap):
        def __new__(cls, fileno: int, length: int, *args: Any, **kwargs: Any) -> FileMapping:
            try:
                return super().__new__(cls, fileno, length, *args, **kwargs)
            except PermissionError:
                if fileno != -1:
                    raise
            if args:
                args = (args[0] & ~mmap.MAP_ANONYMOUS, *args[1:])
            elif "flags" in kwargs:
                kwargs["flags"] &= ~mmap.MAP_ANONYMOUS
            with tempfile.TemporaryFile(dir="/dev/shm") as file:
                os.posix_fallocate(file.fileno(), 0, length)
                return super().__new__(cls, file.fileno(), length, *args, **kwargs)

    mmap.mmap = FileMapping  # type: ignore[misc]


def limit(order: dict[str, Any]) -> None:
    """Kernel limits of this process and of all that it starts."""
    caps = {
        resource.RLIMIT_FSIZE: order["file_bytes"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 1024,
        resource.RLIMIT_NPROC: order["tasks"],
    }
    for which, value in caps.items():
        _, hard = resource.getrlimit(which)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))
    # A signal that ends the process first; the grader knows by it why.
    cpu = order["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
