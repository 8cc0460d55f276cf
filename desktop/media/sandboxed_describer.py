"""The describer that is shipped: every look at untrusted bytes happens in the sandbox."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from desktop.media.describer import Described
from desktop.media.description_wire import BadReply, read_codes, read_description
from desktop.media.edit_note import read_edit_note
from desktop.media.notes import Failure, no_preview_for
from desktop.media.paper_image import PaperImage
from desktop.media.sandbox import JobFailed, Limits
from desktop.media.sandbox_pool import SandboxPool
from desktop.media.storyboard import Storyboard, Waveform
from desktop.media.true_type import HEAD, true_type
from desktop.media.untrusted import AnyBytes, as_untrusted
from desktop.media.worker_answers import paper_image, small_jpeg, storyboard_of, waveform_of
from desktop.media.worker_messages import Message
from desktop.media.worker_talk import Listener
from desktop.records.facts.clinical_image import Description, MediaKind
from desktop.records.facts.companions import EditNote

_LONGEST_THUMBNAIL = 320
_LONGEST_NAME = 400
_MOST_SECONDS = 600


class SandboxedDescriber:
    """A Describer whose worker processes start with the calls, the first earlier with `warm`.

    From any thread; `at_once` calls at a time, and more of them wait.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        jobs_module: str = "desktop.media.decoding",
        workers: int = 1,
    ) -> None:
        self._sandbox = SandboxPool(jobs_module, limits=limits, workers=workers)

    @property
    def at_once(self) -> int:
        """How many files are looked at side by side."""
        return self._sandbox.workers

    def warm(self) -> None:
        """Start a worker process now, without waiting for it."""
        self._sandbox.warm()

    def describe(self, untrusted: AnyBytes, *, file_name: str) -> Described:
        """True type by content, capture time, device, size in pixels, thumbnail. A name says
        nothing about content: `file_name` is the last resort for a capture time."""
        try:
            return self._ask(untrusted, file_name, pixels=True, note="")
        except JobFailed as failed:
            # the header alone still tells when and with what it was taken
            return self._described(untrusted, file_name, note=failed.failure.words)

    def preview(self, untrusted: AnyBytes, *, longest: int) -> bytes | None:
        """An upright sRGB JPEG of at most `longest` pixels a side, or None if undecodable."""
        return self._one_jpeg("preview", untrusted, {"longest": longest})

    def part(
        self, untrusted: AnyBytes, *, box: tuple[int, int, int, int], longest: int
    ) -> bytes | None:
        """As `preview`, of a part: left, top, width and height in pixels of the upright original.
        None where the box is not inside the picture."""
        left, top, width, height = box
        where = {"left": left, "top": top, "width": width, "height": height}
        return self._one_jpeg("part", untrusted, {"longest": longest, **where})

    def for_paper(
        self, untrusted: AnyBytes, *, longest: int, proved: bool = False
    ) -> PaperImage | None:
        """The picture for a PDF, without metadata, at most `longest` pixels a side; or None."""
        answer = self._asked("for_paper", untrusted, {"longest": longest, "proved": proved})
        with suppress(BadReply):
            return None if answer is None else paper_image(answer, longest)
        return None

    def page_codes(self, untrusted: AnyBytes) -> tuple[str, ...]:
        """The codes of our own pages in a picture, looked for closely; or none."""
        answer = self._asked("page_codes", untrusted, {})
        with suppress(BadReply):
            return () if answer is None else read_codes(answer.facts.get("page_codes"))
        return ()

    def storyboard(self, untrusted: AnyBytes, *, count: int, longest: int) -> Storyboard | None:
        """Frames from over the whole of a film, with their times; or None."""
        facts = {"count": count, "longest": longest}
        answer = self._asked("storyboard", untrusted, facts)
        with suppress(BadReply):
            return None if answer is None else storyboard_of(answer, count=count, longest=longest)
        return None

    def waveform(self, untrusted: AnyBytes, *, columns: int) -> Waveform | None:
        """How loud a recording is from its beginning to its end; or None."""
        answer = self._asked("waveform", untrusted, {"columns": columns})
        with suppress(BadReply):
            return None if answer is None else waveform_of(answer, columns=columns)
        return None

    def edit_note(self, untrusted: AnyBytes) -> EditNote | None:
        """Who wrote a phone's note of an edit, and when; or None."""
        with suppress(JobFailed, BadReply):
            return read_edit_note(self._sandbox.ask("edit_note", untrusted, {}).facts)
        return None

    def stop(self) -> None:
        """End the worker processes now; whoever waits for one, or asks again, gets Cancelled."""
        self._sandbox.stop()

    def close(self) -> None:
        """End the worker processes."""
        self._sandbox.close()

    def _described(self, untrusted: AnyBytes, file_name: str, *, note: str) -> Described:
        try:
            return self._ask(untrusted, file_name, pixels=False, note=note)
        except JobFailed:
            found = true_type(as_untrusted(untrusted).head(HEAD))
            note = no_preview_for(found) if found.kind is MediaKind.UNKNOWN else note
            described = Description(kind=found.kind, media_type=found.media_type, note=note)
            return Described(description=described, thumbnail=None)

    def _ask(self, untrusted: AnyBytes, file_name: str, *, pixels: bool, note: str) -> Described:
        now = datetime.now().astimezone().isoformat()
        facts = {"now": now, "pixels": pixels, "file_name": file_name[:_LONGEST_NAME]}
        answer = self._sandbox.ask("describe", untrusted, facts)
        try:
            said = read_description(answer.facts)
            small = small_jpeg(answer.blobs[0], _LONGEST_THUMBNAIL) if answer.blobs else None
        except BadReply:
            self._sandbox.close()  # a worker that lies is no longer ours; the next one is new
            raise JobFailed(Failure.CRASHED) from None
        return Described(description=replace(said, note=note or said.note), thumbnail=small)

    def _one_jpeg(self, job: str, untrusted: AnyBytes, facts: Mapping[str, int]) -> bytes | None:
        answer = self._asked(job, untrusted, facts)
        if answer is None or len(answer.blobs) != 1:
            return None
        with suppress(BadReply):
            return small_jpeg(answer.blobs[0], facts["longest"])
        return None

    def _asked(self, job: str, untrusted: AnyBytes, facts: Mapping[str, object]) -> Message | None:
        """The answer of a job that may take long, as long as there is news of it."""
        asked = {**facts, "seconds": _MOST_SECONDS}
        try:
            return self._sandbox.ask(job, untrusted, asked, Listener(patient=True))
        except JobFailed:
            return None
