"""What the Patients room needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.records.facts.came_from import CopyDeclined
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.rules.patient_csv import ListPreview, ListRow, Mapped
from desktop.ui.copies.verbs import CopyVerbs
from desktop.ui.parts.keeping_verbs import KeepingVerbs
from desktop.ui.parts.paper_verbs import PaperVerbs
from desktop.ui.parts.sheet_verbs import SheetVerbs
from desktop.ui.patients.consent_verbs import ConsentVerbs
from desktop.ui.viewer.verbs import ViewerVerbs

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWanted:
    """How capture times are to be corrected: to `at`, `offset` minutes from UTC or None, or, where
    there is no `at`, by how much the device's clock was `behind` (negative: ahead)."""

    images: tuple[ImageId, ...]
    at: datetime | None = None
    offset: int | None = None
    behind: timedelta = timedelta()
    whole_intake: bool = False
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesCorrected:
    """How many were corrected and left alone, and which printed sheets show the old time."""

    corrected: int
    left_alone: int = 0
    print_again: tuple[str, ...] = ()


CorrectTimes = Callable[[TimeWanted], TimesCorrected]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAdded:
    """What became of the rows of a list: added + already + refused + not reached = rows."""

    added: int
    already: int
    refused: tuple[ListRow, ...]
    not_reached: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientsVerbs:
    """All block and run in a lane; all raise problems and nothing else for what the world does.

    `thumbnail` gives the stored small JPEG of an image, or None. `read_list` reads a patient
    list, with columns recognised unless they are given. `add_list` puts its good rows on record,
    telling how many were done.
    """

    find_patients: Callable[[str], Sequence[Patient]]
    add_patient: Callable[[NewPatient], Patient]
    images_of: Callable[[PatientId], Sequence[ClinicalImage]]
    thumbnail: Callable[[ImageId], bytes | None]
    read_list: Callable[[Path, Mapped | None], ListPreview]
    add_list: Callable[[ListPreview, Callable[[int], None], Stopped], ListAdded]
    sheets: SheetVerbs
    papers: PaperVerbs
    consent: ConsentVerbs
    keeping: KeepingVerbs
    viewer: ViewerVerbs
    copies: CopyVerbs
    correct_times: CorrectTimes
    declined_of: Callable[[PatientId], Sequence[CopyDeclined]]
