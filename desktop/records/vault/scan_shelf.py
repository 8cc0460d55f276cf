"""Where it is noted which images are scans of our own pages, and which forms are still out."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.page_scan import PageScan
from desktop.records.vault.scan_tables import FORM_IS_DUE, page_scan
from desktop.records.vault.schema import image


class DueRow(NamedTuple):
    """A form that images wait for, of one patient."""

    number: str
    patient: PatientId
    images: int
    since: datetime


class ScanShelf:
    """Scans of pages, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(self, scan: PageScan) -> None:
        """Put on record that an image is the scan of a page, in the place of what was said of the
        two when the image was linked to somebody else."""
        said = {
            "patient_id": scan.patient,
            "attached_at": scan.attached_at,
            "attached_by": scan.attached_by,
        }
        key = {"image_id": scan.image, "number": scan.number, "page": scan.page}
        same = sa.and_(*(page_scan.c[name] == value for name, value in key.items()))
        update = sa.update(page_scan).where(same).values(**said)
        if self._connection.execute(update).rowcount == 0:
            self._connection.execute(sa.insert(page_scan).values(**key, **said))

    def of_image(self, image_id: ImageId) -> list[PageScan]:
        """Which pages this image is the scan of."""
        return self._scans(page_scan.c.image_id == image_id)

    def of_number(self, number: str) -> list[PageScan]:
        """The scans of a paper's pages, the first page first."""
        return self._scans(page_scan.c.number == number)

    def set_due(self, images: Sequence[ImageId], number: str | None) -> None:
        """Say which consent form has to come back for these images; None: none has to."""
        self._connection.execute(
            sa.update(image).where(image.c.id.in_(images)).values(form_due=number)
        )

    def waiting_for(self, number: str, patient: PatientId) -> list[ImageId]:
        """A patient's images for which this form has to come back."""
        query = sa.select(image.c.id).where(
            sa.text(FORM_IS_DUE), image.c.form_due == number, image.c.patient_id == patient
        )
        return [ImageId(found) for found in self._connection.execute(query).scalars()]

    def set_codes(self, image_id: ImageId, codes: Sequence[str]) -> None:
        """Say which codes a closer look found."""
        self._connection.execute(
            sa.update(image).where(image.c.id == image_id).values(page_codes=" ".join(codes))
        )

    def due(self) -> list[DueRow]:
        """The forms that are out, the longest first."""
        since = sa.func.min(image.c.received_at)
        query = (
            sa.select(
                image.c.form_due,
                image.c.patient_id,
                sa.func.count(),
                sa.type_coerce(since, image.c.received_at.type),
            )
            .where(sa.text(FORM_IS_DUE), image.c.patient_id.is_not(None))
            .group_by(image.c.form_due, image.c.patient_id)
            .order_by(since, image.c.form_due)
        )
        return [
            DueRow(number, PatientId(patient), images, at)
            for number, patient, images, at in self._connection.execute(query)
        ]

    def how_many_due(self) -> int:
        """How many forms `due` would name."""
        out = sa.select(image.c.form_due, image.c.patient_id).where(
            sa.text(FORM_IS_DUE), image.c.patient_id.is_not(None)
        )
        query = sa.select(sa.func.count()).select_from(out.distinct().subquery())
        return int(self._connection.execute(query).scalar_one())

    def _scans(self, where: sa.ColumnElement[bool]) -> list[PageScan]:
        is_linked = sa.and_(
            image.c.id == page_scan.c.image_id, image.c.patient_id == page_scan.c.patient_id
        )
        query = sa.select(page_scan).join(image, is_linked).where(where)
        query = query.order_by(page_scan.c.number, page_scan.c.page)
        return [
            PageScan(
                image=ImageId(row.image_id),
                number=row.number,
                page=row.page,
                patient=PatientId(row.patient_id),
                attached_at=row.attached_at,
                attached_by=row.attached_by,
            )
            for row in self._connection.execute(query)
        ]
