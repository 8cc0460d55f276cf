"""Every page of a records file and of its journal, decrypted: what a thief with the key could see.

SQLCipher 4: pages of 4096 bytes, AES-256-CBC, the initialisation vector in the last 80 bytes.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, RESERVED, SALT = 4096, 80, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def opened(records: Path, key: bytes) -> bytes:
    """All pages, free ones and those of the journal too, one after another in the clear."""
    pages = [_page(piece, key, is_first=n == 0) for n, piece in enumerate(_pieces(records))]
    journal = records.with_name(records.name + "-wal")
    content = journal.read_bytes()[WAL_HEADER:] if journal.exists() else b""
    step = FRAME_HEADER + PAGE
    for start in range(0, len(content) - step + 1, step):
        number = int.from_bytes(content[start : start + 4], "big")
        page = content[start + FRAME_HEADER : start + step]
        pages.append(_page(page, key, is_first=number == 1))
    return b"".join(pages)


def _pieces(records: Path) -> list[bytes]:
    content = records.read_bytes()
    return [content[start : start + PAGE] for start in range(0, len(content), PAGE)]


def _page(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    vector = page[PAGE - RESERVED :][:16]
    sealed = page[SALT if is_first else 0 : PAGE - RESERVED]
    reader = Cipher(AES(key), CBC(vector)).decryptor()
    return reader.update(sealed) + reader.finalize()
