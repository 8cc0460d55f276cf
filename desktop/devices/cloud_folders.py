"""Folders that a program copies to a cloud or to other machines by itself (R113)."""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

_NAMES: Final = {
    "OneDrive": r"onedrive",
    "Dropbox": r"dropbox",
    "iCloud Drive": r"icloud ?drive|icloud ?photos|com~apple~clouddocs|mobile documents",
    "Google Drive": r"google ?drive|google-drive:.*",
    "Nextcloud": r"nextcloud",
    "ownCloud": r"owncloud",
}
"""What the folders are called, perhaps followed by an account: `OneDrive - Te Awa Clinic`."""

_NAMED: Final = {
    service: re.compile(rf"(?:{name})(?:\s?[-(].*)?", re.IGNORECASE)
    for service, name in _NAMES.items()
}
_MARKS: Final = {
    "OneDrive": r"\.849C9593-D756-4E56-8D6E-42412F2A707B",
    "Dropbox": r"\.dropbox\.cache",
    "Google Drive": r"\.tmp\.drive(?:down|up)load",
    "Nextcloud": r"\.nextcloudsync\.log",
    "ownCloud": r"\.owncloudsync\.log",
    "Nextcloud or ownCloud": r"\._?sync_\w+\.db",
    "Syncthing": r"\.stfolder",
}
"""What the programs leave in the topmost folder that they copy, whatever it is called."""

_MARKED: Final = {service: re.compile(mark) for service, mark in _MARKS.items()}
_SAID_BY_SYSTEM: Final = {
    "OneDrive": ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"),
}
_CAUTION: Final = (
    "{name} is a folder that {service} copies by itself, so these images may already be on its "
    "servers and on other devices. Once they are filed, delete them in {service} too, and have "
    "automatic upload switched off on the device that took them (R113)."
)


def cloud_service(folder: Path) -> str:
    """What copies this folder elsewhere, by its name, by the marks of the programs that do so, or
    by what the system says; empty where nothing is known to."""
    for place in dict.fromkeys((folder.absolute(), Path(os.path.realpath(folder)))):
        for above in (place, *place.parents):
            if service := _by_name(above) or _by_mark(above):
                return service
    return ""


def caution(name: str, service: str) -> str:
    """What a person should know before images are taken from a folder called `name`."""
    return _CAUTION.format(name=name, service=service)


def _by_name(folder: Path) -> str:
    for service, variables in _SAID_BY_SYSTEM.items():
        if str(folder) in {os.environ.get(variable) for variable in variables}:
            return service
    return next((one for one, named in _NAMED.items() if named.fullmatch(folder.name)), "")


def _by_mark(folder: Path) -> str:
    try:
        return _marked(folder, folder.stat().st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=256)
def _marked(folder: Path, _changed: int) -> str:
    """Asked every second for the same few folders: listed again only once one has changed."""
    names = [one.name for one in folder.iterdir()]
    return next((one for one, mark in _MARKED.items() if any(map(mark.fullmatch, names))), "")
