"""Writes tests/data/office-VERSION, once a release: `python -m tools.office_fixture VERSION`.

A small office as this very version of the program leaves it. Later versions must open it, so what
was released is never written again. Everybody in it is made up, and its passphrase is below.
"""

import io
import sys
from datetime import date, datetime
from pathlib import Path

from desktop.records.deeds.filing import file_image
from desktop.records.deeds.patients import add_patient
from desktop.records.deeds.receiving import begin_intake, receive
from desktop.records.deeds.sheets import register_sheet
from desktop.records.facts.capture import (
    CaptureDevice,
    CaptureTime,
    DeviceOwner,
    ModeOfCapture,
    Route,
    TimeBasis,
    TimeTrust,
)
from desktop.records.facts.clinical_image import Arrival, ClinicalImage, FilingFacts
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.patient import NewPatient
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.sheet import NewSheet, new_sheet_number
from desktop.records.rules.matching import link
from desktop.records.vault.keyring import LEAST_COST
from desktop.verbs.office import LOCK_FILE, Office, create_office

HERE = Path(__file__).resolve().parents[1] / "tests" / "data"
USER, PASSWORD = "Aroha Test", "four made up words"
CONTENTS = (b"a made-up wound", bytes(range(256)) * 1200, b"", b"left in the tray")
"""Two originals to file, one of them in several segments; one incomplete; one for the tray."""


def main(version: str) -> int:
    """Write the office of this version; refuse where it is there already."""
    folder = HERE / f"office-{version}"
    if folder.exists():
        print(f"{folder.name} is there already. What was released is not written again.")
        return 1
    made = create_office(
        folder, organisation="Kererū Clinic", user=USER, password=PASSWORD, cost=LEAST_COST
    )
    with made.office as office:
        _fill(office)
    (folder / LOCK_FILE).unlink(missing_ok=True)
    return 0


def _fill(office: Office) -> None:
    vault, by = office.vault, office.person
    number = nhi("ZZZ0016")
    patient = add_patient(
        vault,
        new=NewPatient(
            identifiers=(number,),
            family_name="Pōmare",
            given_names="Aroha",
            born=date(1961, 3, 4),
        ),
        by=by,
    )
    images = [_received(office, name=f"IMG_{n}.JPG", content=c) for n, c in enumerate(CONTENTS)]
    proof = link(patient, number=number, born=patient.born)
    for image, taken in zip(images[:3], (_entered(), _entered(), None), strict=True):
        file_image(vault, image=image.id, link=proof, facts=_facts(taken), by=by)
    register_sheet(
        vault,
        NewSheet(
            patient=patient.id,
            images=[image.id for image in images[:2]],
            pages=2,
            number=new_sheet_number(),
            target="pdf",
        ),
        by=by,
    )


def _received(office: Office, *, name: str, content: bytes) -> ClinicalImage:
    vault, by = office.vault, office.person
    sealed = vault.originals.keep(io.BytesIO(content).readinto, expected=len(content))
    intake = begin_intake(vault, source_name="Card EOS_DIGITAL", route=Route.CARD, by=by)
    arrival = Arrival(intake=intake, file_name=name, folder="DCIM", modified_local=None)
    return receive(vault, sealed=[(sealed, arrival)], by=by)[0].image


def _entered() -> CaptureTime:
    return CaptureTime(
        local=datetime.fromisoformat("2026-11-22T14:05:00"),
        utc_offset_minutes=None,
        basis=TimeBasis.ENTERED,
        trust=TimeTrust.ENTERED,
    )


def _facts(taken: CaptureTime | None) -> FilingFacts:
    return FilingFacts(
        photographer=Photographer(name="Dr Hine Kōwhai", role=Role.REGISTRAR),
        mode=ModeOfCapture(
            device=CaptureDevice(make="Canon", model="EOS 90D"),
            owner=DeviceOwner.ORGANISATION,
            route=Route.CARD,
            source_name="Card EOS_DIGITAL",
        ),
        purposes=frozenset({Purpose.CARE}),
        consent=Consent(form=ConsentForm.WRITTEN, reference="F-12"),
        taken=taken,
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
