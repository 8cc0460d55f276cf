"""A filing that is cut off in its middle: whole images only, every file told of, nothing lost."""

import hashlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.devices.finding import open_source
from desktop.devices.source import ImportSource
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest
from desktop.intake.report import Progress
from desktop.records.deeds import checking, looking
from desktop.records.deeds.patients import patient_with_number
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.people import Photographer, Role
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.problems import DiskFull, WrongPassword
from desktop.shipped import sample_photos
from desktop.verbs.filing import file_from_source
from desktop.verbs.office import Office, create_office, open_office
from desktop.verbs.sheets import SheetOrder, prepare_sheet, save_sheet
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine
from tests.end_to_end.made_office import BORN
from tests.faults.test_keep_faults import filled, small_drive
from tests.unit.devices.ptpip_camera import PtpIpCamera
from tests.unit.records.made_up import deeds

__all__ = ["small_drive"]

FILE = (
    "file", "--patient", "ZZZ0016", "--born", "1961-03-04", "--taken-by", "Hana Parata",
    "--role", "nurse", "--device-owner", "personal", "--purpose", "care", "--consent", "verbal",
)  # fmt: skip


TELL_PEAK = """
import re, sys
from desktop.cli import main
code = main(sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1], file=sys.stderr)
sys.exit(code)
"""


def photos(count: int, *, more: int = 0) -> dict[str, bytes]:
    """Good photos that differ, each `more` bytes longer than a real one."""
    content = sample_photos()[0].read_bytes()
    return {f"IMG_{place:04}.JPG": content + bytes(more) + b"%d" % place for place in range(count)}


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """Forty photos; each is read in many blocks."""
    folder = tmp_path / "CARD" / "DCIM"
    folder.mkdir(parents=True)
    for name, content in photos(40, more=1 << 20).items():
        (folder / name).write_bytes(content)
    return folder.parent


@pytest.fixture
def office(tmp_path: Path, office_to_copy: Path, least_cost: None) -> Iterator[Office]:
    folder = tmp_path / "office"
    shutil.copytree(office_to_copy, folder)
    with open_office(folder, user=USER, password=PASSWORD) as opened:
        yield opened


def filed(
    office: Office,
    source: ImportSource,
    *,
    tell: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> FileReport:
    """File all that the source holds."""
    number = nhi("ZZZ0016")
    request = FileRequest(
        source_id=source.info.id,
        items=tuple(source.items()),
        patient=patient_with_number(office.vault, number=number).id,
        number=number,
        born=BORN,
        facts=DeskFacts(
            photographer=Photographer(name="Hana Parata", role=Role.NURSE),
            owner=DeviceOwner.ORGANISATION,
            purposes=frozenset({Purpose.CARE}),
            consent=Consent(form=ConsentForm.VERBAL),
        ),
    )
    return file_from_source(office, source=source, request=request, tell=tell, stopped=stopped)


def in_the_middle_of(name: str, do: Callable[[], object]) -> Callable[[Progress], None]:
    """A listener to progress that does something once, when some of this file has been read."""
    left = [do]

    def tell(progress: Progress) -> None:
        if progress.name == name and left:
            left.pop()()

    return tell


def examine(office: Office, report: FileReport, wanted: dict[str, bytes]) -> None:
    """Every file is told of; what is on record is whole and byte for byte what the device had."""
    assert report.total == len(wanted)
    hashes = {hashlib.sha256(content).digest() for content in wanted.values()}
    patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
    on_record = [*looking.images_of(office.vault, patient.id), *looking.tray(office.vault)]
    assert {image.sha256 for image in on_record} <= hashes
    assert checking.verify(office.vault, originals=True).is_whole
    assert not list((office.folder / "originals").rglob("*.part"))
    sealed = [p for p in (office.folder / "originals").rglob("*") if p.is_file()]
    assert len(sealed) == len(on_record)


class TestUnplugged:
    @pytest.mark.requirement("R73")
    @pytest.mark.parametrize("how", ["removed", "renamed"])
    def test_a_card_in_the_middle_of_a_file(self, office: Office, card: Path, how: str) -> None:
        wanted = {path.name: path.read_bytes() for path in card.rglob("*.JPG")}
        elsewhere = card.with_name("elsewhere")
        copy = shutil.copytree(card, card.with_name("copy"))

        def leave() -> None:
            card.rename(elsewhere)
            if how == "removed":
                shutil.rmtree(elsewhere)

        with closing(open_source(str(card))) as source:
            report = filed(office, source, tell=in_the_middle_of("IMG_0003.JPG", leave))
        assert "was disconnected" in str(report.receive.stopped_by)
        assert 3 <= len(report.filed) < len(wanted)
        examine(office, report, wanted)

        copy.rename(card)
        with closing(open_source(str(card))) as source:
            again = filed(office, source)
        assert len(again.filed) + len(again.already) == len(wanted)
        examine(office, again, wanted)

    @pytest.mark.requirement("R73")
    def test_a_camera_in_the_middle_of_a_file(
        self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("gphoto2")
        monkeypatch.setenv("HOME", str(tmp_path))  # libgphoto2 keeps settings there
        wanted = photos(4, more=4 << 20)
        with closing(PtpIpCamera()) as camera:
            folder = camera.add_folder("100CANON", camera.add_folder("DCIM"))
            for name, content in wanted.items():
                camera.add_file(name, content, parent=folder)
            with closing(open_source(camera.source_id)) as source:
                tell = in_the_middle_of("IMG_0001.JPG", camera.unplug)
                report = filed(office, source, tell=tell)
        assert report.receive.stopped_by is not None
        assert [image.arrival.file_name for image in report.filed] == ["IMG_0000.JPG"]
        examine(office, report, wanted)


class TestStopped:
    @pytest.mark.requirement("R73")
    def test_a_cancel_files_nothing_and_the_next_run_files_all(
        self, office: Office, card: Path
    ) -> None:
        wanted = {path.name: path.read_bytes() for path in card.rglob("*.JPG")}
        asked: list[bool] = []
        tell = in_the_middle_of("IMG_0012.JPG", lambda: asked.append(True))
        with closing(open_source(str(card))) as source:
            report = filed(office, source, tell=tell, stopped=lambda: bool(asked))
            assert report.filed == report.incomplete == []
            assert len(report.not_filed) == 12
            examine(office, report, wanted)
            again = filed(office, source)
        # Those that nobody had looked into when it was stopped are looked into now.
        assert {image.state for image in again.filed} == {ImageState.FILED}
        assert len(again.filed) == len(wanted)
        examine(office, again, wanted)

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_signals_stop_the_command_line_cleanly(
        self, chartroom: CommandLine, card: Path, number: signal.Signals
    ) -> None:
        process = chartroom.start(
            "--json", "--password-file", str(chartroom.password_file), *FILE, "--from", str(card)
        )
        originals = chartroom.office / "originals"
        while process.poll() is None and sum(1 for p in originals.rglob("*") if p.is_file()) < 3:
            pass
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert err.decode().startswith("chartroom: Stopped, as asked.")
        report = json.loads(out)
        assert report["filed"] == report["incomplete"] == []
        assert len(report["refused"]) + len(report["not_reached"]) == 40
        checked = chartroom.json("verify", "--originals")
        assert checked["images"] == len(report["refused"])
        assert not (originals / "orphans").exists()


class TestFullDrive:
    @pytest.mark.requirement("R73")
    @pytest.mark.parametrize("room", [120_000, 600_000, 1_300_000])
    @pytest.mark.usefixtures("least_cost")
    def test_while_filing(self, small_drive: Path, office_to_copy: Path, room: int) -> None:
        folder = small_drive / "office"
        shutil.copytree(office_to_copy, folder)
        card = small_drive.parent / "CARD"
        card.mkdir()
        wanted = photos(6)
        for name, content in wanted.items():
            (card / name).write_bytes(content)
        with open_office(folder, user=USER, password=PASSWORD) as office:
            with filled(small_drive, room=room), closing(open_source(str(card))) as source:
                report = told(lambda: filed(office, source))
                if report is not None:
                    assert isinstance(report.receive.stopped_by, DiskFull)
                    assert report.total == len(wanted)
            assert checking.verify(office.vault, originals=True).is_whole
        with open_office(folder, user=USER, password=PASSWORD) as office:
            assert not list((folder / "originals").rglob("*.part"))

    @pytest.mark.parametrize("room", [0, 30_000, 60_000, 120_000, 200_000])
    def test_while_an_office_is_made(self, small_drive: Path, room: int) -> None:
        folder = small_drive / "office"
        folder.mkdir()
        with filled(small_drive, room=room), pytest.raises(DiskFull, match="is full"):
            create_office(
                folder, organisation="Clinic", user=USER, password=PASSWORD, cost=LEAST_COST
            )
        assert {path.name for path in folder.iterdir()} <= {"office.lock"}

    def test_while_an_office_is_opened_and_closed(
        self, small_drive: Path, office_to_copy: Path
    ) -> None:
        folder = small_drive / "office"
        shutil.copytree(office_to_copy, folder)
        with pytest.raises(WrongPassword):
            open_office(folder, user=USER, password="some other words here")
        with filled(small_drive, room=0), pytest.raises(DiskFull):
            open_office(folder, user=USER, password=PASSWORD)
        office = open_office(folder, user=USER, password=PASSWORD)
        assert "unlock failed" in [deed for deed, _ in deeds(office.vault)]
        with filled(small_drive, room=0):
            office.close()
        with open_office(folder, user=USER, password=PASSWORD) as office:
            assert checking.verify(office.vault, originals=True).is_whole

    def test_while_a_sheet_is_written(self, small_drive: Path, office: Office, card: Path) -> None:
        for path in sorted(card.rglob("*.JPG"))[2:]:
            path.unlink()
        with closing(open_source(str(card))) as source:
            filed(office, source)
        patient = patient_with_number(office.vault, number=nhi("ZZZ0016"))
        order = SheetOrder(patient=patient.id)
        out = small_drive / "sheet.pdf"
        out.write_bytes(b"what was here before")
        with filled(small_drive, room=4096), pytest.raises(Exception, match="cannot be written"):
            save_sheet(office, order, prepare_sheet(office, order), path=out)
        assert [path.name for path in small_drive.iterdir()] == ["sheet.pdf"]
        assert out.read_bytes() == b"what was here before"


def told(work: Callable[[], FileReport]) -> FileReport | None:
    """The report, or None where the drive was full before anything was begun."""
    try:
        return work()
    except DiskFull:
        return None


class TestTheWayOut:
    @pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
    def test_a_terminal_that_knows_few_letters(self, chartroom: CommandLine, encoding: str) -> None:
        chartroom.extra = {"PYTHONIOENCODING": encoding}
        shown = chartroom.run(
            "--password-file", str(chartroom.password_file), "patients", "find", "ngatai"
        )
        assert (shown.returncode, shown.stderr) == (0, b"")
        assert b"Ng\\u0101tai" in shown.stdout
        assert chartroom.json("patients", "find", "ngatai")[0]["family"] == "Ngātai-Whātua"

    def test_a_reader_who_had_enough_and_a_password_that_nobody_types(
        self, chartroom: CommandLine
    ) -> None:
        words = ("--password-file", str(chartroom.password_file), "patients", "find")
        process = chartroom.start(*words)
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        assert process.communicate(timeout=60)[1] == b""
        assert process.returncode == 0
        alone = chartroom.run("patients", "find")
        assert alone.returncode == 1
        assert alone.stderr.decode().startswith("chartroom: No passphrase was given.")

    @pytest.mark.skipif(sys.platform != "linux", reason="reads memory as Linux tells it")
    def test_a_long_video_is_kept_in_little_memory(
        self, chartroom: CommandLine, tmp_path: Path
    ) -> None:
        # Unlocking takes far more memory than keeping does, on purpose: so two peaks are compared.
        small = self._peak_kib(chartroom, tmp_path / "SMALL", megabytes=1)
        large = self._peak_kib(chartroom, tmp_path / "LARGE", megabytes=400)
        assert large - small < 32 << 10

    def _peak_kib(self, chartroom: CommandLine, card: Path, *, megabytes: int) -> int:
        card.mkdir()
        with (card / "MOV_1.MP4").open("wb") as file:
            file.write(b"\0\0\0\x18ftypmp42")
            file.truncate(megabytes << 20)
        words = ("--password-file", str(chartroom.password_file), *FILE)
        done = subprocess.run(
            [sys.executable, "-c", TELL_PEAK, *words, "--from", str(card)],
            env=chartroom.environment,
            capture_output=True,
            check=True,
        )
        return int(done.stderr)
