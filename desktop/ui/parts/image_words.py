"""What is said of a clinical image in a few words, on tiles and below pictures."""

from datetime import datetime

from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.ui.parts.words import moment, sentence_case


def what_it_is(image: ClinicalImage) -> str:
    """The body site where it is known, else the name that the device gave."""
    return sentence_case(image.site) if image.site else image.arrival.file_name


def when_words(image: ClinicalImage) -> str:
    """When it was taken, in the camera's wall time."""
    return moment(image.taken.local) if image.taken else "time not known"


def state_words(image: ClinicalImage) -> str:
    """The state in a word or two."""
    return "in the tray" if image.state is ImageState.RECEIVED else str(image.state)


def missing_words(image: ClinicalImage) -> str:
    """What an incomplete image lacks, or nothing."""
    if not image.missing:
        return ""
    return "missing: " + ", ".join(essential.words for essential in image.missing)


def moment_of(image: ClinicalImage) -> tuple[bool, datetime]:
    """To sort by: capture time; images without one as if before all others, by their receipt."""
    if image.taken is not None:
        return True, image.taken.local
    return False, image.received_at.replace(tzinfo=None)
