"""What the window needs to follow a sheet into the chart; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.records.facts.ids import PatientId, SheetId
from desktop.records.facts.patient import Patient
from desktop.records.facts.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOf:
    """One copy of a sheet with its patient; `page` is the one whose code was read, or 0, and
    `others` are copies of the same paper that are in no chart either."""

    sheet: Sheet
    patient: Patient
    page: int = 0
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopVerbs:
    """All block, run in a lane, and raise problems.

    `count` tells how many copies are in no chart yet, `waiting` names them, the oldest first.
    `of_patient` gives every sheet of a patient, newest first; `find` whose page has this code.
    `confirm` takes the check digits of the last page. `file` takes a page's code, the volume
    (without one it is the volume that this patient's last sheet went into) and which copy it is;
    with None it raises CopyNotSaid where several may be meant. `hand_over` takes who took it, in
    words, `recall` and `destroy` the reason.
    """

    count: Callable[[], int]
    waiting: Callable[[], Sequence[SheetOf]]
    of_patient: Callable[[PatientId], Sequence[Sheet]]
    find: Callable[[str], SheetOf]
    confirm: Callable[[SheetId, str], Sheet]
    file: Callable[[str, str, int | None], SheetOf]
    hand_over: Callable[[SheetId, str], Sheet]
    recall: Callable[[SheetId, str], Sheet]
    destroy: Callable[[SheetId, str], Sheet]
