"""An encrypted archive opens to what the plain one is, with and without the program."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.problem import Cancelled
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.problems import PasswordTooEasy, PasswordTooShort
from desktop.shipped import shipped
from desktop.verbs.archive import ArchiveReport, write_archive
from desktop.verbs.archive_opening import open_archive
from desktop.verbs.archive_problems import (
    ArchiveExists,
    ArchivePassphraseWrong,
    NotSealedArchive,
    OriginalReadOnce,
    SealedArchiveDamaged,
)
from desktop.verbs.archive_sealed import SealedArchive
from desktop.verbs.archive_sealing import HEADER, SEGMENT, TAG, SealingStream
from desktop.verbs.office import Office
from desktop.verbs.problems import FileNotReadable, FileNotWritable
from tests.unit.records.made_up import MEI, MadeUpOffice, added, deeds, received
from tests.unit.retention.old_office import OldOffice, filed
from tests.unit.retention.test_archive import change_byte, checked, opened

pytestmark = pytest.mark.requirement("R116", "R117")

PASSPHRASE = "copper lantern brisk tūī"
MARKER = b"A PICTURE OF A WOUND "
NAME = "Ngātai"
TELLS_ITS_TIME = {"trail.jsonl", "archive.json", "README.txt", "index.html", "checksums.sha256"}


@pytest.fixture
def office(old: OldOffice, made: MadeUpOffice) -> Office:
    """As the plain archive's, with an original that takes several segments."""
    filed(old.vault, added(old.vault, "ZZZ0024", NAME), MARKER * 30_000)
    received(old.vault, b"in the tray", name="../../CON.JPG")
    return opened(old.vault, made)


@pytest.fixture
def archive(office: Office, tmp_path: Path) -> Path:
    out = tmp_path / "out.sealed"
    write(office, out)
    return out


def write(office: Office, out: Path) -> ArchiveReport:
    return write_archive(office, out, passphrase=PASSPHRASE, cost=LEAST_COST)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def by_script(*words: str | Path) -> tuple[int, str]:
    """What the script says, run alone."""
    script = shipped("archive", "open_archive.py")
    done = subprocess.run(
        [sys.executable, "-I", script, *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE + "\nanother line\n", encoding="utf-8")
    return path


def test_it_opens_to_what_the_plain_one_is(office: Office, archive: Path, tmp_path: Path) -> None:
    write_archive(office, tmp_path / "plain")
    told: list[str] = []
    done = open_archive(
        archive,
        into=tmp_path / "opened",
        passphrase=PASSPHRASE,
        tell=lambda progress: told.append(progress.name),
    )
    ours, plain = files_of(tmp_path / "opened"), files_of(tmp_path / "plain")
    assert sorted(told) == sorted(ours) == sorted(plain)
    assert done.files == len(plain)
    for name in plain.keys() - TELLS_ITS_TIME:
        assert ours[name] == plain[name], name
    assert plain["trail.jsonl"].startswith(ours["trail.jsonl"])
    assert checked(tmp_path / "opened")[0] == 0


def test_the_script_opens_it_alone(archive: Path, passphrase_file: Path, tmp_path: Path) -> None:
    open_archive(archive, into=tmp_path / "opened", passphrase=PASSPHRASE)
    code, words = by_script(archive, tmp_path / "by-script", passphrase_file)
    assert code == 0, words
    assert files_of(tmp_path / "by-script") == files_of(tmp_path / "opened")
    assert checked(tmp_path / "by-script")[0] == 0
    assert by_script(archive, tmp_path / "by-script", passphrase_file)[0] == 1


def test_the_script_is_short() -> None:
    script = shipped("archive", "open_archive.py").read_text(encoding="utf-8")
    assert len(script.splitlines()) <= 120
    assert "desktop" not in script


def broken(whole: bytes) -> Sequence[tuple[bytes, str]]:
    """Copies that are not what was written, with the words that the script has for each."""
    cut = HEADER + SEGMENT + TAG
    flipped = bytearray(whole)
    flipped[cut + 5] ^= 1
    head = bytearray(whole)
    head[20] ^= 1
    return [
        (whole[:cut], "cut short"),
        (whole[:-1], "cut short"),
        (whole + b"x", "is damaged"),
        (bytes(flipped), "Segment 2 is damaged"),
        (bytes(head), "beginning of the file is damaged"),
        (b"PK\3\4" + whole[4:], "no encrypted archive"),
        (b"", "no encrypted archive"),
    ]


def test_damage_and_cuts_leave_nothing(
    archive: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    into, copy = tmp_path / "opened", tmp_path / "copy.sealed"
    for content, words in broken(archive.read_bytes()):
        copy.write_bytes(content)
        with pytest.raises((SealedArchiveDamaged, NotSealedArchive)):
            open_archive(copy, into=into, passphrase=PASSPHRASE)
        code, said = by_script(copy, into, passphrase_file)
        assert (code, "Traceback" in said) == (1, False)
        assert words in said
        assert not list(tmp_path.glob("opened*"))


def test_a_wrong_passphrase_leaves_nothing(
    archive: Path, passphrase_file: Path, tmp_path: Path
) -> None:
    into = tmp_path / "opened"
    with pytest.raises(ArchivePassphraseWrong, match="not the passphrase"):
        open_archive(archive, into=into, passphrase="copper lantern brisk")
    passphrase_file.write_text("copper lantern brisk\n")
    code, words = by_script(archive, into, passphrase_file)
    assert (code, words.strip()) == (1, "This is not the passphrase of this file.")
    assert not list(tmp_path.glob("opened*"))


def in_the_clear(world: Path) -> list[Path]:
    """Files that hold a marker; a tar, a temporary file or a folder would."""
    markers = (MARKER, NAME.encode(), NAME.upper().encode(), b"trail.jsonl", b"ustar")
    return [
        path
        for path in world.rglob("*")
        if path.is_file() and any(marker in path.read_bytes() for marker in markers)
    ]


def test_nothing_lies_in_the_clear_while_it_is_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    out, sizes = tmp_path / "out.sealed", list[int]()

    def look() -> bool:
        assert in_the_clear(tmp_path) == []
        sizes.append(out.with_name("out.sealed.part").stat().st_size)
        return False

    write_archive(office, out, passphrase=PASSPHRASE, cost=LEAST_COST, stopped=look)
    assert max(sizes) > SEGMENT
    assert in_the_clear(tmp_path) == []
    assert out.stat().st_mode & 0o077 == 0
    write_archive(office, tmp_path / "plain")
    assert in_the_clear(tmp_path) != []


def test_it_is_written_whole_or_not_at_all(office: Office, old: OldOffice, tmp_path: Path) -> None:
    out = tmp_path / "out.sealed"
    with pytest.raises(Cancelled):
        write_archive(office, out, passphrase=PASSPHRASE, cost=LEAST_COST, stopped=lambda: True)
    assert deeds(old.vault)[-1] == ("archive not written", MEI.name)
    with pytest.raises(PasswordTooShort):
        write_archive(office, out, passphrase="short")
    with pytest.raises(PasswordTooEasy):
        write_archive(office, out, passphrase="passwordpassword")
    with pytest.raises(FileNotWritable):
        write(office, tmp_path / "no" / "such" / "out.sealed")
    assert not list(tmp_path.glob("out*"))
    out.write_bytes(b"mine")
    with pytest.raises(ArchiveExists):
        write(office, out)
    assert out.read_bytes() == b"mine"
    assert list(tmp_path.glob("out*")) == [out]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_drive_is_told_in_words(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def full(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if "out.sealed.part" in str(path):
            real(path, flags, mode)
            return real("/dev/full", os.O_WRONLY)
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(FileNotWritable, match="No space left"):
        write(office, tmp_path / "out.sealed")
    assert not list(tmp_path.glob("out*"))


def test_an_original_that_cannot_be_read_is_named(
    office: Office, old: OldOffice, tmp_path: Path
) -> None:
    change_byte(old.path_of(old.images[0]))
    old.path_of(old.images[1]).unlink()
    report = write(office, tmp_path / "out.sealed")
    assert len(report.not_included) == 2
    into = tmp_path / "opened"
    open_archive(tmp_path / "out.sealed", into=into, passphrase=PASSPHRASE)
    code, words = checked(into)
    assert (code, words.count("could not be archived")) == (0, 2)


def test_an_original_that_changes_meanwhile_ends_it(tmp_path: Path) -> None:
    readings = iter([[b"one"], [b"two"]])
    sink = SealedArchive(tmp_path / "out", passphrase=PASSPHRASE, cost=LEAST_COST)
    sha256 = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    with pytest.raises(OriginalReadOnce, match="read once"), sink:
        sink.write_original("x", lambda: next(readings), sha256=sha256)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["../out", "/etc/x", "a//b", "a\\b", "C:x", "."])
def test_no_file_leaves_its_folder(name: str, passphrase_file: Path, tmp_path: Path) -> None:
    """Somebody who knows the passphrase could have sealed anything."""
    with SealedArchive(tmp_path / "in", passphrase=PASSPHRASE, cost=LEAST_COST) as sink:
        sink.write(name, [b"content"])
        sink.settle()
    into = tmp_path / "opened"
    with pytest.raises(SealedArchiveDamaged, match="not an archive of ours"):
        open_archive(tmp_path / "in", into=into, passphrase=PASSPHRASE)
    code, words = by_script(tmp_path / "in", into, passphrase_file)
    assert (code, "has no place in an archive" in words) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "passphrase.txt"]


def test_what_follows_the_tar_is_proved_as_well(passphrase_file: Path, tmp_path: Path) -> None:
    """A reader that stopped where the tar ends would not see the last segment."""
    sealed, into = tmp_path / "in", tmp_path / "opened"
    content = bytearray()
    stream = SealingStream(PASSPHRASE, content.extend, cost=LEAST_COST)
    entry = tarfile.TarInfo("x")
    stream.write(entry.tobuf() + bytes(4 * SEGMENT))
    stream.finish()
    content[-1] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(SealedArchiveDamaged, match="segment 5 is damaged"):
        open_archive(sealed, into=into, passphrase=PASSPHRASE)
    code, words = by_script(sealed, into, passphrase_file)
    assert (code, "Segment 5 is damaged" in words) == (1, True)
    assert not list(tmp_path.glob("opened*"))


def test_what_is_no_tar_is_told(tmp_path: Path) -> None:
    with (tmp_path / "in").open("wb") as out:
        stream = SealingStream(PASSPHRASE, out.write, cost=LEAST_COST)
        stream.write(b"no tar" * 1000)
        stream.finish()
    with pytest.raises(SealedArchiveDamaged, match="not an archive of ours"):
        open_archive(tmp_path / "in", into=tmp_path / "x", passphrase=PASSPHRASE)
    with pytest.raises(FileNotReadable):
        open_archive(tmp_path / "none", into=tmp_path / "x", passphrase=PASSPHRASE)
    with pytest.raises(FileNotReadable):
        open_archive(tmp_path, into=tmp_path / "x", passphrase=PASSPHRASE)
