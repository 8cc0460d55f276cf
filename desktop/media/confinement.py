"""What the decoder worker may no longer do once it is ready: take much memory, open a file, start
anything."""

import ctypes
import os
import signal
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass

from desktop.media.call_filter import filter_calls

if sys.platform == "win32":
    from desktop.media.windows_job import limit_by_job
else:
    import resource

_SET_PARENT_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_ASK_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What really holds on this machine. Limits of memory and files hold on Linux and macOS; a Job
    Object limits memory and processes on Windows (not proven).

    `no_network` says that no socket reaches anything: there is an empty network, or, where a system
    lets no ordinary user have one, no call that makes a socket.
    """

    limits: bool
    no_files: bool
    no_network: bool
    few_calls: bool


def confine(*, memory_bytes: int, open_files: int, filtered: bool = True) -> Confinement:
    """Bind this process, for good. All that will be needed must be loaded and opened before.

    What the system does not offer is left out: the answer says what holds. Each layer holds alone;
    without `filtered` the one in front of the others is left out, so that they can be proved.
    """
    has_left = sys.platform == "linux" and _leave_network()
    no_files = sys.platform == "linux" and _landlock()
    # after that, for Landlock itself needs a handle for a moment
    limits = _limit(memory_bytes, open_files)
    few_calls = filtered and sys.platform == "linux" and filter_calls()
    if limits and not few_calls:
        _limit_processes()
    return Confinement(
        limits=limits, no_files=no_files, no_network=has_left or few_calls, few_calls=few_calls
    )


def limit_time(seconds: int) -> None:
    """Let the system end this process after so many more seconds of processor time."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _limit(memory_bytes: int, open_files: int) -> bool:
    if sys.platform == "win32":
        return limit_by_job(memory_bytes)
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _set_limit(what, most)
    return True


def _limit_processes() -> None:
    """Only without a filter, which allows threads: Linux counts them too, and HEIC needs one."""
    if sys.platform != "win32":
        _set_limit(resource.RLIMIT_NPROC, 0)


def _set_limit(what: int, most: int) -> None:
    if sys.platform != "win32":
        _, hard = resource.getrlimit(what)
        least = most if hard < 0 else min(most, hard)
        with suppress(ValueError):  # macOS knows some of these limits but sets none
            resource.setrlimit(what, (least, least))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """End with the thread that started this process, even in the middle of a job."""
    if sys.platform == "linux":
        _libc().prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _leave_network() -> bool:
    """Into an empty network; without privileges this takes a user namespace of one's own."""
    libc = _libc()
    libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return any(libc.unshare(what) == 0 for what in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def _landlock() -> bool:
    """Deny every access to files, and TCP and signals where the kernel can (landlock(7))."""
    libc = _libc()
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_ASK_VERSION)
    if version < 1:
        return False
    rights = 13 + (version >= 2) + (version >= 3) + (version >= 5)
    network = 0b11 if version >= 4 else 0
    scopes = 0b11 if version >= 6 else 0
    rules = struct.pack("=QQQ", (1 << rights) - 1, network, scopes)
    handle = libc.syscall(_LANDLOCK_CREATE, rules, len(rules), 0)
    if handle < 0:
        return False
    try:
        return bool(libc.syscall(_LANDLOCK_RESTRICT, handle, 0) == 0)
    finally:
        os.close(handle)
