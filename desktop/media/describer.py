"""What the media floor offers to those above; a sandboxed worker process does the work."""

from dataclasses import dataclass
from typing import Protocol

from desktop.media.paper_image import PaperImage
from desktop.media.storyboard import Storyboard, Waveform
from desktop.media.untrusted import AnyBytes
from desktop.records.facts.clinical_image import Description
from desktop.records.facts.companions import EditNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What was found in the bytes. `thumbnail` is an upright sRGB JPEG of at most 320 pixels, or
    None where there is no preview (then `description.note` says why)."""

    description: Description
    thumbnail: bytes | None


class Describer(Protocol):
    """Looks at untrusted bytes. Never raises for what the bytes hold: they are then described as
    far as possible, with a note in plain words and no thumbnail. What reading them raises (for a
    stored original OriginalDamaged, OriginalMissing, DiskFailed) is raised."""

    @property
    def at_once(self) -> int:
        """How many files are looked at side by side; more of them wait."""
        ...

    def describe(self, untrusted: AnyBytes, *, file_name: str) -> Described:
        """True type by content, capture time, device, size in pixels, thumbnail."""
        ...

    def preview(self, untrusted: AnyBytes, *, longest: int) -> bytes | None:
        """An upright sRGB JPEG of at most `longest` pixels a side, or None if undecodable."""
        ...

    def part(
        self, untrusted: AnyBytes, *, box: tuple[int, int, int, int], longest: int
    ) -> bytes | None:
        """As `preview`, of a part: `box` is left, top, width and height in pixels of the upright
        original. None where the box is not inside the picture."""
        ...

    def for_paper(
        self, untrusted: AnyBytes, *, longest: int, proved: bool = False
    ) -> PaperImage | None:
        """The picture for a PDF: its own compressed data where it has at most `longest` pixels a
        side, else resampled to that. None if undecodable. `proved`: these very bytes were decoded
        before, so the own data need not be decoded once more to know that they can be shown."""
        ...

    def page_codes(self, untrusted: AnyBytes) -> tuple[str, ...]:
        """The codes of our own pages in a picture, looked for more closely than `describe` does
        with what does not look like a page. Empty where there is none, or undecodable."""
        ...

    def storyboard(self, untrusted: AnyBytes, *, count: int, longest: int) -> Storyboard | None:
        """Up to `count` frames (at most 12) from over the whole of a film, each with at most
        `longest` pixels a side. None for what is no film, or undecodable."""
        ...

    def waveform(self, untrusted: AnyBytes, *, columns: int) -> Waveform | None:
        """How loud a recording is in each of `columns` even parts (at most 4,000). Of one longer
        than an hour only samples are listened to. None for what has no sound, or undecodable."""
        ...

    def edit_note(self, untrusted: AnyBytes) -> EditNote | None:
        """Who wrote a phone's note of an edit, and when. None where it cannot be read."""
        ...

    def stop(self) -> None:
        """End the worker processes now, whatever they are at: whoever waits for one, or asks from
        now on, gets Cancelled. From any thread, without waiting."""
        ...

    def close(self) -> None:
        """End the worker processes."""
        ...
