"""Filing: linked to the right patient, whole or saying why not, and undone in time."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from desktop.records.deeds.describing import note_description, undescribed
from desktop.records.deeds.filing import ToFile, file_image, file_images
from desktop.records.deeds.looking import (
    image as image_with,
)
from desktop.records.deeds.looking import (
    images_of,
    last_filing_facts,
    photographers,
    thumbnails,
    tray,
)
from desktop.records.deeds.sheets import register_sheet
from desktop.records.deeds.undoing import take_back
from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import ClinicalImage, Essential, FilingFacts, ImageState
from desktop.records.facts.consent import Consent, ConsentForm
from desktop.records.facts.depiction import Depiction, Laterality, Subject, View
from desktop.records.facts.filing_problems import ImageNotLinked, ImageOnSheet, UndoTimeOver
from desktop.records.facts.ids import ImageId, PatientId, new_uuid
from desktop.records.facts.people import Photographer, Role
from desktop.records.facts.problems import (
    FiledUnderAnother,
    IdentifiersDisagree,
    ImageUnknown,
    PatientUnknown,
)
from desktop.records.facts.sheet import NewSheet
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    Clock,
    added,
    deeds,
    described_as,
    linked,
    received,
    time_of_file,
    whole_facts,
)

NOTHING_SAID = FilingFacts(
    photographer=None,
    mode=None,
    purposes=frozenset(),
    consent=Consent(form=ConsentForm.NONE_YET),
)


def described(
    vault: Vault, taken: CaptureTime | None = None, content: bytes = b"a wound"
) -> ClinicalImage:
    image = received(vault, content)
    return note_description(
        vault,
        image=image.id,
        description=described_as(taken or time_of_file()),
        thumbnail=b"small",
        by=MEI,
    )


def test_a_description_comes_back_as_noted(vault: Vault) -> None:
    image = received(vault)
    assert undescribed(vault) == [image]
    description = described_as(time_of_file())
    noted = note_description(
        vault, image=image.id, description=description, thumbnail=b"small", by=MEI
    )
    assert noted.description == description
    assert noted.state is ImageState.RECEIVED
    assert undescribed(vault) == []
    assert thumbnails(vault, [image.id]) == {image.id: b"small"}
    note_description(vault, image=image.id, description=description, thumbnail=None, by=MEI)
    assert thumbnails(vault, [image.id]) == {}


@pytest.mark.requirement("R66", "R67", "R68", "R69", "R71")
def test_an_image_with_everything_known_is_filed(vault: Vault, office_clock: Clock) -> None:
    patient, image = added(vault), described(vault)
    office_clock.move(minutes=5)
    filed = file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    facts = whole_facts()
    assert filed.state is ImageState.FILED
    assert filed.missing == ()
    assert filed.patient == patient.id
    assert filed.photographer == facts.photographer
    assert filed.photographer is not None
    assert filed.photographer.name != filed.filed_by
    assert filed.mode == facts.mode
    assert (filed.purposes, filed.consent) == (facts.purposes, facts.consent)
    assert filed.taken == time_of_file()
    assert (filed.filed_at, filed.filed_by, filed.site) == (office_clock.now, MEI.name, facts.site)
    assert filed.received_at < office_clock.now
    assert images_of(vault, patient.id) == [filed]
    assert image_with(vault, image.id) == filed
    assert tray(vault) == []
    assert deeds(vault)[-1] == ("image filed", MEI.name)


@pytest.mark.requirement("R70")
@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (replace(whole_facts(), photographer=None), Essential.PHOTOGRAPHER),
        (
            replace(whole_facts(), photographer=Photographer(name=" ", role=Role.NURSE)),
            Essential.PHOTOGRAPHER,
        ),
        (replace(whole_facts(), mode=None), Essential.MODE_OF_CAPTURE),
        (replace(whole_facts(), purposes=frozenset()), Essential.PURPOSE),
        (replace(whole_facts(), consent=Consent(form=ConsentForm.NONE_YET)), Essential.CONSENT),
    ],
)
def test_what_is_missing_leaves_it_incomplete_until_it_is_said(
    vault: Vault, facts: FilingFacts, missing: Essential
) -> None:
    patient, image = added(vault), described(vault)
    linked_only = file_image(vault, image=image.id, link=linked(patient), facts=facts, by=MEI)
    assert linked_only.state is ImageState.INCOMPLETE
    assert linked_only.missing == (missing,)
    assert linked_only.filed_at is None
    assert deeds(vault)[-1] == ("image linked, incomplete", MEI.name)
    filed = file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    assert (filed.state, filed.missing) == (ImageState.FILED, ())


@pytest.mark.requirement("R70")
def test_what_was_said_before_stands(vault: Vault) -> None:
    patient, image = added(vault), described(vault)
    first = replace(whole_facts(), photographer=None)
    file_image(vault, image=image.id, link=linked(patient), facts=first, by=MEI)
    only_who = replace(NOTHING_SAID, photographer=whole_facts().photographer)
    filed = file_image(vault, image=image.id, link=linked(patient), facts=only_who, by=MEI)
    assert filed.state is ImageState.FILED
    assert (filed.consent, filed.site) == (first.consent, first.site)


@pytest.mark.requirement("R12", "R13")
def test_a_site_said_anew_never_keeps_the_code_or_side_of_the_one_before(vault: Vault) -> None:
    patient, image = added(vault), described(vault)
    shows = Depiction(subject=Subject.LESION, site_code="14975008", laterality=Laterality.LEFT)
    first = replace(whole_facts(), photographer=None, site="left forearm", depicts=shows)
    kept = file_image(vault, image=image.id, link=linked(patient), facts=first, by=MEI)
    assert kept.depicts == shows
    view = replace(NOTHING_SAID, depicts=Depiction(view=View.FRONT))
    kept = file_image(vault, image=image.id, link=linked(patient), facts=view, by=MEI)
    assert kept.depicts == replace(shows, view=View.FRONT)
    other = replace(NOTHING_SAID, site="near the scar", depicts=Depiction())
    kept = file_image(vault, image=image.id, link=linked(patient), facts=other, by=MEI)
    assert kept.site == "near the scar"
    assert kept.depicts == Depiction(subject=Subject.LESION, view=View.FRONT)
    back = take_back(vault, image=image.id, by=MEI, reason="wrong patient")
    assert (back.site, back.depicts) == ("", Depiction())


def test_a_description_that_comes_late_completes_the_image(vault: Vault) -> None:
    patient, image = added(vault), received(vault)
    early = file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    assert early.missing == (Essential.CAPTURE_TIME,)
    late = note_description(
        vault, image=image.id, description=described_as(time_of_file()), thumbnail=None, by=MEI
    )
    assert (late.state, late.taken) == (ImageState.FILED, time_of_file())
    assert deeds(vault)[-2:] == [("image described", MEI.name), ("image filed", MEI.name)]


@pytest.mark.requirement("R68")
def test_a_time_in_the_future_is_doubted_until_another_is_entered(vault: Vault) -> None:
    late = time_of_file(datetime.fromisoformat("2031-01-01T10:00:00"))
    patient, image = added(vault), described(vault, late)
    doubted = file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    assert doubted.state is ImageState.INCOMPLETE
    assert doubted.missing == (Essential.CAPTURE_TIME,)
    assert doubted.taken == replace(late, trust=TimeTrust.SUSPECT)
    entered = CaptureTime(
        local=datetime.fromisoformat("2026-11-22T10:00:00"),
        utc_offset_minutes=780,
        basis=TimeBasis.ENTERED,
        trust=TimeTrust.ENTERED,
    )
    filed = file_image(
        vault, image=image.id, link=linked(patient), facts=whole_facts(taken=entered), by=MEI
    )
    assert (filed.state, filed.taken) == (ImageState.FILED, entered)
    assert filed.description is not None
    assert filed.description.taken == late


@pytest.mark.requirement("R68")
def test_what_the_desk_says_is_entered_whatever_it_was_called(vault: Vault) -> None:
    patient, image = added(vault), described(vault)
    said = replace(time_of_file(), trust=TimeTrust.SUSPECT, basis=TimeBasis.EXIF_NAIVE)
    facts = whole_facts(taken=said)
    filed = file_image(vault, image=image.id, link=linked(patient), facts=facts, by=MEI)
    assert filed.state is ImageState.FILED
    assert filed.taken == replace(said, trust=TimeTrust.ENTERED, basis=TimeBasis.ENTERED)


def test_filing_again_changes_nothing_and_is_noted(vault: Vault) -> None:
    patient, image = added(vault), described(vault)
    filed = file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    other = replace(whole_facts(), site="right knee")
    again = file_image(vault, image=image.id, link=linked(patient), facts=other, by=MEI)
    assert again == filed
    assert deeds(vault)[-1] == ("already filed", MEI.name)


@pytest.mark.requirement("R66")
@pytest.mark.parametrize("facts", [whole_facts(), NOTHING_SAID])
def test_an_image_is_never_under_two_patients(vault: Vault, facts: FilingFacts) -> None:
    image = described(vault)
    owner, other = added(vault), added(vault, "ZZZ0024", "Ngata")
    before = file_image(vault, image=image.id, link=linked(owner), facts=facts, by=MEI)
    with pytest.raises(FiledUnderAnother, match="PŌMARE, Aroha"):
        file_image(vault, image=image.id, link=linked(other), facts=whole_facts(), by=MEI)
    assert image_with(vault, image.id) == before
    assert images_of(vault, other.id) == []


@pytest.mark.requirement("R66")
@pytest.mark.parametrize("wrong", [{"born": date(1961, 3, 5)}, {"number": "ZZZ0024"}])
def test_a_link_is_proved_again_when_it_is_used(vault: Vault, wrong: dict[str, object]) -> None:
    patient, image = added(vault), described(vault)
    stale = replace(linked(patient), **wrong)  # type: ignore[arg-type]
    with pytest.raises(IdentifiersDisagree):
        file_image(vault, image=image.id, link=stale, facts=whole_facts(), by=MEI)
    nobody = replace(linked(patient), patient=PatientId(new_uuid()))
    with pytest.raises(PatientUnknown):
        file_image(vault, image=image.id, link=nobody, facts=whole_facts(), by=MEI)
    assert tray(vault) == [image]


@pytest.mark.requirement("R70")
def test_several_are_filed_at_once_and_one_that_cannot_be_never_stops_the_rest(
    vault: Vault,
) -> None:
    patient, other = added(vault), added(vault, "ZZZ0024")
    images = [described(vault, content=bytes([n])) for n in range(3)]
    theirs = file_image(vault, image=images[1].id, link=linked(other), facts=whole_facts(), by=MEI)
    wanted = [ToFile(image.id, whole_facts()) for image in images]
    done = file_images(vault, images=wanted, link=linked(patient), by=MEI)
    assert [isinstance(one, FiledUnderAnother) for one in done] == [False, True, False]
    assert {image.id for image in images_of(vault, patient.id)} == {images[0].id, images[2].id}
    assert images_of(vault, other.id) == [theirs]


def test_an_unknown_image_cannot_be_filed(vault: Vault) -> None:
    nothing = ImageId(new_uuid())
    with pytest.raises(ImageUnknown):
        file_image(vault, image=nothing, link=linked(added(vault)), facts=whole_facts(), by=MEI)


def test_a_link_is_taken_back_in_time(vault: Vault, office_clock: Clock) -> None:
    patient, image = added(vault), described(vault)
    file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    office_clock.move(seconds=10)
    back = take_back(vault, image=image.id, by=MEI, reason="wrong patient")
    assert back == image
    assert tray(vault) == [image]
    assert images_of(vault, patient.id) == []
    assert deeds(vault)[-1] == ("link taken back", MEI.name)
    with pytest.raises(ImageNotLinked):
        take_back(vault, image=image.id, by=MEI, reason="once more")


@pytest.mark.requirement("R105")
def test_a_link_stands_after_that(vault: Vault, office_clock: Clock) -> None:
    patient, image = added(vault), described(vault)
    facts = replace(whole_facts(), photographer=None)
    file_image(vault, image=image.id, link=linked(patient), facts=facts, by=MEI)
    office_clock.move(seconds=16)
    filed = file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    with pytest.raises(UndoTimeOver, match="10 seconds"):
        take_back(vault, image=image.id, by=MEI, reason="wrong patient")
    assert images_of(vault, patient.id) == [filed]


def test_what_is_on_paper_is_not_simply_taken_back(vault: Vault) -> None:
    patient, image = added(vault), described(vault)
    file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    register_sheet(
        vault,
        NewSheet(
            patient=patient.id,
            images=[image.id],
            pages=1,
            number="RS7K3QX9FM",
            target="pdf",
        ),
        by=MEI,
    )
    with pytest.raises(ImageOnSheet, match="RS7K3QX9FM"):
        take_back(vault, image=image.id, by=MEI, reason="wrong patient")


@pytest.mark.requirement("R67")
def test_who_took_the_last_ones_is_remembered_but_consent_is_not(
    vault: Vault, office_clock: Clock
) -> None:
    assert last_filing_facts(vault, "Card EOS_DIGITAL") is None
    patient = added(vault)
    nurse = replace(whole_facts(), photographer=Photographer(name="Sam Lee", role=Role.NURSE))
    for content, facts in ((b"one", whole_facts()), (b"two", nurse), (b"three", nurse)):
        office_clock.move(seconds=1)
        image = described(vault, content=content)
        file_image(vault, image=image.id, link=linked(patient), facts=facts, by=MEI)
    assert photographers(vault) == [nurse.photographer, whole_facts().photographer]
    last = last_filing_facts(vault, "Card EOS_DIGITAL")
    assert last == FilingFacts(
        photographer=nurse.photographer,
        mode=nurse.mode,
        purposes=nurse.purposes,
        consent=Consent(form=ConsentForm.NONE_YET),
    )


@pytest.mark.requirement("R70")
@pytest.mark.parametrize(
    "change",
    [
        "photographer_name = NULL",
        "photographer_name = ''",
        "photographer_role = NULL",
        "taken_local = NULL",
        "taken_trust = 'suspect'",
        "mode_owner = NULL",
        "mode_route = NULL",
        "purposes = ''",
        "consent_form = NULL",
        "consent_form = 'none-yet'",
        "patient_id = NULL",
        "missing = 'consent'",
        "filed_by = NULL",
        "filed_at = NULL",
        "state = 'received'",
        "state = 'incomplete'",
        "state = 'lost'",
    ],
)
def test_the_database_itself_refuses_a_filed_row_that_is_not_whole(
    vault: Vault, change: str
) -> None:
    patient, image = added(vault), described(vault)
    file_image(vault, image=image.id, link=linked(patient), facts=whole_facts(), by=MEI)
    with (
        pytest.raises(sa.exc.IntegrityError, match="CHECK constraint failed"),
        vault._database.write() as connection,
    ):
        connection.exec_driver_sql(f"UPDATE image SET {change}")
