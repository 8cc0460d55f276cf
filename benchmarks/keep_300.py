"""Keep 300 photos from a folder, and file them, against copying them in two well-known ways.

`cp + sha256sum + sync` is what a careful person types. The plain loop is the honest floor: read,
hash, write and fsync each file in one Python process, without sealing, reading back or a database.

A gigabyte of photos goes through each of the four ways in each round, so the round that is thrown
away has a tenth of them, and three rounds count: about a minute where nothing else runs.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.empty_office import empty_office
from benchmarks.photos import write_photos
from benchmarks.ratio import Promise, interleaved, show, timed
from desktop.devices.finding import open_source
from desktop.intake.filing_report import DeskFacts, FileRequest
from desktop.intake.receiving import receive_items
from desktop.intake.report import Progress
from desktop.media.describer import Described
from desktop.records.deeds import patients, receiving
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage, Description, MediaKind
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.patient import NewPatient
from desktop.records.facts.people import Photographer, Role
from desktop.verbs.filing import file_from_source, filing_verbs

ROOT = Path(__file__).resolve().parents[1]
KEEP, FILE = "Chartroom keeps them", "Chartroom files them"
COPY, LOOP = "cp + sha256sum + sync", "plain loop: read, hash, write, fsync"
_FEWER = 10
_NUMBERS = count()


def copy(photos: Path, scratch: Path) -> float:
    """`cp`, `sha256sum` and `sync` of the same files."""
    target = _fresh(scratch)
    files = [str(path) for path in sorted(photos.iterdir())]
    with timed() as watch:
        subprocess.run(["cp", *files, str(target)], check=True)
        subprocess.run(["sha256sum", *files], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["sync"], check=True)
    return _done(target, watch.seconds)


def loop(photos: Path, scratch: Path) -> float:
    """One process, one pass, durable file by file."""
    target, buffer = _fresh(scratch), memoryview(bytearray(1 << 20))
    with timed() as watch:
        for path in sorted(photos.iterdir()):
            digest = hashlib.sha256()
            with path.open("rb", buffering=0) as source, (target / path.name).open("wb") as copied:
                while got := source.readinto(buffer):
                    digest.update(buffer[:got])
                    copied.write(buffer[:got])
                copied.flush()
                os.fsync(copied.fileno())
    return _done(target, watch.seconds)


def keep(photos: Path, scratch: Path) -> float:
    """The real trip into the tray: helper process, seal, fsync, read back, commit."""
    target = _fresh(scratch)
    with empty_office(target) as office:
        with timed() as watch, closing(open_source(str(photos))) as source:
            items = tuple(source.items())
            intake = receiving.begin_intake(
                office.vault,
                source_name=source.info.name,
                route=source.info.route,
                by=office.person,
            )
            report = receive_items(
                source=source,
                items=items,
                intake=intake,
                verbs=replace(
                    filing_verbs(office).keep, describe=_nothing_seen, put_on_record=lambda _: ()
                ),
                tell=_quietly,
                stopped=_never,
            )
        assert len(report.received) == len(items), report.stopped_by or report.refused
    return _done(target, watch.seconds)


def file(photos: Path, scratch: Path) -> float:
    """The whole filing: as `keep`, then described, with a thumbnail, and linked to a patient."""
    target = _fresh(scratch)
    with empty_office(target) as office:
        born = date(1961, 3, 4)
        patient = patients.add_patient(
            office.vault,
            new=NewPatient(
                identifiers=(nhi("ZZZ0016"),), family_name="Sample", given_names="Sam", born=born
            ),
            by=office.person,
        )
        with timed() as watch, closing(open_source(str(photos))) as source:
            items = tuple(source.items())
            request = FileRequest(
                source_id=source.info.id,
                items=items,
                patient=patient.id,
                number=patient.number,
                born=born,
                facts=_facts(),
            )
            report = file_from_source(
                office, source=source, request=request, tell=_quietly, stopped=_never
            )
        assert len(report.filed) == len(items), report
    return _done(target, watch.seconds)


def _facts() -> DeskFacts:
    return DeskFacts(
        photographer=Photographer(name="Sam Sample", role=Role.NURSE),
        owner=DeviceOwner.ORGANISATION,
        purposes=frozenset({Purpose.CARE}),
        consent=Consent(form=ConsentForm.WRITTEN),
    )


def _fresh(scratch: Path) -> Path:
    """An empty folder on a drive that has nothing left to write."""
    target = scratch / f"run-{next(_NUMBERS)}"
    target.mkdir()
    subprocess.run(["sync"], check=True)
    return target


def _some_of(photos: Path, count: int) -> Path:
    few = photos.with_name("few")
    few.mkdir()
    for path in sorted(photos.iterdir())[:count]:
        shutil.copy(path, few)
    return few


def _done(target: Path, seconds: float) -> float:
    shutil.rmtree(target)
    return seconds


def _nothing_seen(_: ClinicalImage) -> Described:
    return Described(
        description=Description(kind=MediaKind.UNKNOWN, media_type="image/jpeg"), thumbnail=None
    )


def _quietly(_: Progress) -> None:
    return


def _never() -> bool:
    return False


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=300)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    (ROOT / "build").mkdir(exist_ok=True)  # beside the project: the temporary folder may be memory
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        scratch, photos = Path(folder), Path(folder) / "photos"
        written = write_photos(photos, options.photos)
        variants: dict[str, Callable[[Path, Path], float]] = {
            COPY: copy,
            LOOP: loop,
            KEEP: keep,
            FILE: file,
        }
        few = _some_of(photos, options.photos // _FEWER + 1)
        seconds = interleaved(
            {name: partial(variant, photos, scratch) for name, variant in variants.items()},
            repeats=options.repeats,
            warm_up={name: partial(variant, few, scratch) for name, variant in variants.items()},
        )
    show(
        f"{options.photos} photos, {written / 1e6:,.0f} MB",
        seconds,
        [
            Promise(work=KEEP, reference=COPY, goal=1.0),
            Promise(work=KEEP, reference=LOOP, goal=1.5),
            Promise(work=FILE, reference=LOOP, goal=2.0),
        ],
    )


if __name__ == "__main__":
    main()
