"""Where the register of printed sheets lies."""

import json
from datetime import datetime

import sqlalchemy as sa

from desktop.records.facts.ids import ImageId, PatientId, SheetId
from desktop.records.facts.sheet import PrintedAs, Sheet, SheetKind, SheetState
from desktop.records.vault.image_rows import storable
from desktop.records.vault.schema import SHEET_IS_LOOSE, sheet, sheet_image


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
                why=storable(new.why),
                state=new.state,
                kind=new.kind,
                written=storable(json.dumps(dict(new.written))) if new.written else None,
                per_page=new.printed.per_page if new.printed else None,
                paper=new.printed.paper if new.printed else None,
                is_grey=new.printed.is_grey if new.printed else None,
            )
        )
        shown = [
            {"sheet_id": new.id, "place": place, "image_id": image}
            for place, image in enumerate(new.images)
        ]
        if shown:
            self._connection.execute(sa.insert(sheet_image), shown)

    def last_copy(self, number: str) -> Sheet | None:
        """The newest copy of the sheet with this number, or None."""
        query = sa.select(sheet).where(sheet.c.number == number)
        found = self._sheets(query.order_by(sheet.c.copy.desc()).limit(1))
        return found[0] if found else None

    def find(self, sheet_id: SheetId) -> Sheet | None:
        """The copy with this id, or None."""
        found = self._sheets(sa.select(sheet).where(sheet.c.id == sheet_id))
        return found[0] if found else None

    def copies(self, number: str) -> list[Sheet]:
        """Every copy of the sheet with this number, the newest first."""
        query = sa.select(sheet).where(sheet.c.number == number)
        return self._sheets(query.order_by(sheet.c.copy.desc()))

    def loose(self, *, most: int | None = None) -> list[Sheet]:
        """Copies that nobody has put into a chart, the oldest first."""
        query = sa.select(sheet).where(sa.text(SHEET_IS_LOOSE)).order_by(sheet.c.made_at)
        return self._sheets(query if most is None else query.limit(most))

    def how_many_loose(self) -> int:
        """How many `loose` would give."""
        query = sa.select(sa.func.count()).select_from(sheet).where(sa.text(SHEET_IS_LOOSE))
        return int(self._connection.execute(query).scalar_one())

    def in_state(self, state: SheetState) -> list[Sheet]:
        """Copies that are in this state, of whomever, the oldest first."""
        is_so = sheet.c.state == state
        if state is SheetState.MADE:
            is_so |= sheet.c.state.is_(None)
        return self._sheets(sa.select(sheet).where(is_so).order_by(sheet.c.made_at))

    def settle(self, settled: Sheet) -> None:
        """Store how far this copy is now."""
        self._connection.execute(
            sa.update(sheet)
            .where(sheet.c.id == settled.id)
            .values(
                state=settled.state,
                in_hand_at=settled.in_hand_at,
                in_hand_by=settled.in_hand_by,
                in_chart_at=settled.in_chart_at,
                in_chart_by=settled.in_chart_by,
                volume=storable(settled.volume),
                handed_at=settled.handed_at,
                handed_by=settled.handed_by,
                handed_to=storable(settled.handed_to),
                ended_at=settled.ended_at,
                ended_by=settled.ended_by,
                ended_why=storable(settled.ended_why),
            )
        )

    def in_chart_before(self, moment: datetime) -> list[Sheet]:
        """Copies that came into a chart before this moment and are there, the first first."""
        there = sa.and_(sheet.c.state == SheetState.IN_CHART, sheet.c.in_chart_at < moment)
        return self._sheets(sa.select(sheet).where(there).order_by(sheet.c.in_chart_at))

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
                kind=row.kind or SheetKind.RECORD,
                written=tuple(json.loads(row.written).items()) if row.written else (),
                printed=_printed(row),
                why=row.why or "",
                state=row.state or SheetState.MADE,
                in_hand_at=row.in_hand_at,
                in_hand_by=row.in_hand_by or "",
                in_chart_at=row.in_chart_at,
                in_chart_by=row.in_chart_by or "",
                volume=row.volume or "",
                handed_at=row.handed_at,
                handed_by=row.handed_by or "",
                handed_to=row.handed_to or "",
                ended_at=row.ended_at,
                ended_by=row.ended_by or "",
                ended_why=row.ended_why or "",
            )
            for row in rows
        ]


def _printed(row: sa.Row[tuple[object, ...]]) -> PrintedAs | None:
    if row.per_page is None:
        return None
    return PrintedAs(per_page=row.per_page, paper=row.paper or "", is_grey=row.is_grey)
