"""The bytes of a stored original, in memory and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.media.untrusted import Untrusted
from desktop.records.deeds import looking
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.verbs.office import Office


@contextmanager
def untrusted_original(office: Office, image: ClinicalImage) -> Iterator[Untrusted]:
    """The original, unsealed as it is read. Raises OriginalMissing, OriginalDamaged, DiskFailed;
    reading raises the last two.

    For the describer and for paper, which leave their own lines; not for a person who looks.
    """
    with looking.read_for_paper(office.vault, image=image.id) as reader:
        yield Untrusted(reader, size=image.size)
