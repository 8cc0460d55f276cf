"""Where images came from that nobody here took: noted, changed, and declined (R119 to R125)."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from desktop.records.deeds.looking import known_image
from desktop.records.deeds.retention import known_patient
from desktop.records.facts.came_from import CameFrom, CopyDeclined, CopyGiven, Received
from desktop.records.facts.came_from_problems import DayAhead, StillLacking, WhatMissing
from desktop.records.facts.clinical_image import ClinicalImage, Essential, ImageState
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import Person
from desktop.records.rules.came_from import lacking
from desktop.records.rules.completeness import state_for
from desktop.records.vault.vault import Change, Vault

FROM_ELSEWHERE = frozenset(
    {Essential.SENDER, Essential.NOTICE, Essential.CHECKLIST, Essential.COPY_GIVEN}
)
"""The essentials of an image that nobody here took."""


def note_came_from(vault: Vault, *, image: ImageId, said: CameFrom, by: Person) -> ClinicalImage:
    """Put on record from whom an image came; the trail says what was before. An image that lacked
    only this is filed with it, for nothing else is skipped.

    Raises ImageUnknown, DayAhead, and StillLacking for an image that is filed and would not be
    whole any more.
    """
    told = _cleaned(said)
    with vault.look() as look:
        if (stands := known_image(look, image)).came_from == told:
            return stands
    with vault.change() as change:
        before = known_image(change, image)
        check_days(change, told)
        after = _again(replace(before, came_from=told), change=change, by=by)
        if before.state is ImageState.FILED and after.missing:
            what = "; ".join(one.words for one in after.missing)
            raise StillLacking(name=before.arrival.file_name, what=what)
        store(change, after, before=before.came_from, by=by)
        if before.state is ImageState.INCOMPLETE:
            change.images.settle(after, linked_at=change.images.linked_at(image))
            if after.state is ImageState.FILED:
                change.note("image filed", by=by, image=image, patient=after.patient, missing=[])
        return change.images.get(image)


def store(change: Change, image: ClinicalImage, *, before: CameFrom | None, by: Person) -> None:
    """Within a transaction: let stand what is said of where the image came from, with its line."""
    said = image.came_from
    if said is None or said == before:
        return
    change.came_from.put(image.id, said)
    now, was = _told(said), _told(before) if before is not None else {}
    change.note(
        "received image noted" if isinstance(said, Received) else "copy given noted",
        by=by,
        image=image.id,
        patient=image.patient,
        **now,
        before={key: value for key, value in was.items() if now.get(key) != value},
    )


def check_days(change: Change, said: CameFrom | None) -> None:
    """Raise DayAhead for an image that came on a day which has not come yet."""
    if isinstance(said, Received) and said.received_on is not None:
        today = change.now.astimezone().date()
        if said.received_on > today:
            raise DayAhead(day=short_date(said.received_on))


def note_declined(
    vault: Vault, *, patient: PatientId, what: str, asked_on: date, by: Person
) -> CopyDeclined:
    """Put on record that a copy was asked for and not given (R123). Nothing follows from it: it
    stands on no list, and nobody is reminded of it. Raises PatientUnknown, WhatMissing, DayAhead.
    """
    said = " ".join(what.split())
    if not said:
        raise WhatMissing
    with vault.change() as change:
        if asked_on > change.now.astimezone().date():
            raise DayAhead(day=short_date(asked_on))
        declined = CopyDeclined(
            patient=known_patient(change, patient).id,
            asked_on=asked_on,
            what=said,
            noted_at=change.now,
            noted_by=by.name,
        )
        change.came_from.decline(declined)
        change.note(
            "copy declined noted", by=by, patient=patient, what=said, on=asked_on.isoformat()
        )
    return declined


def declined_of(vault: Vault, patient: PatientId) -> Sequence[CopyDeclined]:
    """The copies of one patient that were not given, the latest first."""
    with vault.look() as look:
        return look.came_from.declined(patient)


def to_be_noted(vault: Vault) -> list[ClinicalImage]:
    """Linked images that wait for who sent them, the checklist, the notice, or what was explained
    to who gave the copy; the oldest first."""
    with vault.look() as look:
        return [one for one in look.images.incomplete() if FROM_ELSEWHERE.intersection(one.missing)]


def note_paper(
    vault: Vault, *, paper: str, image: ImageId, number: str, target: str, by: Person
) -> None:
    """Put on record that a query, a notice or a form of an image that is linked to nobody yet goes
    to `target` (`pdf`, or `printer NAME`). Raises ImageUnknown."""
    with vault.change() as change:
        patient = known_image(change, image).patient
        change.note(
            "came-from paper made",
            by=by,
            image=image,
            patient=patient,
            paper=paper,
            number=number,
            target=target,
        )


def _again(image: ClinicalImage, *, change: Change, by: Person) -> ClinicalImage:
    """The image with what it lacks now. Only where it came from was changed, so all else that is
    missing stays missing."""
    if image.state is ImageState.RECEIVED:
        return image
    others = set(image.missing) - FROM_ELSEWHERE
    wanted = set(lacking(image.came_from, owner=image.mode.owner if image.mode else None))
    missing = tuple(one for one in Essential if one in others | wanted)
    state = state_for(missing)
    was_filed = image.state is ImageState.FILED
    is_filed = state is ImageState.FILED
    return replace(
        image,
        state=state,
        missing=missing,
        filed_at=image.filed_at if was_filed else change.now if is_filed else None,
        filed_by=image.filed_by if was_filed else by.name if is_filed else None,
    )


def _cleaned(said: CameFrom) -> CameFrom:
    """With surplus spaces gone."""
    if isinstance(said, CopyGiven):
        return replace(
            said,
            given_by=_clean(said.given_by),
            used_for=_clean(said.used_for),
            stored_where=_clean(said.stored_where),
        )
    sender = replace(
        said.sender,
        name=_clean(said.sender.name),
        role=_clean(said.sender.role),
        organisation=_clean(said.sender.organisation),
    )
    return replace(
        said,
        sender=sender,
        notice_reason=_clean(said.notice_reason),
        taken_with=_clean(said.taken_with),
        note=_clean(said.note),
    )


def _told(said: CameFrom) -> dict[str, object]:
    """What stands in the trail, by name; what nobody said is left out."""
    flat: dict[str, object] = {}
    for name, value in asdict(said).items():
        flat |= value if isinstance(value, dict) else {name: value}
    if isinstance(said, Received):
        flat = {{"name": "sender"}.get(name, name): value for name, value in flat.items()}
    return {name: str(value) for name, value in flat.items() if value}


def _clean(text: str) -> str:
    return " ".join(text.split())
