"""How far the described stills of the corpus agree with exiftool, as a table.

`python -m tests.unit.media.agreement` describes them all and prints it; the test of the corpus
holds the copy in docs/media.md to what it says.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from desktop.media.describer import Described
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.media.true_type import true_type
from desktop.records.facts.capture import CaptureTime, TimeBasis
from desktop.records.facts.clinical_image import Description, MediaKind
from tests.unit.media.corpus import content, expected

Said = dict[str, Described]
Cells = Mapping[tuple[str, str], Counter[str]]

FAMILIES: Final = {
    "JPEG": {"image/jpeg"},
    "HEIC, HEIF": {"image/heic", "image/heif"},
    "AVIF, WebP, PNG, TIFF": {"image/avif", "image/webp", "image/png", "image/tiff"},
    "DNG": {"image/x-adobe-dng"},
}
NOT_SO: Final = {
    # its tags of a place are there, but empty
    ("immich/empty_gps.jpg", "has a place"),
    ("mei/Issue 487.heic", "has a place"),
}
"""Where exiftool names a tag that holds nothing."""

_OF_THE_ORIGINAL = {TimeBasis.EXIF_OFFSET, TimeBasis.EXIF_GPS, TimeBasis.EXIF_NAIVE}


def stills() -> list[str]:
    """The paths of all files of the corpus that are stills by their content."""
    return [
        name
        for name in expected()
        if true_type(content(name)).kind is not MediaKind.VIDEO
        and true_type(content(name)).kind is not MediaKind.AUDIO
    ]


def compared(described: Said) -> Cells:
    """What became of each value of each family: `same`, `different`, `not found`, `only ours`."""
    cells: dict[tuple[str, str], Counter[str]] = {
        (value, family): Counter() for value in _VALUES for family in FAMILIES
    }
    for name, found in described.items():
        said = found.description
        family = next((f for f, types in FAMILIES.items() if said.media_type in types), None)
        if family is None:
            continue
        for value, (ours_of, theirs_of) in _VALUES.items():
            ours, theirs = ours_of(said), theirs_of(expected()[name])
            if (name, value) in NOT_SO:
                theirs = None
            cells[value, family][_outcome(ours, theirs)] += 1
    return cells


def _outcome(ours: object, theirs: object) -> str:
    if ours is None and theirs is None:
        return "silent"
    if ours is None:
        return "not found"
    if theirs is None:
        return "only ours"
    return "same" if ours == theirs else "different"


def table(cells: Cells) -> str:
    """The table in Markdown: how many are the same, of how many that exiftool finds."""
    rows = [["value", *FAMILIES, "different", "not found", "only ours"]]
    rows.append(["---"] * len(rows[0]))
    for value in _VALUES:
        of_value = [cells[value, family] for family in FAMILIES]
        sums = [
            sum(one[what] for one in of_value) for what in ("different", "not found", "only ours")
        ]
        rows.append([value, *(_cell(one) for one in of_value), *(str(number) for number in sums)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cell(counted: Counter[str]) -> str:
    theirs = counted["same"] + counted["different"] + counted["not found"]
    return f"{counted['same']} of {theirs}" if theirs else "none has it"


def _taken(said: Description) -> CaptureTime | None:
    taken = said.taken
    return taken if taken is not None and taken.basis in _OF_THE_ORIGINAL else None


def _local(said: Description) -> str | None:
    taken = _taken(said)
    return f"{taken.local:%Y:%m:%d %H:%M:%S}" if taken else None


def _fraction(said: Description) -> int | None:
    taken = _taken(said)
    return taken.local.microsecond or None if taken else None


def _offset(said: Description) -> int | None:
    taken = _taken(said)
    of_tag = taken is not None and taken.basis is TimeBasis.EXIF_OFFSET
    return taken.utc_offset_minutes if taken and of_tag else None


def _size(said: Description) -> str | None:
    sides = (said.width, said.height)
    return " ".join(str(side) for side in sorted(sides)) if all(sides) else None  # type: ignore[type-var]


def _text(tag: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda theirs: " ".join(str(theirs.get(tag, "")).split()) or None


def _their_time(theirs: Mapping[str, Any]) -> str | None:
    return str(theirs.get("ExifIFD:DateTimeOriginal", ""))[:19] or None


def _their_fraction(theirs: Mapping[str, Any]) -> int | None:
    digits = str(theirs.get("ExifIFD:SubSecTimeOriginal", "")).strip()
    readable = _their_time(theirs) is not None and digits.isdigit()
    return int(digits[:6].ljust(6, "0")) or None if readable else None


def _their_offset(theirs: Mapping[str, Any]) -> int | None:
    words = str(theirs.get("ExifIFD:OffsetTimeOriginal", ""))
    if not words:
        return None
    minutes = int(words[1:3]) * 60 + int(words[4:6])
    return -minutes if words[0] == "-" else minutes


def _their_size(theirs: Mapping[str, Any]) -> str | None:
    sides = str(theirs.get("Composite:ImageSize", "")).split()
    return " ".join(sorted(sides, key=int)) or None


_VALUES: Final[
    Mapping[
        str,
        tuple[Callable[[Description], object], Callable[[Mapping[str, Any]], object]],
    ]
] = {
    "time of capture": (_local, _their_time),
    "its fraction of a second": (_fraction, _their_fraction),
    "its offset from UTC": (_offset, _their_offset),
    "make": (lambda said: said.device.make, _text("IFD0:Make")),
    "model": (lambda said: said.device.model, _text("IFD0:Model")),
    "serial number": (lambda said: said.device.serial, _text("ExifIFD:SerialNumber")),
    "has a place": (
        lambda said: said.has_location or None,
        lambda theirs: "GPS:GPSLatitude" in theirs or None,
    ),
    "size in pixels": (_size, _their_size),
}


def described_stills(describer: SandboxedDescriber) -> Said:
    """All of them, through the worker. No name is given, for it may hold a time too."""
    names = stills()
    with ThreadPoolExecutor(describer.at_once) as lanes:
        seen = lanes.map(lambda name: describer.describe(content(name), file_name=""), names)
        return dict(zip(names, seen, strict=True))


def main() -> int:
    """Describe the stills and print the table, with what is not the same."""
    describer = SandboxedDescriber()
    described = described_stills(describer)
    describer.close()
    sys.stdout.write(table(compared(described)) + "\n")
    for name, found in described.items():
        for value, (ours_of, theirs_of) in _VALUES.items():
            ours, theirs = ours_of(found.description), theirs_of(expected()[name])
            if _outcome(ours, theirs) not in {"same", "silent"}:
                sys.stderr.write(f"{name}: {value}: ours {ours}, exiftool {theirs}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
