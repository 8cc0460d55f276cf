"""Whether the journal that a crash left behind is still what was acknowledged.

SQLite reads a journal up to the first frame whose checksum fails and forgets the rest, for a power
cut tears the last transaction. A frame that fails in the middle forgets acknowledged transactions
in silence: every transaction was on the drive before the next one began. That is damage.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.records.vault.durable import disk_faults_told
from desktop.records.vault.refusals import RecordsDamaged

_HEADER, _FRAME = 32, 24  # SQLite, "Database File Format", section 4: the write-ahead log
_MAGIC = 0x377F0682  # its last bit says how the words of the checksums lie
_WORD = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """One page in a journal: whether it is of this journal, ends a transaction, and is whole."""

    is_ours: bool
    is_commit: bool
    is_whole: bool


def check_journal(records: Path) -> None:
    """Read the journal beside a records file that nobody has open.

    Raises RecordsDamaged where a transaction before the last one is not what was written, and
    DiskFailed. Damage to the last one looks like a torn, unacknowledged transaction.
    """
    journal = records.with_name(records.name + "-wal")
    with disk_faults_told(records.parent):
        content = journal.read_bytes() if journal.is_file() else b""
    if len(content) <= _HEADER or not any(content[:_HEADER]):
        return
    broken = ended = False
    for frame in _frames(content):
        if ended and frame.is_ours:
            raise RecordsDamaged(file=journal.name)
        broken = broken or not frame.is_whole
        ended = ended or (broken and frame.is_ours and frame.is_commit)


def _frames(content: bytes) -> Iterator[_Frame]:
    """Every frame in the order of the file. A header that is not whole vouches for none."""
    magic, _, page = struct.unpack_from(">3I", content)
    order = ">" if magic & 1 else "<"
    salts = content[16:24]
    sums = _summed((0, 0), content[:24], order)
    chain = magic & ~1 == _MAGIC and sums == struct.unpack_from(">2I", content, 24)
    if not chain:
        yield _Frame(is_ours=True, is_commit=True, is_whole=False)
    size = page if 512 <= page <= 65536 else 4096
    for start in range(_HEADER, len(content) - _FRAME - size + 1, _FRAME + size):
        head = content[start : start + _FRAME]
        is_ours = head[8:16] == salts or not chain
        if chain and is_ours:
            sums = _summed(sums, head[:8], order)
            sums = _summed(sums, content[start + _FRAME : start + _FRAME + size], order)
            chain = sums == struct.unpack_from(">2I", head, 16)
        else:
            chain = False
        yield _Frame(is_ours=is_ours, is_commit=any(head[4:8]), is_whole=chain)


def _summed(sums: tuple[int, int], data: bytes, order: str) -> tuple[int, int]:
    """SQLite's checksum over pairs of words, gone on from `sums`."""
    first, second = sums
    for one, other in struct.iter_unpack(f"{order}2I", data):
        first = (first + one + second) & _WORD
        second = (second + other + first) & _WORD
    return first, second
