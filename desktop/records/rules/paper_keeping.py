"""When a sheet in the chart may stand for a photo, in an office that decided so (R77).

Requirement R77 leaves the question to the law and keeps both by default; what stands here only says
what has to hold once somebody who may has answered it (docs/decisions/0014).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.records.facts.clinical_image import ClinicalImage, ImageState, MediaKind
from desktop.records.facts.sheet import Sheet, SheetKind, SheetState


def paper_can_show(image: ClinicalImage) -> bool:
    """Whether a sheet shows all that there is to see: a photo on record, decoded from its own
    pixels and known to be upright.

    Of a film, a sound, a raw picture and what could not be decoded, paper shows less than the
    original holds; what is incomplete is not yet on record.
    """
    described = image.description
    return (
        image.state is ImageState.FILED
        and described is not None
        and described.kind is MediaKind.PHOTO
        and not described.note
        and not described.shown_with_doubt
    )


def in_chart_since(sheet: Sheet) -> date | None:
    """The day, on the office's calendar, since which the whole sheet is known to be in the chart:
    every page was confirmed in hand before. None for a sheet that is not there or was never held,
    and for any other paper, such as a contact sheet.
    """
    if sheet.kind is not SheetKind.RECORD:
        return None
    if sheet.state is not SheetState.IN_CHART or sheet.in_chart_at is None:
        return None
    if sheet.in_hand_at is None:
        return None
    return sheet.in_chart_at.astimezone().date()


MOST_PER_PAGE = {"A5": 1}
"""Of the sizes of paper that are not as large as A4 or Letter: see `most_per_page`."""


def most_per_page(paper: str) -> int:
    """How many images a page may show so that each has half a page of A4 or more."""
    return MOST_PER_PAGE.get(paper, 2)


def why_too_poor(sheet: Sheet) -> str:
    """Why the sheet, as it was printed, shows less than the original holds, to end a sentence; or
    an empty text. Whether an image has colours is not on record, so grey never shows it all."""
    printed = sheet.printed
    if printed is None:
        return "how it was printed is not on record"
    if printed.is_grey is None:
        return "nobody can tell whether it was printed in colour"
    if printed.is_grey:
        return "it was printed without colours"
    if printed.per_page > most_per_page(printed.paper):
        return f"{printed.per_page} images stand on one page of {printed.paper}, so each is small"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """What there is of an image on paper in the chart, for as long as the office asks: the sheet
    that `stands` for it, or else one that would, were it printed better, and `why_not`."""

    stands: Sheet | None = None
    fails: Sheet | None = None
    why_not: str = ""


def on_paper(image: ClinicalImage, sheets: Iterable[Sheet], *, days: int, today: date) -> OnPaper:
    """Which sheet may stand for the image today: of those that show it well enough the one that has
    been in the chart longest, and at least for `days`. Nothing where paper cannot show it."""
    if not paper_can_show(image):
        return OnPaper()
    there = sorted(
        (
            (since, sheet)
            for sheet in sheets
            if image.id in sheet.images
            and (since := in_chart_since(sheet)) is not None
            and since + timedelta(days=days) <= today
        ),
        key=lambda one: one[0],
    )
    for _, sheet in there:
        if not why_too_poor(sheet):
            return OnPaper(stands=sheet)
    if not there:
        return OnPaper()
    fails = there[0][1]
    return OnPaper(fails=fails, why_not=why_too_poor(fails))
