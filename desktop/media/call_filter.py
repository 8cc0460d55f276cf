"""Which system calls the decoder worker may still make: a short list, and an error for the rest.

Landlock (landlock(7)) and limits hold file access; a filter (seccomp(2)) also takes away what they
do not know of: other processes' memory, kernel keys, io_uring, namespaces, tracing, new processes.
"""

import ctypes
import errno
import os
import platform
import struct

_ALLOWED = {
    # name: (x86_64, aarch64); None where the machine has no such call
    "read": (0, 63),
    "readv": (19, 65),
    "write": (1, 64),
    "writev": (20, 66),
    "close": (3, 57),
    "lseek": (8, 62),
    "fstat": (5, 80),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "brk": (12, 214),
    "futex": (202, 98),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "poll": (7, None),
    "ppoll": (271, 73),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "getrusage": (98, 165),
    "getrlimit": (97, 163),
    "getrandom": (318, 278),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getcpu": (309, 168),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "membarrier": (324, 283),
    "rseq": (334, 293),
    "set_robust_list": (273, 99),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
_TGKILL, _PRLIMIT, _CLONE3, _SECCOMP = (234, 131), (302, 261), (435, 435), (317, 277)
_CLONE, _AS_THREAD = (56, 220), 0x00010000

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_OTHER_KIND_OF_CALL = 0x40000000  # x32 gives the same calls other numbers
_SET_FILTER, _OF_ALL_THREADS = 1, 1


def filter_calls() -> bool:
    """Bind every thread of this process to the list, for good; False where that is not offered.

    Whatever else is called fails with EPERM, as does making a process; a thread may be made, for
    libde265 decodes in one of its own. `clone3` is said to be unknown, so that the C library falls
    back to the call before it, of which the filter can see what it makes.
    """
    known = _MACHINES.get(platform.machine())
    if known is None or struct.calcsize("P") != 8:
        return False
    place, machine = known
    code = _program(place, machine)
    filters = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("=HxxxxxxQ", len(code) // 8, ctypes.addressof(filters))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.syscall(_SECCOMP[place], _SET_FILTER, _OF_ALL_THREADS, program) == 0)


def _program(place: int, machine: int) -> bytes:
    """The filter in BPF: eight bytes an instruction, and each test jumps over what it guards."""
    refused = _step(_RETURN, _REFUSE | errno.EPERM)
    steps = [
        _step(_LOAD, _MACHINE_AT),
        _step(_EQUAL, machine, yes=1),
        refused,
        _step(_LOAD, _NUMBER_AT),
        _step(_AT_LEAST, _OTHER_KIND_OF_CALL, no=1),
        refused,
        _step(_EQUAL, _CLONE3[place], no=1),
        _step(_RETURN, _REFUSE | errno.ENOSYS),
    ]
    for numbers in _ALLOWED.values():
        number = numbers[place]
        if number is not None:
            steps += [_step(_EQUAL, number, no=1), _step(_RETURN, _ALLOW)]
    steps += _only_for(_TGKILL[place], os.getpid())  # a process may end itself: abort(3)
    steps += _only_for(_PRLIMIT[place], 0)  # and limit itself further
    steps += _only_for(_CLONE[place], _AS_THREAD, test=_HAS_BITS)
    return b"".join([*steps, refused])


def _only_for(number: int, first_argument: int, *, test: int = _EQUAL) -> list[bytes]:
    return [
        _step(_EQUAL, number, no=4),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        _step(test, first_argument, no=1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE | errno.EPERM),
    ]


def _step(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)
