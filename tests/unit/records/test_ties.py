"""Which images of an intake belong together: by what they say, and by name only with more."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.records.deeds.describing import note_description
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import ties_of
from desktop.records.deeds.receiving import receive
from desktop.records.deeds.tying import tie_intake
from desktop.records.facts.clinical_image import Description, MediaKind
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.media import MediaDetail, TieKind
from desktop.records.rules.ties import EDIT_SIDECAR, Half, ties_among
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    added,
    arrival,
    deeds,
    intake,
    kept,
    linked,
    received,
    whole_facts,
)

NOON = datetime.fromisoformat("2024-05-01T12:00:00.250000")
LATER = datetime.fromisoformat("2024-05-01T12:00:01")
TYPES = {
    "HEIC": (MediaKind.PHOTO, "image/heic"),
    "JPG": (MediaKind.PHOTO, "image/jpeg"),
    "NEF": (MediaKind.PHOTO, "image/x-nikon-nef"),
    "MOV": (MediaKind.VIDEO, "video/quicktime"),
    "WAV": (MediaKind.AUDIO, "audio/wav"),
    "AAE": (MediaKind.UNKNOWN, EDIT_SIDECAR),
}


def half(
    name: str, *, taken: datetime | None = NOON, key: str = "", folder: str = "100APPLE"
) -> Half:
    kind, media_type = TYPES[name.rpartition(".")[2]]
    return Half(
        image=ImageId(new_uuid()),
        folder=folder,
        file_name=name,
        kind=kind,
        media_type=media_type,
        pair_key=key,
        taken=taken,
    )


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (half("IMG_1.HEIC", key="AB-1"), half("X.MOV", key="ab-1"), TieKind.LIVE_PHOTO),
        (half("IMG_1.HEIC", key="AB-1"), half("IMG_1.MOV"), None),
        (half("IMG_1.HEIC", key="AB-1"), half("IMG_2.HEIC", key="AB-1"), None),
        (half("DSC_1.NEF"), half("dsc_1.JPG"), TieKind.RAW_AND_JPEG),
        (half("DSC_1.NEF"), half("DSC_1.JPG", taken=LATER), None),
        (half("DSC_1.NEF", taken=None), half("DSC_1.JPG", taken=None), None),
        (half("DSC_1.NEF"), half("DSC_1.JPG", folder="101APPLE"), None),
        (half("DSC_1.NEF"), half("DSC_2.JPG"), None),
        (half("DSC_1.JPG"), half("DSC_1.HEIC"), None),
        (half("IMG_7.AAE", taken=None), half("IMG_7.HEIC"), TieKind.EDIT_SIDECAR),
        (half("IMG_O7.AAE", taken=None), half("IMG_E7.HEIC"), TieKind.EDIT_SIDECAR),
        (half("IMG_7.AAE"), half("IMG_8.HEIC"), None),
        (half("DSC_1.WAV", taken=None), half("DSC_1.JPG"), TieKind.SOUND_NOTE),
    ],
)
def test_what_belongs_together(one: Half, other: Half, kind: TieKind | None) -> None:
    for order in ((one, other), (other, one)):
        ties = ties_among(order)
        assert [tie.kind for tie in ties] == ([] if kind is None else [kind])
        for tie in ties:
            assert [tie.image, tie.other] == sorted((one.image, other.image))


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    ("one", "earlier", "kind"),
    [
        (half("IMG_1.MOV", key="AB-1"), half("IMG_1.HEIC", key="AB-1"), TieKind.LIVE_PHOTO),
        (half("DSC_1.NEF"), half("DSC_1.JPG"), TieKind.RAW_AND_JPEG),
        (half("DSC_1.NEF"), half("DSC_1.JPG", taken=LATER), None),
        (half("DSC_1.WAV"), half("DSC_1.JPG"), None),
        (half("IMG_7.AAE"), half("IMG_7.HEIC"), None),
    ],
)
def test_what_was_filed_in_two_goes(one: Half, earlier: Half, kind: TieKind | None) -> None:
    ties = ties_among([one], earlier=[earlier])
    assert [tie.kind for tie in ties] == ([] if kind is None else [kind])
    assert ties_among([], earlier=[one, earlier]) == []


@given(
    st.lists(
        st.builds(
            half,
            st.sampled_from([f"IMG_{number}.{ending}" for number in (1, 2) for ending in TYPES]),
            taken=st.sampled_from([None, NOON, LATER]),
            key=st.sampled_from(["", "K1", "K2"]),
        ),
        max_size=8,
    )
)
def test_each_pair_is_tied_once_and_nothing_to_itself(halves: list[Half]) -> None:
    pairs = [(tie.image, tie.other) for tie in ties_among(halves)]
    assert len(set(pairs)) == len(pairs)
    assert all(first < second for first, second in pairs)


@pytest.mark.requirement("R11")
def test_an_intake_is_tied_once_with_a_line_in_the_trail(vault: Vault) -> None:
    where = intake(vault)
    sealed = [(kept(vault, name), arrival(where, "IMG_1")) for name in (b"photo", b"film")]
    photo, film = (one.image for one in receive(vault, sealed=sealed, by=MEI))
    alone = received(vault, b"other")
    for image, kind in (
        (photo, MediaKind.PHOTO),
        (film, MediaKind.VIDEO),
        (alone, MediaKind.VIDEO),
    ):
        said = Description(kind=kind, media_type="a/b", detail=MediaDetail(pair_key="AB-1"))
        note_description(vault, image=image.id, description=said, thumbnail=None, by=MEI)
    tied = tie_intake(vault, photo.arrival.intake, by=MEI)
    assert [tie.kind for tie in tied] == [TieKind.LIVE_PHOTO]
    assert deeds(vault)[-1] == ("images tied", MEI.name)
    before = deeds(vault)
    assert tie_intake(vault, photo.arrival.intake, by=MEI) == []
    assert tie_intake(vault, alone.arrival.intake, by=MEI) == []
    assert deeds(vault) == before
    assert [(kind, other.id) for kind, other in ties_of(vault, photo.id)] == [
        (TieKind.LIVE_PHOTO, film.id)
    ]
    assert [other.id for _, other in ties_of(vault, film.id)] == [photo.id]
    assert ties_of(vault, alone.id) == []


@pytest.mark.requirement("R11")
def test_a_live_photo_that_was_filed_in_two_goes_is_tied_within_its_patient(vault: Vault) -> None:
    hers, his = linked(added(vault)), linked(added(vault, number="ZZZ0024"))
    halves = (
        (b"photo", MediaKind.PHOTO, hers),
        (b"film", MediaKind.VIDEO, hers),
        (b"another's film", MediaKind.VIDEO, his),
    )
    came = []
    for content, kind, link in halves:
        image = received(vault, content)
        said = Description(kind=kind, media_type="a/b", detail=MediaDetail(pair_key="AB-1"))
        note_description(vault, image=image.id, description=said, thumbnail=None, by=MEI)
        file_image(vault, image=image.id, link=link, facts=whole_facts(), by=MEI)
        came.append(image)
    photo, film, other = came
    assert len({image.arrival.intake for image in came}) == 3
    tied = [tie_intake(vault, image.arrival.intake, by=MEI) for image in came]
    assert [[tie.kind for tie in ties] for ties in tied] == [[TieKind.LIVE_PHOTO], [], []]
    assert [one.id for _, one in ties_of(vault, film.id)] == [photo.id]
    assert ties_of(vault, other.id) == []


@pytest.mark.requirement("R11")
def test_an_intake_of_two_patients_is_tied_across_neither(vault: Vault) -> None:
    hers, his = linked(added(vault)), linked(added(vault, number="ZZZ0024"))
    where = intake(vault)
    sealed = [(kept(vault, name), arrival(where, "IMG_1")) for name in (b"photo", b"his own")]
    photo, own = (one.image for one in receive(vault, sealed=sealed, by=MEI))
    film = received(vault, b"his film")
    for image, kind, key, link in (
        (film, MediaKind.VIDEO, "AB-1", his),
        (photo, MediaKind.PHOTO, "AB-1", hers),
        (own, MediaKind.PHOTO, "", his),
    ):
        said = Description(kind=kind, media_type="a/b", detail=MediaDetail(pair_key=key))
        note_description(vault, image=image.id, description=said, thumbnail=None, by=MEI)
        file_image(vault, image=image.id, link=link, facts=whole_facts(), by=MEI)
    assert tie_intake(vault, where, by=MEI) == []
    assert ties_of(vault, film.id) == []
