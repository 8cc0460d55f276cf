"""What the vault knows of one sealed original."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedOriginal:
    """An original that lies sealed on disk and was read back and matched.

    `name` is its random 128-bit name in hex; `size` and `sha256` are those of the plaintext;
    `wrapped_key` is its data key under the office's wrapping key, for the record row alone.
    """

    name: str
    size: int
    sha256: bytes
    wrapped_key: bytes
