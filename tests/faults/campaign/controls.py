"""Controls: one safeguard is taken away, and promises have to break; else nothing is proved."""

import os
from pathlib import Path

from desktop.records.deeds import disposal
from desktop.records.facts.ids import ImageId
from desktop.records.vault import engine, folder_store, keyring, rotation
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import Change, Vault
from tests.faults.campaign.campaign import Rounds, Tally, killed
from tests.faults.campaign.jobs import Job
from tests.faults.campaign.power import power_cut
from tests.faults.campaign.words import PASSWORD, Say
from tests.unit.records.made_up import MEI

# setattr throughout: mypy guards the real ones


def without_fsync(job: Job, rounds: Rounds) -> Tally:
    """Originals are not made durable before their row is.

    The cold reading back goes too: on its way to empty the cache it starts the writing.
    """

    def careless(_say: Say) -> None:
        setattr(folder_store, "sync_file", _nothing)  # noqa: B010
        setattr(folder_store, "sync_folder", _nothing)  # noqa: B010
        setattr(os, "posix_fadvise", _nothing)  # noqa: B010

    fault = "control: power cut, originals without fsync"
    return power_cut(job, rounds, fault=fault, careless=careless)


def with_normal(job: Job, rounds: Rounds) -> Tally:
    """SQLite's synchronous=NORMAL, which does not wait for the drive at a commit."""

    def careless(_say: Say) -> None:
        pragmas = tuple(pragma.replace("FULL", "NORMAL") for pragma in engine._PRAGMAS)
        setattr(engine, "_PRAGMAS", pragmas)  # noqa: B010

    fault = "control: power cut, synchronous=NORMAL"
    return power_cut(job, rounds, fault=fault, careless=careless)


def without_sync_of_keys(job: Job, rounds: Rounds) -> Tally:
    """Neither the new keyring nor the databases that wait for it are brought to the drive."""

    def careless(_say: Say) -> None:
        durable = (keyring, "replace_file", _only_written)
        for place, name, instead in (durable, (engine, "sync_to_drive", _nothing)):
            setattr(place, name, instead)
        pragmas = tuple(pragma.replace("FULL", "OFF") for pragma in engine._PRAGMAS)
        setattr(engine, "_PRAGMAS", pragmas)  # noqa: B010

    fault = "control: power cut, new keyring without fsync"
    return power_cut(job, rounds, fault=fault, careless=careless)


def keyring_first(job: Job, rounds: Rounds) -> Tally:
    """The keyring gives the new key before the files that it opens are whole."""
    export = rotation._export

    def hasty(folder: Path, *, old: OfficeKey, new: OfficeKey) -> None:
        content, _ = keyring.keyring_for(new, passwords={MEI.name: PASSWORD}, cost=LEAST_COST)
        keyring.put_in_place(folder, content)
        export(folder, old=old, new=new)

    def careless(_say: Say) -> None:
        setattr(rotation, "_export", hasty)  # noqa: B010

    return killed(
        job, rounds, fault="control: kill -9, keyring before the files", careless=careless
    )


def files_first(job: Job, rounds: Rounds) -> Tally:
    """The sealed files go before the row that held their key."""
    decide = disposal._decide

    def hasty(
        vault: Vault, change: Change, number: str, images: list[ImageId], **by: object
    ) -> None:
        for image in images:
            vault.originals.remove_destroyed(change.images.sealed(image).name)
        decide(vault, change, number, images, **by)  # type: ignore[arg-type]

    def careless(_say: Say) -> None:
        setattr(disposal, "_decide", hasty)  # noqa: B010

    return killed(job, rounds, fault="control: kill -9, files before their rows", careless=careless)


def journal_left(job: Job, rounds: Rounds) -> Tally:
    """The journal of the records keeps what a disposal overwrote in them."""

    def careless(_say: Say) -> None:
        setattr(engine.Database, "empty_journal", _nothing)  # noqa: B010

    return killed(job, rounds, fault="control: kill -9, journal not emptied", careless=careless)


def _only_written(path: Path, data: bytes) -> None:
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)


def _nothing(*_: object) -> None:
    return
