"""Copies for somebody outside as the window asks for them."""

from collections.abc import Callable, Sequence

from desktop.intake.report import Stopped
from desktop.media.copier import Looked
from desktop.records.deeds.given_out import given_out
from desktop.records.facts.copies import GivenOut
from desktop.records.facts.ids import ImageId, PatientId
from desktop.ui.copies.verbs import CopyDone, CopyVerbs, CopyWish
from desktop.verbs.copies import CopyOrder, export, look_at
from desktop.verbs.workstation import Workstation

_LONGEST = 2048


def copy_verbs(station: Workstation) -> CopyVerbs:
    """The same as `chartroom export`."""

    def look(image: ImageId, at: float, first: bool) -> Looked:
        with station.using() as office:
            return look_at(office, image, longest=_LONGEST, at=at, first=first)

    def make(wish: CopyWish, tell: Callable[[float], None], stopped: Stopped) -> CopyDone:
        order = CopyOrder(
            image=wish.image,
            folder=wish.folder,
            release=wish.release,
            features=wish.features,
            masks=wish.masks,
            sound=wish.sound,
        )
        with station.using() as office:
            report = export(office, order, tell=tell, stopped=stopped)
        return CopyDone(
            path=report.path,
            removed=report.made.removed if report.made else (),
            is_same_picture=report.made is not None and report.made.is_same_picture,
            caution=report.caution,
            is_original=report.made is None,
        )

    def given(patient: PatientId) -> Sequence[GivenOut]:
        with station.using() as office:
            return given_out(office.vault, patient)

    return CopyVerbs(look=look, make=make, given=given, user=station.office.person.name)
