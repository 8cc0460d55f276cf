"""Who a command is done by, and what opens the office for them: a passphrase, or for the daily work
of the desk and for upkeep what this computer keeps for them."""

import sys
from argparse import Namespace

from desktop.problem import Problem
from desktop.records.vault.system_keyring import SystemKeyring
from desktop.settings import Settings
from desktop.typed_password import asked_password, written_recovery_key
from desktop.verbs.door import office_exists, users_of
from desktop.verbs.office import Office, open_office, recover_office
from desktop.verbs.problems import NoOffice, UserNotNamed
from desktop.verbs.remembering import opened_by_system

WITHOUT_PASSPHRASE = frozenset(
    {
        "patients add",
        "patients find",
        "patients import",
        "file",
        "images",
        "sheet",
        "verify",
        "backup",
        "audit",
        "people list",
        "retention due",
        "retention show",
        "retention service",
        "hold list",
        "forget",
    }
)
"""What a kept key is enough for. People, keys, settings, holds, disposals and archives are not
here, and neither is a command that nobody has thought about: they ask for the passphrase."""


def user_of(options: Namespace, settings: Settings) -> str:
    """Who this is: named, or the only one there is. Raises NoOffice, UserNotNamed."""
    if not office_exists(settings.office):
        raise NoOffice(folder=str(settings.office))
    if options.user is not None:
        return str(options.user)
    users = users_of(settings.office)
    if len(users) != 1:
        raise UserNotNamed(users=", ".join(users))
    return users[0]


def opened(options: Namespace, settings: Settings) -> Office:
    """The office, open for whoever this is. `options.own_password` is what they typed, or empty.

    Raises as `user_of`, `asked_password`, `open_office` and `opened_by_system` do.
    """
    user = user_of(options, settings)
    options.own_password = ""
    if not options.password_file and options.command in WITHOUT_PASSPHRASE:
        office = opened_by_system(
            settings.office, user=user, here=SystemKeyring.of_this_account, tell=_tell
        )
        if office is not None:
            return office
    if options.command == "password" and options.recovery_file:
        recovery = written_recovery_key(options.recovery_file)
        new = _new_password(options)
        return recover_office(settings.office, recovery=recovery, user=user, password=new)
    options.own_password = asked_password(options.password_file)
    new_password = ""
    if options.command == "password" and not options.whose:
        new_password = _new_password(options)
    return open_office(
        settings.office, user=user, password=options.own_password, new_password=new_password
    )


def _new_password(options: Namespace) -> str:
    return asked_password(options.new_password_file, prompt="New passphrase", twice=True)


def _tell(problem: Problem) -> None:
    sys.stderr.write(f"chartroom: {problem}\n")
