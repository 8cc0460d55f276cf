"""How strong a passphrase is, in words; length is what counts."""

from desktop.records.rules.passphrase import LEAST_LENGTH, strength_of
from desktop.ui.parts.pieces import Tone

SHORTEST = LEAST_LENGTH


def strength(text: str) -> tuple[Tone, str]:
    """A tone and a sentence. `problem` means that it is refused."""
    if not text:
        return "plain", f"At least {SHORTEST} characters. Four unrelated words are good."
    estimate = strength_of(text)
    if not estimate.is_enough:
        return "problem", estimate.words
    return ("good" if estimate.is_good else "warning"), estimate.words


def is_accepted(text: str) -> bool:
    """Whether a new office takes this passphrase."""
    return bool(text) and strength(text)[0] != "problem"
