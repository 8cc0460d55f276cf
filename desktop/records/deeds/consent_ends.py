"""Consent refused, withdrawn, and given again; a withdrawal holds from the moment it is noted."""

from dataclasses import replace

from desktop.records.deeds.given_out import given_out
from desktop.records.deeds.retention import known_patient
from desktop.records.facts.consent_end import (
    AgainWhyMissing,
    ConsentEnd,
    ConsentEndUnknown,
    EndKind,
    NewConsentEnd,
    NobodySaidNo,
    Withdrawn,
)
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import ConsentEndId, PatientId, new_uuid
from desktop.records.facts.people import Person
from desktop.records.facts.problems import ImageUnknown
from desktop.records.facts.sheet import Sheet, SheetState
from desktop.records.rules.consent_ends import off_paper
from desktop.records.rules.sheet_loop import may_follow
from desktop.records.vault.vault import Change, Vault


def note_refusal(vault: Vault, new: NewConsentEnd, *, by: Person) -> ConsentEnd:
    """Put a refusal on record; no image is needed for it. Raises PatientUnknown, NobodySaidNo."""
    with vault.change() as change:
        end = _noted(change, new, EndKind.REFUSED, by)
        change.note("consent refused", by=by, **_about(end))
        return end


def note_withdrawal(vault: Vault, new: NewConsentEnd, *, by: Person) -> Withdrawn:
    """Put a withdrawal on record: from now on nothing leaves for these purposes, and copies on
    paper that show what is in the record for them alone are recalled. Images stay in the record.

    Of an image that is not named, where some are, nothing changes. Gives who got something for
    these purposes before, to be told. Raises PatientUnknown, NobodySaidNo, and ImageUnknown for an
    image that is not the patient's.
    """
    with vault.change() as change:
        end = _noted(change, new, EndKind.WITHDRAWN, by)
        change.note("consent withdrawn", by=by, **_about(end))
        recalled = tuple(_recalled(change, end, by))
    return Withdrawn(end=end, recalled=recalled, told=to_be_told(vault, end))


def note_given_again(vault: Vault, *, end: ConsentEndId, why: str, by: Person) -> ConsentEnd:
    """Consent was given again, or the entry was a mistake: `why` says which. What was recalled
    stays so. Raises ConsentEndUnknown and AgainWhyMissing."""
    with vault.change() as change:
        found = change.consents.find(end)
        if found is None or not found.stands:
            raise ConsentEndUnknown(end=str(end))
        if not why.strip():
            raise AgainWhyMissing
        lifted = replace(found, lifted_at=change.now, lifted_by=by.name, lifted_why=why.strip())
        change.consents.lift(lifted)
        change.note("consent given again", by=by, why=lifted.lifted_why, **_about(lifted))
        return lifted


def consent_ends(vault: Vault, patient: PatientId) -> list[ConsentEnd]:
    """A patient's refusals and withdrawals, newest first."""
    with vault.look() as look:
        return look.consents.of_patient(patient)


def to_be_told(vault: Vault, end: ConsentEnd) -> tuple[GivenOut, ...]:
    """Who got an image or a copy for what consent ended for, newest first."""
    covered = {one.words for one in end.said.purposes}
    given = given_out(vault, end.said.patient)
    return tuple(
        one
        for one in given
        if not one.failed and end.is_about(one.image) and (not covered or one.purpose in covered)
    )


def _noted(change: Change, new: NewConsentEnd, kind: EndKind, by: Person) -> ConsentEnd:
    known_patient(change, new.patient)
    if not new.said_by.strip():
        raise NobodySaidNo
    for named in new.images:
        found = change.images.find(named)
        if found is None or found.patient != new.patient:
            raise ImageUnknown(image=str(named))
    said = replace(
        new,
        kind=kind,
        said_by=new.said_by.strip(),
        what=new.what.strip(),
        why=new.why.strip(),
        form=new.form.replace(" ", "").strip().upper(),
    )
    end = ConsentEnd(id=ConsentEndId(new_uuid()), said=said, at=change.now, by=by.name)
    change.consents.add(end)
    return end


def _recalled(change: Change, end: ConsentEnd, by: Person) -> list[Sheet]:
    """The copies on paper that have to come back, now recalled. One that stands for an original
    that is gone is the record, and stays in the chart (R77)."""
    patient = end.said.patient
    ends = change.consents.of_patient(patient)
    off = {one.id for one in change.images.of_patient(patient) if off_paper(one, ends)}
    found = []
    for sheet in change.sheets.of_patient(patient):
        shows = sheet.kind.shows_images and off.intersection(sheet.images)
        is_record = change.disposals.is_kept_on(sheet.id)
        if shows and not is_record and may_follow(sheet.state, SheetState.RECALLED):
            recalled = replace(
                sheet,
                state=SheetState.RECALLED,
                ended_at=change.now,
                ended_by=by.name,
                ended_why="consent withdrawn",
            )
            change.sheets.settle(recalled)
            change.note(
                "sheet recalled",
                by=by,
                sheet=sheet.number,
                copy=sheet.copy,
                patient=patient,
                why=recalled.ended_why,
            )
            found.append(recalled)
    return found


def _about(end: ConsentEnd) -> dict[str, object]:
    said = end.said
    named = {"images": sorted(str(one) for one in said.images)} if said.images else {}
    told = {"said_by": said.said_by, "what": said.what, "form": said.form}
    return {
        "patient": said.patient,
        "end": end.id,
        "purposes": sorted(said.purposes),
        **named,
        **{name: text for name, text in told.items() if text},
    }
