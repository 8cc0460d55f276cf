"""The command `export`: copies for somebody outside, through the rules of disclosure."""

import argparse
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.commands_telling import Result, Row, counting
from desktop.commands_typed import typed_image
from desktop.intake.report import Tell
from desktop.problem import Problem
from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import Feature, FeatureAnswer, FeatureCheck, Found, Mask, Release
from desktop.records.facts.copy_problems import CheckerMissing, FeatureNotUnderstood, MaskWrong
from desktop.records.facts.ids import ImageId
from desktop.records.rules.releasing import DEIDENTIFIED_BY_DEFAULT
from desktop.records.rules.typed_masks import typed_masks
from desktop.verbs.copies import CopyOrder, CopyReport, export_all
from desktop.verbs.office import Office
from desktop.verbs.output import read_whole
from desktop.verbs.stopping import stopped_by_signals

_MASKS = "what is painted over: on every page of several, or on the one that a mask names"
_FEATURES = ", ".join(one.value for one in Feature)


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of this command; `commands` is what `add_subparsers` gave."""
    to = commands.add_parser(
        "export",
        parents=[common],
        help="copies of images for somebody outside",
        description="De-identified for teaching, training, research and publication; else the "
        "originals as they are. Consent on record has to name the purpose, unless the copy "
        "identifies nobody or an authority is stated.",
    )
    to.add_argument("ids", nargs="+", metavar="ID")
    to.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder")
    to.add_argument("--to", required=True, metavar="RECIPIENT", help="who gets the copies")
    to.add_argument("--purpose", required=True, choices=[one.value for one in Purpose])
    to.add_argument("--authority", default="", metavar="TEXT", help="court order, statute, …")
    to.set_defaults(deidentified=None)
    form = to.add_mutually_exclusive_group()
    form.add_argument("--deidentified", action="store_true", dest="deidentified")
    form.add_argument("--identifiable", action="store_false", dest="deidentified")
    why = to.add_argument_group("identifiable, for teaching, training, research, publication")
    why.add_argument("--why-identifiable", default="", metavar="TEXT")
    why.add_argument("--reference", default="", metavar="TEXT", help="ethics approval or policy")
    _deidentified_grammar(to.add_argument_group("de-identified"))


def _deidentified_grammar(to: Any) -> None:
    to.add_argument(
        "--features-checked-by",
        default="",
        metavar="NAME",
        help="who looked at every image and found no identifying feature but those named here",
    )
    to.add_argument(
        "--feature",
        action="append",
        default=[],
        metavar="FEATURE=none|masked|accepted:REASON",
        help=f"what was found, if not none: {_FEATURES}",
    )
    to.add_argument("--second-reviewer", default="", metavar="NAME", help="for a rare condition")
    to.add_argument("--masks", type=Path, metavar="FILE.json", help=_MASKS)
    to.add_argument("--sound", action="store_true", help="keep the sound of films")


def run(options: Namespace, office: Office, tell: Tell) -> Result:
    """`chartroom export`: a row for each image."""
    images = [typed_image(text) for text in dict.fromkeys(options.ids)]
    purpose = Purpose(options.purpose)
    chosen = options.deidentified
    release = Release(
        recipient=options.to,
        purpose=purpose,
        is_deidentified=purpose in DEIDENTIFIED_BY_DEFAULT if chosen is None else chosen,
        authority=options.authority,
        why_identifiable=options.why_identifiable,
        reference=options.reference,
    )
    features = _features(options) if release.is_deidentified else None
    masks = _masks(options.masks, images)
    orders = [
        CopyOrder(
            image=image,
            folder=options.out,
            release=release,
            features=features,
            masks=masks.get(image, ()),
            sound=options.sound,
        )
        for image in images
    ]
    count = counting(tell)
    with stopped_by_signals() as stopped:
        reports = export_all(
            office, orders, tell=lambda done: count(round(done * 100), 100), stopped=stopped
        )
    rows = [_row(image, report) for image, report in zip(images, reports, strict=True)]
    return {
        "copies": [row for row in rows if "path" in row],
        "refused": [row for row in rows if "path" not in row],
    }


def harm_in_export(result: Mapping[str, Any]) -> str:
    """What was not copied."""
    left = len(result["refused"])
    return f"Not copied: {left:,}. The report names each." if left else ""


def _features(options: Namespace) -> FeatureCheck:
    """Every feature answered: none, by the word of who looked, but for those that are named."""
    if not options.features_checked_by.strip():
        raise CheckerMissing
    answers = {one: FeatureAnswer(found=Found.NONE) for one in Feature}
    for text in options.feature:
        name, _, said = text.partition("=")
        word, _, reason = said.partition(":")
        if name not in set(Feature) or word not in set(Found):
            raise FeatureNotUnderstood(text=text, features=_FEATURES)
        answers[Feature(name)] = FeatureAnswer(found=Found(word), reason=reason)
    return FeatureCheck(
        checked_by=options.features_checked_by,
        answers=answers,
        second_reviewer=options.second_reviewer,
    )


def _masks(path: Path | None, images: list[ImageId]) -> dict[ImageId, tuple[Mask, ...]]:
    if path is None:
        return {}
    try:
        text = read_whole(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MaskWrong(reason="the file is not UTF-8 text") from None
    found: dict[ImageId, tuple[Mask, ...]] = {}
    for name, masks in typed_masks(text).items():
        if not name and len(images) > 1:
            raise MaskWrong(reason="with several images, the file has to say whose each mask is")
        image = typed_image(name) if name else images[0]
        if image not in images:
            raise MaskWrong(reason=f"it is for image {name}, which is not exported")
        found[image] = masks
    return found


def _row(image: ImageId, report: CopyReport | Problem) -> Row:
    if isinstance(report, Problem):
        return {"id": str(image), "why": str(report), "code": report.code}
    told: dict[str, Any] = {
        "id": str(image),
        "name": report.path.name,
        "path": str(report.path),
        "ground": report.ground.value,
        "deidentified": report.made is not None,
    }
    if report.made is not None:
        told |= {
            "type": report.made.media_type,
            "sha256": report.made.sha256.hex(),
            "size": report.made.size,
            "same_picture": report.made.is_same_picture,
            "removed": [one.words for one in report.made.removed],
        }
    return told | ({"caution": report.caution} if report.caution else {})
