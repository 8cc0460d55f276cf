"""The small files that a phone or camera lays beside an image: notes on it, kept with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import short_date

_EDITORS = {
    "com.apple.camera": "by the camera itself",
    "com.apple.mobileslideshow": "in Photos on the phone",
    "com.apple.Photos": "in Photos on a Mac",
}

# an iPhone calls the version of IMG_0007 that has the edit in it IMG_E0007
_EDITED = re.compile(r"img_e\d+\..+", re.IGNORECASE)

NOT_APPLIED: Final = (
    "What a note changes is not applied: each image is shown as its file came from the device."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A small file as it was read beside an image. Its name and its content are untrusted."""

    image: ImageId
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EditNote:
    """What an edit note says of itself: the name of the program that wrote it, as Apple gives names
    to programs (`com.apple.camera`), and when."""

    editor: str
    at: datetime | None

    @property
    def words(self) -> str:
        """Who wrote it, and when by the clock of this place."""
        by = _EDITORS.get(self.editor) or (f"with {self.editor}" if self.editor else "")
        if self.at is None:
            return by
        local = self.at.astimezone()
        return f"{by} on {short_date(local.date())} at {local:%H:%M}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCompanion:
    """A small file that is on record with an image; `size` is in bytes. `said` is what an edit note
    was read to say, `unread` that somebody tried in vain."""

    file_name: str
    size: int
    sha256: bytes
    received_at: datetime
    said: EditNote | None = None
    unread: bool = False

    @property
    def is_edit(self) -> bool:
        """Whether it is by its name an iPhone's note of how a picture was edited."""
        return self._ending == "aae"

    @property
    def is_note(self) -> bool:
        """Whether it is by its name a note on the image, and not a smaller picture of it."""
        return self._ending in {"aae", "xmp"}

    @property
    def _ending(self) -> str:
        return self.file_name.rpartition(".")[2].casefold()


def notes_words(notes: Sequence[KeptCompanion], image_name: str) -> list[str]:
    """What is kept with an image, and what that means for the picture that is shown: the file as it
    came. The program applies no note; whether an edit is in the file, only the phone's name for it
    says."""
    edits = [_told(one) for one in notes if one.is_edit]
    others = [one.file_name for one in notes if one.is_note and not one.is_edit]
    told = []
    if edits and _EDITED.fullmatch(image_name):
        told.append(
            f"{_kept('edit note from the phone', edits)}; by its name, this file is the phone's "
            "edited version, and is shown as it came"
        )
    elif edits:
        told.append(
            f"{_kept('edit note from the phone', edits)}; what is shown is the file as it came, "
            f"without {'those edits' if len(edits) > 1 else 'that edit'}"
        )
    if others:
        told.append(
            f"{_kept('note from the device', others)}; what is shown is the file as it came, "
            "without what that may change"
        )
    return told


def _told(note: KeptCompanion) -> str:
    if note.unread:
        return f"{note.file_name}, which could not be read"
    by = note.said.words if note.said else ""
    return f"{note.file_name}, made {by}" if by else note.file_name


def _kept(what: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{'an' if what[0] == 'e' else 'a'} {what} is kept with it ({names[0]})"
    return f"{len(names)} {what.replace('note', 'notes', 1)} are kept with it ({'; '.join(names)})"
