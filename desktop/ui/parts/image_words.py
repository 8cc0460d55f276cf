"""What is said of a clinical image in a few words, on tiles and below pictures."""

from datetime import datetime

from desktop.records.facts.clinical_image import ClinicalImage, ImageState, MediaKind
from desktop.records.facts.quality import Quality
from desktop.records.rules.body_sites import site_words
from desktop.records.rules.lengths import length_words
from desktop.ui.parts.words import moment, sentence_case

_RECORDED = {MediaKind.VIDEO: ("play", "video"), MediaKind.AUDIO: ("volume-2", "recording")}


def what_it_is(image: ClinicalImage) -> str:
    """The body site where it is known, else the name that the device gave."""
    site = site_in_words(image)
    return sentence_case(site) if site else image.arrival.file_name


def site_in_words(image: ClinicalImage) -> str:
    """The body site with its side, or nothing."""
    return site_words(image.site, image.depicts.site_code, image.depicts.laterality)


def shown_words(image: ClinicalImage) -> str:
    """What it shows beside the site: subject, view, distance; or nothing (R12)."""
    shows = image.depicts
    return ", ".join(
        one.words for one in (shows.subject, shows.view, shows.distance) if one is not None
    )


def quality_said(image: ClinicalImage) -> Quality | None:
    """What is worth saying of its quality, given what it shows; None where nothing is (R126)."""
    measured = image.description.quality if image.description else None
    said = measured.for_subject(image.depicts.subject) if measured else None
    return said if said and said.findings else None


def recording_badge(kind: MediaKind, duration_ms: int | None) -> tuple[str, str] | None:
    """For a tile: the icon and the words of a recording, as `video · 6.0 s`; None for a photo.

    The length stands there where it is known."""
    if kind not in _RECORDED:
        return None
    icon, noun = _RECORDED[kind]
    return icon, noun if duration_ms is None else f"{noun} · {length_words(duration_ms)}"


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
