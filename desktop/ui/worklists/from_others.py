"""From others: images that wait for who sent them, or for what was explained (R119, R122)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.problem import Problem
from desktop.records.facts.came_from import CopyGiven, Received
from desktop.records.facts.clinical_image import ClinicalImage, Essential, ImageState
from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.parts.copy_form import CopyForm
from desktop.ui.parts.paper_page import PaperOrder, PaperPage
from desktop.ui.parts.pieces import (
    EmptyState,
    Notice,
    button,
    on_click,
    on_escape,
    scrolled,
    words,
)
from desktop.ui.parts.received_form import ReceivedForm
from desktop.ui.parts.rows_model import RowsModel
from desktop.ui.parts.words import counted
from desktop.ui.worklists.from_others_verbs import FromOthersVerbs, OtherPaper, Waiting
from desktop.ui.worklists.rows_worklist import RowsWorklist

_SHARES = (34, 22, 44)
_FORM_WIDTH = 480


class FromOthersModel(RowsModel[Waiting]):
    """One image a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                (self.tr("Patient"), lambda row: row.banner),
                (self.tr("File"), lambda row: row.image.arrival.file_name),
                (
                    self.tr("Still missing"),
                    lambda row: "; ".join(one.words for one in row.image.missing),
                ),
            ),
            parent,
        )


class FromOthers(RowsWorklist[Waiting]):
    """An image a row. A copy that somebody declined to give is never here (R123): nothing waits for
    it."""

    def __init__(self, *, background: Background, verbs: FromOthersVerbs, ask: AskPath) -> None:
        super().__init__(
            key="from-others",
            count=lambda: len(verbs.waiting()),
            background=background,
            fetch=verbs.waiting,
        )
        self.name = self.tr("From others")
        self._verbs = verbs
        self._noting: Waiting | None = None
        self.received, self.copy = ReceivedForm(), CopyForm()
        self.copy.allow_declining(on=False)
        self.paper = PaperPage(
            background=background,
            printing=verbs.printing,
            preview=verbs.preview_page,
            ask=ask,
        )
        self._build()
        self._connect()
        self._enable()

    def help_words(self) -> list[tuple[str, str]]:
        """What the list is for and how it goes by keyboard: headings and sentences."""
        return [
            (
                self.name,
                self.tr(
                    "Images that somebody else took and sent, and copies of the patient's own, "
                    "which are not complete yet. Enter says who sent one, or who gave the copy. "
                    "The papers print for the chosen image, or blank."
                ),
            )
        ]

    def _build(self) -> None:
        self._make_table(
            FromOthersModel(self),
            shares=_SHARES,
            name=self.tr("Images that came from others"),
            empty=EmptyState(
                icon="images",
                heading=self.tr("Nothing waits"),
                sentence=self.tr("Of every image that others sent or gave, all is noted."),
            ),
        )
        room = QWidget()
        self._lay_out(room).addLayout(self._build_actions())
        self._form_room = self._build_form()
        self._stack_pages(room, self._form_room, paper=self.paper)

    def _build_actions(self) -> QHBoxLayout:
        self.note_button = button(self.tr("Note…"), icon="check", kind="primary")
        self.blank = QCheckBox(self.tr("Blank, for a pen"))
        self.query_button = button(self.tr("Query…"), icon="printer")
        self.query_button.setAccessibleName(self.tr("Query to the sender, to print"))
        self.notice_button = button(self.tr("Notice…"), icon="printer")
        self.notice_button.setAccessibleName(self.tr("Notice to the patient, to print"))
        self.copy_button = button(self.tr("Form…"), icon="printer")
        self.copy_button.setAccessibleName(self.tr("Form for a copy of their own, to print"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.note_button)
        row.addStretch(1)
        for made in (self.blank, self.query_button, self.notice_button, self.copy_button):
            row.addWidget(made)
        return row

    def _build_form(self) -> QWidget:
        self.form_heading = words("", kind="heading", wrap=True)
        self.form_notice = Notice()
        self.save_button = button(self.tr("Save"), icon="check", kind="primary")
        self.back = button(self.tr("Not now"))
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(2, 2, 10, 2)
        inner.addWidget(self.received)
        inner.addWidget(self.copy)
        inner.addStretch(1)
        box = QWidget()
        box.setFixedWidth(_FORM_WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form_heading)
        column.addWidget(scrolled(content, self.tr("Where it came from")), 1)
        column.addWidget(self.form_notice)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back, 1)
        buttons.addWidget(self.save_button, 1)
        column.addLayout(buttons)
        room = QWidget()
        beside = QHBoxLayout(room)
        beside.setContentsMargins(24, 16, 24, 16)
        beside.addWidget(box)
        beside.addStretch(1)
        on_escape(room, self._come_back)
        return room

    def _connect(self) -> None:
        self.table.opened.connect(lambda _index: self._note())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self.blank.toggled.connect(lambda _on: self._enable())
        on_click(self.note_button, self._note)
        on_click(self.save_button, self._save)
        on_click(self.back, self._come_back)
        for made, which in self._papers:
            on_click(made, partial(self._show_paper, which))
        self.paper.left.connect(self._come_back)

    @property
    def _papers(self) -> tuple[tuple[QPushButton, OtherPaper], ...]:
        return (
            (self.query_button, OtherPaper.QUERY),
            (self.notice_button, OtherPaper.NOTICE),
            (self.copy_button, OtherPaper.COPY_FORM),
        )

    def _identity(self, row: Waiting) -> object:
        return row.image.id

    def _summary(self, rows: Sequence[Waiting]) -> str:
        said = self.tr("{} not complete yet: say who sent them, or who gave the copy.")
        return said.format(counted(len(rows), "image"))

    def _enable(self) -> None:
        row = self.chosen
        self.note_button.setEnabled(row is not None)
        is_copy = row is not None and _is_copy(row.image)
        is_sent = row is not None and isinstance(row.image.came_from, Received)
        blank = self.blank.isChecked()
        self.copy_button.setEnabled(blank or is_copy)
        self.query_button.setEnabled(blank or is_sent)
        self.notice_button.setEnabled(blank or is_sent)

    def _note(self) -> None:
        if (row := self.chosen) is None:
            return
        self._noting = row
        is_copy = _is_copy(row.image)
        said = row.image.came_from
        self.copy.setVisible(is_copy)
        self.received.setVisible(not is_copy)
        self.copy.show_said(said if isinstance(said, CopyGiven) else CopyGiven())
        self.received.show_said(said if isinstance(said, Received) else Received())
        name = row.image.arrival.file_name
        self.form_heading.setText(
            self.tr("Who gave the copy {}").format(name)
            if is_copy
            else self.tr("Who sent {}").format(name)
        )
        self.form_notice.clear()
        self._stack.setCurrentWidget(self._form_room)
        (self.copy.name if is_copy else self.received.name).setFocus()

    def _save(self) -> None:
        if (row := self._noting) is None:
            return
        try:
            said = self.copy.said if _is_copy(row.image) else self.received.said
        except Problem as problem:
            self.form_notice.problem(problem)
            self.received.day.setFocus()
            return
        self._background.run(
            partial(self._verbs.note, row.image.id, said),
            owner=self,
            done=self._saved,
            failed=self.form_notice.problem,
            lane="vault",
        )

    def _saved(self, image: ClinicalImage) -> None:
        self.changed.emit()
        if image.state is not ImageState.FILED and self._lacks(image):
            said = self.tr("Saved. Still missing: {}.")
            missing = "; ".join(one.words for one in image.missing)
            self.form_notice.say(said.format(missing))
            return
        self._come_back()

    @staticmethod
    def _lacks(image: ClinicalImage) -> bool:
        ours = {Essential.SENDER, Essential.NOTICE, Essential.CHECKLIST, Essential.COPY_GIVEN}
        return bool(ours.intersection(image.missing))

    def _show_paper(self, which: OtherPaper) -> None:
        row = None if self.blank.isChecked() else self.chosen
        image = row.image.id if row is not None else None
        titles = {
            OtherPaper.QUERY: self.tr("Query to sender"),
            OtherPaper.NOTICE: self.tr("Notice to the patient"),
            OtherPaper.COPY_FORM: self.tr("Copy of the patient's own image"),
        }
        self._stack.setCurrentWidget(self.paper)
        self.paper.open_for(
            PaperOrder(
                title=titles[which],
                sentence=self.tr("It names the patient: hand it over, do not leave it lying.")
                if image is not None
                else self.tr("Blank: it names nobody, and is filled in by hand."),
                file_name=f"{which.value}.pdf",
                after="",
                make=partial(self._verbs.make, which, image),
                save=partial(self._verbs.save, which, image),
                print=partial(self._verbs.print, which, image),
            )
        )

    def _come_back(self) -> None:
        self._noting = None
        self._show_room()


def _is_copy(image: ClinicalImage) -> bool:
    return Essential.COPY_GIVEN in image.missing or isinstance(image.came_from, CopyGiven)
