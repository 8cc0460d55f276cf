"""How a logo and words of the office's own are kept and reach its papers."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.cli import parser
from desktop.commands_office import run
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.printing.problems import UnprintableText
from desktop.records.deeds.settings import office_settings
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.logo import MOST_LOGO_TEXT, Logo, logo_mark
from desktop.records.facts.office_settings import OwnWordsTooLong
from desktop.records.vault.vault import Vault
from desktop.verbs.office import Office
from desktop.verbs.paper_order import PaperOrder
from desktop.verbs.papers import make_paper
from desktop.verbs.problems import FileNotReadable
from desktop.verbs.stationery import LogoNotUsable
from tests.unit.printing.ink import watched
from tests.unit.printing.reading import page_texts
from tests.unit.records.made_up import MadeUpOffice
from tests.unit.retention.test_archive import opened


@pytest.fixture
def open_office(vault: Vault, office: MadeUpOffice) -> Iterator[Office]:
    made = opened(vault, office)
    made.describer.close()
    made.describer = SandboxedDescriber()
    yield made
    made.describer.close()


def told(office: Office, *words: str) -> Any:
    return run(parser().parse_args(["settings", *words]), office)


@pytest.mark.requirement("R106")
def test_a_logo_and_words_are_kept_and_printed(open_office: Office, tmp_path: Path) -> None:
    """Transparent, large and with a text inside it: what is kept is small, on white, and bare."""
    picture = Image.new("RGBA", (1800, 700), (0, 0, 0, 0))
    picture.paste((20, 90, 60, 255), (600, 200, 1200, 500))
    path = tmp_path / "logo.png"
    picture.save(path, comment="made by Whina")
    now = told(open_office, "--logo", str(path), "--foot-text", "Privacy: ext. 12")
    assert (now["logo"], now["foot_text"]) == ("600 × 233 pixels", "Privacy: ext. 12")
    kept = office_settings(open_office.vault).logo
    logo = Logo.read(kept)
    assert logo
    assert b"Whina" not in logo.jpeg
    with Image.open(io.BytesIO(logo.jpeg)) as shown:
        assert shown.format == "JPEG"
        assert min(shown.convert("RGB").getpixel((5, 5))) > 250  # type: ignore[arg-type]
    assert len(kept) < MOST_LOGO_TEXT
    assert trail_page(open_office.vault, most=1)[0].line.facts["logo"] == ["", logo_mark(kept)]
    with watched() as seen:
        form = make_paper(open_office, PaperOrder(name="consent")).pdf
    assert [one for one in seen if one.what == "picture"]
    assert "Privacy: ext. 12" in page_texts(form)[0]
    assert told(open_office, "--logo", "none")["logo"] == ""
    assert told(open_office)["foot_text"] == "Privacy: ext. 12"


def test_what_is_no_logo_is_refused_in_words(open_office: Office, tmp_path: Path) -> None:
    for name, held in (("a.txt", b"words"), ("b.png", b"\x89PNG\r\n\x1a\nbroken"), ("c.jpg", b"")):
        (tmp_path / name).write_bytes(held)
        with pytest.raises(LogoNotUsable, match=name):
            told(open_office, "--logo", str(tmp_path / name))
    with pytest.raises(FileNotReadable):
        told(open_office, "--logo", str(tmp_path / "none.png"))
    assert told(open_office)["logo"] == ""


def test_words_that_papers_have_no_room_or_letters_for_are_refused(
    open_office: Office,
) -> None:
    for name, most in (("--foot-text", 120), ("--consent-text", 1500)):
        with pytest.raises(OwnWordsTooLong, match=f"{most:,}"):
            told(open_office, name, "a" * (most + 1))
        with pytest.raises(UnprintableText):
            told(open_office, name, "\N{BRAILLE PATTERN DOTS-1}")
    assert told(open_office)["consent_text"] == ""


def test_a_kept_logo_that_is_none_is_not_printed() -> None:
    for text in ("", "x", "0x5x3:AAAA", "5x5x3:A", "5x5x2:AAAA"):
        assert Logo.read(text) is None
