"""Asking for advice, and noting it; what is asked about is parked in between (R65)."""

from dataclasses import replace

from desktop.records.deeds.looking import known_image
from desktop.records.deeds.retention import known_patient
from desktop.records.facts.advice import (
    Advice,
    AdviceAwaited,
    AdviceUnknown,
    AnswerMissing,
    NewQuestion,
    QuestionMissing,
)
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import AdviceId, PatientId, new_uuid
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Look, Vault


def ask_advice(vault: Vault, new: NewQuestion, *, by: Person) -> Advice:
    """Put a question on record; the images it names are parked until the advice is noted. The same
    question that is open already comes back as it is. Raises QuestionMissing, PatientUnknown and
    ImageUnknown."""
    asked = replace(
        new,
        question=" ".join(new.question.split()),
        images=tuple(sorted(set(new.images))),
    )
    if not asked.question:
        raise QuestionMissing
    for one in advice_awaited(vault):
        if replace(one.asked, sheet="") == replace(asked, sheet=""):
            return one
    with vault.change() as change:
        if asked.patient is not None:
            known_patient(change, asked.patient)
        for image in asked.images:
            known_image(change, image)
        advice = Advice(id=AdviceId(new_uuid()), asked=asked, at=change.now, by=by.name)
        change.advice.add(advice)
        change.note("advice asked", by=by, **_about(advice), question=asked.question)
        return advice


def note_advice(vault: Vault, *, advice: AdviceId, adviser: str, answer: str, by: Person) -> Advice:
    """Put on record what the advice was and whose: what was parked goes on. Raises AdviceUnknown
    and AnswerMissing."""
    with vault.change() as change:
        found = change.advice.find(advice)
        if found is None or not found.is_open:
            raise AdviceUnknown(advice=str(advice))
        if not adviser.strip() or not answer.strip():
            raise AnswerMissing
        known = replace(
            found,
            adviser=adviser.strip(),
            answer=answer.strip(),
            noted_at=change.now,
            noted_by=by.name,
        )
        change.advice.note(known)
        change.note(
            "advice noted", by=by, **_about(known), adviser=known.adviser, answer=known.answer
        )
        return known


def advice_awaited(vault: Vault) -> list[Advice]:
    """Every question without an answer, the oldest first."""
    with vault.look() as look:
        return look.advice.awaited()


def count_awaited(vault: Vault) -> int:
    """How many questions have no answer."""
    with vault.look() as look:
        return look.advice.count_awaited()


def advice_of(vault: Vault, patient: PatientId) -> list[Advice]:
    """What was asked about a patient, newest first, with what the advice was."""
    with vault.look() as look:
        return look.advice.of_patient(patient)


def refuse_parked(look: Look, image: ClinicalImage) -> None:
    """Raise AdviceAwaited where an image waits for advice."""
    waits = look.advice.parks(image.id)
    if waits is not None:
        raise AdviceAwaited(
            number=image.short_number,
            day=short_date(waits.at.astimezone().date()),
            question=waits.asked.question,
        )


def _about(advice: Advice) -> dict[str, object]:
    told: dict[str, object] = {"advice": advice.id}
    if advice.asked.patient is not None:
        told["patient"] = advice.asked.patient
    if advice.asked.images:
        told["images"] = [str(one) for one in advice.asked.images]
    if advice.asked.sheet:
        told["sheet"] = advice.asked.sheet
    return told
