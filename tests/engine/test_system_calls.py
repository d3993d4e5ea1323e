"""The filter of system calls, run instruction by instruction: what it lets pass on each processor.

What a real kernel makes of it, the attacks `every_call` and `listed_calls` try from inside.
"""

from __future__ import annotations

import errno
import struct
import sys
from pathlib import Path

import pytest

import autograder.sandbox

INSIDE = Path(autograder.sandbox.__file__).parent / "inside"
sys.path.append(str(INSIDE))

import seccomp  # noqa: E402

MACHINES = tuple(seccomp.AUDIT)
THREAD = 0x3D0F00  # What the C library starts a thread with.


def verdict(program: list[bytes], audit: int, number: int, *arguments: int) -> int:
    """The error that a call gets; 0 if it may be made."""
    filled = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("=IIQ6Q", number, audit, 0, *filled)
    accumulator = place = 0
    while True:
        code, if_true, if_false, value = struct.unpack("HBBI", program[place])
        place += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif code == 0x54:
            accumulator &= value
        elif code in (seccomp.EQUAL, seccomp.COMMON):
            met = accumulator == value if code == seccomp.EQUAL else accumulator & value
            place += if_true if met else if_false
        else:
            assert code == 0x06
            return 0 if value == seccomp.ALLOW else value & ~seccomp.ERRNO


def asked(
    machine: str, name: str, *arguments: int, processes: bool = False, accelerator: bool = False
) -> int:
    number = seccomp.allowed(machine, processes=True, accelerator=True)[name]
    program = seccomp.program(machine, processes, accelerator)
    return verdict(program, seccomp.AUDIT[machine], number, *arguments)


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_not_listed_does_not_exist(machine: str) -> None:
    program = seccomp.program(machine, processes=False, accelerator=False)
    listed = set(seccomp.allowed(machine).values())
    audit = seccomp.AUDIT[machine]
    starts = {"fork", "vfork", "execve", "execveat"} & seccomp.allowed(machine, True).keys()
    forks = {seccomp.allowed(machine, True)[name] for name in starts}
    for number in [*range(1000), *(number | 0x40000000 for number in range(600))]:
        if number not in listed:
            expected = errno.EAGAIN if number in forks else errno.ENOSYS
            assert verdict(program, audit, number, 1, 1, 1) == expected, number
    other = next(value for value in seccomp.AUDIT.values() if value != audit)
    assert verdict(program, other, 0) == errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_each_number_is_listed_once(machine: str) -> None:
    calls = seccomp.allowed(machine, processes=True, accelerator=True)
    assert len(set(calls.values())) == len(calls)
    assert len(seccomp.program(machine, True, True)) < 4096
    for name in ("ptrace", "bpf", "mount", "unshare", "setns", "io_uring_setup", "clone3", "shmget",
                 "keyctl", "process_vm_readv", "splice", "vmsplice", "userfaultfd"):  # fmt: skip
        assert name not in calls


ARGUMENTS = {
    "a thread": ("clone", (THREAD,), 0),
    "a process": ("clone", (17,), errno.EAGAIN),
    "a thread with descriptors of its own": ("clone", (THREAD & ~0x400,), errno.EAGAIN),
    "a thread in a namespace": ("clone", (THREAD | 0x40000000,), errno.EPERM),
    "memory": ("mmap", (0, 4096, 3, 0x22), 0),
    "a file's memory": ("mmap", (0, 4096, 3, 0x01, 3), 0),
    "shared memory of no file": ("mmap", (0, 4096, 3, 0x21), errno.EPERM),
    "the same, checked": ("mmap", (0, 4096, 3, 0x23), errno.EPERM),
    "huge pages": ("mmap", (0, 4096, 3, 0x40022), errno.ENOMEM),
    "a local socket": ("socket", (1, 1, 0), 0),
    "a host of virtual machines": ("socket", (40, 1, 0), errno.EAFNOSUPPORT),
    "another protocol": ("socket", (2, 1, 132), errno.EPROTONOSUPPORT),
    "a time limit of a socket": ("setsockopt", (3, 1, 20), 0),
    "a larger socket": ("setsockopt", (3, 1, 7), errno.EPERM),
    "rules of a firewall": ("setsockopt", (3, 0, 64), errno.EPERM),
    "a terminal's size": ("ioctl", (1, 0x5413), 0),
    "to type into it": ("ioctl", (1, 0x5412), errno.ENOTTY),
    "another descriptor": ("fcntl", (3, 1030), 0),
    "a larger pipe": ("fcntl", (3, 1031), errno.EPERM),
    "a lock on a record": ("fcntl", (3, 6), errno.ENOLCK),
    "an interrupt": ("kill", (7, 2), 0),
    "an end without trace": ("tgkill", (7, 7, 9), errno.EPERM),
    "its own limits": ("prlimit64", (0, 7), 0),
    "somebody's limits": ("prlimit64", (1, 7), errno.EPERM),
    "a thread's name": ("prctl", (15,), 0),
    "another filter": ("prctl", (22,), errno.EINVAL),
}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("what", ARGUMENTS)
def test_arguments_count(machine: str, what: str) -> None:
    name, arguments, expected = ARGUMENTS[what]
    assert asked(machine, name, *arguments) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_what_a_course_may_allow(machine: str) -> None:
    assert asked(machine, "clone", 17, processes=True) == 0
    assert asked(machine, "clone", 17 | 0x10000000, processes=True) == errno.EPERM
    assert asked(machine, "execve", processes=True) == 0
    assert asked(machine, "kill", 7, 9, processes=True) == 0
    assert asked(machine, "mmap", 0, 4096, 3, 0x21, processes=True) == errno.EPERM
    assert asked(machine, "mmap", 0, 4096, 3, 0x21, accelerator=True) == 0
    assert asked(machine, "ioctl", 5, 0xC020462A, accelerator=True) == 0
