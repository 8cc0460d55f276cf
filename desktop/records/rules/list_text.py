"""Which text the bytes of an exported list are, and what separates its columns."""

import codecs
import csv
import io

from desktop.records.facts.patient_problems import ListUnreadable

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(untrusted: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises ListUnreadable for what is no text."""
    encoding = _encoding(untrusted)
    try:
        text = untrusted.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise ListUnreadable(reason=f"it is not {encoding} text as it says") from None
        encoding = "cp1252"
        text = untrusted.decode(encoding, "replace")
    if "\0" in text:
        raise ListUnreadable(reason="it is not a text file")
    return text, encoding


def delimiter_of(text: str) -> str:
    """The separator that parts the first rows into the most columns of the same number."""
    return max(_DELIMITERS, key=lambda delimiter: _columns(text, delimiter))


def _encoding(untrusted: bytes) -> str:
    for bom, encoding in _BOMS:
        if untrusted.startswith(bom):
            return encoding
    sample = untrusted[:2000]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    return "utf-8"


def _columns(text: str, delimiter: str) -> tuple[int, int]:
    """How many rows of the first few have as many columns as the first, and how many those are."""
    rows: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(row):
                rows.append(len(row))
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return (0, 0)
    if not rows or rows[0] < 2:
        return (0, 0)
    return (rows.count(rows[0]), rows[0])
