"""Pictures of the size that a screen shows: kept, made at the first look, or ahead of it."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress

from desktop.media.untrusted import Untrusted
from desktop.problem import Cancelled
from desktop.records.deeds.previews import keep_preview, kept_preview, without_preview
from desktop.records.facts.ids import ImageId
from desktop.records.facts.problems import ImageUnknown
from desktop.records.facts.retention_problems import ImageDisposed
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.verbs.office import Office
from desktop.verbs.stored_bytes import untrusted_original

PREVIEW = 2048
"""The longest side of a kept picture, in pixels. A closer look is one at the original."""

_PICTURE = "picture"


def preview_of(
    office: Office, *, image: ImageId, untrusted: Untrusted, longest: int
) -> bytes | None:
    """An upright sRGB JPEG of at most `longest` pixels a side, of at most PREVIEW where it may be
    kept; None where there is none. The caller has opened the original, and answers for the line."""
    if longest < PREVIEW:
        return office.describer.preview(untrusted, longest=longest)
    kept = kept_preview(office.vault, image=image, kind=_PICTURE)
    if kept is not None:
        return kept
    made = office.describer.preview(untrusted, longest=PREVIEW)
    if made is not None:
        keep_preview(office.vault, image=image, kind=_PICTURE, content=made)
    return made


def waveform_of(
    office: Office, *, image: ImageId, untrusted: Untrusted, columns: int
) -> Sequence[float]:
    """How loud each of so many even parts of a recording is, or nothing; kept likewise."""
    kind = f"waveform of {columns}"
    kept = kept_preview(office.vault, image=image, kind=kind)
    if kept is not None:
        return [float(peak) for peak in json.loads(kept)]
    found = office.describer.waveform(untrusted, columns=columns)
    if found is None:
        return ()
    content = json.dumps([round(peak, 4) for peak in found.peaks]).encode()
    keep_preview(office.vault, image=image, kind=kind, content=content)
    return found.peaks


def make_previews(office: Office, *, stopped: Callable[[], bool] = lambda: False) -> int:
    """Make previews ahead of the photos that came last, as long as there is free room for them; how
    many were made. What was made by a stop stays. Raises Cancelled."""
    made = 0
    for image in without_preview(office.vault, kind=_PICTURE):
        if stopped():
            raise Cancelled
        with suppress(OriginalDamaged, OriginalMissing, ImageUnknown, ImageDisposed):
            with untrusted_original(office, image) as untrusted:
                picture = office.describer.preview(untrusted, longest=PREVIEW)
            # empty where none came: else the same file would be tried again every two minutes
            if not keep_preview(
                office.vault,
                image=image.id,
                kind=_PICTURE,
                content=picture or b"",
                is_seen=False,
            ):
                return made
            made += 1
    return made
