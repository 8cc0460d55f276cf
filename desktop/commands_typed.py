"""What people type after a command, as facts."""

from datetime import date
from uuid import UUID

from desktop.commands_choosing import today
from desktop.records.facts.ids import ImageId
from desktop.records.facts.problems import ImageUnknown
from desktop.records.rules.typed_date import typed_date


def typed_day(text: str) -> date:
    """A day as people write it. Raises what `typed_date` raises."""
    return typed_date(text, today=today())


def typed_image(text: str) -> ImageId:
    """An image by its id. Raises ImageUnknown."""
    try:
        return ImageId(UUID(text))
    except ValueError:
        raise ImageUnknown(image=text) from None
