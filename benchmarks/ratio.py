"""Interleaved repeats, medians, and one table row for each promise.

Seconds differ from machine to machine; the ratio to a reference that ran between our own repeats
differs much less. Only ratios are promised.
"""

import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

Variant = Callable[[], float]
"""Does its work once and returns the seconds that count; what it prepares does not count."""


@dataclass(slots=True)
class Watch:
    """Seconds of the work inside a `timed` block."""

    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """`work` takes at most `goal` times as long as `reference`; both are names of variants."""

    work: str
    reference: str
    goal: float


@contextmanager
def timed() -> Iterator[Watch]:
    """Measure the wall time of a block."""
    watch, start = Watch(), time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - start


def interleaved(
    variants: Mapping[str, Variant], *, repeats: int, warm_up: Mapping[str, Variant] | None = None
) -> dict[str, list[float]]:
    """Run every variant `repeats` times, one after another, starting with another in each round.

    A first round is thrown away: it pays for cold caches and first imports. `warm_up` is that round
    where less work is enough for that.
    """
    names = list(variants)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(repeats + 1):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            took = (variants if turn or warm_up is None else warm_up)[name]()
            if turn:
                seconds[name].append(took)
    return seconds


def show(title: str, seconds: Mapping[str, list[float]], promises: Sequence[Promise]) -> None:
    """Print the medians with their ranges, and a line for each promise."""
    repeats = len(next(iter(seconds.values())))
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    print(f"\n{title} (median of {repeats}, least to most; {machine})")
    for name, taken in seconds.items():
        print(f"  {name:<58} {median(taken):8.3f} s  ({min(taken):.3f} to {max(taken):.3f})")
    for promise in promises:
        ratio = median(seconds[promise.work]) / median(seconds[promise.reference])
        verdict = "reached" if ratio <= promise.goal else "NOT REACHED"
        text = f"{promise.work} ÷ {promise.reference}"
        print(f"  {text}: {ratio:.2f}, goal {promise.goal:.2f}, {verdict}")
