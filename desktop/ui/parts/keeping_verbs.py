"""What the window needs to say how long images are kept, and to hold them; the composition root
fills it in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desktop.records.facts.ids import HoldId, ImageId, PatientId
from desktop.records.facts.retention import Hold, HoldKind, Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long a patient's images are kept, None without images; every hold there ever was on them,
    oldest first; and for how many years the office keeps images."""

    retention: Retention | None
    holds: tuple[Hold, ...]
    years: int

    @property
    def open_holds(self) -> tuple[Hold, ...]:
        """The holds that nobody has lifted."""
        return tuple(hold for hold in self.holds if hold.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHold:
    """A hold as a person asks for it: of one image, or of all where `image` is None."""

    patient: PatientId
    image: ImageId | None
    kind: HoldKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingVerbs:
    """All block, run in a lane, and raise problems. `lift_hold` takes the reason. `set_years` is
    for every image of the office."""

    keeping_of: Callable[[PatientId], Keeping]
    place_hold: Callable[[NewHold], Hold]
    lift_hold: Callable[[HoldId, str], Hold]
    note_service: Callable[[PatientId, date], object]
    set_years: Callable[[int], object]
