"""One workstation: the office that is open on it, if one is, and the sources that are open.

Heavy rooms are imported when a verb first needs them, in the lane that runs it: a window must be
ready to type in before the vault is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Condition
from typing import TYPE_CHECKING, ClassVar, Protocol

from desktop.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.records.vault.keyring import KeyCost
    from desktop.settings import Settings
    from desktop.verbs.office import NewOffice, Office
    from desktop.verbs.open_sources import OpenSources
    from desktop.verbs.opening import Opening

_GRACE = 1.0
"""Seconds that a lock gives to whoever borrows the office: a photo takes a tenth of it."""


class Closes(Protocol):
    """What holds an original open for longer than one call."""

    def stop(self) -> None:
        """End what it is at, without waiting."""
        ...

    def close(self) -> None:
        """Let go of it. Twice is safe, and so is any lane."""
        ...


@dataclass(unsafe_hash=True)
class OfficeLocked(Problem):
    """A verb that was still waiting when the office was locked."""

    words: ClassVar[str] = "The office was locked meanwhile. Unlock it and do this again."
    ends_the_trip: ClassVar[bool] = True


class Workstation:
    """Opens and locks the office; every verb borrows it with `using`. Safe from any lane."""

    def __init__(self, settings: Settings, *, cost: KeyCost | None = None) -> None:
        self.settings = settings
        self._cost = cost
        self._office: Office | None = None
        self._sources: OpenSources | None = None
        self._changed = Condition()
        self._users = 0
        self._until_lock: list[Closes] = []
        self.is_filing = False
        """Whether images pass through the tray just now, on their way into a record."""
        self.opening: Opening | None = None
        """What was fetched when the office was opened; None where nobody asked for it."""

    @property
    def office(self) -> Office:
        """The open office. Raises OfficeLocked."""
        if self._office is None:
            raise OfficeLocked
        return self._office

    @property
    def is_open(self) -> bool:
        """Whether an office is open."""
        return self._office is not None

    @property
    def sources(self) -> OpenSources:
        """The sources of the open office. Raises OfficeLocked."""
        if self._sources is None:
            raise OfficeLocked
        return self._sources

    @contextmanager
    def using(self) -> Iterator[Office]:
        """Borrow the office: a lock waits until it is given back. Raises OfficeLocked."""
        with self._changed:
            office = self.office
            self._users += 1
        try:
            yield office
        finally:
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    def until_lock(self, held: Closes) -> None:
        """Close this before the keys go, unless it was `let_go_of` by then."""
        with self._changed:
            self._until_lock.append(held)

    def let_go_of(self, held: Closes) -> None:
        """It is closed already."""
        with self._changed:
            self._until_lock = [one for one in self._until_lock if one is not held]

    def exists(self) -> bool:
        """Whether there is an office in the folder of the settings."""
        from desktop.verbs.door import office_exists

        return office_exists(self.settings.office)

    def get_ready(self) -> None:
        """Load what opens an office, while somebody still types."""
        import desktop.verbs.office  # noqa: F401

    def users(self) -> tuple[str, ...]:
        """Who can unlock it."""
        from desktop.verbs.door import users_of

        return users_of(self.settings.office)

    def unlock(self, user: str, password: str, new_password: str = "") -> None:
        """Open the office. Raises WrongPassword, PasswordMustChange and what opening raises."""
        from desktop.records.vault.keyring import STANDARD_COST
        from desktop.verbs.office import open_office

        opened = open_office(
            self.settings.office,
            user=user,
            password=password,
            new_password=new_password,
            cost=self._cost or STANDARD_COST,
        )
        self.take_over(opened)

    def recover(self, recovery: str, user: str, password: str) -> None:
        """Open the office with its recovery key, and give `user` a new password."""
        from desktop.verbs.office import recover_office

        opened = recover_office(
            self.settings.office, recovery=recovery, user=user, password=password
        )
        self.take_over(opened)

    def create(self, organisation: str, user: str, password: str) -> NewOffice:
        """A new office, left open."""
        from desktop.records.vault.keyring import STANDARD_COST
        from desktop.verbs.office import create_office

        new = create_office(
            self.settings.office,
            organisation=organisation,
            user=user,
            password=password,
            cost=self._cost or STANDARD_COST,
        )
        self.take_over(new.office)
        return new

    def take_over(self, office: Office) -> None:
        """Make an open office this workstation's."""
        from desktop.verbs.open_sources import OpenSources

        sources = OpenSources(self.settings, office.describer)
        with self._changed:
            self._office, self._sources = office, sources

    def add_folder(self, folder: Path) -> None:
        """Make a folder a source from now on."""
        if folder not in self.settings.folders:
            folders = (*self.settings.folders, folder)
            self.settings = replace(self.settings, folders=folders)
            self.sources.watch(folders)

    def let_go(self) -> None:
        """Close the devices and give the office back, open, to whoever opened it."""
        self._give_up(in_a_hurry=False)

    def lock(self, *, why: str = "", draft: str = "") -> None:
        """Let every borrower finish, then close devices, database and keys. Safe to call twice.

        A decoder that is at work after a second is ended: no file keeps the keys in memory.
        `draft` is what the person had half done: it is sealed in the office until the next unlock.
        """
        if (office := self._give_up(in_a_hurry=True)) is not None:
            if draft:
                _keep(draft, office)
            office.close(why=why)

    def _give_up(self, *, in_a_hurry: bool) -> Office | None:
        """Let nobody borrow any more, wait for who does, close the devices; the office, if open."""
        with self._changed:
            office, self._office = self._office, None
            sources, self._sources = self._sources, None
            self.opening = None
            if in_a_hurry and not self._changed.wait_for(self._is_unused, _GRACE):
                if office is not None:
                    office.stop_decoding()
                for one in self._until_lock:
                    one.stop()
            self._changed.wait_for(self._is_unused)
            held, self._until_lock = self._until_lock, []
        for one in held:
            one.close()
        if sources is not None:
            sources.close()
        return office

    def _is_unused(self) -> bool:
        return self._users == 0


def _keep(draft: str, office: Office) -> None:
    """Seal half-done work; a full drive must not keep the keys in memory."""
    from desktop.records.deeds.drafts import keep_draft

    with suppress(Problem):
        keep_draft(office.vault, text=draft, by=office.person)
