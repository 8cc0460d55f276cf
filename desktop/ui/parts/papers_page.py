"""Papers: every form, card and list by its title, with the few words that stand on it already."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.asking import AskPath, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.paper_page import PaperPage
from desktop.ui.parts.paper_verbs import PaperOffer, PaperVerbs, PaperWanted
from desktop.ui.parts.pieces import button, on_click, on_escape, scrolled, words
from desktop.ui.parts.sheet_verbs import SheetChoice
from desktop.ui.parts.words import counted

_LIST, _FORM = 300, 420
_LABELS = "labels"
_LANGUAGE = "papers/language"
_GIVEN = {SheetKind.LETTER, SheetKind.RECALL}


class PapersPage(QStackedWidget):
    """Of one patient, or blank. `sheet_wanted` carries the SheetChoice of a paper that goes into
    the chart; what does not is shown here. `left` says that the person goes back. `settings`, where
    there are some, remember the language that papers were last wanted in."""

    sheet_wanted = Signal(object)
    left = Signal()

    def __init__(
        self,
        *,
        background: Background,
        verbs: PaperVerbs,
        settings: QSettings | None = None,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._verbs = verbs
        self._settings = settings
        self._patient: Patient | None = None
        self._images: tuple[ImageId, ...] = ()
        self._offers: tuple[PaperOffer, ...] = ()
        self.paper = PaperPage(
            background=background,
            printing=verbs.printing,
            preview=verbs.preview_page,
            ask=ask,
        )
        self._build()
        self._connect()
        self.load()

    def load(self) -> None:
        """Offer blank papers."""
        self._show(None, ())

    def open_for(self, patient: Patient, images: Sequence[ImageId]) -> None:
        """Offer this patient's papers, with these images where a paper takes some; without any it
        takes those that fit."""
        self._show(patient, images)
        self.list.setFocus()

    def clear(self) -> None:
        """Forget whose papers they were."""
        self.load()

    @property
    def chosen(self) -> PaperOffer | None:
        """The paper that the keyboard is on."""
        row = self.list.currentRow()
        return self._offers[row] if 0 <= row < len(self._offers) else None

    def field(self, name: str) -> QLineEdit:
        """The field of one thing that can be written into a paper."""
        return self._fields[name]

    def _build(self) -> None:
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner = PatientBanner()
        self.banner.fold(is_folded=True)
        self.list = QListWidget()
        self.list.setObjectName("parts")
        self.list.setAccessibleName(self.tr("Papers"))
        self.list.setFixedWidth(_LIST)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.list)
        row.addWidget(self._build_chosen(), 1)
        row.addStretch(0)
        self._room = QWidget()
        column = QVBoxLayout(self._room)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(words(self.tr("Papers"), kind="title"))
        column.addWidget(self.banner)
        column.addLayout(row, 1)
        for page in (self._room, self.paper):
            self.addWidget(page)

    def _build_chosen(self) -> QWidget:
        self._title = words("", kind="heading", wrap=True)
        self._about = words("", kind="quiet", wrap=True)
        self.go_button = button(self.tr("Show it"), icon="file-text", kind="primary")
        content = QWidget()
        content.setLayout(self._build_form())
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._title)
        right.addWidget(self._about)
        right.addWidget(scrolled(content, self.tr("What stands on it already")), 1)
        right.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignLeft)
        chosen = QWidget()
        chosen.setMaximumWidth(_FORM)
        chosen.setLayout(right)
        return chosen

    def _build_form(self) -> QFormLayout:
        self._form = form = QFormLayout()
        form.setContentsMargins(0, 0, 12, 0)
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._fields: dict[str, QLineEdit] = {}
        for name, label in (
            ("site", self.tr("Body part and side")),
            ("purpose", self.tr("What it is for")),
            ("photographer", self.tr("Photographer")),
            ("sent_to", self.tr("Sent to")),
            ("asked_on", self.tr("Asked on")),
            ("withheld", self.tr("What is withheld, and on what ground")),
            ("why", self.tr("Why, in their words; or what is asked")),
            ("volume", self.tr("Volume; empty for all")),
        ):
            self._fields[name] = QLineEdit()
            self._fields[name].setMaxLength(400)
            form.addRow(label, self._fields[name])
        self._fields["asked_on"].setPlaceholderText(self.tr("for example 12 Nov 2026"))
        self.stock, self.start, self.how_many = QComboBox(), QSpinBox(), QSpinBox()
        for stock, labels in self._verbs.stocks:
            said = self.tr("{}, {} on a sheet").format(stock, counted(labels, "label"))
            self.stock.addItem(said, stock)
        self.start.setSpecialValueText(self.tr("after the last one that was used"))
        self.how_many.setSpecialValueText(self.tr("to the end of the sheet"))
        self.language = QComboBox()
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Label sheet"), self.stock)
        form.addRow(self.tr("First free label"), self.start)
        form.addRow(self.tr("How many"), self.how_many)
        return form

    def _connect(self) -> None:
        on_click(self.back, self._leave)
        on_escape(self._room, self._leave)
        on_click(self.go_button, self._go)
        self.list.itemActivated.connect(lambda _item: self._go())
        self.list.currentRowChanged.connect(lambda _row: self._offer())
        self.language.activated.connect(lambda _row: self._remember_language())
        self.stock.currentIndexChanged.connect(lambda _row: self._fit_labels())
        self.paper.left.connect(self._come_back)
        for field in self._fields.values():
            field.returnPressed.connect(self._go)

    def _show(self, patient: Patient | None, images: Sequence[ImageId]) -> None:
        self._patient, self._images = patient, tuple(images)
        self.setCurrentWidget(self._room)
        for part in (self.back, self.banner):
            part.setVisible(patient is not None)
        if patient is None:
            self.banner.clear()
        else:
            self.banner.show_patient(patient)
        self._offers = tuple(
            one for one in self._verbs.offers if (one.of_patient if patient else one.blank)
        )
        for field in self._fields.values():
            field.clear()
        self.list.clear()
        self.list.addItems([one.title for one in self._offers])
        self.list.setCurrentRow(0)
        self._fit_labels()

    def _offer(self) -> None:
        offer = self.chosen
        self.go_button.setEnabled(offer is not None)
        if offer is None:
            return
        self._title.setText(offer.title)
        self._about.setText(self._about_words(offer))
        for name, field in self._fields.items():
            self._form.setRowVisible(field, name in offer.fields)
        for part in (self.stock, self.start, self.how_many):
            self._form.setRowVisible(part, offer.name == _LABELS)
        self._say_whom(offer)
        self._offer_languages(offer)

    def _say_whom(self, offer: PaperOffer) -> None:
        """Who is meant by “sent to”, and what is taken from the record where it stays empty."""
        sent_to, purpose = self._fields["sent_to"], self._fields["purpose"]
        label = self._form.labelForField(sent_to)
        if isinstance(label, QLabel):
            is_answer = offer.kind is SheetKind.ACCESS
            label.setText(self.tr("Who asked") if is_answer else self.tr("Sent to"))
        known = offer.kind in _GIVEN and self._patient is not None
        sent_to.setPlaceholderText(self.tr("empty: whoever got images last") if known else "")
        is_letter = known and offer.kind is SheetKind.LETTER
        purpose.setPlaceholderText(self.tr("empty: as it is on record") if is_letter else "")

    def _offer_languages(self, offer: PaperOffer) -> None:
        self._form.setRowVisible(self.language, len(offer.languages) > 1)
        self.language.clear()
        for tag, name in offer.languages:
            self.language.addItem(name, tag)
        last = self._settings.value(_LANGUAGE, "") if self._settings else ""
        self.language.setCurrentIndex(max(self.language.findData(last), 0))

    def _remember_language(self) -> None:
        if self._settings is not None:
            self._settings.setValue(_LANGUAGE, self.language.currentData())

    def _about_words(self, offer: PaperOffer) -> str:
        if self._patient is None:
            if not offer.of_patient:
                return self.tr("For the wall or the pocket: it names nobody.")
            return self.tr("Blank, to be filled in with a pen.")
        said = []
        if offer.takes_images and self._images:
            said.append(
                self.tr("With {} that you ticked.").format(counted(len(self._images), "image"))
            )
        elif offer.kind in _GIVEN:
            said.append(self.tr("With the images that they were given; tick some to choose."))
        elif offer.takes_images:
            said.append(self.tr("With the images of the chart that fit; tick some to choose."))
        if offer.kind is not None and offer.kind.is_for_people:
            said.append(self.tr("The register follows it until it is handed over or in the chart."))
        elif offer.kind is not None:
            said.append(self.tr("It goes into the chart, and the register follows it there."))
        else:
            said.append(self.tr("It does not go into the chart; the trail says that it was made."))
        return " ".join(said)

    def _fit_labels(self) -> None:
        labels = dict(self._verbs.stocks).get(self.stock.currentData(), 1)
        self.start.setRange(0, labels)
        self.how_many.setRange(0, labels)

    def _go(self) -> None:
        offer, patient = self.chosen, self._patient
        if offer is None:
            return
        told = {name: self._fields[name].text().strip() for name in offer.fields}
        written = tuple((name, text) for name, text in told.items() if text)
        images = self._images if offer.takes_images else ()
        if offer.kind is not None and patient is not None:
            choice = SheetChoice(patient=patient, images=images, kind=offer.kind, written=written)
            self.sheet_wanted.emit(choice)
            return
        self.setCurrentWidget(self.paper)
        wanted = PaperWanted(
            offer=offer,
            patient=patient,
            images=images,
            written=written,
            stock=self.stock.currentData() or "",
            start=self.start.value(),
            count=self.how_many.value(),
            language=self.language.currentData() or "",
        )
        self.paper.open_for(self._verbs.order(wanted))

    def _come_back(self) -> None:
        self.setCurrentWidget(self._room)
        self.list.setFocus()

    def _leave(self) -> None:
        if self._patient is not None:
            self.clear()
            self.left.emit()
