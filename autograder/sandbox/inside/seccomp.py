"""The system calls that student code may make (seccomp, written as classic BPF).

What is not listed does not exist: it fails with ENOSYS, as on an older kernel, and libraries fall
back to what they did there. A refused call raises an error in Python; nothing is killed for trying.
The lists are those that Python, NumPy, TensorFlow, JAX and matplotlib were seen to make in the
course's notebooks, with the close relatives that other versions of the C library use instead.

What is refused, among the rest: starting programs, looking into processes, mounting, namespaces,
kernel keys, io_uring, BPF; and every way to hold memory that is not seen in a process's own numbers
(memory files, System V segments and queues, larger buffers of pipes and sockets, record locks).

References:
    https://docs.kernel.org/userspace-api/seccomp_filter.html
    https://man7.org/linux/man-pages/man2/seccomp.2.html
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Sequence

# Name, number on x86-64, number on aarch64: `-` where there is none.
_ALWAYS = {
    "memory of its own; what of it may be shared, a rule says": """
        mmap 9 222, munmap 11 215, mprotect 10 226, mremap 25 216, madvise 28 233, brk 12 214,
        msync 26 227, mincore 27 232, mbind 237 235, get_mempolicy 239 236, set_mempolicy 238 237,
        membarrier 324 283, mlock 149 228, munlock 150 229""",
    "threads, and how they wait for each other": """
        clone 56 220, exit 60 93, exit_group 231 94, futex 202 98, set_robust_list 273 99,
        get_robust_list 274 100, rseq 334 293, set_tid_address 218 96, gettid 186 178,
        sched_yield 24 124, sched_getaffinity 204 123, sched_setaffinity 203 122,
        sched_getparam 143 121, sched_getscheduler 145 120, sched_setscheduler 144 119,
        sched_get_priority_max 146 125, sched_get_priority_min 147 126, getcpu 309 168,
        getpriority 140 141, setpriority 141 140""",
    "signals to itself, and waiting for programs that it has not": """
        rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, rt_sigpending 127 136,
        rt_sigtimedwait 128 137, rt_sigsuspend 130 133, sigaltstack 131 132, kill 62 129,
        tkill 200 130, tgkill 234 131, rt_tgsigqueueinfo 297 240, pause 34 -, alarm 37 -,
        setitimer 38 103, getitimer 36 102, restart_syscall 219 128, wait4 61 260, waitid 247 95""",
    "the time": """
        clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115, nanosleep 35 101,
        gettimeofday 96 169, time 201 -, times 100 153""",
    "who it is and what it may use": """
        getpid 39 172, getppid 110 173, getuid 102 174, geteuid 107 175, getgid 104 176,
        getegid 108 177, getgroups 115 158, getresuid 118 148, getresgid 120 150, getpgrp 111 -,
        getpgid 121 155, getsid 124 156, uname 63 160, sysinfo 99 179, getrusage 98 165,
        getrlimit 97 163, setrlimit 160 164, prlimit64 302 261, capget 125 90, getrandom 318 278,
        arch_prctl 158 -, prctl 157 167, umask 95 166""",
    "what is in files": """
        open 2 -, openat 257 56, creat 85 -, close 3 57, close_range 436 436, read 0 63, write 1 64,
        pread64 17 67, pwrite64 18 68, readv 19 65, writev 20 66, preadv 295 69, pwritev 296 70,
        preadv2 327 286, pwritev2 328 287, lseek 8 62, sendfile 40 71, copy_file_range 326 285,
        fadvise64 221 223, readahead 187 213, dup 32 23, dup2 33 -, dup3 292 24, fcntl 72 25,
        ioctl 16 29, flock 73 32, fsync 74 82, fdatasync 75 83, sync_file_range 277 84,
        ftruncate 77 46, truncate 76 45, fallocate 285 47""",
    "names of files": """
        stat 4 -, fstat 5 80, lstat 6 -, newfstatat 262 79, statx 332 291, statfs 137 43,
        fstatfs 138 44, access 21 -, faccessat 269 48, faccessat2 439 439, readlink 89 -,
        readlinkat 267 78, getdents 78 -, getdents64 217 61, getcwd 79 17, chdir 80 49,
        fchdir 81 50, mkdir 83 -, mkdirat 258 34, rmdir 84 -, unlink 87 -, unlinkat 263 35,
        rename 82 -, renameat 264 38, renameat2 316 276, link 86 -, linkat 265 37, symlink 88 -,
        symlinkat 266 36, chmod 90 -, fchmod 91 52, fchmodat 268 53, chown 92 -, fchown 93 55,
        lchown 94 -, fchownat 260 54, utime 132 -, utimes 235 -, utimensat 280 88, futimesat 261 -,
        getxattr 191 8, lgetxattr 192 9, fgetxattr 193 10, listxattr 194 11, llistxattr 195 12,
        flistxattr 196 13, mknod 133 -, mknodat 259 33""",
    "waiting for descriptors": """
        poll 7 -, ppoll 271 73, select 23 -, pselect6 270 72, epoll_create 213 -,
        epoll_create1 291 20, epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait 281 22,
        epoll_pwait2 441 441, eventfd 284 -, eventfd2 290 19""",
    "pipes and sockets, between its own threads": """
        pipe 22 -, pipe2 293 59, socket 41 198, socketpair 53 199, bind 49 200, listen 50 201,
        accept 43 202, accept4 288 242, connect 42 203, shutdown 48 210, getsockname 51 204,
        getpeername 52 205, getsockopt 55 209, setsockopt 54 208, sendto 44 206, recvfrom 45 207,
        sendmsg 46 211, recvmsg 47 212, sendmmsg 307 269, recvmmsg 299 243""",
}

# For a course whose submissions may start programs.
_PROCESSES = """
    fork 57 -, vfork 58 -, execve 59 221, execveat 322 281, setsid 112 157, setpgid 109 154,
    rt_sigqueueinfo 129 138, pidfd_open 434 434, pidfd_send_signal 424 424"""

# For a child that may use an accelerator, whose driver asks for more.
_ACCELERATOR = """
    memfd_create 319 279, timerfd_create 283 85, timerfd_settime 286 86, timerfd_gettime 287 87,
    mlock2 325 284, mlockall 151 230, sched_setattr 314 274, sched_getattr 315 275,
    inotify_init1 294 26, inotify_add_watch 254 27, inotify_rm_watch 255 28"""

AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # The architectures' own numbers.

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, ERRNO = 0x7FFF0000, 0x00050000

# Where `struct seccomp_data` keeps what a filter may look at: a call's arguments have 8 bytes each.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16

CLONE_THREAD = 0x00010000
# A thread shares memory, folders, descriptors and handlers: descriptors of its own would be seen by
# nobody who counts them.
CLONE_SHARED = CLONE_THREAD | 0x00000F00
CLONE_NEW = 0x7E020000  # Every flag that asks for a namespace.
SIGKILL = 9
MAP_SHARED_ANONYMOUS, MAP_HUGETLB = 0x21, 0x40000
SOL_SOCKET, IPPROTO_TCP, IPPROTO_IPV6 = 1, 6, 41
F_SETLK, F_SETLKW = 6, 7

FAMILIES = (1, 2, 10, 16)  # Local, IPv4, IPv6 and netlink: a network namespace holds these.
PROTOCOLS = (0, 6, 17)  # The usual one, TCP, UDP.
# SO_REUSEADDR, BROADCAST, KEEPALIVE, OOBINLINE, LINGER, REUSEPORT, PASSCRED, RCVTIMEO, SNDTIMEO.
SOCKET_OPTIONS = (2, 6, 9, 10, 13, 15, 16, 20, 21)
# F_DUPFD, GETFD, SETFD, GETFL, SETFL, GETLK, DUPFD_CLOEXEC, GETPIPE_SZ, GET_SEALS.
FILE_COMMANDS = (0, 1, 2, 3, 4, 5, 1030, 1032, 1034)
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX.
DEVICE_REQUESTS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# PR_SET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, SET_TIMERSLACK,
# GET_NO_NEW_PRIVS, GET_THP_DISABLE, SET_VMA.
PROCESS_OPTIONS = (1, 3, 15, 16, 21, 23, 29, 39, 42, 0x53564D41)


def install(processes: bool, accelerator: bool = False) -> bool:
    """Filter this process's system calls for good, and those of all that it starts.

    Args:
        processes: whether it may start processes; threads it may always start.
        accelerator: whether it may talk to the driver of an accelerator.

    Returns:
        Whether this architecture is known; without a filter all else still holds.
    """
    machine = platform.machine()
    if machine not in AUDIT:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    code = b"".join(program(machine, processes, accelerator))
    kept = ctypes.create_string_buffer(code)
    filters = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(kept))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(filters), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "installing the system-call filter failed")
    return True


def allowed(machine: str, processes: bool = False, accelerator: bool = False) -> dict[str, int]:
    """The calls that may be made, some of them only with the arguments that `rules` let pass."""
    lists = [*_ALWAYS.values(), *[_PROCESSES] * processes, *[_ACCELERATOR] * accelerator]
    column = list(AUDIT).index(machine) + 1
    entries = (entry.split() for text in lists for entry in text.split(","))
    return {entry[0]: int(entry[column]) for entry in entries if entry[column] != "-"}


def program(machine: str, processes: bool, accelerator: bool) -> list[bytes]:
    """The filter's instructions."""
    numbers = allowed(machine, processes, accelerator)
    asked = rules(processes, accelerator)
    code = [load(ARCHITECTURE), jump(EQUAL, AUDIT[machine], 1, 0), refuse(errno.ENOSYS)]
    code += [load(NUMBER)]
    for name in sorted(asked.keys() & numbers.keys()):
        code += [jump(EQUAL, numbers[name], 0, len(asked[name])), *asked[name]]
    for name in sorted(numbers.keys() - asked.keys()):
        code += [jump(EQUAL, numbers[name], 0, 1), give(ALLOW)]
    if not processes:  # In words that Python knows: there is no room for another process.
        starts = allowed(machine, processes=True)
        for name in sorted({"fork", "vfork", "execve", "execveat"} & starts.keys()):
            code += [jump(EQUAL, starts[name], 0, 1), refuse(errno.EAGAIN)]
    return [*code, refuse(errno.ENOSYS)]


def rules(processes: bool, accelerator: bool) -> dict[str, list[bytes]]:
    """What is asked of the arguments of some calls: instructions that end with a verdict."""
    found = {
        "clone": [
            argument(0),
            *[jump(COMMON, CLONE_NEW, 0, 1), refuse(errno.EPERM)],
            *[jump(COMMON, CLONE_THREAD, 1, 0), give(ALLOW)] * processes,
            *[mask(CLONE_SHARED), jump(EQUAL, CLONE_SHARED, 1, 0), refuse(errno.EAGAIN)],
        ],
        "socket": [
            *unless_among(0, FAMILIES, errno.EAFNOSUPPORT),
            *unless_among(2, PROTOCOLS, errno.EPROTONOSUPPORT),
        ],
        "socketpair": unless_among(0, FAMILIES[:1], errno.EAFNOSUPPORT),
        "setsockopt": [
            *unless_among(1, (SOL_SOCKET, IPPROTO_TCP, IPPROTO_IPV6), errno.EPERM),
            *[jump(EQUAL, SOL_SOCKET, 1, 0), give(ALLOW)],
            *unless_among(2, SOCKET_OPTIONS, errno.EPERM),
        ],
        "fcntl": [
            argument(1),
            *[jump(EQUAL, F_SETLK, 1, 0), jump(EQUAL, F_SETLKW, 0, 1), refuse(errno.ENOLCK)],
            *unless_among(1, FILE_COMMANDS, errno.EPERM),
        ],
        # Of other processes there is only the sandbox's own.
        "prlimit64": unless_among(0, (0,), errno.EPERM),
    }
    if not processes:
        # So who ends by it was killed by the machine, and is run again.
        for name, position in {"kill": 1, "tkill": 1, "tgkill": 2, "rt_tgsigqueueinfo": 2}.items():
            found[name] = [
                argument(position),
                *[jump(EQUAL, SIGKILL, 0, 1), refuse(errno.EPERM)],
            ]
    if not accelerator:
        found["mmap"] = [
            *[argument(3), jump(COMMON, MAP_HUGETLB, 0, 1), refuse(errno.ENOMEM)],
            *[mask(MAP_SHARED_ANONYMOUS), jump(EQUAL, MAP_SHARED_ANONYMOUS, 0, 1)],
            refuse(errno.EPERM),
        ]
        found["ioctl"] = unless_among(1, DEVICE_REQUESTS, errno.ENOTTY)
        found["prctl"] = unless_among(0, PROCESS_OPTIONS, errno.EINVAL)
    return {name: [*code, give(ALLOW)] for name, code in found.items()}


# The tests of a jump: equal, and with bits in common.
EQUAL, COMMON = 0x15, 0x45


def load(offset: int) -> bytes:
    """Put a 32-bit word of the call's description into the accumulator."""
    return struct.pack("HBBI", 0x20, 0, 0, offset)


def argument(position: int) -> bytes:
    """Put the lower half of an argument into the accumulator."""
    return load(FIRST_ARGUMENT + 8 * position)


def mask(bits: int) -> bytes:
    """Keep only these bits of the accumulator."""
    return struct.pack("HBBI", 0x54, 0, 0, bits)


def jump(test: int, value: int, if_true: int, if_false: int) -> bytes:
    """Skip so many instructions."""
    return struct.pack("HBBI", test, if_true, if_false, value)


def give(verdict: int) -> bytes:
    """End with this verdict."""
    return struct.pack("HBBI", 0x06, 0, 0, verdict)


def refuse(error: int) -> bytes:
    """End with this error."""
    return give(ERRNO | error)


def unless_among(position: int, values: Sequence[int], error: int) -> list[bytes]:
    """Refuse unless an argument is one of these."""
    tests = [jump(EQUAL, value, len(values) - n, 0) for n, value in enumerate(values)]
    return [argument(position), *tests, refuse(error)]
