"""What the office read on ticked images of the tray: pages of its own, and whose they are (R43)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.filing_report import TRAY
from desktop.records.facts.page_scan import PageSeen
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import grouped
from desktop.ui.desk.verbs import DeskVerbs, PageOn
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, Tone, button, on_click

_MOST_SHOWN = 3


class PageOffer(QWidget):
    """Hidden where no page is shown. `patient_chosen` carries the Patient whom the pages name, who
    is then read back as any other; `record_wanted` the code of a page whose record is asked for."""

    patient_chosen = Signal(object)
    record_wanted = Signal(str)

    def __init__(self, *, background: Background, verbs: DeskVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._asked: tuple[MediaItem, ...] = ()
        self._pages: tuple[PageOn, ...] = ()
        self._patient: Patient | None = None
        self._build()

    @property
    def text(self) -> str:
        """What it says; empty where no page is shown."""
        return "" if self.isHidden() else self.notice.text

    def show_items(self, source: SourceInfo | None, items: Sequence[MediaItem]) -> None:
        """Look what these show. Only what lies in the tray has been read."""
        is_tray = source is not None and source.id == TRAY
        self._asked = tuple(items) if is_tray else ()
        if not self._asked:
            self._show((), ())
            return
        self._background.run(
            partial(self._verbs.pages, self._asked),
            owner=self,
            done=partial(self._show, self._asked),
            failed=self._failed,
            lane="vault",
        )

    def show_patient(self, patient: Patient | None) -> None:
        """Who is chosen now; None while nobody is."""
        self._patient = patient
        self._tell()

    def _build(self) -> None:
        self.notice = Notice()
        self.patient_button = button(self.tr("This patient"), icon="user")
        self.patient_button.setToolTip(
            self.tr("Whom the page names. The date of birth is read back, as always.")
        )
        self.record_button = button(self.tr("Its record"), icon="file-text")
        self.record_button.setToolTip(
            self.tr("What the register knows of the paper, and whether it is in the chart")
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.patient_button)
        row.addWidget(self.record_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addLayout(row)
        self.hide()
        on_click(self.patient_button, self._take)
        on_click(self.record_button, self._open)

    def _show(self, asked: tuple[MediaItem, ...], pages: Sequence[PageOn]) -> None:
        if asked == self._asked:  # else something else was ticked meanwhile
            self._pages = tuple(pages)
            self._tell()

    def _failed(self, problem: Exception) -> None:
        self._pages = ()
        self.notice.say(str(problem), tone="problem")
        self.setVisible(True)

    def _tell(self) -> None:
        self.setVisible(bool(self._pages))
        if not self._pages:
            return
        tone, sentence = self._sentence()
        self.notice.say(sentence, tone=tone)
        has_patient = self._patient is not None
        self.patient_button.setVisible(not has_patient and self._named is not None)
        self.record_button.setVisible(not has_patient and self._known is not None)

    def _sentence(self) -> tuple[Tone, str]:
        if self._patient is not None:
            return self._for_patient(self._patient)
        shown = [f"{one.name}: {one.page.words}." for one in self._pages[:_MOST_SHOWN]]
        if len(self._pages) > _MOST_SHOWN:
            shown.append(self.tr("And {} more.").format(len(self._pages) - _MOST_SHOWN))
        owners = _owners(self._pages)
        if len(owners) > 1:
            said = self.tr("Tick the pages of one patient at a time.")
            return "warning", "\n".join((*shown, said))
        if not owners:
            shown.append(self.tr("It was printed blank, and goes with the patient you choose."))
        return "plain", "\n".join(shown)

    def _for_patient(self, patient: Patient) -> tuple[Tone, str]:
        """Short, for the patient's banner and the form stand below it."""
        for one in self._pages:
            owner = one.page.patient
            if owner is not None and owner.id != patient.id:
                said = self.tr("{} is a page that belongs to another patient, {}. It is not filed.")
                return "problem", said.format(one.name, owner.banner)
        if len(self._pages) > 1:
            said = self.tr("{} pages of ours are attached to this patient's papers by filing them.")
            return "good", said.format(len(self._pages))
        (one,) = self._pages
        said = self.tr("Filing attaches {}, page {}, to this patient's papers.")
        return "good", said.format(f"{one.page.title} {grouped(one.page.number)}", one.page.page)

    @property
    def _named(self) -> Patient | None:
        """The one patient whom the pages name."""
        owners = _owners(self._pages)
        return next(iter(owners.values())) if len(owners) == 1 else None

    @property
    def _known(self) -> PageSeen | None:
        """The one page, where the register has its paper."""
        known = [one.page for one in self._pages if one.page.patient is not None]
        return known[0] if len(known) == 1 else None

    def _take(self) -> None:
        if self._named is not None:
            self.patient_chosen.emit(self._named)

    def _open(self) -> None:
        if self._known is not None:
            self.record_wanted.emit(self._known.code)


def _owners(pages: Sequence[PageOn]) -> dict[object, Patient]:
    return {one.page.patient.id: one.page.patient for one in pages if one.page.patient}
