"""Who may do what: one table from deed to roles. A deed that is not in it is allowed to nobody."""

from collections.abc import Mapping

from desktop.records.facts.people import OfficeRole
from desktop.records.facts.people_problems import NotAllowed

_EVERYBODY = frozenset(OfficeRole)
_OFFICERS = frozenset({OfficeRole.PRIVACY_OFFICER, OfficeRole.OFFICE_MANAGER})
_MANAGER = frozenset({OfficeRole.OFFICE_MANAGER})
_SYSTEM = frozenset({"unlock failed"})
"""Deeds that the program notes by itself, when nobody has said who they are."""

RIGHTS: Mapping[str, frozenset[OfficeRole]] = {
    # opening and closing
    "unlocked": _EVERYBODY,
    "locked": _EVERYBODY,
    "unlock failed": frozenset(),
    # patients
    "patient added": _EVERYBODY,
    "patient list imported": _EVERYBODY,
    # images
    "intake begun": _EVERYBODY,
    "intake ended": _EVERYBODY,
    "nothing received": _EVERYBODY,
    "image received": _EVERYBODY,
    "image received again": _EVERYBODY,
    "image read in two goes": _EVERYBODY,
    "damaged original replaced": _EVERYBODY,
    "image described": _EVERYBODY,
    "images tied": _EVERYBODY,
    "image filed": _EVERYBODY,
    "image linked, incomplete": _EVERYBODY,
    "already filed": _EVERYBODY,
    "link taken back": _EVERYBODY,
    "capture time corrected": _EVERYBODY,
    "original viewed": _EVERYBODY,
    "scale laid": _EVERYBODY,
    "received image noted": _EVERYBODY,
    "copy given noted": _EVERYBODY,
    "copy declined noted": _EVERYBODY,
    "came-from paper made": _EVERYBODY,
    # clearing devices
    "clearing begun": _EVERYBODY,
    "companion kept": _EVERYBODY,
    "image cleared": _EVERYBODY,
    "clearing refused": _EVERYBODY,
    "clearance attested": _EVERYBODY,
    "clearance receipt made": _EVERYBODY,
    "lost device listed": _EVERYBODY,
    "breach opened": _EVERYBODY,
    "breach step noted": _EVERYBODY,
    "breach closed": _OFFICERS,
    # devices, and what is declared of them
    "organisation device added": _OFFICERS,
    "organisation device changed": _OFFICERS,
    "organisation device retired": _OFFICERS,
    "device noted": _EVERYBODY,
    "device changed": _EVERYBODY,
    "device retired": _EVERYBODY,
    "device clock checked": _EVERYBODY,
    "device lost": _EVERYBODY,
    "device found": _EVERYBODY,
    "phone check noted": _EVERYBODY,
    # sheets
    "paper made": _EVERYBODY,
    "paper not printed": _EVERYBODY,
    "sheet made": _EVERYBODY,
    "sheet not printed": _EVERYBODY,
    "sheet in hand": _EVERYBODY,
    "sheet in chart": _EVERYBODY,
    "sheet handed over": _EVERYBODY,
    "sheet recalled": _EVERYBODY,
    "sheet destroyed": _EVERYBODY,
    "page codes read": _EVERYBODY,
    "page attached": _EVERYBODY,
    "page of another patient seen": _EVERYBODY,
    "consent form back": _EVERYBODY,
    "consent form rests on itself": _EVERYBODY,
    "printer check page made": _EVERYBODY,
    "printer checked": _EVERYBODY,
    # consent that ends
    "consent refused": _EVERYBODY,
    "consent withdrawn": _EVERYBODY,
    "consent given again": _EVERYBODY,
    # advice that is asked for
    "advice asked": _EVERYBODY,
    "advice noted": _EVERYBODY,
    # copies that leave the office
    "copy made": _EVERYBODY,
    "original given out": _EVERYBODY,
    "copy not given out": _EVERYBODY,
    # retention, disposal and archives
    "service noted": _EVERYBODY,
    "retention schedule set": _MANAGER,
    "hold placed": _EVERYBODY,
    "hold lifted": _OFFICERS,
    "disposal proposed": _OFFICERS,
    "disposal withdrawn": _OFFICERS,
    "disposal approved": _OFFICERS,
    "image disposed": _OFFICERS,
    "image spared": _OFFICERS,
    "sealed files removed": _OFFICERS,
    "disposal finished": _OFFICERS,
    "archive written": _OFFICERS,
    "archive not written": _OFFICERS,
    # the trail and the office's settings
    "trail checked": _EVERYBODY,
    "trail exported": _OFFICERS,
    "settings changed": _MANAGER,
    "network camera remembered": _EVERYBODY,
    "network camera forgotten": _EVERYBODY,
    "scanner settings remembered": _EVERYBODY,
    # backup, restore and checks
    "backup made": _EVERYBODY,
    "restored": _EVERYBODY,
    "office checked": _EVERYBODY,
    "original repaired": _EVERYBODY,
    # the office, its people and its keys
    "office created": _MANAGER,
    "person added": _MANAGER,
    "role changed": _MANAGER,
    "person changed": _MANAGER,
    "person removed": _MANAGER,
    "password changed": _EVERYBODY,
    "password given": _MANAGER,
    "key remembered by a computer": _EVERYBODY,
    "key forgotten by a computer": _EVERYBODY,
    "recovery key replaced": _MANAGER,
    "office key rotation begun": _MANAGER,
    "office key rotated": _MANAGER,
}
"""The roles that each deed is open to, by the deed's name in the trail."""


def is_allowed(deed: str, role: OfficeRole | None) -> bool:
    """Whether somebody of `role`, or the program itself (None), may do the deed."""
    if role is None:
        return deed in _SYSTEM
    return role in RIGHTS.get(deed, frozenset())


def check_right(deed: str, role: OfficeRole | None, *, who: str) -> None:
    """Raise NotAllowed, naming the deed and who may, unless `role` allows it."""
    if not is_allowed(deed, role):
        may = RIGHTS.get(deed, frozenset())
        named = ", ".join(one.words for one in OfficeRole if one in may) or "nobody"
        raise NotAllowed(deed=deed, who=who, may=named)
