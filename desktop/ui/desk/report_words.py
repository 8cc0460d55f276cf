"""A filing report in words: one line a fate, the names under it, and a sum that adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop.intake.filing_report import FileReport
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.companions import NOT_APPLIED
from desktop.ui.parts.image_words import quality_said
from desktop.ui.parts.pieces import Tone
from desktop.ui.parts.words import counted, sentence_case, size_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """What became of some of the items; `details` say it of each, or of each cause."""

    tone: Tone
    heading: str
    details: tuple[str, ...] = ()


def report_lines(report: FileReport) -> list[ReportLine]:
    """Every fate that happened to at least one item, the good news first."""
    lines = [
        _line("good", report.filed, "filed"),
        _line("good", report.already, "already in this record", _twins(report)),
        _line("warning", report.incomplete, "kept, but incomplete", _missing(report.incomplete)),
        _pages(report),
        _worth_a_look((*report.filed, *report.incomplete)),
        _line(
            "problem",
            report.not_filed,
            "not filed",
            _by_cause([(n.image.arrival.file_name, str(n.problem)) for n in report.not_filed]),
        ),
        _line(
            "problem",
            report.receive.refused,
            "refused",
            _by_cause([(r.item.name, str(r.problem)) for r in report.receive.refused]),
        ),
        _line("warning", report.receive.not_reached, "not reached", _stop(report)),
        _line("good", report.receive.went_on, "gone on with where the device left", _cuts(report)),
        _notes_kept(report),
        _line(
            "warning",
            report.notes.left,
            "kept, perhaps without a note from the device",
            _by_cause([(one.item.name, str(one.problem)) for one in report.notes.left]),
        ),
    ]
    return [line for line in lines if line is not None]


def sum_line(report: FileReport) -> str:
    """`5 chosen = 3 filed + 1 already here + 1 refused`."""
    parts = {
        "filed": len(report.filed),
        "already here": len(report.already),
        "incomplete": len(report.incomplete),
        "not filed": len(report.not_filed),
        "refused": len(report.receive.refused),
        "not reached": len(report.receive.not_reached),
    }
    told = " + ".join(f"{number} {what}" for what, number in parts.items() if number)
    return f"{report.total} chosen = {told}" if told else "Nothing was chosen."


def headline(report: FileReport) -> tuple[Tone, str]:
    """One sentence for the whole filing."""
    kept = len(report.filed) + len(report.already) + len(report.incomplete)
    if report.total and len(report.filed) + len(report.already) == report.total:
        return "good", f"{counted(kept, 'image')} in the record"
    if kept == 0:
        return "problem", "Nothing was filed"
    return "warning", f"{kept} of {counted(report.total, 'image')} in the record"


def _line(
    tone: Tone, items: Sequence[object], what: str, details: tuple[str, ...] = ()
) -> ReportLine | None:
    if not items:
        return None
    return ReportLine(tone=tone, heading=f"{len(items):,} {what}", details=details)


def _worth_a_look(images: Sequence[ClinicalImage]) -> ReportLine | None:
    """Said while the patient may still be there; each is in the record all the same (R126)."""
    doubtful = [(image, found) for image in images if (found := quality_said(image))]
    told = [
        (image.arrival.file_name, f"{sentence_case(found.words)}. {found.advice}")
        for image, found in doubtful
    ]
    return _line("warning", doubtful, "worth another look", _by_cause(told))


def _twins(report: FileReport) -> tuple[str, ...]:
    """Which image each file is, where it has another name on record."""
    return _by_cause(
        [
            (name, f"On record as {image.arrival.file_name}, image {image.short_number}.")
            for name, image in report.already_named
            if name != image.arrival.file_name
        ]
    )


def _pages(report: FileReport) -> ReportLine | None:
    """Which papers are back as a scan (R43, R79); their images have their fate in another line."""
    attached = [page for page in report.pages if page.attached]
    told = tuple(page.words for page in attached)
    return _line("good", attached, "of our own pages attached", told)


def _notes_kept(report: FileReport) -> ReportLine | None:
    """Not in the sum: notes are no images."""
    if not report.notes.images:
        return None
    heading = f"{counted(len(report.notes.images), 'image')} kept with a note from the device"
    return ReportLine(tone="good", heading=heading, details=(NOT_APPLIED,))


def _missing(images: Sequence[ClinicalImage]) -> tuple[str, ...]:
    told = [
        (image.arrival.file_name, "Missing: " + ", ".join(e.words for e in image.missing) + ".")
        for image in images
    ]
    return _by_cause(told)


def _stop(report: FileReport) -> tuple[str, ...]:
    return (str(report.receive.stopped_by),) if report.receive.stopped_by else ()


def _cuts(report: FileReport) -> tuple[str, ...]:
    """Not in the sum: each of these has its fate in another line."""
    return tuple(
        f"{one.item.name}: {size_words(one.at)} of {size_words(one.item.size)} were here "
        "from before, and were compared in places."
        for one in report.receive.went_on
    )


def _by_cause(told: list[tuple[str, str]]) -> tuple[str, ...]:
    """One sentence a cause, with the names that it does not say already: never 162 red lines."""
    causes = groupby(sorted(told, key=lambda pair: pair[1]), key=lambda pair: pair[1])
    return tuple(_cause(sentence, [name for name, _ in pairs]) for sentence, pairs in causes)


def _cause(sentence: str, names: list[str]) -> str:
    if all(name in sentence for name in names):
        return sentence
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return f"{shown}: {sentence}"
