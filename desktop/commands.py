"""What each command of `chartroom` does; the result is plain data that `cli` shows."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desktop.commands_choosing import choose, today
from desktop.commands_devices import handover_of, unknown_rows
from desktop.commands_images import belonging_rows, depiction_of, page_row, shown_row
from desktop.commands_received import came_from_of, came_from_row
from desktop.commands_recovery import recovery_result
from desktop.commands_scanning import scan_of
from desktop.commands_telling import Result
from desktop.commands_typed import typed_day
from desktop.devices.ejecting import kept_in
from desktop.devices.finding import open_source
from desktop.devices.problems import SourceEmpty
from desktop.devices.source import MediaItem
from desktop.intake.filing_report import DeskFacts, FileReport, FileRequest
from desktop.intake.report import Stopped, Tell
from desktop.printing.record_sheet_model import Paper
from desktop.problem import Cancelled, Problem
from desktop.records.deeds import looking, patient_list, patients
from desktop.records.deeds.devices import unknown_devices
from desktop.records.facts.capture import CaptureTime, DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import Identifier, identifier, local_number, nhi
from desktop.records.facts.patient import NewPatient, Patient, Sex
from desktop.records.facts.people import Photographer, Role
from desktop.records.rules.capture_time import doubt_in_words
from desktop.records.rules.patient_csv import Column
from desktop.records.rules.phone_check import is_recorded
from desktop.records.rules.typed_moment import entered
from desktop.settings import Settings
from desktop.verbs.filing import file_from_source
from desktop.verbs.office import Office, create_office
from desktop.verbs.output import read_whole
from desktop.verbs.problems import MappingNotUnderstood
from desktop.verbs.sheets import SheetOrder, prepare_sheet, save_sheet
from desktop.verbs.stopping import stopped_by_signals


def init(options: Namespace, settings: Settings, password: str) -> Result:
    """Create an office; the recovery key is written as a sheet or shown once."""
    new = create_office(
        settings.office,
        organisation=options.organisation,
        user=options.user,
        password=password,
        role=Role(options.role),
        address=options.address,
    )
    with new.office as office:
        made = {
            "office": str(office.folder),
            "organisation": office.facts.organisation,
            "user": office.person.name,
        }
        told = recovery_result(
            options, office.facts, office.person, new.recovery_lines, office=office.folder
        )
        return made | told


def patients_add(options: Namespace, office: Office) -> Result:
    """One patient by hand."""
    numbers: list[Identifier] = []
    if options.nhi:
        numbers.append(nhi(options.nhi))
    if options.local:
        numbers.append(local_number(options.local))
    new = NewPatient(
        identifiers=tuple(numbers),
        family_name=options.family,
        given_names=options.given,
        born=typed_day(options.born) if options.born else None,
        sex=Sex(options.sex),
    )
    return patient_row(patients.add_patient(office.vault, new=new, by=office.person))


def patients_find(options: Namespace, office: Office) -> Result:
    """Search as typed."""
    found = patients.find_patients(office.vault, text=" ".join(options.text), today=today())
    return [patient_row(patient) for patient in found]


def patients_import(options: Namespace, office: Office) -> Result:
    """A patient list from a CSV file; `--preview` only shows how it would be read."""
    data = read_whole(options.csv)
    preview = patient_list.preview_patient_list(data, today=today())
    if options.map:
        mapping = _mapping(options.map, preview.columns)
        preview = patient_list.preview_patient_list(data, mapping=mapping, today=today())
    if options.preview:
        refused = [{"row": row.number, "why": str(row.patient)} for row in preview.refused]
        columns = {one.value: preview.columns[place] for one, place in preview.mapping.items()}
        return {"mapping": columns, "rows": len(preview.rows), "refused": refused}
    if preview.problem is not None:
        raise preview.problem
    report = patient_list.import_patient_list(office.vault, rows=preview.rows, by=office.person)
    refused = [{"row": one.number, "why": str(one.problem)} for one in report.refused]
    return {"added": report.added, "already": report.already, "refused": refused}


def file(options: Namespace, office: Office, settings: Settings, tell: Tell) -> Result:
    """The whole trip: from a device or folder into a patient's record."""
    number = identifier(options.patient)
    patient = patients.patient_with_number(office.vault, number=number)
    born = typed_day(options.born) if options.born else None
    with (
        stopped_by_signals() as stopped,
        closing(
            open_source(options.source, folders=settings.folders, scan=scan_of(options, office))
        ) as source,
    ):
        listed = list(_until(stopped, source.items()))
        if not listed:
            raise SourceEmpty(source=source.info.name)
        items, left_out = choose(listed, options, office, source.info)
        handover, facts = handover_of(options, office), _desk_facts(options)
        request = FileRequest(
            source_id=source.info.id,
            items=tuple(items),
            patient=patient.id,
            number=number,
            born=born,
            facts=replace(facts, owner=handover.owner or facts.owner),
            handover=handover,
        )
        report = FileReport()
        if items:
            with kept_in(source.info):
                report = file_from_source(
                    office, source=source, request=request, tell=tell, stopped=stopped
                )
        caution = source.info.caution
    result = filing_row(report) | ({"caution": caution} if caution else {})
    if unknown := unknown_devices(office.vault, (*report.filed, *report.incomplete)):
        result |= {"unknown_devices": unknown_rows(unknown)}
    if options.new:
        result |= {"here_already": left_out}
    if options.sheet:
        try:
            result |= _sheet_of(report, options, office, patient)
        except Problem as problem:  # what was filed is told all the same
            result |= {"problem": problem.code, "words": str(problem)}
    return result


def _sheet_of(
    report: FileReport, options: Namespace, office: Office, patient: Patient
) -> Mapping[str, Any]:
    """A sheet of what the filing found, images that were here already among them."""
    found = (*report.filed, *report.incomplete, *report.already)
    order = SheetOrder(
        patient=patient.id,
        images=tuple(dict.fromkeys(image.id for image in found)),
        per_page=options.per_page,
        paper=Paper(options.paper),
    )
    if not found:
        return {"sheet": None}
    made = save_sheet(office, order, prepare_sheet(office, order), path=options.sheet)
    return {"sheet": {"number": made.number, "copy": made.copy, "path": str(options.sheet)}}


def images(options: Namespace, office: Office) -> Result:
    """A patient's images."""
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    found = looking.images_of(office.vault, patient.id)
    return [{**image_row(one), **belonging_rows(office, one)} for one in found]


def patient_row(patient: Patient) -> dict[str, Any]:
    """A patient as the command line tells it."""
    return {
        "id": str(patient.id),
        "numbers": {one.scheme.value: one.value for one in patient.identifiers},
        "family": patient.family_name,
        "given": patient.given_names,
        "born": patient.born.isoformat() if patient.born else None,
        "sex": patient.sex.value,
        "test_number": any(one.is_test for one in patient.identifiers),
    }


def image_row(image: ClinicalImage) -> dict[str, Any]:
    """An image as the command line tells it."""
    taken, who = image.taken, image.photographer
    seen = image.description
    return {
        "id": str(image.id),
        "number": image.short_number,
        "kind": seen.kind.value if seen else "unknown",
        "type": seen.media_type if seen else None,
        "state": image.state.value,
        "missing": [essential.value for essential in image.missing],
        "why": _why_incomplete(image),
        "taken_at": taken.local.isoformat() if taken else None,
        "utc_offset_minutes": taken.utc_offset_minutes if taken else None,
        "time_basis": taken.basis.value if taken else None,
        "time_trust": taken.trust.value if taken else None,
        "taken_by": who.name if who else None,
        "role": who.role.value if who else None,
        "device": image.mode.device.words if image.mode else None,
        "device_owner": image.mode.owner.value if image.mode else None,
        "brought_by": brought.name if (brought := image.brought.depositor) else None,
        "registered_device": image.brought.device_words or None,
        "who_when_mode_recorded": image.patient is not None and is_recorded(image.missing),
        "file_name": image.arrival.file_name,
        "size": image.size,
        "sha256": image.sha256.hex(),
        "received_at": image.received_at.isoformat(),
        "received_by": image.received_by,
        "note": seen.note if seen else "",
        "came_from": came_from_row(image.came_from),
        **shown_row(image),
    }


def _why_incomplete(image: ClinicalImage) -> str:
    if not image.missing:
        return ""
    lacks = ", ".join(essential.words for essential in image.missing)
    return f"incomplete, still missing: {lacks}. {doubt_in_words(image.taken)}".rstrip()


def filing_row(report: FileReport) -> dict[str, Any]:
    """What became of every chosen item; the totals add up."""
    refused = [
        {"name": one.item.name, "why": str(one.problem), "code": one.problem.code}
        for one in report.receive.refused
    ]
    refused += [
        {"name": one.image.arrival.file_name, "why": str(one.problem), "code": one.problem.code}
        for one in report.not_filed
    ]
    stopped_by = report.receive.stopped_by
    return {
        "intake": str(report.receive.intake) if report.receive.intake else None,
        "filed": [image_row(image) for image in report.filed],
        "incomplete": [image_row(image) for image in report.incomplete],
        "duplicates": [
            {"offered_as": name, **image_row(image)} for name, image in report.already_named
        ],
        "refused": refused,
        "pages": [page_row(page) for page in report.pages],
        "not_reached": [item.name for item in report.receive.not_reached],
        "stopped_by": str(stopped_by) if stopped_by else None,
        "went_on": [{"name": one.item.name, "at": one.at} for one in report.receive.went_on],
        "notes_kept": report.notes.kept,
        "notes_left": [
            {"name": one.item.name, "why": str(one.problem), "code": one.problem.code}
            for one in report.notes.left
        ],
    }


def _desk_facts(options: Namespace) -> DeskFacts:
    photographer = None
    if options.taken_by:
        photographer = Photographer(name=options.taken_by, role=Role(options.role))
    return DeskFacts(
        photographer=photographer,
        owner=DeviceOwner(options.device_owner) if options.device_owner else None,
        purposes=frozenset(Purpose(one) for one in options.purpose),
        consent=Consent(form=ConsentForm(options.consent), reference=options.consent_reference),
        site=options.site,
        depicts=depiction_of(options),
        taken=_entered(options.taken_at) if options.taken_at else None,
        came_from=came_from_of(options),
    )


def _entered(moment: datetime) -> CaptureTime:
    offset = moment.utcoffset()
    return entered(
        moment.replace(tzinfo=None),
        offset=None if offset is None else offset // timedelta(minutes=1),
    )


def _mapping(pairs: Sequence[str], columns: Sequence[str]) -> dict[Column, int]:
    """FIELD=COLUMN pairs; a column by its heading or by its place, counted from 1."""
    mapping: dict[Column, int] = {}
    for pair in pairs:
        field, _, column = pair.partition("=")
        places = {name: place for place, name in enumerate(columns)}
        places |= {str(place + 1): place for place in range(len(columns))}
        if field not in set(Column) or column not in places:
            raise MappingNotUnderstood(pair=pair, columns=", ".join(columns))
        mapping[Column(field)] = places[column]
    return mapping


def _until(stopped: Stopped, items: Iterable[MediaItem]) -> Iterator[MediaItem]:
    for item in items:
        if stopped():
            raise Cancelled
        yield item
