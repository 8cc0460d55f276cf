"""What people type after a command, as facts."""

import re
from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from desktop.commands_choosing import today
from desktop.records.deeds import looking
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.facts.problems import ImageUnknown
from desktop.records.rules.typed_date import typed_date
from desktop.verbs.office import Office

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)


def typed_instant(text: str) -> datetime:
    """A day with a time of day, and an offset from UTC where one is known. Raises
    ArgumentTypeError, also for a day alone: midnight is not what was meant."""
    try:
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(
        f"“{text[:40]}” is not a day with a time of day: type it like 2026-11-20T10:42, or "
        "2026-11-20T10:42+13:00"
    )


def typed_day(text: str) -> date:
    """A day as people write it. Raises what `typed_date` raises."""
    return typed_date(text, today=today())


def typed_image(text: str) -> ImageId:
    """An image by its id. Raises ImageUnknown."""
    try:
        return ImageId(UUID(text))
    except ValueError:
        raise ImageUnknown(image=text) from None


def image_ids(office: Office, patient: Patient, wanted: Sequence[str]) -> list[ImageId]:
    """A patient's images by id, or by the number on a sheet. Raises ImageUnknown."""
    known = looking.images_of(office.vault, patient.id)
    by_name = {str(image.id): image.id for image in known}
    by_name |= {image.short_number: image.id for image in known}
    for text in wanted:
        if text not in by_name:
            raise ImageUnknown(image=text)
    return [by_name[text] for text in wanted]
