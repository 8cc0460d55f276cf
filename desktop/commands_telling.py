"""How a command tells: its result as plain data that `cli` shows, and how far it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop.intake.report import Progress, Tell

Row = Mapping[str, Any]
Result = Row | Sequence[Row]


def counting(tell: Tell, name: str = "") -> Callable[[int, int], None]:
    """Tells so many of so many, where no bytes are counted; `name` says what is."""
    return lambda done, total: tell(
        Progress(done=done, total=total, bytes_done=0, bytes_total=0, name=name)
    )
