"""The zygote: imports the frameworks once and forks a child for every submission.

Runs inside bubblewrap. It must never run a framework operation: a child forked after one hangs
for ever when it trains (TensorFlow's thread pools do not survive a fork). It holds no secret,
since children share its memory image.

With COURSE_WARM=0 it imports no framework, and each child imports it afresh: what a process needs
that will use an accelerator.

Usage: zygote.py CONTROL_FD ISOLATION [MODULE...]
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import select
import signal
import socket
import struct
import sys
from types import ModuleType
from typing import Any

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x20000, 0x8000000, 0x10000000, 0x20000000
CLONE_NEWNET = 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND = 1, 2, 4, 1 << 5, 1 << 12
MS_MOVE, MS_REC, MS_PRIVATE = 1 << 13, 1 << 14, 1 << 18
MS_LOCKED = MS_NOSUID | MS_NODEV | 8  # The flags of bubblewrap's procfs, which must be kept.
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 1, 4, 38, 24

# What stands in /proc in place of what the machine would tell of itself: libraries read it, and
# none needs the truth.
INSTEAD = {
    "meminfo": "MemTotal: 8388608 kB\nMemFree: 8388608 kB\nMemAvailable: 8388608 kB\n"
    "Buffers: 0 kB\nCached: 0 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n",
    "version": "Linux version 0.0.0 (sandbox)\n",
    "uptime": "1.00 1.00\n",
    "loadavg": "0.00 0.00 0.00 1/1 1\n",
    "stat": "cpu  0 0 0 0 0 0 0 0 0 0\n"
    + "".join(f"cpu{number} 0 0 0 0 0 0 0 0 0 0\n" for number in range(os.cpu_count() or 1)),
}

libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    isolated = sys.argv[2] == "namespaces"
    control.set_inheritable(False)
    # The folder that holds course_lib, and this one.
    sys.path[:0] = [os.environ["COURSE_PATH"], os.path.dirname(__file__)]
    import child
    import seccomp  # noqa: F401 (before the fork, for all children)

    gc.disable()  # Hardly anything that an import makes is garbage.
    if os.environ["COURSE_WARM"] == "1":
        child.preload(sys.argv[3:])
    gc.collect()
    gc.freeze()  # Children share these objects' memory for as long as no collector touches them.
    gc.enable()
    send(control, "ready", versions=child.versions())
    keepers: dict[int, int] = {}
    while True:
        readable, _, _ = select.select([control], [], [], 0.02 if keepers else None)
        if readable and not serve(control, keepers, child, isolated):
            break
        reap(control, keepers)
    for keeper in keepers:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(keeper, signal.SIGKILL)


def send(control: socket.socket, event: str, **details: object) -> None:
    import json

    control.send(json.dumps({"event": event} | details).encode())


def serve(
    control: socket.socket, keepers: dict[int, int], child: ModuleType, isolated: bool
) -> bool:
    """Handle one request: fork a child around the descriptor that came with it."""
    import json

    request, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 1)
    if not request:
        return False
    order = json.loads(request)
    if child.framework_has_run():
        send(control, "refused", session=order["session"], reason="a framework operation has run")
        os.close(descriptors[0])
        return True
    keeper = os.fork()
    if keeper == 0:
        code = 70
        try:
            control.close()
            code = keep(descriptors[0], order, child, isolated)
        except BaseException as error:
            os.write(2, f"keeper: {error!r}\n".encode())
        finally:
            os._exit(code)
    os.close(descriptors[0])
    keepers[keeper] = order["session"]
    return True


def reap(control: socket.socket, keepers: dict[int, int]) -> None:
    while keepers:
        try:
            pid, status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        if pid in keepers:
            code = os.waitstatus_to_exitcode(status)
            # The keeper waited for init, and init for the student: this is the use of them all.
            cpu = used.ru_utime + used.ru_stime
            send(control, "exited", session=keepers.pop(pid), code=code, cpu_seconds=cpu)


def keep(descriptor: int, order: dict[str, Any], child: ModuleType, isolated: bool) -> int:
    """Put the child into namespaces of its own; wait for it; pass its exit code on.

    Three processes: the keeper stays in the zygote's PID namespace; `init` is process 1 of the
    new one, so that nothing outlives it; the student's code runs below `init`, as an ordinary
    process with ordinary signals.
    """
    os.setsid()  # First: without it, kill(0, ...) reaches the zygote and its siblings.
    if isolated:
        uid, gid = os.getuid(), os.getgid()
        # In the new network not even the loopback interface is up: what waits in its sockets would
        # be memory that nobody counts, and two submissions could meet there.
        unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET)
        write("/proc/self/setgroups", "deny")
        write("/proc/self/uid_map", f"{uid} {uid} 1")
        write("/proc/self/gid_map", f"{gid} {gid} 1")
        write("/proc/self/oom_score_adj", "1000")  # Whoever is to blame, the grader lives on.
    # Neither the keeper nor init may be looked into or written to by the student's process.
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    init = os.fork()
    if init:
        os.close(descriptor)
        return exit_code(init)
    code = 70
    try:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.write(descriptor, b"i")  # The judge reads our host pid from the credentials.
        student = os.fork()
        if student == 0:
            os.setsid()
            if isolated:
                mount_scratch(order["scratch_bytes"])
                hide_devices()
                mount_proc()
                drop_privileges()
            libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
            import seccomp

            cold = os.environ["COURSE_WARM"] != "1"
            seccomp.install(processes=order["processes"] > 0, accelerator=cold)
            os.write(descriptor, b"s")
            child.run(descriptor, order)
            os._exit(0)
        os.close(descriptor)
        code = exit_code(student)
    except BaseException as error:
        os.write(2, f"init: {error!r}\n".encode())
    finally:
        os._exit(code)


def exit_code(pid: int) -> int:
    """Wait for this process, reaping orphans, and return 0..255: a signal n becomes 128 + n."""
    while True:
        ended, status = os.wait()
        if ended == pid:
            code = os.waitstatus_to_exitcode(status)
            return 128 - code if code < 0 else code


def unshare(flags: int) -> None:
    if libc.unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "unshare failed")


def write(path: str, text: str) -> None:
    handle = os.open(path, os.O_WRONLY)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    if libc.mount(source.encode(), target.encode(), kind.encode(), flags, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), f"mounting {target} failed")


def mount_scratch(size: int) -> None:
    """A fresh, size-limited file system over the only writable folders."""
    mount("none", "/", "none", MS_REC | MS_PRIVATE)
    for folder in (os.environ["HOME"], "/dev/shm"):
        options = f"size={size},nr_inodes=20000,mode=0700"
        mount("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, options)
    os.chdir(os.environ["HOME"])


def hide_devices() -> None:
    """Put /dev/null over the devices that hold memory that belongs to no process and no file.

    Who maps /dev/zero shares memory, and a terminal keeps what nobody has read.
    """
    for device in ("/dev/zero", "/dev/pts/ptmx"):
        if os.path.exists(device):
            mount("/dev/null", device, "none", MS_BIND)


def mount_proc() -> None:
    """Put a /proc in place in which there is this process and no other.

    A new procfs may not be mounted here: bubblewrap's is masked in parts, and the kernel refuses
    to show more. So the few files that programs need are bound into an empty folder.

    That one counts the zygote's processes, and a thread is not found in it under its own number.
    CUDA names its threads by that number, and does not start if it cannot: so a child that may use
    it mounts a new one, where bubblewrap was told to leave the machine's whole.
    """
    cold = os.environ["COURSE_WARM"] != "1"
    if cold:
        mount("proc", "/proc", "proc", MS_LOCKED)
    staged = os.path.join(os.environ["HOME"], ".proc")
    os.mkdir(staged)
    mount("tmpfs", staged, "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,mode=0755")
    names = ["cpuinfo", "filesystems"]
    if cold:
        names += ["meminfo", "stat", "version"]
    driver = "/proc/driver/nvidia"
    if cold and os.path.isdir(driver):
        # What CUDA asks the kernel: the numbers of its devices, and how its driver is set up.
        names.append("devices")
        target = os.path.join(staged, "driver", "nvidia")
        os.makedirs(target)
        mount(driver, target, "none", MS_BIND)
        mount("none", target, "none", MS_REMOUNT | MS_BIND | MS_RDONLY | MS_LOCKED)
    for name in names:
        target = os.path.join(staged, name)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
        mount(f"/proc/{name}", target, "none", MS_BIND)
    for name, text in INSTEAD.items():
        if name not in names:
            write_new(os.path.join(staged, name), text)
    own = os.path.join(staged, "self")
    os.mkdir(own)
    mount(f"/proc/{os.readlink('/proc/self')}", own, "none", MS_BIND)
    if not cold:
        hide_mounts(own, staged)
    os.symlink("self/mounts", os.path.join(staged, "mounts"))
    if cold:
        os.symlink("self", os.path.join(staged, str(os.getpid())))
    mount("none", staged, "none", MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)
    mount(staged, "/proc", "none", MS_MOVE)
    os.rmdir(staged)


def hide_mounts(own: str, staged: str) -> None:
    """Put empty ones over the files of this process in which the machine's own paths are written.

    Each thread has them, too, so the folder of the threads is empty.
    """
    nothing = os.path.join(staged, ".none")
    write_new(nothing, "")
    threads = os.path.join(staged, ".threads")
    os.mkdir(threads)
    for name in ("mountinfo", "mounts", "mountstats", "cgroup"):
        mount(nothing, os.path.join(own, name), "none", MS_BIND)
    mount(threads, os.path.join(own, "task"), "none", MS_BIND)


def write_new(path: str, text: str) -> None:
    with open(path, "w") as stream:
        stream.write(text)


def drop_privileges() -> None:
    """Give up every capability in the child's own user namespace, for good."""
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("=Ii", 0x20080522, 0)
    if libc.capset(header, struct.pack("=6I", *[0] * 6)) != 0:
        raise OSError(ctypes.get_errno(), "dropping capabilities failed")


if __name__ == "__main__":
    main()
