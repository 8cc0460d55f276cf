"""How strong a passphrase is, in words; length is what counts."""

import unicodedata

from desktop.records.facts.passphrase import LEAST_CHARACTERS
from desktop.ui.parts.pieces import Tone

_GOOD = 16


def strength(text: str) -> tuple[Tone, str]:
    """A tone and a sentence. `problem` means that it is refused."""
    if not text:
        return "plain", f"At least {LEAST_CHARACTERS} characters. Four unrelated words are good."
    length = len(unicodedata.normalize("NFC", text).strip())
    if length < LEAST_CHARACTERS:
        more = LEAST_CHARACTERS - length
        return "problem", f"Too short: {more} more. Four unrelated words are good."
    if len(set(text)) < 5:
        return "problem", "Too simple: it repeats the same few characters."
    if len(text) < _GOOD:
        return "warning", "Fair. One more word would make it strong."
    return "good", "Strong."


def is_accepted(text: str) -> bool:
    """Whether a new office takes this passphrase."""
    return bool(text) and strength(text)[0] != "problem"
