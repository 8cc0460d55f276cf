"""The exam that every store of sealed originals sits."""

import os
import stat
from collections.abc import Collection
from pathlib import Path

import pytest

from desktop.records.vault.folder_store import FolderStore
from desktop.records.vault.folder_sweep import MOST_FROM_A_CRASH
from desktop.records.vault.original_store import OriginalStore, StoredOriginal, Swept
from desktop.records.vault.problems import DiskFailed, OriginalMissing, OriginalsDoNotFit

NAMES = [f"{number:02x}" * 16 for number in range(1, 200)]


def put(store: OriginalStore, name: str, content: bytes = b"sealed bytes") -> None:
    pending = store.put(name)
    pending.write(content)
    pending.finish()


def swept(
    store: OriginalStore, *, known: Collection[str] = (), spared: Collection[str] = ()
) -> Swept:
    return store.sweeping(known_in=lambda _: known, spared=spared).go_on()


def content_of(store: OriginalStore, name: str) -> bytes:
    return store.get_range(name, 0, store.head(name).size)


class StoreExam:
    """Inherited by the tests of each store, which give it a `store`, and `crashed`: the same place
    as another program has it, which ends before anything is tidied."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> OriginalStore:
        raise NotImplementedError

    @pytest.fixture
    def crashed(self, tmp_path: Path) -> OriginalStore:
        raise NotImplementedError

    def test_it_says_where_it_is(self, store: OriginalStore) -> None:
        assert store.place

    def test_a_new_store_is_empty(self, store: OriginalStore) -> None:
        assert list(store.list()) == []

    def test_what_was_put_can_be_got(self, store: OriginalStore) -> None:
        pending = store.put(NAMES[0])
        for piece in (b"a" * 300_000, memoryview(b"bc"), b""):
            pending.write(piece)
        pending.finish()
        assert store.head(NAMES[0]) == StoredOriginal(name=NAMES[0], size=300_002)
        assert content_of(store, NAMES[0]) == b"a" * 300_000 + b"bc"
        assert list(store.list()) == [NAMES[0]]

    def test_it_can_be_empty(self, store: OriginalStore) -> None:
        put(store, NAMES[0], b"")
        assert store.head(NAMES[0]).size == 0
        assert content_of(store, NAMES[0]) == b""

    @pytest.mark.parametrize("cold", [False, True])
    def test_it_is_read_from_any_place(self, store: OriginalStore, *, cold: bool) -> None:
        put(store, NAMES[0], bytes(range(256)) * 1_000)
        opened = store.get(NAMES[0], cold=cold)
        assert opened.size == 256_000
        into = bytearray(10)
        assert opened.read_at(255_999, memoryview(into)) == 1
        assert opened.read_at(256_000, memoryview(into)) == 0
        assert opened.read_at(257, memoryview(into)) == 10
        assert into == bytes(range(1, 11))
        opened.close()
        opened.close()

    def test_a_range_stops_at_the_end(self, store: OriginalStore) -> None:
        put(store, NAMES[0], b"0123456789")
        assert store.get_range(NAMES[0], 2, 3) == b"234"
        assert store.get_range(NAMES[0], 8, 30) == b"89"
        assert store.get_range(NAMES[0], 10, 1) == b""
        assert store.get_range(NAMES[0], 99, 1) == b""

    def test_nobody_sees_what_is_not_finished(self, store: OriginalStore) -> None:
        pending = store.put(NAMES[0])
        pending.write(b"half")
        assert list(store.list()) == []
        with pytest.raises(OriginalMissing):
            store.get(NAMES[0])
        pending.finish()
        assert list(store.list()) == [NAMES[0]]

    def test_what_is_abandoned_leaves_nothing(self, store: OriginalStore) -> None:
        pending = store.put(NAMES[0])
        pending.write(b"half")
        pending.abandon()
        pending.abandon()
        assert list(store.list()) == []
        put(store, NAMES[0])

    def test_what_is_finished_is_not_abandoned(self, store: OriginalStore) -> None:
        pending = store.put(NAMES[0])
        pending.finish()
        pending.abandon()
        assert list(store.list()) == [NAMES[0]]

    def test_the_missing_is_said_to_be_missing(self, store: OriginalStore) -> None:
        put(store, NAMES[1])
        for ask in (store.get, store.head, lambda name: store.get_range(name, 0, 1)):
            with pytest.raises(OriginalMissing, match=NAMES[0]):
                ask(NAMES[0])

    def test_deleting_leaves_the_others(self, store: OriginalStore) -> None:
        put(store, NAMES[0])
        put(store, NAMES[1])
        store.delete(NAMES[0])
        store.delete(NAMES[0])
        assert list(store.list()) == [NAMES[1]]

    @pytest.mark.parametrize("name", ["", "ab", "../" * 10 + "ab", "AB" * 16, "ab" * 17, "0g" * 16])
    def test_a_name_is_never_a_path(self, store: OriginalStore, name: str) -> None:
        for ask in (store.put, store.get, store.head, store.delete):
            with pytest.raises(ValueError, match="not the name"):
                ask(name)

    def test_a_sweep_clears_what_was_begun_and_spares_what_is_in_the_making(
        self, store: OriginalStore, crashed: OriginalStore
    ) -> None:
        left, going_on, put_here = crashed.put(NAMES[0]), crashed.put(NAMES[1]), store.put(NAMES[3])
        put(store, NAMES[2])
        done = swept(store, spared={NAMES[1], NAMES[2]})
        assert done == Swept(unfinished=1)
        going_on.finish()
        put_here.finish()
        left.abandon()
        assert sorted(store.list()) == NAMES[1:4]

    def test_a_sweep_goes_on_where_it_stopped_and_ends_once(
        self, store: OriginalStore, crashed: OriginalStore
    ) -> None:
        for name in NAMES[:3]:
            put(crashed, name)
        left = crashed.put(NAMES[3])
        sweep = store.sweeping(known_in=lambda _: [NAMES[0]], spared=())
        assert sweep.go_on(stopped=lambda: True) == Swept(is_over=False)
        first = sweep.go_on(most=1)
        assert not first.is_over
        assert first.set_aside == ()  # not before it is known how many strangers there are
        done = sweep.go_on()
        assert (sorted(done.set_aside), done.unfinished) == (NAMES[1:3], 1)
        assert sweep.go_on() == sweep.swept == done
        assert list(store.list()) == [NAMES[0]]
        left.abandon()

    def test_an_original_without_a_row_is_set_aside_and_comes_back_with_its_row(
        self, store: OriginalStore
    ) -> None:
        put(store, NAMES[0], b"filed")
        put(store, NAMES[1], b"from a crash")
        assert swept(store, known=[NAMES[0]]).set_aside == (NAMES[1],)
        assert list(store.list()) == [NAMES[0]]
        again = swept(store, known=[NAMES[0]])
        assert (again.set_aside, again.brought_back) == ((), ())
        assert swept(store, known=NAMES[:2]).brought_back == (NAMES[1],)
        assert content_of(store, NAMES[1]) == b"from a crash"

    def test_a_whole_store_is_never_swept_away(
        self, store: OriginalStore, crashed: OriginalStore
    ) -> None:
        """The wrong database, or an older one, names few of the originals or none."""
        names = NAMES[: MOST_FROM_A_CRASH + 1]
        for name in names:
            put(store, name)
        left = crashed.put(NAMES[-1])
        done = swept(store)
        assert isinstance(done.doubt, OriginalsDoNotFit)
        assert done.unfinished == 1
        assert sorted(store.list()) == names
        left.abandon()
        assert swept(store, known=names[1:]).set_aside == (names[0],)


class TestFolderStore(StoreExam):
    """Files in a folder."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> OriginalStore:
        return FolderStore(tmp_path / "originals")

    @pytest.fixture
    def crashed(self, tmp_path: Path) -> OriginalStore:
        return FolderStore(tmp_path / "originals")

    def test_only_the_owner_may_enter(self, store: OriginalStore, tmp_path: Path) -> None:
        put(store, NAMES[0])
        pending = store.put(NAMES[1])
        swept(store, spared={NAMES[1]})
        modes = {
            path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode)
            for path in (tmp_path / "originals").rglob("*")
        }
        assert modes == {
            "originals/01": 0o700,
            "originals/02": 0o700,
            f"originals/02/{NAMES[1]}.part": 0o600,
            "originals/orphans": 0o700,
            f"originals/orphans/{NAMES[0]}": 0o600,
        }
        assert stat.S_IMODE((tmp_path / "originals").stat().st_mode) == 0o700
        pending.abandon()

    def test_files_that_are_not_ours_are_left_alone(
        self, store: OriginalStore, tmp_path: Path
    ) -> None:
        put(store, NAMES[0])
        strays = [
            tmp_path / "originals" / "notes.txt",
            tmp_path / "originals" / "01" / "notes.part",
            tmp_path / "originals" / "01" / f"{NAMES[0]}.jpg",
        ]
        for stray in strays:
            stray.write_bytes(b"somebody's")
        swept(store, known=[NAMES[0]])
        assert list(store.list()) == [NAMES[0]]
        assert all(stray.exists() for stray in strays)

    def test_a_drive_that_left_is_not_made_up_again(
        self, store: OriginalStore, tmp_path: Path
    ) -> None:
        (tmp_path / "originals").rmdir()
        with pytest.raises(DiskFailed):
            store.put(NAMES[0])
        with pytest.raises(DiskFailed):
            list(store.list())
        assert not any(tmp_path.iterdir())

    def test_a_file_cut_while_it_was_written_is_not_called_whole(
        self, store: OriginalStore, tmp_path: Path
    ) -> None:
        pending = store.put(NAMES[0])
        pending.write(b"0123456789")
        (part,) = (tmp_path / "originals").rglob("*.part")
        os.truncate(part, 5)
        with pytest.raises(DiskFailed, match="5 of 10"):
            pending.finish()
        pending.abandon()
        assert list(store.list()) == []
