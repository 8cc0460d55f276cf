"""What the viewer is handed under test: made-up pictures, and what was asked for."""

from dataclasses import dataclass, field

from desktop.records.facts.ids import ImageId
from desktop.ui.viewer.verbs import ViewerVerbs
from tests.ui.made_facts import jpeg


@dataclass
class StandInViewer:
    """Pictures of 1600 × 1200 pixels; every look is remembered."""

    has_pictures: bool = True
    looked_at: list[ImageId] = field(default_factory=list)

    def picture(self, image: ImageId, _longest: int) -> bytes | None:
        self.looked_at.append(image)
        return jpeg(image.int % 7, width=1600, height=1200) if self.has_pictures else None

    @property
    def verbs(self) -> ViewerVerbs:
        return ViewerVerbs(picture=self.picture)
