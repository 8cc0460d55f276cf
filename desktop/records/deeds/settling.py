"""Settling: what is known of a linked image decides whether it is filed or incomplete (R70)."""

from dataclasses import replace
from datetime import datetime

from desktop.records.facts.clinical_image import ClinicalImage, FilingFacts, ImageState
from desktop.records.facts.consent import Consent, ConsentForm
from desktop.records.facts.people import Person
from desktop.records.rules.came_from import TRUST_OF
from desktop.records.rules.capture_time import time_on_record
from desktop.records.rules.completeness import missing_essentials, state_for


def settled(
    image: ClinicalImage, *, now: datetime, by: Person, form_is_out: bool = False
) -> ClinicalImage:
    """A linked image in the state that its facts allow; the only way to the state *filed*.
    `form_is_out` is whether this office files nothing before its consent form is back (R43)."""
    description = image.description
    entered = None
    if image.taken is not None and image.taken.basis in TRUST_OF:
        entered = replace(image.taken, trust=TRUST_OF[image.taken.basis])
    taken = time_on_record(
        from_file=description.taken if description else None,
        entered=entered,
        received_at=image.received_at,
    )
    missing = missing_essentials(_facts(image), taken=taken, form_is_out=form_is_out)
    state = state_for(missing)
    is_filed = state is ImageState.FILED
    return replace(
        image,
        state=state,
        taken=taken,
        missing=missing,
        filed_at=now if is_filed else None,
        filed_by=by.name if is_filed else None,
    )


def _facts(image: ClinicalImage) -> FilingFacts:
    return FilingFacts(
        photographer=image.photographer,
        mode=image.mode,
        purposes=image.purposes,
        consent=image.consent or Consent(form=ConsentForm.NONE_YET),
        site=image.site,
        depicts=image.depicts,
        came_from=image.came_from,
    )
