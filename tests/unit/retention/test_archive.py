"""An archive is whole or not there, can be read without the program, and its checker is right."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.problem import Cancelled
from desktop.records.deeds.companions import keep_companions
from desktop.records.deeds.consent_ends import note_refusal, note_withdrawal
from desktop.records.deeds.disposal import carry_out_disposal
from desktop.records.deeds.sheet_loop import put_into_chart
from desktop.records.facts.companions import Companion
from desktop.records.facts.consent import Purpose
from desktop.records.facts.consent_end import EndKind, NewConsentEnd, WhyWithdrawnMissing
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import OfficeRole, Person
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.facts.sheet import page_code
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.vault import Vault
from desktop.verbs.archive import write_archive
from desktop.verbs.archive_problems import ArchiveExists, ArchiveInsideOffice
from desktop.verbs.archive_records import safe_name, true_ending
from desktop.verbs.archive_sink import CHECKSUMS
from desktop.verbs.office import Office
from desktop.verbs.problems import FileNotWritable
from tests.unit.records.made_up import MEI, MadeUpOffice, added, deeds, described_as, received
from tests.unit.retention.old_office import OldOffice, colleague, filed

pytestmark = pytest.mark.requirement("R116", "R117")


class NoDescriber:
    """Archives look into nothing."""

    def close(self) -> None:
        return


class NoLock:
    def release(self) -> None:
        return


def opened(vault: Vault, made: MadeUpOffice, person: Person = MEI) -> Office:
    return Office(
        folder=made.folder,
        facts=made.office,
        vault=vault,
        person=person,
        describer=NoDescriber(),  # type: ignore[arg-type]
        lock=NoLock(),  # type: ignore[arg-type]
    )


@pytest.fixture
def office(old: OldOffice, made: MadeUpOffice) -> Office:
    """Five old images, one on a sheet; another patient with one; one in the tray; one without."""
    vault = old.vault
    filed(vault, added(vault, "ZZZ0024", "Ngātai/../Whātua"), b"young")
    received(vault, b"in the tray", name="../../CON.JPG")
    added(vault, "ZZZ00AC", "Nobody")
    return opened(vault, made)


def checked(archive: Path) -> tuple[int, str]:
    """What the checker of the archive says, run alone by a Python without our packages."""
    script = str(archive / "check_archive.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", script], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.returncode, done.stdout


def test_the_whole_office(office: Office, old: OldOffice, tmp_path: Path) -> None:
    put_into_chart(old.vault, code=page_code("RS7K3QX9FM", 1), volume="2", by=MEI)
    told: list[int] = []
    out = tmp_path / "archive"
    report = write_archive(office, out, tell=lambda progress: told.append(progress.done))
    assert told == [1, 2, 3, 4, 5, 6, 7]
    assert (report.patients, report.images, report.sheets) == (3, 7, 1)
    assert not report.not_included
    code, words = checked(out)
    assert (code, words.splitlines()[-1]) == (0, "All is well.")
    charts = sorted(path.name for path in (out / "patients").iterdir())
    assert charts == ["0001-ZZZ0016-PŌMARE-Aroha", "0002-ZZZ0024-NGĀTAI-WHĀTUA-Aroha"]
    first = out / "patients" / charts[0]
    records = [json.loads(path.read_text()) for path in sorted(first.glob("images/*.json"))]
    assert [record["id"] for record in records] == [str(image) for image in old.images]
    for record in records:
        content = (first / record["original"]).read_bytes()
        assert content == old.vault.originals.read(old.sealed[old.images[records.index(record)]])
        assert record["consent"] == {"form": "written", "reference": "F-12"}
        assert record["taken_by"]["name"] == "Dr Hine Kōwhai"
        assert record["taken"]["local"] == "2026-11-22T14:03:11"
        assert record["mode_of_capture"]["model"] == "EOS 90D"
    (sheet,) = json.loads((first / "sheets.json").read_text())
    assert sheet["images"] == [str(old.images[0])]
    assert (sheet["state"], sheet["volume"], sheet["handed_at"]) == ("in-chart", "2", None)
    assert sheet["in_chart_at"]
    assert [path.suffix for path in (out / "not-linked" / "images").iterdir()] != []
    assert ("archive written", MEI.name) in deeds(old.vault)


def test_one_patient_and_nobody_else(office: Office, old: OldOffice, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    no = NewConsentEnd(patient=old.patient.id, kind=EndKind.REFUSED, said_by="her mother")
    note_refusal(old.vault, no, by=MEI)
    write_archive(office, out, patient=old.patient.id)
    assert checked(out)[0] == 0
    (chart,) = (json.loads(path.read_text()) for path in out.glob("patients/*/patient.json"))
    assert [one["said_by"] for one in chart["consent_ended"]] == ["her mother"]
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert b"ZZZ0016" in everything
    assert b"ZZZ0024" not in everything
    assert "Whātua".encode() not in everything
    assert b"in the tray" not in everything
    lines = [json.loads(line) for line in (out / "trail.jsonl").read_text().splitlines()]
    told = [line["deed"] for line in lines]
    assert told.count("image received") == told.count("image filed") == 5
    assert "patient added" in told


def test_it_can_be_read_offline(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    write_archive(office, out)
    page = (out / "index.html").read_text()
    assert "PŌMARE, Aroha" in page
    for each in out.rglob("*.html"):
        text = each.read_text()
        assert "http" not in text
        assert "<script" not in text
    assert "EVERYBODY WHO HAS THIS FOLDER CAN READ IT" in (out / "README.txt").read_text()
    sums = (out / CHECKSUMS).read_text().splitlines()
    assert len(sums) == sum(path.is_file() for path in out.rglob("*")) - 1


def test_what_was_destroyed_is_told_as_such(office: Office, old: OldOffice, tmp_path: Path) -> None:
    number = old.approved()
    carry_out_disposal(old.vault, number=number, by=MEI)
    report = write_archive(office, tmp_path / "archive", patient=old.patient.id)
    assert report.images == 0
    (record,) = (tmp_path / "archive").glob("patients/*/patient.json")
    destroyed = json.loads(record.read_text())["destroyed"]
    assert {one["certificate"] for one in destroyed} == {number}
    assert len(destroyed) == 5
    assert checked(tmp_path / "archive")[0] == 0


def change_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_changed_archive_is_found_out(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    write_archive(office, out)
    files = sorted(path for path in out.rglob("*") if path.is_file())
    chosen = [
        next(path for path in files if path.suffix == ".bin"),
        next(path for path in files if path.parent.name == "images" and path.suffix == ".json"),
        out / "trail.jsonl",
        out / CHECKSUMS,
        out / "index.html",
    ]
    for path in chosen:
        before = path.read_bytes()
        change_byte(path)
        code, words = checked(out)
        assert code == 1, path
        assert "WRONG:" in words
        path.write_bytes(before)
    assert checked(out)[0] == 0


def test_a_cut_archive_is_found_out(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    write_archive(office, out)
    original = next(out.glob("patients/*/images/*.bin"))
    content = original.read_bytes()
    original.unlink()
    assert f"{original.relative_to(out).as_posix()} is missing" in checked(out)[1]
    record = original.with_suffix(".json")
    record_text = record.read_bytes()
    record.unlink()
    names = tuple(path.relative_to(out).as_posix() for path in (original, record))
    sums = (out / CHECKSUMS).read_text()
    left = [line for line in sums.splitlines(keepends=True) if not line.strip().endswith(names)]
    (out / CHECKSUMS).write_text("".join(left))
    code, words = checked(out)
    assert code == 1
    assert "archive.json says 7 images, but 6 are here" in words
    original.write_bytes(content)
    record.write_bytes(record_text)
    assert "does not belong to the archive" in checked(out)[1]


def test_a_trail_out_of_order_is_found_out(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    write_archive(office, out)
    trail = out / "trail.jsonl"
    lines = trail.read_text().splitlines(keepends=True)
    trail.write_text("".join([lines[1], lines[0], *lines[2:]]))
    assert "trail.jsonl, line 2 is out of order" in checked(out)[1]
    trail.write_text("".join([*lines[:3], *lines[4:]]))
    assert "lines are missing before 5" in checked(out)[1]


def test_an_original_that_cannot_be_read_is_named(
    office: Office, old: OldOffice, tmp_path: Path
) -> None:
    change_byte(old.path_of(old.images[0]))
    old.path_of(old.images[1]).unlink()
    out = tmp_path / "archive"
    report = write_archive(office, out)
    assert len(report.not_included) == 2
    assert report.images == 5
    code, words = checked(out)
    assert code == 0
    assert words.count("could not be archived") == 2


@pytest.mark.requirement("R54")
@pytest.mark.parametrize("whole_office", [True, False])
def test_what_consent_was_withdrawn_for_stays_here_unless_somebody_says_why(
    office: Office, old: OldOffice, tmp_path: Path, whole_office: bool
) -> None:
    """The images are in the record for care and teaching: only without both is no use left."""
    vault, patient = old.vault, old.patient.id
    whose = None if whole_office else patient
    others = 2 if whole_office else 0
    said = NewConsentEnd(patient=patient, kind=EndKind.WITHDRAWN, said_by="the patient")
    note_withdrawal(vault, replace(said, purposes=frozenset({Purpose.TEACHING})), by=MEI)
    assert write_archive(office, tmp_path / "for care", patient=whose).images == 5 + others
    end = note_withdrawal(vault, said, by=MEI).end
    report = write_archive(office, tmp_path / "without", patient=whose)
    assert (report.images, report.not_included) == (others, [])
    assert [one["why"] for one in report.left_out] == [
        f"left out: consent for every use was withdrawn on {short_date(end.at.date())}"
    ] * 5
    code, words = checked(tmp_path / "without")
    assert (code, words.count("is not here, left out: consent")) == (0, 5)
    stayed = about(vault, "archive written")["withdrawn_left_out"]
    assert sorted(stayed) == sorted(str(one) for one in old.images)
    with pytest.raises(WhyWithdrawnMissing):
        write_archive(office, tmp_path / "no reason", patient=whose, with_withdrawn=" ")
    assert not (tmp_path / "no reason").exists()
    why = "transfer to Dr Kahu; the patient asked for all of it"
    report = write_archive(office, tmp_path / "with", patient=whose, with_withdrawn=why)
    assert (report.images, report.left_out, len(report.withdrawn)) == (5 + others, [], 5)
    line = about(vault, "archive written")
    assert (line["why"], len(line["withdrawn_included"])) == (why, 5)
    assert json.loads((tmp_path / "with/archive.json").read_text())["withdrawn_included"]["why"]
    assert checked(tmp_path / "with")[0] == 0
    with vault.look() as look:
        assert len(look.images.of_patient(patient)) == 5  # they are never destroyed by it


@pytest.mark.requirement("R11", "R54", "R117")
def test_a_note_from_the_device_goes_with_its_image_and_stays_with_it(
    office: Office, old: OldOffice, tmp_path: Path
) -> None:
    vault, patient = old.vault, old.patient.id
    note = Companion(image=old.images[0], file_name="../IMG_1.AAE", content=b"<plist/>")
    assert [keep_companions(vault, [note, note], by=MEI) for _ in range(2)] == [[note], []]
    write_archive(office, tmp_path / "with", patient=patient)
    (written,) = (tmp_path / "with").rglob("*-beside-*")
    assert (written.suffix, written.read_bytes()) == (".aae", b"<plist/>")
    assert checked(tmp_path / "with")[0] == 0
    written.write_bytes(b"<other/>")
    code, words = checked(tmp_path / "with")
    assert (code, "is not what was written" in words) == (1, True)
    written.unlink()
    assert "is missing" in checked(tmp_path / "with")[1]
    said = NewConsentEnd(patient=patient, kind=EndKind.WITHDRAWN, said_by="the patient")
    note_withdrawal(vault, said, by=MEI)
    write_archive(office, tmp_path / "without", patient=patient)
    assert not list((tmp_path / "without").rglob("*-beside-*"))
    assert checked(tmp_path / "without")[0] == 0


@pytest.mark.requirement("R11", "R117")
def test_a_note_whose_image_is_destroyed_meanwhile_stops_no_archive(
    office: Office, old: OldOffice, tmp_path: Path
) -> None:
    number = old.approved()
    notes = [Companion(image=one, file_name="A.AAE", content=b"<plist/>") for one in old.images]
    keep_companions(old.vault, notes, by=MEI)
    left = [number]

    def destroy(_: object) -> None:
        if left:
            carry_out_disposal(old.vault, number=left.pop(), by=MEI)

    report = write_archive(office, tmp_path / "archive", patient=old.patient.id, tell=destroy)
    assert (report.images, len(report.not_included)) == (1, 4)
    assert not list((tmp_path / "archive").rglob("*-beside-*"))
    assert checked(tmp_path / "archive")[0] == 0


def about(vault: Vault, deed: str) -> Any:
    """What the last line of this deed says."""
    with vault.look() as look:
        return [json.loads(one.about) for one in look.trail.lines(TrailFilter(deed=deed))][-1]


def test_cancelled_or_refused_it_is_not_there(
    office: Office, old: OldOffice, made: MadeUpOffice, tmp_path: Path
) -> None:
    out = tmp_path / "archive"
    told: list[int] = []
    with pytest.raises(Cancelled):
        write_archive(
            office,
            out,
            tell=lambda progress: told.append(progress.done),
            stopped=lambda: len(told) > 2,
        )
    assert not any(tmp_path.glob("archive*"))
    assert deeds(old.vault)[-1] == ("archive not written", MEI.name)
    clerk = colleague(old.vault, "Ana Clerk", OfficeRole.CLERK)
    with pytest.raises(NotAllowed):
        write_archive(opened(old.vault, made, clerk), out)
    assert not any(tmp_path.glob("archive*"))


def test_nothing_is_written_over(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "archive"
    out.mkdir()
    with pytest.raises(ArchiveExists):
        write_archive(office, out)
    with pytest.raises(ArchiveInsideOffice):
        write_archive(office, office.folder / "copy")
    with pytest.raises(FileNotWritable, match="cannot be written"):
        write_archive(office, tmp_path / "no" / "such" / "folder")
    (tmp_path / "other.part").mkdir()
    with pytest.raises(ArchiveExists, match="cut short"):
        write_archive(office, tmp_path / "other")
    assert list(out.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_drive_is_told_in_words(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file of the archive goes to a device without room."""
    real = os.open

    def full(path: str | Path, flags: int, mode: int = 0o777, **more: int) -> int:
        if "archive.part" in str(path) and flags & os.O_WRONLY:
            return real("/dev/full", os.O_WRONLY)
        return real(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(FileNotWritable, match="No space left"):
        write_archive(office, tmp_path / "archive")
    assert not any(tmp_path.glob("archive*"))


@given(st.text())
def test_a_name_from_a_device_is_safe_everywhere(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 48
    assert len(safe.encode()) <= 200
    assert all(each.isalnum() or each == "-" for each in safe)


def test_the_ending_is_that_of_the_bytes() -> None:
    assert true_ending(None) == "bin"
    assert true_ending(described_as(None)) == "jpg"
