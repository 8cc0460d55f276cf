"""How far the lines of writing in a picture stand apart, in strips of a small grey copy of it."""

import numpy as np
from numpy import fft
from numpy.typing import NDArray

_STRIP = 64
_SHORTEST_LINE, _LONGEST_LINE = 4, 120
_LIKENESS, _CLEARLY, _LEAST_WRITTEN = 0.35, 0.4, 0.25

Grey = NDArray[np.uint8]


def line_pitch(grey: Grey) -> float | None:
    """Pixels of this copy from one line of writing to the next, whichever way the page lies; None
    where no lines are seen. Narrow strips are looked at, so that a page may lie a little askew."""
    sides = (_strips_down(grey), _strips_across(grey))
    found = [pitch for side in sides if (pitch := _pitch_along(side)) is not None]
    return max(found, key=lambda one: one[1])[0] if found else None


def _strips_down(grey: Grey) -> NDArray[np.float32] | None:
    """How much each row changes along itself, in strips of some columns; a strip in each row of
    the answer. None where there are too few."""
    strips = grey.shape[1] // _STRIP
    if strips < 2 or grey.shape[0] < 4 * _SHORTEST_LINE:
        return None
    looked_at = grey[:, : strips * _STRIP]
    change = looked_at.astype(np.float32)
    change[:, :-1] = _apart(looked_at[:, 1:], looked_at[:, :-1])
    sums = np.einsum("ij->i", change.reshape(-1, _STRIP))
    return np.ascontiguousarray(sums.reshape(grey.shape[0], strips).T)


def _strips_across(grey: Grey) -> NDArray[np.float32] | None:
    """As `_strips_down`, of the picture laid on its side."""
    strips = grey.shape[0] // _STRIP
    if strips < 2 or grey.shape[1] < 4 * _SHORTEST_LINE:
        return None
    looked_at = grey[: strips * _STRIP]
    change = looked_at.astype(np.float32)
    change[:-1] = _apart(looked_at[1:], looked_at[:-1])
    return np.asarray(change.reshape(strips, _STRIP, -1).sum(axis=1))


def _apart(one: Grey, other: Grey) -> Grey:
    return np.asarray(np.maximum(one, other) - np.minimum(one, other))


def _pitch_along(profiles: NDArray[np.float32] | None) -> tuple[float, float] | None:
    """The commonest distance of lines along the strips, and how clearly they show it."""
    if profiles is None:
        return None
    change = profiles.std(axis=1)  # a column of writing may take a part of its page only
    written = profiles[change > _LEAST_WRITTEN * change.max()]
    lags, likenesses = _periods(written)
    if not lags.size:
        return None
    strips, middle = len(written), float(np.median(lags))
    agreeing = np.abs(lags - middle) <= 0.15 * middle
    count = int(agreeing.sum())
    clearly = float(likenesses[agreeing].sum() / strips)
    are_lines = count >= max(2, strips // 4) and clearly >= _CLEARLY
    return (float(lags[agreeing].sum() / count), clearly) if are_lines else None


def _periods(profiles: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The lag at which each profile is most like itself, the shortest of those that are about as
    good, and how much it is, up to 1; only of those that are at all."""
    size = profiles.shape[1]
    longest = min(_LONGEST_LINE, size // 3)
    flat = profiles - _running_mean(profiles, longest)
    power = np.abs(fft.rfft(flat, _quick_length(size + longest), axis=1)) ** 2
    like = fft.irfft(power, _quick_length(size + longest), axis=1)[:, : longest + 1]
    like = like[like[:, 0] > 0]
    like = like / like[:, :1]
    inner = like[:, 1:-1]
    peaks = (inner > like[:, :-2]) & (inner >= like[:, 2:]) & (inner > _LIKENESS)
    peaks[:, : _SHORTEST_LINE - 1] = False
    seen, peaks = inner[peaks.any(axis=1)], peaks[peaks.any(axis=1)]
    highest = np.where(peaks, seen, 0).max(axis=1, keepdims=True, initial=0)
    first = (peaks & (seen >= 0.8 * highest)).argmax(axis=1)
    return first + 1, seen[np.arange(len(first)), first]


def _running_mean(profiles: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    """The mean over so many places around each one; what lies outside counts as nothing."""
    before = length - 1 - (length - 1) // 2
    padded = np.pad(profiles.astype(np.float64), ((0, 0), (before + 1, (length - 1) // 2)))
    sums = np.cumsum(padded, axis=1)
    return ((sums[:, length:] - sums[:, :-length]) / length).astype(np.float32)


def _quick_length(least: int) -> int:
    """The next length that a Fourier transform takes little time for."""
    best = 1 << (least - 1).bit_length()
    for odd in (9, 15, 25, 27, 3, 5):
        best = min(best, odd << max((-(-least // odd) - 1).bit_length(), 0))
    return best
