"""Nothing prints as a box or a blank: it prints, or it is refused in words."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from desktop.printing.fonts import BOLD, SANS, printable, spelled_out
from desktop.printing.problems import UnprintableText


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


@pytest.mark.requirement("R78")
def test_a_name_without_glyphs_is_refused_in_words() -> None:
    with pytest.raises(UnprintableText) as refused:
        printable("王小明 Wang", what="The patient's family name")
    said = str(refused.value)
    assert "The patient's family name" in said
    assert "王 (U+738B)" in said
    assert "Wang" not in said


def test_a_mark_without_a_letter_is_named() -> None:
    with pytest.raises(UnprintableText, match=r"combining cedilla \(U\+0327\)"):
        printable("M\u0327ajel", what="The name")


def test_invisible_marks_are_dropped() -> None:
    assert printable("\ufeffAro\u200bha\u200e", what="The name") == "Aroha"


def test_a_file_name_is_spelled_out() -> None:
    assert spelled_out("foto😀\n.jpg") == "foto[U+1F600][U+000A].jpg"


@settings(max_examples=150)
@given(st.text(max_size=30))
def test_what_is_let_through_has_a_glyph(text: str) -> None:
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (SANS, BOLD)]
    try:
        let_through = printable(text, what="The text")
    except UnprintableText:
        return
    assert all(ord(each) in face for each in let_through if each != "\n" for face in faces)
