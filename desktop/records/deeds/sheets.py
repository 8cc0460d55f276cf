"""The register of printed sheets."""

from collections.abc import Sequence

from desktop.records.facts.filing_problems import SheetImagesMixed, SheetNumberTaken
from desktop.records.facts.ids import ImageId, PatientId, SheetId, new_uuid
from desktop.records.facts.people import Person
from desktop.records.facts.problems import ImageUnknown, NoImagesForSheet, PatientUnknown
from desktop.records.facts.sheet import Sheet
from desktop.records.facts.sheet_problems import SheetUnknown
from desktop.records.vault.vault import Look, Vault


def register_sheet(
    vault: Vault,
    *,
    patient: PatientId,
    images: Sequence[ImageId],
    pages: int,
    number: str,
    target: str,
    by: Person,
    why: str = "",
) -> Sheet:
    """Enter a sheet that goes to `target` (`pdf` or `printer NAME`) into the register.

    A number printed before is its next copy, and `why` says what it is made for. Raises
    PatientUnknown, NoImagesForSheet, ImageUnknown, SheetImagesMixed for an image of somebody else,
    and SheetNumberTaken for a number of another's.
    """
    with vault.change() as change:
        _check_images(change, patient, images)
        before = change.sheets.last_copy(number)
        if before is not None and before.patient != patient:
            raise SheetNumberTaken(number=number)
        sheet = Sheet(
            id=SheetId(new_uuid()),
            number=number,
            copy=before.copy + 1 if before else 1,
            patient=patient,
            images=tuple(images),
            pages=pages,
            target=target,
            made_at=change.now,
            made_by=by.name,
            why=why.strip(),
        )
        change.sheets.add(sheet)
        change.note(
            "sheet made",
            by=by,
            sheet=number,
            copy=sheet.copy,
            patient=patient,
            images=list(images),
            pages=pages,
            target=target,
            **({"why": sheet.why} if sheet.why else {}),
        )
        return sheet


def last_copy(vault: Vault, number: str) -> Sheet:
    """The newest copy of the sheet with this number. Raises SheetUnknown."""
    with vault.look() as look:
        found = look.sheets.last_copy(number)
    if found is None:
        raise SheetUnknown(number=number)
    return found


def note_not_printed(vault: Vault, sheet: Sheet, *, why: str, by: Person) -> None:
    """A registered copy did not come to paper, as far as the printing system says."""
    with vault.change() as change:
        change.note("sheet not printed", by=by, number=sheet.number, copy=sheet.copy, why=why)


def sheets_of(vault: Vault, patient: PatientId) -> list[Sheet]:
    """A patient's sheets, newest first."""
    with vault.look() as look:
        return look.sheets.of_patient(patient)


def _check_images(look: Look, patient: PatientId, images: Sequence[ImageId]) -> None:
    owner = look.patients.find(patient)
    if owner is None:
        raise PatientUnknown(number=str(patient))
    if not images:
        raise NoImagesForSheet(banner=owner.banner)
    for wanted in images:
        found = look.images.find(wanted)
        if found is None:
            raise ImageUnknown(image=str(wanted))
        if found.patient != patient:
            raise SheetImagesMixed(name=found.arrival.file_name, banner=owner.banner)
