"""The ladder of capture times of a still: EXIF, then XMP, then the name of the file (R68)."""

from datetime import timedelta

from desktop.media.exif_facts import ExifFacts, weighed
from desktop.media.name_time import name_time
from desktop.media.still import Asked
from desktop.media.xmp_facts import XmpFacts
from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust


def still_time(exif: ExifFacts, xmp: XmpFacts, asked: Asked) -> CaptureTime | None:
    """The best time there is, SUSPECT where no sound clock shows it; None where nothing is said. A
    suspect time of the camera's own stays above one from a file name: a person decides."""
    if exif.taken is not None:
        return exif.taken
    found = _from_xmp(xmp) or name_time(asked.file_name)
    return weighed(found, asked.now) if found else None


def _from_xmp(xmp: XmpFacts) -> CaptureTime | None:
    if xmp.taken is None:
        return None
    return CaptureTime(
        local=xmp.taken,
        utc_offset_minutes=None if xmp.offset is None else xmp.offset // timedelta(minutes=1),
        basis=TimeBasis.XMP,
        trust=TimeTrust.ASSUMED,
    )
