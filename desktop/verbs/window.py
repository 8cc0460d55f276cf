"""The verbs that the window is handed, filled in from one workstation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.filing_report import TRAY, DeskFacts, FileReport, FileRequest
from desktop.intake.report import Progress, Stopped
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.people import Photographer
from desktop.records.rules.patient_csv import ListPreview, ListRow, Mapped
from desktop.ui.desk.verbs import DeskVerbs
from desktop.ui.patients.verbs import ListAdded, PatientsVerbs
from desktop.ui.unlock.verbs import UnlockVerbs
from desktop.ui.window_verbs import Rooms, WindowVerbs
from desktop.verbs.window_sheets import print_recovery, printers, sheet_verbs

if TYPE_CHECKING:
    from desktop.verbs.workstation import Workstation

_PREVIEW_AT_MOST = 256 << 20


def window_verbs(station: Workstation) -> WindowVerbs:
    """Everything that the window can ask for."""
    return WindowVerbs(
        unlock=_unlock_verbs(station), rooms=partial(_rooms, station), lock=station.lock
    )


def _unlock_verbs(station: Workstation) -> UnlockVerbs:
    def create(organisation: str, user: str, password: str) -> bytes:
        from desktop.verbs.office import recovery_sheet

        new = station.create(organisation, user, password)
        return recovery_sheet(new.office.facts, new.office.person, new.recovery_lines)

    def save(sheet: bytes, path: Path) -> None:
        from desktop.verbs.output import write_whole

        write_whole(path, sheet)

    return UnlockVerbs(
        office_exists=station.exists,
        users=station.users,
        unlock=station.unlock,
        create=create,
        recover=station.recover,
        printers=printers,
        print_recovery=print_recovery,
        save_recovery=save,
    )


def _rooms(station: Workstation) -> Rooms:
    office = station.office
    return Rooms(
        organisation=office.facts.organisation,
        user=office.person.name,
        desk=_desk_verbs(station),
        patients=_patients_verbs(station),
    )


def _desk_verbs(station: Workstation) -> DeskVerbs:
    def list_items(
        source_id: str, tell: Callable[[Sequence[MediaItem]], None], stopped: Stopped
    ) -> None:
        with station.using() as office:
            if source_id == TRAY:
                from desktop.verbs.tray import tray_items

                tell(list(tray_items(office)))
            else:
                station.sources.list_items(source_id, tell, stopped)

    def thumbnail(source_id: str, item: MediaItem) -> bytes | None:
        with station.using() as office:
            if source_id == TRAY:
                from desktop.verbs.tray import tray_thumbnail

                return tray_thumbnail(office, item)
            return station.sources.thumbnail(source_id, item)

    return DeskVerbs(
        look_for_sources=partial(_look, station),
        add_folder=partial(_add_folder, station),
        list_items=list_items,
        thumbnail=thumbnail,
        find_patients=partial(_find_patients, station),
        add_patient=partial(_add_patient, station),
        photographers=partial(_photographers, station),
        remembered=partial(_remembered, station),
        file=partial(_file, station),
        take_back=partial(_take_back, station),
        sheets=sheet_verbs(station),
    )


def _patients_verbs(station: Workstation) -> PatientsVerbs:
    return PatientsVerbs(
        find_patients=partial(_find_patients, station),
        add_patient=partial(_add_patient, station),
        images_of=partial(_images_of, station),
        thumbnail=partial(_stored_thumbnail, station),
        picture=partial(_picture, station),
        read_list=partial(_read_list, station),
        add_list=partial(_add_list, station),
        sheets=sheet_verbs(station),
    )


def _look(station: Workstation) -> Sequence[SourceInfo]:
    from desktop.verbs.tray import tray_source

    with station.using() as office:
        tray = tray_source(office)
        return [*station.sources.look(), *([tray] if tray else [])]


def _add_folder(station: Workstation, folder: Path) -> SourceInfo:
    from desktop.devices.finding import open_source

    with station.using():
        source = open_source(str(folder))
        try:
            station.add_folder(folder)
            return source.info
        finally:
            source.close()


def _find_patients(station: Workstation, text: str) -> Sequence[Patient]:
    from desktop.records.deeds.patients import find_patients

    with station.using() as office:
        today = datetime.now(UTC).astimezone().date()
        return find_patients(office.vault, text=text, today=today)


def _add_patient(station: Workstation, new: NewPatient) -> Patient:
    from desktop.records.deeds.patients import add_patient

    with station.using() as office:
        return add_patient(office.vault, new=new, by=office.person)


def _photographers(station: Workstation) -> Sequence[Photographer]:
    from desktop.records.deeds.looking import photographers

    with station.using() as office:
        return photographers(office.vault)


def _remembered(station: Workstation, source_name: str) -> DeskFacts | None:
    from desktop.records.deeds.looking import last_filing_facts

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
    from desktop.verbs.filing import file_from_source

    with station.using() as office:
        if request.source_id == TRAY:
            from desktop.verbs.tray import file_from_tray

            return file_from_tray(office, request)
        source = station.sources.source(request.source_id)
        report = file_from_source(
            office, source=source, request=request, tell=tell, stopped=stopped
        )
        if report.receive.stopped_by is not None:
            station.sources.forget(request.source_id)
        return report


def _take_back(station: Workstation, images: Sequence[ClinicalImage]) -> None:
    from desktop.records.deeds.undoing import take_back

    with station.using() as office:
        for image in images:
            take_back(office.vault, image=image.id, by=office.person, reason="undone at the desk")


def _images_of(station: Workstation, patient: PatientId) -> Sequence[ClinicalImage]:
    from desktop.records.deeds.looking import images_of

    with station.using() as office:
        return images_of(office.vault, patient)


def _stored_thumbnail(station: Workstation, image: ImageId) -> bytes | None:
    from desktop.records.deeds.looking import thumbnails

    with station.using() as office:
        return thumbnails(office.vault, [image]).get(image)


def _picture(station: Workstation, image: ImageId, longest: int) -> bytes | None:
    from io import BufferedReader

    from desktop.records.deeds.looking import open_original

    with station.using() as office:
        with BufferedReader(open_original(office.vault, image=image, by=office.person)) as reader:
            untrusted = reader.read(_PREVIEW_AT_MOST)
        return office.describer.preview(untrusted, longest=longest)


def _read_list(station: Workstation, path: Path, mapping: Mapped | None) -> ListPreview:
    from desktop.records.deeds.patient_list import preview_patient_list
    from desktop.verbs.output import read_whole

    with station.using():
        return preview_patient_list(read_whole(path), mapping=mapping)


def _add_list(
    station: Workstation, preview: ListPreview, tell: Callable[[int], None], stopped: Stopped
) -> ListAdded:
    from desktop.records.deeds.patient_list import import_patient_list

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
