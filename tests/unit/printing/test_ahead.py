"""Pictures that are got ready early: in their order, few at a time, and no further than a fault."""

from threading import Lock

import pytest

from desktop.media.paper_image import PaperImage
from desktop.printing.ahead import Ahead
from tests.unit.printing.made_sheets import photo


class Counted:
    """Photos that know how many of them are held."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self._lock = Lock()

    def get(self, place: int) -> PaperImage:
        with self._lock:
            self.asked.append(place)
        if place == 4:
            raise LookupError(place)
        return photo(seed=place)


@pytest.mark.requirement("R77")
def test_pictures_come_in_order_two_ahead_and_end_with_the_first_that_fails() -> None:
    counted = Counted()
    wanted = (lambda place=place: counted.get(place) for place in range(40))
    with Ahead(wanted) as pictures:
        for place in range(4):
            assert pictures.take() == photo(seed=place)
            assert len(counted.asked) <= place + 3
        with pytest.raises(LookupError):
            pictures.take()
    assert sorted(counted.asked)[:5] == [0, 1, 2, 3, 4]
    assert len(counted.asked) <= 7


def test_no_picture_is_no_wait() -> None:
    with Ahead(()) as pictures, pytest.raises(IndexError):
        pictures.take()
