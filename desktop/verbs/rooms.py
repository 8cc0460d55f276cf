"""What the rooms of an open office are handed, filled in from one workstation.

Imported in a lane while the office is being opened, so that the UI thread finds it there.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.filing_report import TRAY, DeskFacts, FileReport, FileRequest
from desktop.intake.report import Progress, Stopped
from desktop.records.deeds.came_from import declined_of
from desktop.records.deeds.looking import (
    images_of,
    last_filing_facts,
    photographers,
    seen_at,
    thumbnails,
)
from desktop.records.deeds.patient_list import import_patient_list, preview_patient_list
from desktop.records.deeds.patients import add_patient, find_patients
from desktop.records.deeds.undoing import take_back
from desktop.records.facts.came_from import CopyDeclined
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.office_settings import OfficeSettings
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.people import Photographer
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.records.rules.patient_csv import ListPreview, ListRow, Mapped
from desktop.ui.desk.verbs import DeskVerbs
from desktop.ui.patients.verbs import ListAdded, PatientsVerbs
from desktop.ui.window_verbs import Rooms
from desktop.verbs.filing import file_from_source
from desktop.verbs.output import read_whole
from desktop.verbs.time_correcting import correct_times
from desktop.verbs.tray import file_from_tray, tray_items, tray_thumbnail
from desktop.verbs.upkeep import upkeep_verbs
from desktop.verbs.window_clearing import clearing_verbs
from desktop.verbs.window_consent import consent_verbs
from desktop.verbs.window_copies import copy_verbs
from desktop.verbs.window_devices import handover_verbs
from desktop.verbs.window_keeping import keeping_verbs
from desktop.verbs.window_office import office_verbs
from desktop.verbs.window_papers import paper_verbs
from desktop.verbs.window_scans import pages_verb
from desktop.verbs.window_sheets import sheet_verbs
from desktop.verbs.window_sources import source_verbs
from desktop.verbs.window_viewer import viewer_verbs
from desktop.verbs.window_worklists import worklists_verbs
from desktop.verbs.workstation import Workstation


def rooms_of(station: Workstation) -> Rooms:
    """The verbs of every room. Raises OfficeLocked."""
    office, opening = station.office, station.opening
    settings = opening.settings if opening else OfficeSettings()
    return Rooms(
        organisation=office.facts.organisation,
        user=office.person.name,
        warning=office.warning,
        desk=_desk_verbs(station),
        patients=_patients_verbs(station),
        worklists=worklists_verbs(station),
        office=office_verbs(station),
        upkeep=upkeep_verbs(station),
        idle_minutes=settings.idle_minutes,
        backup_days=settings.backup_days,
        draft=opening.draft if opening else None,
    )


def _desk_verbs(station: Workstation) -> DeskVerbs:
    def list_items(
        source_id: str, tell: Callable[[Sequence[MediaItem]], None], stopped: Stopped
    ) -> None:
        with station.using() as office:
            if source_id == TRAY:
                tell(list(tray_items(office)))
            else:
                station.sources.list_items(source_id, tell, stopped)

    def scan_more(
        source_id: str, tell: Callable[[Sequence[MediaItem]], None], stopped: Stopped
    ) -> None:
        with station.using():
            station.sources.scan_more(source_id, tell, stopped)

    def thumbnail(source_id: str, item: MediaItem) -> bytes | None:
        with station.using() as office:
            if source_id == TRAY:
                return tray_thumbnail(office, item)
            return station.sources.thumbnail(source_id, item)

    return DeskVerbs(
        sources=source_verbs(station),
        handover=handover_verbs(station),
        list_items=list_items,
        scan_more=scan_more,
        seen=partial(_seen, station),
        thumbnail=thumbnail,
        find_patients=partial(_find_patients, station),
        add_patient=partial(_add_patient, station),
        photographers=partial(_photographers, station),
        remembered=partial(_remembered, station),
        pages=pages_verb(station),
        file=partial(_file, station),
        take_back=partial(_take_back, station),
        sheets=sheet_verbs(station),
        clearing=clearing_verbs(station),
    )


def _patients_verbs(station: Workstation) -> PatientsVerbs:
    return PatientsVerbs(
        find_patients=partial(_find_patients, station),
        add_patient=partial(_add_patient, station),
        images_of=partial(_images_of, station),
        thumbnail=partial(_stored_thumbnail, station),
        read_list=partial(_read_list, station),
        add_list=partial(_add_list, station),
        sheets=sheet_verbs(station),
        papers=paper_verbs(station),
        consent=consent_verbs(station),
        keeping=keeping_verbs(station),
        viewer=viewer_verbs(station),
        copies=copy_verbs(station),
        correct_times=partial(correct_times, station),
        declined_of=partial(_declined_of, station),
    )


def _find_patients(station: Workstation, text: str) -> Sequence[Patient]:
    with station.using() as office:
        today = datetime.now(UTC).astimezone().date()
        return find_patients(office.vault, text=text, today=today)


def _add_patient(station: Workstation, new: NewPatient) -> Patient:
    with station.using() as office:
        return add_patient(office.vault, new=new, by=office.person)


def _declined_of(station: Workstation, patient: PatientId) -> Sequence[CopyDeclined]:
    with station.using() as office:
        return declined_of(office.vault, patient)


def _seen(station: Workstation, source: SourceInfo) -> Mapping[FileMark, Seen]:
    with station.using() as office:
        return {} if source.id == TRAY else seen_at(office.vault, source.name)


def _photographers(station: Workstation) -> Sequence[Photographer]:
    with station.using() as office:
        return photographers(office.vault)


def _remembered(station: Workstation, source_name: str) -> DeskFacts | None:
    with station.using() as office:
        last = last_filing_facts(office.vault, source_name)
    if last is None:
        return None
    return DeskFacts(
        photographer=last.photographer,
        owner=last.mode.owner if last.mode else None,
        purposes=last.purposes,
        consent=last.consent,
    )


def _file(
    station: Workstation, request: FileRequest, tell: Callable[[Progress], None], stopped: Stopped
) -> FileReport:
    with station.using() as office:
        if request.source_id == TRAY:
            return file_from_tray(office, request)
        station.is_filing = True
        try:
            with station.sources.being_filed(request.source_id) as source:
                report = file_from_source(
                    office, source=source, request=request, tell=tell, stopped=stopped
                )
        finally:
            station.is_filing = False
        if report.receive.stopped_by is not None:
            station.sources.forget(request.source_id)
        return report


def _take_back(station: Workstation, images: Sequence[ClinicalImage]) -> None:
    with station.using() as office:
        for image in images:
            take_back(office.vault, image=image.id, by=office.person, reason="undone at the desk")


def _images_of(station: Workstation, patient: PatientId) -> Sequence[ClinicalImage]:
    with station.using() as office:
        return images_of(office.vault, patient)


def _stored_thumbnail(station: Workstation, image: ImageId) -> bytes | None:
    with station.using() as office:
        return thumbnails(office.vault, [image]).get(image)


def _read_list(station: Workstation, path: Path, mapping: Mapped | None) -> ListPreview:
    with station.using():
        return preview_patient_list(read_whole(path), mapping=mapping)


def _add_list(
    station: Workstation, preview: ListPreview, tell: Callable[[int], None], stopped: Stopped
) -> ListAdded:
    with station.using() as office:
        report = import_patient_list(
            office.vault,
            rows=preview.rows,
            by=office.person,
            tell=lambda done, _total: tell(done),
            stopped=stopped,
        )
    refused = tuple(ListRow(number=one.number, patient=one.problem) for one in report.refused)
    return ListAdded(
        added=report.added,
        already=report.already,
        refused=refused,
        not_reached=report.not_reached,
    )
