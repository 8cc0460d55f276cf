"""The decoder worker on Windows, in a Job Object of its own: not proven, written from the manual.

JOBOBJECT_EXTENDED_LIMIT_INFORMATION (winnt.h): memory, no second process, the end of the job ends
the process. It does not keep files or the network away.
"""

import ctypes
from typing import Any, Final

_EXTENDED_LIMITS: Final = 9
_ACTIVE_PROCESSES, _PROCESS_MEMORY = 0x00000008, 0x00000100
_DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x00000400, 0x00002000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, 144 bytes on 64-bit Windows."""

    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limits_of(memory_bytes: int) -> ExtendedLimits:
    """One process, so much memory, no box that waits for a click after a crash."""
    limits = ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = (
        _ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE
    )
    limits.BasicLimitInformation.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory_bytes
    return limits


def limit_by_job(memory_bytes: int, *, kernel: Any = None) -> bool:
    """Put this process into a job that limits it; whether Windows took it. The handle stays open
    as long as the process lives, for closing the last one would end it."""
    if kernel is None:
        kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = limits_of(memory_bytes)
    taken = kernel.SetInformationJobObject(
        job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    return bool(taken and kernel.AssignProcessToJobObject(job, process))
