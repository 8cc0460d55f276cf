"""What every worklist is: a pane that shows it, and how many wait."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Worklist(QWidget):
    """One list of the room. `key` is how the choice is remembered and never changes; `name` stands
    in the list at the left; `count` blocks, runs in a lane, and tells how many wait.

    `changed` tells that something was done, so that the room counts again; `chart_wanted` carries
    the Patient whose chart a person asks for, `sheet_wanted` the SheetOf whose record;
    `clear_wanted` the ClearOffer of a device that is to be cleared at the Desk; `took_room` whether
    a page of the list wants the whole room for a while.
    """

    changed = Signal()
    chart_wanted = Signal(object)
    sheet_wanted = Signal(object)
    clear_wanted = Signal(object)
    took_room = Signal(bool)

    def __init__(self, *, key: str, name: str, count: Callable[[], int]) -> None:
        super().__init__()
        self.key = key
        self.name = name
        self.count = count

    def load(self) -> None:
        """Fetch what the list shows; the room calls it whenever the list comes on screen."""
        raise NotImplementedError

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        raise NotImplementedError
