"""A patient's chart: the banner, the images as a timeline, and the way to a sheet."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.came_from import CopyDeclined
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.patient import Patient, short_date
from desktop.records.rules.series import Series, series_of
from desktop.ui.parts.background import Background
from desktop.ui.parts.banner import HeldLine, PatientBanner
from desktop.ui.parts.folding_row import FoldingRow, MoreButton, group
from desktop.ui.parts.keeping_verbs import Keeping
from desktop.ui.parts.pictures import Pictures
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.sheet_verbs import SheetChoice
from desktop.ui.parts.tick_grid import TickGrid
from desktop.ui.parts.tiles import Index
from desktop.ui.parts.words import counted, kept_words
from desktop.ui.patients.chart_model import ChartModel
from desktop.ui.patients.chart_tools import ChartTools
from desktop.ui.patients.note_clipboard import NoteClipboard
from desktop.ui.patients.series_list import SeriesList
from desktop.ui.patients.verbs import PatientsVerbs
from desktop.ui.viewer.compare_view import CompareView
from desktop.ui.viewer.viewer import Viewer

_ROOMY = 1000  # for all that can be done with images, in words


class Chart(QWidget):
    """One patient at a time. `sheet_wanted` carries a SheetChoice; `keeping_wanted` the image that
    is meant alone, or None; `copy_wanted` the image to be copied for somebody outside;
    `given_wanted` asks what was given to others; `time_wanted` carries those whose capture time is
    to be corrected; `loaded` tells that images are in; `wide_wanted` asks for all the room there
    is, or gives it back."""

    sheet_wanted = Signal(object)
    keeping_wanted = Signal(object)
    copy_wanted = Signal(object)
    given_wanted = Signal()
    sheets_wanted = Signal()
    papers_wanted = Signal(object)
    consent_wanted = Signal()
    time_wanted = Signal(object)
    loaded = Signal()
    wide_wanted = Signal(bool)

    def __init__(self, *, background: Background, verbs: PatientsVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._patient: Patient | None = None
        self._images: tuple[ClinicalImage, ...] = ()
        self._only: Series | None = None
        self._came_from: QWidget | None = None
        self._kept = self._declined = ""
        self.clipboard = NoteClipboard(self)
        self._build()
        self._connect()

    @property
    def patient(self) -> Patient | None:
        """Whose chart it is."""
        return self._patient

    @property
    def is_large(self) -> bool:
        """Whether images are open large, one or several."""
        return self._stack.currentWidget() in {self.large, self.comparing}

    def open_for(self, patient: Patient) -> None:
        """Show this patient's chart."""
        self._patient = patient
        self.banner.show_patient(patient)
        self._close_large()
        self.large.clear()
        self.comparing.clear()
        self._images, self._only = (), None
        self.tools.show_only(None)
        self.model.show(())
        self.series.show_series(())
        self.held.show_holds(())
        self._kept = self._declined = ""
        self._say_below()
        self._heading.setText(self.tr("Opening…"))
        self._stack.setCurrentWidget(self.grid)
        self.reload()

    def reload(self) -> None:
        """Fetch the chart's images again."""
        if self._patient is not None:
            self._background.run(
                partial(self._verbs.images_of, self._patient.id),
                owner=self,
                done=partial(self._show, self._patient),
                failed=self._failed,
                lane="vault",
            )
            self._background.run(
                partial(self._verbs.keeping.keeping_of, self._patient.id),
                owner=self,
                done=partial(self._show_keeping, self._patient),
                failed=self._failed,
                lane="vault",
            )
            self._background.run(
                partial(self._verbs.declined_of, self._patient.id),
                owner=self,
                done=partial(self._show_declined, self._patient),
                failed=self._failed,
                lane="vault",
            )

    def take_keyboard(self) -> None:
        """The person comes back to what the chart shows: its images, its series, or one opened."""
        shown = self._stack.currentWidget()
        if shown is self.large:
            shown = self.large.stage
        elif shown not in {self.grid, self.series, self.comparing}:
            shown = self.tools.tiles
        shown.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, what is wanted more seldom stands in a menu."""
        super().resizeEvent(event)
        self.more.fold(is_folded=event.size().width() < _ROOMY)

    def _build(self) -> None:
        self.banner = PatientBanner()
        self.held = HeldLine()
        self._heading = words("", kind="heading")
        self.keeping_button = button(self.tr("Retention and holds…"), icon="calendar-clock")
        self.consent_button = button(self.tr("Consent…"), icon="undo-2")
        self.papers_button = button(self.tr("Papers…"), icon="list-checks")
        self.sheets_button = button(self.tr("Sheets…"), icon="file-text")
        self.sheets_button.setToolTip(self.tr("F7"))
        self.print_button = button(self.tr("Print sheet…"), icon="printer", kind="primary")
        self.print_button.setToolTip(self.tr("Ctrl+P"))
        self.notice = Notice()
        self._build_stack()
        self._bar = QWidget()
        self.tools = ChartTools()
        self.given_button = button(self.tr("Given to others…"), icon="shield")
        self.note_button = button(self.tr("Copy the note"), icon="list-checks")
        self.note_button.setToolTip(self.tr("The progress note, for other notes (Ctrl+Shift+C)"))
        told = (self.note_button, self.given_button, self.consent_button, self.keeping_button)
        seldom = (self.papers_button, self.sheets_button, *told)
        self.more = MoreButton(self.tools.time, self.tools.copy, *seldom)
        offered = group(*reversed(seldom), self.more, self.print_button, spacing=8)
        FoldingRow(self._heading, offered, self._bar)
        self._property = self.tr("Part of the clinical record and property of the organisation.")
        self._note = words(self._property, kind="small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        layout.setSpacing(12)
        for part in (self.banner, self.held, self._bar, self.tools, self.notice):
            layout.addWidget(part)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._note)

    def _build_stack(self) -> None:
        self.model = ChartModel(
            pictures=Pictures(self._background, self),
            thumbnail=self._verbs.thumbnail,
            parent=self,
        )
        self.grid = TickGrid(self.tr("Images of the chart"))
        self.grid.setModel(self.model)
        self._empty = EmptyState(
            icon="images",
            heading=self.tr("No images in this chart yet"),
            sentence=self.tr("Images filed at the Desk appear here."),
        )
        self.large = Viewer(background=self._background, verbs=self._verbs.viewer)
        self.comparing = CompareView(background=self._background, verbs=self._verbs.viewer)
        self.series = SeriesList(self.tr("Series of the chart"))
        self._no_series = EmptyState(
            icon="images",
            heading=self.tr("No series yet"),
            sentence=self.tr(
                "Images that were filed with a body site appear here, each site on a line of time."
            ),
        )
        self._stack = QStackedWidget()
        for widget in (
            *(self.grid, self._empty, self.large),
            *(self.comparing, self.series, self._no_series),
        ):
            self._stack.addWidget(widget)

    def _connect(self) -> None:
        on_click(self.print_button, self._want_sheet)
        on_click(self.sheets_button, self.sheets_wanted.emit)
        on_click(self.papers_button, self._want_papers)
        on_click(self.consent_button, self.consent_wanted.emit)
        on_click(self.keeping_button, self._want_keeping)
        on_click(self.given_button, self.given_wanted.emit)
        on_click(self.note_button, self._copy_note)
        self.large.copy_wanted.connect(self.copy_wanted)
        self.grid.went_on.connect(lambda: self._open_large(self.grid.currentIndex()))
        self.grid.doubleClicked.connect(self._open_large)
        self.grid.opened.connect(self._open_large)
        self.large.left.connect(self._left_large)
        self.comparing.left.connect(self._back_to_grid)
        self.series.opened.connect(self._show_only)
        self.series.moved.connect(self._tell_count)
        self.tools.tiles_wanted.connect(self._show_tiles)
        self.tools.series_wanted.connect(self._show_series)
        self.tools.all_wanted.connect(partial(self._show_only, None))
        self.tools.compare_wanted.connect(self._compare)
        self.tools.time_wanted.connect(lambda: self.time_wanted.emit(self.model.ticked))
        self.tools.copy_wanted.connect(self._want_copy)
        ctrl = Qt.KeyboardModifier.ControlModifier
        for key, act in (
            (QKeySequence(ctrl | Qt.Key.Key_Return), self._compare),
            (QKeySequence(ctrl | Qt.Key.Key_Enter), self._compare),
            (QKeySequence(ctrl | Qt.Key.Key_P), self._want_sheet),
            (QKeySequence(Qt.Key.Key_F7), self.sheets_wanted.emit),
            (QKeySequence("Ctrl+Shift+C"), self._copy_note),
        ):
            shortcut = QShortcut(key, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.model.dataChanged.connect(self._tell_count)

    def _show(self, patient: Patient, images: Sequence[ClinicalImage]) -> None:
        if self._patient is None or patient.id != self._patient.id:
            return
        self.notice.clear()
        self._images = tuple(images)
        self.series.show_series(series_of(images))
        self._show_again()
        if not self.is_large and self._stack.currentWidget() is not self.series:
            self._stack.setCurrentWidget(self.grid if images else self._empty)
        self._tell_count()
        self.grid.start_at_first()
        self.loaded.emit()

    def _show_keeping(self, patient: Patient, keeping: Keeping) -> None:
        if self._patient is not None and patient.id == self._patient.id:
            self.held.show_holds(keeping.open_holds)
            self._kept = kept_words(keeping.retention) if keeping.retention else ""
            self._say_below()

    def _show_declined(self, patient: Patient, declined: Sequence[CopyDeclined]) -> None:
        if self._patient is not None and patient.id == self._patient.id:
            asked = ", ".join(f"{one.what} ({short_date(one.asked_on)})" for one in declined)
            self._declined = (
                self.tr("Copies that were asked for and not given: {}.").format(asked)
                if asked
                else ""
            )
            self._say_below()

    def _say_below(self) -> None:
        told = (self._property, self._kept, self._declined)
        self._note.setText(" ".join(filter(None, told)))

    def _failed(self, problem: Problem) -> None:
        self._heading.setText("")
        self.notice.problem(problem)

    def _tell_count(self) -> None:
        images, ticked = self.model.images, self.model.ticked
        incomplete = sum(image.state is ImageState.INCOMPLETE for image in images)
        said = counted(len(images), "image")
        if incomplete:
            said += self.tr(" · {} incomplete").format(incomplete)
        if ticked:
            said += self.tr(" · {} ticked").format(len(ticked))
        self._heading.setText(said)
        on_tiles = self._stack.currentWidget() is self.grid
        self.tools.offer(
            ticked=len(ticked) if on_tiles else 0, first_and_last=self._series_here is not None
        )
        self.print_button.setEnabled(bool(images))
        self.tools.copy.setEnabled(len(ticked) == 1 or (on_tiles and not ticked and bool(images)))
        self.print_button.setText(
            self.tr("Print sheet of {}…").format(counted(len(ticked), "image"))
            if ticked
            else self.tr("Print sheet of all…")
        )

    def _want_sheet(self) -> None:
        images = self.model.ticked or self.model.images
        if self._patient is not None and images and not self.is_large:
            in_time = tuple(image.id for image in reversed(images))
            self.sheet_wanted.emit(SheetChoice(patient=self._patient, images=in_time))

    def _copy_note(self) -> None:
        """Of the ticked images, else of all that are shown."""
        images = self.model.ticked or self.model.images
        if images:
            self.clipboard.put(images)
            said = self.tr(
                "The progress note on {} can be pasted for a minute. It names no patient."
            )
            self.notice.say(said.format(counted(len(images), "image")))

    def _want_papers(self) -> None:
        self.papers_wanted.emit(tuple(image.id for image in reversed(self.model.ticked)))

    def _want_copy(self) -> None:
        """Of the image that is ticked, else of the one that the keyboard is at."""
        ticked, row = self.model.ticked, self.grid.currentIndex().row()
        wanted = ticked or self.model.images[max(row, 0) :]
        if wanted:
            self.copy_wanted.emit(wanted[0])

    def _want_keeping(self) -> None:
        ticked = self.model.ticked
        self.keeping_wanted.emit(ticked[0] if len(ticked) == 1 else None)

    def _open_large(self, index: Index) -> None:
        if index.isValid():
            self._open_over(self.large)
            self.large.open_at(self.model.images, index.row())

    def _compare(self) -> None:
        if self.is_large or not self.tools.compare.isEnabled():
            return
        images = self.model.ticked if self._stack.currentWidget() is self.grid else ()
        if not images and (series := self._series_here) is not None:
            images = (series.images[0], series.images[-1])
        self._open_over(self.comparing)
        self.comparing.open_for(images)

    def _open_over(self, page: QWidget) -> None:
        self._came_from = self._stack.currentWidget()
        self._stack.setCurrentWidget(page)
        for part in (self._bar, self.tools, self._note):
            part.hide()
        self.banner.fold(is_folded=True)
        self.wide_wanted.emit(True)

    def _close_large(self) -> None:
        self.wide_wanted.emit(False)
        for part in (self._bar, self.tools, self._note):
            part.show()
        self.banner.fold(is_folded=False)
        self.tools.show_page(is_series=False)
        self._stack.setCurrentWidget(self.grid)

    def _back_to_grid(self) -> None:
        if self._came_from is self.series:
            self._close_large()
            self._show_series()
        else:
            self._close_large()
            self.grid.setFocus()

    def _left_large(self) -> None:
        """Back to the tile of the image that was looked at last."""
        self._back_to_grid()
        if self._came_from is self.grid:
            self.grid.stand_at(self.large.place)

    @property
    def _series_here(self) -> Series | None:
        """The series that is shown alone, or where the person is in their list."""
        is_list = self._stack.currentWidget() is self.series
        found = self.series.current if is_list else self._only
        return found if found is not None and len(found.images) > 1 else None

    def _show_tiles(self) -> None:
        self.tools.show_page(is_series=False)
        self._stack.setCurrentWidget(self.grid if self.model.images else self._empty)
        self.grid.setFocus()
        self._tell_count()

    def _show_series(self) -> None:
        self.tools.show_page(is_series=True)
        has_series = self.series.shown.rowCount() > 0
        self._stack.setCurrentWidget(self.series if has_series else self._no_series)
        self.series.setFocus()
        self._tell_count()

    def _show_only(self, series: Series | None) -> None:
        self._only = series
        self.tools.show_only(series)
        self._show_again()
        self._show_tiles()
        self.grid.start_at_first()

    def _show_again(self) -> None:
        """The images of the chart, or those of the series that is shown alone."""
        if self._only is not None:
            site = self._only.site
            self._only = next((one for one in series_of(self._images) if one.site == site), None)
            self.tools.show_only(self._only)
        self.model.show(self._only.images if self._only else self._images)
