"""Copies for somebody outside: de-identified and checked, or as they are where that may be."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.intake.report import Stopped
from desktop.media.copier import Looked, Tell
from desktop.media.untrusted import Untrusted
from desktop.problem import Cancelled, Problem
from desktop.records.deeds import copying, looking
from desktop.records.facts.clinical_image import ClinicalImage, MediaKind
from desktop.records.facts.copies import CopyRecord, FeatureCheck, Ground, MadeCopy, Mask, Release
from desktop.records.facts.copy_problems import CheckerMissing
from desktop.records.facts.ids import ImageId
from desktop.records.rules.releasing import check_features, check_masks
from desktop.verbs.archive_records import true_ending
from desktop.verbs.office import Office
from desktop.verbs.part_files import part_file
from desktop.verbs.problems import FileNotWritable
from desktop.verbs.stored_bytes import untrusted_original

_CALLED = {"image": "image", "video": "film", "audio": "sound"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOrder:
    """A copy to be made of one image, into a folder. `features` belongs to a de-identified one."""

    image: ImageId
    folder: Path
    release: Release
    features: FeatureCheck | None = None
    masks: tuple[Mask, ...] = ()
    sound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReport:
    """What came of it: where it lies, and on what ground. `made` and `record` are of a
    de-identified copy alone; `caution` is what the person must still know, or empty."""

    path: Path
    ground: Ground
    made: MadeCopy | None = None
    record: CopyRecord | None = None
    caution: str = ""


VOICE_STAYS = (
    "The voice itself tells who speaks: a recording with speech in it is never quite de-identified."
)
STAYS_HDR = (
    "The film is of high dynamic range, as it was recorded: a program that does not know that "
    "shows it pale. A copy that is made with a mask is encoded anew, for any screen."
)
NOT_DEIDENTIFIED = (
    "This is the original with everything in it: the time, the device, perhaps the place. Only the "
    "person named may have it."
)


def export(
    office: Office,
    order: CopyOrder,
    *,
    tell: Tell = lambda _done: None,
    stopped: Stopped = lambda: False,
) -> CopyReport:
    """Make the copy, or give out the original, as the release says; a line in the trail either
    way. The original in the office stays as it is.

    Raises what `rules.releasing` raises where it may not be, CopyNotMade, CopyNotClean,
    FileNotWritable, Cancelled, and what reading the original raises; then nothing lies there.
    """
    image, ground = copying.check_release(
        office.vault,
        image=order.image,
        release=order.release,
        features=order.features,
        by=office.person,
    )
    _check_folder(office, order.folder)
    if not order.release.is_deidentified:
        return _give_out(office, order, image, stopped)
    made, record, final = _deidentify(office, order, image, tell, stopped)
    has_voice = made.media_type.startswith("audio/") or order.sound
    caution = " ".join([VOICE_STAYS] * has_voice + [STAYS_HDR] * made.is_hdr)
    return CopyReport(path=final, ground=ground, made=made, record=record, caution=caution)


def _deidentify(
    office: Office, order: CopyOrder, image: ClinicalImage, tell: Tell, stopped: Stopped
) -> tuple[MadeCopy, CopyRecord, Path]:
    features, has_sound = _checked(order, image)
    with (
        part_file(office, order.folder) as part,
        untrusted_original(office, image) as untrusted,
    ):
        made = office.copier.make(
            untrusted,
            part.file,
            name=image.arrival.file_name,
            masks=order.masks,
            sound=has_sound,
            tell=tell,
            stopped=stopped,
        )
        record = copying.note_copy(
            office.vault,
            image=image.id,
            made=made,
            release=order.release,
            features=features,
            masks=order.masks,
            by=office.person,
        )
        with _noted(office, image.id):
            return made, record, part.put(_random_name(made))


def _checked(order: CopyOrder, image: ClinicalImage) -> tuple[FeatureCheck, bool]:
    """The check of features, whole, and whether the copy will have sound."""
    kind = image.description.kind if image.description else MediaKind.UNKNOWN
    has_sound = kind is MediaKind.AUDIO or (order.sound and kind is not MediaKind.PHOTO)
    if order.features is None:
        raise CheckerMissing
    check_masks(order.masks, has_time=kind is not MediaKind.PHOTO)
    check_features(order.features, masks=len(order.masks), has_sound=has_sound)
    return order.features, has_sound


def _give_out(
    office: Office, order: CopyOrder, image: ClinicalImage, stopped: Stopped
) -> CopyReport:
    ground = copying.note_given_out(
        office.vault, image=image.id, release=order.release, by=office.person
    )
    with (
        _noted(office, image.id),
        part_file(office, order.folder) as part,
        closing(looking.read_for_paper(office.vault, image=image.id)) as reader,
    ):
        for piece in reader.segments():
            if stopped():
                raise Cancelled
            part.file.write(piece)
        ending = true_ending(image.description)
        name = f"image-{image.short_number}-{secrets.token_hex(2)}.{ending}"
        final = part.put(name)
    return CopyReport(path=final, ground=ground, caution=NOT_DEIDENTIFIED)


def look_at(
    office: Office, image: ImageId, *, longest: int, at: float = 0.0, first: bool = True
) -> Looked:
    """The image as a copy of it would be seen; the `first` look of a person has its line in the
    trail, and faces are looked for. Raises CopyNotMade and what reading raises."""
    open_it = partial(looking.open_original, by=office.person) if first else looking.read_for_paper
    with open_it(office.vault, image=image) as reader:
        return office.copier.look(
            Untrusted(reader, size=reader.size),
            name=looking.image(office.vault, image).arrival.file_name,
            longest=longest,
            at=at,
            faces=True,
        )


def frame_at(office: Office, image: ImageId, *, at: float, longest: int) -> bytes | None:
    """The frame of a film at so many seconds as an upright JPEG, in sRGB; part of a look that is in
    the trail already. None where it has no picture. Raises CopyNotMade and what reading raises."""
    with looking.read_for_paper(office.vault, image=image) as reader:
        return office.copier.look(
            Untrusted(reader, size=reader.size),
            name=looking.image(office.vault, image).arrival.file_name,
            longest=longest,
            at=at,
        ).picture


@contextmanager
def _noted(office: Office, image: ImageId) -> Iterator[None]:
    """What was noted and did not come to be is noted as such."""
    try:
        yield
    except (Problem, KeyboardInterrupt) as ended:
        why = ended.code if isinstance(ended, Problem) else "cancelled"
        copying.note_not_given_out(office.vault, image=image, why=why, by=office.person)
        raise


def _check_folder(office: Office, folder: Path) -> None:
    """Make the folder if need be. Raises FileNotWritable."""
    try:
        if folder.resolve().is_relative_to(office.folder.resolve()):
            reason = "it lies in the folder of the office, which is for its records alone"
            raise FileNotWritable(path=str(folder), reason=reason)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error) from error


def _not_writable(folder: Path, error: OSError) -> FileNotWritable:
    return FileNotWritable(path=str(folder), reason=error.strerror or str(error))


def _random_name(made: MadeCopy) -> str:
    called = _CALLED[made.media_type.partition("/")[0]]
    return f"{called}-{secrets.token_hex(8)}.{made.ending}"


def export_all(
    office: Office,
    orders: Sequence[CopyOrder],
    *,
    tell: Tell = lambda _done: None,
    stopped: Stopped = lambda: False,
) -> list[CopyReport | Problem]:
    """Each order in turn: its report, or the problem of that one; what is allowed of none is found
    before any is made. Raises Cancelled and problems that end the trip."""
    for order in orders:
        copying.check_release(
            office.vault,
            image=order.image,
            release=order.release,
            features=order.features,
            by=office.person,
        )
    done: list[CopyReport | Problem] = []
    for place, order in enumerate(orders):

        def far(part: float, place: int = place) -> None:
            tell((place + part) / len(orders))

        try:
            done.append(export(office, order, tell=far, stopped=stopped))
        except Problem as problem:
            if problem.ends_the_trip:
                raise
            done.append(problem)
    return done
