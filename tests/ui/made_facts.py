"""Patients, items, images and small pictures made up for tests of the window."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QRadialGradient

from desktop.devices.source import MediaItem, SourceInfo, SourceState
from desktop.intake.filing_report import DeskFacts
from desktop.records.facts.capture import (
    CaptureDevice,
    CaptureTime,
    DeviceOwner,
    ModeOfCapture,
    Route,
    TimeBasis,
    TimeTrust,
)
from desktop.records.facts.clinical_image import (
    Arrival,
    ClinicalImage,
    Essential,
    FilingFacts,
)
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.ids import ImageId, IntakeId, PatientId, new_uuid
from desktop.records.facts.patient import Patient, Sex
from desktop.records.facts.people import Photographer, Role
from desktop.records.rules.completeness import missing_essentials, state_for

Stopped = Callable[[], bool]
NOW = datetime.now()  # noqa: DTZ005  wall time, as a camera has it
TODAY = NOW.date()
PHONE = SourceInfo(id="ptp:usb:001,004", route=Route.PTP, name="Pixel 8")
CARD = SourceInfo(id="folder:card", route=Route.CARD, name="Card EOS_DIGITAL")
LOCKED = SourceInfo(
    id="ptp:usb:001,007",
    route=Route.PTP,
    name="iPhone",
    state=SourceState.LOCKED,
    detail="Unlock the phone and tap “Trust this computer”.",
)


def patient(family: str, given: str, number: str, born: date | None) -> Patient:
    return Patient(
        id=PatientId(new_uuid()),
        identifiers=(nhi(number),),
        family_name=family,
        given_names=given,
        born=born,
        sex=Sex.FEMALE,
        added_at=datetime.now(UTC),
    )


HINEMOA = patient("Tāwhiri", "Hinemoa", "ZZZ0016", date(1961, 3, 4))
WIREMU = patient("Tāwhai", "Wiremu", "ZZZ0024", date(1958, 11, 20))
ANA = patient("Māhaki", "Ana", "ZZZ00AC", date(1990, 1, 5))


def item(
    name: str, *, at: datetime | None = NOW, size: int = 3_400_000, problem: str | None = None
) -> MediaItem:
    return MediaItem(
        key=name, folder="DCIM/100", name=name, size=size, modified_local=at, problem=problem
    )


def todays_items(count: int) -> list[MediaItem]:
    start = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    return [item(f"IMG_{n:04}.JPG", at=start + timedelta(seconds=n)) for n in range(1, count + 1)]


def jpeg(seed: int, *, width: int = 320, height: int = 240) -> bytes:
    """A soft picture that looks a little like skin."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    skin = QLinearGradient(0, 0, width, height)
    skin.setColorAt(0, QColor.fromHsv((18 + seed * 3) % 40, 90, 235))
    skin.setColorAt(1, QColor.fromHsv((14 + seed * 5) % 40, 120, 180))
    painter.fillRect(image.rect(), skin)
    place = QPointF(width * (0.3 + seed % 5 / 10), height * (0.35 + seed % 3 / 8))
    wound = QRadialGradient(place, width / 6)
    wound.setColorAt(0, QColor.fromHsv(2, 170, 150))
    wound.setColorAt(1, Qt.GlobalColor.transparent)
    painter.fillRect(image.rect(), wound)
    painter.end()
    return _encoded(image, "JPEG")


ONE_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj trailer<</Root 1 0 R>>"
)
"""A paper of one empty page."""


def page_png(text: str) -> bytes:
    image = QImage(620, 877, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawText(60, 80, text)
    painter.fillRect(60, 120, 500, 420, QColor.fromHsv(18, 80, 220))
    painter.end()
    return _encoded(image, "PNG")


def _encoded(image: QImage, kind: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes for a name
    return bytes(content.data())


def clinical_image(
    name: str,
    *,
    owner: Patient = HINEMOA,
    facts: DeskFacts | None = None,
    at: datetime | None = NOW,
    site: str = "",
) -> ClinicalImage:
    said = facts or DeskFacts(
        photographer=Photographer(name="Mere Parata", role=Role.NURSE),
        owner=DeviceOwner.ORGANISATION,
        purposes=frozenset({Purpose.CARE}),
        consent=Consent(form=ConsentForm.VERBAL),
        site=site,
    )
    mode = None if said.owner is None else _mode(said.owner)
    taken = None if at is None else _from_file(at)
    missing = _missing(said, mode, said.taken or taken)
    return ClinicalImage(
        id=ImageId(new_uuid()),
        state=state_for(missing),
        size=3_400_000,
        sha256=bytes(32),
        arrival=Arrival(
            intake=IntakeId(new_uuid()), file_name=name, folder="DCIM/100", modified_local=at
        ),
        received_at=datetime.now(UTC),
        received_by="Mere Parata",
        description=None,
        patient=owner.id,
        photographer=said.photographer,
        taken=said.taken or taken,
        mode=mode,
        purposes=said.purposes,
        consent=said.consent,
        site=said.site or site,
        missing=missing,
        filed_at=None if missing else datetime.now(UTC),
        filed_by="Mere Parata",
    )


def _mode(owner: DeviceOwner) -> ModeOfCapture:
    return ModeOfCapture(
        device=CaptureDevice(make="Google", model="Pixel 8"),
        owner=owner,
        route=Route.PTP,
        source_name="Pixel 8",
    )


def _from_file(at: datetime) -> CaptureTime:
    return CaptureTime(
        local=at, utc_offset_minutes=None, basis=TimeBasis.EXIF_NAIVE, trust=TimeTrust.ASSUMED
    )


def _missing(
    said: DeskFacts, mode: ModeOfCapture | None, taken: CaptureTime | None
) -> tuple[Essential, ...]:
    facts = FilingFacts(
        photographer=said.photographer,
        mode=mode,
        purposes=said.purposes,
        consent=said.consent,
    )
    return missing_essentials(facts, taken=taken)
