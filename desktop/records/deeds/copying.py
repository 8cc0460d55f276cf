"""Copies that leave the office: what may leave, and the line that says what left, and for whom."""

import json
from collections.abc import Sequence

from desktop.records.deeds.advice import refuse_parked
from desktop.records.deeds.looking import known_image
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.consent_end import ConsentEnd
from desktop.records.facts.copies import CopyRecord, FeatureCheck, Ground, MadeCopy, Mask, Release
from desktop.records.facts.ids import CopyId, ImageId, new_uuid
from desktop.records.facts.people import Person
from desktop.records.rules.releasing import ground_of
from desktop.records.vault.vault import Look, Vault


def check_release(
    vault: Vault,
    *,
    image: ImageId,
    release: Release,
    features: FeatureCheck | None = None,
    by: Person,
) -> tuple[ClinicalImage, Ground]:
    """The image, and on what ground a copy of it may be made. Raises ImageUnknown, ImageDisposed,
    AdviceAwaited, NotAllowed, and what `rules.releasing` raises where it may not."""
    deed = "copy made" if release.is_deidentified else "original given out"
    vault.check_right(deed, by=by)
    with vault.look() as look:
        found = known_image(look, image)
        refuse_parked(look, found)
        return found, ground_of(found, release, features=features, ends=_ends(look, found))


def note_copy(
    vault: Vault,
    *,
    image: ImageId,
    made: MadeCopy,
    release: Release,
    features: FeatureCheck,
    masks: Sequence[Mask],
    by: Person,
) -> CopyRecord:
    """Put a de-identified copy on record, before it is handed out (R97, R104). What allows it is
    asked again in the same transaction. Raises as `check_release`."""
    with vault.change() as change:
        found = known_image(change, image)
        refuse_parked(change, found)
        ground = ground_of(found, release, features=features, ends=_ends(change, found))
        record = CopyRecord(
            id=CopyId(new_uuid()),
            image=image,
            made_at=change.now,
            made_by=by.name,
            features_by=features.checked_by.strip(),
            purpose=release.purpose,
            recipient=release.recipient.strip(),
            media_type=made.media_type,
            size=made.size,
            sha256=made.sha256,
            told=_told(made, release, features, ground, masks),
        )
        change.copies.add(record)
        change.note(
            "copy made",
            by=by,
            image=image,
            patient=found.patient,
            copy=record.id,
            recipient=record.recipient,
            purpose=release.purpose,
            ground=ground,
            features_by=record.features_by,
            **({"agreed_by": second} if (second := features.second_reviewer.strip()) else {}),
            sha256=made.sha256.hex(),
        )
        return record


def note_given_out(vault: Vault, *, image: ImageId, release: Release, by: Person) -> Ground:
    """Note, before a byte of it is read, that an original leaves as it is (R97, R101). Raises as
    `check_release`."""
    with vault.change() as change:
        found = known_image(change, image)
        refuse_parked(change, found)
        ground = ground_of(found, release, ends=_ends(change, found))
        said = {
            "authority": release.authority.strip(),
            "why_identifiable": release.why_identifiable.strip(),
            "reference": release.reference.strip(),
        }
        change.note(
            "original given out",
            by=by,
            image=image,
            patient=found.patient,
            recipient=release.recipient.strip(),
            purpose=release.purpose,
            ground=ground,
            sha256=found.sha256.hex(),
            **{name: value for name, value in said.items() if value},
        )
        return ground


def note_not_given_out(vault: Vault, *, image: ImageId, why: str, by: Person) -> None:
    """A copy that was noted did not come to be."""
    with vault.change() as change:
        change.note("copy not given out", by=by, image=image, why=why)


def copies_of(vault: Vault, image: ImageId) -> list[CopyRecord]:
    """The de-identified copies of an image, newest first."""
    with vault.look() as look:
        return look.copies.of_image(image)


def _ends(look: Look, image: ClinicalImage) -> list[ConsentEnd]:
    return [] if image.patient is None else look.consents.of_patient(image.patient)


def _told(
    made: MadeCopy, release: Release, features: FeatureCheck, ground: Ground, masks: Sequence[Mask]
) -> str:
    pages = [mask.page for mask in masks]  # None is every page
    return json.dumps(
        {
            "ground": ground.value,
            "authority": release.authority.strip(),
            "removed": [one.value for one in made.removed],
            "same_picture": made.is_same_picture,
            "masks": len(masks),
            **({"mask_pages": pages} if any(pages) else {}),
            "features": {
                one.value: [answer.found.value, answer.reason.strip()]
                for one, answer in features.answers.items()
            },
            "agreed_by": features.second_reviewer.strip(),
        },
        ensure_ascii=False,
        sort_keys=True,
    )
