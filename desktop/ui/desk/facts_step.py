"""The second step of a filing: the second identifier, the facts, and the button that files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.filing_report import TRAY, FileRequest
from desktop.problem import Problem
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.consent import Purpose
from desktop.records.facts.depiction import Depiction
from desktop.records.facts.devices import Depositor, Handover, HandoverOffer, KnownDevice
from desktop.records.facts.ids import PatientId
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import Role
from desktop.ui.desk.brought_by import BroughtBy
from desktop.ui.desk.device_box import DeviceBox
from desktop.ui.desk.facts_form import FactsForm
from desktop.ui.desk.second_identifier import read_back, verdict
from desktop.ui.desk.verbs import DeskVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.came_from_form import CameFromForm
from desktop.ui.parts.pieces import (
    Notice,
    button,
    on_click,
    on_escape,
    restyle,
    rule,
    scrolled,
    words,
)
from desktop.ui.parts.words import counted

_ACCEPT, _CHECK = "Alt+D", "Alt+P"


class FactsStep(QWidget):
    """`filing_asked` carries a FileRequest whose two identifiers agree; `left` goes back."""

    filing_asked = Signal(object)
    left = Signal()

    def __init__(self, *, background: Background, verbs: DeskVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._patient: Patient | None = None
        self._source: SourceInfo | None = None
        self._items: tuple[MediaItem, ...] = ()
        self._depicted: tuple[PatientId, str, Depiction] | None = None
        self.brought = BroughtBy()
        self.came_from = CameFromForm()
        self.device = DeviceBox(background=background, verbs=verbs.handover, who=self._who_brings)
        self._build()
        self._connect()

    @property
    def patient(self) -> Patient | None:
        """Who is chosen now."""
        return self._patient

    def start(self, patient: Patient) -> None:
        """Take a patient on; everything that belonged to the one before is gone."""
        self._patient = patient
        self.banner.show_patient(patient)
        self.second.clear()
        self.notice.clear()
        self._background.run(
            self._verbs.photographers,
            owner=self,
            done=self.form.offer_photographers,
            failed=self.notice.problem,
            lane="vault",
        )
        self.form.start(None)
        self.came_from.start()
        self._put_depicted(patient)
        self._start_handover()
        self._recall()
        self._refresh()
        self.second.setFocus()

    def clear(self) -> None:
        """Let the patient go."""
        self._patient = None
        self.banner.clear()
        self.second.clear()
        self.notice.clear()
        self.form.start(None)
        self.came_from.start()
        self._start_handover()

    @property
    def typed(self) -> dict[str, str]:
        """Everything that was typed or picked, by field, for a draft."""
        brought = self.brought.depositor
        said = {"brought_by": "", "brought_role": "", "device": self.device.said}
        if brought is not None:
            said |= {"brought_by": brought.name, "brought_role": brought.role.value}
        return {**self.form.typed, **self.came_from.typed, **said}

    def put_back(self, held: Mapping[str, str]) -> None:
        """Hold again what `typed` gave."""
        self.form.put_back(held)
        self.came_from.put_back(held)
        if name := held.get("brought_by", ""):
            role = Role(held.get("brought_role") or Role.OTHER)
            self.brought.put(Depositor(name=name, role=role))
        self.device.want(held.get("device", ""))

    def show_items(self, source: SourceInfo | None, items: Sequence[MediaItem]) -> None:
        """What is ticked now, and where."""
        is_other = source is not None and source != self._source
        self._source = source
        self._items = tuple(items)
        if is_other and self._patient is not None:
            self._start_handover()
            self._recall()
        self._refresh()

    def ask_to_file(self) -> None:
        """File if everything that must be there is there; else go to what is not."""
        patient, source = self._patient, self._source
        if patient is None or not self.file_button.isEnabled() or source is None:
            self.reason.setText(self._reason())
            return
        self.notice.clear()
        today = date.today()  # noqa: DTZ011  a birthday is by the wall calendar
        try:
            said = read_back(self.second.text(), patient, today=today)
        except Problem as problem:
            self.notice.problem(problem)
            self.second.setFocus()
            return
        try:
            facts = replace(self.form.facts(), came_from=self.came_from.said)
        except Problem as problem:
            self.notice.problem(problem)
            self.form.when.setFocus()
            return
        self._depicted = (patient.id, facts.site, facts.depicts)
        self.filing_asked.emit(
            FileRequest(
                source_id=source.id,
                items=self._items,
                patient=patient.id,
                number=said.number,
                born=said.born,
                facts=facts,
                handover=self._handover(),
            )
        )

    def refuse(self, problem: Problem) -> None:
        """Say why nothing was filed; all that was typed stays."""
        self.notice.problem(problem)
        self.second.setFocus()

    def _build(self) -> None:
        self.banner = PatientBanner()
        self.change = button(self.tr("Another patient"), icon="arrow-left", kind="link")
        self.second = QLineEdit()
        self.second.setPlaceholderText(self.tr("day month year, or scan the number"))
        self.second_hint = words("", kind="small", wrap=True)
        second = QFormLayout()
        second.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        second.setSpacing(6)
        second.addRow(self.tr("Read back the date of birth"), self.second)
        second.addRow(self.second_hint)
        self.form = FactsForm()
        self.form.take_in(
            (
                (self.tr("Which one"), self.device),
                ("", self.device.below),
                (self.tr("Brought by"), self.brought),
                ("", self.came_from),
            )
        )
        self.notice = Notice()
        self.reason = words("", kind="small", wrap=True)
        self.file_button = button(self.tr("File"), icon="check", kind="primary")
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(2, 2, 10, 2)
        inner.setSpacing(14)
        inner.addLayout(second)
        inner.addWidget(rule())
        inner.addWidget(self.form)
        inner.addStretch(1)
        self._lay_out(content)

    def _lay_out(self, content: QWidget) -> None:
        self._scroll = scroll = scrolled(content, self.tr("Facts of the filing"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.banner)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.reason)
        layout.addWidget(self.file_button)

    def _connect(self) -> None:
        on_click(self.change, self.left.emit)
        on_click(self.file_button, self.ask_to_file)
        on_escape(self, self.left.emit)
        self.second.textChanged.connect(self._check_second)
        self.second.returnPressed.connect(self.ask_to_file)
        self.form.entered.connect(self.ask_to_file)
        self.form.changed.connect(self._refresh_reason)
        self.form.owner.currentIndexChanged.connect(self._owner_changed)
        self.came_from.changed.connect(self._refresh_reason)
        self.came_from.copy.declined.connect(self._decline)
        self.device.device_chosen.connect(self._device_chosen)
        self.device.asked.connect(self._show_below)
        self.brought.field.returnPressed.connect(self.ask_to_file)
        for keys, act in ((_ACCEPT, self.device.accept_offer), (_CHECK, self.device.go_to_check)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._order_tabs()

    def _order_tabs(self) -> None:
        device, brought, form = self.device, self.brought, self.form
        chain = (
            form.owner,
            device.combo,
            device.accept,
            device.name,
            device.note_button,
            device.panel.yes_button,
            device.panel.no_button,
            device.panel.not_sure_button,
            device.panel.later_button,
            brought.name,
            brought.role,
            *self.came_from.tab_chain,
            form.purposes[Purpose.CARE],
        )
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _start_handover(self) -> None:
        """Nothing said yet of who brings what. What lies in the tray was handed over before."""
        source = self._source
        is_tray = source is not None and source.id == TRAY
        self.brought.start()
        self.device.start("" if source is None or is_tray else source.name)
        self.form.show_row(self.device, shown=not is_tray)
        self.form.show_row(self.device.below, shown=not is_tray)
        self.form.show_row(self.brought, shown=not is_tray)
        if source is None or is_tray or self._patient is None:
            return
        self._background.run(
            partial(self._verbs.handover.offer, source.name),
            owner=self,
            done=partial(self._offered, source),
            failed=self.notice.problem,
            lane="vault",
        )

    def _offered(self, source: SourceInfo, offer: HandoverOffer) -> None:
        if source == self._source:
            self.brought.offer(offer.depositors)
            self.device.offer(offer)

    def _who_brings(self) -> str:
        brought = self.brought.depositor
        return brought.name if brought else " ".join(self.form.name.text().split())

    def _owner_changed(self, _row: int) -> None:
        owner = self.form.owner.currentData()
        self.device.show_owner(DeviceOwner(owner) if owner else None)
        self.came_from.show_owner(DeviceOwner(owner) if owner else None)

    def _decline(self, what: str) -> None:
        """Note that a copy was not given (R123): no more than that."""
        if self._patient is not None:
            self._background.run(
                partial(self._verbs.handover.decline, self._patient.id, what),
                owner=self,
                done=lambda _noted: self.notice.say(self.tr("Noted: no copy was given.")),
                failed=self.notice.problem,
                lane="vault",
            )

    def _device_chosen(self, known: KnownDevice) -> None:
        """Say at once what is remembered of the device and of who brought it (R67, R76)."""
        self.form.take_device(known.photographer, known.device.owner)
        last = known.depositor
        if last is not None and last.name != self.form.name.text() and not self._is_brought:
            self.brought.put(last)

    def _show_below(self) -> None:
        """Bring the phone check, or what follows from it, into sight once it has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.device.below))

    @property
    def _is_brought(self) -> bool:
        """Whether somebody named who brought it."""
        return self.brought.depositor is not None

    def _handover(self) -> Handover:
        chosen = self.device.chosen
        return Handover(
            depositor=self.brought.depositor, device=chosen.device.id if chosen else None
        )

    def _put_depicted(self, patient: Patient) -> None:
        """Of the patient served just before, what was shown last; of no other, ever."""
        if self._depicted is not None and self._depicted[0] == patient.id:
            self.form.put_depicted(*self._depicted[1:])
        else:
            self._depicted = None

    def _recall(self) -> None:
        if self._source is not None:
            self._background.run(
                partial(self._verbs.remembered, self._source.name),
                owner=self,
                done=self.form.recall,
                failed=self.notice.problem,
                lane="vault",
            )

    def _refresh(self) -> None:
        self.form.show_items(self._items)
        count = len(self._items)
        text = self.tr("File {}").format(counted(count, "image")) if count else self.tr("File")
        self.file_button.setText(text)
        self.file_button.setEnabled(count > 0)
        self._refresh_reason()

    def _refresh_reason(self) -> None:
        self.reason.setText(self._reason())

    def _reason(self) -> str:
        if not self._items:
            return self.tr("Tick the images first.")
        missing = [*self.form.missing, *self.came_from.missing]
        if missing:
            said = ", ".join(missing)
            return self.tr("Not said yet: {}. Kept as incomplete until it is.").format(said)
        return ""

    def _check_second(self, text: str) -> None:
        if self._patient is None:
            return
        today = date.today()  # noqa: DTZ011  a birthday is by the wall calendar
        agrees, sentence = verdict(text, self._patient, today=today)
        tone = {True: "good", False: "problem", None: ""}[agrees]
        self.second_hint.setProperty("tone", tone)
        self.second_hint.setText(sentence)
        restyle(self.second_hint)
