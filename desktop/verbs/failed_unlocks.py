"""Wrong passwords slow down the next attempt, and are remembered until the trail can take them.

The marks lie outside the locked vault. Whoever can delete them can copy the keyring as well, and
guess at it elsewhere: there only the cost of a guess helps. Nobody is ever locked out.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.records.vault import keyring
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.problems import WrongPassword
from desktop.verbs.problems import TooManyAttempts

_FILE = "failed-unlocks"
_FREE, _LONGEST = 3, 30


def proved_key(folder: Path, *, user: str, password: str, now: datetime | None = None) -> OfficeKey:
    """The office key, for the right password. A wrong one leaves a mark that slows the next.

    Raises TooManyAttempts without looking at the password, WrongPassword, and as
    `keyring.unlock` does.
    """
    moment = now or datetime.now(UTC)
    if seconds := seconds_to_wait(folder, now=moment):
        raise TooManyAttempts(seconds=seconds)
    try:
        return keyring.unlock(folder, user=user, password=password)
    except WrongPassword:
        _remember(folder, moment)
        raise


def seconds_to_wait(folder: Path, *, now: datetime) -> int:
    """How long until the next attempt is looked at: 0 for the first three failures, then 2, 4, 8
    and so on to at most 30 seconds after the last one.

    A mark from the future says that the clock was set back: it makes nobody wait.
    """
    marks = _marks(folder)
    if len(marks) <= _FREE:
        return 0
    delay = timedelta(seconds=min(_LONGEST, 2 ** min(len(marks) - _FREE, 5)))
    last = _moment(marks[-1])
    if last is None or not last <= now < last + delay:
        return 0
    return max(1, round((last + delay - now).total_seconds()))


def failures(folder: Path) -> int:
    """How many marks there are."""
    return len(_marks(folder))


def forget_failures(folder: Path) -> None:
    """Take the marks away, once the trail tells of them."""
    with suppress(OSError):
        (folder / _FILE).unlink(missing_ok=True)


def _remember(folder: Path, moment: datetime) -> None:
    with suppress(OSError), (folder / _FILE).open("a", encoding="ascii") as file:
        file.write(moment.astimezone(UTC).isoformat(timespec="seconds") + "\n")


def _marks(folder: Path) -> list[str]:
    try:
        return (folder / _FILE).read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []


def _moment(mark: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(mark)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
