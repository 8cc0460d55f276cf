"""What must be true of an office after any fault: every sentence found here is a defect."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from desktop.problem import Problem
from desktop.records.deeds.checking import verify
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.rules.completeness import state_for
from desktop.records.vault.vault import Vault
from tests.faults.campaign.words import Said, office_in


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
    except Problem as problem:
        return Found(holds=(), wrong=(f"it does not open: {problem}",))


def _holds(vault: Vault) -> tuple[tuple[str, ...], ...]:
    """Images and patients, without ids and times, which differ from run to run."""
    images = [
        (one.arrival.file_name, one.sha256.hex(), one.state.value, _owner(vault, one))
        for one in _images(vault)
    ]
    return tuple(sorted([*images, *_patients(vault)]))


def _wrong(vault: Vault, said: Sequence[Said]) -> Iterator[str]:
    yield from (f"a fault of ours: {one.facts}" for one in said if one.what == "fault")
    if vault.swept and vault.swept.doubt:
        yield str(vault.swept.doubt)
    report = verify(vault, originals=True)
    yield from (broken.words for broken in [*report.damaged, *report.missing])
    if not report.trail.is_whole:
        yield report.trail.words
    images = _images(vault)
    yield from _lost(vault, images, said)
    yield from _doubled(vault, images)
    yield from _claims(vault, images)


def _lost(vault: Vault, images: Sequence[ClinicalImage], said: Sequence[Said]) -> Iterator[str]:
    """Whatever was acknowledged is there."""
    states = {image.arrival.file_name: image.state for image in images}
    numbers = {number for _, number in _patients(vault)}
    for one in said:
        name = str(one.facts.get("name", ""))
        if one.what == "received" and name not in states:
            yield f"{name} was acknowledged and is lost"
        if one.what == "filed" and states.get(name) is not ImageState.FILED:
            yield f"{name} was acknowledged as filed and is {states.get(name)}"
        if one.what == "patient" and one.facts["number"] not in numbers:
            yield f"patient {one.facts['number']} was acknowledged and is lost"


def _doubled(vault: Vault, images: Sequence[ClinicalImage]) -> Iterator[str]:
    """Nothing is there twice, in rows or in files."""
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
    if sorted(files) != sorted(names):
        yield f"{len(files)} files lie beside {len(names)} rows"


def _claims(vault: Vault, images: Sequence[ClinicalImage]) -> Iterator[str]:
    """No row claims more than the trail says, and no line of the trail lacks its row."""
    told = _told(vault)
    for image in images:
        key = str(image.id)
        if told["image received"][key] != 1:
            yield f"{image.arrival.file_name} has {told['image received'][key]} lines of receipt"
        is_filed = image.state is ImageState.FILED
        if told["image filed"][key] != int(is_filed):
            yield f"{image.arrival.file_name} is {image.state}, and the trail says otherwise"
        if is_filed and (image.patient is None or state_for(image.missing) != image.state):
            yield f"{image.arrival.file_name} is filed and not whole"
    if told["image received"].total() != len(images):
        yield "the trail tells of images that are not there"
    if told["patient added"].total() != len(_patients(vault)):
        yield "the trail tells of patients that are not there"


def _told(vault: Vault) -> dict[str, Counter[str]]:
    told = {deed: Counter[str]() for deed in ("image received", "image filed", "patient added")}
    with vault._database.read() as connection:
        for deed, about in connection.execute(sa.text("SELECT deed, about FROM trail")):
            if deed in told:
                facts = json.loads(about)
                told[deed][facts.get("image") or facts.get("patient", "")] += 1
    return told


def _images(vault: Vault) -> list[ClinicalImage]:
    with vault.look() as look:
        ids, last = [], None
        while page := look.images.every_original(after=last):
            ids += [image for image, _ in page]
            last = page[-1][0]
        return [look.images.get(image) for image in ids]


def _patients(vault: Vault) -> list[tuple[str, str]]:
    with vault._database.read() as connection:
        rows = connection.execute(sa.text("SELECT value FROM identifier")).scalars()
        return [("patient", value) for value in rows]


def _owner(vault: Vault, image: ClinicalImage) -> str:
    if image.patient is None:
        return ""
    with vault.look() as look:
        return look.patients.get(image.patient).number.value
