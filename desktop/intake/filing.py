"""The whole trip on one page: from a device into a patient's record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from desktop.devices.problems import ItemEmpty
from desktop.devices.source import ImportSource, SourceInfo
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest, NotFiled
from desktop.intake.notes_beside import KeepNotes, keep_notes
from desktop.intake.problems import LeftInTray
from desktop.intake.receiving import GROUP, KeepVerbs, receive_items
from desktop.intake.report import (
    NoteLeft,
    NotesReport,
    Progress,
    ReceiveReport,
    Stopped,
    Tell,
)
from desktop.problem import Cancelled, Problem
from desktop.records.facts.came_from import Received
from desktop.records.facts.capture import CaptureDevice, ModeOfCapture, Route
from desktop.records.facts.clinical_image import ClinicalImage, FilingFacts, ImageState
from desktop.records.facts.devices import Depositor, Handover
from desktop.records.facts.ids import DeviceId, ImageId, IntakeId, PatientId
from desktop.records.facts.page_scan import PageSeen
from desktop.records.rules.came_from import took_owner
from desktop.records.rules.matching import PatientLink
from desktop.records.rules.mode_of_capture import filled
from desktop.records.rules.scan_back import consent_of_set

_SAYS_NOTHING = CaptureDevice()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingVerbs:
    """What the record does for a filing, beside keeping.

    `prove` compares both identifiers with the patient's record, or raises. `begin` opens an intake
    with what was said at the handover; `end` closes it and says how many chosen files were not
    kept. `file` links images and gives each back in its new state, or what stood in the way;
    beyond that it raises problems that hold for all; `tie` notes once what belongs together now
    that all of them lie in a chart, and raises nothing. `registered` is what the
    register says of a device that was picked (R27), `pages` what is known of the pages of ours that
    images show (R43). `keep_notes` puts notes beside images on record, and gives back the new ones.
    """

    prove: Callable[[FileRequest], PatientLink]
    begin: Callable[[SourceInfo, Handover], IntakeId]
    end: Callable[[IntakeId, int], None]
    keep: KeepVerbs
    file: Callable[
        [Sequence[tuple[ImageId, FilingFacts]], PatientLink], Sequence[ClinicalImage | Problem]
    ]
    tie: Callable[[Sequence[ClinicalImage]], None] = lambda _: None
    registered: Callable[[DeviceId], CaptureDevice] = lambda _: _SAYS_NOTHING
    pages: Callable[[Sequence[ClinicalImage]], Sequence[PageSeen]] = lambda _: ()
    keep_notes: KeepNotes = lambda _: ()


def file_items(
    *,
    source: ImportSource,
    request: FileRequest,
    verbs: FilingVerbs,
    tell: Tell,
    stopped: Stopped,
) -> FileReport:
    """Receive the chosen items and file them under the patient whom two identifiers name (R66).

    Raises the problem of `prove` before anything is read. After a cancel nothing more is filed:
    what was received by then waits in the tray, for the person may have cancelled because the
    patient was the wrong one. After any other end of the trip what was received is filed.
    """
    link = verbs.prove(request)
    intake = verbs.begin(source.info, handover_of(request))
    report = FileReport(
        receive=receive_items(
            source=source,
            items=request.items,
            intake=intake,
            verbs=verbs.keep,
            tell=tell,
            stopped=stopped,
        )
    )
    with suppress(Problem):  # a full disk: then its device is not offered for clearing
        verbs.end(intake, _left_out(report.receive))
    picked = request.handover.device
    register = verbs.registered(picked) if picked is not None else _SAYS_NOTHING
    file_images(
        images=(*report.receive.received, *report.receive.already),
        mode_for=lambda image: mode_from(
            image,
            request.facts,
            name=source.info.name,
            route=source.info.route,
            register=register,
        ),
        request=request,
        link=link,
        verbs=verbs,
        report=report,
    )
    say = partial(_say_done, report.receive, request, tell)
    report.notes = _notes(source, report.receive, verbs.keep_notes, stopped, say)
    say()
    return report


def _notes(
    source: ImportSource,
    receive: ReceiveReport,
    keep: KeepNotes,
    stopped: Stopped,
    say: Callable[[str], None],
) -> NotesReport:
    """The notes beside what was received, new or here already; of a trip that ended, no device is
    asked for more."""
    if (end := receive.stopped_by) is not None:
        return NotesReport(left=[NoteLeft(item=item, problem=end) for item, _ in receive.taken])
    return keep_notes(source=source, taken=receive.taken, keep=keep, stopped=stopped, say=say)


def _left_out(receive: ReceiveReport) -> int:
    """How many chosen files were not kept; one of 0 bytes has nothing that could be lost."""
    refused = [one for one in receive.refused if not isinstance(one.problem, ItemEmpty)]
    return len(refused) + len(receive.not_reached)


def handover_of(request: FileRequest) -> Handover:
    """What was said at the handover; where it is silent, the desk's facts stand: whose device it
    is, and that the photographer brought it (R76), unless the image was sent by somebody (R119)."""
    said, facts = request.handover, request.facts
    depositor = said.depositor
    was_sent = isinstance(facts.came_from, Received)
    if depositor is None and facts.photographer is not None and not was_sent:
        depositor = Depositor(name=facts.photographer.name, role=facts.photographer.role)
    return replace(said, depositor=depositor, owner=said.owner or facts.owner)


def file_images(
    *,
    images: Sequence[ClinicalImage],
    mode_for: Callable[[ClinicalImage], ModeOfCapture | None],
    request: FileRequest,
    link: PatientLink,
    verbs: FilingVerbs,
    report: FileReport,
) -> None:
    """File images that lie in the tray, some in one go; a problem of one never stops the rest."""
    if isinstance(report.receive.stopped_by, Cancelled):
        for image in images:
            left = LeftInTray(name=image.arrival.file_name)
            report.not_filed.append(NotFiled(image=image, problem=left))
        return
    codes = [code for one in images if one.description for code in one.description.page_codes]
    consent = consent_of_set(request.facts.consent, codes)
    request = replace(request, facts=replace(request.facts, consent=consent))
    done: dict[ImageId, ClinicalImage | Problem] = {}
    waiting = {image.id: image for image in images if not _is_filed(image, request.patient)}
    for group in _grouped(list(waiting.values())):
        done.update(_filed(group, mode_for, request, link, verbs))
    for image in images:
        # the same bytes chosen twice are one image: the second time it is there already
        after = done.get(image.id, image)
        if isinstance(after, Problem):
            report.not_filed.append(NotFiled(image=image, problem=after))
        elif image.id not in waiting:
            report.already.append(after)
        elif after.state is ImageState.FILED:
            report.filed.append(after)
        else:
            report.incomplete.append(after)
        waiting.pop(image.id, None)
    verbs.tie((*report.filed, *report.incomplete))
    report.pages.extend(verbs.pages((*report.filed, *report.incomplete, *report.already)))


def _grouped(images: Sequence[ClinicalImage]) -> Iterator[Sequence[ClinicalImage]]:
    for start in range(0, len(images), GROUP):
        yield images[start : start + GROUP]


def _filed(
    images: Sequence[ClinicalImage],
    mode_for: Callable[[ClinicalImage], ModeOfCapture | None],
    request: FileRequest,
    link: PatientLink,
    verbs: FilingVerbs,
) -> dict[ImageId, ClinicalImage | Problem]:
    try:
        said = [(image.id, filing_facts(request.facts, mode_for(image))) for image in images]
        return dict(zip((image.id for image in images), verbs.file(said, link), strict=True))
    except Problem as problem:
        return dict.fromkeys((image.id for image in images), problem)


def mode_from(
    image: ClinicalImage,
    facts: DeskFacts,
    *,
    name: str,
    route: Route,
    register: CaptureDevice = _SAYS_NOTHING,
) -> ModeOfCapture | None:
    """The mode of capture (R69): the device by the file's own word, or where that is silent by the
    register's; the owner by the desk's. Of a received image it is that of the original capture: by
    the sender's word where the file is silent, never that of the phone it came on (R119)."""
    owner = took_owner(facts.came_from, handed_over=facts.owner)
    if owner is None:
        return None
    device = image.description.device if image.description else CaptureDevice()
    if isinstance(facts.came_from, Received):
        register = CaptureDevice(model=facts.came_from.taken_with or None)
    device = filled(device, register)
    return ModeOfCapture(device=device, owner=owner, route=route, source_name=name)


def filing_facts(facts: DeskFacts, mode: ModeOfCapture | None) -> FilingFacts:
    """What the desk said, with the mode of capture of one image."""
    return FilingFacts(
        photographer=facts.photographer,
        mode=mode,
        purposes=facts.purposes,
        consent=facts.consent,
        site=facts.site,
        depicts=facts.depicts,
        taken=facts.taken,
        came_from=facts.came_from,
    )


def _is_filed(image: ClinicalImage, patient: PatientId) -> bool:
    return image.state is ImageState.FILED and image.patient == patient


def _say_done(receive: ReceiveReport, request: FileRequest, tell: Tell, name: str = "") -> None:
    size = sum(item.size for item in request.items)
    count = len(request.items) - len(receive.not_reached)
    total = len(request.items)
    tell(Progress(done=count, total=total, bytes_done=size, bytes_total=size, name=name))
