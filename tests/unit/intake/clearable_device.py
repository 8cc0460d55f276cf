"""A device in memory that deletes, and that misbehaves in every way that was seen or feared.

Each session is a new `ClearingSource`, as with a real one. `Trouble` says what goes wrong and when;
deletions are counted over all sessions, so that a fault may come at any of them. What the device
truly holds is `held`, what was ever deleted from it `deleted`, and what it was told to delete
`orders`: a test compares what the office
claims with these.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop.devices.problems import (
    AccessDenied,
    ClearingRefused,
    DeleteRefused,
    ItemGone,
    ItemProtected,
    NotTheImportedItem,
    SourceGone,
)
from desktop.devices.source import Compared, MediaItem, SourceInfo, unheard
from desktop.records.facts.capture import Route

PHONE = SourceInfo(id="ptp:usb:001,004", route=Route.PTP, name="Pixel 8")
Place = tuple[str, str]
"""Folder and name."""


@dataclass(kw_only=True)
class Trouble:
    """What goes wrong; the numbers count the deletions that were asked for, from 0."""

    lies_from: int | None = None
    """Says yes from this deletion on, and deletes nothing."""
    wipes_at: int | None = None
    """Deletes everything at this one, as libgphoto2 can (facts, section 0)."""
    takes_another_at: int | None = None
    """Deletes another file in its place, as a name matched by its beginning does."""
    gone_at: int | None = None
    """Is unplugged instead of this deletion, and stays so."""
    gone_after: int | None = None
    """Is unplugged right after this deletion was done."""
    swapped_at: int | None = None
    """Another card is in its place from this deletion on."""
    deletes_and_denies_at: int | None = None
    """Deletes it, and answers that it did not."""
    unlisted_from: int | None = None
    """From this session on, counted from 1, no folder of it can be listed, and it says so."""
    swapped_in_listing: int | None = None
    """Another card is in its place when this session lists it; a moment before it was not."""
    denies_all: bool = False
    protected: frozenset[Place] = frozenset()
    denied: frozenset[Place] = frozenset()
    keeps_beside: frozenset[Place] = frozenset()
    """Small files beside an image of which it says that it deleted them, and did not."""
    changed: frozenset[Place] = frozenset()
    """Replaced by other content of the same size after it was received."""


@dataclass
class Device:
    """What is really on it. `other_card` is what takes its place when it is swapped."""

    held: dict[Place, bytes]
    trouble: Trouble = field(default_factory=Trouble)
    other_card: dict[Place, bytes] = field(default_factory=dict)
    deleted: list[tuple[Place, bytes]] = field(default_factory=list)
    orders: list[tuple[Place, bytes]] = field(default_factory=list)
    beside: dict[Place, bytes] = field(default_factory=dict)
    asked: int = 0
    is_gone: bool = False
    is_swapped: bool = False
    sessions: int = 0

    def __post_init__(self) -> None:
        for place in self.trouble.changed:
            if place in self.held:
                self.held[place] = bytes(256 - byte - 1 for byte in self.held[place])

    def open(self) -> "Session":
        """A fresh session."""
        if self.is_gone:
            raise SourceGone(source=PHONE.name)
        self.sessions += 1
        return Session(self)

    @property
    def card(self) -> dict[Place, bytes]:
        """What is in the slot now."""
        return self.other_card if self.is_swapped else self.held

    def delete(self, place: Place) -> None:
        """What happens when a deletion is asked for, as this device does it."""
        now, self.asked = self.asked, self.asked + 1
        trouble = self.trouble
        if trouble.gone_at == now:
            self.is_gone = True
            raise SourceGone(source=PHONE.name)
        if trouble.lies_from is None or now < trouble.lies_from:
            self._really_delete(place, wipe=trouble.wipes_at == now, at=now)
        if trouble.gone_after == now:
            self.is_gone = True
        if trouble.deletes_and_denies_at == now:
            raise DeleteRefused(name=place[1], reason="general error")

    def delete_beside(self, place: Place, sha256: bytes) -> None:
        """The same of a small file beside an image."""
        assert hashlib.sha256(self.beside[place]).digest() == sha256
        if place not in self.trouble.keeps_beside:
            del self.beside[place]

    def _really_delete(self, place: Place, *, wipe: bool, at: int) -> None:
        going = [place]
        if wipe:
            going = list(self.card)
        elif self.trouble.takes_another_at == at:
            going = [other for other in self.card if other != place][:1] or [place]
        for one in going:
            self.deleted.append((one, self.card.pop(one)))


class Session:
    """One session with the device; a `ClearingSource`."""

    info = PHONE

    def __init__(self, device: Device) -> None:
        self._device = device

    def items(self) -> Iterator[MediaItem]:
        self._present()
        if self._device.sessions == self._device.trouble.swapped_in_listing:
            self._device.is_swapped = True
        from_ = self._device.trouble.unlisted_from
        if from_ is not None and self._device.sessions >= from_:
            yield replace(_item(("", "DCIM"), b""), problem="this folder cannot be opened")
            return
        for place, content in sorted(self._device.card.items()):
            yield _item(place, content)

    def read_into(self, item: MediaItem, offset: int, buffer: memoryview) -> int:
        self._present()
        place = _place(item)
        content = self._device.card.get(place, self._device.beside.get(place))
        if content is None:
            raise ItemGone(name=item.name)
        part = content[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        return len(part)

    def thumbnail(self, item: MediaItem) -> bytes | None:
        return None

    def notes_beside(self, item: MediaItem) -> Sequence[MediaItem]:
        return self.companions(item)

    def check_clearing(self) -> None:
        if self._device.trouble.denies_all:
            raise ClearingRefused(source=PHONE.name, reason="its system does not allow it")

    def identity(self) -> str:
        return "another card" if self._device.is_swapped else "the card"

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        self._present()
        stem = item.name.rpartition(".")[0]
        return [
            _item(place, content)
            for place, content in self._device.beside.items()
            if place[0] == item.folder and place[1].rpartition(".")[0] == stem
        ]

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """Does what the contract asks of a source: compare all of it, then delete this one."""
        self._present()
        device, place = self._device, _place(item)
        if place in device.beside:
            device.delete_beside(place, sha256)
            return
        if device.trouble.swapped_at == device.asked:
            device.is_swapped = True
        if place not in device.card:
            raise ItemGone(name=item.name)
        if place in device.trouble.denied:
            raise AccessDenied(name=item.name)
        if hashlib.sha256(device.card[place]).digest() != sha256:
            raise NotTheImportedItem(name=item.name)
        if place in device.trouble.protected:
            raise ItemProtected(name=item.name)
        if not item.size:
            raise DeleteRefused(name=item.name, reason="empty")
        compared(item.size)
        device.orders.append((place, device.card[place]))
        device.delete(place)

    def close(self) -> None:
        pass

    def _present(self) -> None:
        if self._device.is_gone:
            raise SourceGone(source=PHONE.name)


def _item(place: Place, content: bytes) -> MediaItem:
    return MediaItem(
        key="?".join(place),
        folder=place[0],
        name=place[1],
        size=len(content),
        modified_local=None,
    )


def _place(item: MediaItem) -> Place:
    return item.folder, item.name
