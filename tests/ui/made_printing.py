"""Printers for pages under test: they answer at once, by what they were told to say."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.printing.print_options import PrintOptions
from desktop.printing.printer_abilities import Abilities
from desktop.problem import Problem
from desktop.ui.parts.print_verbs import PrintVerbs, WaitingPaper


@dataclass
class StandInPrinters:
    """The names of the printers, what each says, and what was remembered."""

    names: Sequence[str] = ("Office-Laser",)
    says: dict[str, Abilities | Problem] = field(default_factory=dict)
    last: PrintOptions | None = None
    added: list[str] = field(default_factory=list)
    announced: Sequence[str] = ()
    waiting: list[WaitingPaper] = field(default_factory=list)

    def abilities(self, name: str) -> Abilities:
        said = self.says.get(name, Abilities())
        if isinstance(said, Problem):
            raise said
        return said

    def add(self, address: str) -> str:
        self.abilities(address)
        self.added.append(address)
        return address

    def cancel(self, paper: WaitingPaper) -> str:
        self.waiting.remove(paper)
        return f"{paper.what} is cancelled."

    def keep(self, options: PrintOptions) -> None:
        self.last = options

    @property
    def verbs(self) -> PrintVerbs:
        return PrintVerbs(
            printers=lambda: [*self.names, *self.added],
            abilities=self.abilities,
            find=lambda: list(self.announced),
            add=self.add,
            recall=lambda: self.last,
            keep=self.keep,
            waiting=lambda: list(self.waiting),
            cancel=self.cancel,
        )


def print_verbs() -> PrintVerbs:
    """One printer that can do everything."""
    return StandInPrinters().verbs
