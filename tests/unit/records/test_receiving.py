"""Receiving: on record once, whatever arrives how often."""

import pytest

from desktop.records.deeds.looking import image as image_with
from desktop.records.deeds.looking import open_original, read_for_paper, tray
from desktop.records.deeds.receiving import Received, receive
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.problems import ImageUnknown
from desktop.records.vault.problems import OriginalDamaged
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice, arrival, deeds, intake, kept, received


def sealed_files(vault: Vault) -> set[str]:
    return {path.name for path in (vault.folder / "originals").glob("??/*")}


def test_what_arrived_stands_in_the_tray(vault: Vault) -> None:
    sealed = kept(vault, b"a wound")
    handed_over = arrival(intake(vault))
    [(image, already)] = receive(vault, sealed=[(sealed, handed_over)], by=MEI)
    assert not already
    assert image.state is ImageState.RECEIVED
    assert (image.size, image.sha256) == (7, sealed.sha256)
    assert image.arrival == handed_over
    assert (image.received_at, image.received_by) == (vault.clock(), MEI.name)
    assert (image.patient, image.description, image.taken) == (None, None, None)
    assert tray(vault) == [image]
    assert image_with(vault, image.id) == image
    assert deeds(vault)[-2:] == [("intake begun", MEI.name), ("image received", MEI.name)]


@pytest.mark.requirement("R73")
def test_the_original_comes_back_and_looking_is_noted(vault: Vault) -> None:
    image = received(vault, b"every byte of it")
    with read_for_paper(vault, image=image.id) as reader:
        assert reader.read() == b"every byte of it"
    assert ("original viewed", MEI.name) not in deeds(vault)
    with open_original(vault, image=image.id, by=MEI) as reader:
        assert reader.read() == b"every byte of it"
    assert deeds(vault)[-1] == ("original viewed", MEI.name)


def test_the_same_bytes_again_are_the_image_on_record(vault: Vault) -> None:
    first = received(vault, b"the same", name="IMG_1.JPG")
    files = sealed_files(vault)
    again = receive(
        vault, sealed=[(kept(vault, b"the same"), arrival(intake(vault), "IMG_2.JPG"))], by=MEI
    )
    assert again == [Received(image=first, already=True)]
    assert sealed_files(vault) == files
    assert deeds(vault)[-1] == ("image received again", MEI.name)


def test_the_same_bytes_twice_in_one_batch_are_one_image(vault: Vault) -> None:
    handed_over = arrival(intake(vault))
    batch = [(kept(vault, content), handed_over) for content in (b"one", b"two", b"one")]
    results = receive(vault, sealed=batch, by=MEI)
    assert [already for _, already in results] == [False, False, True]
    assert results[2].image.id == results[0].image.id
    assert len(tray(vault)) == 2
    assert len(sealed_files(vault)) == 2


def test_a_fresh_copy_takes_the_place_of_a_damaged_original(office: MadeUpOffice) -> None:
    with office.create() as vault:
        image = received(vault, b"the only copy but the device's")
    (path,) = (office.folder / "originals").glob("??/*")
    path.write_bytes(bytes(len(path.read_bytes())))
    with office.open() as again:
        with pytest.raises(OriginalDamaged):
            read_for_paper(again, image=image.id).read()
        batch = [(kept(again, b"the only copy but the device's"), arrival(intake(again)))]
        [(same, already)] = receive(again, sealed=batch, by=MEI)
        assert (same.id, already) == (image.id, True)
        with read_for_paper(again, image=image.id) as reader:
            assert reader.read() == b"the only copy but the device's"
        assert deeds(again)[-1] == ("damaged original replaced", MEI.name)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "../../etc/passwd"),
        ("new\nline 📷 \u202e.jpg", "new\nline 📷 \u202e.jpg"),
        ("n\0l", "n\N{REPLACEMENT CHARACTER}l"),
        ("caf\udce9.jpg", "caf\N{REPLACEMENT CHARACTER}.jpg"),
        ("x" * 5000, "x" * 5000),
    ],
)
def test_a_name_from_a_device_is_only_text(vault: Vault, name: str, shown: str) -> None:
    assert received(vault, name=name).arrival.file_name == shown


def test_an_unknown_image_is_told_as_such(vault: Vault) -> None:
    with pytest.raises(ImageUnknown):
        open_original(vault, image=ImageId(new_uuid()), by=MEI)
