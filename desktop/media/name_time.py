"""The time that a phone or recorder wrote into a file's name: the last resort before asking."""

import re
from datetime import datetime

from desktop.records.facts.capture import CaptureTime, TimeBasis, TimeTrust

_MOMENT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_.]?)([01]\d)\2([0-3]\d)"
    r"(?: at |[-_ .T]{0,3})([0-2]\d|\d(?=[.:]))([-_.:]?)([0-5]\d)\6([0-5]\d)(?:\d{3})?(?!\d)"
    r"(?:[ \u202f]?([AP])M\b)?",
    re.IGNORECASE,
)
_SENT = re.compile(r"whatsapp|signal|telegram|messenger", re.IGNORECASE)
_PIXEL = re.compile(r"PXL_", re.IGNORECASE)


def name_time(file_name: str) -> CaptureTime | None:
    """The time in names such as `VID_20250312_101522.mp4`; by the device's clock, but in UTC where
    a Pixel wrote it. None for other names, and where a chat app wrote when something was sent."""
    found = _MOMENT.search(file_name)
    if found is None or _SENT.search(file_name):
        return None
    half = (found[9] or "").upper()
    digits = "".join(part.zfill(2) for part in found.group(1, 3, 4, 5, 7, 8))
    try:
        local = datetime.strptime(
            f"{digits}{half}M" if half else digits, "%Y%m%d%I%M%S%p" if half else "%Y%m%d%H%M%S"
        )
    except ValueError:
        return None
    return CaptureTime(
        local=local,
        utc_offset_minutes=0 if _PIXEL.match(file_name) else None,
        basis=TimeBasis.FILE_NAME,
        trust=TimeTrust.ASSUMED,
    )
