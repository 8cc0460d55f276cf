"""What people type after a command, as facts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from desktop.commands_choosing import today
from desktop.records.deeds import looking
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.facts.problems import ImageUnknown
from desktop.records.rules.typed_date import typed_date
from desktop.verbs.office import Office


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
