"""Advice in memory, as the window asks for it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from desktop.records.facts.advice import Advice, AnswerMissing, NewQuestion
from desktop.records.facts.ids import AdviceId, new_uuid
from desktop.ui.parts.advice_verbs import AdviceVerbs, AwaitedAdvice
from tests.ui.made_facts import HINEMOA


@dataclass
class StandInAdvice:
    """What was asked, and what was noted."""

    asked: list[Advice] = field(default_factory=list)

    @property
    def verbs(self) -> AdviceVerbs:
        return AdviceVerbs(
            ask=self._ask, count=lambda: len(self._open()), awaited=self._open, note=self._note
        )

    def _ask(self, new: NewQuestion) -> Advice:
        one = Advice(id=AdviceId(new_uuid()), asked=new, at=datetime.now(UTC), by="Mei Tester")
        self.asked.append(one)
        return one

    def _open(self) -> list[AwaitedAdvice]:
        return [
            AwaitedAdvice(advice=one, patient=HINEMOA if one.asked.patient else None)
            for one in self.asked
            if one.is_open
        ]

    def _note(self, advice: AdviceId, adviser: str, answer: str) -> Advice:
        if not adviser or not answer:
            raise AnswerMissing
        (place,) = (n for n, one in enumerate(self.asked) if one.id == advice)
        self.asked[place] = replace(
            self.asked[place], adviser=adviser, answer=answer, noted_at=datetime.now(UTC)
        )
        return self.asked[place]
