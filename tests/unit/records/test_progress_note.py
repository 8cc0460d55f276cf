"""The progress note reads as the guide writes it."""

import pytest

from desktop.records.facts.capture import DeviceOwner
from desktop.records.facts.clinical_image import MediaKind
from desktop.records.rules.progress_note import Sent, what_was_done

GUIDE = "photograph of wound taken on PMD and sent to Dr X for clinical advice"


@pytest.mark.requirement("R48")
def test_the_example_of_the_guide_is_made_from_facts() -> None:
    sent = Sent(to="Dr X", purpose="clinical advice")
    made = what_was_done("wound", kind=MediaKind.PHOTO, owner=DeviceOwner.PERSONAL, sent=sent)
    assert made == GUIDE


@pytest.mark.requirement("R48")
@pytest.mark.parametrize(
    ("owner", "sent", "said"),
    [
        (None, Sent(), "video of gait taken"),
        (
            DeviceOwner.ORGANISATION,
            Sent(to="ACC"),
            "video of gait taken on the organisation's device and sent to ACC",
        ),
    ],
)
def test_what_is_not_known_is_left_out(owner: DeviceOwner | None, sent: Sent, said: str) -> None:
    assert what_was_done("gait", kind=MediaKind.VIDEO, owner=owner, sent=sent) == said
