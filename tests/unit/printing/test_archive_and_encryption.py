"""What is kept is PDF/A; what is handed over can be sealed with a passphrase."""

import io

import pikepdf
import pytest

from desktop.printing.encryption import encrypted
from desktop.printing.problems import PassphraseNotTypeable
from desktop.printing.record_sheet import record_sheet_pdf
from tests.unit.printing.made_sheets import sheet
from tests.unit.printing.reading import archive_faults, page_texts

PHRASE = "four made up words"


@pytest.mark.requirement("R78")
def test_a_sheet_with_photos_is_pdf_a() -> None:
    pdf = record_sheet_pdf(sheet(3, per_page=2))
    assert archive_faults(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Metadata.read_bytes(), "utf-8").count("pdfaid:part>2<") == 1


def test_the_validator_sees_what_is_wrong() -> None:
    """The same sheet without what says what its colours mean, and with a font that is not in it."""
    with pikepdf.open(io.BytesIO(record_sheet_pdf(sheet()))) as document:
        del document.Root.OutputIntents
        without_colours = io.BytesIO()
        document.save(without_colours)
    assert any("OutputIntent" in fault for fault in archive_faults(without_colours.getvalue()))
    with pikepdf.open(io.BytesIO(record_sheet_pdf(sheet()))) as document:
        fonts = document.pages[0].Resources.Font
        fonts[str(next(iter(fonts)))] = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        without_font = io.BytesIO()
        document.save(without_font)
    assert archive_faults(without_font.getvalue())


@pytest.mark.requirement("R115")
def test_only_the_passphrase_opens_a_sealed_pdf() -> None:
    pdf = record_sheet_pdf(sheet())
    sealed = encrypted(pdf, PHRASE)
    assert b"%PDF" in sealed[:8]
    for wrong in ("", "four made up word"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(sealed), password=wrong)
    with pikepdf.open(io.BytesIO(sealed), password=PHRASE) as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256
        again = io.BytesIO()
        opened.save(again)
    assert page_texts(pdf)[0][:40] in page_texts_of_copy(again.getvalue())


def page_texts_of_copy(pdf: bytes) -> str:
    """What stands on a copy that was saved by another program."""
    return " ".join(page_texts(pdf))


@pytest.mark.parametrize("phrase", ["short", "kia ora e te wh\u0101nau", "with a tab\tin it"])
def test_a_passphrase_that_cannot_be_typed_everywhere_is_refused(phrase: str) -> None:
    with pytest.raises(PassphraseNotTypeable, match="12 characters"):
        encrypted(record_sheet_pdf(sheet()), phrase)
