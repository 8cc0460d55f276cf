"""What printers say of themselves and of a job, by IPP's keywords, in words (RFC 8011, 5.3.8 and
5.4.12; PWG 5100.1, 5100.11)."""

import re
from collections.abc import Iterable

_PRINTER = {
    "media-empty": "it is out of paper.",
    "media-needed": "it asks for paper.",
    "media-jam": "paper is jammed.",
    "media-path-jam": "paper is jammed.",
    "toner-empty": "it is out of toner.",
    "marker-supply-empty": "it is out of ink or toner.",
    "marker-waste-full": "its waste container is full.",
    "developer-empty": "its developer unit is used up.",
    "opc-life-over": "its drum is used up.",
    "fuser-over-temp": "its fuser is too hot; let it cool.",
    "fuser-under-temp": "its fuser does not get warm.",
    "cover-open": "a cover is open.",
    "door-open": "a door is open.",
    "interlock-open": "a cover or a door is open.",
    "input-tray-missing": "a tray is missing.",
    "output-tray-missing": "its output tray is missing.",
    "output-area-full": "the output tray is full.",
    "spool-area-full": "its memory is full.",
    "offline": "it is switched off or not connected.",
    "shutdown": "it is switched off or not connected.",
    "timed-out": "it is switched off or not connected.",
    "connecting-to-device": "nothing answers where it should be.",
    "paused": "somebody paused it.",
    "moving-to-paused": "somebody paused it.",
    "hold-new-jobs": "somebody paused it.",
    "stopping": "somebody stopped it.",
    "stopped-partly": "part of it has stopped.",
    "cups-insecure-filter-warning": "its driver is not allowed to run.",
    "cups-missing-filter-warning": "its driver is missing on this computer.",
    "resource-needed": "it lacks a font or a form of its own.",
}
_NO_TROUBLE = {"connecting-to-device", "hold-new-jobs", "stopped-partly", "moving-to-paused"}
"""Said while all is well, too: they count where nothing moves."""

_JOB = {
    "job-canceled-by-user": "somebody cancelled it.",
    "job-canceled-by-operator": "whoever looks after the printer cancelled it.",
    "job-canceled-at-device": "somebody cancelled it at the printer.",
    "aborted-by-system": "the printer gave it up.",
    "job-completed-with-errors": "it was printed with errors.",
    "document-format-error": "the printer could not read the document.",
    "document-unprintable-error": "the printer could not print the document.",
    "unsupported-document-format": "the printer does not take PDF.",
    "unsupported-attributes-or-values": "the printer cannot do what was asked.",
    "document-access-error": "the document did not reach the printer.",
    "submission-interrupted": "the document did not reach the printer.",
    "job-suspended-for-approval": "somebody has to approve it at the printer.",
    "job-password-wait": "a code has to be typed at the printer.",
    "job-release-wait": "somebody has to release it at the printer.",
    "job-hold-until-specified": "it is held until somebody lets it go on.",
    "job-held-for-review": "somebody has to look at it at the printer.",
    "account-authorization-failed": "the printer's accounting does not let it print.",
    "account-closed": "the account at the printer is closed.",
    "account-limit-reached": "the account at the printer has reached its limit.",
    "account-info-needed": "the printer asks for an account.",
    "resources-are-not-ready": "the paper or the tray is not ready.",
    "printer-stopped": "the printer has stopped.",
    "printer-stopped-partly": "part of the printer has stopped.",
    "errors-detected": "the printer met an error.",
    "warnings-detected": "the printer met something unusual.",
}
_UNAVAILABLE = re.compile(r"may not exist or is unavailable|unable to (connect|locate)", re.I)


def trouble_words(reasons: Iterable[str], *, message: str = "", has_stopped: bool = False) -> str:
    """Why a printer cannot go on, or an empty text where it can. `message` is its own sentence."""
    for reason in reasons:
        plain = re.sub(r"-(error|report)$", "", reason)
        if plain in _PRINTER and (has_stopped or plain not in _NO_TROUBLE):
            return (
                f"{message.strip().rstrip('.')}."
                if plain == "paused" and message
                else (_PRINTER[plain])
            )
    if _UNAVAILABLE.search(message):
        return _PRINTER["offline"]
    if has_stopped:
        return f"{message.strip().rstrip('.') or 'it says no reason'}."
    return ""


def job_words(reasons: Iterable[str]) -> str:
    """Why a job ended without paper or waits, or an empty text."""
    return next((_JOB[one] for one in reasons if one in _JOB), "")


_WISHES = {
    "media": "this paper",
    "media-col": "this paper or tray",
    "media-source": "this tray",
    "sides": "both sides",
    "print-color-mode": "this choice of colour or grey",
    "copies": "so many copies",
    "document-format": "PDF",
}


def wish_words(names: Iterable[str]) -> str:
    """What of a request a printer cannot do, or an empty text: a printer that knows nothing of
    `print-scaling` still prints a PDF at its size."""
    unable = [_WISHES[name] for name in names if name in _WISHES]
    return f"it cannot print {' and '.join(dict.fromkeys(unable))}." if unable else ""
