"""Looking: reading the record. Looking at an original writes a line; a list does not."""

from collections.abc import Sequence

from desktop.records.facts.came_from import Received
from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import ClinicalImage, FilingFacts, short_number
from desktop.records.facts.consent import Consent, ConsentForm
from desktop.records.facts.ids import ImageId, IntakeId, PatientId
from desktop.records.facts.media import TieKind
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import Person, Photographer
from desktop.records.facts.problems import ImageUnknown
from desktop.records.facts.retention_problems import ImageDisposed
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.records.vault.sealing import SealedReader
from desktop.records.vault.vault import Look, Vault

_MOST_PHOTOGRAPHERS = 200


def images_of(vault: Vault, patient: PatientId) -> list[ClinicalImage]:
    """A patient's images, newest taken first."""
    with vault.look() as look:
        return look.images.of_patient(patient)


def tray(vault: Vault) -> list[ClinicalImage]:
    """Images received and not yet linked, oldest first."""
    with vault.look() as look:
        return look.images.tray()


def source_of(vault: Vault, intake: IntakeId) -> tuple[str, Route]:
    """Name and route of the source that an intake was read from."""
    with vault.look() as look:
        return look.images.source_of(intake)


def image(vault: Vault, image_id: ImageId) -> ClinicalImage:
    """The image with this id. Raises ImageUnknown."""
    with vault.look() as look:
        return known_image(look, image_id)


def ties_of(vault: Vault, image_id: ImageId) -> list[tuple[TieKind, ClinicalImage]]:
    """The images on record that belong to this one, and how."""
    with vault.look() as look:
        found = [(kind, look.images.find(other)) for kind, other in look.ties.of_image(image_id)]
    return [(kind, other) for kind, other in found if other is not None]


def thumbnails(vault: Vault, images: Sequence[ImageId]) -> dict[ImageId, bytes]:
    """Upright JPEGs of at most 320 pixels, of those that have one."""
    return vault.renditions.get_many(images)


def open_original(vault: Vault, *, image: ImageId, by: Person) -> SealedReader:
    """The bytes of an original as a seekable file, for somebody who looks at it; close it.

    Raises ImageUnknown, OriginalMissing, OriginalDamaged or DiskFailed; reading raises the last
    two. The trail says who looked before a byte is given out.
    """
    with vault.change() as change:
        found = known_image(change, image)
        sealed = change.images.sealed(image)
        change.note("original viewed", by=by, image=image, patient=found.patient)
    return vault.originals.reader(sealed)


def read_for_paper(vault: Vault, *, image: ImageId) -> SealedReader:
    """As `open_original`, for a sheet or a description: the register or the description has its own
    line, so none is written here."""
    with vault.look() as look:
        sealed = look.images.sealed_or_none(image)  # its other facts take ten times as long
        if sealed is None:
            known_image(look, image)
            raise ImageUnknown(image=str(image))
    return vault.originals.reader(sealed)


def office(vault: Vault) -> OfficeFacts:
    """What is printed about the organisation."""
    with vault.look() as look:
        return look.office.facts()


def photographers(vault: Vault) -> list[Photographer]:
    """People who took images before, the most recent first, to offer while a name is typed."""
    with vault.look() as look:
        return look.images.photographers(most=_MOST_PHOTOGRAPHERS)


def last_filing_facts(vault: Vault, source_name: str) -> FilingFacts | None:
    """What was said last of images from a source of this name, to be offered again.

    Consent, body site and capture time are the patient's and the image's own: never carried over.
    """
    with vault.look() as look:
        last = look.images.last_linked_from(source_name)
    if last is None:
        return None
    was_sent = isinstance(last.came_from, Received)  # says nothing of who takes images with it
    return FilingFacts(
        photographer=None if was_sent else last.photographer,
        mode=None if was_sent else last.mode,
        purposes=last.purposes,
        consent=Consent(form=ConsentForm.NONE_YET),
    )


def seen_at(vault: Vault, source_name: str) -> dict[FileMark, Seen]:
    """The files of a source of this name that are on record already, by their marks: a hint that
    spares reading them again (R121). Another device may have the same name."""
    with vault.look() as look:
        return look.deposits.seen_at(source_name)


def known_image(look: Look, image_id: ImageId) -> ClinicalImage:
    """The image with this id, within a transaction. Raises ImageUnknown, and ImageDisposed for one
    that was destroyed."""
    found = look.images.find(image_id)
    if found is not None:
        return found
    if stone := look.disposals.tombstone(image_id):
        raise ImageDisposed(
            number=short_number(image_id),
            day=short_date(stone.disposed_at.astimezone().date()),
            certificate=stone.certificate,
        )
    raise ImageUnknown(image=str(image_id))
