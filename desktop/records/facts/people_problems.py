"""What can be wrong with the people of the office and with what they may do."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class NotAllowed(Problem):
    """The person's role does not allow the deed (R115)."""

    deed: str
    who: str
    may: str
    words: ClassVar[str] = (
        "{who} may not do this here (“{deed}”); nothing was changed. Who may: {may}."
    )


@dataclass(unsafe_hash=True)
class PersonNameMissing(Problem):
    """A person without a name."""

    words: ClassVar[str] = "The name is empty. Type the person's name as it should stand on sheets."


@dataclass(unsafe_hash=True)
class PersonAlreadyThere(Problem):
    """Two people of one name could not be told apart at the door."""

    name: str
    words: ClassVar[str] = (
        "Somebody called {name} already works here. If this is another person, add a middle name "
        "or an initial."
    )


@dataclass(unsafe_hash=True)
class PersonUnknown(Problem):
    """Nobody who works here has this name or identity."""

    name: str
    words: ClassVar[str] = (
        "Nobody called {name} works at this office. Look at the list of people for the spelling."
    )


@dataclass(unsafe_hash=True)
class LastManager(Problem):
    """An office nobody may manage could never be managed again."""

    name: str
    words: ClassVar[str] = (
        "{name} is the only office manager, and an office needs one. Make somebody else office "
        "manager first."
    )


@dataclass(unsafe_hash=True)
class RenameNeedsPassphrase(Problem):
    """A log-in goes by the name, and is sealed together with it."""

    name: str
    words: ClassVar[str] = (
        "{name} logs in under this name, and a passphrase goes with its name. To change it, give a "
        "passphrase for the new name as well; nothing was changed."
    )


@dataclass(unsafe_hash=True)
class CannotRemoveOneself(Problem):
    """Who removes somebody stays to answer for it."""

    name: str
    words: ClassVar[str] = (
        "{name} cannot remove themselves. Ask another office manager to do it; nothing was changed."
    )
