"""Why a file has no preview, in plain words; every such file is kept as it is."""

from enum import StrEnum

from desktop.media.true_type import AAE, EMPTY, PDF, TEXT, UNKNOWN, TrueType

OF_THE_CAMERA = "a preview made by the camera, not the full picture"
CUT_SHORT = "the file is cut short; what there is of it is kept"
DAMAGED = "the picture in the file is damaged; the file is kept as it is"
DAMAGED_FILM = "the recording in the file is damaged; the file is kept as it is"
NO_FRAME = "no picture of this video can be decoded; the file is kept as it is"
NO_SOUND = "no sound of this recording can be decoded; the file is kept as it is"
NO_TRACK = "there is neither film nor sound in this file; it is kept as it is"


class Failure(StrEnum):
    """How the decoder worker failed on one file."""

    REFUSED = "refused"
    CRASHED = "crashed"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    NO_WORKER = "no_worker"

    @property
    def words(self) -> str:
        """The same in plain words, for the note of that file."""
        return {
            Failure.REFUSED: DAMAGED,
            Failure.CRASHED: "this file made the decoder crash, so it is not shown; it is kept",
            Failure.TOO_SLOW: "this file took too long to decode, so it is not shown; it is kept",
            Failure.TOO_MUCH_MEMORY: (
                "this file needs too much memory to decode, so it is not shown; it is kept"
            ),
            Failure.NO_WORKER: "no preview: the decoder could not be started; the file is kept",
        }[self]


_NO_IMAGES = {
    EMPTY: "the file is empty",
    TEXT: "this is text, not a photo, video or recording",
    AAE: "what was edited on the phone, not a picture; kept beside the picture it belongs to",
    PDF: "this is a PDF, not a photo, video or recording",
    UNKNOWN: "this is no kind of photo, video or recording that is known here",
}


def no_preview_for(found: TrueType) -> str:
    """The note for a file of a kind that nothing here decodes."""
    return _NO_IMAGES.get(found, f"no preview for {found.words}; the file is kept as it is")


def no_still_in(found: TrueType) -> str:
    """The note for a file of a known kind without a single picture to show."""
    return f"no picture that can be shown in this {found.words} file; it is kept as it is"


def not_playable(found: TrueType) -> str:
    """The note for a film or recording in a format that nothing here decodes."""
    return f"{found.words} cannot be shown or played here; the file is kept as it is"


def too_large(width: int, height: int) -> str:
    """The note for a picture of more pixels than are ever decoded."""
    return f"too large to preview safely ({width:,} × {height:,} pixels)"


def too_long(size: int) -> str:
    """The note for a file of more bytes than are sent to the decoder."""
    return f"too large to preview safely ({size / 2**20:,.0f} MB)"
