"""When a device may be cleared of a batch, and what proves that a copy on it is gone (R74)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.problem import Problem
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.clearance_problems import (
    BatchNotWhole,
    NotBackedUp,
    NothingToClear,
    NotInRecordYet,
    NotOursToClear,
    OwnerUnknown,
)
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.ids import DepositId

REMINDERS = (
    "Empty “Recently Deleted” (iPhone: Photos, Albums; Android: Photos or Gallery, Bin).",
    "Delete copies in chat threads and in sent messages and e-mails.",
    "Delete copies that were backed up by themselves: iCloud, Google Photos, OneDrive, Dropbox.",
)
"""What no program on a workstation can do for the owner of a phone (R74)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceProof:
    """Proof that the copy on the device was the stored one, and is there no longer.

    Only `proved` makes one.
    """

    deposit: DepositId
    sha256: bytes


def proved(
    one: Deposit, *, key: str, stored: bytes, compared: bytes, listed_after: Collection[str]
) -> ClearanceProof:
    """The proof, from what was found out in this order: `stored` is the hash of the office's own
    copy, read back from disk; `compared` the hash of the device's copy, read just before it was
    deleted; `listed_after` are the keys of all that a fresh session lists. A fault if they do not
    prove it: the caller must have seen that for itself.
    """
    if not stored == compared == one.sha256:
        raise AssertionError("what was deleted is not what is stored")
    if key in listed_after:
        raise AssertionError("it is listed still")
    return ClearanceProof(deposit=one.id, sha256=compared)


def why_not(
    deposits: Sequence[Deposit],
    *,
    source: str,
    needs_backup: bool = False,
    backed_up_until: datetime | None = None,
) -> Problem | None:
    """Why the device may not be cleared of these deposits of one intake, or None if it may.

    The whole batch counts (R73, R74): received to the last file, filed in a record, and in a backup
    that has everything up to `backed_up_until` (UTC) where the office wants that.
    """
    waiting = [one for one in deposits if one.settled is Clearance.OUTSTANDING]
    if any(one.owner is DeviceOwner.PATIENT for one in deposits):
        return NotOursToClear(source=source)
    if not any(one.clearance is Clearance.OUTSTANDING for one in waiting):
        return NothingToClear(source=source)
    if any(one.owner is None for one in waiting):
        return OwnerUnknown(source=source)
    if any(one.left_out != 0 for one in waiting):
        return BatchNotWhole(count=max(one.left_out or 0 for one in waiting))
    if unfiled := sum(one.state is not ImageState.FILED for one in waiting):
        return NotInRecordYet(count=unfiled)
    late = [one for one in waiting if backed_up_until is None or one.deposited_at > backed_up_until]
    return NotBackedUp(count=len(late)) if needs_backup and late else None
