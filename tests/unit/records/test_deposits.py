"""Every file that a device handed over is on record as its own first copy, until it is cleared."""

import pytest
import sqlalchemy as sa

from desktop.records.deeds.looking import seen_at
from desktop.records.deeds.receiving import begin_intake, receive
from desktop.records.facts.capture import DeviceOwner, Route
from desktop.records.facts.clearance import Clearance, Deposit
from desktop.records.facts.devices import Depositor, Handover
from desktop.records.facts.ids import IntakeId
from desktop.records.facts.people import Role
from desktop.records.facts.seen_files import FileMark, Seen
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, arrival, intake, kept

WIREMU = Depositor(name="Wiremu Rata", role=Role.NURSE)


def deposits(vault: Vault, of: IntakeId) -> list[Deposit]:
    with vault.look() as look:
        return look.deposits.of_intake(of)


def handed_over(vault: Vault, owner: DeviceOwner | None, route: Route = Route.PTP) -> IntakeId:
    said = Handover(depositor=WIREMU, owner=owner)
    return begin_intake(vault, source_name="Pixel 8", route=route, by=MEI, handover=said)


@pytest.mark.requirement("R74")
def test_what_was_received_may_still_be_on_its_device(vault: Vault) -> None:
    begun = handed_over(vault, DeviceOwner.PERSONAL)
    [(image, _)] = receive(vault, sealed=[(kept(vault, b"a wound"), arrival(begun))], by=MEI)
    [deposit] = deposits(vault, begun)
    assert (deposit.image, deposit.sha256, deposit.size) == (image.id, image.sha256, 7)
    assert (deposit.folder, deposit.file_name) == ("DCIM/100EOS", "IMG_0001.JPG")
    assert (deposit.depositor, deposit.source_name) == ("Wiremu Rata", "Pixel 8")
    assert deposit.clearance is Clearance.OUTSTANDING


@pytest.mark.requirement("R121")
def test_the_same_bytes_from_two_devices_are_one_image_and_two_deposits(vault: Vault) -> None:
    first, second = intake(vault), handed_over(vault, DeviceOwner.OTHER)
    for begun, name in ((first, "IMG_0001.JPG"), (second, "WA0001.jpg")):
        receive(vault, sealed=[(kept(vault, b"the same"), arrival(begun, name))], by=MEI)
    [one], [two] = deposits(vault, first), deposits(vault, second)
    assert one.image == two.image
    assert (one.file_name, two.file_name) == ("IMG_0001.JPG", "WA0001.jpg")
    assert (one.already, two.already) == (False, True)
    with vault.look() as look:
        assert [d.id for d in look.deposits.outstanding(most=9)] == [one.id, two.id]


@pytest.mark.requirement("R121")
def test_a_file_of_a_device_is_known_again_by_its_mark(vault: Vault) -> None:
    begun = handed_over(vault, DeviceOwner.PERSONAL)
    came = arrival(begun)
    [(image, _)] = receive(vault, sealed=[(kept(vault, b"a wound"), came)], by=MEI)
    mark = FileMark(
        folder=came.folder, name=came.file_name, size=7, modified_local=came.modified_local
    )
    assert seen_at(vault, "Pixel 8") == {mark: Seen(received_at=image.received_at, filed_at=None)}
    assert seen_at(vault, "Pixel 9") == {}, "another device may have a file of the same name"


def test_a_file_deposited_twice_at_one_intake_is_one_deposit(vault: Vault) -> None:
    begun = intake(vault)
    for _ in range(2):
        receive(vault, sealed=[(kept(vault, b"a wound"), arrival(begun))], by=MEI)
    assert len(deposits(vault, begun)) == 1


@pytest.mark.requirement("R122")
@pytest.mark.parametrize(
    ("owner", "route", "stands"),
    [
        (DeviceOwner.PATIENT, Route.PTP, Clearance.NOT_OURS),
        (DeviceOwner.ORGANISATION, Route.CARD, Clearance.OUTSTANDING),
        (DeviceOwner.PERSONAL, Route.SCANNER, Clearance.NOTHING),
        (None, Route.PTP, Clearance.OUTSTANDING),
    ],
)
def test_whose_device_it_is_decides_what_is_to_be_cleared(
    vault: Vault, owner: DeviceOwner | None, route: Route, stands: Clearance
) -> None:
    begun = handed_over(vault, owner, route)
    receive(vault, sealed=[(kept(vault, b"a wound"), arrival(begun))], by=MEI)
    assert [deposit.clearance for deposit in deposits(vault, begun)] == [stands]


def test_the_database_takes_no_clearance_without_its_moment_or_its_witness(vault: Vault) -> None:
    begun = handed_over(vault, DeviceOwner.PERSONAL)
    receive(vault, sealed=[(kept(vault, b"a wound"), arrival(begun))], by=MEI)
    for values in ("settled = 'cleared'", "settled = 'attested', settled_at = deposited_at"):
        with (
            pytest.raises(sa.exc.IntegrityError),
            vault._database.write() as connection,
        ):
            connection.execute(sa.text(f"UPDATE deposit SET {values}"))
