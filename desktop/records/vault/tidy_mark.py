"""The mark of a tidy close: among the originals lies nothing unfinished and nothing without a row.

It is written last and taken away first, so that whatever happens in between leaves none. It holds
for one end of the trail and for the folders as they were then: with an older copy of the records
put back, another copy of the originals, or one file more or less in them, it holds no longer.
"""

import hashlib
from pathlib import Path

from desktop.records.facts.anchor import Anchor
from desktop.records.vault.durable import disk_faults_told, replace_file, sync_folder

FILE = "tidy.mark"


def proof_of(head: Anchor | None, state: bytes) -> bytes:
    """What a mark holds: nothing can be read out of it."""
    said = f"chartroom/1/tidy/{head.seq}/{head.mac.hex()}/" if head else "chartroom/1/tidy/"
    return hashlib.sha256(said.encode() + state).digest()


def leave_mark(folder: Path, proof: bytes) -> None:
    """Leave it for the next opening. Raises DiskFull or DiskFailed."""
    with disk_faults_told(folder):
        replace_file(folder / FILE, proof)


def take_mark(folder: Path) -> bytes:
    """What the last close left, empty if nothing; gone for good when this returns. Raises
    DiskFailed."""
    with disk_faults_told(folder):
        try:
            proof = (folder / FILE).read_bytes()
        except FileNotFoundError:
            return b""
        (folder / FILE).unlink()
        sync_folder(folder)
    return proof
