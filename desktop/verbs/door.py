"""What the door asks while nobody is in. It loads no vault: one can type at the door before."""

from pathlib import Path

from desktop.records.vault import keyring_file
from desktop.verbs.problems import NoOffice

_RECORDS = "records.db"  # as in vault.py, which takes half a second to load


def office_exists(folder: Path) -> bool:
    """Whether the folder holds an office, even one that lost its keyring."""
    return keyring_file.exists(folder) or (folder / _RECORDS).exists()


def users_of(folder: Path) -> tuple[str, ...]:
    """Who can unlock the office. Raises NoOffice, KeyringMissing and KeyringDamaged."""
    if not office_exists(folder):
        raise NoOffice(folder=str(folder))
    return keyring_file.users(folder)
