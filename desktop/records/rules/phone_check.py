"""The phone check (R6, S1 to S5): what is asked of a personal device, and what follows from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import Essential
from desktop.records.facts.devices import Answer, Declaration, Device
from desktop.records.facts.patient import short_date

VALID_DAYS: Final = 365
CLOCK_SECONDS: Final = 60
"""A clock that is further off than this is flagged (R68)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the phone check: the node of the guide, the field of `Declaration` that holds
    its answer, what is asked, and what to do where the answer is not yes."""

    node: str
    field: str
    asks: str
    advice: str


QUESTIONS: Final = (
    Question(
        node="S1",
        field="policy_known",
        asks="Do you know the organisation's policy on clinical images?",
        advice="Read the organisation's policy on clinical images before the next image is taken.",
    ),
    Question(
        node="S4",
        field="protected",
        asks="Is the device locked with a passcode, fingerprint or face?",
        advice="Set a passcode of six digits or more, and let the device lock within a minute.",
    ),
    Question(
        node="S4",
        field="encrypted",
        asks="Is its storage encrypted?",
        advice="Switch encryption on in the security settings. An iPhone with a passcode is "
        "encrypted; so are most Android phones since 2016.",
    ),
    Question(
        node="S4",
        field="nothing_uploads",
        asks="Is every automatic upload of photos switched off?",
        advice="Switch automatic upload off: iCloud Photos, Google Photos backup, OneDrive and "
        "Dropbox camera upload, and “save to photos” in WhatsApp. Delete the copies that are there "
        "already, from their bin as well.",
    ),
    Question(
        node="S4",
        field="remote_erase",
        asks="Can it be erased from afar if it is lost?",
        advice="Switch on Find My (iPhone) or Find My Device (Android), and try it once, so that a "
        "lost device can be erased from afar.",
    ),
)
"""S2 and S5 are proved by the record and by the clearing, and S3 is computed: nobody ticks them."""

_DOUBTED: Final = frozenset({Answer.NO, Answer.NOT_SURE})
_RECORDED: Final = frozenset(
    {Essential.PHOTOGRAPHER, Essential.CAPTURE_TIME, Essential.MODE_OF_CAPTURE}
)


def advice_on(said: Declaration) -> tuple[str, ...]:
    """What to do about each answer that is “no” or “not sure”, in the order of the questions."""
    answers: Sequence[Answer] = [getattr(said, question.field) for question in QUESTIONS]
    asked = zip(QUESTIONS, answers, strict=True)
    return tuple(question.advice for question, answer in asked if answer in _DOUBTED)


def is_flagged(said: Declaration) -> bool:
    """Whether something is to be put right on the device (R112 to R114)."""
    return any(answer in _DOUBTED for answer in said.answers)


def check_is_due(device: Device, last: Declaration | None, *, today: date) -> bool:
    """Whether a phone check is to be offered: for a personal device without one, or with one that
    is older than a year. It never stands in the way of a filing."""
    if device.owner is not DeviceOwner.PERSONAL:
        return False
    if last is None:
        return True
    return (today - last.answered_at.astimezone().date()).days > VALID_DAYS


def check_words(last: Declaration | None) -> str:
    """The last phone check in a few words: `phone check 12 Nov 2026, all yes`."""
    if last is None:
        return "no phone check yet"
    day = short_date(last.answered_at.astimezone().date())
    wrong = sum(answer in _DOUBTED for answer in last.answers)
    if last.all_yes:
        said = "all yes"
    elif wrong:
        said = f"{wrong} to put right"
    else:
        said = "not all asked"
    return f"phone check {day}, {said}"


def device_line(device: Device, last: Declaration | None) -> str:
    """A device in one line: whose it is, and how its phone check or clock stands."""
    told = [device.owner.value if device.owner is not DeviceOwner.PATIENT else device.owner.words]
    if device.asset_number:
        told.append(f"asset {device.asset_number}")
    if device.serial:
        told.append(f"s/n {device.serial}")
    if device.owner is DeviceOwner.PERSONAL:
        told.append(check_words(last))
    if clock_is_off(device):
        told.append(clock_words(device))
    if device.lost_at is not None:
        told.append(f"REPORTED LOST {short_date(device.lost_at.astimezone().date())}")
    return " · ".join(told)


def clock_is_off(device: Device) -> bool:
    """Whether its clock was more than a minute wrong when somebody looked last."""
    return abs(device.clock_off_seconds or 0) > CLOCK_SECONDS


def clock_words(device: Device) -> str:
    """How its clock stood when somebody looked last, or that nobody did."""
    if device.clock_checked_on is None or device.clock_off_seconds is None:
        return "clock never checked"
    seconds = abs(device.clock_off_seconds)
    if seconds <= CLOCK_SECONDS:
        how = "right"
    else:
        days, rest = divmod(seconds, 86_400)
        hours, rest = divmod(rest, 3600)
        parts = ((days, "d"), (hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
        length = " ".join(f"{count} {unit}" for count, unit in parts if count)
        how = f"{length} {'fast' if device.clock_off_seconds > 0 else 'slow'}"
    return f"clock {how} on {short_date(device.clock_checked_on)}"


def is_recorded(missing: Collection[Essential]) -> bool:
    """S3: whether who took an image, when, and the mode of capture are all on record. Computed from
    what is missing; there is nothing to tick (R111)."""
    return _RECORDED.isdisjoint(missing)
