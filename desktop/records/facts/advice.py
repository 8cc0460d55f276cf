"""Advice that was asked for, and what came of it; what it is about waits until then (R65)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop.problem import Problem
from desktop.records.facts.ids import AdviceId, ImageId, PatientId


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """What is asked; about a patient, images, both or neither. The images are parked: they are
    neither filed nor given out before the advice is noted. `sheet` is the number of the paper that
    asks, where there is one."""

    question: str
    patient: PatientId | None = None
    images: tuple[ImageId, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One question on record, asked `at` (UTC); open until somebody notes the `answer`, and from
    whom it came (`adviser`)."""

    id: AdviceId
    asked: NewQuestion
    at: datetime
    by: str
    answer: str = ""
    adviser: str = ""
    noted_at: datetime | None = None
    noted_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the advice is still awaited."""
        return self.noted_at is None


@dataclass(unsafe_hash=True)
class QuestionMissing(Problem):
    """Advice was to be asked for without a word what about."""

    words: ClassVar[str] = "Say what is asked. Nothing was parked."


@dataclass(unsafe_hash=True)
class AnswerMissing(Problem):
    """Advice was to be noted without what it was, or whose."""

    words: ClassVar[str] = "Say who gave the advice and what it was. What is parked stays so."


@dataclass(unsafe_hash=True)
class AdviceUnknown(Problem):
    """No question by this id, or its advice was noted before."""

    advice: str
    words: ClassVar[str] = "There is no question {advice} that still waits for advice."


@dataclass(unsafe_hash=True)
class AdviceAwaited(Problem):
    """An image is parked."""

    number: str
    day: str
    question: str
    words: ClassVar[str] = (
        "Image {number} waits for advice, asked on {day}: “{question}”. Note the advice first: "
        "Worklists, Advice awaited, or “chartroom advice note”."
    )
