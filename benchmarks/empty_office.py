"""A real office with one clerk and nothing in it, for a benchmark to fill by the verbs."""

import secrets
from pathlib import Path

from desktop.records.vault.keyring import LEAST_COST
from desktop.verbs.office import Office, create_office


def empty_office(folder: Path) -> Office:
    """It lies in the folder `office` below this one; its passwords cost as little as they may."""
    return create_office(
        folder / "office",
        organisation="Benchmark",
        user="clerk",
        password=secrets.token_hex(12),
        cost=LEAST_COST,
    ).office
