"""In the real window by keyboard: what is due is held, freed, destroyed by two, and certified."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.records.deeds.checking import verify
from desktop.records.deeds.looking import images_of
from desktop.records.deeds.patients import patient_with_number
from desktop.records.deeds.people import add_person
from desktop.records.deeds.retention import due_images
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.facts.sheet import grouped
from desktop.records.vault import keyring
from desktop.records.vault.keyring import LEAST_COST
from desktop.settings import Settings
from desktop.tour import Tour
from desktop.verbs.backups import back_up
from desktop.verbs.keys import give_password
from desktop.verbs.office import Office, open_office
from desktop.verbs.workstation import Workstation
from tests.end_to_end.command_line import PASSWORD, USER
from tests.end_to_end.made_office import office_to_copy
from tests.end_to_end.test_retention import NUMBER, filed_long_ago
from tests.end_to_end.toured import toured
from tests.unit.printing.reading import page_texts

__all__ = ["office_to_copy"]

SECOND = "Rangi Tūī"
GIVEN, OWN = "lantern gravel swim oat", "copper kettle anvil moss"


@pytest.fixture
def office(tmp_path: Path, office_to_copy: Path) -> Iterator[Office]:
    """Two images that are due, a backup, and a second person whose passphrase was given them."""
    folder = tmp_path / "office"
    shutil.copytree(office_to_copy, folder)
    with open_office(folder, user=USER, password=PASSWORD, cost=LEAST_COST) as made:
        filed_long_ago(made)
        new = NewPerson(name=SECOND, office_role=OfficeRole.PRIVACY_OFFICER)
        second = add_person(made.vault, new=new, by=made.person)
        give_password(made, person=second, password=GIVEN, own_password=PASSWORD, cost=LEAST_COST)
        back_up(made, to=tmp_path / "STICK")
        yield made


@pytest.fixture
def tour(office: Office, tmp_path: Path) -> Iterator[Tour]:
    station = Workstation(Settings(office=office.folder))
    station.take_over(office)
    with toured(station, tmp_path) as made:
        yield made
    station.let_go()


def hold_from_the_list(tour: Tour, office: Office) -> None:
    """Hold the first image, see that it is not due, and lift the hold again."""
    due, page = tour.retention, tour.retention.keeping
    due.table.setFocus()
    tour.press(Qt.Key.Key_Home, with_ctrl=True)
    due.keeping_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.until(page.kind.hasFocus, "the page on holds")
    page.reason.setFocus()
    tour.type("HDC 26/118")
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: page.holds.count() == 1, "the hold")
    assert len(due_images(office.vault)) == 1
    page.why.setFocus()
    tour.type("closed")
    tour.press(Qt.Key.Key_Return)
    tour.until(lambda: "lifted" in page.notice.text, "that it is lifted")
    tour.press(Qt.Key.Key_Escape)
    tour.settle()


@pytest.mark.requirement("R105", "R107", "R109")
def test_two_people_destroy_what_is_due_and_certify_it(
    tour: Tour, office: Office, tmp_path: Path
) -> None:
    tour.open_retention()
    due = tour.retention
    hold_from_the_list(tour, office)
    tour.put_all_forward()
    page = due.disposal
    number = page.title.text().split()[-1]
    tour.approve("Rangi", "not this one at all")
    tour.until(lambda: bool(page.notice.text), "a refusal")
    tour.approve("Rangi", GIVEN)
    tour.until(lambda: "chosen by somebody else" in page.notice.text, "another refusal")
    assert len(due_images(office.vault)) == 2

    with keyring.unlock(office.folder, user=USER, password=PASSWORD) as key:
        keyring.set_password(office.folder, key, user=SECOND, password=OWN, cost=LEAST_COST)
    tour.approve("Rangi", OWN)
    certificate = due.certificate
    tour.until(certificate.save_button.isEnabled, "the certificate")
    certificate._ask = lambda question: question.then(tmp_path / "certificate.pdf")
    certificate.save_button.setFocus()
    tour.press(Qt.Key.Key_Return)
    tour.settle()
    assert "Saved as" in certificate.notice.text
    (text,) = page_texts((tmp_path / "certificate.pdf").read_bytes())
    for wanted in (grouped(number), "Destroyed: 2", f"by {SECOND}", "STICK: generation 1 of"):
        assert wanted in text, wanted
    patient = patient_with_number(office.vault, number=nhi(NUMBER))
    assert images_of(office.vault, patient.id) == []
    assert verify(office.vault, originals=True).is_whole
    tour.press(Qt.Key.Key_Escape)
    tour.until(due.empty.isVisible, "that nothing is left")
