"""How good an image is for its purpose, as measured at intake: advice, never a block (R126)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.records.facts.depiction import Subject


class Grade(StrEnum):
    """The sum of the findings, for a mark with words beside it."""

    GOOD = "good"
    CHECK = "check"
    POOR = "poor"

    @property
    def words(self) -> str:
        """The grade in plain words."""
        return {Grade.GOOD: "good", Grade.CHECK: "look closely", Grade.POOR: "poor"}[self]


class Finding(StrEnum):
    """One thing that was measured and is worth a look, the gravest first."""

    VERY_BLURRED = "very-blurred"
    HARD_TO_READ = "hard-to-read"
    MOIRE = "moire"
    BLURRED = "blurred"
    SHAKEN = "shaken"
    TOO_DARK = "too-dark"
    TOO_BRIGHT = "too-bright"
    SHADOWS_LOST = "shadows-lost"
    HIGHLIGHTS_LOST = "highlights-lost"
    LOW_CONTRAST = "low-contrast"
    SMALL = "small"
    FORWARDED = "forwarded"
    SCALED = "scaled"
    SCREENSHOT = "screenshot"

    @property
    def is_grave(self) -> bool:
        """Whether this alone makes an image poor."""
        return self in {Finding.VERY_BLURRED, Finding.HARD_TO_READ}

    @property
    def words(self) -> str:
        """What was found, in plain words."""
        return {
            Finding.VERY_BLURRED: "very blurred",
            Finding.BLURRED: "may be blurred",
            Finding.SHAKEN: "streaked, as if it moved while it was taken",
            Finding.TOO_DARK: "too dark",
            Finding.TOO_BRIGHT: "too bright",
            Finding.SHADOWS_LOST: "no detail left in dark parts",
            Finding.HIGHLIGHTS_LOST: "no detail left in bright parts",
            Finding.LOW_CONTRAST: "little contrast",
            Finding.SMALL: "too few pixels for a sharp print",
            Finding.FORWARDED: "seems to be a copy that a chat program made smaller",
            Finding.SCALED: "smaller than when it was taken",
            Finding.SCREENSHOT: "seems to be a screenshot",
            Finding.HARD_TO_READ: "its writing may be too small to read",
            Finding.MOIRE: "fine stripes: seems to be a photo of a screen",
        }[self]

    @property
    def advice(self) -> str:
        """What a person can do about it."""
        again = "If the patient is still here, take it again"
        original = "Ask for the original from the device that took it, by cable"
        return {
            Finding.VERY_BLURRED: f"{again}, with a steady hand and the focus on the subject.",
            Finding.BLURRED: f"Look at it 1:1. {again} where the subject itself is not sharp.",
            Finding.SHAKEN: f"{again}, with a steady hand or more light.",
            Finding.TOO_DARK: f"{again} with more light.",
            Finding.TOO_BRIGHT: f"{again} with less light, or without flash.",
            Finding.SHADOWS_LOST: f"{again} with more light from the side.",
            Finding.HIGHLIGHTS_LOST: f"{again} without flash or glare.",
            Finding.LOW_CONTRAST: f"{again} before a plain, darker or lighter ground.",
            Finding.SMALL: f"{original}; a copy cannot be made larger.",
            Finding.FORWARDED: f"{original}; chat programs throw detail away.",
            Finding.SCALED: f"{original}.",
            Finding.SCREENSHOT: f"{original}; a screenshot says neither when nor with what.",
            Finding.HARD_TO_READ: "Ask for the primary copy of the report, not a photo of it.",
            Finding.MOIRE: "Ask for the primary copy, not a photo of a screen.",
        }[self]


_OF_WRITING = frozenset({Finding.HARD_TO_READ, Finding.MOIRE})
_WHITE_PAGE = frozenset({Finding.TOO_BRIGHT, Finding.HIGHLIGHTS_LOST, Finding.LOW_CONTRAST})
_BLACK_FILM = frozenset({Finding.TOO_DARK, Finding.SHADOWS_LOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What was measured on a picture of at most 1024 pixels a side, and what was found.

    `sharpness` is the 95th percentile of the variance of the Laplacian over 8 × 8 tiles;
    `brightness` and `contrast` are grey levels of 0 to 255; `dark_share` and `bright_share` the
    shares of pixels without detail, 0 to 1; `jpeg_quality` the quality of libjpeg, 1 to 100. None
    where it does not apply.
    """

    findings: tuple[Finding, ...] = ()
    sharpness: float | None = None
    brightness: float | None = None
    contrast: float | None = None
    dark_share: float | None = None
    bright_share: float | None = None
    jpeg_quality: int | None = None

    def for_subject(self, subject: Subject | None) -> "Quality":
        """What is worth saying of an image that shows this: whether writing can be read only of a
        copy of a record (R128), and of such a copy neither that paper is white nor film black."""
        if subject is None or not subject.is_copy_of_a_record:
            unsaid = _OF_WRITING
        elif subject is Subject.DIAGNOSTIC_IMAGE:
            unsaid = _BLACK_FILM | _WHITE_PAGE
        else:
            unsaid = _WHITE_PAGE
        return replace(self, findings=tuple(one for one in self.findings if one not in unsaid))

    @property
    def grade(self) -> Grade:
        """The worst of what was found."""
        if not self.findings:
            return Grade.GOOD
        return Grade.POOR if any(one.is_grave for one in self.findings) else Grade.CHECK

    @property
    def words(self) -> str:
        """All findings in one line; `good` where there is none."""
        return "; ".join(one.words for one in self.findings) or Grade.GOOD.words

    @property
    def advice(self) -> str:
        """What to do about the gravest of what was found; empty where nothing was."""
        return self.findings[0].advice if self.findings else ""
