"""The frames of a film that stand on paper: kept encrypted as previews are, so that a second page
of it decodes nothing."""

import struct

from desktop.media.description_wire import BadReply
from desktop.media.storyboard import Storyboard
from desktop.media.untrusted import Untrusted
from desktop.media.worker_answers import storyboard_of as checked
from desktop.media.worker_messages import Message
from desktop.records.deeds.previews import keep_preview, kept_preview
from desktop.records.facts.ids import ImageId
from desktop.verbs.office import Office

_HEAD = struct.Struct(">II")
"""Before each frame: its time in milliseconds, and how many bytes its JPEG has."""


def storyboard_of(
    office: Office, *, image: ImageId, untrusted: Untrusted, count: int, longest: int
) -> Storyboard | None:
    """Up to `count` frames of the film, none larger than `longest` a side; None where none can be
    decoded. The caller has opened the original, and answers for the line in the trail."""
    kind = f"storyboard of {count} at {longest}"
    kept = kept_preview(office.vault, image=image, kind=kind)
    board = _unpacked(kept, count=count, longest=longest) if kept is not None else None
    if board is None:
        board = office.describer.storyboard(untrusted, count=count, longest=longest)
        if board is not None:
            keep_preview(office.vault, image=image, kind=kind, content=_packed(board))
    return board


def _packed(board: Storyboard) -> bytes:
    pieces = []
    for frame in board.frames:
        pieces += [_HEAD.pack(frame.at_ms, len(frame.picture.jpeg)), frame.picture.jpeg]
    return b"".join(pieces)


def _unpacked(kept: bytes, *, count: int, longest: int) -> Storyboard | None:
    """None where it is not what was kept: it is made again then."""
    at, jpegs, place = [], [], 0
    while place + _HEAD.size <= len(kept):
        when, size = _HEAD.unpack_from(kept, place)
        at.append(when)
        jpegs.append(kept[place + _HEAD.size : place + _HEAD.size + size])
        place += _HEAD.size + size
    try:
        return checked(Message(facts={"at": at}, blobs=tuple(jpegs)), count=count, longest=longest)
    except BadReply:
        return None
