"""Breach records and images from others, and verbs about them for pages under test."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.printing.record_sheet_model import Paper
from desktop.problem import Problem
from desktop.records.facts.breach import Breach, BreachKind, BreachStep, StepTaken
from desktop.records.facts.came_from import CameFrom
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.ids import BreachId, ImageId, new_uuid
from desktop.ui.worklists.breach_verbs import BreachVerbs
from desktop.ui.worklists.from_others_verbs import FromOthersVerbs, OtherPaper, Waiting
from tests.ui.made_facts import ONE_PAGE, page_png
from tests.ui.made_printing import print_verbs


def breach(source: str = "Pixel 8", depositor: str = "Tom Reed", **said: object) -> Breach:
    made = Breach(
        id=BreachId(new_uuid()),
        kind=BreachKind.LOST_DEVICE,
        source_name=source,
        depositor=depositor,
        device=None,
        what="left on a bus",
        happened_on=date(2026, 11, 20),
        opened_at=datetime.now(UTC),
        opened_by="Mere Parata",
        images=2,
    )
    return replace(made, **said)  # type: ignore[arg-type]


@dataclass
class StandInBreaches:
    """Records that do what they are told, but for a `problem` in closing."""

    records: list[Breach] = field(default_factory=list)
    problem: Problem | None = None
    saved: list[Path] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def lose(self, source: str, depositor: str, what: str, on: date) -> Breach:
        self.records.append(breach(source, depositor, what=what, happened_on=on))
        return self.records[-1]

    def step(self, breach_id: BreachId, step: BreachStep, on: date, note: str) -> Breach:
        taken = StepTaken(
            step=step, on=on, note=note, noted_at=datetime.now(UTC), noted_by="Mere Parata"
        )
        return self._change(breach_id, lambda one: replace(one, steps=(*one.steps, taken)))

    def close(self, breach_id: BreachId, outcome: str) -> Breach:
        if self.problem:
            raise self.problem
        now = datetime.now(UTC)
        return self._change(
            breach_id,
            lambda one: replace(one, closed_at=now, closed_by="Mere Parata", outcome=outcome),
        )

    def _change(self, breach_id: BreachId, change: Callable[[Breach], Breach]) -> Breach:
        self.records = [change(one) if one.id == breach_id else one for one in self.records]
        return next(one for one in self.records if one.id == breach_id)

    @property
    def verbs(self) -> BreachVerbs:
        return BreachVerbs(
            open_ones=lambda: [one for one in self.records if one.is_open],
            lose=self.lose,
            step=self.step,
            close=self.close,
            make=lambda _breach, _paper: ONE_PAGE,
            save=lambda _breach, _pdf, path: self.saved.append(path),
            print=lambda _breach, _pdf, _paper, to: self.printed.append(to.printer),
            printing=print_verbs(),
            preview_page=lambda _laid, _page, _width: page_png("Breach"),
        )


@dataclass
class StandInFromOthers:
    """Images that wait until something is noted of them."""

    images: list[Waiting] = field(default_factory=list)
    noted: list[tuple[ImageId, CameFrom]] = field(default_factory=list)
    made: list[tuple[OtherPaper, ImageId | None]] = field(default_factory=list)

    def note(self, image: ImageId, said: CameFrom) -> ClinicalImage:
        self.noted.append((image, said))
        found = next(one.image for one in self.images if one.image.id == image)
        self.images = [one for one in self.images if one.image.id != image]
        return replace(found, came_from=said, missing=())

    def make(self, which: OtherPaper, image: ImageId | None, _paper: Paper) -> bytes:
        self.made.append((which, image))
        return ONE_PAGE

    @property
    def verbs(self) -> FromOthersVerbs:
        return FromOthersVerbs(
            waiting=lambda: list(self.images),
            note=self.note,
            make=self.make,
            save=lambda _which, _image, _pdf, _path: None,
            print=lambda _which, _image, _pdf, _paper, _printer: None,
            printing=print_verbs(),
            preview_page=lambda _laid, _page, _width: page_png("Query"),
        )
