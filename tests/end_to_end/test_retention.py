"""From the command line: an archive that checks itself, and a disposal with its certificate."""

import io
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from desktop.records.deeds.disposal import approve_disposal, propose_disposal
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import images_of
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.people import add_person
from desktop.records.deeds.receiving import begin_intake, receive
from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import short_number
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.facts.sheet import grouped
from desktop.verbs.office import Office, open_office
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine
from tests.unit.printing.reading import page_texts
from tests.unit.records.made_up import arrival, linked, time_of_file, whole_facts

LONG_AGO = datetime.now(UTC) - timedelta(days=4100)
NUMBER = "ZZZ0016"


def filed_long_ago(office: Office) -> None:
    """Two images, as they were received and filed eleven years ago."""
    vault, by = office.vault, office.person
    now, vault.clock = vault.clock, lambda: LONG_AGO
    patient = patient_with_number(vault, number=nhi(NUMBER))
    begun = begin_intake(vault, source_name="Card", route=Route.CARD, by=by)
    facts = whole_facts(taken=time_of_file(LONG_AGO.replace(tzinfo=None) - timedelta(days=2)))
    for content in (b"one", b"two"):
        sealed = vault.originals.keep(io.BytesIO(content).readinto, expected=len(content))
        (got,) = receive(vault, sealed=[(sealed, arrival(begun))], by=by)
        file_image(vault, image=got.image.id, link=linked(patient), facts=facts, by=by)
    vault.clock = now


def approved(office: Office, *, images: Sequence[ImageId] | None = None) -> str:
    """A list of these, or of both, approved by somebody else than who proposed it."""
    new = NewPerson(name="Rangi Tūī", office_role=OfficeRole.PRIVACY_OFFICER)
    second = add_person(office.vault, new=new, by=office.person)
    number = propose_disposal(office.vault, by=office.person, images=images).number
    return approve_disposal(office.vault, number=number, by=second).number


@pytest.mark.requirement("R107", "R116", "R117")
def test_archived_then_destroyed_and_certified(chartroom: CommandLine) -> None:
    """The rest of these commands is run in one process by the unit tests."""
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        filed_long_ago(office)
        number = approved(office)
    out = chartroom.world / "archive"
    made = chartroom.json("archive", str(out), "--patient", NUMBER)
    assert made["images"] == 2
    assert "Everybody who has this folder can read it" in made["note"]
    script = [sys.executable, "-I", "-S", str(out / "check_archive.py")]
    assert subprocess.run(script, check=False, capture_output=True).returncode == 0
    certificate = chartroom.world / "certificate.pdf"
    done = chartroom.json(
        *("dispose", "carry-out", number, "--certificate", str(certificate)),
        *("--backups-until", "2040-01-31"),
    )
    assert done["destroyed"] == 2
    (text,) = page_texts(certificate.read_bytes())
    assert grouped(number) in text
    assert "until 31 Jan 2040" in text


@pytest.mark.requirement("R97", "R107")
def test_what_was_given_stays_in_the_letter_once_it_is_destroyed(chartroom: CommandLine) -> None:
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        filed_long_ago(office)
        patient = patient_with_number(office.vault, number=nhi(NUMBER))
        images = [one.id for one in images_of(office.vault, patient.id)]
    chartroom.json(
        *("export", *map(str, images), "--out", str(chartroom.world / "out"), "--identifiable"),
        *("--to", "Dr Reader", "--purpose", "referral"),
    )
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        number = approved(office, images=images[:1])
    chartroom.json("dispose", "carry-out", number, "--certificate", str(chartroom.world / "c.pdf"))
    for name in ("disclosure-letter", "recall-letter"):
        out = chartroom.world / f"{name}.pdf"
        chartroom.json("paper", name, "--patient", NUMBER, "--out", str(out))
        told = "".join("".join(page_texts(out.read_bytes())).split())
        assert "Whatislisted:2" in told
        assert short_number(images[0]) in told
