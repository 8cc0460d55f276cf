"""What is remembered of printing: printers that were added by their address, and the last choice.

Sealed beside the thumbnails; its loss loses no record.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.printing.ipp_connection import shown_name
from desktop.verbs.office import Office

_KEPT = "printing"


def remembered(office: Office) -> dict[str, Any]:
    """All of it; empty where nothing is remembered."""
    try:
        kept = json.loads(office.vault.renditions.progress(_KEPT) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(office: Office, kept: Mapping[str, Any]) -> None:
    """In the place of what was remembered before."""
    office.vault.renditions.keep_progress(_KEPT, json.dumps(kept))


def added_printers(office: Office) -> Sequence[str]:
    """The addresses of printers that were added, with the fingerprints that were compared."""
    return [str(one) for one in remembered(office).get("addresses", [])]


def as_added(office: Office, name: str) -> str:
    """The printer as it is spoken to: where `name` is an address that was added, with the
    fingerprint that was compared."""
    return next((one for one in added_printers(office) if shown_name(one) == name), name)
