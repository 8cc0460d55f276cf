"""Clearing a card, a stick or a folder: one file at a time, by the very file that was compared."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from desktop.devices.folder_source import FILE_FLAGS, FolderSource, parts_of
from desktop.devices.problems import (
    ClearingRefused,
    DeleteRefused,
    ItemProtected,
    NotTheImportedItem,
)
from desktop.devices.refusal import refusal
from desktop.devices.source import Compared, MediaItem, SourceInfo, unheard
from desktop.devices.untrusted_names import lies_beside

_BLOCK: Final = 1 << 20
_CANNOT_SYNC: Final = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EBADF}
"""What a file system answers that knows no fsync of a folder; a fresh look decides there."""
_ANY_WRITE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
NO_SAFE_WAY: Final = (
    "This system offers no way to delete the very file that was compared. Delete the images in the "
    "file manager and have that attested."
)


class ClearingFolderSource(FolderSource):
    """A `FolderSource` that can be cleared. `alive` is called while a long file is compared."""

    def __init__(
        self, folder: Path, *, info: SourceInfo, alive: Callable[[], None] = lambda: None
    ) -> None:
        """Raises as `FolderSource` does."""
        super().__init__(folder, info=info)
        self._alive = alive

    def check_clearing(self) -> None:
        """See `ClearingSource.check_clearing`."""
        if self.info.cannot_clear:
            raise ClearingRefused(source=self.info.name, reason=self.info.cannot_clear)
        if os.open not in os.supports_dir_fd or os.unlink not in os.supports_dir_fd:
            raise ClearingRefused(source=self.info.name, reason=NO_SAFE_WAY)

    def identity(self) -> str:
        """See `ClearingSource.identity`: the folder's own file, and the size of its file system."""
        try:
            device, inode = self._look_at_root()
            blocks = os.statvfs(self._root).f_blocks if hasattr(os, "statvfs") else 0
        except OSError as error:
            raise self._source_problem(error) from None
        return f"{device}:{inode}:{blocks}"

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ClearingSource.companions`."""
        parts = parts_of(item.key)[:-1]
        try:
            with os.scandir(self._root.joinpath(*parts)) as found:
                beside = sorted(
                    (one for one in found if lies_beside(one.name, item.name)),
                    key=lambda one: one.name,
                )
        except OSError as error:
            raise self._item_problem(item, error) from None
        plain = [one for one in beside if one.is_file(follow_symlinks=False)]
        return [listed for one in plain for listed in self._file_item(tuple(parts), one)]

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """See `ClearingSource.delete_verified`.

        The name must still lead to the very file that was compared, unchanged; it is then deleted
        from the folder that was opened on the way, and the folder is made durable.
        """
        self.check_clearing()
        if (refused := refusal(item)) is not None:
            raise refused
        self.close()
        parts = parts_of(item.key)
        try:
            folder = self._open_folder(parts[:-1])
        except OSError as error:
            raise self._item_problem(item, error) from None
        try:
            self._compare_and_delete(item, parts[-1], folder, sha256, compared)
            self._make_durable(item, folder)
        except OSError as error:
            raise self._delete_problem(item, error) from None
        finally:
            os.close(folder)

    def _compare_and_delete(
        self, item: MediaItem, name: str, folder: int, sha256: bytes, compared: Compared
    ) -> None:
        file = os.open(name, FILE_FLAGS, dir_fd=folder)
        try:
            before = os.fstat(file)
            if not stat.S_ISREG(before.st_mode) or before.st_size != item.size:
                raise NotTheImportedItem(name=item.name)
            if not before.st_mode & _ANY_WRITE:
                raise ItemProtected(name=item.name)
            if self._digest(file, compared) != sha256 or _look(os.fstat(file)) != _look(before):
                raise NotTheImportedItem(name=item.name)
            if _look(os.stat(name, dir_fd=folder, follow_symlinks=False)) != _look(before):
                raise NotTheImportedItem(name=item.name)
            os.unlink(name, dir_fd=folder)
        finally:
            os.close(file)

    def _make_durable(self, item: MediaItem, folder: int) -> None:
        """A card that cannot be written any more forgets a deletion that the system remembers."""
        try:
            os.fsync(folder)
        except OSError as error:
            if error.errno not in _CANNOT_SYNC:
                reason = error.strerror or "it could not be written"
                raise DeleteRefused(name=item.name, reason=reason) from None

    def _digest(self, file: int, compared: Compared) -> bytes:
        """The hash of an open file as the card holds it, not as the system remembers it."""
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        digest = hashlib.sha256()
        done = 0
        while block := os.read(file, _BLOCK):
            digest.update(block)
            done += len(block)
            self._alive()
            compared(done)
        return digest.digest()

    def _delete_problem(self, item: MediaItem, error: OSError) -> Exception:
        if error.errno == errno.EROFS:
            return ItemProtected(name=item.name)
        if error.errno in {errno.EACCES, errno.EPERM}:
            return DeleteRefused(name=item.name, reason=error.strerror or "not permitted")
        return self._item_problem(item, error)


def _look(status: os.stat_result) -> tuple[int, ...]:
    """What tells a file and its state from another; anybody can set the time of its content back,
    nobody that of the last change of any kind."""
    when = (status.st_mtime_ns, status.st_ctime_ns)
    return status.st_dev, status.st_ino, status.st_size, *when
