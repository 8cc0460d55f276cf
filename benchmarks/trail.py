"""Proving a trail of a million lines, against sha256 of the same bytes; and reading pages of it.

The lines are made by a seeded generator and chained with the office's own key, in one transaction.
"""

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.ratio import Promise, interleaved, show, timed
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.ids import OfficeId, PersonId, new_uuid
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.people import OfficeRole, Person, Role
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.schema import trail, trail_head
from desktop.records.vault.trail import line_mac
from desktop.records.vault.vault import Vault

ANN = Person(
    id=PersonId(new_uuid()), name="Ann Made", role=Role.CLERK, office_role=OfficeRole.OFFICE_MANAGER
)
DEEDS = ("original viewed", "image received", "image filed", "sheet made", "unlocked", "locked")
BATCH = 10_000


def made_lines(vault: Vault, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Lines that follow the office's first one, each sealed with the one before."""
    chance = random.Random(seed)  # noqa: S311  made-up lines, no keys
    with vault.look() as look:
        head = look.trail.head()
    assert head is not None
    previous, at = head.mac, datetime(2026, 1, 1, tzinfo=UTC)
    for seq in range(head.seq + 1, head.seq + count + 1):
        at += timedelta(seconds=chance.randrange(1, 60))
        about = json.dumps({"image": f"{chance.getrandbits(128):032x}", "person": str(ANN.id)})
        line: dict[str, Any] = {
            "seq": seq,
            "at": at,
            "by": ANN.name,
            "deed": chance.choice(DEEDS),
            "about": about,
        }
        key = vault._trail_key  # noqa: SLF001
        previous = line_mac(key, **line, previous=previous)
        yield {**line, "mac": previous}


def fill(vault: Vault, count: int, seed: int) -> None:
    """Write so many lines in one transaction."""
    rows: list[dict[str, Any]] = []
    with vault._database.write() as connection:  # noqa: SLF001
        for row in made_lines(vault, count, seed):
            rows.append(row)
            if len(rows) == BATCH:
                connection.execute(sa.insert(trail), rows)
                connection.execute(
                    sa.update(trail_head).values(seq=rows[-1]["seq"], mac=rows[-1]["mac"])
                )
                rows.clear()
        if rows:
            connection.execute(sa.insert(trail), rows)
            connection.execute(
                sa.update(trail_head).values(seq=rows[-1]["seq"], mac=rows[-1]["mac"])
            )


def prove(vault: Vault) -> float:
    """Seconds of a whole proof."""
    with timed() as watch:
        assert vault.verify_trail().is_whole
    return watch.seconds


def only_hash(messages: list[bytes]) -> float:
    """Seconds of sha256 over the same bytes, a line at a time."""
    with timed() as watch:
        for message in messages:
            hashlib.sha256(message).digest()
    return watch.seconds


def read_page(vault: Vault, wanted: TrailFilter) -> float:
    """Seconds of one page."""
    with timed() as watch:
        trail_page(vault, wanted=wanted)
    return watch.seconds


def as_bytes(vault: Vault) -> list[bytes]:
    """What each line hashes, without the chain."""
    with vault.look() as look:
        return [
            f"{one.seq}{one.at}{one.by}{one.deed}{one.about}".encode() + one.mac
            for one in look.trail.lines(TrailFilter())
        ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    office = OfficeFacts(id=OfficeId(new_uuid()), organisation="Made-up Clinic")
    with tempfile.TemporaryDirectory() as folder:
        key = OfficeKey(bytearray(range(32)), office=office.id)
        with key, Vault.create(Path(folder) / "o", office=office, owner=ANN, key=key) as vault:
            fill(vault, options.lines, options.seed)
            messages = as_bytes(vault)
            proof, plain = "proof of the trail", "sha256 of the same bytes"
            newest, rare = "a page of the newest", "a page of lines that nobody wrote"
            seconds = interleaved(
                {
                    plain: partial(only_hash, messages),
                    proof: partial(prove, vault),
                    newest: partial(read_page, vault, TrailFilter()),
                    rare: partial(read_page, vault, TrailFilter(person="nobody at all")),
                },
                repeats=options.repeats,
            )
    show(
        f"Trail of {options.lines:,} lines",
        seconds,
        [Promise(work=proof, reference=plain, goal=12.0)],
    )
    best = min(seconds[proof])
    print(f"  {options.lines / best:,.0f} lines proved a second at best")


if __name__ == "__main__":
    main()
