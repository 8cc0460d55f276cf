"""Where images lie: what is on record about each, and the name and key of its original."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from desktop.records.facts.capture import Route
from desktop.records.facts.clinical_image import Arrival, ClinicalImage, Description, ImageState
from desktop.records.facts.ids import ImageId, IntakeId, PatientId
from desktop.records.facts.people import Person, Photographer
from desktop.records.facts.sealed import SealedOriginal
from desktop.records.vault.came_from_rows import COLUMNS, came_from_row, joined
from desktop.records.vault.device_tables import device, handover
from desktop.records.vault.image_rows import (
    arrival_values,
    description_values,
    filing_values,
    image_from,
    storable,
)
from desktop.records.vault.schema import image, intake, original, photographer

_PAGE = 500
_WHOLE = joined(
    sa.select(
        image,
        original.c.size,
        original.c.sha256,
        handover.c.depositor_name,
        handover.c.depositor_role,
        device.c.name.label("brought_name"),
        device.c.asset_number.label("brought_asset"),
        device.c.serial.label("brought_serial"),
        *COLUMNS,
    )
    .join(original, original.c.image_id == image.c.id)
    .outerjoin(handover, handover.c.intake_id == image.c.intake_id)
    .outerjoin(device, device.c.id == handover.c.device_id)
)
_WANTED: sa.BindParameter[object] = sa.bindparam("wanted")
_BY_ID = _WHOLE.where(image.c.id == _WANTED)  # a question made anew each time costs more than this
_BY_HASH = _WHOLE.where(original.c.sha256 == _WANTED)
_ORIGINAL = sa.select(original).where(original.c.image_id == _WANTED)


class ImageShelf:
    """Images, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin_intake(
        self, intake_id: IntakeId, *, source_name: str, route: Route, at: datetime, by: Person
    ) -> None:
        """Note a handover at the desk."""
        self._connection.execute(
            sa.insert(intake).values(
                id=intake_id,
                source_name=storable(source_name),
                route=route,
                begun_at=at,
                begun_by=by.name,
            )
        )

    def add(
        self,
        image_id: ImageId,
        sealed: SealedOriginal,
        arrival: Arrival,
        *,
        at: datetime,
        by: Person,
    ) -> ClinicalImage:
        """Put a received image and its original on record."""
        self._connection.execute(
            sa.insert(image).values(
                id=image_id,
                state=ImageState.RECEIVED,
                received_at=at,
                received_by=by.name,
                purposes=(),
                missing=(),
                site="",
                **arrival_values(arrival),
            )
        )
        self._connection.execute(
            sa.insert(original).values(
                image_id=image_id,
                name=sealed.name,
                size=sealed.size,
                sha256=sealed.sha256,
                wrapped_key=sealed.wrapped_key,
            )
        )
        return self.get(image_id)

    def replace_original(self, image_id: ImageId, sealed: SealedOriginal) -> None:
        """Let an image be kept in another sealed file of the very same bytes."""
        self._connection.execute(
            sa.update(original)
            .where(original.c.image_id == image_id, original.c.sha256 == sealed.sha256)
            .values(name=sealed.name, wrapped_key=sealed.wrapped_key)
        )

    def find(self, image_id: ImageId) -> ClinicalImage | None:
        """The image with this id, or None."""
        row = self._connection.execute(_BY_ID, {"wanted": image_id}).one_or_none()
        return None if row is None else _image(row)

    def get(self, image_id: ImageId) -> ClinicalImage:
        """The image with this id, which must be on record."""
        found = self.find(image_id)
        if found is None:
            raise KeyError(image_id)
        return found

    def with_bytes(self, sha256: bytes) -> ClinicalImage | None:
        """The image of exactly these bytes, or None."""
        row = self._connection.execute(_BY_HASH, {"wanted": sha256}).one_or_none()
        return None if row is None else _image(row)

    def describe(self, image_id: ImageId, description: Description, *, at: datetime) -> None:
        """Note what the bytes say."""
        self._update(image_id, described_at=at, **description_values(description))

    def settle(self, settled: ClinicalImage, *, linked_at: datetime | None) -> None:
        """Store what the desk says of an image; `linked_at` is when its patient was named."""
        self._update(settled.id, linked_at=linked_at, **filing_values(settled))

    def linked_at(self, image_id: ImageId) -> datetime | None:
        """When the image was linked to the patient it is under, in UTC."""
        query = sa.select(image.c.linked_at).where(image.c.id == image_id)
        found: datetime | None = self._connection.execute(query).scalar_one()
        return found

    def described_at(self, image_id: ImageId) -> datetime | None:
        """When what the bytes say was noted, in UTC; None while nobody has looked into them."""
        query = sa.select(image.c.described_at).where(image.c.id == image_id)
        found: datetime | None = self._connection.execute(query).scalar_one()
        return found

    def source_of(self, intake_id: IntakeId) -> tuple[str, Route]:
        """Name and route of the source that an intake was read from."""
        query = sa.select(intake.c.source_name, intake.c.route).where(intake.c.id == intake_id)
        row = self._connection.execute(query).one()
        return row.source_name, row.route

    def tray(self) -> list[ClinicalImage]:
        """Images received and not yet linked, oldest first."""
        query = _WHOLE.where(image.c.state == sa.literal_column("'received'"))
        return self._images(query.order_by(image.c.received_at, image.c.id))

    def undescribed(self) -> list[ClinicalImage]:
        """Images that nobody has looked into yet, oldest first."""
        query = _WHOLE.where(image.c.described_at.is_(None))
        return self._images(query.order_by(image.c.received_at, image.c.id))

    def noted_in_vain(self, note: str, *, since: datetime) -> list[ClinicalImage]:
        """Images received `since` then that are not filed yet, and of which somebody who looked
        could note no more than this, oldest first."""
        waits = image.c.state.in_((ImageState.RECEIVED, ImageState.INCOMPLETE))
        query = _WHOLE.where(image.c.received_at >= since, waits, image.c.note == note)
        return self._images(query.order_by(image.c.received_at, image.c.id))

    def incomplete(self) -> list[ClinicalImage]:
        """Linked images that still lack something essential, oldest first."""
        query = _WHOLE.where(image.c.state == sa.literal_column("'incomplete'"))
        return self._images(query.order_by(image.c.received_at, image.c.id))

    def of_intake(self, intake_id: IntakeId) -> list[ClinicalImage]:
        """What one handover brought, oldest first."""
        query = _WHOLE.where(image.c.intake_id == intake_id)
        return self._images(query.order_by(image.c.received_at, image.c.id))

    def of_patient(self, patient_id: PatientId) -> list[ClinicalImage]:
        """A patient's images, newest taken first."""
        query = _WHOLE.where(image.c.patient_id == patient_id)
        return self._images(query.order_by(image.c.taken_local.desc(), image.c.id.desc()))

    def sealed(self, image_id: ImageId) -> SealedOriginal:
        """The original of an image, which must be on record."""
        return _sealed(self._connection.execute(_ORIGINAL, {"wanted": image_id}).one())

    def sealed_or_none(self, image_id: ImageId) -> SealedOriginal | None:
        """The original of an image, or None if there is no such image on record."""
        row = self._connection.execute(_ORIGINAL, {"wanted": image_id}).one_or_none()
        return None if row is None else _sealed(row)

    def every_original(
        self, *, after: ImageId | None = None
    ) -> list[tuple[ImageId, SealedOriginal]]:
        """The next 500 originals in the order of their images."""
        query = sa.select(original).order_by(original.c.image_id).limit(_PAGE)
        if after is not None:
            query = query.where(original.c.image_id > after)
        return [(ImageId(row.image_id), _sealed(row)) for row in self._connection.execute(query)]

    def newest(self, count: int) -> list[ImageId]:
        """The images that were received last, the last first, and no more than so many."""
        query = sa.select(original.c.image_id).order_by(original.c.image_id.desc()).limit(count)
        return [ImageId(one) for one in self._connection.execute(query).scalars()]

    def originals_by_name(self, *, after: str = "") -> list[tuple[ImageId, SealedOriginal]]:
        """The next 500 originals in the order of their names."""
        query = sa.select(original).where(original.c.name > after).order_by(original.c.name)
        rows = self._connection.execute(query.limit(_PAGE))
        return [(ImageId(row.image_id), _sealed(row)) for row in rows]

    def original_names(self, beginning: str = "") -> Iterator[str]:
        """The names of all originals on record, or of those that begin so."""
        query = sa.select(original.c.name)
        if beginning:  # every digit of a name comes before a "g"
            query = query.where(original.c.name.between(beginning, beginning + "g"))
        yield from self._connection.execute(query).scalars()

    def are_more_than(self, count: int) -> bool:
        """Whether there are more originals, without counting them all."""
        query = sa.select(original.c.name).offset(count).limit(1)
        return self._connection.execute(query).first() is not None

    def on_record(self, names: Collection[str]) -> set[str]:
        """Those of these names that an original on record has."""
        found: set[str] = set()
        left = iter(names)
        while some := list(islice(left, _PAGE)):
            query = sa.select(original.c.name).where(original.c.name.in_(some))
            found.update(self._connection.execute(query).scalars())
        return found

    def totals(self) -> tuple[int, int]:
        """How many images there are, and how many bytes their originals have."""
        query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(original.c.size), 0))
        images, size = self._connection.execute(query.select_from(original)).one()
        return images, size

    def last_linked_from(self, source_name: str) -> ClinicalImage | None:
        """The image linked last of those that came from a source of this name."""
        query = _WHOLE.where(image.c.mode_source == storable(source_name))
        found = self._images(query.order_by(image.c.linked_at.desc()).limit(1))
        return found[0] if found else None

    def remember_photographer(self, who: Photographer, *, source_name: str, at: datetime) -> None:
        """Note that this person's images came from this source."""
        key = {"source_name": storable(source_name)[:400], "name": storable(who.name)[:400]}
        key["role"] = who.role
        same = sa.and_(*(photographer.c[column] == value for column, value in key.items()))
        update = sa.update(photographer).where(same).values(used_at=at)
        if self._connection.execute(update).rowcount == 0:
            self._connection.execute(sa.insert(photographer).values(**key, used_at=at))

    def photographers(self, *, most: int) -> list[Photographer]:
        """People who took images before, the most recent first, each name and role once."""
        last = sa.func.max(photographer.c.used_at)
        query = (
            sa.select(photographer.c.name, photographer.c.role)
            .group_by(photographer.c.name, photographer.c.role)
            .order_by(last.desc())
            .limit(most)
        )
        return [Photographer(name=r.name, role=r.role) for r in self._connection.execute(query)]

    def _images(self, query: sa.Select[tuple[object, ...]]) -> list[ClinicalImage]:
        return [_image(row) for row in self._connection.execute(query)]

    def _update(self, image_id: ImageId, **values: object) -> None:
        self._connection.execute(sa.update(image).where(image.c.id == image_id).values(**values))


def _image(row: sa.Row[Any]) -> ClinicalImage:
    return image_from(row, came_from=came_from_row(row))


def _sealed(row: sa.Row[tuple[object, ...]]) -> SealedOriginal:
    return SealedOriginal(
        name=row.name, size=row.size, sha256=row.sha256, wrapped_key=row.wrapped_key
    )
