"""A source and keep verbs held in memory: what the trip decides is seen without a disk."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from desktop.devices.source import MediaItem, SourceInfo
from desktop.intake.receiving import KeepVerbs, Reading, Sealed
from desktop.intake.report import Stopped
from desktop.media.describer import Described
from desktop.problem import Cancelled, Problem
from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import (
    Arrival,
    ClinicalImage,
    Description,
    ImageState,
    MediaKind,
)
from desktop.records.facts.ids import ImageId, new_uuid
from desktop.records.facts.sealed import SealedOriginal

CARD = SourceInfo(id="folder:card", route=Route.CARD, name="Card")


def item(name: str, size: int, problem: str | None = None) -> MediaItem:
    return MediaItem(
        key=name, folder="DCIM", name=name, size=size, modified_local=None, problem=problem
    )


@dataclass
class MemorySource:
    """Hands out what it holds, in blocks; `fail` names what raises, `short` what stops early."""

    held: dict[str, bytes]
    fail: dict[str, Problem] = field(default_factory=dict)
    short: frozenset[str] = frozenset()
    block: int = 1000
    info: SourceInfo = CARD

    def items(self) -> Iterator[MediaItem]:
        for name, content in self.held.items():
            yield item(name, len(content))

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        if item.name in self.fail:
            raise self.fail[item.name]
        content = self.held[item.name]
        if item.name in self.short:
            content = content[: len(content) // 2]
        part = content[offset : offset + min(len(buffer), self.block)]
        buffer[: len(part)] = part
        return len(part)

    def thumbnail(self, item: MediaItem) -> bytes | None:
        return None

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        return ()

    def close(self) -> None:
        pass


@dataclass
class MemoryVault:
    """Keep verbs that remember; duplicates are known by hash; `settle_fails` after so many."""

    images: dict[bytes, ClinicalImage] = field(default_factory=dict)
    commits: list[int] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    settle_problem: Callable[[int], Problem | None] = lambda _: None
    _settled: int = 0

    def verbs(self) -> KeepVerbs:
        return KeepVerbs(
            seal=self.seal,
            receive=self.receive,
            describe=self.describe,
            put_on_record=self.note,
            at_once=2,
        )

    def seal(self, reading: Reading, stopped: Stopped) -> Sealed:
        size, content = reading.size, bytearray()
        buffer = memoryview(bytearray(4096))
        while len(content) < size:
            if stopped():
                raise Cancelled
            got = reading.read_at(len(content), buffer[: size - len(content)])
            content += buffer[:got]

        def settle() -> SealedOriginal:
            self._settled += 1
            if problem := self.settle_problem(self._settled):
                raise problem
            return SealedOriginal(
                name=hashlib.md5(content, usedforsecurity=False).hexdigest(),
                size=size,
                sha256=hashlib.sha256(content).digest(),
                wrapped_key=b"",
            )

        return Sealed(settle)

    def receive(
        self, settled: Sequence[tuple[SealedOriginal, Arrival]]
    ) -> Sequence[tuple[ClinicalImage, bool]]:
        self.commits.append(len(settled))
        return [self._receive(sealed, arrival) for sealed, arrival in settled]

    def describe(self, image: ClinicalImage) -> Described:
        self.described.append(image.arrival.file_name)
        seen = Description(kind=MediaKind.PHOTO, media_type="image/jpeg")
        return Described(description=seen, thumbnail=None)

    def note(self, seen: Sequence[tuple[ImageId, Described]]) -> Sequence[ClinicalImage]:
        found = {image: one.description for image, one in seen}
        for sha256, image in self.images.items():
            if image.id in found:
                self.images[sha256] = replace(image, description=found[image.id])
        return [image for image in self.images.values() if image.id in found]

    def _receive(self, sealed: SealedOriginal, arrival: Arrival) -> tuple[ClinicalImage, bool]:
        if known := self.images.get(sealed.sha256):
            return known, True
        image = ClinicalImage(
            id=ImageId(new_uuid()),
            state=ImageState.RECEIVED,
            size=sealed.size,
            sha256=sealed.sha256,
            arrival=arrival,
            received_at=datetime.now(UTC),
            received_by="Clerk",
            description=None,
            patient=None,
            photographer=None,
            taken=None,
            mode=None,
            purposes=frozenset(),
            consent=None,
            site="",
            missing=(),
            filed_at=None,
            filed_by=None,
        )
        self.images[sealed.sha256] = image
        return image, False
