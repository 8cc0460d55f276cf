"""A throw-away office with made-up people, a virtual PTP camera and a card, to try everything on.

Nothing of it outlives the program, except what `--headless` writes to `demo-output`.
"""

import argparse
import os
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop.devices.finding import find_sources, open_source
from desktop.devices.source import SourceInfo
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest
from desktop.records.deeds.patients import add_patient
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import local_number, nhi
from desktop.records.facts.patient import NewPatient, Patient, Sex
from desktop.records.facts.people import Photographer, Role
from desktop.settings import Settings, read_settings
from desktop.shipped import sample_photos, sample_recordings
from desktop.verbs.filing import file_from_source
from desktop.verbs.office import Office, create_office
from desktop.verbs.sheets import SheetOrder, prepare_sheet, save_sheet

ORGANISATION = "Kererū Demonstration Clinic"
ADDRESS = "12 Rātā Street, Pōneke (a made-up address)"
CLERK = "Aroha Demonstration"

_PEOPLE = (
    ("ZZZ0016", "Ngātai-Whātua", "Kahurangi Āwhina", date(1961, 3, 4), Sex.FEMALE),
    ("ZVU27KE", "Pōmare", "Tāne", date(1948, 11, 30), Sex.MALE),
    ("ZZZ00AC", "O’Brien", "Siobhán", date(1987, 6, 21), Sex.FEMALE),
    ("ZZZ0024", "Tūhoe", "Rāwiri Hēmi", date(2002, 1, 9), Sex.MALE),
    ("ZAC5361", "Van der Berg", "Anneke", date(1975, 8, 15), Sex.FEMALE),
    ("ZXE24NV", "Nguyễn", "Thị Mai", date(1993, 12, 2), Sex.FEMALE),
)
_EXIF_TIME = re.compile(rb"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d")
_FILM_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}")
_EXIF_OFFSET = re.compile(rb"(?<=\x00)[+-]\d\d:\d\d(?=\x00)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The throw-away office, open, with its settings and the password it was made with."""

    office: Office
    settings: Settings
    password: str
    patients: tuple[Patient, ...]


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Build everything in a private folder that only lives as long as this context."""
    root = Path(tempfile.mkdtemp(prefix="chartroom-demo-"))
    try:
        camera, card = root / "camera", root / "CARD_DEMO"
        of_camera = [photo for photo in sample_photos() if photo.name.startswith("DSC")]
        of_phones = [photo for photo in sample_photos() if photo not in of_camera]
        _load(camera / "DCIM" / "100NIKON", of_camera)
        _load(card / "DCIM" / "100APPLE", [*of_phones, *sample_recordings()])
        # libgphoto2 shows this folder as a PTP camera; every helper process inherits it.
        os.environ["VCAMERADIR"] = str(camera)
        os.environ["CHARTROOM_FOLDERS"] = str(card)
        os.environ["CHARTROOM_OFFICE"] = str(root / "office")
        settings = read_settings()
        password = f"demo-{secrets.token_hex(8)}"
        made = create_office(
            settings.office,
            organisation=ORGANISATION,
            address=ADDRESS,
            user=CLERK,
            password=password,
        )
        with made.office as office:
            yield Demonstration(
                office=office,
                settings=settings,
                password=password,
                patients=tuple(_patients(office)),
            )
    finally:
        shutil.rmtree(root, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demonstration; with no display, or when asked, without a window."""
    options = _grammar().parse_args(arguments)
    headless = options.headless or not _has_display()
    started = time.monotonic()
    with demonstration() as demo:
        if not headless:
            from desktop.app import run_with

            return run_with(demo.office, demo.settings)
        _run_headless(demo, options.output)
    print(f"Done in {time.monotonic() - started:.1f} s. The throw-away office is gone again.")
    return 0


def _run_headless(demo: Demonstration, output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    camera = _camera(find_sources(demo.settings.folders))
    by_cable, by_card = demo.patients[0], demo.patients[4]
    if camera is None:
        print("No libgphoto2 here: the virtual camera is left out.")
    else:
        _tell(camera, by_cable, _file_all(demo, camera, by_cable))
        _save_sheet(demo, by_cable, output / "record-sheet-camera.pdf")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.tour import photograph_window

    for path in photograph_window(demo.office, demo.settings, by_card, output):
        print(f"  the real window: {path}")
    _save_sheet(demo, by_card, output / "record-sheet-card.pdf")


def _save_sheet(demo: Demonstration, patient: Patient, path: Path) -> None:
    order = SheetOrder(patient=patient.id, per_page=2)
    ready = save_sheet(demo.office, order, prepare_sheet(demo.office, order), path=path)
    print(f"  record sheet {ready.number}, {ready.pages} page(s): {path}")


def _camera(found: Sequence[SourceInfo]) -> SourceInfo | None:
    """The virtual camera; whatever else is plugged in stays untouched."""
    return next((s for s in found if s.route is Route.PTP), None)


def _file_all(demo: Demonstration, info: SourceInfo, patient: Patient) -> FileReport:
    with closing(open_source(info.id, folders=demo.settings.folders)) as source:
        request = FileRequest(
            source_id=info.id,
            items=tuple(source.items()),
            patient=patient.id,
            number=patient.number,
            born=patient.born,
            facts=DeskFacts(
                photographer=Photographer(name="Hana Parata", role=Role.NURSE),
                owner=DeviceOwner.ORGANISATION,
                purposes=frozenset({Purpose.CARE, Purpose.MONITORING}),
                consent=Consent(form=ConsentForm.VERBAL, reference="noted in the chart"),
                site="left lower leg",
            ),
        )
        return file_from_source(
            demo.office, source=source, request=request, tell=lambda _: None, stopped=lambda: False
        )


def _tell(source: SourceInfo, patient: Patient, report: FileReport) -> None:
    print(
        f"{source.name}: {len(report.filed)} filed, {len(report.incomplete)} incomplete, "
        f"{len(report.already)} already here, {len(report.receive.refused)} refused, "
        f"under {patient.banner}"
    )


def _patients(office: Office) -> Iterator[Patient]:
    for place, (number, family, given, born, sex) in enumerate(_PEOPLE):
        numbers = [nhi(number)]
        if place == 1:
            numbers.append(local_number("KD-000417"))
        new = NewPatient(
            identifiers=tuple(numbers),
            family_name=family,
            given_names=given,
            born=born,
            sex=sex,
        )
        yield add_patient(office.vault, new=new, by=office.person)


def _load(folder: Path, samples: Sequence[Path]) -> None:
    """Put samples on a made-up device as if they had been taken in the last hours."""
    folder.mkdir(parents=True)
    now = datetime.now().astimezone()
    for place, sample in enumerate(samples):
        taken = now - timedelta(minutes=20 + 7 * place)
        content = _retaken(sample.read_bytes(), taken)
        target = folder / sample.name
        target.write_bytes(content)
        os.utime(target, (taken.timestamp(), taken.timestamp()))


def _retaken(content: bytes, taken: datetime) -> bytes:
    """The same file with its times, which have a fixed length, set to another moment: in a photo
    those of EXIF, in a film or recording its creation date."""
    content = _FILM_TIME.sub(taken.strftime("%Y-%m-%dT%H:%M:%S%z").encode(), content)
    head, rest = content[:65536], content[65536:]
    offset = taken.strftime("%z")
    head = _EXIF_TIME.sub(taken.strftime("%Y:%m:%d %H:%M:%S").encode(), head)
    head = _EXIF_OFFSET.sub(f"{offset[:3]}:{offset[3:5]}".encode(), head)
    return head + rest


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _grammar() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="no window: files and a screenshot")
    parser.add_argument("--output", type=Path, default=Path("demo-output"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
