"""What a command says of an image beside who, when and with what: what it shows, how good it is,
and why its time was corrected."""

from argparse import ArgumentParser, Namespace
from typing import Any

from desktop.commands_telling import Result
from desktop.commands_typed import typed_instant
from desktop.records.deeds import companions, correcting_time, looking, patients
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.companions import notes_words
from desktop.records.facts.depiction import Depiction, Distance, Subject, View
from desktop.records.facts.identifiers import identifier
from desktop.records.facts.ids import ImageId
from desktop.records.facts.page_scan import PageSeen
from desktop.records.facts.problems import ImageUnknown
from desktop.records.rules.body_sites import read_site
from desktop.records.rules.time_correction import (
    WallTime,
    correction_words,
    meaning_of,
    twice_words,
    typed_span,
)
from desktop.verbs.office import Office

_CORRECT = "correct-time"


def grammar(commands: Any, common: ArgumentParser) -> None:
    """The words of `correct-time`."""
    to = commands.add_parser(
        _CORRECT, parents=[common], help="say when images were really taken, and why"
    )
    to.add_argument("--patient", required=True, metavar="N")
    to.add_argument("--images", required=True, nargs="+", metavar="ID")
    to.add_argument(
        "--whole-intake",
        action="store_true",
        help="with a clock: all that came in with these images, of whatever patient",
    )
    how = to.add_mutually_exclusive_group(required=True)
    how.add_argument("--at", type=typed_instant, metavar="YYYY-MM-DDTHH:MM[+13:00]")
    how.add_argument("--clock-behind", metavar="SPAN", help="the clock was behind by: “1 h 2 min”")
    how.add_argument("--clock-ahead", metavar="SPAN")
    to.add_argument("--why", required=True, metavar="TEXT")


def is_mine(command: str) -> bool:
    """Whether `run` knows the command."""
    return command == _CORRECT


def run(options: Namespace, office: Office) -> Result:
    """Correct the times; what was left alone is told."""
    wanted = _images(options, office)
    if options.at is not None:
        offset = options.at.utcoffset()
        local = options.at.replace(tzinfo=None)
        corrected = [
            correcting_time.correct_time(
                office.vault,
                image=one,
                at=local,
                offset=int(offset.total_seconds() // 60) if offset is not None else None,
                why=options.why,
                by=office.person,
            )
            for one in wanted
        ]
        is_twice = offset is None and meaning_of(local) is WallTime.TWICE
        caution = twice_words(local) if is_twice else ""
    else:
        span = typed_span(options.clock_behind or options.clock_ahead)
        corrected = correcting_time.correct_clock(
            office.vault,
            images=wanted,
            behind=span if options.clock_behind else -span,
            why=options.why,
            by=office.person,
        )
        caution = ""
    done = {one.id for one in corrected}
    return {
        "corrected": [_time_row(one) for one in corrected],
        "left_alone": [str(one) for one in wanted if one not in done],
        "print_again": correcting_time.printed_on(office.vault, corrected),
        **({"caution": caution} if caution else {}),
    }


def _images(options: Namespace, office: Office) -> list[ImageId]:
    """By id or by the number that is printed on a sheet, and what came in with them."""
    patient = patients.patient_with_number(office.vault, number=identifier(options.patient))
    known = looking.images_of(office.vault, patient.id)
    by_name = {name: one for one in known for name in (str(one.id), one.short_number)}
    if unknown := [text for text in options.images if text not in by_name]:
        raise ImageUnknown(image=unknown[0])
    found = {by_name[text].id: by_name[text] for text in options.images}
    if not options.whole_intake:
        return list(found)
    intakes = dict.fromkeys(one.arrival.intake for one in found.values())
    every = (correcting_time.images_of_intake(office.vault, intake) for intake in intakes)
    return [one.id for some in every for one in some]


def _time_row(image: ClinicalImage) -> dict[str, Any]:
    taken = image.taken
    return {
        "id": str(image.id),
        "file_name": image.arrival.file_name,
        "state": image.state.value,
        "taken_at": taken.local.isoformat() if taken else None,
        "utc_offset_minutes": taken.utc_offset_minutes if taken else None,
        **_file_time(image),
    }


def _file_time(image: ClinicalImage) -> dict[str, Any]:
    own = image.description.taken if image.description else None
    return {
        "file_taken_at": own.local.isoformat() if own else None,
        "time_corrected": correction_words(image),
    }


def filing_grammar(to: ArgumentParser) -> None:
    """The words of `file` for what is shown, and where on the body."""
    to.add_argument(
        "--site", default="", metavar="TEXT", help="body site with its side: “left forearm”"
    )
    to.add_argument("--subject", choices=[one.value for one in Subject])
    to.add_argument("--view", choices=[one.value for one in View])
    to.add_argument("--distance", choices=[one.value for one in Distance])


def depiction_of(options: Namespace) -> Depiction:
    """What the words of `filing_grammar` say."""
    said = read_site(options.site)
    return Depiction(
        subject=Subject(options.subject) if options.subject else None,
        site_code=said.code,
        laterality=said.laterality,
        view=View(options.view) if options.view else None,
        distance=Distance(options.distance) if options.distance else None,
    )


def shown_row(image: ClinicalImage) -> dict[str, Any]:
    """What it shows and how good it is, as `images` and `file` tell it."""
    shows = image.depicts
    detail = image.description.detail if image.description else None
    return {
        "recorded_as": detail.capture_mode.words if detail else None,
        "has_place": image.description.has_location if image.description else None,
        "also_in_file": [part.words for part in detail.parts] if detail else [],
        "site": image.site,
        "site_code": shows.site_code or None,
        "laterality": shows.laterality.value if shows.laterality else None,
        "subject": shows.subject.value if shows.subject else None,
        "view": shows.view.value if shows.view else None,
        "distance": shows.distance.value if shows.distance else None,
        "quality": _quality_row(image),
        "page_codes": list(image.description.page_codes) if image.description else [],
        "consent_form_due": image.form_due or None,
        **_file_time(image),
    }


def belonging_rows(office: Office, image: ClinicalImage) -> dict[str, Any]:
    """The images that belong to one: the other half of a Live Photo, the raw of a JPEG, an edit;
    and the notes that are kept with it."""
    tied = looking.ties_of(office.vault, image.id)
    notes = companions.notes_of(office.vault, image.id, office.describer.edit_note)
    return {
        "belongs": [
            {"how": how.words, "id": str(other.id), "file_name": other.arrival.file_name}
            for how, other in tied
        ],
        "notes_beside": [
            {
                "file_name": one.file_name,
                "size": one.size,
                "sha256": one.sha256.hex(),
                "received_at": one.received_at.isoformat(),
                "editor": one.said.editor if one.said else None,
                "edited_at": one.said.at.isoformat() if one.said and one.said.at else None,
            }
            for one in notes
        ],
        "notes_words": notes_words(notes, image.arrival.file_name),
    }


def page_row(page: PageSeen) -> dict[str, Any]:
    """A page of ours that an image shows, as the command line tells it."""
    return {
        "code": page.code,
        "number": page.number,
        "paper": page.title,
        "page": page.page,
        "pages": page.pages,
        "patient": page.patient.banner if page.patient else None,
        "attached": page.attached,
    }


def _quality_row(image: ClinicalImage) -> dict[str, Any] | None:
    measured = image.description.quality if image.description else None
    if measured is None:
        return None
    said = measured.for_subject(image.depicts.subject)
    return {
        "grade": said.grade.value,
        "findings": [finding.value for finding in said.findings],
        "words": said.words,
        "advice": said.advice,
        "sharpness": said.sharpness,
        "brightness": said.brightness,
        "contrast": said.contrast,
        "dark_share": said.dark_share,
        "bright_share": said.bright_share,
        "jpeg_quality": said.jpeg_quality,
    }
