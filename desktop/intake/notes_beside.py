"""The notes beside images that were received: kept with them at once, whatever becomes of a device.

An image is on record before its notes are asked for, so no note can keep it out.
"""

from collections.abc import Callable, Sequence
from typing import Final

from desktop.devices.problems import ItemEmpty
from desktop.devices.refusal import refusal
from desktop.devices.source import ImportSource, MediaItem, whole
from desktop.intake.problems import NoteCutShort, NoteTooLarge
from desktop.intake.report import NoteLeft, NotesReport, Stopped
from desktop.problem import Cancelled, Problem
from desktop.records.facts.companions import Companion
from desktop.records.facts.ids import ImageId

COMPANION_AT_MOST: Final = 8 << 20
"""Bytes; what is larger is no note and no small picture, and does not belong into the records."""

_GROUP: Final = 25  # notes in one transaction
_HELD_AT_MOST: Final = COMPANION_AT_MOST  # bytes in memory before they are kept

KeepNotes = Callable[[Sequence[Companion]], Sequence[Companion]]
"""Puts notes on record, and gives back those that were not there yet."""


def keep_notes(
    *,
    source: ImportSource,
    taken: Sequence[tuple[MediaItem, ImageId]],
    keep: KeepNotes,
    stopped: Stopped,
    say: Callable[[str], None],
) -> NotesReport:
    """Keep the notes beside items that were received, each with its image. Raises nothing for what
    the world does: the report says of which images notes may be missing, and why. `say` hears the
    name of each note that is read."""
    trip = _Notes(source, keep, stopped, say)
    for place, (item, image) in enumerate(taken):
        try:
            trip.look_beside(item, image)
        except Problem as problem:
            if problem.ends_the_trip:
                trip.leave([item for item, _ in taken[place:]], problem)
                break
            trip.leave([item], problem)
    trip.keep()
    return trip.report


class _Notes:
    """One run of `keep_notes`."""

    def __init__(
        self,
        source: ImportSource,
        keep: KeepNotes,
        stopped: Stopped,
        say: Callable[[str], None],
    ) -> None:
        self.report = NotesReport()
        self._source = source
        self._keep = keep
        self._stopped = stopped
        self._say = say
        self._held: list[tuple[MediaItem, Companion]] = []

    def look_beside(self, item: MediaItem, image: ImageId) -> None:
        """Read what lies beside this one. Raises what ends the trip, and what keeps all notes of
        this item from being told."""
        if self._stopped():
            raise Cancelled
        for note in self._source.notes_beside(item):
            try:
                content = self._read(note)
            except ItemEmpty:
                continue  # it says nothing
            except Problem as problem:
                if problem.ends_the_trip:
                    raise
                self.leave([item], problem)
            else:
                kept = Companion(image=image, file_name=note.name, content=content)
                self._held.append((item, kept))
        size = sum(len(kept.content) for _, kept in self._held)
        if len(self._held) >= _GROUP or size >= _HELD_AT_MOST:
            self.keep()

    def keep(self) -> None:
        """Put on record what was read."""
        held, self._held = self._held, []
        if not held:
            return
        try:
            new = self._keep([one for _, one in held])
        except Problem as problem:
            self.leave([item for item, _ in held], problem)
        else:
            self.report.kept += len(new)
            self.report.images.update(one.image for one in new)

    def leave(self, items: Sequence[MediaItem], problem: Problem) -> None:
        """Say that notes on these may be missing."""
        self.report.left.extend(NoteLeft(item=item, problem=problem) for item in items)

    def _read(self, note: MediaItem) -> bytes:
        if (refused := refusal(note)) is not None:
            raise refused
        if note.size > COMPANION_AT_MOST:
            raise NoteTooLarge(name=note.name)
        self._say(note.name)
        content = whole(self._source, note)
        if len(content) != note.size:
            raise NoteCutShort(name=note.name)
        return content
