"""What a command says of an image beside who, when and with what: what it shows, how good it is,
and why its time was corrected."""

from argparse import ArgumentParser, Namespace
from typing import Any

from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.depiction import Depiction, Distance, Subject, View
from desktop.records.rules.body_sites import read_site


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
    return {
        "site": image.site,
        "site_code": shows.site_code or None,
        "laterality": shows.laterality.value if shows.laterality else None,
        "subject": shows.subject.value if shows.subject else None,
        "view": shows.view.value if shows.view else None,
        "distance": shows.distance.value if shows.distance else None,
        "quality": _quality_row(image),
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
