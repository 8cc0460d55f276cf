"""The tray as a source: images received and sealed, waiting to be linked to a patient."""

from collections.abc import Iterator
from uuid import UUID

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.filing import file_images, mode_from
from desktop.intake.filing_report import TRAY, FileReport, FileRequest
from desktop.records.deeds import clearing, looking, scan_back
from desktop.records.facts.capture import CaptureDevice, ModeOfCapture, Route
from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.ids import ImageId
from desktop.verbs.filing import describe_left_over, filing_verbs
from desktop.verbs.office import Office


def tray_source(office: Office) -> SourceInfo | None:
    """The tray, while there is something in it."""
    if not looking.tray(office.vault):
        return None
    return SourceInfo(id=TRAY, route=Route.FOLDER, name="Tray: not yet filed")


def tray_items(office: Office) -> Iterator[MediaItem]:
    """What lies in the tray; what a crash left undescribed is described first."""
    describe_left_over(office)
    waiting = looking.tray(office.vault)
    seen = scan_back.pages_seen(office.vault, waiting)
    for image in waiting:
        said = image.description
        yield MediaItem(
            key=str(image.id),
            folder=image.arrival.folder,
            name=image.arrival.file_name,
            size=image.size,
            modified_local=image.received_at.astimezone().replace(tzinfo=None),
            kind=said.kind if said else MediaKind.UNKNOWN,
            duration_ms=said.detail.duration_ms if said else None,
            shows="; ".join(page.words for page in seen.get(image.id, ())),
        )


def tray_thumbnail(office: Office, item: MediaItem) -> bytes | None:
    """The stored thumbnail of an image in the tray."""
    image = _id(item)
    return looking.thumbnails(office.vault, [image]).get(image)


def file_from_tray(office: Office, request: FileRequest) -> FileReport:
    """File images of the tray; each keeps the way by which it came, and where the
    file is silent what the register says of the device of its intake. Raises as `prove` does."""
    verbs = filing_verbs(office)
    link = verbs.prove(request)
    report = FileReport()

    def mode_for(image: ClinicalImage) -> ModeOfCapture | None:
        intake = image.arrival.intake
        name, route = looking.source_of(office.vault, intake)
        came = clearing.deposits_of(office.vault, intake)
        device = next((one.device for one in came if one.device is not None), None)
        register = CaptureDevice() if device is None else verbs.registered(device)
        return mode_from(image, request.facts, name=name, route=route, register=register)

    file_images(
        images=[looking.image(office.vault, _id(item)) for item in request.items],
        mode_for=mode_for,
        request=request,
        link=link,
        verbs=verbs,
        report=report,
    )
    return report


def _id(item: MediaItem) -> ImageId:
    return ImageId(UUID(item.key))
