"""A file that a person asked for is there whole, or nothing of it is."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.verbs import output
from desktop.verbs.output import write_filled

OLD, NEW = b"what stood there before", b"a sheet with a name on it"


def nameless_files_are_known(folder: Path) -> bool:
    descriptor = output.nameless_in(folder)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is not None


@pytest.mark.requirement("R115")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files without a name")
def test_a_kill_would_leave_nothing_beside_it(tmp_path: Path) -> None:
    if not nameless_files_are_known(tmp_path):
        pytest.skip("this drive knows no files without a name")
    target, seen = tmp_path / "sheet.pdf", list[list[Path]]()
    target.write_bytes(OLD)

    def fill(write: Callable[[bytes], object]) -> None:
        write(NEW)
        seen.append(list(tmp_path.iterdir()))

    write_filled(target, fill, office=tmp_path / "office")
    assert seen == [[target]]
    assert target.read_bytes() == NEW
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("knows_nameless", [True, False])
def test_what_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, knows_nameless: bool
) -> None:
    if not knows_nameless:
        monkeypatch.setattr(output, "nameless_in", lambda _folder: None)
    target = tmp_path / "sheet.pdf"
    target.write_bytes(OLD)

    def fill(write: Callable[[bytes], object]) -> None:
        write(NEW)
        raise KeyError

    with pytest.raises(KeyError):
        write_filled(target, fill, office=tmp_path / "office")
    assert target.read_bytes() == OLD
    write_filled(target, lambda write: write(NEW), office=tmp_path / "office")
    assert target.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [target]
