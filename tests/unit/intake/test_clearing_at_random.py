"""Ten thousand clearings of made-up devices with made-up faults."""

from random import Random

import pytest

from desktop.intake.clearing_report import ClearReport
from tests.unit.intake.clearable_device import Device, Trouble
from tests.unit.intake.clearing_scenes import CAMERA, Scene

RUNS = 10_000


@pytest.mark.requirement("R74")
def test_ten_thousand_clearings_with_faults_lose_nothing_and_claim_nothing_untrue() -> None:
    """Seeded, so that a run that fails can be found again by its number."""
    cleared = deleted = 0
    for number in range(RUNS):
        here = _made_up(Random(number))
        report = here.clear()
        _examine(here, report, number)
        cleared += len(report.cleared)
        deleted += len(here.device.deleted)
    assert deleted > cleared > RUNS  # the faults bite, and clearing still clears


def _made_up(chance: Random) -> Scene:
    """Some files, some of them received, and up to three faults."""
    stems = [f"IMG_{n}" for n in range(chance.randint(1, 6))]
    endings = [chance.choice(["JPG", "HEIC", "JPG MOV", "DNG JPG"]).split() for _ in stems]
    held = {
        (chance.choice([CAMERA, "DCIM/100"]), f"{stem}.{end}"): chance.randbytes(
            chance.randint(1, 40)
        )
        for stem, ends in zip(stems, endings, strict=True)
        for end in ends
    }
    received = {place: held[place] for place in held if chance.random() < 0.75}
    some = frozenset(chance.sample(sorted(held), chance.randint(1, len(held))))
    moment = chance.randint(0, 3)
    faults: list[dict[str, object]] = [
        {"lies_from": moment},
        {"wipes_at": moment},
        {"takes_another_at": moment},
        {"gone_at": moment},
        {"gone_after": moment},
        {"swapped_at": moment},
        {"deletes_and_denies_at": moment},
        {"unlisted_from": moment + 1},
        {"protected": some},
        {"denied": some},
        {"changed": some},
        {},
        {},
    ]
    chosen: dict[str, object] = {}
    for fault in chance.sample(faults, chance.choice([0, 1, 1, 2, 3])):
        chosen |= fault
    device = Device(dict(held), Trouble(**chosen))  # type: ignore[arg-type]
    device.other_card = {
        place: content if chance.random() < 0.5 else chance.randbytes(len(content))
        for place, content in held.items()
        if chance.random() < 0.7
    }
    small = {(folder, name.rpartition(".")[0] + ".THM"): b"small" for folder, name in held}
    device.beside = {place: small[place] for place in sorted(small) if chance.random() < 0.3}
    device.trouble.keeps_beside = frozenset(
        place for place in device.beside if chance.random() < 0.2
    )
    damaged = frozenset(place for place in received if chance.random() < 0.1)
    stop = chance.choice([None, None, None, chance.randint(0, 12)])
    return Scene(device, received, damaged=damaged, stop_after=stop)


def _examine(here: Scene, report: ClearReport, number: int) -> None:
    settled = [*report.cleared, *(one.deposit for one in report.refused), *report.not_reached]
    assert sorted(one.id for one in settled) == sorted(one.id for one in here.deposits.values()), (
        number
    )
    for place, content in here.device.orders:
        assert here.received.get(place) == content, (number, "told to delete what is not stored")
        assert place not in here.damaged, (number, "told to delete what could not be read back")
    harm = {here.device.trouble.wipes_at, here.device.trouble.takes_another_at}
    if harm == {None}:
        assert set(here.device.deleted) <= set(here.device.orders), number
    elif 0 in harm and any(place not in here.received for place, _ in here.device.deleted):
        assert len(here.device.orders) == 1, (number, "went on after more went missing")
    truly_gone = {place for place, _ in here.device.deleted}
    for one in report.cleared:
        place = (one.folder, one.file_name)
        assert place in truly_gone, (number, "called cleared, and never was deleted")
        assert place not in here.device.held, (number, "called cleared, and is still there")
        small = (place[0], place[1].rpartition(".")[0] + ".THM")
        assert small not in here.device.beside, (number, "called cleared, and shown still")
    assert {proof.deposit for proof in here.record.proofs} == {one.id for one in report.cleared}
