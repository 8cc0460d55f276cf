"""The Job Object, against a stand-in for Windows: what it would be told. Not proven on Windows."""

import ctypes

import pytest

from desktop.media.windows_job import ExtendedLimits, limit_by_job


class _Verb:
    """A function of a library: callable, and its return type can be said."""

    def __init__(self, answer: int) -> None:
        self.restype: object = ctypes.c_int
        self.asked: list[tuple[object, ...]] = []
        self._answer = answer

    def __call__(self, *given: object) -> int:
        self.asked.append(given)
        return self._answer


class _Kernel:
    def __init__(self, *, takes: int) -> None:
        self.CreateJobObjectW = _Verb(7)
        self.GetCurrentProcess = _Verb(2**64 - 1)
        self.SetInformationJobObject = _Verb(takes)
        self.AssignProcessToJobObject = _Verb(takes)


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the layout of 64-bit Windows")
def test_the_structure_has_the_size_that_windows_expects() -> None:
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112


def test_one_process_and_so_much_memory() -> None:
    kernel = _Kernel(takes=1)
    assert limit_by_job(3 << 30, kernel=kernel)
    [(job, kind, _, size)] = kernel.SetInformationJobObject.asked
    assert isinstance(job, ctypes.c_void_p)
    assert (job.value, kind, size) == (7, 9, ctypes.sizeof(ExtendedLimits))
    [(_, process)] = kernel.AssignProcessToJobObject.asked
    assert isinstance(process, ctypes.c_void_p)
    assert process.value == 2**64 - 1  # a handle is as wide as a pointer


def test_what_windows_refuses_is_not_said_to_hold() -> None:
    assert not limit_by_job(3 << 30, kernel=_Kernel(takes=0))
