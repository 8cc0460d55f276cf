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
        self.left_out = words("", kind="small", wrap=True)
        self.masks = MaskPanel(masks)
        self.sound = QCheckBox(self.tr("Keep the sound"))
        self._sound_note = words(
            self.tr("The voice itself tells who speaks."), kind="small", wrap=True
        )
        self.features = FeatureList()
        self.before = words("", kind="small", wrap=True)
        self.given = button(self.tr("Show what was given…"), kind="link")
        self._consent = words("", kind="small", wrap=True)
        self.standing = words("", kind="small", wrap=True)
        self._warning = words(
            self.tr(
                "The original holds the time, the device and perhaps the place. Only the person "
                "who is named may have it."
            ),
            wrap=True,
        )
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
        self.release.kind_changed.connect(self._show_kind)
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
        self.show_before("")
        self._show_kind()
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
        # over a moving picture a mask lies in every frame
        seconds = looked.seconds if has_picture and self.has_time else None
        self.masks.begin(seconds, looked=looked.faces is not None)
        self._show_sound(has_sound=looked.has_sound)

    def show_left_out(self, told: str) -> None:
        """What of the file a copy will not have, or nothing."""
        self.left_out.setText(told)
        self.left_out.setVisible(bool(told))

    def show_before(self, told: str) -> None:
        """What was given of this image before, or nothing."""
        self.before.setText(told)
        for part in (self.before, self.given):
            part.setVisible(bool(told))

    def show_standing(self, *, consent: str, standing: str) -> None:
        """What is on record, and whether it may leave as it stands."""
        self._consent.setText(consent)
        self.standing.setText(standing)

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
        if done.is_original:
            said = self.tr("The original is {}, in {}.").format(done.path.name, done.path.parent)
            self.notice.say(f"{said}\n\n{done.caution}", tone="warning")
            return
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

    def _show_kind(self) -> None:
        """Masks, sound and the checklist are for a copy that identifies nobody."""
        is_deidentified = self.release.is_deidentified
        for part in self._for_copies:
            part.setVisible(is_deidentified)
        self._warning.setVisible(not is_deidentified)
        self.make_button.setText(
            self.tr("Make the copy…") if is_deidentified else self.tr("Give out the original…")
        )

    def _show_sound(self, *, has_sound: bool) -> None:
        self.sound.setVisible(has_sound and self._kind is not MediaKind.AUDIO)
        self._sound_note.setVisible(has_sound)

    def _build(self) -> None:
        self._form = QWidget()
        upper = QVBoxLayout(self._form)
        upper.setContentsMargins(0, 0, 8, 0)
        upper.setSpacing(10)
        self._masking, self._sounding = (
            _column(self.left_out, rule(), words(self.tr("Masks"), kind="heading"), self.masks),
            _column(self.sound, self._sound_note),
        )
        self._listing = _column(
            rule(), words(self.tr("What could tell who it is"), kind="heading"), self.features
        )
        self._for_copies = (self._masking, self._sounding, self._listing)
        for part in (
            *(words(self.tr("Copy for somebody"), kind="title"), self.banner, self._what),
            *(self.before, self.given),
            *(words(self.tr("For whom"), kind="heading"), self.release),
            *(self._consent, self._warning),
            *self._for_copies,
        ):
            upper.addWidget(part)
        upper.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 20)
        column.setSpacing(12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(scrolled(self._form, self.tr("Copy for somebody")), 1)
        for below in (self.standing, self.notice, self.bar, self.make_button, self.stop_button):
            column.addWidget(below)


def _column(*parts: QWidget) -> QWidget:
    """Parts below each other that are shown or hidden as one."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for part in parts:
        column.addWidget(part)
    return holder
