"""A made-up office ten years later: images that are due, and short ways to ask about them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from desktop.records.deeds.disposal import approve_disposal, propose_disposal
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.sheets import register_sheet
from desktop.records.facts.ids import ImageId, PersonId, new_uuid
from desktop.records.facts.patient import Patient
from desktop.records.facts.people import OfficeRole, Person, Role
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.facts.sheet import NewSheet
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    Clock,
    added,
    linked,
    received,
    time_of_file,
    whole_facts,
)

TEN_YEARS = 3653 + 1  # days, with room for the leap days


def colleague(vault: Vault, name: str, office_role: OfficeRole) -> Person:
    person = Person(id=PersonId(new_uuid()), name=name, role=Role.OTHER, office_role=office_role)
    with vault.change() as change:
        change.office.add_person(person, at=change.now)
        change.note("person added", by=MEI, added=person.id)
    return person


@dataclass
class OldOffice:
    """`images` are filed under `patient` and due; `thumbnails` lie beside them."""

    vault: Vault
    clock: Clock
    patient: Patient
    images: list[ImageId]
    sealed: dict[ImageId, SealedOriginal]
    second: Person

    @classmethod
    def of(cls, vault: Vault, clock: Clock, second: Person, *, count: int = 5) -> Self:
        patient = added(vault)
        images = [filed(vault, patient, f"old wound {n} ".encode() * 99) for n in range(count)]
        for image in images:
            vault.renditions.put(image, b"a small picture of it")
            vault.renditions.put_preview(image, "picture", b"a large picture of it", is_seen=True)
        register_sheet(
            vault,
            NewSheet(
                patient=patient.id,
                images=images[:1],
                pages=1,
                number="RS7K3QX9FM",
                target="printer front desk",
            ),
            by=MEI,
        )
        clock.move(days=TEN_YEARS)
        with vault.look() as look:
            sealed = {image: look.images.sealed(image) for image in images}
        return cls(vault, clock, patient, images, sealed, second)

    def approved(self) -> str:
        """The number of a batch of all that is due, approved by the second person."""
        batch = propose_disposal(self.vault, by=MEI)
        return approve_disposal(self.vault, number=batch.number, by=self.second).number

    def path_of(self, image: ImageId) -> Path:
        name = self.sealed[image].name
        return self.vault.folder / "originals" / name[:2] / name


def filed(vault: Vault, patient: Patient, content: bytes) -> ImageId:
    image = received(vault, content).id
    facts = whole_facts(taken=time_of_file())
    file_image(vault, image=image, link=linked(patient), facts=facts, by=MEI)
    return image
