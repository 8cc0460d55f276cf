"""When a sheet in the chart may stand for a photo, in an office that decided so (R77).

Requirement R77 leaves the question to the law and keeps both by default; what stands here only says
what has to hold once somebody who may has answered it (docs/decisions/0014).
"""

from collections.abc import Iterable
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


def standing_paper(
    image: ClinicalImage, sheets: Iterable[Sheet], *, days: int, today: date
) -> Sheet | None:
    """The sheet that may stand for the image today: the one that has been in the chart longest, and
    at least for `days`. None where there is none, or paper cannot show it."""
    if not paper_can_show(image):
        return None
    there = [
        (since, sheet)
        for sheet in sheets
        if image.id in sheet.images and (since := in_chart_since(sheet)) is not None
    ]
    since, sheet = min(there, key=lambda one: one[0], default=(None, None))
    return sheet if since is not None and since + timedelta(days=days) <= today else None
