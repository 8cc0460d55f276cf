"""Which printer, and how it prints: filled from what the printer says of itself."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.printing.ipp_connection import shown_name
from desktop.printing.print_options import MOST_COPIES, PrintOptions, Sides
from desktop.printing.printer_abilities import Abilities
from desktop.printing.printer_problems import PrinterCertificateUnknown
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, on_click, restyle, words
from desktop.ui.parts.print_verbs import PrintVerbs
from desktop.ui.parts.printer_address import PrinterAddress
from desktop.ui.parts.waiting_prints import WaitingPrints

_ANOTHER = "+"  # no queue is called so, and no address begins with it


class PrintPanel(QWidget):
    """Asks the chosen printer what it can do. `changed` tells that other options hold now, or that
    it is known whether there is a printer. What is wrong with it, and the ways on from there, are
    the `question`: the page lays it beside its buttons, where it is seen without scrolling.
    """

    changed = Signal()

    def __init__(
        self, *, background: Background, verbs: PrintVerbs, is_one_page: bool = False
    ) -> None:
        """`is_one_page` for what there is to be once: neither sides nor copies are asked."""
        super().__init__()
        self._is_one_page = is_one_page
        self._background = background
        self._verbs = verbs
        self._paper = Paper.A4
        self._can: Abilities | None = None
        self._asked = 0
        self._anyway = False
        self._unknown = ""
        self._last: PrintOptions | None = None
        self._build()
        self._connect()

    @property
    def options(self) -> PrintOptions | None:
        """What is chosen; None where there is no printer to choose."""
        name = self.printer.currentData()
        if not name or name == _ANOTHER:
            return None
        return PrintOptions(
            printer=str(name),
            tray=str(self.tray.currentData() or ""),
            copies=self.copies.value(),
            sides=Sides.TWO if self.both_sides.isChecked() else Sides.ONE,
            is_grey=self.grey.isChecked(),
            whatever_is_loaded=self._anyway,
        )

    @property
    def state(self) -> str:
        """What is said of the printer, as shown."""
        return self._state.text()

    def load(self) -> None:
        """Fetch the printers, what was printed with last, and what still waits at one."""
        self.waiting.forget()
        self.waiting.look()
        self._background.run(
            lambda: (self._verbs.printers(), self._verbs.recall()),
            owner=self,
            done=self._show_printers,
            failed=self.notice.problem,
        )

    def show_paper(self, paper: Paper) -> None:
        """The paper it is laid out for now."""
        self._paper = paper
        self._anyway = False
        self._compare()

    def keep(self) -> None:
        """Remember what is chosen, for the next paper; not how many copies there were."""
        if self.options is not None:
            self._last = replace(self.options, copies=1, whatever_is_loaded=False)
            self._background.run(
                partial(self._verbs.keep, self._last),
                owner=self,
                done=lambda _kept: None,
                failed=self.notice.problem,
            )
        self.copies.setValue(1)

    def _build(self) -> None:
        self.printer = QComboBox()
        self.printer.setAccessibleName(self.tr("Printer"))
        self.printer.setMinimumContentsLength(8)
        self.printer.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._state = words("", kind="quiet", wrap=True)
        self.tray = QComboBox()
        self.tray.setAccessibleName(self.tr("Tray"))
        self.tray.setMinimumContentsLength(6)
        self.tray.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.one_side, self.both_sides = self._pair(self.tr("One side"), self.tr("Both sides"))
        self.colour, self.grey = self._pair(self.tr("Colour"), self.tr("Grey"))
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setAccessibleName(self.tr("Copies"))
        self.notice = Notice()
        self.by_address = PrinterAddress(background=self._background, find=self._verbs.find)
        self.waiting = WaitingPrints(
            background=self._background, waiting=self._verbs.waiting, cancel=self._verbs.cancel
        )
        self.anyway_button = button(self.tr("Print on it all the same"), kind="link")
        self.same_button = button(self.tr("The fingerprint is the same"), kind="link")
        self.question = self._build_question()
        self._build_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
        self._form.setRowVisible(self.by_address, False)
        self._show_abilities(None)

    def _build_form(self) -> None:
        self._form = QFormLayout()
        self._form.setSpacing(12)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.addRow(self.waiting)
        self._form.addRow(self.tr("Printer"), self.printer)
        self._form.addRow(self.by_address)
        self._form.addRow(self._state)
        self._how = QFormLayout()
        self._how.setSpacing(8)
        self._how.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._how.addRow(self.tr("Tray"), self.tray)
        sides, copies = _beside(self.one_side, self.both_sides), _beside(self.copies)
        self._how.addRow(self.tr("Sides"), sides)
        self._how.addRow(self.tr("Colour"), _beside(self.colour, self.grey))
        self._how.addRow(self.tr("Copies"), copies)
        # only ever hidden here: what has no window yet would be shown as one, and take the keyboard
        for row in (sides, copies) if self._is_one_page else ():
            self._how.setRowVisible(row, False)
        self._form.addRow(self._how)

    def _build_question(self) -> QWidget:
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.notice, self.anyway_button, self.same_button):
            column.addWidget(widget)
        return question

    def _pair(self, first: str, second: str) -> tuple[QPushButton, QPushButton]:
        group = QButtonGroup(self)
        pair = button(first, kind="segment"), button(second, kind="segment")
        for one in pair:
            one.setCheckable(True)
            group.addButton(one)
        pair[0].setChecked(True)
        group.buttonClicked.connect(lambda _button: self.changed.emit())
        return pair

    def _connect(self) -> None:
        self.printer.activated.connect(lambda _row: self._chosen())
        self.tray.activated.connect(lambda _row: self._tray_chosen())
        self.copies.valueChanged.connect(lambda _copies: self.changed.emit())
        self.by_address.given.connect(self._remember)
        on_click(self.anyway_button, self._print_anyway)
        on_click(self.same_button, self._take_fingerprint)

    def _show_printers(self, found: tuple[Sequence[str], PrintOptions | None]) -> None:
        names, last = found
        chosen = str(self.printer.currentData() or "")
        wanted = chosen if chosen in names else last.printer if last else ""
        self._last = last
        self.printer.clear()
        for name in names:
            self.printer.addItem(shown_name(name), name)
        self.printer.addItem(self.tr("Another, by its address…"), _ANOTHER)
        self.printer.setCurrentIndex(max(self.printer.findData(wanted), 0))
        self._chosen()

    def _chosen(self) -> None:
        """Another printer: ask it. What was chosen for the last one says nothing of this."""
        is_another = self.printer.currentData() == _ANOTHER
        self._form.setRowVisible(self.by_address, is_another)
        self.notice.clear()
        self._unknown = ""
        self._anyway = False
        self._show_abilities(None)
        self._asked += 1
        if is_another:
            alone = self.printer.count() == 1
            none = self.tr("No printer is set up. Type the address of one, or look for it.")
            self._say(none if alone else "")
            if not alone:
                self.by_address.field.setFocus()
        else:
            self._say(self.tr("Asking the printer…"))
            self._background.run(
                partial(self._verbs.abilities, str(self.printer.currentData())),
                owner=self,
                done=partial(self._heard, self._asked),
                failed=partial(self._not_heard, self._asked),
            )
        self.changed.emit()

    def _heard(self, asked: int, can: Abilities) -> None:
        if asked != self._asked:
            return
        self._show_abilities(can)
        name = str(self.printer.currentData())
        if self._last is not None and self._last.printer == name:
            self.tray.setCurrentIndex(max(self.tray.findData(self._last.tray), 0))
            both = self._last.sides is Sides.TWO and not self._is_one_page
            self.both_sides.setChecked(can.two_sided and both)
            self.grey.setChecked(not can.colour or self._last.is_grey)
        self._compare()

    def _not_heard(self, asked: int, problem: Problem) -> None:
        if asked != self._asked:
            return
        self._say("")
        self.notice.problem(problem)
        if isinstance(problem, PrinterCertificateUnknown):
            self._unknown = f"{self.printer.currentData()}#sha256:{problem.fingerprint}"
            self.same_button.setVisible(True)

    def _show_abilities(self, can: Abilities | None) -> None:
        self._can = can
        self.tray.clear()
        self.tray.addItem(self.tr("The printer chooses"), "")
        for tray in can.trays if can else ():
            papers = ", ".join(sorted(can.loaded_for(tray))) if can else ""
            self.tray.addItem(f"{tray} ({papers})" if papers else tray, tray)
        self._how.setRowVisible(self.tray, bool(can and can.trays))
        self.anyway_button.setVisible(False)
        self.same_button.setVisible(False)
        self.both_sides.setEnabled(can is None or can.two_sided)
        self.colour.setEnabled(can is None or can.colour)
        self.one_side.setChecked(True)
        (self.colour if self.colour.isEnabled() else self.grey).setChecked(True)
        self.copies.setMaximum(min(can.most_copies, MOST_COPIES) if can else MOST_COPIES)

    def _tray_chosen(self) -> None:
        self._anyway = False
        self._compare()
        self.changed.emit()

    def _compare(self) -> None:
        """Say what is wrong with the printer, or with the paper in it."""
        can = self._can
        if can is None:
            return
        loaded = can.loaded_for(str(self.tray.currentData() or ""))
        fits = not loaded or self._paper in loaded or self._anyway
        self.anyway_button.setVisible(not fits)
        lies = ", ".join(sorted(loaded))
        if can.trouble:
            self._say(self.tr("The printer says: {}").format(can.trouble), tone="warning")
        elif fits:
            self._say(self._ready_words(can, lies))
        else:
            self._say("")
        if fits:
            self.notice.clear()
        else:
            self.notice.say(
                self.tr("The printer says that {} lies in it, not {}.").format(
                    lies, self._paper.value
                ),
                tone="problem",
            )

    def _say(self, sentence: str, *, tone: str = "") -> None:
        self._state.setProperty("tone", tone)
        restyle(self._state)
        self._state.setText(sentence)
        self._form.setRowVisible(self._state, bool(sentence))

    def _ready_words(self, can: Abilities, lies: str) -> str:
        said = [self.tr("Ready.")]
        if lies:
            said.append(self.tr("In it: {}.").format(lies))
        if not can.colour:
            said.append(self.tr("It prints grey only."))
        return " ".join(said)

    def _print_anyway(self) -> None:
        self._anyway = True
        self._compare()
        self.changed.emit()

    def _take_fingerprint(self) -> None:
        """A person compared it: from now on the printer is known by it."""
        self._remember(self._unknown)

    def _remember(self, address: str) -> None:
        self.notice.say(self.tr("Asking the printer…"))
        self._background.run(
            partial(self._verbs.add, address),
            owner=self,
            done=self._added,
            failed=partial(self._not_added, address),
        )

    def _added(self, name: str) -> None:
        self.by_address.clear()
        self.notice.clear()
        if self.printer.findData(name) < 0:
            self.printer.insertItem(self.printer.count() - 1, shown_name(name), name)
        self.printer.setCurrentIndex(self.printer.findData(name))
        self._chosen()
        self.printer.setFocus()

    def _not_added(self, address: str, problem: Problem) -> None:
        self.notice.problem(problem)
        if isinstance(problem, PrinterCertificateUnknown):
            self._unknown = f"{shown_name(address)}#sha256:{problem.fingerprint}"
            self.same_button.setVisible(True)


def _beside(*widgets: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    for one in widgets:
        row.addWidget(one)
    row.addStretch(1)
    return held
