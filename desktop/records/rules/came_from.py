"""What has to be known of an image that nobody of this office took (R119, R120, R122 to R125)."""

from dataclasses import dataclass
from typing import Final

from desktop.records.facts.came_from import CameFrom, CopyGiven, Notice, Received
from desktop.records.facts.capture import DeviceOwner, TimeBasis, TimeTrust
from desktop.records.facts.clinical_image import Essential
from desktop.records.facts.devices import Answer
from desktop.records.facts.patient import short_date

RETAINED: Final = (
    "Once the image is part of the health record, it has to be retained and cannot be deleted "
    "until its retention period ends: ten years after the last date of service, or longer if the "
    "organisation says so."
)
"""What whoever gives a copy is told (R124)."""

NO_DUTY: Final = "Nobody has to give a copy. Care does not depend on it."
"""What whoever is asked for a copy is told (R123)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One of the six: the field of `Checks` that holds its answer, its name, what is asked here,
    and what the sender is asked where the answer is not yes."""

    field: str
    name: str
    asks: str
    query: str


CHECKLIST: Final = (
    CheckItem(
        field="acquisition",
        name="Acquisition",
        asks="Was it taken with consent, or on another lawful authority?",
        query="Did the patient, or who decides for them, consent to the image and to sending it? "
        "How is that documented?",
    ),
    CheckItem(
        field="quality",
        name="Quality",
        asks="Is it good enough for what it is for, in focus, colour and size?",
        query="Is there a sharper or larger original? Please send that, not a screenshot or a copy "
        "made smaller by a messaging app.",
    ),
    CheckItem(
        field="use",
        name="Use",
        asks="Is it clear what it may be used for?",
        query="What was it taken for, and what may we use it for?",
    ),
    CheckItem(
        field="disclosure",
        name="Disclosure",
        asks="Is it clear to whom it may be shown, and was it sent to us alone?",
        query="To whom else was it sent, and to whom may it be shown?",
    ),
    CheckItem(
        field="storage",
        name="Storage",
        asks="Is it in the health record where it was taken?",
        query="Is it stored in the patient's health record with you?",
    ),
    CheckItem(
        field="disposal",
        name="Disposal",
        asks="Are the copies on phones, in chats and in mail deleted?",
        query="Have you deleted it from the phone that took it, from chats, sent mail and cloud "
        "copies, once it was in your record?",
    ),
)
"""The received-image checklist, in the order of the guide (R120)."""


def lacking(came_from: CameFrom | None, *, owner: DeviceOwner | None) -> tuple[Essential, ...]:
    """What is still to be said of where an image came from, by whose device took it.

    An image of another provider's device was sent by somebody (R119); one of the patient's or
    whānau's is a copy that they gave (R122). There is no way past it, and an image that was taken
    here needs none of it.
    """
    if came_from is None:
        missing = {
            DeviceOwner.OTHER: lacking(Received(), owner=None),
            DeviceOwner.PATIENT: lacking(CopyGiven(), owner=None),
        }
        return missing.get(owner, ()) if owner is not None else ()
    if isinstance(came_from, Received):
        known = {
            Essential.SENDER: _sender_is_known(came_from),
            Essential.NOTICE: _notice_is_settled(came_from),
            Essential.CHECKLIST: not unanswered(came_from),
        }
        return tuple(one for one, is_known in known.items() if not is_known)
    return () if _copy_is_explained(came_from) else (Essential.COPY_GIVEN,)


def unanswered(received: Received) -> tuple[CheckItem, ...]:
    """The items of the checklist that nobody answered yet."""
    return tuple(one for one in CHECKLIST if _answer(received, one) is Answer.NOT_ASKED)


def to_query(received: Received) -> tuple[CheckItem, ...]:
    """What to ask the sender: each item that was not answered with yes."""
    return tuple(one for one in CHECKLIST if _answer(received, one) is not Answer.YES)


def took_owner(
    came_from: CameFrom | None, *, handed_over: DeviceOwner | None
) -> DeviceOwner | None:
    """Whose device took the image. The phone on which a received image reached the desk did not:
    the mode of capture is that of the original capture (R119)."""
    return DeviceOwner.OTHER if isinstance(came_from, Received) else handed_over


def is_stated(came_from: CameFrom | None, *, owner: DeviceOwner | None) -> bool:
    """Whether a capture time that is typed in is the word of who provided the image (R125), not
    something that the office knows."""
    return came_from is not None or owner in {DeviceOwner.PATIENT, DeviceOwner.OTHER}


TRUST_OF: Final = {TimeBasis.ENTERED: TimeTrust.ENTERED, TimeBasis.STATED: TimeTrust.STATED}
"""How far a typed time can be trusted, by its basis."""


def came_from_words(came_from: CameFrom) -> str:
    """Where it came from, in a sentence for screen and paper."""
    if isinstance(came_from, CopyGiven):
        named = came_from.given_by or "somebody not named yet"
        what = came_from.relationship
        who = f"{named} ({what.words})" if what else named
        return f"Copy given by {who}; the original stays theirs."
    on = f" on {short_date(came_from.received_on)}" if came_from.received_on else ""
    how = f" by {came_from.channel.words}" if came_from.channel else ""
    asked = f", {came_from.asked.value}" if came_from.asked else ""
    return f"Received from {came_from.sender.words or 'a sender not named yet'}{on}{how}{asked}."


def _answer(received: Received, item: CheckItem) -> Answer:
    answer: Answer = getattr(received.checks, item.field)
    return answer


def _sender_is_known(received: Received) -> bool:
    sender = received.sender
    return bool(
        sender.name.strip()
        and (sender.role.strip() or sender.organisation.strip())
        and received.received_on
        and received.channel
        and received.asked
    )


def _notice_is_settled(received: Received) -> bool:
    if received.notice is Notice.EXCEPTION:
        return bool(received.notice_reason.strip())
    return received.notice is not None


def _copy_is_explained(copy: CopyGiven) -> bool:
    asked = (copy.use_explained, copy.storage_explained, copy.retention_explained)
    return bool(
        copy.given_by.strip()
        and copy.relationship
        and copy.used_for.strip()
        and copy.stored_where.strip()
        and all(answer in {Answer.YES, Answer.NO} for answer in asked)
    )
