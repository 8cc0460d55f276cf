"""The facts of a filing: who, when, with whose device, what for, and consent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop.devices.source import MediaItem
from desktop.intake.filing_report import DeskFacts
from desktop.records.facts.capture import CaptureTime, DeviceOwner
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.depiction import Depiction
from desktop.records.facts.people import Photographer, Role
from desktop.records.rules.typed_moment import entered, typed_moment
from desktop.ui.desk.depicts_box import DepictsBox
from desktop.ui.parts.pieces import button, words
from desktop.ui.parts.words import counted, moment, sentence_case, span


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005  a typed time is by the wall clock, like the camera's


class FactsForm(QWidget):
    """`changed` tells that anything was edited; `entered` that Enter was pressed in a field.

    `entry_needed` is whether the device gave no usable time, so that the desk is asked for one.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._now = now
        self._known: dict[str, Photographer] = {}
        self._is_touched = False
        self._build()
        self._connect()
        self.start(None)

    def start(self, remembered: DeskFacts | None) -> None:
        """Fresh for the next patient: photographer, owner and purpose as last time with this
        source; never the consent, the site or a time, which belong to one patient alone."""
        self.depicts.clear()
        self._fill(remembered)
        self._is_touched = False

    def recall(self, remembered: DeskFacts | None) -> None:
        """As `start`, unless somebody has begun to type: what is typed is never lost."""
        if not self._is_touched:
            self._fill(remembered)
            self._is_touched = False

    def put_depicted(self, site: str, depicts: Depiction) -> None:
        """Show what was said of this patient just before; it does not count as typed."""
        self.depicts.put(site, depicts)
        self._is_touched = False

    def _fill(self, remembered: DeskFacts | None) -> None:
        photographer = remembered.photographer if remembered else None
        self.name.setText(photographer.name if photographer else "")
        self.name.setCursorPosition(0)
        self.role.setCurrentIndex(self.role.findData(photographer.role) if photographer else -1)
        owner = remembered.owner if remembered else None
        self.owner.setCurrentIndex(self.owner.findData(owner) if owner else -1)
        purposes = remembered.purposes if remembered else frozenset({Purpose.CARE})
        for purpose, box in self.purposes.items():
            box.setChecked(purpose in purposes)
        self.more.setChecked(bool(purposes - {Purpose.CARE}))
        self.consent.setCurrentIndex(self.consent.findData(ConsentForm.NONE_YET))
        for field in (self.reference, self.when):
            field.clear()

    def take_in(self, rows: Sequence[tuple[str, QWidget]]) -> None:
        """Have these rows under whose device it is; without a label, one takes the whole width."""
        for place, (label, widget) in enumerate(rows, start=self._below_owner):
            if label:
                self._rows.insertRow(place, label, widget)
            else:
                self._rows.insertRow(place, widget)

    def show_row(self, widget: QWidget, *, shown: bool) -> None:
        """Show or hide a row that was taken in, with its label."""
        self._rows.setRowVisible(widget, shown)

    def take_device(self, photographer: Photographer | None, owner: DeviceOwner) -> None:
        """Say what is remembered of a device that a person picked; a name that was typed stays."""
        if photographer is not None and (not self._is_touched or not self.name.text().strip()):
            self.name.setText(photographer.name)
            self.name.setCursorPosition(0)
            self.role.setCurrentIndex(self.role.findData(photographer.role))
        self.owner.setCurrentIndex(self.owner.findData(owner))

    def offer_photographers(self, known: Sequence[Photographer]) -> None:
        """Names to complete while somebody types, with their roles."""
        self._known = {person.name.casefold(): person for person in known}
        self._names.setStringList([person.name for person in known])
        if self.role.currentData() is None:
            self._fill_role(self.name.text())

    def show_items(self, items: Sequence[MediaItem]) -> None:
        """Sum up the times of what is ticked."""
        times = [item.modified_local for item in items if item.modified_local is not None]
        self.entry_needed = bool(items) and self._is_doubtful(items)
        if not items:
            said = self.tr("Tick images to see their times.")
        elif not times:
            said = self.tr("{}; the device gives no time. Enter it below if the file has none.")
            said = said.format(counted(len(items), "image"))
        elif max(times) > self._now():
            said = self.tr("{} is in the future. Is the camera's clock right? Enter the time.")
            said = said.format(moment(max(times)))
        else:
            said = self.tr("{}, {} by the device. Each file's own time is recorded.")
            said = said.format(counted(len(items), "image"), span(times))
        self.summary.setText(said)
        self._show_entry()

    def facts(self) -> DeskFacts:
        """What the desk says. Raises DateNotUnderstood for a time that cannot be read."""
        return DeskFacts(
            photographer=self._photographer(),
            owner=DeviceOwner(self.owner.currentData()) if self.owner.currentData() else None,
            purposes=frozenset(p for p, box in self.purposes.items() if box.isChecked()),
            consent=Consent(
                form=ConsentForm(self.consent.currentData()),
                reference=self.reference.text().strip(),
            ),
            site=self.site.text().strip(),
            depicts=self.depicts.depiction,
            taken=self._taken(),
        )

    @property
    def typed(self) -> dict[str, str]:
        """Everything that the form holds, by field, for a draft."""
        held = {name: field.text() for name, field in self._texts.items()}
        held |= {name: str(combo.currentData() or "") for name, combo in self._combos.items()}
        purposes = ",".join(purpose for purpose, box in self.purposes.items() if box.isChecked())
        return {**held, "purposes": purposes, "when": self.when.text()}

    def put_back(self, held: Mapping[str, str]) -> None:
        """Hold again what `typed` gave. It counts as typed: nothing remembered goes over it."""
        for name, field in self._texts.items():
            field.setText(held.get(name, ""))
        for name, combo in self._combos.items():
            nothing = "" if name in self.depicts.combos else None
            combo.setCurrentIndex(combo.findData(held.get(name) or nothing))
        purposes = held.get("purposes", "").split(",")
        for purpose, box in self.purposes.items():
            box.setChecked(purpose in purposes)
        self.more.setChecked(bool(set(purposes) - {Purpose.CARE, ""}))
        self.correct.setChecked(bool(held.get("when")))
        self.when.setText(held.get("when", ""))
        self._touch()

    @property
    def missing(self) -> list[str]:
        """What the desk has not said yet; images filed so are kept as incomplete."""
        name = bool(self.name.text().strip())
        who = self.tr("the photographer's role") if name else self.tr("who took it")
        said = {
            who: self._photographer() is not None,
            self.tr("whose device it is"): self.owner.currentData() is not None,
            self.tr("what it is for"): any(box.isChecked() for box in self.purposes.values()),
            self.tr("consent"): self.consent.currentData() != ConsentForm.NONE_YET,
        }
        return [what for what, is_said in said.items() if not is_said]

    def _build(self) -> None:
        self.entry_needed = False
        self._build_who()
        self._build_when()
        self.owner = _combo({o: sentence_case(o.words) for o in DeviceOwner}, self.tr("Choose"))
        self.consent = _combo({c: sentence_case(c.words) for c in ConsentForm}, "")
        self.reference = QLineEdit()
        self.reference.setAccessibleName(self.tr("Consent reference"))
        self.reference.setPlaceholderText(self.tr("Form"))
        self.depicts = DepictsBox()
        self.site = self.depicts.site
        self._texts = {"name": self.name, "reference": self.reference, "site": self.site}
        self._combos = {"role": self.role, "owner": self.owner, "consent": self.consent}
        self._combos |= self.depicts.combos
        who, consent = QWidget(), QWidget()
        _side_by_side(who, self.name, self.role)
        _side_by_side(consent, self.consent, self.reference, first=5)
        self._rows = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Taken by"), who)
        form.addRow(self.tr("When"), self._when_box)
        form.addRow(self.tr("Device"), self.owner)
        self._below_owner = form.rowCount()
        form.addRow(self.tr("Purpose"), self._build_purposes())
        form.addRow(self.tr("Consent"), consent)
        form.addRow(self.tr("Body site"), self.depicts)

    def _build_who(self) -> None:
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Taken by: name"))
        self.name.setPlaceholderText(self.tr("Name"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setAccessibleName(self.tr("Names that fit"))
        completer.setPopup(popup)
        self.name.setCompleter(completer)
        self.role = _combo({role: sentence_case(role.words) for role in Role}, self.tr("Role"))
        self.role.setAccessibleName(self.tr("Taken by: role"))

    def _build_when(self) -> None:
        self.summary = words("", kind="quiet", wrap=True)
        self.when = QLineEdit()
        self.when.setAccessibleName(self.tr("Time taken, if the files do not say"))
        self.when.setPlaceholderText(self.tr("day month year hour:minute"))
        self.correct = button(self.tr("Enter another time"), kind="link")
        self.correct.setCheckable(True)
        self._when_box = QWidget()
        column = QVBoxLayout(self._when_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.summary)
        column.addWidget(self.when)
        column.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_purposes(self) -> QWidget:
        box = QWidget()
        self.purposes = {p: QCheckBox(sentence_case(p.words)) for p in Purpose}
        self.more = button(self.tr("More…"), kind="link")
        self.more.setAccessibleName(self.tr("Other purposes"))
        self.more.setCheckable(True)
        others = QWidget()
        rows = QVBoxLayout(others)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        for purpose, check in self.purposes.items():
            if purpose is not Purpose.CARE:
                rows.addWidget(check)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(self.purposes[Purpose.CARE])
        first.addStretch(1)
        first.addWidget(self.more)
        column.addLayout(first)
        column.addWidget(others)
        others.hide()
        self.more.toggled.connect(others.setVisible)
        return box

    def _connect(self) -> None:
        for field in (self.name, self.when, self.reference):
            field.textChanged.connect(self.changed)
            field.returnPressed.connect(self.entered)
        self.depicts.changed.connect(self.changed)
        self.depicts.entered.connect(self.entered)
        for combo in (self.role, self.owner, self.consent):
            combo.currentIndexChanged.connect(self.changed)
        for box in self.purposes.values():
            box.toggled.connect(self.changed)
        self.changed.connect(self._touch)
        self.name.textChanged.connect(self._fill_role)
        self.correct.toggled.connect(self._show_entry)

    def _touch(self) -> None:
        self._is_touched = True

    def _fill_role(self, name: str) -> None:
        known = self._known.get(name.strip().casefold())
        if known is not None:
            self.role.setCurrentIndex(self.role.findData(known.role))

    def _show_entry(self) -> None:
        wanted = self.entry_needed or self.correct.isChecked()
        self.when.setVisible(wanted)
        self.correct.setVisible(not self.entry_needed)
        if not wanted:
            self.when.clear()

    def _is_doubtful(self, items: Sequence[MediaItem]) -> bool:
        now = self._now()
        return any(item.modified_local is None or item.modified_local > now for item in items)

    def _photographer(self) -> Photographer | None:
        name = " ".join(self.name.text().split())
        if not name or self.role.currentData() is None:
            return None
        return Photographer(name=name, role=Role(self.role.currentData()))

    def _taken(self) -> CaptureTime | None:
        text = self.when.text().strip()
        return entered(typed_moment(text, now=self._now())) if text else None


def _combo(
    choices: dict[Role, str] | dict[DeviceOwner, str] | dict[ConsentForm, str], placeholder: str
) -> QComboBox:
    combo = QComboBox()
    for value, text in choices.items():
        combo.addItem(text, value)
    combo.setPlaceholderText(placeholder)
    combo.setCurrentIndex(-1)
    combo.setMinimumContentsLength(6)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _side_by_side(box: QWidget, *widgets: QWidget, first: int = 2) -> None:
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for place, widget in enumerate(widgets):
        widget.setMinimumWidth(72)
        line.addWidget(widget, 2 if place else first)
