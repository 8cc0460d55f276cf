"""The side of the page that prints a sheet: whose it is, how it is laid out, where it goes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.printing.record_sheet_model import Paper
from desktop.records.facts.sheet import SheetKind
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.latin_name import LatinName
from desktop.ui.parts.life_size_box import LifeSizeBox
from desktop.ui.parts.per_page import PerPage
from desktop.ui.parts.pieces import Notice, button, scrolled, words
from desktop.ui.parts.print_panel import PrintPanel
from desktop.ui.parts.print_verbs import PrintVerbs
from desktop.ui.parts.sheet_verbs import SheetChoice

_WIDTH = 340


class SheetSide(QFrame):
    """The fields scroll where the window is low; what has to be answered before the sheet goes out
    stands over the buttons and never scrolls away."""

    def __init__(self, *, background: Background, verbs: PrintVerbs) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(_WIDTH)
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self._title = words("", kind="title", wrap=True)
        self.banner = PatientBanner()
        self.summary = words("", kind="quiet", wrap=True)
        self.panel = PrintPanel(background=background, verbs=verbs)
        self.notice, self.latin = Notice(), LatinName()
        self.print_button = button(self.tr("Print"), icon="printer", kind="primary")
        self.save_button = button(self.tr("Save as PDF…"), icon="download")
        self.dialog_button = button(self.tr("System dialog…"), kind="link")
        self.dialog_button.setToolTip(self.tr("Print by the dialog of this computer's system"))
        self._form = self._build_form()
        self._lay_out()

    @property
    def asks_why(self) -> bool:
        """Whether the reason for one more copy is asked for."""
        return self._form.isRowVisible(self.why)

    def ask_why(self, *, needed: bool) -> None:
        """A copy more than the first wants a reason, which the register keeps."""
        self._form.setRowVisible(self.why, needed)

    def show_for(self, choice: SheetChoice) -> None:
        """Whose it is and what, and the fields of its kind."""
        is_record = choice.kind is SheetKind.RECORD
        self.banner.show_patient(choice.patient)
        self._title.setText(choice.kind.words.capitalize())
        self._form.setRowVisible(self.per_page, is_record)
        self._form.setRowVisible(self.size_box, is_record)

    def _build_form(self) -> QFormLayout:
        self.per_page, self.size_box, self.paper = PerPage(), LifeSizeBox(), QComboBox()
        for paper in Paper:
            self.paper.addItem(paper.value, paper)
        self.why = QLineEdit()
        self.why.setMaxLength(400)
        self.why.setPlaceholderText(self.tr("for example: the first one was lost"))
        form = QFormLayout()
        form.setSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("Size"), self.size_box)
        form.addRow(self.tr("Images a page"), self.per_page)
        form.addRow(self.tr("Paper"), self.paper)
        form.addRow(self.panel)
        form.addRow(self.tr("Why one more copy"), self.why)
        return form

    def _lay_out(self) -> None:
        content = QWidget()
        upper = QVBoxLayout(content)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(14)
        for widget in (self._title, self.banner, self.summary):
            upper.addWidget(widget)
        upper.addLayout(self._form)
        upper.addStretch(1)
        others = QHBoxLayout()
        others.setSpacing(12)
        others.addWidget(self.save_button, 1)
        others.addWidget(self.dialog_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(scrolled(content, self.tr("Layout of the sheet")), 1)
        for asked in (self.notice, self.latin, self.panel.question, self.print_button):
            column.addWidget(asked)
        column.addLayout(others)
