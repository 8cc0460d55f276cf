"""What an image still lacks before it may be called filed (R3, R8, R66 to R70, R119 to R122)."""

from desktop.records.facts.capture import CaptureTime, ModeOfCapture, TimeTrust
from desktop.records.facts.clinical_image import Essential, FilingFacts, ImageState
from desktop.records.facts.consent import ConsentForm
from desktop.records.rules.came_from import lacking


def missing_essentials(
    facts: FilingFacts, *, taken: CaptureTime | None, form_is_out: bool = False
) -> tuple[Essential, ...]:
    """The essentials that are not known yet, in the order in which a desk asks for them.

    `taken` is the capture time that will stand on record: the entered one, else the file's own. One
    that is suspect does not say when it was taken. `form_is_out`: its signed form has to come
    back first (R43).
    """
    photographer = facts.photographer
    known = {
        Essential.PHOTOGRAPHER: photographer is not None and bool(photographer.name.strip()),
        Essential.CAPTURE_TIME: taken is not None and taken.trust is not TimeTrust.SUSPECT,
        Essential.MODE_OF_CAPTURE: _mode_is_known(facts.mode),
        Essential.PURPOSE: bool(facts.purposes),
        Essential.CONSENT_FORM: not form_is_out,
        Essential.CONSENT: facts.consent.form is not ConsentForm.NONE_YET,
    }
    owner = facts.mode.owner if facts.mode else None
    from_elsewhere = lacking(facts.came_from, owner=owner)
    return tuple(one for one in Essential if not known.get(one, one not in from_elsewhere))


def state_for(missing: tuple[Essential, ...]) -> ImageState:
    """Filed when nothing is missing; incomplete otherwise (R70)."""
    return ImageState.INCOMPLETE if missing else ImageState.FILED


def _mode_is_known(mode: ModeOfCapture | None) -> bool:
    return mode is not None
