"""How strong a passphrase is, in words and with a tone; the estimate is the vault's own."""

from desktop.records.facts.passphrase import LEAST_CHARACTERS
from desktop.ui.parts.pieces import Tone


def strength(text: str) -> tuple[Tone, str]:
    """A tone and a sentence. `problem` means that it is refused."""
    if not text:
        return "plain", f"At least {LEAST_CHARACTERS} characters. Four unrelated words are good."
    from desktop.records.rules.passphrase import strength_of  # with its list of common ones

    estimate = strength_of(text)
    if not estimate.is_enough:
        return "problem", estimate.words
    return ("good" if estimate.is_good else "warning"), estimate.words


def is_accepted(text: str) -> bool:
    """Whether a new office takes this passphrase."""
    return bool(text) and strength(text)[0] != "problem"
