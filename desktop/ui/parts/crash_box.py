"""Where faults end: the one place that catches everything, logs it, and stays calm."""

import logging
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import ClassVar, TypeVar

from desktop.problem import Problem

T = TypeVar("T")

_log = logging.getLogger("chartroom.fault")


@dataclass(unsafe_hash=True)
class Fault(Problem):
    """A mistake in the program itself, as a person is told of it."""

    words: ClassVar[str] = (
        "Something went wrong inside Chartroom, and this step was not finished. What was kept "
        "before is safe. Try once more; if it happens again, restart Chartroom and tell support."
    )


def outcome_of(work: Callable[[], T]) -> tuple[T, None] | tuple[None, Problem]:
    """What `work` gave, or the problem it met; a fault is logged and told as `Fault`."""
    try:
        return work(), None
    except Problem as problem:
        return None, problem
    except Exception as error:
        log_fault(error)
        return None, Fault()


def log_fault(error: BaseException) -> None:
    """Log where it happened. Not what it said: that may hold a patient's name."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s\n%s", type(error).__qualname__, where)


def install(show: Callable[[str], None]) -> None:
    """Have faults in slots logged and told through `show`, instead of ending the program."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log_fault(error)
        show(str(error) if isinstance(error, Problem) else str(Fault()))

    sys.excepthook = caught
