"""Where the register of printed sheets lies."""

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId, PatientId, SheetId
from desktop.records.facts.sheet import Sheet
from desktop.records.vault.image_rows import storable
from desktop.records.vault.schema import sheet, sheet_image


class SheetShelf:
    """Sheets, in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, new: Sheet) -> None:
        """Put one copy of a sheet into the register."""
        self._connection.execute(
            sa.insert(sheet).values(
                id=new.id,
                number=new.number,
                copy=new.copy,
                patient_id=new.patient,
                pages=new.pages,
                target=storable(new.target),
                made_at=new.made_at,
                made_by=new.made_by,
            )
        )
        self._connection.execute(
            sa.insert(sheet_image),
            [
                {"sheet_id": new.id, "place": place, "image_id": image}
                for place, image in enumerate(new.images)
            ],
        )

    def last_copy(self, number: str) -> Sheet | None:
        """The newest copy of the sheet with this number, or None."""
        query = sa.select(sheet).where(sheet.c.number == number)
        found = self._sheets(query.order_by(sheet.c.copy.desc()).limit(1))
        return found[0] if found else None

    def of_patient(self, patient_id: PatientId) -> list[Sheet]:
        """A patient's sheets, newest first."""
        query = sa.select(sheet).where(sheet.c.patient_id == patient_id)
        return self._sheets(query.order_by(sheet.c.made_at.desc(), sheet.c.copy.desc()))

    def number_with(self, image_id: ImageId) -> str | None:
        """The number of a sheet that shows this image, or None."""
        query = sa.select(sheet.c.number).join(sheet_image)
        query = query.where(sheet_image.c.image_id == image_id).limit(1)
        return self._connection.execute(query).scalar_one_or_none()

    def _sheets(self, query: sa.Select[tuple[object, ...]]) -> list[Sheet]:
        rows = self._connection.execute(query).all()
        images: dict[SheetId, list[ImageId]] = {}
        shown = (
            sa.select(sheet_image)
            .where(sheet_image.c.sheet_id.in_([row.id for row in rows]))
            .order_by(sheet_image.c.sheet_id, sheet_image.c.place)
        )
        for row in self._connection.execute(shown):
            images.setdefault(SheetId(row.sheet_id), []).append(ImageId(row.image_id))
        return [
            Sheet(
                id=SheetId(row.id),
                number=row.number,
                copy=row.copy,
                patient=PatientId(row.patient_id),
                images=tuple(images.get(row.id, ())),
                pages=row.pages,
                target=row.target,
                made_at=row.made_at,
                made_by=row.made_by,
            )
            for row in rows
        ]
