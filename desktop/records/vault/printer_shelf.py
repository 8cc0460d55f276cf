"""Where the check pages of printers lie."""

from datetime import datetime

import sqlalchemy as sa

from desktop.records.facts.people import Person
from desktop.records.facts.printer_check import CheckPage, Edges, Measured, PrinterProfile
from desktop.records.vault.image_rows import storable
from desktop.records.vault.printer_tables import printer_check


class PrinterShelf:
    """Check pages, in one transaction. What is put here was checked by a deed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, page: CheckPage) -> None:
        """Put a check page on record that nobody has measured yet."""
        self._connection.execute(
            sa.insert(printer_check).values(
                number=page.number,
                printer=storable(page.printer),
                tray=storable(page.tray),
                paper=page.paper,
                led_to=page.led_to,
                across_mm=page.across_mm,
                down_mm=page.down_mm,
                made_at=page.made_at,
                made_by=page.made_by,
            )
        )

    def page(self, number: str) -> CheckPage | None:
        """The check page with this number, or None."""
        query = sa.select(printer_check).where(printer_check.c.number == number)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _page(row)

    def measure(self, number: str, measured: Measured, *, at: datetime, by: Person) -> None:
        """Store what was measured on a page, in place of what was measured on it before."""
        edges = measured.edges
        self._connection.execute(
            sa.update(printer_check)
            .where(printer_check.c.number == number)
            .values(
                measured_across_mm=measured.across_mm,
                measured_down_mm=measured.down_mm,
                measured_left_mm=measured.left_mm,
                measured_top_mm=measured.top_mm,
                edge_left=edges.left,
                edge_top=edges.top,
                edge_right=edges.right,
                edge_bottom=edges.bottom,
                colour=measured.colour,
                checked_at=at,
                checked_by=by.name,
            )
        )

    def profiles(self, printer: str = "") -> list[PrinterProfile]:
        """The last check of each printer, tray and paper, or of one printer's, in the order of
        their names."""
        query = sa.select(printer_check).where(printer_check.c.checked_at.is_not(None))
        if printer:
            query = query.where(printer_check.c.printer == storable(printer))
        oldest_first = query.order_by(printer_check.c.checked_at, printer_check.c.number)
        newest = {
            (row.printer, row.tray, row.paper): _profile(row)
            for row in self._connection.execute(oldest_first)
        }
        return [newest[key] for key in sorted(newest)]

    def profile(self, printer: str, tray: str, paper: str) -> PrinterProfile | None:
        """The last check of one printer, tray and paper, or None."""
        for one in self.profiles(printer):
            if (one.page.tray, one.page.paper) == (storable(tray), paper):
                return one
        return None


def _page(row: sa.Row[tuple[object, ...]]) -> CheckPage:
    return CheckPage(
        number=row.number,
        printer=row.printer,
        tray=row.tray,
        paper=row.paper,
        led_to=row.led_to,
        across_mm=row.across_mm,
        down_mm=row.down_mm,
        made_at=row.made_at,
        made_by=row.made_by,
    )


def _profile(row: sa.Row[tuple[object, ...]]) -> PrinterProfile:
    return PrinterProfile(
        page=_page(row),
        measured=Measured(
            across_mm=row.measured_across_mm,
            down_mm=row.measured_down_mm,
            left_mm=row.measured_left_mm,
            top_mm=row.measured_top_mm,
            edges=Edges(
                left=row.edge_left,
                top=row.edge_top,
                right=row.edge_right,
                bottom=row.edge_bottom,
            ),
            colour=row.colour,
        ),
        checked_at=row.checked_at,
        checked_by=row.checked_by,
    )
