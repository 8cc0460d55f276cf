"""The trail is read in pages, copied out, proved, and compared with a head noted outside."""

import csv
import io
import json
import shutil
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.problem import Cancelled
from desktop.records.deeds.looking import open_original
from desktop.records.deeds.people import add_person
from desktop.records.deeds.trail_reading import (
    ExportForm,
    check_anchor,
    check_trail,
    export_trail,
    trail_head,
    trail_page,
)
from desktop.records.facts.anchor import Anchor, AnchorMistyped
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, MadeUpOffice, added, deeds, received

pytestmark = pytest.mark.requirement("R106")


def noted(vault: Vault, count: int, **about: object) -> None:
    with vault.change() as change:
        for number in range(count):
            change.note("original viewed", by=MEI, number=number, **about)


def seqs(vault: Vault, wanted: TrailFilter) -> list[int]:
    return [entry.line.seq for entry in trail_page(vault, wanted=wanted)]


def test_pages_come_newest_first_and_meet_without_a_gap(vault: Vault) -> None:
    noted(vault, 24)
    first = trail_page(vault, most=10)
    second = trail_page(vault, most=10, before=first[-1].line.seq)
    third = trail_page(vault, most=10, before=second[-1].line.seq)
    assert [e.line.seq for e in (*first, *second, *third)] == list(range(25, 0, -1))


def test_a_page_stays_where_it_was_while_lines_are_added(vault: Vault) -> None:
    noted(vault, 9)
    first = trail_page(vault, most=5)
    noted(vault, 3)
    assert trail_page(vault, most=1, before=first[-1].line.seq)[0].line.seq == 5


def test_lines_are_found_by_each_filter(vault: Vault, office_clock: Clock) -> None:
    patient = added(vault)  # line 2
    image = received(vault)  # lines 3 and 4
    yesterday = office_clock.now
    office_clock.move(days=1)
    with open_original(vault, image=image.id, by=MEI):  # line 5
        pass
    with vault.change() as change:
        change.note("unlock failed", by=None, count=1)  # line 6
    assert seqs(vault, TrailFilter(patient=patient.id)) == [2]
    assert seqs(vault, TrailFilter(image=image.id)) == [5, 4]
    assert seqs(vault, TrailFilter(person="mei")) == [5, 4, 3, 2, 1]
    assert seqs(vault, TrailFilter(deed="VIEWED")) == [5]
    assert seqs(vault, TrailFilter(since=yesterday + timedelta(hours=1))) == [6, 5]
    assert seqs(vault, TrailFilter(until=yesterday + timedelta(hours=1))) == [4, 3, 2, 1]
    assert seqs(vault, TrailFilter(person="nobody", deed="unlock", since=yesterday)) == [6]
    assert seqs(vault, TrailFilter(deed="%")) == []


def test_a_view_of_an_image_is_in_the_trail(vault: Vault) -> None:
    image = received(vault)
    with open_original(vault, image=image.id, by=MEI):
        pass
    assert trail_page(vault, most=1)[0].line.deed == "original viewed"


def test_a_line_about_a_patient_names_the_patient(vault: Vault) -> None:
    added(vault)
    newest, oldest = trail_page(vault)
    assert newest.banner.startswith("PŌMARE")
    assert oldest.banner == ""


@pytest.mark.parametrize("form", ExportForm)
def test_a_copy_holds_what_was_asked_for_and_is_itself_in_the_trail(
    vault: Vault, form: ExportForm
) -> None:
    noted(vault, 3, name="Pōmare, “Tāne”\n")
    wanted = TrailFilter(deed="original viewed")
    copy = b"".join(export_trail(vault, wanted=wanted, form=form, by=MEI)).decode()
    entries = [entry.line for entry in trail_page(vault, wanted=wanted)][::-1]
    if form is ExportForm.CSV:
        rows = list(csv.DictReader(io.StringIO(copy, newline="")))
    else:
        rows = [json.loads(line) for line in copy.splitlines()]
    told = [(int(r["seq"]), r["at"], r["by"], r["about"], r["mac"]) for r in rows]
    assert all(e.at == vault.clock() for e in entries)
    at = vault.clock().isoformat()
    assert told == [(e.seq, at, e.by, e.about, e.mac.hex()) for e in entries]
    last = trail_page(vault, most=1)[0].line
    assert last.deed == "trail exported"
    assert last.facts["deeds"] == "original viewed"


def test_a_spreadsheet_runs_nothing_of_a_copy(vault: Vault) -> None:
    sly = add_person(vault, new=NewPerson(name="=1+1", office_role=OfficeRole.CLERK), by=MEI)
    with vault.change() as change:
        change.note("original viewed", by=sly)
    copy = b"".join(export_trail(vault, form=ExportForm.CSV, by=MEI)).decode()
    names = [row["by"] for row in csv.DictReader(io.StringIO(copy, newline=""))]
    assert names[-2:] == ["'=1+1", MEI.name]


def test_checking_tells_how_far_it_is_and_is_noted(vault: Vault) -> None:
    noted(vault, 2500)
    told: list[tuple[int, int]] = []
    verdict = check_trail(vault, by=MEI, tell=lambda done, total: told.append((done, total)))
    assert verdict.is_whole
    assert told == [(1000, 2501), (2000, 2501)]
    assert deeds(vault)[-1][0] == "trail checked"


def test_a_check_that_is_stopped_says_nothing_and_notes_nothing(vault: Vault) -> None:
    noted(vault, 2500)
    with pytest.raises(Cancelled):
        check_trail(vault, by=MEI, stopped=lambda: True)
    assert deeds(vault)[-1][0] == "original viewed"


def test_a_printed_head_is_found_again_later(vault: Vault) -> None:
    noted(vault, 5)
    text = trail_head(vault).text
    noted(vault, 5)
    found = check_anchor(vault, text.lower().replace("-", " "))
    assert (found.fits, found.seq, found.last, found.at) == (True, 6, 11, vault.clock())
    assert check_trail(vault, anchor=Anchor.read(text), by=MEI).is_whole
    assert not check_anchor(vault, Anchor(seq=3, mac=bytes(32)).text).fits
    assert not check_anchor(vault, Anchor(seq=99, mac=bytes(32)).text).fits


def test_an_older_copy_of_the_records_put_back_is_found_against_an_anchor(
    office: MadeUpOffice,
) -> None:
    office.create().close()
    older = office.folder.parent / "older.db"
    shutil.copyfile(office.folder / "records.db", older)
    with office.open() as vault:
        noted(vault, 4)
        anchor = Anchor.read(trail_head(vault).text)
    shutil.copyfile(older, office.folder / "records.db")
    with office.open() as vault:
        assert vault.verify_trail().is_whole  # inside the office nothing tells
        assert "ends before" in vault.verify_trail(anchor=anchor).why
        assert not check_anchor(vault, anchor.text).fits
        noted(vault, 9, after="the swap")  # it grows past the noted line
        verdict = vault.verify_trail(anchor=anchor)
        assert verdict.broken_at == anchor.seq
        assert "noted outside" in verdict.why
        assert not check_anchor(vault, anchor.text).fits


anchors = st.builds(Anchor, seq=st.integers(1, 10**9), mac=st.binary(min_size=10, max_size=10))


@given(anchors)
def test_what_is_printed_is_read_back(anchor: Anchor) -> None:
    assert Anchor.read(anchor.text) == anchor
    assert Anchor.read(anchor.text.removeprefix("TR").replace("-", " ")) == anchor


@given(anchors, st.integers(0), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_found(anchor: Anchor, place: int, wrong: str) -> None:
    text = anchor.text
    places = [at for at in range(2, len(text)) if text[at] != "-"]
    at = places[place % len(places)]
    if text[at] == wrong:
        return
    with pytest.raises(AnchorMistyped):
        Anchor.read(text[:at] + wrong + text[at + 1 :])


@given(st.text())
def test_any_other_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(AnchorMistyped):
        Anchor.read(text)


def test_a_line_whose_time_somebody_damaged_hides_no_other(vault: Vault) -> None:
    noted(vault, 9)
    with vault._database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER trail_no_update")
        connection.exec_driver_sql("UPDATE trail SET at = 'yesterday', about = x'ff' WHERE seq = 4")
    page = trail_page(vault)
    assert [entry.line.seq for entry in page] == list(range(10, 0, -1))
    assert [entry.line.seq for entry in page if entry.line.at is None] == [4]
    assert page[6].line.facts == {}
    for form in ExportForm:
        assert b"".join(export_trail(vault, form=form, by=MEI)).count(b"original viewed") == 9
    verdict = vault.verify_trail()
    assert (verdict.broken_at, verdict.why) == (4, "the time of this line cannot be read")
