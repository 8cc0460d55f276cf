"""A copy before it leaves: for whom, masks, checklist; then what was removed."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.media.copier import Looked
from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.copies import GivenOut, Mask
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.rules.parts_left_out import left_out_words
from desktop.records.rules.releasing import check_features, check_masks, ground_of
from desktop.ui.copies.copy_side import CopySide
from desktop.ui.copies.given_page import given_words
from desktop.ui.copies.mask_set import MaskSet
from desktop.ui.copies.picture_side import PictureSide
from desktop.ui.copies.standing import consent_words, standing_of
from desktop.ui.copies.verbs import CopyDone, CopyVerbs, CopyWish
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background, Job
from desktop.ui.parts.pictures import decoded
from desktop.ui.parts.pieces import on_click, on_escape

_SETTLED_MS = 150
_PARTS = 1000


class CopyPage(QWidget):
    """One image at a time. `left` goes back; `copy_made` carries a CopyDone; `looked` tells that
    the picture, or why there is none, is on screen; `given_wanted` asks for all that was given."""

    left = Signal()
    given_wanted = Signal()
    copy_made = Signal(object)
    looked = Signal()

    def __init__(
        self, *, background: Background, verbs: CopyVerbs, ask: AskPath = ask_path
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background, self._verbs, self._ask = background, verbs, ask
        self._image: ClinicalImage | None = None
        self._patient: Patient | None = None
        self._job: Job | None = None
        self._asked = 0
        self.masks = MaskSet(self)
        self.side = CopySide(self.masks)
        self.picture = PictureSide(self.masks)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addWidget(self.picture, 1)
        # a slider that is dragged asks once it rests, not at each pixel
        self._rest = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._rest.timeout.connect(self._look_there)
        self._connect()

    def open_for(self, patient: Patient, image: ClinicalImage, *, what: str) -> None:
        """Show this image, with nothing masked and nothing answered."""
        self._image, self._patient = image, patient
        self.masks.clear()
        kind = image.description.kind if image.description else MediaKind.UNKNOWN
        self.side.begin(patient, what=what, user=self._verbs.user, kind=kind)
        self.side.show_left_out(left_out_words(image))
        self.picture.begin()
        self._tell_standing()
        self._look(0.0, first=True)
        self._tell_before()
        self.picture.stage.setFocus()

    @property
    def image(self) -> ImageId | None:
        """Which image is being copied."""
        return self._image.id if self._image is not None else None

    def clear(self) -> None:
        """Forget the image and the patient; a copy under way is stopped."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        self._image = self._patient = None
        self._asked += 1
        self.masks.clear()
        self.picture.clear()
        self.side.clear()

    def _connect(self) -> None:
        on_click(self.side.back, self._leave)
        on_escape(self, self._leave)
        on_click(self.side.make_button, self._make)
        on_click(self.side.stop_button, self._stop)
        self.picture.moved.connect(self._rest.start)
        self.masks.changed.connect(self.side.unsay)
        self.side.changed.connect(self.side.unsay)
        self.side.changed.connect(self._tell_standing)
        on_click(self.side.given, self.given_wanted.emit)

    def _leave(self) -> None:
        if self._job is None:  # a copy is stopped by its own button, never by going away
            self.clear()
            self.left.emit()

    def _look_there(self) -> None:
        self._look(self.picture.at, first=False)

    def _look(self, at: float, *, first: bool) -> None:
        if self._image is None:
            return
        self._asked += 1
        if first:
            self.picture.notice.say(self.tr("Opening…"))
        self._background.run(
            partial(self._verbs.look, self._image.id, at, first),
            owner=self,
            done=partial(self._show, self._asked, at, first),
            failed=partial(self._cannot_look, self._asked),
        )

    def _show(self, asked: int, at: float, first: bool, looked: Looked) -> None:
        if asked != self._asked:
            return
        self.picture.show_looked(decoded(looked.picture), looked, at=at)
        if first:
            self.side.show_looked(looked)
        self.masks.suggest(
            [
                one
                for one in looked.faces or ()
                if not any(
                    _covers(mask, one) for mask in self.masks.masks if self.masks.is_shown(mask)
                )
            ]
        )
        self.looked.emit()

    def _cannot_look(self, asked: int, problem: Exception) -> None:
        if asked == self._asked:
            self.picture.notice.problem(problem)
            self.looked.emit()

    def _make(self) -> None:
        """Ask where to only once nothing is wanting: the rules say it in their own words."""
        release, check, image = self.side.release.release, self.side.features.check, self._image
        if image is None:
            return
        if release is None:
            self.side.notice.say(self.tr("Choose what the copy is for."), tone="warning")
            self.side.release.purpose.setFocus()
            return
        try:
            if release.is_deidentified:
                check_masks(self.masks.masks, has_time=self.side.has_time)
                check_features(check, masks=len(self.masks.masks), has_sound=self.side.keeps_sound)
            ground_of(image, release, features=check)
        except Problem as problem:
            self.side.notice.problem(problem)
            return
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Folder for the copy"),
                kind="folder",
                then=self._make_into,
            )
        )

    def _make_into(self, folder: Path) -> None:
        release, image = self.side.release.release, self._image
        if release is None or image is None or self._job is not None:
            return
        is_deidentified = release.is_deidentified
        wish = CopyWish(
            image=image.id,
            folder=folder,
            release=release,
            features=self.side.features.check if is_deidentified else None,
            masks=self.masks.masks if is_deidentified else (),
            sound=self.side.keeps_sound,
        )
        self._working(on=True)
        self._job = self._background.run_long(
            partial(self._verbs.make, wish),
            owner=self,
            done=self._made,
            failed=self._not_made,
            told=self._told,
            latest_only=True,
        )

    def _tell_standing(self) -> None:
        if (image := self._image) is not None:
            release = self.side.release.release
            self.side.show_standing(
                consent=consent_words(image),
                standing=standing_of(image, release, self.side.features.check),
            )

    def _tell_before(self) -> None:
        if self._image is not None and self._patient is not None:
            self._background.run(
                partial(self._verbs.given, self._patient.id),
                owner=self,
                done=partial(self._show_before, self._image),
                failed=lambda _: None,  # it is only told; the list itself says why
            )

    def _show_before(self, image: ClinicalImage, given: Sequence[GivenOut]) -> None:
        if self._image is not None and self._image.id == image.id:
            self.side.show_before(given_words([one for one in given if one.image == image.id]))

    def _working(self, *, on: bool) -> None:
        self.side.work(on=on)
        self.picture.setEnabled(not on)
        if not on:
            self.side.make_button.setFocus()  # the keyboard was on the button that is gone

    def _told(self, far: float) -> None:
        self.side.bar.setValue(round(far * _PARTS))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.side.stop_button.setEnabled(False)

    def _made(self, done: CopyDone) -> None:
        self._job = None
        self._working(on=False)
        self.side.show_done(done)
        self._tell_before()
        self.copy_made.emit(done)

    def _not_made(self, problem: Exception) -> None:
        self._job = None
        self._working(on=False)
        self.side.notice.problem(problem)


def _covers(mask: Mask, face: Mask) -> bool:
    """Whether the middle of a suggestion lies under a mask already."""
    x, y = face.left + face.width / 2, face.top + face.height / 2
    return mask.left <= x <= mask.left + mask.width and mask.top <= y <= mask.top + mask.height
