"""From a page's code to its record, wherever in the window the code is scanned or typed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.ui.parts.background import Background
from desktop.ui.parts.loop_verbs import SheetOf
from desktop.ui.parts.page_code_watch import PageCodeWatch
from desktop.ui.parts.patient_search import PatientSearch
from desktop.ui.parts.pieces import Notice


class SheetFinder(QObject):
    """Lives as long as `parent`. `found` carries the SheetOf with the page that was read; a code
    that leads nowhere is said in `notice`."""

    found = Signal(object)

    def __init__(
        self,
        *,
        background: Background,
        find: Callable[[str], SheetOf],
        notice: Notice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._find = find
        self._notice = notice
        self._watch = PageCodeWatch(self)
        self._watch.code_scanned.connect(self.look)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self._watch)

    def hear(self, *fields: PatientSearch) -> None:
        """A code that is typed into these fields counts too."""
        for field in fields:
            field.code_typed.connect(self.look)

    def look(self, code: str) -> None:
        """Find whose page has this code; what comes of it is told as that of a scanned one."""
        self._background.run(
            partial(self._find, code),
            owner=self,
            done=self._show,
            failed=self._notice.problem,
            lane="vault",
        )

    def _show(self, found: SheetOf) -> None:
        self._notice.clear()
        self.found.emit(found)
