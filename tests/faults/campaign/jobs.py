"""The work that a campaign breaks into. A new deed joins the campaign by one entry in `JOBS`."""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.records.deeds.backups import make_backup
from desktop.records.deeds.checking import verify
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.patients import add_patient, patient_with_number
from desktop.records.deeds.receiving import receive
from desktop.records.facts.identifiers import local_number
from desktop.records.facts.ids import PatientId
from desktop.records.facts.patient import NewPatient
from desktop.records.facts.problems import PatientAlreadyKnown
from desktop.records.vault.backup_folder import BackupFolder
from desktop.records.vault.durable import make_private_folder
from desktop.records.vault.restore import copy_generation
from desktop.records.vault.vault import Vault
from tests.faults.campaign.first_layout import make_first_layout
from tests.faults.campaign.words import Said, Say, office_in
from tests.unit.records.made_up import (
    MEI,
    arrival,
    intake,
    kept,
    linked,
    time_of_file,
    whole_facts,
)

IMAGES, GROUP, PATIENTS = 12, 3, 2
BACKUP = "backup"
BORN = date(1961, 3, 4)


def _nothing_more(_folder: Path, _said: Sequence[Said]) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work in the office that lies in `folder / OFFICE`.

    `made` builds the office to begin with. `work` does everything and ends, says each thing as
    soon as it is acknowledged, and may be done again in the same office with the same result.
    `findings` says what is wrong beyond what is asked of every office.
    """

    name: str
    made: Callable[[Path], None]
    work: Callable[[Path, Say], None]
    findings: Callable[[Path, Sequence[Said]], Iterator[str]] = _nothing_more


def new_office(folder: Path) -> None:
    """An office with two patients and two images, one filed and one in the tray."""
    with office_in(folder).create() as vault:
        for number in range(PATIENTS):
            _patient(vault, number)
        _file(vault, 0, _receive(vault, [100, 101])[0])


def keep_images(folder: Path, say: Say) -> None:
    """Receive images in groups; some bytes come twice."""
    with office_in(folder).open() as vault:
        for start in range(0, IMAGES, GROUP):
            _receive(vault, range(start, start + GROUP), say)
        _receive(vault, [0, IMAGES - 1], say)


def file_images(folder: Path, say: Say) -> None:
    """Add patients, receive images and file them."""
    with office_in(folder).open() as vault:
        for number in range(PATIENTS, PATIENTS + 2):
            say("patient", number=_patient(vault, number))
        for start in range(0, IMAGES // 2, GROUP):
            numbers = range(start, start + GROUP)
            for number, name in zip(numbers, _receive(vault, numbers, say), strict=True):
                _file(vault, number % (PATIENTS + 2), name)
                say("filed", name=name)


def open_office(folder: Path, say: Say) -> None:
    """Open an office of the first layout, which brings its tables up to date."""
    with office_in(folder).open() as vault, vault.look() as look:
        say("opened", images=look.images.totals()[0])


def backed_up_office(folder: Path) -> None:
    """An office with images, and one backup of it."""
    new_office(folder)
    keep_images(folder, _unheard)
    back_up(folder, _unheard)
    with office_in(folder).open() as vault:
        _receive(vault, [200, 201, 202])


def back_up(folder: Path, say: Say) -> None:
    """Make the next backup."""
    with office_in(folder).open() as vault:
        say("backed up", number=make_backup(vault, to=folder / BACKUP, by=MEI).made.number)


def spoiled_backups(folder: Path, said: Sequence[Said]) -> Iterator[str]:
    """Every backup that was acknowledged gives the whole office back."""
    backup = BackupFolder(folder / BACKUP)
    there = set(backup.numbers())
    wanted = {1} | {int(str(one.facts["number"])) for one in said if one.what == "backed up"}
    if not wanted <= there:
        yield f"of the backups {sorted(wanted)} only {sorted(there)} are there"
    for number in sorted(there):
        with tempfile.TemporaryDirectory() as scratch:
            yield from _unlike(backup, number, Path(scratch))


def _unlike(backup: BackupFolder, number: int, scratch: Path) -> Iterator[str]:
    made, restored = backup.generation(number), office_in(scratch)
    make_private_folder(restored.folder)
    with restored.key() as key:
        copy_generation(backup, made, into=restored.folder, key=key)
    with restored.open() as vault:
        report = verify(vault, originals=True)
    if not report.is_whole or report.images != made.images:
        yield f"backup {number} gives {report.images} of {made.images} images back"


def _unheard(_what: str, /, **_facts: object) -> None:
    return


def content(number: int) -> bytes:
    """The bytes of a made-up image: of some length, always the same for a number."""
    chance = random.Random(number)
    return chance.randbytes(chance.randrange(1, 400_000))


def _receive(vault: Vault, numbers: Sequence[int], say: Say | None = None) -> list[str]:
    desk = intake(vault)
    sealed = [(kept(vault, content(n)), arrival(desk, f"{n}.JPG")) for n in numbers]
    names = [done.image.arrival.file_name for done in receive(vault, sealed=sealed, by=MEI)]
    for name in names:
        if say:
            say("received", name=name)
    return names


def _patient(vault: Vault, number: int) -> str:
    value = f"L{number}"
    new = NewPatient(
        identifiers=(local_number(value),), family_name="Pōmare", given_names="Aroha", born=BORN
    )
    try:
        add_patient(vault, new=new, by=MEI)
    except PatientAlreadyKnown:
        return value
    return value


def _file(vault: Vault, patient: int, name: str) -> None:
    owner = patient_with_number(vault, number=local_number(f"L{patient}"))
    with vault.look() as look:
        rows = [*look.images.tray(), *look.images.of_patient(PatientId(owner.id))]
    (image,) = [row for row in rows if row.arrival.file_name == name]
    facts = whole_facts(taken=time_of_file())
    file_image(vault, image=image.id, link=linked(owner), facts=facts, by=MEI)


JOBS = {
    job.name: job
    for job in (
        Job(name="keep", made=new_office, work=keep_images),
        Job(name="file", made=new_office, work=file_images),
        Job(name="upgrade", made=make_first_layout, work=open_office),
        Job(name="backup", made=backed_up_office, work=back_up, findings=spoiled_backups),
    )
}
