"""A system-call filter for student code (seccomp, written as classic BPF).

It refuses what no task needs and what a kernel's history says to be afraid of: starting processes,
killing them, looking into them, mounting, new namespaces, kernel keys, io_uring, and sockets that a
network namespace does not hold back, such as those to a virtual machine's host. A refused call
fails with an error that Python raises; nothing is killed for trying.

References:
    https://docs.kernel.org/userspace-api/seccomp_filter.html
    https://man7.org/linux/man-pages/man2/seccomp.2.html
"""

import ctypes
import errno
import platform
import struct
from dataclasses import dataclass

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, ERRNO, KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
CLONE_THREAD = 0x00010000
CLONE_NEW = 0x7E020000  # Every flag that asks for a namespace.
X32 = 0x40000000  # The second table of system calls of x86-64, with numbers of its own.

# Where `struct seccomp_data` keeps what a filter may look at.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16

FAMILIES = (1, 2, 10, 16)  # Local, IPv4, IPv6 and netlink: a network namespace holds these.

# Numbers that all architectures share: io_uring, the new mounting calls, pidfd_getfd.
SHARED = (425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442)
CLONE3 = 435
PIDFD_SEND_SIGNAL = 424
SIGKILL = 9


@dataclass(frozen=True)
class Calls:
    """The numbers of an architecture's system calls, by what the filter does about them.

    Attributes:
        audit: the architecture's own number.
        forks: calls that start a process; empty where there is `clone` alone.
        signals: calls that send a signal, and which of their arguments it is.
        refused: calls that no submission needs.
    """

    audit: int
    clone: int
    forks: tuple[int, ...]
    socket: int
    signals: dict[int, int]
    refused: dict[str, int]


CALLS = {
    "x86_64": Calls(
        audit=0xC000003E,
        clone=56,
        forks=(57, 58),
        socket=41,
        signals={62: 1, 129: 1, 200: 1, 234: 2, 297: 2},
        refused={
            "ptrace": 101, "personality": 135, "pivot_root": 155, "chroot": 161, "acct": 163,
            "mount": 165, "umount2": 166, "swapon": 167, "swapoff": 168, "reboot": 169,
            "iopl": 172, "ioperm": 173, "init_module": 175, "delete_module": 176,
            "quotactl": 179, "kexec_load": 246, "add_key": 248, "request_key": 249,
            "keyctl": 250, "unshare": 272, "perf_event_open": 298, "fanotify_init": 300,
            "name_to_handle_at": 303, "open_by_handle_at": 304, "setns": 308,
            "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
            "finit_module": 313, "kexec_file_load": 320, "bpf": 321, "userfaultfd": 323,
        },
    ),
    "aarch64": Calls(
        audit=0xC00000B7,
        clone=220,
        forks=(),
        socket=198,
        signals={129: 1, 130: 1, 131: 2, 138: 1, 240: 2},
        refused={
            "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "quotactl": 60,
            "acct": 89, "personality": 92, "unshare": 97, "kexec_load": 104,
            "init_module": 105, "delete_module": 106, "ptrace": 117, "reboot": 142,
            "add_key": 217, "request_key": 218, "keyctl": 219, "swapon": 224, "swapoff": 225,
            "perf_event_open": 241, "fanotify_init": 262, "name_to_handle_at": 264,
            "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270,
            "process_vm_writev": 271, "kcmp": 272, "finit_module": 273, "bpf": 280,
            "userfaultfd": 282, "kexec_file_load": 294,
        },
    ),
}  # fmt: skip


def install(processes: bool) -> bool:
    """Filter this process's system calls for good, and those of all that it starts.

    Args:
        processes: whether it may start processes; threads it may always start.

    Returns:
        Whether this architecture is known; without a filter all else still holds.
    """
    calls = CALLS.get(platform.machine())
    if calls is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(b"".join(program(calls, processes)))
    filters = struct.pack("HxxxxxxP", (len(code) - 1) // 8, ctypes.addressof(code))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(filters), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "installing the system-call filter failed")
    return True


def program(calls: Calls, processes: bool) -> list[bytes]:
    """The filter's instructions."""
    code = [load(ARCHITECTURE), *unless_equal(calls.audit, KILL_PROCESS), load(NUMBER)]
    if calls.audit == CALLS["x86_64"].audit:
        code += [jump(0x35, X32, 0, 1), give(ERRNO | errno.ENOSYS)]
    for number in (*calls.refused.values(), *SHARED):
        code += when_equal(number, ERRNO | errno.EPERM)
    # The C library falls back to `clone`, whose flags a filter can see.
    code += when_equal(CLONE3, ERRNO | errno.ENOSYS)
    if not processes:
        for number in calls.forks:
            code += when_equal(number, ERRNO | errno.EAGAIN)
        # So who ends by it was killed by the machine, and is run again.
        for number, position in {**calls.signals, PIDFD_SEND_SIGNAL: 1}.items():
            test = [load(FIRST_ARGUMENT + 8 * position), *when_equal(SIGKILL, ERRNO | errno.EPERM)]
            code += [jump(0x15, number, 0, len(test) + 1), *test, give(ALLOW)]
    flags = (
        [jump(0x45, CLONE_NEW, 0, 1), give(ERRNO | errno.EPERM)]
        if processes
        else [jump(0x45, CLONE_THREAD, 1, 0), give(ERRNO | errno.EAGAIN)]
    )
    code += [jump(0x15, calls.clone, 0, len(flags) + 2), load(FIRST_ARGUMENT), *flags]
    code += [give(ALLOW)]
    code += [jump(0x15, calls.socket, 0, 2 * len(FAMILIES) + 2), load(FIRST_ARGUMENT)]
    for family in FAMILIES:
        code += when_equal(family, ALLOW)
    return [*code, give(ERRNO | errno.EAFNOSUPPORT), give(ALLOW)]


def load(offset: int) -> bytes:
    """Put a 32-bit word of the call's description into the accumulator."""
    return struct.pack("HBBI", 0x20, 0, 0, offset)


def jump(test: int, value: int, if_true: int, if_false: int) -> bytes:
    """Skip so many instructions; 0x15 tests for equal, 0x35 for at least, 0x45 for common bits."""
    return struct.pack("HBBI", test, if_true, if_false, value)


def give(verdict: int) -> bytes:
    """End with this verdict."""
    return struct.pack("HBBI", 0x06, 0, 0, verdict)


def when_equal(value: int, verdict: int) -> list[bytes]:
    return [jump(0x15, value, 0, 1), give(verdict)]


def unless_equal(value: int, verdict: int) -> list[bytes]:
    return [jump(0x15, value, 1, 0), give(verdict)]
