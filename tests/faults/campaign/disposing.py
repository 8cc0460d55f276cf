"""Disposal as a job: whatever is acknowledged as destroyed left neither key, picture nor file."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from desktop.records.deeds.disposal import (
    approve_disposal,
    carry_out_disposal,
    disposal,
    propose_disposal,
)
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.sheets import register_sheet
from desktop.records.facts.identifiers import local_number
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import OfficeRole
from desktop.records.facts.sheet import NewSheet
from desktop.records.vault.vault import Vault
from tests.faults.campaign.steps import (
    file_one,
    new_office,
    patient_numbered,
    receive_images,
    say_head,
)
from tests.faults.campaign.words import Said, Say, keep_aside, kept_aside, office_in
from tests.unit.records.made_up import MEI
from tests.unit.retention.old_office import TEN_YEARS, colleague
from tests.unit.retention.opened_pages import opened

OLD = range(300, 322)  # two groups of a disposal
YOUNG = 400
_NUMBER = "number"


def old_office(folder: Path) -> None:
    """An approved batch with thumbnails and a sheet; younger images that nobody approved."""
    new_office(folder)
    made = office_in(folder)
    with made.open() as vault:
        second = colleague(vault, "Rangi Tūī", OfficeRole.PRIVACY_OFFICER)
        filed = [file_one(vault, 1, name) for name in receive_images(vault, OLD)]
        owner = patient_with_number(vault, number=local_number("L1"))
        for image in filed:
            vault.renditions.put(image.id, _thumbnail(image.id))
        for shown in (filed[:2], filed[-1:]):
            register_sheet(
                vault,
                NewSheet(
                    patient=owner.id,
                    images=[image.id for image in shown],
                    pages=1,
                    number=f"RS7K3QX9F{len(shown)}",
                    target="printer front desk",
                ),
                by=MEI,
            )
        made.clock.move(days=TEN_YEARS)
        patient_numbered(vault, 7)
        (young,) = receive_images(vault, [YOUNG])
        file_one(vault, 7, young)
        batch = propose_disposal(vault, by=MEI, images=[image.id for image in filed])
        approve_disposal(vault, number=batch.number, by=second)
        keep_aside(folder, {_NUMBER: batch.number, **_keys(vault, batch.images)})


def dispose(folder: Path, say: Say) -> None:
    """Carry the batch out; each image that is gone is acknowledged, and the certificate at last."""
    made, number = office_in(folder), kept_aside(folder)[_NUMBER]
    made.clock.move(days=TEN_YEARS)
    with made.open() as vault:
        with vault.look() as look:
            (second,) = [one for one in look.office.people() if one.id != MEI.id]
            batch = look.disposals.batch(number)
            assert batch is not None
            left = look.disposals.undecided(number)
        told = len(batch.images) - len(left)

        def tell(done: int, _total: int) -> None:
            nonlocal told
            for image in batch.images[told:done]:
                say("disposed", image=str(image))
            told = done
            say_head(vault, say)

        carry_out_disposal(vault, number=number, by=second, tell=tell)
        certificate = disposal(vault, number=number)
        assert not certificate.spared
        for stone in certificate.gone:
            say("disposed", image=str(stone.image))
        say("certificate", number=number)
        say_head(vault, say)


def left_of_disposed(folder: Path, said: Sequence[Said]) -> Iterator[str]:
    """What a thief with the office key still finds of what was acknowledged as destroyed, before
    anybody opens the office again."""
    kept, office = kept_aside(folder), office_in(folder)
    gone = {str(one.facts["image"]) for one in said if one.what == "disposed"}
    with office.key() as key:
        pages = b"".join(
            opened(path, bytes(key.subkey("records")))
            for path in office.folder.glob("records*.db*")
            if path.suffix not in {".db-wal", ".db-shm"}
        )
        pictures = opened(office.folder / "renditions.db", bytes(key.subkey("renditions")))
    files = {path.name for path in (office.folder / "originals").rglob("*")}
    for image in sorted(gone):
        name, wrapped = kept[image].split()
        if bytes.fromhex(wrapped) in pages:
            yield f"{image} was acknowledged as destroyed and its key is there"
        if _thumbnail(ImageId(UUID(image))) in pictures:
            yield f"{image} was acknowledged as destroyed and its thumbnail is there"
        if any(name in file for file in files):
            yield f"{image} was acknowledged as destroyed and its sealed file is there"


def _keys(vault: Vault, images: Sequence[ImageId]) -> dict[str, str]:
    with vault.look() as look:
        sealed = {image: look.images.sealed(image) for image in images}
    return {str(image): f"{one.name} {one.wrapped_key.hex()}" for image, one in sealed.items()}


def _thumbnail(image: ImageId) -> bytes:
    return b"a small picture of " + image.bytes
