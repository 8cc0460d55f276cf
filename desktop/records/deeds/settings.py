"""What the office decides for itself: read by everybody, changed by those who may."""

from desktop.records.facts.logo import MOST_LOGO_TEXT, LogoTooLarge, logo_mark
from desktop.records.facts.office_settings import (
    LEAST_BACKUP_DAYS,
    LEAST_CLEARING_DAYS,
    LEAST_IDLE_MINUTES,
    LEAST_PAPER_DAYS,
    MOST_BACKUP_DAYS,
    MOST_CLEARING_DAYS,
    MOST_CONSENT_TEXT,
    MOST_FOOT_TEXT,
    MOST_IDLE_MINUTES,
    MOST_PAPER_DAYS,
    BackupDaysRefused,
    ClearingDaysRefused,
    IdleMinutesRefused,
    OfficeSettings,
    OwnWordsTooLong,
    PaperBasisMissing,
    PaperDaysRefused,
)
from desktop.records.facts.people import Person
from desktop.records.vault import kept_slots
from desktop.records.vault.vault import Vault


def office_settings(vault: Vault) -> OfficeSettings:
    """The settings as they stand."""
    with vault.look() as look:
        return look.settings.read()


def change_settings(vault: Vault, *, settings: OfficeSettings, by: Person) -> OfficeSettings:
    """Decide anew. The trail says what was before and what is now; nothing is noted where nothing
    differs. Where computers may keep keys no more, none that one keeps opens the office from then
    on. Raises IdleMinutesRefused, BackupDaysRefused, ClearingDaysRefused, PaperDaysRefused,
    PaperBasisMissing, OwnWordsTooLong, LogoTooLarge, NotAllowed, and the problems of the keyring
    and the drive."""
    _check(settings)
    if office_settings(vault) == settings:
        return settings
    with vault.change() as change:
        before = change.settings.read()
        change.settings.write(settings)
        change.note(
            "settings changed",
            by=by,
            idle_minutes=[before.idle_minutes, settings.idle_minutes],
            backup_days=[before.backup_days, settings.backup_days],
            address=[before.address, settings.address],
            clear_after_backup=[before.clear_after_backup, settings.clear_after_backup],
            remind_days=[before.remind_days, settings.remind_days],
            manager_days=[before.manager_days, settings.manager_days],
            written_consent=[before.written_consent, settings.written_consent],
            may_remember=[before.may_remember, settings.may_remember],
            advice_contacts=[before.advice_contacts, settings.advice_contacts],
            paper_days=[before.paper_days, settings.paper_days],
            paper_basis=[before.paper_basis, settings.paper_basis],
            consent_text=[before.consent_text, settings.consent_text],
            foot_text=[before.foot_text, settings.foot_text],
            logo=[logo_mark(before.logo), logo_mark(settings.logo)],
        )
        if before.may_remember and not settings.may_remember:
            # last, and before the commit: nothing opens what the settings say is shut
            kept_slots.forget(vault.folder)
    return settings


def _check(settings: OfficeSettings) -> None:
    if not LEAST_IDLE_MINUTES <= settings.idle_minutes <= MOST_IDLE_MINUTES:
        raise IdleMinutesRefused(minutes=settings.idle_minutes)
    if not LEAST_BACKUP_DAYS <= settings.backup_days <= MOST_BACKUP_DAYS:
        raise BackupDaysRefused(days=settings.backup_days)
    remind, manager = settings.remind_days, settings.manager_days
    if not LEAST_CLEARING_DAYS <= remind <= manager <= MOST_CLEARING_DAYS:
        raise ClearingDaysRefused(remind=remind, manager=manager)
    if settings.paper_days:
        if not LEAST_PAPER_DAYS <= settings.paper_days <= MOST_PAPER_DAYS:
            raise PaperDaysRefused(days=settings.paper_days)
        if not settings.paper_basis.strip():
            raise PaperBasisMissing
    _check_own(settings)


def _check_own(settings: OfficeSettings) -> None:
    for what, text, most in (
        ("The text on consent", settings.consent_text, MOST_CONSENT_TEXT),
        ("The line at the foot", settings.foot_text, MOST_FOOT_TEXT),
    ):
        if len(text) > most:
            raise OwnWordsTooLong(what=what, length=len(text), most=most)
    if len(settings.logo) > MOST_LOGO_TEXT:
        raise LogoTooLarge
