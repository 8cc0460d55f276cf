"""What an office decides for itself, and the limits of it."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem

LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES = 1, 60
LEAST_BACKUP_DAYS, MOST_BACKUP_DAYS = 1, 90
LEAST_CLEARING_DAYS, MOST_CLEARING_DAYS = 1, 90
LEAST_PAPER_DAYS, MOST_PAPER_DAYS = 30, 3650
MOST_CONSENT_TEXT, MOST_FOOT_TEXT = 1500, 120


@dataclass(unsafe_hash=True)
class IdleMinutesRefused(Problem):
    """A number of minutes that would leave the office open, or never let anybody work."""

    minutes: int
    words: ClassVar[str] = (
        "An office locks itself after 1 to 60 minutes without a touch, not {minutes}. Choose "
        "another number."
    )


@dataclass(unsafe_hash=True)
class BackupDaysRefused(Problem):
    """A number of days that would warn always, or so late that a loss is no longer small."""

    days: int
    words: ClassVar[str] = (
        "An office is reminded of its backup after 1 to 90 days, not {days}. Choose another number."
    )


@dataclass(unsafe_hash=True)
class ClearingDaysRefused(Problem):
    """Days that would never remind anybody, or tell the manager before who brought the device."""

    remind: int
    manager: int
    words: ClassVar[str] = (
        "What is not cleared from a device is reminded of after 1 to 90 days, and the manager is "
        "told no earlier than that: not after {remind} and {manager}. Choose other numbers."
    )


@dataclass(unsafe_hash=True)
class PaperDaysRefused(Problem):
    """Days that leave no time to find out that a sheet is not where it should be."""

    days: int
    words: ClassVar[str] = (
        "Where paper may stand for an image, its sealed original stays for 30 to 3,650 days after "
        "the sheet came into the chart, not for {days}. Choose another number, or 0 to keep both."
    )


@dataclass(unsafe_hash=True)
class PaperBasisMissing(Problem):
    """Nobody said who answers for paper as the only record."""

    words: ClassVar[str] = (
        "Whether a printed sheet may be the only record is a question of law. Write down whose "
        "written advice says so and of which day, or keep both."
    )


@dataclass(unsafe_hash=True)
class OwnWordsTooLong(Problem):
    """A text for papers that would push out what has to stand there."""

    what: str
    length: int
    most: int
    words: ClassVar[str] = (
        "{what} has {length:,} characters, and the papers have room for {most:,}. Shorten it."
    )


@dataclass(unsafe_hash=True)
class RememberingNotPermitted(Problem):
    """The office has not said that a computer may keep somebody's key."""

    words: ClassVar[str] = (
        "This office does not permit that a computer keeps anybody's key. An office manager can "
        "permit it in the settings, or with “chartroom settings --may-remember yes”."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """`idle_minutes` without a touch, and the office locks itself (R115). Once the last good backup
    is older than `backup_days`, everybody is reminded. `address` is printed on every sheet as the
    return address. `clear_after_backup`: a device is cleared of images only once they are in a
    backup (R73, R74). What may still be on a device after `remind_days` is to be reminded of, and
    after `manager_days` the manager is to be told (R75). `may_remember`: people may let the
    operating system's keyring keep their key, for the command line alone. `advice_contacts`: whom
    to ask when somebody is uncertain, one to a line (R65). `paper_days`: so long after a photo's
    record sheet came into the chart its sealed original may be put on a disposal list, by the
    written advice that `paper_basis` names; 0, as it is at first, keeps both (R77). With
    `written_consent` an image is filed only once its signed form is back, and is incomplete until
    then (R43). `consent_text` stands on the consent form in place of the program's words on rights,
    `foot_text` in the foot under the return address; both may be empty. `logo` is a `Logo` as text,
    or empty."""

    idle_minutes: int = 10
    backup_days: int = 7
    address: str = ""
    clear_after_backup: bool = False
    may_remember: bool = False
    remind_days: int = 7
    manager_days: int = 14
    advice_contacts: str = ""
    paper_days: int = 0
    paper_basis: str = ""
    written_consent: bool = False
    consent_text: str = ""
    foot_text: str = ""
    logo: str = ""
