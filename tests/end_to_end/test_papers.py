"""Every paper by its name, from the command line to a file: about a patient, or blank."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.printing.papers.card_words import WORDS, Language
from desktop.records.deeds.given_out import given_out
from desktop.records.facts.sheet import page_code
from desktop.shipped import sample_photos
from desktop.verbs import given_to
from desktop.verbs.came_from_papers import image_meant
from desktop.verbs.paper_order import Needs
from desktop.verbs.papers import BY_NAME, PAPERS
from tests.end_to_end.command_line import PASSWORD
from tests.end_to_end.cups_printer import CupsPrinter
from tests.end_to_end.test_bad_input import Desk
from tests.unit.printing.reading import codes, page_texts, pages


@pytest.fixture
def chartroom(
    tmp_path: Path, office_to_copy: Path, least_cost: None, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """In this process: what a passphrase costs is proved elsewhere."""
    office = Path(shutil.copytree(office_to_copy, tmp_path / "office"))
    (tmp_path / "password.txt").write_text(PASSWORD, encoding="utf-8")
    return Desk(office=office, password_file=tmp_path / "password.txt", capture=capsys)


def file_two(
    chartroom: Desk, tmp_path: Path, *, patient: str = "ZZZ0016", born: str = "1961-03-04"
) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    for place, photo in enumerate(sample_photos()[:2]):
        (folder / f"IMG_{place}.JPG").write_bytes(photo.read_bytes())
    chartroom.json(
        "file", "--from", str(folder), "--patient", patient, "--born", born,
        "--taken-by", "Mere Parata", "--role", "nurse", "--device-owner", "organisation",
        "--purpose", "care", "--consent", "verbal", "--site", "left ankle",
    )  # fmt: skip


def give_out(
    chartroom: Desk,
    tmp_path: Path,
    *images: str,
    to: str,
    purpose: str,
    how: str = "--identifiable",
) -> None:
    chartroom.json(
        "export", *images, "--out", str(tmp_path / "out"), "--to", to, "--purpose", purpose, how,
        *(("--features-checked-by", "Mere Parata") if how == "--deidentified" else ()),
    )  # fmt: skip


def say_why_not(chartroom: Desk, out: Path, of_others: set[str]) -> None:
    """Letters, where nothing was given to anybody; papers of images that nobody sent."""
    why = dict.fromkeys(of_others, "Name exactly one")  # where they are made: test_received
    why |= dict.fromkeys(("disclosure-letter", "recall-letter"), "was given to anybody")
    for name, words in why.items():
        asked = ("paper", name, "--patient", "ZZZ0016", "--out", str(out))
        assert words in chartroom.refused(*asked)


@pytest.mark.requirement("R43", "R49", "R54")
def test_every_paper_is_made_by_its_name(chartroom: Desk, tmp_path: Path) -> None:
    assert [one["name"] for one in chartroom.json("papers")] == list(BY_NAME)
    blank = [kind for kind in PAPERS if kind.needs is not Needs.PATIENT]
    for kind in blank:
        out = tmp_path / f"{kind.name}-blank.pdf"
        assert chartroom.json("paper", kind.name, "--out", str(out))["path"] == str(out)
        assert "ZZZ0016" not in " ".join(page_texts(out.read_bytes()))
    file_two(chartroom, tmp_path)
    chartroom.json("settings", "--advice-contacts", "Privacy officer: Ana, ext. 22")
    chartroom.json("sheet", "--patient", "ZZZ0016", "--out", str(tmp_path / "sheet.pdf"))
    of_others = {kind.name for kind in PAPERS if kind.choose is image_meant}
    say_why_not(chartroom, tmp_path / "none.pdf", of_others)
    given = [one["id"] for one in chartroom.json("images", "--patient", "ZZZ0016")]
    give_out(chartroom, tmp_path, *given, to="Dr Reader", purpose="care")
    every = [kind for kind in PAPERS if kind.name not in of_others]
    for kind in every:
        out = tmp_path / f"{kind.name}.pdf"
        made = chartroom.json(
            "paper", kind.name, "--patient", "ZZZ0016", "--for-printer", "lobby", "--out", str(out)
        )
        assert bool(made["number"]) is bool(kind.prefix)
        assert ("copy" in made) is (kind.sheet is not None)
        if kind.sheet is not None:
            codes_of = [codes(page) for page in pages(out.read_bytes(), dpi=150)]
            assert codes_of == [[page_code(made["number"], n + 1)] for n in range(made["pages"])]
        if kind.needs is not Needs.NOBODY:
            assert all("ZZZ0016" in text for text in page_texts(out.read_bytes())), kind.name
    said = {
        kind.name: " ".join(page_texts((tmp_path / f"{kind.name}.pdf").read_bytes()))
        for kind in every
    }
    assert "Ana, ext. 22" in said["advice"]
    assert "left ankle" in said["progress-note"]
    assert "taken on the organisation's device" in said["progress-note"]
    assert "printed, not confirmed" in said["hard-file-index"]
    assert "printed, not confirmed" in said["withdrawal"]


@pytest.mark.requirement("R79")
def test_a_form_is_printed_again_as_it_was(chartroom: Desk, tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"
    words = ("paper", "consent", "--patient", "ZZZ0016", "--site", "the left knee")
    form = chartroom.json(*words, "--out", str(out))["number"]
    chartroom.json("sheets", "in-chart", page_code(form, 1), "--volume", "2")
    again = chartroom.json(
        "paper", "consent", "--number", form, "--why-again", "lost", "--out", str(out)
    )
    assert (again["number"], again["copy"]) == (form, 2)
    text = " ".join(page_texts(out.read_bytes()))
    assert "COPY 2" in text
    assert "the left knee" in text
    (waits,) = chartroom.json("sheets", "list")
    assert (waits["kind"], waits["copy"], waits["why"]) == ("consent", 2, "lost")


@pytest.mark.requirement("R54", "R97")
def test_what_left_is_accounted_for_and_a_withdrawal_stops_the_next(
    chartroom: Desk, tmp_path: Path
) -> None:
    """Every line of the accounting equals the database: image, hash, recipient, purpose."""
    file_two(chartroom, tmp_path)
    images = {one["id"]: one for one in chartroom.json("images", "--patient", "ZZZ0016")}
    for place, image in enumerate(images):
        give_out(chartroom, tmp_path, image, to=f"Dr Reader {place}", purpose="referral")
    out = tmp_path / "accounting.pdf"
    chartroom.json("paper", "disclosures", "--patient", "ZZZ0016", "--out", str(out))
    text = "".join("".join(page_texts(out.read_bytes())).split())
    assert "Numberofdisclosures:2." in text
    for place, (image, known) in enumerate(images.items()):
        assert f"toDrReader{place}" in text
        assert image in text
        assert known["sha256"] in text
    assert text.count("Forreferral") == 2
    done = chartroom.json(
        "consent", "withdraw", "--patient", "ZZZ0016", "--purpose", "referral", "--said-by",
        "the patient",
    )  # fmt: skip
    assert {one["recipient"] for one in done["to_be_told"]} == {"Dr Reader 0", "Dr Reader 1"}
    assert done["recalled"] == []  # they are in the record for care
    refused = chartroom.refused(
        "export", next(iter(images)), "--out", str(tmp_path / "out"), "--to", "Dr Reader",
        "--purpose", "referral", "--identifiable",
    )  # fmt: skip
    assert "Consent for referral or ACC was withdrawn on" in refused
    chartroom.json("paper", "withdrawal", "--patient", "ZZZ0016", "--out", str(out))
    assert "Dr Reader 1" in " ".join(page_texts(out.read_bytes()))
    (one,) = chartroom.json("consent", "list", "--patient", "ZZZ0016")
    chartroom.json("consent", "again", one["id"], "--why", "signed again")
    first, second = images
    named = chartroom.json(
        "consent", "withdraw", "--patient", "ZZZ0016", "--images", images[first]["number"],
        "--said-by", "the patient",
    )  # fmt: skip
    assert (named["images"], named["scope"]) == (
        [first],
        f"every use of image {images[first]['number']}",
    )
    assert {one["image"] for one in named["to_be_told"]} == {images[first]["number"]}
    asked = ("paper", "withdrawal", "--patient", "ZZZ0016", "--images", first)
    chartroom.json(*asked, "--out", str(out))
    text = " ".join(page_texts(out.read_bytes()))
    assert (images[first]["number"] in text, images[second]["number"] in text) == (True, False)


@pytest.mark.requirement("R54", "R90", "R97", "R116")
def test_a_letter_lists_what_somebody_got_and_names_nobody_of_a_copy_without_a_name(
    chartroom: Desk, tmp_path: Path
) -> None:
    file_two(chartroom, tmp_path)
    known = {one["id"]: one["sha256"] for one in chartroom.json("images", "--patient", "ZZZ0016")}
    first, second = known
    give_out(chartroom, tmp_path, first, to="Dr Reader", purpose="referral")
    give_out(
        chartroom, tmp_path, second, to="The college", purpose="teaching", how="--deidentified"
    )
    out = tmp_path / "letter.pdf"

    def read(name: str, *words: str) -> str:
        chartroom.json("paper", name, "--patient", "ZZZ0016", "--out", str(out), *words)
        return "".join("".join(page_texts(out.read_bytes())).split())

    of_reader = ("--sent-to", " dr  READER")
    letter = read("disclosure-letter", *of_reader, "--asked-on", "1 Nov", "--withheld", "one face")
    assert all(text in letter for text in ("DrReader", known[first], "Youaskedon1Nov", "oneface"))
    assert known[second] not in letter
    to_college = ("--patient", "ZZZ0016", "--sent-to", "The college", "--out", str(out))
    refused = chartroom.refused("paper", "disclosure-letter", *to_college)
    assert "got copies that name nobody" in refused
    recalled = read("recall-letter")
    assert "Thecollege" in recalled  # who got something last
    assert "ZZZ0016" not in recalled
    assert known[second] not in recalled  # the fingerprint is the copy's own
    named = read("recall-letter", *of_reader)
    assert "ZZZ0016" in named
    assert known[first] in named
    cover = read("access-cover", "--sent-to", "Aroha Ngata")
    assert all(sha256 in cover for sha256 in known.values())


@pytest.mark.requirement("R65")
def test_what_is_asked_about_does_not_leave_before_the_advice_is_noted(
    chartroom: Desk, tmp_path: Path
) -> None:
    file_two(chartroom, tmp_path)
    image = chartroom.json("images", "--patient", "ZZZ0016")[0]["id"]
    asked = chartroom.json(
        "advice", "ask", "May the school have it?", "--patient", "ZZZ0016", "--images", image
    )
    to_school = (
        *("export", image, "--out", str(tmp_path / "out"), "--to", "School"),
        *("--purpose", "care", "--identifiable"),
    )
    assert "May the school have it?" in chartroom.refused(*to_school)
    chartroom.json(
        "advice", "note", asked["id"], "--from", "Ana, MDO", "--answer", "Yes, if sealed"
    )
    assert chartroom.json(*to_school)["refused"] == []
    assert chartroom.json("advice", "list") == []
    (known,) = chartroom.json("advice", "list", "--patient", "ZZZ0016")
    assert (known["adviser"], known["answer"]) == ("Ana, MDO", "Yes, if sealed")


@pytest.mark.requirement("R5", "R31")
def test_a_card_is_made_in_the_language_asked_for_and_a_form_in_no_other(
    chartroom: Desk, tmp_path: Path
) -> None:
    had = {one["name"]: one["languages"] for one in chartroom.json("papers")}
    both = [name for name, languages in had.items() if languages == ["en", "mi"]]
    assert both == ["before-card", "collection-chart", "disclosure-chart"]
    out = tmp_path / "card.pdf"
    for name in both:
        chartroom.json("paper", name, "--language", "mi", "--out", str(out))
        (text,) = page_texts(out.read_bytes())
        assert WORDS[Language.MI].not_advice in text
    refused = chartroom.refused("paper", "consent", "--language", "mi", "--out", str(out))
    assert "“Consent form” is not written in Te reo Māori." in refused


@pytest.mark.parametrize("name", ["consent", "before-card"])
def test_a_paper_reaches_a_printer_under_a_name_that_tells_nothing(
    chartroom: Desk, cups_printer: CupsPrinter, name: str
) -> None:
    made = chartroom.json(
        "paper", name, "--patient", "ZZZ0016", "--paper", "A5", "--printer", cups_printer.name
    )
    texts = page_texts(cups_printer.arrived().read_bytes())
    assert all(("ZZZ0016" in text) is (name == "consent") for text in texts)
    assert cups_printer.options()["IPP_JOB_NAME"] == (made["number"] or name.upper())


@pytest.mark.parametrize("name", list(BY_NAME))
def test_the_name_of_every_paper_may_stand_in_a_queue(name: str) -> None:
    assert re.fullmatch(r"[A-Z0-9-]{1,40}", name.upper())


@pytest.mark.requirement("R77")
def test_a_sheet_on_both_sides_is_asked_for_so_and_says_the_volume(
    chartroom: Desk, tmp_path: Path, cups_printer: CupsPrinter
) -> None:
    file_two(chartroom, tmp_path)
    asked = ("sheet", "--patient", "ZZZ0016", "--per-page", "6")
    out = tmp_path / "sheet.pdf"
    chartroom.json(*asked, "--out", str(out))
    (text,) = page_texts(out.read_bytes())
    assert "File in the patient's chart, volume ____" in text
    code = re.search(r"Sheet no\. (RS(?: [0-9A-Z]+){4})", text)
    assert code is not None
    chartroom.json("sheets", "in-chart", code[1], "--volume", "2")
    chartroom.json(*asked, "--two-sided", "--printer", cups_printer.name)
    arrived = page_texts(cups_printer.arrived().read_bytes())  # CUPS adds an empty back
    assert "File in the patient's chart, volume 2." in " ".join(arrived)
    assert cups_printer.options()["IPP_SIDES"] == "two-sided-long-edge"


@pytest.mark.requirement("R78", "R79")
def test_a_name_that_no_font_has_is_printed_in_latin_letters_where_somebody_says_so(
    chartroom: Desk, tmp_path: Path
) -> None:
    added = ("--nhi", "ZZZ0024", "--family", "\N{BRAILLE PATTERN DOTS-1}", "--born", "1970-01-01")
    chartroom.json("patients", "add", *added)
    file_two(chartroom, tmp_path, patient="ZZZ0024", born="1970-01-01")
    out = tmp_path / "sheet.pdf"
    asked = ("sheet", "--patient", "ZZZ0024", "--out", str(out))
    words = chartroom.refused(*asked)
    assert "--latin-name" in words
    assert "Put a font that has them" in words
    made = chartroom.json(*asked, "--latin-name", "Cline, Bo")
    again = ("--number", made["number"], "--why", "torn")
    for one in ((), again):
        if one:
            chartroom.json(*asked, *one)
        for text in page_texts(out.read_bytes()):
            assert "CLINE, Bo (name in another script: on screen)" in text
            assert "ZZZ0024" in text
    form = tmp_path / "form.pdf"
    named = ("--latin-name", "Cline, Bo", "--out", str(form))
    for name in ("consent", "labels"):
        chartroom.json("paper", name, "--patient", "ZZZ0024", *named)
        assert all("CLINE" in text for text in page_texts(form.read_bytes()))
    _, trail, _ = chartroom.run("audit")
    assert trail.count("Cline, Bo") == 4
    assert "can be printed as it is" in chartroom.refused(
        "paper", "consent", "--patient", "ZZZ0016", *named
    )


def letter_text(chartroom: Desk, out: Path, name: str, *words: str) -> str:
    """What stands on a paper, without gaps."""
    chartroom.json("paper", name, "--patient", "ZZZ0016", "--out", str(out), *words)
    return "".join("".join(page_texts(out.read_bytes())).split())


def handed_over(chartroom: Desk, number: str, *, to: str) -> str:
    """All its pages are in hand, and somebody took them; the code of its last page."""
    (made,) = (one for one in chartroom.json("sheets", "list") if one["number"] == number)
    code = page_code(number, made["pages"])
    chartroom.json("sheets", "in-hand", code, "--last", code[-2:])
    chartroom.json("sheets", "handed-over", code, "--to", to)
    return code


@pytest.mark.requirement("R90", "R97", "R103")
def test_a_letter_lists_a_copy_without_a_name_where_they_have_its_original(
    chartroom: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_two(chartroom, tmp_path)
    first, second = (one["id"] for one in chartroom.json("images", "--patient", "ZZZ0016"))
    give_out(chartroom, tmp_path / "a", first, to="Dr Reader", purpose="referral")
    for folder, image in (("b", first), ("c", second)):
        give_out(
            chartroom, tmp_path / folder, image, to="Dr Reader", purpose="teaching",
            how="--deidentified",
        )  # fmt: skip
    read: list[object] = []

    def counted(*asked: Any) -> Any:
        read.append(asked)
        return given_out(*asked)

    monkeypatch.setattr(given_to, "given_out", counted)
    letter = letter_text(chartroom, tmp_path / "letter.pdf", "disclosure-letter")
    assert len(read) == 1
    assert "Whatislisted:2" in letter
    assert letter.count("de-identifiedcopy") == 1
    recall = letter_text(chartroom, tmp_path / "recall.pdf", "recall-letter")
    assert ("Whatislisted:2" in recall, "ZZZ0016" in recall) == (True, True)
    alone = letter_text(chartroom, tmp_path / "b.pdf", "recall-letter", "--images", second)
    assert ("Whatislisted:1" in alone, "ZZZ0016" in alone) == (True, False)


@pytest.mark.requirement("R54", "R79")
def test_a_paper_that_somebody_took_is_called_back_by_the_letter(
    chartroom: Desk, tmp_path: Path
) -> None:
    file_two(chartroom, tmp_path)
    out, letter = tmp_path / "cover.pdf", tmp_path / "letter.pdf"
    made = chartroom.json("paper", "patient-copy", "--patient", "ZZZ0016", "--out", str(out))
    code = handed_over(chartroom, made["number"], to="Tane's  sister")
    asked = ("paper", "recall-letter", "--patient", "ZZZ0016", "--out", str(letter))
    assert "was given to anybody" in chartroom.refused(*asked)  # it is out, and not called back
    chartroom.json("sheets", "recall", code, "--why", "of another patient")
    text = letter_text(chartroom, letter, "recall-letter")
    assert all(said in text for said in ("Tane'ssister", "copy1,onpaper", "handedovertoyou"))
    assert "ZZZ0016" in text
    assert "Consenttotheuse" not in text
    chartroom.json("sheets", "destroyed", code, "--why", "came back, shredded")
    assert "was given to anybody" in chartroom.refused(*asked)


@pytest.mark.requirement("R97")
def test_a_sealed_sheet_that_somebody_took_stands_in_the_accounting(
    chartroom: Desk, tmp_path: Path
) -> None:
    file_two(chartroom, tmp_path)
    phrase, out = tmp_path / "phrase", tmp_path / "sealed.pdf"
    phrase.write_text("four made up words", encoding="utf-8")
    asked = ("sheet", "--patient", "ZZZ0016", "--out", str(out), "--sealed-with", str(phrase))
    handed_over(chartroom, chartroom.json(*asked)["number"], to="Dr Xu")
    text = letter_text(chartroom, tmp_path / "accounting.pdf", "disclosures")
    assert "toDrXu" in text
    assert "copy1,handedover" in text
