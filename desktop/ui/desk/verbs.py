"""What the Desk needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest
from desktop.intake.report import Progress
from desktop.records.facts.capture import CaptureDevice
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.devices import Answers, HandoverOffer, KnownDevice, NewDevice
from desktop.records.facts.ids import DeviceId, PatientId
from desktop.records.facts.page_scan import PageSeen
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.people import Photographer
from desktop.records.facts.scan_settings import ScanSettings
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.ui.parts.clearing_verbs import ClearingVerbs
from desktop.ui.parts.sheet_verbs import SheetVerbs

TellItems = Callable[[Sequence[MediaItem]], None]
TellProgress = Callable[[Progress], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVerbs:
    """What can be asked of devices, cards and folders. All block, as those of the desk do.

    `look` is called every second and opens nothing. `try_again` looks too, and asks the named
    source at once: a person waits for it. `add_folder` makes a folder a source that `look` names
    from then on. `eject` lets a card go and gives the sentence that says that it may be pulled out.
    `add_camera` connects to a camera at an address, and remembers it if so wanted; `remove_camera`
    lets it go and forgets it. `find_scanners` may take half a minute, and is stopped by raising
    Cancelled; `scan_settings` tells how each was last set, by SANE's name of it. `add_scanner`
    makes one of them a source, or sets it anew; `remove_scanner` forgets its pages.
    """

    look: Callable[[], Sequence[SourceInfo]]
    try_again: Callable[[str], Sequence[SourceInfo]]
    add_folder: Callable[[Path], SourceInfo]
    eject: Callable[[str], str]
    add_camera: Callable[[str, bool], SourceInfo]
    remove_camera: Callable[[str], None]
    find_scanners: Callable[[Stopped], Sequence[SourceInfo]]
    scan_settings: Callable[[], Mapping[str, ScanSettings]]
    add_scanner: Callable[[SourceInfo, ScanSettings], None]
    remove_scanner: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverVerbs:
    """What can be asked about a handover. All block and run in the vault lane.

    `offer` takes the name of a source. `decline` notes that somebody chose not to give a copy of
    something of their own (R123), today. `note_device` puts a device on the register, `declare` a
    phone check on record; both give the device with what is remembered of it. `unknown` names the
    devices of files that the register of the organisation's devices does not have (R27).
    """

    offer: Callable[[str], HandoverOffer]
    decline: Callable[[PatientId, str], object]
    note_device: Callable[[NewDevice], KnownDevice]
    declare: Callable[[DeviceId, Answers], KnownDevice]
    unknown: Callable[[Sequence[ClinicalImage]], Sequence[CaptureDevice]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOn:
    """A page of ours that an image of the tray shows; `name` is what the image is called."""

    name: str
    page: PageSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVerbs:
    """All block and run in a lane; all raise problems and nothing else for what the world does.

    `list_items` tells items as they are found, in batches, and
    raises SourceEmpty only after the whole source was walked. `scan_more` tells what a scanner
    holds and scans again; a failure leaves what it held before. `seen` tells which files of a
    source look like ones that are on record already. `thumbnail` gives a JPEG that went
    through the sandbox, or None. `remembered` gives what the desk last said of images from a
    source of that name. `pages` tells what items of the tray show of our own pages. `file` is the
    whole trip. `take_back` undoes a filing of seconds ago.
    """

    sources: SourceVerbs
    handover: HandoverVerbs
    list_items: Callable[[str, TellItems, Stopped], None]
    scan_more: Callable[[str, TellItems, Stopped], None]
    seen: Callable[[SourceInfo], Mapping[FileMark, Seen]]
    thumbnail: Callable[[str, MediaItem], bytes | None]
    find_patients: Callable[[str], Sequence[Patient]]
    add_patient: Callable[[NewPatient], Patient]
    photographers: Callable[[], Sequence[Photographer]]
    remembered: Callable[[str], DeskFacts | None]
    pages: Callable[[Sequence[MediaItem]], Sequence[PageOn]]
    file: Callable[[FileRequest, TellProgress, Stopped], FileReport]
    take_back: Callable[[Sequence[ClinicalImage]], None]
    sheets: SheetVerbs
    clearing: ClearingVerbs
