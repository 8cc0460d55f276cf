"""What the consent page needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.records.facts.consent_end import ConsentEnd, NewConsentEnd, Withdrawn
from desktop.records.facts.ids import ConsentEndId, ImageId, PatientId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentVerbs:
    """All block, run in the vault lane, and raise problems. `of_patient` gives the newest first,
    `images` the patient's images, each in words; `again` takes how consent was given again."""

    of_patient: Callable[[PatientId], Sequence[ConsentEnd]]
    images: Callable[[PatientId], Sequence[tuple[ImageId, str]]]
    withdraw: Callable[[NewConsentEnd], Withdrawn]
    refuse: Callable[[NewConsentEnd], ConsentEnd]
    again: Callable[[ConsentEndId, str], ConsentEnd]
