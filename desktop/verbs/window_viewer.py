"""Looking at one image, as the window asks for it: pictures made in the sandbox, in memory."""

from collections.abc import Sequence
from functools import partial

from desktop.media.loudspeaker import Loudspeaker
from desktop.media.untrusted import Untrusted
from desktop.records.deeds.companions import notes_of
from desktop.records.deeds.looking import open_original, read_for_paper, ties_of
from desktop.records.deeds.measuring import lay_scale, scale_of
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.companions import KeptCompanion
from desktop.records.facts.depiction import LaidScale, Scale
from desktop.records.facts.ids import ImageId
from desktop.records.facts.media import TieKind
from desktop.ui.viewer.verbs import Box, ViewerVerbs
from desktop.verbs.copies import frame_at
from desktop.verbs.playing import OpenFilm
from desktop.verbs.previews import preview_of, waveform_of
from desktop.verbs.workstation import Workstation


def viewer_verbs(station: Workstation) -> ViewerVerbs:
    """What the viewer is handed."""
    looked_at: set[ImageId] = set()  # a closer look adds no line of its own to the trail

    def picture(image: ImageId, longest: int) -> bytes | None:
        with (
            station.using() as office,
            open_original(office.vault, image=image, by=office.person) as reader,
        ):
            looked_at.add(image)
            untrusted = Untrusted(reader, size=reader.size)
            return preview_of(office, image=image, untrusted=untrusted, longest=longest)

    def part(image: ImageId, box: Box, longest: int) -> bytes | None:
        with station.using() as office:
            opened = (
                read_for_paper(office.vault, image=image)
                if image in looked_at
                else open_original(office.vault, image=image, by=office.person)
            )
            with opened as reader:
                untrusted = Untrusted(reader, size=reader.size)
                return office.describer.part(untrusted, box=box, longest=longest)

    def frame(image: ImageId, seconds: float, longest: int) -> bytes | None:
        with station.using() as office:
            return frame_at(office, image, at=seconds, longest=longest)

    def waveform(image: ImageId, columns: int) -> Sequence[float]:
        with (
            station.using() as office,
            read_for_paper(office.vault, image=image) as reader,
        ):
            untrusted = Untrusted(reader, size=reader.size)
            return waveform_of(office, image=image, untrusted=untrusted, columns=columns)

    return ViewerVerbs(
        picture=picture,
        part=part,
        frame=frame,
        play=partial(OpenFilm, station),
        loudspeaker=Loudspeaker,
        waveform=waveform,
        ties=partial(_ties, station),
        notes=partial(_notes, station),
        scale=partial(_scale, station),
        lay_scale=partial(_lay_scale, station),
    )


def _ties(station: Workstation, image: ImageId) -> Sequence[tuple[TieKind, ClinicalImage]]:
    with station.using() as office:
        return ties_of(office.vault, image)


def _notes(station: Workstation, image: ImageId) -> Sequence[KeptCompanion]:
    with station.using() as office:
        return notes_of(office.vault, image, office.describer.edit_note)


def _scale(station: Workstation, image: ImageId) -> LaidScale | None:
    with station.using() as office:
        return scale_of(office.vault, image)


def _lay_scale(station: Workstation, image: ImageId, scale: Scale) -> LaidScale:
    with station.using() as office:
        return lay_scale(office.vault, image=image, scale=scale, by=office.person)
