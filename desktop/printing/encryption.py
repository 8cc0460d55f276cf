"""A PDF that only its passphrase opens: for files that are handed over."""

import io
import secrets

from desktop.printing.problems import PassphraseNotTypeable

LEAST = 12
"""Characters. Whoever has the file can try as often and as fast as their machine can."""


def check_typeable(passphrase: str) -> None:
    """Raise PassphraseNotTypeable for one that is short, or not of printable ASCII: readers differ
    in how a macron is typed, and a file that nobody can open is as good as lost."""
    if len(passphrase) < LEAST or not (passphrase.isascii() and passphrase.isprintable()):
        raise PassphraseNotTypeable(least=LEAST)


def encrypted(pdf: bytes, passphrase: str) -> bytes:
    """The same pages, AES-256 (ISO 32000-2, 7.6.4, revision 6), nothing readable without it.

    Raises PassphraseNotTypeable. Such a file is no PDF/A.
    """
    import pikepdf

    check_typeable(passphrase)
    sealed = io.BytesIO()
    # the owner's password would open it too, so it is one that nobody knows
    owner = secrets.token_urlsafe(32)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(sealed, encryption=pikepdf.Encryption(user=passphrase, owner=owner, R=6))
    return sealed.getvalue()
