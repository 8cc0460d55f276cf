"""What stands below an opened image: who, when, with what; what is inside it; how good it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.records.facts.capture import CaptureDevice
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.companions import KeptCompanion, notes_words
from desktop.records.facts.media import CaptureMode, TieKind
from desktop.records.rules.came_from import came_from_words
from desktop.records.rules.lengths import length_words
from desktop.records.rules.time_correction import correction_words
from desktop.ui.parts.icons import put_picture
from desktop.ui.parts.image_words import (
    missing_words,
    quality_said,
    shown_words,
    state_words,
    what_it_is,
    when_words,
)
from desktop.ui.parts.pieces import scrolled, words
from desktop.ui.parts.words import sentence_case

Ties = Sequence[tuple[TieKind, ClinicalImage]]
Notes = Sequence[KeptCompanion]
_LINES = 7  # the picture keeps the room; what does not fit is scrolled to
_SIDE, _ANY = 270, (1 << 24) - 1


class Caption(QWidget):
    """A name, and three short paragraphs; those that have nothing to say are not there."""

    def __init__(self) -> None:
        super().__init__()
        self._name = words("", kind="heading", wrap=True)
        self._facts = words("", kind="quiet", wrap=True)
        self._inside = words("", kind="quiet", wrap=True)
        self._quality = words("", wrap=True)
        self._icon = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        quality = QHBoxLayout()
        quality.setSpacing(8)
        quality.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        quality.addWidget(self._quality, 1)
        column.addWidget(self._name)
        column.addLayout(quality)
        column.addWidget(self._facts)
        column.addWidget(self._inside)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """All that stands there."""
        shown = (self._name, self._quality, self._facts, self._inside)
        return "\n".join(label.text() for label in shown if label.text())

    def show_image(self, image: ClinicalImage, *, place: str) -> None:
        """Tell of this image; `place` says which of how many it is."""
        self._name.setText(f"{what_it_is(image)} · {place}" if place else what_it_is(image))
        self._facts.setText(caption_of(image))
        self.show_beside(image, (), ())
        told = quality_of(image)
        self._quality.setText(told)
        for part in (self._quality, self._icon):
            part.setVisible(bool(told))
        if told:
            put_picture(self._icon, "triangle-alert", colour="warning", size=16)

    def show_beside(self, image: ClinicalImage, ties: Ties, notes: Notes) -> None:
        """Tell what belongs to it and what was noted beside it, once that is known."""
        told = inside_of(image, ties, notes)
        self._inside.setText(told)
        self._inside.setVisible(bool(told))

    def clear(self) -> None:
        """Tell nothing."""
        for label in (self._name, self._quality, self._facts, self._inside):
            label.clear()
        self._icon.hide()


class CaptionArea(QWidget):
    """A caption that always takes the same room: a picture that is looked at does not move when
    another has more to tell, and flipping between two shows what changed in them."""

    def __init__(self, caption: Caption, name: str) -> None:
        super().__init__()
        area = scrolled(caption, name)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def stand(self, *, beside: bool) -> None:
        """Stand beside the picture, or below it."""
        across = _SIDE if beside else _ANY
        self.setMinimumWidth(_SIDE if beside else 0)
        self.setMaximumWidth(across)
        height = _LINES * self.fontMetrics().lineSpacing()
        self.setMinimumHeight(0 if beside else height)
        self.setMaximumHeight(_ANY if beside else height)


def caption_of(image: ClinicalImage) -> str:
    """Who, when and with what; and what is missing."""
    who = image.photographer
    by = f"by {who.name}, {who.role.words}" if who else "photographer not said"
    taken = f"Taken {by} · {when_words(image)}"
    if image.taken:
        taken = f"Taken {when_words(image)} ({image.taken.basis.words}) {by}"
    corrected = correction_words(image)
    device = "device not said"
    if image.mode is not None:
        named = image.mode.device.words
        device = f"device {named}" if image.mode.device == CaptureDevice() else named
        device += f", {image.mode.owner.words}, {image.mode.route.words}"
    if registered := image.brought.device_words:
        device += f" (register: {registered})"
    depositor = image.brought.depositor
    brought = ""
    if depositor and not (who and who.name == depositor.name):
        brought = f"brought by {depositor.name}, {depositor.role.words}"
    origin = came_from_words(image.came_from).rstrip(".") if image.came_from else ""
    purposes = ", ".join(sorted(purpose.words for purpose in image.purposes))
    consent = f"consent {image.consent.form.words}" if image.consent else "consent not said"
    state = (state_words(image), missing_words(image))
    told = (
        taken,
        corrected,
        shown_words(image),
        origin,
        brought,
        device,
        purposes,
        consent,
        *state,
    )
    return " · ".join(filter(None, told)) + f"\nImage {image.short_number}"


def inside_of(image: ClinicalImage, ties: Ties = (), notes: Notes = ()) -> str:
    """What kind of recording it is, what its file holds beside, and what belongs to it."""
    said = image.description
    noted = "\n".join(
        f"{sentence_case(one)}." for one in notes_words(notes, image.arrival.file_name)
    )
    if said is None:
        return "\n".join(filter(None, (sentence_case(_belongs(ties)), noted)))
    detail = said.detail
    mode = detail.capture_mode
    place = ("the place where it was taken",) if said.has_location else ()
    holds = ", ".join((*(part.words for part in detail.parts), *place))
    told = (
        "" if mode is CaptureMode.UNKNOWN else sentence_case(mode.words),
        length_words(detail.duration_ms) if detail.duration_ms is not None else "",
        f"{said.width:,} × {said.height:,} pixels" if said.width and said.height else "",
        f"the file also holds {holds}" if holds else "",
        said.shown_with_doubt,
        _belongs(ties),
    )
    inside = sentence_case(" · ".join(filter(None, told)))
    return "\n".join(filter(None, (inside, noted)))


def quality_of(image: ClinicalImage) -> str:
    """What was found when it was measured, with what can be done; nothing where it is good."""
    quality = quality_said(image)
    if quality is None:
        return ""
    advice = " ".join(dict.fromkeys(finding.advice for finding in quality.findings))
    return f"Quality: {quality.words}. {advice}"


def _belongs(ties: Ties) -> str:
    named = (
        f"{what_it_is(other)}, image {other.short_number} ({kind.words})" for kind, other in ties
    )
    told = "; ".join(named)
    return f"belongs with {told}" if told else ""
