"""Filing, with the vault, the describer and an open source tied into the trip of `intake`."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from desktop.devices.source import ImportSource, SourceInfo
from desktop.intake.filing import FilingVerbs, file_items
from desktop.intake.filing_report import FileReport, FileRequest
from desktop.intake.receiving import KeepVerbs, Reading, Sealed
from desktop.intake.report import Stopped, Tell
from desktop.media.describer import Described
from desktop.media.notes import Failure
from desktop.problem import Problem
from desktop.records.deeds import (
    companions,
    describing,
    devices,
    filing,
    patients,
    receiving,
    scan_back,
    tying,
)
from desktop.records.facts.clinical_image import Arrival, ClinicalImage, FilingFacts
from desktop.records.facts.companions import Companion
from desktop.records.facts.devices import Handover
from desktop.records.facts.ids import ImageId, IntakeId
from desktop.records.facts.page_scan import PageSeen
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.rules.matching import PatientLink, link
from desktop.verbs.office import Office
from desktop.verbs.stored_bytes import untrusted_original

_IN_VAIN = Failure.NO_WORKER.words


def file_from_source(
    office: Office,
    *,
    source: ImportSource,
    request: FileRequest,
    tell: Tell,
    stopped: Stopped,
) -> FileReport:
    """File chosen items of an open source. Raises only what proving the patient raises."""
    return file_items(
        source=source, request=request, verbs=filing_verbs(office), tell=tell, stopped=stopped
    )


def describe_left_over(office: Office) -> int:
    """Describe what an earlier run received but did not live to describe, or could not because no
    decoder started; how many there were.

    One whose stored bytes are damaged or missing stays as it is: a check of the office names it.
    Raises what ends a trip, such as DiskFull.
    """
    waiting = describing.undescribed(office.vault, in_vain=_IN_VAIN)
    for image in waiting:
        try:
            seen = seen_in(office, image)
            if image.description is not None and seen.description.note == _IN_VAIN:
                continue  # said before, and still so
            _note(office, [(image.id, seen)])
        except Problem as problem:
            if problem.ends_the_trip:
                raise
    for intake in dict.fromkeys(image.arrival.intake for image in waiting):
        tying.tie_intake(office.vault, intake, by=office.person)
    return len(waiting)


def tie_with_earlier(office: Office, filed: Sequence[ClinicalImage]) -> None:
    """Tie what now lies in one chart: the film of a Live Photo may come after its picture."""
    with suppress(Problem):  # a full disk: the images are filed, and the next filing ties them
        for intake in dict.fromkeys(one.arrival.intake for one in filed):
            tying.tie_intake(office.vault, intake, by=office.person)


def filing_verbs(office: Office) -> FilingVerbs:
    """What the record of this office does for a filing."""

    def begin(info: SourceInfo, handover: Handover) -> IntakeId:
        return receiving.begin_intake(
            office.vault,
            source_name=info.name,
            route=info.route,
            by=office.person,
            handover=handover,
        )

    def end(intake: IntakeId, left_out: int) -> None:
        receiving.end_intake(office.vault, intake, left_out=left_out, by=office.person)
        tying.tie_intake(office.vault, intake, by=office.person)

    def file(
        images: Sequence[tuple[ImageId, FilingFacts]], proof: PatientLink
    ) -> Sequence[ClinicalImage | Problem]:
        wanted = [filing.ToFile(*one) for one in images]
        return filing.file_images(office.vault, images=wanted, link=proof, by=office.person)

    def pages(images: Sequence[ClinicalImage]) -> Sequence[PageSeen]:
        seen = scan_back.pages_seen(office.vault, images)
        return [page for some in seen.values() for page in some]

    def keep_notes(found: Sequence[Companion]) -> Sequence[Companion]:
        return companions.keep_companions(office.vault, found, by=office.person)

    return FilingVerbs(
        prove=partial(_prove, office),
        begin=begin,
        end=end,
        keep=_keep_verbs(office),
        file=file,
        tie=partial(tie_with_earlier, office),
        registered=lambda device: devices.device(office.vault, device).says,
        pages=pages,
        keep_notes=keep_notes,
    )


def _prove(office: Office, request: FileRequest) -> PatientLink:
    patient = patients.patient(office.vault, request.patient)
    return link(patient, number=request.number, born=request.born)


def _keep_verbs(office: Office) -> KeepVerbs:
    originals = office.vault.originals
    went_on: dict[str, int] = {}

    def seal(reading: Reading, stopped: Stopped) -> Sealed:
        unsettled, earlier = originals.seal_or_go_on(
            reading.mark, reading.read_at, expected=reading.size, stopped=stopped
        )
        if earlier:
            went_on[unsettled.sealed.name] = earlier
        return Sealed(partial(originals.settle, unsettled), earlier)

    def receive(
        settled: Sequence[tuple[SealedOriginal, Arrival]],
    ) -> Sequence[tuple[ClinicalImage, bool]]:
        return receiving.receive(office.vault, sealed=settled, went_on=went_on, by=office.person)

    return KeepVerbs(
        seal=seal,
        receive=receive,
        describe=partial(seen_in, office),
        put_on_record=partial(_note, office),
        at_once=office.describer.at_once,
    )


def seen_in(office: Office, image: ClinicalImage) -> Described:
    """What the sandboxed worker sees in the stored bytes. Raises OriginalMissing, OriginalDamaged
    and DiskFailed."""
    with untrusted_original(office, image) as untrusted:
        return office.describer.describe(untrusted, file_name=image.arrival.file_name)


def _note(office: Office, seen: Sequence[tuple[ImageId, Described]]) -> Sequence[ClinicalImage]:
    found = [describing.Seen(image, one.description, one.thumbnail) for image, one in seen]
    return describing.note_descriptions(office.vault, seen=found, by=office.person)
