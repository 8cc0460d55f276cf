"""Lost thumbnails are made again from the originals, a few at a time."""

from collections.abc import Callable

from desktop.problem import Cancelled, Problem
from desktop.records.deeds import describing
from desktop.records.vault.problems import OriginalDamaged, OriginalMissing
from desktop.verbs.filing import seen_in
from desktop.verbs.office import Office

Tell = Callable[[tuple[int, int]], None]


def remake_thumbnails(
    office: Office,
    *,
    tell: Tell = lambda _progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Make every thumbnail again that is missing; how many images were looked at.

    What was made by a stop stays, and the next run goes on there. An original that is damaged or
    missing is passed over: the daily check names it. `tell` hears how many of about how many are
    done. Raises Cancelled, DiskFull and DiskFailed.
    """
    lacking = describing.lacking_thumbnails(office.vault)
    if not lacking:
        return 0
    office.vault.renditions.may_lack = False  # True again where the file is begun anew meanwhile
    try:
        return _remade(office, lacking, tell, stopped)
    except Problem:
        office.vault.renditions.may_lack = True
        raise


def _remade(office: Office, lacking: int, tell: Tell, stopped: Callable[[], bool]) -> int:
    done = 0
    for image in describing.without_thumbnail(office.vault):
        if stopped():
            raise Cancelled
        tell((done, max(lacking, done + 1)))
        done += 1
        try:
            seen = seen_in(office, image)
        except (OriginalDamaged, OriginalMissing):
            continue
        describing.keep_thumbnail(office.vault, image=image.id, thumbnail=seen.thumbnail)
    return done
