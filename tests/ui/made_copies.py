"""Copies for the window without an office: what was asked for is kept, and a face is suggested."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from PIL import Image

from desktop.media.copier import Looked
from desktop.problem import Cancelled
from desktop.records.facts.copies import GivenOut, Mask, Removed
from desktop.records.facts.ids import ImageId
from desktop.ui.copies.verbs import CopyDone, CopyVerbs, CopyWish

FACE = Mask(left=0.4, top=0.2, width=0.2, height=0.3)


@dataclass
class MadeCopies:
    """`seconds` makes a film of it; with `waits` a copy lasts until it is stopped."""

    seconds: float | None = None
    pages: int = 1
    waits: bool = False
    looked: list[tuple[float, bool]] = field(default_factory=list)
    wishes: list[CopyWish] = field(default_factory=list)
    given: list[GivenOut] = field(default_factory=list)
    begun: Event = field(default_factory=Event)

    @property
    def verbs(self) -> CopyVerbs:
        return CopyVerbs(
            look=self._look, make=self._make, given=lambda _: self.given, user="Aroha Test"
        )

    def _look(self, image: ImageId, at: float, first: bool) -> Looked:
        self.looked.append((at, first))
        made = io.BytesIO()
        Image.new("RGB", (400, 300), (150, 120, 100)).save(made, "JPEG")
        sound = self.seconds is not None
        return Looked(
            picture=made.getvalue(),
            seconds=self.seconds,
            has_sound=sound,
            faces=(FACE,),
            pages=self.pages,
        )

    def _make(
        self, wish: CopyWish, tell: Callable[[float], None], stopped: Callable[[], bool]
    ) -> CopyDone:
        self.wishes.append(wish)
        tell(0.5)
        self.begun.set()
        while self.waits:
            if stopped():
                raise Cancelled
        return CopyDone(
            path=wish.folder / "image-0011.jpg", removed=(Removed.EXIF,), is_same_picture=True
        )
