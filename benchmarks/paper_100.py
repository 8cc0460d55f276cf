"""A record sheet of 100 photos, from their sealed originals to a PDF, against img2pdf of the files.

img2pdf lays the same JPEG bytes one a page and does nothing else: no unsealing, no look at what is
untrusted, nothing taken out, no words, no codes, no fonts. It is LGPL and no part of this project;
where it is not installed (pip install img2pdf) only our own seconds and memory are told.
"""

import argparse
import importlib
import os
import tempfile
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.empty_office import empty_office
from benchmarks.photos import write_photos
from benchmarks.ratio import Promise, Variant, interleaved, show, timed
from desktop.devices.finding import open_source
from desktop.intake.filing_report import DeskFacts, FileRequest
from desktop.records.deeds import patients
from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.consent import Consent, ConsentForm, Purpose
from desktop.records.facts.identifiers import nhi
from desktop.records.facts.patient import NewPatient, Patient
from desktop.records.facts.people import Photographer, Role
from desktop.verbs.filing import file_from_source
from desktop.verbs.office import Office
from desktop.verbs.output import write_filled
from desktop.verbs.sheets import SheetOrder, prepare_sheet

ROOT = Path(__file__).resolve().parents[1]
SHEET, OTHER = "Chartroom: unsealed, proved, laid out", "img2pdf of the same files"
_GOAL, _MOST_MIB = 1.5, 150
_BASES = 6


def main() -> None:
    """Show medians, ratio and memory."""
    options = _parsed()
    img2pdf = _img2pdf()
    (ROOT / "build").mkdir(exist_ok=True)  # beside the project: the temporary folder may be memory
    folder = options.scratch or ROOT / "build"
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder) as scratch:
        photos, place = Path(scratch) / "photos", Path(scratch)
        size = _write_different(photos, options.photos)
        print(f"{options.photos} photos, {size / 1e6:.0f} MB")
        with empty_office(place) as office:
            patient = _filed(office, photos)
            sheet = partial(_sheet, office, patient, options.per_page, place)
            _tell_memory(sheet)
            variants: dict[str, Variant] = {SHEET: sheet}
            if img2pdf is not None:
                variants[OTHER] = partial(_other, img2pdf, photos, place)
            seconds = interleaved(variants, repeats=options.repeats)
    promises = [Promise(work=SHEET, reference=OTHER, goal=_GOAL)] if img2pdf else []
    show(f"A record sheet of {options.photos} photos", seconds, promises)


def _sheet(office: Office, patient: Patient, per_page: int, place: Path) -> float:
    """Lay it out and write it, as saving does."""
    order = SheetOrder(patient=patient.id, per_page=per_page)
    with timed() as watch:
        ready = prepare_sheet(office, order)
        write_filled(place / "sheet.pdf", ready.laid.write, office=office.folder)
    return watch.seconds


def _other(img2pdf: Any, photos: Path, place: Path) -> float:
    """The same files, in the same order, to a file that is as durable."""
    files = [str(path) for path in sorted(photos.iterdir())]
    with timed() as watch, (place / "other.pdf").open("wb") as out:
        img2pdf.convert(files, outputstream=out)
        out.flush()
        os.fsync(out.fileno())
    return watch.seconds


def _write_different(folder: Path, count: int) -> int:
    """Photos whose pixels differ: a picture that is there already goes into a PDF only once."""
    written, bases = 0, folder.with_name("bases")
    write_photos(bases, _BASES)
    folder.mkdir()
    for number in range(count):
        with Image.open(bases / f"IMG_{number % _BASES:04}.JPG") as picture:
            exif = picture.info["exif"]
            picture.paste(Image.effect_noise((64, 64), 80).convert("RGB"), (number, number))
            path = folder / f"IMG_{number:04}.JPG"
            picture.save(path, "JPEG", quality=95, exif=exif)
        written += path.stat().st_size
    return written


def _tell_memory(sheet: Variant) -> None:
    """The peak of this process, which lays out and writes, over what it had before: the decoders
    are other processes, bounded by their own limits."""
    before = _now_mib()
    _reset_peak()
    seconds = sheet()
    peak = _peak_mib()
    verdict = "reached" if peak - before <= _MOST_MIB else "NOT REACHED"
    print(
        f"  memory: {before:.0f} MiB before, {peak:.0f} MiB at the peak, "
        f"{peak - before:.0f} more; goal {_MOST_MIB}, {verdict} ({seconds:.1f} s)"
    )


def _status(name: str) -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise KeyError(name)


def _now_mib() -> float:
    return _status("VmRSS")


def _peak_mib() -> float:
    return _status("VmHWM")


def _reset_peak() -> None:
    """The highest so far is from filing."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _filed(office: Office, photos: Path) -> Patient:
    born = date(1961, 3, 4)
    patient = patients.add_patient(
        office.vault,
        new=NewPatient(
            identifiers=(nhi("ZZZ0016"),), family_name="Sample", given_names="Sam", born=born
        ),
        by=office.person,
    )
    facts = DeskFacts(
        photographer=Photographer(name="Sam Sample", role=Role.NURSE),
        owner=DeviceOwner.ORGANISATION,
        purposes=frozenset({Purpose.CARE}),
        consent=Consent(form=ConsentForm.WRITTEN),
    )
    with closing(open_source(str(photos))) as source:
        request = FileRequest(
            source_id=source.info.id,
            items=tuple(source.items()),
            patient=patient.id,
            number=patient.number,
            born=born,
            facts=facts,
        )
        report = file_from_source(
            office, source=source, request=request, tell=lambda _: None, stopped=lambda: False
        )
    assert len(report.filed) == len(request.items), report
    return patient


def _img2pdf() -> Any:
    try:
        return importlib.import_module("img2pdf")
    except ImportError:
        print("img2pdf is not installed: no ratio.")
        return None


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=100)
    parser.add_argument("--per-page", type=int, default=2, choices=(1, 2, 4, 6))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--scratch", type=Path, help="a folder on the drive to measure")
    return parser.parse_args()


if __name__ == "__main__":
    main()
