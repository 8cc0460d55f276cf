"""Advice that is asked for and noted, as the window asks for it."""

from collections.abc import Sequence

from desktop.records.deeds import advice, patients
from desktop.records.facts.advice import Advice, NewQuestion
from desktop.records.facts.ids import AdviceId
from desktop.ui.parts.advice_verbs import AdviceVerbs, AwaitedAdvice
from desktop.verbs.workstation import Workstation


def advice_verbs(station: Workstation) -> AdviceVerbs:
    """The verbs of F2 and of its worklist."""

    def ask(new: NewQuestion) -> Advice:
        with station.using() as office:
            return advice.ask_advice(office.vault, new, by=office.person)

    def count() -> int:
        with station.using() as office:
            return advice.count_awaited(office.vault)

    def awaited() -> Sequence[AwaitedAdvice]:
        with station.using() as office:
            return [
                AwaitedAdvice(
                    advice=one,
                    patient=patients.patient(office.vault, one.asked.patient)
                    if one.asked.patient
                    else None,
                )
                for one in advice.advice_awaited(office.vault)
            ]

    def note(asked: AdviceId, adviser: str, answer: str) -> Advice:
        with station.using() as office:
            return advice.note_advice(
                office.vault, advice=asked, adviser=adviser, answer=answer, by=office.person
            )

    return AdviceVerbs(ask=ask, count=count, awaited=awaited, note=note)
