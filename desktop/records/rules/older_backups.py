"""Which backups still hold what was destroyed, and until when, as their history tells (R107).

A place keeps its newest generations. One from before a disposal goes when as many newer ones are
there as the place keeps; how soon that is follows from how often a backup was made there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.records.facts.backup import BackupMade, OlderBackup, OlderBackups

_LEAST_INTERVAL = timedelta(days=1)
_LOOKED_AT = 8


def older_backups(history: Sequence[BackupMade], *, done: datetime, now: datetime) -> OlderBackups:
    """What is left of the backups made before `done`. `history` are all that were ever made, oldest
    first; the times are UTC.

    Two places of one name are told apart by their numbers, which only ever go up in one place.
    """
    places: list[OlderBackup] = []
    gone: list[str] = []
    for chain in _chains(history):
        before = [made for made in chain if made.at < done]
        after = chain[len(before) :]
        if not before:
            continue
        if any(newer >= made.keep for newer, made in enumerate(after, start=1)):
            gone.append(before[-1].where)
            continue
        left = chain[-1].keep - len(after)
        places.append(
            OlderBackup(
                where=before[-1].where,
                generation=before[-1].generation,
                made_at=before[-1].at,
                left=left,
                gone_by=_gone_by(chain, left=left, now=now),
            )
        )
    return OlderBackups(places=tuple(places), gone=tuple(gone))


def _chains(history: Sequence[BackupMade]) -> list[list[BackupMade]]:
    """The backups of each place, in the order in which the places were first used."""
    chains: list[list[BackupMade]] = []
    for made in history:
        fitting = [
            chain
            for chain in chains
            if chain[-1].where == made.where and chain[-1].generation < made.generation
        ]
        if fitting:
            max(fitting, key=lambda chain: chain[-1].generation).append(made)
        else:
            chains.append([made])
    return chains


def _gone_by(chain: Sequence[BackupMade], *, left: int, now: datetime) -> datetime | None:
    """When so many more backups will have been made, going by the last few; None after one."""
    recent = chain[-_LOOKED_AT:]
    if len(recent) < 2:
        return None
    interval = max((recent[-1].at - recent[0].at) / (len(recent) - 1), _LEAST_INTERVAL)
    return max(recent[-1].at + interval, now) + (left - 1) * interval
