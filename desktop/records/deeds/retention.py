"""Retention: noting services, the office's schedule, and what may be destroyed by now (R105)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.disposal import DueImage, OverdueImage
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import Patient, short_date
from desktop.records.facts.people import Person
from desktop.records.facts.problems import PatientUnknown
from desktop.records.facts.retention import Hold, Retention
from desktop.records.facts.retention_problems import ServiceInFuture
from desktop.records.facts.sheet import Sheet, grouped
from desktop.records.rules.paper_keeping import OnPaper, on_paper
from desktop.records.rules.retention import (
    STATUTE,
    Schedule,
    disposable_from,
    last_date_of_service,
    last_service_over,
    retain_until,
)
from desktop.records.vault.vault import Look, Vault

_NO_PAPER = OnPaper()


def note_service(vault: Vault, *, patient: PatientId, on: date, by: Person) -> Retention | None:
    """Note that a patient was provided a service on a day; all the patient's images are kept from
    it on. An earlier day than the one on record changes nothing but the trail.

    Gives how long they are kept now, None for a patient without images. Raises PatientUnknown and
    ServiceInFuture.
    """
    if on > office_day(vault.clock()):
        raise ServiceInFuture(day=short_date(on))
    with vault.change() as change:
        owner = known_patient(change, patient)
        before = change.retention.entered_service(owner.id)
        if before is None or on > before:
            change.retention.enter_service(owner.id, on)
        change.note("service noted", by=by, patient=owner.id, on=on.isoformat())
        return retention_in(change, owner.id)


def set_schedule(vault: Vault, *, years: int, by: Person) -> Schedule:
    """Let the office keep images for so many years. Raises ScheduleTooShort and ScheduleTooLong."""
    wanted = Schedule(years=years)
    with vault.change() as change:
        change.retention.set_years(wanted.years)
        change.note("retention schedule set", by=by, years=wanted.years)
    return wanted


def office_schedule(vault: Vault) -> Schedule:
    """How long the office keeps images."""
    with vault.look() as look:
        return schedule_in(look)


def retention_of(vault: Vault, patient: PatientId) -> Retention | None:
    """How long a patient's images are kept; None without images. Raises PatientUnknown."""
    with vault.look() as look:
        return retention_in(look, known_patient(look, patient).id)


def due_images(vault: Vault) -> list[DueImage]:
    """Every image that may be destroyed today and that nothing holds, by patient, oldest first."""
    with vault.look() as look:
        return list(due_in(look))


def due_count(vault: Vault) -> int:
    """How many images may be destroyed today."""
    with vault.look() as look:
        return sum(
            sum(not one.holds for one in _images_of(look, look.patients.get(kept.patient), kept))
            if kept.holds
            else images
            for kept, images in _over_in(look)
        ) + sum(_is_due(one) for one in _on_paper_in(look))


def overdue_images(vault: Vault) -> list[OverdueImage]:
    """Every image whose time is over today, or that has been on paper in the chart for as long as
    the office asks, by patient, with what is in its way, if anything is."""
    with vault.look() as look:
        waiting = {
            image: batch.number for batch in look.disposals.unfinished() for image in batch.images
        }
        found = [replace(one, waits_in=waiting.get(one.due.image, "")) for one in _overdue_in(look)]
    return sorted(found, key=lambda one: (one.due.banner.casefold(), one.due.received_at))


def due_in(look: Look) -> Iterator[DueImage]:
    """As `due_images`, within a transaction."""
    return (one.due for one in _overdue_in(look) if _is_due(one))


def _is_due(one: OverdueImage) -> bool:
    return not one.holds and not one.why_not


def _overdue_in(look: Look) -> Iterator[OverdueImage]:
    for retention, _ in _over_in(look):
        yield from _images_of(look, look.patients.get(retention.patient), retention)
    yield from _on_paper_in(look)


def paper_for(look: Look, image: ClinicalImage) -> OnPaper:
    """What may stand for the image today, where the office decided that paper may (R77)."""
    days = look.settings.read().paper_days
    if not days or image.patient is None:
        return OnPaper()
    return _paper_among(look, image, look.sheets.of_patient(image.patient), days=days)


def _paper_among(
    look: Look, image: ClinicalImage, sheets: Iterable[Sheet], *, days: int
) -> OnPaper:
    described = look.images.described_at(image.id)
    if described is None:
        return OnPaper()
    # before that there was no picture to print: the paper says so where it would be
    shown = [one for one in sheets if one.made_at >= described]
    return on_paper(image, shown, days=days, today=office_day(look.now))


def _on_paper_in(look: Look) -> Iterator[OverdueImage]:
    """What has to be kept and has paper in the chart that may stand for it, or would if it were
    printed better, by patient."""
    days = look.settings.read().paper_days
    if not days:
        return
    before = look.now - timedelta(days=days - 1)  # the rule below decides, by the calendar
    shown: defaultdict[PatientId, set[ImageId]] = defaultdict(set)
    for sheet in look.sheets.in_chart_before(before):
        shown[sheet.patient].update(sheet.images)
    for patient, images in shown.items():
        retention = retention_in(look, patient)
        if retention is None or is_over(retention, look):
            continue
        owner, sheets = look.patients.get(patient), look.sheets.of_patient(patient)
        for image in (one for one in _in_order(look, patient) if one.id in images):
            paper = _paper_among(look, image, sheets, days=days)
            if paper.stands or paper.fails:
                yield _overdue(image, owner, retention, paper=paper)


def _over_in(look: Look) -> Iterator[tuple[Retention, int]]:
    """Whose time is over today, with the holds that block, and how many images each has."""
    today, schedule = office_day(look.now), schedule_in(look)
    service_until = last_service_over(today, schedule)
    # a day more, for it may be later here than in UTC; the rule below decides
    before = datetime.combine(service_until + timedelta(days=2), time(), tzinfo=UTC)
    holds: defaultdict[PatientId, list[Hold]] = defaultdict(list)
    for hold in look.retention.open_holds():
        holds[hold.patient].append(hold)
    for one in look.retention.standings(received_before=before, service_until=service_until):
        evidence = [office_day(moment) for moment in one.moments]
        last = last_date_of_service(entered=one.entered, evidence=evidence)
        if last is not None and retain_until(last, schedule) < today:
            retention = Retention(
                patient=one.patient,
                entered=one.entered,
                last_service=last,
                retain_until=retain_until(last, schedule),
                holds=tuple(holds[one.patient]),
            )
            yield retention, one.images


def retention_in(look: Look, patient: PatientId) -> Retention | None:
    """How long a patient's images are kept as things stand, within a transaction."""
    entered = look.retention.entered_service(patient)
    evidence = [office_day(moment) for moment in look.retention.last_moments(patient)]
    last = last_date_of_service(entered=entered, evidence=evidence)
    if not evidence or last is None:
        return None
    return Retention(
        patient=patient,
        entered=entered,
        last_service=last,
        retain_until=retain_until(last, schedule_in(look)),
        holds=tuple(look.retention.holds_of(patient)),
    )


def is_over(retention: Retention, look: Look) -> bool:
    """Whether the time is over today, holds aside."""
    return disposable_from(retention.last_service, schedule_in(look)) <= office_day(look.now)


def schedule_in(look: Look) -> Schedule:
    """The office's schedule: the law's, unless it has set a longer one."""
    years = look.retention.years()
    return STATUTE if years is None else Schedule(years=years)


def known_patient(look: Look, patient: PatientId) -> Patient:
    """The patient with this id, within a transaction. Raises PatientUnknown."""
    found = look.patients.find(patient)
    if found is None:
        raise PatientUnknown(number=str(patient))
    return found


def office_day(moment: datetime) -> date:
    """The date on the office's wall calendar."""
    return moment.astimezone().date()


def _images_of(look: Look, owner: Patient, retention: Retention) -> Iterator[OverdueImage]:
    return (_overdue(image, owner, retention) for image in _in_order(look, owner.id))


def _in_order(look: Look, patient: PatientId) -> list[ClinicalImage]:
    return sorted(look.images.of_patient(patient), key=lambda one: (one.received_at, one.id))


def _overdue(
    image: ClinicalImage, owner: Patient, retention: Retention, *, paper: OnPaper = _NO_PAPER
) -> OverdueImage:
    return OverdueImage(
        due=DueImage(
            image=image.id,
            patient=owner.id,
            banner=owner.banner,
            received_at=image.received_at,
            last_service=retention.last_service,
            retain_until=retention.retain_until,
            paper=paper.stands,
        ),
        owner=owner,
        what=image.site or image.arrival.file_name,
        holds=tuple(hold for hold in retention.holds if hold.blocks(image.id)),
        why_not=_why_not(paper),
    )


def _why_not(paper: OnPaper) -> str:
    if (sheet := paper.fails) is None:
        return ""
    return (
        f"sheet {grouped(sheet.number)}, copy {sheet.copy} does not stand for it: {paper.why_not}"
    )
