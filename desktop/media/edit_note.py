"""What an iPhone's note of an edit (AAE, a property list) says of itself: who wrote it, and when.

What was edited is a format of Apple's own and is not read.
"""

import plistlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from desktop.media.description_wire import BadReply
from desktop.media.worker import News
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message
from desktop.records.facts.companions import EditNote

NOTE_AT_MOST: Final = 256 << 10
"""Bytes; a longer one is kept, and not read: a binary list may name the same parts again and again,
and the time that costs grows with the square of its size."""

_EDITOR: Final = re.compile(r"[A-Za-z0-9._-]{0,100}")
_FORMAT, _BY, _AT = (
    "adjustmentFormatIdentifier",
    "adjustmentEditorBundleID",
    "adjustmentTimestamp",
)
_YEARS: Final = range(2000, 2100)


def edit_note(file: WorkerFile, facts: Mapping[str, object], news: News) -> Message:
    """The answer has `editor`, and `at` as an ISO moment in UTC or None; nothing where this is no
    note of an edit. Raises whatever a broken list makes the parser raise."""
    if file.size > NOTE_AT_MOST:
        return Message(facts={})
    said = plistlib.loads(file.whole())
    if not isinstance(said, dict) or not isinstance(said.get(_FORMAT), str):
        return Message(facts={})
    editor, at = said.get(_BY), said.get(_AT)
    is_sound = isinstance(editor, str) and _EDITOR.fullmatch(editor) is not None
    is_timed = isinstance(at, datetime) and at.year in _YEARS
    return Message(
        facts={
            "editor": editor if is_sound else "",
            "at": at.replace(tzinfo=UTC).isoformat() if is_timed and at is not None else None,
        }
    )


def rehearse_notes(news: News) -> None:
    """Read one of each form, as text and binary: what the parser loads on its way is then there."""
    said = {_FORMAT: "rehearsal", _BY: "rehearsal", _AT: datetime(2001, 1, 1)}  # noqa: DTZ001
    for form in (plistlib.FMT_XML, plistlib.FMT_BINARY):
        whole = plistlib.dumps(said, fmt=form)
        edit_note(WorkerFile(len(whole), whole=whole), {}, news)


def read_edit_note(facts: Mapping[str, object]) -> EditNote | None:
    """The note that the worker's answer tells of. Raises BadReply for what no sound worker says."""
    if not facts:
        return None
    editor, at = facts.get("editor"), facts.get("at")
    if not isinstance(editor, str) or _EDITOR.fullmatch(editor) is None:
        raise BadReply("an editor")
    if at is None:
        return EditNote(editor=editor, at=None)
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        raise BadReply("a moment") from None
    if moment.utcoffset() is None or moment.year not in _YEARS:
        raise BadReply("a moment")
    return EditNote(editor=editor, at=moment)
