"""A copy of a patient's record or the whole office that can be read without any program."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.intake.report import Progress, Stopped, Tell
from desktop.problem import Cancelled, Problem
from desktop.records.deeds import archiving
from desktop.records.deeds.archiving import ArchivedChart, ArchivedImage, ArchivePlan
from desktop.records.facts.ids import PatientId
from desktop.records.facts.patient import short_date
from desktop.records.facts.trail import TrailLine
from desktop.records.rules.passphrase import LEAST_LENGTH, strength_of
from desktop.records.vault.keyring import STANDARD_COST, KeyCost
from desktop.records.vault.problems import (
    OriginalDamaged,
    OriginalMissing,
    PasswordTooEasy,
    PasswordTooShort,
)
from desktop.shipped import shipped
from desktop.verbs.archive_folder import ArchiveFolder
from desktop.verbs.archive_pages import README, ShownImage, chart_page, office_page
from desktop.verbs.archive_problems import ArchiveInsideOffice
from desktop.verbs.archive_records import (
    beside_ending,
    chart_record,
    image_record,
    patient_record,
    safe_name,
    sheet_record,
    true_ending,
)
from desktop.verbs.archive_sealed import SealedArchive
from desktop.verbs.archive_sink import ArchiveSink
from desktop.verbs.office import Office
from desktop.verbs.part_files import clear_parts, noted_part

CHECKER = "check_archive.py"
WARNING = (
    "Everybody who has this folder can read it: nothing in it is encrypted. Keep it as you would "
    "keep the paper charts, and destroy it when it is no longer needed."
)
WARNING_SEALED = (
    "Nobody can open this file without its passphrase, and nobody can find that again. Keep the "
    "passphrase apart from it, and open_archive.py with it: that opens it without Chartroom."
)
_FORMAT = 1


@dataclass(slots=True, kw_only=True)
class ArchiveReport:
    """What was written. `not_included` names each original that could not be read, and why;
    `left_out` each whose consent was withdrawn, and `withdrawn` each such that went all the same,
    since somebody said why."""

    path: Path
    patients: int = 0
    images: int = 0
    bytes: int = 0
    sheets: int = 0
    trail_lines: int = 0
    not_included: list[dict[str, str]] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)
    withdrawn: list[dict[str, str]] = field(default_factory=list)


def write_archive(
    office: Office,
    out: Path,
    *,
    patient: PatientId | None = None,
    passphrase: str | None = None,
    with_withdrawn: str | None = None,
    cost: KeyCost = STANDARD_COST,
    tell: Tell = lambda _progress: None,
    stopped: Stopped = lambda: False,
) -> ArchiveReport:
    """Write everything of a patient, or of the office, into the new folder `out`: whole or not at
    all. An original that cannot be read is named in it and in the report; the rest is complete.
    An original whose consent was withdrawn is left out and named (R54), unless `with_withdrawn`
    says why it goes too. With a `passphrase`, `out` becomes one encrypted file instead, and nothing
    lies in the clear.

    Raises ArchiveExists, ArchiveInsideOffice, FileNotWritable, Cancelled, PatientUnknown,
    WhyWithdrawnMissing, NotAllowed, and DiskFailed where the office's own drive fails; with a
    passphrase also PasswordTooShort, PasswordTooEasy and OriginalReadOnce.
    """
    if out.absolute().is_relative_to(office.folder.absolute()):
        raise ArchiveInsideOffice(path=str(out))
    clear_parts(office)
    with _sink(office, out, passphrase, cost) as sink, noted_part(office, sink.part):
        plan = archiving.begin_archive(
            office.vault,
            patient=patient,
            is_sealed=passphrase is not None,
            with_withdrawn=with_withdrawn,
            by=office.person,
        )
        try:
            writer = _Writer(office, sink, plan, tell=tell, stopped=stopped)
            writer.write_all()
            sink.finish()
        except (Problem, KeyboardInterrupt) as ended:
            why = ended.code if isinstance(ended, Problem) else "cancelled"
            archiving.note_no_archive(office.vault, patient=patient, why=why, by=office.person)
            raise
    return writer.report


def _sink(office: Office, out: Path, passphrase: str | None, cost: KeyCost) -> ArchiveSink:
    if passphrase is None:
        return ArchiveFolder(out)
    strength = strength_of(passphrase, known=[office.facts.organisation, office.person.name])
    if strength.bits == 0:
        raise PasswordTooShort(least=LEAST_LENGTH)
    if not strength.is_enough:
        raise PasswordTooEasy(advice=strength.words)
    return SealedArchive(out, passphrase=passphrase, cost=cost)


class _Writer:
    """Fills one archive, patient by patient."""

    def __init__(
        self,
        office: Office,
        sink: ArchiveSink,
        plan: ArchivePlan,
        *,
        tell: Tell,
        stopped: Stopped,
    ) -> None:
        self._office = office
        self._sink = sink
        self._plan = plan
        self._tell = tell
        self._stopped = stopped
        self._folders: list[tuple[str, ArchivedChart]] = []
        self._about: set[str] = set()
        self.report = ArchiveReport(path=sink.out)

    def write_all(self) -> None:
        """Everything but the check sums."""
        self._sink.write("patients.jsonl", self._people())
        if self._plan.whole_office:
            tray = archiving.archived_tray(self._office.vault)
            if not tray.is_empty:
                self._chart("not-linked", tray)
        about = None if self._plan.whole_office else frozenset(self._about)
        lines = archiving.archived_trail(self._office.vault, about=about)
        self._sink.write("trail.jsonl", self._trail(lines))
        self._covers()

    def _people(self) -> Iterator[bytes]:
        """A line for each patient; the folders are written on the way."""
        for identity in self._plan.patients:
            chart = archiving.archived_chart(self._office.vault, identity)
            self.report.patients += 1
            self._about.add(str(identity))
            if (patient := chart.patient) is None:
                continue
            if not chart.is_empty or not self._plan.whole_office:
                name = safe_name(f"{patient.number.value} {patient.name}")
                self._chart(f"patients/{self.report.patients:04}-{name}", chart)
            yield _line(patient_record(patient))

    def _chart(self, place: str, chart: ArchivedChart) -> None:
        self._about.update(str(one.image.id) for one in chart.images)
        self._about.update(str(stone.image) for stone in chart.tombstones)
        files: list[ShownImage] = []
        for number, archived in enumerate(chart.images, start=1):
            stem = f"images/{number:04}-{safe_name(Path(archived.image.arrival.file_name).stem)}"
            original = f"{stem}.{true_ending(archived.image.description)}"
            why = self._original(f"{place}/{original}", archived)
            file = None if why else original
            beside = [] if self._is_left_out(archived) else self._beside(place, stem, archived)
            record = image_record(archived, file=file, why=why, beside=beside)
            self._sink.write_json(f"{place}/{stem}.json", record)
            files.append(ShownImage(archived.image, file, why, f"{stem}.json"))
        self._sink.write_json(f"{place}/patient.json", chart_record(chart))
        sheets = [sheet_record(sheet) for sheet in chart.sheets]
        self._sink.write_json(f"{place}/sheets.json", sheets)
        self._sink.write_text(f"{place}/index.html", chart_page(chart, files))
        self.report.sheets += len(sheets)
        self._folders.append((place, chart))

    def _is_left_out(self, archived: ArchivedImage) -> bool:
        return archived.withdrawn is not None and not self._plan.why_withdrawn

    def _original(self, name: str, archived: ArchivedImage) -> str:
        """Write an original; why it is not there, if it is left out or cannot be read whole."""
        image = archived.image
        told = {"image": image.short_number, "name": image.arrival.file_name}
        if (end := archived.withdrawn) is not None:
            day = short_date(end.at.astimezone().date())
            why = f"consent for {end.scope} was withdrawn on {day}"
            if self._is_left_out(archived):
                why = f"left out: {why}"
                self.report.left_out.append({**told, "why": why})
                return why
            self.report.withdrawn.append({**told, "why": why})
        try:
            self._copy(name, archived)
        except (OriginalDamaged, OriginalMissing) as problem:
            self.report.not_included.append({**told, "why": str(problem)})
            return str(problem)
        self.report.images += 1
        self.report.bytes += image.size
        self._tell(
            Progress(
                done=self.report.images,
                total=self._plan.images,
                bytes_done=self.report.bytes,
                bytes_total=self._plan.bytes,
                name=image.arrival.file_name,
            )
        )
        return ""

    def _beside(self, place: str, stem: str, archived: ArchivedImage) -> list[str | None]:
        """Write the small files that are kept with an image; what they are called here, None for
        one whose image was disposed of meanwhile."""
        names: list[str | None] = []
        for number, kept in enumerate(archived.beside, start=1):
            name = f"{stem}-beside-{number}.{beside_ending(kept)}"
            content = archiving.archived_companion(self._office.vault, archived.image.id, kept)
            if content is not None:
                self._sink.write(f"{place}/{name}", [content])
            names.append(name if content is not None else None)
        return names

    def _copy(self, name: str, archived: ArchivedImage) -> None:
        is_whole = self._sink.write_original(
            name, lambda: self._segments(archived), sha256=archived.image.sha256.hex()
        )
        if not is_whole:
            raise OriginalDamaged(name=archived.sealed.name, where="its check sum is another")

    def _segments(self, archived: ArchivedImage) -> Iterator[memoryview]:
        with closing(archiving.archived_original(self._office.vault, archived.sealed)) as reader:
            for piece in reader.segments():
                if self._stopped():
                    raise Cancelled
                yield piece

    def _trail(self, lines: Iterable[TrailLine]) -> Iterator[bytes]:
        for line in lines:
            self.report.trail_lines += 1
            yield _line(
                {
                    "seq": line.seq,
                    "at": line.at.isoformat() if line.at else None,
                    "by": line.by,
                    "deed": line.deed,
                    "about": line.about,
                    "mac": line.mac.hex(),
                }
            )

    def _covers(self) -> None:
        report, office = self.report, self._office
        at = self._plan.at.isoformat(timespec="seconds")
        counts = {
            "patients": report.patients,
            "images": report.images,
            "bytes": report.bytes,
            "sheets": report.sheets,
            "trail_lines": report.trail_lines,
        }
        cover = {
            "format": _FORMAT,
            "organisation": office.facts.organisation,
            "scope": "office" if self._plan.whole_office else "patient",
            "made_at": at,
            "made_by": office.person.name,
            "counts": counts,
            "not_included": report.not_included,
            "left_out": report.left_out,
            "withdrawn_included": {"why": self._plan.why_withdrawn, "images": report.withdrawn}
            if report.withdrawn
            else None,
        }
        readme = README.format(
            organisation=office.facts.organisation,
            at=at,
            by=office.person.name,
            images=report.images,
            patients=report.patients,
            scope=", which is everything in the office" if self._plan.whole_office else "",
        )
        made = f"Made {at} (UTC) by {office.person.name}. {WARNING}"
        self._sink.write_json("archive.json", cover)
        self._sink.write_text("README.txt", readme)
        pages = office_page(office.facts.organisation, self._folders, made=made)
        self._sink.write_text("index.html", pages)
        self._sink.write(CHECKER, [shipped("archive", CHECKER).read_bytes()])


def _line(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "replace")
