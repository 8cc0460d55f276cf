"""How good an image is for its purpose, as measured at intake: advice, never a block (R126)."""

from dataclasses import dataclass
from enum import StrEnum


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
    BLURRED = "blurred"
    TOO_DARK = "too-dark"
    TOO_BRIGHT = "too-bright"
    SHADOWS_LOST = "shadows-lost"
    HIGHLIGHTS_LOST = "highlights-lost"
    LOW_CONTRAST = "low-contrast"
    SMALL = "small"
    FORWARDED = "forwarded"
    SCALED = "scaled"
    SCREENSHOT = "screenshot"
    HARD_TO_READ = "hard-to-read"
    MOIRE = "moire"

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
            Finding.TOO_DARK: "dark",
            Finding.TOO_BRIGHT: "very bright",
            Finding.SHADOWS_LOST: "no detail left in dark parts",
            Finding.HIGHLIGHTS_LOST: "no detail left in bright parts",
            Finding.LOW_CONTRAST: "little contrast",
            Finding.SMALL: "few pixels",
            Finding.FORWARDED: "seems to be a copy that a chat program made smaller",
            Finding.SCALED: "smaller than when it was taken",
            Finding.SCREENSHOT: "seems to be a screenshot",
            Finding.HARD_TO_READ: "its writing is too small to read on paper",
            Finding.MOIRE: "striped: seems to be a photo of a screen",
        }[self]

    @property
    def advice(self) -> str:
        """What a person can do about it."""
        again = "If the patient is still here, take it again"
        original = "Ask for the original from the device that took it, by cable"
        return {
            Finding.VERY_BLURRED: f"{again}, with a steady hand and the focus on the subject.",
            Finding.BLURRED: f"Look at it 1:1. {again} where the subject itself is not sharp.",
            Finding.TOO_DARK: f"{again} with more light.",
            Finding.TOO_BRIGHT: f"{again} with less light, or without flash.",
            Finding.SHADOWS_LOST: f"{again} with more light from the side.",
            Finding.HIGHLIGHTS_LOST: f"{again} without flash or glare.",
            Finding.LOW_CONTRAST: f"{again} before a plain, darker or lighter ground.",
            Finding.SMALL: f"{original}; a copy cannot be made larger.",
            Finding.FORWARDED: f"{original}; chat programs throw detail away.",
            Finding.SCALED: f"{original}.",
            Finding.SCREENSHOT: f"{original}; a screenshot says neither when nor with what.",
            Finding.HARD_TO_READ: "Ask for the report itself, not a photo of it.",
            Finding.MOIRE: "Ask for the report or image itself, not a photo of a screen.",
        }[self]


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
