"""How short a passphrase may be."""

LEAST_CHARACTERS = 12
"""After NFC, without spaces at either end. Length is the only rule; four words are the advice."""
