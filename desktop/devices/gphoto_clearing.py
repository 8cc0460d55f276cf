"""Clearing a camera or phone through libgphoto2, which can wipe a card and report success.

What its traps ask for (facts of devices, section 0): the name is looked up by its beginning, so no
name may begin another; a name that is not found deletes everything, so the file is read whole in
this very session just before, and not deleted if the device told any news meanwhile; what the
driver calls deleted may be there still, so a fresh session decides, and not this one.
"""

import hashlib
from collections.abc import Sequence
from itertools import accumulate

import gphoto2 as gp

from desktop.devices import never_cleared
from desktop.devices.gphoto_problems import words_of
from desktop.devices.gphoto_session import DriverError
from desktop.devices.gphoto_source import GPhotoSource, place_of
from desktop.devices.problems import (
    AccessDenied,
    ClearingRefused,
    DeleteRefused,
    ItemGone,
    ItemProtected,
    ItemUnsafe,
    NotTheImportedItem,
    SourceChanged,
    SourceGone,
)
from desktop.devices.refusal import FOLDER_BEGINS_ANOTHER, NAME_BEGINS_ANOTHER, refusal
from desktop.devices.source import Compared, MediaItem, unheard
from desktop.devices.untrusted_names import lies_beside, shadowed
from desktop.problem import Problem

_BLOCK = 1 << 20
_HARMLESS = "PTP Property"  # a battery that runs down, a dial that was turned
WHOLE_FILES_ONLY = (
    "It hands over whole files only, so nothing can be compared just before it is deleted. Delete "
    "the images on the device itself and have that attested."
)
NO_DELETION = (
    "It does not let a computer delete. Delete the images on the device itself and have that "
    "attested, or take its card out and use a card reader."
)


class ClearingGPhotoSource(GPhotoSource):
    """A `GPhotoSource` that can be cleared, if the device can tell its news."""

    def check_clearing(self) -> None:
        """See `ClearingSource.check_clearing`."""
        if self.info.cannot_clear:
            raise ClearingRefused(source=self.info.name, reason=self.info.cannot_clear)
        if not self._session.hears:
            raise ClearingRefused(source=self.info.name, reason=never_cleared.NO_NEWS)

    def identity(self) -> str:
        """See `ClearingSource.identity`: its serial number, and the size of each storage."""
        self._refuse_if_over()
        sizes = [capacity for capacity, _ in self._storages or ()]
        return f"{self._session.serial()} {sizes}"

    def companions(self, item: MediaItem) -> Sequence[MediaItem]:
        """See `ClearingSource.companions`."""
        self._refuse_if_over()
        folder, _ = place_of(item)
        try:
            names = self._session.files(folder)
            mistakable = shadowed(names + self._session.folders(folder))
        except DriverError as error:
            raise self._item_problem(error, item) from None
        beside = sorted(name for name in names if lies_beside(name, item.name))
        return [
            self._item(folder, name, NAME_BEGINS_ANOTHER if name in mistakable else None)
            for name in beside
        ]

    def delete_verified(
        self, item: MediaItem, *, sha256: bytes, compared: Compared = unheard
    ) -> None:
        """See `ClearingSource.delete_verified`."""
        self.check_clearing()
        self._refuse_if_over()
        if (refused := refusal(item)) is not None:
            raise refused
        folder, name = place_of(item)
        self._forget_whole()
        self._refuse_if_changed()
        try:
            self._refuse_if_mistakable(item, folder, name)
            if not self._session.may_be_deleted(folder, name):
                raise ItemProtected(name=item.name)
            if self._digest(item, folder, name, compared) != sha256:
                raise NotTheImportedItem(name=item.name)
        except DriverError as error:
            raise self._item_problem(error, item) from None
        if not all(told.startswith(_HARMLESS) for told in self._session.news()):
            # the driver may have forgotten the file by that, and would delete everything
            self._end = SourceChanged(source=self.info.name)
            raise self._end
        try:
            self._session.delete(folder, name)
        except DriverError as error:
            raise self._delete_problem(error, item) from None

    def _refuse_if_mistakable(self, item: MediaItem, folder: str, name: str) -> None:
        """Look at every step of the way again: no name on it may begin a sibling's."""
        steps = [step for step in folder.split("/") if step]
        for above, step in zip(_ways(steps), steps, strict=True):
            names = [*self._session.folders(above), *self._session.files(above)]
            if step in shadowed(names):
                raise ItemUnsafe(name=item.name, reason=FOLDER_BEGINS_ANOTHER)
        names = [*self._session.files(folder), *self._session.folders(folder)]
        if names.count(name) != 1:
            raise ItemGone(name=item.name)
        if name in shadowed(names):
            raise ItemUnsafe(name=item.name, reason=NAME_BEGINS_ANOTHER)
        size, _, _ = self._session.facts(folder, name)
        if size != item.size:
            raise NotTheImportedItem(name=item.name)

    def _digest(self, item: MediaItem, folder: str, name: str, compared: Compared) -> bytes:
        """The hash of the whole file, read in parts: what comes in one piece may be remembered."""
        digest = hashlib.sha256()
        block = memoryview(bytearray(_BLOCK))
        done = 0
        while done < item.size:
            try:
                got = self._session.read(folder, name, done, block[: item.size - done])
            except DriverError as error:
                if error.code == gp.GP_ERROR_NOT_SUPPORTED:
                    raise ClearingRefused(source=self.info.name, reason=WHOLE_FILES_ONLY) from None
                raise
            if got <= 0:
                raise NotTheImportedItem(name=item.name)
            digest.update(block[:got])
            done += got
            compared(done)
        return digest.digest()

    def _delete_problem(self, error: DriverError, item: MediaItem) -> Problem:
        if error.code == gp.GP_ERROR_NOT_SUPPORTED:
            return ClearingRefused(source=self.info.name, reason=NO_DELETION)
        problem = self._item_problem(error, item)
        if isinstance(problem, SourceGone):
            return problem
        denied = isinstance(problem, AccessDenied)
        reason = "access denied" if denied else words_of(error)
        return DeleteRefused(name=item.name, reason=reason)


def _ways(steps: Sequence[str]) -> list[str]:
    """The folder above each step: for a, b, c these are /, /a and /a/b."""
    return list(accumulate(steps[:-1], lambda way, step: f"{way.rstrip('/')}/{step}", initial="/"))
