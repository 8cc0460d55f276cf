"""The network cameras that somebody wanted to find again at this office: their addresses."""

from collections.abc import Sequence

from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def remembered_cameras(vault: Vault) -> Sequence[str]:
    """Their addresses, in the order in which they were first used."""
    with vault.look() as look:
        return look.settings.cameras()


def remember_camera(vault: Vault, *, address: str, by: Person) -> None:
    """Find this one again. Nothing is noted where it is remembered already. Raises NotAllowed."""
    before = remembered_cameras(vault)
    if address not in before:
        with vault.change() as change:
            change.settings.write_cameras([*before, address])
            change.note("network camera remembered", by=by, address=address)


def forget_camera(vault: Vault, *, address: str, by: Person) -> None:
    """Find it no more. Nothing is noted where it was not remembered. Raises NotAllowed."""
    before = remembered_cameras(vault)
    if address in before:
        with vault.change() as change:
            change.settings.write_cameras([one for one in before if one != address])
            change.note("network camera forgotten", by=by, address=address)
