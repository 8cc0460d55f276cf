"""The form half of the page: masks, sound, checklist, recipient, and what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QProgressBar, QVBoxLayout, QWidget

from desktop.media.copier import Looked
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.facts.patient import Patient
from desktop.ui.copies.feature_list import FeatureList
from desktop.ui.copies.mask_panel import MaskPanel
from desktop.ui.copies.mask_set import MaskSet
from desktop.ui.copies.release_form import ReleaseForm
from desktop.ui.copies.verbs import CopyDone
from desktop.ui.parts.banner import PatientBanner
from desktop.ui.parts.pieces import Notice, button, rule, scrolled, words

_WIDTH = 400
_PARTS = 1000


class CopySide(QFrame):
    """`changed` tells that an answer is another."""

    changed = Signal()

    def __init__(self, masks: MaskSet) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(_WIDTH)
        self._kind = MediaKind.UNKNOWN
        self.back = button(self.tr("Back"), icon="arrow-left", kind="link")
        self.banner = PatientBanner()
        self._what = words("", kind="quiet", wrap=True)
        self.masks = MaskPanel(masks)
        self.sound = QCheckBox(self.tr("Keep the sound"))
        self._sound_note = words(
            self.tr("The voice itself tells who speaks."), kind="small", wrap=True
        )
        self.features = FeatureList()
        self.release = ReleaseForm()
        self.notice = Notice()
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the copy"))
        self.make_button = button(self.tr("Make the copy…"), icon="download", kind="primary")
        self.stop_button = button(self.tr("Stop"), icon="x")
        self._build()
        for part in (self.features, self.release):
            part.changed.connect(self.changed)
        self.sound.toggled.connect(self.changed)
        self.work(on=False)

    @property
    def has_time(self) -> bool:
        """Whether it lasts, so that masks have times."""
        return self._kind is not MediaKind.PHOTO

    @property
    def keeps_sound(self) -> bool:
        """Whether the copy will have sound; a recording has nothing else."""
        return self._kind is MediaKind.AUDIO or (self.has_time and self.sound.isChecked())

    def begin(self, patient: Patient, *, what: str, user: str, kind: MediaKind) -> None:
        """Nothing said yet of this image."""
        self._kind = kind
        self.banner.show_patient(patient)
        self._what.setText(what)
        self.sound.setChecked(False)
        self.features.begin(user=user)
        self.release.begin()
        self.masks.begin(None, looked=False)
        self._show_sound(has_sound=False)
        self.notice.clear()

    def clear(self) -> None:
        """Forget whom it was about."""
        self.banner.clear()
        self._what.clear()
        self.notice.clear()

    def show_looked(self, looked: Looked) -> None:
        """Offer what this kind of image needs."""
        has_picture = looked.picture is not None
        self.masks.setVisible(has_picture)
        seconds = looked.seconds if has_picture else None
        self.masks.begin(seconds, looked=looked.faces is not None)
        self._show_sound(has_sound=looked.has_sound)

    def work(self, *, on: bool) -> None:
        """Show that a copy is being made, or that none is."""
        self._form.setEnabled(not on)
        self.back.setEnabled(not on)
        self.make_button.setVisible(not on)
        self.stop_button.setEnabled(True)
        for part in (self.bar, self.stop_button):
            part.setVisible(on)
        if on:
            self.bar.setValue(0)
            self.notice.say(self.tr("Making the copy, then reading it again…"))
            self.stop_button.setFocus()

    def show_done(self, done: CopyDone) -> None:
        """What was removed, and where the copy lies."""
        removed = "; ".join(one.words for one in done.removed)
        said = self.tr(
            "The copy is {}, in {}. Read again, it holds nothing beside its picture or sound."
        ).format(done.path.name, done.path.parent)
        if removed:
            said += self.tr("\n\nRemoved: {}.").format(removed)
        if done.caution:
            said += f"\n\n{done.caution}"
        self.notice.say(said, tone="warning" if done.caution else "good")

    def unsay(self) -> None:
        """What was said of an earlier state is no longer so."""
        self.notice.clear()

    def _show_sound(self, *, has_sound: bool) -> None:
        self.sound.setVisible(has_sound and self._kind is not MediaKind.AUDIO)
        self._sound_note.setVisible(has_sound)

    def _build(self) -> None:
        self._form = QWidget()
        upper = QVBoxLayout(self._form)
        upper.setContentsMargins(0, 0, 8, 0)
        upper.setSpacing(10)
        for part in (
            *(words(self.tr("De-identified copy"), kind="title"), self.banner, self._what),
            *(words(self.tr("Masks"), kind="heading"), self.masks, self.sound, self._sound_note),
            *(rule(), words(self.tr("For whom"), kind="heading"), self.release),
            *(rule(), words(self.tr("What could tell who it is"), kind="heading"), self.features),
        ):
            upper.addWidget(part)
        upper.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 20)
        column.setSpacing(12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(scrolled(self._form, self.tr("De-identified copy")), 1)
        for below in (self.notice, self.bar, self.make_button, self.stop_button):
            column.addWidget(below)
