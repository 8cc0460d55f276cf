"""What the window needs to choose a printer and how it prints; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.printing.print_options import PrintOptions
from desktop.printing.printer_abilities import Abilities


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintVerbs:
    """All block, run in a lane, and raise problems.

    `printers` names the queues of this computer, the default one first, and the addresses that were
    added. `abilities` asks one of them. `add` remembers an address once the printer there answers,
    and gives the name it goes by. `recall` gives what was printed with last, or None; `keep`
    remembers it.
    """

    printers: Callable[[], Sequence[str]]
    abilities: Callable[[str], Abilities]
    add: Callable[[str], str]
    recall: Callable[[], PrintOptions | None]
    keep: Callable[[PrintOptions], None]
