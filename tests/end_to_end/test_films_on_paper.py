"""A film and a recording, from a card to the record sheet, by the real commands."""

from pathlib import Path
from uuid import UUID

import pytest

from desktop.media.storyboard import Storyboard
from desktop.records.deeds import looking
from desktop.records.facts.ids import ImageId
from desktop.verbs.for_paper import for_paper
from desktop.verbs.office import open_office
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine
from tests.end_to_end.test_command_line import text_of
from tests.faults.test_nothing_in_the_clear import FILE
from tests.unit.media.drawn_films import film, recording


@pytest.mark.requirement("R11", "R66", "R78")
def test_a_film_and_a_recording_are_filed_and_printed(
    chartroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, out = tmp_path / "card", tmp_path / "sheet.pdf"
    card.mkdir()
    (card / "VID_20240305_143020.avi").write_bytes(film("avi", "mjpeg", sound="pcm_s16le"))
    (card / "REC_20240305_143520.wav").write_bytes(recording("wav", "pcm_s16le", seconds=40.0))
    report = chartroom.json(*FILE, "--from", str(card), "--sheet", str(out))
    assert len(report["filed"]) == 2
    text = " ".join(text_of(out).split())
    for told in (
        "AVI, MJPEG / PCM S16LE, 96 × 64 pixels, 10 frames a second",
        "2.0 s",
        "0:01.9",
        "the video itself, sealed in the office under this image number",
        "05 Mar 2024 14:30 (from the file name)",
        "WAV, PCM S16LE",
        "40.0 s",
        "0:40.0",
        "the recording itself, sealed in the office",
        "yes, sound alone",
    ):
        assert told in text, told
    assert "No picture can be shown" not in text
    with open_office(chartroom.office, user=USER, password=PASSWORD) as office:
        filed = [looking.image(office.vault, ImageId(UUID(one["id"]))) for one in report["filed"]]
        image = next(one for one in filed if one.arrival.file_name.endswith(".avi"))
        first = for_paper(office, image, longest=720, frames=8)
        monkeypatch.setattr(office.describer, "storyboard", None)  # what is kept needs no decoder
        again = for_paper(office, image, longest=720, frames=8)
    assert isinstance(again, Storyboard)
    assert again == first
    assert len(again.frames) == 8
