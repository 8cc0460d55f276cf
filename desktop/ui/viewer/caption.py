"""What stands below an opened image: who, when, with what, and what is missing."""

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.ui.parts.image_words import missing_words, state_words, when_words


def caption_of(image: ClinicalImage) -> str:
    """Who, when and with what; and what is missing."""
    who = image.photographer
    taken = f"Taken {when_words(image)}"
    basis = f" ({image.taken.basis.words})" if image.taken else ""
    by = f"by {who.name}, {who.role.words}" if who else "photographer not said"
    device = "device not said"
    if image.mode is not None:
        device = f"{image.mode.device.words}, {image.mode.owner.words}, {image.mode.route.words}"
    if registered := image.brought.device_words:
        device += f" (register: {registered})"
    depositor = image.brought.depositor
    brought = f"brought by {depositor.name}, {depositor.role.words}" if depositor else ""
    purposes = ", ".join(sorted(purpose.words for purpose in image.purposes))
    consent = f"consent {image.consent.form.words}" if image.consent else "consent not said"
    state = (state_words(image), missing_words(image))
    told = (f"{taken}{basis} {by}", brought, device, purposes, consent, *state)
    return " · ".join(filter(None, told)) + f"\nImage {image.short_number}"
