"""The bytes of a stored original, in memory and nowhere else."""

from io import BufferedReader

from desktop.records.deeds import looking
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.verbs.office import Office


def stored_bytes(office: Office, image: ClinicalImage, *, most: int | None = None) -> bytes:
    """The original, or its first `most` bytes. Raises OriginalMissing, OriginalDamaged, DiskFailed.

    For the describer and for paper, which leave their own lines; not for a person who looks.
    """
    wanted = image.size if most is None else min(most, image.size)
    # A raw reader gives one segment at a time; the buffered one goes on until it has all.
    with BufferedReader(looking.read_for_paper(office.vault, image=image.id)) as reader:
        return reader.read(wanted)
