"""Steps that the jobs of the campaign share: deeds, each said as soon as it is acknowledged."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.records.deeds.filing import file_image
from desktop.records.deeds.patients import add_patient, patient_with_number
from desktop.records.deeds.receiving import receive
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.identifiers import local_number
from desktop.records.facts.ids import PatientId
from desktop.records.facts.patient import NewPatient
from desktop.records.facts.problems import PatientAlreadyKnown
from desktop.records.vault.vault import Vault
from tests.faults.campaign.words import Say, office_in
from tests.unit.records.made_up import (
    MEI,
    arrival,
    intake,
    kept,
    linked,
    time_of_file,
    whole_facts,
)

PATIENTS = 2
_BORN = date(1961, 3, 4)


def unheard(_what: str, /, **_facts: object) -> None:
    """Say it to nobody."""
    return


def new_office(folder: Path) -> None:
    """An office with two patients and two images, one filed and one in the tray."""
    with office_in(folder).create() as vault:
        fill(vault)


def fill(vault: Vault) -> None:
    """Two patients and two images, one filed and one in the tray."""
    for number in range(PATIENTS):
        patient_numbered(vault, number)
    file_one(vault, 0, receive_images(vault, [100, 101])[0])


def content(number: int) -> bytes:
    """The bytes of a made-up image: of some length, always the same for a number."""
    chance = random.Random(number)
    return chance.randbytes(chance.randrange(1, 400_000))


def receive_images(vault: Vault, numbers: Sequence[int], say: Say = unheard) -> list[str]:
    """Receive made-up images in one group; their names."""
    desk = intake(vault)
    sealed = [(kept(vault, content(n)), arrival(desk, f"{n}.JPG")) for n in numbers]
    images = [done.image for done in receive(vault, sealed=sealed, by=MEI)]
    for image in images:
        say("received", name=image.arrival.file_name, sha256=image.sha256.hex())
    say_head(vault, say)
    return [image.arrival.file_name for image in images]


def patient_numbered(vault: Vault, number: int) -> str:
    """Add a patient, unless that was done before; the number."""
    value = f"L{number}"
    new = NewPatient(
        identifiers=(local_number(value),), family_name="Pōmare", given_names="Aroha", born=_BORN
    )
    try:
        add_patient(vault, new=new, by=MEI)
    except PatientAlreadyKnown:
        return value
    return value


def file_one(vault: Vault, patient: int, name: str) -> ClinicalImage:
    """File the image of this name."""
    owner = patient_with_number(vault, number=local_number(f"L{patient}"))
    with vault.look() as look:
        rows = [*look.images.tray(), *look.images.of_patient(PatientId(owner.id))]
    (image,) = [row for row in rows if row.arrival.file_name == name]
    facts = whole_facts(taken=time_of_file())
    return file_image(vault, image=image.id, link=linked(owner), facts=facts, by=MEI)


def say_head(vault: Vault, say: Say) -> None:
    """Say the head of the trail, as a month-end sheet does: nobody may go back behind it."""
    with vault.look() as look:
        head = look.trail.head()
    if head is not None:
        say("head", seq=head.seq, mac=head.mac.hex())
