"""What a test tells the camera on loopback to do: each fault of a real device is one line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.unit.devices.ptp_card import EVERYTHING

ROOT_OF_IPHONE = 1
"""What current iPhones tell as the parent of what lies at the root (libgphoto2 issue 1254)."""

ROOT_OF_RICOH = EVERYTHING
"""The same of a Ricoh GR IV (libgphoto2 issue 1305)."""


@dataclass(kw_only=True)
class Script:
    """How the camera departs from a good one. Every line may be changed while it runs.

    Operations are `Operation` codes, and files are called by their names.
    """

    # Who comes in
    locked: bool = False
    """It answers, and shows no storage."""
    busy: bool = False
    """It takes no session: something else has it."""
    refused: set[int] = field(default_factory=set)
    """Operations that are answered with AccessDenied."""
    denied: set[str] = field(default_factory=set)
    """Files that are listed, and whose bytes are answered with AccessDenied."""

    # How it lists
    used: int = 8 << 30
    """Bytes that each storage says to be in use."""
    root_parent: int = 0
    """What it tells as the parent of what lies at the root; 0 is what the standard says."""
    not_told: set[str] = field(default_factory=set)
    """Objects whose ObjectInfo it fails to give, though it gave their handles."""

    # How it reads
    stops_at: int | None = None
    """No byte of a file beyond this offset is handed over, and that is called a success."""

    # How it answers
    delay: float = 0.0
    """Seconds before each answer."""
    silent_on: set[int] = field(default_factory=set)
    """Operations that are not answered for as long as they are in here."""
    unplug_after: int | None = None
    """Bytes that are sent before the connection is reset; the packet that passes it is cut."""
    unplug_before: int | None = None
    """The operation that it does not live to do."""
    unplug_instead_of_answering: int | None = None
    """The operation that it does, and does not live to answer."""

    # How it deletes
    protected: set[str] = field(default_factory=set)
    """Files that a person protected on the camera: listed as such, and not deleted."""
    read_only: bool = False
    """The lock of the card is on: nothing on it is deleted."""
    cannot_delete: bool = False
    """It announces no deletion, and has none."""
    lying_delete: bool = False
    """It answers OK and keeps the file."""
    greedy_delete: bool = False
    """Asked for one file, it deletes every one, and answers OK."""

    # What is put in its place
    swap_card_on: int | None = None
    """The operation before which, once, the card is changed for `other_card`."""
    other_card: Mapping[str, bytes] = field(
        default_factory=lambda: {"IMG_0001.JPG": b"\xff\xd8\xff of another patient"}
    )
    """The photos of the card that is put in."""
    tells_events: bool = True
    """It tells when a card or a photo comes or goes."""
    reuses_handles: bool = False
    """The objects of a new card have the handles that those of the old one had."""
