"""Series: the images of one patient that show the same place on the body, over time (R13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.depiction import Laterality
from desktop.records.rules.body_sites import site_words

_Key = tuple[str, str, Laterality | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """`site` is in the words that were said last; `images` are the oldest first. Those without a
    capture time come before all others, by their receipt."""

    site: str
    images: tuple[ClinicalImage, ...]

    @property
    def moments(self) -> tuple[datetime, ...]:
        """When its images were taken, in wall time, where that is known; the oldest first."""
        return tuple(image.taken.local for image in self.images if image.taken is not None)


def series_of(images: Iterable[ClinicalImage]) -> tuple[Series, ...]:
    """The series among images of one patient, the one that was added to last first.

    One site is one code and one side; without a code, the same words. An image of which nobody said
    the site is in no series.
    """
    found: dict[_Key, list[ClinicalImage]] = {}
    for image in sorted(images, key=_taken):
        if image.site or image.depicts.site_code:
            found.setdefault(_key(image), []).append(image)
    made = [Series(site=_site(group), images=tuple(group)) for group in found.values()]
    return tuple(sorted(made, key=lambda one: _taken(one.images[-1]), reverse=True))


def _key(image: ClinicalImage) -> _Key:
    depicts = image.depicts
    said = "" if depicts.site_code else " ".join(image.site.casefold().split())
    return depicts.site_code, said, depicts.laterality


def _site(group: list[ClinicalImage]) -> str:
    said = next((image.site for image in reversed(group) if image.site), "")
    return site_words(said, group[-1].depicts.site_code, group[-1].depicts.laterality)


def _taken(image: ClinicalImage) -> tuple[bool, datetime]:
    if image.taken is not None:
        return True, image.taken.local
    return False, image.received_at.replace(tzinfo=None)
