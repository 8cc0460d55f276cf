"""Copies that tell nothing of whose they are: made in one worker, read again in another (R103)."""

import hashlib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from desktop.media.description_wire import BadReply, whole_number
from desktop.media.jpeg_segments import BrokenJpeg, read_facts
from desktop.media.notes import Failure
from desktop.media.piece_file import PLACE
from desktop.media.sandbox import JobFailed, Limits, Sandbox
from desktop.media.untrusted import AnyBytes, Untrusted, as_untrusted
from desktop.media.worker_messages import BadMessage, Message
from desktop.media.worker_talk import Listener
from desktop.records.facts.copies import MadeCopy, Mask, Removed
from desktop.records.facts.copy_problems import CopyNotClean, CopyNotMade

Tell = Callable[[float], None]
Stopped = Callable[[], bool]

_JOBS = "desktop.media.copying_jobs"
_PROCESSOR_SECONDS = 24 * 3600  # a long film; it may be cancelled at any time
_SECONDS_OF_SILENCE = 120.0
"""The largest photo is decoded, painted and saved without a word in between."""

_MOST_FACES = 200
_MOST_PAGES = 1_000
_ENDING = re.compile(r"[a-z0-9]{2,5}")
_MEDIA_TYPE = re.compile(r"(image|video|audio)/[a-z0-9.+-]{1,40}")
_NOT_DONE = {
    Failure.REFUSED: "it is damaged, or of a kind that cannot be decoded",
    Failure.CRASHED: "it made the decoder crash",
    Failure.TOO_SLOW: "it took too long to decode",
    Failure.TOO_MUCH_MEMORY: "it needs too much memory to decode",
    Failure.NO_WORKER: "the decoder could not be started",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An original as a copy of it would be seen. `picture` is an upright JPEG, or None for sound.

    `seconds` is how long it lasts, None for a still; `pages` how many pages it has, which are
    looked at by their number from 0 instead of seconds. `faces` are suggestions, None where there
    is nothing to look with.
    """

    picture: bytes | None
    seconds: float | None
    has_sound: bool
    faces: tuple[Mask, ...] | None
    pages: int = 1


class Copier:
    """Two worker processes that start with the first call. From any thread; one call at a time.

    What makes a copy has met the original; what checks it meets copies alone.
    """

    def __init__(self, *, limits: Limits | None = None) -> None:
        limits = limits or Limits(seconds_a_job=_SECONDS_OF_SILENCE)
        self._making = Sandbox(_JOBS, limits=limits)
        self._checking = Sandbox(_JOBS, limits=limits)

    def make(
        self,
        untrusted: AnyBytes,
        into: BinaryIO,
        *,
        name: str,
        masks: Sequence[Mask] = (),
        sound: bool = False,
        tell: Tell = lambda _done: None,
        stopped: Stopped = lambda: False,
    ) -> MadeCopy:
        """Write a copy into `into`, an empty file open for reading and writing, and read it again.

        A film keeps its sound only with `sound`. Raises CopyNotMade, CopyNotClean (then what was
        written is to be thrown away), Cancelled, what `into` raises and what reading the original
        raises. `name` is for their words.
        """
        source = as_untrusted(untrusted)
        rows = [_row(mask) for mask in masks]
        facts = {
            "masks": rows,
            "sound": sound,
            "seconds": _PROCESSOR_SECONDS,
        }
        for anew in (False, True):
            into.seek(0)
            into.truncate()
            listener = Listener(
                take=_Pieces(into, most=source.size * 32 + 2**30).take,
                tell=tell,
                stopped=stopped,
                patient=True,
            )
            told = self._asked(
                self._making, "make", source, {**facts, "anew": anew}, name, listener
            )
            made = _read_made(told.facts, into, name)
            left = self._left_in(into, made.size, name, stopped, rows)
            if not left:
                return made
            if not made.is_same_picture:
                break
        raise CopyNotClean(name=name, left=left)

    def look(
        self, untrusted: AnyBytes, *, name: str, longest: int, at: float = 0.0, faces: bool = False
    ) -> Looked:
        """The picture, or the frame at so many seconds, at most `longest` pixels a side; with
        `faces` they are looked for. Raises CopyNotMade."""
        facts = {"at": at, "longest": longest, "faces": faces}
        told = self._asked(self._making, "look", untrusted, facts, name, Listener())
        try:
            return _read_look(told)
        except (BadReply, BrokenJpeg, TypeError, ValueError):
            self._making.close()
            raise CopyNotMade(name=name, reason=_NOT_DONE[Failure.CRASHED]) from None

    def stop(self) -> None:
        """End both processes now: whoever waits for one, or asks again, gets Cancelled."""
        self._making.stop()
        self._checking.stop()

    def close(self) -> None:
        """End both processes."""
        self._making.close()
        self._checking.close()

    def _left_in(
        self,
        copy: BinaryIO,
        size: int,
        name: str,
        stopped: Stopped,
        masks: Sequence[Sequence[float | None]] = (),
    ) -> str:
        listener = Listener(stopped=stopped, patient=True)
        facts = {"seconds": _PROCESSOR_SECONDS, "masks": list(masks)}
        source = Untrusted(_Raw(copy), size=size)
        left = self._asked(self._checking, "check", source, facts, name, listener).facts.get("left")
        return left[:200] if isinstance(left, str) else "something that cannot be read"

    def _asked(
        self,
        sandbox: Sandbox,
        job: str,
        untrusted: AnyBytes,
        facts: Mapping[str, object],
        name: str,
        listener: Listener,
    ) -> Message:
        try:
            told = sandbox.ask(job, untrusted, facts, listener)
        except JobFailed as failed:
            raise CopyNotMade(name=name, reason=_NOT_DONE[failed.failure]) from None
        except BadMessage:
            raise CopyNotMade(name=name, reason=_NOT_DONE[Failure.CRASHED]) from None
        if why := told.facts.get("why"):
            raise CopyNotMade(name=name, reason=str(why)[:200])
        return told


class _Raw:
    """A file that is read through its own position, as an original is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, into: bytearray | memoryview, /) -> int | None:
        some = self._file.read(len(into))
        into[: len(some)] = some
        return len(some)


class _Pieces:
    """Puts each piece in its place; a worker may leave no gap and write no more than is sane."""

    def __init__(self, into: BinaryIO, *, most: int) -> None:
        self._into, self._most, self._end = into, most, 0

    def take(self, piece: bytes) -> None:
        at, length = int.from_bytes(piece[:PLACE], "big"), len(piece) - PLACE
        if at > self._end or at + length > self._most:
            raise BadMessage("a piece for a place that is not there")
        self._into.seek(at)
        self._into.write(memoryview(piece)[PLACE:])
        self._end = max(self._end, at + length)


def _row(mask: Mask) -> list[float | None]:
    return [mask.left, mask.top, mask.width, mask.height, mask.start, mask.end, mask.page]


def _read_made(said: Mapping[str, object], into: BinaryIO, name: str) -> MadeCopy:
    """What the worker says it made, every value in its bounds, with the hash of what is there."""
    into.flush()
    written = into.seek(0, 2)
    media_type, ending, listed = said.get("type"), said.get("ending"), said.get("removed")
    try:
        size = whole_number(said.get("size"), 1, written)
        removed = tuple(Removed(str(one)) for one in listed) if isinstance(listed, list) else ()
    except ValueError:
        raise CopyNotMade(name=name, reason=_NOT_DONE[Failure.CRASHED]) from None
    if not (_MEDIA_TYPE.fullmatch(str(media_type)) and _ENDING.fullmatch(str(ending))):
        raise CopyNotMade(name=name, reason=_NOT_DONE[Failure.CRASHED])
    into.truncate(size)
    into.seek(0)
    return MadeCopy(
        media_type=str(media_type),
        ending=str(ending),
        size=size,
        sha256=_hash_of(into),
        removed=removed,
        is_same_picture=said.get("same") is True,
        is_hdr=said.get("hdr") is True,
    )


def _hash_of(file: BinaryIO) -> bytes:
    said = hashlib.sha256()
    while some := file.read(1024 * 1024):
        said.update(some)
    return said.digest()


def _read_look(told: Message) -> Looked:
    seconds, listed = told.facts.get("seconds"), told.facts.get("faces")
    faces = None
    if isinstance(listed, list):
        faces = tuple(_face(row) for row in listed[:_MOST_FACES])
    picture = told.blobs[0] if told.blobs else None
    if picture is not None and read_facts(picture).frame is None:
        raise BadReply("no picture")
    return Looked(
        picture=picture,
        seconds=_part(seconds, most=1e7) if seconds is not None else None,
        has_sound=told.facts.get("sound") is True,
        faces=faces,
        pages=whole_number(told.facts.get("pages", 1), 1, _MOST_PAGES),
    )


def _face(row: object) -> Mask:
    if not isinstance(row, list) or len(row) != 4:
        raise BadReply("not a box")
    left, top, width, height = (_part(value, most=1.0) for value in row)
    return Mask(left=left, top=top, width=width, height=height)


def _part(value: object, *, most: float) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= most:
        raise BadReply("not a number in bounds")
    return float(value)
