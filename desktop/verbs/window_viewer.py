"""Looking at one image, as the window asks for it: pictures made in the sandbox, in memory."""

from functools import partial

from desktop.media.untrusted import Untrusted
from desktop.records.deeds.looking import open_original
from desktop.records.facts.ids import ImageId
from desktop.ui.viewer.verbs import ViewerVerbs
from desktop.verbs.playing import OpenFilm
from desktop.verbs.workstation import Workstation


def viewer_verbs(station: Workstation) -> ViewerVerbs:
    """What the viewer is handed."""
    return ViewerVerbs(picture=partial(_picture, station), play=partial(OpenFilm, station))


def _picture(station: Workstation, image: ImageId, longest: int) -> bytes | None:
    with (
        station.using() as office,
        open_original(office.vault, image=image, by=office.person) as reader,
    ):
        untrusted = Untrusted(reader, size=reader.size)
        return office.describer.preview(untrusted, longest=longest)
