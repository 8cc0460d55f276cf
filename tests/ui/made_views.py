"""What the viewer is handed under test: made-up pictures, and what was asked for."""

from dataclasses import dataclass, field

from desktop.records.facts.ids import ImageId
from desktop.ui.viewer.verbs import ViewerVerbs
from tests.ui.made_facts import jpeg
from tests.ui.made_films import StandInFilm


@dataclass
class StandInViewer:
    """Pictures of 1600 × 1200 pixels; every look is remembered."""

    has_pictures: bool = True
    looked_at: list[ImageId] = field(default_factory=list)
    film: StandInFilm = field(default_factory=StandInFilm)

    def picture(self, image: ImageId, _longest: int) -> bytes | None:
        self.looked_at.append(image)
        return jpeg(image.int % 7, width=1600, height=1200) if self.has_pictures else None

    def play(self, image: ImageId) -> StandInFilm:
        self.looked_at.append(image)
        return self.film

    @property
    def verbs(self) -> ViewerVerbs:
        return ViewerVerbs(picture=self.picture, play=self.play)
