"""Disposal: the one way in which an image leaves the office, by two people and with a certificate.

The order for some images at a time, so that a crash at any moment leaves nothing half-destroyed:
thumbnails; then one transaction with key, facts, tombstone, flagged sheets and trail lines; then
the journals and the sealed files; then a note that they are gone. Whatever was cut short goes on
when the batch is carried out again: nothing that says *disposed* can be opened, and nothing is
destroyed that is not on an approved list and due at that very moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from desktop.problem import Cancelled, Problem
from desktop.records.deeds.advice import refuse_parked
from desktop.records.deeds.looking import known_image
from desktop.records.deeds.retention import due_in, is_over, known_patient, paper_for, retention_in
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.disposal import (
    Disposal,
    DisposalBatch,
    DueImage,
    ListedImage,
    PaperToDestroy,
    new_certificate_number,
)
from desktop.records.facts.ids import ImageId, PatientId
from desktop.records.facts.patient import short_date
from desktop.records.facts.people import Person
from desktop.records.facts.retention_problems import (
    BatchAlreadyApproved,
    BatchNotApproved,
    BatchNotFinished,
    BatchUnknown,
    BatchWithdrawn,
    ImageDisposed,
    ImageHeld,
    NothingDue,
    NotOnAChart,
    NotYetDue,
    PaperTooPoor,
    SecondPersonNeeded,
)
from desktop.records.facts.sheet import Sheet, grouped
from desktop.records.rules.paper_keeping import OnPaper
from desktop.records.vault.vault import Change, Look, Vault

MOST_IN_BATCH = 500
"""More than this nobody reviews, and no certificate lists."""

_TAKEN_BACK = "The list was taken back by {}."
_AT_ONCE = 20  # fewer than the strangers that a sweep takes for the leftovers of a crash


@dataclass(frozen=True, slots=True, kw_only=True)
class _Allowed:
    """An image that may be destroyed. `paper` stands for it where it has to be kept until
    `retain_until`."""

    image: ClinicalImage
    patient: PatientId
    retain_until: date
    paper: Sheet | None


def propose_disposal(
    vault: Vault, *, by: Person, images: Sequence[ImageId] | None = None
) -> DisposalBatch:
    """Put a list of images forward to be destroyed: `images`, or all that are due, 500 at most.

    Nothing is destroyed by it. Raises NothingDue, ImageUnknown, ImageDisposed, NotOnAChart,
    NotYetDue, PaperTooPoor and ImageHeld.
    """
    with vault.change() as change:
        chosen = _all_due(change) if images is None else [*dict.fromkeys(images)][:MOST_IN_BATCH]
        if not chosen:
            raise NothingDue
        for image in chosen:
            _check(change, image)
        batch = change.disposals.propose(new_certificate_number(), chosen, at=change.now, by=by)
        change.note("disposal proposed", by=by, certificate=batch.number, images=chosen)
    return batch


def withdraw_disposal(vault: Vault, *, number: str, by: Person) -> None:
    """Take a list back that nobody has approved yet: its images stay, and may be put on another.

    Raises BatchUnknown, BatchAlreadyApproved and BatchWithdrawn.
    """
    with vault.change() as change:
        images = _unapproved(change, number)
        for image in images:
            change.disposals.spare(number, image, why=_TAKEN_BACK.format(by.name), at=change.now)
        change.note("disposal withdrawn", by=by, certificate=number, images=images)


def approve_disposal(vault: Vault, *, number: str, by: Person) -> DisposalBatch:
    """Agree to a list as somebody other than who proposed it (R107). Nothing is destroyed yet.

    Raises BatchUnknown, SecondPersonNeeded, BatchAlreadyApproved and BatchWithdrawn.
    """
    with vault.change() as change:
        _unapproved(change, number)
        batch = _known(change, number)
        if batch.proposer == by.id:
            raise SecondPersonNeeded(number=number, person=by.name)
        change.disposals.approve(number, at=change.now, by=by)
        change.note("disposal approved", by=by, certificate=number, proposed_by=str(batch.proposer))
        return _known(change, number)


def carry_out_disposal(
    vault: Vault,
    *,
    number: str,
    by: Person,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Disposal:
    """Destroy what an approved list names, sparing what is held or not due by now.

    Goes on where an interrupted one stopped; a finished one is only told again. `tell` hears how
    many of how many are done. Raises BatchUnknown, BatchNotApproved, Cancelled between images, and
    RecordsBusy, DiskFull or DiskFailed: then carry it out again.
    """
    with vault.look() as look:
        batch = _known(look, number)
        left = look.disposals.undecided(number)
    if batch.approved_at is None:
        raise BatchNotApproved(number=number, proposed_by=batch.proposed_by)
    total = len(batch.images)
    _remove_files(vault, number, by=by)
    while left:
        if stopped():
            raise Cancelled
        some, left = left[:_AT_ONCE], left[_AT_ONCE:]
        with vault.change() as change:
            _decide(vault, change, number, some, by=by)
        _remove_files(vault, number, by=by)
        tell(total - len(left), total)
    if batch.finished_at is None:
        with vault.change() as change:
            change.disposals.finish(number, at=change.now, by=by)
            change.note("disposal finished", by=by, certificate=number)
    return disposal(vault, number=number)


def disposal(vault: Vault, *, number: str) -> Disposal:
    """What became of a batch, for its certificate. Raises BatchUnknown and BatchNotFinished."""
    with vault.look() as look:
        batch = _known(look, number)
        if batch.finished_at is None:
            raise BatchNotFinished(number=number)
        gone = look.disposals.gone_under(number)
        patients = dict.fromkeys(stone.patient for stone in gone)
        return Disposal(
            batch=batch,
            gone=tuple(gone),
            spared=tuple(look.disposals.spared_under(number)),
            kept_on={
                sheet.id: sheet
                for sheet_id in dict.fromkeys(stone.kept_on for stone in gone)
                if sheet_id is not None and (sheet := look.sheets.find(sheet_id)) is not None
            },
            paper=tuple(look.disposals.paper_to_destroy(certificate=number)),
            banners={patient: look.patients.get(patient).banner for patient in patients},
        )


def disposal_batch(vault: Vault, *, number: str) -> DisposalBatch:
    """The list with this number. Raises BatchUnknown."""
    with vault.look() as look:
        return _known(look, number)


def open_disposals(vault: Vault) -> list[DisposalBatch]:
    """Batches that wait for approval or to be carried out to the end, oldest first."""
    with vault.look() as look:
        return look.disposals.unfinished()


def finished_disposals(vault: Vault) -> list[DisposalBatch]:
    """Batches that were carried out to the end, the last first."""
    with vault.look() as look:
        return look.disposals.finished()


def listed_images(vault: Vault, *, number: str) -> list[ListedImage]:
    """What is still to be decided on a list, each with the reason why it would be spared by now, if
    there is one. Raises BatchUnknown."""
    with vault.look() as look:
        return [
            _listed(look, image) for image in look.disposals.undecided(_known(look, number).number)
        ]


def proposed_images(vault: Vault, *, number: str) -> list[DueImage]:
    """What a list would destroy if it were carried out now, to be reviewed. Raises BatchUnknown."""
    with vault.look() as look:
        batch = _known(look, number)
        named = set(look.disposals.undecided(batch.number))
        return [due for due in due_in(look) if due.image in named]


def paper_to_destroy(vault: Vault, *, patient: PatientId | None = None) -> list[PaperToDestroy]:
    """Sheets that show a destroyed image, of the office or of one patient: they have to go too."""
    with vault.look() as look:
        flagged = look.disposals.paper_to_destroy()
    return [one for one in flagged if patient in {None, one.patient}]


def _unapproved(look: Look, number: str) -> list[ImageId]:
    """What is on a list that waits for its approval. Raises BatchUnknown, BatchAlreadyApproved and
    BatchWithdrawn."""
    batch = _known(look, number)
    if batch.approved_at is not None:
        raise BatchAlreadyApproved(number=number, approved_by=batch.approved_by)
    if not (images := look.disposals.undecided(number)):
        raise BatchWithdrawn(number=number)
    return images


def _listed(look: Look, image_id: ImageId) -> ListedImage:
    try:
        image, why_not = _check(look, image_id).image, ""
    except ImageDisposed as gone:
        return ListedImage(
            image=image_id,
            banner="",
            what="",
            received_at=None,
            retain_until=None,
            why_not=str(gone),
        )
    except Problem as problem:
        image, why_not = known_image(look, image_id), str(problem)
    retention = None if image.patient is None else retention_in(look, image.patient)
    return ListedImage(
        image=image_id,
        banner="" if image.patient is None else look.patients.get(image.patient).banner,
        what=image.site or image.arrival.file_name,
        received_at=image.received_at,
        retain_until=retention.retain_until if retention else None,
        why_not=why_not,
    )


def _all_due(look: Look) -> list[ImageId]:
    return [due.image for due in islice(due_in(look), MOST_IN_BATCH)]


def _known(look: Look, number: str) -> DisposalBatch:
    batch = look.disposals.batch(number)
    if batch is None:
        raise BatchUnknown(number=number)
    return batch


def _decide(
    vault: Vault, change: Change, number: str, images: Sequence[ImageId], *, by: Person
) -> None:
    """Destroy or spare some images of an approved batch, in the caller's transaction."""
    allowed: list[_Allowed] = []
    for image in images:
        try:
            allowed.append(_check(change, image))
        except Problem as problem:
            change.disposals.spare(number, image, why=str(problem), at=change.now)
            change.note("image spared", by=by, image=image, certificate=number, why=problem.code)
    for one in allowed:
        gone, patient, paper = one.image, one.patient, one.paper
        until = one.retain_until if paper else None
        change.disposals.destroy(
            number, gone, patient, at=change.now, by=by, paper=paper, paper_until=until
        )
        change.note(
            "image disposed",
            by=by,
            image=gone.id,
            patient=patient,
            sha256=gone.sha256.hex(),
            certificate=number,
            **({"kept_on": f"{paper.number} copy {paper.copy}"} if paper else {}),
        )
    # before the commit: a picture that can be made again may be lost, one that is left may not
    vault.renditions.forget(*(one.image.id for one in allowed))


def _check(look: Look, image_id: ImageId) -> "_Allowed":
    """The image, if it may be destroyed at this moment."""
    image = known_image(look, image_id)
    if image.patient is None or image.state is ImageState.RECEIVED:
        raise NotOnAChart(number=image.short_number)
    refuse_parked(look, image)
    banner = known_patient(look, image.patient).banner
    retention = retention_in(look, image.patient)
    is_due = retention is not None and is_over(retention, look)
    paper = OnPaper() if is_due else paper_for(look, image)
    if retention is None or not (is_due or paper.stands):
        until = short_date(retention.retain_until) if retention else "somebody says how long"
        if (fails := paper.fails) is not None:
            raise PaperTooPoor(
                number=image.short_number,
                banner=banner,
                until=until,
                sheet=grouped(fails.number),
                copy=fails.copy,
                why=paper.why_not,
            )
        raise NotYetDue(number=image.short_number, banner=banner, until=until)
    for hold in retention.holds:
        if hold.blocks(image_id):
            raise ImageHeld(
                number=image.short_number,
                banner=banner,
                kind=hold.kind.words,
                placed_by=hold.placed_by,
            )
    return _Allowed(
        image=image, patient=image.patient, retain_until=retention.retain_until, paper=paper.stands
    )


def _remove_files(vault: Vault, number: str, *, by: Person) -> None:
    with vault.look() as look:
        left = [stone for stone in look.disposals.gone_under(number) if stone.file]
    if left:
        # once more: a preview may have been made of one while its row still stood
        vault.renditions.forget(*(stone.image for stone in left))
        vault.erase(stone.file for stone in left)
        with vault.change() as change:
            change.disposals.file_removed([stone.image for stone in left])
            change.note("sealed files removed", by=by, certificate=number, images=len(left))
