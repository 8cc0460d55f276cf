"""Where disposal batches and tombstones lie, and the one place where an original's row is deleted.

The row holds the only copy of the data key, so deleting it destroys the original. `secure_delete`
overwrites it in the file; what the journal still holds goes with `Vault.erase`.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.disposal import DisposalBatch, PaperToDestroy, Spared, Tombstone
from desktop.records.facts.ids import ImageId, PatientId, PersonId, SheetId
from desktop.records.facts.people import Person
from desktop.records.facts.sheet import Sheet, SheetKind, SheetState
from desktop.records.vault.came_from_tables import copy_given, received_image
from desktop.records.vault.device_tables import companion, deposit
from desktop.records.vault.media_tables import image_scale, image_tie
from desktop.records.vault.schema import (
    disposal_batch,
    disposal_item,
    image,
    original,
    sheet,
    sheet_image,
    tombstone,
)

_KEPT_COLUMNS = {
    *("id", "state", "intake_id", "file_name", "folder", "received_at", "received_by"),
    *("described_at", "patient_id", "purposes", "site", "missing"),
}
_SHOWS_IMAGES = [kind for kind in SheetKind if kind.shows_images]
_IS_GONE = (SheetState.DESTROYED, SheetState.NOT_PRINTED)
_EMPTIED = {column.name: None for column in image.c if column.name not in _KEPT_COLUMNS}


class DisposalShelf:
    """Disposal batches, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def propose(
        self, number: str, images: Sequence[ImageId], *, at: datetime, by: Person
    ) -> DisposalBatch:
        """Put a batch on record that nobody has approved yet."""
        self._connection.execute(
            sa.insert(disposal_batch).values(
                number=number,
                proposed_at=at,
                proposed_by=by.name,
                proposer=by.id,
                approved_by="",
                finished_by="",
            )
        )
        self._connection.execute(
            sa.insert(disposal_item),
            [
                {"batch": number, "image_id": one, "place": place, "spared_why": ""}
                for place, one in enumerate(images)
            ],
        )
        return DisposalBatch(
            number=number,
            images=tuple(images),
            proposed_at=at,
            proposed_by=by.name,
            proposer=by.id,
        )

    def approve(self, number: str, *, at: datetime, by: Person) -> None:
        """Note who approved a batch; the database refuses whoever proposed it."""
        self._set(number, approved_at=at, approved_by=by.name, approver=by.id)

    def finish(self, number: str, *, at: datetime, by: Person) -> None:
        """Note that every image of a batch was decided."""
        self._set(number, finished_at=at, finished_by=by.name)

    def batch(self, number: str) -> DisposalBatch | None:
        """The batch with this number, or None."""
        found = self._batches(disposal_batch.c.number == number)
        return found[0] if found else None

    def unfinished(self) -> list[DisposalBatch]:
        """Batches that were proposed and not carried out to the end, oldest first; not those that
        were taken back."""
        undecided = sa.exists().where(
            disposal_item.c.batch == disposal_batch.c.number, disposal_item.c.done_at.is_(None)
        )
        is_open = sa.or_(disposal_batch.c.approved_at.is_not(None), undecided)
        return self._batches(sa.and_(disposal_batch.c.finished_at.is_(None), is_open))

    def finished(self) -> list[DisposalBatch]:
        """Batches that were carried out to the end, the last first."""
        found = self._batches(disposal_batch.c.finished_at.is_not(None))
        return sorted(found, key=lambda one: one.finished_at or one.proposed_at, reverse=True)

    def undecided(self, number: str) -> list[ImageId]:
        """The images of a batch that are neither destroyed nor spared yet, in its order."""
        query = sa.select(disposal_item.c.image_id).where(
            disposal_item.c.batch == number, disposal_item.c.done_at.is_(None)
        )
        rows = self._connection.execute(query.order_by(disposal_item.c.place)).scalars()
        return [ImageId(found) for found in rows]

    def spare(self, number: str, image_id: ImageId, *, why: str, at: datetime) -> None:
        """Note that an image of a batch stays."""
        self._decide(number, image_id, done_at=at, spared_why=why)

    def destroy(
        self,
        number: str,
        gone: ClinicalImage,
        patient: PatientId,
        *,
        at: datetime,
        by: Person,
        paper: Sheet | None = None,
        paper_until: date | None = None,
    ) -> None:
        """Destroy the key and the facts of an image, leave its tombstone, and flag its sheets; or
        note on which `paper` it is kept, and until when.

        The database refuses what is held or was not approved.
        """
        where = original.c.image_id == gone.id
        name = self._connection.execute(sa.select(original.c.name).where(where)).scalar_one()
        self._connection.execute(
            sa.insert(tombstone).values(
                image_id=gone.id,
                patient_id=patient,
                sha256=gone.sha256,
                size=gone.size,
                received_at=gone.received_at,
                disposed_at=at,
                disposed_by=by.name,
                certificate=number,
                file=name,
                kept_on=paper.id if paper else None,
                paper_until=paper_until,
            )
        )
        emptied = {**_EMPTIED, "file_name": "", "folder": "", "site": "", "purposes": ()}
        self._connection.execute(
            sa.update(image)
            .where(image.c.id == gone.id)
            .values(
                **emptied,
                state=ImageState.DISPOSED,
                missing=(),
                described_at=sa.func.coalesce(image.c.described_at, image.c.received_at),
            )
        )
        self._connection.execute(sa.delete(original).where(where))
        self._decide(number, gone.id, done_at=at)
        self._connection.execute(sa.delete(companion).where(companion.c.image_id == gone.id))
        self._connection.execute(sa.delete(image_scale).where(image_scale.c.image_id == gone.id))
        of_sender = received_image.c.image_id == gone.id
        self._connection.execute(sa.delete(received_image).where(of_sender))
        self._connection.execute(sa.delete(copy_given).where(copy_given.c.image_id == gone.id))
        of_pair = sa.or_(image_tie.c.image_id == gone.id, image_tie.c.other_id == gone.id)
        self._connection.execute(sa.delete(image_tie).where(of_pair))
        self._connection.execute(
            sa.update(deposit)
            .where(deposit.c.image_id == gone.id)
            .values(folder="", file_name="", modified_local=None)
        )
        if paper is not None:
            return
        shown_on = sa.select(sheet_image.c.sheet_id).where(sheet_image.c.image_id == gone.id)
        self._connection.execute(
            sa.update(sheet)
            .where(
                sheet.c.id.in_(shown_on),
                sheet.c.to_destroy_since.is_(None),
                sa.or_(sheet.c.kind.is_(None), sheet.c.kind.in_(_SHOWS_IMAGES)),
            )
            .values(to_destroy_since=at)
        )

    def file_removed(self, images: Collection[ImageId]) -> None:
        """Note that the sealed files of destroyed images are gone."""
        self._connection.execute(
            sa.update(tombstone).where(tombstone.c.image_id.in_(images)).values(file="")
        )

    def files_left(self) -> Iterator[str]:
        """The names of sealed files that nobody can open any more and that are still there."""
        query = sa.select(tombstone.c.file).where(tombstone.c.file != "")
        yield from self._connection.execute(query).scalars()

    def tombstone(self, image_id: ImageId) -> Tombstone | None:
        """What is kept of a destroyed image, or None."""
        found = self._tombstones(tombstone.c.image_id == image_id)
        return found[0] if found else None

    def tombstones_of(self, patient_id: PatientId) -> list[Tombstone]:
        """What is kept of a patient's destroyed images, the first destroyed first."""
        return self._tombstones(tombstone.c.patient_id == patient_id)

    def is_kept_on(self, sheet_id: SheetId) -> bool:
        """Whether this copy stands for an image whose original is gone."""
        query = sa.select(tombstone.c.image_id).where(tombstone.c.kept_on == sheet_id).limit(1)
        return self._connection.execute(query).first() is not None

    def gone_under(self, number: str) -> list[Tombstone]:
        """What was destroyed under a certificate."""
        return self._tombstones(tombstone.c.certificate == number)

    def spared_under(self, number: str) -> list[Spared]:
        """What a batch named and was not destroyed."""
        query = sa.select(disposal_item).where(
            disposal_item.c.batch == number, disposal_item.c.spared_why != ""
        )
        rows = self._connection.execute(query.order_by(disposal_item.c.place))
        return [Spared(image=ImageId(row.image_id), why=row.spared_why) for row in rows]

    def paper_to_destroy(self, *, certificate: str = "") -> list[PaperToDestroy]:
        """Copies in the register that show a destroyed image, of one certificate or of all; not
        those that are destroyed themselves, or never came out."""
        query = sa.select(sheet).where(
            sheet.c.to_destroy_since.is_not(None),
            sa.or_(sheet.c.state.is_(None), sheet.c.state.not_in(_IS_GONE)),
        )
        if certificate:
            shown = sa.select(sheet_image.c.sheet_id).join(
                tombstone, tombstone.c.image_id == sheet_image.c.image_id
            )
            query = query.where(sheet.c.id.in_(shown.where(tombstone.c.certificate == certificate)))
        return [
            PaperToDestroy(
                number=row.number,
                copy=row.copy,
                patient=PatientId(row.patient_id),
                target=row.target,
                since=row.to_destroy_since,
            )
            for row in self._connection.execute(query.order_by(sheet.c.number, sheet.c.copy))
        ]

    def _set(self, number: str, **values: object) -> None:
        where = disposal_batch.c.number == number
        self._connection.execute(sa.update(disposal_batch).where(where).values(**values))

    def _decide(self, number: str, image_id: ImageId, **values: object) -> None:
        self._connection.execute(
            sa.update(disposal_item)
            .where(disposal_item.c.batch == number, disposal_item.c.image_id == image_id)
            .values(**values)
        )

    def _batches(self, condition: sa.ColumnElement[bool]) -> list[DisposalBatch]:
        query = sa.select(disposal_batch).where(condition)
        rows = self._connection.execute(query.order_by(disposal_batch.c.proposed_at)).all()
        return [
            DisposalBatch(
                number=row.number,
                images=self._images_in(row.number),
                proposed_at=row.proposed_at,
                proposed_by=row.proposed_by,
                proposer=PersonId(row.proposer),
                approved_at=row.approved_at,
                approved_by=row.approved_by,
                finished_at=row.finished_at,
                finished_by=row.finished_by,
            )
            for row in rows
        ]

    def _images_in(self, number: str) -> tuple[ImageId, ...]:
        query = sa.select(disposal_item.c.image_id).where(disposal_item.c.batch == number)
        rows = self._connection.execute(query.order_by(disposal_item.c.place)).scalars()
        return tuple(ImageId(found) for found in rows)

    def _tombstones(self, condition: sa.ColumnElement[bool]) -> list[Tombstone]:
        query = sa.select(tombstone).where(condition)
        query = query.order_by(tombstone.c.disposed_at, tombstone.c.image_id)
        return [
            Tombstone(
                image=ImageId(row.image_id),
                patient=PatientId(row.patient_id),
                sha256=row.sha256,
                size=row.size,
                received_at=row.received_at,
                disposed_at=row.disposed_at,
                disposed_by=row.disposed_by,
                certificate=row.certificate,
                file=row.file,
                kept_on=None if row.kept_on is None else SheetId(row.kept_on),
                paper_until=row.paper_until,
            )
            for row in self._connection.execute(query)
        ]
