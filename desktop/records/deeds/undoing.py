"""Undoing a link within the seconds in which it may simply be undone."""

from dataclasses import replace
from datetime import timedelta

from desktop.records.deeds.looking import known_image
from desktop.records.deeds.scan_back import pages_taken_back
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.depiction import Depiction
from desktop.records.facts.filing_problems import (
    ImageNotLinked,
    ImageOffDevice,
    ImageOnSheet,
    UndoTimeOver,
)
from desktop.records.facts.ids import ImageId
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault

UNDO_SECONDS = 10
"""How long the desk offers to undo a filing."""

_GRACE_SECONDS = 5  # a click at the last moment still has to get here


def take_back(vault: Vault, *, image: ImageId, by: Person, reason: str) -> ClinicalImage:
    """Lay an image that was just linked back into the tray, linked to nobody.

    What the bytes say and that it was received stays; what the desk said goes, the trail keeps it.
    Raises ImageUnknown, ImageNotLinked, UndoTimeOver, ImageOnSheet where it is on paper, and
    ImageOffDevice where its first copy was cleared because it is in that record.
    """
    with vault.change() as change:
        before = known_image(change, image)
        name = before.arrival.file_name
        linked_at = change.images.linked_at(image)
        if before.patient is None or linked_at is None:
            raise ImageNotLinked(name=name)
        if change.now - linked_at > timedelta(seconds=UNDO_SECONDS + _GRACE_SECONDS):
            raise UndoTimeOver(name=name, seconds=UNDO_SECONDS)
        if number := change.sheets.number_with(image):
            raise ImageOnSheet(name=name, number=number)
        if change.deposits.is_cleared(image):
            raise ImageOffDevice(name=name)
        back = replace(
            before,
            state=ImageState.RECEIVED,
            patient=None,
            photographer=None,
            taken=None,
            mode=None,
            purposes=frozenset(),
            consent=None,
            site="",
            depicts=Depiction(),
            taken_why="",
            missing=(),
            filed_at=None,
            filed_by=None,
            came_from=None,
        )
        change.came_from.put(image, None)
        change.images.settle(back, linked_at=None)
        pages_taken_back(change, before)
        change.note("link taken back", by=by, image=image, patient=before.patient, reason=reason)
        return change.images.get(image)
