"""What the viewer is handed under test: made-up pictures, and what was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.problem import Problem
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.companions import KeptCompanion
from desktop.records.facts.depiction import LaidScale, Scale
from desktop.records.facts.ids import ImageId
from desktop.records.facts.media import TieKind
from desktop.ui.viewer.verbs import Box, ViewerVerbs
from tests.ui.made_facts import jpeg
from tests.ui.made_films import StandInFilm, StandInSpeaker


@dataclass
class StandInViewer:
    """Pictures of 1600 × 1200 pixels, of originals of any size; every look is remembered."""

    has_pictures: bool = True
    looked_at: list[ImageId] = field(default_factory=list)
    film: StandInFilm = field(default_factory=StandInFilm)
    speaker: StandInSpeaker = field(default_factory=StandInSpeaker)
    parts: list[Box] = field(default_factory=list)
    frames: list[tuple[ImageId, float]] = field(default_factory=list)
    tied: list[tuple[TieKind, ClinicalImage]] = field(default_factory=list)
    noted: list[KeptCompanion] = field(default_factory=list)
    scales: dict[ImageId, LaidScale] = field(default_factory=dict)
    scale_problem: Problem | None = None

    def picture(self, image: ImageId, _longest: int) -> bytes | None:
        self.looked_at.append(image)
        return jpeg(image.int % 7, width=1600, height=1200) if self.has_pictures else None

    def play(self, image: ImageId) -> StandInFilm:
        self.looked_at.append(image)
        return self.film

    def part(self, image: ImageId, box: Box, _longest: int) -> bytes | None:
        self.parts.append(box)
        return jpeg(image.int % 7, width=box[2], height=box[3])

    def frame(self, image: ImageId, seconds: float, _longest: int) -> bytes:
        self.frames.append((image, seconds))
        return jpeg(image.int % 7)

    def ties(self, _image: ImageId) -> Sequence[tuple[TieKind, ClinicalImage]]:
        return self.tied

    def lay_scale(self, image: ImageId, scale: Scale) -> LaidScale:
        if self.scale_problem:
            raise self.scale_problem
        laid = LaidScale(
            scale=scale, laid_at=datetime(2026, 11, 3, 1, tzinfo=UTC), laid_by="Mere Parata"
        )
        self.scales[image] = laid
        return laid

    @property
    def verbs(self) -> ViewerVerbs:
        return ViewerVerbs(
            picture=self.picture,
            part=self.part,
            frame=self.frame,
            play=self.play,
            loudspeaker=lambda: self.speaker,
            waveform=lambda _image, columns: [place / columns for place in range(columns)],
            ties=self.ties,
            notes=lambda _image: self.noted,
            scale=self.scales.get,
            lay_scale=self.lay_scale,
        )
