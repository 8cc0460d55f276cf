"""How long images may stay on a device before somebody is told, by the office's policy (R75)."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from desktop.records.facts.clearance import Deposit
from desktop.records.facts.office_settings import OfficeSettings


class Escalation(Enum):
    """What the office's policy asks for, the most urgent last."""

    NONE = 0
    REMIND = 1
    TELL_MANAGER = 2

    def words(self, *, person: str) -> str:
        """What to do about images that this person brought; empty where nothing is due."""
        who = person or "who brought it"
        return {
            Escalation.NONE: "",
            Escalation.REMIND: f"remind {who}",
            Escalation.TELL_MANAGER: f"tell the manager, and remind {who}",
        }[self]


def escalation(since: datetime, *, now: datetime, policy: OfficeSettings) -> Escalation:
    """What is due for something that has been on a device since a moment; both moments are UTC.
    Whole days count, as the lists tell them: after 7 days means once 7 days are over."""
    days = (now - since).days
    if days >= policy.manager_days:
        return Escalation.TELL_MANAGER
    return Escalation.REMIND if days >= policy.remind_days else Escalation.NONE


def overdue_words(
    deposits: Sequence[Deposit], *, now: datetime, policy: OfficeSettings, most: int = 3
) -> str:
    """What of the outstanding copies is due by the office's policy, device by device, in a sentence
    for the desk; empty where nothing is."""
    oldest: dict[tuple[str, str], datetime] = {}
    for one in deposits:
        key = (one.source_name, one.depositor or one.photographer)
        oldest[key] = min(one.deposited_at, oldest.get(key, one.deposited_at))
    due = sorted(
        (since, key)
        for key, since in oldest.items()
        if escalation(since, now=now, policy=policy) is not Escalation.NONE
    )
    said = []
    for since, (device, person) in due[:most]:
        what = escalation(since, now=now, policy=policy).words(person=person)
        said.append(f"{device}, for {(now - since).days:,} days: {what}")
    if not said:
        return ""
    more = f"; and {len(due) - most:,} more" if len(due) > most else ""
    return f"Still on a device: {'; '.join(said)}{more}."
