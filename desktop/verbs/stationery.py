"""What the office adds of its own to its papers, and how a picture becomes its logo."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from desktop.media.paper_image import PaperImage
from desktop.printing.stationery import Stationery
from desktop.problem import Problem
from desktop.records.deeds.settings import office_settings
from desktop.records.facts.logo import MOST_LOGO_TEXT, Logo, LogoTooLarge
from desktop.records.vault.vault import Vault
from desktop.verbs.office import Office
from desktop.verbs.problems import FileNotReadable

NO_LOGO = "none"
_MOST_BYTES = 20 * 1024 * 1024
_SIZES = (600, 400, 260)
"""Pixels a side that are tried, until the logo is small enough to keep: it is printed 26 mm wide at
most, where the first is 580 and the last 250 dots an inch."""
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(unsafe_hash=True)
class LogoNotUsable(Problem):
    """The file is no picture that can be a logo."""

    name: str
    words: ClassVar[str] = (
        "{name} cannot be the logo: it is not a whole PNG or JPEG picture of at most 20 MB. "
        "Save the logo as PNG or JPEG and choose that file."
    )


def stationery(office: Office) -> Stationery:
    """What the settings say now."""
    return stationery_of(office.vault)


def stationery_of(vault: Vault) -> Stationery:
    """What the settings say now, where nobody is in the office yet."""
    stands = office_settings(vault)
    kept = Logo.read(stands.logo)
    return Stationery(
        logo=_on_paper(kept) if kept else None,
        foot_text=stands.foot_text,
        consent_text=stands.consent_text,
    )


def read_logo(office: Office, path: Path) -> str:
    """The picture in a file as the settings keep a logo: small, upright, on white, without what
    else the file says. Only the confined worker decodes it. Raises FileNotReadable, LogoNotUsable
    and LogoTooLarge."""
    untrusted = _read(path)
    if not untrusted.startswith(_SIGNATURES):
        raise LogoNotUsable(name=path.name)
    for longest in _SIZES:
        small = office.describer.preview(untrusted, longest=longest)
        # read again, for its size: nothing is decoded on this side
        shown = small and office.describer.for_paper(small, longest=longest)
        if not shown:
            raise LogoNotUsable(name=path.name)
        logo = Logo(
            jpeg=shown.jpeg, width=shown.width, height=shown.height, components=shown.components
        )
        if len(kept := str(logo)) <= MOST_LOGO_TEXT:
            return kept
    raise LogoTooLarge


def _on_paper(logo: Logo) -> PaperImage:
    return PaperImage(
        jpeg=logo.jpeg,
        width=logo.width,
        height=logo.height,
        orientation=1,
        components=logo.components,
        icc=None,
        unchanged=False,
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            held = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise FileNotReadable(path=str(path), reason=error.strerror or "unknown") from error
    if len(held) > _MOST_BYTES:
        raise LogoNotUsable(name=path.name)
    return held
