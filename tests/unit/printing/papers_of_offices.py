"""Every document of the office itself, and those of devices and senders, from what is said."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from desktop.printing.clearance_receipt import ClearanceReceipt, clearance_receipt_pdf
from desktop.printing.copy_given_form import CopyGivenForm, copy_given_form_pdf
from desktop.printing.disposal_certificate import DisposalCertificate, disposal_certificate_pdf
from desktop.printing.lost_device_list import LostDeviceList, lost_device_list_pdf
from desktop.printing.month_end_sheet import MonthEndSheet, month_end_sheet_pdf
from desktop.printing.query_to_sender import SenderPaper
from desktop.printing.record_sheet_model import Paper
from desktop.printing.recovery_sheet import recovery_sheet_pdf
from desktop.records.facts.anchor import Anchor
from desktop.records.facts.backup import OlderBackups
from desktop.records.facts.breach import Breach, BreachFile, BreachKind, BreachStep, StepTaken
from desktop.records.facts.came_from import Channel, CopyGiven, Received, Relationship, Sender
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clearance import Clearance, Deposit, LostImage
from desktop.records.facts.clinical_image import ImageState
from desktop.records.facts.devices import Answer
from desktop.records.facts.disposal import (
    Disposal,
    DisposalBatch,
    PaperToDestroy,
    Spared,
    Tombstone,
)
from desktop.records.facts.ids import (
    BreachId,
    DepositId,
    ImageId,
    IntakeId,
    PatientId,
    PersonId,
)
from desktop.records.rules.clearing import REMINDERS
from tests.unit.printing.said import NOW, Said, head

_KEY = (("4F7K9QXM", "59"), ("2TRD8HWC", "89"), ("N5PZV3JA", "66"), ("6YSE1BGK", "20"))


def _known(place: int) -> UUID:
    """The same each time, for numbers and codes are made of it and a page is held to its looks."""
    return uuid5(NAMESPACE_OID, str(place))


def _deposit(said: Said, place: int) -> Deposit:
    made = Deposit(
        id=DepositId(_known(place)),
        intake=_INTAKE,
        image=ImageId(_known(place)),
        folder="DCIM/100CANON",
        file_name=f"IMG_{place:04}.JPG",
        size=3_119_965,
        sha256=b"s" * 32,
        deposited_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        source_name="Pixel 8",
        route=Route.PTP,
        settled=Clearance.OUTSTANDING,
        state=ImageState.FILED,
        left_out=0,
        owner=DeviceOwner.PERSONAL,
        depositor=said.by,
    )
    match place % 4:
        case 0:
            return replace(made, settled=Clearance.CLEARED, settled_at=NOW.astimezone(UTC))
        case 1:
            return replace(made, refused_why=said.words)
        case 2:
            at = NOW.astimezone(UTC)
            return replace(made, settled=Clearance.ATTESTED, settled_at=at, attested_by=said.by)
        case _:
            return made


_INTAKE = IntakeId(_known(1))


def receipt(said: Said, paper: Paper) -> bytes:
    return clearance_receipt_pdf(
        ClearanceReceipt(
            organisation=said.organisation,
            deposits=tuple(_deposit(said, n) for n in range(said.count)),
            reminders=REMINDERS,
            printed_by=said.by,
            printed_at=NOW,
            paper=paper,
            own=said.own,
        )
    )


def lost(said: Said, paper: Paper) -> bytes:
    breach = Breach(
        id=BreachId(_known(2)),
        kind=BreachKind.LOST_DEVICE,
        device=None,
        images=said.count,
        source_name="Pixel 8",
        depositor=said.by,
        happened_on=date(2026, 11, 22),
        what=said.words,
        opened_at=NOW.astimezone(UTC),
        opened_by=said.by,
        steps=(
            StepTaken(
                step=BreachStep.ERASE_ASKED, on=date(2026, 11, 23), note=said.words,
                noted_at=NOW.astimezone(UTC), noted_by=said.by,
            ),
        ),
    )  # fmt: skip
    images = tuple(
        LostImage(deposit=_deposit(said, 4 * n + 3 - n % 2), banner=said.banner)
        for n in range(said.count)
    )
    return lost_device_list_pdf(
        LostDeviceList(
            organisation=said.organisation,
            file=BreachFile(breach=breach, images=images),
            printed_by=said.by,
            printed_at=NOW,
            paper=paper,
            own=said.own,
        )
    )


def disposal(said: Said, paper: Paper) -> bytes:
    patient = PatientId(_known(3))
    at = NOW.astimezone(UTC)
    gone = tuple(
        Tombstone(
            image=ImageId(_known(n)),
            patient=patient,
            sha256=hashlib.sha256(bytes([n % 256])).digest(),
            size=1000,
            received_at=at,
            disposed_at=at,
            disposed_by=said.by,
            certificate="DC7K3QX9FM",
        )
        for n in range(said.count)
    )
    batch = DisposalBatch(
        number="DC7K3QX9FM",
        images=tuple(one.image for one in gone),
        proposed_at=at,
        proposed_by=said.by,
        proposer=PersonId(_known(4)),
        approved_at=at,
        approved_by=said.by,
        finished_at=at,
        finished_by=said.by,
    )
    paper_left = PaperToDestroy(
        number="RS7K3QX9FM", copy=1, patient=patient, target="printer front desk", since=at
    )
    return disposal_certificate_pdf(
        DisposalCertificate(
            organisation=said.organisation,
            disposal=Disposal(
                batch=batch,
                gone=gone,
                spared=(Spared(image=ImageId(_known(5)), why=said.words or "held"),),
                paper=(paper_left,),
                banners={patient: said.banner},
            ),
            older_backups=OlderBackups(),
            backups_until=None,
            printed_by=said.by,
            printed_at=NOW,
            paper=paper,
            own=said.own,
        )
    )


def month_end(said: Said, paper: Paper) -> bytes:
    anchor = Anchor(seq=1_204_331, mac=bytes(range(100, 110)))
    return month_end_sheet_pdf(
        MonthEndSheet(
            organisation=said.organisation,
            office_number="7K3QX9FM",
            made_by=said.by,
            made_at=NOW,
            lines=anchor.seq,
            head=anchor.text,
            paper=paper,
            own=said.own,
        )
    )


def recovery(said: Said, paper: Paper) -> bytes:
    return recovery_sheet_pdf(
        organisation=said.organisation,
        office_number="7K3QX9FM",
        lines=_KEY,
        made_by=said.by,
        made_at=NOW,
        paper=paper,
        own=said.own,
    )


def sent(said: Said, paper: Paper, prefix: str) -> SenderPaper:
    received = Received(
        sender=Sender(name=said.by, organisation=said.words),
        received_on=date(2026, 11, 22),
        channel=Channel.EMAIL,
        note=said.words,
    )
    return SenderPaper(
        head=head(said, paper, prefix),
        received=Received() if said.is_blank else received,
        image="" if said.is_blank else "3F2A-0011-88AC (IMG_1.JPG)",
        purposes=said.words,
    )


def own_copy(said: Said, paper: Paper) -> bytes:
    given = CopyGiven(
        given_by=said.by,
        relationship=Relationship.PARENT,
        used_for=said.words,
        use_explained=Answer.YES,
        stored_where=said.words,
        storage_explained=Answer.NO,
        retention_explained=Answer.YES,
    )
    return copy_given_form_pdf(
        CopyGivenForm(
            head=head(said, paper, "GC"),
            copy=CopyGiven() if said.is_blank else given,
            image="" if said.is_blank else "3F2A-0011-88AC (IMG_1.JPG)",
        )
    )
