"""The way of a printed sheet into the chart, as the window asks for it."""

from collections.abc import Callable, Sequence
from functools import partial

from desktop.records.deeds import patients, sheet_loop, sheets
from desktop.records.facts.ids import PatientId, SheetId
from desktop.records.facts.sheet import Sheet
from desktop.ui.parts.loop_verbs import LoopVerbs, SheetOf
from desktop.verbs.workstation import Workstation


def loop_verbs(station: Workstation) -> LoopVerbs:
    """Every step of the loop, each with its line in the trail."""

    def count() -> int:
        with station.using() as office:
            return sheet_loop.how_many_not_in_chart(office.vault)

    def waiting() -> Sequence[SheetOf]:
        with station.using() as office:
            return [
                SheetOf(sheet=sheet, patient=patient)
                for sheet, patient in sheet_loop.not_in_chart(office.vault)
            ]

    def of_patient(patient: PatientId) -> Sequence[Sheet]:
        with station.using() as office:
            return sheets.sheets_of(office.vault, patient)

    def find(code: str) -> SheetOf:
        with station.using() as office:
            sheet, page = sheet_loop.found_by_code(office.vault, code)
            patient = patients.patient(office.vault, sheet.patient)
            return SheetOf(sheet=sheet, patient=patient, page=page)

    def confirm(sheet: SheetId, digits: str) -> Sheet:
        with station.using() as office:
            return sheet_loop.confirm_in_hand(
                office.vault, sheet=sheet, check_digits=digits, by=office.person
            )

    def file(code: str, volume: str, copy: int | None) -> SheetOf:
        with station.using() as office:
            before, page = sheet_loop.found_by_code(office.vault, code)
            into = volume.strip() or sheet_loop.last_volume(office.vault, before.patient)
            sheet = sheet_loop.put_into_chart(
                office.vault, code=code, volume=into, copy=copy, by=office.person
            )
            patient = patients.patient(office.vault, sheet.patient)
            others = tuple(sheet_loop.other_loose_copies(office.vault, sheet))
            return SheetOf(sheet=sheet, patient=patient, page=page, others=others)

    def hand_over(sheet: SheetId, to: str) -> Sheet:
        with station.using() as office:
            return sheet_loop.hand_over(office.vault, sheet=sheet, to=to, by=office.person)

    return LoopVerbs(
        count=count,
        waiting=waiting,
        of_patient=of_patient,
        find=find,
        confirm=confirm,
        file=file,
        hand_over=hand_over,
        recall=partial(_end, station, sheet_loop.recall_sheet),
        destroy=partial(_end, station, sheet_loop.destroy_sheet),
    )


def _end(station: Workstation, end: Callable[..., Sheet], sheet: SheetId, why: str) -> Sheet:
    with station.using() as office:
        return end(office.vault, sheet=sheet, why=why, by=office.person)
