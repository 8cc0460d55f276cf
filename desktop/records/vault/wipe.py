"""Secrets are overwritten where they lay, as far as Python lets us."""


def wipe(*secrets: bytearray) -> None:
    """Overwrite each secret with zeros, in place; its length stays.

    What was typed (`str`), decoded images and copies inside the crypto library are out of reach:
    the strong form of a lock is that the process which holds the keys ends.
    """
    for secret in secrets:
        secret[:] = bytes(len(secret))
