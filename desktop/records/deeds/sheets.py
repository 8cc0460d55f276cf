"""The register of printed sheets."""

from dataclasses import asdict, replace

from desktop.records.facts.filing_problems import SheetImagesMixed, SheetNumberTaken
from desktop.records.facts.ids import PatientId, SheetId, new_uuid
from desktop.records.facts.people import Person
from desktop.records.facts.problems import ImageUnknown, NoImagesForSheet, PatientUnknown
from desktop.records.facts.sheet import NewSheet, Sheet, SheetState, read_paper_number
from desktop.records.facts.sheet_problems import SheetUnknown
from desktop.records.rules.consent_ends import check_paper
from desktop.records.vault.vault import Look, Vault


def register_sheet(vault: Vault, new: NewSheet, *, by: Person) -> Sheet:
    """Enter a paper that goes to its target (`pdf` or `printer NAME`) into the register.

    A number printed before is its next copy, and `why` says what it is made for. Raises
    PatientUnknown, NoImagesForSheet for a kind that shows images, ImageUnknown, SheetImagesMixed
    for an image of somebody else, SheetNumberTaken for a number of another's, and
    ConsentWithdrawn for an image that goes to no more paper.
    """
    with vault.change() as change:
        _check_images(change, new)
        before = change.sheets.last_copy(new.number)
        if before is not None and before.patient != new.patient:
            raise SheetNumberTaken(number=new.number)
        named = dict(new.written).get("latin_name", "")
        sheet = Sheet(
            id=SheetId(new_uuid()),
            number=new.number,
            copy=before.copy + 1 if before else 1,
            patient=new.patient,
            images=tuple(new.images),
            pages=new.pages,
            target=new.target,
            made_at=change.now,
            made_by=by.name,
            kind=new.kind,
            written=new.written,
            printed=new.printed,
            why=new.why.strip(),
        )
        change.sheets.add(sheet)
        change.note(
            "sheet made",
            by=by,
            kind=sheet.kind.value,
            sheet=sheet.number,
            copy=sheet.copy,
            patient=sheet.patient,
            images=list(sheet.images),
            pages=sheet.pages,
            target=sheet.target,
            **(asdict(sheet.printed) if sheet.printed else {}),
            **({"why": sheet.why} if sheet.why else {}),
            **({"named": named} if named else {}),
        )
        return sheet


def last_copy(vault: Vault, number: str) -> Sheet:
    """The newest copy of the sheet with this number, as it is printed or typed. Raises
    SheetUnknown."""
    with vault.look() as look:
        found = look.sheets.last_copy(read_paper_number(number) or number)
    if found is None:
        raise SheetUnknown(number=number)
    return found


def sheet_with(vault: Vault, sheet: SheetId) -> Sheet | None:
    """The copy with this id, or None."""
    with vault.look() as look:
        return look.sheets.find(sheet)


def note_not_printed(vault: Vault, sheet: Sheet, *, why: str, by: Person) -> None:
    """A registered copy did not come to paper, as far as the printing system says: it waits for
    nobody any more. One that was confirmed or ended meanwhile stays as it is."""
    with vault.change() as change:
        change.note("sheet not printed", by=by, number=sheet.number, copy=sheet.copy, why=why)
        found = change.sheets.find(sheet.id)
        if found is not None and found.state is SheetState.MADE:
            change.sheets.settle(
                replace(
                    found,
                    state=SheetState.NOT_PRINTED,
                    ended_at=change.now,
                    ended_by=by.name,
                    ended_why=why,
                )
            )


def sheets_of(vault: Vault, patient: PatientId) -> list[Sheet]:
    """A patient's sheets, newest first."""
    with vault.look() as look:
        return look.sheets.of_patient(patient)


def _check_images(look: Look, new: NewSheet) -> None:
    owner = look.patients.find(new.patient)
    if owner is None:
        raise PatientUnknown(number=str(new.patient))
    if new.kind.shows_images and not new.images:
        raise NoImagesForSheet(banner=owner.banner)
    ends = look.consents.of_patient(new.patient)
    for wanted in new.images:
        found = look.images.find(wanted)
        if found is None:
            raise ImageUnknown(image=str(wanted))
        if found.patient != new.patient:
            raise SheetImagesMixed(name=found.arrival.file_name, banner=owner.banner)
        if new.kind.shows_images:
            check_paper(found, ends)
