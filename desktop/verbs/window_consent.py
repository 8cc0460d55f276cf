"""Consent that is refused, withdrawn or given again, as the window asks for it."""

from collections.abc import Sequence

from desktop.records.deeds import consent_ends
from desktop.records.facts.consent_end import ConsentEnd, NewConsentEnd, Withdrawn
from desktop.records.facts.ids import ConsentEndId, ImageId, PatientId
from desktop.ui.patients.consent_verbs import ConsentVerbs
from desktop.verbs.consent_papers import image_words
from desktop.verbs.paper_order import PaperOrder, held_images
from desktop.verbs.workstation import Workstation


def consent_verbs(station: Workstation) -> ConsentVerbs:
    """Each with its line in the trail."""

    def of_patient(patient: PatientId) -> Sequence[ConsentEnd]:
        with station.using() as office:
            return consent_ends.consent_ends(office.vault, patient)

    def images(patient: PatientId) -> Sequence[tuple[ImageId, str]]:
        with station.using() as office:
            order = PaperOrder(name="withdrawal", patient=patient)
            return [(one.id, image_words(one)) for one in held_images(office, order)]

    def withdraw(new: NewConsentEnd) -> Withdrawn:
        with station.using() as office:
            return consent_ends.note_withdrawal(office.vault, new, by=office.person)

    def refuse(new: NewConsentEnd) -> ConsentEnd:
        with station.using() as office:
            return consent_ends.note_refusal(office.vault, new, by=office.person)

    def again(end: ConsentEndId, why: str) -> ConsentEnd:
        with station.using() as office:
            return consent_ends.note_given_again(office.vault, end=end, why=why, by=office.person)

    return ConsentVerbs(
        of_patient=of_patient, images=images, withdraw=withdraw, refuse=refuse, again=again
    )
