"""An office of a million patients and images against one of ten thousand, and verify and backup.

Opening is measured from the checked password on. Tray (60 images) and chart (5,000 images) hold the
same in both offices: only what lies around them differs.
"""

import argparse
import hashlib
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median

from benchmarks.filled_office import FilledOffice, fill_office, typed
from benchmarks.ratio import Promise, interleaved, show, timed
from desktop.records.deeds import looking
from desktop.records.deeds.backups import make_backup
from desktop.records.deeds.checking import verify
from desktop.records.deeds.patients import find_patients
from desktop.records.deeds.receiving import begin_intake, receive
from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import Arrival
from desktop.records.facts.people import Person
from desktop.records.vault import tidy_mark
from desktop.records.vault.vault import ORIGINALS, Vault

ROOT = Path(__file__).resolve().parents[1]
SMALL, FRAME = 10_000, 0.016
TODAY = date(2026, 11, 23)


def opening(office: FilledOffice) -> float:
    """Open it; closing does not count."""
    with timed() as watch:
        vault = office.open()
    vault.close()
    return watch.seconds


def opening_after_a_crash(office: FilledOffice) -> float:
    """The same where nothing says that the last close was tidy."""
    (office.folder / tidy_mark.FILE).unlink(missing_ok=True)
    return opening(office)


def looking_at(vault: Vault, look: Callable[[Vault], object]) -> float:
    """One list, as the window asks for it."""
    with timed() as watch:
        look(vault)
    return watch.seconds


def search(vault: Vault, people: int) -> None:
    """Every keystroke of so many searches, and its 99th percentile against a frame."""
    seconds = []
    for text in typed(people, seed=7):
        start = time.perf_counter()
        find_patients(vault, text=text, today=TODAY)
        seconds.append(time.perf_counter() - start)
    seconds.sort()
    p99 = seconds[int(len(seconds) * 0.99)]
    verdict = "reached" if p99 <= FRAME else "NOT REACHED"
    print(
        f"\nSearch as typed, {len(seconds):,} keystrokes: median {median(seconds) * 1e3:.2f} ms, "
        f"p99 {p99 * 1e3:.2f} ms, longest {seconds[-1] * 1e3:.2f} ms"
        f"\n  p99 ÷ one frame of 16 ms: {p99 / FRAME:.2f}, goal 1.00, {verdict}"
    )


def at_size(scratch: Path, options: argparse.Namespace) -> None:
    """The rows about size."""
    offices = {}
    for images, patients in ((SMALL, SMALL), (options.images, options.patients)):
        name = f"{images:,} images"
        with timed() as watch:
            offices[name] = fill_office(
                scratch / name, patients=patients, images=images, seed=images
            )
        print(f"An office of {name} and {patients:,} patients, made in {watch.seconds:.0f} s")
    small, large = offices
    vaults = {name: office.open() for name, office in offices.items()}
    search(vaults[large], options.searches)
    variants: dict[str, Callable[[], float]] = {}
    for name, vault in vaults.items():
        chart = partial(looking.images_of, patient=offices[name].chart)
        newest = partial(find_patients, text="", today=TODAY)
        variants[f"tray, {name}"] = partial(looking_at, vault, looking.tray)
        variants[f"chart of 5,000, {name}"] = partial(looking_at, vault, chart)
        variants[f"patients of last, {name}"] = partial(looking_at, vault, newest)
    seconds = interleaved(variants, repeats=options.repeats)
    for vault in vaults.values():
        vault.close()
    openings: dict[str, Callable[[], float]] = {}
    for name, office in offices.items():
        with office.open() as vault:
            vault.finish_sweep()  # so that it is left tidy
        openings[f"opening, {name}"] = partial(opening, office)
    seconds |= interleaved(openings, repeats=options.repeats)
    crashes = {
        f"opening after a crash, {name}": partial(opening_after_a_crash, office)
        for name, office in offices.items()
    }
    seconds |= interleaved(crashes, repeats=options.repeats)
    works = ("opening", "opening after a crash", "tray", "chart of 5,000", "patients of last")
    show(
        "At size",
        seconds,
        [Promise(work=f"{w}, {large}", reference=f"{w}, {small}", goal=2.0) for w in works],
    )


def verifying(scratch: Path, options: argparse.Namespace) -> None:
    """Reading everything back, and a backup, against hashing the same sealed files."""
    office = fill_office(scratch / "real", patients=1, images=0, seed=1)
    chance = random.Random(1)  # noqa: S311
    with office.open() as vault:
        desk = begin_intake(vault, source_name="Card", route=Route.CARD, by=office.clerk)
        for number in range(options.originals):
            content = chance.randbytes(4_000_000)
            sealed = vault.originals.keep(BytesIO(content).readinto, expected=len(content))
            arrival = Arrival(intake=desk, file_name=str(number), folder="", modified_local=None)
            receive(vault, sealed=[(sealed, arrival)], by=office.clerk)
        work, saving = "verify --originals", "a first backup"
        reference = "sha256 of the same files"
        back_up = partial(backing_up, vault, scratch / "stick", office.clerk)
        seconds = interleaved(
            {
                reference: partial(_hash_files, office.folder / ORIGINALS),
                work: partial(looking_at, vault, partial(verify, originals=True)),
                saving: back_up,
            },
            repeats=options.repeats,
        )
    megabytes = options.originals * 4
    rates = [f"{name} {megabytes / median(seconds[name]):,.0f} MB/s" for name in (work, saving)]
    show(
        f"{megabytes:,} MB: {', '.join(rates)}",
        seconds,
        [
            Promise(work=work, reference=reference, goal=2.0),
            Promise(work=saving, reference=reference, goal=8.0),
        ],
    )


def backing_up(vault: Vault, stick: Path, clerk: Person) -> float:
    """Every original copied to a new place, read back there and proved; not its removal."""
    with timed() as watch:
        make_backup(vault, to=stick, by=clerk)
    shutil.rmtree(stick)
    return watch.seconds


def _hash_files(folder: Path) -> float:
    buffer = memoryview(bytearray(1 << 20))
    with timed() as watch:
        for path in folder.rglob("*"):
            if path.is_file():
                digest = hashlib.sha256()
                with path.open("rb", buffering=0) as file:
                    while got := file.readinto(buffer):
                        digest.update(buffer[:got])
    return watch.seconds


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--originals", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    (ROOT / "build").mkdir(exist_ok=True)  # beside the project: the temporary folder may be memory
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        at_size(Path(folder), options)
        verifying(Path(folder), options)


if __name__ == "__main__":
    main()
