"""The describer that is shipped: every look at untrusted bytes happens in the sandbox."""

from dataclasses import replace
from datetime import datetime

from desktop.media.describer import Described
from desktop.media.description_wire import BadReply, read_description, whole_number
from desktop.media.jpeg_segments import BrokenJpeg, Frame, read_facts
from desktop.media.notes import Failure, no_preview_for
from desktop.media.paper_image import PaperImage
from desktop.media.sandbox import JobFailed, Limits
from desktop.media.sandbox_pool import SandboxPool
from desktop.media.true_type import HEAD, JPEG, true_type
from desktop.media.untrusted import AnyBytes, as_untrusted
from desktop.media.worker_messages import Message
from desktop.records.facts.clinical_image import Description

_LONGEST_THUMBNAIL = 320
_LONGEST_NAME = 400


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
        return _one_jpeg(self._pictures("preview", untrusted, longest), longest)

    def part(
        self, untrusted: AnyBytes, *, box: tuple[int, int, int, int], longest: int
    ) -> bytes | None:
        """As `preview`, of a part: left, top, width and height in pixels of the upright original.
        None where the box is not inside the picture."""
        left, top, width, height = box
        where = {"left": left, "top": top, "width": width, "height": height}
        return _one_jpeg(self._pictures("part", untrusted, longest, **where), longest)

    def for_paper(self, untrusted: AnyBytes, *, longest: int) -> PaperImage | None:
        """The picture for a PDF, without metadata, at most `longest` pixels a side; or None."""
        answer = self._pictures("for_paper", untrusted, longest)
        if answer is None or not 1 <= len(answer.blobs) <= 2:
            return None
        try:
            return _paper_image(answer, longest)
        except (BadReply, BrokenJpeg, KeyError):
            return None

    def close(self) -> None:
        """End the worker processes."""
        self._sandbox.close()

    def _described(self, untrusted: AnyBytes, file_name: str, *, note: str) -> Described:
        try:
            return self._ask(untrusted, file_name, pixels=False, note=note)
        except JobFailed:
            found = true_type(as_untrusted(untrusted).head(HEAD))
            note = note if found == JPEG else no_preview_for(found)
            described = Description(kind=found.kind, media_type=found.media_type, note=note)
            return Described(description=described, thumbnail=None)

    def _ask(self, untrusted: AnyBytes, file_name: str, *, pixels: bool, note: str) -> Described:
        now = datetime.now().astimezone().isoformat()
        facts = {"now": now, "pixels": pixels, "file_name": file_name[:_LONGEST_NAME]}
        answer = self._sandbox.ask("describe", untrusted, facts)
        try:
            said = read_description(answer.facts)
            small = _small_jpeg(answer.blobs[0], _LONGEST_THUMBNAIL) if answer.blobs else None
        except (BadReply, BrokenJpeg):
            self._sandbox.close()  # a worker that lies is no longer ours; the next one is new
            raise JobFailed(Failure.CRASHED) from None
        return Described(description=replace(said, note=said.note or note), thumbnail=small)

    def _pictures(
        self, job: str, untrusted: AnyBytes, longest: int, **where: int
    ) -> Message | None:
        try:
            return self._sandbox.ask(job, untrusted, {"longest": longest, **where})
        except JobFailed:
            return None


def _one_jpeg(answer: Message | None, longest: int) -> bytes | None:
    if answer is None or len(answer.blobs) != 1:
        return None
    try:
        return _small_jpeg(answer.blobs[0], longest)
    except (BadReply, BrokenJpeg):
        return None


def _small_jpeg(answered: bytes, longest: int) -> bytes:
    """What the worker made, if it is a bare JPEG of the size that was asked for."""
    frame = _bare_frame(answered)
    if max(frame.width, frame.height) > longest:
        raise BadReply("a picture larger than asked for")
    return answered


def _bare_frame(answered: bytes) -> Frame:
    facts = read_facts(answered)
    if facts.frame is None or facts.frame.components not in {1, 3} or facts.exif:
        raise BadReply("not a bare JPEG")
    return facts.frame


def _paper_image(answer: Message, longest: int) -> PaperImage:
    jpeg, *profile = answer.blobs
    frame = _bare_frame(jpeg)
    return PaperImage(
        jpeg=jpeg,
        width=whole_number(answer.facts["width"], frame.width, min(frame.width, longest)),
        height=whole_number(answer.facts["height"], frame.height, min(frame.height, longest)),
        orientation=whole_number(answer.facts["orientation"], 1, 8),
        components=whole_number(answer.facts["components"], *[frame.components] * 2),
        icc=profile[0] if profile else None,
        unchanged=answer.facts["unchanged"] is True,
    )
