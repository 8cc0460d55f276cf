"""What must be true of an office after any fault: every sentence found here is a defect."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from desktop.problem import Problem
from desktop.records.deeds.checking import verify
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.ids import ImageId
from desktop.records.vault.vault import Vault
from tests.faults.campaign.claims import tombstones, untrue
from tests.faults.campaign.words import Said, office_in

_DATABASES = {"records.db", "renditions.db", "records.before-upgrade.db"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an office holds, and every sentence that is wrong about it."""

    holds: tuple[tuple[str, ...], ...]
    wrong: tuple[str, ...]


def examine(folder: Path, said: Sequence[Said]) -> Found:
    """Open the office as the program does, and ask of it what may never fail."""
    try:
        with office_in(folder).open() as vault:
            return Found(holds=_holds(vault), wrong=tuple(_wrong(vault, said)))
    except (Problem, sa.exc.DatabaseError) as problem:  # the second would be a fault of ours
        return Found(holds=(), wrong=(f"it does not open: {problem}",))


def _holds(vault: Vault) -> tuple[tuple[str, ...], ...]:
    """Everything on record, without ids and times, which differ from run to run."""
    images = [
        (one.arrival.file_name, one.sha256.hex(), one.state.value, _owner(vault, one))
        for one in _images(vault)
    ]
    gone = [("disposed", stone.sha256.hex()) for stone in tombstones(vault)]
    rows = [
        (what, *map(str, row))
        for what, columns in _REGISTERS.items()
        for row in _rows(vault, f"SELECT {columns}")
    ]
    return tuple(sorted([*images, *gone, *rows]))


_REGISTERS = {
    "patient": "value FROM identifier",
    "person": "name, role, office_role, gone_at IS NULL FROM person",
    "sheet": "number, copy, pages, target, to_destroy_since IS NULL FROM sheet",
    "hold": "kind, reason, lifted_at IS NULL, lifted_why FROM legal_hold",
    "settings": "address FROM office",
    "setting": "name, value FROM setting",
}


def _wrong(vault: Vault, said: Sequence[Said]) -> Iterator[str]:
    yield from (f"a fault of ours: {one.facts}" for one in said if one.what == "fault")
    if vault.swept and vault.swept.doubt:
        yield str(vault.swept.doubt)
    report = verify(vault, originals=True, anchor=_last_head(said))
    yield from (broken.words for broken in [*report.damaged, *report.missing])
    if not report.trail.is_whole:
        yield report.trail.words
    images = _images(vault)
    yield from _lost(vault, images, said)
    yield from _doubled(vault, images)
    yield from untrue(vault, images)


def _last_head(said: Sequence[Said]) -> Anchor | None:
    """The head of the trail that somebody noted last: what it stands on may not be forgotten."""
    heads = [one.facts for one in said if one.what == "head"]
    if not heads:
        return None
    return Anchor(seq=int(str(heads[-1]["seq"])), mac=bytes.fromhex(str(heads[-1]["mac"])))


def _lost(vault: Vault, images: Sequence[ClinicalImage], said: Sequence[Said]) -> Iterator[str]:
    """Whatever was acknowledged is there, as it was acknowledged."""
    by_name = {image.arrival.file_name: image for image in images}
    for one in said:
        if one.what in {"received", "filed"}:
            yield from _lost_image(by_name.get(str(one.facts["name"])), one)
        elif one.what in _IS_KEPT and not _IS_KEPT[one.what](vault, one.facts):
            yield f"{one.what} {one.facts} was acknowledged and is not so"


def _lost_image(image: ClinicalImage | None, said: Said) -> Iterator[str]:
    name = said.facts["name"]
    if image is None:
        yield f"{name} was acknowledged and is lost"
    elif said.what == "filed" and image.state is not ImageState.FILED:
        yield f"{name} was acknowledged as filed and is {image.state}"
    elif said.what == "received" and image.sha256.hex() != said.facts["sha256"]:
        yield f"{name} was acknowledged with other bytes"


def _has_patient(vault: Vault, facts: dict[str, object]) -> bool:
    """By its number, and found by its name as well."""
    with vault.look() as look:
        found = look.patients.search("pomare", today=look.now.date())
    return any(patient.number.value == facts["number"] for patient in found)


def _has_tombstone(vault: Vault, facts: dict[str, object]) -> bool:
    image = ImageId(UUID(str(facts["image"])))
    with vault.look() as look:
        return look.disposals.tombstone(image) is not None and look.images.find(image) is None


def _has_certificate(vault: Vault, facts: dict[str, object]) -> bool:
    with vault.look() as look:
        batch = look.disposals.batch(str(facts["number"]))
    return batch is not None and batch.finished_at is not None


def _has_row(vault: Vault, facts: dict[str, object]) -> bool:
    """A row of a register, as `_holds` tells it."""
    return tuple(map(str, facts["row"] if isinstance(facts["row"], list) else [])) in _holds(vault)


_IS_KEPT: dict[str, Callable[[Vault, dict[str, object]], bool]] = {
    "patient": _has_patient,
    "disposed": _has_tombstone,
    "certificate": _has_certificate,
    "row": _has_row,
}


def _doubled(vault: Vault, images: Sequence[ClinicalImage]) -> Iterator[str]:
    """Nothing is there twice, in rows or in files, and nothing lies there that nobody knows."""
    for name, count in Counter(image.arrival.file_name for image in images).items():
        if count > 1:
            yield f"{name} is there {count} times"
    files = [
        path.name
        for path in (vault.folder / "originals").rglob("*")
        if path.is_file() and path.parent.name != "orphans"
    ]
    with vault.look() as look:
        names = list(look.images.original_names())
        waiting = set(look.disposals.files_left())
    if sorted(file for file in files if file not in waiting) != sorted(names):
        yield f"{len(files)} files lie beside {len(names)} rows"
    strange = {path.name for path in vault.folder.glob("*.db")} - _DATABASES
    if strange:
        yield f"nobody knows {sorted(strange)}"


def _images(vault: Vault) -> list[ClinicalImage]:
    with vault.look() as look:
        ids, last = [], None
        while page := look.images.every_original(after=last):
            ids += [image for image, _ in page]
            last = page[-1][0]
        return [look.images.get(image) for image in ids]


def _rows(vault: Vault, query: str) -> list[tuple[object, ...]]:
    with vault._database.read() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def _owner(vault: Vault, image: ClinicalImage) -> str:
    if image.patient is None:
        return ""
    with vault.look() as look:
        return look.patients.get(image.patient).number.value
