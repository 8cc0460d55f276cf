"""The work that a campaign breaks into. A new deed joins the campaign by one entry in `JOBS`."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.records.deeds.backups import make_backup
from desktop.records.deeds.checking import verify
from desktop.records.vault.backup_folder import BackupFolder
from desktop.records.vault.durable import make_private_folder
from desktop.records.vault.restore import copy_generation
from tests.faults.campaign.desk import do_small_deeds, wrong_passwords
from tests.faults.campaign.disposing import dispose, left_of_disposed, old_office
from tests.faults.campaign.first_layout import make_first_layout
from tests.faults.campaign.rekeying import half_rekeyed, keyed_office, rekey
from tests.faults.campaign.steps import (
    PATIENTS,
    file_one,
    new_office,
    patient_numbered,
    receive_images,
    say_head,
    unheard,
)
from tests.faults.campaign.words import Said, Say, office_in
from tests.unit.records.made_up import MEI

IMAGES, GROUP = 12, 3
BACKUP = "backup"


def _nothing_more(_folder: Path, _said: Sequence[Said]) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work in the office that lies in `folder / OFFICE`.

    `made` builds the office to begin with. `work` does everything and ends, says each thing as
    soon as it is acknowledged, and may be done again in the same office with the same result.
    `as_it_lies` says what is wrong in the files before anybody opens them again, `findings` what is
    wrong, once they were opened, beyond what is asked of every office.
    """

    name: str
    made: Callable[[Path], None]
    work: Callable[[Path, Say], None]
    as_it_lies: Callable[[Path, Sequence[Said]], Iterator[str]] = _nothing_more
    findings: Callable[[Path, Sequence[Said]], Iterator[str]] = _nothing_more


def keep_images(folder: Path, say: Say) -> None:
    """Receive images in groups; some bytes come twice."""
    with office_in(folder).open() as vault:
        for start in range(0, IMAGES, GROUP):
            receive_images(vault, range(start, start + GROUP), say)
        receive_images(vault, [0, IMAGES - 1], say)


def file_images(folder: Path, say: Say) -> None:
    """Add patients, receive images and file them."""
    with office_in(folder).open() as vault:
        for number in range(PATIENTS, PATIENTS + 2):
            say("patient", number=patient_numbered(vault, number))
        for start in range(0, IMAGES // 2, GROUP):
            numbers = range(start, start + GROUP)
            for number, name in zip(numbers, receive_images(vault, numbers, say), strict=True):
                file_one(vault, number % (PATIENTS + 2), name)
                say("filed", name=name)
            say_head(vault, say)


def open_office(folder: Path, say: Say) -> None:
    """Open an office of the first layout, which brings its tables up to date."""
    with office_in(folder).open() as vault, vault.look() as look:
        say("opened", images=look.images.totals()[0])


def backed_up_office(folder: Path) -> None:
    """An office with images, and one backup of it."""
    new_office(folder)
    keep_images(folder, unheard)
    back_up(folder, unheard)
    with office_in(folder).open() as vault:
        receive_images(vault, [200, 201, 202])


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


JOBS = {
    job.name: job
    for job in (
        Job(name="keep", made=new_office, work=keep_images),
        Job(name="file", made=new_office, work=file_images),
        Job(name="upgrade", made=make_first_layout, work=open_office),
        Job(name="backup", made=backed_up_office, work=back_up, findings=spoiled_backups),
        Job(name="dispose", made=old_office, work=dispose, as_it_lies=left_of_disposed),
        Job(name="rekey", made=keyed_office, work=rekey, findings=half_rekeyed),
        Job(name="desk", made=keyed_office, work=do_small_deeds, findings=wrong_passwords),
    )
}
