"""Pages of ours come back from a phone: read in the confined worker, attached, or refused."""

from pathlib import Path

import pytest

from desktop.shipped import sample_photos
from tests.end_to_end.test_bad_input import WHO, Desk, card, desk
from tests.unit.media.photographed import photographed
from tests.unit.printing.reading import pages

__all__ = ["card", "desk"]

FACTS = ("--taken-by", "Mei", "--role", "nurse", "--device-owner", "organisation")
MORE = (*FACTS, "--purpose", "care", "--consent", "written")


def printed(path: Path) -> bytes:
    """A phone's photo of all pages, side by side."""
    laid = [page.convert("L") for page in pages(path.read_bytes(), dpi=150)]
    return photographed(*laid, size=(1300 * len(laid), 1800))


@pytest.mark.requirement("R43", "R79")
def test_a_form_comes_back_with_the_images_it_is_for(
    desk: Desk, card: Path, tmp_path: Path
) -> None:
    form, other = tmp_path / "form.pdf", tmp_path / "sheet.pdf"
    number = desk.json("paper", "consent", "--patient", WHO[1], "--out", str(form))["number"]
    (card / "DCIM" / "IMG_1.JPG").write_bytes(sample_photos()[0].read_bytes())
    due = desk.json("file", "--from", str(card), *WHO, *MORE, "--consent-reference", number)
    assert due["filed"][0]["consent_form_due"] == number
    assert [one["number"] for one in desk.json("sheets", "outstanding")] == [number]

    (card / "DCIM" / "IMG_2.JPG").write_bytes(printed(form))
    done = desk.json("file", "--from", str(card), *WHO, *MORE)  # names no form: it came with them
    came = sorted((one["page"], one["attached"]) for one in done["pages"])
    assert came == [(1, True)]
    shown = {one["file_name"]: one for one in desk.json("images", "--patient", WHO[1])}
    assert {code[:10] for code in shown["IMG_2.JPG"]["page_codes"]} == {number}
    assert shown["IMG_1.JPG"]["consent_form_due"] is None
    assert desk.json("sheets", "outstanding") == []
    (seen,) = desk.json("sheets", "find", "--image", shown["IMG_2.JPG"]["id"])
    assert (seen["attached"], seen["paper"]) == (True, "consent form")

    chosen = ("--images", shown["IMG_1.JPG"]["id"])
    desk.json("sheet", "--patient", WHO[1], *chosen, "--out", str(other))
    (card / "DCIM" / "IMG_3.JPG").write_bytes(printed(other))
    (seen,) = desk.json("sheets", "find", "--scan", str(card / "DCIM" / "IMG_3.JPG"))
    assert WHO[1] in seen["patient"]
    desk.json(
        "patients", "add", "--nhi", "ZZZ0024", "--family", "Rata", "--given", "Mere",
        "--born", "1970-01-01",
    )  # fmt: skip
    somebody = ("--patient", "ZZZ0024", "--born", "1970-01-01")
    told = desk.json("file", "--from", str(card), "--select", "*3*", *somebody, *MORE, code=1)
    assert "belongs to another patient" in told["refused"][0]["why"]
    assert desk.json("images", "--patient", "ZZZ0024") == []
    assert "cannot be read" in desk.refused("sheets", "find", "--scan", str(tmp_path / "none"))
