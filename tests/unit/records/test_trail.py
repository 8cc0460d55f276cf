"""The trail breaks visibly wherever somebody who holds every key but time touches it."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from desktop.records.vault.trail import Anchor, TrailVerdict, line_mac
from desktop.records.vault.trail_triggers import TRIGGERS
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, MadeUpOffice

pytestmark = pytest.mark.requirement("R106")

LINES = 12


@dataclass
class Intruder:
    """Somebody with the database key, who disarms the triggers first."""

    vault: Vault

    def run(self, *statements: str) -> TrailVerdict:
        with self.vault._database.write() as connection:
            for trigger in TRIGGERS:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
            for statement in statements:
                connection.exec_driver_sql(statement)
        return self.vault.verify_trail()


@pytest.fixture
def intruder(vault: Vault) -> Intruder:
    for number in range(2, LINES + 1):
        with vault.change() as change:
            change.note("original viewed", by=MEI, number=number, name="Pōmare")
    return Intruder(vault)


def test_an_untouched_trail_is_whole(intruder: Intruder) -> None:
    verdict = intruder.run()
    assert verdict.is_whole
    assert verdict.lines == LINES
    assert verdict.words == "ok, 12 lines"


@pytest.mark.parametrize(
    "edit",
    [
        "deed = 'something else'",
        "about = '{}'",
        "by = 'nobody'",
        "at = '2026-11-23 08:59:59.000000'",
        "at = 'yesterday'",
        "mac = zeroblob(32)",
        "by = x'ff'",
        "about = replace(about, 'Pōmare', 'Ngata')",
    ],
)
def test_an_edit_is_found(intruder: Intruder, edit: str) -> None:
    verdict = intruder.run(f"UPDATE trail SET {edit} WHERE seq = 7")
    assert not verdict.is_whole
    assert verdict.broken_at == 7
    assert ("cannot be read" in verdict.why) == (edit in {"at = 'yesterday'", "by = x'ff'"})


@pytest.mark.parametrize("seq", [1, 5, LINES - 1])
def test_a_deletion_is_found(intruder: Intruder, seq: int) -> None:
    verdict = intruder.run(f"DELETE FROM trail WHERE seq = {seq}")
    assert verdict.broken_at == seq
    assert "missing" in verdict.why


def test_a_letter_moved_from_one_field_to_the_next_is_found(intruder: Intruder) -> None:
    verdict = intruder.run("UPDATE trail SET by = by || 't', deed = 'ested' WHERE seq = 7")
    assert verdict.broken_at == 7


def test_a_line_forged_with_the_key_breaks_the_chain_at_the_next(intruder: Intruder) -> None:
    vault = intruder.vault
    with vault._database.read() as connection:
        lines = connection.execute(sa.text("SELECT mac FROM trail ORDER BY seq")).scalars().all()
    forged = line_mac(
        vault._trail_key,
        seq=7,
        at=vault.clock(),
        by="nobody",
        deed="nothing",
        about="{}",
        previous=lines[5],
    )
    verdict = intruder.run(
        "UPDATE trail SET by = 'nobody', deed = 'nothing', about = '{}', "
        f"mac = x'{forged.hex()}' WHERE seq = 7"
    )
    assert (verdict.broken_at, verdict.lines) == (8, 7)


def test_a_deletion_closed_up_is_found(intruder: Intruder) -> None:
    verdict = intruder.run(
        "DELETE FROM trail WHERE seq = 5",
        *(f"UPDATE trail SET seq = {n - 1} WHERE seq = {n}" for n in range(6, LINES + 1)),
        f"UPDATE trail_head SET seq = {LINES - 1}",
    )
    assert verdict.broken_at == 5


def test_reordering_is_found(intruder: Intruder) -> None:
    verdict = intruder.run(
        "UPDATE trail SET seq = 1000 WHERE seq = 4",
        "UPDATE trail SET seq = 4 WHERE seq = 9",
        "UPDATE trail SET seq = 9 WHERE seq = 1000",
    )
    assert verdict.broken_at == 4


def test_a_forged_line_is_found(intruder: Intruder) -> None:
    verdict = intruder.run(
        "INSERT INTO trail SELECT 13, at, by, deed, about, mac FROM trail WHERE seq = 12",
        "UPDATE trail_head SET seq = 13",
    )
    assert verdict.broken_at == 13


@pytest.mark.parametrize("kept", [0, 1, LINES - 1])
def test_a_cut_tail_is_found_while_the_head_stands(intruder: Intruder, kept: int) -> None:
    verdict = intruder.run(f"DELETE FROM trail WHERE seq > {kept}")
    assert verdict.broken_at == kept + 1
    assert "cut off" in verdict.why


@pytest.mark.parametrize(
    "change", ["DELETE FROM trail_head", "UPDATE trail_head SET mac = zeroblob(32)"]
)
def test_a_changed_head_is_found(intruder: Intruder, change: str) -> None:
    assert intruder.run(change).broken_at == LINES + 1


def test_a_cut_tail_with_a_moved_head_is_found_against_an_anchor(intruder: Intruder) -> None:
    anchor = Anchor(seq=LINES, mac=intruder.vault.verify_trail().head)
    verdict = intruder.run(
        "DELETE FROM trail WHERE seq > 9",
        "UPDATE trail_head SET seq = 9, mac = (SELECT mac FROM trail WHERE seq = 9)",
    )
    assert verdict.is_whole  # inside the office nothing tells: so an anchor is kept outside
    anchored = intruder.vault.verify_trail(anchor=anchor)
    assert anchored.broken_at == 10


def test_an_anchor_that_does_not_fit_is_found(intruder: Intruder) -> None:
    head = intruder.vault.verify_trail().head
    assert intruder.vault.verify_trail(anchor=Anchor(seq=LINES, mac=head)).is_whole
    assert intruder.vault.verify_trail(anchor=Anchor(seq=3, mac=head)).broken_at == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET by = 'x' WHERE seq = 2",
        "DELETE FROM trail WHERE seq = 12",
        "INSERT INTO trail SELECT 14, at, by, deed, about, mac FROM trail WHERE seq = 12",
        "INSERT OR REPLACE INTO trail SELECT 12, at, by, 'x', about, mac FROM trail WHERE seq = 12",
        "REPLACE INTO trail SELECT 3, at, by, 'x', about, mac FROM trail WHERE seq = 12",
        "DELETE FROM trail_head",
    ],
)
def test_the_database_itself_refuses(intruder: Intruder, statement: str) -> None:
    with (
        pytest.raises(sa.exc.IntegrityError, match="the trail"),
        intruder.vault._database.write() as connection,
    ):
        connection.exec_driver_sql(statement)
    assert intruder.vault.verify_trail().is_whole


def test_the_chain_is_this_offices_own(intruder: Intruder, office: MadeUpOffice) -> None:
    intruder.vault._trail_key[0] ^= 1
    assert intruder.vault.verify_trail().broken_at == 1


def test_a_line_says_who_what_and_about_what(vault: Vault) -> None:
    with vault.change() as change:
        line = change.note("original viewed", by=MEI, name="Pōmare", parts=[MEI.id])
    assert (line.seq, line.by, line.deed) == (2, "Mei Tānaka", "original viewed")
    assert line.at == vault.clock()
    assert line.about == f'{{"name":"Pōmare","parts":["{MEI.id}"],"person":"{MEI.id}"}}'
