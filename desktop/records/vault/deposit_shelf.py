"""Where handovers and deposits lie: what came from which device, and what may still be on it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.clinical_image import Arrival
from desktop.records.facts.companions import KeptCompanion
from desktop.records.facts.devices import Handover
from desktop.records.facts.ids import DepositId, DeviceId, ImageId, IntakeId, PatientId
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.records.vault.device_tables import companion, deposit, handover
from desktop.records.vault.image_rows import storable
from desktop.records.vault.schema import image, intake, original

# Whose device it is: what was said when it was handed over, or later of the image that came from
# it. Once somebody said that it is the patient's, it is. The facts of an image are those of the
# first device; of another one with the same bytes they say nothing.
_OWNER = sa.case(
    (deposit.c.intake_id != image.c.intake_id, handover.c.owner),
    (image.c.mode_owner == sa.literal_column("'patient'"), image.c.mode_owner),
    else_=sa.func.coalesce(handover.c.owner, image.c.mode_owner),
)

# A disposed image has no original any more; its deposits are no longer told.
_WHOLE = (
    sa.select(
        deposit,
        original.c.size,
        original.c.sha256,
        intake.c.source_name,
        intake.c.route,
        _OWNER.label("owner"),
        handover.c.device_id,
        handover.c.left_out,
        image.c.state,
        handover.c.depositor_name,
        image.c.photographer_name,
        image.c.patient_id,
        (image.c.intake_id != deposit.c.intake_id).label("already"),
    )
    .join(image, image.c.id == deposit.c.image_id)
    .join(original, original.c.image_id == deposit.c.image_id)
    .join(intake, intake.c.id == deposit.c.intake_id)
    .outerjoin(handover, handover.c.intake_id == deposit.c.intake_id)
)


class DepositShelf:
    """Handovers and deposits, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hand_over(self, intake_id: IntakeId, said: Handover) -> None:
        """Note what was said when the source of this intake was handed over."""
        depositor = said.depositor
        self._connection.execute(
            sa.insert(handover).values(
                intake_id=intake_id,
                depositor_name=storable(depositor.name) if depositor else "",
                depositor_role=depositor.role if depositor else None,
                owner=said.owner,
                device_id=said.device,
            )
        )

    def end_intake(self, intake_id: IntakeId, *, left_out: int) -> None:
        """Note how many of the chosen files were not kept."""
        self._connection.execute(
            sa.update(handover).where(handover.c.intake_id == intake_id).values(left_out=left_out)
        )

    def add(
        self, deposit_id: DepositId, image_id: ImageId, arrival: Arrival, *, at: datetime
    ) -> None:
        """Note that a file of a device was received as this image; its first copy is there still.
        A file that this intake deposited before is noted once."""
        same = sa.and_(
            deposit.c.intake_id == arrival.intake,
            deposit.c.image_id == image_id,
            deposit.c.folder == storable(arrival.folder),
            deposit.c.file_name == storable(arrival.file_name),
        )
        if self._connection.execute(sa.select(deposit.c.id).where(same)).first() is not None:
            return
        self._connection.execute(
            sa.insert(deposit).values(
                id=deposit_id,
                intake_id=arrival.intake,
                image_id=image_id,
                folder=storable(arrival.folder),
                file_name=storable(arrival.file_name),
                modified_local=arrival.modified_local,
                deposited_at=at,
                settled=Clearance.OUTSTANDING,
                settled_by="",
                attested_by="",
                refused_why="",
            )
        )

    def of_intake(self, intake_id: IntakeId) -> list[Deposit]:
        """The deposits of one intake, in the order in which they came."""
        query = _WHOLE.where(deposit.c.intake_id == intake_id)
        return self._deposits(query.order_by(deposit.c.deposited_at, deposit.c.id))

    def outstanding(self, *, most: int, device: DeviceId | None = None) -> list[Deposit]:
        """Deposits that nobody settled and that may be on a device of ours, the oldest first."""
        query = _WHOLE.where(
            deposit.c.settled == sa.literal_column("'outstanding'"),
            intake.c.route != sa.literal_column("'scanner'"),
            _OWNER.is_distinct_from(sa.literal_column("'patient'")),
        )
        if device is not None:
            query = query.where(handover.c.device_id == device)
        ordered = query.order_by(deposit.c.deposited_at, deposit.c.id).limit(most)
        return self._deposits(ordered)

    def not_ours(self, *, source_name: str) -> list[Deposit]:
        """Every deposit from a source of this name that is the patient's or their whānau's."""
        query = _WHOLE.where(
            intake.c.source_name == storable(source_name),
            sa.literal_column("'patient'") == _OWNER,
        )
        return self._deposits(query)

    def of_tray(self, *, most: int) -> list[Deposit]:
        """How the images that lie in the tray came, the oldest first."""
        query = _WHOLE.where(image.c.state == sa.literal_column("'received'"))
        return self._deposits(query.order_by(deposit.c.deposited_at, deposit.c.id).limit(most))

    def find(self, deposits: Sequence[DepositId]) -> list[Deposit]:
        """These deposits, in no certain order; what is not on record is left out."""
        return self._deposits(_WHOLE.where(deposit.c.id.in_(deposits)))

    def seen_at(self, source_name: str) -> dict[FileMark, Seen]:
        """Every file that a source of this name deposited, by its mark; of several, the first."""
        query = (
            sa.select(
                deposit.c.folder,
                deposit.c.file_name,
                original.c.size,
                deposit.c.modified_local,
                image.c.received_at,
                image.c.filed_at,
            )
            .join(image, image.c.id == deposit.c.image_id)
            .join(original, original.c.image_id == deposit.c.image_id)
            .where(
                deposit.c.intake_id.in_(
                    sa.select(intake.c.id).where(intake.c.source_name == storable(source_name))
                )
            )
            .order_by(deposit.c.deposited_at.desc())
        )
        return {
            FileMark(folder=folder, name=name, size=size, modified_local=modified): Seen(
                received_at=received, filed_at=filed
            )
            for folder, name, size, modified, received, filed in self._connection.execute(query)
        }

    def is_cleared(self, image_id: ImageId) -> bool:
        """Whether a copy of this image was deleted from a device, proved or attested."""
        settled = sa.and_(
            deposit.c.image_id == image_id,
            deposit.c.settled != sa.literal_column("'outstanding'"),
        )
        return self._connection.execute(sa.select(deposit.c.id).where(settled)).first() is not None

    def same_file(self, one: Deposit) -> list[Deposit]:
        """Outstanding deposits of the very same file of the same device: it was handed over more
        than once. Two phones of one model have one name: the register tells them apart, or who
        brought them."""
        same_device = handover.c.device_id == one.device if one.device else sa.false()
        same_person = sa.and_(
            sa.func.coalesce(handover.c.depositor_name, "") == one.depositor,
            sa.or_(handover.c.device_id.is_(None), sa.literal(one.device is None)),
        )
        query = _WHOLE.where(
            deposit.c.image_id == one.image,
            deposit.c.folder == one.folder,
            deposit.c.file_name == one.file_name,
            deposit.c.settled == sa.literal_column("'outstanding'"),
            intake.c.source_name == one.source_name,
            sa.or_(same_device, same_person),
        )
        return self._deposits(query)

    def lacks_companion(self, image_id: ImageId, file_name: str, sha256: bytes) -> bool:
        """Whether this small file is not kept with the image yet, and the image is still stored."""
        known = sa.select(companion.c.image_id).where(
            companion.c.image_id == image_id,
            companion.c.file_name == storable(file_name)[:400],
            companion.c.sha256 == sha256,
        )
        stored = sa.select(original.c.image_id).where(original.c.image_id == image_id)
        is_here = self._connection.execute(known).first() is not None
        return not is_here and self._connection.execute(stored).first() is not None

    def keep_companion(
        self, image_id: ImageId, file_name: str, content: bytes, *, sha256: bytes, at: datetime
    ) -> bool:
        """Keep a small file that lay beside an image, once; whether it was not kept before, and
        the image is still stored."""
        if not self.lacks_companion(image_id, file_name, sha256):
            return False
        name = storable(file_name)[:400]
        self._connection.execute(
            sa.insert(companion).values(
                image_id=image_id, file_name=name, sha256=sha256, content=content, received_at=at
            )
        )
        return True

    def companions(self, image_id: ImageId) -> dict[str, dict[bytes, bytes]]:
        """The small files that lay beside an image: for each name, contents by their SHA-256."""
        found: dict[str, dict[bytes, bytes]] = {}
        query = sa.select(companion).where(companion.c.image_id == image_id)
        for row in self._connection.execute(query):
            found.setdefault(row.file_name, {})[row.sha256] = row.content
        return found

    def companions_kept(self, image_id: ImageId) -> list[KeptCompanion]:
        """What is known of the small files of an image, in name order, without their content."""
        columns = companion.c
        query = sa.select(
            columns.file_name,
            columns.sha256,
            columns.received_at,
            sa.func.length(columns.content).label("size"),
        ).where(columns.image_id == image_id)
        ordered = query.order_by(columns.file_name, columns.received_at, columns.sha256)
        return [
            KeptCompanion(
                file_name=row.file_name,
                size=row.size,
                sha256=row.sha256,
                received_at=row.received_at,
            )
            for row in self._connection.execute(ordered)
        ]

    def companion(self, image_id: ImageId, kept: KeptCompanion) -> bytes | None:
        """The content of a small file that is kept; None once its image was disposed of."""
        columns = companion.c
        query = sa.select(columns.content).where(
            columns.image_id == image_id,
            columns.file_name == kept.file_name,
            columns.sha256 == kept.sha256,
        )
        content: bytes | None = self._connection.execute(query).scalar_one_or_none()
        return content

    def settle(
        self,
        deposit_id: DepositId,
        *,
        as_: Clearance,
        at: datetime,
        by: str,
        attested_by: str = "",
    ) -> None:
        """Note that the first copy is gone, proved or attested."""
        self._update(
            deposit_id,
            settled=as_,
            settled_at=at,
            settled_by=by,
            attested_by=attested_by,
            refused_why="",
        )

    def refuse(self, deposit_id: DepositId, why: str) -> None:
        """Note why an attempt to clear it failed; it stays outstanding."""
        self._update(deposit_id, refused_why=storable(why))

    def _update(self, deposit_id: DepositId, **values: object) -> None:
        self._connection.execute(
            sa.update(deposit).where(deposit.c.id == deposit_id).values(**values)
        )

    def _deposits(self, query: sa.Select[tuple[object, ...]]) -> list[Deposit]:
        return [_deposit(row) for row in self._connection.execute(query)]


def _deposit(row: sa.Row[tuple[object, ...]]) -> Deposit:
    return Deposit(
        id=DepositId(row.id),
        intake=IntakeId(row.intake_id),
        image=ImageId(row.image_id),
        folder=row.folder,
        file_name=row.file_name,
        size=row.size,
        sha256=row.sha256,
        deposited_at=row.deposited_at,
        source_name=row.source_name,
        route=row.route,
        settled=row.settled,
        state=row.state,
        left_out=row.left_out,
        owner=row.owner,
        device=None if row.device_id is None else DeviceId(row.device_id),
        depositor=row.depositor_name or "",
        photographer=row.photographer_name or "",
        patient=None if row.patient_id is None else PatientId(row.patient_id),
        modified_local=row.modified_local,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        attested_by=row.attested_by,
        refused_why=row.refused_why,
        already=bool(row.already),
    )
