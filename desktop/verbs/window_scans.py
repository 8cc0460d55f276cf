"""Pages of ours that came back as images, as the window asks for them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from desktop.devices.source import MediaItem
from desktop.records.deeds import looking, scan_back
from desktop.records.facts.ids import ImageId
from desktop.records.facts.page_scan import FormDue
from desktop.ui.desk.verbs import PageOn
from desktop.ui.worklists.verbs import FormsVerbs
from desktop.verbs.workstation import Workstation


def forms_verbs(station: Workstation) -> FormsVerbs:
    """The consent forms that are out."""

    def count() -> int:
        with station.using() as office:
            return scan_back.how_many_forms_due(office.vault)

    def outstanding() -> Sequence[FormDue]:
        with station.using() as office:
            return scan_back.forms_due(office.vault)

    return FormsVerbs(count=count, outstanding=outstanding)


def pages_verb(station: Workstation) -> Callable[[Sequence[MediaItem]], Sequence[PageOn]]:
    """What the items of the tray show of our own pages."""

    def pages(items: Sequence[MediaItem]) -> Sequence[PageOn]:
        with station.using() as office:
            images = [looking.image(office.vault, ImageId(UUID(item.key))) for item in items]
            seen = scan_back.pages_seen(office.vault, images)
        names = {image.id: image.arrival.file_name for image in images}
        return [PageOn(name=names[image], page=one) for image in seen for one in seen[image]]

    return pages
