#!/usr/bin/env python3
"""Opens an encrypted archive of clinical images without the program that made it.

    pip install cryptography            (44 or newer; nothing else is needed)
    python3 open_archive.py FILE FOLDER [PASSPHRASE-FILE]

FILE is the archive, FOLDER a folder that does not exist yet. The passphrase is the first line of
PASSPHRASE-FILE, or is asked for. FOLDER is there when every byte was proved, or not at all.

The file begins with 108 bytes, numbers big-endian:
   0  CRSA, then the bytes 1, 1, 18, 1     20  salt, 16 bytes
   8  Argon2id memory in KiB, 4 bytes      36  nonce prefix, 7 bytes, and a zero
  12  passes, 4 bytes                      44  SHA-256 of bytes 0 to 43
  16  lanes, 4 bytes                       76  HMAC-SHA256 of bytes 0 to 75
Argon2id of the passphrase (NFC, UTF-8) gives 64 bytes: an AES-256 key and the key of the HMAC.
Segments of 262,144 bytes and a tag of 16 follow, the last one shorter or as long: AES-256-GCM with
the 108 bytes as associated data and the nonce prefix, number in 4 bytes from 0, 1 if last or 0.
Inside is a tar.
"""

import getpass
import hashlib
import hmac
import os
import shutil
import struct
import sys
import tarfile
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SEGMENT = 262144 + 16


def opened(file, passphrase):
    """The plaintext, a segment at a time; ValueError says in words what is wrong."""
    header = file.read(108)
    if len(header) < 108 or header[:8] != b"CRSA\x01\x01\x12\x01":
        raise ValueError("This is no encrypted archive, or not one of version 1.")
    if hashlib.sha256(header[:44]).digest() != header[44:76]:
        raise ValueError("The beginning of the file is damaged; fetch another copy of it.")
    memory, passes, lanes, salt, prefix = struct.unpack(">III16s7sx", header[8:44])
    if not (65536 <= memory <= 1048576 and 2 <= passes <= 16 and 1 <= lanes <= 16):
        raise ValueError("The key of this file costs less or more than can be meant.")
    kdf = Argon2id(salt=salt, length=64, iterations=passes, lanes=lanes, memory_cost=memory)
    keys = kdf.derive(unicodedata.normalize("NFC", passphrase).encode())
    if not hmac.compare_digest(hmac.digest(keys[32:], header[:76], "sha256"), header[76:]):
        raise ValueError("This is not the passphrase of this file.")
    gcm, index, sealed, last = AESGCM(keys[:32]), 0, file.read(SEGMENT), False
    while not last:
        following = file.read(SEGMENT)
        last = not following
        try:
            plain = gcm.decrypt(prefix + struct.pack(">IB", index, last), sealed, header)
        except InvalidTag:
            what = f"Segment {index + 1} is damaged, or the file is cut short there"
            raise ValueError(what + "; fetch another copy of it.") from None
        yield plain
        index, sealed = index + 1, following


class Reader:
    """The plaintext as tarfile wants to read it."""

    def __init__(self, segments):
        self.segments, self.rest = segments, b""

    def read(self, size):
        """Up to `size` bytes; none at the end only."""
        self.rest = self.rest or next(self.segments, b"")
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece


def unpack(reader, folder):
    """Write the files of the tar."""
    with tarfile.open(fileobj=reader, mode="r|", encoding="utf-8") as tar:
        for entry in tar:
            parts = entry.name.split("/")
            if not entry.isfile() or {"", ".", ".."} & set(parts) or set("\\:") & set(entry.name):
                raise ValueError(f"{entry.name} has no place in an archive.")
            path = os.path.join(folder, *parts)
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            with open(path, "xb") as out:
                shutil.copyfileobj(tar.extractfile(entry), out)
    for _ in reader.segments:  # only the last segment proves that nothing was cut off
        continue


def main(file_name, folder, passphrase_file=None):
    """Open one archive."""
    part = folder.rstrip("/\\") + ".part"
    if os.path.lexists(folder) or os.path.lexists(part):
        sys.exit(f"{folder} or {part} is there already.")
    try:
        if passphrase_file:
            with open(passphrase_file, encoding="utf-8-sig") as file:
                passphrase = file.readline().rstrip("\r\n")
        else:
            passphrase = getpass.getpass("Passphrase: ")
        os.mkdir(part, mode=0o700)
        with open(file_name, "rb") as file:
            unpack(Reader(opened(file, passphrase)), part)
        os.rename(part, folder)
    except (OSError, ValueError, tarfile.TarError) as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    print(f"Opened. To check it: python3 {folder}/check_archive.py")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("python3 open_archive.py FILE FOLDER [PASSPHRASE-FILE]")
    main(*sys.argv[1:])
