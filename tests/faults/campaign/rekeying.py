"""A new office key as a job: wherever it is cut short, one key opens everything, never half."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from desktop.records.deeds.people import add_person
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.vault import keyring
from desktop.records.vault.engine import Database
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.office_key import OfficeKey, Purpose
from desktop.records.vault.problems import WrongRecoveryKey
from desktop.records.vault.refusals import RecordsDamaged
from desktop.records.vault.rotation import rotate_office_key
from desktop.records.vault.vault import Vault
from tests.faults.campaign.steps import fill, receive_images, say_head
from tests.faults.campaign.words import (
    PASSWORD,
    Said,
    Say,
    keep_aside,
    kept_aside,
    office_in,
)
from tests.unit.records.made_up import MEI, deeds
from tests.unit.retention.opened_pages import opened

HANA, HER_PASSWORD = "Hana Pōtae", "lantern gravel swim oat"


def keyed_office(folder: Path) -> None:
    """An office with a keyring for two people, images and their thumbnails."""
    made = office_in(folder)
    key, recovery = keyring.create_keyring(
        made.folder, office=made.office.id, user=MEI.name, password=PASSWORD, cost=LEAST_COST
    )
    with key, made.create() as vault:
        fill(vault)
        receive_images(vault, range(200, 210))
        new = NewPerson(name=HANA, office_role=OfficeRole.CLERK)
        add_person(vault, new=new, by=MEI)
        keyring.set_password(made.folder, key, user=HANA, password=HER_PASSWORD, cost=LEAST_COST)
        with vault.look() as look:
            every = look.images.every_original()
        for image, sealed in every:
            vault.renditions.put(image, sealed.sha256 * 100)
        keys = " ".join(sealed.wrapped_key.hex() for _, sealed in every)
        secret = bytes(key.secret).hex()
        keep_aside(folder, {"secret": secret, "recovery": str(recovery), "keys": keys})


def rekey(folder: Path, say: Say) -> None:
    """Give the office a new key."""
    office = office_in(folder)
    with office.open() as vault:
        say_head(vault, say)
    with office.key() as key:
        rotation = rotate_office_key(
            office.folder,
            key=key,
            by=MEI,
            passwords={MEI.name: PASSWORD},
            clock=office.clock,
            cost=LEAST_COST,
        )
    say("rekeyed", recovery=str(rotation.recovery))


def half_rekeyed(folder: Path, said: Sequence[Said]) -> Iterator[str]:
    """What the old key still opens that it may not, and the new one not that it should."""
    kept, office = kept_aside(folder), office_in(folder)
    told = [str(one.facts["recovery"]) for one in said if one.what == "rekeyed"]
    with office.key() as key:
        is_new = bytes(key.secret).hex() != kept["secret"]
        yield from _keyring(office.folder, is_new=is_new, sheets=[kept["recovery"], *told[-1:]])
        if told and not is_new:
            yield "the new key was acknowledged, and the old one opens the office"
        with office.open() as vault:
            if is_new != (("office key rotated", MEI.name) in deeds(vault)):
                yield f"the trail does not say that {is_new=}"
            yield from _thumbnails(vault)
        if is_new:
            yield from _open_to_the_old(office.folder, kept, key)
    waiting = [path.name for path in office.folder.glob("*rotated*")]
    if waiting:
        yield f"{waiting} still wait"


def _keyring(folder: Path, *, is_new: bool, sheets: Sequence[str]) -> Iterator[str]:
    """`sheets` are the old recovery key, and the new one if anybody saw it."""
    old, *new = sheets
    if is_new == _opens_keyring(folder, old):
        yield f"the old recovery sheet, where {is_new=}"
    if not all(_opens_keyring(folder, sheet) for sheet in new):
        yield "the new recovery sheet opens nothing"
    if is_new == (HANA in keyring.users(folder)):
        yield f"whose password nobody knew, where {is_new=}"
    present, previous = (folder / name for name in (keyring.FILE, keyring.PREVIOUS))
    if is_new and present.read_bytes() != previous.read_bytes():
        yield "the previous keyring still gives the old key"


def _opens_keyring(folder: Path, recovery: str) -> bool:
    try:
        keyring.unlock_with_recovery(folder, recovery=recovery).wipe()
    except WrongRecoveryKey:
        return False
    return True


def _open_to_the_old(folder: Path, kept: dict[str, str], key: OfficeKey) -> Iterator[str]:
    """What whoever kept the old key still reads."""
    purposes: tuple[Purpose, ...] = ("records", "renditions")
    with OfficeKey(bytearray.fromhex(kept["secret"]), office=key.office) as old:
        for purpose in purposes:
            yield from (
                f"{path.name} still opens with the old key"
                for path in folder.glob(f"{purpose}*.db")
                if _opens(path, old.subkey(purpose))
            )
    pages = opened(folder / "records.db", bytes(key.subkey("records")))
    if any(bytes.fromhex(wrapped) in pages for wrapped in kept["keys"].split()):
        yield "a data key is still there as the old key wrapped it"


def _opens(path: Path, secret: bytearray) -> bool:
    with closing(Database(path, secret, connections=1)) as database:
        try:
            with database.read():
                return True
        except RecordsDamaged:
            return False


def _thumbnails(vault: Vault) -> Iterator[str]:
    with vault.look() as look:
        every = dict(look.images.every_original())
    right = {image: sealed.sha256 * 100 for image, sealed in every.items()}
    if vault.renditions.get_many(list(right)) != right:
        yield "thumbnails are lost"
