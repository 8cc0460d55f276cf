"""Disposal: by two people, of what is due at that moment, and then truly gone."""

import sqlite3

import pytest
import sqlalchemy as sa

from desktop.problem import Cancelled
from desktop.records.deeds.came_from import note_came_from
from desktop.records.deeds.checking import verify
from desktop.records.deeds.clearing import keep_companion
from desktop.records.deeds.disposal import (
    approve_disposal,
    carry_out_disposal,
    disposal,
    finished_disposals,
    listed_images,
    open_disposals,
    paper_to_destroy,
    propose_disposal,
    proposed_images,
    withdraw_disposal,
)
from desktop.records.deeds.holds import place_hold
from desktop.records.deeds.looking import image, images_of, open_original, thumbnails
from desktop.records.deeds.receiving import receive
from desktop.records.deeds.retention import (
    due_images,
    note_service,
    office_day,
    overdue_images,
)
from desktop.records.facts.came_from import CameFrom
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import OfficeRole
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.facts.retention import HoldKind
from desktop.records.facts.retention_problems import (
    BatchAlreadyApproved,
    BatchNotApproved,
    BatchNotFinished,
    BatchUnknown,
    BatchWithdrawn,
    ImageDisposed,
    NothingDue,
    SecondPersonNeeded,
)
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.records.vault.renditions import Renditions
from desktop.records.vault.safe_copy import SAFE_COPY
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    MadeUpOffice,
    added,
    arrival,
    deeds,
    intake,
    kept,
    received,
)
from tests.unit.records.test_came_from import GIVEN, SENT
from tests.unit.retention.old_office import OldOffice, colleague, filed
from tests.unit.retention.opened_pages import opened

pytestmark = pytest.mark.requirement("R107")


def carried_out(old: OldOffice) -> str:
    number = old.approved()
    carry_out_disposal(old.vault, number=number, by=MEI)
    return number


def test_it_takes_two_people(old: OldOffice) -> None:
    batch = propose_disposal(old.vault, by=MEI)
    assert list(batch.images) == old.images
    with pytest.raises(BatchNotApproved, match=MEI.name):
        carry_out_disposal(old.vault, number=batch.number, by=old.second)
    with pytest.raises(SecondPersonNeeded, match="somebody else has to approve"):
        approve_disposal(old.vault, number=batch.number, by=MEI)
    approve_disposal(old.vault, number=batch.number, by=old.second)
    with pytest.raises(BatchAlreadyApproved):
        approve_disposal(old.vault, number=batch.number, by=old.second)
    assert [one.number for one in open_disposals(old.vault)] == [batch.number]
    assert verify(old.vault, originals=True).images == 5


def test_a_clerk_neither_proposes_nor_approves(old: OldOffice) -> None:
    clerk = colleague(old.vault, "Ana Clerk", OfficeRole.CLERK)
    with pytest.raises(NotAllowed):
        propose_disposal(old.vault, by=clerk)
    batch = propose_disposal(old.vault, by=MEI)
    with pytest.raises(NotAllowed):
        approve_disposal(old.vault, number=batch.number, by=clerk)
    with pytest.raises(BatchNotApproved):
        carry_out_disposal(old.vault, number=batch.number, by=MEI)


def test_what_is_gone_is_gone_and_its_tombstone_stays(old: OldOffice) -> None:
    vault = old.vault
    number = old.approved()
    told: list[tuple[int, int]] = []
    done = carry_out_disposal(vault, number=number, by=MEI, tell=lambda *steps: told.append(steps))
    assert told == [(5, 5)]
    assert {stone.image for stone in done.gone} == set(old.images)
    assert not done.spared
    for stone in done.gone:
        sealed = old.sealed[stone.image]
        assert (stone.sha256, stone.size) == (sealed.sha256, sealed.size)
        assert (stone.patient, stone.certificate) == (old.patient.id, number)
        assert (stone.disposed_at, stone.disposed_by) == (old.clock.now, MEI.name)
        assert not old.path_of(stone.image).exists()
        with pytest.raises(OriginalMissing):
            vault.originals.read(sealed)
        with pytest.raises(ImageDisposed, match=number):
            open_original(vault, image=stone.image, by=MEI)
        with pytest.raises(ImageDisposed):
            image(vault, stone.image)
    assert thumbnails(vault, old.images) == {}
    assert images_of(vault, old.patient.id) == []
    assert verify(vault, originals=True).is_whole
    assert open_disposals(vault) == []
    assert [deed for deed, _ in deeds(vault)].count("image disposed") == 5


def test_the_facts_of_the_image_go_with_it(old: OldOffice) -> None:
    carried_out(old)
    with old.vault._database.read() as connection:
        rows = connection.execute(sa.text("SELECT * FROM image")).mappings().all()
    for row in rows:
        told = {name: value for name, value in row.items() if value not in (None, "")}
        assert told.pop("state") == ImageState.DISPOSED
        assert set(told) == {
            *("id", "intake_id", "received_at", "received_by", "described_at", "patient_id"),
        }


def test_what_lay_beside_it_on_the_device_goes_with_it(old: OldOffice) -> None:
    keep_companion(
        old.vault, image=old.images[0], file_name="IMG_1.AAE", content=b"<plist/>", by=MEI
    )
    carried_out(old)
    with old.vault._database.read() as raw:
        left = raw.exec_driver_sql("SELECT file_name, folder, modified_local FROM deposit").all()
        companions = raw.exec_driver_sql("SELECT count(*) FROM companion").scalar_one()
    assert (set(left), companions) == ({("", "", None)}, 0)


@pytest.mark.requirement("R119", "R122")
@pytest.mark.parametrize("said", [SENT, GIVEN])
def test_who_sent_it_or_gave_the_copy_goes_with_it(old: OldOffice, said: CameFrom) -> None:
    note_came_from(old.vault, image=old.images[0], said=said, by=MEI)
    carried_out(old)
    with old.vault._database.read() as raw:
        counts = [
            raw.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("received_image", "copy_given")
        ]
    assert counts == [0, 0]


def test_neither_file_nor_journal_holds_the_key(old: OldOffice, made: MadeUpOffice) -> None:
    records, key = old.vault.folder / "records.db", bytes(made.key().subkey("records"))
    keys = [sealed.wrapped_key for sealed in old.sealed.values()]
    assert all(one in opened(records, key) for one in keys)
    carried_out(old)
    now = opened(records, key)
    assert old.patient.family_name.encode() in now
    assert not any(one in now for one in keys)
    pictures = opened(old.vault.folder / "renditions.db", bytes(made.key().subkey("renditions")))
    assert b"a small picture" not in pictures
    assert b"a large picture" not in pictures


def test_a_preview_that_was_made_while_it_was_decided_goes_too(
    old: OldOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget, again = Renditions.forget, list[ImageId]()

    def forget_and_make(renditions: Renditions, *images: ImageId) -> None:
        forget(renditions, *images)
        if not again:  # the row still stands: whoever makes previews finds it there
            again.extend(images)
            renditions.put_preview(images[0], "picture", b"large", is_seen=False)

    monkeypatch.setattr(Renditions, "forget", forget_and_make)
    carried_out(old)
    assert not old.vault.renditions.known_previews(again or old.images, "picture")


def test_a_copy_from_before_an_upgrade_keeps_no_key(old: OldOffice) -> None:
    """It lies there until the office is opened once more, and a disposal does not wait for that."""
    copy = old.vault.folder / SAFE_COPY
    old.vault.copy_records(copy)
    carried_out(old)
    assert not copy.exists()


def test_the_bytes_alone_do_not_come_back(old: OldOffice) -> None:
    """Even with the sealed file from an old copy of the folder, nothing opens it."""
    copy = {one: old.path_of(one).read_bytes() for one in old.images}
    carried_out(old)
    for one, content in copy.items():
        old.path_of(one).write_bytes(content)
        forged = old.sealed[one]
        bare = SealedOriginal(
            name=forged.name, size=forged.size, sha256=forged.sha256, wrapped_key=b""
        )
        assert isinstance(old.vault.originals.check(bare), OriginalDamaged)


@pytest.mark.requirement("R79", "R107")
def test_sheets_that_show_it_are_flagged(old: OldOffice) -> None:
    assert paper_to_destroy(old.vault) == []
    number = carried_out(old)
    (paper,) = paper_to_destroy(old.vault, patient=old.patient.id)
    assert (paper.number, paper.copy, paper.since) == ("RS7K3QX9FM", 1, old.clock.now)
    assert disposal(old.vault, number=number).paper == (paper,)


@pytest.mark.requirement("R107", "R109")
def test_a_hold_after_the_approval_still_spares(old: OldOffice) -> None:
    number = old.approved()
    held = old.images[1]
    place_hold(
        old.vault,
        patient=old.patient.id,
        kind=HoldKind.COURT,
        reason="subpoena",
        by=old.second,
        image=held,
    )
    assert [due.image for due in proposed_images(old.vault, number=number)] == [
        one for one in old.images if one != held
    ]
    done = carry_out_disposal(old.vault, number=number, by=MEI)
    (spared,) = done.spared
    assert spared.image == held
    assert "is held (court" in spared.why
    assert len(done.gone) == 4
    with open_original(old.vault, image=held, by=MEI) as reader:
        assert reader.read(9) == b"old wound"
    assert verify(old.vault, originals=True).images == 1


@pytest.mark.requirement("R105", "R107")
def test_a_service_after_the_approval_still_spares(old: OldOffice) -> None:
    number = old.approved()
    note_service(old.vault, patient=old.patient.id, on=office_day(old.clock.now), by=MEI)
    done = carry_out_disposal(old.vault, number=number, by=MEI)
    assert not done.gone
    assert len(done.spared) == 5
    assert all("has to be kept until" in one.why for one in done.spared)
    assert verify(old.vault, originals=True).images == 5


def test_an_image_of_two_batches_is_destroyed_once(old: OldOffice) -> None:
    first, second = old.approved(), old.approved()
    carry_out_disposal(old.vault, number=first, by=MEI)
    done = carry_out_disposal(old.vault, number=second, by=MEI)
    assert not done.gone
    assert all(first in one.why for one in done.spared)
    again = carry_out_disposal(old.vault, number=first, by=MEI)
    assert len(again.gone) == 5


def test_stopping_leaves_the_rest_for_later(vault: Vault, made: MadeUpOffice) -> None:
    second = colleague(vault, "Rangi Tūī", OfficeRole.PRIVACY_OFFICER)
    old = OldOffice.of(vault, made.clock, second, count=23)
    number = old.approved()
    told: list[int] = []
    with pytest.raises(Cancelled):
        carry_out_disposal(
            vault,
            number=number,
            by=MEI,
            tell=lambda done, _: told.append(done),
            stopped=lambda: bool(told),
        )
    assert told == [20]
    with pytest.raises(BatchNotFinished):
        disposal(vault, number=number)
    report = verify(vault, originals=True)
    assert report.is_whole
    assert report.images == 3
    assert len(carry_out_disposal(vault, number=number, by=second).gone) == 23


def test_numbers_that_do_not_exist_are_told(vault: Vault) -> None:
    for ask in (approve_disposal, carry_out_disposal):
        with pytest.raises(BatchUnknown, match="DCNOSUCH00"):
            ask(vault, number="DCNOSUCH00", by=MEI)
    with pytest.raises(NothingDue):
        propose_disposal(vault, by=MEI)


def test_the_tray_is_never_due(vault: Vault, made: MadeUpOffice) -> None:
    received(vault)
    made.clock.move(days=20_000)
    assert due_images(vault) == []


def test_the_same_bytes_may_arrive_again(old: OldOffice) -> None:
    carried_out(old)
    content = b"old wound 0 " * 99
    sealed = [(kept(old.vault, content), arrival(intake(old.vault)))]
    (got,) = receive(old.vault, sealed=sealed, by=MEI)
    assert not got.already
    assert got.image.id not in old.images
    assert old.vault.originals.read(sealed[0][0]) == content


def test_a_reopened_office_sweeps_nothing_of_a_disposal_away(
    old: OldOffice, made: MadeUpOffice
) -> None:
    filed(old.vault, added(old.vault, "ZZZ0024", "Young"), b"new")
    carried_out(old)
    old.vault.close()
    with made.open() as again:
        assert again.swept is not None
        assert (again.swept.set_aside, again.swept.unfinished) == ((), 0)
        assert verify(again, originals=True).images == 1


@pytest.mark.parametrize(
    "forbidden",
    [
        "DELETE FROM image",
        "DELETE FROM original",
        "DELETE FROM tombstone",
        "UPDATE image SET state = 'disposed'",
    ],
)
def test_the_database_itself_refuses_any_other_way(old: OldOffice, forbidden: str) -> None:
    if "tombstone" in forbidden:
        carried_out(old)
    with pytest.raises((sa.exc.DatabaseError, sqlite3.Error)), old.vault._database.write() as raw:
        raw.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        raw.exec_driver_sql(forbidden)


@pytest.mark.requirement("R107", "R109")
def test_the_database_itself_refuses_to_dispose_of_what_is_held(old: OldOffice) -> None:
    number = old.approved()
    place_hold(old.vault, patient=old.patient.id, kind=HoldKind.REQUEST, reason="access 9", by=MEI)
    with old.vault.look() as look:
        found = look.images.get(old.images[0])
    with pytest.raises(sa.exc.DatabaseError, match="is held"), old.vault.change() as change:
        change.disposals.destroy(number, found, old.patient.id, at=change.now, by=MEI)
        change.note("image disposed", by=MEI)


def test_the_database_itself_refuses_one_person_as_two(old: OldOffice) -> None:
    batch = propose_disposal(old.vault, by=MEI)
    with pytest.raises(sa.exc.DatabaseError, match="two_people"), old.vault.change() as change:
        change.disposals.approve(batch.number, at=change.now, by=MEI)
        change.note("disposal approved", by=MEI)


def test_a_list_says_of_each_image_why_it_would_be_spared(old: OldOffice) -> None:
    number = propose_disposal(old.vault, by=MEI, images=old.images[:3]).number
    place_hold(
        old.vault,
        patient=old.patient.id,
        kind=HoldKind.COURT,
        reason="subpoena",
        by=old.second,
        image=old.images[1],
    )
    other = propose_disposal(old.vault, by=MEI, images=[old.images[2]]).number
    approve_disposal(old.vault, number=other, by=old.second)
    carry_out_disposal(old.vault, number=other, by=MEI)
    free, held, gone = listed_images(old.vault, number=number)
    assert (free.image, free.banner, free.why_not) == (old.images[0], old.patient.banner, "")
    assert free.retain_until is not None
    assert "is held (court" in held.why_not
    assert other in gone.why_not
    with pytest.raises(BatchUnknown):
        listed_images(old.vault, number="DCNOSUCH00")


def test_a_list_can_be_taken_back_until_it_is_approved(old: OldOffice) -> None:
    number = propose_disposal(old.vault, by=MEI).number
    clerk = colleague(old.vault, "Ana Clerk", OfficeRole.CLERK)
    with pytest.raises(NotAllowed):
        withdraw_disposal(old.vault, number=number, by=clerk)
    withdraw_disposal(old.vault, number=number, by=MEI)
    assert open_disposals(old.vault) == []
    assert all(one.is_free for one in overdue_images(old.vault))
    for again in (withdraw_disposal, approve_disposal):
        with pytest.raises(BatchWithdrawn, match=number):
            again(old.vault, number=number, by=old.second)
    approved = old.approved()
    with pytest.raises(BatchAlreadyApproved):
        withdraw_disposal(old.vault, number=approved, by=MEI)
    carry_out_disposal(old.vault, number=approved, by=MEI)
    assert [one.number for one in finished_disposals(old.vault)] == [approved]
