"""The file of a keyring: its slots as they are stored, whole ones and damaged ones.

A file in which the system keeps somebody's key says version 2: an older Chartroom does not know
that kind of slot, and would leave it behind when it takes a person off. It refuses the file
instead, in words. Every other file says version 1 and can be read by all of them.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from desktop.records.facts.ids import OfficeId
from desktop.records.vault.durable import disk_faults_told, replace_file
from desktop.records.vault.key_slot import KeySlot, SlotKind, read_slot, unwrap
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import KeyringDamaged, KeyringMissing, KeyringTooNew

FILE, PREVIOUS = "keyring.json", "keyring.previous.json"
_FORMAT, _PLAIN, _WITH_SYSTEM = "chartroom keyring", 1, 2
Fits = Callable[[KeySlot], bool]


class KeyringFile:
    """A keyring as it was read: its slots, whole ones and damaged ones."""

    def __init__(self, folder: Path, *, office: OfficeId, stored: list[object]) -> None:
        self.office = office
        self._folder = folder
        self._read = [(entry, read_slot(entry, office=office)) for entry in stored]

    @property
    def is_damaged(self) -> bool:
        """Whether an entry is not what was written."""
        return any(slot is None for _, slot in self._read)

    @property
    def slots(self) -> list[KeySlot]:
        """The whole slots. Raises KeyringDamaged if there is no other kind."""
        slots = [slot for _, slot in self._read if slot is not None]
        if not slots:
            raise damaged(self._folder)
        return slots

    def open(self, fits: Fits, secret: bytearray) -> OfficeKey | None:
        """What the first fitting slot gives; a damaged slot might have been the one meant."""
        fitting = [slot for slot in self.slots if fits(slot)]
        if not fitting and self.is_damaged:
            raise damaged(self._folder)
        for slot in fitting:
            key = unwrap(slot, secret=secret)
            if key is not None:
                return key
        return None

    def has(self, fits: Fits) -> bool:
        """Whether a whole slot fits."""
        return any(slot is not None and fits(slot) for _, slot in self._read)

    def without(self, *fits: Fits) -> list[object]:
        """The other entries as they were stored, damaged ones included."""
        return [
            entry
            for entry, slot in self._read
            if slot is None or not any(one(slot) for one in fits)
        ]


def exists(folder: Path) -> bool:
    """Whether the folder holds an office, even one whose keyring was lost but for its last copy."""
    return (folder / FILE).exists() or (folder / PREVIOUS).exists()


def users(folder: Path) -> tuple[str, ...]:
    """The names of those who have a password, in the order in which they were given one.

    Raises KeyringMissing, KeyringDamaged, KeyringTooNew.
    """
    keyring = read_keyring(folder)
    names = tuple(slot.user for slot in keyring.slots if slot.kind is SlotKind.PASSWORD)
    if not names and keyring.is_damaged:
        raise damaged(folder)
    return names


def read_keyring(folder: Path) -> KeyringFile:
    """The keyring of an office. Raises KeyringMissing, KeyringDamaged, KeyringTooNew."""
    path = folder / FILE
    with disk_faults_told(folder):
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise KeyringMissing(folder=str(folder)) from None
    try:
        stored = json.loads(content)
    except ValueError:
        raise damaged(folder) from None
    if not isinstance(stored, Mapping) or stored.get("format") != _FORMAT:
        raise damaged(folder)
    version, slots = stored.get("version"), stored.get("slots")
    if isinstance(version, int) and version > _WITH_SYSTEM:
        raise KeyringTooNew(file=str(path))
    if version not in (_PLAIN, _WITH_SYSTEM) or not isinstance(slots, list):
        raise damaged(folder)
    try:
        office = OfficeId(UUID(stored.get("office")))
    except (ValueError, TypeError, AttributeError):
        raise damaged(folder) from None
    return KeyringFile(folder, office=office, stored=slots)


def keyring_of_office(folder: Path, key: OfficeKey) -> KeyringFile:
    """As `read_keyring`; ValueError where the key is another office's."""
    keyring = read_keyring(folder)
    if keyring.office != key.office:
        raise ValueError("this key belongs to another office")
    return keyring


def keyring_content(office: OfficeId, slots: Sequence[object]) -> bytes:
    """The file that holds these entries."""
    has_system = any(
        isinstance(slot, Mapping) and slot.get("kind") == SlotKind.SYSTEM.value for slot in slots
    )
    version = _WITH_SYSTEM if has_system else _PLAIN
    document = {"format": _FORMAT, "version": version, "office": str(office), "slots": slots}
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def replace_both(folder: Path, content: bytes) -> None:
    """Leave no slot behind in the previous copy that must not open any more."""
    with disk_faults_told(folder):
        replace_file(folder / FILE, content)
        replace_file(folder / PREVIOUS, content)


def slot_of(user: str, kind: SlotKind) -> Fits:
    """Fits the slots of this kind that are this person's; case and surplus spaces do not matter."""
    wanted = clean_name(user).casefold()
    return lambda slot: slot.kind is kind and slot.user.casefold() == wanted


def clean_name(user: str) -> str:
    """A name as a slot has it: composed, one space between words."""
    return " ".join(unicodedata.normalize("NFC", user).split())


def damaged(folder: Path) -> KeyringDamaged:
    """The problem of a keyring that is not what was written."""
    return KeyringDamaged(file=str(folder / FILE), previous=str(folder / PREVIOUS))
