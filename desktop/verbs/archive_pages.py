"""The pages of an archive that a person reads: in a browser, offline, and as plain text."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from desktop.records.deeds.archiving import ArchivedChart
from desktop.records.facts.clinical_image import ClinicalImage

_SHOWN_BY_BROWSERS = (".jpg", ".png", ".gif", ".webp", ".bmp", ".avif")
_STYLE = (
    "body{font-family:sans-serif;margin:2em;max-width:60em}"
    "table{border-collapse:collapse}td,th{text-align:left;padding:.3em .8em;vertical-align:top}"
    "img{max-width:20em;max-height:20em}"
)
NOT_LINKED = "Not linked to a patient"

README = """\
ARCHIVE OF CLINICAL IMAGES

{organisation}
Made {at} (UTC) by {by}.
It holds {images} images of {patients} patients{scope}.

EVERYBODY WHO HAS THIS FOLDER CAN READ IT. Nothing in it is encrypted. Keep it as you would keep the
paper charts themselves, and destroy it when it is no longer needed.

How to read it
  Open index.html in any web browser; no network and no program is needed.
  patients/...       one folder for each patient
    patient.json     who it is, how long the images are kept, consent that was
                     refused or withdrawn, and which images were destroyed
    sheets.json      the register of sheets that were printed, and where each copy is now
    images/          every original exactly as the device gave it, and beside each a file .json
                     with all that is on record: who took it, when, with what, consent, SHA-256;
                     "-beside-" are the notes that lay beside it on the device, as they came
  not-linked/        images that nobody had linked to a patient yet
  patients.jsonl     everybody in the office's list, one to a line
  trail.jsonl        the audit trail: what was done, by whom and when, one deed to a line
  archive.json       how much of everything there is; which originals could not be read,
                     and which were left out because consent was withdrawn

How to check it
  python3 check_archive.py       checks every file, the counts and the order of the trail
  sha256sum -c checksums.sha256  checks every file, where that command exists

The lines of the trail carry their seals ("mac"). Only the office that made them can prove those.
"""


def office_page(
    organisation: str, folders: Sequence[tuple[str, ArchivedChart]], *, made: str
) -> str:
    """The first page: every folder with its patient."""
    rows = [
        f'<tr><td><a href="{quote(folder)}/index.html">{escape(title(chart))}</a></td>'
        f"<td>{len(chart.images)}</td></tr>"
        for folder, chart in folders
    ]
    table = "<table><tr><th>Patient</th><th>Images</th></tr>" + "".join(rows) + "</table>"
    return _page(organisation, f"<p>{escape(made)}</p>{table}")


class ShownImage(NamedTuple):
    """An image on the page of its patient: the name of its original, or `why` there is none, and
    the name of its record, from the patient's folder on."""

    image: ClinicalImage
    original: str | None
    why: str
    record: str


def chart_page(chart: ArchivedChart, files: Sequence[ShownImage]) -> str:
    """The page of one patient."""
    rows = [_image_row(one) for one in files]
    links = '<p><a href="patient.json">patient.json</a> · <a href="sheets.json">sheets.json</a></p>'
    return _page(title(chart), links + "<table>" + "".join(rows) + "</table>")


def title(chart: ArchivedChart) -> str:
    """Whose folder it is."""
    return chart.patient.banner if chart.patient else NOT_LINKED


def _image_row(shown: ShownImage) -> str:
    image = shown.image
    who = image.photographer
    facts = {
        "Image": image.short_number,
        "Taken": image.taken.local.isoformat(sep=" ", timespec="minutes") if image.taken else "",
        "Taken by": f"{who.name}, {who.role.words}" if who else "",
        "Device": image.mode.device.words if image.mode else "",
        "Body site": image.site,
        "Consent": image.consent.form.words if image.consent else "",
        "State": image.state.value,
        "SHA-256": image.sha256.hex(),
    }
    told = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in facts.items()
        if value
    )
    picture = _picture(shown)
    more = f'<a href="{quote(shown.record)}">all facts</a>'
    return f"<tr><td>{picture}</td><td><table>{told}</table>{more}</td></tr>"


def _picture(shown: ShownImage) -> str:
    if (original := shown.original) is None:
        return f"no original here: {escape(shown.why)}"
    inside = escape(original.rpartition("/")[2])
    if original.endswith(_SHOWN_BY_BROWSERS):
        inside = f'<img loading="lazy" alt="{inside}" src="{quote(original)}">'
    return f'<a href="{quote(original)}">{inside}</a>'


def _page(heading: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(heading)}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(heading)}</h1>\n{body}\n</body></html>\n"
    )
