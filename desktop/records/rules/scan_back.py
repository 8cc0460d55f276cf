"""Which form an image's consent rests on, and when a paper is back as a scan (R43, R79)."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from desktop.records.facts.consent import Consent, ConsentForm
from desktop.records.facts.page_scan import FORM_OF_CONSENT
from desktop.records.facts.sheet import read_paper_code, read_paper_number

_NO_PAGE = frozenset({"LB", "PC", "RC", "BR"})
"""Labels, of which many carry one number, pages of printers, and the papers of a device that was
cleared or lost: no papers of a chart."""


def form_number(consent: Consent | None) -> str:
    """The number of the form of ours that written consent names; empty where it names none."""
    if consent is None or consent.form is not ConsentForm.WRITTEN:
        return ""
    number = read_paper_number(consent.reference) or ""
    return number if number.startswith(FORM_OF_CONSENT) else ""


def form_is_wanted(consent: Consent | None, *, is_back: bool) -> bool:
    """Whether an office that files on written consent alone still waits for the form. Where none is
    said yet that is what is missing; a form that is not of ours counts where it is named."""
    if consent is None or consent.form is ConsentForm.NONE_YET:
        return False
    if consent.form is not ConsentForm.WRITTEN:
        return True
    return not is_back if form_number(consent) else not consent.reference.strip()


def consent_of_set(consent: Consent, codes: Iterable[str]) -> Consent:
    """Written consent that names no form rests on the one whose page was brought along, if there is
    exactly one; else as it was said."""
    if consent.form is not ConsentForm.WRITTEN or consent.reference.strip():
        return consent
    return _on_one_form(consent, codes) or consent


def consent_of_form(consent: Consent | None, codes: Iterable[str]) -> Consent | None:
    """An image of a consent form is evidence and no picture of anybody: where nobody said what it
    rests on, it rests on the form that it shows, if it shows pages of exactly one."""
    if consent is not None and consent.form is not ConsentForm.NONE_YET:
        return consent
    return _on_one_form(Consent(form=ConsentForm.WRITTEN), codes) or consent


def _on_one_form(consent: Consent, codes: Iterable[str]) -> Consent | None:
    numbers = {number for number, _ in pages_of(codes) if number.startswith(FORM_OF_CONSENT)}
    return replace(consent, reference=numbers.pop()) if len(numbers) == 1 else None


def pages_of(codes: Iterable[str]) -> list[tuple[str, int]]:
    """Number and page of each code of a page that can belong into a chart."""
    read = (read_paper_code(code) for code in codes)
    return [one for one in read if one is not None and one[0][:2] not in _NO_PAGE]


def is_back(scanned: Collection[int], *, pages: int | None) -> bool:
    """Whether a paper is there as a scan: each of its pages, or any where nobody knows how many it
    has, as of one that was printed blank."""
    return bool(scanned) if pages is None else set(range(1, pages + 1)) <= set(scanned)
