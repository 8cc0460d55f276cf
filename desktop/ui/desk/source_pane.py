"""The devices, cards and folders that are there now, and what to do about each."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from desktop.devices.source import SourceInfo
from desktop.records.facts.capture import Route
from desktop.records.facts.scan_settings import ScanSettings
from desktop.ui.desk.camera_form import CameraForm
from desktop.ui.desk.scan_form import ScanForm
from desktop.ui.desk.source_list import SourceDelegate, SourceList
from desktop.ui.desk.verbs import SourceVerbs
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, Notice, button, on_click, words
from desktop.ui.parts.tiles import Index, Role

_LOOK_EVERY_MS = 1000  # so that a device shows within two seconds, whenever it comes
_EJECT = "Ctrl+E"
_REMOVE = {Route.NETWORK: "Remove camera", Route.SCANNER: "Remove scanner"}


class SourcePane(QFrame):
    """Looks for sources every second. All signals carry a SourceInfo.

    `source_changed` tells that the state of one is another; `source_leaving` that it is being
    ejected: nothing may be read from it any more. `source_ejected` tells that it was let go.
    `scan_asked` tells that the scanner that is chosen already is to scan once more.
    """

    source_chosen = Signal(object)
    source_changed = Signal(object)
    source_left = Signal(object)
    source_leaving = Signal(object)
    source_ejected = Signal(object)
    scan_asked = Signal(object)

    def __init__(
        self, *, background: Background, verbs: SourceVerbs, ask: AskPath = ask_path
    ) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._looking = False
        self._could_not = False
        self._is_held = False
        self._wanted = ""
        self._build()
        self._connect()

    def look_now(self) -> None:
        """Look for sources, unless a look is under way."""
        if not self._looking:
            self._looking = True
            self._background.run(
                self._verbs.look, owner=self, done=self._show, failed=self._could_not_look
            )

    def start(self) -> None:
        """Look now and every second from now on."""
        self.look_now()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def hold(self, *, held: bool) -> None:
        """While a filing runs, another source cannot be chosen."""
        self._is_held = held
        self.list.setEnabled(not held)
        self.scan_button.setEnabled(not held)
        self._offer()

    def source_named(self, name: str) -> SourceInfo | None:
        """The source of this name that is connected now, if there is one and no more."""
        rows = (self.model.index(row) for row in range(self.model.rowCount()))
        found = [one for row in rows if (one := row.data(Role.FACT)).name == name]
        return found[0] if len(found) == 1 else None

    def choose_folder(self) -> None:
        """Ask for a folder and make it a source."""
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Choose the folder with the images"),
                kind="folder",
                then=self._folder_chosen,
            )
        )

    def try_again(self, source: SourceInfo) -> None:
        """Ask a source once more; it is then chosen anew, in whatever state it is."""
        self._background.run(
            partial(self._verbs.try_again, source.id),
            owner=self,
            done=partial(self._tried, source),
            failed=partial(self._could_not_try, source),
        )

    def eject(self) -> None:
        """Let the chosen card go, and say when it may be pulled out."""
        source = self._chosen()
        if source is None or source.route is not Route.CARD or not self.eject_button.isEnabled():
            return
        if not self._is_held:
            self.source_leaving.emit(source)
        self.eject_button.setEnabled(False)
        self.notice.say(self.tr("Closing and writing what is open. Leave the card in."))
        self._background.run(
            partial(self._verbs.eject, source.id),
            owner=self,
            done=partial(self._ejected, source),
            failed=partial(self._could_not_eject, source),
        )

    def _build(self) -> None:
        self.setObjectName("side")
        self.model = SourceList(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Devices, cards and folders"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(SourceDelegate(self.list))
        self._empty = EmptyState(
            icon="usb",
            heading=self.tr("Nothing plugged in"),
            sentence=self.tr("Plug in a phone, camera or card. It appears here by itself."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self.notice = Notice()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._build_buttons()
        self._lay_out()

    def _build_buttons(self) -> None:
        self.eject_button = button(self.tr("Eject safely"), icon="eject")
        self.eject_button.setToolTip(_EJECT)
        self.eject_button.hide()
        self.remove_button = button(_REMOVE[Route.NETWORK], icon="x")
        self.remove_button.hide()
        self.folder_button = button(self.tr("Choose a folder…"), icon="folder-open")
        self.camera_button = button(self.tr("Add a camera…"), icon="camera")
        self.camera_button.setAccessibleName(self.tr("Add a camera by its address"))
        self.camera_button.setToolTip(self.tr("Add a camera by its address…"))
        self.camera_form = CameraForm()
        self.camera_form.hide()
        self.scan_button = button(self.tr("Scan…"), icon="file-text")
        self.scan_button.setAccessibleName(self.tr("Scan paper photos"))
        self.scan_button.setToolTip(self.tr("Look for a scanner and scan paper photos…"))
        self.scan_form = ScanForm(background=self._background, verbs=self._verbs)
        self.scan_form.hide()

    @property
    def _ways_in(self) -> tuple[QWidget, ...]:
        return (self.folder_button, self.camera_button, self.scan_button)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 16, 12, 16)
        layout.setSpacing(12)
        layout.addWidget(words(self.tr("Where from"), kind="heading"))
        layout.addWidget(self._stack, 1)
        chosen = (self.eject_button, self.remove_button)
        for widget in (self.notice, *chosen, *self._ways_in):
            layout.addWidget(widget)
        layout.addWidget(self.camera_form, 1)
        layout.addWidget(self.scan_form, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.look_now)
        on_click(self.folder_button, self.choose_folder)
        on_click(self.eject_button, self.eject)
        on_click(self.remove_button, self._remove)
        on_click(self.camera_button, self._ask_address)
        self.camera_form.left.connect(self._leave_form)
        on_click(self.scan_button, self._ask_scanner)
        self.scan_form.left.connect(self._leave_scan_form)
        self.scan_form.scan_wanted.connect(self._add_scanner)
        self.camera_form.connect_wanted.connect(self._add_camera)
        QShortcut(QKeySequence(_EJECT), self).activated.connect(self.eject)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.model.source_changed.connect(self.source_changed)

    def _show(self, found: Sequence[SourceInfo]) -> None:
        self._looking = False
        came, left = self.model.show(found)
        if came or self._could_not:
            self._could_not = False
            self.notice.clear()
        self._stack.setCurrentWidget(self.list if self.model.rowCount() else self._empty)
        for source in left:
            self.source_left.emit(source)
        wanted = self.model.row_of(self._wanted)
        if wanted >= 0:
            self._wanted = ""
            self.list.setCurrentIndex(self.model.index(wanted))
        elif came and not self.list.selectionModel().hasSelection():
            self.list.setCurrentIndex(self.model.index(self.model.row_of(came[0].id)))
        self._offer()

    def _could_not_look(self, problem: Exception) -> None:
        self._looking = False
        self._could_not = True
        self.notice.problem(problem)

    def _chosen(self) -> SourceInfo | None:
        source = self.list.currentIndex().data(Role.FACT)
        return source if isinstance(source, SourceInfo) else None

    def _current_changed(self, _current: Index) -> None:
        self._offer()
        if (source := self._chosen()) is not None:
            self.source_chosen.emit(source)

    def _offer(self) -> None:
        """The one thing that can be done to the chosen source, besides reading it."""
        source = self._chosen()
        route = None if source is None else source.route
        asking = not (self.camera_form.isHidden() and self.scan_form.isHidden())
        self.eject_button.setVisible(route is Route.CARD and not asking)
        can_go = route in _REMOVE and not self._is_held
        self.remove_button.setVisible(can_go and not asking)
        if route in _REMOVE:
            self.remove_button.setText(_REMOVE[route])

    def _ejected(self, source: SourceInfo, sentence: str) -> None:
        self.eject_button.setEnabled(True)
        self.notice.say(sentence, tone="good")
        self.source_ejected.emit(source)
        self.look_now()

    def _could_not_eject(self, source: SourceInfo, problem: Exception) -> None:
        self.eject_button.setEnabled(True)
        self.notice.problem(problem)
        if not self._is_held and self._chosen() == source:
            self.source_chosen.emit(source)

    def _tried(self, source: SourceInfo, found: Sequence[SourceInfo]) -> None:
        self._show(found)
        chosen = self._chosen()
        if chosen is not None and chosen.id == source.id:
            self.source_chosen.emit(chosen)

    def _could_not_try(self, source: SourceInfo, problem: Exception) -> None:
        self._could_not_look(problem)
        self.source_chosen.emit(source)

    def _ask_address(self) -> None:
        self.camera_form.start()
        self._show_form(self.camera_form, shown=True)
        self.camera_form.setFocus()

    def _leave_form(self) -> None:
        self._show_form(self.camera_form, shown=False)
        self.camera_button.setFocus()

    def _ask_scanner(self) -> None:
        self._show_form(self.scan_form, shown=True)
        self.scan_form.start()

    def _leave_scan_form(self) -> None:
        self._show_form(self.scan_form, shown=False)
        self.scan_button.setFocus()

    def _show_form(self, form: QWidget, *, shown: bool) -> None:
        form.setVisible(shown)
        for one in (self._stack, *self._ways_in):
            one.setVisible(not shown)  # a long refusal needs the room on a low screen
        self.eject_button.hide()
        self.remove_button.hide()
        if not shown:
            self._offer()

    def _add_camera(self, address: str, remember: bool) -> None:
        self._background.run(
            partial(self._verbs.add_camera, address, remember),
            owner=self,
            done=self._camera_added,
            failed=self.camera_form.refuse,
        )

    def _camera_added(self, source: SourceInfo) -> None:
        self._leave_form()
        self._source_added(source)

    def _add_scanner(self, scanner: SourceInfo, settings: ScanSettings) -> None:
        self._leave_scan_form()
        self._background.run(
            partial(self._verbs.add_scanner, scanner, settings),
            owner=self,
            done=lambda _nothing: self._scanner_added(scanner),
            failed=self.notice.problem,
        )

    def _scanner_added(self, scanner: SourceInfo) -> None:
        if (chosen := self._chosen()) is not None and chosen.id == scanner.id:
            self.scan_asked.emit(chosen)
        else:
            self._source_added(scanner)

    def _remove(self) -> None:
        source = self._chosen()
        if source is not None:
            scans = source.route is Route.SCANNER
            remove = self._verbs.remove_scanner if scans else self._verbs.remove_camera
            self.source_ejected.emit(source)
            self._background.run(
                partial(remove, source.id),
                owner=self,
                done=lambda _nothing: self.look_now(),
                failed=self.notice.problem,
            )

    def _folder_chosen(self, path: Path) -> None:
        self._background.run(
            partial(self._verbs.add_folder, path),
            owner=self,
            done=self._source_added,
            failed=self.notice.problem,
        )

    def _source_added(self, source: SourceInfo) -> None:
        self._wanted = source.id
        self.look_now()
