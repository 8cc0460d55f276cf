"""What the viewer needs to be handed; the composition root fills it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.companions import KeptCompanion
from desktop.records.facts.depiction import LaidScale, Scale
from desktop.records.facts.ids import ImageId
from desktop.records.facts.media import TieKind
from desktop.ui.viewer.playing import Playing, Speaker

Box = tuple[int, int, int, int]
"""Left, top, width and height, in pixels of the upright original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerVerbs:
    """All block and run in a lane; all raise problems and nothing else for what the world does.

    `picture` gives an upright JPEG of at most so many pixels a side that went through the sandbox,
    or None; it is a look at a record and stands in the trail. `part` gives a part of the same
    picture likewise, and `frame` the one of a film at so many seconds; both belong to the look that
    `picture` was. `play` opens a film or recording;
    it is one look, however long it is played, and is to be closed. It is heard by `loudspeaker`.
    `waveform` says how loud each of so many even parts of a recording is, 0 to 1, and nothing where
    that cannot be told; it belongs to the look that `play` was.
    `ties` are the images that belong to one, `notes` the notes that came with it.
    `scale` is what a person laid on it last, or None; `lay_scale` puts another on record.
    """

    picture: Callable[[ImageId, int], bytes | None]
    part: Callable[[ImageId, Box, int], bytes | None]
    frame: Callable[[ImageId, float, int], bytes | None]
    play: Callable[[ImageId], Playing]
    loudspeaker: Callable[[], Speaker]
    waveform: Callable[[ImageId, int], Sequence[float]]
    ties: Callable[[ImageId], Sequence[tuple[TieKind, ClinicalImage]]]
    notes: Callable[[ImageId], Sequence[KeptCompanion]]
    scale: Callable[[ImageId], LaidScale | None]
    lay_scale: Callable[[ImageId, Scale], LaidScale]
