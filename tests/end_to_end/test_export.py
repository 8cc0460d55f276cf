"""Copies for somebody outside, from the command line: what leaves, what stays, what is noted."""

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop import cli
from desktop.media.jpeg_segments import read_facts
from desktop.records.deeds import looking
from desktop.records.deeds.copying import copies_of
from desktop.records.deeds.given_out import given_out
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.ids import ImageId
from desktop.records.facts.trail import TrailFilter
from desktop.verbs.copies import look_at
from desktop.verbs.office import open_office
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine
from tests.unit.media.made_photos import exif_block, jpeg

CHECKED = ("--features-checked-by", "Dr Hine Kōwhai")


class Exporting:
    """Two photos of one patient, with consent for care alone and for care and teaching."""

    def __init__(self, chartroom: CommandLine, capsys: pytest.CaptureFixture[str]) -> None:
        self._chartroom, self._capsys = chartroom, capsys
        self.out = chartroom.world / "out"
        self.photo = jpeg(
            exif=exif_block({0x0110: "Ngaire's phone", 0x0112: 6}, {0x9003: "2026:03:01 10:00:00"})
        )
        self.image = self._filed("one", self.photo, "care", "teaching")
        self.for_care = self._filed("two", self.photo + b"\0", "care")

    def run(self, *words: str, code: int = 0) -> Any:
        common = ["--json", "--office", str(self._chartroom.office), "--password-file"]
        arguments = [*common, str(self._chartroom.password_file), *words]
        assert cli.main(arguments) == code
        return json.loads(self._capsys.readouterr().out)

    def export(self, *words: str, code: int = 0) -> Any:
        to = ("--out", str(self.out), "--to", "Dr Mere Test")
        return self.run("export", *words, *to, code=code)

    def _filed(self, name: str, photo: bytes, *purposes: str) -> str:
        folder = self._chartroom.world / name
        folder.mkdir()
        (folder / f"{name}.jpg").write_bytes(photo)
        words = ("--patient", "ZZZ0016", "--born", "1961-03-04", "--taken-by", "Dr Hine Kōwhai")
        more = ("--role", "registrar", "--device-owner", "organisation", "--consent", "written")
        why = ("--purpose", *purposes)
        report = self.run("file", "--from", str(folder), *words, *more, *why)
        return str((report["filed"] + report["incomplete"])[0]["id"])


@pytest.fixture
def exporting(chartroom: CommandLine, capsys: pytest.CaptureFixture[str]) -> Exporting:
    return Exporting(chartroom, capsys)


@pytest.mark.requirement("R88", "R97", "R101", "R103", "R104")
def test_teaching_gets_a_copy_that_only_the_office_can_lead_back(
    exporting: Exporting, chartroom: CommandLine
) -> None:
    done = exporting.export(exporting.for_care, "--purpose", "teaching", *CHECKED)
    (told,) = done["copies"]
    assert (told["ground"], told["deidentified"]) == ("not-identifiable", True)
    (path,) = exporting.out.iterdir()
    copy = path.read_bytes()
    assert path.stat().st_mtime == 946_684_800
    for telling in (b"Ngaire", exporting.for_care.encode(), told["id"].encode()):
        assert telling not in copy + path.name.encode()
    assert hashlib.sha256(copy).hexdigest() == told["sha256"]
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        (record,) = copies_of(office.vault, ImageId(UUID(exporting.for_care)))
        page = trail_page(office.vault, wanted=TrailFilter(deed="copy made"))
        said = [entry.line.facts for entry in page]
    assert record.sha256.hex() == told["sha256"]
    assert (record.recipient, record.features_by) == ("Dr Mere Test", "Dr Hine Kōwhai")
    assert said[0]["recipient"] == "Dr Mere Test"
    assert exporting.run("verify", "--originals")["damaged"] == []


@pytest.mark.requirement("R81", "R90", "R101")
def test_an_original_leaves_only_for_what_consent_or_authority_names(
    exporting: Exporting,
) -> None:
    done = exporting.export(exporting.image, "--purpose", "referral")
    assert Path(done["copies"][0]["path"]).read_bytes() == exporting.photo
    assert "the original with everything in it" in done["copies"][0]["caution"]
    before = len(list(exporting.out.iterdir()))
    for words, problem in (
        (("--purpose", "teaching"), "checker_missing"),
        (("--purpose", "teaching", "--identifiable"), "why_identifiable_missing"),
        (("--purpose", "legal"), "not_releasable"),
    ):
        assert exporting.export(exporting.for_care, *words, code=1)["problem"] == problem
    why = ("--identifiable", "--why-identifiable", "the face shows it", "--reference", "E-7")
    both = (exporting.image, exporting.for_care)
    refused = exporting.export(*both, "--purpose", "teaching", *why, code=1)
    assert refused["problem"] == "not_releasable"
    assert len(list(exporting.out.iterdir())) == before
    done = exporting.export(exporting.image, "--purpose", "teaching", *why)
    assert done["copies"][0]["ground"] == "consent"


@pytest.mark.requirement("R102", "R106")
def test_looking_for_a_copy_is_one_look_at_the_record(
    exporting: Exporting, chartroom: CommandLine
) -> None:
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        image = ImageId(UUID(exporting.image))
        for first in (True, False):
            looked = look_at(office, image, longest=200, first=first)
            assert read_facts(looked.picture or b"").frame is not None
        page = trail_page(office.vault, wanted=TrailFilter(deed="original viewed"))
    assert len(page) == 1
    assert (looked.seconds, looked.has_sound) == (None, False)


@pytest.mark.requirement("R102", "R103")
def test_masks_are_painted_and_the_checklist_is_held_to(
    exporting: Exporting, chartroom: CommandLine
) -> None:
    masks = exporting.out.parent / "masks.json"
    box = {"left": 0.1, "top": 0.1, "width": 0.4, "height": 0.4}
    masks.write_text(json.dumps({exporting.image: [box]}), encoding="utf-8")
    words = ("--purpose", "training", *CHECKED, "--feature", "face=masked")
    refused = exporting.export(exporting.image, *words, code=1)
    assert refused["refused"][0]["code"] == "nothing_masked"
    (told,) = exporting.export(exporting.image, *words, "--masks", str(masks))["copies"]
    assert not told["same_picture"]
    assert "what the masks cover" in told["removed"]
    masks.write_text(json.dumps({exporting.image: [{**box, "page": 2}]}), encoding="utf-8")
    refused = exporting.export(exporting.image, *words, "--masks", str(masks), code=1)
    assert "a mask is for page 2, and it has one page" in str(refused["refused"][0])
    masks.write_text(json.dumps({exporting.image: [{**box, "page": 1}]}), encoding="utf-8")
    assert exporting.export(exporting.image, *words, "--masks", str(masks))["copies"]
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        newest, first = copies_of(office.vault, ImageId(UUID(exporting.image)))
    assert json.loads(newest.told)["mask_pages"] == [1]
    assert "mask_pages" not in json.loads(first.told)
    rare = (*words, "--masks", str(masks), "--feature", "rare-condition=accepted:it is the finding")
    refused = exporting.export(exporting.image, *rare, code=1)
    assert refused["problem"] == "not_releasable"
    assert exporting.export(exporting.image, "--purpose", "training", code=1)


@pytest.mark.requirement("R97", "R103")
def test_a_copy_that_the_drive_gave_up_at_the_end_is_not_said_to_have_left(
    exporting: Exporting, chartroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network drive may say that it is full only when the copy is given its name."""

    def full(*_: object, **__: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as only_now:
        only_now.setattr(Path, "replace", full)
        only_now.setattr(os, "link", full)
        words = ("--purpose", "teaching", *CHECKED)
        told = exporting.export(exporting.for_care, *words, code=1)["refused"]
        told += exporting.export(exporting.image, "--purpose", "referral", code=1)["refused"]
    assert [one["code"] for one in told] == ["file_not_writable"] * 2
    assert list(exporting.out.iterdir()) == []
    exporting.export(exporting.image, "--purpose", "referral")
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        page = trail_page(office.vault, wanted=TrailFilter(deed="copy not given out"))
        assert [entry.line.facts["why"] for entry in page] == ["file_not_writable"] * 2
        patient = looking.image(office.vault, ImageId(UUID(exporting.image))).patient
        assert patient is not None
        gifts = given_out(office.vault, patient)
    assert [(one.is_deidentified, one.failed) for one in gifts] == [
        *((False, False), (False, True), (True, True))
    ]
    assert (gifts[0].recipient, gifts[0].purpose) == ("Dr Mere Test", "referral or ACC")
