"""Reading the codes of our own pages when a person asks: of a file, or of an image on record."""

from collections.abc import Sequence
from pathlib import Path

from desktop.media.untrusted import Untrusted
from desktop.records.deeds import looking, scan_back
from desktop.records.facts.ids import ImageId
from desktop.records.facts.page_scan import PageSeen
from desktop.verbs.office import Office
from desktop.verbs.problems import FileNotReadable
from desktop.verbs.stored_bytes import untrusted_original


def pages_in_file(office: Office, path: Path) -> Sequence[PageSeen]:
    """The pages of ours in a photo or scan that is not of the office; it is only looked at, in the
    confined worker, and nothing of it is kept. Raises FileNotReadable."""
    try:
        with path.open("rb") as file:
            untrusted = Untrusted(file, size=path.stat().st_size)
            codes = office.describer.page_codes(untrusted)
    except OSError as error:
        raise FileNotReadable(path=str(path), reason=error.strerror or str(error)) from error
    seen = [scan_back.page_seen(office.vault, code) for code in codes]
    return [page for page in seen if page is not None]


def pages_in_image(office: Office, image: ImageId) -> Sequence[PageSeen]:
    """As `pages_in_file`, of an image on record: what is found is noted, and attached where it is
    linked. Raises as `note_page_codes`, and what reading an original raises."""
    found = looking.image(office.vault, image)
    with untrusted_original(office, found) as untrusted:
        codes = office.describer.page_codes(untrusted)
    return scan_back.note_page_codes(office.vault, image=image, codes=codes, by=office.person)
