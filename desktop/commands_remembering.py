"""The commands on one's key kept by this computer: `remember`, `forget`."""

import argparse
from argparse import Namespace
from typing import Any

from desktop.commands_telling import Row
from desktop.records.vault.system_keyring import SystemKeyring
from desktop.verbs import remembering
from desktop.verbs.office import Office


def grammar(commands: Any, common: argparse.ArgumentParser) -> None:
    """The words of these commands; `commands` is what `add_subparsers` gave."""
    commands.add_parser(
        "remember", parents=[common], help="let this computer open the office for you"
    )
    commands.add_parser("forget", parents=[common], help="take back what “remember” keeps")


def remember(options: Namespace, office: Office) -> Row:
    """Keep one's key in this computer's keyring."""
    remembering.remember(
        office, own_password=options.own_password, here=SystemKeyring.of_this_account
    )
    return {
        "remembered": office.person.name,
        "note": "Whoever works as you on this computer can now open this office as "
        f"{office.person.name} with a command. The window asks for the passphrase all the same. "
        "“chartroom forget” takes it back.",
    }


def forget(options: Namespace, office: Office) -> Row:
    """Take it back."""
    del options
    was_kept = remembering.forget(office, here=SystemKeyring.of_this_account)
    return {"forgotten": office.person.name, "was_remembered": was_kept}
