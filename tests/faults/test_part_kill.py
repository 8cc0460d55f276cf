"""A copy or an archive that is killed in the middle leaves nothing readable for long."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import Release
from desktop.records.facts.ids import ImageId
from desktop.verbs import archive_sink, part_files
from desktop.verbs.archive import write_archive
from desktop.verbs.copies import CopyOrder, export
from desktop.verbs.office import Office, open_office
from desktop.verbs.output import nameless_in
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine
from tests.unit.media.made_photos import jpeg

FILE = (
    "file", "--patient", "ZZZ0016", "--born", "1961-03-04", "--taken-by", "Hana Parata",
    "--role", "nurse", "--device-owner", "organisation", "--purpose", "care", "--consent", "verbal",
)  # fmt: skip


def opened(folder: Path) -> Office:
    return open_office(folder, user=USER, password=PASSWORD)


def killed_in(folder: Path, work: Callable[[Office], object]) -> None:
    child = os.fork()
    if child == 0:
        try:
            work(opened(folder))
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.requirement("R88", "R106")
def test_what_a_kill_leaves_of_a_copy_or_an_archive_is_cleared(
    chartroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own alone: what lies beside it under such a name stays. A copy without a name until it is
    whole leaves nothing from the first."""
    card, out = tmp_path / "card", tmp_path / "out"
    for folder in (card, out):
        folder.mkdir()
    (card / "one.jpg").write_bytes(jpeg())
    foreign = out / ".0123456789abcdef.part"
    foreign.write_bytes(b"of another program")
    report = chartroom.json(*FILE, "--from", str(card))
    filed = (report["filed"] + report["incomplete"])[0]["id"]
    release = Release(recipient="Dr Mere Test", purpose=Purpose.CARE, is_deidentified=False)
    order = CopyOrder(image=ImageId(UUID(filed)), folder=out, release=release)
    with monkeypatch.context() as dying:
        dying.setattr(part_files.PartFile, "put", die)
        if nameless_in(tmp_path) is not None:
            killed_in(chartroom.office, lambda office: export(office, order))
            assert list(out.iterdir()) == [foreign]
        dying.setattr(part_files, "nameless_in", lambda _folder: None)
        killed_in(chartroom.office, lambda office: export(office, order))
        assert len(list(out.iterdir())) == 2
        dying.setattr(archive_sink.ArchiveSink, "finish", die)
        killed_in(chartroom.office, lambda office: write_archive(office, out / "all"))
        assert (out / "all.part").is_dir()

    with opened(chartroom.office) as office:
        copy = export(office, order).path
    assert sorted(out.iterdir()) == sorted([foreign, copy])
