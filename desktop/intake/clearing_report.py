"""What becomes of each deposit when a device is cleared: plain data, no doing."""

from dataclasses import dataclass, field

from desktop.problem import Problem
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.ids import IntakeId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearOffer:
    """Whether the device of one intake may be cleared now, and of what.

    `refused` is the sentence why nothing may be (the patient's device, a batch that is not whole, a
    backup still to be made), or empty. `deposits` are all of the intake, whatever their clearance.
    `reminders` are what no program can do: Recently Deleted, chat threads, cloud copies (R74).
    """

    intake: IntakeId
    source_name: str
    deposits: tuple[Deposit, ...]
    refused: str = ""
    reminders: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether any of it is on a device that we may ever clear (R122)."""
        theirs = {Clearance.NOT_OURS, Clearance.NOTHING}
        return any(one.clearance not in theirs for one in self.deposits)

    @property
    def outstanding(self) -> tuple[Deposit, ...]:
        """What may still be on the device."""
        return tuple(one for one in self.deposits if one.clearance is Clearance.OUTSTANDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCleared:
    """A deposit that stays outstanding, and why."""

    deposit: Deposit
    problem: Problem


@dataclass(slots=True, kw_only=True)
class ClearReport:
    """What became of every deposit that was to be cleared. They add up: chosen = cleared + refused
    + not_reached. `cleared` were deleted one by one, each compared just before, and a fresh session
    showed them absent. `stopped_by` is what ended it before its end. `left_beside` names notes on
    images (AAE, XMP) that are still on the device; they show nobody, and are in no sum."""

    cleared: list[Deposit] = field(default_factory=list)
    refused: list[NotCleared] = field(default_factory=list)
    not_reached: list[Deposit] = field(default_factory=list)
    stopped_by: Problem | None = None
    left_beside: list[str] = field(default_factory=list)
