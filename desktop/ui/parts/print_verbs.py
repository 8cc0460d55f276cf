"""What the window needs to choose a printer and how it prints; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.printing.print_options import PrintOptions
from desktop.printing.printer_abilities import Abilities


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPaper:
    """A paper that waits at a printer as job `job`: what it is, and how it stands, in a sentence.
    `may_cancel` is false of one that is over, and that the print server keeps."""

    printer: str
    job: int
    what: str
    said: str
    may_cancel: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintVerbs:
    """All block, run in a lane, and raise problems.

    `printers` names the queues of this computer, the default one first, and the addresses that were
    added. `abilities` asks one of them. `find` names addresses that are announced on the
    network. `add` remembers an address once the printer there answers, and gives the name it goes
    by. `recall` gives what was printed with last, or None; `keep`
    remembers it. `waiting` names the papers that wait at a printer, `cancel` takes one out of its
    queue and says what is on record of it then.
    """

    printers: Callable[[], Sequence[str]]
    abilities: Callable[[str], Abilities]
    find: Callable[[], Sequence[str]]
    add: Callable[[str], str]
    recall: Callable[[], PrintOptions | None]
    keep: Callable[[PrintOptions], None]
    waiting: Callable[[], Sequence[WaitingPaper]]
    cancel: Callable[[WaitingPaper], str]
