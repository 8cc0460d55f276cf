"""Nothing prints as a box or a blank: it prints, or it is refused in words."""

import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from desktop.printing.boxes import Box
from desktop.printing.document import PdfDocument
from desktop.printing.faces import face_for, faces, shaped
from desktop.printing.fonts import (
    BOLD,
    MONO,
    MONO_BOLD,
    SANS,
    printable,
    runs,
    spelled_out,
    text_width,
)
from desktop.printing.lettering import Lettering, wrapped
from desktop.printing.pen import Pen
from desktop.printing.problems import UnprintableText
from desktop.printing.record_sheet_model import Paper
from desktop.settings import fonts_folder
from desktop.shipped import shipped
from tests.unit.printing.reading import page_texts, pages


@pytest.mark.requirement("R78")
@pytest.mark.parametrize(
    "name",
    ["Ngāti Ēīōū Whātua", "Nguyễn Thị Ỷ", "Παπαδόπουλος", "Жуковский", "Þórður Ólafsson", "Łukasz"],
)
def test_names_of_our_patients_print(name: str) -> None:
    assert printable(name, what="The name") == name


@pytest.mark.requirement("R78")
def test_a_decomposed_name_is_composed() -> None:
    assert printable(unicodedata.normalize("NFD", "Āwhina"), what="The name") == "Āwhina"


SCRIPTS = {
    "Chinese": "王小明",
    "Japanese": "さとう たろう",
    "Korean": "김철수",
    "Arabic": "محمد علي",
    "Persian": "شیرین‌زاده",
    "Hebrew": "דוד כהן",
    "Hindi": "राजेश शर्मा",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Bengali": "রহিম উদ্দিন",
    "Tamil": "குமார்",
    "Sinhala": "නිමල් පෙරේරා",
    "Thai": "สมชาย ใจดี",
    "Khmer": "សុខ វិបុល",
    "Lao": "ສົມໃຈ",
    "Burmese": "အောင်ဆန်း",
    "Amharic": "አበበ በቀለ",
    "Armenian": "Արմեն",
    "Georgian": "გიორგი",
    "Marshallese": "Ḷañe M\u0327ajel",
}


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)
def test_names_in_other_scripts_print(name: str) -> None:
    """Every letter has a glyph, joined letters are joined, and the line has a width."""
    plain = printable(name, what="The name")
    pieces = runs(plain, SANS)
    assert "".join(piece.text for piece in pieces) == plain
    for piece in pieces:
        if piece.is_shaped:
            assert shaped(piece.text).is_whole
            assert any(kind in {"c", "l"} for kind, _ in shaped(piece.text).moves)
    assert text_width(plain, BOLD, 12) > 5


@pytest.mark.requirement("R78")
def test_every_name_can_be_seen_and_found_on_the_page() -> None:
    """Each line has ink, bold ones more of it, and its text can be searched for."""
    written = bytearray()
    document = PdfDocument(written.extend, paper=Paper.A4, title="Names")
    pen = Pen(document)
    for row, name in enumerate(SCRIPTS.values()):
        for column, font in enumerate((SANS, BOLD)):
            line = wrapped(printable(name, what="It"), Lettering(font=font, size=12), 80)
            pen.write(line, Box(20 + 90 * column, 20 + 12 * row, 80, 8))
    document.end_page()
    document.close()
    [page] = pages(bytes(written), dpi=100)
    per_mm = 100 / 25.4
    for row in range(len(SCRIPTS)):
        across = [(round(x * per_mm), round((x + 80) * per_mm)) for x in (20, 110)]
        down = (round((20 + 12 * row) * per_mm), round((28 + 12 * row) * per_mm))
        boxes = [page.convert("L").crop((left, down[0], right, down[1])) for left, right in across]
        plain, bold = (sum(box.histogram()[:128]) for box in boxes)
        assert bold > plain > 40
    [text] = page_texts(bytes(written))
    found = unicodedata.normalize("NFC", text).replace("\u200c", "")
    for name in SCRIPTS.values():
        assert name.replace("\u200c", "") in found


@pytest.mark.requirement("R78")
def test_letters_that_join_are_shaped_together() -> None:
    """Apart, each Arabic letter has its lone form."""
    name = "محمد"
    [together] = runs(name, SANS)
    drawn = [len(shaped(letter).moves) for letter in name]
    assert len(shaped(together.text).moves) != sum(drawn)
    # from right to left, in one piece with its spaces; what follows in Latin stays to its right
    mixed = runs("محمد علي, NHI ZZZ0016", SANS)
    assert [piece.text for piece in mixed] == ["محمد علي", ", NHI ZZZ0016"]


@pytest.mark.requirement("R78")
def test_a_name_without_glyphs_is_refused_in_words() -> None:
    with pytest.raises(UnprintableText) as refused:
        printable("\U0001f600 Wang", what="The patient's family name")
    said = str(refused.value)
    assert "The patient's family name" in said
    assert "\U0001f600 (U+1F600)" in said
    assert "Wang" not in said
    assert str(fonts_folder()) in said


def test_a_mark_without_a_letter_is_named() -> None:
    with pytest.raises(UnprintableText, match=r"combining cedilla \(U\+0327\)"):
        printable("\u0327", what="The name")


@pytest.fixture
def no_other_scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """As if Chartroom shipped no other script; gives the folder of the workstation's own fonts."""
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "scripts").mkdir()

    def elsewhere(*parts: str) -> Path:
        return tmp_path / "scripts" if parts == ("fonts", "scripts") else shipped(*parts)

    monkeypatch.setattr("desktop.printing.faces.shipped", elsewhere)
    monkeypatch.setenv("CHARTROOM_FONTS", str(own))
    _forget_faces()
    yield own
    _forget_faces()


def _forget_faces() -> None:
    for kept in (faces, face_for, shaped, runs):
        kept.cache_clear()


@pytest.mark.requirement("R78")
def test_a_font_of_the_workstation_is_used(no_other_scripts: Path) -> None:
    with pytest.raises(UnprintableText):
        printable("王", what="The name")
    (no_other_scripts / "broken.ttf").write_bytes(b"no font")
    shutil.copy(shipped("fonts", "scripts", "DroidSansFallback.ttf"), no_other_scripts)
    _forget_faces()
    assert printable("王", what="The name") == "王"


def test_invisible_marks_are_dropped() -> None:
    assert printable("\ufeffAro\u200bha\u200e", what="The name") == "Aroha"


def test_a_file_name_is_spelled_out() -> None:
    assert spelled_out("foto😀\n.jpg") == "foto[U+1F600][U+000A].jpg"


def test_plain_text_needs_no_closer_look() -> None:
    plain = "".join(chr(code) for code in range(0x20, 0x7F))
    assert printable(plain, what="The text", mono=True) == plain == spelled_out(plain)
    for font in (SANS, BOLD, MONO, MONO_BOLD):
        face = pdfmetrics.getFont(font).face
        assert all(ord(each) in face.charToGlyph for each in plain)
        wide = plain + "āŁЖ"
        points = pdfmetrics.stringWidth(wide, font, 8.5)
        assert text_width(wide, font, 8.5) == pytest.approx(points / 72 * 25.4)


@settings(max_examples=150)
@given(st.text(max_size=30))
def test_what_is_let_through_has_a_glyph(text: str) -> None:
    try:
        let_through = printable(text, what="The text")
    except UnprintableText:
        return
    for line in let_through.split("\n"):
        for run in runs(line, SANS):
            if run.is_shaped:
                assert shaped(run.text).is_whole
            else:
                known = pdfmetrics.getFont(SANS).face.charToGlyph
                assert all(ord(each) in known for each in run.text)
