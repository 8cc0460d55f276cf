"""Printers that were checked: what counts as a check, how long it holds, and what may be said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.problem import Problem
from desktop.records.deeds.printers import (
    check_page,
    note_check_page,
    profile_of,
    profiles,
    store_check,
)
from desktop.records.facts.printer_check import (
    CheckPage,
    CheckState,
    Edges,
    Measured,
    PrinterProfile,
)
from desktop.records.facts.printer_problems import (
    BarNotBelievable,
    CheckPageUnknown,
    CornerNotBelievable,
    EdgeNotBelievable,
)
from desktop.records.facts.sheet import page_code
from desktop.records.rules.printer_checks import (
    believable,
    edge_words,
    is_true_to_scale,
    life_size_of,
    state_of,
    undone,
)
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, Clock, deeds

pytestmark = pytest.mark.requirement("R80")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_page(number: str = "PC7K3QX9FM", printer: str = "lobby", tray: str = "") -> CheckPage:
    return CheckPage(
        number=number,
        printer=printer,
        tray=tray,
        paper="A4",
        led_to="one",
        across_mm=150,
        down_mm=200,
        made_at=NOW,
        made_by="Mei",
    )


def rule(across: float = 150, down: float = 200, **changes: object) -> Measured:
    said = {"left_mm": 20.0, "top_mm": 20.0, "edges": Edges(left=4, top=4, right=4, bottom=5)}
    said |= {"colour": True} | changes
    return Measured(across_mm=across, down_mm=down, **said)  # type: ignore[arg-type]


def checked(measured: Measured) -> PrinterProfile:
    return PrinterProfile(page=a_page(), measured=measured, checked_at=NOW, checked_by="Mei")


def test_what_is_measured_is_the_profile_of_that_printer_and_tray(
    vault: Vault, office_clock: Clock
) -> None:
    for number, tray in (("PC7K3QX9FM", ""), ("PC00000000", "Tray2")):
        note_check_page(vault, page=a_page(number, tray=tray), target="printer lobby", by=MEI)
    assert profiles(vault) == []
    first = store_check(vault, code="PC7K3QX9FM", measured=rule(149), by=MEI)
    office_clock.move(days=1)
    code = page_code("PC7K3QX9FM", 1)
    again = store_check(vault, code=f"{code[:2]} {code[2:].lower()}", measured=rule(150.3), by=MEI)
    assert profile_of(vault, printer="lobby", tray="", paper="A4") == again
    assert profile_of(vault, printer="lobby", tray="", paper="A5") is None
    assert profile_of(vault, printer="lobby", tray="Tray2", paper="A4") is None
    assert first.scale == pytest.approx((149 / 150, 1.0))
    assert again.scale == pytest.approx((1.002, 1.0))
    store_check(vault, code="PC00000000", measured=rule(), by=MEI)
    assert [one.page.tray for one in profiles(vault, "lobby")] == ["", "Tray2"]
    named = [name for name, _ in deeds(vault)]
    assert named[-5:] == [*["printer check page made"] * 2, *["printer checked"] * 3]


@pytest.mark.parametrize(
    ("measured", "refused"),
    [
        (rule(134.9), BarNotBelievable),
        (rule(150, 221), BarNotBelievable),
        (rule(float("nan")), BarNotBelievable),
        (rule(left_mm=31.0), CornerNotBelievable),
        (rule(top_mm=-2.0), CornerNotBelievable),
        (rule(edges=Edges(left=0, top=4, right=4, bottom=4)), EdgeNotBelievable),
        (rule(edges=Edges(left=4, top=4, right=4, bottom=16)), EdgeNotBelievable),
    ],
)
def test_what_cannot_be_so_is_refused_in_words(
    vault: Vault, measured: Measured, refused: type[Problem]
) -> None:
    note_check_page(vault, page=a_page(), target="pdf", by=MEI)
    before = deeds(vault)
    with pytest.raises(refused, match="Nothing was stored"):
        store_check(vault, code="PC7K3QX9FM", measured=measured, by=MEI)
    assert deeds(vault) == before
    assert profiles(vault) == []


def test_a_page_of_nobody_is_said_so(vault: Vault) -> None:
    with pytest.raises(CheckPageUnknown, match="PC7K3QX9FM"):
        check_page(vault, "PC7K3QX9FM")


@pytest.mark.parametrize(
    ("days", "leads_to", "state"),
    [
        (0, "one", CheckState.HOLDS),
        (366, "one", CheckState.HOLDS),
        (1, "", CheckState.UNKNOWN_DEVICE),
        (367, "", CheckState.OLD),
        (367, "one", CheckState.OLD),
        (1, "another", CheckState.OTHER_DEVICE),
    ],
)
def test_how_long_a_check_holds(days: int, leads_to: str, state: CheckState) -> None:
    profile = checked(rule())
    assert state_of(profile, leads_to=leads_to, now=NOW + timedelta(days=days)) is state
    said = life_size_of(profile, state)
    assert said.is_certain is (state is CheckState.HOLDS)
    assert state_of(None, leads_to=leads_to, now=NOW) is CheckState.NOT_CHECKED
    assert not life_size_of(None, CheckState.NOT_CHECKED).is_certain


def test_a_page_of_long_ago_tells_nothing_of_today_when_it_is_measured() -> None:
    old = replace(checked(rule()), page=replace(a_page(), made_at=NOW - timedelta(days=360)))
    assert state_of(old, leads_to="one", now=NOW) is CheckState.HOLDS
    assert state_of(old, leads_to="one", now=NOW + timedelta(days=7)) is CheckState.OLD


def test_a_bar_that_is_out_is_said() -> None:
    nameless = replace(checked(rule()), page=replace(a_page(), led_to=""))
    state = state_of(nameless, leads_to="one", now=NOW)
    assert state is CheckState.UNKNOWN_DEVICE  # it may have been another one that was measured
    assert "100.0 mm; which device it is" in life_size_of(nameless, state).words
    said = life_size_of(checked(rule(148.05, 200)), CheckState.HOLDS)
    assert not said.is_certain
    assert said.words == (
        "100 mm bars print 98.7 mm across and 100.0 mm down: life size is not certain."
    )
    assert "23 Nov 2026 by Mei" in life_size_of(checked(rule()), CheckState.HOLDS).words
    assert "12 mm" in edge_words(checked(rule(edges=Edges(left=4, top=4, right=12, bottom=4))))
    assert edge_words(checked(rule())) == ""


BARS = st.floats(0.901, 1.099)


@given(across=BARS, down=BARS, left=st.floats(10.1, 29.9), top=st.floats(10.1, 29.9))
def test_whatever_is_believed_is_undone_exactly(
    across: float, down: float, left: float, top: float
) -> None:
    """A point that is drawn as `undone` says comes out where it belongs."""
    profile = checked(
        believable(a_page(), rule(150 * across, 200 * down, left_mm=left, top_mm=top))
    )
    (shift_x, shift_y), (scale_x, scale_y) = undone(profile)
    for place in (0.0, 20.0, 190.0):
        drawn_x, drawn_y = shift_x + scale_x * place, shift_y + scale_y * place
        out_x = profile.offset_mm[0] + profile.scale[0] * drawn_x
        out_y = profile.offset_mm[1] + profile.scale[1] * drawn_y
        assert (out_x, out_y) == pytest.approx((place, place), abs=1e-9)
    out = max(abs(share - 1) for share in profile.scale)
    if abs(out - 0.005) > 1e-6:
        assert is_true_to_scale(profile) is (out < 0.005)
