"""Correcting capture times as a person asks for it: one image's time, or a device's clock (R68)."""

from desktop.records.deeds import correcting_time as deeds
from desktop.records.deeds import looking
from desktop.records.facts.ids import ImageId
from desktop.ui.patients.verbs import TimesCorrected, TimeWanted
from desktop.verbs.office import Office
from desktop.verbs.workstation import Workstation


def correct_times(station: Workstation, wanted: TimeWanted) -> TimesCorrected:
    """Correct what is wanted. Raises what the deeds raise."""
    with station.using() as office:
        images = _images(office, wanted)
        if wanted.at is not None:
            corrected = [
                deeds.correct_time(
                    office.vault,
                    image=one,
                    at=wanted.at,
                    offset=wanted.offset,
                    why=wanted.why,
                    by=office.person,
                )
                for one in images
            ]
        else:
            corrected = deeds.correct_clock(
                office.vault,
                images=images,
                behind=wanted.behind,
                why=wanted.why,
                by=office.person,
            )
        return TimesCorrected(
            corrected=len(corrected),
            left_alone=len(images) - len(corrected),
            print_again=tuple(deeds.printed_on(office.vault, corrected)),
        )


def _images(office: Office, wanted: TimeWanted) -> list[ImageId]:
    if not wanted.whole_intake:
        return list(wanted.images)
    named = [looking.image(office.vault, one) for one in wanted.images]
    intakes = dict.fromkeys(one.arrival.intake for one in named)
    return [one.id for intake in intakes for one in deeds.images_of_intake(office.vault, intake)]
