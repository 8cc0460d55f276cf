"""What the pages that ask for advice, and that note it, are handed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.records.facts.advice import Advice, NewQuestion
from desktop.records.facts.ids import AdviceId
from desktop.records.facts.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedAdvice:
    """An open question, and whom it is about; None where it names nobody."""

    advice: Advice
    patient: Patient | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceVerbs:
    """All block, run in a lane, and raise problems. `ask` parks the images that the question names,
    `note` is told who gave the advice and what it was; `count` and `awaited` are of what is open,
    the oldest first."""

    ask: Callable[[NewQuestion], Advice]
    count: Callable[[], int]
    awaited: Callable[[], Sequence[AwaitedAdvice]]
    note: Callable[[AdviceId, str, str], Advice]
