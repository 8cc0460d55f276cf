"""The progress note on clinical images, in the guide's own pattern (R48)."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.consent import ConsentForm
from desktop.records.facts.patient import short_date
from desktop.records.rules.body_sites import site_words

_KINDS = {
    MediaKind.PHOTO: "photograph",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "sound recording",
    MediaKind.UNKNOWN: "clinical image",
}
_DEVICES = {
    DeviceOwner.PERSONAL: "PMD",
    DeviceOwner.ORGANISATION: "the organisation's device",
    DeviceOwner.PATIENT: "the patient's or whānau's own device",
    DeviceOwner.OTHER: "another provider's device",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """To whom the images went and for what; empty where they went nowhere."""

    to: str = ""
    purpose: str = ""


def what_was_done(what: str, *, kind: MediaKind, owner: DeviceOwner | None, sent: Sent) -> str:
    """One clause: “photograph of wound taken on PMD and sent to Dr X for clinical advice”."""
    clause = f"{_KINDS[kind]} of {what} taken"
    if owner is not None:
        clause += f" on {_DEVICES[owner]}"
    if sent.to:
        clause += f" and sent to {sent.to}"
        clause += f" for {sent.purpose}" if sent.purpose else ""
    return clause


def note_sentences(images: Sequence[ClinicalImage], sent: Sent) -> list[str]:
    """The note, a sentence an image: what was done, when, by whom, and under what consent."""
    return [_sentence(image, sent) for image in images]


def _sentence(image: ClinicalImage, sent: Sent) -> str:
    site = site_words(image.site, image.depicts.site_code, image.depicts.laterality)
    subject = image.depicts.subject.words if image.depicts.subject else ""
    what = ", ".join(part for part in (subject, site) if part) or "a site that is not stated"
    kind = image.description.kind if image.description else MediaKind.UNKNOWN
    owner = image.mode.owner if image.mode else None
    clause = what_was_done(what, kind=kind, owner=owner, sent=sent)
    said = [clause[0].upper() + clause[1:]]
    if image.taken is not None:
        at = image.taken.local
        said.append(f"on {short_date(at.date())} at {at:%H:%M}")
    if image.photographer is not None:
        said.append(f"by {image.photographer.name}, {image.photographer.role.words}")
    return f"{' '.join(said)}. {_consent(image)} Image {image.short_number}."


def _consent(image: ClinicalImage) -> str:
    consent = image.consent
    if consent is None or consent.form is ConsentForm.NONE_YET:
        return "Consent: none yet."
    reference = f", {consent.reference}" if consent.reference else ""
    purposes = ", ".join(sorted(one.words for one in image.purposes))
    scope = f", for {purposes}" if purposes else ""
    return f"Consent: {consent.form.words}{reference}{scope}."
