"""Clearing a device in words: what is asked, and what became of each image."""

from collections.abc import Sequence

from desktop.intake.clearing_report import ClearOffer, ClearReport
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.ui.desk.report_words import ReportLine
from desktop.ui.parts.pieces import Tone
from desktop.ui.parts.words import counted

_NOT_TRIED = "not deleted yet."


def question(offer: ClearOffer) -> str:
    """What a person agrees to before anything is deleted."""
    count = len(offer.outstanding)
    images = counted(count, "image")
    each = "It is" if count == 1 else "Each is"
    return (
        f"Delete {images} from {offer.source_name}? {each} kept in the record. {each} compared "
        "just before, deleted alone, and looked for afresh after. Nothing else on the device is "
        "touched. It cannot be undone."
    )


def clear_lines(deposits: Sequence[Deposit]) -> list[ReportLine]:
    """What became of every copy, the good news first; every file is named with what holds of it."""
    cleared = [one for one in deposits if one.clearance is Clearance.CLEARED]
    attested = [one for one in deposits if one.clearance is Clearance.ATTESTED]
    left = [one for one in deposits if one.clearance is Clearance.OUTSTANDING]
    refused = [one for one in left if one.refused_why]
    untried = [one for one in left if not one.refused_why]
    lines: list[tuple[Tone, Sequence[Deposit], str, tuple[str, ...]]] = [
        ("good", cleared, "confirmed absent", _names(cleared, "seen to be gone.")),
        ("good", attested, "attested", _by(attested)),
        ("problem", refused, "refused", _by_cause([(r.file_name, r.refused_why) for r in refused])),
        ("warning", untried, "outstanding", _names(untried, _NOT_TRIED)),
    ]
    return [
        ReportLine(tone=tone, heading=f"{len(found):,} {what}", details=details)
        for tone, found, what, details in lines
        if found
    ]


def clear_headline(deposits: Sequence[Deposit]) -> tuple[Tone, str]:
    """One sentence for the whole device."""
    left = sum(one.clearance is Clearance.OUTSTANDING for one in deposits)
    if left:
        return "warning", f"{left:,} of {counted(len(deposits), 'image')} may still be there"
    if all(one.clearance is Clearance.CLEARED for one in deposits):
        return "good", "The device is cleared"
    return "good", "Nothing is outstanding"


def stopped_words(report: ClearReport | None) -> str:
    """What ended a clearing before its end, or nothing."""
    return str(report.stopped_by) if report is not None and report.stopped_by else ""


def left_beside_words(report: ClearReport | None) -> str:
    """Which notes on images stay on the device, or nothing."""
    if report is None or not report.left_beside:
        return ""
    names = ", ".join(report.left_beside)
    return f"Still on the device: {names}. These are notes on images and show nobody."


def _names(deposits: Sequence[Deposit], said: str) -> tuple[str, ...]:
    return _by_cause([(one.file_name, said) for one in deposits])


def _by(deposits: Sequence[Deposit]) -> tuple[str, ...]:
    return _by_cause([(one.file_name, f"by the word of {one.attested_by}.") for one in deposits])


def _by_cause(told: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """One sentence a cause, and under it every name: nobody should have to guess which."""
    causes: dict[str, list[str]] = {}
    for name, cause in told:
        causes.setdefault(cause, []).append(name)
    return tuple(
        cause if all(name in cause for name in names) else f"{', '.join(names)}: {cause}"
        for cause, names in causes.items()
    )
